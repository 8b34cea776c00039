"""What the address of /losses holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from explorer.core.comparison import MOST, Comparison, alike, axis_of, comparison
from explorer.core.estimate import STARTS
from explorer.core.losses import Loss
from explorer.views.fields import Number, Reader
from explorer.views.floats import FLOATS, fits
from explorer.views.losses import fields
from explorer.views.losses.estimates import bounds, has_dots, of_estimate, of_fit
from explorer.views.losses.fields import CHOSEN, DOTS, ESTIMATE, FACTS, FIT, LIBRARIES, POINTS, RATE, SCALED, TITLES, Places
from explorer.views.losses.masks import BRUSH, MASK, SHAPE, TRUTH, predicted, true
from explorer.views.losses.own import Own, read_own
from explorer.views.losses.shapes import kind
from explorer.views.view import Written, written


@dataclass(frozen=True)
class State:
    """What the address of /losses holds.

    Attributes
    ----------
    chosen : tuple of str
        Titles of losses that are alike; the first is the one that is worked out in full. Of some beside one that is typed, none
        by default.
    values : tuple of float
        What the sliders hold, in their order.
    scaled : bool
        Whether all are drawn on the same scale.
    facts, estimate, fit : bool
        Whether facts on each loss are shown, what each estimates, and a line fitted by each.
    start : str
        What targets begin with.
    dots : tuple of float
        The targets, where they are real.
    rate : float
        How many of the targets are ones, where they are ones and zeros.
    points : tuple of float
        x and y of each point that lines are fitted to.
    libraries, floats : bool
        Whether what libraries compute is shown, and where a typed loss fails in plain floats.
    own : Own or None
        A loss that somebody has typed; it stands before the others.
    mask, truth : str
        What is painted, and a target of somebody's own, as `masks` has them.
    shape, brush : str
        What the target is, and the probability that a hand paints.
    """

    chosen: tuple[str, ...] = CHOSEN.default
    values: tuple[float, ...] = ()
    scaled: bool = False
    facts: bool = False
    estimate: bool = False
    fit: bool = False
    start: str = DOTS.default
    dots: tuple[float, ...] = ()
    rate: float = RATE.default
    points: tuple[float, ...] = POINTS.default
    libraries: bool = False
    floats: bool = False
    own: Own | None = None
    mask: str = ""
    truth: str = ""
    shape: str = SHAPE.default
    brush: str = BRUSH.default
    page = "losses"

    def __post_init__(self) -> None:
        """Fill in the values that are not given."""
        held = [*self.values, *(field.default for field in self.fields.values())][: max(len(self.fields), len(self.values))]
        if not self.values:
            object.__setattr__(self, "values", tuple(held))
        if not self.dots and self.estimates:
            object.__setattr__(self, "dots", self.places.default)

    @cached_property
    def shown(self) -> Comparison:
        """The losses as one program."""
        return shown(self.chosen, self.scaled, self.own)

    @cached_property
    def fields(self) -> Mapping[str, Number]:
        """Input -> its slider."""
        return fields.numbers(self.shown)

    @cached_property
    def numbers(self) -> dict[str, float]:
        """Input -> number, for all of them."""
        starts = {given.name: given.start for given in self.shown.inputs}
        if self.is_mask:
            starts |= predicted(self.mask, starts) | true(self.shape, self.truth)
        return starts | dict(zip(self.fields, self.values, strict=True))

    @property
    def is_mask(self) -> bool:
        """Whether the loss is one of a mask."""
        return kind(self.shown.losses[0]) == "mask"

    @cached_property
    def estimates(self) -> bool:
        """Whether what the losses estimate is shown."""
        return self.estimate and bool(of_estimate(self.shown))

    @cached_property
    def fits(self) -> bool:
        """Whether fitted lines are shown."""
        return self.fit and bool(of_fit(self.shown))

    @property
    def places(self) -> Places:
        """The field of the dots."""
        return places(self.shown, self.start)

    def write(self) -> Written:
        """As `View.state`."""
        sliders = zip(self.fields.values(), self.values, strict=True)
        held = self.own.write() if self.own else {}
        held |= written(
            (fields.chosen(bool(self.own)), self.chosen),
            *sliders,
            (SCALED, self.scaled),
            (FACTS, self.facts),
            (LIBRARIES, self.libraries),
            (FLOATS, self.floats),
        )
        held |= written((ESTIMATE, self.estimate), (FIT, self.fit))
        if self.estimates and has_dots(self.shown):
            held |= written((DOTS, self.start), (self.places, self.dots))
        elif self.estimates:
            held |= written((RATE, self.rate))
        if self.is_mask:
            held |= written((MASK, self.mask), (TRUTH, self.truth), (SHAPE, self.shape), (BRUSH, self.brush))
        return held | (written((POINTS, self.points)) if self.fits else {})


def together(chosen: tuple[str, ...], own: Own | None = None) -> tuple[Loss, ...]:
    """Return the losses of some titles, and before them one that is typed."""
    return (*([own.loss] if own else []), *(TITLES[title] for title in chosen))


def shown(chosen: tuple[str, ...], scaled: bool = False, own: Own | None = None) -> Comparison:
    """Return the losses of some titles as one program."""
    return comparison(alike(together(chosen, own)), scaled)


def places(compared: Comparison, start: str) -> Places:
    """Return the field of the dots that targets begin with."""
    return fields.dots(start, bounds(compared, len(STARTS[start])) if has_dots(compared) else (0.0, 1.0))


def apart(chosen: tuple[str, ...], own: Own | None = None) -> tuple[str, ...]:
    """Return those of some titles that cannot stand on the axis of the first."""
    kept = alike(together(chosen, own))
    return tuple(title for title in chosen if TITLES[title] not in kept)


def sentence(left_out: tuple[str, ...], chosen: tuple[str, ...], own: Own | None = None) -> str:
    """Return why some losses are not shown."""
    if own is None:
        return f"{', '.join(left_out)} left out: {chosen[0]} is over another kind of prediction. Choose it alone to see it."
    axis = axis_of(own.loss)
    foreign = [title for title in left_out if not axis or axis_of(TITLES[title]) != axis]
    beyond = [title for title in left_out if title not in foreign]
    said = [f"{', '.join(foreign)} left out: your loss is over another kind of prediction."] if foreign else []
    return " ".join([*said, *([f"{', '.join(beyond)} left out: {MOST} losses is the most on one axis."] if beyond else [])])


def read(reader: Reader) -> State:
    """Return the state that an address gives."""
    own = read_own(reader)
    chosen = reader.take(fields.chosen(bool(own)))
    if left_out := apart(chosen, own):
        reader.refuse(sentence(left_out, chosen, own))
        chosen = tuple(title for title in chosen if title not in left_out)
    compared = shown(chosen, own=own)
    values = tuple(reader.take(field) for field in fields.numbers(compared).values())
    scaled = bool(compared.axis) and reader.take(SCALED)
    estimate = bool(of_estimate(compared)) and reader.take(ESTIMATE)
    fit = bool(of_fit(compared)) and reader.take(FIT)
    state = State(chosen, values, scaled, reader.take(FACTS), estimate, fit, libraries=reader.take(LIBRARIES), own=own)
    state = replace(state, floats=reader.take(FLOATS)) if own and fits(own.expr) else state
    if state.estimates and has_dots(compared):
        start = reader.take(DOTS)
        state = replace(state, start=start, dots=reader.take(places(compared, start)))
    elif state.estimates:
        state = replace(state, rate=reader.take(RATE))
    if state.is_mask:
        state = replace(state, mask=reader.take(MASK), truth=reader.take(TRUTH))
        state = replace(state, shape=reader.take(SHAPE), brush=reader.take(BRUSH))
    return replace(state, points=reader.take(POINTS)) if state.fits else state
