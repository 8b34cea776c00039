"""What the address of /algebra holds: a start, a chain, and how its last result is plotted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from explorer.core.algebra import chain
from explorer.core.algebra.chain import Step
from explorer.core.digits import exact_text
from explorer.views.algebra import start as starts
from explorer.views.algebra import symbols
from explorer.views.algebra.following import follow, labels, last
from explorer.views.algebra.stage import Stage
from explorer.views.algebra.start import LossStart, Start
from explorer.views.fields import Reader
from explorer.views.floats import FLOATS, fits
from explorer.views.view import Written


@dataclass(frozen=True)
class State:
    """What the address of /algebra holds.

    Attributes
    ----------
    start : Start
        What is taken apart.
    chain : tuple of Step
        What is done to it.
    along : str
        The symbol that the result is plotted over; "" for the first.
    entries : tuple of str or None
        Which of many entries are drawn; None for the first few.
    numbers : tuple of (symbol, float)
        Those that are not as by default, in the order of their symbols.
    floats : bool
        Whether it is open where plain floats fail.
    stages : tuple of Stage or None
        What came of the start and the chain, where that is known; it follows from them.
    """

    start: Start = LossStart()
    chain: tuple[Step, ...] = ()
    along: str = ""
    entries: tuple[str, ...] | None = None
    numbers: tuple[tuple[str, float], ...] = ()
    floats: bool = False
    stages: tuple[Stage, ...] | None = field(default=None, compare=False, repr=False)
    page = "algebra"

    def write(self) -> Written:
        """As `View.state`."""
        held = self.start.write()
        if self.chain:
            held["chain"] = [chain.write(self.chain)]
        if self.along:
            held["along"] = [self.along]
        if self.entries is not None:
            held["entries"] = list(self.entries) or [""]
        held |= FLOATS.write(self.floats)
        return held | {symbols.PREFIX + name: [exact_text(value)] for name, value in self.numbers}


def state(
    start: Start,
    steps: Sequence[Step],
    stages: tuple[Stage, ...],
    along: str = "",
    entries: tuple[str, ...] | None = None,
    numbers: Mapping[str, float] | None = None,
    *,
    floats: bool = False,
) -> State:
    """Return a state of what the fields of a result hold: what is as by default is left out."""
    result = last(stages)
    over, among = symbols.along(result), symbols.entries(labels(stages))
    moved = {name: value for name, value in (numbers or {}).items() if value != symbols.number(result, name).default}
    return State(
        start,
        tuple(steps),
        along if over and along != over.default else "",
        entries if among and entries != among.default else None,
        tuple(sorted(moved.items())),
        floats and fits(result.reached.subject),
        stages,
    )


def read(reader: Reader) -> State:
    """Return the state that an address gives. Which symbols there are is known once the chain has been worked out."""
    start, wanted = starts.read(reader)
    steps, problem = chain.read(reader.text("chain")) if wanted else ((), "")
    if problem:
        reader.refuse(problem)
    stages = follow(start, steps)
    result = last(stages)
    over, among = symbols.along(result), symbols.entries(labels(stages))
    along = reader.take(over) if over else ""
    entries = reader.take(among) if over and among else None
    names = symbols.ordered(result, along)[: symbols.SLIDERS]
    numbers = {name: reader.take(symbols.number(result, name)) for name in names}
    floats = reader.take(FLOATS) if fits(result.reached.subject) else False
    for sentence in symbols.strangers(result, along, reader.given).values():
        reader.refuse(sentence)
    return state(start, steps, stages, along, entries, numbers, floats=floats)
