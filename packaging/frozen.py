"""Where the frozen program starts: one file, two names, as in [project.scripts]."""

import sys
from pathlib import PurePath

if __name__ == "__main__":
    # The name that it was called by: where links may be had, one executable serves both.
    if PurePath(sys.argv[0]).stem.lower() == "mlflow-cost":
        from mlflow_cost_desktop.cli.start import main
    else:
        from mlflow_cost_desktop.app import main
    sys.exit(main())
