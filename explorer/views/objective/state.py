"""What the address of /objective holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from explorer.core.losses import Loss
from explorer.core.objective import Objective, objective
from explorer.views.fields import Number, Reader
from explorer.views.losses.own import Own, read_own
from explorer.views.objective import fields
from explorer.views.objective.fields import (
    BOOSTING,
    BOOSTS,
    CHOSEN,
    GRADIENT,
    HESSIAN,
    LEAST,
    LIBRARY,
    PULL,
    TAKEN,
    TITLES,
    TRAINING,
)
from explorer.views.objective.pasted import problems
from explorer.views.view import Written, written


@dataclass(frozen=True)
class State:
    """What the address of /objective holds.

    Attributes
    ----------
    chosen : str
        The title of a loss.
    own : Own or None
        A loss that somebody has typed, which is taken in its place.
    link : str
        What makes the prediction of the raw score; by default the usual one of the loss.
    values : tuple of float
        What the sliders hold, in their order.
    gradient, hessian : str
        What somebody has written by hand.
    boosting, training : bool
        Whether it is shown what boosting does with the Hessian, and the objective as a file.
    log_least, reg_lambda : float
        What a remedy keeps the Hessian at least at, as a power of ten, and what a leaf adds to it.
    library, taken : str
        What the file is for, and what it gives for the Hessian.
    """

    chosen: str = CHOSEN.default
    own: Own | None = None
    link: str = ""
    values: tuple[float, ...] = ()
    gradient: str = ""
    hessian: str = ""
    boosting: bool = False
    log_least: float = LEAST.default
    reg_lambda: float = PULL.default
    training: bool = False
    library: str = LIBRARY.default
    taken: str = TAKEN.default
    page = "objective"

    def __post_init__(self) -> None:
        """Let the sliders that nobody has moved stand where they start."""
        if not self.link:
            object.__setattr__(self, "link", fields.links(self.loss).default)
        if not self.values:
            object.__setattr__(self, "values", tuple(field.default for field in self.sliders.values()))

    @cached_property
    def loss(self) -> Loss:
        """What the model is trained by."""
        return fields.loss_of(self.own) if self.own else TITLES[self.chosen]

    @cached_property
    def objective(self) -> Objective:
        """The loss by its raw score."""
        return objective(self.loss, self.link)

    @cached_property
    def sliders(self) -> Mapping[str, Number]:
        """Input -> its slider."""
        return fields.numbers(self.objective)

    @property
    def numbers(self) -> dict[str, float]:
        """Input -> number."""
        return dict(zip(self.sliders, self.values, strict=True))

    def write(self) -> Written:
        """As `View.state`."""
        held = self.own.write() if self.own else {}
        held |= written((CHOSEN, self.chosen), (fields.links(self.loss), self.link))
        held |= written(*zip(self.sliders.values(), self.values, strict=True))
        held |= written(
            (GRADIENT, self.gradient), (HESSIAN, self.hessian), (BOOSTING, self.boosting), (TRAINING, self.training)
        )
        if self.boosting:
            held |= written((LEAST, self.log_least), (PULL, self.reg_lambda))
        if self.training:
            held |= written((LIBRARY, self.library))
        return held | (written((TAKEN, self.taken)) if self.training and self.library in BOOSTS else {})


def read(reader: Reader) -> State:
    """Return the state that an address gives."""
    chosen, typed = reader.take(CHOSEN), read_own(reader, fields.loss_of)
    loss = fields.loss_of(typed) if typed else TITLES[chosen]
    link = reader.take(fields.links(loss))
    own = objective(loss, link)
    values = tuple(reader.take(field) for field in fields.numbers(own).values())
    gradient, hessian = reader.take(GRADIENT), reader.take(HESSIAN)
    for sentence in problems(own, gradient, hessian):
        reader.refuse(sentence)
    state = State(chosen, typed, link, values, gradient, hessian, reader.take(BOOSTING), training=reader.take(TRAINING))
    if state.boosting:
        state = replace(state, log_least=reader.take(LEAST), reg_lambda=reader.take(PULL))
    if state.training:
        state = replace(state, library=reader.take(LIBRARY))
    return replace(state, taken=reader.take(TAKEN)) if state.training and state.library in BOOSTS else state
