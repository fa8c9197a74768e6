"""Numbers read from what somebody typed or pasted: the inverse of `Figures`.

A text is read as a whole, in the reader's format or plainly, or it is refused with a sentence;
a part of it is never taken. On the command line and in files a number is plain (`read_plain`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import category, decimal

from mlflow_cost_desktop.figures import COUNTED, PLAIN, Figures, plural

LONGEST = 100
"""Characters of a text that is read; it also bounds how deep brackets nest."""

SPACES = " \u00a0\u202f\u2009"
APOSTROPHES = "'’"
"""Both only group thousands, in every locale."""

ARABIC_POINT, ARABIC_GROUP = "٫", "٬"
DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f]")
SAME = str.maketrans(
    {"－": "-", "−": "-", "＋": "+", "．": ".", "，": ",", "％": "%", "٪": "%", "·": "*"}
    | {"×": "*", "＊": "*", "÷": "/", "∕": "/", "／": "/", "（": "(", "）": ")", "\t": " "}
    | {"\u3000": " ", "＄": "$"}
)

DOLLARS = re.compile(r"US\$|\$|USD\b", re.IGNORECASE)
CODE = re.compile(r"[A-Z]{3}\b")
SIZE = re.compile(r"([KMGTP])(i?)B|([kmgtp])(i?)b|(k)B")
BITS = re.compile(r"[KMGTP]i?b")
POWERS = {letter: power for power, letter in enumerate("KMGTP", start=1)}
BY_THE_THOUSAND = {"k": 1e3, "K": 1e3, "M": 1e6}
DURATIONS = {"day", "week", "month"}
COUNTS = (COUNTED - DURATIONS) | {"IOPS", "/ s", "/ min", "a day", "unit", ""}
"""Units of which there may be 5k or 2M; of a month, M would mean something else."""

SPELLINGS = {
    "h": ("hr", "hrs", "hour", "hours"),
    "s": ("sec", "second", "seconds"),
    "min": ("minute", "minutes"),
    "month": ("months", "mo"),
    "year": ("years", "yr"),
    "/": ("per", "a", "an"),
}
WORDS = {word: short for short, words in SPELLINGS.items() for word in words}
"""Ways to write a unit of time, and what stands between one unit and another."""


class UnreadError(ValueError):
    """A text that is no number here.

    Attributes:
        sentence: what is wrong with it, without a full stop, so that more may follow.
        is_begun: whether more keys could make it a number: there is nothing to say yet.
    """

    def __init__(self, sentence: str, *, is_begun: bool = False) -> None:
        super().__init__(sentence)
        self.sentence, self.is_begun = sentence, is_begun


class MeansTwoError(UnreadError):
    """A text that is one number in the reader's format, and another a thousandth of it plainly."""


class Reader(NamedTuple):
    """How a field reads: in whose format, and in which unit."""

    figures: Figures
    unit: str

    @property
    def is_money(self) -> bool:
        return self.unit.startswith("$")

    @property
    def is_unit_price(self) -> bool:
        """Whether a thousand of it is as likely a slip as a price: `$ / GB`, not `$ / year`."""
        head, slash, per = _normal(self.unit).partition("/")
        return bool(head == "$" and slash and per not in ("month", "year"))


def read_number(text: str, figures: Figures = PLAIN, unit: str = "") -> float:
    """The number that a text says, in a field's unit.

    Of two kinds of separators the last is the decimal sign. One kind, several times, groups. One
    kind, once, is the decimal sign, unless three digits follow and the first digit is not 0: then
    the format decides, and a sign it has no use for is read plainly. Spaces and apostrophes only
    group. Arithmetic is worked out, and one unit may stand at its end.

    Args:
        figures: the format of the reader, beside which the plain one is read.
        unit: the field's, as it is declared: `GB`, `$ / h`, `%`, `user`.

    Raises:
        UnreadError: if it is no number as a whole, or one that means two things.
    """
    reader = Reader(figures, unit)
    try:
        return _read(text, reader)
    except MeansTwoError:
        raise  # at once: one more digit would make it clear, but may never come
    except UnreadError as error:
        if any(_reads(f"{text.rstrip()}{more}", reader) for more in _continuations(text, reader)):
            raise UnreadError(error.sentence, is_begun=True) from error
        raise


PLAIN_FORM = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)


def read_plain(text: str) -> float:
    """A number as files and the command line have it, whatever the locale: `1234.5`, `1e6`.

    Raises:
        UnreadError: for anything else: separators, units, arithmetic, `nan`, `inf`, `1_000`,
            digits that are not Latin. Where a field of the window would read it, it says how
            that number is written.
    """
    number = float(text) if PLAIN_FORM.fullmatch(text.strip()) else math.nan
    if math.isfinite(number):
        return number
    quoted = f"“{text.strip()[:40]}”"
    if math.isinf(number):
        raise UnreadError(f"{quoted} is larger than any number")
    try:
        meant = f"{PLAIN.digits(read_number(text))}, if that is what you mean"
    except UnreadError:
        meant = "1500, 1024.5 or 1e6"
    raise UnreadError(f"{quoted} is no plain number; write {meant}")


def in_words(text: str, number: float, figures: Figures) -> str:
    """The number that was read, where the text does not plainly say it; else empty.

    `= 1536`, or `≈ 33.3333` of one that has no end. It has nothing between thousands, so that no
    sign in it can be taken for the other.
    """
    point = re.escape(figures.point)
    if re.fullmatch(rf"\s*[-−+]?([0-9]+{point}?[0-9]*|{point}[0-9]+)\s*", text):
        return ""
    if math.isclose(float(f"{number:.12g}"), number, rel_tol=1e-14):
        return f"= {figures.digits(number)}"
    few = round(number, 2) if abs(number) >= 1e4 else float(f"{number:.6g}")
    return f"≈ {figures.digits(few)}"


def _reads(text: str, reader: Reader) -> bool:
    try:
        _read(text, reader)
    except UnreadError:
        return False
    return True


def _continuations(text: str, reader: Reader) -> Iterator[str]:
    """What could follow: digits, a bracket, the rest of a unit."""
    if len(text) > LONGEST or re.search(r"[^\W\d_]{4}", text):
        return
    yield from ("1", "11", "111", "1)", ")", "1))", "B", "iB")
    if reader.is_money:
        yield from ("S$1", "D1", "D 1", "SD1", "$1")
    for unit in (reader.unit, plural(0, reader.unit), "/ hour", "/ month"):
        yield from (unit[at:] for at in range(1, len(unit)))


def _read(text: str, reader: Reader) -> float:
    if len(text) > LONGEST:
        raise UnreadError(f"“{text.strip()[:40]}…” is too long for a number")
    body, unit = _parted(_in_ascii(text, reader), text, reader)
    factor = _factor(unit, text, reader)
    value = Parser(body, text, reader).value() * factor
    if not math.isfinite(value):
        raise UnreadError(f"“{text.strip()[:40]}” is larger than any number")
    return value


def _no_number(text: str, reader: Reader) -> UnreadError:
    example = reader.figures.exact(1.5)
    return UnreadError(f"“{text.strip()[:40]}” is no number; write {example}, 1500 or 1e6")


def _other_unit(text: str, reader: Reader) -> UnreadError:
    return UnreadError(f"“{text.strip()[:40]}” is not in the unit of this field, {reader.unit}")


def _in_ascii(text: str, reader: Reader) -> str:
    """The text with Latin digits and one sign for each operation; what separates stays."""
    own = reader.figures.group + reader.figures.point
    return "".join(c if c in own else c.translate(SAME) for c in in_latin(text).strip())


def in_latin(text: str) -> str:
    """A text with Latin digits, as the words are, and no marks that turn its direction."""
    marked = DIRECTION_MARKS.sub("", text)
    return "".join(str(decimal(c)) if category(c) == "Nd" else c for c in marked)


def _parted(ascii_text: str, text: str, reader: Reader) -> tuple[str, str]:
    """Arithmetic and the unit after it, without a dollar sign before it."""
    separators = re.escape(_separators(reader.figures))
    start = re.match(rf"([-+( ]*)([^-+(\d{separators}][^-+(\d{separators}]*)", ascii_text)
    if start:
        sign, before = start.groups()
        _check_money(before, text, reader)
        ascii_text = sign + ascii_text[start.end() :].lstrip()
    end = re.match(rf"(?:[-+*/()\d{separators}]|(?<=[\d.,٫])[eE](?=[-+]?\d))*", ascii_text)
    assert end  # it matches nothing at least
    body, unit = ascii_text[: end.end()].rstrip(), ascii_text[end.end() :]
    if body.endswith(("/", "*")) and (unit or reader.unit.translate(SAME).startswith(body[-1])):
        body, unit = body[:-1], body[-1] + unit  # "0.096 / h" divides by nothing
    return body.strip(), unit.strip()


def _check_money(sign: str, text: str, reader: Reader) -> None:
    """Refuse what stands before a number, but for the dollar's sign where money is asked for."""
    is_dollar = DOLLARS.fullmatch(sign.strip())
    if is_dollar and reader.is_money:
        return
    if reader.is_money and _is_currency(sign):
        raise UnreadError(
            f"“{text.strip()[:40]}” is no amount of US dollars, which are asked for here"
        )
    if is_dollar or _is_currency(sign):
        unit = "" if "$" in reader.unit else plural(0, reader.unit)
        counts = f", this field counts {unit}" if unit else ""
        raise UnreadError(f"“{text.strip()[:40]}” is an amount of money{counts}")
    raise _no_number(text, reader)


def _is_currency(sign: str) -> bool:
    return any(category(c) == "Sc" for c in sign) or bool(CODE.match(sign))


def _normal(unit: str) -> str:
    """A unit without what does not matter: spaces, case, "per hour" for "/ h", an s at its end."""
    words: list[str] = re.findall(r"[^\W\d_]+|[^\s]", unit.translate(SAME).casefold())
    known: list[str] = [WORDS.get(word, word) for word in words]
    joined = "".join(w[:-1] if len(w) > 3 and w.endswith("s") else w for w in known)
    return joined.replace("//", "/")


def _factor(unit: str, text: str, reader: Reader) -> float:
    """What the number is multiplied by, to count the field's unit."""
    if not unit:
        return 1.0
    own, said = reader.unit, _normal(unit)
    if SIZE.match(own) and BITS.match(unit):
        raise _other_unit(text, reader)  # "Gb" is an eighth of "GB"
    if said in {_normal(own), _normal(plural(0, own)), *_heads(own)}:
        return 1.0
    if reader.is_money and DOLLARS.match(unit):
        if _normal(DOLLARS.sub("", unit)) in ("", _normal(own.replace("$", ""))):
            return 1.0
    elif reader.is_money and said == _normal(own.replace("$", "")):
        return 1.0
    size, of = SIZE.match(unit), SIZE.match(own)
    if size and of:
        rest = _normal(unit[size.end() :])
        if rest in ("", _normal(own[of.end() :])):
            return 1024.0 ** (_power(size) - _power(of))
    if unit[0] in BY_THE_THOUSAND and not unit[1:2].isalpha():
        if own in COUNTS and _normal(unit[1:]) in ("", _normal(own)):
            return BY_THE_THOUSAND[unit[0]]
        raise UnreadError(
            f"“{text.strip()[:40]}” is not read here: k and M stand for thousands and millions "
            "only where things are counted"
        )
    if any(category(c) == "Sc" for c in unit) or (reader.is_money and CODE.match(unit)):
        _check_money(unit, text, reader)
    if own and re.fullmatch(r"[^\W\d_][^\d]*|%|/.*", unit):
        raise _other_unit(text, reader)
    raise _no_number(text, reader)


def _heads(unit: str) -> Iterator[str]:
    """The unit without what it is per, and its first word: `h` of `h / month`."""
    yield _normal(unit).partition("/")[0]
    first = unit.split(" ")[0]
    if len(first) > 1 and first.isalpha():
        yield _normal(first)


def _power(size: re.Match[str]) -> int:
    return POWERS[size[0][0].upper()]


def _separators(figures: Figures) -> str:
    return "".join(
        {*SPACES, *APOSTROPHES, *".,", ARABIC_POINT, ARABIC_GROUP, figures.group, figures.point}
    )


class Parser:
    """Sums, products and brackets of numbers, by recursive descent."""

    def __init__(self, body: str, text: str, reader: Reader) -> None:
        self._text, self._reader = text, reader
        separators = _separators(reader.figures)
        signs = re.escape("".join(set(separators) - set(SPACES)))
        spaces = re.escape(SPACES)
        number = rf"[\d{signs}](?:[\d{signs}]|[{spaces}](?=[\d]))*(?:[eE][-+]?\d+)?"
        self._tokens = re.findall(rf"{number}|[^{spaces}]", body)[::-1]

    def value(self) -> float:
        """What it comes to."""
        value = self._sum()
        if self._tokens:
            raise _no_number(self._text, self._reader)
        return value

    def _take(self, signs: str) -> str:
        """The next token if it is one of the signs, else nothing."""
        if self._tokens and self._tokens[-1] in signs:
            return self._tokens.pop()
        return ""

    def _sum(self) -> float:
        value = self._product()
        while sign := self._take("+-"):
            other = self._product()
            value += other if sign == "+" else -other
        return value

    def _product(self) -> float:
        value = self._signed()
        while sign := self._take("*/"):
            other = self._signed()
            if sign == "*":
                value *= other
            elif other:
                value /= other
            else:
                raise UnreadError(f"“{self._text.strip()[:40]}” divides by zero")
        return value

    def _signed(self) -> float:
        sign = self._take("+-")
        value = self._bracket()
        return -value if sign == "-" else value

    def _bracket(self) -> float:
        if self._take("("):
            value = self._sum()
            if self._take(")"):
                return value
        elif self._tokens and self._tokens[-1] not in "+-*/)":
            return self._number(self._tokens.pop())
        raise _no_number(self._text, self._reader)

    def _number(self, token: str) -> float:
        digits, exponent, power = token.lower().partition("e")
        plain = _plainly(digits, self._reader.figures)
        if plain is None:
            raise _no_number(self._text, self._reader)
        if self._reader.is_unit_price and not exponent:
            as_plain = _plainly(digits, PLAIN)
            if as_plain is not None and float(plain) > 100.0 * float(as_plain):
                raise self._means_two(float(as_plain), float(plain))
        return float(f"{plain}{exponent}{power}")

    def _means_two(self, less: float, more: float) -> MeansTwoError:
        figures = self._reader.figures
        return MeansTwoError(
            f"“{self._text.strip()[:40]}” may mean {figures.digits(less)} or "
            f"{figures.digits(more)}; write one of these"
        )


def _plainly(token: str, figures: Figures) -> str | None:
    """Digits with separators as `1234.5`; None where these don't stand as in a number."""
    one_kind = dict.fromkeys(map(ord, SPACES), " ") | dict.fromkeys(map(ord, APOSTROPHES), "'")
    spaced = token.translate(one_kind)
    kinds = {c for c in spaced if not c.isdigit()}
    if not kinds:
        return token
    last = next(c for c in reversed(spaced) if not c.isdigit())
    whole, _, fraction = spaced.rpartition(last)
    only_groups = last in " '"
    if len(kinds) > 2 or not (whole or fraction):
        return None
    if len(kinds) == 2 and not only_groups and last not in whole:
        group = next(iter(kinds - {last}))
        joined = _joined(whole, group, figures)
        return None if joined is None else f"{joined}.{fraction}"
    if len(kinds) == 1 and spaced.count(last) == 1 and not only_groups:
        can_group = len(fraction) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0"
        if not can_group or not _is_group(last, figures):
            return f"{whole or 0}.{fraction}"
    return _joined(spaced, last, figures) if len(kinds) == 1 else None


def _is_group(sign: str, figures: Figures) -> bool:
    """Whether a sign stands between thousands: in the format, or plainly if it has no use there."""
    if sign in (figures.group, figures.point):
        return sign == figures.group
    return sign in (",", ARABIC_GROUP)


def _joined(digits: str, group: str, figures: Figures) -> str | None:
    """Grouped digits without what groups them; None where they are not in threes."""
    first, *others = digits.split(group)
    if not others or not re.fullmatch(r"[1-9]\d{0,2}", first) or len(others[-1]) != 3:
        return None
    by_threes = all(len(one) == 3 for one in others)
    by_twos = figures.by_two and len(first) < 3 and all(len(one) == 2 for one in others[:-1])
    return first + "".join(others) if by_threes or by_twos else None
