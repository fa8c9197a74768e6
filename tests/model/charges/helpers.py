"""A price by the hour, and things that it is for."""

from mlflow_cost_desktop.model.charges.factors import Amount
from tests.support import listed

HOUR = listed("x/on_demand", "h", 0.096)
TWO = Amount(2.0, "instance")
