"""A line of an estimate, what it is made of, and the one evaluator that adds lines up."""
