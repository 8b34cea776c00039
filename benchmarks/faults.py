"""Faults, really committed: each function trains something small with one fault in it and returns what a log would tell.

FAULTS is cause -> function of a source of randomness. Numbers are printed with 3 to 6 digits, as logs do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from explorer.core import conventions, losses
from explorer.core.checks import FloatArray, IntArray
from explorer.core.losses import LOSSES
from explorer.core.losses.libraries.tape import BFLOAT16

Random = np.random.Generator
Told = dict[str, Any]
CLASSES = (3, 4, 5, 8, 10)


@dataclass
class Blobs:
    """Points around one place for each class, in two halves, with a column of ones."""

    x: FloatArray
    y: IntArray
    x_test: FloatArray
    y_test: IntArray


def blobs(rng: Random, classes: int, rows: int = 120, spread: float = 0.4) -> Blobs:
    """Draw them."""
    places = 3 * np.linalg.qr(rng.normal(size=(12, 12)))[0][:classes]
    y = rng.integers(0, classes, 2 * rows)
    x = np.hstack([places[y] + spread * rng.normal(size=(2 * rows, 12)), np.ones((2 * rows, 1))])
    return Blobs(x[:rows], y[:rows], x[rows:], y[rows:])


def softmax(z: FloatArray) -> FloatArray:
    """Probabilities of rows of logits."""
    power = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(power / power.sum(axis=1, keepdims=True))


def sigmoid(z: FloatArray) -> FloatArray:
    """Probabilities of logits."""
    return np.asarray(1 / (1 + np.exp(-np.clip(z, -500, 500))))


def text(rng: Random, value: float) -> str:
    """A number as a log prints it."""
    return f"{value:.{rng.integers(3, 7)}f}"


def column(rng: Random, values: Any, digits: int | None = None) -> list[float]:
    """Numbers as a log prints them."""
    return [round(float(v), int(rng.integers(4, 7)) if digits is None else digits) for v in values]


def fit(x: FloatArray, y: IntArray, classes: int, *, rate: float = 0.5, steps: int = 200) -> FloatArray:
    """The weights of softmax regression after plain descent."""
    w = np.zeros((x.shape[1], classes))
    for _ in range(steps):
        w -= rate * x.T @ losses.index_cross_entropy_with_logits_gradient(x @ w, y) / len(x)
    return w


def no_signal(rng: Random) -> Told:
    """Features that say nothing of balanced labels: noise, and a rate of nearly 0."""
    k = int(rng.choice((2, *CLASSES)))
    x, y = rng.normal(size=(256, 12)), rng.permutation(np.arange(256) % k)
    z = x @ (0.01 * rng.normal(size=(12, k)))
    return {
        "loss": text(rng, float(losses.index_cross_entropy_with_logits(z, y).mean())),
        "classes": k,
        "accuracy": round(float((z.argmax(1) == y).mean()), 3),
    }


def base_rate(rng: Random) -> Told:
    """Only the bias of a binary model learns."""
    rate = rng.uniform(0.03, 0.3)
    y = (np.arange(1000) < 1000 * rate).astype(float)
    z = 0.0
    for _ in range(400):
        z -= 5 * float((sigmoid(np.full(1000, z)) - y).mean())
    scores = z + 0.01 * rng.normal(size=1000)
    loss = float(losses.binary_cross_entropy_with_logits(scores, y).mean())
    return {"loss": text(rng, loss), "accuracy": round(float(((scores > 0) == y).mean()), 4), "kind": "binary"}


def policy_equals_reference(rng: Random) -> Told:
    """Log-ratios of a policy that is its reference."""
    program = LOSSES["dpo"].program()
    ratios = 1e-4 * rng.normal(size=(12, 2)) * (rng.random() < 0.5)
    values = [float(program.evaluate({"w": w, "l": el, "beta": 0.1})["L"]) for w, el in ratios]
    if rng.random() < 0.5:
        return {"loss": text(rng, float(np.mean(values))), "kind": "dpo"}
    return {"history": [{"loss": round(v, 4), "rewards/margins": 0.0} for v in values]}


def embeddings_collapsed(rng: Random) -> Told:
    """Embeddings by weights that have gone to 0."""
    margin = float(rng.choice([0.2, 0.3, 0.5, 1.0]))
    points = rng.normal(size=(90, 6)) @ (1e-4 * rng.normal(size=(6, 3)))
    a, p, n = points[:30], points[30:60], points[60:]
    gap = np.linalg.norm(a - p, axis=1) - np.linalg.norm(a - n, axis=1)
    return {"loss": text(rng, float(np.maximum(gap + margin, 0).mean())), "margin": margin, "kind": "triplet"}


def hessian_zero(rng: Random) -> Told:
    """Boosting of stumps by an objective whose second derivative is 0."""
    y = rng.gamma(2.0, 3.0, 200)
    prediction = np.full(200, 0.5)
    history = []
    for _ in range(12):
        gradient, hessian = np.sign(prediction - y), np.zeros(200)
        leaf = 0.0 if hessian.sum() < 1 else -gradient.sum() / (hessian.sum() + 1)
        prediction = prediction + 0.3 * leaf
        history.append(float(np.abs(prediction - y).mean()))
    told: Told = {"framework": "XGBoost", "kind": "mae", "history": column(rng, history, 5)}
    return told if rng.random() < 0.5 else told | {"predictions": prediction, "targets": y}


def _squeezed(
    rng: Random, columns: Callable[[FloatArray], FloatArray], classes: int, spread: float = 0.4
) -> tuple[FloatArray, Blobs]:
    """A well trained model's probabilities, to be taken for logits."""
    data = blobs(rng, classes, spread=spread)
    return columns(8 * data.x @ fit(data.x, data.y, classes)), data


def softmax_twice(rng: Random) -> Told:
    """Softmax, then a loss that takes logits."""
    k = int(rng.choice(CLASSES))
    p, data = _squeezed(rng, softmax, k)
    loss = float(losses.index_cross_entropy_with_logits(p, data.y).mean())
    told: Told = {"loss": text(rng, loss), "classes": k, "accuracy": round(float((p.argmax(1) == data.y).mean()), 4)}
    return told if rng.random() < 0.5 else {"loss": text(rng, loss), "predictions": p, "targets": data.y}


def sigmoid_twice(rng: Random) -> Told:
    """Sigmoid, then a loss that takes logits."""
    z, data = _squeezed(rng, lambda scores: scores, 2)
    p, y = sigmoid(z[:, 1] - z[:, 0]), data.y.astype(float)
    loss = text(rng, float(losses.binary_cross_entropy_with_logits(p, y).mean()))
    return {"loss": loss, "predictions": p, "targets": y, "kind": "binary"}


def probabilities_as_logits(rng: Random) -> Told:
    """A sigmoid for each class, then a cross-entropy that takes logits."""
    p, data = _squeezed(rng, lambda scores: sigmoid(scores / 8), int(rng.choice(CLASSES)))
    loss = float(losses.index_cross_entropy_with_logits(p, data.y).mean())
    return {"loss": text(rng, loss), "predictions": p, "targets": data.y}


def logits_as_probabilities(rng: Random) -> Told:
    """Logits, given to a loss that clips and divides."""
    z, data = _squeezed(rng, lambda scores: scores / 8, int(rng.choice(CLASSES)), spread=1.4)
    kept = np.clip(z, 1e-7, None)
    kept = np.clip(kept / kept.sum(axis=1, keepdims=True), 1e-7, 1 - 1e-7)
    loss = float(losses.index_cross_entropy(kept, data.y).mean())
    return {"loss": text(rng, loss), "predictions": z, "targets": data.y}


def log_missing(rng: Random) -> Told:
    """−p made small."""
    k = int(rng.choice(CLASSES))
    data = blobs(rng, k)
    w = np.zeros((13, k))
    history = []
    for _ in range(60):
        p = softmax(data.x @ w)
        picked = p[np.arange(len(p)), data.y]
        history.append(-float(picked.mean()))
        w -= 0.5 * data.x.T @ (picked[:, None] * (p - np.eye(k)[data.y])) / len(p)
    return (
        {"history": column(rng, history), "kind": "nll"}
        if rng.random() < 0.5
        else {"loss": text(rng, history[-1]), "classes": k}
    )


def probabilities_in_hinge(rng: Random) -> Told:
    """A sigmoid, then a hinge loss."""
    z, data = _squeezed(rng, lambda scores: scores, 2)
    p, t = sigmoid(z[:, 1] - z[:, 0]), 2.0 * data.y - 1
    loss = text(rng, float(np.maximum(0, 1 - t * p).mean()))
    return {"loss": loss, "predictions": p, "targets": t, "kind": "hinge"}


def margin_softmax(rng: Random) -> Told:
    """Cosines with a margin on the true class, and accuracy after it."""
    k = int(rng.choice(CLASSES))
    data = blobs(rng, k, spread=1.2)
    w = fit(data.x, data.y, k, steps=40)
    cosine = (data.x / np.linalg.norm(data.x, axis=1, keepdims=True)) @ (w / np.linalg.norm(w, axis=0))
    z = 30 * (cosine - 0.5 * np.eye(k)[data.y])
    loss = float(losses.index_cross_entropy_with_logits(z, data.y).mean())
    return {
        "loss": text(rng, loss),
        "kind": "arcface",
        "classes": k,
        "accuracy": round(float((z.argmax(1) == data.y).mean()), 3),
    }


def clipped(rng: Random) -> Told:
    """Predictions that have become 0 and 1, some of them wrong, as Keras computes them."""
    y = (rng.random(400) < 0.5).astype(float)
    p = np.where(rng.random(400) < rng.uniform(0.05, 0.5), 1 - y, y)
    name = str(rng.choice(["Keras BinaryCrossentropy", "PyTorch BCELoss"]))
    library = next(c for c in conventions.CONVENTIONS if c.name == name)
    with np.errstate(all="ignore"):
        each = {(a, b): library.compute(a, b, np.float64) for a in (0.0, 1.0) for b in (0.0, 1.0)}
    loss = float(np.mean([result[0] for pair in zip(p, y, strict=True) if (result := each[pair])]))
    return {"loss": text(rng, loss), "accuracy": f"{float((p == y).mean()):.4f}"}


def saturated(rng: Random) -> Told:
    """Weights that have run away: the true class has probability 0, which Caffe takes for float32's least number."""
    k = int(rng.choice(CLASSES))
    z = np.zeros((100, k), np.float32)
    z[:, 0] = 1e4 * rng.uniform(1, 9)
    p = np.maximum(softmax(z.astype(np.float64))[:, 1].astype(np.float32), np.finfo(np.float32).tiny)
    return {"loss": text(rng, float(-np.log(p.astype(np.float64)).mean())), "classes": k} | (
        {"framework": "caffe"} if rng.random() < 0.5 else {}
    )


def probability_exactly_one(rng: Random) -> Told:
    """A logarithm of one's own in float32, of a sigmoid that has rounded to 1."""
    y = (rng.random(64) < 0.5).astype(np.float32)
    z = ((2 * y - 1) * rng.uniform(20, 60, 64)).astype(np.float32)
    with np.errstate(all="ignore"):
        p = np.float32(1) / (np.float32(1) + np.exp(-z))
        loss = float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean())
    return {"loss": str(loss), "predictions": p, "targets": y}


def overflow(rng: Random) -> Told:
    """A softmax by hand in float32, of logits that are too large."""
    z = rng.uniform(95, 300, (16, 4)).astype(np.float32)
    with np.errstate(all="ignore"):
        power = np.exp(z)
        loss = float(-np.log(power[:, 0] / power.sum(axis=1)).mean())
    return {"text": f"softmax with np.exp of large logits gives {loss}"}


def precision(rng: Random) -> Told:
    """A loss that is held in bfloat16."""
    k = int(rng.choice((2, *CLASSES)))
    z = 0.001 * rng.normal(size=(64, k))
    loss = float(BFLOAT16.round(losses.index_cross_entropy_with_logits(z, rng.integers(0, k, 64)).mean()))
    return {"loss": f"{loss:.6f}", "dtype": "bfloat16", "classes": k}


def nan_in_gradient(rng: Random) -> Told:
    """The root of a squared distance that reaches 0."""
    w, history = rng.uniform(1.0, 3.0), []
    rate = w / int(rng.integers(20, 40))
    for _ in range(60):
        square = round(w, 12) ** 2
        history.append(float(np.sqrt(square)) + 0.5)
        with np.errstate(all="ignore"):
            slope = np.float64(2 * round(w, 12)) / (2 * np.sqrt(np.float64(square)))
        w = w - rate * float(slope)
    return {"history": column(rng, history)}


def all_ignored(rng: Random) -> Told:
    """Batches of which some have no label left."""
    k = int(rng.choice(CLASSES))
    data, w, history = blobs(rng, k), np.zeros((13, k)), []
    for _ in range(60):
        rows = rng.integers(0, 120, 8)
        kept = rows[rng.random(8) < 0.25]
        with np.errstate(all="ignore"):
            history.append(np.float64(losses.index_cross_entropy_with_logits(data.x[kept] @ w, data.y[kept]).sum()) / len(kept))
        if len(kept):
            w -= (
                0.05
                * data.x[kept].T
                @ losses.index_cross_entropy_with_logits_gradient(data.x[kept] @ w, data.y[kept])
                / len(kept)
            )
    return {"history": column(rng, history)}


def input_too_short(rng: Random) -> Told:
    """CTC by its forward recursion, with fewer steps than the label has."""
    label, steps = rng.integers(1, 5, 9), int(rng.integers(3, 9))
    p = softmax(rng.normal(size=(steps, 5)))
    path = [0] + [s for c in label for s in (int(c), 0)]
    alpha = np.zeros(len(path))
    alpha[:2] = p[0, path[0]], p[0, path[1]]
    for t in range(1, steps):
        skip = [alpha[s - 2] if s > 1 and path[s] and path[s] != path[s - 2] else 0.0 for s in range(len(path))]
        alpha = (alpha + np.concatenate([[0.0], alpha[:-1]]) + np.array(skip)) * p[t, path]
    with np.errstate(all="ignore"):
        return {"loss": str(-float(np.log(alpha[-1] + alpha[-2]))), "kind": "ctc"}


def target_outside(rng: Random) -> Told:
    """Labels of −1 and 1, or 0 and 255, in binary cross-entropy; or 1 to K."""
    if rng.random() < 0.25:
        k = int(rng.choice(CLASSES))
        several = blobs(rng, k)
        return {"predictions": softmax(several.x @ fit(several.x, several.y, k)), "targets": several.y + 1}
    data = blobs(rng, 2)
    t = 2.0 * data.y - 1 if rng.random() < 0.5 else 255.0 * data.y
    w, history = np.zeros(13), []
    for _ in range(40):
        z = data.x @ w
        history.append(float((np.logaddexp(0, z) - t * z).mean()))
        w -= 0.05 * data.x.T @ (sigmoid(z) - t) / len(z)
    told: Told = {"kind": "bce", "history": column(rng, history)}
    return told if rng.random() < 0.5 else {"kind": "bce", "loss": text(rng, history[-1])}


def target_not_normalised(rng: Random) -> Told:
    """Two labels at once under a softmax."""
    k = int(rng.choice(CLASSES))
    data = blobs(rng, k)
    return {
        "predictions": softmax(data.x @ fit(data.x, data.y, k)),
        "targets": np.eye(k)[data.y] + np.eye(k)[(data.y + 1) % k],
        "kind": "cross-entropy",
    }


def one_class(rng: Random) -> Told:
    """A softmax over one column."""
    p = softmax(rng.normal(size=(64, 1)))
    loss = -float(np.log(p).mean()) + 0.0
    return {"loss": text(rng, loss)} | ({"classes": 1} if rng.random() < 0.5 else {"history": [0.0] * 8})


def one_label(rng: Random) -> Told:
    """Data that were cut before they were shuffled: one label is left."""
    data = blobs(rng, 2)
    order = np.argsort(data.y)
    kept = order[: max(20, int((data.y == 0).sum()) - 5)]
    return {"predictions": sigmoid(-rng.uniform(1, 3, len(kept))), "targets": data.y[kept].astype(float), "kind": "binary"}


def label_order(rng: Random) -> Told:
    """Columns in another order than the labels."""
    k = int(rng.choice(CLASSES))
    data = blobs(rng, k)
    order = rng.permutation(k)
    while np.unique((order - np.arange(k)) % k).size == 1:  # all of them moved by as much
        order = rng.permutation(k)
    return {"predictions": softmax(data.x @ fit(data.x, data.y, k))[:, order], "targets": data.y}


def off_by_one_index(rng: Random) -> Told:
    """Labels that are moved by one."""
    k = int(rng.choice(CLASSES))
    data = blobs(rng, k)
    return {"predictions": softmax(data.x @ fit(data.x, data.y, k)), "targets": (data.y + rng.choice([1, k - 1])) % k}


def smoothing_floor(rng: Random) -> Told:
    """Label smoothing, trained to its end."""
    k, smoothing = int(rng.choice(CLASSES)), float(rng.choice([0.05, 0.1, 0.2]))
    data, w = blobs(rng, k), np.zeros((13, k))
    t = (1 - smoothing) * np.eye(k)[data.y] + smoothing / k
    for _ in range(300):
        w -= 0.5 * data.x.T @ (softmax(data.x @ w) - t) / len(t)
    p = softmax(data.x @ w)
    loss = float(losses.cross_entropy(p, t).mean())
    right = round(float((p.argmax(1) == data.y).mean()), 4)
    return {"loss": text(rng, loss), "classes": k, "smoothing": smoothing, "accuracy": right}


def weighted_mean(rng: Random) -> Told:
    """The same weighted losses, divided by n and by the weights."""
    w = rng.uniform(0.2, 5, 3)
    y = rng.integers(0, 3, 64)
    each = w[y] * losses.index_cross_entropy_with_logits(rng.normal(size=(64, 3)), y)
    a, b = text(rng, float(each.mean())), text(rng, float(each.sum() / w[y].sum()))
    return {"text": f"with class weights the manual mean is {a} and reduction='mean' gives {b}"}


def sum_not_mean(rng: Random) -> Told:
    """A sum over a batch, at the start."""
    k, batch = int(rng.choice((2, *CLASSES))), int(rng.choice([16, 32, 64, 128, 256]))
    z = 0.05 * rng.normal(size=(batch, k))
    loss = float(losses.index_cross_entropy_with_logits(z, rng.integers(0, k, batch)).sum())
    return {"loss": text(rng, loss), "batch": batch, "classes": k}


def accumulation(rng: Random) -> Told:
    """Losses of several steps, added up."""
    k, steps = int(rng.choice(CLASSES)), int(rng.choice([2, 4, 8, 16]))
    z = 0.05 * rng.normal(size=(steps, 32, k))
    loss = float(losses.index_cross_entropy_with_logits(z, rng.integers(0, k, (steps, 32))).mean(axis=1).sum())
    return {"loss": text(rng, loss), "steps": steps, "classes": k}


def gradients_not_cleared(rng: Random) -> Told:
    """Least squares in which each step follows the sum of all gradients."""
    x = rng.normal(size=(80, 3))
    y = x @ rng.normal(size=3) + 0.2 * rng.normal(size=80)
    w, total, rate, history = np.zeros(3), np.zeros(3), rng.uniform(0.01, 0.06), []
    for _ in range(150):
        history.append(float(((x @ w - y) ** 2).mean()))
        part = rng.integers(0, 80, 40)
        total += 2 * x[part].T @ (x[part] @ w - y[part]) / 40
        w = w - rate * total
    return {"history": column(rng, history)}


def sign_flipped(rng: Random) -> Told:
    """Steps along the gradient."""
    k = int(rng.choice((2, *CLASSES)))
    data, w, history = blobs(rng, k), 0.05 * rng.normal(size=(13, k)), []
    for _ in range(60):
        history.append(float(losses.index_cross_entropy_with_logits(data.x @ w, data.y).mean()))
        w += (
            rng.uniform(0.01, 0.05)
            * data.x.T
            @ losses.index_cross_entropy_with_logits_gradient(data.x @ w, data.y)
            / len(data.x)
        )
    return {"history": column(rng, history)}


def broadcast(rng: Random) -> Told:
    """Squared error of (n, 1) and (n)."""
    y = rng.normal(size=80)
    p = np.full((80, 1), y.mean()) + 0.05 * rng.normal(size=(80, 1))
    return {"loss": text(rng, float(((p - y) ** 2).mean())), "predictions": p, "targets": y, "kind": "mse"}


def _epochs(
    rng: Random, data: Blobs, classes: int, *, epochs: int, drop: float = 0.0, rate: float = 0.3, hidden: int = 40
) -> list[Told]:
    """A network of one hidden layer, with what Keras prints each epoch."""
    first, second = 0.4 * rng.normal(size=(13, hidden)), 0.3 * rng.normal(size=(hidden, classes))
    rows = []
    for _ in range(epochs):
        seen = []
        for part in np.array_split(rng.permutation(len(data.x)), 4):
            x, y = data.x[part], data.y[part]
            h = np.tanh(x @ first)
            mask = (rng.random(h.shape) >= drop) / (1 - drop)
            value, slope = losses.index_cross_entropy_with_logits_and_gradient((h * mask) @ second, y)
            seen.append(value)
            slope = slope / len(x)
            back = (slope @ second.T) * mask * (1 - h * h)
            second -= rate * (h * mask).T @ slope
            first -= rate * x.T @ back
        z = np.tanh(data.x_test @ first) @ second
        rows.append({
            "loss": round(float(np.concatenate(seen).mean()), 4),
            "val_loss": round(float(losses.index_cross_entropy_with_logits(z, data.y_test).mean()), 4),
            "val_accuracy": round(float((z.argmax(1) == data.y_test).mean()), 4),
        })  # fmt: skip
    return rows


def train_above_validation(rng: Random) -> Told:
    """Dropout in training alone."""
    k = int(rng.choice((3, 4, 5)))
    return {"history": _epochs(rng, blobs(rng, k, spread=1.0), k, epochs=14, drop=0.75, rate=0.05)}


def overconfident(rng: Random) -> Told:
    """Few rows with wrong labels among them, learned by heart."""
    k = 3
    data = blobs(rng, k, rows=60, spread=1.3)
    wrong = rng.random(60) < 0.25
    data.y = np.where(wrong, rng.integers(0, k, 60), data.y)
    return {"history": _epochs(rng, data, k, epochs=150, rate=0.5, hidden=80)[::3]}


def diverging(rng: Random) -> Told:
    """Least squares beyond the rate at which it converges."""
    x = rng.normal(size=(60, 5))
    y = x @ rng.normal(size=5) + 0.1 * rng.normal(size=60)
    curvature = float(np.linalg.eigvalsh(2 * x.T @ x / 60).max())
    w, history = 0.1 * rng.normal(size=5), []
    with np.errstate(all="ignore"):
        for _ in range(int(rng.choice([40, 60, 900]))):
            history.append(float(((x @ w - y) ** 2).mean()))
            w = w - rng.uniform(2.4, 4.0) / curvature * 2 * x.T @ (x @ w - y) / 60
    return {"history": [float(f"{v:.4g}") for v in history]}


def dead_units(rng: Random) -> Told:
    """A first step that is too long makes every ReLU negative."""
    data = blobs(rng, 3)
    first, second, bias = 0.3 * rng.normal(size=(13, 16)), 0.3 * rng.normal(size=(16, 3)), np.zeros(3)
    rows = []
    kill = int(rng.integers(2, 8))
    for step in range(40):
        h = np.maximum(data.x @ first, 0)
        value, slope = losses.index_cross_entropy_with_logits_and_gradient(h @ second + bias, data.y)
        slope = slope / len(h)
        back = (slope @ second.T) * (h > 0)
        norm = float(np.linalg.norm(data.x.T @ back))
        rows.append({"loss": round(float(value.mean()), 4), "grad_norm": round(norm, 5)})
        second -= 0.1 * h.T @ slope
        first -= 0.1 * data.x.T @ back
        if step == kill:
            first[-1] -= 1e3
    return {"history": rows}


def restart_spikes(rng: Random) -> Told:
    """A rate that starts again."""
    period = int(rng.choice([20, 25, 30]))
    x = rng.normal(size=(200, 6)) * np.array([3, 1, 1, 1, 1, 0.3])
    y = x @ rng.normal(size=6) + 0.2 * rng.normal(size=200)
    curvature = float(np.linalg.eigvalsh(2 * x.T @ x / 200).max())
    w, rows = np.zeros(6), []
    for step in range(4 * period):
        rate = 0.3 + (3.2 if step % period == 0 and step else 0.0)
        part = rng.integers(0, 200, 64)
        rows.append({"loss": round(float(((x @ w - y) ** 2).mean()), 5), "lr": rate / curvature})
        w = w - rate / curvature * (
            2 * x[part].T @ (x[part] @ w - y[part]) / 64 + (1.5 * rng.normal(size=6) if rate > 1 else 0.0)
        )
    return {"history": rows} if rng.random() < 0.5 else {"history": [row["loss"] for row in rows]}


def nothing_wrong(rng: Random) -> Told:
    """A critic, and a density above 1."""
    if rng.random() < 0.5:
        return {"loss": text(rng, float(rng.normal(size=64).mean() - rng.uniform(1, 9))), "kind": "wgan"}
    residual, sigma = 0.05 * rng.normal(size=200), rng.uniform(0.04, 0.1)
    loss = float((0.5 * (residual / sigma) ** 2 + np.log(sigma) + 0.5 * np.log(2 * np.pi)).mean())
    return {"loss": text(rng, loss), "kind": "gaussian nll"}


FAULTS: dict[str, Callable[[Random], Told]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        no_signal, base_rate, softmax_twice, sigmoid_twice, probabilities_as_logits, logits_as_probabilities,
        log_missing, clipped, saturated, probability_exactly_one, overflow, precision, nan_in_gradient,
        all_ignored, target_outside, target_not_normalised, one_class, one_label, label_order, off_by_one_index,
        smoothing_floor, weighted_mean, sum_not_mean, accumulation, gradients_not_cleared, sign_flipped,
        hessian_zero, broadcast, embeddings_collapsed, margin_softmax, probabilities_in_hinge,
        policy_equals_reference, input_too_short, train_above_validation, overconfident, diverging, dead_units,
        restart_spikes, nothing_wrong,
    )
}  # fmt: skip
"""Cause -> what commits it."""
