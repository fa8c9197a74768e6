"""Everything that opens besides the window."""
