"""Price books are read when they are asked for; a stranger's region id opens no file."""

from pathlib import Path

import pytest

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.paths import pricing_dir
from mlflow_cost_desktop.prices import shelf as shelf_module
from mlflow_cost_desktop.prices.aws.provider import AWS
from mlflow_cost_desktop.prices.provider import Provider
from mlflow_cost_desktop.prices.shelf import Shelf

HEADER = "key,unit,tier_from,tier_to,usd,upfront_usd,state,rule,source,date\n"
ROW = "ec2/m5.large/on_demand,h,,,{usd},,listed,,KARP,2026-07-20\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two regions, one of which has a damaged file, and a third without one."""
    folder = tmp_path / "aws"
    folder.mkdir()
    names = "us-west-2,US West\neu-west-1,Europe (Ireland)\neu-west-2,Europe (London)\n"
    (folder / "regions.csv").write_text(f"region_id,name\n{names}")
    (folder / "instance_types.csv").write_text(
        "instance_type,vcpu,memory_gib,architecture\nm5.large,2,8,x86_64\n"
    )
    (folder / "rules.csv").write_text("rule,text,error,source\n")
    (folder / "sources.csv").write_text("source,reliability,where,date\n")
    (folder / "eu-west-1.csv").write_text(HEADER + ROW.format(usd="0.107"))
    (folder / "eu-west-2.csv").write_text(HEADER + ROW.format(usd="damaged"))
    (tmp_path / "secret.csv").write_text(HEADER + ROW.format(usd="1"))
    return folder


def test_a_book_of_a_region(folder: Path) -> None:
    book = Shelf(folder).book("eu-west-1")
    assert (book.provider, book.region_id, book.region_name) == (
        AWS,
        "eu-west-1",
        "Europe (Ireland)",
    )
    assert book.price("ec2", "m5.large", "on_demand").usd == 0.107
    assert book.instance_types["m5.large"].memory_gib == 8


def test_regions_in_the_order_of_their_names(folder: Path) -> None:
    assert list(Shelf(folder).regions) == ["eu-west-1", "eu-west-2", "us-west-2"]


def test_other_regions_are_read_only_when_asked_for(folder: Path) -> None:
    shelf = Shelf(folder)
    book = shelf.book("eu-west-1")  # the damaged neighbor does no harm
    with pytest.raises(UserError, match="eu-west-2.csv is damaged in line 2"):
        shelf.book("eu-west-2")
    with pytest.raises(UserError, match="us-west-2.csv can't be read"):
        shelf.book("us-west-2")
    (folder / "eu-west-1.csv").unlink()
    assert shelf.book("eu-west-1") is book


def test_an_unknown_region_names_those_that_are_close(folder: Path) -> None:
    with pytest.raises(UserError, match="no price book for the region 'eu-west-11'") as caught:
        Shelf(folder).book("eu-west-11")
    assert "eu-west-1" in caught.value.advice
    assert "Did you mean" in caught.value.advice


def test_a_region_like_no_other_gets_no_guess(folder: Path) -> None:
    with pytest.raises(UserError) as caught:
        Shelf(folder).book("qqqq")
    assert caught.value.advice.startswith("Nothing was changed; choose one of the 3 known regions")


@pytest.mark.parametrize(
    "region_id", ["../secret", "..\\secret", "", ".", "regions", "rules", "x" * 10_000, "a\0b"]
)
def test_a_stranger_s_region_opens_no_file(
    region_id: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(folder)
    assert shelf.regions

    def refuse(path: Path, *_: object, **__: object) -> None:
        raise AssertionError(f"{path} was opened")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UserError, match="no price book") as caught:
        shelf.book(region_id)
    assert len(str(caught.value)) < 300


def test_an_absolute_path_is_no_region(folder: Path) -> None:
    with pytest.raises(UserError, match="no price book"):
        Shelf(folder).book(str(folder / "eu-west-1"))


def test_other_providers_stand_beside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    acme = Provider("acme", "Acme", "r1")
    monkeypatch.setattr(shelf_module, "PROVIDERS", {"aws": AWS, "acme": acme})
    folder.rename(folder.parent / "acme")
    (folder.parent / "aws").mkdir()
    shelf = Shelf(folder.parent / "aws")
    assert shelf.of("aws") is shelf
    book = shelf.of("acme").book("eu-west-1")
    assert (book.provider, book.region_id) == (acme, "eu-west-1")
    assert shelf.of("acme") is shelf.of("acme")


@pytest.mark.parametrize("provider_id", ["acme", "", "..", "../secret", "x" * 10_000])
def test_a_provider_without_books_is_named(folder: Path, provider_id: str) -> None:
    with pytest.raises(UserError) as refused:
        Shelf(folder).of(provider_id)
    assert "There are no prices of the provider" in refused.value.title
    assert "aws" in refused.value.advice
    assert len(refused.value.title) < 100


# --- The books that come with the program -------------------------------------

BUNDLED = Shelf(pricing_dir() / "aws")


@pytest.mark.parametrize("region_id", BUNDLED.regions)
def test_every_bundled_region_loads_and_each_of_its_prices_is_whole(region_id: str) -> None:
    book = BUNDLED.book(region_id)
    count = 0
    for price in book:
        count += 1
        assert price.tiers[0].begin == 0
        assert price.state in ("listed", "estimated")
        assert price.state == "listed" or price.rule, price.sku_id
        assert price.source
        assert price.date
    assert count == len(book.listed) > 500


def test_the_default_region_knows_the_article_s_prices() -> None:
    book = BUNDLED.book("us-east-1")
    assert book.price("ec2", "m5.large", "on_demand").usd == 0.096
    assert book.price("rds", "mysql", "db.m5.large", "single_az", "on_demand").usd == 0.171
    assert book.price("s3", "standard", "storage").tiers[0].usd == 0.023
    assert {"m5.large", "t3.medium"} <= book.instance_types.keys()
