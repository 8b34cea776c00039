"""What the tests of core share: published numbers, points to try, comparison, and a JavaScript engine."""

from __future__ import annotations

import inspect
import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from py_mini_racer import MiniRacer

from explorer.core.formulas import LOSSES
from explorer.core.program import Program

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "cases.json").read_text())

several = settings(deadline=None, max_examples=60)
few = settings(deadline=None, max_examples=20)

INTERIOR = st.floats(1e-300, 1 - 2**-53)
PROBABILITY = st.one_of(st.sampled_from([0.0, 1.0]), INTERIOR)
LOGIT = st.one_of(st.sampled_from([-1e4, -40.0, 0.0, 40.0, 1e4]), st.floats(-1e4, 1e4), st.floats(-5, 5))
FINITE = st.floats(-1e6, 1e6)
WEIGHT = st.one_of(st.just(0.0), st.floats(1e-6, 10))
ELEMENTS = {"p": PROBABILITY, "t": PROBABILITY, "z": LOGIT, "y": FINITE}
"""First letter of an input's name -> what it may be."""


def close(actual: Any, expected: Any, *, relative: float = 1e-12, absolute: Any = 0.0) -> None:
    """Assert equality up to a relative and an absolute tolerance. Infinities must be the same, and NaN never passes."""
    actual, expected, absolute = np.broadcast_arrays(actual, expected, absolute)
    same = actual == expected
    finite = np.isfinite(actual) & np.isfinite(expected)
    apart = np.abs(np.subtract(actual, expected, out=np.full(actual.shape, np.inf), where=finite))
    near = apart <= absolute + relative * np.abs(np.where(finite, expected, 0.0))
    assert np.all(same | near), f"{actual} is not {expected}"


def _programs() -> dict[str, Program]:
    found: dict[str, Program] = {}
    for name, loss in LOSSES.items():
        if "classes" in inspect.signature(loss).parameters:
            found |= {f"{name}-{classes}": loss(classes=classes) for classes in range(1, 6)}
        else:
            found[name] = loss()
    return found


PROGRAMS = _programs()
"""Every loss, with 1 to 5 classes where it has classes."""


def predictions(program: Program) -> list[str]:
    """Return the names of the inputs that are not targets."""
    return [s.name for s in program.inputs if not s.name.startswith("t")]


def columns(program: Program, size: int) -> st.SearchStrategy[dict[str, NDArray[np.float64]]]:
    """Strategy: size values for each input of a program, boundaries among them."""
    return st.fixed_dictionaries({s.name: hnp.arrays(float, size, elements=ELEMENTS[s.name[0]]) for s in program.inputs})


@lru_cache
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
