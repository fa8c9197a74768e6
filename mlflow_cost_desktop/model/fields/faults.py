"""What is wrong with a value, as a reader would say it."""

from __future__ import annotations

from pydantic_core import ErrorDetails

from mlflow_cost_desktop.figures import Text

MOST_NAMED = 240
"""Characters of a list of values that a sentence can hold."""


def fault_in_words(fault: ErrorDetails) -> Text:
    """What is wrong with a value, as a reader would say it."""
    limits = fault.get("ctx", {})
    words = {
        "greater_than_equal": "it must be at least {ge}",
        "greater_than": "it must be more than {gt}",
        "less_than_equal": "it must be at most {le}",
        "finite_number": "it must be a finite number",
        "float_type": "it must be a number",
        "float_parsing": "it must be a number",
        "bool_type": "it must be true or false",
        "string_type": "it must be a text",
        "string_too_long": "it must be at most {max_length} characters long",
        "string_too_short": "it must not be empty",
        "string_pattern_mismatch": "it has characters that can't be used here",
        "literal_error": "it must be one of {expected}",
        "too_long": "it holds too many items (at most {max_length})",
        "too_short": "it holds too few items (at least {min_length})",
        "missing": "it is missing",
        "extra_forbidden": "this version knows no such field",
        "tuple_type": "it must be a list",
        "model_type": "it must be a group of fields",
        "model_attributes_type": "it must be a group of fields",
        "value_error": "{error}",
    }
    template = words.get(fault["type"])
    if template is None:
        return Text("{}", fault["msg"][:1].lower() + fault["msg"][1:])
    if fault["type"] == "literal_error" and len(str(limits.get("expected"))) > MOST_NAMED:
        return Text("it is none of the values that this field knows")
    return Text(
        template,
        **{
            name: limit if isinstance(limit, float) else str(limit)
            for name, limit in limits.items()
        },
    )
