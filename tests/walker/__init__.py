"""Walks at random through the real window, and says the shortest way to what it stumbles on."""
