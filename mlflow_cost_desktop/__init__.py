"""MLflow Cost: what it costs to host an MLflow server, line by line."""

__version__ = "0.1.0"
