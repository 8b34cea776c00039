"""The losses as programs: held against the numeric losses, against textbook formulas, and as LaTeX."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sympy import Expr, Symbol, diff, exp, expand_log, log, simplify, symbols, sympify

from explorer.core import notation
from explorer.core.formulas import LOSSES, binary_cross_entropy, binary_cross_entropy_with_logits, in_bits
from explorer.core.functions import sigmoid, textbook, tidy
from explorer.core.program import Program
from tests.core.helpers import (
    CASES,
    OPTIONS,
    PROGRAMS,
    VARIANTS,
    close,
    columns,
    every_javascript_step,
    loss_named,
    predictions,
    sparse,
    targets,
    with_gradient,
)

SIZE = 8
p, t, z, y, p1, p2, z1, z2 = symbols("p t z y p1 p2 z1 z2")


def last_axis(values: dict[str, NDArray[np.float64]], names: Sequence[str]) -> NDArray[np.float64]:
    """Gather some columns: p as it is, or p1, p2 ... along the last axis."""
    found = [values[name] for name in names]
    return np.stack(found, axis=-1) if all(name[-1].isdigit() for name in names) else found[0]


def core_options(values: dict[str, NDArray[np.float64]]) -> dict[str, Any]:
    """Return the options among inputs, as the numeric losses take them."""
    names = {"epsilon": "label_smoothing", "gamma": "gamma"}
    options: dict[str, Any] = {names[name]: column[0] for name, column in values.items() if name in names}
    return options | (
        {"class_weights": last_axis(values, sorted(name for name in values if name.startswith("w")))[0]}
        if "w1" in values
        else {}
    )


@sparse
@given(data=st.data())
@pytest.mark.parametrize("name", VARIANTS)
def test_program_and_numeric_loss_agree_with_gradient_in_every_language(name: str, data: st.DataObject) -> None:
    program = with_gradient(name)
    values = data.draw(columns(program, SIZE))
    prediction, target, options = (
        last_axis(values, predictions(program)),
        last_axis(values, targets(program)),
        core_options(values),
    )
    numeric = name.partition("-")[0]
    loss = loss_named(numeric)(prediction, target, **options)
    gradient = loss_named(f"{numeric}_gradient")(prediction, target, **options)
    for found in (program.evaluate(values), every_javascript_step(program, values)):
        slopes = {x: found[f"d_{x}"] + np.zeros(SIZE) for x in predictions(program)}
        close(found["L"], loss, absolute=1e-300)
        close(
            last_axis(slopes, predictions(program)),
            gradient,
            absolute=1e-15 * terms(numeric, prediction, target, options) + 1e-300,
        )


def terms(numeric: str, prediction: Any, target: Any, options: dict[str, Any]) -> Any:
    """Return the size of what a gradient is the difference of: that much times 1e-15 may be lost where it cancels."""
    counts = (
        (target + options.get("label_smoothing", 0.0)) * options.get("class_weights", 1.0) * (1 + options.get("gamma", 0.0))
    )
    with np.errstate(all="ignore"):
        size: Any = {
            "binary_cross_entropy": target / prediction + (1 - target) / (1 - prediction),
            "binary_cross_entropy_with_logits": 1.0,
            "cross_entropy": 0.0,
            "cross_entropy_with_logits": counts.sum(axis=-1, keepdims=True),
            "squared_error": np.abs(prediction) + np.abs(target),
        }[numeric]
    return np.where(np.isfinite(size), size, 0.0)


def test_every_loss_is_tried() -> None:
    assert {name.partition("-")[0] for name in PROGRAMS} == set(LOSSES)


def softmax_loss(classes: int) -> Expr:
    total = log(sum(exp(Symbol(f"z{k}")) for k in range(1, classes + 1)))
    return sum(Symbol(f"t{k}") * (total - Symbol(f"z{k}")) for k in range(1, classes + 1))


def loss_with_options(*p: Expr) -> Expr:
    epsilon, gamma = symbols("epsilon gamma")
    return -sum(
        Symbol(f"w{k}") * ((1 - epsilon) * Symbol(f"t{k}") + epsilon / len(p)) * (1 - p_k) ** gamma * log(p_k)
        for k, p_k in enumerate(p, 1)
    )


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("binary_cross_entropy", -(t * log(p) + (1 - t) * log(1 - p))),
        ("binary_cross_entropy_with_logits", t * log(1 + exp(-z)) + (1 - t) * log(1 + exp(z))),
        *((f"cross_entropy-{n}", -sum(Symbol(f"t{k}") * log(Symbol(f"p{k}")) for k in range(1, n + 1))) for n in (1, 2, 5)),
        *((f"cross_entropy_with_logits-{n}", softmax_loss(n)) for n in (1, 2, 5)),
        ("cross_entropy-2-smoothing-weights-focal", loss_with_options(p1, p2)),
        (
            "cross_entropy_with_logits-2-smoothing-weights-focal",
            loss_with_options(*(exp(z_k) / (exp(z1) + exp(z2)) for z_k in (z1, z2))),
        ),
        ("squared_error", (y - t) ** 2),
    ],
)
def test_inlined_program_is_the_textbook_formula(name: str, formula: Expr) -> None:
    assert simplify(expand_log(PROGRAMS[name].inline() - formula, force=True)) == 0


LETTERS = {
    (): "{x} {t}",
    ("smoothing",): "{x} {t} epsilon",
    ("weights",): "{x} {t} {w}",
    ("focal",): "{x} {t} gamma",
    ("smoothing", "weights"): "{x} {t} epsilon {w}",
    ("smoothing", "focal"): "{x} {t} epsilon gamma",
    ("weights", "focal"): "{x} {t} {w} gamma",
    ("smoothing", "weights", "focal"): "{x} {t} epsilon {w} gamma",
}


@pytest.mark.parametrize("options", OPTIONS, ids="-".join)
@pytest.mark.parametrize(("name", "x"), [("cross_entropy", "p"), ("cross_entropy_with_logits", "z")])
def test_inputs_are_prediction_target_and_those_of_the_options_in_order(name: str, x: str, options: tuple[str, ...]) -> None:
    program = VARIANTS["-".join([name, "2", *options])]
    expected = LETTERS[options].format(x=f"{x}1 {x}2", t="t1 t2", w="w1 w2")
    assert " ".join(s.name for s in program.inputs) == expected


def test_each_class_has_a_share_of_the_loss() -> None:
    values = PROGRAMS["cross_entropy-2"].evaluate({"p1": 0.25, "p2": 0.5, "t1": 1, "t2": 3})
    close([values["l1"], values["l2"]], np.log([4, 8]))
    of_logits = PROGRAMS["cross_entropy_with_logits-2"].evaluate({"z1": 0, "z2": np.log(3), "t1": 1, "t2": 2})
    close([of_logits["s1"], of_logits["s2"]], -np.log([0.25, 0.75]))
    close([of_logits["l1"], of_logits["l2"]], [-np.log(0.25), -2 * np.log(0.75)])


@pytest.mark.parametrize("name", ["cross_entropy", "cross_entropy_with_logits"])
def test_a_loss_over_no_classes_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="classes") as error:
        LOSSES[name](classes=0)
    assert str(error.value) == "classes must be at least 1; got 0."


def test_a_class_ruled_out_by_both_changes_nothing() -> None:
    ruled_out = PROGRAMS["cross_entropy_with_logits-3"].gradient(["z1", "z2", "z3"])
    values = ruled_out.evaluate({"z1": 1, "z2": 2, "z3": -np.inf, "t1": 0.25, "t2": 0.75, "t3": 0})
    rest = PROGRAMS["cross_entropy_with_logits-2"].gradient(["z1", "z2"]).evaluate({"z1": 1, "z2": 2, "t1": 0.25, "t2": 0.75})
    for step in ("L", "d_z1", "d_z2"):
        close(values[step], rest[step], absolute=1e-15)
    assert values["d_z3"] == 0


@pytest.mark.parametrize(("classes", "floor"), CASES["floors"]["label smoothing 0.1"].items())
def test_published_floor_of_smoothed_labels_lies_at_the_smoothed_target(classes: str, floor: float) -> None:
    program = VARIANTS[f"cross_entropy-{classes}-smoothing"]
    every = range(1, int(classes) + 1)
    t = {f"t{k}": float(k == 1) for k in every}
    p = {f"p{k}": 0.9 * (k == 1) + 0.1 / int(classes) for k in every}
    gradient = program.gradient(p).evaluate({**p, **t, "epsilon": 0.1})
    close(gradient["L"], floor)
    close([gradient[f"d_p{k}"] for k in every], -1.0)  # the same for each: no distribution nearby is better


@pytest.mark.parametrize("gamma", [0.0, 0.5, 1.0, 2.0, 5.0])
@pytest.mark.parametrize(("logit", "surprise"), [(-100.0, 100.0), (100.0, np.exp(-100)), (-1e4, 1e4), (1e4, 0.0)])
def test_focal_loss_and_gradient_of_logits_stay_finite_where_softmax_rounds(
    logit: float, surprise: float, gamma: float
) -> None:
    program = VARIANTS["cross_entropy_with_logits-2-focal"].gradient(["z1", "z2"])
    values = program.evaluate({"z1": logit, "z2": 0.0, "t1": 1.0, "t2": 0.0, "gamma": gamma})
    factor = 1.0 if logit < 0 else surprise**gamma
    close(values["L"], factor * surprise)
    close(values["d_z1"], -factor if logit < 0 else 0.0, absolute=1e-15)
    close(values["d_z2"], factor if logit < 0 else 0.0, absolute=1e-15)


@pytest.mark.parametrize("gamma", [0.0, 0.5, 1.0, 2.0, 5.0])
def test_focal_loss_of_a_certain_prediction_is_zero_and_of_an_impossible_one_has_no_bound(gamma: float) -> None:
    program = VARIANTS["cross_entropy-2-focal"].gradient(["p1", "p2"])
    certain = program.evaluate({"p1": 1.0, "p2": 0.0, "t1": 1.0, "t2": 0.0, "gamma": gamma})
    assert [certain[name] for name in ("L", "d_p1", "d_p2")] == [0.0, -1.0 if gamma == 0 else 0.0, 0.0]
    impossible = program.evaluate({"p1": 0.0, "p2": 1.0, "t1": 1.0, "t2": 0.0, "gamma": gamma})
    assert [impossible[name] for name in ("L", "d_p1", "d_p2")] == [np.inf, -np.inf, 0.0]


def test_in_bits_divides_by_ln_2() -> None:
    assert in_bits(log(8)).equals(3)


# --- LaTeX ---


def slope(program: Program, name: str) -> Expr:
    return tidy(program.gradient([name]).inline(f"d_{name}", textbook=False))


@pytest.mark.parametrize(
    ("expr", "latex"),
    [
        (binary_cross_entropy().inline(), r"-\left(t \ln p + \left(1 - t\right) \ln\left(1 - p\right)\right)"),
        (slope(binary_cross_entropy(), "p"), r"\frac{p - t}{p \left(1 - p\right)}"),
        (
            binary_cross_entropy_with_logits().inline(),
            r"t \ln\left(1 + e^{- z}\right) + \left(1 - t\right) \ln\left(1 + e^{z}\right)",
        ),
        (slope(binary_cross_entropy_with_logits(), "z"), r"\sigma\left(z\right) - t"),
    ],
)
def test_binary_loss_and_slope_read_as_in_a_textbook(expr: Expr, latex: str) -> None:
    assert notation.latex(expr) == latex


# --- Published algebra ---


def published(relation: str) -> Expr:
    return sympify(CASES["algebra"][relation], locals={"sigmoid": sigmoid})


def test_published_derivative_by_probability() -> None:
    expected = published("d BCE/dp")
    assert simplify(diff(binary_cross_entropy().inline(), p) - expected) == 0
    assert slope(binary_cross_entropy(), "p") == expected


def test_published_derivative_by_logit() -> None:
    expected = published("d BCE/dz with p = sigmoid(z)")
    chained = diff(binary_cross_entropy().inline().subs(p, textbook(sigmoid(z))), z)
    assert simplify(chained - textbook(expected)) == 0
    assert slope(binary_cross_entropy_with_logits(), "z") == expected


def test_published_ratio_of_the_slopes_of_cross_entropy_and_squared_error() -> None:
    expected = published("(d BCE/dp) / (d (p - t)**2/dp)")
    squared = LOSSES["squared_error"]().substitute({"y": p}).inline()
    assert simplify(diff(binary_cross_entropy().inline(), p) / diff(squared, p) - expected) == 0
