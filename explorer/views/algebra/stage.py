"""A stage of a chain: its start, or a step and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from explorer.core.algebra.chain import Step
from explorer.core.algebra.execution import Outcome
from explorer.core.algebra.layering import symbols
from explorer.core.algebra.sampling import given
from explorer.core.domains import Input

CLASSES = 10
"""How many classes the slider of an index runs over of which no more is known."""


@dataclass(frozen=True, eq=False)
class Stage:
    """A stage of a chain. Each is like itself alone, so that what is made of one can be kept.

    Attributes
    ----------
    step : Step or None
        None for the start.
    outcome : Outcome or None
        None if the step failed or is still at work.
    before : Outcome or None
        What the step starts from.
    problem : str
        Why it failed; "" if it did not.
    notes : tuple of str
        Sentences on how a typed start was read.
    """

    step: Step | None
    outcome: Outcome | None
    before: Outcome | None = None
    problem: str = ""
    notes: tuple[str, ...] = ()

    @property
    def at_work(self) -> bool:
        """Whether nothing has come of the step yet."""
        return self.outcome is None and not self.problem

    @property
    def reached(self) -> Outcome:
        """What it came to; raise ValueError where it failed."""
        if self.outcome is None:
            raise ValueError(self.problem or "The step is at work.")
        return self.outcome

    @cached_property
    def symbols(self) -> tuple[str, ...]:
        """What its outcome is a function of, as it is computed."""
        return symbols(self.reached.computed)

    @cached_property
    def inputs(self) -> dict[str, Input]:
        """What each of them stands for."""
        return given(self.reached.inputs, self.reached.computed, classes=CLASSES)
