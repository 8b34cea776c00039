"""SymPy functions that stay finite where the plain formula does not.

Each knows its derivative (`fdiff`) and its textbook form (`expr.rewrite("textbook")`), and has its name in every language.
To add one: write the class in the module of its kind, list it in FUNCTIONS, add it to `stable_numpy`, `expressions.javascript`
and each of `printers`. What others can be composed to needs no more than its class: see `composed`.
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
from explorer.core.functions.circular import sech, sinc, sinc_slope, sinhc, sinhc_slope, versine
from explorer.core.functions.classes import (
    class_surprise,
    log_and_1,
    log_ratio,
    sigmoid_slope,
    softplus_gap,
    swish,
    swish_slope,
)
from explorer.core.functions.composed import Composed
from explorer.core.functions.focal import focal, focal_slope, focal_surprise, least_focal, power_surprise
from explorer.core.functions.lengths import direction, general_robust, general_robust_shape_slope, general_robust_slope, norm
from explorer.core.functions.logistic import (
    entropy_gap,
    exp_difference,
    expm1,
    log_cosh,
    log_cosh_slope,
    log_quotient,
    logistic_loss,
    logit,
    logsumexp,
    shift,
    sigmoid,
    softmax,
    softmax_product,
    softmax_rest,
    softmax_slope,
    softplus,
)
from explorer.core.functions.near_zero import (
    atanh_bend,
    bell,
    bell_slope,
    exp_gap,
    exp_quotient,
    exp_quotient_slope,
    log1mexp,
    log1p_gap,
    log1p_quotient,
    log1p_quotient_slope,
)
from explorer.core.functions.products import xdivy, xlog1py, xlogy, xmuly
from explorer.core.functions.roots import log1p_square, log1p_square_slope, root1p_excess, root_above, root_excess, softsign
from explorer.core.functions.special import THEIRS as SPECIAL_OF_SYMPY
from explorer.core.functions.special import (
    digamma,
    erf,
    erfc,
    erfc_excess,
    erfc_rate,
    gamma_function,
    lgamma,
    log_erfc,
    log_half_erfc,
    log_of_erfc,
    of_polygamma,
    tetragamma,
    trigamma,
)
from explorer.core.functions.written import textbook, tidy

__all__ = [
    "COMPOSED",
    "FUNCTIONS",
    "SPECIAL",
    "SPECIAL_OF_SYMPY",
    "Composed",
    "StableFunction",
    "absolute",
    "argmax",
    "at_most",
    "atanh_bend",
    "bell",
    "bell_slope",
    "below",
    "chained",
    "class_surprise",
    "condition_of",
    "digamma",
    "direction",
    "entropy_gap",
    "erf",
    "erfc",
    "erfc_excess",
    "erfc_rate",
    "exp_difference",
    "exp_gap",
    "exp_quotient",
    "exp_quotient_slope",
    "expm1",
    "focal",
    "focal_slope",
    "focal_surprise",
    "gamma_function",
    "general_robust",
    "general_robust_shape_slope",
    "general_robust_slope",
    "holds",
    "is_floor_of",
    "leaky_relu",
    "least_focal",
    "lgamma",
    "log1mexp",
    "log1p_gap",
    "log1p_quotient",
    "log1p_quotient_slope",
    "log1p_square",
    "log1p_square_slope",
    "log_and_1",
    "log_cosh",
    "log_cosh_slope",
    "log_erfc",
    "log_half_erfc",
    "log_of_erfc",
    "log_quotient",
    "log_ratio",
    "logistic_loss",
    "logit",
    "logsumexp",
    "maximum",
    "minimum",
    "norm",
    "of_polygamma",
    "positive",
    "power_surprise",
    "reading_order",
    "relu",
    "root1p_excess",
    "root_above",
    "root_excess",
    "same",
    "sech",
    "shift",
    "sigmoid",
    "sigmoid_slope",
    "signum",
    "sinc",
    "sinc_slope",
    "sinhc",
    "sinhc_slope",
    "softmax",
    "softmax_product",
    "softmax_rest",
    "softmax_slope",
    "softplus",
    "softplus_gap",
    "softsign",
    "swish",
    "swish_slope",
    "tetragamma",
    "textbook",
    "tidy",
    "trigamma",
    "versine",
    "where",
    "xdivy",
    "xlog1py",
    "xlogy",
    "xmuly",
]

FUNCTIONS: tuple[type[StableFunction], ...] = (
    xlogy, xlog1py, xdivy, xmuly, focal, focal_surprise, focal_slope, power_surprise, entropy_gap, sigmoid, logit, log_quotient,
    softplus, logistic_loss, exp_difference, logsumexp, expm1, log_cosh, log_cosh_slope, norm, direction, general_robust,
    general_robust_slope, general_robust_shape_slope, shift, least_focal, argmax, positive, relu, leaky_relu, same, below,
    at_most, where, absolute, signum, maximum, minimum,
)  # fmt: skip
"""Those that have a source of their own in each language."""

COMPOSED: tuple[type[Composed], ...] = (
    versine, sech, sigmoid_slope, softsign, swish, swish_slope, softplus_gap, log1mexp, log1p_square, log1p_square_slope,
    root_excess, root1p_excess, root_above, log_ratio, log_and_1, bell, bell_slope, softmax, softmax_rest, softmax_slope,
    softmax_product, class_surprise, exp_gap, exp_quotient, exp_quotient_slope, sinc, sinc_slope, sinhc, sinhc_slope,
    atanh_bend, log1p_gap, log1p_quotient, log1p_quotient_slope,
)  # fmt: skip
"""Those that are printed as what they are composed of."""

SPECIAL: tuple[type[StableFunction], ...] = (
    erf, erfc, gamma_function, lgamma, digamma, trigamma, tetragamma, log_erfc, log_half_erfc, erfc_rate, erfc_excess,
)  # fmt: skip
"""Those of the error and the gamma function: each in the languages that can compute it; the last four are made of others."""
