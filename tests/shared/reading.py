"""A reader of printed lines: it knows arithmetic and nothing of costs.

It works out what an explanation says.
"""

import re
from fractions import Fraction

_TOKEN = re.compile(r"\$?(?P<number>\d[\d,]*(?:\.\d+)?)|(?P<sign>[×÷−+()%])|[^\d×÷−+()%$]+")


def without_remarks(text: str) -> str:
    """A text without what stands in square brackets, which may hold others."""
    depth = 0
    kept = ""
    for letter in text:
        depth += letter == "["
        if depth == 0:
            kept += letter
        depth -= letter == "]"
    assert depth == 0, text
    return kept


def recomputed(explanation: str) -> tuple[Fraction, Fraction]:
    """What an explanation's arithmetic comes to, and the outcome that it names."""
    arithmetic, _, outcome = without_remarks(explanation).rpartition(" = ")
    # "/ h" after a price is its unit; "MiB/s" has no spaces and is a word.
    arithmetic = re.sub(r" / [^×]*", " ", arithmetic)
    named = re.fullmatch(r"\$(\d[\d,]*\.\d\d)", outcome)
    assert named, explanation
    return _Reader(arithmetic).result(), Fraction(named[1].replace(",", ""))


class _Reader:
    """Sums, products and brackets, from left to right; words are units and passed over."""

    def __init__(self, text: str) -> None:
        assert "".join(match[0] for match in _TOKEN.finditer(text)) == text, text
        found = (match["number"] or match["sign"] for match in _TOKEN.finditer(text))
        self._left = [token for token in found if token]
        self._text = text

    def result(self) -> Fraction:
        value = self._sum()
        assert not self._left, f"{self._left} left over in {self._text}"
        return value

    def _next(self) -> str:
        return self._left[0] if self._left else ""

    def _sum(self) -> Fraction:
        value = self._product()
        while self._next() in ("−", "+"):
            sign, right = self._left.pop(0), self._product()
            value = value - right if sign == "−" else value + right
        return value

    def _product(self) -> Fraction:
        value = self._single()
        while self._next() in ("×", "÷"):
            sign, right = self._left.pop(0), self._single()
            value = value * right if sign == "×" else value / right
        return value

    def _single(self) -> Fraction:
        token = self._left.pop(0)
        if token == "(":
            value = self._sum()
            assert self._left.pop(0) == ")", self._text
            return value
        value = Fraction(token.replace(",", ""))
        if self._next() == "%":
            self._left.pop(0)
            value /= 100
        return value


def recomputes_to_the_cent(explanation: str) -> bool:
    """Whether a reader with a calculator comes to the outcome that the explanation names.

    Operands are printed with twelve digits: of billions, that is more than a cent.
    """
    worked_out, named = recomputed(explanation)
    return abs(worked_out - named) <= Fraction("0.005") + abs(worked_out) / 10**9
