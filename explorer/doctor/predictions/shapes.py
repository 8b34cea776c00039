"""What arrays show before predictions and targets are paired: targets or embeddings alone, shapes that do not fit."""

from __future__ import annotations

import numpy as np

from explorer.core import losses
from explorer.core.checks import FloatArray
from explorer.doctor import addresses
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Evidence
from explorer.doctor.predictions.form import IGNORED, MOST_ROWS, Found, mean
from explorer.doctor.rules.spec import shown
from explorer.doctor.score import CERTAIN, HINTED, TOLD, agreement

SAME = 1e-3
"""Predictions that stray by less are the same for every row."""
FEW = 8
"""Fewer targets than this may be the same by chance."""
EXACT = 0.002
"""How far a loss may lie from what the arrays give, which may be one batch of its epoch."""
_BY_ONE = "/categorical?base=1&k=1", "/categorical?k=0"
_IGNORED = ("/categorical?options=ignore+index&k=-100", "/categorical?options=ignore+index&k=0")


def of_targets(facts: Facts, t: FloatArray) -> Found:
    """All of them ignored, or all the same."""
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
        weight = TOLD if kept.size >= FEW else HINTED
        yield "one-label", Evidence(weight, because, addresses.binary(0.999), addresses.binary(0.9))
    if facts.predictions is None and facts.kind in {None, "classes"} and (k := facts.classes) and t.ndim == 1:
        yield from outside(k, float(kept.min()), float(kept.max()))


def outside(k: int, low: float, high: float) -> Found:
    """Labels beyond the indices of k classes; of 1 to k the first class never happens."""
    if 0 <= low <= high < k:
        return
    because = f"Labels run from {shown(low)} to {shown(high)}, and {k} classes are 0 to {k - 1}."
    yield "target-outside", Evidence(CERTAIN, because, *_BY_ONE)
    if low >= 1 and high == k:
        yield "off-by-one-index", Evidence(TOLD, because, *_BY_ONE)


def one_point(p: FloatArray) -> Found:
    """Embeddings that are one point."""
    spread = float(np.abs(p - p.mean(axis=0)).max())
    if spread <= SAME * max(float(np.abs(p).max()), 1e-6):
        view = addresses.loss("triplet", a1=0.0, a2=0.0, p1=0.0, p2=0.0, n1=0.0, n2=0.0)
        because = f"Embeddings of {len(p)} rows differ by at most {shown(spread)}: they are one point."
        yield "embeddings-collapsed", Evidence(CERTAIN, because, view, addresses.loss("triplet", n1=2.0, n2=1.0))


def broadcast(facts: Facts, p: FloatArray, t: FloatArray) -> Found:
    """(n, 1) against (n)."""
    if {p.ndim, t.ndim} != {1, 2} or 1 not in (p.shape[-1], t.shape[-1]) or p.size != t.size or p.size < 2:
        return
    a, b = p.ravel()[:2000], t.ravel()[:2000]
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        return
    least, most = int(b.argmin()), int(b.argmax())
    view = addresses.broadcast((float(a[least]), float(a[most])), (float(b[least]), float(b[most])))
    plain, crossed = mean(losses.squared_error(a, b)), mean(losses.squared_error(a[:, np.newaxis], b))
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
