"""A sample of somebody's rows as predictions and targets for the rules to look at."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from explorer.core.checks import FloatArray
from explorer.doctor.facts import Facts
from explorer.doctor.printed import Printed
from explorer.rows import Rows, open_rows
from explorer.rows.expressions import as_double
from explorer.rows.layouts.names import ending
from explorer.rows.spec import Layout, NoNumbersError

MOST_ROWS = 100_000
MOST_NUMBERS = 2_000_000
"""As many predictions are taken out of the engine, whatever the number of columns."""
_KNOWN: WeakKeyDictionary[Rows, Facts] = WeakKeyDictionary()


def opened(rows: Any) -> Rows | NoNumbersError:
    """Return rows as they are, or open them; of predictions without a number, which are a symptom, what says so.

    Raises
    ------
    ValueError, OSError, TypeError
        As `open_rows`.
    """
    if isinstance(rows, Rows | NoNumbersError):
        return rows
    try:
        return open_rows(rows)
    except NoNumbersError as error:
        return error


def facts(rows: Rows | NoNumbersError) -> Facts:
    """Return what is known of rows: predictions, targets, kind and classes; of tokens the mean loss. Asked once of the engine.

    `sources` says how many rows of how many were looked at, and how many of these hold no number.
    """
    if isinstance(rows, NoNumbersError):
        where = f"{_counted(rows.count)} of {rows.source} ({rows.column}), none of which holds a number"
        return Facts(predictions=np.full(min(rows.count, MOST_ROWS), np.nan), rows=True, sources={"predictions": where})
    if rows not in _KNOWN:
        _KNOWN[rows] = _of_tokens(rows) if rows.layout.kind == "tokens" else _of_arrays(rows)
    return _KNOWN[rows]


def _of_tokens(rows: Rows) -> Facts:
    report = rows.report()
    where = f"the mean of {report.count:,} tokens of {rows.source}"
    loss = Printed(report.mean_loss, abs(report.mean_loss) * 1e-7)
    return Facts(loss=loss, kind="classes", rows=True, sources={"loss": where, "kind": where})


def _of_arrays(rows: Rows) -> Facts:
    """Facts of rows with classes or numbers: predictions and targets of a sample."""
    layout = rows.layout
    columns = max(len(layout.predictions), len(layout.classes) if layout.kind == "classes" else 1)
    step = -(-rows.count // max(min(MOST_ROWS, MOST_NUMBERS // columns), 1)) or 1
    drawn = _drawn(rows, step)
    scores, whole = _scores(drawn)
    targets = _targets(drawn["target"], layout)[whole]
    missing = int((~np.isfinite(scores)).any(axis=1).sum() + (~whole).sum())
    names = ", ".join(layout.predictions[:3]) + (" …" if len(layout.predictions) > 3 else "")
    looked = _counted(drawn.num_rows)
    if step > 1:
        looked = f"{drawn.num_rows:,} of {rows.count:,} rows, evenly spread,"
    sources = {
        "predictions": f"{looked} of {rows.source} ({names})"
        + (f", {missing:,} of them without a finite number" if missing else ""),
        "targets": f"column {layout.truth}",
        **dict.fromkeys(("kind", "classes"), f"recognised in {rows.source}"),
    }
    single = scores.shape[1] == 1
    return Facts(
        predictions=scores[:, 0] if single else scores,
        targets=targets,
        kind=_kind(layout, targets),
        classes=len(layout.classes) if layout.kind == "classes" else None,
        rows=True,
        sources=sources,
    )


def _counted(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _kind(layout: Layout, targets: FloatArray) -> str | None:
    """The kind of loss; None where there are signs beside raw scores, which a hinge takes as well."""
    if layout.kind == "binary" and layout.scale != "probability" and targets.size and np.nanmin(targets) < 0:
        return None
    return layout.kind


def _drawn(rows: Rows, step: int) -> pa.Table:
    """Each step-th row, its target and scores under names of their own."""
    raw, layout = rows.raw, rows.layout
    listed = raw[layout.predictions[0]]
    named = [listed] if listed.type().is_array() else [as_double(raw[name]) for name in layout.predictions]
    scores = {f"score{k}": score for k, score in enumerate(named)}
    target = raw[layout.truth]
    chosen = raw.select(place=ibis.row_number(), target=as_double(target) if _is_number(target) else target, **scores)
    return chosen.filter(chosen.place % step == 0).drop("place").to_pyarrow()


def _is_number(column: Any) -> bool:
    return bool(column.type().is_numeric() or column.type().is_boolean())


def _scores(drawn: pa.Table) -> tuple[FloatArray, Any]:
    """The predictions, shape (rows, columns), of those rows whose lists are as long as most; and which rows these are."""
    columns = [drawn[name] for name in drawn.column_names if name.startswith("score")]
    if not pa.types.is_list(columns[0].type) and not pa.types.is_large_list(columns[0].type):
        return np.column_stack([_numbers(column) for column in columns]), np.ones(drawn.num_rows, bool)
    lengths = np.asarray(pc.fill_null(pc.list_value_length(columns[0]), -1))
    usual = int(np.bincount(lengths[lengths > 0]).argmax()) if np.any(lengths > 0) else 0
    whole = lengths == usual
    kept = columns[0].filter(pa.array(whole))
    return _numbers(pc.list_flatten(kept)).reshape(-1, max(usual, 1)), whole


def _targets(column: Any, layout: Layout) -> FloatArray:
    """Targets as numbers: as they stand, or the place of their class where they are names of classes."""
    texts = not pa.types.is_floating(column.type)
    values = np.array([_number(text) for text in column.to_pylist()]) if texts else _numbers(column)
    if not layout.labels or not (texts and np.isnan(values).all()) and not _are_names(layout):
        return _without_ignored(values, layout)
    place = {label: k for k, label in enumerate(layout.labels)}
    shown = (
        column.to_pylist() if texts else [f"{value:.0f}" if value.is_integer() else repr(value) for value in values.tolist()]
    )
    return np.array([place.get(str(value), np.nan) for value in shown], dtype=np.float64)


def _are_names(layout: Layout) -> bool:
    """Whether numbers among targets are what classes are called: columns end as they do, or they stand in another order."""
    numbers = [_number(label) for label in layout.labels]
    ends = tuple(ending(name)[1] for name in layout.predictions)
    return ends == layout.labels or numbers != sorted(numbers) or bool(np.isnan(numbers).any())


def _without_ignored(values: FloatArray, layout: Layout) -> FloatArray:
    """Targets, NaN where they are padding."""
    ignored = [_number(text) for text in layout.ignored if text not in layout.labels]
    return np.where(np.isin(values, ignored), np.nan, values) if layout.labels else values


def _number(text: object) -> float:
    try:
        return float(str(text))
    except ValueError:
        return float("nan")


def _numbers(column: Any) -> FloatArray:
    return np.asarray(column.to_numpy(zero_copy_only=False) if isinstance(column, pa.Array) else column.to_numpy(), np.float64)
