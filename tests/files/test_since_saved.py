"""What has moved since a scenario was saved, in total and line by line."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from mlflow_cost_desktop.figures import PLAIN, cents
from mlflow_cost_desktop.files import since_saved as module
from mlflow_cost_desktop.files.envelope import SavedFigures, figures_of
from mlflow_cost_desktop.files.migrations import CORRECTED
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.files.since_saved import Moved, since_saved
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.labor.default_tasks import DEFAULT_TASKS
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import pricing_dir, resources_dir
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.wording.since_saved import since_in_sentences, since_in_words
from tests.support import ARTICLE, BOOK, NOTHING, RICH, changed, own_rate

NOW = estimate(ARTICLE, BOOK)
SAVED = figures_of(NOW)
MACHINE = "Instance hours (m5.large, on demand)"
DEARER = estimate(
    changed(ARTICLE, own_rates=(own_rate("ec2/m5.large/on_demand", (0.0, 0.1)),)), BOOK
)


def of_schema_2(estimate: Estimate) -> SavedFigures:
    """What a file of schema 2 notes: lines by their words, those of one name together."""
    exact: dict[tuple[str, str], float] = {}
    for charge in estimate.charges:
        if charge.effective_cost != 0:
            of = charge.component, charge.description
            exact[of] = exact.get(of, 0.0) + float(charge.effective_cost)
    charges: dict[str, dict[str, float | None]] = {}
    for (component, words), usd in exact.items():
        charges.setdefault(component, {})[words] = None if math.isnan(usd) else float(cents(usd))
    return figures_of(estimate).model_copy(update={"lines": None, "charges": charges})


def test_nothing_moved() -> None:
    for scenario in (ARTICLE, RICH):
        now = estimate(scenario, BOOK)
        assert since_saved(figures_of(now), now) is None
        assert since_saved(of_schema_2(now), now) is None


@pytest.mark.parametrize("saved", [SAVED, of_schema_2(NOW)])
def test_a_price_that_rose_moves_its_line_and_the_total(saved: SavedFigures) -> None:
    since = since_saved(saved, DEARER)
    assert since
    assert since.moved == (Moved("server", MACHINE, 69.12, 72.0),)
    assert round(since.after - since.before, 2) == 2.88


def test_a_price_that_is_unknown_now() -> None:
    since = since_saved(SAVED, estimate(ARTICLE, NOTHING))
    assert since
    assert Moved("server", MACHINE, 69.12, None) in since.moved
    back = since_saved(figures_of(estimate(ARTICLE, NOTHING)), NOW)
    assert back
    assert Moved("server", MACHINE, None, 69.12) in back.moved


def test_lines_that_are_gone_or_new_count_from_zero() -> None:
    assert SAVED.lines
    old = {line: usd for line, usd in SAVED.lines.items() if not line.startswith("server/")}
    old["server/of_old/hours"] = 10.0
    since = since_saved(SAVED.model_copy(update={"lines": old}), NOW)
    assert since
    assert since.moved == (
        Moved("server", MACHINE, 0.0, 69.12),
        Moved("server", "", 10.0, 0.0),
    )


def test_words_that_no_line_has_moved_without_a_name() -> None:
    saved = of_schema_2(NOW)
    old = {**(saved.charges or {}), "server": {"Instance hours (of old)": 10.0}}
    since = since_saved(saved.model_copy(update={"charges": old}), NOW)
    assert since
    assert since.moved == (
        Moved("server", MACHINE, 0.0, 69.12),
        Moved("server", "", 10.0, 0.0),
    )


def test_words_that_have_changed_since_are_told_to_be_the_line_s(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    saved = of_schema_2(NOW)
    old = {**(saved.charges or {}), "server": {"Hours of old (m5.large)": 69.12}}
    renamed = {"server/Hours of old (m5.large)": "server/ec2/hours"}
    monkeypatch.setattr(module, "RENAMED_LINES", renamed)
    saved = saved.model_copy(update={"charges": old})
    assert since_saved(saved, NOW) is None
    since = since_saved(saved, DEARER)
    assert since
    assert since.moved == (Moved("server", MACHINE, 69.12, 72.0),)


def test_a_line_that_cost_nothing_when_saved_has_its_name_back() -> None:
    saved = of_schema_2(NOW)
    old = {**(saved.charges or {})}
    old["metadata_store"] = {**old["metadata_store"], "Backups beyond the free size": 1.0}
    since = since_saved(saved.model_copy(update={"charges": old}), NOW)
    assert since
    assert since.moved == (Moved("metadata_store", "Backups beyond the free size", 1.0, 0.0),)


def test_the_tiers_of_a_line_move_together() -> None:
    stored = estimate(changed(ARTICLE, artifact_store__stored_gb=600 * 1024.0), BOOK)
    lines = {**(figures_of(stored).lines or {})}
    now = lines["artifact_store/s3/storage"]
    assert now
    lines["artifact_store/s3/storage"] = 1.0
    since = since_saved(figures_of(stored).model_copy(update={"lines": lines}), stored)
    assert since
    assert since.moved == (Moved("artifact_store", "S3 Standard storage", 1.0, now),)


def test_a_file_without_lines_tells_the_totals() -> None:
    since = since_saved(SavedFigures(price_dates=None, effective_cost=412.0), NOW)
    assert since
    assert (since.before, since.moved) == (412.0, ())
    assert since_in_words(since, PLAIN).startswith("Prices or rules changed since saving: $412.00")
    exact = SavedFigures(price_dates=None, effective_cost=SAVED.effective_cost)
    assert since_saved(exact, NOW) is None


def test_lines_of_one_name_are_two_lines_and_were_one_in_older_files() -> None:
    two = changed(
        ARTICLE,
        own_lines=tuple(line.model_copy(update={"name": "Firewall"}) for line in RICH.own_lines),
    )
    now = estimate(two, NOTHING)
    lines = figures_of(now).lines
    assert lines
    assert {line for line in lines if line.endswith("/own_line")} == {
        f"{line.component}/{line.id}/own_line" for line in RICH.own_lines
    }
    assert since_saved(of_schema_2(now), now) is None


def without_hosts(scenario: Scenario) -> Scenario:
    """Without the tasks that schema 2 did not have."""
    tasks = (t for t in scenario.labor.tasks if t.counts not in ("own_instances", "own_machines"))
    return changed(scenario, labor__tasks=tuple(tasks))


@pytest.mark.parametrize("name", ["article-2024", "hobby", "large", "regulated"])
def test_files_of_schema_2_are_matched_by_their_words(checkout: Path, name: str) -> None:
    path = checkout / "tests" / "data" / "schema-2" / f"{name}.mlcost"
    assert json.loads(path.read_bytes())["schema_version"] == 2
    old = read_scenario(path)
    assert old.saved.charges
    assert old.saved.lines is None
    new = read_scenario(resources_dir() / "scenarios" / f"{name}.mlcost")
    assert without_hosts(old.scenario) == without_hosts(new.scenario)
    book = Shelf(pricing_dir() / "aws").book(old.scenario.region_id)
    now = estimate(old.scenario, book)
    old_words = {f"{part}/{words}" for part, lines in old.saved.charges.items() for words in lines}
    assert old_words <= {f"{charge.component}/{charge.description}" for charge in now.charges}
    since = since_saved(old.saved, now)
    assert since is None or all(moved.name for moved in since.moved)


def test_a_line_that_a_mended_rule_moved_says_why() -> None:
    now = estimate(changed(ARTICLE, network__nat__used=True), BOOK)
    saved = of_schema_2(now)
    charges = {**(saved.charges or {}), "network": {"NAT gateway": 32.4}}
    less = saved.model_copy(update={"charges": charges, "effective_cost": 500.0})
    since = since_saved(less, now)
    assert since
    (moved,) = since.moved
    assert (moved.name, moved.after) == ("Addresses of NAT gateways", 3.6)
    assert moved.why == "A NAT gateway has a public address, which is billed beside it."
    assert since_in_words(since, PLAIN).startswith("Rules changed since saving: $")
    charges |= {"network": {"NAT gateway": 30.0}}
    both = since_saved(less.model_copy(update={"charges": charges}), now)
    assert both
    assert since_in_words(both, PLAIN).startswith("Prices and rules changed since saving: $")
    # A file of today knows the rule: what moves there is a price.
    lines = {**(figures_of(now).lines or {}), "network/nat/addresses": 1.0}
    since = since_saved(figures_of(now).model_copy(update={"lines": lines}), now)
    assert since
    assert [moved.why for moved in since.moved] == [""]


def test_labor_that_no_longer_counts_without_a_server_says_why() -> None:
    now = estimate(changed(ARTICLE, server__option="none", labor__tasks=DEFAULT_TASKS), BOOK)
    saved = of_schema_2(now)
    charges = {**(saved.charges or {})}
    charges["labor"] = {**charges["labor"], "Version upgrades": 60.93}
    since = since_saved(saved.model_copy(update={"charges": charges}), now)
    assert since
    (moved,) = since.moved
    assert (moved.name, moved.before, moved.after) == ("Version upgrades", 60.93, 0.0)
    assert moved.why.startswith("Without a tracking server")
    assert "Version upgrades: Without a tracking server" in since_in_sentences(since, PLAIN)


def test_every_mended_line_is_one_that_an_estimate_has() -> None:
    free = own_rate("transfer/internet", (0.0, 0.09), free=100.0)
    scenario = changed(
        ARTICLE,
        artifact_store__option="efs",
        network__nat__used=True,
        network__transfer_out_gb=300.0,
        own_rates=(free,),
    )
    charges = estimate(scenario, BOOK).charges
    assert set(CORRECTED) <= {(charge.line, charge.origin) for charge in charges}
