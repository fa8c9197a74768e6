"""The lines of the estimate as a table, and what is done from it."""
