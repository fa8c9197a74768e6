"""What stands beside the total, and the menu in which it is chosen."""

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.analysis.managed_plans import with_plan
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.gui.answer.plan_line import PlanLine
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.ranges import Range
from mlflow_cost_desktop.wording.verdict import held_in_words

USD = Currency()

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def line(window: MainWindow) -> PlanLine:
    window.summary.plan.refresh()
    return window.summary.plan


def choose(qtbot: QtBot, line: PlanLine, plan_id: str) -> None:
    """Open the menu by the keyboard, go down to a plan and press Enter."""
    done: list[bool] = []

    def pick() -> None:
        actions = [action for action in line.menu.actions() if not action.isSeparator()]
        (at,) = (at for at, action in enumerate(actions) if action.data() == plan_id)
        line.menu.setActiveAction(actions[at])
        qtbot.keyClick(line.menu, Qt.Key.Key_Return)
        done.append(True)

    line.button.setFocus(Qt.FocusReason.TabFocusReason)
    QTimer.singleShot(0, pick)
    qtbot.keyClick(line.button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(done))


def words(line: PlanLine) -> tuple[str, ...]:
    return tuple(label.text() for label in (line.name, line.difference, line.holds, line.marks))


def test_the_menu_chooses_what_the_total_is_held_against(
    qtbot: QtBot, window: MainWindow, line: PlanLine
) -> None:
    assert words(line)[0] == "SageMaker MLflow Small, 5 seats: $538.80"
    choose(qtbot, line, "wandb_pro")
    assert window.session.scenario.held_against == "wandb_pro"
    # Header and charts follow at once, in one step.
    assert words(line) == (
        "Weights & Biases Pro, 5 seats: $168.96",
        "$490.89 cheaper",
        "unless Users at\N{NO-BREAK SPACE}least\N{NO-BREAK SPACE}11\N{NO-BREAK SPACE}users",
        "not MLflow, doubtful",
    )
    assert line.marks.isVisible()
    assert drawn(window) == ["Weights & Biases Pro"] * 2
    choose(qtbot, line, "none")
    assert words(line) == ("Held against nothing", "", "", "")
    assert drawn(window) == []
    window.session.undo_stack.undo()
    window.session.undo_stack.undo()
    assert window.session.scenario.held_against == "auto"


def drawn(window: MainWindow) -> list[str]:
    """The plans that have a curve."""
    names: list[str] = []
    for chart in window.charts.charts:
        plan = getattr(chart.contents.found, "plan", None)
        names += [plan.name] if plan else []
    return names


def test_the_choice_that_counts_is_marked_and_each_line_says_what_qualifies_it(
    qtbot: QtBot, window: MainWindow, line: PlanLine
) -> None:
    def lines() -> dict[str, str]:
        line.menu.aboutToShow.emit()
        return {action.data(): action.text() for action in line.menu.actions() if action.data()}

    def chosen() -> list[str]:
        line.menu.aboutToShow.emit()
        return [action.data() for action in line.menu.actions() if action.isChecked()]

    assert chosen() == ["auto"]
    assert lines()["wandb_pro"] == "Weights && Biases Pro (not MLflow, doubtful)\t$168.96"
    assert lines()["comet_free"] == "Comet Free (too small, not MLflow, free)\t$81.24"
    assert lines()["databricks"] == "Databricks\task"
    window.session.edit("plans.databricks.price", "public")
    line.refresh()
    assert lines()["databricks"] == "Databricks\tunknown"
    window.session.edit("held_against", "databricks")
    assert chosen() == ["databricks"]
    assert words(line) == ("Databricks, 5 seats", "", "price unknown", "")
    assert drawn(window) == []
    window.session.edit("held_against", "gone")
    assert chosen() == ["auto"]
    assert words(line)[0] == "SageMaker MLflow Small, 5 seats: $538.80"
    assert words(line)[3] == "“gone” is gone"
    assert window.session.study.notices[0].path == "held_against"


def test_the_header_keeps_its_height_whatever_is_held_against(
    window: MainWindow, line: PlanLine, qtbot: QtBot
) -> None:
    def height(choice: str) -> int:
        window.session.edit("held_against", choice)
        qtbot.wait(1)
        return line.height()

    assert len({height(choice) for choice in ("wandb_pro", "none", "databricks", "auto")}) == 1


def test_the_plan_s_figures_move_with_the_total(window: MainWindow, line: PlanLine) -> None:
    """What needs many estimates follows once they rest, and is dimmed until then."""
    session = window.session
    holds = line.holds.text()
    assert holds
    for hours in (400.0, 250.0, 80.0):
        session.edit("usage.hours", hours)
        study = session.study
        cost = (
            study.held.plan
            and with_plan(
                study.scenario, study.price_book, study.held.plan, study.estimate
            ).effective_cost
        )
        assert line.name.text().endswith(f": {PLAIN.money(float(cost or 0.0))}")
        more = float(cost or 0.0) - float(study.estimate.effective_cost)
        words = "cheaper" if more < 0 else "costlier"
        assert line.difference.text() == f"{PLAIN.money(abs(more))} {words}"
        assert line.difference.text() in line.accessibleName()
        assert line.holds.is_dimmed
        assert line.holds.text() == holds  # as long as the same side is cheaper
    line.refresh()
    assert not line.holds.is_dimmed
    session.edit("usage.hours", 720.0)
    line.refresh()
    session.edit("labor.platform_engineer_usd", 5.0)
    assert "costlier" in line.difference.text()
    assert line.holds.text() == ""  # it was said of the other side
    session.edit("team.users", 40.0)
    assert line.marks.text() == "too small"
    line.refresh()
    assert line.name.text() == words_of(window)


def words_of(window: MainWindow) -> str:
    """The name of what is held against the scenario once all is worked out."""
    study = window.session.study
    words = held_in_words(study.held, study.scenario.team.users, None, USD, study.figures)
    return words.name


def test_the_line_has_its_room_before_the_plans_are_priced(
    qtbot: QtBot, window: MainWindow
) -> None:
    line = PlanLine()
    qtbot.addWidget(line)
    line.show_study(window.session.study)
    assert line.isVisible()
    assert line.name.text() == ""  # not yet
    before = line.sizeHint().height()
    line.refresh()
    assert line.name.text()
    assert line.sizeHint().height() == before


def test_a_figure_that_comes_has_its_room(qtbot: QtBot, window: MainWindow, line: PlanLine) -> None:
    window.session.edit("plans.databricks.price", "public")
    window.session.edit("held_against", "databricks")
    assert line.difference.text() == ""
    window.session.edit("plans.databricks.base_usd", 300.0)
    qtbot.waitUntil(lambda: line.difference.text() == "$278.61 cheaper")
    needed = line.difference.sizeHint().width()
    qtbot.waitUntil(lambda: line.difference.width() >= needed)


def test_a_figure_without_room_beside_the_total_stands_below_it(
    qtbot: QtBot, window: MainWindow, line: PlanLine
) -> None:
    """Also where the plan's figure alone gets wider: in another currency, or of another plan."""
    window.resize(1024, 700)
    rate = {"per_usd": 1e8, "date": "2026-11-20"}
    window.session.edit("held_against", "none")
    window.session.edit("currency", Currency.model_validate({"code": "JPY", **rate}))
    line.refresh()
    qtbot.waitUntil(lambda: line.y() < window.summary.total.geometry().bottom())
    window.session.edit("held_against", "sagemaker_large")
    qtbot.waitUntil(lambda: line.difference.width() >= line.difference.sizeHint().width())
    qtbot.waitUntil(lambda: line.y() > window.summary.total.geometry().bottom())
    assert line.geometry().right() <= window.summary.width()
    window.session.edit("held_against", "none")
    qtbot.waitUntil(lambda: line.y() < window.summary.total.geometry().bottom())


@pytest.mark.parametrize("width", [1024, 1360])
def test_what_turns_the_verdict_is_to_be_read_whole(
    qtbot: QtBot, window: MainWindow, line: PlanLine, width: int
) -> None:
    window.resize(width, 700)
    line.refresh()
    qtbot.waitUntil(lambda: line.holds.elided == line.holds.text())
    assert "Platform engineer" in line.holds.text()
    window.session.edit("held_against", "sagemaker_medium")  # a longer difference
    line.refresh()
    # What has to be passed is never cut, whatever else is.
    qtbot.waitUntil(lambda: line.holds.elided.split(" ")[-1] == line.holds.text().split(" ")[-1])


@pytest.mark.parametrize("width", [1024, 1360])
@pytest.mark.parametrize(
    ("plan", "difference"),
    [("sagemaker_small", "$121.06 cheaper"), ("sagemaker_medium", "$195.74 costlier")],
)
def test_how_likely_the_verdict_is_stands_beside_it(
    qtbot: QtBot, window: MainWindow, line: PlanLine, width: int, plan: str, difference: str
) -> None:
    window.resize(width, 700)
    window.session.edit("held_against", plan)
    line.refresh()
    qtbot.waitUntil(lambda: window.width() == width)
    qtbot.wait(100)  # its room at this width
    before = window.summary.minimumSizeHint().height()
    qtbot.waitUntil(lambda: window.summary.height() == before)
    wide = Range(path="labor.platform_engineer_usd", low=30.0, high=160.0)
    window.session.edit("ranges", (wide,), "Ranges")
    line.refresh()
    cases = window.session.study.cases
    assert cases is not None and cases.plan_cost is not None
    share = cases.plan_share if plan == "sagemaker_small" else cases.own_share
    assert share is not None and 0.01 < share < 0.99
    assert (line.difference.text(), line.chance.text()) == (
        difference, f"in {round(100 * share)} of 100 cases"
    )  # fmt: skip
    assert f"{difference} {line.chance.text()} unless" in line.accessibleName()
    assert line.chance.text() in line.toolTip()
    qtbot.waitUntil(lambda: line.chance.elided == line.chance.text())
    assert line.holds.elided.split(" ")[-1] == line.holds.text().split(" ")[-1]
    assert window.summary.height() == before  # nothing below moves
    window.session.edit("usage.hours", 700.0)  # it is of a moment ago until figures rest
    assert line.chance.is_dimmed
    window.session.edit("ranges", (), "None")
    line.refresh()
    assert line.chance.text() == ""


def test_a_click_opens_the_menu(qtbot: QtBot, line: PlanLine) -> None:
    seen: list[bool] = []

    def close() -> None:
        seen.append(line.menu.isVisible())
        line.menu.close()

    QTimer.singleShot(50, close)
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: seen == [True])
