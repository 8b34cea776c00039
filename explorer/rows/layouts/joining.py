"""Predictions in one table, the truth in another."""

from __future__ import annotations

import ibis

from explorer.rows.expressions import ROW, own_columns, text
from explorer.rows.layouts import names
from explorer.rows.layouts.names import shown


def joined(predictions: ibis.Table, truth: ibis.Table, identity: str | None = None) -> ibis.Table:
    """Return predictions beside the targets of another table, matched by their identities.

    Rows that one of the tables lacks stay, without a target or a prediction. Where both have a column of one name, that of
    the predictions ends in _prediction.

    Parameters
    ----------
    predictions, truth : ibis.Table
        The tables; the order of the first is kept.
    identity : str, optional
        The column that both have.

    Raises
    ------
    ValueError
        If no column, or more than one, can be the identity; if an identity is not unique; if none is in both tables.
    """
    if identity is None and len(own_columns(truth)) == 1:
        return _by_order(predictions, truth)
    truth = truth.drop(ROW) if ROW in truth.columns else truth
    name, other = _common_identity(predictions, truth, identity)
    left, right = predictions.rename({"id of both": name}), truth.rename({"id of both": other})
    kinds = left["id of both"].type(), right["id of both"].type()
    if kinds[0] != kinds[1]:
        left, right = (table.mutate(**{"id of both": text(table["id of both"])}) for table in (left, right))
    for table, role, column in ((left, "predictions", name), (right, "truth", other)):
        _check_unique(table, role, column)
    taken = {column.casefold(): column for column in left.columns}
    both = {taken[column.casefold()] for column in right.columns if column.casefold() in taken} - {"id of both"}
    left = left.rename({_renamed(column, taken): column for column in both})
    left = left if ROW in left.columns else left.mutate(**{ROW: ibis.row_number()})
    right = right.rename({"id of truth": "id of both"})
    whole = left.outer_join(right, left["id of both"] == right["id of truth"])
    _check_shared(whole, name)
    id_of = ibis.coalesce(whole["id of both"], whole["id of truth"])
    return whole.mutate(**{"id of both": id_of}).drop("id of truth").rename({name: "id of both"})


def _by_order(predictions: ibis.Table, truth: ibis.Table) -> ibis.Table:
    """Predictions beside a single column of targets: with nothing to match them by, rows belong together in their order."""
    (column,) = own_columns(truth)
    left, right = (
        table if ROW in table.columns else table.mutate(**{ROW: ibis.row_number()}) for table in (predictions, truth)
    )
    counts = [int(table.count().to_pyarrow().as_py()) for table in (left, right)]
    if counts[0] != counts[1]:
        raise ValueError(
            f"The truth is a single column, {column!r}, of {counts[1]:,} rows for {counts[0]:,} predictions; as many were "
            "expected, or a column in both that says which row is which."
        )
    taken = {name.casefold(): name for name in left.columns}
    if same := taken.get(column.casefold()):
        if len(taken) > 2 and "truth" not in taken:  # several predictions, the order's column beside them
            return _by_order(predictions, truth.rename({"truth": column}))
        left = left.rename({_renamed(same, taken): same})
    right = right.rename({"row of the truth": ROW})
    return left.join(right, left[ROW] == right["row of the truth"]).drop("row of the truth")


def _renamed(column: str, taken: dict[str, str]) -> str:
    name = f"{column}_prediction"
    while name.casefold() in taken:
        name += "_prediction"
    return name


def _common_identity(predictions: ibis.Table, truth: ibis.Table, identity: str | None) -> tuple[str, str]:
    folded = {column.casefold(): column for column in truth.columns}
    named = own_columns(predictions)
    common = [name for name in named if name.casefold() in folded]
    if identity is not None:
        if identity.casefold() not in {name.casefold() for name in common}:
            raise ValueError(
                f"There is no column {identity!r} in both tables; the predictions have {shown(named)}, the truth "
                f"{shown(truth.columns)}."
            )
        common = [name for name in common if name.casefold() == identity.casefold()]
    chosen = names.identities(common)[:1] or (common if len(common) == 1 else _different(truth, common, folded))
    if not chosen:
        raise ValueError(
            f"No column says which row is which in both tables; the predictions have {shown(named)}, the truth "
            f"{shown(truth.columns)}; expected id in both."
        )
    return chosen[0], folded[chosen[0].casefold()]


def _different(truth: ibis.Table, common: list[str], folded: dict[str, str]) -> list[str]:
    """The only one of the common columns whose values are all different in the truth; none where several are, or none is."""
    if not common:
        return []
    different = {f"c{k}": truth[folded[name.casefold()]].nunique() for k, name in enumerate(common)}
    found = truth.aggregate(rows=truth.count(), **different).to_pyarrow().to_pylist()[0]
    chosen = [name for k, name in enumerate(common) if found[f"c{k}"] == found["rows"] > 1]
    return chosen if len(chosen) == 1 else []


def _check_unique(table: ibis.Table, role: str, column: str) -> None:
    counted = table.group_by("id of both").agg(count=ibis._.count())
    twice = counted.filter((counted["count"] > 1) & counted["id of both"].notnull())
    answer = twice.aggregate(several=twice.count(), such=text(twice["id of both"]).min()).to_pyarrow().to_pylist()[0]
    if answer["several"]:
        raise ValueError(
            f"{answer['several']} values of {column!r} stand more than once in the {role}, such as {answer['such']!r}; "
            "they must be unique."
        )


def _check_shared(whole: ibis.Table, column: str) -> None:
    shared = (whole["id of both"].notnull() & whole["id of truth"].notnull()).cast("int64").sum()
    if not whole.aggregate(shared=shared).to_pyarrow().to_pylist()[0]["shared"]:
        raise ValueError(f"No value of {column!r} stands in both tables.")
