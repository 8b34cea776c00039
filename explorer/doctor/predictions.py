"""What predictions and targets themselves show, as the project's own losses compute it.

`form_of` says what the arrays are; then each function below looks for one kind of fault and yields causes with their evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from explorer.core import losses
from explorer.core.checks import FloatArray
from explorer.doctor import addresses, expected
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Evidence
from explorer.doctor.rules.spec import compared, shown
from explorer.doctor.score import BARE, CERTAIN, FITTING, HINTED, TOLD, agreement

Found = Iterator[tuple[str, Evidence]]
MOST_ROWS = 100_000
"""As many rows are looked at, evenly spread."""
EXACT = 0.002
"""How far a loss may lie from what the arrays give, which may be one batch of its epoch."""
IGNORED = -100.0
"""The index that PyTorch leaves out."""
SAME = 1e-3
"""Predictions that stray by less are the same for every row."""
WORDS = {"regression", "hinge", "triplet", "contrastive", "preference", "policy", "critic", "likelihood"}
"""Kinds whose predictions are no probabilities, whatever they look like."""


@dataclass(frozen=True)
class Form:
    """Predictions and targets as one of the project's losses takes them.

    Attributes
    ----------
    p : array, shape (rows, columns)
        Predictions; one column of binary ones and of numbers.
    t : array, shape (rows,) or (rows, columns)
        An index or a number a row, or a distribution.
    """

    p: FloatArray
    t: FloatArray

    @property
    def classes(self) -> int:
        """How many columns there are."""
        return int(self.p.shape[1])

    @property
    def has_index(self) -> bool:
        """Whether targets are whole numbers, one a row."""
        return self.t.ndim == 1 and bool(np.all(self.t == np.round(self.t)))

    @cached_property
    def within(self) -> bool:
        """Whether all predictions lie in [0, 1]."""
        return bool(np.all((self.p >= 0) & (self.p <= 1)))

    @cached_property
    def sums(self) -> bool:
        """Whether rows of predictions sum to 1."""
        return self.classes > 1 and self.within and bool(np.all(np.abs(self.p.sum(axis=1) - 1) < 0.02))

    @property
    def is_binary(self) -> bool:
        """Whether there is one column, and targets are two labels."""
        return self.classes == 1 and self.t.ndim == 1 and np.unique(self.t[:5000]).size <= 2

    @cached_property
    def right(self) -> float:
        """The share of rows whose largest column, or side of the middle, is that of the target."""
        if self.classes == 1:
            middle = 0.5 if self.within else 0.0
            return float(np.mean((self.p[:, 0] > middle) == (self.t > self.t.mean())))
        return float(np.mean(self.p.argmax(axis=1) == self.index))

    @cached_property
    def index(self) -> FloatArray:
        """The class of each row."""
        return self.t if self.t.ndim == 1 else self.t.argmax(axis=1).astype(np.float64)


def evidence(facts: Facts) -> Found:
    """Yield causes with what the arrays show; nothing where there are none."""
    p, t = facts.predictions, facts.targets
    if t is not None:
        yield from _of_targets(facts, t)
    if p is None:
        return
    if p.size and facts.kind in {"triplet", "contrastive"} and p.ndim == 2 and p.shape[0] > 1:
        yield from _one_point(p)
    if t is None or not p.size:
        return
    yield from _shapes(facts, p, t)
    form = form_of(p, t)
    if form is None or not np.isfinite(form.p).all() or not np.isfinite(form.t).all():
        return
    for look in LOOKS:
        yield from look(facts, form)


def form_of(p: FloatArray, t: FloatArray) -> Form | None:
    """Return arrays as a loss takes them; None where they do not belong together."""
    rows = p.shape[0]
    if t.shape[0] != rows or p.ndim > 2 or t.ndim > 2:
        return None
    columns = p.reshape(rows, -1)
    targets = t[:, 0] if t.ndim == 2 and t.shape[1] == 1 else t
    if targets.ndim == 2 and targets.shape != columns.shape:
        return None
    step = max(1, rows // MOST_ROWS)
    return Form(columns[::step], targets[::step])


def _mean(values: ArrayLike) -> float:
    return float(np.asarray(values).mean())


def _example(form: Form, p: FloatArray) -> tuple[str, str]:
    """The addresses of the row that costs most, and of a good one."""
    if form.classes == 1:
        wrong = int(np.argmax(np.abs(p[:, 0] - form.t)))
        return addresses.binary(p[wrong, 0], form.t[wrong]), addresses.binary(0.95)
    index = form.index.astype(int) % form.classes
    wrong = int(np.argmin(p[np.arange(len(p)), index]))
    good = np.full(form.classes, 0.05 / max(form.classes - 1, 1))
    good[index[wrong]] = 0.95
    return addresses.classes(p[wrong].tolist(), int(index[wrong])), addresses.classes(good.tolist(), int(index[wrong]))


def _of_targets(facts: Facts, t: FloatArray) -> Found:
    """What targets alone show."""
    flat = t.ravel()
    if not flat.size:
        return
    if np.all(flat == IGNORED):
        yield "all-ignored", Evidence(CERTAIN, f"All {flat.size} targets are −100: 0/0 is NaN.", *_IGNORED)
        return
    kept = flat[flat != IGNORED]
    labels = np.unique(kept[:MOST_ROWS])
    if labels.size == 1 and kept.size > 1 and t.ndim == 1 and facts.kind not in {"regression", "critic"}:
        because = f"All {kept.size} targets are {shown(float(labels[0]))}: their entropy is 0."
        yield "one-label", Evidence(TOLD, because, addresses.binary(0.999), addresses.binary(0.9))


_IGNORED = ("/categorical?options=ignore+index&k=-100", "/categorical?options=ignore+index&k=0")


def _one_point(p: FloatArray) -> Found:
    spread = float(np.abs(p - p.mean(axis=0)).max())
    if spread <= SAME * max(float(np.abs(p).max()), 1e-6):
        view = addresses.loss("triplet", a1=0.0, a2=0.0, p1=0.0, p2=0.0, n1=0.0, n2=0.0)
        because = f"Embeddings of {len(p)} rows differ by at most {shown(spread)}: they are one point."
        yield "embeddings-collapsed", Evidence(CERTAIN, because, view, addresses.loss("triplet", n1=2.0, n2=1.0))


def _shapes(facts: Facts, p: FloatArray, t: FloatArray) -> Found:
    """(n, 1) against (n)."""
    if {p.ndim, t.ndim} != {1, 2} or 1 not in (p.shape[-1], t.shape[-1]) or p.size != t.size or p.size < 2:
        return
    view = addresses.loss("squared_error", y=0.0, t=1.0), addresses.loss("squared_error", y=1.0, t=1.0)
    a, b = p.ravel()[:2000], t.ravel()[:2000]
    plain, crossed = _mean(losses.squared_error(a, b)), _mean(losses.squared_error(a[:, np.newaxis], b))
    found = facts.finite
    because = (
        f"Shapes {p.shape} and {t.shape} give {p.size} × {p.size} pairs: squared error {shown(crossed)}, and "
        f"{shown(plain)} of each with its own"
    )
    if found is not None and agreement(found, crossed, EXACT) > agreement(found, plain, EXACT):
        yield "broadcast", Evidence(CERTAIN, f"{because}; you have {found}.", *view)
    elif facts.kind == "regression" or np.unique(b).size > 2:
        yield "broadcast", Evidence(0.9, f"{because}.", *view)
    else:
        yield "broadcast", Evidence(HINTED, f"{because}.", *view)


def _ranges(facts: Facts, form: Form) -> Found:
    """Targets outside what the loss takes."""
    low, high = float(form.t.min()), float(form.t.max())
    labels = np.unique(form.t[:MOST_ROWS])
    probable = facts.kind in {"binary", "overlap", "focal"} or form.within and facts.kind not in WORDS
    if (
        form.classes == 1
        and probable
        and (low < 0 or high > 1)
        and (facts.kind in {"binary", "overlap", "focal"} or labels.size <= 2)
    ):
        view = addresses.logit(12.0), addresses.binary(0.9)
        because = (
            f"Targets run from {shown(low)} to {shown(high)}, and binary cross-entropy takes 0 to 1: outside it has "
            "no lower bound."
        )
        yield "target-outside", Evidence(CERTAIN, because, *view)
    if form.classes > 1 and form.t.ndim == 2 and facts.kind != "binary":
        sums = form.t.sum(axis=1)
        if np.any(np.abs(sums - 1) > 0.01) and (form.sums or facts.kind == "classes" or not form.within):
            view = "/categorical?target=distribution&t1=1&t2=1&t3=0", "/categorical?target=distribution&t1=0.5&t2=0.5&t3=0"
            because = f"Rows of targets sum to {shown(float(sums.min()))} up to {shown(float(sums.max()))}, and not to 1."
            yield "target-not-normalised", Evidence(CERTAIN, because, *view)
    if form.classes > 1 and form.has_index and (high >= form.classes or low < 0):
        k = form.classes
        if low >= 1 and high == k:
            because = f"Labels run from {shown(low)} to {shown(high)}, and {k} columns are 0 to {k - 1}."
            yield "off-by-one-index", Evidence(CERTAIN, because, "/categorical?base=1&k=1", "/categorical?k=0")
        elif np.any((form.t != IGNORED) & ((form.t < 0) | (form.t >= k))):
            because = f"Labels run from {shown(low)} to {shown(high)}, and {k} columns are 0 to {k - 1}."
            yield "target-outside", Evidence(CERTAIN, because, addresses.logit(12.0), addresses.binary(0.9))
    if form.classes == 1 and facts.kind == "classes" and form.p.size > 1:
        because = "One column of predictions: a softmax over it is 1 whatever the input."
        yield "one-class", Evidence(CERTAIN, because, addresses.binary(1.0), addresses.logit(2.0))


def _order(facts: Facts, form: Form) -> Found:
    """Columns in another order, labels moved by one, a sign."""
    if facts.kind == "regression" and form.classes == 1 and form.p.std() > 0 and form.t.std() > 0:
        together = float(np.corrcoef(form.p[:, 0], form.t)[0, 1])
        if together < -0.7:
            view = addresses.network(rate=0.5, steps=0), addresses.network(rate=0.5, steps=200)
            yield (
                "sign-flipped",
                Evidence(0.95, (f"Predictions and targets go against each other: correlation {shown(together)}."), *view),
            )
        return
    if facts.kind in WORDS or len(form.p) < 8:
        return
    if form.is_binary:
        if form.right < 0.25 and np.unique(form.t).size == 2:
            yield (
                "label-order",
                Evidence(
                    0.95,
                    (f"Only {shown(form.right)} are right, and {shown(1 - form.right)} would be the other way round."),
                    *_example(form, _probable(form)),
                ),
            )
        return
    if form.classes < 2 or not np.all((form.index >= 0) & (form.index < form.classes)):
        return
    k, index, guess = form.classes, form.index.astype(int), form.p.argmax(axis=1)
    counts = np.zeros((k, k))
    np.add.at(counts, (guess, index), 1)
    moved = float(counts.max(axis=1).sum()) / len(guess)
    best = counts.argmax(axis=1)
    seen = counts.sum(axis=1) > 0
    if form.right > moved - 0.3 or np.unique(best[seen]).size < seen.sum() or seen.sum() < 2:
        return
    shift = (best[seen] - np.flatnonzero(seen)) % k
    because = (
        f"{shown(form.right)} are right as the columns stand, and {shown(moved)} if column "
        f"{', '.join(f'{a} is class {b}' for a, b in list(zip(np.flatnonzero(seen), best[seen], strict=True))[:4])}"
    )
    if k > 2 and np.all(shift == 1) and index.min() >= 1:
        yield "off-by-one-index", Evidence(CERTAIN, f"{because}: all by one.", "/categorical?base=1&k=1", "/categorical?k=0")
    else:
        yield "label-order", Evidence(CERTAIN, f"{because}.", *_example(form, _probable(form)))


def _probable(form: Form) -> FloatArray:
    """Predictions as probabilities."""
    if form.within:
        return form.p
    if form.classes == 1:
        return np.asarray(1 / (1 + np.exp(-np.clip(form.p, -700, 700))))
    power = np.exp(form.p - form.p.max(axis=1, keepdims=True))
    return np.asarray(power / power.sum(axis=1, keepdims=True))


def _constant(facts: Facts, form: Form) -> Found:
    """The same prediction for every row."""
    if facts.kind in {"triplet", "contrastive", "hinge"} or len(form.p) < 8:
        return
    spread = float(form.p.std(axis=0).max())
    if spread > 0.02 * max(1.0, float(np.abs(form.p).max())):
        return
    if facts.framework == "XGBoost" and spread <= 1e-6:
        view = addresses.loss("absolute_error", y=2.0, t=0.0), addresses.loss("pseudo_huber", y=2.0, t=0.0)
        yield "hessian-zero", Evidence(0.95, f"Every prediction is {shown(float(form.p[0, 0]))}: no tree has split.", *view)
    if facts.kind == "regression" or form.classes == 1 and not form.is_binary:
        return
    p = _probable(form)
    middle = p.mean(axis=0)
    if form.classes == 1:
        rate, flat = float((form.t == form.t.max()).mean()), abs(float(middle[0]) - 0.5)
        rates, at = np.array([rate]), addresses.binary(rate, rate)
    else:
        index = form.index.astype(int)
        if index.min() < 0 or index.max() >= form.classes:
            return
        rates = np.bincount(index, minlength=form.classes) / len(index)
        flat, at = (
            float(np.abs(middle - 1 / form.classes).max()) * form.classes / 2,
            addresses.classes(middle.tolist(), int(rates.argmax())),
        )
    away = float(np.abs(middle - rates).max())
    cost = expected.binary_entropy(float(rates[0])) if form.classes == 1 else expected.entropy(rates)
    if flat < 0.03 and spread < 0.02:
        value = expected.even() if form.classes == 1 else expected.uniform(form.classes)
        even = addresses.binary(0.5) if form.classes == 1 else addresses.classes([1 / form.classes] * form.classes)
        yield (
            "no-signal",
            Evidence(
                0.98,
                (f"All rows are given about the same for every class: {compared('the loss', value, facts.finite)}"),
                even,
                addresses.binary(0.9),
            ),
        )
    if away < 0.05 and spread < 0.03 and np.unique(form.index).size > 1:
        weight = CERTAIN if flat >= 0.03 else FITTING
        yield (
            "base-rate",
            Evidence(
                weight,
                (
                    "All rows are given the share of positives or of each class, "
                    f"{', '.join(shown(float(r)) for r in rates[:4])}: {compared('their entropy', cost, facts.finite)}"
                ),
                at,
                addresses.binary(0.95),
            ),
        )


def _losses(facts: Facts, form: Form) -> Found:
    """The loss that is told, beside what each fault would make of the arrays."""
    if facts.kind == "hinge" and form.within:
        view = addresses.loss("hinge", y=0.0, t=-1.0), addresses.loss("hinge", y=-1.5, t=-1.0)
        yield "probabilities-in-hinge", Evidence(CERTAIN, "All scores lie in [0, 1]: a negative costs at least 1.", *view)
        return
    if facts.kind in WORDS or not (form.is_binary or form.classes > 1):
        return
    if not np.all((form.index >= 0) & (form.index < max(form.classes, 2))) or form.t.ndim == 2 and not form.sums:
        return
    of = _binary if form.classes == 1 else _classes
    plain, faulty = of(form)
    found = facts.finite
    yield from _edges(facts, form, plain)
    if found is None:
        return
    right = max((agreement(found, value, EXACT) for value in plain.values()), default=0.0)
    seen: set[float] = set()
    for cause, (value, formula) in faulty.items():
        near = agreement(found, value, EXACT) * (SECOND if value in seen else 1.0)
        seen.add(value)
        if near > right and np.isfinite(value):
            yield cause, Evidence(near * (1 - 0.9 * right), compared(formula, value, found), *_example(form, _probable(form)))
    rows = facts.batch or len(form.p)
    for value in plain.values():
        near = agreement(found, rows * value, EXACT)
        if rows > 2 and near > right:
            yield (
                "sum-not-mean",
                Evidence(
                    near,
                    compared(f"{rows} · {shown(value)}", rows * value, found),
                    addresses.binary(0.5),
                    addresses.binary(0.9),
                ),
            )


Losses = tuple[dict[str, float], dict[str, tuple[float, str]]]
"""What is right, by its loss; and cause -> what it would be, with its formula."""
SECOND = 0.8
"""How well the rarer of two causes with the same numbers agrees."""


def _binary(form: Form) -> Losses:
    p, t = form.p[:, 0], form.index
    plain: dict[str, float] = {"logits": _mean(losses.binary_cross_entropy_with_logits(p, t))} if not form.within else {}
    faulty: dict[str, tuple[float, str]] = {}
    if form.within:
        plain["probabilities"] = _mean(losses.binary_cross_entropy(p, t))
        twice = _mean(losses.binary_cross_entropy_with_logits(p, t))
        faulty["sigmoid-twice"] = twice, "mean of ln(1 + e^∓p), the probabilities taken for logits"
        faulty["probabilities-as-logits"] = twice, "mean of ln(1 + e^∓p), the probabilities taken for logits"
        faulty["label-order"] = _mean(losses.binary_cross_entropy(1 - p, t)), "mean loss of 1 − p, the other column"
    kept = np.clip(p, 1e-7, 1 - 1e-7)
    clipped = _mean(losses.binary_cross_entropy(kept, t)), "mean loss of p clipped to [1e-7, 1 − 1e-7]"
    faulty["clipped" if form.within else "logits-as-probabilities"] = clipped
    return plain, faulty


def _classes(form: Form) -> Losses:
    index = form.index.astype(int)
    rows = np.arange(len(index))
    logits = _mean(losses.index_cross_entropy_with_logits(form.p, index))
    if not form.within:
        kept = np.clip(form.p, 1e-7, None)
        shares = np.clip(kept / kept.sum(axis=1, keepdims=True), 1e-7, 1 - 1e-7)
        return {"logits": logits}, {
            "logits-as-probabilities": (
                _mean(losses.index_cross_entropy(shares, index)),
                ("mean −ln of logits clipped and divided by their sum"),
            )
        }
    probable = _mean(losses.index_cross_entropy(form.p, index))
    first, second = ("softmax-twice", "probabilities-as-logits") if form.sums else ("probabilities-as-logits", "softmax-twice")
    formula = "mean cross-entropy of the probabilities taken for logits"
    faulty = {
        first: (logits, formula),
        second: (logits, formula),
        "log-missing": (-_mean(form.p[rows, index]), "mean of −p instead of −ln p"),
        "clipped": (
            _mean(losses.index_cross_entropy(np.clip(form.p, 1e-7, 1 - 1e-7), index)),
            ("mean loss of p clipped to [1e-7, 1 − 1e-7]"),
        ),
        "label-order": (_mean(losses.index_cross_entropy(form.p[:, ::-1], index)), "mean loss of the columns in reverse order"),
    }
    return {"probabilities": probable}, faulty


def _edges(facts: Facts, form: Form, plain: dict[str, float]) -> Found:
    """Exact zeros and ones; predictions that are squeezed; too much confidence."""
    loss = plain.get("probabilities")
    if loss is None:
        return
    view = _example(form, form.p)
    if np.isinf(loss):
        broken = facts.is_broken
        because = "A wrong prediction is exactly 0 or 1: −ln 0 = ∞"
        yield "probability-exactly-one", Evidence(CERTAIN if broken else FITTING, f"{because}.", *view)
        yield "clipped", Evidence(HINTED if broken else 0.8, f"{because}, and libraries clip it.", *view)
        return
    if facts.is_broken and np.any((form.p == 0) | (form.p == 1)):
        yield "probability-exactly-one", Evidence(TOLD, "Predictions are exactly 0 or 1: 0 · ln 0 is NaN.", *view)
    top = float(form.p.max())
    if (
        form.classes == 1
        and float(form.p.min()) >= 0.5
        and top <= 0.7311
        and np.unique(form.t).size == 2
        and top - float(form.p.min()) > 0.1
    ):
        yield (
            "sigmoid-twice",
            Evidence(
                0.95,
                (f"All predictions lie from {shown(float(form.p.min()))} to {shown(top)}, within σ([0, 1]) = [0.5, 0.7311]."),
                addresses.logit(1.0),
                addresses.logit(6.0),
            ),
        )
    limit = float(np.e / (np.e + form.classes - 1))
    if form.sums and form.right > 0.8 and top <= limit + 1e-3 and len(form.p) >= 8:
        hot = [1.0] + [0.0] * (form.classes - 1)
        yield (
            "softmax-twice",
            Evidence(
                0.95,
                (
                    f"No prediction is above e/(e + {form.classes - 1}) = {shown(limit)}, the most of softmax(softmax(z)), "
                    f"though {shown(form.right)} are right."
                ),
                addresses.class_logits(hot),
                addresses.class_logits([10.0 * h for h in hot]),
            ),
        )
    sure = float(np.maximum(form.p, 1 - form.p).mean() if form.classes == 1 else form.p.max(axis=1).mean())
    if len(form.p) >= 50 and sure - form.right > 0.1 and form.right > 0.5 / max(form.classes - 1, 1):
        yield (
            "overconfident",
            Evidence(0.9, (f"Predictions are {shown(sure)} sure on average, and {shown(form.right)} are right."), *view),
        )
    elif len(form.p) >= 50 and sure - form.right > 0.06:
        yield (
            "overconfident",
            Evidence(BARE, (f"Predictions are {shown(sure)} sure on average, and {shown(form.right)} are right."), *view),
        )


LOOKS: tuple[Callable[[Facts, Form], Found], ...] = (_ranges, _order, _constant, _losses)
"""What is looked for, in order."""
