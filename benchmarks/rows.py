"""Own rows: what each analysis costs in time and memory, beside a plain average, Polars and scikit-learn.

`python -m benchmarks.rows KIND SIZE` measures one table in a process of its own, whose peak of memory is then that table's.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
import polars
import pyarrow as pa
from pyarrow import parquet
from sklearn.metrics import log_loss

from explorer.rows import Report, open_rows

PART = 10**6
LOGARITHM = "ln(abs({}) + 1)"
"""What a logarithm a column and row costs: a floor for what computes a loss."""
CLASSES = 10
COLUMNS = {
    "binary": ("y_true", "y_score"),
    "weighted": ("y_true", "y_score", "weight"),
    "classes": ("label", *(f"logit_{k}" for k in range(CLASSES))),
}
ANALYSES: dict[str, Callable[[Report], Any]] = {
    "mean, interval": lambda report: report.summary,
    "first scan": lambda report: report.together,
    "accuracy": lambda report: report.accuracy,
    "floor": lambda report: report.floor,
    "faults": lambda report: report.faults,
    "worst 1 %": lambda report: report.worst_share(),
    "histogram": lambda report: report.histogram,
    "on the curve": lambda report: report.positions,
    "calibration": lambda report: report.calibration,
    "equal mass": lambda report: report.calibration and report.calibration.ece_mass,
    "by class: ECE": lambda report: report.calibration and report.calibration.ece_by_class,
    "temperature": lambda report: report.temperature,
    "curve of it": lambda report: report.temperature_curve,
    "confusion": lambda report: report.confusion,
    "ROC": lambda report: report.curves(),
    "worst rows": lambda report: report.worst,
    "sure, wrong": lambda report: report.confidently_wrong(),
    "wrong label": lambda report: report.likely_wrong_label(),
    "libraries": lambda report: report.libraries,
}
FIRST = ("first scan", "accuracy", "floor", "faults", "histogram", "calibration", "on the curve", "confusion", "libraries")
"""The means and the first charts: of classes one scan and the faults."""
ALONE, PROCESSOR = "alone: {}", "processor: {}"
"""Also measured: seconds of a report that is asked for nothing else, and those of all processors together."""
PAGE = (*FIRST, "worst 1 %", "equal mass", "temperature", "worst rows")
"""All that the page computes before it is complete, but the fine bins that a temperature moves."""


def written(folder: Path, kind: str, size: int) -> None:
    """Write rows in parts."""
    for number, start in enumerate(range(0, size, PART)):
        random, count = np.random.default_rng(number), min(PART, size - start)
        if kind != "classes":
            p = random.uniform(0.001, 0.999, count)
            columns = {"y_true": (random.uniform(size=count) < p).astype(np.int8), "y_score": p}
            columns |= {"weight": random.exponential(size=count)} if kind == "weighted" else {}
        else:
            z = random.normal(size=(count, CLASSES))
            t = (z + random.gumbel(size=z.shape)).argmax(1)
            columns = {"label": t} | {f"logit_{k}": z[:, k] for k in range(CLASSES)}
        parquet.write_table(pa.table(columns), folder / f"part-{number:03}.parquet", row_group_size=PART // 8)


@contextmanager
def timed(into: dict[str, float], name: str) -> Iterator[None]:
    """Note the seconds that something takes, and those of all processors together."""
    start, busy = time.perf_counter(), time.process_time()
    yield
    into[name], into[PROCESSOR.format(name)] = time.perf_counter() - start, time.process_time() - busy


def average(folder: Path, kind: str, of: str = "{}") -> tuple[float, float]:
    """Seconds of a plain average over the same columns, or of a function of these, and of processors; the best of three."""
    averages = ", ".join(f"avg({of.format(name)})" for name in COLUMNS[kind])
    query = f"SELECT {averages} FROM read_parquet('{folder}/*.parquet')"
    found = dict[str, float]()
    with duckdb.connect(config={"memory_limit": "2GB"}) as connection:
        for run in range(3):
            with timed(found, str(run)):
                connection.execute(query).fetchall()
    return min(found[str(run)] for run in range(3)), min(found[PROCESSOR.format(run)] for run in range(3))


def others(folder: Path) -> dict[str, float]:
    """Seconds of the same mean by Polars, and by scikit-learn from arrays, of binary rows."""
    found = dict[str, float]()
    t, p = polars.col("y_true"), polars.col("y_score")
    with timed(found, "Polars"):
        polars.scan_parquet(folder / "*.parquet").select(
            -(polars.when(t == 1).then(p.log()).otherwise((-p).log1p())).mean()
        ).collect()
    with timed(found, "load"):
        table = parquet.read_table(folder)
    with timed(found, "scikit-learn"):
        log_loss(table["y_true"].to_numpy(), table["y_score"].to_numpy())
    return found


def measured(folder: Path, kind: str) -> dict[str, float]:
    """Seconds of opening and of each analysis, and the peak of memory in MB, of this process."""
    found = dict[str, float]()
    for name, of in (("average", "{}"), ("logarithm", LOGARITHM)):
        found[name], found[PROCESSOR.format(name)] = average(folder, kind, of)
    with timed(found, "open"):
        rows = open_rows(folder)
    with rows:
        report = rows.report()
        for name, analysis in ANALYSES.items():
            with timed(found, name):
                analysis(report)
        for name, analysis in ANALYSES.items():
            with timed(found, ALONE.format(name)):
                analysis(rows.report())
    return found | {"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def measure(kind: str, size: int) -> dict[str, float]:
    """The same, and what others take for 10^6 and 10^7 binary rows, measured in a fresh process."""
    with TemporaryDirectory() as folder:
        written(Path(folder), kind, size)
        command = [sys.executable, "-m", "benchmarks.rows", kind, folder]
        answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        beside = others(Path(folder)) if kind == "binary" and 10**6 <= size <= 10**7 else {}
        return dict[str, float](json.loads(answer)) | beside


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[2]), sys.argv[1])))
