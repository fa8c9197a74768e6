"""What of prices only AWS knows: its name, the words of its keys, its rules."""
