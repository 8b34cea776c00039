"""Reading a worked formula as somebody does who has only what is printed: numbers, signs and brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple
from xml.etree import ElementTree

from mpmath import iv, mp, mpf

SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


class Line(NamedTuple):
    """A line: the sign before it, its value as printed, NaN if that is none, and the interval that rounding leaves it."""

    sign: str
    value: mpf
    interval: Any  # mpmath's, which is untyped


def lines(html: str) -> list[list[Line]]:
    """Return each block of worked lines, top down."""
    blocks = re.findall(r"<div class='live-worked'.*?</p></div>", html, re.DOTALL)
    return [[_line(math) for math in re.findall(r"<math.*?</math>", block, re.DOTALL)] for block in blocks]


def chains(html: str) -> list[list[Line]]:
    """Return what each line of a worked formula says is equal: all that stands after what it computes."""
    (block,) = re.findall(r"<div class='live-worked.*?</p></div>", html, re.DOTALL)
    return [_chain([*_tokens(ElementTree.fromstring(math))]) for math in re.findall(r"<math.*?</math>", block, re.DOTALL)]


def _chain(tokens: list[Token]) -> list[Line]:
    starts = [i for i, token in enumerate(tokens) if token in ("=", "≈", "→")]
    parts = [tokens[i:j] for i, j in pairwise([*starts, len(tokens)])]
    return [Line(str(sign), *(Reader([*rest], exact=exact).all() for exact in (True, False))) for sign, *rest in parts]


def _line(math: str) -> Line:
    root = ElementTree.fromstring(math)
    tokens = [*_tokens(root)]
    assert tokens[0] in ("=", "≈", "→")
    return Line(str(tokens[0]), Reader(tokens[1:], exact=True).all(), Reader(tokens[1:], exact=False).all())


Token = str | tuple[str, list[list["Token"]]]


def _tokens(element: ElementTree.Element) -> Iterator[Token]:
    """Signs, numbers and names in a row; a fraction, power or root with what is in it. A row of its own is a bracket."""
    match element.tag:
        case "mn" | "mo" | "mi" | "mtext":
            yield (element.text or "").strip()
        case "mfrac" | "msup" | "msqrt":
            yield element.tag, [[*_tokens(child)] for child in element]
        case "mrow":
            inner = [token for child in element for token in _tokens(child)]
            yield from inner if inner[:1] in (["="], ["≈"], ["→"]) else [("mrow", [inner])]
        case "mspace":
            return
        case _:
            for child in element:
                yield from _tokens(child)


class Reader:
    """Arithmetic from left to right, with points or with intervals."""

    def __init__(self, tokens: list[Token], *, exact: bool) -> None:
        self.tokens, self.exact = tokens, exact

    def all(self) -> mpf:
        """Return the value of all tokens; NaN where plain arithmetic has none."""
        if not self.tokens:
            raise ValueError("Nothing stands here.")
        found = self.sum()
        if self.tokens:
            raise ValueError(f"This is left over: {self.tokens}")
        return found

    def sum(self) -> mpf:
        found = None
        while self.tokens and self.tokens[0] != ")":
            sign = self.tokens.pop(0) if self.tokens[0] in ("+", "−") else "+"
            term = self.product()
            term = -term if sign == "−" else term
            found = term if found is None else found + term
        return found

    def product(self) -> mpf:
        found = self.factor()
        while self.tokens and self.tokens[0] == "·":
            self.tokens.pop(0)
            found = found * self.factor()
        return found

    def factor(self) -> mpf:
        token = self.tokens.pop(0)
        if token == "(":
            found = self.sum()
            assert self.tokens.pop(0) == ")"
            return found
        if token == "ln":
            return self.log(self.factor())
        if token == "tanh":
            x = self.exp(2 * self.factor())
            return (x - 1) / (x + 1)
        if token == "σ":
            return 1 / (1 + self.exp(-self.factor()))
        if isinstance(token, tuple):
            return self.nested(*token)
        return self.number(token)

    def nested(self, kind: str, parts: list[list[Token]]) -> mpf:
        if kind == "msup" and parts[0] == ["e"]:
            return self.exp(self.part(parts[1]))
        values = [self.part(part) for part in parts]
        if kind == "mrow":
            return values[0]
        if kind == "mfrac":
            return self.divide(*values)
        base, power = values
        return base**power

    def part(self, tokens: list[Token]) -> mpf:
        return Reader([*tokens], exact=self.exact).all()

    def log(self, x: mpf) -> mpf:
        if self.exact:
            return mp.log(x) if x > 0 else (-mp.inf if x == 0 else mp.nan)
        return iv.log(iv.mpf([max(x.a, 0), x.b])) if x.b > 0 else iv.mpf(["-inf", "inf"])

    def exp(self, x: mpf) -> mpf:
        return mp.exp(x) if self.exact else iv.exp(x)

    def divide(self, x: mpf, y: mpf) -> mpf:
        if not self.exact:
            return x / y
        return (mp.nan if x == 0 or mp.isnan(x) else mp.sign(x) * mp.inf) if y == 0 else x / y

    def number(self, text: str) -> mpf:
        """A printed number; as an interval, what rounds to it."""
        negative = "(−" in text or text.startswith("−")
        digits, _, power = text.strip("()").lstrip("−").partition("×10")
        scale = mpf(10) ** int(power.translate(SUPERSCRIPTS) or 0)
        value = mp.inf if digits == "∞" else mpf(digits) * scale
        value = -value if negative else value
        if self.exact:
            return value
        places = len(digits.partition(".")[2])
        last = max(places, 3 - len(digits.partition(".")[0].lstrip("0"))) if places else max(0, 4 - len(digits))
        half = 0 if digits in ("∞", "0") else scale * mpf(10) ** -last * mpf("0.501")
        return iv.mpf([value - half, value + half])
