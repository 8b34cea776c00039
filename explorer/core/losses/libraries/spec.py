"""A Convention: what one function of a library computes for a loss; a Reading: what it gives in each dtype."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from explorer.core.losses.libraries.tape import BFLOAT16, FLOAT16, FLOAT32, FLOAT64, Number, Precision, Tape
from explorer.core.losses.spec import Loss

LIBRARIES = {
    "torch": ("PyTorch", "2.13.0"),
    "torchvision": ("torchvision", "0.28.0"),
    "keras": ("Keras", "3.15.1"),
    "jax": ("JAX", "0.10.2"),
    "optax": ("optax", "0.2.8"),
    "sklearn": ("scikit-learn", "1.9.1"),
    "xgboost": ("XGBoost", "3.2.0"),
    "lightgbm": ("LightGBM", "4.7.0"),
    "fairseq": ("fairseq", ""),
}
"""A library's module -> its name, and the version that was measured; "" of what stands in its source alone."""
EVERY = (FLOAT64, FLOAT32, FLOAT16, BFLOAT16)


@dataclass(frozen=True)
class Told:
    """What a library tells that has no automatic differentiation: each part None where it tells nothing.

    Attributes
    ----------
    value : Number, optional
    slope : Number or several, optional
        By what is predicted.
    hessian : Number, float or several, optional
        What boosting takes for the second derivative, by what the library predicts.
    """

    value: Number | None = None
    slope: Any = None
    hessian: Any = None


@dataclass(frozen=True)
class Convention:
    """What one function of a library computes.

    Attributes
    ----------
    call : str
        How it is asked: of an objective of XGBoost or LightGBM, its name and options.
    note : str
        One sentence: how it differs from the loss as /losses defines it.
    compute : function
        Of the loss's inputs, as `Loss.formula` takes them: a Number, whose slopes follow, or what is Told. None where the
        library refuses such a target, or answers another question.
    title : str
        What it is called, where that does not follow from the call.
    """

    call: str
    note: str
    compute: Callable[..., Number | Told | None]
    title: str = ""

    @property
    def module(self) -> str:
        """The library's module."""
        return self.call.removeprefix("-").removeprefix("1 + ").split(".")[0]

    @property
    def library(self) -> str:
        """The library's name."""
        return LIBRARIES[self.module][0]

    @property
    def name(self) -> str:
        """The library and its function."""
        words = self.call.removeprefix("-").split("(")[0].removeprefix(f"{self.module}.")
        is_metric = words.startswith("metric.") and self.module in {"xgboost", "lightgbm"}
        function = self.title or ("metric " if is_metric else "") + words.rsplit(".", 1)[-1]
        return f"{self.library} {function}"

    @property
    def precisions(self) -> tuple[Precision, ...]:
        """The dtypes that the library computes it in, the first the usual one."""
        if self.module == "xgboost" or (self.module == "lightgbm" and ".metric." not in self.call):
            return (FLOAT32,)
        if self.module == "lightgbm" or "_sgd_fast" in self.call:
            return (FLOAT64,)
        return EVERY[:2] if self.module == "sklearn" else EVERY


@dataclass(frozen=True)
class Answer:
    """What a convention gives in one dtype; None where it gives none.

    Attributes
    ----------
    value : float or None
    slopes : tuple of float, or None
        By each prediction of the loss.
    hessian : float or None
        By the first prediction.
    """

    value: float | None
    slopes: tuple[float, ...] | None
    hessian: float | None = None

    @property
    def slope(self) -> float | None:
        """The slope by the first prediction."""
        return self.slopes[0] if self.slopes else None


@dataclass(frozen=True)
class Reading:
    """What a convention gives at some numbers.

    Attributes
    ----------
    convention : Convention
    precision : Precision
        The usual one of the library.
    answer : Answer or None
        In that precision.
    others : mapping
        dtype -> Answer, where more than rounding changes.
    """

    convention: Convention
    precision: Precision
    answer: Answer | None
    others: Mapping[str, Answer]


@np.errstate(all="ignore")
def ask(convention: Convention, loss: Loss, at: Mapping[str, float], precision: Precision) -> Answer | None:
    """Return what a convention gives for the inputs of a loss, each rounded to the precision first."""
    tape = Tape(precision)
    numbers = {given.name: tape.number(at[given.name]) for given in loss.inputs}
    groups = [tuple(numbers[given.name] for given in entries) for entries in loss.groups]
    by = [numbers[name] for name in loss.predictions]
    vectors = zip(loss.groups, groups, strict=True)
    return answer(convention.compute, tape, [entries if inputs[0].group else entries[0] for inputs, entries in vectors], by)


def answer(
    compute: Callable[..., Number | Told | None], tape: Tape, arguments: Sequence[Any], by: Sequence[Number]
) -> Answer | None:
    """Return what a function gives of numbers of a tape, and its slopes by some of them."""
    found = compute(*arguments)
    if isinstance(found, Number):
        return Answer(float(found) + 0.0, tape.slopes(found, by))
    return None if found is None else Answer(_first(found.value), _floats(found.slope), _first(found.hessian))


def _floats(told: Any) -> tuple[float, ...] | None:
    if told is None:
        return None
    return tuple(float(each) + 0.0 for each in (told if isinstance(told, Sequence) else [told]))


def _first(told: Any) -> float | None:
    numbers = _floats(told)
    return numbers[0] if numbers else None


@np.errstate(all="ignore")
def read(convention: Convention, loss: Loss, at: Mapping[str, float]) -> Reading:
    """Return what a convention gives, and in which dtypes something else: as if exact at the numbers that they round to."""
    usual, *others = convention.precisions
    answer = ask(convention, loss, at, usual)
    return Reading(convention, usual, answer, dict(_changed(convention, loss, at, usual, others)) if answer else {})


def _changed(
    convention: Convention, loss: Loss, at: Mapping[str, float], usual: Precision, others: Sequence[Precision]
) -> Iterator[tuple[str, Answer]]:
    for precision in others:
        rounded = {name: float(precision.round(number)) for name, number in at.items()}
        if not all(given.domain.holds(rounded[given.name]) for given in loss.inputs):
            continue
        exact, found = ask(convention, loss, rounded, usual), ask(convention, loss, rounded, precision)
        if exact and found and not _same(exact, found, precision.tolerance):
            yield precision.name, found


def _same(exact: Answer, found: Answer, tolerance: float) -> bool:
    pairs = [(exact.value, found.value), *zip(exact.slopes or (), found.slopes or (), strict=False)]
    return all(a is None or b is None or is_near(b, a, tolerance) for a, b in pairs)


def is_near(found: float, expected: float, tolerance: float) -> bool:
    """Whether two numbers are one but for rounding: relative to the expected one, or to 0.001."""
    if not (math.isfinite(found) and math.isfinite(expected)):
        return found == expected or (math.isnan(found) and math.isnan(expected))
    return abs(found - expected) <= tolerance * max(abs(expected), 1e-3)
