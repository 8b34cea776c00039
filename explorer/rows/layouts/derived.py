"""Columns to compute before rows are recognised: the class of one-hot targets, probabilities of percentages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import ibis

from explorer.rows.expressions import Column
from explorer.rows.layouts.names import shown
from explorer.rows.layouts.search import Search
from explorer.rows.spec import Layout, Reason


class DerivedError(ValueError):
    """Rows that are recognised as soon as they have other columns; the text says what is wrong with those they have.

    Attributes
    ----------
    columns : mapping
        Name -> expression over the table: what is to be added, or put in place of a column of that name.
    dropped : tuple of str
        Columns that stand for nothing then.
    given : mapping
        What `recognise` is told then.
    reasons : tuple of Reason
        Why; they take the place of those that are about the same.
    """

    def __init__(
        self,
        said: str,
        columns: Mapping[str, Column],
        reasons: Sequence[Reason],
        *,
        dropped: Sequence[str] = (),
        given: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(said)
        self.columns = dict(columns)
        self.reasons = tuple(reasons)
        self.dropped = tuple(dropped)
        self.given = dict(given or {})

    def applied(self, raw: ibis.Table) -> ibis.Table:
        """Return the table with the columns that it should have."""
        return raw.mutate(**self.columns).drop(*(name for name in self.dropped if name not in self.columns))

    def explained(self, layout: Layout) -> Layout:
        """Return a layout with these reasons."""
        about = {reason.about for reason in self.reasons}
        return replace(layout, reasons=(*self.reasons, *(reason for reason in layout.reasons if reason.about not in about)))


def percentages(search: Search, because: str, given: dict[str, str] | None = None) -> DerivedError:
    """Return what says that predictions are probabilities times 100, and divides them."""
    columns = search.predictions
    if search.is_list(columns[0]):
        divided = {columns[0]: search.raw[columns[0]].map(lambda value: value.cast("float64") / 100)}
    else:
        divided = {name: search.raw[name].cast("float64") / 100 for name in columns}
    said = f"The predictions in {shown(columns)} are percentages; divide them by 100."
    reason = Reason("percentages", shown(columns), f"{because} They are divided by 100.", ("logit",))
    return DerivedError(said, divided, [reason], given=given)


def chosen_classes(column: str, held: str, otherwise: str = "") -> ValueError:
    """Return what refuses a column of classes in place of predictions; held is what it holds."""
    return ValueError(
        f"The column {column!r} holds {held}, as classes chosen, not probabilities; a loss needs one probability or logit a "
        f"class{otherwise}."
    )
