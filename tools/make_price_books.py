"""Make the bundled AWS price books from the collected facts.

    python tools/make_price_books.py FACTS_FOLDER [--out pricing/aws]

docs/prices.md says what is made, by which rules, and what is left out. The same facts
give the same bytes.
"""

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

from price_book_facts import (
    CENT,
    GLOBAL_REGION,
    TERM,
    FactReader,
    Price,
    RefusalError,
    Report,
    Source,
    on_demand_key,
    read_sources,
)

from mlflow_cost_desktop.prices.aws.keys import PUBLISHED_FREE
from mlflow_cost_desktop.prices.aws.names import BUNDLED_FAMILY, REGIONS

HOURLY_STEP = Decimal("0.00001")
COLUMNS = [
    *("key", "unit", "tier_from", "tier_to", "usd", "upfront_usd"),
    *("state", "rule", "source", "date"),
]

# Whose reserved prices scale those that other regions lack, the first that has the key.
RATIO_REFERENCES = (
    ("us-east-1", "LEANERCLOUD", "ratio-use1-2025"),
    ("us-west-2", "SCHLEUMER", "ratio-usw2-2019"),
)
# Families that nobody starts anew: no estimates, for the sake of the books' size.
RETIRED_FAMILIES = {"t1", "m1", "m2", "m3", "c1", "c3", "r3"}

RATIO_TEXT = (
    "On-demand price of the region times (reserved divided by on demand) of the same type, "
    "term, class and payment in {}; hourly and upfront part scaled alike."
)
# In points of the on-demand price; docs/prices.md says how they were measured.
RATIO_ERROR = (
    "Oregon and Virginia differ by 0.14 % of the on-demand price on average, 0.9 % at most. "
    "Measured on the No Upfront prices of all regions: {}"
)
RULES = {
    "effective-hourly": (
        "The source has only the effective hourly price: upfront = effective x 8760 x years.",
        "Under a dollar of the upfront payment (rounding of the hourly price).",
    ),
    "effective-hourly-on-demand-changed": (
        "As effective-hourly, and the region's on-demand price has changed since the source.",
        "Unknown; about as much as the on-demand price changed.",
    ),
    "flagged": (
        "Listed, but out of proportion with its neighbors, and no better source.",
        "Unknown.",
    ),
    "io2-tier-bounds": (
        "The source names three tiers without bounds; 32,000 and 64,000 IOPS are those of "
        "AWS's pricing page.",
        "None known.",
    ),
    "multi-az-twice": (
        "Twice the Single-AZ price, where only that is known.",
        "Over 13,755 pairs the mean is 2.008 (1.9 to 2.1 but for tiny classes).",
    ),
    "on-demand-changed": (
        "Listed, but the region's on-demand price has changed since the source was made.",
        "Unknown; about as much as the on-demand price changed.",
    ),
    "region-not-named": (
        "The source quotes AWS's page without naming a region; taken for US East (N. Virginia).",
        "None known: other sources of the family name the same price.",
    ),
    "ratio-use1-2025": (
        RATIO_TEXT.format("US East (N. Virginia), 2025"),
        RATIO_ERROR.format("0.4 % on average, 0.6 % or less for nine of ten, 11 % at most."),
    ),
    "ratio-usw2-2019": (
        RATIO_TEXT.format("US West (Oregon), 2019"),
        RATIO_ERROR.format(
            "standard 0.8 % (1 year) and 1.5 % (3 years), convertible 3.7 % and 3.4 % and "
            "mostly too low, 13 % at most."
        ),
    ),
}

Schedule = list[Price]  # the tiers of one price, in order
Book = dict[str, Schedule]


# Choosing ---------------------------------------------------------------------


def schedules(prices: Iterable[Price], report: Report) -> dict[tuple[str, str], list[Schedule]]:
    """Whole schedules of tiers by region and key, one for each source and date.

    Refuses two different prices of one source and date for one tier. A source that holds
    only some of the tiers is left out, or tiers of two sources would be mixed.
    """
    tiers: dict[tuple[str, str, str, str], dict[tuple[Decimal, Decimal | None], Price]]
    tiers = defaultdict(dict)
    for price in prices:
        same = tiers[price.region, price.key, price.source, price.date]
        other = same.setdefault((price.tier_from, price.tier_to), price)
        if (other.usd, other.upfront) != (price.usd, price.upfront):
            raise RefusalError(
                f"Two different prices of {price.source}, {price.date}, for {price.key} "
                f"in {price.region}: {say(other)} in {other.origin} and {say(price)} in "
                f"{price.origin}."
            )
    found: dict[tuple[str, str], list[Schedule]] = defaultdict(list)
    for (region, key, source, date), by_tier in tiers.items():
        schedule = sorted(by_tier.values(), key=lambda price: price.tier_from)
        ends = [Decimal(0), *(price.tier_to for price in schedule)]
        if ends != [*(price.tier_from for price in schedule), None]:
            report.incomplete.append(f"{region} {key} ({source}, {date})")
        else:
            found[region, key].append(schedule)
    return found


def choose(candidates: dict[tuple[str, str], list[Schedule]], report: Report) -> dict[str, Book]:
    """For each region and key the best schedule: sound, then reliable, then new."""
    books: dict[str, Book] = defaultdict(dict)
    for (region, key), offers in candidates.items():
        offers = [offer for offer in offers if not is_fault(offer, report)]
        if not offers:
            continue
        # Stable sorts, the least important first; the label makes ties certain.
        offers.sort(key=lambda offer: offer[0].source)
        offers.sort(key=lambda offer: offer[0].date, reverse=True)
        offers.sort(key=lambda offer: (any(p.doubtful for p in offer), offer[0].reliability))
        books[region][key] = offers[0]
        if any(amounts(offer) != amounts(offers[0]) for offer in offers[1:]):
            report.settled[key.partition("/")[0]] += 1
    for key, schedule in books.pop(GLOBAL_REGION, {}).items():
        for region in REGIONS:
            books[region].setdefault(key, schedule)
    return books


def is_fault(schedule: Schedule, report: Report) -> bool:
    """Whether a price is zero that AWS doesn't publish as free; notes both kinds of zero."""
    if all(price.usd or price.upfront for price in schedule):
        return False
    first = schedule[0]
    if first.key in PUBLISHED_FREE:
        report.free[first.key] += 1
        return False
    report.zeros.append(f"{first.region} {first.key} ({first.origin})")
    return True


def amounts(schedule: Schedule) -> list[tuple[Decimal, Decimal | None, Decimal, Decimal | None]]:
    return [(price.usd, price.upfront, price.tier_from, price.tier_to) for price in schedule]


def doubt_changed(prices: Iterable[Price], books: dict[str, Book]) -> Iterator[Price]:
    """Reserved prices, doubtful where the on-demand price beside them is no longer the book's."""
    for price in prices:
        listed = books.get(price.region, {}).get(on_demand_key(price.key))
        if listed and price.on_demand not in (None, listed[0].usd):
            rule = f"{price.rule}-on-demand-changed".lstrip("-")
            price = replace(price, doubtful=True, rule=rule)
        yield price


def with_on_demand(prices: Iterable[Price], listed: Iterable[Price]) -> Iterator[Price]:
    """Reserved prices, each with the on-demand price of its own source and date if there is one."""
    beside = {(p.region, p.key, p.source, p.date): p.usd for p in listed}
    for price in prices:
        if price.on_demand is None:
            place_in_source = price.region, on_demand_key(price.key), price.source, price.date
            price = replace(price, on_demand=beside.get(place_in_source))
        yield price


def drop_above_on_demand(books: dict[str, Book], report: Report) -> None:
    """Leave out reserved prices that cost more an hour than on demand does."""
    for region, book in books.items():
        for key in [key for key in book if TERM.search(key)]:
            on_demand = book.get(on_demand_key(key))
            if on_demand and book[key][0].effective > on_demand[0].usd:
                report.above.append(f"{region} {key} ({book[key][0].origin})")
                del book[key]


# Estimating -------------------------------------------------------------------


def estimate_multi_az(book: Book) -> None:
    """Add twice the Single-AZ price where an RDS class has no Multi-AZ price."""
    for key, (single,) in [(k, s) for k, s in book.items() if k.startswith("rds/")]:
        double_key = key.replace("/single_az/", "/multi_az/")
        if key.endswith("/on_demand") and double_key not in book:
            double = replace(single, key=double_key, usd=single.usd * 2)
            book[double_key] = [replace(double, state="estimated", rule="multi-az-twice")]


def estimate_reserved(book: Book, references: dict[str, Price]) -> None:
    """Add Partial and All Upfront prices of EC2 that the region lacks."""
    for key, reference in references.items():
        on_demand = book.get(on_demand_key(key))
        if key in book or on_demand is None:
            continue
        ratio = on_demand[0].usd / (reference.on_demand or Decimal("NaN"))
        upfront = (reference.upfront or Decimal(0)) * ratio
        book[key] = [
            replace(
                on_demand[0],
                key=key,
                usd=(reference.usd * ratio).quantize(HOURLY_STEP, ROUND_HALF_EVEN),
                upfront=upfront.quantize(CENT, ROUND_HALF_EVEN),
                date=min(on_demand[0].date, reference.date),
                state="estimated",
                rule=reference.rule,
            )
        ]


def ratio_references(prices: list[Price]) -> dict[str, Price]:
    """By key, the reserved price whose ratio to on demand serves the other regions."""
    references: dict[str, Price] = {}
    for region, source, rule in RATIO_REFERENCES:
        for price in prices:
            if (price.region, price.source) == (region, source) and is_scaled(price):
                references.setdefault(price.key, replace(price, rule=rule))
    return references


def is_scaled(price: Price) -> bool:
    """Whether a reserved price of EC2 may serve other regions."""
    _, kind, *_, payment = price.key.split("/")
    family = kind.partition(".")[0]
    return (
        price.key.startswith("ec2/")
        and bool(price.on_demand)
        and payment != "no_upfront"
        and family not in RETIRED_FAMILIES
    )


# Writing ----------------------------------------------------------------------


def plain(value: Decimal) -> str:
    """The shortest exact decimal, without an exponent."""
    return format(value.normalize(), "f")


def say(price: Price) -> str:
    upfront = f" and {plain(price.upfront)} upfront" if price.upfront else ""
    return f"{plain(price.usd)} USD{upfront}"


def book_rows(book: Book) -> Iterator[list[str]]:
    for key in sorted(book):
        for price in book[key]:
            yield [
                key,
                price.unit,
                plain(price.tier_from) if price.tier_from else "",
                "" if price.tier_to is None else plain(price.tier_to),
                plain(price.usd),
                plain(price.upfront) if price.upfront else "",
                price.state,
                price.rule,
                price.source,
                price.date,
            ]


def write(path: Path, header: list[str], rows: Iterable[list[str]]) -> int:
    """Write a CSV with LF line ends and return the number of its rows."""
    lines = [header, *rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)
    return len(lines) - 1


def make_books(facts: Path, report: Report) -> tuple[dict[str, Book], dict[str, Source]]:
    """The books of all regions, and the sources, from the facts' folder."""
    folder = facts / "aws"
    sources = read_sources(folder / "sources.md")
    reader = FactReader(folder, sources, report)
    reservations = list(reader.reserved())
    on_demand = [*reader.on_demand(), *(p for p in reservations if not TERM.search(p.key))]
    reserved = [p for p in reservations if TERM.search(p.key)]
    reserved = list(with_on_demand([*reserved, *reader.savings_plans()], on_demand))
    services = ("data_transfer", "ebs", "eks", "elb", "fargate", "misc_services", "rds_storage",
                "s3")  # fmt: skip
    others = [price for name in services for price in reader.services(name)]
    others += reader.credits()

    books = choose(schedules([*on_demand, *others], report), report)
    for region, book in choose(schedules(doubt_changed(reserved, books), report), report).items():
        books[region] |= book
    for book in books.values():
        estimate_multi_az(book)
    drop_above_on_demand(books, report)
    references = ratio_references(reserved)
    for book in books.values():
        estimate_reserved(book, references)
    return dict(sorted(books.items())), sources


def write_books(facts: Path, out: Path) -> str:
    """Write every file of the price books and return the report."""
    report = Report()
    books, sources = make_books(facts, report)
    out.mkdir(parents=True, exist_ok=True)
    counts = {
        f"{region}.csv": write(out / f"{region}.csv", COLUMNS, book_rows(book))
        for region, book in books.items()
    }
    prices = [price for book in books.values() for tiers in book.values() for price in tiers]
    newest: dict[str, str] = {}
    for price in prices:
        newest[price.source] = max(newest.get(price.source, ""), price.date)
    references = {rule: source for _, source, rule in RATIO_REFERENCES}
    used_rules = {price.rule for price in prices} - {""}
    tables = {
        "regions.csv": (["region_id", "name"], ([r, REGIONS[r]] for r in books)),
        "instance_types.csv": (
            ["instance_type", "vcpu", "memory_gib", "architecture"],
            instance_types(facts / "aws" / "ec2_instance_types.csv"),
        ),
        "rules.csv": (
            ["rule", "text", "error", "source"],
            ([r, *RULES[r], references.get(r, "")] for r in sorted(used_rules)),
        ),
        "sources.csv": (
            ["source", "reliability", "where", "date"],
            ([s, *sources[s], newest[s]] for s in sorted(newest)),
        ),
    }
    for name, (header, rows) in tables.items():
        counts[name] = write(out / name, header, rows)
    size = sum((out / name).stat().st_size for name in counts)
    return summary(report, counts, prices, size)


def instance_types(path: Path) -> Iterator[list[str]]:
    """The EC2 types of the bundled families, as rows in the order of their names."""
    names = {"amd64": "x86_64", "arm64": "arm64"}
    with path.open(encoding="utf-8", newline="") as file:
        for row in sorted(csv.DictReader(file), key=lambda row: row["instance_type"]):
            if BUNDLED_FAMILY.match(row["instance_type"]):
                yield [row["instance_type"], row["vcpu"], row["memory_gib"], names[row["arch"]]]


def summary(report: Report, counts: dict[str, int], prices: list[Price], size: int) -> str:
    def listing(title: str, items: list[str]) -> list[str]:
        return [f"{title}: {len(items)}", *(f"  {item}" for item in sorted(items))]

    def tally(title: str, counter: Counter[str]) -> str:
        parts = ", ".join(f"{name} {count}" for name, count in sorted(counter.items()))
        return f"{title}: {counter.total()}" + (f" ({parts})" if parts else "")

    rules = Counter(price.rule for price in prices if price.rule)
    return "\n".join(
        [
            *(f"{name}: {count} rows" for name, count in counts.items()),
            tally("Rows by state", Counter(price.state for price in prices)),
            tally("Rows under a rule", rules),
            tally("Rows by source", Counter(price.source for price in prices)),
            tally("Zeros that AWS publishes as free", report.free),
            *listing("Other zeros, left out", report.zeros),
            *listing("Reserved above on demand, left out", report.above),
            tally("Disagreements of sources settled", report.settled),
            *listing("Schedules with missing tiers, left out", report.incomplete),
            tally("Effective prices that can't be split, left out", report.unsplit),
            tally("Facts that have no place in the books", report.unplaced),
            f"Size: {size / 1e6:.2f} MB",
        ]
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Make the AWS price books from the facts.")
    parser.add_argument("facts", type=Path, help="the folder of the collected facts")
    default = Path(__file__).resolve().parent.parent / "pricing" / "aws"
    parser.add_argument("--out", type=Path, default=default, help="where the books go")
    options = parser.parse_args(arguments)
    try:
        print(write_books(options.facts, options.out))
    except (RefusalError, OSError) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
