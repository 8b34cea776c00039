"""What the files for PyTorch, JAX and Keras share: the loss, with slopes of its own where automatic ones lose digits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from sympy import Function, Symbol

from explorer.core.objective.exports.parts import Parts, blocks
from explorer.core.program import Program

OTHERWISE = frozenset({"absolute", "direction", "expm1", "logsumexp", "norm", "power_surprise", "sigmoid", "tanh", "xdivy"})
"""Functions whose slope automatic differentiation finds with fewer digits or not at all: s (1 - s) is 0 where s rounds to 1.

And absolute: at 0 PyTorch has the slope 0, JAX has 1.
"""


class Printer(Protocol):
    """A printer's `code`."""

    def __call__(self, program: Program, name: str = "loss", outputs: Sequence[str] = ()) -> str:
        """Return a function with all that it calls."""


def has_own_slopes(parts: Parts) -> bool:
    """Whether a file brings the loss's slopes: those of automatic differentiation are others somewhere, or there are none."""
    called = {type(node).__name__ for _, expr in parts.value.steps for node in expr.atoms(Function)}
    known = dict(parts.sloped.steps)
    return bool(called & OTHERWISE) or all(known[Symbol(step)].is_zero for step in parts.objective.gradients)


def core(parts: Parts, code: Printer) -> tuple[Parts, list[str], list[str]]:
    """Return the parts, with a name that is free, and lines of imports and functions that are printed of them."""
    printed = [code(parts.value, "losses")]
    if has_own_slopes(parts):
        printed.append(code(parts.sloped, "slopes", parts.objective.gradients))
    if parts.link:
        predictions = parts.objective.loss.predictions
        printed.append(code(parts.link, "link", predictions if len(predictions) > 1 else ()))
    made = blocks(*printed)
    functions = [block for block in made if block.startswith("def ")]
    lines = {line for block in made if block not in functions for line in block.split("\n")}
    return parts.free(made), [line for line in lines if line.startswith(("import ", "from "))], functions


def imports(lines: Sequence[str], *others: str) -> str:
    """Return lines of imports, those of the standard library first."""
    found = sorted({*lines, *others}, key=lambda line: (line.startswith("from "), line))
    standard = "\n".join(line for line in found if line == "import math")
    rest = "\n".join(line for line in found if line != "import math")
    return f"{standard}\n\n{rest}" if standard else rest


def opened(parts: Parts, library: str, usage: str, *notes: str) -> str:
    """Return a file's docstring: what it is, what it takes, how it is called, the lines of usage."""
    several = parts.classes > 1
    own = "Slopes by raw score keep their digits where automatic differentiation loses some; nothing else has a slope."
    lines = (
        f"{parts.objective.loss.title} as a loss for {library}, by raw score.",
        "",
        parts.scores_said,
        f"There are {parts.classes} raw scores along the last axis." if several else "There is one raw score an example.",
        f"Targets: {parts.targets_said}." if parts.targets else "Targets are not read.",
        *([own] if has_own_slopes(parts) else []),
        *parts.bounds_said,
        *notes,
        "",
        *(f"    {line}" if line else "" for line in usage.split("\n")),
    )
    return '"""' + "\n".join(lines) + '\n"""'


def given(parts: Parts, columns: str, parameter: Callable[[str], str] = str) -> str:
    """Return what the printed functions are called with: raw scores, those of several classes by columns, and all else."""
    scores = f"*{columns}" if parts.classes > 1 else "scores"
    targets = ["*targets" if len(parts.targets) > 1 else "targets"] if parts.targets else []
    return ", ".join([scores, *targets, *(parameter(name) for name in parts.names.values())])


def places(parts: Parts) -> str:
    """Return the slopes as a function's printed dict holds them, in the order of the raw scores."""
    return ", ".join(f'found["{step}"]' for step in parts.objective.gradients)
