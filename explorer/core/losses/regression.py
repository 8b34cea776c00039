"""Losses of a real prediction y and a real target t, by their residual y - t; `likelihoods` has those of a distribution.

Those that forgive an outlier, from huber to geman_mcclure, are half the square near 0 and turn where |r| is near their
threshold or scale, so that their curves can be compared. Only general_robust is without a unit, as its paper has it.
"""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Abs, Eq, Expr, Heaviside, Max, Piecewise, Symbol, exp, log, oo, sqrt

from explorer.core import formulas, functions
from explorer.core.domains import Between, Domain, Input, NonNegative, Positive, Real
from explorer.core.functions import absolute, at_most, direction, expm1, log_cosh, maximum, minimum, norm, relu, where, xlog1py
from explorer.core.losses import numeric
from explorer.core.losses.spec import Loss

Y = Input("y", Real(), 1.5, "prediction", "Prediction y")
T = Input("t", Real(), 0.0, "target", "Target t")
TAU = Input("tau", Between(0.0, 1.0, (0.01, 0.99)), 0.9, "parameter", "Level τ")
DELTA = Input("delta", Positive(), 1.0, "parameter", "Threshold δ")
SHAPE = Input("alpha", Domain(shown=(-4.0, 2.0), open_low=False), 0.0, "parameter", "Shape α")
C = Input("c", Positive(), 1.0, "parameter", "Scale c")
_M_ESTIMATORS = "PeerJ Computer Science 5 (2019), e192, table 1 (objective functions of M-estimators)."


def huber(y: Expr, t: Expr, delta: Expr) -> Mapping[str, Expr]:
    """Half the square of the residual as far as delta, and a line beyond: q (r - q/2) with q = r clipped to delta."""
    r, q = Symbol("r"), Symbol("q")
    return {"r": y - t, "q": minimum(maximum(r, -delta), delta), "L": q * (r - q / 2)}


def _huber(y: Expr, t: Expr, delta: Expr) -> Expr:
    size = Abs(y - t)
    return Piecewise((size**2 / 2, size <= delta), (delta * (size - delta / 2), True))


def pseudo_huber(y: Expr, t: Expr, delta: Expr) -> Mapping[str, Expr]:
    """delta**2 (sqrt(1 + (r / delta)**2) - 1), without the difference of a root and 1."""
    r, n = Symbol("r"), Symbol("n")
    return {"r": y - t, "n": norm(r, delta), "L": delta * r * (r / (n + delta))}


def expectile(y: Expr, t: Expr, tau: Expr) -> Expr:
    """The square of the residual, times tau where the prediction is too low and 1 - tau where it is too high.

    Where they agree the curvature is that of one side, which squares of relu would leave at 0.
    """
    return where(at_most(y, t), tau, 1 - tau) * (t - y) ** 2


def tukey(y: Expr, t: Expr, c: Expr) -> Mapping[str, Expr]:
    """c**2 / 6 (1 - (1 - v)**3) with v = (r / c, clipped to 1)**2, multiplied out so that nothing is taken from 1."""
    v = Symbol("v")
    return {"v": minimum(maximum((y - t) / c, -1), 1) ** 2, "L": c**2 / 6 * v * (3 - 3 * v + v**2)}


def _tukey(y: Expr, t: Expr, c: Expr) -> Expr:
    return Piecewise((c**2 / 6 * (1 - (1 - ((y - t) / c) ** 2) ** 3), Abs(y - t) <= c), (c**2 / 6, True))


def welsch(y: Expr, t: Expr, c: Expr) -> Mapping[str, Expr]:
    """c**2 / 2 (1 - e^-u) with u = (r / c)**2."""
    u = Symbol("u")
    return {"q": (y - t) / c, "u": Symbol("q") ** 2, "L": -(c**2) / 2 * expm1(-u)}


def geman_mcclure(y: Expr, t: Expr, c: Expr) -> Mapping[str, Expr]:
    """Half the square of c r / sqrt(r**2 + c**2), which never is more than c."""
    r, s = Symbol("r"), Symbol("s")
    return {"r": y - t, "s": c * direction(r, c), "L": s**2 / 2}


def general_robust(y: Expr, t: Expr, alpha: Expr, c: Expr) -> Mapping[str, Expr]:
    """Barron's loss of u = (r / c)**2, exact for the shapes 2, 0 and -inf too."""
    q, u = Symbol("q"), Symbol("u")
    return {"q": (y - t) / c, "u": q**2, "L": functions.general_robust(u, alpha)}


def _general_robust(y: Expr, t: Expr, alpha: Expr, c: Expr) -> Expr:
    u, size = ((y - t) / c) ** 2, Abs(alpha - 2)
    return Piecewise(
        (u / 2, Eq(alpha, 2)),
        (log(1 + u / 2), Eq(alpha, 0)),
        (1 - exp(-u / 2), Eq(alpha, -oo)),
        (size / alpha * ((u / size + 1) ** (alpha / 2) - 1), True),
    )


LOSSES: tuple[Loss, ...] = (
    Loss(
        "squared_error", "Squared error", "regression", (Y, T), "y",
        lambda y, t: formulas.squared_error(),
        about="Estimates the mean; an outlier counts by its square.",
        aliases=("l2", "mse", "MSELoss", "mean squared error", "quadratic loss"),
        references=("C. M. Bishop (2006), Pattern Recognition and Machine Learning, equation 1.90.",),
        numeric=numeric.squared_error, numeric_gradient=numeric.squared_error_gradient,
    ),
    Loss(
        "absolute_error", "Absolute error", "regression", (Y, T), "y",
        lambda y, t: absolute(y - t),
        about="Estimates the median; every error pulls alike.",
        aliases=("l1", "mae", "L1Loss", "mean absolute error", "least absolute deviations"),
        references=("P. J. Huber (1981), Robust Statistics, section 1.3.",),
    ),
    Loss(
        "huber", "Huber loss", "regression", (Y, T, DELTA), "y",
        huber, _huber,
        about="A square for small errors, a line for large ones.",
        aliases=("smooth l1", "HuberLoss", "smooth mean absolute error"),
        references=("P. J. Huber (1964), Robust Estimation of a Location Parameter, section 1.",),
    ),
    Loss(
        "pseudo_huber", "Pseudo-Huber loss", "regression", (Y, T, DELTA), "y",
        pseudo_huber, lambda y, t, delta: delta**2 * (sqrt(1 + ((y - t) / delta) ** 2) - 1),
        about="Huber's loss without its corners: every derivative is continuous.",
        aliases=("charbonnier", "l1-l2", "smooth huber"),
        references=("J. T. Barron (2019), A General and Adaptive Robust Loss Function, equation 3 (times δ²).",),
    ),
    Loss(
        "log_cosh", "Log-cosh loss", "regression", (Y, T), "y",
        lambda y, t: log_cosh(y - t), lambda y, t: Abs(y - t) + log((1 + exp(-2 * Abs(y - t))) / 2),
        about="Like half the square for small errors and like the absolute error for large ones, without a parameter.",
        aliases=("logcosh", "log cosh error"),
        references=("Keras documentation, LogCosh: log(cosh(y_pred - y_true)).",),
    ),
    Loss(
        "quantile", "Quantile loss", "regression", (Y, T, TAU), "y",
        lambda y, t, tau: tau * relu(t - y) + (1 - tau) * relu(y - t),
        lambda y, t, tau: (t - y) * (tau - Heaviside(y - t, 0)),
        about="Estimates the quantile of level τ: at 0.9 a prediction too low costs nine times one too high.",
        aliases=("pinball", "check loss", "tilted absolute loss"),
        references=("R. Koenker and G. Bassett (1978), Regression Quantiles, Econometrica 46 (the check function).",),
    ),
    Loss(
        "expectile", "Expectile loss", "regression", (Y, T, TAU), "y",
        expectile, lambda y, t, tau: Piecewise((tau * (t - y) ** 2, y <= t), ((1 - tau) * (t - y) ** 2, True)),
        about="Estimates the expectile of level τ: what the quantile is to the median, it is to the mean.",
        aliases=("asymmetric least squares", "asymmetric squared error"),
        references=("W. K. Newey and J. L. Powell (1987), Asymmetric Least Squares Estimation and Testing, Econometrica 55.",),
    ),
    Loss(
        "epsilon_insensitive", "Epsilon-insensitive loss", "regression",
        (Y, T, Input("epsilon", NonNegative(), 0.5, "parameter", "Tolerance ε")), "y",
        lambda y, t, epsilon: relu(absolute(y - t) - epsilon), lambda y, t, epsilon: Max(0, Abs(y - t) - epsilon),
        about="An error within ε costs nothing: the loss of support vector regression.",
        aliases=("svr", "epsilon insensitive hinge", "ε-insensitive"),
        references=("B. Schölkopf et al. (1998), Shrinking the Tube: A New Support Vector Regression Algorithm, equation 1.",),
    ),
    Loss(
        "tukey", "Tukey's biweight loss", "regression", (Y, T, Input("c", Positive(), 2.0, "parameter", "Scale c")), "y",
        tukey, _tukey,
        about="An error beyond c costs the same however large it is, and pulls no more.",
        aliases=("biweight", "bisquare", "tukey loss"),
        references=(_M_ESTIMATORS,),
    ),
    Loss(
        "cauchy", "Cauchy loss", "regression", (Y, T, C), "y",
        lambda y, t, c: xlog1py(c**2 / 2, ((y - t) / c) ** 2), lambda y, t, c: c**2 / 2 * log(1 + ((y - t) / c) ** 2),
        about="Grows as a logarithm: an outlier still costs more, but pulls ever less.",
        aliases=("lorentzian", "cauchy robust loss"),
        references=(_M_ESTIMATORS,),
    ),
    Loss(
        "welsch", "Welsch loss", "regression", (Y, T, C), "y",
        welsch, lambda y, t, c: c**2 / 2 * (1 - exp(-(((y - t) / c) ** 2))),
        about="An error far beyond c costs c²/2 and pulls no more; smooth everywhere.",
        aliases=("leclerc", "correntropy", "welsh"),
        references=(_M_ESTIMATORS,),
    ),
    Loss(
        "geman_mcclure", "Geman–McClure loss", "regression", (Y, T, C), "y",
        geman_mcclure, lambda y, t, c: (y - t) ** 2 / (2 * (1 + ((y - t) / c) ** 2)),
        about="An error far beyond c costs c²/2; the pull of an outlier falls off with its cube.",
        aliases=("geman mcclure", "geman-mcclure"),
        references=("J. T. Barron (2019), A General and Adaptive Robust Loss Function, shape -2 at scale c/2.",),
    ),
    Loss(
        "general_robust", "General robust loss", "regression", (Y, T, SHAPE, C), "y",
        general_robust, _general_robust,
        about="One family of most robust losses: α = 2 squared, 1 Charbonnier, 0 Cauchy, -2 Geman–McClure, -∞ Welsch.",
        aliases=("barron", "adaptive robust loss", "general and adaptive robust loss"),
        references=("J. T. Barron (2019), A General and Adaptive Robust Loss Function, equations 1 and 8.",),
    ),
    Loss(
        "squared_log_error", "Squared logarithmic error", "regression",
        (Input("y", NonNegative(), 3.0, "prediction", "Prediction y"), Input("t", NonNegative(), 1.0, "target", "Target t")),
        "y",
        lambda y, t: (xlog1py(1, y) - xlog1py(1, t)) ** 2, lambda y, t: (log(1 + y) - log(1 + t)) ** 2,
        about="By ratio rather than by difference, for targets of many sizes; too low costs more than too high.",
        aliases=("msle", "rmsle", "mean squared logarithmic error"),
        references=("scikit-learn documentation, mean_squared_log_error (one term of its mean).",),
    ),
    Loss(
        "percentage_error", "Percentage error", "regression",
        (Input("y", Real(), 1.5, "prediction", "Prediction y"), Input("t", Positive(), 1.0, "target", "Target t")), "y",
        lambda y, t: absolute(y - t) / t, lambda y, t: Abs((y - t) / t),
        about="The error as a share of the target, 0.5 for 50 %; it favours predictions that are too low.",
        aliases=("mape", "mean absolute percentage error", "relative error"),
        references=("scikit-learn documentation, mean_absolute_percentage_error (one term of its mean).",),
    ),
)  # fmt: skip
