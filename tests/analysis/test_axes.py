"""Round numbers along an axis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlflow_cost_desktop.analysis.axes import (
    HOURS,
    SIZES,
    levels_around,
    money_label,
    size_label,
    size_ticks,
    size_words,
    ticks,
    ticks_between,
)
from mlflow_cost_desktop.figures import PLAIN


@pytest.mark.parametrize(
    ("upper", "expected"),
    [
        (100.0, [0, 20, 40, 60, 80, 100]),
        (730.0, [0, 200, 400, 600]),
        (720.0, [0, 200, 400, 600]),
        (1.0, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (12.0, [0, 2.5, 5, 7.5, 10]),
        (0.07, [0, 0.02, 0.04, 0.06]),
    ],
)
def test_round_values(upper: float, expected: list[float]) -> None:
    assert ticks(upper) == pytest.approx(expected)


@pytest.mark.parametrize("upper", [0.0, -1.0, float("nan")])
def test_an_axis_without_length_has_its_zero(upper: float) -> None:
    assert ticks(upper) == [0.0]


@given(st.floats(1e-6, 1e15), st.integers(2, 10))
def test_ticks_begin_at_zero_and_fill_the_axis_evenly(upper: float, count: int) -> None:
    found = ticks(upper, count)
    step = found[1]
    assert found == pytest.approx([n * step for n in range(len(found))])
    assert found[-1] <= upper * (1 + 1e-8) < found[-1] + step * 1.001
    assert count / 2 <= len(found) <= count + 1
    digits = f"{step:.6e}".split("e")[0]
    assert float(digits) in (1.0, 2.0, 2.5, 5.0)


def test_sizes_are_round_in_their_own_unit() -> None:
    assert size_ticks(0.0, 1024.0) == [0, 250, 500, 750, 1000]
    assert size_ticks(0.0, 5120.0) == [0, 1024, 2048, 3072, 4096, 5120]
    assert size_ticks(0.0, 5 * 1024.0**2) == [n * 1024**2 for n in range(6)]


@pytest.mark.parametrize(
    ("gb", "upper", "label"),
    [
        (0.0, 5120.0, "0"),
        (250.0, 1024.0, "250 GB"),
        (1024.0, 1024.0, "1,024 GB"),
        (2560.0, 5120.0, "2.5 TB"),
        (1024.0, 5120.0, "1 TB"),
        (512.0 * 1024, 2 * 1024.0**2, "0.5 PB"),
    ],
)
def test_sizes_in_the_axis_s_unit(gb: float, upper: float, label: str) -> None:
    assert size_label(gb, upper, PLAIN) == label


@pytest.mark.parametrize(
    ("usd", "upper", "label"),
    [
        (0.0, 2e6, "$0"),
        (250.0, 1000.0, "$250"),
        (2500.0, 5000.0, "$2,500"),
        (2500.0, 10_000.0, "$2.5k"),
        (1.2e6, 2e6, "$1.2M"),
        (5e8, 2e9, "$0.5B"),
        (0.25, 1.0, "$0.25"),
    ],
)
def test_money_in_the_axis_s_unit(usd: float, upper: float, label: str) -> None:
    assert money_label(usd, upper, PLAIN) == label


def test_ticks_of_a_part_of_an_axis_are_round_too() -> None:
    assert ticks_between(133.0, 391.0, 5) == [200, 300]
    assert ticks_between(0.21, 0.42, 4) == pytest.approx([0.3, 0.4])
    assert size_ticks(1500.0, 3100.0, 4) == [1536, 2048, 2560, 3072]


def test_levels_reach_around_what_they_show() -> None:
    assert levels_around(583.0, 671.0, 4) == [575, 600, 625, 650, 675]
    assert levels_around(5.0, 5.0, 4)[0] <= 5.0 < levels_around(5.0, 5.0, 4)[-1]


@pytest.mark.parametrize(
    ("gb", "words"),
    [
        (0.0, "0 GB"),
        (512.0, "512 GB"),
        (1024.0, "1 TB"),
        (1500.0, "1,500 GB"),
        (1536.0, "1.5 TB"),
        (51_200.0, "50 TB"),
        (50_000.0, "48.83 TB"),
        (1024.0**2, "1 PB"),
        (1e9, "953.67 PB"),
    ],
)
def test_sizes_in_words(gb: float, words: str) -> None:
    assert size_words(gb, PLAIN) == words


def test_values_snap_to_about_a_pixel_s_worth() -> None:
    assert HOURS.snapped(313.2, 1.8, 720.0) == 314.0
    assert HOURS.snapped(719.9, 1.8, 720.0) == 720.0
    assert HOURS.snapped(-5.0, 1.8, 720.0) == 0.0
    assert HOURS.snapped(800.0, 1.8, 730.5) == 730.5
    # Whole terabytes are among the steps.
    assert SIZES.snapped(1018.0, 12.8, 5120.0) == 1024.0
    assert SIZES.snapped(51_000.0, 700.0, 500_000.0) == 51_200.0
