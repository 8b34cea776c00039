"""The symbols of a result: how far each runs, which have sliders, and over which it is plotted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from explorer.figures.algebra import MOST
from explorer.views.algebra.stage import Stage
from explorer.views.fields import SHOWN, Choice, Number, Some

PREFIX = "at-"
"""Goes before a symbol in its number's name, as no control's own name does: somebody's symbol may have any name."""
FIRST, SLIDERS = 8, 24
"""How many sliders stand open, and how many there are."""
LETTERS = "pzywx"
"""How the names begin of what is plotted over first, where nothing is known to be predicted."""
_SLIDER = "The number that stands for this symbol in the chart and below it."


def number(result: Stage, name: str) -> Number:
    """Return the field of a symbol's number, on the slider of its domain."""
    given = result.inputs[name]
    low, high = given.domain.shown
    said = f"{given.label}: t{_SLIDER[1:]}" if given.label else _SLIDER
    return Number(PREFIX + name, name, low, high, min(max(given.start, low), high), given.domain.step, help=said)


def along(result: Stage) -> Choice | None:
    """Return the choice of the symbol that the result is plotted over; None where it has no symbol."""
    names = result.symbols
    if not names:
        return None
    known = [given.name for given in result.reached.inputs.known if given.role == "prediction" and given.name in names]
    first = next(iter(known), min(names, key=lambda name: (*LETTERS, name[0]).index(name[0])))
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
