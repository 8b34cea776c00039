"""Functions that choose: a maximum, one of two by a condition, the place of the largest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce

from sympy import (
    Abs,
    Add,
    And,
    Eq,
    Expr,
    Gt,
    Heaviside,
    Integer,
    KroneckerDelta,
    Le,
    Lt,
    Max,
    Min,
    Mul,
    Ne,
    Not,
    Or,
    Piecewise,
    Pow,
    Rational,
    S,
    Symbol,
    diff,
    false,
    sign,
    true,
)
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from explorer.core.functions.base import StableFunction, reading_order


class argmax(StableFunction):
    """The place of the largest argument, counted from 0; the first of equals. A constant to differentiation."""

    def partials(self) -> tuple[Expr, ...]:
        """0 for each."""
        return (S.Zero,) * len(self.args)


class positive(StableFunction):
    """1 for z > 0, else 0: the derivative of relu, with 0 at its kink as automatic differentiation has it."""

    nargs = 1

    def textbook(self) -> Expr:
        """The Heaviside function that is 0 at 0."""
        return Heaviside(self.args[0], 0)

    def partials(self) -> tuple[Expr, ...]:
        """0."""
        return (S.Zero,)


class relu(StableFunction):
    """max(0, z)."""

    nargs = 1

    def textbook(self) -> Expr:
        """max(0, z)."""
        return Max(0, self.args[0])

    def partials(self) -> tuple[Expr, ...]:
        """1 for z > 0, else 0."""
        return (positive(self.args[0]),)


class leaky_relu(StableFunction):
    """max(z / 100, z)."""

    nargs = 1

    def textbook(self) -> Expr:
        """max(z / 100, z)."""
        (z,) = self.args
        return Max(z / 100, z)

    def partials(self) -> tuple[Expr, ...]:
        """1 for z > 0, else 1/100."""
        return (Rational(1, 100) + Rational(99, 100) * positive(self.args[0]),)


class same(StableFunction):
    """1 where both arguments are equal, else 0: what stands before a class's surprise when the target is a class index."""

    nargs = 2

    def textbook(self) -> Expr:
        """Kronecker's delta."""
        return KroneckerDelta(*self.args)

    def partials(self) -> tuple[Expr, ...]:
        """0 for each: an index does not move."""
        return (S.Zero, S.Zero)


class _Comparison(StableFunction):
    """1 where something holds of two arguments, else 0; without a slope. Of what is no number nothing holds."""

    nargs = 2

    @classmethod
    def eval(cls, x: Expr, y: Expr) -> Expr | None:
        """Return 0 or 1 for two fractions or floats."""
        return Integer(bool(_compared(cls.relation, x, y))) if x.is_Number and y.is_Number else None

    @staticmethod
    def relation(x: Expr, y: Expr) -> Boolean:
        """Return what is compared, as SymPy writes it."""
        raise NotImplementedError

    def textbook(self) -> Expr:
        """Iverson's bracket, as a choice between 1 and 0."""
        return Piecewise((S.One, holds(self)), (S.Zero, True), evaluate=False)

    def partials(self) -> tuple[Expr, ...]:
        """0 for each."""
        return (S.Zero, S.Zero)


class below(_Comparison):
    """1 where x < y, else 0."""

    @staticmethod
    def relation(x: Expr, y: Expr) -> Boolean:
        """x < y."""
        return Lt(x, y)


class at_most(_Comparison):
    """1 where x <= y, else 0."""

    @staticmethod
    def relation(x: Expr, y: Expr) -> Boolean:
        """x <= y."""
        return Le(x, y)


class where(StableFunction):
    """a where a condition is not 0, else b: what is not chosen does no harm, though it is infinite or no number.

    A condition is `below`, `at_most` or `same`; 1 less one is its opposite, `minimum` of two is both, `maximum` either.
    """

    nargs = 3

    @classmethod
    def eval(cls, condition: Expr, a: Expr, b: Expr) -> Expr | None:
        """Return the branch that is taken whatever the symbols are."""
        if condition.is_Number:
            return a if condition else b
        return a if a == b else None

    def textbook(self) -> Expr:
        """A choice by cases."""
        condition, a, b = self.args
        test = holds(condition)
        if test in (true, false):
            return a if test == true else b
        return Piecewise((a, test), (b, True), evaluate=False)

    def partials(self) -> tuple[Expr, ...]:
        """0 for the condition, and 1 for the branch that is chosen."""
        condition = self.args[0]
        return S.Zero, where(condition, S.One, S.Zero), where(condition, S.Zero, S.One)

    def _eval_derivative(self, by: Symbol) -> Expr:
        """By chain rule 0 would be multiplied by the slope of the branch that is not chosen, which may be infinite."""
        condition, a, b = self.args
        return where(condition, a.diff(by), b.diff(by))


def holds(condition: Expr) -> Boolean:
    """Return where a condition is not 0, as what is true or false. Its plain formula is known as well."""
    if isinstance(condition, _Comparison):
        return _compared(condition.relation, *condition.args)
    if isinstance(condition, same | KroneckerDelta):
        return _compared(Eq, *condition.args[:2])
    if isinstance(condition, positive | Heaviside):
        return _compared(Gt, condition.args[0], S.Zero)
    if isinstance(condition, minimum | Min):
        return And(*map(holds, condition.args))
    if isinstance(condition, maximum | Max):
        return Or(*map(holds, condition.args))
    if isinstance(condition, Piecewise) and [value for value, _ in condition.args] == [1, 0]:
        return condition.args[0][1]
    opposite = holds(1 - condition) if condition.is_Add and condition.as_coeff_Add()[0] == 1 else None
    return _compared(Ne, condition, S.Zero) if opposite is None else Not(opposite)


def _compared(relation: Callable[[Expr, Expr], Boolean], x: Expr, y: Expr) -> Boolean:
    """A relation, a number on its right; of what is not real it does not hold, as of NaN."""
    try:
        found = relation(x, y)
    except TypeError:
        return false
    return found.reversed if isinstance(found, Relational) and x.is_number and not y.is_number else found


def condition_of(test: Boolean) -> Expr:
    """Return what is true or false as a condition: 1 where it holds, else 0."""
    if isinstance(test, And | Or):
        return chained(minimum if isinstance(test, And) else maximum, map(condition_of, test.args))
    if isinstance(test, Not):
        return 1 - condition_of(test.args[0])
    if test in (true, false):
        return Integer(test == true)
    x, y = test.args
    if isinstance(test, Eq | Ne):
        return same(x, y) if isinstance(test, Eq) else 1 - same(x, y)
    low, high = (x, y) if isinstance(test, Lt | Le) else (y, x)
    return below(low, high) if isinstance(test, Lt | Gt) else at_most(low, high)


class absolute(StableFunction):
    """|x|. SymPy's own has a derivative for complex numbers, unless x is declared real."""

    nargs = 1

    def textbook(self) -> Expr:
        """|x|."""
        return Abs(self.args[0], evaluate=False)  # evaluated, |e^x| is e^(re x)

    def partials(self) -> tuple[Expr, ...]:
        """signum(x)."""
        return (signum(self.args[0]),)


class signum(StableFunction):
    """-1 for x < 0, 0 for x = 0, 1 for x > 0."""

    nargs = 1

    def textbook(self) -> Expr:
        """SymPy's sign."""
        return sign(self.args[0])

    def partials(self) -> tuple[Expr, ...]:
        """0."""
        return (S.Zero,)


def derivative(expr: Expr, symbol: Symbol) -> Expr:
    """Return d expr / d symbol, without kinks that are none: |x|^2 and relu(x)^2 + relu(-x)^2 are as curved at 0 as x^2 is."""
    return without_kinks(diff(expr, symbol))


def without_kinks(expr: Expr) -> Expr:
    """Return a derivative that has, where both sides of a kink agree, what they have; elsewhere it is the same.

    The slope of |x| has the square 1, relu(x) positive(x) is relu(x), and a positive(x) + a positive(-x) is a.
    """
    known = {part: S.One for part in expr.atoms(Pow) if isinstance(part.base, signum) and part.exp.is_even}
    expr = expr.xreplace(known)
    return expr.replace(_has_step, _whole) if expr.has(positive) else expr


def _has_step(expr: Expr) -> bool:
    return isinstance(expr, Add | Mul | Pow) and any(argument.has(positive) for argument in expr.args)


def _whole(expr: Expr) -> Expr:
    """A power, product or sum without what is left of a step."""
    if expr.is_Pow:
        base, power = expr.args
        return base if isinstance(base, positive) and power.is_positive else expr
    if expr.is_Mul:
        steps = {factor for factor in expr.args if isinstance(factor, positive) and relu(factor.args[0]) in expr.args}
        return Mul(*(factor for factor in expr.args if factor not in steps))
    sides: dict[Expr, Expr] = {}  # a term -> what it is without its step
    for term in expr.args:
        step = next((factor for factor in Mul.make_args(term) if isinstance(factor, positive)), None)
        if step is None:
            continue
        rest, z = term / step, step.args[0]
        other = rest * positive(-z)
        if other in sides:
            return _whole(expr - term - other + rest)
        sides[term] = rest
    return expr


class maximum(StableFunction):
    """The larger of two arguments, in either order. Where they are equal, each has half the slope; max(0, z) is relu there."""

    nargs = 2

    def textbook(self) -> Expr:
        """max(x, y)."""
        return Max(*self.args)

    def partials(self) -> tuple[Expr, ...]:
        """1 for the larger and 0 for the other; where they are equal 1/2 for each, but 0 for z of 0 and z, as relu has it."""
        return _slopes_of_larger(*self.args)


class minimum(StableFunction):
    """The smaller of two arguments, in either order. Where they are equal, each has half the slope, as `maximum` has it."""

    nargs = 2

    def textbook(self) -> Expr:
        """min(x, y)."""
        return Min(*self.args)

    def partials(self) -> tuple[Expr, ...]:
        """1 for the smaller and 0 for the other; where they are equal 1/2 for each, but 0 for z of 0 and z."""
        return _slopes_of_larger(*(-argument for argument in self.args))


def _slopes_of_larger(x: Expr, y: Expr) -> tuple[Expr, Expr]:
    """The slopes of the larger of x and y by each; of relu and leaky_relu as those functions have them."""
    if is_floor_of(x, y):
        return 1 - positive(y), positive(y)
    if is_floor_of(y, x):
        return positive(x), 1 - positive(x)
    if y == -x:  # |x|
        return (1 + signum(x)) / 2, (1 - signum(x)) / 2
    above, below = positive(x - y), positive(y - x)
    return (above + 1 - below) / 2, (below + 1 - above) / 2


def is_floor_of(low: Expr, z: Expr) -> bool:
    """Whether max(low, z) is relu(z), or leaky_relu(z)."""
    return bool(low == 0 or low == z / 100)


def chained(function: Callable[[Expr, Expr], Expr], arguments: Iterable[Expr]) -> Expr:
    """Return a function of two for any number of arguments: of more than two alike in whatever order they are given."""
    given = list(arguments)
    if len(given) > 2:
        given.sort(key=lambda argument: (argument.is_number, reading_order(argument), argument.sort_key()))
    return reduce(function, given)
