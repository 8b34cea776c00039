"""Targets with one column, or one entry of a list, for each class, read as the class whose entry is 1."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass

import ibis

from explorer.rows.expressions import Column, as_double, balanced, constant, number
from explorer.rows.layouts import names
from explorer.rows.layouts.derived import DerivedError
from explorer.rows.layouts.names import shown
from explorer.rows.layouts.search import Search
from explorer.rows.portable import answer
from explorer.rows.spec import Reason

SEVERAL, OTHER = "not one class", -9
"""The target of a row of which not exactly one is 1, among names and among numbers."""

JOINED = "_prediction"
"""What a name ends in that both of two tables have."""


@dataclass(frozen=True)
class _Targets:
    """Targets one a class: what they are called, what each stands for, and what a row of them comes to."""

    columns: tuple[str, ...]
    classes: tuple[str, ...]
    low: Column
    high: Column
    total: Column

    @property
    def said(self) -> str:
        return f"The columns {shown(self.columns)} hold" if len(self.columns) > 1 else f"The column {self.columns[0]!r} holds"


def of_columns(search: Search, columns: Sequence[str]) -> None:
    """Raise DerivedError for columns of one-hot targets, ValueError for others that are numbered."""
    values = [as_double(search.raw[name]) for name in columns]
    tails = tuple(names.target_ending(name)[1] for name in columns)
    stem = names.target_ending(columns[0])[0]
    targets = _Targets(
        tuple(columns), tails, ibis.least(*values), ibis.greatest(*values), balanced(operator.add, values)
    )  # fmt: skip
    called = {names.ending(name)[1].casefold() for name in search.free if names.ending(name)[0]}
    labels: Sequence[int | str] = range(len(tails))
    if called >= {tail.casefold() for tail in tails}:
        labels = [int(tail) if tail.isdecimal() else tail for tail in tails]
    if len({type(label) for label in labels}) > 1:
        labels = tails
    place = [(value == 1, ibis.literal(label)) for value, label in zip(values, labels, strict=True)]
    name = stem if stem not in search.columns else f"{stem}_class"
    _decide(search, targets, ibis.cases(*place), values[-1], name)


def of_pairs(search: Search) -> None:
    """Raise DerivedError where a table of predictions and one of one-hot targets had columns of the same names."""
    columns = [name for name in search.free if f"{name}{JOINED}" in search.free and search.is_number(name)]
    if len(columns) < 2 or search.predictions:
        return
    values = [as_double(search.raw[name]) for name in columns]
    targets = _Targets(
        tuple(columns), tuple(columns), ibis.least(*values), ibis.greatest(*values), balanced(operator.add, values)
    )  # fmt: skip
    given = {"prediction": [f"{name}{JOINED}" for name in columns], "classes": columns}
    place = [(value == 1, name) for value, name in zip(values, columns, strict=True)]
    _decide(search, targets, ibis.cases(*place), values[-1], "class of both", given)


def of_list(search: Search, column: str) -> None:
    """Raise DerivedError for a column of one-hot lists, ValueError for one of others."""
    listed = search.raw[column]
    if not search.is_list(column):
        raise ValueError(f"The column {column!r} holds {listed.type()}; the class or the number of each row was expected.")
    targets = _Targets((column,), (), number(listed.mins()), number(listed.maxs()), number(listed.sums()))
    place = listed.index(ibis.literal(1, listed.type().value_type)).cast("int64")
    _decide(search, targets, place, as_double(listed[1]), f"{column}_class")


def _decide(
    search: Search, targets: _Targets, place: Column, last: Column, name: str, given: dict[str, list[str]] | None = None
) -> None:
    """Take the place of the 1 as class, or the last of two shares of classes as a soft target."""
    one = (targets.low >= 0) & (targets.high == 1) & (targets.total == 1)
    one_hot, soft, within = _shares(search, targets, one)
    width = len(targets.classes)
    if not width:
        longest = search.raw.aggregate(length=search.raw[targets.columns[0]].length().max())
        width = int(answer(longest).to_pylist()[0]["length"] or 0)
    if soft > 0.95 and soft - one_hot > 0.05 and width == 2:
        because = f"{soft:.0%} of the rows of {shown(targets.columns)} add to 1, as soft targets of two classes do."
        reason = Reason("truth", name, f"{because} The share of the second is taken.", (shown(targets.columns),))
        raise DerivedError(_refused(targets), {name: last}, [reason], dropped=targets.columns, given={"truth": name})
    if one_hot > 0.5 and soft - one_hot <= 0.05:
        because = f"{one_hot:.0%} of the rows of {shown(targets.columns)} have one 1 and else 0, as one-hot targets do."
        reason = Reason("truth", name, because, (shown(targets.columns),))
        text = place.type().is_string()
        other = ibis.literal(SEVERAL) if text else ibis.literal(OTHER, "int64")
        target = ibis.cases((one, place if text else place.cast("int64")), (targets.total.notnull(), other))
        told = {"truth": name} | (given or {})
        raise DerivedError(_refused(targets), {name: target}, [reason], dropped=targets.columns, given=told)
    if len(targets.columns) > 1 and not all(tail.isdecimal() for tail in targets.classes):
        return  # they are called so for another reason
    if soft > 0.95:
        raise ValueError(
            f"{targets.said} soft targets, shares of {width} classes that add to 1; losses of rows take one class a row, or "
            "shares of two."
        )
    if within > 0.95:
        raise ValueError(
            f"{targets.said} 0 and 1 for {width} classes, but only {one_hot:.0%} of the rows have one 1, as one-hot targets "
            "do; where a row may have several labels, open each label by itself: truth=..., prediction=..."
        )
    raise ValueError(_refused(targets))


def _shares(search: Search, targets: _Targets, one: Column) -> tuple[float, float, float]:
    """Of the rows with targets, which part has one 1, adds to 1, and lies within 0 and 1."""
    asked = {"one": one, "shares": (targets.low >= 0) & ((targets.total - 1).abs() <= constant(1e-3))}
    asked["within"] = (targets.low >= 0) & (targets.high <= 1)
    rows = search.raw.select(given=targets.total, **asked).limit(50_000)
    counts = {name: rows[name].fill_null(False).cast("int64").sum() for name in asked}
    found = answer(rows.aggregate(filled=rows.given.count(), **counts)).to_pylist()[0]
    filled = max(int(found["filled"]), 1)
    one_hot, soft, within = (int(found[name] or 0) / filled for name in asked)
    return one_hot, soft, within


def _refused(targets: _Targets) -> str:
    what = "numbers one a class" if len(targets.columns) > 1 else "a list a row"
    return f"{targets.said} {what}; targets are one class or number a row, or one-hot: one 1 and else 0."
