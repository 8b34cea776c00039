"""What libraries compute for the losses of examples compared, and of masks that overlap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from explorer.core.losses.libraries.spec import Convention
from explorer.core.losses.libraries.tape import Number, exp, log1p, log_softmax, maximum, minimum, softplus, sqrt, total

Vector = Sequence[Number]
_F = "torch.nn.functional"


def _squares(x: Vector) -> Number:
    return total([x_k**2 for x_k in x])


def _dot(x: Vector, y: Vector) -> Number:
    return total([a * b for a, b in zip(x, y, strict=True)])


def _apart(x: Vector, y: Vector) -> list[Number]:
    return [a - b for a, b in zip(x, y, strict=True)]


def _torch_triplet(a: Vector, p: Vector, n: Vector, m: Number) -> Number:
    near, far = (sqrt(_squares([d + 1e-6 for d in _apart(a, other)])) for other in (p, n))
    return maximum(near - far + m, 0.0, of_x=1.0)


def _optax_triplet(a: Vector, p: Vector, n: Vector, m: Number) -> Number:
    near, far = (sqrt(_squares(_apart(a, other)) + 1e-6) for other in (p, n))
    return maximum(near - far + m, 0.0)


def _unit(x: Vector, least: float) -> list[Number]:
    length = maximum(sqrt(_squares(x)), least, of_x=1.0)
    return [x_k / length for x_k in x]


def _cosine(x: Vector, y: Vector, least: float = 0.0) -> Number:
    return _dot(_unit(x, least), _unit(y, least))


def _infonce(least: float, q: Vector, points: Sequence[Vector], tau: Number) -> Number:
    return -log_softmax([_cosine(q, point, least) / tau for point in points])[0]


def _torch_cosine_embedding(x: Vector, y: Vector, t: Number, m: Number) -> Number:
    cosine = _dot(x, y) / sqrt((_squares(x) + 1e-12) * (_squares(y) + 1e-12))
    return 1.0 - cosine if float(t) > 0 else maximum(cosine - m, 0.0, of_x=1.0)


def _optax_cosine(x: Vector, y: Vector, t: Number, m: Number) -> Number | None:
    return 1.0 - _cosine(x, y) if float(t) > 0 else None


def _keras_cosine(x: Vector, y: Vector, t: Number, m: Number) -> Number | None:
    if float(t) < 0:
        return None
    u, v = ([x_k * minimum(1.0 / sqrt(_squares(point)), 1e7) for x_k in point] for point in (x, y))
    return 1.0 - _dot(u, v)


def _keras_dice(p: Vector, t: Vector, s: Number) -> Number:
    return 1.0 - (2.0 * _dot(t, p)) / (total(t) + total(p) + 1e-7)


def _keras_tversky(p: Vector, t: Vector, alpha: Number, beta: Number, s: Number) -> Number:
    both, rest = _dot(t, p), [1.0 - t_k for t_k in t]
    missed, wrong = _dot([1.0 - p_k for p_k in p], t), _dot(p, rest)
    return 1.0 - both / (both + missed * beta + wrong * alpha + 1e-7)


PAIRS: Mapping[str, tuple[Convention, ...]] = {
    "ranknet": (
        Convention(
            f"{_F}.soft_margin_loss(y1 - y2, torch.ones_like(y1), reduction='none')",
            "Takes the difference and the label 1; overflows where the order is wrong by much.",
            lambda y1, y2: log1p(exp(-(y1 - y2))),
        ),
        Convention(
            f"-{_F}.logsigmoid(y1 - y2)", "Takes the difference, and its sign is turned here.", lambda y1, y2: softplus(y2 - y1)
        ),
        Convention(
            "-jax.nn.log_sigmoid(y1 - y2)", "Takes the difference, and its sign is turned here.",
            lambda y1, y2: softplus(y2 - y1),
        ),
    ),
    "margin_ranking": (
        Convention(
            f"{_F}.margin_ranking_loss(y1, y2, t, margin=m, reduction='none')",
            "Its margin is 0 unless given; at the kink the whole slope.",
            lambda y1, y2, t, m: maximum(-t * (y1 - y2) + m, 0.0, of_x=1.0),
        ),
    ),
    "triplet": (
        Convention(
            f"{_F}.triplet_margin_loss(a[None], p[None], n[None], margin=m)",
            "Adds 1e−6 to each entry of a difference, so that a distance is no 0.",
            _torch_triplet,
        ),
        Convention(
            "optax.losses.triplet_margin_loss(a, p, n, margin=m)", "Adds 1e−6 to each squared distance.", _optax_triplet
        ),
    ),
    "infonce": (
        Convention(
            f"{_F}.cross_entropy({_F}.cosine_similarity(q, torch.stack([p, n[:2], n[2:]]))[None] / tau, torch.tensor([0]))",
            "Has none of its own: cosines over τ, the positive first; takes no length below 1e−8.",
            lambda q, *rest: _infonce(1e-8, q, rest[:-1], rest[-1]),
            "cosine_similarity, cross_entropy",
        ),
        Convention(
            "optax.losses.softmax_cross_entropy_with_integer_labels("
            "optax.losses.cosine_similarity(q, jax.numpy.stack([p, n[:2], n[2:]])) / tau, 0)",
            "Cosines over τ, the positive first; its ntxent takes a whole batch.",
            lambda q, *rest: _infonce(0.0, q, rest[:-1], rest[-1]),
            "cosine_similarity, softmax_cross_entropy_with_integer_labels",
        ),
    ),
    "cosine_embedding": (
        Convention(
            f"{_F}.cosine_embedding_loss(x[None], y[None], t[None], margin=m)", "Adds 1e−12 to each squared length.",
            _torch_cosine_embedding,
        ),
        Convention("optax.losses.cosine_distance(x, y)", "Of alike points alone, t = 1.", _optax_cosine),
        Convention(
            "1 + keras.losses.cosine_similarity(y, x)",
            "Of alike points alone: minus the cosine, to which 1 is added here.",
            _keras_cosine, "cosine_similarity",
        ),
    ),
    "dice": (
        Convention(
            "keras.losses.dice(t, p)", "Adds 1e−7 below only, whatever s: of two empty masks its loss is 1.", _keras_dice
        ),
    ),
    "tversky": (
        Convention(
            "keras.losses.tversky(t, p, alpha=beta, beta=alpha)",
            "Its alpha is our β: it weighs what is missed; adds 1e−7 below only.",
            _keras_tversky,
        ),
    ),
}  # fmt: skip
"""Loss -> its conventions."""
