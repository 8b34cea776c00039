"""The probability that each row gives to the truth, as an expression of Ibis over a Table's columns."""

from __future__ import annotations

import ibis

from explorer.rows.spec import Table


def truth_probability(table: Table, rows: ibis.Table) -> ibis.expr.types.FloatingValue:
    """Return the probability given to the true class.

    Parameters
    ----------
    table : Table
        Of binary rows or of classes.
    rows : ibis.Table
        Its rows, or some of them.
    """
    columns = [rows[name] for name in table.predictions]
    if table.layout.kind == "binary":
        (score,) = columns
        if table.layout.scale == "logit":
            against = (rows.t >= 0.5).ifelse(-score, score)
            return 1 / (1 + _exp(against))
        return (rows.t >= 0.5).ifelse(score, 1 - score)
    true = ibis.cases(*((rows.t == k, column) for k, column in enumerate(columns)), else_=ibis.null("float64"))
    if table.layout.scale == "probability":
        return true
    largest = ibis.greatest(*columns)
    total = sum((_exp(column - largest) for column in columns[1:]), _exp(columns[0] - largest))
    return _exp(true - largest) / total


def _exp(value: ibis.expr.types.FloatingValue) -> ibis.expr.types.FloatingValue:
    """An exponential that no engine refuses to compute."""
    return ibis.least(ibis.greatest(value, -745.0), 709.0).exp()
