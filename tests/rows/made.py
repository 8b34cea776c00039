"""Tables in the form that reports read, from arrays."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from explorer.rows.spec import Kind, Layout, Scale, Table

FloatArray = NDArray[np.float64]
CONNECTION = ibis.duckdb.connect(threads=1)
NUMBERS = count()
SCALES: dict[Kind, Scale] = {
    "binary": "probability",
    "classes": "probability",
    "regression": "value",
    "tokens": "log probability",
}


def table(
    kind: Kind,
    predictions: ArrayLike,
    t: ArrayLike | None = None,
    *,
    weight: ArrayLike | None = None,
    group: Sequence[str | None] | None = None,
    fault: Sequence[str | None] | None = None,
    scale: Scale | None = None,
    example: ArrayLike | None = None,
) -> Table:
    """Return a Table of predictions, shape (n,) or (n, K), and targets, shape (n,)."""
    given = np.asarray(predictions, dtype=float)
    size = len(given)
    classes: tuple[str, ...] = ("no", "yes") if kind == "binary" else ()
    if kind == "classes":
        classes = tuple(f"class {k}" for k in range(given.shape[1]))
    layout = Layout(
        kind,
        scale or SCALES[kind],
        "t",
        ("p",),
        classes,
        weight="" if weight is None else "weight",
        group="" if group is None else "group",
    )
    columns: dict[str, NDArray[np.generic] | pa.Array] = {
        "row": np.arange(size, dtype=np.int64),
        "weight": np.ones(size) if weight is None else np.asarray(weight, dtype=float),
        "fault": pa.array(fault or [None] * size, pa.string()),
    }
    if group is not None:
        columns["group"] = pa.array(group, pa.string())
    if t is not None:
        columns["t"] = np.asarray(t, dtype=np.int64 if kind == "classes" else float)
    if example is not None:
        columns["example"] = np.asarray(example, dtype=np.int64)
    names = Table(ibis.table({"row": "int64"}, name="none"), layout).predictions
    each = [pa.array(given.tolist())] if layout.wide else given.T.reshape(len(names), size)
    columns |= dict(zip(names, each, strict=True))
    name = f"made_{next(NUMBERS)}"
    CONNECTION.con.register("given", pa.table(columns))
    CONNECTION.con.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
    return Table(CONNECTION.table(name), layout)
