"""Own rates and lines as typed on the command line, and where every estimate names them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from mlflow_cost_desktop.cli.typed_prices import with_typed_line, with_typed_rate
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.exports.terminal.estimate_table import estimate_table
from mlflow_cost_desktop.model.own import OwnLine, fresh_id, with_rate
from tests.cli.helpers import ARTICLE as ARTICLE_FILE
from tests.cli.helpers import Capture, cost, printed, run, saved
from tests.support import ARTICLE, BOOK, changed, own_rate

COMMITTED = (
    "--set", "server.ec2.purchase=reserved", "--set", "server.ec2.payment=partial_upfront",
)  # fmt: skip


def test_a_line_with_all_of_it(capsys: Capture) -> None:
    document = printed(
        capsys, "--line", "Audit=900;quantity=3;unit=day;part=labor;period=once", "--line", "VPN=5"
    )
    assert cost(document, "Audit") == 75.0  # 3 × $900 ÷ 36 months
    assert cost(document, "VPN") == 5.0
    assert (
        document["own_lines"][0].items()
        >= {
            "id": "audit",
            "name": "Audit",
            "component": "labor",
            "quantity": 3.0,
            "unit": "day",
            "usd": 900.0,
            "period": "once",
        }.items()
    )


def test_percentages_of_parts_and_a_support_plan(capsys: Capture) -> None:
    document = printed(
        capsys, "--line", "Tax=19%;of=server,network;part=network", "--line", "Help=business"
    )
    assert cost(document, "Tax") == 13.13  # 69.12 × 19 %
    lines = {line["id"]: line for line in document["own_lines"]}
    assert (lines["tax"]["by"], lines["tax"]["component"]) == ("percent", "network")
    assert not lines["tax"]["of_metadata_store"]
    assert (lines["help"]["by"], lines["help"]["plan"]) == ("support", "business")
    assert cost(document, "Help: minimum") == 78.19  # 100 − 10 % of 218.09


def test_a_line_takes_the_place_of_its_namesake_or_goes() -> None:
    firewall = OwnLine(id="fw", name="Firewall", component="network", usd=10.0)
    with_one = changed(ARTICLE, own_lines=(firewall,))
    (cheaper,) = with_typed_line(with_one, "Firewall=8").own_lines
    assert (cheaper.id, cheaper.usd) == ("fw", 8.0)
    assert with_typed_line(with_one, "fw=none").own_lines == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("VPN", "it needs a name and a rate"),
        ("=5", "it needs a name and a rate"),
        ("VPN=cheap", "“cheap” is no plain number; write 1500, 1024.5 or 1e6"),
        ("VPN=-1", "“-1” is less than 0"),
        ("VPN=1_000", "“1_000” is no plain number"),
        ("VPN=5;quantity=٢", "“٢” is no plain number; write 2, if that is what you mean"),
        ("Tax=19%;quantity=2", "“quantity=2” is no part or of"),
        ("Tax=19%;of=server,attic", "“attic” is not a part"),
        ("Support=business;of=server", "“of=server” is no part"),
        ("Tax=-1%", "less than 0"),
        ("VPN=5;color=red", "“color=red” is no quantity, unit, part or period"),
        ("VPN=5;part=attic", "a part is one of server, metadata_store"),
        ("VPN=5;period=daily", "Period: it must be one of"),
        ("VPN=2e9", "Rate: it must be at most 1,000,000,000"),
        ("VPN=none", "You have no line “VPN”"),
    ],
)
def test_refused_lines(line: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        with_typed_line(ARTICLE, line)


def test_a_rate_of_the_file_is_taken_away(capsys: Capture, tmp_path: Path) -> None:
    own = changed(ARTICLE, own_rates=(own_rate("ec2/m5.large/on_demand", (0.0, 0.05)),))
    file = saved(tmp_path, own)
    assert cost(printed(capsys, file=file), "Instance hours (m5.large") == 36.0
    document = printed(capsys, "--price", "ec2/m5.large/on_demand=none", file=file)
    assert cost(document, "Instance hours (m5.large") == 69.12
    assert document["own_rates"] == []
    with pytest.raises(UserError, match="You have no rate"):
        with_typed_rate(ARTICLE, "ec2/m5.large/on_demand=none", BOOK)


def test_cash_by_month(capsys: Capture) -> None:
    document = printed(capsys, *COMMITTED)
    cash, totals = document["cash"], document["totals"]
    assert cash["first_month"] == pytest.approx(totals["billed_cost"])
    assert cash["first_year"] == pytest.approx(totals["first_year_cash"])
    assert [month["month"] for month in cash["by_month"]] == list(range(1, 37))
    renewal = cash["by_month"][12]
    (due,) = renewal["due"]
    assert due["description"].startswith("Upfront payment (m5.large")
    assert renewal["usd"] == pytest.approx(cash["other_months"] + due["usd"])
    assert cash["by_month"][5] == {"month": 6, "usd": cash["other_months"], "due": []}
    table = run(capsys, "estimate", ARTICLE_FILE, *COMMITTED, "--cash")
    assert "Month 13: Upfront payment (m5.large" in table
    assert "Every other month" in table and max(map(len, table.splitlines())) <= 100


def test_the_table_names_what_is_the_user_s_own() -> None:
    own = changed(
        ARTICLE,
        discount=10.0,
        server__discount=5.0,
        own_lines=(OwnLine(id="vpn", name="VPN", usd=2.0),),
        own_rates=(
            own_rate("s3/standard/storage", (0.0, 0.02), (100.0, 0.01), free=5.0),
            own_rate("rds_backup", (0.0, 0.2), region_id="eu-central-1"),
        ),
    )
    words = " ".join(estimate_table(own, BOOK).split())
    assert "Negotiated discount: 10 % off the provider's prices, 5 % for Server." in words
    assert (
        "Your rate: s3/standard/storage at $0.02 / GB-month, $0.01 from 100 GB on after 5 GB free."
    ) in words
    assert "Your own lines: VPN." in words
    assert "Your rate: rds_backup at" not in words  # another region's


def test_json_and_csv_name_what_is_the_user_s_own(capsys: Capture, tmp_path: Path) -> None:
    own = changed(
        ARTICLE,
        discount=10.0,
        server__discount=5.0,
        own_lines=(OwnLine(id="vpn", name="VPN", usd=2.0),),
        own_rates=(own_rate("s3/standard/storage", (0.0, 0.02)),),
    )
    file = saved(tmp_path, own)
    document = printed(capsys, file=file)
    assert document["discounts"] == {
        "whole_bill": 10.0,
        "server": 5.0,
        "metadata_store": 10.0,
        "artifact_store": 10.0,
        "network": 10.0,
    }
    assert document["own_rates"][0]["tiers"] == [{"begin": 0.0, "usd": 0.02}]
    rows = list(csv.DictReader(io.StringIO(run(capsys, "estimate", file, "--format", "csv"))))
    said = {
        row["description"]: (row["price_source"], row["negotiated_discount"])
        for row in rows
        if row["effective_cost"] not in ("0.0", "")
    }
    assert said["VPN"] == ("your line", "0.0")
    assert said["S3 Standard storage"] == ("your rate", "0.0")
    assert said["Instance hours (m5.large, on demand)"][1] == "5.0"


def test_ids_are_made_of_names() -> None:
    assert fresh_id("Support plan", ()) == "support_plan"
    assert fresh_id("Support plan", {"support_plan"}) == "support_plan_2"
    assert fresh_id("24/7", ()) == "item_24_7"
    assert fresh_id("…", {"item"}) == "item_2"


def test_a_rate_keeps_its_place_in_the_list() -> None:
    first, second = own_rate("a", (0.0, 1.0)), own_rate("b", (0.0, 1.0))
    other = own_rate("a", (0.0, 2.0))
    assert with_rate((first, second), other) == (other, second)
    assert with_rate((second,), first) == (second, first)
