"""Every analysis of rows, asked of two engines, and whether they say the same."""

from __future__ import annotations

import math
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet
from pysail.spark import SparkConnectServer
from scipy.special import softmax

from explorer.rows import Report, Rows, open_rows
from explorer.rows.analyses.tempering import tables
from explorer.rows.analyses.weighing import shares
from explorer.rows.losses import found

SIZE = 2000
KINDS = ("binary", "alike", "logit", "alike logit", "classes", "regression", "tokens")


def written(kind: str) -> pa.Table:
    """Rows with ties, weights and groups, and some that do not count or have an infinite loss; alike ones have no weights."""
    random = np.random.default_rng(15)
    common = {
        "id": np.arange(SIZE),
        "weight": np.where(np.arange(SIZE) % 50 == 0, 0.0, random.uniform(0.1, 3, SIZE)),
        "group": pa.array([None if k % 40 == 0 else f"g{k % 3}" for k in range(SIZE)]),
    }
    if kind.startswith("alike"):
        del common["weight"]
    if kind not in {"classes", "regression", "tokens"}:
        z = np.round(random.normal(0, 2, SIZE), 2)
        t = (random.uniform(size=SIZE) < 1 / (1 + np.exp(-z / 2))).astype(float)
        z[:4], t[:4], t[5:8] = (math.inf, -math.inf, math.inf, math.nan), (0, 0, 1, 1), math.nan
        return pa.table({"y_true": t, "y_score": z if kind.endswith("logit") else 1 / (1 + np.exp(-z))} | common)
    if kind == "classes":
        z = random.normal(size=(SIZE, 3)) * 2
        p = softmax(z, axis=1)
        names = np.array(["cat", "dog", "owl"])[[random.choice(3, p=each) for each in p]]
        p[:2], names[:2], p[2] = (1, 0, 0), ("cat", "dog"), math.nan
        return pa.table({"label": names} | {f"prob_{name}": p[:, k] for k, name in enumerate(("cat", "dog", "owl"))} | common)
    if kind == "regression":
        y = np.round(random.normal(size=SIZE), 2)
        t = y + random.normal(size=SIZE)
        t[3:5] = math.nan, math.inf
        return pa.table({"y": t, "yhat": y} | common)
    lengths = random.integers(0, 20, SIZE // 10)
    drawn = [[None, *(-random.exponential(1, length)).tolist()] for length in lengths]
    drawn[3:5] = [], [0.5, -9999.0]
    return pa.table({"id": np.arange(len(drawn)), "logprobs": pa.array(drawn, pa.list_(pa.float64()))})


def summed_up(report: Report) -> Any:
    return report.summary, report.faults, report.accuracy, report.floor, report.worst_share(0.01), report.worst_share(0.5)


def histograms(report: Report) -> Any:
    return report.histogram, report.above(1.5), report.positions


def calibrated(report: Report) -> Any:
    if (known := report.calibration) is None:
        return None
    forms = known.bins, known.mass_bins, known.brier
    return *forms, known.ece, known.mce, known.ece_debiased, known.ece_mass, known.ece_by_class, known.in_bins(11).bins


def tempered(report: Report) -> Any:
    moved = tables(report.table, SIZE) if report.table.layout.kind == "classes" else None
    return report.temperature, report.temperature_curve, moved


def by_parts(report: Report) -> Any:
    return report.cells, report.confusion, report.by_class, report.by_group


def traced(report: Report) -> Any:
    return report.curves()


def listed(report: Report) -> Any:
    of_classes = report.worst_rows(3, "class") if report.calibration else []
    by_group = report.worst_rows(3, "group") if report.by_group else []
    suspects = report.confidently_wrong(10), report.likely_wrong_label(10), report.in_bin(12, 10)
    return report.worst, of_classes, by_group, suspects, report.in_bin(8, 10, temperature=1.7)


def agreed(report: Report) -> Any:
    return report.libraries


def weighed(report: Report) -> Any:
    layout = report.table.layout
    if layout.kind not in {"binary", "classes"}:
        return None
    return shares(report.table, found(layout, "focal" if layout.kind == "binary" else None), {})


ANALYSES = (summed_up, histograms, calibrated, tempered, by_parts, traced, listed, agreed, weighed)


def import_pyspark() -> None:
    """Import PySpark: it takes a program without a file, such as a worker of the tests, for one of its own."""
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it does not support yet
        patch.setattr(sys.modules["__main__"], "__file__", __file__, raising=False)
        import_module("pyspark.sql.connect")


@contextmanager
def spark() -> Iterator[str]:
    """The address of a server of Spark Connect."""
    import_pyspark()
    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    assert server.listening_address
    yield f"sc://127.0.0.1:{server.listening_address[1]}"
    server.stop()


def both(kind: str, folder: Path, address: str, stack: ExitStack) -> tuple[Rows, Rows]:
    """The same rows in DuckDB and in an engine elsewhere, until the stack is left."""
    path = folder / f"{kind}.parquet"
    parquet.write_table(written(kind), path)
    return stack.enter_context(open_rows(path)), stack.enter_context(open_rows(str(path), engine=address))


def differences(here: Any, there: Any, where: str = "") -> Iterator[str]:
    """Where two answers are not alike: numbers may differ in the last digits, as sums in another order do."""
    if is_dataclass(here) and not isinstance(here, ibis.Table):
        here, there = ({f.name: getattr(x, f.name) for f in fields(here)} for x in (here, there))
    if callable(here) or isinstance(here, ibis.Table):
        return
    if isinstance(here, Mapping):
        if here.keys() != there.keys():
            yield f"{where}: {sorted(map(str, here))} and {sorted(map(str, there))}"
        for key in here.keys() & there.keys():
            yield from differences(here[key], there[key], f"{where}.{key}")
    elif isinstance(here, Sequence | np.ndarray) and not isinstance(here, str):
        if len(here) != len(there):
            yield f"{where}: {len(here)} and {len(there)} entries"
        for k, (one, other) in enumerate(zip(here, there, strict=False)):
            yield from differences(one, other, f"{where}[{k}]")
    elif not alike(here, there):
        yield f"{where}: {here!r} and {there!r}"


def alike(one: Any, other: Any) -> bool:
    """Whether two values are the same, fractions but for rounding."""
    if not isinstance(one, float | np.floating):
        return bool(one == other)
    return (math.isnan(one) and math.isnan(other)) or math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
