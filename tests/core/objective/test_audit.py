"""Verdicts on hand-written gradients and Hessians: as public threads on boosting libraries end, in small inputs of our own."""

from itertools import starmap

import pytest

from explorer.core.losses import LOSSES, Loss, typed_loss
from explorer.core.objective import audit

BCE, LOGITS, SQUARED = (LOSSES[name] for name in ("binary_cross_entropy", "binary_cross_entropy_with_logits", "squared_error"))
FAIR = typed_loss("abs(y - t) - log(1 + abs(y - t))", by="y")
RMSLE = typed_loss("(log(1 + yhat) - log(1 + y))^2/2", by="yhat")
MAPE = typed_loss("abs(yhat - y)/y", by="yhat")
THREADS = {
    # Number of the issue of dmlc/xgboost -> loss, link, gradient, Hessian and both verdicts.
    15: (BCE, "logistic", "p - t", "p*(1 - p)", "right", "right"),
    1428: (LOSSES["huber"], "identity", "clip(y - t, -delta, delta)", "np.where(abs(y - t) <= delta, 1, 0)", "right", "zero"),
    1818: (MAPE, "identity", "np.sign(yhat - y)/y", "0", "right", "zero"),
    2602: (SQUARED, "identity", "2*(t - y)", "2", "sign", "right"),
    2995: (BCE, "logistic", "z - t", "z*(1 - z)", "probability-not-score", "probability-not-score"),
    3037: (FAIR, "identity", "(t - y)/(abs(t - y) + 1)", "1/(abs(t - y) + 1)^2", "sign", "right"),
    3063: (SQUARED, "identity", "2/n*(preds - labels)", "2/n", "scale", "scale"),
    3096: (LOGITS, "identity", "1/(1 + exp(-z)) - t", "sigmoid(z)*(1 - sigmoid(z))", "right", "right"),
    4402: (RMSLE, "identity", "(log(1 + yhat) - log(1 + y))/(1 + y)", "1/(1 + yhat)*(1 + y)", "wrong", "wrong"),
}


@pytest.mark.parametrize("thread", THREADS)
def test_a_verdict_is_the_one_that_the_thread_ends_in(thread: int) -> None:
    loss, link, gradient, hessian, slope, curvature = THREADS[thread]
    found = audit(loss, gradient, hessian, link=link)
    assert found.hessian is not None
    assert (found.gradient.verdict, found.hessian.verdict) == (slope, curvature)


@pytest.mark.parametrize(
    ("loss", "link", "gradient", "verdict"),
    [
        (BCE, "logistic", "(p - t)/(p*(1 - p))", "probability-not-score"),
        (BCE, "logistic", "sigmoid(p) - t", "link-twice"),
        (BCE, "logistic", "(p - t)*p*(1 - p)", "link-twice"),
        (BCE, "logistic", "t - p", "sign"),
        (BCE, "logistic", "3*(p - t)", "scale"),
        (BCE, "logistic", "0", "zero"),
        (LOGITS, "identity", "sigmoid(sigmoid(z)) - t", "link-twice"),
        (LOSSES["absolute_error"], "identity", "(y - t)/abs(y - t)", "undefined"),
        (LOSSES["poisson"], "exp", "exp(z) - t", "right"),
        (LOSSES["poisson"], "exp", "1 - t/y", "probability-not-score"),
        (LOSSES["cross_entropy"], "softmax", "p1 - t1", "right"),
        (LOSSES["cross_entropy"], "softmax", "-t1/p1", "probability-not-score"),
        (LOSSES["hinge"], "identity", "np.where(t*y < 1, -t, 0)", "right"),
        (BCE, "logistic", "p*(1 - p)", "wrong"),
    ],
)
def test_each_known_slip_of_a_gradient_is_told(loss: Loss, link: str, gradient: str, verdict: str) -> None:
    assert audit(loss, gradient, link=link).gradient.verdict == verdict


@pytest.mark.parametrize(
    ("hessian", "verdict", "says"),
    [
        ("np.maximum(p*(1 - p), 1e-16)", "right", "second derivative"),
        ("-p*(1 - p)", "negative", "sign is flipped"),
        ("t/p^2 + (1 - t)/(1 - p)^2", "probability-not-score", "by the probability"),
        ("2*p*(1 - p)", "scale", "2 times"),
        ("(p - t)^2", "wrong", "square of the gradient"),
        ("1", "wrong", "constant"),
        ("0*p", "zero", "does not split"),
    ],
)
def test_each_known_slip_of_a_hessian_is_told(hessian: str, verdict: str, says: str) -> None:
    found = audit(BCE, "p - t", hessian, link="logistic").hessian
    assert found is not None
    assert found.verdict == verdict
    assert says in found.because


def test_the_second_derivative_of_what_is_not_convex_is_negative_though_right() -> None:
    loss = typed_loss("(p - t)^2", by="p")
    found = audit(loss, "2*(p - t)*p*(1 - p)", "2*p*(1 - p)*(p*(1 - p) + (p - t)*(1 - 2*p))", link="logistic")
    assert found.gradient.verdict == "right"
    assert found.hessian is not None
    assert found.hessian.verdict == "negative"
    assert "not convex" in found.hessian.because


@pytest.mark.parametrize(
    ("fault", "verdict"), [("{}", "right"), ("{} + 0.05", "wrong"), ("2*({})", "scale"), ("-({})", "sign")]
)
def test_what_grows_beyond_all_bounds_hides_no_fault(fault: str, verdict: str) -> None:
    loss = typed_loss("exp(f) - t*f", by="f", target="t")
    assert audit(loss, fault.format("exp(z)*exp(exp(z)) - t*exp(z)"), link="exp").gradient.verdict == verdict


def test_a_witness_holds_both_numbers() -> None:
    found = audit(SQUARED, "y - t").gradient
    r = found.witness["y"] - found.witness["t"]
    assert (found.found, found.expected, found.factor) == pytest.approx((r, 2 * r, 0.5))
    assert "0.5 times" in found.because


CODE = {
    "def logregobj(preds, dtrain):\n    labels = dtrain.get_label()\n    preds = 1.0 / (1.0 + np.exp(-preds))\n"
    "    grad = preds - labels\n    hess = preds * (1.0 - preds)\n    return grad, hess": (LOGITS, "right", "right"),
    "def obj(y_true, y_pred):\n    r = y_true - y_pred\n    return 2 * r, 2 * np.ones(r.shape)": (SQUARED, "sign", "right"),
    "grad = np.sign(preds - labels).astype(float)\nhess = np.zeros_like(preds)\nreturn grad, hess": (
        LOSSES["absolute_error"],
        "right",
        "zero",
    ),
    "p = preds\ngrad = p - dtrain.get_label()\nhess = p * (1 - p)\nreturn grad, hess": (
        LOGITS,
        "probability-not-score",
        "probability-not-score",
    ),
}


@pytest.mark.parametrize("code", CODE)
def test_the_body_of_a_function_is_read_and_never_run(code: str) -> None:
    loss, slope, curvature = CODE[code]
    found = audit(loss, code)
    assert found.hessian is not None
    assert (found.gradient.verdict, found.hessian.verdict) == (slope, curvature)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("(p - t).mean()", "Each row has its own gradient and Hessian: leave out the mean or the sum over rows."),
        ("return np.sum(preds - labels), 1", "Each row has its own gradient and Hessian"),
        ("q - t", "A formula may have the symbols p, t, z; got q."),
        ("import os\nreturn os.getcwd(), 1", "Line 1 is not read"),
        ("return preds -", "This is no Python function, at line 1."),
        ("\n# three times\nfor k in range(3):\n    x = 1\nreturn x, x", "Line 3 is not read"),
        (
            "total = 0\nfor k in range(len(preds)):\n    total += preds[k]\nreturn total, 1",
            "Line 2 is not read: write each row's",
        ),
        ("def f(x):\n    return f(x)\nreturn f(preds), 1", "Functions may call each other 6 deep."),
        ("def f(x):\n    return " + "+".join(["f(x)"] * 9) + "\nreturn f(preds), 1", "Functions may call each other"),
        ("c = preds > 0\n" + "c = c & c\n" * 40 + "return c, 1", "A function's conditions must have at most 2,000 parts."),
        ("x = preds\n" + "x = x*x + x\n" * 40 + "return x, 1", "A function's formulas must have at most 2,000 parts"),
        ("return [preds for _ in labels if preds > 0], 1", "Line 1 is not read"),
        ("while preds:\n    pass\nreturn preds, 1", "Line 1 is not read"),
        ("grad = preds.mean() - labels\nreturn grad, 1", "Each row has its own gradient and Hessian"),
        ("preds[0] = 1\nreturn preds, 1", "Line 1 is not read"),
        ("return eval('preds'), 1", ""),
        ("grad = __import__('os').getcwd()\nreturn grad, 1", ""),
        ("grad = preds.__class__\nreturn grad, 1", ""),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r"\.$") as refused:
        audit(BCE, text, link="logistic")
    assert str(refused.value).startswith(sentence)


def test_every_loss_with_one_prediction_is_right_by_itself_and_wrong_with_its_sign_flipped() -> None:
    rows = [("squared_error", "2*(y - t)"), ("log_cosh", "tanh(y - t)"), ("quantile", "where(y > t, 1 - tau, -tau)")]
    verdicts = list(starmap(lambda name, text: audit(LOSSES[name], text).gradient.verdict, rows))
    flipped = list(starmap(lambda name, text: audit(LOSSES[name], f"-({text})").gradient.verdict, rows))
    assert verdicts == ["right"] * 3
    assert flipped == ["sign"] * 3


POISSON = typed_loss("mu - y*log(mu)", by="mu", target="y")


@pytest.mark.parametrize(
    ("loss", "link", "gradient", "hessian", "verdicts"),
    [
        (POISSON, "exp", "exp(exp(z)) - y", "exp(exp(z))", ("link-twice", "link-twice")),
        (LOSSES["cross_entropy"], "softmax", "-t1/p1", "t1/p1**2", ("probability-not-score", "probability-not-score")),
        (LOSSES["squared_error"], "identity", "2*(y - t)", "2*np.ones_like(y)", ("right", "right")),
        (LOSSES["squared_error"], "identity", "-2*(labels - preds)", "np.full_like(preds, 2)", ("right", "right")),
        (LOSSES["squared_error"], "identity", "2*(y - t)", "np.zeros(len(y))", ("right", "zero")),
        (LOSSES["pseudo_huber"], "identity", "(y - t)/sqrt(1 + (y - t)**2/delta**2)", "abs(y - t) <= delta", ("right", "zero")),
    ],
)
def test_formulas_beside_each_other_get_their_verdicts(
    loss: Loss, link: str, gradient: str, hessian: str, verdicts: tuple[str, str]
) -> None:
    found = audit(loss, gradient, hessian, link=link)
    assert found.hessian is not None
    assert (found.gradient.verdict, found.hessian.verdict) == verdicts


@pytest.mark.parametrize("condition", ["np.abs(d) <= 1.5", "(np.abs(d) <= 1.5).astype(float)", "1.0*(np.abs(d) <= 1.5)"])
def test_a_condition_is_a_number_where_one_is_returned(condition: str) -> None:
    code = f"d = preds - labels\ngrad = np.clip(d, -1.5, 1.5)\nhess = {condition}\nreturn grad, hess"
    expected = audit(LOSSES["huber"], code.replace(condition, "np.where(np.abs(d) <= 1.5, 1, 0)"))
    found = audit(LOSSES["huber"], code)
    assert found.gradient.verdict == "right"
    assert found.hessian is not None
    assert expected.hessian is not None
    assert (found.hessian.verdict, found.hessian.found) == (expected.hessian.verdict, expected.hessian.found)


@pytest.mark.parametrize("weight", ["class_weights[labels]", "class_weight[y_true][:, None]", "weights[:, None]"])
def test_what_weighs_a_row_is_no_part_of_the_loss(weight: str) -> None:
    code = f"""
        class_weights = np.array([1.0, 2.0, 5.0])
        def objective(y_true, y_pred, class_weight, weights):
            labels = y_true
            p = softmax(y_pred, axis=1)
            w = {weight}
            return (p - np.eye(3)[labels])*w, 2*p*(1 - p)*w
    """
    found = audit(LOSSES["cross_entropy"], code, link="softmax")
    assert found.hessian is not None
    assert (found.gradient.verdict, found.hessian.verdict) == ("right", "scale")


@pytest.mark.parametrize("weights", ["np.where(labels == 1, 5.0, 1.0)", "(1 - p)**2"])
def test_a_weight_that_is_computed_is_a_part_of_it(weights: str) -> None:
    code = f"p = sigmoid(preds)\nweights = {weights}\nreturn weights*(p - labels), weights*p*(1 - p)"
    assert audit(LOSSES["binary_cross_entropy"], code, link="logistic").gradient.verdict == "wrong"


@pytest.mark.parametrize(
    "gradient",
    [
        "list(map(slope, preds, labels))",
        "np.vectorize(slope)(preds, labels)",
        "[slope(p, y) for p, y in zip(preds, labels)]",
        "list(map(lambda p, y: 2*(p - y), preds, labels))",
    ],
)
def test_a_function_of_each_row_may_be_taken_of_all(gradient: str) -> None:
    code = f"""
        def slope(pred, label):
            return 2*(pred - label)

        def objective(preds, dtrain):
            labels = dtrain.get_label()
            grad = {gradient}
            return np.array(grad), np.array([2.0 for _ in preds])
    """
    found = audit(LOSSES["squared_error"], code)
    assert found.hessian is not None
    assert (found.gradient.verdict, found.hessian.verdict) == ("right", "right")
    flipped = audit(LOSSES["squared_error"], code.replace("(pred - label)", "(label - pred)").replace("(p - y)", "(y - p)"))
    assert flipped.gradient.verdict == "sign"
