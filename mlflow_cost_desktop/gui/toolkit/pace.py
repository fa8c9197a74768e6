"""When slow answers follow what is typed or dragged."""

CALM_MS = 150
"""Milliseconds without a key or a move, before answers that take many estimates."""
