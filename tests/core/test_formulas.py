"""The losses as programs: held against the numeric losses, against textbook formulas, and as LaTeX."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sympy import Expr, Symbol, diff, exp, log, simplify, symbols, sympify

from explorer.core import losses, printers
from explorer.core.formulas import LOSSES, binary_cross_entropy, binary_cross_entropy_with_logits, in_bits
from explorer.core.functions import sigmoid, textbook, tidy
from explorer.core.program import Program
from tests.core.helpers import CASES, PROGRAMS, close, columns, few, predictions

SIZE = 8
p, t, z, y = symbols("p t z y")


def last_axis(values: dict[str, NDArray[np.float64]], letters: str) -> NDArray[np.float64]:
    """Gather the columns of one letter: p as it is, or p1, p2 ... along the last axis."""
    found = {name: values[name] for name in sorted(values) if name[0] in letters}
    numbered = all(name[-1].isdigit() for name in found)
    return np.stack(list(found.values()), axis=-1) if numbered else next(iter(found.values()))


@few
@given(data=st.data())
@pytest.mark.parametrize("name", PROGRAMS)
def test_program_and_numeric_loss_agree_with_gradient(name: str, data: st.DataObject) -> None:
    program = PROGRAMS[name]
    values = data.draw(columns(program, SIZE))
    prediction, target = last_axis(values, "pzy"), last_axis(values, "t")
    numeric = name.partition("-")[0]
    by_name = program.gradient(predictions(program)).evaluate(values)
    slopes = {f"d_{name}": by_name[f"d_{name}"] + np.zeros(SIZE) for name in predictions(program)}

    close(by_name["L"], getattr(losses, numeric)(prediction, target), absolute=1e-300)
    expected = getattr(losses, f"{numeric}_gradient")(prediction, target)
    close(last_axis(slopes, "d"), expected, absolute=1e-15 * terms(numeric, prediction, target) + 1e-300)


def terms(numeric: str, prediction: Any, target: Any) -> Any:
    """Return the size of what a gradient is the difference of: that much times 1e-15 may be lost where it cancels."""
    with np.errstate(all="ignore"):
        size: Any = {
            "binary_cross_entropy": target / prediction + (1 - target) / (1 - prediction),
            "binary_cross_entropy_with_logits": 1.0,
            "cross_entropy": 0.0,
            "cross_entropy_with_logits": target.sum(axis=-1, keepdims=True),
            "squared_error": np.abs(prediction) + np.abs(target),
        }[numeric]
    return np.where(np.isfinite(size), size, 0.0)


def test_every_loss_is_tried() -> None:
    assert {name.partition("-")[0] for name in PROGRAMS} == set(LOSSES)


def softmax_loss(classes: int) -> Expr:
    total = log(sum(exp(Symbol(f"z{k}")) for k in range(1, classes + 1)))
    return sum(Symbol(f"t{k}") * (total - Symbol(f"z{k}")) for k in range(1, classes + 1))


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("binary_cross_entropy", -(t * log(p) + (1 - t) * log(1 - p))),
        ("binary_cross_entropy_with_logits", t * log(1 + exp(-z)) + (1 - t) * log(1 + exp(z))),
        *((f"cross_entropy-{n}", -sum(Symbol(f"t{k}") * log(Symbol(f"p{k}")) for k in range(1, n + 1))) for n in (1, 2, 5)),
        *((f"cross_entropy_with_logits-{n}", softmax_loss(n)) for n in (1, 2, 5)),
        ("squared_error", (y - t) ** 2),
    ],
)
def test_inlined_program_is_the_textbook_formula(name: str, formula: Expr) -> None:
    assert simplify(PROGRAMS[name].inline() - formula) == 0


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
    assert printers.latex(expr) == latex


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
