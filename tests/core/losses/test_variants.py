"""Losses made for another number of classes, negatives or pixels, and with options."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.core.losses import LOSSES, cross_entropy
from tests.core.losses.oracle import faults

SIZES = {"classes": "classes", "pairs": "negatives", "overlap": "pixels"}
VARIED = [name for name, loss in LOSSES.items() if loss.variant]


@pytest.mark.parametrize("name", VARIED)
def test_a_variant_has_as_many_entries_as_asked(name: str) -> None:
    size = SIZES[LOSSES[name].family]
    loss, more = (LOSSES[name].variant(**{size: count}) for count in (2, 4))  # type: ignore[misc]  # those listed have one
    assert len(more.predictions) == len(loss.predictions) + (4 if size == "negatives" else 2)
    assert list(more.starts) == [symbol.name for symbol in more.program().inputs]


@pytest.mark.parametrize("name", VARIED)
def test_a_variant_of_nothing_is_refused(name: str) -> None:
    size = SIZES[LOSSES[name].family]
    with pytest.raises(ValueError, match=f"^{size} must be at least 1; got 0\\.$"):
        LOSSES[name].program(**{size: 0})


def test_a_cross_entropy_with_all_options_is_its_textbook_form() -> None:
    loss = LOSSES["cross_entropy"].variant(classes=2, smoothing=True, weights=True, focal=True)  # type: ignore[misc]
    assert list(faults(replace(loss, name="cross_entropy with options"))) == []


def test_an_option_takes_a_number_in_the_same_call() -> None:
    program = LOSSES["cross_entropy"].program(classes=2, smoothing=True, epsilon=0.1)
    p, t = (0.3, 0.7), (1.0, 0.0)
    found = program.evaluate({"p1": p[0], "p2": p[1], "t1": t[0], "t2": t[1]})["L"]
    np.testing.assert_allclose(found, cross_entropy(p, t, label_smoothing=0.1), rtol=1e-14)


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("dpo", {"gamma": 1}, "dpo has no option gamma; it has w, l, beta."),
        ("infonce", {"classes": 3}, "infonce has no option classes; it has negatives, q1, q2, p1, p2, n11, n12"),
        ("cross_entropy", {"smoothing": True, "epsilon": 2}, "epsilon must be a number from 0 to 1; got 2."),
    ],
)
def test_an_option_that_a_loss_has_not_is_refused(name: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        LOSSES[name].program(**options)
