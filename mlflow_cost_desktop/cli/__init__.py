"""The command line: the same answers as the window's, one file for each verb."""
