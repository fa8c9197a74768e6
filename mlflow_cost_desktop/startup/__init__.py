"""What happens before the window is there: whether it can be shown, and how it is there soon."""
