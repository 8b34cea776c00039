"""What the files of the boosting libraries begin with: an objective in NumPy, row by row."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.core.objective.exports.parts import Parts, blocks
from explorer.core.printers import numpy


def opened(parts: Parts, library: str, usage: str, *notes: str) -> str:
    """Return a file's docstring: what it is, what it takes, how it is called, the lines of usage."""
    objective = parts.objective
    lines = (
        f"{objective.loss.title} as an objective for {library}, by raw score.",
        "",
        parts.scores_said,
        f"Targets: {parts.targets_said}." if parts.targets else "Targets are not read.",
        "Gradient and Hessian are each row's own, times its weight; they are not divided by the number of rows.",
        parts.hessian_said,
        *notes,
        *parts.bounds_said,
        "",
        *(f"    {line}" if line else "" for line in usage.split("\n")),
    )
    return '"""' + "\n".join(lines) + '\n"""'


def core(parts: Parts) -> tuple[Parts, list[str]]:
    """Return the parts, with a name that is free, and the imports and functions that a file begins with."""
    outputs = ("L", *parts.objective.gradients, *parts.hessians)
    printed = [numpy.code(parts.program, "steps", outputs)]
    if parts.link:
        predictions = parts.objective.loss.predictions
        printed.append(numpy.code(parts.link, "link", predictions if len(predictions) > 1 else ()))
    made = blocks(*printed)
    parts = parts.free(made)
    return parts, [*made, _rows(parts, outputs), *([_prediction(parts)] if parts.link else [])]


def _rows(parts: Parts, outputs: Iterable[str]) -> str:
    """The source of `rows`: loss, gradient and Hessian of each row."""
    several = parts.classes > 1
    shape = f"(n, {parts.classes})" if several else "(n,)"
    lines = [
        f"def rows(scores{', targets' if parts.targets else ''}{parts.positions}):",
        f'    """Loss of each row, shape (n,), and its gradient and Hessian by raw score, shape {shape}."""',
        f"    columns = {columns(parts)}",
    ]
    if parts.takes_class:
        lines.append(f"    targets = np.eye({parts.classes})[np.asarray(targets, dtype=int)].T  # a row for each class")
    elif parts.targets:
        lines.append("    targets = np.asarray(targets, dtype=np.float64)")
    targets = ", *targets" if parts.takes_class else ", targets" if parts.targets else ""
    names = ", ".join(f'"{name}"' for name in outputs)
    lines += [
        '    with np.errstate(all="ignore"):  # what overflows on the way comes out right',
        f"        found = steps({'*columns' if several else 'columns'}{targets}{parts.positions})",
        f"    zero = np.zeros({'columns.shape[1]' if several else 'columns.shape'})",
    ]
    if several:
        lines += [
            f"    loss, *slopes = (found[name] + zero for name in ({names}))",
            f"    gradient, hessian = slopes[:{parts.classes}], slopes[{parts.classes}:]",
            "    return loss, np.stack(gradient, axis=1), np.stack(hessian, axis=1)",
        ]
    else:
        lines.append(f"    return tuple(found[name] + zero for name in ({names}))")
    return "\n".join(lines)


def columns(parts: Parts) -> str:
    """Raw scores as an array; of several classes with a row for each class."""
    array = "np.asarray(scores, dtype=np.float64)"
    return f"{array}.reshape(-1, {parts.classes}).T" if parts.classes > 1 else array


def _prediction(parts: Parts) -> str:
    several = parts.classes > 1
    found = "np.stack(list(link(*columns).values()), axis=1)" if several else "link(columns)"
    return f'''\
def {parts.name}_prediction(scores):
    """What the model predicts by its raw scores."""
    columns = {columns(parts)}
    with np.errstate(all="ignore"):
        return {found}'''


def weighted(parts: Parts, found: str) -> str:
    """A product with weights, a column of them where there are several classes."""
    return f"{found} * weights[:, None]" if parts.classes > 1 else f"{found} * weights"
