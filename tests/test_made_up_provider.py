"""A provider that the program has never heard of is estimated, charted and saved like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlflow_cost_desktop.analysis.options import compare
from mlflow_cost_desktop.analysis.suggestions import suggestions
from mlflow_cost_desktop.analysis.sweep import BY_STORAGE, BY_USAGE, Question
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.exports.terminal.estimate import estimate_json
from mlflow_cost_desktop.exports.terminal.estimate_table import estimate_table
from mlflow_cost_desktop.files.envelope import figures_of
from mlflow_cost_desktop.files.scenario_file import read_scenario, write_scenario
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.choosers import without_price
from mlflow_cost_desktop.model.network.companion import Companion
from mlflow_cost_desktop.model.own import rate_for, with_rate, without_rate
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.prices import shelf as shelf_module
from mlflow_cost_desktop.prices.aws.provider import AWS
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.shared.made_up import ACME, ON_THE_MOON, write_books
from tests.support import BOOK, changed, own_rate


@pytest.fixture
def book(tmp_path: Path) -> PriceBook:
    return Shelf(write_books(tmp_path), ACME).book("moon-1")


def test_its_prices_make_an_estimate(book: PriceBook) -> None:
    outcome = estimate(ON_THE_MOON, book)
    assert outcome.unpriced == 0
    costs = {c.line: float(c.effective_cost) for c in outcome.charges}
    assert costs["network/transfer/out"] == pytest.approx(500 * 0.05)
    assert costs["network/transfer/zones"] == pytest.approx(2 * 100 * 0.01)
    assert costs["network/registry/storage"] == pytest.approx(1.0)
    assert outcome.price_dates == ("2026-01-31", "2026-01-31")
    assert not [n for n in warnings(ON_THE_MOON, book) if "no known price" in n.text]


def test_a_file_of_it_is_written_and_opened_again(book: PriceBook, tmp_path: Path) -> None:
    figures = figures_of(estimate(ON_THE_MOON, book))
    write_scenario(tmp_path / "moon.mlcost", ON_THE_MOON, figures)
    file = read_scenario(tmp_path / "moon.mlcost")
    assert (file.scenario, file.saved) == (ON_THE_MOON, figures)
    assert (file.scenario.provider_id, file.scenario.region_id) == ("acme", "moon-1")


def test_words_and_exports_name_it(book: PriceBook) -> None:
    assert "Acme's prices" in estimate_table(ON_THE_MOON, book)
    assert '"provider_id": "acme"' in estimate_json(ON_THE_MOON, book)


@pytest.mark.parametrize("question", [BY_USAGE, BY_STORAGE])
def test_charts_hold_what_it_sells(question: Question, book: PriceBook) -> None:
    chart = compare(question, ON_THE_MOON, book, estimate(ON_THE_MOON, book))
    part = getattr(ON_THE_MOON, question.part)
    sold = {
        name
        for name, variant in part.variants()
        if variant == part or variant.chosen.is_sold_by("acme")
    }
    assert {line.name for line in chart.lines} | set(chart.unpriced) == sold
    # Its own server has a price; it sells no store, and that which is chosen has none.
    assert any(line.is_chosen for line in chart.lines) == (question is BY_USAGE)


def test_what_it_does_not_sell_is_marked(book: PriceBook) -> None:
    assert without_price(ON_THE_MOON, book, "server.option") >= {"ec2", "fargate"}
    assert not without_price(ON_THE_MOON, book, "server.option") & {"kubernetes", "none"}
    assert without_price(ON_THE_MOON, book, "metadata_store.option") >= {"rds", "aurora"}
    assert not without_price(changed(ON_THE_MOON, server__option="ec2"), BOOK, "server.option")


def test_an_own_rate_is_for_one_provider_s_region(book: PriceBook) -> None:
    sku = "transfer/internet"
    theirs = own_rate(sku, (0.0, 0.02), region_id="moon-1").model_copy(
        update={"provider_id": "acme"}
    )
    namesake = own_rate(sku, (0.0, 9.0), region_id="moon-1")
    rates = with_rate(with_rate((), theirs), namesake)
    assert rates == (theirs, namesake)
    assert rate_for(rates, sku, book) == theirs
    assert rate_for(rates, sku, PriceBook(AWS, "moon-1", "", {})) == namesake
    assert without_rate(rates, theirs) == (namesake,)
    scenario = changed(ON_THE_MOON, own_rates=rates)
    costs = {c.line: float(c.effective_cost) for c in estimate(scenario, book).charges}
    assert costs["network/transfer/out"] == pytest.approx(500 * 0.02)
    told = [n.text for n in warnings(scenario, book) if n.path == "own_rates"]
    assert len(told) == 1


def test_a_scenario_of_a_provider_without_books_is_refused(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "aws")
    with pytest.raises(UserError, match="no prices of the provider 'acme'"):
        shelf.of(ON_THE_MOON.provider_id)
    assert "acme" not in shelf_module.PROVIDERS


def test_what_it_does_not_sell_is_said_and_not_suggested(book: PriceBook) -> None:
    stored = "artifact_store.option"
    assert [n.path for n in warnings(ON_THE_MOON, book) if "Not sold by Acme" in n.text] == [stored]
    scenario = changed(
        ON_THE_MOON,
        network__nat__used=True,
        network__logs__used=True,
        network__load_balancer__kind="nlb",
    )
    told = {n.path: n.text for n in warnings(scenario, book) if "Not sold by Acme" in n.text}
    assert set(told) == {
        stored,
        "network.nat.used",
        "network.logs.used",
        "network.load_balancer.kind",
    }
    assert told["network.nat.used"].startswith("Not sold by Acme: NAT gateway. ")
    on_aws = scenario.model_copy(update={"provider_id": "aws", "region_id": "us-east-1"})
    assert not [n for n in warnings(on_aws, BOOK) if "Not sold" in n.text]
    offered = [one for one in suggestions(ON_THE_MOON, book) if one.component == "server"]
    assert [edit.path for one in offered for edit in one.edits.edits] == [
        "network.public_addresses"
    ]


def test_every_companion_says_who_sells_it() -> None:
    companions = {
        name: field
        for name, field in vars(ON_THE_MOON.network).items()
        if isinstance(field, Companion)
    }
    assert set(companions) == {
        "load_balancer", "nat", "endpoints", "logs", "metrics", "secrets", "dns",
    }  # fmt: skip
    assert all(one.is_sold_by("aws") and not one.is_sold_by("acme") for one in companions.values())


def test_a_rate_of_a_namesake_region_names_its_provider(book: PriceBook) -> None:
    scenario = changed(ON_THE_MOON, own_rates=(own_rate("x/y", (0.0, 9.0), region_id="moon-1"),))
    (told,) = [n.text for n in warnings(scenario, book) if n.path == "own_rates"]
    assert told == "Your rate for x/y is for moon-1 of aws and is not used in moon-1."
