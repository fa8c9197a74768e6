"""The total, its parts, and what is held against it."""
