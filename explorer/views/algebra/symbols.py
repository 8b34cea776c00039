"""The symbols of a result: how far each runs, which of them have sliders, over which it is plotted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from explorer.core.domains import Class, Input, guessed
from explorer.figures.algebra import MOST
from explorer.views.algebra.stage import Stage
from explorer.views.fields import SHOWN, Choice, Number, Some

PREFIX = "at-"
"""Goes before a symbol in its number's name, as no control's own name does: somebody's symbol may have any name."""
FIRST, SLIDERS = 8, 24
"""How many sliders stand open, and how many there are."""
PREDICTIONS = "pzywx"
"""How the names begin of what is plotted over first."""
_SLIDER = "The number that stands for this symbol in the chart and below it."


_INDEX = Input("", Class(10), 0.0)
"""What a class index runs over, in whole numbers."""


def number(result: Stage, name: str, opens: Mapping[str, float]) -> Number:
    """Return the field of a symbol's number; opens says where it stands by default, where the start has a number for it."""
    given = _INDEX if name in result.indices else guessed(name)
    low, high = given.domain.shown
    default = min(max(opens.get(name, given.start), low), high)
    return Number(PREFIX + name, name, low, high, default, given.domain.step, help=_SLIDER)


def along(result: Stage) -> Choice | None:
    """Return the choice of the symbol that the result is plotted over; None where it has no symbol."""
    names = result.symbols
    if not names:
        return None
    first = min(names, key=lambda name: next(k for k, letter in enumerate((*PREDICTIONS, name[0])) if letter == name[0]))
    return Choice(
        "along",
        "Plot over",
        names,
        help="The symbol on the horizontal axis; the others stay where their sliders are.",
        allowed="a symbol of the result",
        opens=first,
        many=True,
    )


def entries(labels: Sequence[str]) -> Some | None:
    """Return the choice of the entries that are drawn; None where all are."""
    if len(labels) <= MOST:
        return None
    return Some(
        "entries",
        "Entries",
        tuple(labels),
        help="Which entries of the result are drawn.",
        allowed="an entry of the result",
        default=tuple(labels[:4]),
        most=MOST,
    )


def ordered(result: Stage, along: str) -> list[str]:
    """Return the symbols in the order of their sliders, the plotted one first; those after SLIDERS have none."""
    return [along, *(name for name in result.symbols if name != along)] if result.symbols else []


def strangers(result: Stage, along: str, given: Iterable[str]) -> dict[str, str]:
    """Return for each name in an address that begins as a symbol's number does, and is none, a sentence that says so."""
    every = ordered(result, along)
    said = {}
    for name in given:
        symbol = name.removeprefix(PREFIX)
        if symbol == name or symbol in every[:SLIDERS]:
            continue
        why = f"only {SLIDERS} symbols have sliders" if symbol in every else f"{symbol[:SHOWN]} is no symbol of the result"
        said[name] = f"The link's {name[:SHOWN]} was ignored: {why}."
    return said
