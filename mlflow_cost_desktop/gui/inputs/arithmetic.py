"""How the figures of a part come about: arithmetic, what it is for, and where prices are from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.gui.toolkit.labels import plain_label
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.wording.prices import arithmetic, source_in_words

BETWEEN_LINES = 10
NO_BREAK = "\N{NO-BREAK SPACE}"


class Arithmetic(QFrame):
    """Two labels for each line of the estimate; out of sight while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("arithmetic")
        self.setAccessibleName("Arithmetic of this part")
        self._pairs: list[tuple[QLabel, QLabel]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(15, 8, 12, 8)
        self._column.setSpacing(BETWEEN_LINES)
        self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._let_select(True)
        super().enterEvent(event)

    def _let_select(self, may_select: bool) -> None:
        """Let words be selected, which Qt lays out and paints twice whenever they change."""
        flags = Qt.TextInteractionFlag
        wanted = flags.TextSelectableByMouse if may_select else flags.NoTextInteraction
        for label in self.findChildren(QLabel):
            label.setTextInteractionFlags(wanted)

    def show_charges(self, charges: Sequence[Charge], currency: Currency, figures: Figures) -> None:
        while len(self._pairs) < len(charges):
            self._add_pair()
        while len(self._pairs) > len(charges):
            self._remove_pair()
        for pair, charge in zip(self._pairs, charges, strict=True):
            source = source_in_words(charge, figures).replace(" ", NO_BREAK)
            about = f"{charge.describe(figures)}, {source}"  # a line that breaks ends in no dot
            texts = arithmetic(charge, currency, figures), about
            for label, text in zip(pair, texts, strict=True):
                if text != label.text():
                    label.setText(text)
        self._let_select(self.underMouse())
        self.setVisible(bool(charges))

    @property
    def text(self) -> str:
        """All that it says, a line for each label."""
        return "\n".join(label.text() for pair in self._pairs for label in pair)

    def _add_pair(self) -> None:
        figures, about = plain_label("figures"), plain_label("note")
        pair = QVBoxLayout()  # a label's own margins are the style sheet's once it is shown
        pair.setSpacing(2)
        self._column.addLayout(pair)
        for label in (figures, about):
            label.setWordWrap(True)
            pair.addWidget(label)
        self._pairs.append((figures, about))

    def _remove_pair(self) -> None:
        labels = self._pairs.pop()
        pair = self._column.takeAt(len(self._pairs))
        column = pair.layout() if pair else None
        assert column is not None
        column.deleteLater()
        for label in labels:
            label.hide()
            label.deleteLater()
