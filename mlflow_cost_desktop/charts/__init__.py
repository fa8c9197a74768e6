"""What every chart has in common, wherever it is painted."""
