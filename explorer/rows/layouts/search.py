"""What is found so far about the columns of a table, and the few queries that are made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

import ibis

from explorer.rows.expressions import number
from explorer.rows.layouts.names import shown
from explorer.rows.spec import Kind, Layout, Reason, Scale

SAMPLE = 50_000
"""How many rows are looked at."""

FEW = 1000
"""More different targets than this are no classes' names."""

EXPECTED = (
    "expected targets (such as y_true or label) and predictions (such as y_score, or prob_0, prob_1 ... one a class), "
    "or logprobs of tokens"
)


def label(value: object) -> str:
    """Return what stands in a column of targets as Layout writes it: 1 for 1.0, true for True.

    Examples
    --------
    >>> label(-100.0), label(True), label("cat"), label(0.5)
    ('-100', 'true', 'cat', '0.5')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float | Decimal) and abs(float(value)) < 1e15 and value == int(value):
        return str(int(value))
    return str(value)


@dataclass
class Search:
    """What has been found so far, and the columns that are still free; `rows` of the sample once they are counted."""

    raw: ibis.Table
    columns: tuple[str, ...]
    roles: dict[str, str] = field(default_factory=dict)
    predictions: tuple[str, ...] = ()
    reasons: list[Reason] = field(default_factory=list)
    rows: int | None = None
    seen: dict[tuple[str, bool], list[tuple[Any, int]]] = field(default_factory=dict)

    @property
    def sample(self) -> ibis.Table:
        """The rows that are looked at."""
        return self.raw.limit(SAMPLE)

    @property
    def free(self) -> list[str]:
        """The columns that stand for nothing yet."""
        taken = {*self.roles.values(), *self.predictions}
        return [name for name in self.columns if name not in taken]

    def check(self, wanted: Sequence[str | None]) -> None:
        """Refuse names that no column has, and columns that an engine cannot tell apart."""
        if len({name.casefold() for name in self.columns}) < len(self.columns):
            folded = [name.casefold() for name in self.columns]
            twice = [name for name in self.columns if folded.count(name.casefold()) > 1]
            raise ValueError(f"The columns {shown(twice)} differ only in case; rename one of them.")
        missing = [name for name in wanted if name is not None and name not in self.columns]
        if missing:
            raise ValueError(f"There is no column {missing[0]!r}; the columns are {shown(self.columns)}.")
        given = [name for name in wanted if name is not None]
        if twice := sorted({name for name in given if given.count(name) > 1}):
            raise ValueError(f"The column {twice[0]!r} cannot stand for two things at once.")

    def given(self, *, predictions: tuple[str, ...], **roles: str | None) -> None:
        """Take what was named."""
        for role, name in roles.items():
            if name is not None:
                self.take(role, name, "you named it.")
        if predictions:
            self.predict(predictions, "you named it." if len(predictions) == 1 else "you named them.")

    def take(self, role: str, name: str, because: str, others: Iterable[str] = ()) -> None:
        """Let a column stand for a role."""
        self.roles[role] = name
        self.reason(role, name, because, others)

    def predict(self, columns: Sequence[str], because: str, others: Iterable[str] = ()) -> None:
        """Take columns as predictions."""
        self.predictions = tuple(columns)
        self.reason("predictions", shown(columns), because, others)

    def reason(self, about: str, chosen: str, because: str, others: Iterable[str] = ()) -> None:
        """Add a reason."""
        self.reasons.append(Reason(about, chosen, because, tuple(others)))

    def is_number(self, name: str) -> bool:
        """Whether a column holds numbers or truth values."""
        kind = self.raw[name].type()
        return bool(kind.is_numeric() or kind.is_boolean())

    def is_list(self, name: str) -> bool:
        """Whether a column holds lists of numbers."""
        kind = self.raw[name].type()
        return bool(kind.is_array() and kind.value_type.is_numeric())

    def is_text(self, name: str) -> bool:
        """Whether a column holds text."""
        return bool(self.raw[name].type().is_string())

    @property
    def is_whole(self) -> bool:
        """Whether the sample is known to be all there is."""
        return self.rows is not None and self.rows < SAMPLE

    def values(self, name: str, whole: bool = False) -> list[tuple[Any, int]]:
        """The different values of a column, the most frequent first, each with its count: FEW + 1 at most."""
        if (name, whole) not in self.seen:
            column = (self.raw if whole else self.sample)[name]
            kept = (
                column.name("value")
                .as_table()
                .filter(number(column).notnull() if column.type().is_numeric() else column.notnull())
            )
            counted = kept.group_by("value").agg(count=ibis._.count())
            counted = counted.order_by(ibis.desc("count"), "value").limit(FEW + 1)
            rows = counted.to_pyarrow().to_pylist()
            self.seen[name, whole] = [(row["value"], int(row["count"])) for row in rows]
        return self.seen[name, whole]

    def layout(self, kind: str, scale: str, **more: Any) -> Layout:
        """Return what has been found as a Layout; more are fields of it."""
        roles = {name: self.roles.get(name, "") for name in ("truth", "weight", "group", "identity")}
        return Layout(
            cast("Kind", kind),
            cast("Scale", scale),
            **{"predictions": self.predictions, "reasons": tuple(self.reasons), **roles, **more},
        )
