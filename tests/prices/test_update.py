"""An update held against the book that is there: what changes, what is asked about, what stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mlflow_cost_desktop.analysis.managed_plans import offers
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.shipped_lists import read_plans
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.prices.aws.price_list import PLANS, AwsPriceList
from mlflow_cost_desktop.prices.editions import BUNDLED
from mlflow_cost_desktop.prices.network import Server, origin_of
from mlflow_cost_desktop.prices.proposal import Doubt, Proposal
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.prices.update import Progress, gather
from tests.shared.loopback import serving
from tests.shared.price_list import (
    INDEX_PUBLISHED,
    PUBLISHED,
    VERSION,
    mlflow_servers,
    offer_path,
    write_list,
)
from tests.support import ARTICLE, PRICES

TODAY = date(2026, 11, 28)
REGION = "us-east-1"
M5 = "ec2/m5.large/on_demand"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(PRICES / "aws", fetched=tmp_path / "fetched")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "list"


def proposed(shelf: Shelf, where: Path | str, tmp_path: Path) -> Proposal:
    price_list = AwsPriceList()
    origin = origin_of(str(where), price_list.address, tmp_path / "downloads")
    (gathered,) = gather(price_list, origin, [REGION], TODAY, lambda _: None)
    return Proposal(shelf.book(REGION), gathered, price_list, lambda doubt: doubt.kind)


def but_for(changes: dict[str, str]) -> Callable[[str, Decimal], Decimal]:
    return lambda key, usd: Decimal(changes[key]) if key in changes else usd


def test_the_same_list_changes_nothing_but_the_days(
    shelf: Shelf, folder: Path, tmp_path: Path
) -> None:
    book = shelf.book(REGION)
    write_list(folder, [book])
    proposal = proposed(shelf, folder, tmp_path)
    outcome = proposal.outcome()
    assert (outcome.new, outcome.moves, outcome.gone, proposal.doubts) == ((), (), (), ())
    changed = proposal.changed_book(outcome)
    assert set(changed.listed) == set(book.listed)
    for key, price in book.listed.items():
        found = changed.listed[key]
        assert (found.tiers, found.upfront_usd, found.unit) == (
            price.tiers,
            price.upfront_usd,
            price.unit,
        ), key
    # A copy is as old as its index.
    assert changed.listed[M5].date == INDEX_PUBLISHED[:10]
    assert changed.listed[M5].source == "AWS price list AmazonEC2"
    assert VERSION in changed.sources["AWS price list AmazonEC2"]


def test_taken_over_a_book_moves_the_scenario_and_is_reverted(
    shelf: Shelf, folder: Path, tmp_path: Path
) -> None:
    before = float(estimate(ARTICLE, shelf.book(REGION)).effective_cost)
    write_list(folder, [shelf.book(REGION)], but_for({M5: "0.106"}))
    proposal = proposed(shelf, folder, tmp_path)
    outcome = proposal.outcome()
    (move,) = outcome.moves
    assert (move.key, move.before, move.after) == (M5, 0.096, 0.106)
    assert move.share == pytest.approx(0.1041666)
    tried = float(estimate(ARTICLE, proposal.changed_book(outcome)).effective_cost)
    assert tried == pytest.approx(before + 720 * 0.01)
    assert shelf.editions is not None
    edition = proposal.take_over(outcome, shelf.editions)
    assert shelf.book(REGION).edition == BUNDLED  # until it is read anew
    shelf.forget(REGION)
    book = shelf.book(REGION)
    assert book.edition == edition.id
    assert float(estimate(ARTICLE, book).effective_cost) == tried
    assert edition.note["changed"] == 1
    (source,) = [file for file in edition.note["files"] if file["service"] == "AmazonEC2"]
    assert (source["version"], source["published"]) == (VERSION, PUBLISHED[:10])
    assert len(source["sha256"]) == 64 and source["url"].startswith("file:")
    shelf.editions.revert(REGION)
    shelf.forget(REGION)
    assert float(estimate(ARTICLE, shelf.book(REGION)).effective_cost) == before


def test_a_managed_plan_of_the_provider_follows_its_price_list(
    shelf: Shelf, folder: Path, tmp_path: Path
) -> None:
    assert shelf.editions is not None
    shipped = {plan.id: plan for plan in read_plans(PRICES / "managed")}
    small, before = shipped["sagemaker_small"], shelf.book(REGION)
    assert small.at_prices(before) is small
    write_list(folder, [before], extra=mlflow_servers("0.66"))
    proposal = proposed(shelf, folder, tmp_path)
    outcome = proposal.outcome()
    assert sorted(outcome.new) == [
        f"managed_plan/sagemaker_{size}/server_hours" for size in ("large", "medium", "small")
    ]
    proposal.take_over(outcome, shelf.editions)
    shelf.forget(REGION)
    now = small.at_prices(shelf.book(REGION))
    assert (now.hour_usd, now.gb_usd, now.region_id) == (0.66, small.gb_usd, REGION)
    assert now.source.startswith("AWS price list AmazonSageMaker, us-east-1; by the GB: ")
    assert now.date == INDEX_PUBLISHED[:10]
    own = estimate(ARTICLE, shelf.book(REGION))
    (offer,) = offers(ARTICLE, shelf.book(REGION), [now], own)
    (then,) = offers(ARTICLE, shelf.book(REGION), [small], own)
    hours = 720 * (0.66 - small.hour_usd)
    assert offer.difference - then.difference == pytest.approx(hours)
    assert float(own.effective_cost) == float(estimate(ARTICLE, before).effective_cost)
    # A list without them: they stay as they are, and it is said.
    write_list(folder, [before])
    outcome = (proposal := proposed(shelf, folder, tmp_path)).outcome()
    assert "no price that the program knows by name" in outcome.refused["AmazonSageMaker"]
    assert small.at_prices(proposal.changed_book(outcome)).hour_usd == 0.66
    shelf.editions.revert(REGION)
    shelf.forget(REGION)
    assert small.at_prices(shelf.book(REGION)) is small


def test_a_second_update_stands_on_the_first(shelf: Shelf, folder: Path, tmp_path: Path) -> None:
    assert shelf.editions is not None
    for usd in ("0.1", "0.11"):
        write_list(folder, [shelf.book(REGION)], but_for({M5: usd}))
        proposal = proposed(shelf, folder, tmp_path)
        proposal.take_over(proposal.outcome(), shelf.editions)
        shelf.forget(REGION)
        assert shelf.book(REGION).listed[M5].usd == float(usd)
    shelf.editions.revert(REGION)
    shelf.forget(REGION)
    assert shelf.book(REGION).listed[M5].usd == 0.1


def test_a_damaged_book_gives_way_to_the_one_before(
    shelf: Shelf, folder: Path, tmp_path: Path
) -> None:
    write_list(folder, [shelf.book(REGION)], but_for({M5: "0.1"}))
    proposal = proposed(shelf, folder, tmp_path)
    assert shelf.editions is not None
    edition = proposal.take_over(proposal.outcome(), shelf.editions)
    (edition.folder / "prices.csv").write_text("key,unit\n")
    shelf.forget(REGION)
    assert shelf.book(REGION).edition == BUNDLED
    with pytest.raises(UserError, match="The fetched prices of us-east-1 are damaged"):
        shelf.fetched_book(REGION, edition)


def test_a_book_of_an_older_program_gets_the_prices_that_it_did_not_know(
    shelf: Shelf, folder: Path, tmp_path: Path
) -> None:
    write_list(folder, [shelf.book(REGION)], but_for({M5: "0.1"}))
    proposal = proposed(shelf, folder, tmp_path)
    assert shelf.editions is not None
    edition = proposal.take_over(proposal.outcome(), shelf.editions)
    prices = edition.folder / "prices.csv"
    without = ("nat/hour,", "ec2/m5.xlarge/on_demand,")
    lines = [line for line in prices.read_text().splitlines() if not line.startswith(without)]
    prices.write_text("".join(f"{line}\n" for line in lines))
    shelf.forget(REGION)
    assert "nat/hour" not in shelf.book(REGION).listed  # of this version: it is gone
    note = edition.folder / "book.json"
    note.write_text(note.read_text().replace('"program_version": "', '"program_version": "0.0.'))
    shelf.forget(REGION)
    book = shelf.book(REGION)
    assert (book.listed["nat/hour"].usd, book.listed[M5].usd) == (0.045, 0.1)
    assert "ec2/m5.xlarge/on_demand" not in book.listed  # machines go from the list
    assert proposed(shelf, folder, tmp_path).outcome().new == ("ec2/m5.xlarge/on_demand",)


def test_machines_that_are_no_longer_sold_go_and_services_stay(
    shelf: Shelf, folder: Path, tmp_path: Path
) -> None:
    write_list(folder, [shelf.book(REGION)])
    rows = folder / offer_path("AmazonEC2", REGION)
    lines = rows.read_text().splitlines(keepends=True)
    kept = [line for line in lines if '"m5.large"' not in line and "NatGateway-Hours" not in line]
    rows.write_text("".join(kept))
    outcome = proposed(shelf, folder, tmp_path).outcome()
    assert M5 in outcome.gone
    assert outcome.refused["nat/hour"].startswith("not in the list")
    assert any(row.startswith("nat/hour,") for row in outcome.rows)
    assert not any(row.startswith(f"{M5},") for row in outcome.rows)


def test_a_service_of_which_no_key_matches_keeps_its_prices(
    shelf: Shelf, folder: Path, tmp_path: Path
) -> None:
    write_list(folder, [shelf.book(REGION)], but_for({M5: "0.1"}))
    file = folder / offer_path("AmazonEFS", REGION)
    file.write_text(file.read_text().replace("ByteHrs", "Hours").replace("-Bytes", "-B")
                    .replace("MiBpsHrs", "MiBps"))  # fmt: skip
    outcome = proposed(shelf, folder, tmp_path).outcome()
    assert "holds no price that the program knows" in outcome.refused["AmazonEFS"]
    assert any(row.startswith("efs/standard/storage,") for row in outcome.rows)
    assert [move.key for move in outcome.moves] == [M5]


def _halved(text: str) -> str:
    head, rows = text.splitlines(keepends=True)[:6], text.splitlines(keepends=True)[6:]
    return "".join([*head, *rows[: len(rows) // 2]])


DOUBTS: dict[str, tuple[str, Callable[[str, Decimal], Decimal], Callable[[str], str]]] = {
    "few": ("few", lambda _, usd: usd, _halved),
    "free": ("free", but_for({M5: "0"}), str),
    "moved up": ("moved", but_for({M5: "0.3"}), str),
    "moved down": ("moved", but_for({M5: "0.03"}), str),
    "many": ("many", lambda key, usd: usd * 2 if key.startswith("ec2/") else usd, str),
}


@pytest.mark.parametrize("case", DOUBTS)
def test_what_can_hardly_be_is_asked_about(
    case: str, shelf: Shelf, folder: Path, tmp_path: Path
) -> None:
    kind, change, damage = DOUBTS[case]
    write_list(folder, [shelf.book(REGION)], change)
    file = folder / offer_path("AmazonEC2", REGION)
    file.write_text(damage(file.read_text()))
    proposal = proposed(shelf, folder, tmp_path)
    (doubt,) = proposal.doubts
    assert doubt.kind == kind
    assert doubt.id == ("AmazonEC2" if doubt.is_of_service else M5)
    # Not taken over, the old price stays, and why is said; taken over, it is the list's.
    careful, bold = proposal.outcome(), proposal.outcome({doubt.id})
    old, new = (proposal.changed_book(outcome).listed for outcome in (careful, bold))
    assert careful.refused[doubt.id] == kind
    assert old[M5].usd == 0.096
    assert doubt.id not in bold.refused
    if kind != "few":
        assert new[M5].usd == float(change(M5, Decimal("0.096")))


def test_what_is_published_as_free_is_not_asked_about(
    shelf: Shelf, folder: Path, tmp_path: Path
) -> None:
    key = "s3/glacier_flexible/retrieval_bulk"
    assert shelf.book(REGION).listed[key].usd == 0
    write_list(folder, [shelf.book(REGION)])
    proposal = proposed(shelf, folder, tmp_path)
    assert proposal.doubts == ()
    assert proposal.changed_book(proposal.outcome()).listed[key].usd == 0


def test_plans_that_the_book_lacks_come_in(shelf: Shelf, folder: Path, tmp_path: Path) -> None:
    plan = {
        "currency": "USD", "unit": "Hrs", "discountedservicecode": "AmazonEC2",
        "discountedusagetype": "BoxUsage:m5.large", "discountedoperation": "RunInstances",
        "leasecontractlength": "1", "leasecontractlengthunit": "year",
        "discountedregioncode": REGION, "discountedinstancetype": "m5.large",
        "productfamily": "ComputeSavingsPlans",
    }  # fmt: skip
    rates = {"No Upfront": "0.07", "Partial Upfront": "0.066", "All Upfront": "0.065"}
    write_list(
        folder,
        [shelf.book(REGION)],
        extra=lambda service, _: (
            [plan | {"purchaseoption": of, "discountedrate": usd} for of, usd in rates.items()]
            if service == PLANS
            else []
        ),
    )
    proposal = proposed(shelf, folder, tmp_path)
    outcome = proposal.outcome()
    beginning = "ec2/m5.large/1y/compute_savings_plan"
    assert {f"{beginning}/{word}_upfront" for word in ("no", "partial", "all")} <= set(outcome.new)
    book = proposal.changed_book(outcome)
    assert book.price("ec2", "m5.large", "1y", "compute_savings_plan", "no_upfront").usd == 0.07
    partial = book.listed[f"{beginning}/partial_upfront"]
    assert (partial.usd, partial.upfront_usd) == (0.033, 289.08)
    assert "half of it where a part is" in partial.rule
    whole = book.listed[f"{beginning}/all_upfront"]
    assert (whole.usd, whole.upfront_usd) == (0.0, 569.4)


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "TLS"])
def test_from_a_server_with_progress(
    tls: bool, shelf: Shelf, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.shared.loopback import CERTIFICATE

    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    write_list(folder, [shelf.book(REGION)], but_for({M5: "0.1"}), extra=mlflow_servers("0.6"))
    seen: list[Progress] = []
    with serving(folder, tls=tls) as loopback:
        price_list = AwsPriceList()
        origin = Server(loopback.address, tmp_path / "downloads", is_live=True)
        (gathered,) = gather(price_list, origin, [REGION], TODAY, seen.append)
    assert gathered.refused == {}
    assert gathered.as_of == TODAY.isoformat()  # the provider's own server speaks of today
    assert seen[-1].done == seen[-1].total > 0
    assert {progress.doing.split()[0] for progress in seen} == {"Asking", "Fetching", "Reading"}
    assert list((tmp_path / "downloads").iterdir()) == []


def test_a_file_cut_off_that_parses_is_refused_by_its_length(
    shelf: Shelf, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    write_list(folder, [shelf.book(REGION)], extra=mlflow_servers("0.6"))
    file = folder / offer_path("AWSELB", REGION)
    data = file.read_bytes()
    with serving(folder) as loopback:
        # It ends with a line: whoever parses it finds nothing wrong.
        loopback.short = {offer_path("AWSELB", REGION): data.rindex(b"\n", 0, -1) + 1}
        loopback.no_length = False
        real = loopback.of
        price_list = AwsPriceList()
        origin = Server(loopback.address, tmp_path / "downloads")
        # Every attempt begins anew, as with a server that knows no ranges.
        monkeypatch.setattr("mlflow_cost_desktop.prices.part.Part.begun", lambda self: (0, {}))
        monkeypatch.setattr("mlflow_cost_desktop.prices.network.rest", lambda seconds, still: None)
        (gathered,) = gather(price_list, origin, [REGION], TODAY, lambda _: None)
        assert real is not None
    assert list(gathered.refused) == ["AWSELB"]
    assert "is cut off" in gathered.refused["AWSELB"]


def test_services_that_lack_are_refused_and_no_index_is_an_end(
    shelf: Shelf, folder: Path, tmp_path: Path
) -> None:
    write_list(folder, [shelf.book(REGION)])
    (folder / offer_path("AmazonRDS", REGION)).unlink()
    (folder / "offers/v1.0/aws/AmazonECS/current/region_index.json").write_text("<html>")
    (folder / "offers/v1.0/aws/AmazonEKS/current/region_index.json").write_text(
        '{"regions": {"us-east-1": {"currentVersionUrl": "https://elsewhere.example/x.json"}}}'
    )
    outcome = proposed(shelf, folder, tmp_path).outcome()
    assert set(outcome.refused) >= {"AmazonRDS", "AmazonECS", "AmazonEKS"}
    assert "a web page" in outcome.refused["AmazonECS"]
    assert "names another place" in outcome.refused["AmazonEKS"]
    (folder / "offers/v1.0/aws/index.json").unlink()
    with pytest.raises(UserError, match="has no offers/v1.0/aws/index.json"):
        proposed(shelf, folder, tmp_path)


def test_a_doubt_says_of_what_it_is() -> None:
    assert Doubt("AmazonEC2", "few", 10, 2).is_of_service
    assert not Doubt(M5, "moved", 1, 9).is_of_service
