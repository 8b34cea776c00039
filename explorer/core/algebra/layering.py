"""What operations work on: an expression, a matrix of expressions, or a Program whose steps are kept by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from graphlib import TopologicalSorter
from itertools import count
from typing import TypeAlias

from sympy import Expr, ImmutableMatrix, MatrixBase, Symbol

from explorer.core.algebra import naming, rewriting
from explorer.core.functions import reading_order
from explorer.core.program import Program, Steps

PLAIN = 3_000
"""Up to how many parts an expression is computed as it is written."""
ENDLESS = 20_000
"""From how many parts, written out, on an expression is not written out to be counted."""


@dataclass(frozen=True)
class Layered:
    """An expression, or a matrix of them, in named steps.

    Attributes
    ----------
    program : Program
        The steps.
    entries : tuple of rows of names
        Which steps or inputs stand in the matrix; one row of one name for an expression.
    """

    program: Program
    entries: tuple[tuple[str, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The entries, row by row."""
        return tuple(name for row in self.entries for name in row)

    @property
    def steps(self) -> Steps:
        """The steps that the entries need."""
        return self.program.needed(dict.fromkeys(self.names))

    def written_out(self) -> Expr:
        """Return the expression, or the matrix, in the inputs alone."""
        known: dict[Symbol, Expr] = {}
        for name, expr in self.steps:
            known[name] = rewriting.plain(expr).xreplace(known)
        rows = [[known.get(Symbol(name), Symbol(name)) for name in row] for row in self.entries]
        return ImmutableMatrix(rows) if self.shape != (1, 1) else rows[0][0]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.entries), len(self.entries[0])


Subject: TypeAlias = Expr | Layered
"""An expression, which may be a matrix, or a layered one."""


def shape(subject: Subject) -> tuple[int, int]:
    """Return rows and columns; (1, 1) for an expression."""
    if isinstance(subject, Layered):
        return subject.shape
    return subject.shape if isinstance(subject, MatrixBase) else (1, 1)


def symbols(subject: Subject) -> tuple[str, ...]:
    """Return the names that a subject is a function of: letters in order, p2 before p10."""
    if isinstance(subject, Layered):
        return tuple(s.name for s in subject.program.inputs_of(dict.fromkeys(subject.names)))
    return tuple(
        s.name for s in sorted(subject.free_symbols, key=lambda s: (s.name.rstrip("0123456789"), reading_order(s), s.name))
    )


def rows(expr: Expr) -> list[list[Expr]]:
    """Return an expression as the rows of a matrix."""
    return expr.tolist() if isinstance(expr, MatrixBase) else [[expr]]


def entries(expr: Expr) -> list[Expr]:
    """Return an expression alone, or the entries of a matrix, row by row."""
    return [entry for row in rows(expr) for entry in row]


def each(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """Change an expression, or every entry of a matrix."""
    return ImmutableMatrix(expr.applyfunc(change)) if isinstance(expr, MatrixBase) else change(expr)


def written_out(subject: Subject) -> Expr:
    """Return the subject as one expression, or one matrix of them."""
    return subject.written_out() if isinstance(subject, Layered) else subject


def operations(subject: Subject) -> int:
    """Return how many operations the subject takes: of a layered or endless one those of its steps, else as it is written."""
    if not isinstance(subject, Layered) and naming.size(*entries(subject)) > ENDLESS:
        subject = layered(subject)
    if isinstance(subject, Layered):
        return int(sum(expr.count_ops() for _, expr in subject.steps))
    return int(sum(rewriting.written(entry).count_ops() for entry in entries(subject)))


@lru_cache(maxsize=64)
def layered(expr: Expr) -> Layered:
    """Return an expression, or a matrix, in short steps, common parts once; the probabilities of a softmax are p1 ..."""
    names = tuple(s.name for s in expr.free_symbols)
    grid = rows(expr)
    every = entries(expr)
    terms = list(dict.fromkeys(term for entry in every for term in rewriting.softmax_terms(entry)))
    letters = dict(zip(terms, fresh(("p", "q", "s"), names), strict=False))
    taken = (*names, *(s.name for s in letters.values()))
    parts, reduced = naming.named(
        [*letters, *(rewriting.with_letters(e, letters) for e in every)], fresh(("u", "v", "c"), taken)
    )
    taken = (*taken, *(s.name for s, _ in parts))
    outputs = _outputs(grid, taken)
    steps = [*parts, *zip(letters.values(), reduced[: len(letters)], strict=True)]
    steps += zip((Symbol(name) for row in outputs for name in row), reduced[len(letters) :], strict=True)
    inputs = tuple(map(Symbol, symbols(expr)))
    return Layered(Program(inputs, _in_order(steps), Symbol(outputs[-1][-1])), outputs)


def plainly(expr: Expr) -> Layered:
    """Return an expression, or a matrix, a step for each entry as it is written; of a long one common parts are named."""
    if naming.size(*entries(expr)) > PLAIN:
        return layered(expr)
    outputs = _outputs(rows(expr), [s.name for s in expr.free_symbols])
    steps = [
        (Symbol(name), entry)
        for names, entries in zip(outputs, rows(expr), strict=True)
        for name, entry in zip(names, entries, strict=True)
    ]
    return Layered(Program(tuple(map(Symbol, symbols(expr))), tuple(steps), steps[-1][0]), outputs)


def fresh(letters: Sequence[str], taken: Iterable[str]) -> Iterator[Symbol]:
    """Return symbols p1, p2, ... for the first of the letters that no name which is taken begins with."""
    used = {name.rstrip("0123456789") for name in taken}
    longer = (letters[0] * n for n in count(2))
    letter = next((letter for letter in letters if letter not in used), None) or next(x for x in longer if x not in used)
    return (Symbol(f"{letter}{k}") for k in count(1))


def _outputs(grid: list[list[Expr]], taken: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """A name for each entry: L, or L1, L2 ... of a column or a row, L1_1 ... of a matrix."""
    height, width = len(grid), len(grid[0])
    names = set(taken)
    for k in count():
        letter = f"L{'_' * k}"
        made = tuple(tuple(letter + _place(i, j, height, width) for j in range(1, width + 1)) for i in range(1, height + 1))
        if names.isdisjoint(name for row in made for name in row):
            return made
    raise AssertionError  # pragma: no cover


def _place(i: int, j: int, height: int, width: int) -> str:
    if (height, width) == (1, 1):
        return ""
    return f"{max(i, j)}" if 1 in (height, width) else f"{i}_{j}"


def _in_order(steps: Sequence[tuple[Symbol, Expr]]) -> Steps:
    """The steps such that each stands after those that it needs."""
    known = dict(steps)
    needs = {name: [s for s in sorted(expr.free_symbols, key=str) if s in known] for name, expr in steps}
    return tuple((name, known[name]) for name in TopologicalSorter(needs).static_order())


def reverse(layers: Layered, wrt: Sequence[Symbol]) -> tuple[Program, list[tuple[str, ...]]]:
    """Return the program with the derivatives of each entry by inputs, in reverse mode, and their names, one row an entry."""
    program = layers.program
    program = replace(program, inputs=(*program.inputs, *(s for s in wrt if s not in program.inputs)))
    names = []
    for entry in layers.names:
        prefix = next(x for x in _prefixes() if not any(name.startswith(x) for name in program.symbols))
        program = program.gradient(wrt, of=entry, prefix=prefix)
        names.append(tuple(f"{prefix}{s.name}" for s in wrt))
    return program, names


def slopes(layers: Layered, by: Iterable[str], known: Sequence[Expr] = ()) -> Layered:
    """Return the derivatives of the one entry by some symbols, as a row, in a program that has that entry as well.

    Parameters
    ----------
    known : sequence of Expr, optional
        The derivatives in the order of the symbols, where reverse mode need not find them.
    """
    wrt = tuple(by)
    if not known:
        program, rows_of_names = reverse(layers, tuple(map(Symbol, wrt)))
        return Layered(program, tuple(rows_of_names))
    program = layers.program
    prefix = next(x for x in _prefixes() if not any(name.startswith(x) for name in program.symbols))
    names = tuple(f"{prefix}{name}" for name in wrt)
    parts, reduced = naming.named(known, fresh(("u", "v", "c"), (*program.symbols, *names)))
    steps = {step.name: expr for step, expr in (*parts, *zip(map(Symbol, names), reduced, strict=True))}
    return Layered(program.extended(steps), (names,))


def _prefixes() -> Iterator[str]:
    yield "d_"
    yield from (f"d{k}_" for k in count(2))
