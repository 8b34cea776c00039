"""What libraries compute for the losses of a real prediction: steps as each library has them, by the inputs of the loss."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from explorer.core.losses.libraries.spec import Convention, Told
from explorer.core.losses.libraries.tape import (
    Number,
    absolute,
    exp,
    log,
    log1p,
    logaddexp,
    maximum,
    minimum,
    single,
    softplus,
    sqrt,
)

_F = "torch.nn.functional"
_AS_OURS = "As defined here."
_SINGLE = "Takes its mean in float32, whatever the dtype."
_HALF = "Half of it."
_METRIC = "The metric alone, without a gradient."
_LABELS = "The metric alone; holds targets in float32, as all its metrics do."
_HALF_STEP = "Boosts by the gradient of half of it, and the hessian 1."
_LOG_Y = "Boosts by ln y: the hessian is by ln y, the gradient here by y."
_TIMES = "Its hessian is e^0.7 times that of the loss, which keeps steps short."


# --- Squared and absolute error, Huber's and its kin ---


def _single_label(metric: Callable[..., Number]) -> Callable[..., Told]:
    """A metric of LightGBM, which holds labels in float32."""

    def told(y: Number, t: Number, *options: Number) -> Told:
        return Told(metric(y, t.like(np.float32(t.value)), *options))

    return told


def _huber(y: Number, t: Number, delta: Number) -> Number:
    r = absolute(y - t)
    return 0.5 * r * r if float(r) <= float(delta) else delta * (r - 0.5 * delta)


def _smooth_l1(y: Number, t: Number, beta: Number) -> Number:
    r = absolute(y - t)
    return 0.5 * r * r / beta if float(r) < float(beta) else r - 0.5 * beta


def _optax_huber(y: Number, t: Number, delta: Number) -> Number:
    size = absolute(y - t, at_0=1.0)
    quadratic = minimum(size, delta)
    return 0.5 * quadratic**2 + delta * (size - quadratic)


def _keras_huber(y: Number, t: Number, delta: Number) -> Number:
    error = y - t
    size = absolute(error, at_0=1.0)
    return single(0.5 * error**2 if float(size) <= float(delta) else delta * size - 0.5 * delta**2)


def _lightgbm_huber(y: Number, t: Number, delta: Number) -> Told:
    return Told(slope=maximum(minimum(y - t, delta), -delta), hessian=1.0)


def _xgboost_pseudo_huber(y: Number, t: Number, delta: Number) -> Told:
    scale = 1.0 + ((y - t) / delta) ** 2
    return Told(slope=(y - t) / sqrt(scale), hessian=1.0 / (scale * sqrt(scale)))


def _xgboost_pseudo_huber_metric(y: Number, t: Number, delta: Number) -> Told:
    return Told(delta**2 * (sqrt(1.0 + ((y - t) / delta) ** 2) - 1.0))


def _sign(x: float, at_0: float) -> float:
    return at_0 if x == 0 else math.copysign(1.0, x)


def _pinball(y: Number, t: Number, tau: Number) -> Number:
    return tau * (t - y) if float(t) >= float(y) else (1.0 - tau) * (y - t)


def _scikit_learn_pinball(y: Number, t: Number, tau: Number) -> Told:
    return Told(_pinball(y, t, tau), -tau if float(t) >= float(y) else 1.0 - tau)


def _xgboost_quantile(y: Number, t: Number, tau: Number) -> Told:
    return Told(slope=1.0 - tau if float(y) >= float(t) else -tau, hessian=1.0)


# --- Logarithms and shares ---


def _keras_squared_log(y: Number, t: Number) -> Number:
    return single((log(maximum(y, 1e-7) + 1.0) - log(maximum(t, 1e-7) + 1.0)) ** 2)


def _squared_log(y: Number, t: Number) -> Number:
    return (log1p(y) - log1p(t)) ** 2


def _xgboost_squared_log(y: Number, t: Number) -> Told:
    off = log1p(y) - log1p(t)
    return Told(slope=off / (y + 1.0), hessian=max(float((1.0 - off) / (y + 1.0) ** 2), 1e-6))


def _keras_percentage(y: Number, t: Number) -> Number:
    return 100.0 * single(absolute((t - y) / maximum(absolute(t), 1e-7), at_0=1.0))


# --- Distributions ---


def _stirling(t: Number) -> float:
    """PyTorch's constant for ln t!: Stirling's formula, 0 up to t = 1."""
    count = float(t)
    return count * math.log(count) - count + math.log(2 * math.pi * count) / 2 if count > 1 else 0.0


def _torch_poisson(y: Number, t: Number) -> Number:
    return y - t * log(y + 1e-8)


def _poisson_deviance(y: Number, t: Number) -> Told:
    own = t * log(t / y) if float(t) > 0 else t.like(0)
    return Told(2.0 * (own - t + y))


def _lightgbm_poisson_metric(y: Number, t: Number) -> Number:
    return y - t * log(maximum(y, 1e-10))


def _xgboost_poisson_metric(y: Number, t: Number) -> Told:
    return Told(math.lgamma(float(t) + 1) + y - t * log(y))


def _boosted_poisson(z: Number, t: Number) -> Told:
    return Told(slope=exp(z) - t, hessian=exp(z + 0.7))


def _half_poisson(z: Number, t: Number) -> Number:
    return exp(z) - t * z


def _gamma(y: Number, t: Number) -> Number:
    return log(y) + t / y


def _boosted_gamma(y: Number, t: Number) -> Told:
    return Told(slope=(1.0 - t / y) / y, hessian=t / y)


def _lightgbm_gamma_metric(y: Number, t: Number) -> Number:
    """With ln t in float32 less ln t in double, which is no 0."""
    return t / y + log(y) + float(np.float32(np.log(t.value))) - log(t)


def _scikit_learn_tweedie(y: Number, t: Number, rho: Number) -> Number:
    z, power = log(y), float(rho)
    return exp((2 - power) * z) / (2 - power) - t * exp((1 - power) * z) / (1 - power)


def _boosted_tweedie(y: Number, t: Number, rho: Number) -> Told:
    z, power = log(y), float(rho)
    ahead, back = exp((2 - power) * z), t * exp((1 - power) * z)
    return Told(slope=(ahead - back) / y, hessian=(2 - power) * ahead - (1 - power) * back)


def _tweedie_deviance(y: Number, t: Number, rho: Number) -> Told:
    power = float(rho)
    least = t ** (2 - power) / ((1 - power) * (2 - power))
    return Told(2.0 * (least - t * y ** (1 - power) / (1 - power) + y ** (2 - power) / (2 - power)))


def _torch_gaussian(y: Number, t: Number, v: Number) -> Number:
    floor = maximum(v, 1e-6)
    return 0.5 * (log(floor) + (y - t) ** 2 / floor)


def _torch_normal(y: Number, t: Number, v: Number) -> Number:
    scale = sqrt(v)
    return (t - y) ** 2 / (2.0 * scale**2) + log(scale) + math.log(math.sqrt(2 * math.pi))


def _jax_normal(y: Number, t: Number, v: Number) -> Number:
    squared = sqrt(v) ** 2
    return (log(2 * math.pi * squared) + (t - y) ** 2 / squared) / 2.0


def _torch_student(y: Number, t: Number, nu: Number, s: Number) -> Number:
    n = float(nu)
    constant = 0.5 * math.log(n) + 0.5 * math.log(math.pi) + math.lgamma(n / 2) - math.lgamma((n + 1) / 2)
    return 0.5 * (n + 1) * log1p(((t - y) / s) ** 2 / n) + log(s) + constant


REGRESSION: Mapping[str, tuple[Convention, ...]] = {
    "squared_error": (
        Convention(f"{_F}.mse_loss(y, t, reduction='none')", _AS_OURS, lambda y, t: (y - t) ** 2),
        Convention("optax.losses.squared_error(y, t)", _AS_OURS, lambda y, t: (y - t) ** 2),
        Convention("optax.losses.l2_loss(y, t)", _HALF, lambda y, t: 0.5 * (y - t) ** 2),
        Convention("keras.losses.mean_squared_error(t[None], y[None])", _SINGLE, lambda y, t: single((y - t) ** 2)),
        Convention("sklearn.metrics.mean_squared_error([t], [y])", _METRIC, lambda y, t: Told((y - t) ** 2)),
        Convention("sklearn._loss.HalfSquaredError()", _HALF, lambda y, t: 0.5 * (y - t) * (y - t)),
        Convention("xgboost.reg:squarederror()", _HALF_STEP, lambda y, t: Told(slope=y - t, hessian=1.0)),
        Convention(
            "lightgbm.regression()",
            "Boosts by the gradient of half of it, though its metric l2 is the whole.",
            lambda y, t: Told(slope=y - t, hessian=1.0),
        ),
        Convention("lightgbm.metric.l2()", _LABELS, _single_label(lambda y, t: (y - t) ** 2)),
    ),
    "absolute_error": (
        Convention(f"{_F}.l1_loss(y, t, reduction='none')", "The slope at the kink is 0.", lambda y, t: absolute(y - t)),
        Convention("jax.numpy.abs(y - t)", "The slope at the kink is 1.", lambda y, t: absolute(y - t, at_0=1.0)),
        Convention(
            "keras.losses.mean_absolute_error(t[None], y[None])",
            "The slope at the kink is −1 here, on JAX; takes its mean in float32.",
            lambda y, t: single(absolute(t - y, at_0=1.0)),
        ),
        Convention("sklearn.metrics.mean_absolute_error([t], [y])", _METRIC, lambda y, t: Told(absolute(y - t))),
        Convention(
            "sklearn._loss.AbsoluteError()",
            "The slope at the kink is −1.",
            lambda y, t: Told(absolute(y - t), _sign(float(y - t), -1.0)),
        ),
        Convention(
            "xgboost.reg:absoluteerror()",
            "Boosts by the sign with hessian 1, and makes its leaves medians afterwards.",
            lambda y, t: Told(slope=_sign(float(y - t), 0.0), hessian=1.0),
        ),
    ),
    "huber": (
        Convention(f"{_F}.huber_loss(y, t, reduction='none', delta=delta)", _AS_OURS, _huber),
        Convention(
            f"{_F}.smooth_l1_loss(y, t, reduction='none', beta=delta)",
            "Divides it by δ, which it calls beta: far out its slope is 1 whatever δ is.",
            _smooth_l1,
        ),
        Convention(
            "optax.losses.huber_loss(y, t, delta=delta)",
            "Adds a part that is at most δ and what is beyond, so that small slopes lose digits.",
            _optax_huber,
        ),
        Convention("keras.losses.huber(t[None], y[None], delta=delta)", _SINGLE, _keras_huber),
        Convention("sklearn._loss.HuberLoss(delta=delta)", "Given δ; gradient boosting takes a quantile for it.", _huber),
        Convention("lightgbm.huber(alpha=delta)", "Calls δ alpha, and boosts with hessian 1 beyond it too.", _lightgbm_huber),
        Convention("lightgbm.metric.huber(alpha=delta)", "The metric alone; calls δ alpha.", _single_label(_huber)),
    ),
    "pseudo_huber": (
        Convention("xgboost.reg:pseudohubererror(huber_slope=delta)", "Calls δ huber_slope.", _xgboost_pseudo_huber),
        Convention(
            "xgboost.metric.reg:pseudohubererror.mphe(huber_slope=delta)",
            "The metric alone: takes a root less 1 in float32, so that a small error counts as 0.",
            _xgboost_pseudo_huber_metric,
            "metric mphe",
        ),
    ),
    "log_cosh": (
        Convention(
            "optax.losses.log_cosh(y, t)", "Takes ln(eʳ + e⁻ʳ) and subtracts ln 2.",
            lambda y, t: logaddexp(y - t, -(y - t)) - math.log(2),
        ),
        Convention(
            "keras.losses.log_cosh(t[None], y[None])", "Takes r + softplus(−2r) − ln 2, and its mean in float32.",
            lambda y, t: single((y - t) + softplus((y - t) * -2.0) - math.log(2)),
        ),
    ),
    "quantile": (
        Convention(
            "sklearn.metrics.mean_pinball_loss([t], [y], alpha=tau)",
            "The metric alone; calls τ alpha: the weight of predictions that are too low.",
            lambda *at: Told(_pinball(*at)),
        ),
        Convention("sklearn._loss.PinballLoss(quantile=tau)", "The slope at the kink is −τ.", _scikit_learn_pinball),
        Convention(
            "xgboost.reg:quantileerror(quantile_alpha=tau)",
            "Calls τ quantile_alpha; the slope at the kink is 1 − τ, the hessian 1.",
            _xgboost_quantile,
        ),
        Convention(
            "xgboost.metric.reg:quantileerror.quantile(quantile_alpha=tau)", "The metric alone; calls τ quantile_alpha.",
            lambda *at: Told(_pinball(*at)),
        ),
        Convention(
            "lightgbm.metric.quantile(alpha=tau)", "The metric alone; calls τ alpha.", _single_label(_pinball)
        ),
    ),
    "epsilon_insensitive": (
        Convention(
            "sklearn.linear_model._sgd_fast.EpsilonInsensitive(epsilon)", "No slope at the kink.",
            lambda y, t, epsilon: maximum(absolute(t - y) - epsilon, 0.0, of_x=0.0), "SGDRegressor epsilon_insensitive",
        ),
    ),
    "squared_log_error": (
        Convention(
            "keras.losses.mean_squared_logarithmic_error(t[None], y[None])",
            "Takes y and t below 1e−7 for 1e−7, so that the slope at y = 0 is 0; takes its mean in float32.",
            _keras_squared_log,
        ),
        Convention("sklearn.metrics.mean_squared_log_error([t], [y])", _METRIC, lambda *at: Told(_squared_log(*at))),
        Convention(
            "xgboost.reg:squaredlogerror()", "Boosts by the gradient of half of it; takes a hessian of at least 1e−6.",
            _xgboost_squared_log,
        ),
    ),
    "percentage_error": (
        Convention(
            "keras.losses.mean_absolute_percentage_error(t[None], y[None])",
            "In percent: 100 times it; divides by at least 1e−7, and takes its mean in float32.",
            _keras_percentage,
        ),
        Convention(
            "sklearn.metrics.mean_absolute_percentage_error([t], [y])",
            "The metric alone: a share, no percentage; divides by at least 2.2e−16.",
            lambda y, t: Told(absolute(y - t) / maximum(absolute(t), float(np.finfo(np.float64).eps))),
        ),
        Convention(
            "lightgbm.metric.mape()", "The metric alone: divides by at least 1, so that small targets count less.",
            _single_label(lambda y, t: absolute(y - t) / maximum(absolute(t), 1.0)),
        ),
    ),
    "poisson": (
        Convention(
            f"{_F}.poisson_nll_loss(y, t, log_input=False, reduction='none')", "Takes ln(y + 1e−8).", _torch_poisson
        ),
        Convention(
            f"{_F}.poisson_nll_loss(y, t, log_input=False, full=True, reduction='none')",
            "Takes ln(y + 1e−8), and adds Stirling's t ln t − t + ln(2πt)/2 for ln t! where t > 1.",
            lambda y, t: _torch_poisson(y, t) + _stirling(t),
            "poisson_nll_loss, full",
        ),
        Convention(
            "keras.losses.poisson(t[None], y[None])", "Takes ln(y + 1e−7), and its mean in float32.",
            lambda y, t: single(y - t * log(y + 1e-7)),
        ),
        Convention(
            "sklearn.metrics.mean_poisson_deviance([t], [y])", "The deviance: twice what is above the least loss, t − t ln t.",
            _poisson_deviance,
        ),
        Convention(
            "lightgbm.metric.poisson()", "The metric alone: takes no ln of less than 1e−10.",
            _single_label(_lightgbm_poisson_metric),
        ),
        Convention(
            "xgboost.metric.count:poisson.poisson-nloglik()", "The metric alone: adds ln t! itself.",
            _xgboost_poisson_metric, "metric poisson-nloglik",
        ),
    ),
    "poisson_with_log_rate": (
        Convention(f"{_F}.poisson_nll_loss(z, t, reduction='none')", "In float16 e¹² is infinite.", _half_poisson),
        Convention(
            f"{_F}.poisson_nll_loss(z, t, full=True, reduction='none')",
            "Adds Stirling's t ln t − t + ln(2πt)/2 for ln t! where t > 1.",
            lambda z, t: _half_poisson(z, t) + _stirling(t),
            "poisson_nll_loss, full",
        ),
        Convention("sklearn._loss.HalfPoissonLoss()", "Half the deviance, its constant left out.", _half_poisson),
        Convention("xgboost.count:poisson()", _TIMES, _boosted_poisson),
        Convention("lightgbm.poisson()", _TIMES, _boosted_poisson),
    ),
    "gamma": (
        Convention(
            "sklearn.metrics.mean_gamma_deviance([t], [y])", "The deviance: twice what is above the least loss, 1 + ln t.",
            lambda y, t: Told(2.0 * (log(y / t) + t / y - 1.0)),
        ),
        Convention("sklearn._loss.HalfGammaLoss()", "Half the deviance by ln y, its constant left out.", _gamma),
        Convention("xgboost.reg:gamma()", _LOG_Y, _boosted_gamma),
        Convention("lightgbm.gamma()", _LOG_Y, _boosted_gamma),
        Convention(
            "lightgbm.metric.gamma()", "The metric alone: some 1e−9 off, by ln t in float32 less ln t in float64.",
            _single_label(_lightgbm_gamma_metric),
        ),
        Convention(
            "xgboost.metric.reg:gamma.gamma-nloglik()", _METRIC, lambda *at: Told(_gamma(*at)), "metric gamma-nloglik"
        ),
    ),
    "tweedie": (
        Convention(
            "sklearn.metrics.mean_tweedie_deviance([t], [y], power=rho)",
            "The deviance: twice what is above the least loss; calls ρ power.",
            _tweedie_deviance,
        ),
        Convention("sklearn._loss.HalfTweedieLoss(power=rho)", "By ln y; calls ρ power.", _scikit_learn_tweedie),
        Convention("xgboost.reg:tweedie(tweedie_variance_power=rho)", _LOG_Y, _boosted_tweedie),
        Convention("lightgbm.tweedie(tweedie_variance_power=rho)", _LOG_Y, _boosted_tweedie),
        Convention(
            "lightgbm.metric.tweedie(tweedie_variance_power=rho)", _LABELS, _single_label(_scikit_learn_tweedie)
        ),
    ),
    "gaussian": (
        Convention(
            f"{_F}.gaussian_nll_loss(y, t, v, reduction='none')", "Leaves out ln(2π)/2; takes v below 1e−6 for 1e−6.",
            _torch_gaussian,
        ),
        Convention(
            f"{_F}.gaussian_nll_loss(y, t, v, full=True, reduction='none')", "Adds ln(2π)/2; takes v below 1e−6 for 1e−6.",
            lambda *at: _torch_gaussian(*at) + 0.5 * math.log(2 * math.pi),
            "gaussian_nll_loss, full",
        ),
        Convention(
            "-torch.distributions.Normal(y, v.sqrt()).log_prob(t)", "Adds ln(2π)/2; takes the root of v.", _torch_normal,
            "Normal.log_prob",
        ),
        Convention(
            "-jax.scipy.stats.norm.logpdf(t, y, jax.numpy.sqrt(v))", "Adds ln(2π)/2; takes the root of v.", _jax_normal,
            "norm.logpdf",
        ),
    ),
    "laplace": (
        Convention(
            "-torch.distributions.Laplace(y, b).log_prob(t)", "The slope at the kink is 0.",
            lambda y, t, b: absolute(t - y) / b + log(2.0 * b),
            "Laplace.log_prob",
        ),
        Convention(
            "-jax.scipy.stats.laplace.logpdf(t, y, b)", "The slope at the kink is −1/b.",
            lambda y, t, b: absolute(t - y, at_0=1.0) / b + log(2.0 * b),
            "laplace.logpdf",
        ),
    ),
    "student_t": (
        Convention(
            "-torch.distributions.StudentT(nu, y, s).log_prob(t)", "Adds what makes the density's integral 1.", _torch_student,
            "StudentT.log_prob",
        ),
        Convention(
            "-jax.scipy.stats.t.logpdf(t, nu, y, s)", "Adds what makes the density's integral 1.", _torch_student,
            "t.logpdf",
        ),
    ),
}  # fmt: skip
"""Loss -> its conventions."""
