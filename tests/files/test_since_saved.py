"""What has moved since a scenario was saved, in total and line by line."""

from __future__ import annotations

from mlflow_cost_desktop.files.scenario_file import SavedFigures, figures_of
from mlflow_cost_desktop.files.since_saved import Moved, since_saved
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.prices.price_book import PriceBook
from tests.support import ARTICLE, BOOK, NOTHING, RICH, changed, own_rate

NOW = figures_of(estimate(ARTICLE, BOOK))
MACHINE = "Instance hours (m5.large, on demand)"


def test_nothing_moved() -> None:
    assert since_saved(NOW, NOW) is None
    rich = figures_of(estimate(RICH, BOOK))
    assert since_saved(rich, rich) is None


def test_a_price_that_rose_moves_its_line_and_the_total() -> None:
    dearer = estimate(
        changed(ARTICLE, own_rates=(own_rate("ec2/m5.large/on_demand", (0.0, 0.1)),)), BOOK
    )
    since = since_saved(NOW, figures_of(dearer))
    assert since
    assert since.moved == (Moved("server", MACHINE, 69.12, 72.0),)
    assert round(since.after - since.before, 2) == 2.88


def test_a_price_that_is_unknown_now() -> None:
    since = since_saved(NOW, figures_of(estimate(ARTICLE, NOTHING)))
    assert since
    assert Moved("server", MACHINE, 69.12, None) in since.moved
    back = since_saved(figures_of(estimate(ARTICLE, NOTHING)), NOW)
    assert back
    assert Moved("server", MACHINE, None, 69.12) in back.moved


def test_lines_that_are_gone_or_new_count_from_zero() -> None:
    saved = NOW
    assert saved.charges
    old = {**saved.charges, "server": {"Instance hours (of old)": 10.0}}
    since = since_saved(saved.model_copy(update={"charges": old}), NOW)
    assert since
    assert since.moved == (
        Moved("server", MACHINE, 0.0, 69.12),
        Moved("server", "Instance hours (of old)", 10.0, 0.0),
    )


def test_a_file_without_lines_tells_the_totals() -> None:
    since = since_saved(SavedFigures(price_dates=None, effective_cost=412.0), NOW)
    assert since
    assert (since.before, since.moved) == (412.0, ())
    exact = SavedFigures(price_dates=None, effective_cost=NOW.effective_cost)
    assert since_saved(exact, NOW) is None


def test_lines_of_one_name_are_added() -> None:
    book = PriceBook("AWS", "us-east-1", "", {})
    two = changed(
        ARTICLE,
        own_lines=tuple(line.model_copy(update={"name": "Firewall"}) for line in RICH.own_lines),
    )
    charges = figures_of(estimate(two, book)).charges
    assert charges
    assert charges["server"]["Firewall"] == 25.0
