"""Columns in another order than the labels, labels that are moved by one, flipped signs."""

from __future__ import annotations

import numpy as np

from explorer.doctor import addresses
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Evidence
from explorer.doctor.predictions.form import WORDS, Form, Found, example
from explorer.doctor.rules.spec import percent, shown
from explorer.doctor.score import CERTAIN, FITTING

LEAST, FEWEST = 8, 4
"""From how many rows on an order says something, and from how many where none is right as it stands and all in another."""
EACH = 3
"""Of fewer rows a column any order fits, unless that is so."""
GAIN = 0.3
"""By how much more must be right in another order."""


def order(facts: Facts, form: Form) -> Found:
    """Yield what another order, or another sign, would put right."""
    if facts.kind == "regression":
        yield from _against(form)
    elif facts.kind in WORDS or len(form.p) < (LEAST if form.right else FEWEST):
        return
    elif form.is_binary:
        yield from _other_column(form)
    elif form.classes > 1 and np.all((form.index >= 0) & (form.index < form.classes)):
        yield from _moved(form)


def _against(form: Form) -> Found:
    if form.classes > 1 or form.p.std() == 0 or form.t.std() == 0:
        return
    together = float(np.corrcoef(form.p[:, 0], form.t)[0, 1])
    if together < -0.7:
        because = f"Predictions and targets go against each other: correlation {shown(together)}."
        view = addresses.network(rate=0.5, steps=0), addresses.network(rate=0.5, steps=200)
        yield "sign-flipped", Evidence(0.95, because, *view)


def _other_column(form: Form) -> Found:
    if form.right < 0.25 and np.unique(form.t).size == 2:
        because = f"Only {percent(form.right)} are right, and {percent(1 - form.right)} would be the other way round."
        yield "label-order", Evidence(0.95 if len(form.p) >= LEAST else FITTING, because, *example(form, form.probable))


def _moved(form: Form) -> Found:
    k, index, guess = form.classes, form.index.astype(int), form.p.argmax(axis=1)
    counts = np.zeros((k, k))
    np.add.at(counts, (guess, index), 1)
    seen = np.flatnonzero(counts.sum(axis=1))
    best = counts.argmax(axis=1)[seen]
    moved = float(counts.max(axis=1).sum()) / len(guess)
    few = len(guess) < (EACH if form.right or moved < 1 else 2) * seen.size
    if few or form.right > moved - GAIN or np.unique(best).size < seen.size or seen.size < 2:
        return
    pairs = ", ".join(f"{a} is class {b}" for a, b in list(zip(seen, best, strict=True))[:4])
    because = f"{percent(form.right)} are right as the columns stand, and {percent(moved)} if column {pairs}"
    step = np.unique((best - seen) % k)
    by_one = k > 2 and step.size == 1 and step[0] in {1, k - 1}
    if by_one:
        yield "off-by-one-index", Evidence(CERTAIN, f"{because}: all by one.", "/categorical?base=1&k=1", "/categorical?k=0")
    yield "label-order", Evidence(FITTING if by_one else CERTAIN, f"{because}.", *example(form, form.probable))
