"""What assistive technology is told where Qt tells too little."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from mlflow_cost_desktop.gui.toolkit.labels import plain_label


def name_list(box: QComboBox, name: str) -> None:
    """Name a list that unfolds, once it stands where it belongs.

    On Linux Qt calls such a list by what is chosen in it and leaves its name to the label beside
    it; where there is none, it gets one that nobody sees.
    """
    box.setAccessibleName(name)
    line = box.lineEdit()
    if line:
        line.setAccessibleName(name)
    label = plain_label("accessibleName")
    label.setParent(box.parentWidget())
    label.setText(name.replace("&", "&&"))
    label.setBuddy(box)
    label.hide()
