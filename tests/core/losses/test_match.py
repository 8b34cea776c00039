"""What typed losses are in the catalogue: each typed by hand, with near misses that are nothing."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from explorer.core.algebra import budget
from explorer.core.losses import LOSSES, typed_loss
from explorer.core.losses import match as match_module
from explorer.core.losses.match import match
from explorer.core.losses.match.proof import SECONDS

HUBER = "where(abs(y - t) <= {0}, (y - t)^2/2, {1}*(abs(y - t) - {1}/2))"
SAID = {
    ("(y - t)^2", "y"): "Equals squared error",
    ("3*(y - t)^2/2 + 1", "y"): "Equals 3/2 × squared error plus 1",
    ("abs(y - t)", "y"): "Equals absolute error",
    (HUBER.format(1, 1), "y"): "Equals Huber loss with δ = 1",
    (HUBER.format("1.5", "1.5"), "y"): "Equals Huber loss with δ = 3/2",
    (HUBER.format("delta", "delta"), "y"): "Equals Huber loss, ",
    ("sqrt(1 + (y - t)^2) - 1", "y"): "Equals pseudo-Huber loss with δ = 1",
    ("log(cosh(y - t))", "y"): "Equals log-cosh loss",
    ("max(0.3*(t - y), (0.3 - 1)*(t - y))", "y"): "Equals quantile loss with τ = 0.3",
    ("where(t > y, 0.3, 0.7)*(y - t)^2", "y"): "Equals expectile loss with τ = 0.3",
    ("max(0, abs(y - t) - 0.5)", "y"): "Equals epsilon-insensitive loss with ε = 1/2",
    ("log(1 + (y - t)^2)/2", "y"): "Equals Cauchy loss with c = 1",
    ("(1 - exp(-(y - t)^2))/2", "y"): "Equals Welsch loss with c = 1",
    ("(log(1 + y) - log(1 + t))^2", "y"): "Equals squared logarithmic error",
    ("y - t*log(y)", "y"): "Equals Poisson",
    ("exp(z) - t*z", "z"): "Equals Poisson",
    ("log(s) + log(2) + abs(y - t)/s", "y"): "Equals Laplace",
    ("log(v)/2 + (y - t)^2/(2*v)", "y"): "Equals Gaussian",
    ("-t*log(p) - (1 - t)*log(1 - p)", "p"): "Equals binary cross-entropy",
    ("softplus(z) - t*z", "z"): "Equals binary cross-entropy",
    ("log(1 + exp(-y*f))", "f"): "Equals binary cross-entropy",
    ("max(0, 1 - t*y)", "y"): "Equals hinge loss",
    ("max(0, 1 - t*y)^2", "y"): "Equals squared hinge loss",
    ("exp(-t*y)", "y"): "Equals exponential loss",
    ("1/(1 + exp(t*y))^2", "y"): "Equals savage loss",
    ("min(1, max(0, 1 - t*y))", "y"): "Equals ramp loss",
    ("-t1*log(p1) - t2*log(p2) - t3*log(p3)", "p1"): "Equals cross-entropy",
    ("log(1 + exp(-z))", "z"): "Equals binary cross-entropy of a logit at t = 1, ",
    ("log(1 + exp(z))", "z"): "Equals binary cross-entropy of a logit at t = 0, ",
    ("max(0, 1 - m)", "m"): "Equals hinge loss at t = 1, ",
    ("2*max(0, 1 + m)", "m"): "Equals 2 × hinge loss at t = −1, ",
    ("x^2", "x"): "Equals squared error at t = 0, ",
    ("-log(p)", "p"): "Equals binary cross-entropy at t = 1, ",
    ("-(1 - sigmoid(z))^2*log(sigmoid(z))/4", "z"): "Equals focal loss with α = 1/4 and γ = 2, at t = 1, ",
    ("where(abs(r) <= 2, r^2/2, 2*(abs(r) - 1))", "r"): "Equals Huber loss with δ = 2, at t = 0, ",
}
"""What is typed, and what is predicted -> how the first sentence on it begins."""
MISSES = {
    HUBER.format("1.001", 1): "y",
    HUBER.format(1, "1.001"): "y",
    "(y - t)^2*1.0000001^y": "y",
    "max(0, 1 - 1.001*t*y)": "y",
    "where(abs(y - t) <= 1, (y - t)^2/2, abs(y - t))": "y",
    "-t*log(p) - (1 - t)*log(1.001 - p)": "p",
    "(y - t)^4": "y",
    "-(y - t)^2": "y",
    "max(0, 1.001 - m)": "m",
    "x^2*1.0000001^x": "x",
}


@pytest.fixture
def _by_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proofs, which take a process each."""
    monkeypatch.setattr(match_module, "proved", lambda _, found: found)
    monkeypatch.setattr(match_module, "_matches", match_module._matches.__wrapped__)


@pytest.mark.usefixtures("_by_values")
@pytest.mark.parametrize(("text", "by"), SAID)
def test_a_loss_that_is_typed_by_hand_is_known(text: str, by: str) -> None:
    assert [str(one) for one in match(typed_loss(text, by=by))][:1][0].startswith(SAID[text, by])


@pytest.mark.parametrize("text", MISSES)
def test_a_near_miss_is_none(text: str) -> None:
    assert match(typed_loss(text, by=MISSES[text])) == []


def test_the_sentence_says_how_it_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def here(function: Callable[..., object], *given: object, seconds: float) -> object:
        assert seconds == SECONDS
        return function(*given)

    monkeypatch.setattr(budget, "run", here)
    for text in ("y^2 - 2*y*t + t^2", "log(exp((y - t)^2))"):
        (proved, *_) = match(typed_loss(text, by="y"))
        assert str(proved) == "Equals squared error, by algebra."

    def late(*_: object, seconds: float) -> None:
        raise TimeoutError

    monkeypatch.setattr(budget, "run", late)
    (found, *_) = match(typed_loss(HUBER.format("0.5", "0.5"), by="y"))
    assert str(found) == f"Equals Huber loss with δ = 1/2, at {found.points} points."
    assert found.points > 300
    (some, *_) = match(typed_loss("exp(z) - t*z", by="z"))
    assert " where t is a whole number of at least 0, " in str(some)


@pytest.mark.usefixtures("_by_values")
def test_each_loss_of_the_catalogue_is_itself() -> None:
    for name in ("cauchy", "focal", "gamma", "laplace", "squared_hinge", "brier_of_classes", "dpo"):
        known = replace(LOSSES[name], name="typed")
        assert LOSSES[name] in [one.loss for one in match(known)], name
