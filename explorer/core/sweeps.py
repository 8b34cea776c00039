"""Evaluates a Program along sweeps of its inputs, averaged over rows: the numbers behind every curve and surface."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from sympy import Add, Expr, Symbol

from explorer.core.checks import FloatArray
from explorer.core.program import Program

BLOCK = 16_000
"""How many points times rows are computed together. Arrays of 128 kB and more come fresh from the system, page by page."""
LARGE = 100_000
"""From so many points times rows on, it pays to compute what does not vary once for all blocks."""


def averaged(
    program: Program,
    names: Iterable[str],
    values: Mapping[str, float],
    sweep: Mapping[str, ArrayLike],
    rows: Mapping[str, ArrayLike],
) -> dict[str, FloatArray]:
    """Return inputs and steps of a program along a sweep; what depends on a column of data is averaged over its rows.

    Parameters
    ----------
    names : names of inputs or steps
    values : mapping
        Input -> number.
    sweep : mapping
        Input -> column of numbers that it runs over, shape (points,), the same for all.
    rows : mapping
        Input -> column of a data set, shape (rows,), the same for all. A column that is swept as well is left out.

    Returns
    -------
    dict
        Name -> array, shape (points,), or a scalar where nothing is swept.

    Raises
    ------
    ValueError
        If an input that a name depends on is not given.
    """
    names = tuple(dict.fromkeys(names))
    points, columns = ({name: np.asarray(column, dtype=np.float64) for name, column in part.items()} for part in (sweep, rows))
    blocks = [_means(block, names) for block in _blocks(program, names, values, points, columns)]
    return {name: np.concatenate([means[name] for means in blocks]) if len(blocks) > 1 else blocks[0][name] for name in names}


def means(program: Program, values: Mapping[str, float], rows: Mapping[str, ArrayLike]) -> dict[str, float]:
    """Return each step's number, averaged over the rows where it depends on one; arguments as for `averaged`."""
    names = [step.name for step, _ in program.steps]
    return {name: float(value) for name, value in averaged(program, names, values, {}, rows).items()}


def together(
    program: Program, values: Mapping[str, float], sweeps: Sequence[Mapping[str, ArrayLike]]
) -> tuple[dict[str, float], list[dict[str, FloatArray]]]:
    """Return all inputs and steps at one place, and along some short sweeps, from one evaluation of the program.

    Parameters
    ----------
    values : mapping
        Each input -> number.
    sweeps : sequence of mappings
        Each: input -> column of numbers that it runs over, shape (points,), the same for all of one sweep.
    """
    lengths = [1, *(np.size(next(iter(sweep.values()))) for sweep in sweeps)]
    ends = np.cumsum(lengths)
    given: dict[str, FloatArray] = {name: np.asarray(value, dtype=np.float64) for name, value in values.items()}
    for name in dict.fromkeys(name for sweep in sweeps for name in sweep):
        given[name] = np.full(ends[-1], float(values[name]))
        for sweep, start, end in zip(sweeps, ends[:-1], ends[1:], strict=True):
            given[name][start:end] = sweep.get(name, values[name])
    found = {**given, **program.evaluate(given)}
    starts = ends - lengths
    here, *along = (
        {name: np.broadcast_to(value, ends[-1])[start:end] for name, value in found.items()}
        for start, end in zip(starts, ends, strict=True)
    )
    return {name: float(value[0]) for name, value in here.items()}, along


class _Block(NamedTuple):
    """Some points of a sweep, what else the steps of a part need, and how to lay it out."""

    part: Program | None
    values: Mapping[str, Any]
    points: Mapping[str, FloatArray]
    columns: Mapping[str, FloatArray]

    @property
    def shape(self) -> tuple[int, ...]:
        """That of the sweep."""
        return next((column.shape for column in self.points.values()), ())

    @property
    def axis(self) -> int:
        """Along which the rows lie: the last, or the first where there are more points, as NumPy is quick along the last."""
        return 0 if self.columns and self.points and self.shape[0] > len(next(iter(self.columns.values()))) else -1

    def arrays(self, names: Iterable[str]) -> dict[str, Any]:
        """Inputs, and the named steps, of shapes that broadcast to points and rows."""
        points_last = self.axis == 0
        points_first = self.columns and not points_last
        arrays: dict[str, Any] = dict(self.values)
        arrays |= {name: column[:, np.newaxis] if points_first else column for name, column in self.points.items()}
        arrays |= {name: column[:, np.newaxis] if points_last else column for name, column in self.columns.items()}
        return arrays | (_evaluated(self.part, arrays, names) if self.part else {})


def _blocks(
    program: Program,
    names: tuple[str, ...],
    values: Mapping[str, float],
    points: Mapping[str, FloatArray],
    columns: Mapping[str, FloatArray],
) -> Iterator[_Block]:
    """What is computed together: all, or where that is much, some points at a time."""
    columns = {name: column for name, column in columns.items() if name not in points}
    part = _part(program, names)
    length, height = (next(map(len, arrays.values()), 1) for arrays in (points, columns))
    size = max(1, BLOCK // height)
    if length <= size:
        yield _Block(part, values, points, columns)
        return
    if part and length * height >= LARGE:
        values, columns = _computed_once(part, values, points, columns)
        part = _varying(program, names, tuple(points))
    for k in range(0, length, size):
        yield _Block(part, values, {name: column[k : k + size] for name, column in points.items()}, columns)


@lru_cache(maxsize=256)
def _part(program: Program, names: tuple[str, ...]) -> Program | None:
    """The steps that some names are computed from; None where all are inputs."""
    steps = program.needed(names)
    return Program(program.inputs_of(names), steps, steps[-1][0]) if steps else None


@lru_cache(maxsize=256)
def _varying(program: Program, names: tuple[str, ...], swept: tuple[str, ...]) -> Program | None:
    """Of the steps that some names are computed from those that a sweep changes; the others have become inputs.

    In a sum, what does not change is added up first, as a step of its own: it has fewer numbers.
    """
    changed = program.depends(name for name in swept if name in program.symbols)
    steps: list[tuple[Symbol, Expr]] = []
    for name, expr in program.needed(names):
        if name in changed:
            still = [term for term in Add.make_args(expr) if changed.isdisjoint(term.free_symbols)]
            if len(still) > 1:
                steps.append((Symbol(f"still_{name}"), Add(*still)))
                expr = Add(*(term for term in expr.args if term not in still), steps[-1][0])
            steps.append((name, expr))
    used = {symbol for _, expr in steps for symbol in expr.free_symbols} - {name for name, _ in steps}
    return Program(tuple(sorted(used, key=lambda s: s.name)), tuple(steps), steps[-1][0]) if steps else None


def _computed_once(
    part: Program, values: Mapping[str, float], points: Mapping[str, FloatArray], columns: Mapping[str, FloatArray]
) -> tuple[dict[str, Any], dict[str, FloatArray]]:
    """The values, and the columns, together with the steps that no point of the sweep changes: what they are at its first."""
    given = {**values, **{name: column[0] for name, column in points.items()}, **columns}
    changed, by_row = _reached(part, points), _reached(part, columns)
    steps = {name: value for name, value in _evaluated(part, given).items() if name not in changed}
    columns = {**columns, **{name: value for name, value in steps.items() if name in by_row}}
    return {**values, **{name: value for name, value in steps.items() if name not in by_row}}, columns


def _means(block: _Block, names: tuple[str, ...]) -> dict[str, FloatArray]:
    """Each name's number at the points of a block: its mean over the rows, if it depends on them."""
    arrays = block.arrays(names)
    by_row, by_point = (
        {*given, *(_reached(block.part, given) if block.part else ())} for given in (block.columns, block.points)
    )
    means = {name: np.asarray(arrays[name], dtype=np.float64) for name in names}
    with np.errstate(all="ignore"):
        for name, value in means.items():
            if name in by_row:
                means[name] = value.mean(axis=block.axis)
            elif name in by_point:
                means[name] = value.ravel()
    return {name: np.broadcast_to(value, block.shape) for name, value in means.items()}


def _evaluated(part: Program, given: Mapping[str, Any], names: Iterable[str] | None = None) -> dict[str, FloatArray]:
    """The steps of a program that is told more than it asks for; with names those of them that are its steps."""
    inputs = {s.name for s in part.inputs}
    steps = {name.name for name, _ in part.steps}
    wanted = None if names is None else [name for name in names if name in steps]
    return part.evaluate({name: value for name, value in given.items() if name in inputs}, wanted)


def _reached(part: Program, names: Iterable[str]) -> set[str]:
    """The steps that depend on some of the names, which need not all be its inputs."""
    inputs = {s.name for s in part.inputs}
    return {s.name for s in part.depends(name for name in names if name in inputs)}
