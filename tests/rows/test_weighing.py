"""Shares of the gradients against NumPy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

from explorer.rows.analyses.weighing import PARTS, shares
from explorer.rows.losses import found
from tests.rows.made import table


@pytest.mark.parametrize("scale", ["logit", "probability"])
def test_shares_of_the_gradients_of_classes_by_the_raw_scores(scale: str) -> None:
    random = np.random.default_rng(0)
    z = np.concatenate([random.normal(size=(500, 4)) * 3, 40 * np.eye(4)])  # the last are all but certain, and right
    t, w = np.concatenate([random.integers(0, 4, 500), np.arange(4)]), random.uniform(size=504)
    p = softmax(z, axis=1)
    rows = table("classes", z if scale == "logit" else p, t, weight=w, scale=scale)  # type: ignore[arg-type]
    apart = p - np.eye(4)[t]
    bent = p * (apart - (p * apart).sum(1, keepdims=True))  # of the Brier score, but for a factor
    place = np.minimum((p[np.arange(504), t] * PARTS).astype(int), PARTS - 1)
    usual, chosen = (np.bincount(place, w * np.linalg.norm(each, axis=1), PARTS) for each in (apart, bent))
    each = shares(rows, found(rows.layout, "brier_of_classes"), {})
    assert [share.rows for share in each] == np.bincount(place, minlength=PARTS).tolist()
    np.testing.assert_allclose([share.usual for share in each], usual / usual.sum(), rtol=1e-9)
    np.testing.assert_allclose([share.chosen for share in each], chosen / chosen.sum(), rtol=1e-9)
