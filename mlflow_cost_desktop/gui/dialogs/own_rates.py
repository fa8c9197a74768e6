"""Your rates: set in the table of lines, and listed in one place."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mlflow_cost_desktop.gui.dialogs.list_dialog import ListDialog
from mlflow_cost_desktop.gui.dialogs.rate import Asked, RateDialog
from mlflow_cost_desktop.gui.document.session import Session, Study
from mlflow_cost_desktop.model.own import OwnRate, rate_for, with_rate, without_rate
from mlflow_cost_desktop.prices.price import unknown
from mlflow_cost_desktop.wording.own_prices import rate_in_words
from mlflow_cost_desktop.wording.prices import places_of

PAID_UPFRONT = ("/partial_upfront", "/all_upfront")
"""Endings of the keys of commitments for which something is paid when they begin."""


def asked_for(study: Study, sku_id: str) -> Asked:
    """What there is to know of a price before another is put in its place."""
    book = study.price_book
    listed = book.listed.get(sku_id) or unknown(sku_id)
    # Of a price that nobody knows, the key says that something is paid upfront.
    upfront = listed.upfront_usd is not None or sku_id.endswith(PAID_UPFRONT)
    lines = [charge for charge in study.estimate.charges if charge.price.sku_id == sku_id]
    unit = listed.unit or next((line.pricing_unit for line in lines if not line.spread), "unit")
    return Asked(
        listed,
        tuple(places_of(listed, book.sources)),
        unit,
        book,
        upfront or any(line.spread for line in lines),
        tuple(line.describe(study.figures) for line in lines),
    )


def own_rate_for(study: Study, sku_id: str) -> OwnRate | None:
    """The user's own rate for a price in the open region."""
    return rate_for(study.scenario.own_rates, sku_id, study.price_book)


def ask_rate(session: Session, parent: QWidget, sku_id: str) -> None:
    """Open the dialog in which the user types a rate for a price of the open region."""
    study = session.study
    dialog = RateDialog(
        asked_for(study, sku_id), own_rate_for(study, sku_id), session.figures, parent
    )
    dialog.rate_chosen.connect(lambda rate: set_rate(session, rate))
    dialog.list_price_chosen.connect(lambda: use_list_price(session, sku_id))
    dialog.open()


def set_rate(session: Session, rate: OwnRate) -> None:
    """Put a rate in place of a price, as a step that can be undone."""
    rates = with_rate(session.scenario.own_rates, rate)
    session.edit("own_rates", rates, f"Your rate ({rate.sku_id})")


def use_list_price(session: Session, sku_id: str) -> None:
    """Take the user's rate for a price of the open region away."""
    remove_rate(session, own_rate_for(session.study, sku_id))


def remove_rate(session: Session, rate: OwnRate | None) -> None:
    """Take one of the user's rates away, if there is one."""
    if rate:
        rates = without_rate(session.scenario.own_rates, rate)
        session.edit("own_rates", rates, f"List price ({rate.sku_id})")


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
        from mlflow_cost_desktop.gui.dialogs.prices import PricesDialog

        PricesDialog(self.session, self).open()

    def _edit(self) -> None:
        rate = self._chosen()
        if rate and self.buttons["&Edit…"].isEnabled():
            ask_rate(self.session, self, rate.sku_id)

    def _remove(self) -> None:
        remove_rate(self.session, self._chosen())

    def _remove_all(self) -> None:
        self.session.edit("own_rates", (), "All of your rates")
