"""Splits expressions into named steps: what stands twice gets a name, and more names keep every step short.

A long step cannot be differentiated, printed or read in time that grows with its length alone: the derivatives of a product of
n factors have n(n - 1) of them. Nor can one in which our functions stand in each other: some repeat, written out, what is in
them, so that their length doubles with each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from operator import mul
from typing import Any

from sympy import Add, Dummy, Expr, Function, Mul, Pow, S, Symbol, preorder_traversal
from sympy.simplify.cse_main import opt_cse

from explorer.core.algebra.copying import rebuilt
from explorer.core.functions import StableFunction

SHORT = 150
"""Up to how many parts, written out, expressions count as short, and are left whole but for what stands in them twice."""
LONGEST_STEP = 16
"""Parts that a step of others has at most; more only where they are all arguments of one function."""


def named(entries: Sequence[Expr], names: Iterator[Symbol]) -> tuple[list[tuple[Symbol, Expr]], list[Expr]]:
    """Return the steps that some expressions need, each after those that it needs itself, and what is left of each of them."""
    common = opt_cse(entries, order="none")  # what products, or sums, have in common only in part
    order, uses = _parts(entries, common)
    steps = _Steps(names, SHORT if is_short(*entries) else LONGEST_STEP)
    known: dict[Expr, Expr] = {}
    for node in order:
        function, arguments = _taken_apart(node, common)
        made = steps.put_together(function, [known.get(argument, argument) for argument in arguments])
        known[node] = steps.named(made) if uses[node] > 1 else made
    return steps.taken, [known.get(entry, entry) for entry in entries]


class _Steps:
    """Named steps, none with more parts than `longest` but where all are arguments of one function."""

    def __init__(self, names: Iterator[Symbol], longest: int) -> None:
        self.names, self.longest = names, longest
        self.taken: list[tuple[Symbol, Expr]] = []
        self.sizes: dict[Expr, int] = {}

    def named(self, expr: Expr) -> Symbol:
        """Return the name of a further step."""
        self.taken.append((next(self.names), expr))
        return self.taken[-1][0]

    def put_together(self, function: Any, arguments: list[Expr]) -> Expr:
        """Return a function of arguments that are short, kept short by naming the longest, or of a sum some terms together."""
        weights = _weights(function, len(arguments))
        while (length := self._length(arguments, weights)) > self.longest:
            if function in (Add, Mul):
                groups = self._grouped(arguments)
                arguments = [self.named(group[0] if len(group) == 1 else function(*group)) for group in groups]
                weights = (1,) * len(arguments)
                continue
            place = max(range(len(arguments)), key=lambda k: weights[k] * self.sizes.get(arguments[k], 0))
            if arguments[place] not in self.sizes:
                break
            arguments[place] = self.named(arguments[place])
        made = function(*arguments) if function in (Add, Mul, Pow) else rebuilt(function, tuple(arguments))
        self.sizes[made] = length
        return made

    def _length(self, arguments: Sequence[Expr], weights: Sequence[int]) -> int:
        return 1 + sum(w * self.sizes.get(argument, 1) for w, argument in zip(weights, arguments, strict=True))

    def _grouped(self, arguments: Sequence[Expr]) -> list[list[Expr]]:
        """Arguments in groups that are no longer than a step."""
        groups: list[list[Expr]] = []
        room = 0
        for argument in arguments:
            room -= self.sizes.get(argument, 1)
            if room < 0:
                groups.append([])
                room = self.longest - 1 - self.sizes.get(argument, 1)
            groups[-1].append(argument)
        return groups


def _taken_apart(node: Expr, common: dict[Expr, Any]) -> tuple[Any, tuple[Expr, ...]]:
    form = common.get(node, node)
    return form.func, tuple(S(argument) if isinstance(argument, int) else argument for argument in form.args)


def _parts(entries: Sequence[Expr], common: dict[Expr, Any]) -> tuple[list[Expr], Counter[Expr]]:
    """Every part but atoms, once, after what it is made of; and how often each stands in another. Not by recursion."""
    uses = Counter(entries)
    order: list[Expr] = []
    seen: set[Expr] = set()
    waiting = [(entry, False) for entry in reversed(entries)]
    while waiting:
        node, ready = waiting.pop()
        if ready:
            order.append(node)
        elif node.args and node not in seen:
            seen.add(node)
            arguments = _taken_apart(node, common)[1]
            uses.update(arguments)
            waiting += [(node, True), *((argument, False) for argument in reversed(arguments))]
    return order, uses


def is_short(*entries: Expr) -> bool:
    """Whether some expressions are short, and stay so when they are written out or differentiated."""
    return size(*entries, weights=_weights) <= SHORT


def size(*entries: Expr, weights: Callable[..., tuple[int, ...]] | None = None) -> int:
    """Return how many parts some expressions have, each as often as it stands in them, written out.

    weights says how often each argument of a function counts, as often as it stands in it if left out.
    """
    sizes: dict[Expr, int] = {}
    for node in _parts(entries, {})[0]:
        lengths = (sizes.get(argument, 1) for argument in node.args)
        sizes[node] = 1 + sum(map(mul, (weights or _repeats)(node.func, len(node.args)), lengths))
    return sum(sizes.get(entry, 1) for entry in entries)


@cache
def _weights(function: Any, count: int) -> tuple[int, ...]:
    """How often each of so many arguments stands in the derivative of a function: a power and a function repeat theirs."""
    least = 2 if issubclass(function, Function | Pow) else 1
    return tuple(max(least, repeated) for repeated in _repeats(function, count))


@cache
def _repeats(function: Any, count: int) -> tuple[int, ...]:
    """How often each of so many arguments stands in a function that is written out."""
    if not issubclass(function, StableFunction):
        return (1,) * count
    letters = [Dummy() for _ in range(count)]
    counts = Counter(preorder_traversal(function(*letters).textbook()))
    return tuple(max(counts[letter], 1) for letter in letters)
