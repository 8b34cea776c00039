"""What the address of /losses holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from explorer.core.comparison import Comparison, alike, comparison
from explorer.views.fields import Number, Reader
from explorer.views.losses import fields
from explorer.views.losses.fields import CHOSEN, FACTS, SCALED, TITLES
from explorer.views.view import Written, written


@dataclass(frozen=True)
class State:
    """What the address of /losses holds.

    Attributes
    ----------
    chosen : tuple of str
        Titles of losses that are alike; the first is the one that is worked out in full.
    values : tuple of float
        What the sliders hold, in their order.
    scaled : bool
        Whether all are drawn on the same scale.
    facts : bool
        Whether facts on each loss are shown.
    """

    chosen: tuple[str, ...] = CHOSEN.default
    values: tuple[float, ...] = ()
    scaled: bool = False
    facts: bool = False
    page = "losses"

    def __post_init__(self) -> None:
        """Fill in the values that are not given."""
        held = [*self.values, *(field.default for field in self.fields.values())][: max(len(self.fields), len(self.values))]
        if not self.values:
            object.__setattr__(self, "values", tuple(held))

    @cached_property
    def shown(self) -> Comparison:
        """The losses as one program."""
        return shown(self.chosen, self.scaled)

    @cached_property
    def fields(self) -> Mapping[str, Number]:
        """Input -> its slider."""
        return fields.numbers(self.shown)

    @cached_property
    def numbers(self) -> dict[str, float]:
        """Input -> number, for all of them."""
        starts = {given.name: given.start for given in self.shown.inputs}
        return starts | dict(zip(self.fields, self.values, strict=True))

    def write(self) -> Written:
        """As `View.state`."""
        sliders = zip(self.fields.values(), self.values, strict=True)
        return written((CHOSEN, self.chosen), *sliders, (SCALED, self.scaled), (FACTS, self.facts))


def shown(chosen: tuple[str, ...], scaled: bool = False) -> Comparison:
    """Return the losses of some titles as one program."""
    return comparison(alike([TITLES[title] for title in chosen]), scaled)


def apart(chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of some titles that cannot stand on the axis of the first."""
    together = alike([TITLES[title] for title in chosen])
    return tuple(title for title in chosen if TITLES[title] not in together)


def sentence(left_out: tuple[str, ...], chosen: tuple[str, ...]) -> str:
    """Return why some losses are not shown."""
    return f"{', '.join(left_out)} left out: {chosen[0]} is over another kind of prediction. Choose it alone to see it."


def read(reader: Reader) -> State:
    """Return the state that an address gives."""
    chosen = reader.take(CHOSEN)
    if left_out := apart(chosen):
        reader.refuse(sentence(left_out, chosen))
        chosen = tuple(title for title in chosen if title not in left_out)
    values = tuple(reader.take(field) for field in fields.numbers(shown(chosen)).values())
    scaled = bool(shown(chosen).axis) and reader.take(SCALED)
    return State(chosen, values, scaled, reader.take(FACTS))
