"""Bins of equal mass of two classes, whose edges cells of log odds narrow down, against NumPy over the sorted rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import expit

from explorer.rows.analyses import mass, scans
from explorer.rows.report import Report
from explorer.rows.spec import Scale
from tests.rows.made import table

SIZE = 3000
FloatArray = NDArray[np.floating]
Draw = Callable[[np.random.Generator], FloatArray]
CHANCES: dict[str, Draw] = {
    "even": lambda random: random.uniform(size=SIZE),
    "rare": lambda random: np.exp(random.normal(-7, 1, SIZE)),
    "sure": lambda random: expit(random.normal(size=SIZE) * 12),
    "near 1/2": lambda random: 0.5 + random.normal(size=SIZE) * 1e-4,
    "in a narrow cell": lambda random: 0.4011 + random.uniform(size=SIZE) * 1e-9,
    "in a hundredth": lambda random: np.round(random.beta(1, 5, SIZE), 2),
    "two apart by rounding": lambda random: random.choice([0.02, np.nextafter(0.02, 1)], SIZE),
    "at the ends": lambda random: random.choice([0.0, 1.0, 1e-300, 1e-17, 1 - 2**-53, 0.5], SIZE),
    "one row": lambda random: np.array([0.3]),
    "four rows": lambda random: np.array([0.3, 0.3, 0.7, 1.0]),
}
SCORES: dict[str, Draw] = {
    "usual": lambda random: random.normal(size=SIZE) * 3,
    "far out": lambda random: random.standard_cauchy(SIZE) * 20,
    "in steps": lambda random: random.integers(-5, 6, SIZE) * 0.5,
    "beyond 1 by rounding": lambda random: random.uniform(30, 60, SIZE),
}


def report(scale: Scale, name: str) -> tuple[Report, FloatArray, FloatArray]:
    """A report, and the probabilities and targets that it is on."""
    random = np.random.default_rng(len(name))
    x = (SCORES if scale == "logit" else CHANCES)[name](random)
    if scale == "logit":
        x = np.clip(x, -400, 400)
    p = np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x))) if scale == "logit" else x
    t = (random.uniform(size=len(p)) < p) * 1.0
    found = table("binary", x, t, scale=scale)
    made = Report(replace(found, layout=replace(found.layout, labels=("0", "1"))))
    assert made.odds is not None
    return made, p, t


@pytest.mark.parametrize("few", [True, False], ids=["few rows are sorted", "many are"])
@pytest.mark.parametrize(("scale", "name"), [("probability", name) for name in CHANCES] + [("logit", name) for name in SCORES])
def test_bins_are_those_of_the_sorted_rows(scale: Scale, name: str, few: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if few:
        monkeypatch.setattr(scans, "SORTED", 20)
        monkeypatch.setattr(mass, "NUMBERS", 200)
    made, p, t = report(scale, name)
    calibration = made.calibration
    assert calibration is not None
    order = np.argsort(p, kind="stable")
    p, t = p[order], t[order]
    for bins in (2, 15):
        last = [int(np.ceil(k * len(p) / bins)) for k in range(1, bins)]  # the least number of rows that reaches k of them
        edges = np.unique(p[[k - 1 for k in last]])
        each = np.searchsorted(edges, p, side="left")  # an edge belongs to the bin on its left
        found = calibration.in_bins(bins).mass_bins
        kept = [k for k in range(len(edges) + 1) if (each == k).any()]
        assert [bin.count for bin in found] == [(each == k).sum() for k in kept]
        assert [bin.target for bin in found] == pytest.approx([t[each == k].mean() for k in kept], abs=1e-12)
        assert [bin.prediction for bin in found] == pytest.approx([p[each == k].mean() for k in kept], rel=1e-9, abs=1e-12)
        high = [*edges, 1.0]
        close = 1e-15 if scale == "logit" else 0.0  # engines differ from NumPy in the last digit of exp
        assert [bin.high for bin in found] == pytest.approx([high[k] for k in kept], rel=close, abs=close)
        error = sum(abs((p[each == k] - t[each == k]).sum()) for k in kept) / len(p)
        assert calibration.in_bins(bins).ece_mass == pytest.approx(error, abs=1e-12)


def test_one_class_alone() -> None:
    found = table("binary", [0.1, 0.2, 0.4, 0.8], [1, 1, 1, 1])
    made = Report(replace(found, layout=replace(found.layout, labels=("0", "1"))), bins=2)
    assert made.calibration is not None
    assert [(bin.count, bin.target, bin.high) for bin in made.calibration.mass_bins] == [(2, 1.0, 0.2), (2, 1.0, 1.0)]
