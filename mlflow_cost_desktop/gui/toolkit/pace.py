"""When what takes longer follows what is typed or dragged."""

CALM_MS = 150
"""How long typing or dragging has paused before answers follow that ask for many estimates."""
