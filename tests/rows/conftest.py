"""PySpark, once for all tests of rows: it takes a program without a file, such as a worker of the tests, for one of its own."""

from __future__ import annotations

import sys
import warnings
from importlib import import_module

import pytest


@pytest.fixture(scope="session", autouse=True)
def _pyspark() -> None:
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it does not support yet
        patch.setattr(sys.modules["__main__"], "__file__", __file__, raising=False)
        import_module("pyspark.sql.connect")
