"""Formulas that people write, as they are printed: right to a few units in the last place, with their slopes, however large."""

from __future__ import annotations

import os

import numpy as np
import pytest
from mpmath import mp

from tests.core.algebra import ulps
from tests.core.printers import engines

COUNT = int(os.environ.get("POINTS", "48"))
"""How many points, by POINTS: at each of them another number for every letter. The digits of 10,000 take half an hour."""


@pytest.mark.parametrize("language", ["NumPy", "JavaScript", "C", "SQL"])
def test_value_and_slopes_are_right_to_a_few_units(language: str) -> None:
    found = ulps.worst(engines.ENGINES[language], COUNT)
    assert {what: where for what, where in found.items() if not where[0] <= ulps.ALLOWED} == {}


def test_a_unit_is_the_spacing_of_floats() -> None:
    exact = [mp.mpf(1), mp.mpf(1), mp.mpf(0), mp.mpf(1) * 10**400, mp.mpf("nan")]
    found = np.array([1 + 3 * 2.0**-52, np.inf, 5e-324, 7.0, 7.0])
    assert ulps.off(found, exact, np.zeros(5)).tolist() == [3, np.inf, 1, 0, 0]
