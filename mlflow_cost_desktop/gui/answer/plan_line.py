"""What stands beside the answer: the managed plan that is held against it, and their menu."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup, QFocusEvent, QMouseEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.analysis.held_against import Held
from mlflow_cost_desktop.analysis.managed_plans import Offer, offer_of
from mlflow_cost_desktop.figures import Figures, at_least, write
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.toolkit.filled_menus import empty
from mlflow_cost_desktop.gui.toolkit.keyboard import BY_KEYBOARD, tell_whole
from mlflow_cost_desktop.gui.toolkit.labels import ElidedLabel, Figure, plain_tooltip
from mlflow_cost_desktop.gui.toolkit.pace import Calm
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.gui.toolkit.wrapping_row import wrap_row
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.managed_plan import AUTO, NONE
from mlflow_cost_desktop.wording.growth import turn_in_short
from mlflow_cost_desktop.wording.uncertainty import chance_in_words
from mlflow_cost_desktop.wording.verdict import STATES, Headline, held_in_words, mark

if TYPE_CHECKING:  # loaded once an input has a range
    from mlflow_cost_desktop.analysis.uncertainty import Uncertainty

MORE = "Choose here, or in the Plans tab, what the total is held against."

ROW_GAP, BUTTON_GAP, APART = 4, 2, 6

USUAL_DIFFERENCE = "$99,999.99 cheaper"

ROOMY = 400
"""Px from which on difference and turning point share a line."""


class _MenuButton(QToolButton):
    """Tells what stands beside it where the keyboard comes to it: that may be elided."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in BY_KEYBOARD:
            tell_whole(self)


class PlanLine(QWidget):
    """What the scenario is held against, what that costs, and what qualifies the figure.

    While figures move, the plan that stands there is priced with every one of them; which plan
    fits best, and what is the nearest to turning that, follows once they rest, dimmed so far.

    It takes what room the answer leaves, and elides what has none; the tooltip tells all. Its
    menu, which a click opens too, holds every plan.
    """

    edited = Signal(str, object)
    figure_changed = Signal()  # the difference needs more room, or less

    def __init__(self) -> None:
        super().__init__()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.name = ElidedLabel("details", whole_from=": ")  # its cost
        self.name.setAlignment(right)
        self.difference = Figure("planDifference")
        self.difference.setAlignment(right)
        self.chance = ElidedLabel("details", fits=True)
        self.chance.hide()
        # What has to be passed is one word.
        self.holds = ElidedLabel("details", whole_from=" ", fits=True)
        self.holds.setAlignment(right)
        self.holds.setContentsMargins(APART, 0, 0, 0)
        self.marks = ElidedLabel("notices")
        self.marks.setAlignment(right)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.button = _MenuButton()
        self.button.setObjectName("listButton")
        self.button.setText("▾")
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setMenu(self.menu)
        self.button.setAccessibleName("Held against")
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(ROW_GAP)
        row.addStretch(1)
        figure = QHBoxLayout()
        figure.setSpacing(ROW_GAP)
        figure.addStretch(1)
        figure.addWidget(self.difference, 0, right)
        figure.addWidget(self.chance)
        row.addLayout(figure)
        row.addWidget(self.holds)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.name)
        column.addLayout(row)
        column.addWidget(self.marks)
        self._whole = whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(BUTTON_GAP)
        whole.addLayout(column, 1)
        whole.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._study: Study | None = None
        self._held: Held | None = None
        self._calm = Calm(self)
        self._calm.came.connect(self.refresh)
        self.hide()

    @property
    def least_width(self) -> int:
        """Px of the figure and the menu's button; names and what qualifies it are elided.

        A figure of usual length has its room, be it there or not.
        """
        figure = max(self.difference.minimumWidth(), self.difference.width_of(USUAL_DIFFERENCE))
        return figure + ROW_GAP + self.button.sizeHint().width() + BUTTON_GAP

    def fit(self, room: int) -> None:
        """Put difference and turning point on one line, or on two, by the usual room, px.

        Not by the room that is left by a figure: what is below would move while it changes.
        """
        before = self._row.direction()
        wrap_row(self._row, scaled(ROOMY), room)
        if self._row.direction() != before:
            self._whole.activate()  # or what lies around would hear of the former height
            self.updateGeometry()

    def show_study(self, study: Study) -> None:
        before, self._study = self._study, study
        # Its room is taken at once: nothing below moves when the figures come.
        self.setVisible(bool(study.plans or study.scenario.plans))
        if before and before.scenario.held_against != study.scenario.held_against:
            self.refresh()  # the user has just chosen, and waits for it
        else:
            self._follow(study)
            self._calm.start()  # twenty plans are priced once figures rest, not while they move

    def _follow(self, study: Study) -> None:
        """Price the plan that stands there, so that all figures are of one moment."""
        if self._held is None or self._held.offer is None:
            return
        scenario, before = study.scenario, self._held.offer
        offer = offer_of(before.plan.id, scenario, study.price_book, study.plans, study.estimate)
        if offer is None:
            return  # it was taken away
        words = held_in_words(
            dataclasses.replace(self._held, offer=offer),
            scenario.team.users,
            None,
            scenario.currency,
            study.figures,
        )
        # What turns a difference, or how likely it is, says nothing of its opposite.
        is_same = _sides(offer) == _sides(before)
        holds, chance = (label.text() if is_same else "" for label in (self.holds, self.chance))
        self._show_words(words._replace(holds=holds), chance if study.scenario.ranges else "")
        for label in (self.holds, self.chance):
            label.dim(True)

    def refresh(self) -> None:
        """Hold the plans against what was shown last."""
        study = self._study
        self._calm.stop()
        if study is None or not study.managed:
            return
        held, scenario = study.held, study.scenario
        words = held_in_words(
            held, scenario.team.users, study.turns, scenario.currency, study.figures
        )
        if scenario.growth and (turn := turn_in_short(study.projection)):
            words = words._replace(holds=" · ".join(filter(None, (f"but {turn}", words.holds))))
        self._held = held
        said = self._show_words(words, _chance(held.offer, study.cases))
        for label in (self.holds, self.chance):
            label.dim(False)
        texts = (
            [write(caveat.text, study.figures) for caveat in held.offer.caveats]
            if held.offer
            else []
        )
        for widget in (self, self.button):
            widget.setToolTip(plain_tooltip("\n".join((said, *texts, MORE))))
        self.setAccessibleDescription("\n".join((*texts, MORE)))
        self.button.setAccessibleDescription(f"{said}. {MORE}")

    def _show_words(self, words: Headline, chance: str) -> str:
        """Show them; what is told of all together."""
        room = self.least_width
        self.name.setText(words.name)
        self.difference.show_text(words.difference)
        self.chance.setText(chance)
        self.chance.setVisible(bool(chance))
        self.holds.setText(words.holds)
        self.marks.setText(words.marks)
        said = " ".join(
            filter(None, (words.name, words.difference, chance, words.holds, words.marks))
        )
        self.setAccessibleName(said)
        if self.least_width != room:
            self.figure_changed.emit()
        return said

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    # The menu

    def _fill_menu(self) -> None:
        """All that the total can be held against; what was shown last is known by now."""
        empty(self.menu)
        study = self._study
        if study is None:
            return
        group = QActionGroup(self.menu)
        choice = AUTO if study.held.is_gone else study.held.choice
        lines = [(AUTO, "The best plan that fits"), (NONE, "Nothing")]
        lines += [
            (offer.plan.id, _plan_in_words(offer, study.scenario.currency, study.figures))
            for offer in study.managed
        ]
        for plan_id, words in lines:
            if plan_id == lines[2][0]:
                self.menu.addSeparator()
            action = self.menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(plan_id == choice)
            action.setData(plan_id)
            group.addAction(action)
        group.triggered.connect(lambda action: self.edited.emit("held_against", action.data()))


def _chance(offer: Offer | None, cases: Uncertainty | None) -> str:
    """How likely its difference stays on its side; empty where nobody can know."""
    if offer is None or offer.bought is None or offer.too_small or cases is None:
        return ""
    return chance_in_words(cases, is_cheaper=bool(offer.difference < 0))


def _sides(offer: Offer) -> tuple[bool, bool, bool]:
    """Whether it has a figure, whether that is the lower one, and whether the team fits."""
    return offer.bought is not None, bool(offer.difference < 0), offer.fits


def _plan_in_words(offer: Offer, currency: Currency, figures: Figures) -> str:
    """`Comet Pro (not MLflow)`, and behind a tab, which a menu sets in a column, what it costs."""
    marked = f" ({mark(offer)})" if mark(offer) else ""
    cost = STATES.get(offer.plan.price_state, "")
    if offer.bought:
        total = currency.money(float(offer.bought.effective_cost), figures)
        cost = at_least(total, offer.bought.gaps)
    return f"{offer.plan.name}{marked}\t{cost}"
