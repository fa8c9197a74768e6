"""The open scenario: its edits, its file, and the copy kept in case of a crash."""
