"""SymPy functions that stay finite where the plain formula does not.

Each knows its derivative (`fdiff`) and its textbook form (`expr.rewrite("textbook")`), and has its name in every language.
To add one: write the class in the module of its kind, list it in FUNCTIONS, add it to `stable_numpy`, `expressions.javascript`
and each of `printers`.
"""

from __future__ import annotations

from explorer.core.functions.base import StableFunction, reading_order
from explorer.core.functions.choices import (
    absolute,
    argmax,
    at_most,
    below,
    chained,
    condition_of,
    holds,
    is_floor_of,
    leaky_relu,
    maximum,
    minimum,
    positive,
    relu,
    same,
    signum,
    where,
)
from explorer.core.functions.focal import focal, focal_slope, focal_surprise, least_focal, power_surprise
from explorer.core.functions.lengths import direction, general_robust, general_robust_shape_slope, general_robust_slope, norm
from explorer.core.functions.logistic import (
    entropy_gap,
    expm1,
    log_cosh,
    log_cosh_slope,
    log_quotient,
    logistic_loss,
    logit,
    logsumexp,
    shift,
    sigmoid,
    softplus,
)
from explorer.core.functions.products import xdivy, xlog1py, xlogy, xmuly
from explorer.core.functions.written import textbook, tidy

__all__ = [
    "FUNCTIONS",
    "StableFunction",
    "absolute",
    "argmax",
    "at_most",
    "below",
    "chained",
    "condition_of",
    "direction",
    "entropy_gap",
    "expm1",
    "focal",
    "focal_slope",
    "focal_surprise",
    "general_robust",
    "general_robust_shape_slope",
    "general_robust_slope",
    "holds",
    "is_floor_of",
    "leaky_relu",
    "least_focal",
    "log_cosh",
    "log_cosh_slope",
    "log_quotient",
    "logistic_loss",
    "logit",
    "logsumexp",
    "maximum",
    "minimum",
    "norm",
    "positive",
    "power_surprise",
    "reading_order",
    "relu",
    "same",
    "shift",
    "sigmoid",
    "signum",
    "softplus",
    "textbook",
    "tidy",
    "where",
    "xdivy",
    "xlog1py",
    "xlogy",
    "xmuly",
]

FUNCTIONS: tuple[type[StableFunction], ...] = (
    xlogy, xlog1py, xdivy, xmuly, focal, focal_surprise, focal_slope, power_surprise, entropy_gap, sigmoid, logit, log_quotient,
    softplus, logistic_loss, logsumexp, expm1, log_cosh, log_cosh_slope, norm, direction, general_robust, general_robust_slope,
    general_robust_shape_slope, shift, least_focal, argmax, positive, relu, leaky_relu, same, below, at_most, where, absolute,
    signum, maximum, minimum,
)  # fmt: skip
