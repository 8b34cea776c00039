"""Losses of a real prediction y and a real target t, by their residual y - t."""

from __future__ import annotations

from sympy import Abs, Expr, Piecewise

from explorer.core import formulas
from explorer.core.domains import Input, Positive, Real
from explorer.core.functions import absolute, minimum
from explorer.core.losses import numeric
from explorer.core.losses.spec import Loss

Y = Input("y", Real(), 1.5, "prediction", "Prediction y")
T = Input("t", Real(), 0.0, "target", "Target t")


def huber(y: Expr, t: Expr, delta: Expr) -> Expr:
    """Half the square of the residual as far as delta, and a line beyond: q (|r| - q/2) with q = min(|r|, delta)."""
    size = absolute(y - t)
    near = minimum(size, delta)
    return near * (size - near / 2)


def _huber(y: Expr, t: Expr, delta: Expr) -> Expr:
    size = Abs(y - t)
    return Piecewise((size**2 / 2, size <= delta), (delta * (size - delta / 2), True))


LOSSES: tuple[Loss, ...] = (
    Loss(
        "squared_error", "Squared error", "regression", (Y, T), "y",
        lambda y, t: formulas.squared_error(),
        about="Estimates the mean; an outlier counts by its square.",
        aliases=("l2", "mse", "mean squared error"),
        references=("C. M. Bishop (2006), Pattern Recognition and Machine Learning, equation 1.90.",),
        numeric=numeric.squared_error, numeric_gradient=numeric.squared_error_gradient,
    ),
    Loss(
        "absolute_error", "Absolute error", "regression", (Y, T), "y",
        lambda y, t: absolute(y - t),
        about="Estimates the median; every error pulls alike.",
        aliases=("l1", "mae", "mean absolute error", "least absolute deviations"),
        references=("P. J. Huber (1981), Robust Statistics, section 1.3.",),
    ),
    Loss(
        "huber", "Huber loss", "regression",
        (Y, T, Input("delta", Positive(), 1.0, "parameter", "Threshold δ")), "y",
        huber, _huber,
        about="A square for small errors, a line for large ones.",
        aliases=("smooth l1", "smooth mean absolute error"),
        references=("P. J. Huber (1964), Robust Estimation of a Location Parameter, section 1.",),
    ),
)  # fmt: skip
