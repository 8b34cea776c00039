"""Every step of the program behind /categorical, held against the numeric losses or an independent formula."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, note
from hypothesis import strategies as st
from mpmath import mp
from scipy.special import rel_entr
from scipy.stats import entropy
from sympy import Add, Expr, Float, Symbol, exp, log, simplify, symbols

from explorer.core import losses, printers
from explorer.core.categorical import By, CategoricalView, categorical_view
from explorer.core.options import reduced
from explorer.core.sweeps import means
from tests.core.class_points import (
    POSSIBLE,
    SETS,
    SETUPS,
    Options,
    Point,
    Setup,
    Vector,
    at,
    every,
    numbered,
    numbered_columns,
    points,
)
from tests.core.helpers import CASES, close, least_focal_loss, several, sparse

# --- Every step ---


def of_the_example(point: Point) -> dict[str, float]:
    p, t = point.p, point.t
    shares = [
        losses.cross_entropy(p, t, **{**point.options, "class_weights": one * point.options.get("class_weights", 1.0)})
        for one in np.eye(point.classes)
    ]
    of_p = numbered("d_p", point.d_p) | numbered("d_z", point.d_z) | numbered("l", np.array(shares))
    other = numbered("p", p) if point.by == "z" else numbered("z", point.z)
    return of_p | other | {"L": point.L, "bits": point.L / np.log(2), "sum_p": p.sum(), "sum_t": t.sum()}


def of_the_slice(point: Point) -> dict[str, float]:
    o, u = point.vector("o"), point.values["u"]
    loss, slope, at = point.along(point.z), float(point.d_z @ o), float(point.z @ o)
    moved = np.where(o == 1, u, point.z)
    steps = {"z_along": at, "loss_along": loss, "slope_along": slope, "slice": point.along(moved)}
    return steps | {"tangent": loss + slope * (u - at)}


def of_the_batch(point: Point) -> dict[str, float]:
    row_L = point.loss(point.vector("x"), point.vector("y"))
    others, counts, hits = (point.values[name] for name in ("others", "counts", "hits"))
    right = float(np.argmax(point.p) == np.argmax(point.t))
    total, counted = others * row_L + counts * point.L, others + counts
    with np.errstate(all="ignore"):
        steps = {"row_L": row_L, "right": right, "sum": total, "counted": counted, "mean": np.divide(total, counted)}
        steps["accuracy"] = np.divide(hits + counts * right, counted)
        if "class_weights" in point.options:
            steps["weight"] = float(point.options["class_weights"] @ (point.vector("n") + counts * point.t))
            steps["weighted_mean"] = np.divide(total, steps["weight"])
    return steps


ORACLES: list[Callable[[Point], dict[str, float]]] = [of_the_example, of_the_slice, of_the_batch]
TRIED_BELOW = r"floor|excess|sum_c|zz.+"
ON_THE_WAY = r"([magslc]|d_[asg])\d*|\w+_(loss_along|slice|row_L|d_p1)"


def expected(point: Point) -> dict[str, float]:
    return {name: x for oracle in ORACLES for name, x in oracle(point).items()}


@sparse
@given(data=st.data())
@every(SETUPS)
def test_steps_are_what_independent_formulas_give(setup: Setup, data: st.DataObject) -> None:
    point = data.draw(points(setup))
    size = 1 + (1 + point.options["gamma"]) * point.coefficients.sum() / min(point.T, 1.0)
    for name, value in expected(point).items():
        note(name)
        np.testing.assert_allclose(point.found[name], value, rtol=1e-9, atol=1e-13 * size)


@every(SETUPS)
def test_every_step_is_tried(setup: Setup) -> None:
    program = setup.program
    values = {s.name: 0.1 + 0.618 * k % 0.8 for k, s in enumerate(program.inputs)}
    tried = expected(Point(setup, values | numbered("o", np.eye(setup.classes)[0])))
    rest = {step.name for step, _ in program.steps} - set(tried)
    assert [name for name in sorted(rest) if not re.fullmatch(f"{ON_THE_WAY}|{TRIED_BELOW}", name)] == []


# --- Published numbers ---


@pytest.mark.parametrize("case", CASES["probabilities"], ids=lambda case: str(case["p"]))
def test_published_loss(case: dict[str, Any]) -> None:
    close(at("p", case["p"], case["t"])["L"], case["loss"])
    close(at("z", case["p"], case["t"])["L"], case["loss"])


@pytest.mark.parametrize("by", SETS)
def test_published_entropy_is_the_floor_and_what_is_above_it_the_divergence(by: By) -> None:
    case, t = CASES["information"], np.array([0.12, 0.3, 0.6]) / 1.02
    found = at(by, case["p"], t)
    close(found["floor"], case["entropy"])
    close(found["L"], case["cross_entropy"])
    close(found["excess"], case["cross_entropy"] - case["entropy"], absolute=1e-15)
    close(found["excess"], rel_entr(t, case["p"]).sum(), absolute=1e-15)


@pytest.mark.parametrize(("classes", "floor"), CASES["floors"]["label smoothing 0.1"].items())
@pytest.mark.parametrize("by", SETS)
def test_published_floor_of_smoothed_labels(by: By, classes: str, floor: float) -> None:
    uniform, certain = np.full(int(classes), 1 / int(classes)), np.eye(int(classes))[0]
    close(at(by, uniform, certain, ("smoothing",), epsilon=0.1)["floor"], floor)


# --- Floor ---


@sparse
@given(data=st.data())
@every(SETUPS)
def test_floor_is_the_least_loss_of_any_distribution(setup: Setup, data: st.DataObject) -> None:
    point = data.draw(points(setup))
    found, total = point.found, point.coefficients.sum()
    close(found["sum_c"], total, absolute=1e-14)
    if "focal" in setup.options:
        least = least_focal_loss(point.values["gamma"], point.coefficients.tolist())
        close(found["floor"], least, relative=1e-5, absolute=1e-5 * total)
    else:
        close(found["floor"], total * entropy(point.coefficients) if total else 0.0, absolute=1e-14 * total)
    close(found["excess"], point.L - found["floor"], relative=1e-9, absolute=1e-12)


@several
@given(p=st.lists(POSSIBLE, min_size=2, max_size=5), data=st.data())
@pytest.mark.parametrize("by", SETS)
def test_what_is_above_the_floor_is_the_divergence_of_distributions(by: By, p: list[float], data: st.DataObject) -> None:
    t = np.array(data.draw(st.lists(POSSIBLE, min_size=len(p), max_size=len(p))))
    q, s = np.array(p) / sum(p), t / t.sum()
    close(at(by, q, s)["excess"], rel_entr(s, q).sum(), absolute=1e-14)


# --- At the edge ---


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0])
def test_an_impossible_class_that_happened_has_no_end_and_one_that_did_not_changes_nothing(gamma: float) -> None:
    found = at("p", [0.0, 0.0, 1.0], [1.0, 0.0, 0.0], ("focal",), gamma=gamma, o1=1.0)
    assert [found[name] for name in ("L", "l1", "bits", "excess")] == [np.inf] * 4
    assert [found[name] for name in ("d_p1", "z1", "z_along")] == [-np.inf] * 3
    assert [found[name] for name in ("l2", "l3", "d_p2", "d_p3", "floor")] == [0.0] * 5
    assert [found[f"d_z{k}"] for k in (1, 2, 3)] == [-1.0, 0.0, 1.0]


@every([setup for setup in SETUPS if setup.by == "z"])
def test_loss_and_gradient_are_finite_for_all_logits_of_the_page(setup: Setup) -> None:
    program, classes = setup.program, setup.classes
    given = {s.name: 1.0 for s in program.inputs} | {"T": 0.1, "gamma": 5.0, "epsilon": 0.1}
    given |= numbered("z", np.where(np.eye(classes)[0] == 1, 20, -20)) | numbered("t", np.eye(classes)[-1])
    found = program.evaluate({s.name: given[s.name] for s in program.inputs})
    assert all(np.isfinite(found[name]) for name in ("L", "floor", *numbered("d_z", np.ones(classes))))


# --- The batch ---


@pytest.mark.parametrize("temperature", [1.0, 0.5])
@pytest.mark.parametrize("gamma", [None, 2.0])
@pytest.mark.parametrize(
    "logits", [(40.0, 0.0, 0.0), (20.0, -20.0, -19.0), (36.7, 1.0, -3.0), (0.5, 0.0, -1.0), (-800.0, 3.0, 0.0)]
)
def test_slopes_by_the_logits_keep_their_digits_where_one_class_has_all(
    logits: tuple[float, float, float], gamma: float | None, temperature: float
) -> None:
    options = frozenset({"temperature"} | ({"focal"} if gamma else set()))
    program = categorical_view("z", 3, options).program
    t = (0.9, 0.0, 0.1) if logits[0] < 1 else (1.0, 0.0, 0.0)
    values = (
        numbered("z", np.array(logits)) | numbered("t", np.array(t)) | {"T": temperature} | ({"gamma": gamma} if gamma else {})
    )
    slopes = program.evaluate({s.name: values.get(s.name, 0.0) for s in program.inputs}, [f"d_z{k}" for k in (1, 2, 3)])
    with mp.workdps(1000):
        z = [mp.mpf(x) / temperature for x in logits]

        def loss(*z: Any) -> Any:
            p = [1 / sum(mp.exp(other - one) for other in z) for one in z]
            return -sum(t_k * (1 - p_k) ** (gamma or 0) * mp.log(p_k) for t_k, p_k in zip(t, p, strict=True) if t_k)

        for k in range(3):
            order = tuple(int(j == k) for j in range(3))
            close(slopes[f"d_z{k + 1}"], float(mp.diff(loss, tuple(z), order) / temperature), relative=1e-9)


@sparse
@given(data=st.data(), size=st.integers(1, 4))
@every(SETUPS)
def test_averages_over_the_rows_give_the_reductions_of_the_batch(setup: Setup, data: st.DataObject, size: int) -> None:
    rows = [data.draw(points(setup)) for _ in range(size)]
    point, counted = rows[0], np.array([rows[0].values["counts"] > 0, *[True] * (size - 1)])
    p, t = (np.array([row.vector(letter) for row in rows]) for letter in (setup.by, "t"))
    others = slice(1, None) if size > 1 else slice(None)
    columns = numbered_columns("x", p[others]) | numbered_columns("y", t[others])
    right = np.argmax(p, axis=1) == np.argmax(t, axis=1)
    values = point.values | {"others": size - 1.0, "hits": float(right[1:].sum())}
    values |= numbered("n", t[1:].sum(axis=0)) if "weights" in setup.options else {}
    found = means(setup.program, {name: x for name, x in values.items() if name not in columns}, columns)

    each = [point.loss(*row) for row in zip(p, t, strict=True)]
    np.testing.assert_allclose(found["sum"], reduced(each, "sum", counted=counted), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(found["mean"], reduced(each, "mean", counted=counted), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(found["accuracy"], reduced(right, "mean", counted=counted), rtol=1e-12)
    assert found["counted"] == counted.sum()
    if "weights" in setup.options:
        weights = t @ point.vector("w")
        expected = reduced(each, "weighted mean", weights=weights, counted=counted)
        np.testing.assert_allclose(found["weighted_mean"], expected, rtol=1e-12, atol=1e-12)


def of_batch(by: By, prediction: Any, index: list[int], options: Options = (), **others: float) -> dict[str, float]:
    """Average a batch whose first row is the example."""
    x, t = np.array(prediction), np.eye(len(prediction[0]))[index]
    program = Setup(by, x.shape[1], options).program
    values = dict.fromkeys((s.name for s in program.inputs), 0.0) | others
    values |= numbered(by, x[0]) | numbered("t", t[0]) | numbered("n", t[1:].sum(axis=0))
    values |= {"others": len(x) - 1.0, "counts": 1.0, "hits": float((np.argmax(x[1:], axis=1) == index[1:]).sum())}
    columns = numbered_columns("x", x[1:]) | numbered_columns("y", t[1:])
    inputs = {s.name for s in program.inputs} - set(columns)
    return means(program, {name: value for name, value in values.items() if name in inputs}, columns)


def test_published_batch() -> None:
    case = CASES["batch"]
    found = of_batch("p", case["p"], case["index"])
    close([found["L"], found["row_L"]], [case["losses"][0], np.mean(case["losses"][1:])], absolute=5e-9)
    close(found["mean"], case["mean"])
    close(found["accuracy"], 1.0)


def test_published_weighted_mean_divides_by_the_weights_and_the_mean_by_the_count() -> None:
    case = CASES["weighted_mean"]
    found = of_batch("z", case["logits"], case["index"], ("weights",), **numbered("w", case["class_weights"]))
    close(found["sum"], case["sum"], absolute=5e-5)
    close(found["weighted_mean"], case["mean"], absolute=5e-5)
    close(found["mean"], 5.29915, absolute=5e-5)
    close(found["weight"], 10.0)


# --- What the page writes ---

T, gamma, p1, p2, p3, t1, t2, t3, z1, z2, z3 = symbols("T gamma p1:4 t1:4 z1:4")
c1, c2, c3, w2, epsilon = symbols("c1:4 w2 epsilon")
SURPRISE = -(t1 * log(p1) + t2 * log(p2) + t3 * log(p3))
WRITTEN: list[tuple[By, Options, dict[str, tuple[Expr, ...]]]] = [
    (
        "p",
        (),
        {
            "L": (SURPRISE, -log(p2)),
            "d_p2": (-t2 / p2, -1 / p2),
            "d_z2": (p2 / (p1 + p2 + p3) * (t1 + t2 + t3) - t2, p2 / (p1 + p2 + p3) - 1),
        },
    ),
    (
        "z",
        ("temperature",),
        {
            "p2": (exp(z2 / T) / (exp(z1 / T) + exp(z2 / T) + exp(z3 / T)),),
            "L": (SURPRISE, -log(p2)),
            "d_p2": (-t2 / p2, -1 / p2),
            "d_z2": ((p2 * (t1 + t2 + t3) - t2) / T, (p2 - 1) / T),
        },
    ),
    (
        "p",
        ("weights",),
        {
            "c2": (w2 * t2,),
            "L": (-(c1 * log(p1) + c2 * log(p2) + c3 * log(p3)), -w2 * log(p2)),
            "d_p2": (-c2 / p2, -w2 / p2),
            "d_z2": (p2 / (p1 + p2 + p3) * (c1 + c2 + c3) - c2, p2 / (p1 + p2 + p3) * w2 - w2),
        },
    ),
    (
        "p",
        ("focal",),
        {
            "L": (
                -(t1 * (1 - p1) ** gamma * log(p1) + t2 * (1 - p2) ** gamma * log(p2) + t3 * (1 - p3) ** gamma * log(p3)),
                -((1 - p2) ** gamma) * log(p2),
            ),
            "d_p2": tuple(t * (1 - p2) ** gamma * (gamma * log(p2) / (1 - p2) - 1 / p2) for t in (t2, 1)),
        },
    ),
    (
        "p",
        ("smoothing",),
        {
            "c2": ((1 - epsilon) * t2 + epsilon / 3,),
            "L": (-(c1 * log(p1) + c2 * log(p2) + c3 * log(p3)),),
            "d_p2": (-c2 / p2,),
            "d_z2": (p2 / (p1 + p2 + p3) * (c1 + c2 + c3) - c2,),
        },
    ),
]


@pytest.mark.parametrize(("by", "options", "lines"), WRITTEN, ids=[f"{by}-{''.join(options)}" for by, options, _ in WRITTEN])
def test_formulas_are_those_of_a_textbook_and_collapse_for_a_certain_class(
    by: By, options: Options, lines: dict[str, tuple[Expr, ...]]
) -> None:
    view = Setup(by, 3, options).view(index=2, along=2)
    assert [line.step.name for line in view.formulas] == list(lines)
    for line in view.formulas:
        forms = lines[line.step.name]
        assert [simplify(form - other) for form, other in zip(line.forms, forms, strict=True)] == [0] * len(forms)


def generic(view: CategoricalView, t: Vector | None) -> dict[str, float]:
    """Return every number of a view at a point without symmetries, for a target."""
    values = {s.name: 0.1 + 0.618 * k % 0.8 for k, s in enumerate(view.program.inputs)}
    values |= {} if t is None else numbered("t", t)
    return values | {name: float(x) for name, x in view.program.evaluate(values).items()}


def number(expr: Expr, numbers: dict[str, float]) -> float:
    return float(expr.xreplace({s: Float(numbers[s.name]) for s in expr.free_symbols}).evalf())


@pytest.mark.parametrize("index", [None, 2])
@every(SETUPS)
def test_forms_and_stages_have_the_value_of_their_step(setup: Setup, index: int | None) -> None:
    view = setup.view(index=index, along=setup.classes)
    numbers = generic(view, None if index is None else np.eye(setup.classes)[index - 1])
    for line in view.formulas:
        assert [worked.stages[0] for worked in line.worked] == list(line.forms)
        for stage in (stage for worked in line.worked for stage in worked.stages):
            close(number(stage, numbers), numbers[line.step.name], absolute=1e-14)
        for name, part in (step for worked in line.worked for step in worked.steps.items()):
            close(number(part, numbers), numbers[name])


@every([setup for setup in SETUPS if setup.classes < 10])
def test_written_slopes_are_the_derivatives_of_the_written_loss(setup: Setup) -> None:
    view, by = setup.view(along=2), setup.by
    numbers = generic(view, None)
    lines = {line.step.name: line.forms[0] for line in view.formulas}
    close(number(lines["d_p2"] - lines["L"].diff(p2), numbers), 0.0, absolute=1e-13)
    if "focal" in setup.options:
        assert "d_z2" not in lines
        return
    scale = T if "temperature" in setup.options else 1
    logits = [Symbol(f"z{k}") / scale if by == "z" else log(Symbol(f"q{k}")) for k in range(1, setup.classes + 1)]
    softmaxed = {Symbol(f"p{k}"): exp(z_k) / Add(*map(exp, logits)) for k, z_k in enumerate(logits, 1)}
    whole = lines["L"].xreplace(softmaxed)
    slope = whole.diff(z2) if by == "z" else whole.diff(Symbol("q2")) * Symbol("q2")  # d/d ln q
    numbers |= {f"q{k}": numbers[f"p{k}"] for k in range(1, setup.classes + 1)}
    close(number(lines["d_z2"], numbers), number(slope, numbers), absolute=1e-14)


@every(SETUPS)
def test_numpy_code_runs_alone_and_gives_loss_and_gradient(setup: Setup) -> None:
    view = setup.view()
    numbers = generic(view, None)
    names = ["L", *(f"d_{setup.by}{k}" for k in range(1, setup.classes + 1))]
    scope: dict[str, Any] = {}
    exec(printers.numpy.code(view.loss_and_gradient, outputs=names), scope)
    arguments = inspect.signature(scope["loss"]).parameters
    found = scope["loss"](**{name: numbers[name] for name in arguments})
    close([found[name] for name in names], [numbers[name] for name in names])


def test_a_view_is_made_once() -> None:
    assert categorical_view("p", 3, frozenset(["focal"])) is categorical_view("p", 3, frozenset(["focal"]))
