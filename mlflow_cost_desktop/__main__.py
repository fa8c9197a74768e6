"""`python -m mlflow_cost_desktop` opens the window."""

import sys

from mlflow_cost_desktop.app import main

if __name__ == "__main__":
    sys.exit(main())
