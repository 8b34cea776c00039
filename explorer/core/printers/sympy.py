"""SymPy: formulas and programs in textbook form, as source that defines them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from keyword import kwlist

from sympy import Expr, Float, Integer, Rational, Symbol
from sympy.printing.str import StrPrinter

from explorer.core import functions
from explorer.core.expressions.code import free_names
from explorer.core.functions import StableFunction
from explorer.core.program import Program


class _SymPy(StrPrinter):  # type: ignore[misc]  # SymPy's printers are untyped
    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        self.names = names

    def assigned(self, expr: Expr) -> str:
        """Print what a step is set to."""
        return f"Integer({expr})" if expr.is_Integer else str(self._print(expr))  # a third of it would be a float

    def _print_Symbol(self, expr: Symbol) -> str:
        return self.names[expr.name]

    def _print_Integer(self, expr: Integer) -> str:
        return f"{expr.p}"

    def _print_Rational(self, expr: Rational) -> str:
        return f"Rational({expr.p}, {expr.q})"  # 1/3 would be a float

    def _print_Float(self, expr: Float) -> str:
        value = float(expr)
        return f'Float("{super()._print_Float(expr)}")' if math.isinf(value) else repr(value)

    def _print_Function(self, expr: Expr) -> str:
        if isinstance(expr, StableFunction):
            raise NotImplementedError(f"{type(expr).__name__} cannot be written in SymPy.")
        return str(super()._print_Function(expr))


@lru_cache(maxsize=64)
def expressions(**named: Expr) -> str:
    """Return source that defines the symbols and each named expression, in textbook form.

    Raises
    ------
    NotImplementedError
        If an expression has a function without a textbook form.
    """
    symbols = sorted({s.name for expr in named.values() for s in expr.free_symbols})
    return _source(symbols, [(Symbol(name), expr) for name, expr in named.items()])


def code(program: Program, name: str = "loss", outputs: Sequence[str] = ()) -> str:
    """Return source that defines a program's inputs as symbols and each step from those before, in textbook form.

    The steps are those that the output, or the outputs asked for, are computed from. It is no function: name is not needed.

    Raises
    ------
    NotImplementedError
        If a step has a function without a textbook form.
    """
    return _source([s.name for s in program.inputs], program.needed(outputs or [program.output]))


def _source(symbols: Sequence[str], steps: Iterable[tuple[Symbol, Expr]]) -> str:
    plain = [(name.name, functions.textbook(expr)) for name, expr in steps]
    everything = [*symbols, *(name for name, _ in plain)]
    nameless = _SymPy(dict.fromkeys(everything, "_"))
    words = {word for _, expr in plain for word in re.findall(r"\b[A-Za-z]\w*", nameless.assigned(expr))}
    words -= {*kwlist}
    names = free_names(everything, {*words, *kwlist, "symbols"}.__contains__, "_", "_")
    printer = _SymPy(names)
    lines = [f"from sympy import {', '.join([*sorted(words), *['symbols'] * bool(symbols)])}", ""]
    if symbols:
        lines.append(f'{", ".join(names[s] for s in symbols)} = symbols("{" ".join(symbols)}")')
    return "\n".join([*lines, *(f"{names[name]} = {printer.assigned(expr)}" for name, expr in plain)]) + "\n"
