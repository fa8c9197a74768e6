"""`python -m mlflow_cost_desktop.cli` is `mlflow-cost`, wherever it is not installed."""

import sys

from mlflow_cost_desktop.cli.start import main

if __name__ == "__main__":
    sys.exit(main())
