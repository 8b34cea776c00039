"""What this project means by each loss, and the points at which libraries are asked: plain formulas for mpmath."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mpmath import mp

Point = Mapping[str, float]


@dataclass(frozen=True)
class Definition:
    """A loss as its textbook has it.

    Attributes
    ----------
    inputs : str
        Their names, the predictions first.
    by : str
        Those that a gradient is taken by.
    formula : str
        In the inputs, in vectors of them (p of p1, p2 ...) and in the functions of mpmath.
    rows : tuple
        Points: a number for each input. Most are exact in 8 bits, so that every dtype holds them.
    """

    inputs: str
    by: str
    formula: str
    rows: tuple[tuple[float, ...], ...]

    @property
    def points(self) -> list[Point]:
        """The rows by name."""
        return [dict(zip(self.inputs.split(), row, strict=True)) for row in self.rows]

    def value(self, at: Point) -> Any:
        """Return the loss in 70 digits."""
        with mp.workdps(70):
            numbers = {name: mp.mpf(number) for name, number in at.items()}
            return mp.mpf(eval(self.formula, _FUNCTIONS | numbers | vectors(numbers, list)))

    def holds(self, at: Point) -> bool:
        """Whether there is a loss at a point."""
        try:
            self.value(at)
        except (ValueError, TypeError, ZeroDivisionError):
            return False
        return True

    def slopes(self, at: Point) -> dict[str, float | None]:
        """Return the slope by each prediction; None at a kink and where a step to either side leaves the domain."""
        return {name: self._slope(at, name) for name in self.by.split()}

    def _slope(self, at: Point, name: str) -> float | None:
        step = mp.mpf(10) ** -30
        with mp.workdps(70):
            here = mp.mpf(at[name])
            try:
                before, middle, after = (self.value({**at, name: x}) for x in (here - step, here, here + step))
            except (ValueError, TypeError, ZeroDivisionError):
                return None
            left, right = (middle - before) / step, (after - middle) / step
            return float((left + right) / 2) if abs(left - right) <= mp.mpf(10) ** -12 * (1 + abs(left)) else None


def vectors(numbers: Mapping[str, Any], stacked: Callable[[list[Any]], Any]) -> dict[str, Any]:
    """Return z of z1, z2 ...: every vector that is given by its entries."""
    found: dict[str, list[Any]] = {}
    for name, number in numbers.items():
        if name[-1].isdigit():
            found.setdefault(name.rstrip("0123456789"), []).append(number)
    return {name: stacked(entries) for name, entries in found.items()}


def _surprise(t: Any, p: Any) -> Any:
    """-t ln p, 0 at t = 0."""
    return mp.mpf(0) if t == 0 else mp.inf * t if p == 0 else -t * mp.log(p)


def _sigmoid(z: Any) -> Any:
    return 1 / (1 + mp.exp(-z))


def _distance(a: Any, b: Any) -> Any:
    return mp.sqrt(sum((x - y) ** 2 for x, y in zip(a, b, strict=True)))


def _softmax(z: Any) -> Any:
    return [mp.exp(x) / sum(map(mp.exp, z)) for x in z]


def _cosine(a: Any, b: Any) -> Any:
    return _dot(a, b) / mp.sqrt(_dot(a, a) * _dot(b, b))


def _dot(a: Any, b: Any) -> Any:
    return sum(x * y for x, y in zip(a, b, strict=True))


_FUNCTIONS: dict[str, Any] = {name: getattr(mp, name) for name in ("log", "log1p", "exp", "sqrt", "cosh", "gamma", "pi")}
_FUNCTIONS |= {
    "surprise": _surprise,
    "sigmoid": _sigmoid,
    "distance": _distance,
    "softmax": _softmax,
    "dot": _dot,
    "cosine": _cosine,
    "softplus": lambda z: mp.log1p(mp.exp(z)),
}

_RESIDUALS = ((1.5, 0.0), (-2.0, 1.5), (0.25, -0.5), (320.0, -12.0), (-1e-3, 0.0), (0.0, 0.0))
_FINE = (2.3, 0.7)
"""Numbers that float32 does not hold."""
_RATES = ((1.5, 2.0), (0.5, 2.0), (40.0, 3.0), (1e-9, 0.0), (1e-9, 1.0))
_PROBABILITIES = ((0.25, 1.0), (0.75, 0.25), (0.125, 0.0), (0.0, 1.0), (1.0, 0.0), (0.0, 0.0), (1e-9, 1.0))
_LOGITS = ((2.0, 1.0), (-1.5, 1.0), (0.5, 0.25), (-40.0, 1.0), (120.0, 0.0), (0.0, 0.5))
_MARGINS = ((0.5, 1.0), (-2.0, 1.0), (0.25, -1.0), (-120.0, -1.0), (1.0, 1.0), (40.0, -1.0))
_THREE = ((2.0, -1.0, 0.5), (0.0, 0.0, 0.0), (120.0, -40.0, 3.0), (-1.5, 2.5, 0.25))
_ONE_HOT = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
_SHARES = ((0.5, 0.25, 0.25), (0.125, 0.625, 0.25), (1.0, 0.0, 0.0), (0.0, 0.5, 0.5))


def _with(rows: tuple[tuple[float, ...], ...], *options: float) -> tuple[tuple[float, ...], ...]:
    return tuple((*row, *options) for row in rows)


def _beside(*columns: tuple[tuple[float, ...], ...]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(number for part in row for number in part) for row in zip(*columns, strict=True))


_CLASSES = "z1 z2 z3 t1 t2 t3"
_SMOOTHED = "surprise((1 - epsilon) * t + epsilon / 2, sigmoid(z)) + surprise(1 - (1 - epsilon) * t - epsilon / 2, sigmoid(-z))"

DEFINITIONS: dict[str, Definition] = {
    "squared_error": Definition("y t", "y", "(y - t) ** 2", (*_RESIDUALS[:5], _FINE)),
    "absolute_error": Definition("y t", "y", "abs(y - t)", _RESIDUALS),
    "huber": Definition(
        "y t delta",
        "y",
        "(y - t) ** 2 / 2 if abs(y - t) <= delta else delta * (abs(y - t) - delta / 2)",
        (*_with(_RESIDUALS[:5], 2.5), (-2.0, 1.5, 0.5), (1.0, 0.0, 1.0), (*_FINE, 0.75)),
    ),
    "pseudo_huber": Definition(
        "y t delta",
        "y",
        "delta ** 2 * (sqrt(1 + ((y - t) / delta) ** 2) - 1)",
        (*_with(_RESIDUALS, 2.5), (-2.0, 1.5, 0.5)),
    ),
    "log_cosh": Definition("y t", "y", "log(cosh(y - t))", (*_RESIDUALS[:4], (1000.0, -1000.0))),
    "quantile": Definition(
        "y t tau",
        "y",
        "tau * (t - y) if t > y else (1 - tau) * (y - t)",
        (*_with(_RESIDUALS[:4], 0.25), (1.5, 0.0, 0.75), (0.0, 0.0, 0.25), (*_FINE, 0.25)),
    ),
    "epsilon_insensitive": Definition(
        "y t epsilon", "y", "max(abs(y - t) - epsilon, 0)", (*_with(_RESIDUALS[:4], 0.5), (0.5, 0.0, 0.5))
    ),
    "squared_log_error": Definition(
        "y t", "y", "(log1p(y) - log1p(t)) ** 2", ((1.5, 0.5), (0.0, 3.0), (1024.0, 2.0), (0.25, 0.0))
    ),
    "percentage_error": Definition(
        "y t", "y", "abs((y - t) / t)", ((1.5, 0.5), (-2.0, 4.0), (320.0, 12.0), (0.25, 2.0), (1.0, 1e-9), _FINE, (1.0, 1e-20))
    ),
    "poisson": Definition("y t", "y", "y + surprise(t, y)", _RATES),
    "poisson_with_log_rate": Definition(
        "z t", "z", "exp(z) - t * z", ((0.5, 2.0), (-2.0, 1.0), (3.0, 0.0), (-40.0, 4.0), (8.0, 3.0), (12.0, 0.0))
    ),
    "gamma": Definition("y t", "y", "log(y) + t / y", ((1.5, 2.0), (0.5, 2.0), (40.0, 3.0), (0.125, 4.0), (2.0, 2.0), _FINE)),
    "tweedie": Definition(
        "y t rho",
        "y",
        "y ** (2 - rho) / (2 - rho) - t * y ** (1 - rho) / (1 - rho)",
        ((1.5, 2.0, 1.25), (0.5, 2.0, 1.25), (40.0, 3.0, 1.75), (0.125, 0.0, 1.5), (2.0, 2.0, 1.5), (*_FINE, 1.25)),
    ),
    "gaussian": Definition("y t v", "y v", "(log(v) + (y - t) ** 2 / v) / 2", (*_with(_RESIDUALS[:4], 2.0), (1.5, 0.0, 1e-8))),
    "laplace": Definition("y t b", "y b", "log(2 * b) + abs(y - t) / b", (*_with(_RESIDUALS[:4], 2.0), (0.0, 0.0, 0.25))),
    "student_t": Definition(
        "y t nu s",
        "y s",
        "(nu + 1) / 2 * log1p(((y - t) / s) ** 2 / nu) + log(s)",
        (*_with(_RESIDUALS[:4], 4.0, 2.0), (1.5, 0.0, 1.0, 0.5)),
    ),
    "binary_cross_entropy": Definition("p t", "p", "surprise(t, p) + surprise(1 - t, 1 - p)", _PROBABILITIES),
    "binary_cross_entropy_with_logits": Definition("z t", "z", "t * softplus(-z) + (1 - t) * softplus(z)", _LOGITS[:5]),
    "weighted_binary_cross_entropy": Definition(
        "z t w", "z", "w * t * softplus(-z) + (1 - t) * softplus(z)", _with(_LOGITS[:5], 3.0)
    ),
    "smoothed_binary_cross_entropy": Definition("z t epsilon", "z", _SMOOTHED, _with(_LOGITS[:3] + _LOGITS[5:], 0.25)),
    "focal": Definition(
        "z t alpha gamma",
        "z",
        "alpha * t * (1 - sigmoid(z)) ** gamma * softplus(-z) + (1 - alpha) * (1 - t) * sigmoid(z) ** gamma * softplus(z)",
        (*_with(_LOGITS[:5], 0.25, 2.0), (2.0, 0.0, 0.75, 0.5)),
    ),
    "hinge": Definition("y t", "y", "max(0, 1 - t * y)", _MARGINS),
    "squared_hinge": Definition("y t", "y", "max(0, 1 - t * y) ** 2", _MARGINS),
    "modified_huber": Definition("y t", "y", "-4 * t * y if t * y < -1 else max(0, 1 - t * y) ** 2", (*_MARGINS, (-1.0, 1.0))),
    "exponential": Definition("y t", "y", "exp(-t * y)", (*_MARGINS[:3], (4.0, -1.0), (12.0, -1.0))),
    "brier": Definition("p t", "p", "(p - t) ** 2", _PROBABILITIES),
    "generalized_cross_entropy": Definition(
        "p t q",
        "p",
        "t * (1 - p ** q) / q + (1 - t) * (1 - (1 - p) ** q) / q",
        ((0.25, 1.0, 0.75), (0.75, 0.0, 0.5), (0.125, 1.0, 0.25), (0.0, 1.0, 0.75), (1.0, 1.0, 0.75)),
    ),
    "poly1": Definition(
        "z t epsilon",
        "z",
        "t * softplus(-z) + (1 - t) * softplus(z) + epsilon * (1 - t * sigmoid(z) - (1 - t) * (1 - sigmoid(z)))",
        _with(_LOGITS[:5], 2.0),
    ),
    "cross_entropy": Definition(
        "p1 p2 p3 t1 t2 t3",
        "p1 p2 p3",
        "sum(map(surprise, t, p))",
        (*_beside(_SHARES, _ONE_HOT), (0.5, 0.25, 0.25, 0.25, 0.5, 0.25), (0.5, 0.5, 0.5, 1.0, 0.0, 0.0)),
    ),
    "cross_entropy_with_logits": Definition(
        _CLASSES,
        "z1 z2 z3",
        "sum(map(surprise, t, softmax(z)))",
        (*_beside(_THREE, _ONE_HOT), (2.0, -1.0, 0.5, 0.25, 0.5, 0.25)),
    ),
    "cross_entropy_with_logits smoothing=true": Definition(
        f"{_CLASSES} epsilon",
        "z1 z2 z3",
        "sum(surprise((1 - epsilon) * a + epsilon / 3, b) for a, b in zip(t, softmax(z)))",
        _with(_beside(_THREE, _ONE_HOT), 0.25),
    ),
    "cross_entropy_with_logits weights=true": Definition(
        f"{_CLASSES} w1 w2 w3",
        "z1 z2 z3",
        "sum(c * surprise(a, b) for a, b, c in zip(t, softmax(z), w))",
        _with(_beside(_THREE, _ONE_HOT), 1.0, 2.5, 0.5),
    ),
    "kullback_leibler": Definition(
        "p1 p2 p3 t1 t2 t3",
        "p1 p2 p3",
        "sum(surprise(a, b) - surprise(a, a) for a, b in zip(t, p))",
        (
            (0.5, 0.25, 0.25, 0.25, 0.5, 0.25),
            (0.125, 0.625, 0.25, 0.125, 0.625, 0.25),
            (0.5, 0.25, 0.25, 1.0, 0.0, 0.0),
            (0.0, 0.5, 0.5, 0.0, 0.25, 0.75),
            (0.0, 0.5, 0.5, 0.25, 0.25, 0.5),
        ),
    ),
    "multiclass_hinge": Definition(
        "z1 z2 z3 t",
        "z1 z2 z3",
        "max(0, 1 + max(x for k, x in enumerate(z) if k != t) - z[int(t)])",
        (*_with(_THREE, 0.0), (-1.5, 2.5, 0.25, 1.0), (-1.5, -2.0, -3.0, 0.0)),
    ),
    "ranknet": Definition(
        "y1 y2", "y1 y2", "softplus(y2 - y1)", ((1.5, 0.0), (-2.0, 1.5), (0.25, -0.5), (320.0, -12.0), (0.0, 0.0))
    ),
    "margin_ranking": Definition(
        "y1 y2 t m",
        "y1 y2",
        "max(0, m - t * (y1 - y2))",
        ((1.5, 0.0, 1.0, 0.5), (-2.0, 1.5, 1.0, 0.5), (0.25, -0.5, -1.0, 0.0), (320.0, -12.0, -1.0, 0.5), (0.5, 0.0, 1.0, 0.5)),
    ),
    "triplet": Definition(
        "a1 a2 p1 p2 n1 n2 m",
        "a1 a2 p1 p2 n1 n2",
        "max(0, distance(a, p) - distance(a, n) + m)",
        (
            (0.0, 0.0, 3.0, 4.0, 1.0, 0.0, 1.0),
            (1.0, -1.0, 1.5, -1.0, 4.0, 3.0, 1.0),
            (0.5, 0.25, -2.0, 1.0, 1.0, -1.0, 0.5),
            (0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 2.0),
        ),
    ),
    "infonce negatives=2": Definition(
        "q1 q2 p1 p2 n11 n12 n21 n22 tau",
        "q1 q2 p1 p2 n11 n12 n21 n22",
        "surprise(1, softmax([cosine(q, x) / tau for x in (p, n[:2], n[2:])])[0])",
        (
            (1.0, 0.5, 0.75, 1.0, -1.0, 0.25, 0.5, -2.0, 0.5),
            (1.0, 0.0, -3.0, 4.0, 2.0, 0.5, 0.0, 1.0, 0.125),
            (-0.5, -2.0, -1.0, -4.0, 1.0, 1.0, -1.0, 1.0, 1.0),
            (4.0, 3.0, 3.0, 4.0, 3.0, 4.0, 4.0, 3.0, 0.25),
        ),
    ),
    "cosine_embedding": Definition(
        "x1 x2 y1 y2 t m",
        "x1 x2 y1 y2",
        "1 - cosine(x, y) if t > 0 else max(0, cosine(x, y) - m)",
        (
            (1.0, 0.0, 3.0, 4.0, 1.0, 0.0),
            (1.0, -1.0, 1.5, -1.0, -1.0, 0.25),
            (0.5, 0.25, -2.0, 1.0, 1.0, 0.0),
            (0.5, 0.25, -2.0, 1.0, -1.0, 0.25),
        ),
    ),
    "dice pixels=4": Definition(
        "p1 p2 p3 p4 t1 t2 t3 t4 s",
        "p1 p2 p3 p4",
        "1 - (2 * dot(p, t) + s) / (sum(p) + sum(t) + s)",
        (
            (0.75, 0.5, 0.25, 0.125, 1.0, 1.0, 0.0, 0.0, 1.0),
            (0.25, 0.5, 0.5, 0.25, 0.0, 0.0, 0.0, 0.0, 1.0),
            (0.75, 0.5, 0.25, 0.125, 1.0, 1.0, 0.0, 0.0, 1e-7),
            (0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1e-7),
            (1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1e-7),
            (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1e-7),
        ),
    ),
    "tversky pixels=4": Definition(
        "p1 p2 p3 p4 t1 t2 t3 t4 alpha beta s",
        "p1 p2 p3 p4",
        "1 - (dot(p, t) + s) / (dot(p, t) + s + alpha * sum(a * (1 - b) for a, b in zip(p, t))"
        " + beta * sum((1 - a) * b for a, b in zip(p, t)))",
        (
            (0.75, 0.5, 0.25, 0.125, 1.0, 1.0, 0.0, 0.0, 0.25, 0.75, 1e-7),
            (0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.25, 0.75, 1e-7),
            (0.25, 0.5, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.5, 0.5, 1e-7),
            (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5, 0.5, 1e-7),
        ),
    ),
}
"""By name; after a space its options, as `Loss.variant` takes them."""
