"""The prices in use: what lines cost by the unit, and where each figure comes from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from mlflow_cost_desktop.gui.dialogs.list_dialog import ListDialog
from mlflow_cost_desktop.gui.dialogs.set_rate import ask_rate, own_rate_for, use_list_price
from mlflow_cost_desktop.gui.document.session import Session, Study
from mlflow_cost_desktop.gui.toolkit.labels import plain_label, show_tooltip
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.wording.own_prices import other_prices_in_words
from mlflow_cost_desktop.wording.prices import (
    dated_source,
    places_of,
    price_in_words,
    source_in_words,
)

WAY_LINES = 3
"""Lines that the longest way to a price takes."""


class PricesDialog(ListDialog):
    """A row for each price of the estimate, and the way to put one's own rate in its place.

    Rows say whose prices they are. How those reached the program stands below, of the chosen one.
    """

    figures = (1,)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session,
            parent,
            "Prices in use",
            "",
            "No line costs anything.",
            ("Price", "Unit price", "From"),
        )
        self.list.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.way = plain_label("note")
        self.way.setWordWrap(True)
        self.way.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.way.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.way.setFixedHeight(WAY_LINES * self.fontMetrics().lineSpacing())
        self.column.insertWidget(2, self.way)  # below the list; of one height, whatever it says
        self.add_button("&Your rate…", self._ask_rate)
        self.add_button("Use the &list price", self._use_list_price)
        self.list.itemActivated.connect(lambda *_: self._ask_rate())
        self.show_study(session.study)

    def rows_of(self, study: Study) -> list[tuple[str, tuple[str, ...]]]:
        gaps = other_prices_in_words(study.estimate) or "Every provider price is listed"
        self.intro.setText(f"{study.price_book.region_name}. {gaps}.")
        of_sku: dict[str, list[Charge]] = {}
        for charge in study.estimate.charges:
            if charge.is_worth_showing:
                of_sku.setdefault(charge.price.sku_id, []).append(charge)
        return [
            (
                sku_id,
                (
                    study.price_book.provider.key_in_words(sku_id),
                    "; ".join(dict.fromkeys(price_in_words(c, study.figures) for c in charges)),
                    self._from(charges[0], study),
                ),
            )
            for sku_id, charges in of_sku.items()
        ]

    def _from(self, charge: Charge, study: Study) -> str:
        """Whose price a line has, as a reader would say it."""
        if charge.price.state == "listed" and charge.price.origin == "provider":
            return dated_source(charge.price, study.price_book.provider.name, study.figures)
        return source_in_words(charge, study.figures)

    def _enable(self) -> None:
        super()._enable()
        study = self.session.study
        charges = study.estimate.charges
        price = next((c.price for c in charges if c.price.sku_id == self.key), None)
        places = places_of(price, study.price_book.sources) if price else []
        self.way.setText(f"How it came here: {'; '.join(places)}" if places else "")
        show_tooltip(self.way, self.way.text())
        has_key = any(c.price.has_key for c in charges if c.price.sku_id == self.key)
        self.buttons["&Your rate…"].setEnabled(has_key)
        has_own = has_key and own_rate_for(self.session.study, self.key) is not None
        self.buttons["Use the &list price"].setEnabled(has_own)

    def _ask_rate(self) -> None:
        if self.buttons["&Your rate…"].isEnabled():
            ask_rate(self.session, self, self.key)

    def _use_list_price(self) -> None:
        use_list_price(self.session, self.key)
