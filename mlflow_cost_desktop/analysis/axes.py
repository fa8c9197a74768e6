"""Round numbers along an axis, and what they are called."""

from __future__ import annotations

import math

from mlflow_cost_desktop.model.words import exact

TB = 1024.0


def ticks(upper: float, count: int = 5) -> list[float]:
    """Round values from 0 to at most `upper`, about `count` of them."""
    if not upper > 0:
        return [0.0]
    rough = upper / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(n * power for n in (1.0, 2.0, 2.5, 5.0, 10.0) if n * power >= rough * 0.999)
    return [n * step for n in range(int(upper / step + 1e-9) + 1)]


def levels_up_to(highest: float, count: int = 5) -> list[float]:
    """Round values from 0 to the first that is not below `highest`."""
    found = ticks(highest, count)
    step = found[1] if len(found) > 1 else found[0] or 1.0
    return found if found[-1] >= highest else [*found, found[-1] + step]


def size_ticks(upper_gb: float, count: int = 5) -> list[float]:
    """Round values of gigabytes, terabytes or petabytes, in GB."""
    unit = _size_unit(upper_gb)[0]
    return [tick * unit for tick in ticks(upper_gb / unit, count)]


def money_label(usd: float, upper_usd: float) -> str:
    """`$250`, `$2.5k`, `$1.2M`, in the unit that suits the axis."""
    for limit, unit, letter in ((1e9, 1e9, "B"), (1e6, 1e6, "M"), (1e4, 1e3, "k")):
        if upper_usd >= limit and usd != 0:
            return f"${exact(round(usd / unit, 3))}{letter}"
    return f"${exact(round(usd, 3))}"


def size_label(gb: float, upper_gb: float) -> str:
    """Gigabytes in the unit that suits the axis."""
    if gb == 0:
        return "0"
    unit, name = _size_unit(upper_gb)
    return f"{exact(round(gb / unit, 3))} {name}"


def _size_unit(upper_gb: float) -> tuple[float, str]:
    if upper_gb > TB * TB:
        return TB * TB, "PB"
    return (TB, "TB") if upper_gb > TB else (1.0, "GB")
