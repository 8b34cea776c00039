"""What may be set on /losses: the losses, and a slider for each of their inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from explorer.core.comparison import MOST, Comparison
from explorer.core.digits import exact_text
from explorer.core.domains import Input
from explorer.core.estimate import STARTS
from explorer.core.fit import ACROSS
from explorer.core.fit import START as POINTS_START
from explorer.core.losses import LOSSES, Loss, named
from explorer.views.fields import SHOWN, Choice, Flag, Given, Number, Some, typed

TITLES: dict[str, Loss] = {loss.title: loss for loss in LOSSES.values()}
MANY = 24
"""The most inputs that have sliders; more are a picture's."""


@dataclass(frozen=True)
class Chosen(Some):
    """Some losses by their titles; an address may also have their names and aliases."""

    def read(self, given: Given) -> tuple[tuple[str, ...], list[str]]:
        """As Field."""
        texts = [text for text in given.get(self.name, ()) if text]
        found = resolved(texts)
        unknown = [text for text in texts if not named(text)]
        sentences = [f"The link's loss “{_short(text)}” was ignored: there is none of that name." for text in unknown]
        if len(set(found)) > MOST:
            sentences.append(f"The link names {len(set(found))} losses; the first {MOST} are shown.")
        return tuple(dict.fromkeys(found))[:MOST] or self.default, [" ".join(sentences)] if sentences else []


def resolved(texts: Sequence[str]) -> list[str]:
    """Return the titles of the losses that some texts mean, without what means none."""
    return [loss.title for text in texts if (loss := TITLES.get(text) or named(text))]


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def chosen(typed: bool) -> Chosen:
    """Return the field of the losses that are chosen, alone or beside one that is typed."""
    return BESIDE if typed else CHOSEN


def none_chosen(field: Chosen) -> str | None:
    """Return what is shown where none is chosen, if anything."""
    return f"None chosen; shown: {', '.join(field.default)}" if field.default else None


@dataclass(frozen=True)
class Places:
    """Numbers in a line of the address with commas between them, as many as by default; "" stands for the default."""

    name: str
    label: str
    low: float
    high: float
    default: tuple[float, ...]

    def read(self, given: Given) -> tuple[tuple[float, ...], list[str]]:
        """As Field."""
        text = (given.get(self.name) or [""])[-1]
        if not text:
            return self.default, []
        found = [typed(part, self.low, self.high) for part in text.split(",")]
        if len(found) == len(self.default) and None not in found:
            return tuple(value for value in found if value is not None), []
        allowed = f"{len(self.default)} numbers from {self.low:g} to {self.high:g}, with commas between them"
        return self.default, [f"{self.label} must be {allowed}; got {_short(text)}. The default is shown."]

    def write(self, value: Sequence[float]) -> dict[str, list[str]]:
        """As Field."""
        return {} if tuple(value) == self.default else {self.name: [self.text(value)]}

    def text(self, value: Sequence[float]) -> str:
        """Return what the address holds of numbers; "" of the default."""
        return "" if tuple(value) == self.default else ",".join(map(exact_text, value))


def dots(start: str, bounds: tuple[float, float]) -> Places:
    """Return where the dots stand that some targets begin with; none beyond the bounds."""
    low, high = bounds
    return Places("at", "The dots", low, high, tuple(min(max(dot, low), high) for dot in STARTS[start]))


POINTS = Places("points", "The points", *ACROSS, tuple(x for point in POINTS_START for x in point))
"""x and y of each in turn."""
CHOSEN = Chosen(
    "loss",
    "Losses",
    tuple(TITLES),
    help=f"Up to {MOST} losses over the same prediction; type a word of a title, or find other names under All losses.",
    allowed="the title, name or alias of a loss",
    default=tuple(LOSSES[name].title for name in ("squared_error", "absolute_error", "huber")),
    most=MOST,
)
BESIDE = replace(
    CHOSEN,
    label="Compare with",
    help=f"Up to {MOST - 1} losses of the catalogue, over the same prediction as yours.",
    default=(),
)
"""The losses beside one that is typed: as many may be chosen, or Streamlit would take it for another control."""
SCALED = Flag(
    "scaled",
    "Same scale",
    help="Scale each loss: to the same curvature where prediction and target agree, or to the same value at margin 0.",
)
ESTIMATE = Flag(
    "estimate", "What does it estimate?", help="Where each loss is least if one constant is predicted for all targets."
)
FIT = Flag("fit", "Fit a line", help="The line at which each loss is least.")
DOTS = Choice("dots", "Targets", tuple(STARTS), help="Targets to begin with; drag the dots.")
RATE = Number("rate", "Rate of ones", 0.0, 1.0, 0.7, 0.001, help="How many of the targets are ones; the others are zeros.")
FACTS = Flag("facts", "Facts", help="What holds for each loss along its prediction, and how that was found.")
LIBRARIES = Flag("libraries", "What do the libraries say?", help="What each library's function computes here, in each dtype.")


def numbers(shown: Comparison) -> dict[str, Number]:
    """Return the slider of each input of some losses; a vector too long for sliders has none."""
    lengths: dict[str, int] = {}
    for given in shown.inputs:
        lengths[given.group] = lengths.get(given.group, 0) + 1
    return {given.name: number(given) for given in shown.inputs if not given.group or lengths[given.group] <= MANY}


def number(given: Input) -> Number:
    """Return the slider of an input, and how far a number may be typed."""
    low, high = given.domain.shown
    reach = given.domain.reach
    farthest = reach if reach != (low, high) else None
    return Number(given.name, given.said, low, high, given.start, given.domain.step, _help(given), farthest)


def _help(given: Input) -> str:
    kinds: Mapping[str, str] = {
        "prediction": "What is predicted",
        "target": "What happened",
        "parameter": "A setting of the loss",
        "weight": "How much it counts",
    }
    return f"{kinds[given.role]}: {given.domain.allowed}."
