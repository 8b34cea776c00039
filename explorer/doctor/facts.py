"""Facts: what is known of a run, and from where. The only thing that rules look at."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from explorer.core.checks import FloatArray
from explorer.doctor import history as histories
from explorer.doctor import printed
from explorer.doctor.history import History
from explorer.doctor.kinds import DTYPES, FRAMEWORKS, REDUCTIONS, kind, named
from explorer.doctor.printed import Printed

NAMES = (
    "loss", "kind", "classes", "batch", "accuracy", "share", "dtype", "framework", "reduction", "smoothing", "margin", "steps",
    "predictions", "targets", "history",
)  # fmt: skip
"""What `diagnose` takes."""
MOST = 10_000_000
"""As many numbers an array or a history may hold."""
NEAR = 0.02
"""Two losses are near each other if they differ by less than this part."""
COUNTED = 1_000_000
"""As many classes, examples of a batch or steps there may be."""


@dataclass(frozen=True)
class Facts:
    """What is known of a run. None where nobody has said it.

    Attributes
    ----------
    loss : Printed
        The loss that is asked about, as printed.
    kind : str
        One of `kinds.KINDS`.
    classes, batch, steps : int
        How many classes, examples of a batch, steps of accumulation.
    accuracy : Printed
        In [0, 1].
    share : Printed
        Of the targets, the share that is one of two classes, in [0, 1].
    dtype, framework, reduction : str
    smoothing, margin : float
        Of the labels, in [0, 1); of the loss, not negative.
    predictions, targets : array
        As given.
    history : History
    said : frozenset of str
        What a text mentions: names of `reading.mentions.MENTIONS`.
    telling : mapping
        Cause -> how probable it is by the words of a text, and the sentence of `sayings` that is most like it.
    others : tuple of Printed
        Further losses that a text tells.
    rows : bool
        Whether the arrays are those of rows, which /rows can show.
    sources : mapping
        Fact -> where it was found.
    """

    loss: Printed | None = None
    kind: str | None = None
    classes: int | None = None
    batch: int | None = None
    accuracy: Printed | None = None
    share: Printed | None = None
    dtype: str | None = None
    framework: str | None = None
    reduction: str | None = None
    smoothing: float | None = None
    margin: float | None = None
    steps: int | None = None
    predictions: FloatArray | None = field(default=None, compare=False)
    targets: FloatArray | None = field(default=None, compare=False)
    history: History | None = field(default=None, compare=False)
    said: frozenset[str] = frozenset()
    telling: Mapping[str, tuple[float, str]] = field(default_factory=dict, compare=False)
    others: tuple[Printed, ...] = ()
    rows: bool = False
    sources: Mapping[str, str] = field(default_factory=dict, compare=False)

    def says(self, *names: str) -> bool:
        """Whether the text mentions one of some things."""
        return not self.said.isdisjoint(names)

    @cached_property
    def number(self) -> Printed | None:
        """The loss that a formula is held against: the one told, or the level on which a history ends."""
        if self.loss is not None:
            return self.loss
        if self.history is None:
            return None
        if self.history.onset is not None:
            return Printed(float(self.history.loss[self.history.onset]))
        if self.history.loss.size == 1:
            return Printed(float(self.history.loss[0]), self.history.half)
        if self.history.loss.size == 2:
            apart = abs(float(np.diff(self.history.loss)[0]))
            if apart < (NEAR * self.history.start if self.says("stuck") else 2 * self.history.half):
                return Printed(float(self.history.loss.mean()), max(self.history.half, apart / 4))
        return self.history.plateau

    @cached_property
    def finite(self) -> Printed | None:
        """That number where it is one."""
        return self.number if self.number is not None and self.number.is_finite else None

    @cached_property
    def is_broken(self) -> bool:
        """Whether the loss is NaN or infinite, or the text says so."""
        told = self.number is not None and not self.number.is_finite
        return (
            told
            or self.number is None
            and self.holes
            or self.says("nan", "inf")
            and self.finite is None
            or bool(self.history and self.history.lone)
        )

    @cached_property
    def holes(self) -> bool:
        """Whether some prediction is NaN."""
        return self.predictions is not None and bool(np.isnan(self.predictions).any())

    @cached_property
    def right(self) -> float | None:
        """The accuracy: told, or the last of the history."""
        if self.accuracy is not None:
            return self.accuracy.value
        return self.history.last("accuracy") if self.history else None

    @property
    def right_half(self) -> float:
        """By how much that may have been rounded: at most by half a hundredth, as nobody means 0.9 to be a guess at 0.85."""
        return min(self.accuracy.half, 0.005) if self.accuracy else 0.002

    @property
    def settled(self) -> bool:
        """Whether a history, where there is one, has stopped moving."""
        few = self.history is None or self.history.loss.size == 1
        return (
            few
            or self.loss is not None
            or (self.history is not None and (self.history.plateau is not None or self.finite is not None))
        )

    def with_read(self, read: Facts) -> Facts:
        """Return these facts with those read from a text where nothing was given."""
        held = {name: getattr(read, name) for name in NAMES if getattr(self, name) is None}
        if self.loss is not None or self.history is not None and self.history.loss.size > 1:
            held.pop("loss", None)
        sources = {name: read.sources[name] for name in held if held[name] is not None and name in read.sources}
        return replace(
            self,
            **held,
            said=self.said | read.said,
            telling=read.telling,
            others=read.others,
            sources={**sources, **self.sources},
        )

    def with_rows(self, found: Facts) -> Facts:
        """Return these facts with those of rows where nothing else is known."""
        held = {
            name: getattr(found, name) for name in NAMES if getattr(self, name) is None and getattr(found, name) is not None
        }
        sources = {name: found.sources[name] for name in held}
        return replace(self, **held, rows=found.rows, sources={**sources, **self.sources})


def given(**facts: Any) -> Facts:
    """Return facts as somebody gives them.

    Raises
    ------
    ValueError
        If a fact is unknown or is not what it may be: one sentence.
    """
    if unknown := sorted(set(facts) - set(NAMES)):
        raise ValueError(f"A fact must be one of {', '.join(NAMES)}; got {unknown[0]}.")
    held = {name: _CHECKS[name](name, value) for name, value in facts.items() if value is not None}
    if (p := held.get("predictions")) is not None and (t := held.get("targets")) is not None and not (p.size and t.size):
        raise ValueError("predictions and targets must hold numbers; got none.")
    held = {name: value for name, value in held.items() if value is not None}
    return Facts(**held, sources=dict.fromkeys(held, "given"))


def _loss(name: str, value: Any) -> Printed:
    try:
        return printed.of(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} must be a number, or a text that prints one; got {str(value)[:40]}.") from None


def _number(value: Any) -> Printed:
    """A number; NaN, which no check takes, of what is none."""
    try:
        return printed.of(value)
    except (TypeError, ValueError, OverflowError):
        return Printed(math.nan)


def _share(name: str, value: Any) -> Printed:
    text = str(value).strip()
    found = _number(text.removesuffix("%")) if text.endswith("%") else _number(value)
    if text.endswith("%"):
        found = Printed(found.value / 100, found.half / 100, text)
    if not 0 <= found.value <= 1:
        raise ValueError(f"{name} must lie in [0, 1]; got {str(value)[:40]}.")
    return found


def _count(name: str, value: Any) -> int:
    if isinstance(value, bool) or not (number := _number(value).value).is_integer() or not 1 <= number <= COUNTED:
        raise ValueError(f"{name} must be a whole number from 1 to {COUNTED:,}; got {str(value)[:40]}.")
    return int(number)


def _within(low: float, high: float, allowed: str) -> Any:
    def check(name: str, value: Any) -> float:
        number = _number(value).value
        if not low <= number < high:
            raise ValueError(f"{name} must {allowed}; got {str(value)[:40]}.")
        return number

    return check


def _named(known: dict[str, str]) -> Any:
    return lambda name, value: named(name, known, str(value)) or None


def _array(name: str, value: Any) -> FloatArray:
    try:
        array = np.asarray(value)
        array = np.asarray([value]) if array.ndim == 0 else array
        if array.dtype.kind not in "biuf":
            array = _labels(array) if name == "targets" else array.astype(np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be an array of numbers; got {str(value)[:40]}.") from None
    if array.size > MOST:
        raise ValueError(f"{name} must hold at most {MOST:,} numbers; got {array.size:,}.")
    return array.astype(np.float64)


def _labels(array: Any) -> Any:
    """Labels that are words, as the places they have when sorted; numbers as texts are numbers."""
    try:
        return array.astype(np.float64)
    except ValueError:
        if array.ndim != 1:
            raise
        return np.unique(array.astype(str), return_inverse=True)[1]


def _history(name: str, value: Any) -> History:
    if isinstance(value, History):
        return value
    if isinstance(value, Mapping):
        lengths = {len(v) for v in value.values() if isinstance(v, list | tuple | np.ndarray)}
        if len(lengths) != 1:
            raise ValueError(f"{name} must be a list of numbers or of mappings; got {str(value)[:40]}.")
        columns = {k: list(v) for k, v in value.items() if isinstance(v, list | tuple | np.ndarray)}
        value = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    try:
        entries = list(value)
    except TypeError:
        raise ValueError(f"{name} must be a list of numbers or of mappings; got {str(value)[:40]}.") from None
    if isinstance(value, str | bytes) or len(entries) > MOST:
        raise ValueError(f"{name} must be a list of numbers or of mappings; got {str(value)[:40]}.")
    return histories.of(entries)


_CHECKS: dict[str, Any] = {
    "loss": _loss,
    "kind": lambda name, value: kind(str(value)) or None,
    "classes": _count,
    "batch": _count,
    "accuracy": _share,
    "share": _share,
    "dtype": _named(DTYPES),
    "framework": _named(FRAMEWORKS),
    "reduction": _named(REDUCTIONS),
    "smoothing": _within(0.0, 1.0, "lie in [0, 1)"),
    "margin": _within(0.0, math.inf, "be a number not below 0"),
    "steps": _count,
    "predictions": _array,
    "targets": _array,
    "history": _history,
}
