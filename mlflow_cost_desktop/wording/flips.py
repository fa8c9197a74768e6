"""What would turn the verdict, in words: the same in window, PDF and terminal."""

from __future__ import annotations

from collections.abc import Iterator

from mlflow_cost_desktop.analysis.flips import LABOR, MOVING, PRICES, RATES, Flip, Flips, GroupFlip
from mlflow_cost_desktop.figures import Figures, one_line
from mlflow_cost_desktop.wording.totals import LACKS
from mlflow_cost_desktop.wording.uncertainty import place_in_words, short_place_in_words, worked_out

GROUPS = {
    LABOR: "all hours of maintenance",
    RATES: "all hourly rates",
    PRICES: "the provider's list prices",
    MOVING: "the hours of moving in and out",
}

SAID = 4
"""Flips in a sentence; the others stand in the table."""

NOTHING_TURNS = "No single input turns that, nor do several in proportion."


def group_in_words(flip: GroupFlip) -> str:
    """`all hours of maintenance`, `the group “People”`."""
    return f"the group “{one_line(flip.key)}”" if flip.is_named else GROUPS[flip.key]


def factor_in_words(flip: GroupFlip, figures: Figures) -> str:
    """`× 0.66`."""
    rounded = round(flip.factor, 2) if flip.factor >= 0.1 else float(f"{flip.factor:.2g}")
    return f"× {figures.exact(rounded)}"


def bound_in_words(flip: Flip, figures: Figures) -> str:
    """`below $60.71 / h`, `above 300 GB`; of whole things `at least 26 users`."""
    at = worked_out(flip.place.spec, flip.at, figures)
    if flip.place.spec.counts_whole:
        return f"at {'least' if flip.rises else 'most'} {at}"
    return f"{'above' if flip.rises else 'below'} {at}"


def relative_in_words(flip: Flip, figures: Figures) -> str:
    """`−34 %`; empty where the present value is zero."""
    return "" if flip.relative is None else percent_in_words(flip.relative, figures)


def percent_in_words(relative: float, figures: Figures) -> str:
    """A change, in parts of what is changed: `−34 %`, `+420 %`."""
    percent = 100.0 * abs(relative)
    rounded = float(round(percent)) if percent >= 1.0 else float(f"{percent:.2g}")
    return f"{'−' if relative < 0 else '+'}{figures.exact(rounded)} %"


def flip_in_words(flip: Flip, figures: Figures) -> str:
    """`Platform engineer below $60.71 / h (now $91.40 / h, −34 %)`."""
    now = worked_out(flip.place.spec, flip.now, figures)
    far = ", ".join(filter(None, (f"now {now}", relative_in_words(flip, figures))))
    small = ", where the plan is too small" if flip.is_too_small else ""
    return f"{place_in_words(flip.place)} {bound_in_words(flip, figures)}{small} ({far})"


def verdict_in_words(found: Flips, figures: Figures) -> str:
    """`SageMaker MLflow Small is $121.06 cheaper than hosting it yourself`."""
    name = one_line(found.plan.name)
    if abs(found.difference) < 0.005:
        return f"{name} costs as much as hosting it yourself"
    money = found.scenario.currency.money(abs(found.difference), figures)
    word = "cheaper" if found.difference < 0 else "costlier"
    lacks = f", {LACKS}" if found.unpriced else ""
    return f"{name} is {money} {word} than hosting it yourself{lacks}"


def flips_in_words(found: Flips, figures: Figures) -> Iterator[str]:
    """The verdict, and what would turn it, everything else as it is."""
    yield f"{verdict_in_words(found, figures)}."
    if found.difference == 0.0:
        return
    wins = "Hosting it yourself" if found.difference < 0 else one_line(found.plan.name)
    if found.flips:
        said = [flip_in_words(flip, figures) for flip in found.flips[:SAID]]
        rest = len(found.flips) - SAID
        more = f"; and {rest} more" if rest > 0 else ""
        one = "this holds" if len(found.flips) == 1 else "one of these holds"
        yield f"{wins} wins if {one}, everything else as it is: {'; '.join(said)}{more}."
    elif found.groups:
        groups = ", or with ".join(
            f"{group_in_words(one)} {factor_in_words(one, figures)}" for one in found.groups
        )
        yield f"No single input turns that. {wins} wins with {groups}."
    else:
        yield NOTHING_TURNS


def nearest_in_words(found: Flips, figures: Figures) -> str:
    """What is nearest to turning the verdict, in short: `unless Users at least 26 users`.

    What it has to pass is one word, so that it is not cut where the rest has no room.
    """
    if found.difference == 0.0:
        return ""
    if found.flips:
        flip = found.flips[0]
        return (
            f"unless {short_place_in_words(flip.place)} {_unbroken(bound_in_words(flip, figures))}"
        )
    if found.groups:
        group = found.groups[0]
        return f"unless {group_in_words(group)} {_unbroken(factor_in_words(group, figures))}"
    return "whatever input changes"


def _unbroken(words: str) -> str:
    return words.replace(" ", "\N{NO-BREAK SPACE}")
