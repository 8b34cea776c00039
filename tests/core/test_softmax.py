"""Losses of many positions: however they fall into blocks, each position gets what it gets alone."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from scipy.special import log_softmax

from explorer.core import losses, softmax
from tests.core.helpers import LOGIT, WEIGHT, close, few

CLASSES = 3
LOGITS = hnp.arrays(float, st.tuples(st.integers(0, 30), st.just(CLASSES)), elements=LOGIT)


@few
@given(z=LOGITS, block=st.integers(1, 5), gamma=st.sampled_from([0.0, 2.0]), data=st.data())
@pytest.mark.parametrize("suffix", ["", "_gradient"])
def test_blocks_of_any_size_give_the_same(
    suffix: str, z: NDArray[np.float64], block: int, gamma: float, data: st.DataObject
) -> None:
    k = data.draw(hnp.arrays(np.int64, len(z), elements=st.integers(0, CLASSES - 1)))
    t = data.draw(hnp.arrays(float, z.shape, elements=WEIGHT))
    for name, target in ((f"index_cross_entropy_with_logits{suffix}", k), (f"cross_entropy_with_logits{suffix}", t)):
        loss = getattr(losses, name)
        whole = loss(z, target, gamma=gamma)
        with patch.object(softmax, "BLOCK", block):
            np.testing.assert_array_equal(loss(z, target, gamma=gamma), whole)


def test_more_positions_than_one_block_holds_against_scipy() -> None:
    random = np.random.default_rng(0)
    count = 9 * softmax.BLOCK + 5  # enough that the blocks are shared among the processors
    z, k = random.normal(size=(count, CLASSES)), random.integers(0, CLASSES, count)
    logs = log_softmax(z, axis=-1)
    close(losses.index_cross_entropy_with_logits(z, k), -logs[np.arange(count), k])
    close(losses.index_cross_entropy_with_logits_gradient(z, k), np.exp(logs) - np.eye(CLASSES)[k], absolute=1e-15)
    t = random.random((count, CLASSES))
    close(losses.cross_entropy_with_logits(z, t), -(t * logs).sum(axis=-1))
    focal = -(t * (1 - np.exp(logs)) ** 2 * logs).sum(axis=-1)
    close(losses.cross_entropy_with_logits(z, t, gamma=2), focal)


@few
@given(z=LOGITS, base=st.sampled_from([0, 1]), data=st.data())
def test_loss_and_gradient_together_are_those_taken_alone(z: NDArray[np.float64], base: int, data: st.DataObject) -> None:
    k = data.draw(hnp.arrays(np.int64, len(z), elements=st.integers(base, base + CLASSES - 1)))
    loss, gradient = losses.index_cross_entropy_with_logits_and_gradient(z, k, base=base)
    np.testing.assert_array_equal(loss, losses.index_cross_entropy_with_logits(z, k, base=base))
    np.testing.assert_array_equal(gradient, losses.index_cross_entropy_with_logits_gradient(z, k, base=base))
