"""What /categorical can be set to, points at which its program is tried, and what the numeric losses make of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import softmax

from explorer.core import losses
from explorer.core.categorical import OPTIONS, By, CategoricalView, Option, categorical_view
from explorer.core.program import Program

Vector = NDArray[np.float64]
Options = tuple[Option, ...]


@dataclass(frozen=True)
class Setup:
    """What a page is set to: how classes are predicted, how many there are, and which options are on."""

    by: By
    classes: int
    options: Options = ()

    def __str__(self) -> str:
        return "-".join([self.by, str(self.classes), *self.options])

    def view(self, *, index: int | None = None, along: int = 1) -> CategoricalView:
        return categorical_view(self.by, self.classes, frozenset(self.options), index=index, along=along)

    @property
    def program(self) -> Program:
        return self.view().program


SETS: dict[By, list[Options]] = {
    "p": [(), ("smoothing",), ("weights",), ("focal",), ("smoothing", "weights", "focal")],
    "z": [(), ("temperature",), ("smoothing", "weights"), ("focal", "temperature"), OPTIONS],
}
SETUPS = [Setup(by, classes, options) for by in SETS for classes, options in product((2, 3), SETS[by])]
SETUPS += [Setup(by, 10, options) for by in SETS for options in (SETS[by][0], SETS[by][-1])]


def every(setups: list[Setup]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("setup", setups, ids=str)


@dataclass(frozen=True)
class Point:
    """What the program is given, and what independent formulas make of it."""

    setup: Setup
    values: dict[str, float]

    @cached_property
    def by(self) -> By:
        return self.setup.by

    @cached_property
    def classes(self) -> int:
        return self.setup.classes

    @cached_property
    def found(self) -> dict[str, Vector]:
        """Every step of the program."""
        return self.setup.program.evaluate(self.values)

    def changed(self, values: dict[str, float]) -> Point:
        return Point(self.setup, self.values | values)

    def vector(self, letter: str) -> Vector:
        return np.array([self.values[f"{letter}{k}"] for k in range(1, self.classes + 1)])

    @cached_property
    def options(self) -> dict[str, Any]:
        """As the numeric losses take them."""
        weights = {"class_weights": self.vector("w")} if "w1" in self.values else {}
        return {"label_smoothing": self.values.get("epsilon", 0.0), "gamma": self.values.get("gamma", 0.0), **weights}

    @cached_property
    def T(self) -> float:
        return self.values.get("T", 1.0)

    @cached_property
    def z(self) -> Vector:
        return self.vector("z") if self.by == "z" else np.log(self.vector("p"))

    @cached_property
    def p(self) -> Vector:
        return self.vector("p") if self.by == "p" else np.asarray(softmax(self.z / self.T))

    @cached_property
    def t(self) -> Vector:
        return self.vector("t")

    @cached_property
    def coefficients(self) -> Vector:
        """What the surprise of each class is multiplied by, but for the focal factor."""
        smoothing = self.options["label_smoothing"]
        return np.asarray(((1 - smoothing) * self.t + smoothing / self.classes) * self.options.get("class_weights", 1.0))

    def loss(self, prediction: Vector, target: Vector) -> float:
        """The numeric core's, of a prediction as the page is given one."""
        if self.by == "p":
            return float(losses.cross_entropy(prediction, target, **self.options))
        return float(losses.cross_entropy_with_logits(prediction / self.T, target, **self.options))

    @cached_property
    def L(self) -> float:
        return self.loss(self.vector(self.by), self.t)

    def along(self, logits: Vector) -> float:
        return float(losses.cross_entropy_with_logits(logits / self.T, self.t, **self.options))

    @cached_property
    def d_z(self) -> Vector:
        return np.asarray(losses.cross_entropy_with_logits_gradient(self.z / self.T, self.t, **self.options) / self.T)

    @cached_property
    def d_p(self) -> Vector:
        return losses.cross_entropy_gradient(self.p, self.t, **self.options)


def hundredths(low: int, high: int) -> st.SearchStrategy[float]:
    return st.integers(100 * low, 100 * high).map(lambda k: k / 100)


THOUSANDTHS = st.integers(0, 1000).map(lambda k: k / 1000)
POSSIBLE = st.integers(1, 1000).map(lambda k: k / 1000)
COUNT = st.integers(0, 5).map(float)
LOGITS = hundredths(-3, 3)
"""Moderate, with temperatures from 0.5 up: a rounded p then still tells 1 - p."""
INPUTS = {
    "p": POSSIBLE, "z": LOGITS, "t": THOUSANDTHS, "epsilon": THOUSANDTHS, "gamma": hundredths(0, 5), "w": hundredths(0, 10),
    "T": hundredths(0, 10).map(lambda T: max(T, 0.5)), "o": st.just(0.0), "u": hundredths(-12, 12), "y": THOUSANDTHS,
    "others": COUNT, "counts": st.sampled_from([0.0, 1.0]), "hits": COUNT, "n": COUNT,
    "tx": THOUSANDTHS, "ty": THOUSANDTHS.map(lambda y: 0.866 * y),
}  # fmt: skip
"""Input, without its number -> what the page may give it, but for probabilities of 0."""


@st.composite
def points(draw: st.DrawFn, setup: Setup) -> Point:
    letters = {s.name: s.name.rstrip("0123456789") for s in setup.program.inputs}
    given = {name: draw(INPUTS[setup.by if letter == "x" else letter]) for name, letter in letters.items()}
    return Point(setup, given | {f"o{draw(st.integers(1, setup.classes))}": 1.0})


def numbered(letter: str, vector: Vector) -> dict[str, float]:
    return {f"{letter}{k}": float(x) for k, x in enumerate(vector, 1)}


def numbered_columns(letter: str, rows: Vector) -> dict[str, Vector]:
    return {f"{letter}{k}": column for k, column in enumerate(rows.T, 1)}


def at(by: By, p: Any, t: Any, options: Options = (), *, of: type[Setup] = Setup, **others: float) -> dict[str, Vector]:
    """Evaluate the view at predictions and targets; inputs that are not given are 0."""
    program = of(by, len(p), options).program
    values = dict.fromkeys((s.name for s in program.inputs), 0.0) | numbered("t", t) | others
    return program.evaluate(values | numbered(by, np.array(p) if by == "p" else np.log(p)))
