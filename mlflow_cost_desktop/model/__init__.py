"""What the user describes, and the charges it causes."""
