"""Where the frozen program starts: one file, two names, as in [project.scripts]."""

import sys
from pathlib import Path

if __name__ == "__main__":
    if Path(sys.executable).stem == "mlflow-cost":
        from mlflow_cost_desktop.cli.main import main
    else:
        from mlflow_cost_desktop.app import main
    sys.exit(main())
