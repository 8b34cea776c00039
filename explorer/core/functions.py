"""SymPy functions that stay finite where the plain formula does not.

Each knows its derivative (`fdiff`) and its textbook form (`expr.rewrite("textbook")`), and has its name in every language.
To add one: write the class, list it in FUNCTIONS, add it to `stable_numpy`, `expressions.javascript` and each of `printers`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

from sympy import (
    Abs,
    Add,
    Expr,
    Function,
    Heaviside,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    Rational,
    S,
    cosh,
    exp,
    factor,
    log,
    sign,
    sqrt,
    tanh,
)
from sympy.core.function import ArgumentIndexError


class StableFunction(Function):  # type: ignore[misc]  # SymPy's Function is untyped
    """A function with a derivative and a textbook form."""

    def textbook(self) -> Expr:
        """Return the plain formula that this function computes safely; itself where there is none."""
        return self

    def partials(self) -> tuple[Expr, ...]:
        """Return the derivative with respect to each argument."""
        raise NotImplementedError

    def fdiff(self, argindex: int = 1) -> Expr:
        """Return the derivative with respect to argument number argindex, counted from 1."""
        if not 1 <= argindex <= len(self.args):
            raise ArgumentIndexError(self, argindex)
        return self.partials()[argindex - 1]

    def _eval_rewrite(self, rule: Any, args: tuple[Expr, ...], **hints: Any) -> Expr | None:
        return self.func(*args).textbook() if rule in ("textbook", log, exp) else None

    def _eval_evalf(self, prec: int) -> Expr | None:
        plain = self.textbook()
        return None if plain == self else plain._eval_evalf(prec)


class _ZeroFirst(StableFunction):
    """A function that is 0 where its first argument is 0, whatever the others are."""

    nargs = 2

    @classmethod
    def eval(cls, x: Expr, *others: Expr) -> Expr | None:
        """Return 0 for x = 0."""
        return S.Zero if x.is_zero else None


class xlogy(_ZeroFirst):
    """x ln y, and 0 where x = 0 (the convention of information theory: x ln x -> 0)."""

    def textbook(self) -> Expr:
        """x ln y."""
        x, y = self.args
        return x * log(y)

    def partials(self) -> tuple[Expr, ...]:
        """ln y, and x / y."""
        x, y = self.args
        return log(y), xdivy(x, y)


class xlog1py(_ZeroFirst):
    """x ln(1 + y), precise for small y, and 0 where x = 0."""

    def textbook(self) -> Expr:
        """x ln(1 + y)."""
        x, y = self.args
        return x * log(1 + y)

    def partials(self) -> tuple[Expr, ...]:
        """ln(1 + y), and x / (1 + y)."""
        x, y = self.args
        return log(1 + y), xdivy(x, 1 + y)


class xdivy(_ZeroFirst):
    """x / y, and 0 where x = 0."""

    def textbook(self) -> Expr:
        """x / y."""
        x, y = self.args
        return x / y

    def partials(self) -> tuple[Expr, ...]:
        """1 / y, and -x / y**2 as a quotient of quotients, which overflows later."""
        x, y = self.args
        return 1 / y, -xdivy(xdivy(x, y), y)


class xmuly(_ZeroFirst):
    """x y, and 0 where x = 0 even if y is infinite."""

    def textbook(self) -> Expr:
        """x y."""
        x, y = self.args
        return x * y

    def partials(self) -> tuple[Expr, ...]:
        """y, and x."""
        x, y = self.args
        return y, x


class focal(_ZeroFirst):
    """-x (1 - p)**g ln p, the focal loss of weight x and focusing parameter g, and 0 where x = 0."""

    nargs = 3

    def textbook(self) -> Expr:
        """-x (1 - p)**g ln p."""
        x, p, g = self.args
        return -x * (1 - p) ** g * log(p)

    def partials(self) -> tuple[Expr, ...]:
        """-(1 - p)**g ln p; minus `focal_slope` of the surprise over p; and -x (1 - p)**g ln p ln(1 - p)."""
        x, p, g = self.args
        return focal(S.One, p, g), -xdivy(focal_slope(x, -log(p), g), p), xlog1py(S.One, -p) * self


class focal_surprise(_ZeroFirst):
    """x s (1 - e^-s)**g, the focal loss at surprise s = -ln p: precise where p rounds to 1."""

    nargs = 3

    def textbook(self) -> Expr:
        """x s (1 - e^-s)**g."""
        x, s, g = self.args
        return x * s * (1 - exp(-s)) ** g

    def partials(self) -> tuple[Expr, ...]:
        """s (1 - e^-s)**g; `focal_slope`; and x s (1 - e^-s)**g ln(1 - e^-s)."""
        x, s, g = self.args
        return focal_surprise(S.One, s, g), focal_slope(x, s, g), xlog1py(S.One, -exp(-s)) * self


class focal_slope(_ZeroFirst):
    """x (1 - e^-s)**g (1 + g s / (e^s - 1)), the derivative of `focal_surprise` by s, finite for every s."""

    nargs = 3

    def textbook(self) -> Expr:
        """x (1 - e^-s)**g (1 + g s / (e^s - 1))."""
        x, s, g = self.args
        return x * (1 - exp(-s)) ** g * (1 + g * s / (exp(s) - 1))

    def partials(self) -> tuple[Expr, ...]:
        """`focal_slope` of weight 1, and derivatives that have the size of what is left where e^s overflows or s = 0."""
        x, s, g = self.args
        left = -expm1(-s)
        bent = left ** (g - 1) * exp(-s) * (2 + (g * exp(-s) - 1) * xdivy(s, left))
        by_g = xlog1py(S.One, -exp(-s)) * self + xmuly(x, left**g * xdivy(s, expm1(s)))
        return focal_slope(S.One, s, g), xmuly(x * g, bent), by_g


class power_surprise(_ZeroFirst):
    """x (1 - p**q) / q, precise where p is near 1 or q near 0, and 0 where x = 0: for q towards 0 it is -x ln p."""

    nargs = 3

    def textbook(self) -> Expr:
        """x (1 - p**q) / q."""
        x, p, q = self.args
        return x * (1 - p**q) / q

    def partials(self) -> tuple[Expr, ...]:
        """(1 - p**q) / q; -x p**(q - 1), which is 0 where x = 0; and by q."""
        x, p, q = self.args
        return power_surprise(S.One, p, q), -xmuly(x, p ** (q - 1)), -(xmuly(x, xlogy(p**q, p)) + self) / q


class entropy_gap(StableFunction):
    """How far the entropy -m ln m of the middle of x and y is above the mean of theirs; 0 where they are equal."""

    nargs = 2

    def textbook(self) -> Expr:
        """Half of x ln(2 x / (x + y)) + y ln(2 y / (x + y))."""
        x, y = self.args
        return (x * log(2 * x / (x + y)) + y * log(2 * y / (x + y))) / 2

    def partials(self) -> tuple[Expr, ...]:
        """Half of ln 2 - ln(1 + y / x), and of ln 2 - ln(1 + x / y)."""
        x, y = self.args
        return tuple((log(2) - xlog1py(S.One, xdivy(b, a))) / 2 for a, b in ((x, y), (y, x)))


def _exponential(z: Expr) -> Expr:
    """e^z; of a number as it stands, as SymPy computes e^(10^6 ln 999) to three million digits."""
    return exp(z, evaluate=_is_harmless(z))


def _is_harmless(z: Expr) -> bool:
    return bool(z.is_Rational or not z.is_number)


class sigmoid(StableFunction):
    """1 / (1 + e^-z), precise on both sides."""

    nargs = 1

    def textbook(self) -> Expr:
        """1 / (1 + e^-z)."""
        return 1 / (1 + _exponential(-self.args[0]))

    def partials(self) -> tuple[Expr, ...]:
        """sigmoid(z) sigmoid(-z), which does not cancel as sigmoid(z) (1 - sigmoid(z)) does."""
        (z,) = self.args
        return (sigmoid(z) * sigmoid(-z),)


class expm1(StableFunction):
    """e^x - 1, precise for small x."""

    nargs = 1

    def textbook(self) -> Expr:
        """e^x - 1."""
        return _exponential(self.args[0]) - 1

    def partials(self) -> tuple[Expr, ...]:
        """e^x."""
        return (exp(self.args[0]),)


class log_cosh(StableFunction):
    """ln cosh x, precise for small x and without overflow."""

    nargs = 1

    def textbook(self) -> Expr:
        """ln cosh x."""
        (x,) = self.args
        return log(cosh(x, evaluate=_is_harmless(x)), evaluate=_is_harmless(x))

    def partials(self) -> tuple[Expr, ...]:
        """`log_cosh_slope`."""
        return (log_cosh_slope(self.args[0]),)


class log_cosh_slope(StableFunction):
    """tanh x. SymPy's own has the derivative 1 - tanh(x)**2, which is 0 from x = 20 on."""

    nargs = 1

    def textbook(self) -> Expr:
        """tanh x."""
        (x,) = self.args
        return tanh(x, evaluate=_is_harmless(x))

    def partials(self) -> tuple[Expr, ...]:
        """4 sigmoid(2 x) sigmoid(-2 x), the square of 1 / cosh x."""
        (x,) = self.args
        return (4 * sigmoid(2 * x) * sigmoid(-2 * x),)


class norm(StableFunction):
    """The root of x1**2 + x2**2 + ..., without overflow or underflow. Its slopes at the origin are 0."""

    def textbook(self) -> Expr:
        """The root of the sum of squares."""
        return sqrt(Add(*(x**2 for x in self.args)))

    def partials(self) -> tuple[Expr, ...]:
        """`direction`: x_k / norm for each, and 0 at the origin."""
        return tuple(direction(x, *(other for j, other in enumerate(self.args) if j != k)) for k, x in enumerate(self.args))


class direction(StableFunction):
    """x / norm(x, x2, ...), and 0 where x = 0: how fast a norm grows with x. By chain rule its derivative would cancel."""

    def textbook(self) -> Expr:
        """x over the root of the sum of squares."""
        return self.args[0] / norm(*self.args).textbook()

    def partials(self) -> tuple[Expr, ...]:
        """(x2**2 + ...) / norm**3 by x, -x x_k / norm**3 by each other, as quotients that do not overflow; 0 at the origin."""
        x, *others = self.args
        length = norm(*self.args)
        rest = xdivy(norm(*others), length) if others else S.Zero
        turned = (direction(other, x, *(o for j, o in enumerate(others) if j != k)) for k, other in enumerate(others))
        return rest * xdivy(rest, length), *(-xmuly(self, xdivy(by, length)) for by in turned)


class _GeneralRobust(StableFunction):
    """A function of u = (r / c)**2 >= 0 and of the shape alpha, in [-inf, inf), of Barron's general loss.

    References
    ----------
    J. T. Barron (2019), A General and Adaptive Robust Loss Function, equations 1 and 8 to 13.
    """

    nargs = 2

    @property
    def grown(self) -> Expr:
        """u / |alpha - 2| + 1."""
        u, alpha = self.args
        return u / Abs(alpha - 2) + 1


class general_robust(_GeneralRobust):
    """|alpha - 2| / alpha ((u / |alpha - 2| + 1)**(alpha / 2) - 1), with its limits for the shapes 2, 0 and -inf."""

    def textbook(self) -> Expr:
        """The formula; of those shapes u / 2, ln(u / 2 + 1) and 1 - e^(-u / 2)."""
        u, alpha = self.args
        if alpha.is_infinite:
            return 1 - _exponential(-u / 2)
        if alpha.is_zero:
            return log(u / 2 + 1)
        return u / 2 if (alpha - 2).is_zero else Abs(alpha - 2) / alpha * (self.grown ** (alpha / 2) - 1)

    def partials(self) -> tuple[Expr, ...]:
        """`general_robust_slope`, and `general_robust_shape_slope`."""
        return general_robust_slope(*self.args), general_robust_shape_slope(*self.args)


class general_robust_slope(_GeneralRobust):
    """1/2 (u / |alpha - 2| + 1)**(alpha / 2 - 1), the derivative of `general_robust` by u, with its limits for 2 and -inf."""

    def textbook(self) -> Expr:
        """The formula; of those shapes 1/2 and e^(-u / 2) / 2."""
        u, alpha = self.args
        if alpha.is_infinite:
            return _exponential(-u / 2) / 2
        return S.Half if (alpha - 2).is_zero else self.grown ** (alpha / 2 - 1) / 2

    def partials(self) -> tuple[Expr, ...]:
        """(alpha - 2) / (2 (|alpha - 2| + u)) times itself, and (ln(1 + z) - z / (1 + z)) / 2, where z = u / |alpha - 2|.

        By u that is 0 for the shape 2 and -1/2 times itself for -inf; by alpha 0 for -inf and infinite for 2, if u is not 0.
        """
        u, alpha = self.args
        size = absolute(alpha - 2)
        z = xdivy(u, size)
        return (
            xmuly(self, signum(alpha - 2) / (2 * (1 + z))),
            xmuly(self, (xlog1py(S.One, z) - xdivy(u, size + u)) / 2),
        )


class general_robust_shape_slope(_GeneralRobust):
    """The derivative of `general_robust` by alpha: 0 for the shape -inf, infinite for 2 if u is not 0.

    Its terms cancel where u is small: it is precise to the spacing of floats at u.
    """

    def textbook(self) -> Expr:
        """What the formula gives; for the shape 0, ln(u/2 + 1)**2 / 4 - ln(u/2 + 1) / 2 + u / (2 (u + 2))."""
        u, alpha = self.args
        if alpha.is_infinite:
            return S.Zero
        if alpha.is_zero:
            return log(u / 2 + 1) ** 2 / 4 - log(u / 2 + 1) / 2 + u / (2 * (u + 2))
        if (alpha - 2).is_zero:
            return S.Zero if u.is_zero else S.Infinity
        size, side, power = Abs(alpha - 2), sign(alpha - 2), self.grown ** (alpha / 2)
        inner = log(self.grown) / 2 - alpha * side * u / (2 * size * (size + u))
        return 2 * side * (power - 1) / alpha**2 + size / alpha * power * inner

    def partials(self) -> tuple[Expr, ...]:
        """By u that of `general_robust_slope` by alpha; by alpha NaN, as nothing here needs it."""
        return general_robust_slope(*self.args).partials()[1], S.NaN


class logit(StableFunction):
    """ln(p / (1 - p)), the inverse of sigmoid; -inf at 0 and inf at 1."""

    nargs = 1

    def textbook(self) -> Expr:
        """ln(p / (1 - p))."""
        (p,) = self.args
        return log(p / (1 - p))

    def partials(self) -> tuple[Expr, ...]:
        """1 / (p (1 - p))."""
        (p,) = self.args
        return (1 / (p * (1 - p)),)


class log_quotient(StableFunction):
    """ln y / (y - 1), and 1 where y = 1: what is left of the focal loss's slope where p comes to 1."""

    nargs = 1

    def textbook(self) -> Expr:
        """ln y / (y - 1)."""
        (y,) = self.args
        return log(y) / (y - 1)

    def partials(self) -> tuple[Expr, ...]:
        """(1 / y - ln y / (y - 1)) / (y - 1), and -1/2 where y = 1."""
        (y,) = self.args
        return (xdivy(1 / y - self, y - 1) - same(y, 1) / 2,)


class softplus(StableFunction):
    """ln(1 + e^z), without overflow."""

    nargs = 1

    def textbook(self) -> Expr:
        """ln(1 + e^z)."""
        return log(1 + _exponential(self.args[0]), evaluate=_is_harmless(self.args[0]))

    def partials(self) -> tuple[Expr, ...]:
        """sigmoid(z)."""
        return (sigmoid(self.args[0]),)


class logistic_loss(StableFunction):
    """t ln(1 + e^-z) + (1 - t) ln(1 + e^z): binary cross-entropy of logit z, with one logarithm for both."""

    nargs = 2

    def textbook(self) -> Expr:
        """t ln(1 + e^-z) + (1 - t) ln(1 + e^z)."""
        t, z = self.args
        return t * log(1 + _exponential(-z)) + (1 - t) * log(1 + _exponential(z))

    def partials(self) -> tuple[Expr, ...]:
        """-z; and sigmoid(z) - t, such that neither side cancels."""
        t, z = self.args
        return -z, (1 - t) * sigmoid(z) - t * sigmoid(-z)


class logsumexp(StableFunction):
    """ln(e^z1 + e^z2 + ...), without overflow, and precise where one term outweighs the rest."""

    def textbook(self) -> Expr:
        """ln(e^z1 + e^z2 + ...)."""
        return log(Add(*map(_exponential, self.args)))

    def partials(self) -> tuple[Expr, ...]:
        """softmax(z)."""
        return tuple(exp(z - self) for z in self.args)


class shift(StableFunction):
    """The largest of its arguments, taken as a constant to subtract from every logit.

    Softmax does not change when all logits move together, so this number may be anything: in floats it is the maximum, which
    keeps exponentials from overflowing; in algebra it is 0, and its derivative is 0.
    """

    def textbook(self) -> Expr:
        """0."""
        return S.Zero

    def partials(self) -> tuple[Expr, ...]:
        """0 for each."""
        return (S.Zero,) * len(self.args)


class least_focal(StableFunction):
    """The least sum of `focal` over all distributions p, for a focusing parameter g and weights x1, x2, ... of the classes.

    It has no closed form unless g = 0. Its derivative by a weight is that class's own loss at the minimum; nothing here needs
    it.
    """


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


FUNCTIONS: tuple[type[StableFunction], ...] = (
    xlogy, xlog1py, xdivy, xmuly, focal, focal_surprise, focal_slope, power_surprise, entropy_gap, sigmoid, logit, log_quotient,
    softplus, logistic_loss, logsumexp, expm1, log_cosh, log_cosh_slope, norm, direction, general_robust, general_robust_slope,
    general_robust_shape_slope, shift, least_focal, argmax, positive, relu, leaky_relu, same, absolute, signum, maximum,
    minimum,
)  # fmt: skip


def textbook(expr: Expr) -> Expr:
    """Return expr with every stable function written as its plain formula."""
    plain = expr.replace(lambda e: isinstance(e, StableFunction), lambda e: e.textbook())
    return plain if plain == expr else textbook(plain)  # SymPy passes over minimum(z, z) as it comes of minimum(min(z, z), z)


def reading_order(expr: Expr) -> tuple[int, ...]:
    """Return a key that puts p2 before p10: the numbers in the names of an expression's symbols."""
    return tuple(sorted(int(number) for symbol in expr.free_symbols for number in re.findall(r"\d+", symbol.name)))


def tidy(expr: Expr) -> Expr:
    """Return expr factored as a textbook writes it: (p - t)/(p (1 - p)), not -(p - t)/(p (p - 1)).

    Sigmoids are gathered first: sigmoid(-z) becomes 1 - sigmoid(z).
    """
    gathered = expr.replace(_is_mirrored_sigmoid, lambda e: 1 - sigmoid(-e.args[0]))
    plain = gathered.replace(lambda e: isinstance(e, StableFunction) and not isinstance(e, sigmoid), lambda e: e.textbook())
    sign = S.One
    above: list[Expr] = []
    below: list[Expr] = []
    for part in factor(plain.expand() if plain.has(sigmoid) else plain).as_ordered_factors():
        base, power = part.as_base_exp()
        if _is_less_one(base) and power.is_Integer:
            sign, base = sign * S.NegativeOne**power, -base
        (below if power.is_negative else above).append(base**power)
    result = Mul(sign, *above, *below)
    coefficient = Mul(sign, *(part for part in above if part.is_Number))
    if isinstance(result, Add) and coefficient not in (1, -1):  # SymPy multiplied a number into the only bracket
        return Mul(coefficient, result / coefficient, evaluate=False)
    return result


def _is_mirrored_sigmoid(expr: Expr) -> bool:
    return isinstance(expr, sigmoid) and bool(expr.args[0].could_extract_minus_sign())


def _is_less_one(expr: Expr) -> bool:
    """Whether expr is something less one, such as p - 1."""
    return isinstance(expr, Add) and expr.as_coeff_Add()[0] == -1
