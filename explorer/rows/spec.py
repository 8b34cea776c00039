"""What somebody's rows are: a Layout says which columns stand for what, and a Table holds them under the names of formulas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import ibis

Kind = Literal["binary", "classes", "regression", "tokens"]
Scale = Literal["probability", "logit", "value", "log probability"]


@dataclass(frozen=True)
class Reason:
    """Why something was recognised.

    Attributes
    ----------
    about : str
        What it is about: a field of Layout, such as "truth" or "scale".
    chosen : str
        What was recognised, as one says it.
    because : str
        One sentence with what was found in names or numbers.
    others : tuple of str
        What else it could be, to change it.
    """

    about: str
    chosen: str
    because: str
    others: tuple[str, ...] = ()


WIDE = 50
"""Of more classes, predictions stand in a list."""


@dataclass(frozen=True)
class Layout:
    """Which columns of a table are what.

    Attributes
    ----------
    kind : str
        Whether rows hold one probability, one score a class, a number, or the log probabilities of a text's tokens.
    scale : str
        What the predictions are.
    truth : str
        The column of targets; "" where there is none, as with tokens.
    predictions : tuple of str
        The columns of predictions: one, or one a class in the order of classes; an array column stands alone.
    classes : tuple of str
        What the classes are called, in the order of predictions; of binary rows the negative one first. Binary rows may have
        two predictions too, one a class.
    labels : tuple of str
        What stands for each class in the column of targets, in the same order, as text; none where targets are numbers
        themselves: between 0 and 1, or of a regression.
    ignored : tuple of str
        What in the column of targets means that a row does not count, such as -100, as text.
    weight, group, identity : str
        The columns of weights, groups and identities; "" where there is none.
    reasons : tuple of Reason
        Why, one for each of these.
    position : str
        The column that counts the tokens of an example, where each token has a row; "" where their order says it.
    tolerance : float
        How far from 1 the sum of a row's probabilities may be.
    """

    kind: Kind
    scale: Scale
    truth: str
    predictions: tuple[str, ...]
    classes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    weight: str = ""
    group: str = ""
    identity: str = ""
    reasons: tuple[Reason, ...] = ()
    position: str = ""
    tolerance: float = 1e-3

    @property
    def wide(self) -> bool:
        """Whether there are so many classes that each row has its predictions in one list: a query that names them is long."""
        return self.kind == "classes" and len(self.classes) > WIDE


UNLIKELY = -9999.0
"""What stands for the log probability of a token so unlikely that it was not computed: it counts, but is no measurement."""

FAULT = "fault"
"""The column that says why a row does not count; NULL where it does."""


@dataclass(frozen=True)
class Table:
    """Rows under the names that formulas have, as an expression of Ibis that nothing has computed yet.

    Its columns are `row` (from 0, in the order of the file), `weight` (1 where none is given), `fault` (text: why the row does
    not count, NULL where it does), `group` and `identity` (text, where given), and

    - binary: `t` (0, 1 or between) and `p`, or the raw score `z`;
    - classes: `t` (index of the class from 0) and p1, p2 ..., or z1, z2 ...; where the layout is wide a list, `p` or `z`;
    - regression: `t` and `y`;
    - tokens: `example` (from 0), `position` (from 0) and `logp`; `row` is then the line of the file, the same for all tokens
      that stand in it.

    All numbers are doubles but row, example, position and the t of classes.

    `unnumbered` has the rows that count without `row` and `fault`: an engine numbers rows one after the other, so that
    whatever takes them all together takes these. `placed` has them with `row`, and `raw` all rows as they came, which are as
    many as `rows`; None where there are no such tables.
    """

    rows: ibis.Table
    layout: Layout
    unnumbered: ibis.Table | None = None
    placed: ibis.Table | None = None
    raw: ibis.Table | None = None

    @property
    def counted(self) -> ibis.Table:
        """The rows that count; without `row` and `fault` where `unnumbered` is given."""
        return self.rows.filter(self.rows[FAULT].isnull()) if self.unnumbered is None else self.unnumbered

    @property
    def numbered(self) -> Table:
        """The same, so that the rows that count have their `row`, for showing single ones."""
        return Table(self.rows, self.layout, self.placed)

    @property
    def predictions(self) -> tuple[str, ...]:
        """The columns of predictions in `rows`."""
        letter = {"probability": "p", "logit": "z", "value": "y", "log probability": "logp"}[self.layout.scale]
        if self.layout.kind != "classes" or self.layout.wide:
            return (letter,)
        return tuple(f"{letter}{k}" for k in range(1, len(self.layout.classes) + 1))


class NoNumbersError(ValueError):
    """Rows whose predictions are recognised and hold no number, such as NaN alone.

    Attributes
    ----------
    column : str
        The first column of predictions.
    count : int
        How many rows there are.
    source : str
        The file or table; "" before it is known.
    """

    def __init__(self, column: str, count: int, source: str = "") -> None:
        said = f"The column {column!r} holds no number; predictions are numbers."
        super().__init__(f"{source}: {said}" if source else said)
        self.column, self.count, self.source = column, count, source
