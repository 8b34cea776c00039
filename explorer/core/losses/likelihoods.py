"""Losses that are negative log-likelihoods of a target, in nats, without terms that no prediction and no scale changes."""

from __future__ import annotations

from sympy import Abs, Expr, Rational, asinh, exp, log, sqrt

from explorer.core.domains import Between, Count, Input, NonNegative, Positive, Real
from explorer.core.functions import absolute, log_cosh, xlogy
from explorer.core.losses.regression import T, Y
from explorer.core.losses.spec import Loss

MEAN = Input("y", Positive(), 2.0, "prediction", "Mean y")
AMOUNT = Input("t", Positive(), 1.0, "target", "Target t")
COUNT = Input("t", Count(), 3.0, "target", "Count t")
SCALE = Input("s", Positive(), 1.0, "parameter", "Scale s")
_DEVIANCE = "scikit-learn documentation, mean_tweedie_deviance: half of it, less what is the target's alone."


def student_t(y: Expr, t: Expr, nu: Expr, s: Expr) -> Expr:
    """ln s + (nu + 1) / 2 ln(1 + q**2) with q = (y - t) / (s sqrt(nu)), without its square: cosh(asinh q)**2 is 1 + q**2."""
    return log(s) + (nu + 1) * log_cosh(asinh((y - t) / s / sqrt(nu)))


def tweedie(y: Expr, t: Expr, rho: Expr) -> Expr:
    """t y**(1 - rho) / (rho - 1) + y**(2 - rho) / (2 - rho)."""
    return t * y ** (1 - rho) / (rho - 1) + y ** (2 - rho) / (2 - rho)


LOSSES: tuple[Loss, ...] = (
    Loss(
        "poisson", "Poisson loss", "regression",
        (Input("y", NonNegative(), 1.5, "prediction", "Rate y"), COUNT), "y",
        lambda y, t: y - xlogy(t, y), lambda y, t: y - t * log(y),
        about="For counts: the surprise of a Poisson distribution with rate y, less ln t!.",
        aliases=("poisson nll", "PoissonNLLLoss", "poisson deviance", "count regression"),
        references=("PyTorch documentation, PoissonNLLLoss with log_input=False, full=False and eps=0.",),
        unit="nats",
    ),
    Loss(
        "poisson_with_log_rate", "Poisson loss by the logarithm of the rate", "regression",
        (Input("z", Real(), 0.5, "prediction", "Log rate z"), COUNT), "z",
        lambda z, t: exp(z) - t * z,
        about="For counts, where a model gives z = ln of the rate: no rate can come out negative.",
        aliases=("poisson log input", "PoissonNLLLoss log_input", "log link poisson"),
        references=("PyTorch documentation, PoissonNLLLoss with log_input=True and full=False.",),
        unit="nats",
    ),
    Loss(
        "gamma", "Gamma loss", "regression", (MEAN, AMOUNT), "y",
        lambda y, t: log(y) + t / y,
        about="For positive amounts whose spread grows with their mean, such as claims: by ratio alone.",
        aliases=("gamma deviance", "gamma regression"),
        references=(_DEVIANCE,),
        unit="nats",
    ),
    Loss(
        "tweedie", "Tweedie loss", "regression",
        (MEAN, Input("t", NonNegative(), 1.0, "target", "Target t"),
         Input("rho", Between(1.0, 2.0, (1.01, 1.99)), 1.5, "parameter", "Power ρ")), "y",
        tweedie, lambda y, t, rho: -t * y ** (1 - rho) / (1 - rho) + y ** (2 - rho) / (2 - rho),
        about="For amounts that often are exactly 0, such as rain: between Poisson (ρ = 1) and gamma (ρ = 2).",
        aliases=("tweedie deviance", "compound poisson"),
        references=(_DEVIANCE,),
        unit="nats",
    ),
    Loss(
        "gaussian", "Gaussian loss with variance", "regression",
        (Y, T, Input("v", Positive(), 1.0, "parameter", "Variance v")), "y",
        lambda y, t, v: (log(v) + (y - t) ** 2 / v) / 2, lambda y, t, v: log(v) / 2 + (y - t) ** 2 / (2 * v),
        about="The squared error in units of its variance; a variance too small or too large costs too. Less ln(2π)/2.",
        aliases=("gaussian nll", "GaussianNLLLoss", "normal likelihood", "heteroscedastic"),
        references=("PyTorch documentation, GaussianNLLLoss with full=False.",),
        unit="nats",
    ),
    Loss(
        "laplace", "Laplace loss with scale", "regression",
        (Y, T, Input("b", Positive(), 1.0, "parameter", "Scale b")), "y",
        lambda y, t, b: log(2 * b) + absolute(y - t) / b, lambda y, t, b: log(2) + log(b) + Abs(y - t) / b,
        about="The absolute error in units of its scale: the surprise of a Laplace distribution.",
        aliases=("laplace nll", "double exponential"),
        references=("SciPy documentation, stats.laplace: minus the logarithm of its density, scaled by b.",),
        unit="nats",
    ),
    Loss(
        "student_t", "Student-t loss", "regression",
        (Y, T, Input("nu", Positive(), 3.0, "parameter", "Degrees of freedom ν"), SCALE), "y",
        student_t, lambda y, t, nu, s: log(s) + (nu + 1) * Rational(1, 2) * log(1 + (y - t) ** 2 / (nu * s**2)),
        about="The surprise of a distribution with heavy tails, which expects outliers; less what only ν changes.",
        aliases=("student t nll", "t distribution"),
        references=("SciPy documentation, stats.t: minus the logarithm of its density, less its gamma functions.",),
        unit="nats",
    ),
)  # fmt: skip
