"""What libraries make of a batch: one number of several examples, some with weights, some of a sequence's positions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from explorer.core.checks import FloatArray
from explorer.core.losses.libraries.spec import LIBRARIES
from explorer.core.losses.spec import Loss

SMOOTHING, IGNORED = 0.1, 1


def _counted(t: FloatArray, terms: FloatArray) -> FloatArray:
    """The sum of an example's terms without those of classes that did not happen: 0 ln 0 is 0."""
    return np.asarray(np.where(t > 0, terms, 0.0).sum(axis=-1))


@dataclass(frozen=True)
class Batch:
    """Examples whose losses become one number.

    Attributes
    ----------
    log_p : array, shape (examples, classes)
        Logarithms of what is predicted.
    t : array, shape (examples, classes)
        Targets; of a class's index one-hot.
    w : array, shape (classes,)
        How much each class weighs.
    lengths : tuple of int
        How many of the examples, from the first on, are positions of one sequence each.
    """

    log_p: FloatArray
    t: FloatArray
    w: FloatArray
    lengths: tuple[int, ...] = ()

    @property
    def has_indices(self) -> bool:
        """Whether each target is one class."""
        return bool(np.all(self.t.max(axis=1) == 1) and np.all(self.t.sum(axis=1) == 1))

    @property
    def losses(self) -> FloatArray:
        """Each example's cross-entropy, a class that does not count left out, shape (examples,)."""
        return _counted(self.t, -self.t * self.log_p)

    @property
    def weights(self) -> FloatArray:
        """What each example weighs, shape (examples,)."""
        return np.asarray(self.t @ self.w)

    @property
    def weighed(self) -> FloatArray:
        """Each example's cross-entropy by class weights, shape (examples,)."""
        return _counted(self.t, -self.t * self.w * self.log_p)

    @property
    def divergences(self) -> FloatArray:
        """Each example's KL(t || p), shape (examples,); NaN where t and p both are 0, for every class takes part."""
        own = _counted(self.t, self.t * np.log(np.where(self.t > 0, self.t, 1.0)))
        return np.asarray(own - (self.t * self.log_p).sum(axis=1))

    def clipped(self, least: float, most: float) -> Batch:
        """Return the batch with its probabilities kept within bounds."""
        return replace(self, log_p=np.log(np.clip(np.exp(self.log_p), least, most)))


@dataclass(frozen=True)
class Reduction:
    """One way of a library to reduce.

    Attributes
    ----------
    call : str
        How it is asked.
    library : str
        A module of LIBRARIES.
    said : str
        What it is called.
    note : str
        One sentence: what it divides by.
    compute : function
        Batch -> number.
    of_indices : bool
        Whether it takes classes' indices only.
    """

    call: str
    library: str
    said: str
    note: str
    compute: Callable[[Batch], float]
    of_indices: bool = False

    @property
    def name(self) -> str:
        """The library, and what it calls the reduction."""
        return f"{LIBRARIES[self.library][0]} {self.said}"


def _over_weights(batch: Batch) -> float:
    return float(batch.weighed.sum() / batch.weights.sum())


def _scikit_learn(batch: Batch) -> float:
    epsilon = float(np.finfo(np.float64).eps)
    return _over_weights(batch.clipped(epsilon, 1 - epsilon))


def _keras_divergence(batch: Batch) -> float:
    return float(replace(batch.clipped(1e-7, 1), t=np.clip(batch.t, 1e-7, 1)).divergences.mean())


def _smoothed(batch: Batch) -> float:
    everywhere = -(batch.w * batch.log_p).sum(axis=1) / batch.t.shape[1]
    return float(((1 - SMOOTHING) * batch.weighed + SMOOTHING * everywhere).sum() / batch.weights.sum())


def _without_ignored(batch: Batch) -> float:
    counts = batch.t[:, IGNORED] == 0
    return float(batch.weighed[counts].sum() / batch.weights[counts].sum())


def _over_sequences(batch: Batch) -> float:
    ends = np.cumsum(batch.lengths)[:-1]
    return float(np.mean([part.mean() for part in np.split(batch.losses, ends)]))


_CE = "torch.nn.functional.cross_entropy"
_KL = "torch.nn.functional.kl_div(torch.log(p), t"
_KERAS = "keras.losses.SparseCategoricalCrossentropy(from_logits=True, "

REDUCTIONS: Mapping[str, tuple[Reduction, ...]] = {
    "cross_entropy_with_logits": (
        Reduction(f"{_CE}(z.transpose(1, 2), index)", "torch", "mean over positions", "Divides by the positions that count.",
                  lambda batch: float(batch.losses.mean())),
        Reduction(f"torch.stack([{_CE}(z[k], index[k]) for k in (0, 1)]).mean()", "torch", "mean of each sequence's mean",
                  "By hand: a position of a short sequence counts more.", _over_sequences),
        Reduction(f"{_CE}(z, index, weight=w, reduction='sum')", "torch", "weight, sum", "Divides by nothing.",
                  lambda batch: float(batch.weighed.sum()), of_indices=True),
        Reduction(f"{_CE}(z, index, weight=w)", "torch", "weight, mean", "Divides by the weights of what happened.",
                  _over_weights, of_indices=True),
        Reduction(f"{_CE}(z, t, weight=w)", "torch", "weight, mean of distributions", "Divides by the number of examples.",
                  lambda batch: float(batch.weighed.mean())),
        Reduction(f"{_CE}(z, index, weight=w, label_smoothing=0.1)", "torch", "weight, label_smoothing 0.1, mean",
                  "Weighs every class, and divides by the weights of what happened.", _smoothed, of_indices=True),
        Reduction(f"{_CE}(z, index, weight=w, ignore_index=1)", "torch", "weight, ignore_index 1, mean",
                  "Counts class 1, from 0, neither above nor below.", _without_ignored, of_indices=True),
        Reduction(f"{_KERAS}dtype='float64')(index, z, sample_weight=w[index])", "keras", "sample_weight, sum_over_batch_size",
                  "Divides by the number of examples, however they weigh.",
                  lambda batch: float(batch.weighed.mean()), of_indices=True),
        Reduction(f"{_KERAS}reduction='mean_with_sample_weight', dtype='float64')(index, z, sample_weight=w[index])", "keras",
                  "sample_weight, mean_with_sample_weight", "Divides by the weights.",
                  _over_weights, of_indices=True),
        Reduction("sklearn.metrics.log_loss(index, jax.nn.softmax(z), labels=[0, 1, 2], sample_weight=w[index])", "sklearn",
                  "log_loss, sample_weight", "Divides by the weights.",
                  _scikit_learn, of_indices=True),
    ),
    "kullback_leibler": (
        Reduction(f"{_KL}, reduction='sum')", "torch", "sum", "Divides by nothing.",
                  lambda batch: float(batch.divergences.sum())),
        Reduction(f"{_KL}, reduction='mean')", "torch", "mean", "Divides by every entry: examples times classes.",
                  lambda batch: float(batch.divergences.sum() / batch.t.size)),
        Reduction(f"{_KL}, reduction='batchmean')", "torch", "batchmean", "Divides by the number of examples.",
                  lambda batch: float(batch.divergences.mean())),
        Reduction("keras.losses.KLDivergence(dtype='float64')(t, p)", "keras", "sum_over_batch_size",
                  "Divides by the number of examples, and clips to [1e−7, 1].", _keras_divergence),
        Reduction("optax.losses.kl_divergence(jax.numpy.log(p), t).mean()", "optax", "mean by hand",
                  "Gives a number an example; here their mean.", lambda batch: float(batch.divergences.mean())),
    ),
}  # fmt: skip
"""Loss -> how libraries reduce it."""


def batch_of(loss: Loss, at: Mapping[str, float]) -> Batch:
    """Return three examples made of one: its target, moved on by a class, and by two; class k weighs k, counted from 1.

    The first two are positions of one sequence, the last is a sequence of one.
    """
    predicted, target = (np.array([at[given.name] for given in entries], dtype=np.float64) for entries in loss.groups[:2])
    with np.errstate(divide="ignore"):
        log_p = predicted - np.logaddexp.reduce(predicted) if loss.groups[0][0].group == "z" else np.log(predicted)
    weights = np.arange(1.0, len(target) + 1)
    return Batch(np.tile(log_p, (3, 1)), np.stack([np.roll(target, k) for k in range(3)]), weights, (2, 1))


def reduced(loss: Loss, at: Mapping[str, float]) -> tuple[tuple[Reduction, float | None], ...]:
    """Return what each way to reduce that batch gives: None where it takes indices and the targets are distributions.

    There is none of a loss that is not reduced in several ways.
    """
    if loss.name not in REDUCTIONS:
        return ()
    batch = batch_of(loss, at)
    with np.errstate(all="ignore"):
        return tuple(
            (way, None if way.of_indices and not batch.has_indices else way.compute(batch)) for way in REDUCTIONS[loss.name]
        )
