"""What an update of prices would change, region by region, with questions that can be answered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.toolkit.labels import plain_label, plain_tooltip
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.prices.proposal import Doubt, Outcome, Proposal
from mlflow_cost_desktop.wording.price_update import (
    doubt_in_words,
    effect_in_words,
    outcome_in_words,
    share_in_words,
)
from mlflow_cost_desktop.wording.totals import total

COLUMNS = ("Price", "Before", "Now", "Change")
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MOST_MOVES = 20
MOST_REFUSED = 40
DOUBT = Qt.ItemDataRole.UserRole


class PriceReport(QWidget):
    """The effect on the open scenario, and a tree: changes, questions, and what stays as before.

    Args:
        session: holds the scenario; what it would cost follows the answers.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.proposals: list[Proposal] = []
        self._accepted: dict[str, set[str]] = {}
        self._counts: list[QTreeWidgetItem] = []
        self.effect = plain_label("")
        self.effect.setWordWrap(True)
        self.list = QTreeWidget()
        self.list.setObjectName("ownList")
        self.list.setAccessibleName("What would change")
        self.list.setHeaderLabels(list(COLUMNS))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, len(COLUMNS)):
            self.list.headerItem().setTextAlignment(column, RIGHT)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(0, 0, 0, 0)
        column_of_all.setSpacing(8)
        column_of_all.addWidget(self.effect)
        column_of_all.addWidget(self.list, 1)
        self.list.itemChanged.connect(self._answer)

    def show_proposals(self, proposals: Sequence[Proposal]) -> None:
        """Show what the list says of some regions; nothing is accepted yet."""
        self.proposals = list(proposals)
        self._accepted = {proposal.region_id: set() for proposal in proposals}
        self._counts = []
        self.list.blockSignals(True)
        self.list.clear()
        for proposal in self.proposals:
            self._add(proposal)
        self.list.blockSignals(False)
        self._show_effect()

    def outcomes(self) -> list[tuple[Proposal, Outcome]]:
        """What would come of each region with the answers that are given."""
        return [
            (proposal, proposal.outcome(self._accepted[proposal.region_id]))
            for proposal in self.proposals
            if proposal.gathered.read
        ]

    def _add(self, proposal: Proposal) -> None:
        figures = self._session.figures
        outcome = proposal.outcome()
        region = _item(self.list, proposal.book.region_name, spans=True)
        self._counts.append(_item(region, outcome_in_words(outcome, figures), spans=True))
        if proposal.doubts:
            asked = _item(region, "Only if you check it", spans=True)
            for doubt in proposal.doubts:
                self._ask(asked, proposal, doubt)
            asked.setExpanded(True)
        if outcome.moves:
            moved = _item(region, "Largest moves", spans=True)
            for move in outcome.moves[:MOST_MOVES]:
                cells = (
                    self._session.study.price_book.provider.key_in_words(move.key),
                    figures.unit_price(move.before),
                    figures.unit_price(move.after),
                    share_in_words(move, figures),
                )
                _item(moved, *cells)
            moved.setExpanded(True)
        kept = [(key, why) for key, why in outcome.refused.items() if key not in _ids(proposal)]
        if kept:
            stays = _item(region, f"Stays as before ({len(kept)})", spans=True)
            for key, why in kept[:MOST_REFUSED]:
                _item(stays, f"{key}: {why}", spans=True)
            stays.setExpanded(len(kept) <= 5)
        region.setExpanded(True)

    def _ask(self, parent: QTreeWidgetItem, proposal: Proposal, doubt: Doubt) -> None:
        words = f"{doubt.id}: {doubt_in_words(doubt, self._session.figures)}"
        item = _item(parent, words, spans=True)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(0, Qt.CheckState.Unchecked)
        item.setData(0, DOUBT, (proposal.region_id, doubt.id))

    def _answer(self, item: QTreeWidgetItem) -> None:
        data = item.data(0, DOUBT)
        if data is None:
            return
        region_id, doubt_id = data
        accepted = self._accepted[region_id]
        if item.checkState(0) == Qt.CheckState.Checked:
            accepted.add(doubt_id)
        else:
            accepted.discard(doubt_id)
        self._show_effect()

    def _show_effect(self) -> None:
        outcomes = self.outcomes()
        self.list.blockSignals(True)
        for item, proposal in zip(self._counts, self.proposals, strict=True):
            outcome = next((o for p, o in outcomes if p is proposal), proposal.outcome())
            item.setText(0, outcome_in_words(outcome, self._session.figures))
        self.list.blockSignals(False)
        study = self._session.study
        of_this = [(p, o) for p, o in outcomes if p.region_id == study.scenario.region_id]
        words = ""
        for proposal, outcome in of_this:
            after = estimate(study.scenario, proposal.changed_book(outcome))
            now, then = (
                total(study.scenario, one, self._session.figures) for one in (study.estimate, after)
            )
            words = effect_in_words(now, then, int(after.unpriced) - int(study.estimate.unpriced))
        self.effect.setText(words)
        self.effect.setVisible(bool(words))


def _ids(proposal: Proposal) -> set[str]:
    return {doubt.id for doubt in proposal.doubts}


def _item(
    parent: QTreeWidget | QTreeWidgetItem, *cells: str, spans: bool = False
) -> QTreeWidgetItem:
    item = QTreeWidgetItem(parent, list(cells))
    item.setToolTip(0, plain_tooltip(cells[0]))
    item.setFirstColumnSpanned(spans)
    for column in range(1, len(cells)):
        item.setTextAlignment(column, RIGHT)
    return item
