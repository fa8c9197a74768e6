"""The PDF report, and charts as pictures."""
