"""Predictions as records, as pipelines answer: a field for each class, or a list of names and numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from explorer.rows.expressions import Column
from explorer.rows.layouts.derived import DerivedError
from explorer.rows.layouts.names import FAMILY, key, shown
from explorer.rows.layouts.search import Search
from explorer.rows.spec import Reason

MOST = 1000
"""With more names in lists of records, these are no classes."""


def of_records(search: Search) -> None:
    """Raise DerivedError where a free column holds the numbers of classes as records."""
    for name in search.free:
        column, kind = search.raw[name], search.raw[name].type()
        if kind.is_struct() and len(kind.names) > 1 and all(kind[field].is_numeric() for field in kind.names):
            fields = {str(field): column[field] for field in kind.names}
            raise _derived(name, fields, f"each row of {name!r} has a number for each of {shown(kind.names)}.")
        if kind.is_struct() and (found := _two(kind, lambda field: field.is_array(), lambda field: field.value_type)):
            classes, values = (column[field] for field in found)
            because = f"each row of {name!r} has a list of classes, {found[0]!r}, and one of their numbers, {found[1]!r}."
            labels = _labels(search.sample[name][found[0]].unnest())
            raise _derived(name, {label: values[classes.index(label)] for label in labels}, because)
        if kind.is_array() and kind.value_type.is_struct() and (found := _two(kind.value_type)):
            label, value = found
            because = f"each row of {name!r} is a list of classes, {label!r}, and their numbers, {value!r}."
            labels = _labels(search.sample[name].map(lambda entry, label=label: entry[label]).unnest())
            raise _derived(name, {one: _entry(column, label, one)[value] for one in labels}, because)


def _labels(column: Column) -> list[str]:
    """The different values of a column, in order; none where they are no classes' names, one alone or very many."""
    found = column.name("label").as_table().distinct().order_by("label").limit(MOST + 1).to_pyarrow()["label"].to_pylist()
    labels = [label for label in found if label is not None]
    return labels if 1 < len(labels) <= MOST else []


def _two(
    record: Any, fits: Callable[[Any], bool] = lambda field: True, inner: Callable[[Any], Any] = lambda field: field
) -> tuple[str, str] | None:
    """Which of the fields of a record that fit holds text, and which fractions; None where there are no such two."""
    kinds = {str(name): inner(record[name]) for name in record.names if fits(record[name])}
    texts = [name for name, kind in kinds.items() if kind.is_string()]
    numbers = [name for name, kind in kinds.items() if kind.is_floating()]
    return (texts[0], numbers[0]) if len(texts) == len(numbers) == 1 == len(record.names) - 1 else None


def _entry(column: Column, label: str, one: str) -> Column:
    return column.filter(lambda entry: entry[label] == one)[0]


def _derived(name: str, fields: dict[str, Column], because: str) -> DerivedError:
    start = name if key(name) in FAMILY else "score"  # so that a column's end is taken for its class
    columns = {f"{start}_{field}": value.cast("float64") for field, value in fields.items()}
    reason = Reason("predictions", shown(columns), because)
    said = f"The column {name!r} holds a record a row; a column a class was expected."
    return DerivedError(said, columns, [reason], dropped=[name], given={"prediction": list(columns)})
