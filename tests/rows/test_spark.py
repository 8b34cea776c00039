"""Rows that Spark has; `make engines` asks it for every analysis."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.rows.analyses import SIZE, both, differences, spark


@pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")  # PySpark is behind pandas
def test_spark_says_what_duckdb_says(tmp_path: Path) -> None:
    with spark() as address, ExitStack() as stack:
        here, there = (rows.report() for rows in both("binary", tmp_path, address, stack))
        assert list(differences((here.summary, here.faults), (there.summary, there.faults))) == []
        assert (here.count, here.faults) == (SIZE - 4, {"target missing": 3, "prediction missing": 1})
