"""PySpark, once for all tests of rows."""

from __future__ import annotations

import pytest

from tests.rows.analyses import import_pyspark


@pytest.fixture(scope="session", autouse=True)
def _pyspark() -> None:
    import_pyspark()
