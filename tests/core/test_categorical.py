"""Every step of the program behind /categorical, held against the numeric losses or an independent formula."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import rel_entr, softmax
from scipy.stats import entropy
from sympy import Add, Expr, Float, Symbol, exp, log, simplify, symbols

from explorer.core import losses
from explorer.core.categorical import OPTIONS, By, CategoricalView, Option, categorical_view
from explorer.core.options import reduced
from explorer.core.program import Program
from explorer.figures.binding import averaged
from tests.core.helpers import CASES, close, least_focal_loss, several, sparse

Vector = NDArray[np.float64]
Options = tuple[Option, ...]


@dataclass(frozen=True)
class Setup:
    """What a page is set to: how classes are predicted, how many there are, and which options are on."""

    by: By
    classes: int
    options: Options = ()

    def __str__(self) -> str:
        return "-".join([self.by, str(self.classes), *self.options])

    def view(self, *, index: int | None = None, along: int = 1) -> CategoricalView:
        return categorical_view(self.by, self.classes, frozenset(self.options), index=index, along=along)

    @property
    def program(self) -> Program:
        return self.view().program


SETS: dict[By, list[Options]] = {
    "p": [(), ("smoothing",), ("weights",), ("focal",), ("smoothing", "weights", "focal")],
    "z": [(), ("temperature",), ("smoothing", "weights"), ("focal", "temperature"), OPTIONS],
}
SETUPS = [Setup(by, classes, options) for by in SETS for classes, options in product((2, 3), SETS[by])]
SETUPS += [Setup(by, 10, options) for by in SETS for options in (SETS[by][0], SETS[by][-1])]
TRIANGLES = [setup for setup in SETUPS if setup.classes == 3]


def every(setups: list[Setup]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("setup", setups, ids=str)


CORNERS = np.array([[0, 0], [1, 0], [0.5, np.sqrt(3) / 2]])
"""Where each class of three is certain."""


# --- A point: what the program is given, and what independent formulas make of it ---


@dataclass(frozen=True)
class Point:
    setup: Setup
    values: dict[str, float]

    @cached_property
    def by(self) -> By:
        return self.setup.by

    @cached_property
    def classes(self) -> int:
        return self.setup.classes

    @cached_property
    def found(self) -> dict[str, Vector]:
        """Every step of the program."""
        return self.setup.program.evaluate(self.values)

    def changed(self, values: dict[str, float]) -> Point:
        return Point(self.setup, self.values | values)

    def vector(self, letter: str) -> Vector:
        return np.array([self.values[f"{letter}{k}"] for k in range(1, self.classes + 1)])

    @cached_property
    def options(self) -> dict[str, Any]:
        """As the numeric losses take them."""
        weights = {"class_weights": self.vector("w")} if "w1" in self.values else {}
        return {"label_smoothing": self.values.get("epsilon", 0.0), "gamma": self.values.get("gamma", 0.0), **weights}

    @cached_property
    def T(self) -> float:
        return self.values.get("T", 1.0)

    @cached_property
    def z(self) -> Vector:
        return self.vector("z") if self.by == "z" else np.log(self.vector("p"))

    @cached_property
    def p(self) -> Vector:
        return self.vector("p") if self.by == "p" else np.asarray(softmax(self.z / self.T))

    @cached_property
    def t(self) -> Vector:
        return self.vector("t")

    @cached_property
    def coefficients(self) -> Vector:
        """What the surprise of each class is multiplied by, but for the focal factor."""
        smoothing = self.options["label_smoothing"]
        return np.asarray(((1 - smoothing) * self.t + smoothing / self.classes) * self.options.get("class_weights", 1.0))

    def loss(self, prediction: Vector, target: Vector) -> float:
        """The numeric core's, of a prediction as the page is given one."""
        if self.by == "p":
            return float(losses.cross_entropy(prediction, target, **self.options))
        return float(losses.cross_entropy_with_logits(prediction / self.T, target, **self.options))

    @cached_property
    def L(self) -> float:
        return self.loss(self.vector(self.by), self.t)

    def along(self, logits: Vector) -> float:
        return float(losses.cross_entropy_with_logits(logits / self.T, self.t, **self.options))

    @cached_property
    def d_z(self) -> Vector:
        return np.asarray(losses.cross_entropy_with_logits_gradient(self.z / self.T, self.t, **self.options) / self.T)

    @cached_property
    def d_p(self) -> Vector:
        return losses.cross_entropy_gradient(self.p, self.t, **self.options)


def hundredths(low: int, high: int) -> st.SearchStrategy[float]:
    return st.integers(100 * low, 100 * high).map(lambda k: k / 100)


THOUSANDTHS = st.integers(0, 1000).map(lambda k: k / 1000)
POSSIBLE = st.integers(1, 1000).map(lambda k: k / 1000)
COUNT = st.integers(0, 5).map(float)
LOGITS = hundredths(-3, 3)
"""Moderate, with temperatures from 0.5 up: a rounded p then still tells 1 - p."""
INPUTS = {
    "p": POSSIBLE, "z": LOGITS, "t": THOUSANDTHS, "epsilon": THOUSANDTHS, "gamma": hundredths(0, 5), "w": hundredths(0, 10),
    "T": hundredths(0, 10).map(lambda T: max(T, 0.5)), "o": st.just(0.0), "u": hundredths(-12, 12), "y": THOUSANDTHS,
    "others": COUNT, "counts": st.sampled_from([0.0, 1.0]), "hits": COUNT, "n": COUNT, "tx": THOUSANDTHS,
    "ty": THOUSANDTHS.map(lambda y: 0.866 * y),
}  # fmt: skip
"""Input, without its number -> what the page may give it, but for probabilities of 0."""


@st.composite
def points(draw: st.DrawFn, setup: Setup) -> Point:
    letters = {s.name: s.name.rstrip("0123456789") for s in setup.program.inputs}
    given = {name: draw(INPUTS[setup.by if letter == "x" else letter]) for name, letter in letters.items()}
    return Point(setup, given | {f"o{draw(st.integers(1, setup.classes))}": 1.0})


def numbered(letter: str, vector: Vector) -> dict[str, float]:
    return {f"{letter}{k}": float(x) for k, x in enumerate(vector, 1)}


def numbered_columns(letter: str, rows: Vector) -> dict[str, Vector]:
    return {f"{letter}{k}": column for k, column in enumerate(rows.T, 1)}


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


def of_the_triangle(point: Point) -> dict[str, float]:
    if point.classes != 3:
        return {}
    to_shares = np.linalg.inv(np.vstack([CORNERS.T, np.ones(3)]))
    there = to_shares @ [point.values["tx"], point.values["ty"], 1]
    place = point.p / point.p.sum() @ CORNERS
    ends = {"p": place}
    down = -to_shares[:, :2].T @ point.d_p
    if (steepness := np.hypot(*down)) > 0.01 * np.abs(point.d_p).max():  # else rounding may turn it
        arrow = 0.13 * down / steepness
        across = np.array([-arrow[1], arrow[0]])
        ends |= {"d": arrow, "tip_": place + arrow}
        ends |= {"left_": place + 0.75 * arrow + 0.15 * across, "right_": place + 0.75 * arrow - 0.15 * across}
    steps = {f"{name}{axis}": float(end[i]) for name, end in ends.items() for i, axis in enumerate("xy")}
    return steps | {"field": float(losses.cross_entropy(np.clip(there, 1e-6, 1), point.t, **point.options))}


ORACLES: list[Callable[[Point], dict[str, float]]] = [of_the_example, of_the_slice, of_the_batch, of_the_triangle]
TRIED_BELOW = r"floor|excess|sum_c|set_[pz]\d+|zz.+"
ON_THE_WAY = r"([magslc]|d_[asg])\d*|b\d|h\d|slope_[xy]|steepness|\w+_(loss_along|slice|row_L|field|d_p1)"


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


def at(by: By, p: Any, t: Any, options: Options = (), **others: float) -> dict[str, Vector]:
    """Evaluate the view at predictions and targets; inputs that are not given are 0."""
    program = Setup(by, len(p), options).program
    values = dict.fromkeys((s.name for s in program.inputs), 0.0) | numbered("t", t) | others
    return program.evaluate(values | numbered(by, np.array(p) if by == "p" else np.log(p)))


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
    assert np.isnan(found["tip_x"])


@every([setup for setup in SETUPS if setup.by == "z"])
def test_loss_and_gradient_are_finite_for_all_logits_of_the_page(setup: Setup) -> None:
    program, classes = setup.program, setup.classes
    given = {s.name: 1.0 for s in program.inputs} | {"T": 0.1, "gamma": 5.0, "epsilon": 0.1}
    given |= numbered("z", np.where(np.eye(classes)[0] == 1, 20, -20)) | numbered("t", np.eye(classes)[-1])
    found = program.evaluate({s.name: given[s.name] for s in program.inputs})
    assert all(np.isfinite(found[name]) for name in ("L", "floor", *numbered("d_z", np.ones(classes))))


# --- The batch ---


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
    found = averaged(setup.program, {name: x for name, x in values.items() if name not in columns}, columns)

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
    return averaged(program, {name: value for name, value in values.items() if name in inputs}, columns)


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


# --- The triangle ---


@sparse
@given(data=st.data())
@every(TRIANGLES)
def test_the_arrow_stands_upright_on_the_line_of_equal_loss_and_points_down(setup: Setup, data: st.DataObject) -> None:
    point = data.draw(points(setup))
    p = point.p / point.p.sum()
    if setup.by == "p":
        point = point.changed(numbered("p", p))
    found = point.found
    arrow = np.array([found["tip_x"] - found["px"], found["tip_y"] - found["py"]])
    assume(np.isfinite(arrow).all())  # at the least loss there is no way down
    close(np.hypot(*arrow), 0.13)

    def slope(direction: Vector) -> float:
        """The change of the loss per step along a direction of the plane, within the distributions."""
        change = np.linalg.solve(np.vstack([CORNERS.T, np.ones(3)]), [*direction, 0]) * 1e-6 * p.min()
        return float(losses.cross_entropy(p + change, point.t, **point.options)) - float(
            losses.cross_entropy(p - change, point.t, **point.options)
        )

    down, level = slope(arrow), slope(np.array([-arrow[1], arrow[0]]))
    assert down <= 1e-12
    assert abs(level) <= 1e-5 * abs(down) + 1e-12


@sparse
@given(data=st.data())
@every(TRIANGLES)
def test_the_prediction_set_at_a_place_lies_there(setup: Setup, data: st.DataObject) -> None:
    point, by = data.draw(points(setup)), setup.by
    shares = np.array(data.draw(st.lists(POSSIBLE, min_size=3, max_size=3)))
    there = shares / shares.sum() @ CORNERS
    found = point.changed({"tx": there[0], "ty": there[1]}).found
    new = numbered(by, np.array([found[f"set_{by}{k}"] for k in (1, 2, 3)]))
    again = point.changed(new).found
    step = 0.001 if by == "p" else 0.01 / point.T
    close([again["px"], again["py"]], there, absolute=step)
    if by == "z":
        close(np.mean(list(new.values())), point.z.mean(), absolute=0.006)


@several
@given(tx=st.floats(-2, 3), ty=st.floats(-2, 3))
def test_probabilities_set_anywhere_are_thousandths_of_a_distribution(tx: float, ty: float) -> None:
    found = at("p", [0.2, 0.3, 0.5], [1.0, 0.0, 0.0], tx=tx, ty=ty)
    p = [float(found[f"set_p{k}"]) for k in (1, 2, 3)]
    thousandths = [round(1000 * p_k) for p_k in p]
    assert p == [k / 1000 for k in thousandths]
    assert sum(thousandths) == 1000
    assert min(p) >= 0


@several
@given(tx=st.floats(-2, 3), ty=st.floats(-2, 3))
def test_logits_set_anywhere_are_hundredths(tx: float, ty: float) -> None:
    found = at("z", [0.2, 0.3, 0.5], [1.0, 0.0, 0.0], tx=tx, ty=ty)
    z = [float(found[f"set_z{k}"]) for k in (1, 2, 3)]
    assert z == [round(100 * z_k) / 100 for z_k in z]


@pytest.mark.parametrize("k", [1, 2, 3])
def test_a_corner_sets_a_certain_prediction(k: int) -> None:
    tx, ty = CORNERS[k - 1]
    found = at("p", [0.2, 0.3, 0.5], [1.0, 0.0, 0.0], tx=tx, ty=ty)
    assert [float(found[f"set_p{j}"]) for j in (1, 2, 3)] == [float(j == k) for j in (1, 2, 3)]


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
    scope: dict[str, Any] = {}
    exec(view.numpy_code, scope)
    arguments = inspect.signature(scope["loss"]).parameters
    found = scope["loss"](**{name: numbers[name] for name in arguments})
    names = ["L", *(f"d_{setup.by}{k}" for k in range(1, setup.classes + 1))]
    close([found[name] for name in names], [numbers[name] for name in names])


def test_a_view_is_made_once() -> None:
    assert categorical_view("p", 3, frozenset(["focal"])) is categorical_view("p", 3, frozenset(["focal"]))
