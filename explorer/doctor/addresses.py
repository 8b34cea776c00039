"""Addresses of the pages on which a fault is seen, with somebody's numbers. The pages read them; nothing here imports those."""

from __future__ import annotations

import math
from collections.abc import Sequence
from urllib.parse import urlencode

from explorer.core.digits import exact_text
from explorer.core.losses import LOSSES

MOST_CLASSES = 10
"""As many classes fit on /categorical."""
FARTHEST = 12.0
"""As far the logits of /binary and /categorical reach on their sliders."""

ROWS = {
    **dict.fromkeys(("label-order", "off-by-one-index", "one-label"), "/rows?classes=true"),
    **dict.fromkeys(("clipped", "probability-exactly-one"), "/rows?libraries=true"),
    **dict.fromkeys(("base-rate", "no-signal", "overconfident", "sigmoid-twice", "softmax-twice", "sign-flipped"), "/rows"),
    "target-outside": "/rows?recognised=true",
}
"""Cause -> where somebody's own rows show it."""


def binary(p: float, t: float = 1.0) -> str:
    """Return the address of a predicted probability and a target."""
    return _address("binary", p=_within(p, 0.0, 1.0), t=_within(t, 0.0, 1.0))


def logit(z: float, t: float = 1.0) -> str:
    """Return the address of a predicted logit and a target."""
    return _address("binary", by="logit", z=_within(z, -FARTHEST, FARTHEST), t=_within(t, 0.0, 1.0))


def classes(p: Sequence[float], index: int = 0) -> str:
    """Return the address of predicted probabilities and the class that happened; of more than fit, that class alone."""
    if not 2 <= len(p) <= MOST_CLASSES:
        return binary(p[index])
    return _address("categorical", classes=len(p), k=index, **{f"p{k}": _within(q, 0.0, 1.0) for k, q in enumerate(p, 1)})


def class_logits(z: Sequence[float], index: int = 0, **options: object) -> str:
    """Return the address of predicted logits and the class that happened, or of the class against the rest."""
    if not 2 <= len(z) <= MOST_CLASSES:
        top = max(z)
        others = math.log(sum(math.exp(z_k - top) for k, z_k in enumerate(z) if k != index) or 1.0) + top
        return logit(z[index] - others)
    held = {f"z{k}": _within(z_k, -FARTHEST, FARTHEST) for k, z_k in enumerate(z, 1)}
    return _address("categorical", by="logit", classes=len(z), k=index, **options, **held)


def smoothed(classes: int, smoothing: float, margin: float) -> str:
    """Return the address of smoothed cross-entropy where the true logit leads by a margin."""
    if not 2 <= classes <= MOST_CLASSES:
        return loss("smoothed_binary_cross_entropy", z=margin, epsilon=smoothing)
    return class_logits([margin] + [0.0] * (classes - 1), options="label smoothing", epsilon=smoothing)


def loss(name: str, **numbers: float) -> str:
    """Return the address of a loss of LOSSES on /losses, its inputs within what their sliders take."""
    chosen = LOSSES[name]
    held = {}
    for given, number in numbers.items():
        low, high = chosen.input(given).domain.shown
        held[given] = _within(number, low, high)
    return _address("losses", loss=chosen.title, **held)


def typed(formula: str, **numbers: float) -> str:
    """Return the address of a formula that is a loss, at numbers that are not limited."""
    return _address("losses", typed=formula, **{name: float(number) for name, number in numbers.items()})


def times(factor: float, value: float) -> tuple[str, str]:
    """Return the addresses of a loss that is summed so many times, and of the one example that costs as much as given."""
    p = _within(math.exp(-max(value, 0.0)), 1e-300, 1 - 1e-12)
    return typed(f"-{exact_text(float(factor))}*log(p)", p=p), binary(p)


def broadcast(y: tuple[float, float], t: tuple[float, float]) -> tuple[str, str]:
    """Return the addresses of two predictions, each held against both targets, and each against its own."""
    held = dict(zip(("y1", "y2", "t1", "t2"), (*y, *t), strict=True))
    pairs = "((y1-t1)^2+(y1-t2)^2+(y2-t1)^2+(y2-t2)^2)/4"
    return typed(pairs, **held), typed("((y1-t1)^2+(y2-t2)^2)/2", **held)


def cosine(x: tuple[float, float], y: tuple[float, float], other: tuple[float, float]) -> tuple[str, str]:
    """Return the addresses of the cosine of two vectors, with a minus: of x and y, and of x and the other."""
    formula = "-(x1*y1 + x2*y2)/sqrt((x1^2 + x2^2)*(y1^2 + y2^2))"
    one, two = (typed(formula, x1=x[0], x2=x[1], y1=b[0], y2=b[1]) for b in (y, other))
    return one, two


def network(*, rate: float, steps: int = 100, sizes: str = "2-4-1", data: str = "moons", **others: object) -> str:
    """Return the address of a small network that is trained at a learning rate."""
    return _address("network", sizes=sizes, data=data, rate=rate, steps=steps, **others)


def libraries(name: str, **numbers: float) -> str:
    """Return the address of what libraries compute of a loss."""
    return loss(name, **numbers) + "&libraries=true"


def _within(number: float, low: float, high: float) -> float:
    return min(max(float(number), low), high)


def _address(page: str, **held: object) -> str:
    texts = {name: exact_text(value) if isinstance(value, float) else str(value) for name, value in held.items()}
    return f"/{page}?{urlencode(texts)}"
