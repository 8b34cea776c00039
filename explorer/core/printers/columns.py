"""Formulas as columns of SQL: what is needed twice becomes a column of its own, as SQL has no local names.

Its functions are those of `column_functions`, in Python's syntax.
"""

from __future__ import annotations

import ast
import operator
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import inf, isinf, nan
from typing import Any, NamedTuple

import numpy as np

from explorer.core.printers.column_functions import ALWAYS, SOURCES

_CIRCULAR = ("SIN", "COS", "TAN", "SINH", "COSH", "TANH")
_EXACT: dict[str, Callable[..., Any]] = {
    "LN": np.log, "SIGN": np.sign, "CEIL": np.ceil, "POWER": np.power, "GREATEST": lambda *x: np.max(x),
    "NULLIF": lambda x, y: nan if x == y else x,
    "EXP": np.exp, "SQRT": np.sqrt, "ABS": np.abs, "FLOOR": np.floor,
    **{name: getattr(np, name.lower()) for name in _CIRCULAR},
    **{f"A{name}": getattr(np, f"arc{name.lower()}") for name in _CIRCULAR},
}  # fmt: skip
"""SQL's own functions, of numbers that are known already."""
_WHOLE = frozenset({"FLOOR", "CEIL"})
"""Those that give whole numbers in some dialects, which divide as such."""

OR, AND, COMPARED, SUM, PRODUCT, NEGATIVE, CLOSED = range(7)
"""How tightly text holds together."""
_OPERATORS: dict[type[ast.AST], tuple[str, int, Callable[[Any, Any], Any]]] = {
    ast.Add: ("+", SUM, operator.add), ast.Sub: ("-", SUM, operator.sub), ast.Mult: ("*", PRODUCT, operator.mul),
    ast.FloorDiv: ("/", PRODUCT, operator.truediv), ast.Eq: ("=", COMPARED, operator.eq),
    ast.NotEq: ("<>", COMPARED, operator.ne), ast.Lt: ("<", COMPARED, operator.lt), ast.LtE: ("<=", COMPARED, operator.le),
    ast.Gt: (">", COMPARED, operator.gt), ast.GtE: (">=", COMPARED, operator.ge),
    ast.And: ("AND", AND, lambda x, y: x and y), ast.Or: ("OR", OR, lambda x, y: x or y),
}  # fmt: skip


class Term(NamedTuple):
    """A piece of SQL.

    Attributes
    ----------
    text : str
    holds : int
        How tightly, from OR to CLOSED.
    layer : int
        How many queries lie between the source and the columns that it needs.
    value : float, bool or None
        Of what is known already.
    simple : bool
        Whether it may be written twice: a column or a number.
    """

    text: str
    holds: int = CLOSED
    layer: int = 0
    value: float | bool | None = None
    simple: bool = False

    def within(self, holds: int) -> str:
        """Return the text where at least that tight a one may stand."""
        return self.text if self.holds >= holds else f"({self.text})"


class Column(NamedTuple):
    """A column of a layer: its name as it is written there, and what it is."""

    name: str
    text: str
    layer: int


@dataclass
class Columns:
    """Columns that grow with each formula.

    Attributes
    ----------
    functions : mapping
        What FLOATS has, for a dialect, and others: by how many arguments there are, where that may differ.
    infinity, missing : str
        Infinity and NaN there.
    named : callable
        Returns a free name for a column, as it is written, given one that it should be like.
    columns : list of Column
    """

    functions: Mapping[str, str | Callable[[int], str]]
    infinity: str
    missing: str
    named: Callable[[str], str]
    columns: list[Column] = field(default_factory=list)
    _known: dict[str, Term] = field(default_factory=dict)
    _step: str = ""

    def add(self, step: str, name: str, formula: str, known: Mapping[str, Term]) -> Term:
        """Add a step as a column of that name, given its formula in Python's syntax and the terms that its names stand for."""
        self._step = step
        return self._column(name, self._term(ast.parse(formula, mode="eval").body, known))

    def _column(self, name: str, term: Term) -> Term:
        text = _double(term.text) if term.value is not None else term.text
        self.columns.append(Column(name, text, term.layer + 1))
        return Term(name, layer=term.layer + 1, simple=True)

    def _once(self, term: Term) -> Term:
        """Return a term that may be written twice."""
        if term.simple:
            return term
        if term.text not in self._known:
            self._known[term.text] = self._column(self.named(f"{self._step}_1"), term)
        return self._known[term.text]

    def _number(self, value: float) -> Term:
        if value != value:
            return Term(self.missing, value=value, simple=True)
        if isinf(value):
            return Term(f"-{self.infinity}" if value < 0 else self.infinity, NEGATIVE if value < 0 else CLOSED, 0, value, True)
        text = str(int(value)) if value == int(value) and abs(value) < 2**31 else repr(float(value))
        if "e" not in text and sum(map(str.isdigit, text)) > 15:
            text += "e0"  # a double at once: by way of a decimal number it is rounded twice
        return Term(text, NEGATIVE if value < 0 else CLOSED, 0, value, True)

    def _term(self, node: ast.expr, known: Mapping[str, Term]) -> Term:
        match node:
            case ast.Name(name):
                return self._number({"inf": inf, "nan": nan}[name]) if name in {"inf", "nan"} else known[name]
            case ast.Constant(value):
                return self._number(float(value))  # type: ignore[arg-type]  # none but numbers stand in formulas
            case ast.UnaryOp(ast.USub(), operand):
                return self._negative(self._term(operand, known))
            case ast.BinOp(left, ast.Div(), right):
                return self._quotient(self._term(left, known), self._term(right, known))
            case ast.BinOp(left, ast.Pow(), right):
                return self._power(self._term(left, known), self._term(right, known))
            case ast.BinOp(left, sign, right) | ast.Compare(left, [sign], [right]):
                return self._pair(type(sign), self._term(left, known), self._term(right, known))
            case ast.BoolOp(sign, values):
                first, *others = [self._term(value, known) for value in values]
                for other in others:
                    first = self._both(type(sign), first, other)
                return first
            case ast.IfExp():
                return self._choice(node, known)
            case ast.Call(ast.Name(name), arguments):
                return self._call(name, [self._term(argument, known) for argument in arguments])
        raise NotImplementedError(f"{ast.unparse(node)} cannot be written in SQL.")

    def _negative(self, term: Term) -> Term:
        if term.value is not None:
            return self._number(-term.value)
        return Term(f"-{term.within(CLOSED)}", NEGATIVE, term.layer, simple=term.simple)  # two signs would begin a comment

    def _quotient(self, above: Term, below: Term) -> Term:
        if below.value:  # nothing can go wrong
            return self._pair(ast.FloorDiv, above, below)
        return self._call("divide", [above, below])

    def _power(self, base: Term, exponent: Term) -> Term:
        if base.value is None and exponent.value == 2:  # exact, as a function need not be
            base = self._once(base)
            return self._pair(ast.Mult, base, base)
        return self._call("power", [base, exponent])

    def _pair(self, sign: type[ast.AST], left: Term, right: Term) -> Term:
        text, holds, exact = _OPERATORS[sign]
        if left.value is not None and right.value is not None:
            with np.errstate(all="ignore"):
                value = exact(np.float64(left.value), np.float64(right.value))
            return self._truth(bool(value)) if holds == COMPARED else self._number(float(value))
        written = f"{left.within(holds)} {text} {right.within(holds + 1)}"
        return Term(written, holds, max(left.layer, right.layer))

    def _both(self, sign: type[ast.AST], left: Term, right: Term) -> Term:
        """A pair of conditions: one that is known decides, or has no say."""
        for one, other in ((left, right), (right, left)):
            if one.value is not None:
                return one if one.value == (sign is ast.Or) else other
        return self._pair(sign, left, right)

    def _truth(self, value: bool) -> Term:
        return Term("1 = 1" if value else "1 = 0", COMPARED, 0, value)

    def _choice(self, node: ast.IfExp, known: Mapping[str, Term]) -> Term:
        """CASE, of as many branches as follow one another; without those that are known not to be taken."""
        branches: list[tuple[Term, Term]] = []
        rest: ast.expr = node
        while isinstance(rest, ast.IfExp):
            test = self._term(rest.test, known)
            if test.value is None:
                branches.append((test, self._term(rest.body, known)))
                rest = rest.orelse
            else:
                rest = rest.body if test.value else rest.orelse
        last = self._term(rest, known)
        if not branches:
            return last
        results = [*(result for _, result in branches), last]
        text = " ".join(f"WHEN {test.text} THEN {result.text}" for test, result in branches)
        text = f"CASE {text} ELSE {last.text} END"
        if all(result.value is not None for result in results):
            text = _double(text)
        return Term(text, CLOSED, max(term.layer for term in (*results, *(test for test, _ in branches))))

    def _call(self, name: str, arguments: list[Term]) -> Term:
        if name.isupper():
            values = [argument.value for argument in arguments]
            if None not in values:
                with np.errstate(all="ignore"):
                    return self._number(float(_EXACT[name](*map(np.float64, values))))
            text = f"{name}({', '.join(argument.text for argument in arguments)})"
            return Term(_double(text) if name in _WHOLE else text, CLOSED, max(argument.layer for argument in arguments))
        source = self.functions.get(name) or ALWAYS.get(name) or SOURCES[name]
        function = _function(source if isinstance(source, str) else source(len(arguments)))
        known: dict[str, Term] = {}
        for parameter, argument in zip(function.parameters, arguments, strict=True):
            known[parameter] = self._once(argument) if function.uses[parameter] > 1 else argument
        for local, formula in function.locals:
            term = self._term(formula, known)
            known[local] = self._once(term) if function.uses[local] > 1 and term.holds > COMPARED else term
        return self._term(function.returned, known)


class _Function(NamedTuple):
    parameters: list[str]
    locals: list[tuple[str, ast.expr]]
    returned: ast.expr
    uses: Counter[str]


@cache
def _function(source: str) -> _Function:
    (definition,) = ast.parse(source.strip()).body
    assert isinstance(definition, ast.FunctionDef)
    *steps, last = definition.body
    assert isinstance(last, ast.Return)
    assert last.value is not None
    taken = [(step.targets[0].id, step.value) for step in steps if isinstance(step, ast.Assign)]  # type: ignore[attr-defined]
    read = (node.id for node in ast.walk(definition) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
    return _Function([argument.arg for argument in definition.args.args], taken, last.value, Counter(read))


def _double(text: str) -> str:
    return f"CAST({text} AS DOUBLE)"
