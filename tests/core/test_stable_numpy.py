"""The stable functions in NumPy: with numbers and with arrays alike, and their source."""

from __future__ import annotations

from inspect import signature
from itertools import product
from typing import Any

import numpy as np
import pytest

from explorer.core import stable_numpy


@pytest.mark.parametrize("name", stable_numpy.FUNCTIONS)
def test_a_function_of_python_numbers_is_that_of_numpys_however_large_they_are(name: str) -> None:
    """Python's own powers and quotients would raise."""
    function = stable_numpy.FUNCTIONS[name]
    hostile = (0.0, 1.0, 0.5, -1e200, 1e308, -1e308, 5e-324, np.inf, -np.inf, np.nan)
    for numbers in product(hostile, repeat=len(signature(function).parameters)):
        with np.errstate(all="ignore"):
            found, expected = function(*numbers), function(*map(np.asarray, numbers))
        np.testing.assert_array_equal(found, expected)


def test_source_defines_the_function_without_annotations() -> None:
    scope: dict[str, Any] = {"np": np}
    source = stable_numpy.source("xdivy")
    assert "Any" not in source
    exec(source, scope)
    assert scope["xdivy"](1.0, 4.0) == 0.25
