"""Round numbers along an axis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlflow_cost_desktop.charts.axes import (
    HOURS,
    SIZES,
    counted,
    level_above,
    level_below,
    log_ticks,
    money_axis,
    money_label,
    named,
    size_label,
    size_ticks,
    size_words,
    ticks_between,
    whole_ticks,
)
from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.model.currency import Currency


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
    assert ticks_between(0.0, upper) == pytest.approx(expected)


@pytest.mark.parametrize("upper", [0.0, -1.0, float("nan")])
def test_an_axis_without_length_has_its_zero(upper: float) -> None:
    assert ticks_between(0.0, upper) == [0.0]


@given(st.floats(1e-6, 1e15), st.integers(2, 10))
def test_ticks_begin_at_zero_and_fill_the_axis_evenly(upper: float, count: int) -> None:
    found = ticks_between(0.0, upper, count)
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
    assert size_label(PLAIN, gb, upper) == label


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
    assert money_label(PLAIN, usd, upper) == label


def test_ticks_of_a_part_of_an_axis_are_round_too() -> None:
    assert ticks_between(133.0, 391.0, 5) == [200, 300]
    assert ticks_between(0.21, 0.42, 4) == pytest.approx([0.3, 0.4])
    assert size_ticks(1500.0, 3100.0, 4) == [1536, 2048, 2560, 3072]


@pytest.mark.parametrize(
    ("highest", "level"), [(726.0, 800.0), (1000.0, 1000.0), (0.0, 1.0), (5.0, 5.0), (1.1, 1.25)]
)
def test_the_end_of_the_levels_is_round(highest: float, level: float) -> None:
    assert level_above(highest) == pytest.approx(level)


@given(st.floats(1e-3, 1e12))
def test_levels_end_near_the_highest(highest: float) -> None:
    assert highest * 0.999 <= level_above(highest) <= highest * 1.51


@pytest.mark.parametrize(("lowest", "level"), [(583.0, 500.0), (100.0, 100.0), (0.03, 0.02)])
def test_a_logarithmic_axis_begins_at_a_round_level(lowest: float, level: float) -> None:
    assert level_below(lowest) == pytest.approx(level)


def test_logarithmic_ticks_are_powers_of_ten_and_what_is_between_where_few() -> None:
    assert log_ticks(100.0, 1000.0, 5) == [100, 200, 500, 1000]
    assert log_ticks(1.0, 1e5, 6) == pytest.approx([1, 10, 100, 1e3, 1e4, 1e5])
    assert log_ticks(0.0, 10.0) == [0.0]
    assert log_ticks(612.0, 690.0, 4) == [620, 640, 660, 680]  # as good as even


@given(st.floats(1e-6, 1e9), st.floats(1.01, 1e9), st.integers(2, 6))
def test_logarithmic_ticks_stay_inside_and_few(lower: float, factor: float, count: int) -> None:
    found = log_ticks(lower, lower * factor, count)
    assert found == sorted(found)
    assert all(lower * 0.99 <= tick <= lower * factor * 1.01 for tick in found)
    assert len(found) <= count + 2


def test_what_is_counted_has_no_half() -> None:
    assert whole_ticks(0.0, 3.0, 5) == [0, 1, 2, 3]
    assert counted("user", is_whole=True).snapped(3.4, 0.02, 1.0, 20.0) == 3.0
    assert counted("user").words(PLAIN, 1.0) == "1 user"
    assert counted("user").words(PLAIN, 1200.0) == "1,200 users"
    assert counted("$ / h").words(PLAIN, 91.4) == "$91.4 / h"


def test_names_stand_beside_their_bars() -> None:
    scale = named(("EC2", "Fargate"))
    assert [scale.label(PLAIN, at, 2.0) for at in scale.ticks(-0.5, 1.5, 5)] == ["EC2", "Fargate"]


def test_an_axis_is_written_in_the_format_it_is_handed() -> None:
    german = Figures(".", ",")
    axis = money_axis(Currency(code="EUR", per_usd=0.5, date="2026-11-20"), 3900.0, german)
    assert axis.label(2500.0, 5000.0) == "€2.500"
    assert axis.words(1234.5) == "€1.234,50"
    assert SIZES.words(german, 1500.0) == "1.500 GB"


def test_axes_of_the_same_are_equal_so_that_an_edit_lays_no_chart_out_anew() -> None:
    euro = Currency(code="EUR", per_usd=0.5, date="2026-11-20")
    assert money_axis(euro, 3900.0, PLAIN) == money_axis(euro, 3950.0, PLAIN)
    assert money_axis(euro, 3900.0, PLAIN) != money_axis(Currency(), 3900.0, PLAIN)
    assert counted("user", is_whole=True) == counted("user", is_whole=True)
    assert counted("user", is_whole=True) != counted("user")
    assert named(("EC2", "Fargate")) == named(("EC2", "Fargate"))


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
    assert size_words(PLAIN, gb) == words


def test_values_snap_to_about_a_pixel_s_worth() -> None:
    assert HOURS.snapped(313.2, 1.8, 0.0, 720.0) == 314.0
    assert HOURS.snapped(719.9, 1.8, 0.0, 720.0) == 720.0
    assert HOURS.snapped(-5.0, 1.8, 0.0, 720.0) == 0.0
    assert HOURS.snapped(800.0, 1.8, 0.0, 730.5) == 730.5
    # Whole terabytes are among the steps.
    assert SIZES.snapped(1018.0, 12.8, 0.0, 5120.0) == 1024.0
    assert SIZES.snapped(51_000.0, 700.0, 0.0, 500_000.0) == 51_200.0
