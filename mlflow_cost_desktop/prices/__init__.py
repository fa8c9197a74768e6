"""What the provider asks: price books, each price with its source and date."""
