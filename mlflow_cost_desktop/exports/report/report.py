"""The report for the person who pays: a PDF with the answer, its lines and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.analysis.comparison import Column
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report import alternatives as pdf_alternatives
from mlflow_cost_desktop.exports.report import appendix as pdf_appendix
from mlflow_cost_desktop.exports.report import lines as pdf_lines
from mlflow_cost_desktop.exports.report import managed as pdf_managed
from mlflow_cost_desktop.exports.report import over_time as pdf_over_time
from mlflow_cost_desktop.exports.report import side_by_side as pdf_side_by_side
from mlflow_cost_desktop.exports.report import summary as pdf_summary
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.report.metadata import Metadata
from mlflow_cost_desktop.exports.report.pages import Pages
from mlflow_cost_desktop.exports.report.text import load_fonts
from mlflow_cost_desktop.files.preferences import DAYS
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook

FOOTER = (
    f"MLflow Cost {__version__} · an estimate, not a quotation · "
    "not affiliated with {provider} or LF Projects"
)

LAID_OUT = 0.5
"""About the share of the work that is done once all is laid out, and before it is painted."""


def render_pdf(
    scenario: Scenario,
    price_book: PriceBook,
    created: datetime,
    plans: Sequence[ManagedPlan] = (),
    progress: Callable[[float], None] = lambda share: None,
    *,
    limit_days: int = DAYS,
    beside: Sequence[Column] = (),
) -> bytes:
    """The report as a PDF document of A4 pages; prices older than `limit_days` are pointed out.

    Scenarios `beside` this one are compared with it.

    The same arguments give the same bytes. `created` is the date that it bears, in local time
    if it has no zone; `plans` are those that come with the program. `progress` is told the share
    that is done, from 0 to 1; an exception of its own ends the work. Needs a QGuiApplication, of
    the "offscreen" platform too, and may run in any thread.

    Raises:
        UserError: if the program's own typeface is missing.
    """
    load_fonts()
    facts = Facts.of(scenario, price_book, created, plans, limit_days, beside)
    pages = Pages()
    sections = (
        pdf_summary.flow,
        pdf_lines.flow,
        pdf_over_time.flow,
        pdf_side_by_side.flow,
        pdf_managed.flow,
        pdf_alternatives.flow,
        pdf_appendix.flow,
    )
    for done, flow in enumerate(sections):
        progress(LAID_OUT * done / len(sections))
        flow(pages, facts)
    name = printable(scenario.name)
    identity = f"{scenario.model_dump_json()} {price_book.region_id} {created.isoformat()}"
    for column in beside:
        identity += f" {column.name} {column.scenario.model_dump_json()} {column.cost}"
    return pages.to_pdf(
        FOOTER.format(provider=price_book.provider.name),
        Metadata(
            title=f"{name}: cost of self-hosting MLflow" if name else "Cost of self-hosting MLflow",
            author=printable(scenario.author),
            creator=f"MLflow Cost {__version__}",
            created=created,
            identity=identity,
        ),
        lambda share: progress(LAID_OUT + (1.0 - LAID_OUT) * share),
    )
