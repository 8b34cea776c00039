"""Columns to compute before rows are recognised: the class of one-hot targets, probabilities of percentages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import ibis

from explorer.rows.expressions import Column
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
