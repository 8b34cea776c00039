"""Typed losses against those of the catalogue, and what is proposed of their symbols against what people mean."""

import numpy as np
import pytest

from explorer.core.algebra import read
from explorer.core.losses import LOSSES, typed_loss
from explorer.core.losses.proposed import KINDS, kind_of, proposed
from explorer.core.objective import objective

FORMULAS = {
    "binary_cross_entropy": ("-(t*log(p) + (1 - t)*log(1 - p))", "p"),
    "binary_cross_entropy_with_logits": ("t*log(1 + exp(-z)) + (1 - t)*log(1 + exp(z))", "z"),
    "squared_error": ("(y - t)^2", "y"),
    "welsch": ("c^2/2*(1 - exp(-((y - t)/c)^2))", "y"),
    "exponential": ("exp(-t*y)", "y"),
    "hinge": ("max(0, 1 - t*y)", "y"),
    "quantile": ("tau*relu(t - y) + (1 - tau)*relu(y - t)", "y"),
    "poisson": ("y - t*log(y)", "y"),
}
"""Loss of the catalogue -> how somebody might type it, and what is predicted."""


@pytest.mark.parametrize("name", FORMULAS)
def test_is_the_loss_of_the_catalogue_all_over_its_domain(name: str) -> None:
    text, by = FORMULAS[name]
    known, typed = LOSSES[name], typed_loss(text, by=by)
    random = np.random.default_rng(5)
    at = {one.name: one.domain.moderate(random, 50)[:, 0] for one in known.inputs}
    expected, found = known.with_slopes.evaluate(at), typed.with_slopes.evaluate(at)
    assert [one.role for one in typed.inputs] == [one.role for one in known.inputs]
    for step in ("L", f"d_{by}", f"d2_{by}"):
        np.testing.assert_allclose(found[step], np.broadcast_to(expected[step], 50), rtol=1e-12, atol=1e-12, err_msg=step)


@pytest.mark.parametrize(
    ("text", "by_squares"),
    [
        ("abs(y - t)^2", "(y - t)^2"),
        ("abs(y - t)*abs(y - t)", "(y - t)^2"),
        ("log(1 + abs(y - t)^2)", "log(1 + (y - t)^2)"),
        ("log(cosh(abs(y - t)))", "log(cosh(y - t))"),
        ("1 - exp(-abs(y - t)^2)", "1 - exp(-(y - t)^2)"),
        ("max(0, y - t)^2 + max(0, t - y)^2", "(y - t)^2"),
        ("max(0, y - t)^2 + min(0, y - t)^2 + (y - t)^4", "(y - t)^2"),
        ("(y - t)*max(0, y - t) - (y - t)*max(0, t - y)", "(y - t)^2"),
        ("max(y - t, t - y)^2", "(y - t)^2"),
        ("log(1 + max(0, y - t)^2 + max(0, t - y)^2)", "log(1 + (y - t)^2)"),
        ("abs(y - t) - log(1 + abs(y - t))", "(y - t)^2/(1 + abs(y - t))/2"),  # of the same curvature at 0
    ],
)
def test_what_leaves_no_kink_is_curved_at_0(text: str, by_squares: str) -> None:
    typed, expected = (typed_loss(one, by="y", target="t") for one in (text, by_squares))
    at = {"y": 0.5, "t": 0.5}
    wanted = float(expected.with_slopes.evaluate(at)["d2_y"])
    assert wanted >= 1
    assert float(typed.with_slopes.evaluate(at)["d2_y"]) == pytest.approx(wanted, rel=1e-12)
    assert float(objective(typed).program.evaluate(at)["d2_y"]) == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("log(1 + exp(-y*f))", "f prediction a logit, y target −1 or 1"),
        ("log(1 + exp(-(2*y - 1)*z))", "z prediction a logit, y target 0 to 1"),
        ("-(y*log(p) + (1 - y)*log(1 - p))", "p prediction 0 to 1, y target 0 to 1"),
        ("(y - yhat)**2", "yhat prediction any number, y target any number"),
        ("1 - exp(-(y - t)^2/c^2)", "y prediction any number, t target any number, c parameter above 0"),
        ("-alpha*(1 - p)^gamma*log(p)", "p prediction 0 to 1, alpha parameter 0 to 1, gamma parameter 0 or more"),
        (
            "-t1*log(p1) - t2*log(p2)",
            "p1 prediction shares of 1, p2 prediction shares of 1, t1 target shares of 1, t2 target shares of 1",
        ),
        ("log(exp(z1) + exp(z2)) - z1", "z1 prediction a logit, z2 prediction a logit"),
        ("(y - mu)^2/s^2 + log(s)", "mu prediction any number, y target any number, s parameter above 0"),
        ("exp(z) - t*z", "z prediction a logit, t target 0 or more"),
        ("x**2", "x prediction any number"),
        ("max(tau*(y - q), (tau - 1)*(y - q))", "q prediction any number, y target any number, tau parameter between 0 and 1"),
        ("abs(tau - (y < f))*(y - f)^2", "f prediction any number, y target any number, tau parameter between 0 and 1"),
        (r"-\alpha_t (1 - p_t)^2 \log(p_t)", "p_t prediction 0 to 1, alpha_t parameter 0 to 1"),
        ("2*(y*log(y/mu) - y + mu)", "mu prediction above 0, y target above 0"),
        ("y*log(y/p) + (1 - y)*log((1 - y)/(1 - p))", "p prediction 0 to 1, y target 0 to 1"),
        ("mu^(2 - p)/(2 - p) - y*mu^(1 - p)/(1 - p)", "mu prediction above 0, y target 0 or more, p parameter above 0"),
        ("exp(-s)*(y - mu)^2/2 + s/2", "mu prediction any number, y target any number, s parameter any number"),
        ("logaddexp(0, -y*f)", "f prediction a logit, y target −1 or 1"),
        ("k*log(s) + y/s - (k - 1)*log(y) + lgamma(k)", "s prediction above 0, y target above 0, k parameter above 0"),
        (
            "where(abs(y - f) <= d, (y - f)^2/2, d*abs(y - f) - d^2/2)",
            "f prediction any number, y target any number, d parameter above 0",
        ),
        ("max(d1 - d2 + margin, 0)", "d1 prediction any number, d2 prediction any number, margin parameter any number"),
        (r"-\mathbb{1}[y=1]\log p - \mathbb{1}[y=0]\log(1-p)", "p prediction 0 to 1, y target 0 or 1"),
    ],
)
def test_proposes_what_people_mean(text: str, meant: str) -> None:
    assert ", ".join(f"{one.name} {one.role} {kind_of(one.domain)}" for one in proposed(read(text))) == meant


def test_every_kind_of_domain_is_found_again() -> None:
    assert [kind_of(domain) for domain in KINDS.values()] == list(KINDS)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"by": "q"}, "by must be a symbol of the expression: p, t; got q."),
        ({"by": "p", "target": "y"}, "target must be a symbol of the expression: p, t; got y."),
        ({"by": "p", "target": "p"}, "A symbol can have one role only; got p twice."),
        ({"by": "p", "parameters": ["p"]}, "A symbol can have one role only; got p twice."),
    ],
)
def test_refuses_a_role_that_cannot_be(given: dict[str, str], sentence: str) -> None:
    with pytest.raises(ValueError, match="must be|one role") as refused:
        typed_loss("-t*log(p)", **given)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(("text", "by"), [("(L - t)^2", "L"), ("(d_y - t)^2", "d_y")])
def test_refuses_names_that_a_loss_needs(text: str, by: str) -> None:
    with pytest.raises(ValueError, match="another name"):
        typed_loss(text, by=by)


def test_two_typed_losses_are_one_only_if_they_say_the_same() -> None:
    one, same, other = (typed_loss(text, by="y") for text in ("(y - t)^2", "(y - t)**2", "(y - t)^4"))
    assert one == same != other


def test_a_parameter_stays_one_whatever_it_is_called() -> None:
    loss = typed_loss("log(1 + exp(-t*y/T))", by="y", parameters=["t"])
    assert loss.names("target") == ()
    assert loss.names("parameter") == ("T", "t")


@pytest.mark.parametrize(
    ("text", "by", "target", "names"),
    [
        (r"-\sum_{i=1}^{2} y_i \log p_i", "p_1", "y_1", ["p1", "p2", "y1", "y2"]),
        (r"(y - \hat{y})^2", r"\hat{y}", "y", ["yhat", "y"]),
        ("(x1 - t)^2", "x_1", "t", ["x1", "t"]),
        ("(ŷ - y)^2", "ŷ", "y", ["yhat", "y"]),
    ],
)
def test_a_symbol_is_named_as_it_is_typed_or_as_it_is_read(text: str, by: str, target: str, names: list[str]) -> None:
    assert [given.name for given in typed_loss(text, by=by, target=target).inputs] == names
