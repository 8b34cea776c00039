"""The numbers of /categorical: what its program is given, what it makes of that, and what the numeric core makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from explorer.core import losses, sweeps
from explorer.core.batch import Example
from explorer.core.options import reduced
from explorer.core.program import Program
from explorer.views.categorical.batch import right
from explorer.views.categorical.state import State
from explorer.views.view import disagreements

SWEPT = ("u", "tx", "ty")
"""The inputs that are places in a chart, not numbers of the example."""


@dataclass(frozen=True)
class Numbers:
    """A state's numbers.

    Attributes
    ----------
    values : mapping
        Each input of the program but for places in charts and columns of the batch -> number.
    rows : mapping
        Input -> column of the batch's other rows.
    all : mapping
        Each input, and each step that no place in a chart changes -> number; a step of the other rows is their mean.
    core : mapping
        Step -> number as the numeric core has it.
    row_losses : sequence of float
        The numeric core's loss of each of the other rows.
    """

    values: Mapping[str, float]
    rows: Mapping[str, Sequence[float]]
    all: Mapping[str, float]
    core: Mapping[str, float]
    row_losses: Sequence[float]

    @property
    def disagreements(self) -> tuple[str, ...]:
        """As `View`."""
        return disagreements(self.all, self.core)


def named(prefix: str, values: Iterable[float]) -> dict[str, float]:
    """Return the numbers of each class by the program's names: p1, p2 and so on."""
    return {f"{prefix}{k}": value for k, value in enumerate(values, 1)}


def numbers(state: State, program: Program) -> Numbers:
    """Return all numbers of a state, whose program this is."""
    setting, others = state.setting, state.batch.others
    values = named(state.layout.by, state.prediction) | named("t", state.shares) | named("w", state.weights)
    values |= {slider.name: value for slider, value in zip(setting.scalars, state.scalars, strict=True)}
    options = _core_options(values)
    values |= named("o", (float(k == state.along) for k in range(1, setting.classes + 1))) | _of_batch(state)
    rows = _columns(state)
    names = _settled(program)
    found = sweeps.averaged(program, names, values, {}, rows)
    everything = values | {name: float(found[name]) for name in names}
    row_losses = _row_losses(state, others, values, options)
    return Numbers(values, rows, everything, _core(state, everything, row_losses, options), row_losses)


@lru_cache(maxsize=64)
def _settled(program: Program) -> tuple[str, ...]:
    """The steps that no place in a chart changes."""
    moved = program.depends(name for name in SWEPT if name in program.symbols)
    return tuple(step.name for step, _ in program.steps if step not in moved)


def _of_batch(state: State) -> dict[str, float]:
    """What the program needs to know of the batch besides its rows."""
    others, row = state.batch.others, state.batch.row
    counts = not row.ignored and not row.problem
    found = {"others": float(len(others)), "counts": float(counts), "hits": float(sum(map(right, others)))}
    if state.weights:
        found |= named("n", (sum((e.target[k] for e in others), 0.0) for k in range(state.layout.classes)))
    return found


def _columns(state: State) -> dict[str, list[float]]:
    """The other rows by columns; where there are none, the example itself, which then counts 0 times."""
    rows = [(e.prediction, e.target) for e in state.batch.others] or [(state.prediction, state.shares)]
    return {
        f"{prefix}{k}": [row[part][k - 1] for row in rows]
        for part, prefix in enumerate("xy")
        for k in range(1, state.layout.classes + 1)
    }


def _core_options(values: Mapping[str, float]) -> dict[str, Any]:
    """The options as the numeric functions take them."""
    weights = [values[f"w{k}"] for k in range(1, 11) if f"w{k}" in values]
    return {
        "label_smoothing": values.get("epsilon", 0.0),
        "gamma": values.get("gamma", 0.0),
        "class_weights": weights or None,
    }


def _row_losses(
    state: State, examples: Sequence[Example], values: Mapping[str, float], options: Mapping[str, Any]
) -> list[float]:
    """The numeric core's loss of each row that counts."""
    if not examples:
        return []
    prediction, target = np.array([e.prediction for e in examples]), np.array([e.target for e in examples])
    if state.layout.by == "p":
        return [float(x) for x in losses.cross_entropy(prediction, target, **options)]
    return [float(x) for x in losses.cross_entropy_with_logits(prediction / values.get("T", 1.0), target, **options)]


def _core(
    state: State, found: Mapping[str, float], row_losses: Sequence[float], options: Mapping[str, Any]
) -> dict[str, float]:
    """Loss, gradient and mean of the numeric core."""
    prediction, target, temperature = np.array(state.prediction), state.shares, found.get("T", 1.0)
    if state.layout.by == "p":
        loss = losses.cross_entropy(prediction, target, **options)
        slopes = losses.cross_entropy_gradient(prediction, target, **options)
    else:
        z = prediction / temperature
        loss = losses.cross_entropy_with_logits(z, target, **options)
        slopes = losses.cross_entropy_with_logits_gradient(z, target, **options) / temperature
    counted = [*[True] * len(row_losses), found["counts"] > 0]
    mean = reduced([*row_losses, float(loss)], counted=counted)
    return {"L": float(loss), **named(f"d_{state.layout.by}", map(float, slopes)), "mean": float(mean)}
