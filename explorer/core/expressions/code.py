"""What the languages share: arithmetic, functions by their names there, and a name for every symbol.

In each of them a program computes with doubles as `Program.evaluate` does: a number too large for one is infinite, and one
that is not real is NaN.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Set
from typing import Any, ClassVar

from sympy import Expr, Float, Integer, Pow, Rational, S, Symbol, symbols
from sympy.printing.codeprinter import CodePrinter, PrintMethodNotImplementedError
from sympy.printing.precedence import PRECEDENCE

from explorer.core import functions

LARGEST = 2**53
"""The largest whole number up to which a double holds every one."""

CIRCULAR = ("sin", "cos", "tan", "sinh", "cosh", "tanh")
_USUAL = {name: name for name in ("exp", "log", "sqrt", "floor", *CIRCULAR, *(f"a{name}" for name in CIRCULAR))}
_USUAL |= {"ceiling": "ceil", "absolute": "abs", "signum": "sign", "maximum": "max", "minimum": "min"}
_USUAL |= {"expm1": "expm1", "log_cosh_slope": "tanh"}

_COMPOSED = tuple(
    function.__name__ for function in (*functions.COMPOSED, *functions.SPECIAL) if issubclass(function, functions.Composed)
)


_SEVERAL = [function.__name__ for function in functions.COMPOSED if function.nargs is None or function.nargs == S.Naturals0]
_OF_SEVERAL = re.compile(rf"({'|'.join(_SEVERAL)})_of_[0-9]+")
"""What is called so where it is made of others: a function of any number of arguments, by how many there are."""


def usual(before: str = "", **other: str) -> dict[str, str]:
    """Return what a language calls the functions that most have: SymPy's name or that of `functions` -> the name there.

    before stands before each of them; other has those that are not called as usual.
    """
    return {name: before + word for name, word in (_USUAL | other).items()}


class Code(CodePrinter):  # type: ignore[misc]  # SymPy's printers are untyped
    """Prints expressions as code, and remembers which functions of `sources` it calls.

    Parameters
    ----------
    symbols : iterable of str
        Every symbol of the expressions; each is given a name that the language leaves free.
    function : str
        What the code is called, so that no symbol is.
    """

    language: ClassVar[str]
    known_functions: ClassVar[Mapping[str, str]]  # SymPy's name for what the language has itself, "Pow" if power is one
    sources: ClassVar[Mapping[str, str]] = {}
    constants: ClassVar[Mapping[str, str]]  # Infinity and NaN, and others that have a name; the rest are numbers
    words: ClassVar[Set[str]] = frozenset()
    power = "**"
    call = "{}({})"
    choice = "({} ? {} : {})"
    assignment = "{} = {}"
    definition = ""  # of a function by an expression, with {name}, {arguments} and {body}; "" where there is none of one's own
    parameter = "{}"
    mark = "_"  # after a name that is taken
    underscore = "_"

    def __init__(self, symbols: Iterable[str] = (), function: str = "") -> None:
        super().__init__()
        self.called: set[str] = set()
        self.composed: dict[str, str] = {}
        """The sources of functions that are made of others, each after those that it needs."""
        named = (*self.known_functions.values(), *self.constants.values(), *map(self.spelled, (*self.sources, *_COMPOSED)))
        self.taken = {*self.words, *named, function}
        self.names = free_names(symbols, self.is_taken, self.mark, self.underscore)

    def is_taken(self, word: str) -> bool:
        """Whether no symbol may be called so."""
        return word in self.taken or _OF_SEVERAL.fullmatch(word) is not None

    def spelled(self, function: str) -> str:
        """Return what a function of `sources` is called there."""
        return function

    def arguments(self, expr: Expr) -> list[str]:
        """Print what is given to a function."""
        return [self._print(argument) for argument in expr.args]

    def assigned(self, expr: Expr) -> str:
        """Print what a step is set to."""
        return self._print(expr)

    def assign(self, steps: Iterable[tuple[Symbol, Expr]]) -> list[str]:
        """Return a line for each step."""
        return [self.assignment.format(self.names[name.name], self.assigned(expr)) for name, expr in steps]

    def helpers(self) -> list[str]:
        """Return the sources of the functions that were called, in a fixed order; those that are made of others come last."""
        return [*(source for name, source in self.sources.items() if name in self.called), *self.composed.values()]

    def number(self, value: float) -> str:
        """Return a number as it is written there, exactly."""
        return self._print(S.Infinity if value > 0 else S.NegativeInfinity) if math.isinf(value) else repr(value)

    def _print(self, expr: Any, **options: Any) -> str:
        try:
            return str(super()._print(expr, **options))
        except PrintMethodNotImplementedError:
            raise NotImplementedError(f"{type(expr).__name__} cannot be written in {self.language}.") from None

    def _print_Symbol(self, expr: Symbol) -> str:
        return self.names[expr.name]

    def _print_Function(self, expr: Expr) -> str:
        if beyond := self.beyond(expr):
            return beyond
        if isinstance(expr, functions.Composed):
            return self.made_of_others(expr)
        name = type(expr).__name__
        if name in self.sources:
            self.called.add(name)
            return self.call.format(self.spelled(name), ", ".join(self.arguments(expr)))
        if name in self.known_functions:
            return self.call.format(self.known_functions[name], ", ".join(self.arguments(expr)))
        if isinstance(expr, functions.StableFunction):
            raise NotImplementedError(f"{name} cannot be written in {self.language}.")
        return str(super()._print_Function(expr))  # cot, by way of tan

    def made_of_others(self, expr: functions.Composed) -> str:
        """Print a function that is made of others: by its name where the language can define one of so many arguments."""
        count = len(expr.args)
        name = type(expr).__name__ + ("" if expr.func.nargs.is_FiniteSet else f"_of_{count}")
        if not self.definition:
            return f"({self._print(expr.composed())})"
        if name not in self.composed:
            parameters = symbols("x y")[:count] if count <= 2 else symbols(f"x1:{count + 1}")
            inner = type(self)([s.name for s in parameters], self.spelled(name))
            body = inner.assigned(expr.func(*parameters).composed())
            arguments = ", ".join(self.parameter.format(inner.names[s.name]) for s in parameters)
            self.called |= inner.called
            self.composed |= inner.composed
            self.composed[name] = self.definition.format(name=self.spelled(name), arguments=arguments, body=body)
        return self.call.format(self.spelled(name), ", ".join(self.assigned(argument) for argument in expr.args))

    def _print_Abs(self, expr: Expr) -> str:
        return self._print(functions.absolute(*expr.args))

    def _print_sign(self, expr: Expr) -> str:
        return self._print(functions.signum(*expr.args))

    def _print_Max(self, expr: Expr) -> str:
        return self._print(functions.chained(functions.maximum, expr.args))

    def _print_Min(self, expr: Expr) -> str:
        return self._print(functions.chained(functions.minimum, expr.args))

    def _print_KroneckerDelta(self, expr: Expr) -> str:
        return self._print(functions.same(*expr.args))

    def _print_Heaviside(self, expr: Expr) -> str:
        z, at_0 = expr.args
        step = functions.positive(z) + at_0 * functions.same(z, 0)
        return self._print(step) if at_0.is_zero else f"({self._print(step)})"

    def _print_gamma(self, expr: Expr) -> str:
        return self._print(functions.gamma_function(*expr.args))

    def _print_loggamma(self, expr: Expr) -> str:
        return self._print(functions.lgamma(*expr.args))

    def _print_polygamma(self, expr: Expr) -> str:
        known = functions.of_polygamma(*expr.args)
        return self._print(known) if isinstance(known, functions.StableFunction) else str(self._print_not_supported(expr))

    def _print_where(self, expr: Expr) -> str:
        condition, then, otherwise = expr.args
        return self.choice.format(self.holds(condition), self._print(then), self._print(otherwise))

    def _print_Piecewise(self, expr: Expr) -> str:
        *cases, (last, always) = expr.args
        rest = functions.where(functions.condition_of(always), last, S.NaN)
        for value, test in reversed(cases):
            rest = functions.where(functions.condition_of(test), value, rest)
        return self._print(rest)

    def holds(self, condition: Expr) -> str:
        """Print where a condition is not 0, as what is true or false there."""
        for function, sign in ((functions.below, "<"), (functions.at_most, "<="), (functions.same, "==")):
            if isinstance(condition, function):
                return self.compared(condition.args[0], sign, condition.args[1])
        if isinstance(1 - condition, functions.same):
            x, y = (1 - condition).args
            return self.compared(x, "!=", y)
        return self.compared(condition, "!=", S.Zero)

    def compared(self, x: Expr, sign: str, y: Expr) -> str:
        """Print a comparison."""
        return f"{self._print(x)} {sign} {self._print(y)}"

    def _print_re(self, expr: Expr) -> str:  # SymPy's |e^x| is e^(re x), since it takes x for complex
        return f"({self._print(*expr.args)})"

    def _print_Pow(self, expr: Pow) -> str:
        base, exponent = expr.args
        if beyond := self.beyond(expr):
            return beyond
        if exponent == -1:
            return f"{self._print(S.One)}/{self.parenthesize(base, PRECEDENCE['Pow'])}"
        if exponent == S.Half:
            return self.call.format(self.known_functions["sqrt"], self._print(base))
        if exponent == -S.Half:
            return f"{self._print(S.One)}/{self._print(Pow(base, S.Half))}"
        return self.raised(base, exponent)

    def beyond(self, expr: Any) -> str:
        """Print a power of numbers, or what else they make, if a language may refuse to compute it; else return ""."""
        if not (isinstance(expr, Expr) and expr.is_number) or expr.is_Atom or expr.has(functions.StableFunction):
            return ""
        value = expr.evalf()
        if value.is_extended_real is False:
            return self._print(S.NaN)
        return self.number(float(value)) if value.is_Number and math.isinf(float(value)) else ""

    def raised(self, base: Expr, exponent: Expr) -> str:
        """Print base to the power exponent."""
        if "Pow" not in self.known_functions:
            return self.power.join(self.parenthesize(part, PRECEDENCE["Pow"]) for part in (base, exponent))
        if exponent == 2 and base.is_Symbol:  # exact, as a function need not be
            return "({0}*{0})".format(self.names[base.name])
        return self.call.format(self.known_functions["Pow"], f"{self._print(base)}, {self._print(exponent)}")

    def _print_Integer(self, expr: Integer) -> str:
        return str(expr.p) if abs(expr.p) <= LARGEST else self._quotient(expr.p, 1)

    def _print_Rational(self, expr: Rational) -> str:
        if max(abs(expr.p), expr.q) > LARGEST:
            return self._quotient(expr.p, expr.q)
        return f"{self._print(Integer(expr.p))}/{self._print(Integer(expr.q))}"

    def _quotient(self, p: int, q: int) -> str:
        try:
            return self.number(p / q)
        except OverflowError:
            return self.number(math.inf if p > 0 else -math.inf)

    def _print_Float(self, expr: Float) -> str:
        return self.number(float(expr))

    def _print_NumberSymbol(self, expr: Expr) -> str:
        return self.constants.get(type(expr).__name__) or self.number(float(expr))

    def _print_Infinity(self, expr: Expr) -> str:
        return self.constants["Infinity"]

    def _print_NegativeInfinity(self, expr: Expr) -> str:
        return f"-{self.constants['Infinity']}"

    def _print_NaN(self, expr: Expr) -> str:
        return self.constants["NaN"]

    _print_ImaginaryUnit = _print_ComplexInfinity = _print_NaN


def free_names(symbols: Iterable[str], is_taken: Callable[[str], bool], mark: str, underscore: str) -> dict[str, str]:
    """Return a name for each symbol, like its own and unlike any other: marks are added where the language has taken it."""
    own = {symbol: symbol.replace("_", underscore) for symbol in symbols}
    given = {symbol: name for symbol, name in own.items() if not is_taken(name)}
    for symbol in [symbol for symbol in own if symbol not in given]:
        name = own[symbol]
        while is_taken(name) or name in given.values():
            name += mark
        given[symbol] = name
    return given


def indented(lines: Iterable[str], by: str = "  ") -> str:
    """Return lines, and those within them, further in."""
    return "\n".join(by + line for block in lines for line in block.split("\n"))
