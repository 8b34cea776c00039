"""Diagnoses: from facts to findings, likeliest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from explorer.doctor import addresses, predictions, reading
from explorer.doctor import facts as known
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Evidence, Finding
from explorer.doctor.kinds import KINDS
from explorer.doctor.reading import mentions
from explorer.doctor.rules import CAUSES
from explorer.doctor.rules.examples import EXAMPLES
from explorer.doctor.score import SHOWN, weighed

FINITE = frozenset(
    (
        "no-signal", "base-rate", "softmax-twice", "sigmoid-twice", "margin-softmax", "smoothing-floor", "embeddings-collapsed",
        "one-class", "label-order", "weighted-mean", "train-above-validation", "log-missing", "overconfident",
        "policy-equals-reference", "probabilities-in-hinge", "nothing-wrong",
    )
)  # fmt: skip
"""Causes of losses that are numbers, each at a height of its own: of NaN they are none, whatever the words."""


NONE = 0.5
"""What part of how probable no cause is by the words a cause must be to be shown for its words alone."""

OF_KIND: dict[str, tuple[str | None, ...]] = {
    "input-too-short": ("ctc",),
    "margin-softmax": ("margin-softmax", None),
    "probabilities-in-hinge": ("hinge", "gan", None),
    "embeddings-collapsed": ("triplet", "contrastive", "ranking", "similarity", None),
    "policy-equals-reference": ("preference", "policy", "ranking", "divergence", None),
    "sigmoid-twice": ("binary", "focal", "classes", "overlap", "gan", None),
    "smoothing-floor": ("classes", "binary", "focal", None),
    "base-rate": ("classes", "binary", "focal", "overlap", "regression", None),
}
"""Cause -> the kinds of losses that have it, where there are few."""


def understand(text: str = "", *, rows: Any = None, **given: Any) -> Facts:
    """Return what is known from a text, from facts and from rows, each with where it was found.

    What is given goes before what is read, and that before what rows show.

    Raises
    ------
    ValueError
        As `diagnose`.
    """
    facts = known.given(**given)
    read = reading.read(text)
    right, loss = facts.accuracy, read.loss
    if right is not None and loss is not None and loss.value == right.value and "loss" not in text:
        read = replace(read, loss=None)  # the same number told again
    facts = replace(facts, said=_by_name(given.get("kind"))).with_read(read)
    if rows is None:
        return facts
    from explorer.doctor import from_rows  # here, as rows bring a database along

    return facts.with_rows(from_rows.facts(from_rows.opened(rows)))


def _by_name(kind: object) -> frozenset[str]:
    """What the name of a loss mentions beside its kind: that it takes logits, that it is weighted."""
    name = str(kind or "")
    return frozenset() if name in KINDS else mentions.found(name)


def diagnose(text: str = "", *, rows: Any = None, **given: Any) -> list[Finding]:
    """Return what explains a loss, likeliest first; nothing where nothing does.

    Parameters
    ----------
    text : str
        A number, a sentence, or a log.
    loss : float or str, optional
        The loss; as a text it keeps its digits.
    kind, dtype, framework : str, optional
        Names of `kinds`, or what people call them.
    classes, batch, steps : int, optional
        How many classes, examples in a batch, steps of accumulation.
    accuracy, share : float, optional
        What part is right; what part of the targets is one of two classes; in [0, 1], or a text in percent.
    reduction : str, optional
        "mean", "sum" or "none".
    smoothing, margin : float, optional
        Of the labels, in [0, 1); of the loss.
    predictions, targets : array, optional
        Of one batch or more, as the loss is given them.
    history : list, optional
        Losses in their order, or mappings with loss, val_loss, accuracy, val_accuracy, grad_norm, learning_rate ...
    rows : path, table, list of two of them, or Rows, optional
        Predictions and targets as `explorer.rows.open_rows` takes them, of any size.

    Raises
    ------
    ValueError
        If a fact is unknown or not what it may be, the text is none or too long, or rows cannot be read: one sentence.

    Examples
    --------
    >>> finding = diagnose("loss stuck at 2.302, 10 classes")[0]
    >>> finding.cause, finding.because
    ('no-signal', '−ln(1/10) = ln 10 = 2.3026; you have 2.302.')
    """
    return findings(understand(text, rows=rows, **given))


def findings(facts: Facts) -> list[Finding]:
    """Return the findings of some facts, likeliest first."""
    seen: dict[str, list[Evidence]] = {}
    with np.errstate(all="ignore"):
        for name, evidence in predictions.evidence(facts):
            seen.setdefault(name, []).append(evidence)
        told = {cause: said for cause, said in facts.telling.items() if not _is_ruled_out(cause, facts)}
        found = [finding for name in CAUSES if (finding := _finding(name, facts, seen.get(name, []), told)) is not None]
    return sorted(found, key=lambda finding: -finding.score)


def _is_ruled_out(cause: str, facts: Facts) -> bool:
    """Whether what is known leaves a cause none, whatever the words."""
    return (
        facts.is_broken
        and cause in FINITE
        or cause == "one-class"
        and (facts.classes or 1) > 1
        or cause == "log-missing"
        and facts.kind != "divergence"
        and facts.finite is not None
        and facts.finite.value < -1  # −p is never below −1, though a sum of them is
        or facts.kind not in OF_KIND.get(cause, (facts.kind,))
    )


def _finding(name: str, facts: Facts, seen: list[Evidence], told: Mapping[str, tuple[float, str]]) -> Finding | None:
    cause = CAUSES[name]
    found = [*cause.rule(facts), *seen]
    best = max(found, key=lambda evidence: evidence.agreement, default=None)
    score = cause.prior * min(best.agreement, 1.0) if best else 0.0
    if told and best not in seen:  # what the data show needs no words
        probability, like = told.get(name, (0.0, ""))
        if score < SHOWN:  # arithmetic that does not fit explains nothing: the words stand alone
            if probability <= NONE * told[""][0]:
                return None
            best = Evidence(0.0, f"Where this is the cause, people say: “{like}”.")
        score = weighed(score, probability, max(probability for probability, _ in told.values()))
    if best is None or score < SHOWN:
        return None
    view, beside = (best.view, best.beside) if best.view else EXAMPLES[name]
    return Finding(
        name, cause.title, best.because, cause.check, cause.fixes, view, beside, cause.source, round(float(score), 4),
        rows=addresses.ROWS.get(name, "") if facts.rows and best.because in {evidence.because for evidence in seen} else "",
    )  # fmt: skip
