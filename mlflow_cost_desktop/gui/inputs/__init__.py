"""Everything that can be typed: a tab for each part, with a form made from its fields."""
