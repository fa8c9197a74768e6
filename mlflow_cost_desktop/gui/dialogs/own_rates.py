"""Your rates, listed in one place."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mlflow_cost_desktop.gui.dialogs.list_dialog import ListDialog
from mlflow_cost_desktop.gui.dialogs.prices import PricesDialog
from mlflow_cost_desktop.gui.dialogs.set_rate import ask_rate, asked_for, remove_rate
from mlflow_cost_desktop.gui.document.session import Session, Study
from mlflow_cost_desktop.model.own import OwnRate
from mlflow_cost_desktop.wording.own_prices import rate_in_words


class RatesDialog(ListDialog):
    """All of the scenario's own rates, those of other regions too."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session,
            parent,
            "Your rates",
            "Prices that you pay instead of the provider's. Rates of another region are kept and "
            "wait for it.",
            "No rate of your own: every price is the price book's.",
            ("Price", "SKU", "Region", "Your rate", "Used"),
        )
        self.add_button("&Add…", self._add, needs_item=False)
        self.add_button("&Edit…", self._edit)
        self.add_button("&Remove", self._remove)
        self.add_button("Remove &all", self._remove_all)
        self.list.itemActivated.connect(lambda *_: self._edit())
        self.show_study(session.study)

    def rows_of(self, study: Study) -> list[tuple[str, tuple[str, ...]]]:
        book = study.price_book
        charges = study.estimate.charges
        prices = {c.price.sku_id for c in charges}
        prices |= {c.on_demand.sku_id for c in charges if c.on_demand}
        rows: list[tuple[str, tuple[str, ...]]] = []
        for rate in study.scenario.own_rates:
            used = "by the estimate" if rate.sku_id in prices else "by no line"
            if not rate.is_for(book):
                used = f"not in {book.region_id}"
            unit = asked_for(study, rate.sku_id).unit
            words = (book.provider.key_in_words(rate.sku_id), rate.sku_id, rate.region_beside(book))
            rows.append((rate.key, (*words, rate_in_words(rate, unit, study.figures), used)))
        return rows

    def _chosen(self) -> OwnRate | None:
        rates = self.session.scenario.own_rates
        return next((rate for rate in rates if rate.key == self.key), None)

    def _enable(self) -> None:
        super()._enable()
        rate = self._chosen()
        is_here = rate is not None and rate.is_for(self.session.study.price_book)
        # Its list price and unit are another book's.
        self.buttons["&Edit…"].setEnabled(is_here)
        self.buttons["Remove &all"].setEnabled(bool(self.session.scenario.own_rates))

    def _add(self) -> None:
        """Let one of the prices in use be chosen, which can be given another rate there."""
        PricesDialog(self.session, self).open()

    def _edit(self) -> None:
        rate = self._chosen()
        if rate and self.buttons["&Edit…"].isEnabled():
            ask_rate(self.session, self, rate.sku_id)

    def _remove(self) -> None:
        remove_rate(self.session, self._chosen())

    def _remove_all(self) -> None:
        self.session.edit("own_rates", (), "All of your rates")
