"""What an address shows: the numbers, charts, texts and code of a State, computed once."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlencode

import plotly.graph_objects as go

from explorer.core.pool import Pool
from explorer.core.printers import DIALECTS, LANGUAGES
from explorer.core.program import Program
from explorer.views.diagram import Diagram
from explorer.views.fields import Field, Number
from explorer.views.table import Table

TOLERANCE = 1e-9
"""By how much the formula and the numeric core may differ."""
LATEX = "LaTeX"
CODES = (LATEX, *LANGUAGES)
"""What every view is written in."""

Written = dict[str, list[str]]
"""An address' names, each with its values."""


class State(Protocol):
    """Everything that the address of a page holds. Frozen; equal states show the same."""

    @property
    def page(self) -> str:
        """The page's name, which its address begins with."""

    def write(self) -> Written:
        """Return what stands in the address; `read` of the same page gives an equal state again."""


@dataclass(frozen=True)
class Chart:
    """A figure that follows its inputs.

    Attributes
    ----------
    key : str
    title : str
        The heading over the chart: short, as it shares its line with the chart's buttons.
    alt : str
        What the chart shows, for those who do not see it.
    filename : str
        For downloads, without an ending.
    figure : go.Figure
        Complete as it stands, settled at `values`.
    program : Program
        What the traces are bound to.
    values : mapping
        Input -> its settled number.
    limits : mapping
        Input -> (least, greatest) for those that a hand on the chart may move.
    rows : mapping
        Input -> column of a data set; what depends on one is averaged over the rows.
    each : sequence of str
        Steps to show row by row as well.
    cells : mapping
        Column of rows -> the inputs that are its entries, where a hand may move them.
    picks : mapping
        Input -> (least, greatest) for those that a click on the chart sets, on a page that takes it.
    pool : Pool or None
        How the rows come of a longer data set, where they change with the numbers; `rows` holds them as settled.
    writes : bool
        Whether this chart keeps the numbers of the view moving; one chart of a view does, and any with numbers of its own.
    """

    key: str
    title: str
    alt: str
    filename: str
    figure: go.Figure
    program: Program
    values: Mapping[str, float] = field(default_factory=dict)
    limits: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    rows: Mapping[str, Sequence[float]] = field(default_factory=dict)
    each: Sequence[str] = ()
    writes: bool = True
    cells: Mapping[str, Sequence[str]] = field(default_factory=dict)
    pool: Pool | None = None
    picks: Mapping[str, tuple[float, float]] = field(default_factory=dict)


class Group(NamedTuple):
    """Sliders that stand together: their heading, and the units and edges of the diagram that bring them into view."""

    title: str = ""
    of: str = ""


@dataclass(frozen=True)
class Slider:
    """A number that a slider sets: the field, and what it holds. input is the program's name for it.

    Where there is no page to place them, the first group of sliders stands open, and the others can be opened.
    """

    field: Number
    value: float
    input: str = ""
    group: Group = Group()

    @property
    def name(self) -> str:
        """The input of the program that it sets."""
        return self.input or self.field.name

    @property
    def limits(self) -> tuple[float, float]:
        """How far it reaches: to its value too, which may lie beyond its bounds."""
        low, high = self.field.limits
        return min(low, self.value), max(high, self.value)


@dataclass(frozen=True)
class View:
    """What a State shows. Two views are equal if their states are.

    Attributes
    ----------
    state : State
    refused : tuple of str
        A sentence for each value of the address that was ignored.
    title : str
        Of the page.
    program : Program
        The formula behind every number of the view.
    numbers : mapping
        Input or step -> its settled number.
    sliders : tuple of Slider
    charts : tuple of Chart
    texts : mapping
        Key -> markup, whose `quantity` elements move with the charts.
    diagram : Diagram or None
    table : Table or None
    layout : nested tuples of str
        Keys of charts, texts, diagram and table as they stand where there is no page to place them: rows, their columns, and
        what stands in these from the top down.
    still : frozenset of str
        Keys of texts that do not follow the sliders: they hold at the numbers that the address gives.
    disagreements : tuple of str
        A sentence for each number on which formula and numeric core differ; none, unless something is wrong.
    print_code : callable
        Language -> code, for `code`.
    own : str
        What somebody has brought that the address does not hold: a file's name.
    """

    state: State
    refused: tuple[str, ...] = field(compare=False)
    title: str = field(compare=False)
    program: Program = field(compare=False, repr=False)
    numbers: Mapping[str, float] = field(compare=False, repr=False)
    charts: tuple[Chart, ...] = field(compare=False, repr=False)
    texts: Mapping[str, str] = field(compare=False, repr=False)
    layout: tuple[tuple[tuple[str, ...], ...], ...] = field(compare=False, repr=False)
    print_code: Callable[[str], str] = field(compare=False, repr=False)
    sliders: tuple[Slider, ...] = field(default=(), compare=False, repr=False)
    diagram: Diagram | None = field(default=None, compare=False, repr=False)
    table: Table | None = field(default=None, compare=False, repr=False)
    still: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    disagreements: tuple[str, ...] = field(default=(), compare=False)
    own: str = field(default="", compare=False, repr=False)

    @property
    def page(self) -> str:
        """The page's name."""
        return self.state.page

    @property
    def address(self) -> str:
        """The address of this view on a server, from its root: what is as by default is left out."""
        return address(self.state)

    def chart(self, key: str) -> Chart:
        """Return the chart of that key."""
        return next(chart for chart in self.charts if chart.key == key)

    def code(self, language: str) -> str:
        """Return the view's formula in a language of CODES or a dialect, SQL (Spark), whatever the case of its name.

        Raises
        ------
        ValueError
            If there is no such language.
        """
        names = {name.lower(): name for name in (*CODES, *DIALECTS)}
        if language.lower() not in names:
            raise ValueError(f"A language must be one of {', '.join(CODES)}; got {language}.")
        return self.print_code(names[language.lower()])


def address(state: State) -> str:
    """Return the address of a state, from the server's root."""
    query = urlencode(state.write(), doseq=True)
    return f"/{state.page}?{query}" if query else f"/{state.page}"


def written(*held: tuple[Field[Any], Any]) -> Written:
    """Return what an address holds of fields and their values."""
    return {name: texts for field, value in held for name, texts in field.write(value).items()}


def disagreements(
    numbers: Mapping[str, float],
    core: Mapping[str, float],
    labels: Mapping[str, str] | None = None,
    within: Mapping[str, float] | None = None,
) -> tuple[str, ...]:
    """Hold numbers of the formula against those of the numeric core; return a sentence for each that differs.

    Parameters
    ----------
    numbers : mapping
        Step -> number, of the formula.
    core : mapping
        Step -> the same number, by another derivation.
    labels : mapping
        Step -> what a sentence calls it, where that is not its name.
    within : mapping, optional
        Step -> how far apart rounding alone may take the two, where that is more than TOLERANCE.
    """
    said = []
    for name, theirs in core.items():
        ours, theirs = numbers[name], float(theirs)
        allowed = max(TOLERANCE, (within or {}).get(name, 0.0))
        if not (math.isclose(ours, theirs, rel_tol=TOLERANCE, abs_tol=allowed) or (math.isnan(ours) and math.isnan(theirs))):
            label = (labels or {}).get(name, name)
            said.append(f"{label} disagrees: the formula gives {ours!r}, the numeric core {theirs!r}.")
    return tuple(said)
