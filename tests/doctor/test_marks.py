"""What is marked on a curve."""

from __future__ import annotations

import numpy as np

from explorer.doctor import understand
from explorer.doctor.marks import Mark, marks


def marked(losses: list[float]) -> tuple[Mark, ...]:
    history = understand(history=losses).history
    assert history is not None
    return marks(history)


def test_a_plateau_names_its_constant() -> None:
    (found,) = marked([3.1, 2.7, 2.4, *[2.3026, 2.3025, 2.3027, 2.3026] * 3])
    assert (found.kind, found.start, found.end) == ("plateau", 3, 14)
    assert found.said.endswith(", which is ln 10")


def test_onset_spikes_and_jumps() -> None:
    assert [(m.kind, m.start) for m in marked([1.0, 0.8, 0.7, float("nan"), float("nan")])] == [("nan", 3)]
    falling = [2.0 / (1 + 0.1 * k) for k in range(40)]
    falling[20] *= 4
    assert [(m.kind, m.start) for m in marked(falling)] == [("spike", 20)]
    noise = 1 + 0.05 * np.random.default_rng(0).normal(size=40)
    (jump,) = [m for m in marked([float(a * (1 if k < 20 else 8)) for k, a in enumerate(noise)]) if m.kind == "jump"]
    assert jump.start == 20
    assert marked([1 / (1 + 0.3 * k) for k in range(30)]) == ()
