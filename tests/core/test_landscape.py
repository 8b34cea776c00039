"""The landscape: averages and surfaces against direct loops, curvature against autograd, descents against plain references."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from typing import Any

import autograd
import numpy as np
import pytest
from numpy.typing import NDArray
from sympy import Symbol, symbols

from explorer.core import dense, landscape, sweeps
from explorer.core.datasets import dataset
from explorer.core.landscape import descend, eigenvalues, filter_normalised, hessian
from explorer.core.network import PAIRS, Network
from explorer.core.program import Program
from explorer.core.sweeps import averaged
from tests.core.helpers import close
from tests.core.networks import KINDS, data, named_kind, plain_loss, weights_and_theta

Array = NDArray[np.float64]

SMALL = Network((2, 3, 1))
WEIGHTS = SMALL.random_weights(0)
CORNERS = (np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]]))
LINE = Network((2, 1), output="identity", loss="squared")

x, y, w, t = symbols("x y w t")
a, b, L = symbols("a b L")
MODEL = Program((x, y, w, t), ((a, w * x), (b, y**2), (Symbol("c"), x - t), (L, (a - t) ** 2 + b + t + 1)))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: landscape.loss_along(SMALL, WEIGHTS, "w9_1_1", [0], *CORNERS),
            "A weight must be one of the network's; got w9_1_1.",
        ),
        (
            lambda: hessian(Network((4, 16, 16, 4)), {}, np.zeros((1, 4)), np.zeros((1, 4))),
            "A Hessian must be of at most 150 weights; got 420.",
        ),
        (lambda: eigenvalues(SMALL, WEIGHTS | {"b1_1": np.nan}, *CORNERS), "The Hessian must be finite; got nan."),
        (lambda: go(rule="newton"), "rule must be one of plain, momentum, Adam, restarts, uncleared; got newton."),
        (lambda: go(rate=0.0), "rate must be finite and above 0; got 0."),
        (lambda: go(rate=-0.5), "rate must be finite and above 0; got -0.5."),
        (lambda: go(rate=np.nan), "rate must be finite and above 0; got nan."),
        (lambda: go(rate=np.inf), "rate must be finite and above 0; got inf."),
        (lambda: go(steps=-1), "steps must be a whole number from 0 to 10000; got -1."),
        (lambda: go(steps=10_001), "steps must be a whole number from 0 to 10000; got 10001."),
        (lambda: go(steps=1.5), "steps must be a whole number from 0 to 10000; got 1.5."),
        (
            lambda: averaged(MODEL, ["L"], {"x": 1, "y": 1}, {"w": [1.0]}, {}),
            "evaluate must be given each input once, t, w, x, y; got t astray.",
        ),
        (lambda: averaged(MODEL, ["q"], {}, {}, {}), "A name must be an input or a step of the program; got q."),
    ],
)
def test_error_names_argument_rule_and_value(call: Callable[[], Any], sentence: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole sentence is compared below
        call()
    assert str(error.value) == sentence


def go(network: Network = SMALL, rule: str = "plain", rate: float = 0.1, steps: Any = 3) -> landscape.Descent:
    """Descend on the corners of XOR."""
    return descend(network, network.random_weights(0), *CORNERS, rule=rule, rate=rate, steps=steps)


# --- Averages ---

NAMES = ["L", "a", "b", "c", "w", "x", "t", "y"]


def looped(values: dict[str, float], sweep: dict[str, Array], rows: dict[str, Array]) -> dict[str, Array]:
    """Every name at each point: its mean over the rows, by one evaluation for each row."""
    columns = {name: column for name, column in rows.items() if name not in sweep}
    found: dict[str, list[float]] = {name: [] for name in NAMES}
    for k in range(len(next(iter(sweep.values()), [0.0]))):
        point = values | {name: float(column[k]) for name, column in sweep.items()}
        places = [point | {name: float(column[row]) for name, column in columns.items()} for row in range(3)]
        results = [place | MODEL.evaluate(place) for place in places]
        for name in NAMES:
            found[name].append(float(np.mean([result[name] for result in results])))
    return {name: np.array(column) if sweep else np.array(column[0]) for name, column in found.items()}


POINTS, MORE = np.array([0.5, -1.0, 2.0, 3.0, 0.25]), np.array([1.0, 0.0, -2.0, 4.0, 5.0])
COLUMN, OTHER = np.array([1.0, 4.0, -2.5]), np.array([0.0, 1.0, 0.5])


@pytest.mark.parametrize("large", [1, 10**9])
@pytest.mark.parametrize("block", [1, 6, 8_192])
@pytest.mark.parametrize(
    ("sweep", "rows"),
    [
        ({}, {}),
        ({}, {"x": COLUMN, "t": OTHER}),
        ({"w": POINTS}, {}),
        ({"w": POINTS}, {"x": COLUMN, "t": OTHER}),
        ({"w": POINTS[:2]}, {"x": COLUMN, "t": OTHER}),
        ({"w": POINTS, "y": MORE}, {"x": COLUMN, "t": OTHER}),
        ({"x": POINTS}, {"x": COLUMN, "t": OTHER}),
        ({"x": POINTS, "t": MORE}, {"x": COLUMN, "t": OTHER}),
        ({"y": POINTS}, {"t": OTHER}),
        ({"y": POINTS}, {"w": COLUMN}),
    ],
)
def test_averages_against_a_loop_over_points_and_rows(
    sweep: dict[str, Array], rows: dict[str, Array], block: int, large: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeps, "BLOCK", block)
    monkeypatch.setattr(sweeps, "LARGE", large)
    values = {name: value for name, value in {"x": 1.5, "y": -0.5, "w": 2.0, "t": 0.75}.items() if name not in {*sweep, *rows}}
    expected = looped(values, sweep, rows)
    for names in (NAMES, ["L"], ["b"], ["a", "w"], ["t"], []):
        found = averaged(MODEL, names, values, sweep, rows)
        assert list(found) == names
        for name in names:
            assert found[name].shape == expected[name].shape
            close(found[name], expected[name], relative=1e-14)


def test_an_input_that_is_not_needed_need_not_be_given() -> None:
    assert averaged(MODEL, ["a"], {"x": 2.0, "q": 1.0}, {"w": [1.0, 3.0]}, {"t": [0.0]})["a"].tolist() == [2, 6]


@pytest.mark.parametrize("name", ["L", "y1", "z2_2", "h1_1", "d_w1_1_1"])
def test_many_points_times_rows_are_averaged_in_blocks_alike(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network((2, 3, 2), "tanh", "softmax", "index")
    features, targets = data(network, rows=40)
    rows = dict(zip((*network.inputs, *network.targets), (*features.T, *targets.T), strict=True))
    weights, sweep = weights_and_theta(network)[0], {"w1_1_2": np.linspace(-5, 5, 83), "b2_1": np.linspace(3, -3, 83)}
    whole = averaged(network.gradient(), [name], weights, sweep, rows)[name]
    monkeypatch.setattr(sweeps, "LARGE", 1)
    monkeypatch.setattr(sweeps, "BLOCK", 400)
    close(averaged(network.gradient(), [name], weights, sweep, rows)[name], whole, absolute=1e-15)


# --- Surfaces ---


def loss_over(
    network: Network, weights: dict[str, float], names: tuple[str, str], across: Any, down: Any, x: Array, t: Array
) -> Array:
    """Return the mean loss where two weights span a grid, as a chart computes it."""
    grid = np.meshgrid(np.asarray(across, float), np.asarray(down, float))
    features, targets = dense.columns(network, x, t)
    rows = dict(zip((*network.inputs, *network.targets), (*features, *targets), strict=True))
    sweep = {name: axis.ravel() for name, axis in zip(names, grid, strict=True)}
    return averaged(network.program(), ["L"], weights, sweep, rows)["L"].reshape(grid[0].shape)


@pytest.mark.parametrize("rows", [4, 60])
@pytest.mark.parametrize("network", [kind for kind in KINDS if kind.hidden in ("tanh", "relu")], ids=named_kind)
def test_curve_and_surfaces_against_a_loop(network: Network, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeps, "BLOCK", 500)
    monkeypatch.setattr(sweeps, "LARGE", 1_000)
    x, t = data(network, rows)
    weights, theta = weights_and_theta(network)
    first, last = network.weights[0], network.weights[-1]
    across, down = np.linspace(-2, 2, 5), np.linspace(-1, 3, 4)
    one, two = (filter_normalised(network, weights, seed) for seed in range(2))

    def at(**changed: float) -> float:
        return float(dense.loss(network, dense.vector(network, weights | changed), x, t))

    curve = [at(**{first: value}) for value in across]
    close(landscape.loss_along(network, weights, first, across, x, t), curve)
    surface = [[at(**{first: p, last: q}) for p in across] for q in down]
    close(loss_over(network, weights, (first, last), across, down, x, t), surface)
    tilted = [[dense.loss(network, theta + p * one + q * two, x, t) for p in across] for q in down]
    close(landscape.loss_in_directions(network, weights, one, two, across, down, x, t), tilted)


def test_a_surface_that_overflows_is_infinite_without_a_warning() -> None:
    found = loss_over(LINE, {"b1_1": 0.0}, ("w1_1_1", "w1_1_2"), [-1e200, 1e154], [0.0], *CORNERS)
    assert found.tolist() == [[np.inf, np.inf]]


@pytest.mark.parametrize("seed", range(3))
def test_a_direction_is_as_long_as_the_weights_unit_by_unit_and_leaves_biases(seed: int) -> None:
    network = Network((3, 5, 4, 2))
    weights = weights_and_theta(network, seed)[0]
    direction = filter_normalised(network, weights, seed)
    for drawn, given in zip(*(dense.layers(network, v) for v in (direction, dense.vector(network, weights))), strict=True):
        close(np.linalg.norm(drawn.matrix, axis=1), np.linalg.norm(given.matrix, axis=1))
        assert not drawn.biases.any()
    np.testing.assert_array_equal(direction, filter_normalised(network, weights, seed))
    assert (direction != filter_normalised(network, weights, seed + 1)).any()


def test_scaling_a_relu_unit_up_and_what_follows_down_leaves_the_surface_as_it_is() -> None:
    network = Network((2, 2, 1), "relu", "identity", "squared")
    weights = weights_and_theta(network)[0] | {"b1_1": 0.0, "b1_2": 0.0}
    scaled = {name: value * {"1": 8, "2": 0.125}[name[1]] for name, value in weights.items()} | {"b2_1": weights["b2_1"]}
    at = np.linspace(-1, 1, 5)
    surfaces = []
    for given in (weights, scaled):
        one, two = (filter_normalised(network, given, seed) for seed in range(2))
        surfaces.append(landscape.loss_in_directions(network, given, one, two, at, at, *CORNERS))
    close(*surfaces)


def test_a_unit_without_weights_stays_without() -> None:
    assert not filter_normalised(SMALL, dict.fromkeys(SMALL.weights, 0.0), 0).any()


def test_a_direction_of_huge_weights_is_as_long_as_they_are() -> None:
    huge = dict.fromkeys(SMALL.weights, 1e308)
    assert np.isfinite(filter_normalised(SMALL, huge | dict.fromkeys(("w2_1_1", "w2_1_2", "w2_1_3"), 1.0), 0)).all()
    assert np.isinf(filter_normalised(SMALL, dict.fromkeys(SMALL.weights, 1.7e308), 0)).any()


# --- Curvature ---


@pytest.mark.parametrize("network", KINDS, ids=named_kind)
def test_hessian_against_autograd_and_differences_of_the_gradient(network: Network) -> None:
    x, t = data(network)
    weights, theta = weights_and_theta(network)
    found = hessian(network, weights, x, t)
    if network.sizes != (4, 2, 3, 2, 3):  # autograd takes a second for it
        close(found, autograd.hessian(plain_loss(network, x, t))(theta), relative=1e-9, absolute=1e-12)
    steps = 1e-6 * np.eye(theta.size)
    above, below = (dense.loss_and_gradient(network, theta + sign * steps, x, t)[1] for sign in (1, -1))
    close(found, (above - below) / 2e-6, relative=1e-5, absolute=1e-7)
    np.testing.assert_array_equal(found, found.T)


@pytest.mark.parametrize("rows", [1, 7])
def test_hessian_of_a_linear_model_is_twice_the_features_moments(rows: int) -> None:
    x, t = data(LINE, rows)
    extended = np.hstack([x, np.ones((rows, 1))])
    moments = 2 * extended.T @ extended / rows
    weights = weights_and_theta(LINE)[0]
    close(hessian(LINE, weights, x, t), moments, absolute=1e-15)
    found = eigenvalues(LINE, weights, x, t)
    close(found, np.linalg.eigvalsh(moments), absolute=1e-14)
    assert list(found) == sorted(found)


@pytest.mark.parametrize(("z", "bend"), [(0.0, 0.25), (40.0, 4.248354255291589e-18), (-40.0, 4.248354255291589e-18)])
def test_curvature_of_a_logit_is_that_of_its_probability(z: float, bend: float) -> None:
    found = hessian(Network((1, 1)), {"w1_1_1": 0.0, "b1_1": z}, [[0.0]], [[1.0]])
    close(found, [[0, 0], [0, bend]])


def test_at_a_kink_curvature_counts_as_none() -> None:
    network = Network((1, 1, 1), "relu", "identity", "squared")
    found = hessian(network, {"w1_1_1": 2.0, "b1_1": 0.0, "w2_1_1": 3.0, "b2_1": 1.0}, [[0.0]], [[0.5]])
    assert found.tolist() == [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 2]]


# --- Descent ---


def adam(gradient: Callable[[Array], Array], theta: Array, rate: float, steps: int) -> list[Array]:
    """Algorithm 1 of Kingma and Ba (2015), line by line and number by number."""
    way, m, v = [theta], [0.0] * len(theta), [0.0] * len(theta)
    for step in range(1, steps + 1):
        g, new = gradient(way[-1]), way[-1].copy()
        for k in range(len(theta)):
            m[k] = 0.9 * m[k] + (1 - 0.9) * g[k]
            v[k] = 0.999 * v[k] + (1 - 0.999) * g[k] ** 2
            new[k] -= rate * (m[k] / (1 - 0.9**step)) / ((v[k] / (1 - 0.999**step)) ** 0.5 + 1e-8)
        way.append(new)
    return way


def momentum(gradient: Callable[[Array], Array], theta: Array, rate: float, steps: int, keep: float = 0.9) -> list[Array]:
    """A heavy ball in the form without a velocity: each step is the gradient's and a share of the step before."""
    way = [theta, theta - rate * gradient(theta)]
    while len(way) <= steps:
        way.append(way[-1] - rate * gradient(way[-1]) + keep * (way[-1] - way[-2]))
    return way[: steps + 1]


def plain(gradient: Callable[[Array], Array], theta: Array, rate: float, steps: int) -> list[Array]:
    return momentum(gradient, theta, rate, steps, keep=0.0)


def restarts(gradient: Callable[[Array], Array], theta: Array, rate: float, steps: int) -> list[Array]:
    """Equation 5 of Loshchilov and Hutter (2017), with a least rate of 0 and periods of 20 steps."""
    way = [theta]
    for step in range(steps):
        way.append(way[-1] - rate / 2 * (1 + math.cos((step % 20) / 20 * math.pi)) * gradient(way[-1]))
    return way


def uncleared(gradient: Callable[[Array], Array], theta: Array, rate: float, steps: int) -> list[Array]:
    """Gradients are added to those of all steps before, as a tensor's are that nobody sets to zero."""
    way, kept = [theta], np.zeros_like(theta)
    for _ in range(steps):
        kept += gradient(way[-1])
        way.append(way[-1] - rate * kept)
    return way


REFERENCES = {"plain": plain, "momentum": momentum, "Adam": adam, "restarts": restarts, "uncleared": uncleared}


@pytest.mark.parametrize("rule", landscape.RULES)
@pytest.mark.parametrize(("output", "loss"), PAIRS)
def test_a_descent_against_its_rule_on_the_program_s_gradient(rule: str, output: Any, loss: Any) -> None:
    network = Network((2, 2, 2), "tanh", output, loss)
    x, t = data(network)
    weights, theta = weights_and_theta(network)
    rows = dict(zip((*network.inputs, *network.targets), (*x.T, *t.T), strict=True))

    def gradient(theta: Array) -> Array:
        found = network.gradient().evaluate({**dense.named(network, theta), **rows})
        return np.array([np.mean(found[f"d_{name}"]) for name in network.weights])

    found = descend(network, weights, x, t, rule=rule, rate=0.05, steps=25)
    expected = REFERENCES[rule](gradient, theta, 0.05, 25)
    assert found.stopped is None
    close(found.weights, expected, relative=1e-9, absolute=1e-12)
    close(found.loss, dense.loss(network, np.array(expected), x, t), relative=1e-9)
    close(found.gradient_norm, [np.linalg.norm(gradient(theta)) for theta in expected], relative=1e-9, absolute=1e-12)


def test_adam_s_first_step_is_as_long_as_its_rate_whatever_the_gradient() -> None:
    found = go(rule="Adam", rate=0.01, steps=1)
    moved = np.abs(np.diff(found.weights, axis=0))
    close(moved, 0.01, relative=1e-4)


@pytest.mark.parametrize("rule", landscape.RULES)
def test_more_steps_begin_with_the_same_steps(rule: str) -> None:
    some, more = go(rule=rule, steps=20), go(rule=rule, steps=30)
    np.testing.assert_array_equal(some.weights, more.weights[:21])
    np.testing.assert_array_equal(some.loss, more.loss[:21])
    np.testing.assert_array_equal(some.gradient_norm, more.gradient_norm[:21])


def test_the_loss_leaps_after_each_restart_of_a_high_rate_and_not_before_the_next() -> None:
    network = Network((2, 4, 1))
    found = descend(network, network.random_weights(0), *dataset("moons", network), rule="restarts", rate=12.0, steps=100)
    leaps = np.flatnonzero(found.loss[1:] > 1.5 * found.loss[:-1])
    assert set(leaps // 20) == {0, 1, 2, 3, 4}
    assert (leaps % 20 < 10).all()


def test_no_step_is_the_point_itself() -> None:
    found = go(steps=0)
    assert (found.weights.shape, found.loss.shape, found.gradient_norm.shape) == ((1, 13), (1,), (1,))
    assert found.weights[0].tolist() == list(WEIGHTS.values())


@pytest.mark.parametrize(("rule", "rate"), [("plain", 1.0), ("momentum", 0.3), ("Adam", 0.05)])
def test_xor_is_learnt(rule: str, rate: float) -> None:
    network = Network((2, 4, 1))
    found = descend(network, network.random_weights(0), *CORNERS, rule=rule, rate=rate, steps=600)
    assert found.loss[-1] < 0.01
    assert found.loss[0] > 0.6


@pytest.mark.parametrize("rule", ["plain", "momentum"])
def test_a_descent_that_diverges_stops_and_says_where(rule: str) -> None:
    found = descend(LINE, LINE.random_weights(0), *CORNERS, rule=rule, rate=100.0, steps=1000)
    assert found.stopped is not None
    assert found.stopped.name == "L"
    assert 20 < found.stopped.step == len(found.loss) == len(found.weights) == len(found.gradient_norm) < 1000
    assert all(np.isfinite(array).all() for array in (found.weights, found.loss, found.gradient_norm))
    assert not np.isfinite(dense.loss(LINE, found.weights[-1] * 1e3, *CORNERS))


@pytest.mark.parametrize(
    ("weights", "x", "t", "rate", "stopped"),
    [
        ({"w1_1_1": np.nan, "b1_1": np.inf}, 1.0, 0.0, 1.0, (0, "w1_1_1")),
        ({"w1_1_1": 1e200, "b1_1": 0.0}, 1.0, 0.0, 1.0, (0, "L")),
        ({"w1_1_1": 0.0, "b1_1": 1e150}, 1e300, 0.0, 1.0, (0, "d_w1_1_1")),
        ({"w1_1_1": 0.0, "b1_1": 1.0}, 1.0, 0.0, 1e308, (1, "w1_1_1")),
        ({"w1_1_1": 0.0, "b1_1": 1.0}, 0.0, 0.0, 1e308, (1, "b1_1")),
    ],
)
def test_the_first_number_that_is_not_finite_is_named(
    weights: dict[str, float], x: float, t: float, rate: float, stopped: tuple[int, str]
) -> None:
    network = Network((1, 1), output="identity", loss="squared")
    found = descend(network, weights, [[x]], [[t]], rule="plain", rate=rate, steps=5)
    assert found.stopped == landscape.Stopped(*stopped)
    assert found.weights.shape == (stopped[0], 2)
    assert found.loss.shape == found.gradient_norm.shape == (stopped[0],)


def test_the_norm_of_a_huge_gradient_is_finite() -> None:
    network = Network((1, 1), output="identity", loss="squared")
    found = descend(network, {"w1_1_1": 0.0, "b1_1": 1e140}, [[1e60]], [[0.0]], rule="plain", rate=1e-300, steps=0)
    close(found.gradient_norm, [2e200])


@pytest.mark.parametrize("field", ["weights", "loss", "gradient_norm", "stopped"])
def test_a_descent_is_frozen(field: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(go(), field, None)


def test_a_way_is_measured_point_by_point_whatever_it_was_trained_on() -> None:
    network = Network((2, 3, 1), loss="squared")
    random = np.random.default_rng(0)
    way, x, t = random.normal(size=(5000, 13)), random.normal(size=(40, 2)), random.integers(0, 2, (40, 1)).astype(float)
    found = landscape.measures(network, way, x, t)
    for k in (0, 1, 1234, 4999):
        y = dense.predict(network, way[k], x)[:, 0]
        true = np.where(t[:, 0] == 1, y, 1 - y)
        assert found.surprise[k] == pytest.approx(-np.log(true).mean(), rel=1e-9)
        assert found.right[k] == np.mean(true > 0.5)
    assert len(found.surprise) == len(found.right) == 5000
