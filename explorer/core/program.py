"""A Program: a formula as named steps. It computes, differentiates and prints itself.

Its gradient is a program too, by reverse-mode differentiation over the steps, so it grows as backpropagation does and not
as the inlined formula would. The languages to take it away in stand above it, in `printers`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sympy import Add, Expr, Float, Integer, Mul, S, Symbol, nan, zoo

from explorer.core import functions
from explorer.core.expressions import javascript, numpy
from explorer.core.functions import StableFunction

Steps = tuple[tuple[Symbol, Expr], ...]
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Program:
    """Named steps, each one expression in the inputs and the steps before it.

    Parameters
    ----------
    inputs : tuple of Symbol
        What the program is a function of.
    steps : tuple of (Symbol, Expr)
        In order: a step may use inputs and earlier steps.
    output : Symbol
        The step that is the program's value; every loss calls it L.

    Raises
    ------
    ValueError
        If a name is not a plain identifier or is taken twice, a step uses what is not yet known, or output is no step.

    Examples
    --------
    >>> from sympy import symbols
    >>> y, t = symbols("y t")
    >>> error = Program((y, t), ((Symbol("L"), (y - t) ** 2),))
    >>> float(error.gradient(["y"]).evaluate({"y": 3, "t": 1})["d_y"])
    4.0
    """

    inputs: tuple[Symbol, ...]
    steps: Steps
    output: Symbol = Symbol("L")  # noqa: RUF009  # symbols are immutable

    def __post_init__(self) -> None:
        """Check that the steps can be run in order."""
        known: set[Symbol] = set()
        for symbol in (*self.inputs, *(name for name, _ in self.steps)):
            if not _NAME.fullmatch(symbol.name):
                raise ValueError(f"A name must be letters, digits and underscores after a letter; got {symbol.name}.")
            if symbol in known:
                raise ValueError(f"Every name must stand once; got {symbol.name} twice.")
            known.add(symbol)
        known = set(self.inputs)
        for name, expr in self.steps:
            if unknown := expr.free_symbols - known:
                raise ValueError(f"Step {name} must use inputs and earlier steps; got {min(map(str, unknown))}.")
            known.add(name)
        if self.output not in known - set(self.inputs):
            raise ValueError(f"The output must be a step; got {self.output}.")

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy what the program is into another process, not what was compiled of it here."""
        return Program, (self.inputs, self.steps, self.output)

    @cached_property
    def symbols(self) -> dict[str, Symbol]:
        """Every input and step by its name."""
        return {s.name: s for s in (*self.inputs, *(name for name, _ in self.steps))}

    @cached_property
    def _uses(self) -> dict[Symbol, frozenset[Symbol]]:
        """Step -> the inputs and steps that stand in its expression."""
        return {name: frozenset(expr.free_symbols) for name, expr in self.steps}

    def symbol(self, name: str | Symbol) -> Symbol:
        """Return the input or step called name.

        Raises
        ------
        ValueError
            If there is none.
        """
        symbol = self.symbols.get(str(name))
        if symbol is None:
            raise ValueError(f"A name must be an input or a step of the program; got {name}.")
        return symbol

    def needed(self, names: Iterable[str | Symbol]) -> Steps:
        """Return the steps that the named ones are computed from, themselves included, in order."""
        wanted = {self.symbol(name) for name in names}
        kept = []
        for name, expr in reversed(self.steps):
            if name in wanted:
                kept.append((name, expr))
                wanted |= self._uses[name]
        return tuple(reversed(kept))

    def inputs_of(self, names: Iterable[str | Symbol]) -> tuple[Symbol, ...]:
        """Return the inputs that the named inputs and steps are computed from."""
        wanted = [self.symbol(name) for name in names]
        used = set(wanted).union(*(self._uses[name] for name, _ in self.needed(wanted)))
        return tuple(s for s in self.inputs if s in used)

    def depends(self, names: Iterable[str | Symbol]) -> frozenset[Symbol]:
        """Return every symbol that depends on one of the named ones, those included."""
        reached = {self.symbol(name) for name in names}
        for name, _ in self.steps if reached else ():
            if not reached.isdisjoint(self._uses[name]):
                reached.add(name)
        return frozenset(reached)

    def gradient(self, wrt: Iterable[str | Symbol], *, of: str | Symbol | None = None, prefix: str = "d_") -> Program:
        """Return this program with its gradient, by reverse-mode differentiation, as further steps.

        Parameters
        ----------
        wrt : names or Symbols
            What to differentiate by: inputs, or steps (then with that step held as a variable of its own).
        of : name or Symbol
            The step to differentiate; the output if left out.
        prefix : str
            Goes before a name to name its derivative.

        Returns
        -------
        Program
            The same output, and a step `<prefix><name>` for each name in wrt and each step on the way: d of / d name.

        References
        ----------
        A. Griewank and A. Walther (2008), Evaluating Derivatives, chapter 3 (the reverse mode).
        """
        root = self.output if of is None else self.symbol(of)
        targets = dict.fromkeys(self.symbol(name) for name in wrt)  # as a set, in order
        on_the_way = self.depends(targets)
        contributions: dict[Symbol, list[Expr]] = {root: [S.One]}
        added: list[tuple[Symbol, Expr]] = []
        chosen: set[Symbol] = set()  # what a `where` may leave out: its slope is then 0, though that of a part be infinite

        def adjoint(symbol: Symbol) -> Expr:
            """d root / d symbol: a number as it stands, anything else as a step of its own."""
            total = Add(*contributions.get(symbol, ()))
            if symbol not in targets and total.is_number:
                return total
            name = Symbol(f"{prefix}{symbol.name}")
            added.append((name, total))
            return name

        for name, expr in reversed(self.needed([root])):
            if name not in on_the_way or name not in contributions:
                continue
            bar = adjoint(name)
            chooses = name in chosen or expr.has(functions.where)
            for argument, local in _partials(expr, on_the_way):
                local = local.xreplace({expr: name})  # sigmoid' and exp' in terms of themselves
                by_chance = name in chosen and not local.is_number
                contributions.setdefault(argument, []).append(functions.xmuly(bar, local) if by_chance else bar * local)
                if chooses:
                    chosen.add(argument)
        done = {name for name, _ in added}
        for target in targets:
            if Symbol(f"{prefix}{target.name}") not in done:
                adjoint(target)
        whole = replace(self, steps=(*self.steps, *added))
        used = {name for name, _ in whole.needed(f"{prefix}{target.name}" for target in targets)}
        return replace(self, steps=(*self.steps, *(step for step in added if step[0] in used)))

    def inline(self, name: str | Symbol | None = None, *, textbook: bool = True) -> Expr:
        """Return the output, or the named step, as one expression in the inputs.

        With textbook, stable functions are written as their plain formulas.
        """
        root = self.output if name is None else self.symbol(name)
        known: dict[Symbol, Expr] = {}
        for step, expr in self.needed([root]):
            known[step] = (functions.textbook(expr) if textbook else expr).xreplace(known)
        return known.get(root, root)

    def substitute(self, values: Mapping[str, float | Expr]) -> Program:
        """Return the program with numbers or expressions in place of some inputs.

        What a new expression depends on becomes an input. Where a number leaves a step without a value, as ln 0 does in
        algebra, the numbers stay as steps of their own instead, so that the program computes what it did before.

        Raises
        ------
        ValueError
            If a name is not an input.
        """
        by_name = {s.name: s for s in self.inputs}
        for name in values:
            if str(name) not in by_name:
                raise ValueError(f"substitute must be given inputs of the program; got {name}.")
        given = {by_name[str(name)]: _exact(value) for name, value in values.items()}
        new = {s for value in given.values() for s in value.free_symbols}
        kept = [s for s in self.inputs if s not in given]
        inputs = (*kept, *sorted(new - set(kept), key=lambda s: s.name))
        steps = tuple((name, expr.xreplace(given)) for name, expr in self.steps)
        if any(expr.has(zoo, nan) for _, expr in steps):
            numbers = {name: value for name, value in given.items() if value.is_number}
            rest = {name: value for name, value in given.items() if name not in numbers}
            steps = (*numbers.items(), *((name, expr.xreplace(rest)) for name, expr in self.steps))
        return Program(inputs, steps, self.output)

    def extended(self, steps: Mapping[str, Expr], *, inputs: Iterable[Symbol] = ()) -> Program:
        """Return the program with further steps, and further inputs that they may use."""
        more = tuple((Symbol(name), expr) for name, expr in steps.items())
        return replace(self, inputs=(*self.inputs, *inputs), steps=(*self.steps, *more))

    def including(self, other: Program, names: Mapping[str, str], given: Mapping[str, Expr] | None = None) -> Program:
        """Return this program with some steps of another one.

        Parameters
        ----------
        other : Program
            The program to take steps from.
        names : mapping
            Step of other -> its name here. What else those steps need comes along, named `<step>_<first name>`.
        given : mapping
            Input of other -> expression in this program's symbols; an input left out keeps its name.
        """
        known: dict[Symbol, Expr] = {other.symbol(name): expr for name, expr in (given or {}).items()}
        suffix = next(iter(names.values()))
        added = []
        for step, expr in other.needed(names):
            name = Symbol(names.get(step.name, f"{step.name}_{suffix}"))
            added.append((name, expr.xreplace(known)))
            known[step] = name
        return replace(self, steps=(*self.steps, *added))

    def evaluate(
        self,
        values: Mapping[str, ArrayLike],
        names: Iterable[str] | None = None,
        *,
        floats: type[np.floating[Any]] = np.float64,
    ) -> dict[str, NDArray[Any]]:
        """Run the program on numbers or arrays, with NumPy broadcasting.

        Parameters
        ----------
        values : mapping
            A value for each input.
        names : iterable of str
            The steps to return; all if left out.
        floats : type
            What to compute in, np.float32 for instance.

        Returns
        -------
        dict
            Step name -> array. Infinite or NaN where the formula is; no warning.

        Raises
        ------
        ValueError
            If an input is missing, or a name is no input or no step.
        """
        inputs = {s.name for s in self.inputs}
        if inputs != set(values):
            odd = min(inputs ^ set(values))
            raise ValueError(f"evaluate must be given each input once, {', '.join(sorted(inputs))}; got {odd} astray.")
        function = self._compiled(None if names is None else tuple(names))
        arrays = [np.asarray(values[s.name], dtype=floats) for s in self.inputs]
        with np.errstate(all="ignore"):
            return {name: np.asarray(value) + 0.0 for name, value in function(*arrays).items()}  # -0.0 -> 0.0

    @cached_property
    def _functions(self) -> dict[tuple[str, ...] | None, Callable[..., dict[str, NDArray[Any]]]]:
        """What was compiled before, by the steps returned."""
        return {}

    def _compiled(self, names: tuple[str, ...] | None) -> Callable[..., dict[str, NDArray[Any]]]:
        if names not in self._functions:
            outputs = [step.name for step, _ in self.steps] if names is None else names
            self._functions[names] = numpy.compiled(self.inputs, self.needed(outputs), outputs)
        return self._functions[names]

    def javascript(self) -> str:
        """Return the source of a JavaScript function from an object of inputs to an object of step values."""
        return javascript.function(self.inputs, self.steps)

    def operations(self) -> int:
        """Return how many operations the steps take together."""
        return int(sum(expr.count_ops() for _, expr in self.steps))


def _partials(expr: Expr, wrt: frozenset[Symbol]) -> list[tuple[Symbol, Expr]]:
    """The derivative of expr by each symbol of wrt that stands in it, in the order of their names; of a sum term by term.

    That of a function of symbols by all of them at once: SymPy would work out all for each.
    """
    if isinstance(expr, StableFunction) and all(z.is_Symbol for z in expr.args) and len(set(expr.args)) == len(expr.args):
        each = zip(expr.args, expr.partials(), strict=True)
        return sorted(((z, local) for z, local in each if z in wrt), key=lambda pair: pair[0].name)
    by_symbol: dict[Symbol, list[Expr]] = {}
    for term in Add.make_args(expr):
        for symbol in term.free_symbols & wrt:
            by_symbol.setdefault(symbol, []).append(_partial(term, symbol))
    return [(symbol, Add(*by_symbol[symbol])) for symbol in sorted(by_symbol, key=lambda s: s.name)]


def _partial(term: Expr, symbol: Symbol) -> Expr:
    """The derivative of term by symbol; of a product by the one factor that has it, as w in w h: SymPy takes long."""
    if term is symbol:
        return S.One
    if term.is_Mul:
        factors = [factor for factor in term.args if symbol in factor.free_symbols]
        if len(factors) == 1:
            return Mul(*(factor for factor in term.args if factor is not factors[0]), _partial(factors[0], symbol))
    return functions.derivative(term, symbol)


def _exact(value: float | Expr) -> Expr:
    """A number as the expression that holds exactly its float; an expression as it is."""
    if isinstance(value, Expr):
        return value
    number = float(value)
    return Integer(number) if number.is_integer() else Float(number)
