"""The mean loss as libraries compute it: each keeps probabilities away from 0 and 1 in its own way."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import ibis
import numpy as np

from explorer.rows.analyses.scans import number, single
from explorer.rows.spec import Layout

KERAS = 1e-7
"""Keras's backend.epsilon()."""
TORCH = 100.0
"""The most that PyTorch's BCELoss makes of a logarithm."""
SCIKIT_LEARN = float(np.finfo(np.float64).eps)
"""scikit-learn's log_loss, of numbers in float64."""


class Mean(NamedTuple):
    """A library's mean: its function, the number, and what it does near 0 and 1."""

    library: str
    function: str
    mean: float
    does: str


def means(rows: ibis.Table, layout: Layout) -> tuple[Mean, ...]:
    """Return the mean that each library's usual function has of rows with the usual `loss`, weighted as the rows are.

    Targets must be classes, so that -ln of the truth's probability is the loss: to keep that probability from eps to 1 - eps
    is to keep the loss from -ln(1 - eps) to -ln eps. One scan gives all of them. None for rows of other kinds.
    """
    if layout.kind not in {"binary", "classes"} or not layout.labels:
        return ()
    sums = added(rows, layout)
    return named(layout, sums, sums["weight"])


def added(rows: ibis.Table, layout: Layout) -> dict[str, float]:
    """Return what each library adds up over rows with the usual `loss`, under its name in `names`, and their `weight`."""
    clipped = {name: _kept(rows.loss, known) for name, known in zip(names(layout), _functions(layout), strict=True)}
    weighed = {name: (rows.weight > 0).ifelse(loss * rows.weight, number(0)) for name, loss in clipped.items()}
    return single(rows.aggregate(**{name: lost.sum() for name, lost in weighed.items()}, weight=rows.weight.sum()))


def names(layout: Layout) -> list[str]:
    """Return under which names sums of each library's losses are."""
    return [f"m{k}" for k in range(len(_functions(layout)))]


def _functions(layout: Layout) -> tuple[_Function, ...]:
    return _FUNCTIONS[layout.kind, layout.scale]


def breaks(layout: Layout) -> tuple[float, ...]:
    """Return the losses beyond which some library leaves them no further; none where targets are no classes."""
    known = _FUNCTIONS[layout.kind, layout.scale] if layout.labels else ()
    return tuple(sorted({end for each in known for end in (each.least, each.most) if 0 < end < math.inf}))


def measures(
    part: ibis.Value, weight: ibis.Value, kind: ibis.Value, above: int, layout: Layout, between: Sequence[float]
) -> dict[str, ibis.Value]:
    """Return what the libraries add up over cells of rows with the usual loss, each between two breaks.

    Parameters
    ----------
    part, weight : ibis.Value
        The losses of a cell by weight, added, and the weights.
    kind : ibis.Value
        How many breaks lie below the losses.
    above : int
        The kind of infinite losses.
    layout : Layout
    between : sequence of float
        The breaks; none where the loss is not the usual one.
    """

    def kept(each: _Function) -> ibis.Value:
        low = [k for k in range(len(between)) if between[k] <= each.least]
        high = [k for k in range(1, len(between) + 1) if between[k - 1] >= each.most]
        cases = [(kind.isin(low), weight * number(each.least))] if low else []
        if each.most < math.inf:
            cases.append((kind.isin([*high, above]), weight * number(each.most)))
        return ibis.cases(*cases, else_=part) if cases else part

    known = _FUNCTIONS[layout.kind, layout.scale] if between else ()
    return {f"m{k}": kept(each) for k, each in enumerate(known)}


def named(layout: Layout, sums: Mapping[str, float], weight: float) -> tuple[Mean, ...]:
    """Return the means that these sums make, of rows with some weight."""
    known = _FUNCTIONS[layout.kind, layout.scale] if layout.labels else ()
    means = (sums[f"m{k}"] / weight if weight else math.nan for k in range(len(known)))
    return tuple(Mean(each.library, each.function, mean, each.does) for each, mean in zip(known, means, strict=True))


def _kept(loss: ibis.expr.types.FloatingValue, known: _Function) -> ibis.expr.types.FloatingValue:
    return loss.clip(known.least, known.most) if known.most < math.inf else loss


class _Function(NamedTuple):
    """A library's function: what it makes of a loss, between which bounds."""

    library: str
    function: str
    does: str
    least: float = 0.0
    most: float = math.inf


def _clipping(library: str, function: str, eps: float) -> _Function:
    return _Function(library, function, f"p from {eps:.3g} to 1 - {eps:.3g}", -math.log1p(-eps), -math.log(eps))


_EXACT = "every logit as it is"
_FUNCTIONS = {
    ("binary", "probability"): (
        _clipping("scikit-learn", "metrics.log_loss", SCIKIT_LEARN),
        _Function("PyTorch", "nn.BCELoss", f"ln p at least -{TORCH:g}", most=TORCH),
        _clipping("Keras", "losses.binary_crossentropy", KERAS),
    ),
    ("binary", "logit"): (
        _clipping("scikit-learn", "metrics.log_loss of 1 / (1 + exp(-z))", SCIKIT_LEARN),
        _Function("PyTorch", "nn.BCEWithLogitsLoss", _EXACT),
        _Function("Keras", "losses.binary_crossentropy(from_logits=True)", _EXACT),
    ),
    ("classes", "probability"): (
        _clipping("scikit-learn", "metrics.log_loss", SCIKIT_LEARN),
        _Function("PyTorch", "nn.NLLLoss of p.log()", "ln 0 is minus infinity"),
        _clipping("Keras", "losses.sparse_categorical_crossentropy", KERAS),
    ),
    ("classes", "logit"): (
        _clipping("scikit-learn", "metrics.log_loss of softmax(z)", SCIKIT_LEARN),
        _Function("PyTorch", "nn.CrossEntropyLoss", _EXACT),
        _Function("Keras", "losses.sparse_categorical_crossentropy(from_logits=True)", _EXACT),
    ),
}
