"""What the tests of core share: published numbers, points to try, comparison, and a JavaScript engine."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import ArrayLike, NDArray
from py_mini_racer import MiniRacer
from scipy.optimize import minimize
from scipy.special import log_softmax

from explorer.core import losses
from explorer.core.domains import Input, Logit
from explorer.core.formulas import LOSSES
from explorer.core.program import Program

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "cases.json").read_text())

several = settings(deadline=None, max_examples=30)
few = settings(deadline=None, max_examples=10)
sparse = settings(deadline=None, max_examples=5)

INTERIOR = st.floats(1e-300, 1 - 2**-53)
PROBABILITY = st.one_of(st.sampled_from([0.0, 1.0]), INTERIOR)
LOGIT = st.one_of(st.sampled_from([-1e4, -40.0, 0.0, 40.0, 1e4]), st.floats(-1e4, 1e4), st.floats(-5, 5))
FINITE = st.floats(-1e6, 1e6)
WEIGHT = st.one_of(st.just(0.0), st.floats(1e-6, 10))
SMOOTHING = st.one_of(st.sampled_from([0.0, 0.1, 1.0]), st.floats(1e-6, 1))
GAMMA = st.sampled_from([0.0, 0.5, 1.0, 2.0, 5.0])
ELEMENTS = {
    "probability": PROBABILITY, "logit": LOGIT, "real": FINITE, "smoothing": SMOOTHING, "weight": WEIGHT, "focus": GAMMA
}  # fmt: skip
"""Kind of an input -> what it may be."""

OPTIONS = tuple(chain.from_iterable(combinations(("smoothing", "weights", "focal"), count) for count in range(4)))
"""Every combination of what a loss over classes may be told besides prediction and target."""


def close(actual: Any, expected: Any, *, relative: float = 1e-12, absolute: Any = 0.0) -> None:
    """Assert equality up to a relative and an absolute tolerance. Infinities must be the same, and NaN never passes."""
    actual, expected, absolute = np.broadcast_arrays(actual, expected, absolute)
    same = actual == expected
    finite = np.isfinite(actual) & np.isfinite(expected)
    apart = np.abs(np.subtract(actual, expected, out=np.full(actual.shape, np.inf), where=finite))
    near = apart <= absolute + relative * np.abs(np.where(finite, expected, 0.0))
    assert np.all(same | near), f"{actual} is not {expected}"


def _variants() -> dict[str, tuple[Program, tuple[Input, ...]]]:
    found: dict[str, tuple[Program, tuple[Input, ...]]] = {}
    for name, loss in LOSSES.items():
        variant = losses.LOSSES[name].variant
        if variant:
            for classes, options in product((1, 2, 3, 5), OPTIONS):
                on = dict.fromkeys(options, True)
                found["-".join([name, str(classes), *options])] = loss(classes, **on), variant(classes, **on).inputs
        else:
            found[name] = loss(), losses.LOSSES[name].inputs
    return found


_VARIANTS = _variants()
VARIANTS = {name: program for name, (program, _) in _VARIANTS.items()}
"""Every loss: where it has classes, with 1, 2, 3 and 5 of them and every combination of options."""
_INPUTS = {tuple(given.name for given in inputs): inputs for _, inputs in _VARIANTS.values()}

PROGRAMS = {name: p for name, p in VARIANTS.items() if name.count("-") < 2 or name.endswith("-".join(["2", *OPTIONS[-1]]))}
"""Of those, the plain ones and, with 2 classes, those with all options."""


def inputs_of(program: Program) -> tuple[Input, ...]:
    """Return what the inputs of a loss of VARIANTS stand for, with or without its slopes."""
    return _INPUTS[tuple(s.name for s in program.inputs)]


def kind(given: Input) -> str:
    """Return which of ELEMENTS an input is."""
    if given.role == "weight":
        return "weight"
    if given.role == "parameter":
        return "smoothing" if given.domain.is_share else "focus"
    return "probability" if given.domain.is_share else "logit" if isinstance(given.domain, Logit) else "real"


def predictions(program: Program) -> list[str]:
    """Return the names of the inputs that are predictions."""
    return [given.name for given in inputs_of(program) if given.role == "prediction"]


def targets(program: Program) -> list[str]:
    """Return the names of the inputs that are targets."""
    return [given.name for given in inputs_of(program) if given.role == "target"]


@cache
def with_gradient(name: str) -> Program:
    """Return a loss of VARIANTS with its slopes by all predictions: the same object each time, so it is compiled once."""
    return VARIANTS[name].gradient(predictions(VARIANTS[name]))


def loss_named(name: str) -> Callable[..., NDArray[np.float64]]:
    """Return the numeric loss or gradient of that name."""
    return getattr(losses, name)  # type: ignore[no-any-return]


def columns(program: Program, size: int) -> st.SearchStrategy[dict[str, NDArray[np.float64]]]:
    """Strategy: size values for each input of a program, boundaries among them; of an option, the same value size times."""
    columns = {name: hnp.arrays(float, size, elements=element) for name, element in ELEMENTS.items()}
    options = {name: ELEMENTS[name].map(lambda value: np.full(size, value)) for name in ("smoothing", "weight", "focus")}
    return st.fixed_dictionaries({given.name: (columns | options)[kind(given)] for given in inputs_of(program)})


def focal_loss(g: float, x: ArrayLike, logits: ArrayLike) -> float:
    """Return the focal loss of the distribution softmax(logits), by the plain formula: x says what each class counts."""
    surprise = -log_softmax(logits)
    return float(np.sum(x * (-np.expm1(-surprise)) ** g * surprise))


def least_focal_loss(g: float, x: Sequence[float]) -> float:
    """Return the least focal loss over all distributions, as a general minimiser finds it: to 5 digits."""
    used = np.array([x_k for x_k in x if x_k > 0])
    starts = (np.log(used), np.zeros(len(used)))
    tight = {"gtol": 1e-12}
    found = (float(minimize(partial(focal_loss, g, used), z, options=tight).fun) for z in starts if len(used) > 1)
    return min(found, default=0.0)


@cache
def _engine() -> MiniRacer:
    return MiniRacer()


def javascript(function: str, *arguments: Any) -> Any:
    """Call a JavaScript function, given by its source; numbers come back as floats, infinities and NaN included.

    The source is read in strict mode, as the modules of a page are.
    """
    call = f"(() => {{'use strict'; return ({function})({', '.join(map(_literal, arguments))});}})()"
    plain = "(k, v) => v instanceof Float64Array ? Array.from(v, String) : typeof v === 'number' ? String(v) : v"
    return _floats(json.loads(str(_engine().eval(f"JSON.stringify({call}, {plain})"))))


def _literal(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f'"{key}": {_literal(v)}' for key, v in value.items()) + "}"
    if isinstance(value, Sequence | np.ndarray) and np.ndim(value):
        return "[" + ", ".join(_literal(v) for v in value) + "]"
    number = float(value)
    return repr(number) if math.isfinite(number) else str(number).replace("nan", "NaN").replace("inf", "Infinity")


def _floats(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _floats(v) for key, v in value.items()}
    return [_floats(v) for v in value] if isinstance(value, list) else float(value)


def every_javascript_step(program: Program, values: Mapping[str, Any]) -> dict[str, NDArray[np.float64]]:
    """Run a program's printed JavaScript at each point: step name -> one value for each."""
    points = [dict(zip(values, point, strict=True)) for point in zip(*values.values(), strict=True)]
    results = javascript(f"(points) => points.map({_printed(program)})", points)
    return {name: np.array([result[name] for result in results]) for name in results[0]}


@cache
def _printed(program: Program) -> str:
    return program.javascript()
