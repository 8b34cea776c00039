"""NumPy: expressions as Python that runs here, and steps compiled of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import Expr, Symbol

from explorer.core import stable_numpy
from explorer.core.expressions import python
from explorer.core.expressions.code import usual


class NumPy(python.Python):
    """Prints NumPy."""

    language = "NumPy"
    known_functions = usual("np.", **python.ARRAY_FUNCTIONS)
    sources = {name: stable_numpy.source(name) for name in stable_numpy.FUNCTIONS}
    constants = {"Infinity": "np.inf", "NaN": "np.nan", "Pi": "np.pi", "Exp1": "np.e"}
    choice = "np.where({}, {}, {})"
    words = python.WORDS | {"np", "math"}


def compiled(
    inputs: Sequence[Symbol], steps: Sequence[tuple[Symbol, Expr]], outputs: Iterable[str]
) -> Callable[..., dict[str, NDArray[Any]]]:
    """Return a function from the inputs, in order, to a dict of outputs.

    Its source holds only printed SymPy and the names of symbols, which must be plain identifiers.
    """
    printer = NumPy([s.name for s in (*inputs, *(name for name, _ in steps))], "steps")
    scope: dict[str, Any] = {"np": np, **stable_numpy.FUNCTIONS}
    source = printer.function("steps", inputs, steps, list(outputs))
    exec("\n".join([*printer.composed.values(), source]), scope)
    function: Callable[..., dict[str, NDArray[Any]]] = scope["steps"]
    return function
