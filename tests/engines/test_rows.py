"""What DuckDB says of rows, Spark says: every analysis, on the same file, through a server of Spark Connect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from explorer.rows import Report, Rows
from tests.rows.analyses import ANALYSES, KINDS, both, differences, spark

Pairs = dict[str, tuple[Rows, Rows]]


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pairs]:
    """The same rows in both engines, by kind."""
    with spark() as address, ExitStack() as stack:
        yield {kind: both(kind, tmp_path_factory.mktemp("rows"), address, stack) for kind in KINDS}


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda given: given.__name__)
@pytest.mark.parametrize("kind", KINDS)
def test_spark_says_what_duckdb_says(pairs: Pairs, kind: str, analysis: Callable[[Report], Any]) -> None:
    here, there = (analysis(rows.report()) for rows in pairs[kind])
    assert list(differences(here, there)) == []
