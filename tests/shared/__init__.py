"""Test data by component, and a reader of arithmetic."""
