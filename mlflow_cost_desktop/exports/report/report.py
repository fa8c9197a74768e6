"""The report for the person who pays: a PDF with the answer, its lines and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.analysis.comparison import Column
from mlflow_cost_desktop.exports.parts import ALL
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report import alternatives as pdf_alternatives
from mlflow_cost_desktop.exports.report import appendix as pdf_appendix
from mlflow_cost_desktop.exports.report import lines as pdf_lines
from mlflow_cost_desktop.exports.report import managed as pdf_managed
from mlflow_cost_desktop.exports.report import money as pdf_money
from mlflow_cost_desktop.exports.report import over_time as pdf_over_time
from mlflow_cost_desktop.exports.report import side_by_side as pdf_side_by_side
from mlflow_cost_desktop.exports.report import summary as pdf_summary
from mlflow_cost_desktop.exports.report import uncertainty as pdf_uncertainty
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.report.metadata import Metadata
from mlflow_cost_desktop.exports.report.pages import PAPERS, Attachment, Pages
from mlflow_cost_desktop.exports.report.text import load_fonts
from mlflow_cost_desktop.exports.stated import title
from mlflow_cost_desktop.files.envelope import figures_of
from mlflow_cost_desktop.files.names import file_name
from mlflow_cost_desktop.files.preferences import DAYS
from mlflow_cost_desktop.files.scenario_file import SUFFIX, as_bytes
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook

FOOTER = (
    f"MLflow Cost {__version__} · an estimate, not a quotation · "
    "not affiliated with {provider} or LF Projects"
)

MEDIA_TYPE = "application/x-mlflow-cost-scenario"
"""Of the scenario that comes with a report."""

LAID_OUT = 0.5
"""About the share of the work that is done once all is laid out, and before it is painted."""


@dataclass(frozen=True, slots=True)
class Choices:
    """How a report is wished.

    Attributes:
        paper: a key of `PAPERS`.
        parts: those that it has; what it rests on is always told.
        has_attachment: whether the scenario comes with it, own rates and notes included.
    """

    paper: str = "a4"
    parts: tuple[str, ...] = ALL
    has_attachment: bool = True


SECTIONS: dict[str, Callable[[Pages, Facts], None]] = {
    "summary": pdf_summary.flow,
    "money": pdf_money.flow,
    "lines": pdf_lines.flow,
    "months": pdf_over_time.flow,
    "uncertainty": pdf_uncertainty.flow,
    "comparison": pdf_side_by_side.flow,
    "plans": pdf_managed.flow,
    "alternatives": pdf_alternatives.flow,
    "assumptions": pdf_appendix.assumed,
    "sources": pdf_appendix.flow,
}
"""The pages of each part, in their order."""


def render_pdf(
    scenario: Scenario,
    price_book: PriceBook,
    created: datetime,
    plans: Sequence[ManagedPlan] = (),
    progress: Callable[[float], None] = lambda share: None,
    *,
    limit_days: int = DAYS,
    beside: Sequence[Column] = (),
    choices: Choices | None = None,
) -> bytes:
    """The report as a PDF document; prices older than `limit_days` are pointed out.

    Scenarios `beside` this one are compared with it.

    The same arguments give the same bytes. `created` is the date that it bears, in local time
    if it has no zone; `plans` are those that come with the program. `progress` is told the share
    that is done, from 0 to 1; an exception of its own ends the work. Needs a QGuiApplication, of
    the "offscreen" platform too, and may run in any thread.

    Raises:
        UserError: if the program's own typeface is missing.
    """
    load_fonts()
    choices = choices or Choices()
    facts = Facts.of(scenario, price_book, created, plans, limit_days, beside)
    pages = Pages(PAPERS[choices.paper])
    pdf_summary.header(pages, facts)
    for done, part in enumerate(choices.parts):
        progress(LAID_OUT * done / len(choices.parts))
        SECTIONS[part](pages, facts)
    pdf_appendix.about(pages, facts)
    pages.fill_last_page()
    identity = f"{scenario.model_dump_json()} {price_book.region_id} {created.isoformat()}"
    for column in beside:
        identity += f" {column.name} {column.scenario.model_dump_json()} {column.cost}"
    return pages.to_pdf(
        FOOTER.format(provider=price_book.provider.name),
        Metadata(
            title=f"{title(facts)}: cost of self-hosting MLflow",
            author=printable(scenario.author),
            creator=f"MLflow Cost {__version__}",
            created=created,
            identity=f"{identity} {choices}",
        ),
        lambda share: progress(LAID_OUT + (1.0 - LAID_OUT) * share),
        _attachment(facts) if choices.has_attachment else None,
    )


def _attachment(facts: Facts) -> Attachment:
    figures = figures_of(facts.estimate, facts.price_book.edition)
    name = f"{file_name(facts.scenario.name)}{SUFFIX}"
    return Attachment(name, as_bytes(facts.scenario, figures), MEDIA_TYPE)
