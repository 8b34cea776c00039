"""What people paste into the forums of boosting libraries gets the verdict that it deserves, or a sentence."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from explorer.core.losses import LOSSES, Loss, typed_loss
from explorer.core.objective import audit

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "as_pasted.toml").read_text())["case"]


def loss_of(case: dict[str, Any]) -> Loss:
    if isinstance(case["loss"], str):
        return LOSSES[case["loss"]]
    text, by, target = case["loss"]
    return typed_loss(text, by=by, target=target)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_pasted_objective_gets_its_verdict(case: dict[str, Any]) -> None:
    found = audit(loss_of(case), case["code"], link=case["link"])
    assert found.hessian is not None
    assert (found.gradient.verdict, found.hessian.verdict) == (case["gradient"], case["hessian"])


def test_a_number_in_the_code_is_the_parameters_and_another_one_is_not() -> None:
    code = "d = preds - labels\nreturn np.where(np.abs(d) <= 1.5, d, {}*np.sign(d)), np.ones_like(d)"
    huber = LOSSES["huber"]
    assert audit(huber, code.format("1.5")).gradient.verdict == "right"
    assert audit(huber, code.format("1.5")).gradient.witness["delta"] == 1.5
    assert audit(huber, code.format("2.5")).gradient.verdict == "wrong"


def test_a_hessian_alone_has_its_numbers_too() -> None:
    hessian = "np.where(np.abs(preds - labels) <= 1.5, 1, 0) + 0*labels"
    found = audit(LOSSES["pseudo_huber"], "0", "1/(1 + (preds - labels)**2/2.25)**1.5").hessian
    assert found is not None
    assert (found.verdict, found.witness["delta"]) == ("right", 1.5)
    again = audit(LOSSES["huber"], "0", hessian).hessian
    assert again is not None
    assert again.verdict == "zero"


def test_catboost_is_told_that_signs_are_turned() -> None:
    case = next(case for case in CASES if case["name"] == "CatBoost class")
    assert audit(loss_of(case), case["code"]).gradient.because.startswith("CatBoost is given the slopes of what is to become")
    turned = case["code"].replace("targets[index] - p", "p - targets[index]")
    assert audit(loss_of(case), turned).gradient.verdict == "sign"


@pytest.mark.parametrize("clip", ["np.clip(1 - m, 0, None)", "clip(1 - m, 0, None)", "(1 - m).clip(0, None)"])
def test_a_clip_may_have_one_end(clip: str) -> None:
    code = f"m = labels*preds\ngrad = -2*labels*{clip}\nreturn grad, 2*(m < 1)"
    assert audit(LOSSES["squared_hinge"], code).gradient.verdict == "right"


def test_a_numeric_derivative_is_refused() -> None:
    code = "grad = derivative(lambda x: loss(x, y), preds, n=1)\nhess = 1\nreturn grad, hess"
    with pytest.raises(ValueError, match=r"\.$"):
        audit(LOSSES["squared_error"], code)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("e = np.exp(preds)\np = e / np.sum(e)", "Line 3 is not read: add up the classes of each row, with axis=1."),
        ("e = np.exp(preds)\np = e / e.sum(axis=0)", "Line 3 is not read: add up the classes of each row, with axis=1."),
        ("p = softmax(preds) + labels", "A label is the number of a class: compare it with each class, or make it one-hot."),
        (
            "p = np.where(labels == 0, 0, preds)",
            "A label is the number of a class: compare it with each class, or make it one-hot.",
        ),
    ],
)
def test_what_mixes_rows_or_numbers_of_classes_is_refused(lines: str, sentence: str) -> None:
    code = f"labels = dtrain.get_label()\n{lines}\nreturn p - np.eye(3)[labels], p * (1 - p)"
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        audit(LOSSES["cross_entropy"], code, link="softmax")
