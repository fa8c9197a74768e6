"""What companions have in common: a box to tick, and inputs that matter while it is ticked."""

from mlflow_cost_desktop.model.fields.declaration import OnlyIf

WHERE_USED = OnlyIf("used", ("True",))
