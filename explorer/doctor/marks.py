"""What is worth marking on a curve, as plain data: onset of NaN, plateaus and their constants, spikes, jumps of scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.doctor.constants import Constant, table
from explorer.doctor.history import History
from explorer.doctor.printed import Printed
from explorer.doctor.score import closeness

NEAR = 0.002
"""How near a plateau lies to a constant that it sits on."""
JUMP = 3.0
"""From which factor on the level has jumped for good."""


@dataclass(frozen=True)
class Mark:
    """One thing on a curve.

    Attributes
    ----------
    kind : "nan", "plateau", "spike" or "jump"
    start, end : int
        Places in the history, from 0; both included.
    value : float
        The level, or the peak; NaN of an onset.
    said : str
        In words, with the constant where a plateau sits on one.
    """

    kind: str
    start: int
    end: int
    value: float
    said: str


def constant(found: Printed) -> Constant | None:
    """Return the known constant that a loss sits on; None where there is none."""
    near = [(closeness(found, known.value, NEAR), known) for known in table()]
    best, known = max(near, key=lambda pair: pair[0])
    return known if best > 0.5 else None


def marks(history: History) -> tuple[Mark, ...]:
    """Return the marks of a history, in the order of their places."""
    return tuple(
        sorted((*_onset(history), *_plateau(history), *_spikes(history), *_jump(history)), key=lambda mark: mark.start)
    )


def _places(history: History) -> np.ndarray[tuple[int, ...], np.dtype[np.intp]]:
    """The places of the losses that are numbers."""
    return np.flatnonzero(np.isfinite(history.loss))


def _onset(history: History) -> list[Mark]:
    if history.onset is None:
        return []
    return [Mark("nan", history.onset, len(history) - 1, np.nan, f"NaN or infinite from step {history.onset + 1} on")]


def _plateau(history: History) -> list[Mark]:
    level = history.plateau
    if level is None or history.finite.size < 3:
        return []
    away = np.abs(history.finite - level.value) > max(0.03 * abs(level.value), 2 * level.half)
    first = int(np.flatnonzero(away)[-1]) + 1 if away.any() else 0
    places = _places(history)
    sits = constant(level)
    said = f"level at {level}" + (f", which is {sits.formula}" if sits else "")
    return [Mark("plateau", int(places[min(first, len(places) - 1)]), int(places[-1]), level.value, said)]


def _spikes(history: History) -> list[Mark]:
    places = _places(history)
    found = [(int(places[spike.place]), spike) for spike in history.spikes]
    return [Mark("spike", at, at, float(history.loss[at]), f"a leap by a factor of {spike.factor:.3g}") for at, spike in found]


def _jump(history: History) -> list[Mark]:
    """The one place where the level before and after differ most, if by JUMP, and for good."""
    values = history.finite
    if values.size < 10 or values.min() <= 0:
        return []
    width = max(3, min(values.size // 5, 50))
    windows = np.median(np.lib.stride_tricks.sliding_window_view(values, width), axis=1)
    ratio = windows[width:] / windows[:-width]
    step = values[width:][: ratio.size] / values[width - 1 :][: ratio.size]
    apart = np.maximum(ratio, 1 / ratio)
    sudden = np.maximum(step, 1 / step) > JUMP**0.5
    if not np.any(sudden & (apart > JUMP)):
        return []
    place = int(np.argmax(np.where(sudden, apart, 0.0))) + width
    if any(abs(place - spike.place) <= width for spike in history.spikes):
        return []
    at = int(_places(history)[place])
    return [Mark("jump", at, at, float(values[place]), f"the level changes by a factor of {float(ratio[place - width]):.3g}")]
