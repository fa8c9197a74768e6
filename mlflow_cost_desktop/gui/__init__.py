"""Everything on the screen: views show what they are handed and hold no state of the document."""
