"""What has to be known of a whole tree before it is put together: what its sums run over, and what e is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sympy import S, Symbol

from explorer.core.algebra.reading.limits import TERMS
from explorer.core.algebra.reading.questions import Option, Questions
from explorer.core.algebra.reading.tokens import refuse
from explorer.core.algebra.reading.tree import Beside, Name, Node, Number, Parsed, Power, Product, Series, Sum, inner, names

_COUNTS = ("N", "n", "m", "M", "B", "batch_size")
"""What the number of rows is called."""
_CLASS_INDICES, _CLASS_COUNTS = frozenset("cjkl"), frozenset("CKJLdD")
"""Indices that count classes or entries rather than rows, and how many there are."""
ROWS = "rows"
"""What a sum runs over whose terms are those of rows."""
CLASSES = ("3", "2", "4", "5")
"""How many terms a sum of unknown length may be written out for; the first is proposed."""


class Survey:
    """A tree, with what its sums run over.

    Attributes
    ----------
    lengths : dict
        id of a sum -> how many terms it has, or ROWS.
    counts : set of str
        What the number of rows is called.
    numbers : dict
        What the number of terms of a sum is called -> that number.
    written : dict
        Name -> the entries of it that a sum writes out.
    """

    def __init__(self, parsed: Parsed, answers: Mapping[str, str]) -> None:
        self.tree, self.said, self.values = parsed
        self.questions = Questions(answers, self.said)
        self.lengths: dict[int, int | str] = {}
        self.counts: set[str] = set()
        self.numbers: dict[str, int] = {}
        self.written: dict[str, range] = {}
        self.nonlinear: set[str] = set()
        self.e = S.Exp1

    def survey(self) -> None:
        """Find all of it."""
        self.find_nonlinear(self.tree, True)
        self.look(self.tree, True, False)
        self.settle_e()

    def find_nonlinear(self, node: Node, linear: bool) -> None:
        """Find the indices of sums that stand in a root, a quotient or a function: those are no means over rows."""
        if isinstance(node, Series):
            if not linear:
                self.nonlinear.add(node.index)
        elif not isinstance(node, Sum | Product | Beside):
            linear = False
        for part in node.parts:
            self.find_nonlinear(part, linear)

    def look(self, node: Node, linear: bool, in_rows: bool) -> None:
        """Decide what each sum runs over. `linear`: only added to and multiplied; `in_rows`: within a sum over rows."""
        if isinstance(node, Series):
            in_rows = self.look_at_series(node, linear, in_rows) or in_rows
        elif not isinstance(node, Sum | Product | Beside):
            linear = False
        for part in node.parts:
            self.look(part, linear, in_rows)

    def look_at_series(self, series: Series, linear: bool, in_rows: bool) -> bool:
        """Return whether a sum runs over rows."""
        length: int | str = ROWS
        if series.high is not None:
            length = series.high - series.low + 1
            if not 0 < length <= TERMS:
                refuse(f"A sum may have from 1 to {TERMS} terms; got {length}", series.at)
        elif series.kind == "product":
            refuse("A product needs numbers as its ends, as from 1 to 3", series.at)
        elif series.kind == "sum" and series.index:
            is_of_classes = series.index in _CLASS_INDICES or series.count in _CLASS_COUNTS
            linear = linear and series.index not in self.nonlinear
            if in_rows or not linear or is_of_classes:
                length = self.ask_length(series, linear and not in_rows)
        self.lengths[id(series)] = length
        if length == ROWS:
            self.note_rows(series)
            return True
        if series.index:
            for name in names(series.body):
                if any(series.index in letters_of(piece, {series.index}) for piece in name.indices):
                    self.written[name.text] = range(series.low, series.low + int(length))
        return False

    def ask_length(self, series: Series, may_be_rows: bool) -> int | str:
        """Return how many terms a sum over an unknown range has, or that it runs over rows."""
        what = series.count or series.index
        options = [Option(key, f"{key} terms") for key in CLASSES]
        if may_be_rows:
            options.append(Option(ROWS, "mean over rows"))
        asked = f"How many terms does the sum over {series.index} have?"
        rewrite = f"How many terms the sum over {series.index} has is not said: write a number as its end"
        answer = self.questions.ask(f"terms_{what}", asked, options, f"{rewrite}, at character {series.at + 1}.")
        if answer == ROWS:
            return ROWS
        if series.low == 1:
            others = _COUNTS if series.index in "in" else ()
            self.numbers |= dict.fromkeys([series.count] if series.count else others, int(answer))
        return int(answer)

    def note_rows(self, series: Series) -> None:
        """Keep what the number of rows is called, and say what a sum is."""
        if series.count:
            self.counts.add(series.count)
        elif series.kind == "sum":
            self.counts |= {name.text for name in names(self.tree) if name.text in _COUNTS and not name.indices}
        over = f" over {series.index}" if series.index else ""
        said = f"The {series.kind}{over} is the mean over rows here."
        if said not in self.said:
            self.said.append(said)

    def settle_e(self) -> None:
        """Decide whether e is Euler's number."""
        powers = [part for part in inner(self.tree) if isinstance(part, Power) and is_e(part.base)]
        bases = {id(part.base) for part in powers}
        alone = any(is_e(name) and id(name) not in bases for name in names(self.tree))
        if not powers and not alone:
            return
        is_exponential = any(not isinstance(part.exponent, Number) for part in powers)
        if is_exponential and not alone:
            self.said.append("e is Euler's number, 2.718….")
            return
        number, symbol = Option("number", "Euler's number", S.Exp1), Option("symbol", "a symbol e", Symbol("e"))
        is_variable = not powers or (alone and not is_exponential)  # an error e, and its square
        options = [symbol, number] if is_variable else [number, symbol]
        if self.questions.ask("e", "What is e?", options) == "symbol":
            self.e = Symbol("e")


def is_e(node: Node) -> bool:
    """Return whether a part is e, which may be Euler's number."""
    return isinstance(node, Name) and node.text == "e" and not node.indices and not node.fixed


def letters_of(index: str, bound: Iterable[str]) -> tuple[str, ...]:
    """Return an index, letter by letter where one of them is that of a sum: ij as i and j."""
    inside = index.strip("[]")
    if inside in bound:
        return (inside,)
    is_several = len(inside) in (2, 3) and re.fullmatch("[A-Za-z0-9]+", inside) and any(letter in bound for letter in inside)
    return tuple(inside) if is_several else (index,)
