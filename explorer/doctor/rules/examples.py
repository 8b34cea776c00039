"""The addresses at which a cause is seen where no numbers are told."""

from __future__ import annotations

import math

from explorer.doctor import addresses as at
from explorer.doctor import expected

_HOT = at.class_logits([1.0] + [0.0] * 9), at.class_logits([10.0] + [0.0] * 9)
_LEAD = math.log(0.9 * 10 / 0.1 + 1)
_TOGETHER = dict.fromkeys(("a1", "a2", "p1", "p2", "n1", "n2"), 0.0) | {"m": 0.5}
_EVEN = "/categorical?options=class+weights&w1=1&w2=1&w3=1"

EXAMPLES: dict[str, tuple[str, str]] = {
    "no-signal": (at.binary(0.5), at.binary(0.9)),
    "base-rate": (at.binary(0.9, 0.9), at.binary(0.98)),
    "policy-equals-reference": (at.loss("dpo", w=0.0, l=0.0), at.loss("dpo", w=5.0, l=-5.0)),
    "embeddings-collapsed": (at.loss("triplet", **_TOGETHER), at.loss("triplet", **(_TOGETHER | {"n1": 2.0, "n2": 1.0}))),
    "hessian-zero": (at.loss("absolute_error", y=2.0, t=0.0), at.loss("pseudo_huber", y=2.0, t=0.0)),
    "softmax-twice": _HOT,
    "sigmoid-twice": (at.logit(1.0), at.logit(6.0)),
    "probabilities-as-logits": _HOT,
    "logits-as-probabilities": (at.libraries("binary_cross_entropy", p=1.0, t=0.0), at.logit(3.0, 0.0)),
    "log-missing": (at.typed("-p", p=0.85), at.binary(0.85)),
    "probabilities-in-hinge": (at.loss("hinge", y=0.0, t=-1.0), at.loss("hinge", y=-1.5, t=-1.0)),
    "margin-softmax": (at.class_logits([-3.0, 4.0, 0.0]), at.class_logits([8.0, 4.0, 0.0])),
    "clipped": (at.libraries("binary_cross_entropy", p=0.0, t=1.0), at.logit(-10.0)),
    "saturated": (at.binary(1e-38), at.logit(-10.0)),
    "probability-exactly-one": (at.libraries("binary_cross_entropy", p=0.0, t=1.0), at.logit(-10.0)),
    "overflow": (at.network(rate=1000.0, steps=60), at.network(rate=0.5, steps=60)),
    "precision": (at.libraries("binary_cross_entropy", p=0.5, t=1.0), at.binary(0.5)),
    "nan-in-gradient": (at.typed("sqrt(x)", x=0.0), at.typed("sqrt(x + 1e-8)", x=0.0)),
    "all-ignored": ("/categorical?options=ignore+index&k=-100", "/categorical?options=ignore+index&k=0"),
    "input-too-short": (at.binary(0.0), at.binary(0.9)),
    "target-outside": (at.typed("log(1+exp(z))-2*z", z=3.0), at.logit(3.0)),
    "target-not-normalised": (
        "/categorical?target=distribution&t1=1&t2=1&t3=0",
        "/categorical?target=distribution&t1=0.5&t2=0.5&t3=0",
    ),
    "one-class": (at.binary(1.0, 1.0), at.logit(2.0)),
    "one-label": (at.binary(0.999, 1.0), at.binary(0.9, 1.0)),
    "label-order": (at.classes([0.02, 0.95, 0.03], 0), at.classes([0.02, 0.95, 0.03], 1)),
    "off-by-one-index": ("/categorical?k=1", "/categorical?base=1&k=1"),
    "smoothing-floor": (at.smoothed(10, 0.1, _LEAD), at.smoothed(10, 0.0, _LEAD)),
    "weighted-mean": (_EVEN.replace("w1=1", "w1=3"), _EVEN),
    "sum-not-mean": at.times(64, expected.even()),
    "accumulation": at.times(4, expected.even()),
    "gradients-not-cleared": (
        at.network(sizes="2-1", rate=0.5, rule="uncleared", steps=120),
        at.network(sizes="2-1", rate=0.5, steps=120),
    ),
    "sign-flipped": (at.typed("log(p)", p=0.5), at.binary(0.5)),
    "broadcast": at.broadcast((0.0, 0.0), (-1.0, 1.0)),
    "train-above-validation": (at.binary(0.6), at.binary(0.7)),
    "overconfident": (at.binary(0.001), at.binary(0.2)),
    "diverging": (at.network(rate=200.0, steps=60), at.network(rate=0.5, steps=60)),
    "dead-units": (
        at.network(rate=50.0, hidden="relu", steps=60),
        at.network(rate=0.3, hidden="leaky relu", steps=60),
    ),
    "restart-spikes": (at.network(rate=12.0, rule="restarts", steps=90), at.network(rate=2.0, rule="restarts", steps=90)),
    "nothing-wrong": (at.binary(1 / 3), at.binary(0.5)),
}
"""Cause -> the address of the fault, and of the mended one."""
