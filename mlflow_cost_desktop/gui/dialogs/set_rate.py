"""A rate of the user's own for one price: asked for, set and taken away."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mlflow_cost_desktop.gui.dialogs.rate import Asked, RateDialog
from mlflow_cost_desktop.gui.document.session import Session, Study
from mlflow_cost_desktop.model.own import OwnRate, rate_for, with_rate, without_rate
from mlflow_cost_desktop.prices.price import unknown
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
