"""Formulas as columns of SQL, of doubles: what is needed twice becomes a column of its own, for SQL has no local names.

The functions that SQL lacks, or that raise errors in it, are written here in Python's syntax. A name in capitals is SQL's own
function, `//` its own division. None of them fails for any number, and a missing one makes the result missing.
"""

from __future__ import annotations

import ast
import operator
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import factorial, inf, isinf, nan
from typing import Any, NamedTuple

import numpy as np

from explorer.core.printers import special_columns

_ROBUST = """
    edge = alpha == 2 or alpha == inf or alpha == -inf
    size = 1 if edge else abs(alpha - 2)
    z = 0 if edge else u // size
    logarithm = log1p(z) if z < 1e17 else log(u) - log(size)
    half = u / 2 * (1 - z / 2) if abs(z) < 1e-8 else size / 2 * logarithm
    exponent = 0 if alpha == 2 else -half if alpha < 2 else half
"""
"""What the functions of Barron's general loss begin with."""
_ROBUST_BELOW = """
    ratio = (-1 if alpha < 0 else 1) if edge else alpha // size
    power = 0 if alpha == 0 else ratio * half
"""
"""What those begin with besides that are another formula for shapes below 1."""


def _head(name: str, count: int) -> tuple[str, list[str]]:
    names = [f"z{k}" for k in range(count)]
    return f"def {name}({', '.join(names)}):", names


def _largest(names: Sequence[str]) -> str:
    return f"GREATEST({', '.join(names)})" if len(names) > 1 else names[0]


def _place(names: Sequence[str]) -> str:
    """The place of the largest, which `peak` is."""
    return " else ".join([*(f"{k} if {name} == peak" for k, name in enumerate(names[:-1])), str(len(names) - 1)])


def _shift(count: int) -> str:
    head, names = _head("shift", count)
    return f"{head}\n    return {_largest(names)}"


def _argmax(count: int) -> str:
    head, names = _head("argmax", count)
    return f"{head}\n    peak = {_largest(names)}\n    return {_place(names)}"


def _logsumexp(count: int) -> str:
    head, names = _head("logsumexp", count)
    rest = " + ".join(f"(0 if place == {k} else exp({name} - anchor))" for k, name in enumerate(names))
    near = "    anchor = 0 if abs(peak) < 0.5 else peak\n    more = expm1(peak) if abs(peak) < 0.5 else 0"
    peak = f"    peak = {_largest(names)}\n    place = {_place(names)}"
    return f"{head}\n{peak}\n{near}\n    return anchor + log1p_of_positive(more + {rest})"


def _refined(count: int) -> str:
    """As the other languages have it, without loops."""
    head, (y, *z) = _head("refined", count)
    lines = [f"peak = {_largest(z)}", f"place = {_place(z)}"]
    terms, missing = [f"-{factorial(22)}"], []
    for j, name in enumerate(z, 1):
        x = "peak" if j == 1 else f"({z[0]} if place == {j - 1} else {name})"
        lines += [
            f"x{j} = min(max({x}, -700), 1)",
            f"k{j} = FLOOR(x{j} * 1.4426950408889634 + 0.5)",
            f"part{j} = x{j} - k{j} * 0.6931471805598903",
            f"f{j} = part{j} - k{j} * 5.49792301870721e-14",
            f"rest{j} = part{j} - f{j} - k{j} * 5.49792301870721e-14 - k{j} * 1.1612227229362532e-26",
            f"high{j} = 134217729 * f{j} - (134217729 * f{j} - f{j})",
        ]
        p, lost = f"f{j}", ""
        for n in range(22, 1, -1):
            c = factorial(22) // factorial(n - 1)
            if n > 13:  # what these round is nothing
                p = f"({p} + {c}) * f{j}"
                continue
            lines += [f"p{j}_{n} = {p}", f"s{j}_{n} = p{j}_{n} + {c}"]
            p = f"s{j}_{n} * f{j}"
            lost = f"({lost}(p{j}_{n} - (s{j}_{n} - {c}))) * f{j} + product_rest(s{j}_{n}, f{j}, high{j}) + "
        lines += [f"p{j} = {p}", f"size{j} = POWER(2, k{j})"]
        terms += [f"size{j} * {c}", f"size{j} * p{j}"]
        missing.append(f"size{j} * ({lost}({c} + p{j}) * rest{j})")
    lines += [f"term{k} = {term}" for k, term in enumerate(terms)]
    for k in range(1, len(terms)):
        before = f"sum{k - 1}" if k > 1 else "term0"
        lines += [f"sum{k} = {before} + term{k}"]
        missing.append(f"sum_rest({before}, term{k}, sum{k})")
    whole = f"(sum{len(terms) - 1} + ({' + '.join(missing)})) // {factorial(22)}"
    lines += [f"whole = {whole}", f"return log1p(whole) if abs({y}) < 0.5 and peak < -1e-280 else {y}"]
    return "\n    ".join([head, *lines])


def _norm(count: int) -> str:
    head, names = _head("norm", count)
    sizes = _largest([f"abs({name})" for name in names])
    rest = " + ".join(f"({name} // size) * ({name} // size)" for name in names)
    return f"{head}\n    size = {sizes}\n    return size if size == 0 or size == inf else size * SQRT({rest})"


def _direction(count: int) -> str:
    head, names = _head("direction", count)
    return f"{head}\n    return 0 if z0 == 0 else z0 / norm({', '.join(names)})"


SOURCES: dict[str, str | Callable[[int], str]] = {
    "xlogy": "def xlogy(x, y): return 0 if x == 0 else x * log(y)",
    "xlog1py": "def xlog1py(x, y): return 0 if x == 0 else x * log1p(y)",
    "xdivy": "def xdivy(x, y): return 0 if x == 0 else x / y",
    "xmuly": "def xmuly(x, y): return 0 if x == 0 else x * y",
    "focal": "def focal(x, p, g): return 0 if x == 0 else -x * (1 - p)**g * log(p)",
    "focal_surprise": "def focal_surprise(x, s, g): return 0 if x == 0 else x * s * (-expm1(-s))**g",
    "focal_slope": """
def focal_slope(x, s, g):
    moderate = min(max(s, 1e-300), 700)
    return 0 if x == 0 else x * (-expm1(-s))**g * (1 + g * moderate // expm1(moderate))""",
    "power_surprise": "def power_surprise(x, p, q): return 0 if x == 0 else -x * expm1(q * log(p)) / q",
    "entropy_gap": """
def entropy_gap(x, y):
    over_x = 0 if x == 0 else x * log1p((y - x) / (2 * x))
    over_y = 0 if y == 0 else y * log1p((x - y) / (2 * y))
    return -(over_x + over_y) / 2""",
    "sigmoid": "def sigmoid(z): return exp(z) if z < -700 else 1 // (1 + exp(-z))",
    "logit": """
def logit(p):
    near = log1p_of_positive((2 * p - 1) // (1 - p))
    return near if abs(p - 0.5) < 0.2 else log(p) - log1p(-p)""",
    "log_quotient": "def log_quotient(y): return 1 if y == 1 else log(y) // (y - 1)",
    "softplus": "def softplus(z): return max(z, 0) + log1p_of_positive(exp(-abs(z)))",
    "logistic_loss": """
def logistic_loss(t, z):
    against = 1 - t if z > 0 else t
    return (0 if against == 0 else against * abs(z)) + log1p_of_positive(exp(-abs(z)))""",
    "exp_difference": """
def exp_difference(x, y):
    d = x - y
    part = x - d
    lost = (x - (d + part)) + (part - y)
    return exp(d) + (exp(d) * lost if abs(d + 45) < 754 else 0)""",
    "logsumexp": _logsumexp,
    "refined": _refined,
    "expm1": "def expm1(x): return exp(x) - 1 if abs(x) > 1 else x if abs(x) < 1e-17 else 2 * SINH(x / 2) * EXP(x / 2)",
    "log_cosh": """
def log_cosh(x):
    size = abs(x)
    u = min(size, 1)**2
    more = 1 + u / 90 * (1 + u / 132 * (1 + u / 182 * (1 + u / 240 * (1 + u / 306))))
    rest = u / 2 * (1 + u / 12 * (1 + u / 30 * (1 + u / 56 * more)))
    far = size + (log1p_of_positive(exp(-2 * size)) - 0.6931471805599453)
    return log1p_of_positive(rest) if size < 1 else far""",
    "log_cosh_slope": "def log_cosh_slope(x): return tanh(x)",
    "norm": _norm,
    "direction": _direction,
    "general_robust": f"""
def general_robust(u, alpha):{_ROBUST}{_ROBUST_BELOW}
    below = half * (1 + power / 2) if abs(power) < 1e-8 else expm1(power) / ratio
    above = u / alpha * exp(exponent) + size / alpha * expm1(exponent)
    return below if alpha < 1 or u == inf else above""",
    "general_robust_slope": f"""
def general_robust_slope(u, alpha):{_ROBUST}
    return exp(exponent) / 2""",
    "general_robust_shape_slope": f"""
def general_robust_shape_slope(u, alpha):{_ROBUST}{_ROBUST_BELOW}
    bend = (logarithm - u / (size + u)) / 2
    mean = 1 + power / 2 if abs(power) < 1e-8 else expm1(power) / power
    series = 1 / 2 + power * (1 / 3 + power * (1 / 8 + power * (1 / 30 + power * (1 / 144 + power / 840))))
    steepness = series if abs(power) < 0.01 else (exp(power) - mean) / power
    below = half * steepness * (logarithm + ratio * u / (size + u)) / 2 - bend * mean
    tilt = (-2 if alpha < 2 else 2) / alpha * expm1(exponent)
    above = (exp(exponent) * ((u + size) * bend - u / alpha) + tilt) / alpha
    inner = below if alpha < 1 else above
    return (inf if alpha == 2 and u != 0 else 0) if edge else inner""",
    "shift": _shift,
    "argmax": _argmax,
    "positive": "def positive(z): return 1 if z > 0 else 0 if z <= 0 else z",
    "relu": "def relu(z): return 0 if z < 0 else z",
    "leaky_relu": "def leaky_relu(z): return 0.01 * z if z < 0 else z",
    "same": "def same(x, y): return 1 if x == y else 0 if x != y else x + y",
    "below": "def below(x, y): return 1 if x < y else 0 if x >= y else x + y",
    "at_most": "def at_most(x, y): return 1 if x <= y else 0 if x > y else x + y",
    "where": "def where(condition, a, b): return a if condition != 0 else b if condition == 0 else condition",
    "absolute": "def absolute(x): return ABS(x)",
    "signum": "def signum(x): return 1 if x > 0 else -1 if x < 0 else x",
    "maximum": "def maximum(x, y): return x if x >= y else y if x < y else x + y",
    "minimum": "def minimum(x, y): return x if x <= y else y if x > y else x + y",
}
SOURCES |= special_columns.SOURCES
"""All but `least_focal`: a function of any number of arguments by how many there are."""

FLOATS: dict[str, str] = {
    "exp": "def exp(x): return EXP(x)",
    "log": "def log(x): return LN(x)",
    "sqrt": "def sqrt(x): return SQRT(x)",
    "power": "def power(x, y): return POWER(x, y)",
    "divide": "def divide(x, y): return x // y",
}
"""What floats do by themselves: infinity and NaN instead of an error."""

GUARDED: dict[str, str] = {
    "exp": "def exp(x): return 0 if x < -708.39 else x + inf if x > 709.78 else EXP(x)",
    "log": "def log(x): return -inf if x == 0 else nan if x < 0 else LN(x)",
    "sqrt": "def sqrt(x): return nan if x < 0 else SQRT(x)",
    "power": """
def power(x, y):
    size = y * LN(NULLIF(ABS(x), 0))
    return (1 if y == 0 else inf if x == 0 and y < 0 else nan if x < 0 and y != FLOOR(y)
        else POWER(SIGN(x), y) * inf if size > 709.78 else 0 if size < -708.39 else POWER(x, y))""",
    "divide": "def divide(x, y): return x * inf if y == 0 else x // y",
}
"""The same, of what raises an error or makes NULL of it; the sign of a zero that divides is lost."""

ALWAYS: dict[str, str] = {
    "log1p": "def log1p(x): return -inf if x == -1 else nan if x < -1 else x if x == inf else log1p_of_positive(x)",
    "product_rest": """
def product_rest(s, f, high):
    p = s * f
    big = 134217729 * s - (134217729 * s - s)
    return ((big * high - p) + big * (f - high) + (s - big) * high) + (s - big) * (f - high)""",
    "sum_rest": "def sum_rest(x, y, s): return (x - (s - (s - x))) + (y - (s - x))",
    "log1p_of_positive": "def log1p_of_positive(x): return LN(1 + x) + (x - ((1 + x) - 1)) // (1 + x)",
    "abs": "def abs(x): return ABS(x)",
    "sign": "def sign(x): return signum(x)",
    "max": "def max(x, y): return maximum(x, y)",
    "min": "def min(x, y): return minimum(x, y)",
    "floor": "def floor(x): return FLOOR(x)",
    "ceil": "def ceil(x): return CEIL(x)",
    **{f: f"def {f}(x): return {f.upper()}(x) if ABS(x) < inf else x - x" for f in ("sin", "cos", "tan")},
    **{f: f"def {f}(x): return {f.upper()}(x)" for f in ("sinh", "cosh", "tanh", "atan", "asinh")},
    **{f: f"def {f}(x): return nan if ABS(x) > 1 else {f.upper()}(x)" for f in ("asin", "acos")},
    "acosh": "def acosh(x): return nan if x < 1 else ACOSH(x)",
    "atanh": "def atanh(x): return nan if ABS(x) > 1 else x * inf if ABS(x) == 1 else ATANH(x)",
    **special_columns.HELPERS,
}
"""What is the same everywhere.

ln(1 + x) is ln u of the float u next to 1 + x, and what u lacks over u: precise for every x that is finite.
"""

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
