"""Scenarios on disk."""
