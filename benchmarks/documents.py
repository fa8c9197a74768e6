"""Measures how much of the processor's time an export takes, without the questions in it.

    python benchmarks/documents.py

The floor of a PDF is a bare one of Qt: as many pages, each with as many words, unformatted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median
from time import process_time

from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPdfWriter

from mlflow_cost_desktop import paths
from mlflow_cost_desktop.analysis.flips import flips
from mlflow_cost_desktop.analysis.projection import projection
from mlflow_cost_desktop.analysis.tornado import tornado
from mlflow_cost_desktop.exports.markdown import markdown
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.report.report import render_pdf
from mlflow_cost_desktop.exports.spreadsheet.spreadsheet import spreadsheet
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.files.shipped_lists import read_plans
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.own import OwnLine, OwnRate, RateTier
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf

ROUNDS = 5
CREATED = datetime(2026, 11, 28)
PLANS = read_plans(paths.pricing_dir() / "managed")
WORDS_ON_A_PAGE = 300


def main() -> None:
    """Print a line for each figure."""
    application = QGuiApplication.instance() or QGuiApplication(["x", "-platform", "offscreen"])
    samples = paths.resources_dir() / "scenarios"
    article = read_scenario(samples / "article-2024.mlcost").scenario
    book = Shelf(paths.pricing_dir() / "aws").book(article.region_id)
    fullest = _fullest(read_scenario(samples / "large.mlcost").scenario, book)
    for name, scenario, aim in (("article", article, 1.0), ("fullest file", fullest, 5.0)):
        facts = Facts.of(scenario, book, CREATED, PLANS)
        questions = _questions(facts)
        pdf, pages = _pdf(scenario, book)
        _tell(f"PDF of the {name}, {pages} pages", pdf - sum(questions.values()), aim)
        _tell(f"  floor: a bare one of Qt, {pages} pages", _time(lambda n=pages: _bare(n)), None)
        _tell(f"XLSX of the {name}", _time(lambda f=facts: spreadsheet(f)), 1.0)
        _tell(f"Markdown of the {name}", _time(lambda f=facts: markdown(f)), 1.0)
        for question, seconds in questions.items():
            _tell(f"  apart, in each of them: {question}", seconds, None)
    del application


def _fullest(scenario: Scenario, book: PriceBook) -> Scenario:
    """Near the most that may be saved: a thousand rates, two hundred lines, a hundred plans."""
    skus = list(book.listed)[:1000]
    rates = tuple(
        OwnRate(sku_id=sku, provider_id="aws", region_id=book.region_id, tiers=(RateTier(usd=0.1),))
        for sku in skus
    )
    lines = tuple(OwnLine(id=f"line_{n}", name=f"Line {n}", usd=1.0) for n in range(200))
    plans = tuple(
        PLANS[n % len(PLANS)].model_copy(update={"id": f"plan_{n}", "name": f"Plan {n}"})
        for n in range(100)
    )
    for path, value in (("own_rates", rates), ("own_lines", lines), ("plans", plans)):
        scenario = replace(scenario, path, value)
    return scenario


def _pdf(scenario: Scenario, book: PriceBook) -> tuple[float, int]:
    data = render_pdf(scenario, book, CREATED, PLANS)
    return _time(lambda: render_pdf(scenario, book, CREATED, PLANS)), data.count(b"/Type /Page\n")


def _questions(facts: Facts) -> dict[str, float]:
    """How long each question takes that an export answers; the facts know the answers after it."""
    scenario, book, plan = facts.scenario, facts.price_book, facts.held.plan
    asked: dict[str, Callable[[], object]] = {
        "the cheapest ways": lambda: Facts.of(scenario, book, CREATED).alternatives,
        "what would turn it": lambda: plan and flips(scenario, book, plan),
        "what matters most": lambda: tornado(scenario, book),
        "the months": lambda: projection(scenario, book, plan, PLANS),
        "how sure that is": lambda: Facts.of(scenario, book, CREATED).cases,
    }
    _ = facts.alternatives, facts.flips, facts.tornado, facts.projection
    _ = facts.flips_of_cheapest, facts.share_against_cheapest, facts.swings
    return {name: _time(work) for name, work in asked.items()}


def _bare(pages: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(96)
    painter = QPainter(writer)
    painter.setFont(QFont("Report Sans", 8))
    words = " ".join(["Instance"] * WORDS_ON_A_PAGE)
    for page in range(pages):
        if page:
            writer.newPage()
        painter.drawText(QRectF(40, 40, 690, 1000), 0x1000, words)  # wrapped between words
    painter.end()
    return bytes(buffer.data().data())


def _time(work: Callable[[], object]) -> float:
    times: list[float] = []
    for _ in range(ROUNDS):
        begin = process_time()
        work()
        times.append(process_time() - begin)
    return median(times)


def _tell(title: str, seconds: float, aim: float | None) -> None:
    said = "" if aim is None else f"  at most {aim:.1f} s, {'met' if seconds <= aim else 'not met'}"
    print(f"{title:<52}{seconds:8.3f} s{said}", flush=True)


if __name__ == "__main__":
    print(f"Seconds of the processor, the median of {ROUNDS}; {Path(__file__).name}")
    main()
