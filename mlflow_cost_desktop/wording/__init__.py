"""Facts put into sentences, once, for window, paper, terminal and clipboard."""
