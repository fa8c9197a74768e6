"""How the reader's system writes figures and days."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt

from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.reading import in_latin


def figures_of_locale(locale: QLocale) -> Figures:
    """The separators and the short form of days of a locale; plain for C and US."""
    group, point = locale.groupSeparator(), locale.decimalPoint()
    if len(group) != 1 or len(point) != 1 or group == point:
        group, point = PLAIN.group, PLAIN.point

    def day(date: str) -> str:
        found = QDate.fromString(date, Qt.DateFormat.ISODate) if len(date) == 10 else QDate()
        return in_latin(locale.toString(found, short)) if found.isValid() else date

    short = locale.dateFormat(QLocale.FormatType.ShortFormat)
    if "yyyy" not in short:
        short = short.replace("yy", "yyyy")  # "10/11/25" says too little
    if locale.language() == QLocale.Language.C:
        return PLAIN
    by_two = locale.toString(10_000_000).count(group) == 3  # "1,00,00,000"
    return Figures(group, point, day, by_two)
