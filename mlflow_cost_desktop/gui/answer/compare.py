"""The view of scenarios side by side: the way between totals, lines, inputs, and all regions."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QWidget,
)

from mlflow_cost_desktop.analysis.differing_inputs import (
    Difference,
    differing_inputs,
    inputs_of_all,
)
from mlflow_cost_desktop.exports.clipboard import comparison_text, inputs_text, regions_text
from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.gui.answer.compare_chart import WaterfallCard
from mlflow_cost_desktop.gui.answer.compare_grid import Grid
from mlflow_cost_desktop.gui.answer.compare_regions import RegionTable
from mlflow_cost_desktop.gui.answer.compare_rows import Table, input_headings, input_rows
from mlflow_cost_desktop.gui.answer.compared import (
    INPUTS,
    LINES,
    REGIONS,
    THIS,
    Compared,
    Outcome,
    Unread,
    Wanted,
)
from mlflow_cost_desktop.gui.answer.page import PageArea, whole_page
from mlflow_cost_desktop.gui.document.copied import copy_table
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.toolkit.buttons import quiet_button
from mlflow_cost_desktop.gui.toolkit.copying import COPY_PLAIN, PLAIN_TIP, has_plain_copy
from mlflow_cost_desktop.gui.toolkit.file_drop import files_in
from mlflow_cost_desktop.gui.toolkit.flow_row import FlowRow
from mlflow_cost_desktop.gui.toolkit.labels import ElidedLabel, plain_label, show_tooltip
from mlflow_cost_desktop.gui.toolkit.pace import Calm
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.wording.comparison import (
    comparison_in_words,
    conventions_in_words,
    share_in_words,
)

BESIDE_PLOT, EACH_BAR, LEAST_BARS = 112, 21, 6
"""Px of the chart's card: around its plot, and of a bar, of which it has room for some at least."""

JOINER = "\u2060"

ALONE = (
    "There is nothing to compare this scenario with yet. Add a file, a sample, another region or "
    "a managed plan, or drop scenario files here."
)


class CompareView(QWidget):
    """Up to six scenarios, the open one first.

    Args:
        menu: adds columns.

    Signals:
        open_asked, take_over_asked: a column as it was asked for.
        region_applied: a region's id.
    """

    open_asked = Signal(object)
    take_over_asked = Signal(object)
    region_applied = Signal(str)

    def __init__(
        self,
        compared: Compared,
        shelf: Shelf,
        menu: QMenu,
        folder: Path,
        figures: Figures,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._compared, self._figures = compared, figures
        self._study: Study | None = None
        self._calm = Calm(self)
        self._calm.came.connect(self._show_differences)
        self._told: tuple[tuple[Wanted, str, bool], ...] = ()
        self.outcome: Outcome | None = None
        self.differences: tuple[Difference, ...] = ()
        self.card = WaterfallCard(folder, figures)
        self.regions = RegionTable(shelf, figures)
        self.setAcceptDrops(True)
        self._make_words()
        self._make_head(menu)
        self.lines = Grid("Lines side by side")
        self.inputs = Grid("Inputs that differ", is_right=False)
        self._lay_out()
        self.lines.heading_clicked.connect(self._choose_place)
        self.card.kind_changed.connect(self._fit_card)
        self.regions.compared.connect(self._compare_region)
        self.regions.applied.connect(self.region_applied)
        compared.changed.connect(lambda: self._show())

    def _make_words(self) -> None:
        self.figure = plain_label("viewFigure")
        self.sentence = ElidedLabel("viewSentence")
        self.share = plain_label("details")
        self.share.setWordWrap(True)
        self.note = plain_label("note")
        self.note.setWordWrap(True)
        self.unread = plain_label("problem")
        self.unread.setWordWrap(True)

    def _make_head(self, menu: QMenu) -> None:
        self.columns = FlowRow()
        self.add = quiet_button("Add ▾", "A file, a sample, another window, region or plan")
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add.setMenu(menu)
        self.pages: dict[str, QToolButton] = {}
        self._page_group = QButtonGroup(self)
        for name, text, tip in (
            (LINES, "Lines", "What each line costs in each scenario"),
            (INPUTS, "Inputs that differ", "What the scenarios say differently"),
            (REGIONS, "All regions", "This scenario in every region"),
        ):
            button = quiet_button(text, tip)
            button.setCheckable(True)
            button.setChecked(name == LINES)
            self._page_group.addButton(button)
            self.pages[name] = button
        self._page_group.buttonClicked.connect(lambda: self._show())
        self.copy_button = quiet_button("Copy", "Copy what is shown for a spreadsheet")
        self.copy_button.clicked.connect(lambda: self.copy(self._figures))
        self.plain_button = quiet_button(COPY_PLAIN.replace("&", ""), PLAIN_TIP)
        self.plain_button.clicked.connect(lambda: self.copy(PLAIN))
        if not has_plain_copy(self._figures):
            self.plain_button.hide()

    def _lay_out(self) -> None:
        switch = QHBoxLayout()
        switch.setSpacing(4)
        for button in self.pages.values():
            switch.addWidget(button)
        switch.addStretch(1)
        switch.addWidget(self.copy_button)
        switch.addWidget(self.plain_button)
        area = PageArea()
        column = area.column
        for widget in (self.card, self.lines, self.inputs, self.regions):
            column.addWidget(widget)
        column.addStretch(1)
        whole = whole_page(self, self.figure, self.sentence)
        for widget in (self.share, self.columns, self.unread, self.note):
            whole.addWidget(widget)
        whole.addLayout(switch)
        whole.addWidget(area, 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.card.show_palette(QApplication.palette())
            QTimer.singleShot(0, self, self._fit)  # after its widgets changed too

    def _fit(self) -> None:
        self.regions.table.fit()
        self._show()

    # What is shown

    def show_study(self, study: Study) -> None:
        """Show the columns beside another study of the open scenario."""
        is_edit = self._study is not None and self._study.opened == study.opened
        self._study = study
        self._show(is_edit=is_edit and self.page != INPUTS)

    @property
    def page(self) -> str:
        """Which of the pages is in sight."""
        return next(name for name, button in self.pages.items() if button.isChecked())

    def _show(self, *, is_edit: bool = False) -> None:
        study = self._study
        if study is None:
            return
        self.outcome = outcome = self._compared.outcome(study)
        at = self._compared.place_of_chosen(outcome)
        if is_edit:
            self._calm.start()
        else:
            self._show_differences()
        self._show_words(outcome, at)
        self._show_columns(outcome)
        page = self.page
        self.card.setVisible(page == LINES and not outcome.is_alone)
        self.lines.setVisible(page == LINES and len(outcome.places) > 1)
        self.inputs.setVisible(page == INPUTS and bool(self.differences))
        self.regions.setVisible(page == REGIONS)
        for button in (self.copy_button, self.plain_button):
            button.setEnabled(page == REGIONS or not outcome.is_alone)
        if page == LINES:
            if not outcome.is_alone:
                self.card.show_comparison(outcome.comparison, at)
                self._fit_card()
            table = Table(outcome, at, self._figures)
            self.lines.show_rows(table.headings, list(table.rows()))
        elif page == INPUTS:
            rows = input_rows(outcome, self.differences, self._figures)
            self.inputs.show_rows(input_headings(outcome), list(rows))
        else:
            self.regions.show_study(study)

    def _fit_card(self) -> None:
        """As high as its bars take."""
        bars = max(self.card.bars, LEAST_BARS)
        self.card.setMinimumHeight(scaled(BESIDE_PLOT + EACH_BAR * bars))

    def _show_words(self, outcome: Outcome, at: int) -> None:
        comparison = outcome.comparison
        figure = sentence = share = ""
        if at:
            figure, sentence = comparison_in_words(comparison, at, self._figures)
            share = share_in_words(comparison, at, self._figures)
        self.figure.setText(figure)
        for label in (self.figure, self.sentence):
            label.setVisible(bool(figure))
        self.sentence.setText(sentence)
        show_tooltip(self.sentence, f"{figure} {sentence}".strip())
        # Joined, so that no line ends between a sign and its amount.
        joined = share.replace("+", f"+{JOINER}").replace("−", f"−{JOINER}")
        self.share.setText(f"{joined[:1].upper()}{joined[1:]}")
        self.share.setVisible(bool(share))
        unread = [here for here in outcome.places if isinstance(here, Unread)]
        self.unread.setText("\n".join(f"{one.in_words}." for one in unread))
        self.unread.setVisible(bool(unread))
        note = conventions_in_words(comparison, self._figures)
        if len(outcome.places) == 1:
            note = ALONE
        if self.page == INPUTS and not self.differences and not outcome.is_alone:
            note = f"No inputs differ. {note}".rstrip()
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def _show_columns(self, outcome: Outcome) -> None:
        """A button for each column, whose menu says what can be done with it."""
        names = [place.name for place in outcome.places]
        chosen = self._compared.chosen
        told = tuple(
            (one, name, one is chosen)
            for one, name in zip(self._compared.wanted, names[1:], strict=True)
        )
        if told == self._told and self.columns.items:
            return
        self._told = told
        made = [self._this_button(), *(self._column_button(*one) for one in told)]
        self.columns.hold([*made, self.add])

    def _this_button(self) -> QToolButton:
        button = quiet_button(THIS, "The scenario of this window, as it is edited")
        button.setObjectName("columnButton")
        button.setEnabled(False)
        return button

    def _column_button(self, wanted: Wanted, name: str, is_chosen: bool) -> QToolButton:
        short = name if len(name) <= 32 else f"{name[:31]}…"
        button = quiet_button(f"{short.replace('&', '&&')} ▾", name)
        button.setObjectName("columnButton")
        button.setAccessibleName(name)
        button.setCheckable(True)
        button.setChecked(is_chosen)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        look = menu.addAction("&Look at the difference")
        look.triggered.connect(lambda: self._compared.choose(wanted))
        if not wanted.problem:
            open_it = menu.addAction("&Open in a window of its own")
            open_it.triggered.connect(lambda: self.open_asked.emit(wanted))
            words = "&Hold this scenario against it" if wanted.plan_id else (
                "&Take over as this scenario"
            )  # fmt: skip
            take = menu.addAction(words)
            take.triggered.connect(lambda: self.take_over_asked.emit(wanted))
        menu.addSeparator()
        remove = menu.addAction("&Remove")
        remove.triggered.connect(lambda: self._compared.remove(wanted))
        button.setMenu(menu)
        return button

    def _show_differences(self) -> None:
        """Say which inputs differ, and how many; once figures rest where they are out of sight."""
        self._calm.stop()
        if self.outcome is None:
            return
        columns = self.outcome.comparison.columns
        self.differences = differing_inputs(inputs_of_all(columns))
        count = f" ({len(self.differences)})" if len(columns) > 1 else ""
        self.pages[INPUTS].setText(f"Inputs that differ{count}")

    # What is done

    def open_page(self, name: str) -> None:
        """Show one of the pages: lines, inputs, regions."""
        self.pages[name].setChecked(True)
        self._show()

    def _choose_place(self, place: int) -> None:
        if place > 0:
            self._compared.choose(self._compared.wanted[place - 1])

    def _compare_region(self, region_id: str) -> None:
        region = next(one for one in self.regions.found if one.region_id == region_id)
        self._compared.add_region(region_id, region.name)

    def copy(self, figures: Figures) -> None:
        """Put what is in sight on the clipboard, for a spreadsheet: all of its columns."""
        if self.outcome is None or self._study is None:
            return
        found, page = self.outcome.comparison, self.page
        facts = [self._study.facts]
        if page == REGIONS:
            first = found.columns[0]
            currency = first.scenario.currency
            text = regions_text(self.regions.shown, first.cost, currency, figures)
        elif page == INPUTS:
            text = inputs_text(found, self.differences)
        else:
            text = comparison_text(found, figures)
        if page != REGIONS:
            facts += [self._study.facts_of(column) for column in found.columns[1:]]
        copy_table(text, facts)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Files that are dropped here stand beside the scenario; elsewhere they are opened."""
        event.acceptProposedAction()
        paths = files_in(event.mimeData())
        # Later: the program that they were dragged from waits meanwhile.
        QTimer.singleShot(0, self, lambda: self._compared.add_files(paths))
