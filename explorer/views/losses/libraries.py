"""What the libraries say: for each loss on /losses a table of the functions that compute it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from explorer.core.comparison import Comparison
from explorer.core.digits import format_number
from explorer.core.losses import Loss
from explorer.core.losses.libraries import Answer, Reading, readings, versions
from explorer.core.losses.libraries.reductions import reduced
from explorer.views.markup import table as markup_table
from explorer.views.markup import why

OURS = "As defined here"
_HESSIAN = why("What boosting takes for the curvature, by what the library predicts.")
_OTHERS = why("Where the result is another one than exact arithmetic gives for the numbers that the dtype holds.")
_NONE = "<p>None of the libraries that were asked has it.</p>"


def table(shown: Comparison, found: Mapping[str, float]) -> str:
    """Return what libraries compute for each loss, under its title, and which versions were measured."""
    every = {loss: readings(loss, shown.own_values(place, found)) for place, loss in enumerate(shown.losses)}
    sections = (
        f"<h3><span class='live-key live-key-{place + 1}'></span>{escape(loss.title)}</h3>"
        + (_table(loss, shown.own_values(place, found), said) if said else _NONE)
        + _reductions(loss, shown.own_values(place, found))
        for place, (loss, said) in enumerate(every.items())
    )
    asked = versions([reading.convention for said in every.values() for reading in said])
    note = f"<p>Each row is held against what the library itself computed: {escape(', '.join(asked))}.</p>" if asked else ""
    return "".join(sections) + note


def _table(loss: Loss, at: Mapping[str, float], said: tuple[Reading, ...]) -> str:
    boosts = any(reading.answer and reading.answer.hessian is not None for reading in said)
    heads = ["Library", "L", f"dL/d{loss.by}", *([f"Hessian {_HESSIAN}"] if boosts else []), f"Other dtypes {_OTHERS}"]
    rows = [_row(loss, at, reading, boosts) for reading in said]
    return markup_table(f"Libraries: {loss.title}", heads, [_ours(loss, at, boosts), *rows], kind="live-libraries")


def _reductions(loss: Loss, at: Mapping[str, float]) -> str:
    """What libraries make of a batch, for the losses that are reduced in several ways."""
    rows = [
        (f"<strong>{escape(way.name)}</strong><small>{escape(way.note)}</small>", _number(number))
        for way, number in reduced(loss, at)
    ]
    said = (
        "<p>Three examples: this prediction with this target, with the target moved on by one class and by two. "
        "Class k weighs k; the first two are positions of one sequence, the last is a sequence of its own.</p>"
    )
    return said + markup_table(f"Reductions: {loss.title}", ["Reduction", "value"], rows, kind="live-libraries") if rows else ""


def _ours(loss: Loss, at: Mapping[str, float], boosts: bool) -> tuple[str, ...]:
    exact = loss.with_slopes.evaluate(at)
    curvature = float(exact[f"d2_{loss.by}"]) if loss.is_curve else None
    cells = (_number(float(exact["L"])), _number(float(exact[f"d_{loss.by}"])))
    return (f"<strong>{OURS}</strong>", *cells, *([_number(curvature)] if boosts else []), "")


def _row(loss: Loss, at: Mapping[str, float], reading: Reading, boosts: bool) -> tuple[str, ...]:
    convention, answer = reading.convention, reading.answer or Answer(None, None)
    dtype = "" if reading.precision.name == "float64" else f"<small>{reading.precision.name}</small>"
    numbers = [answer.value, answer.slope, *([answer.hessian] if boosts else [])]
    cells = [_number(number) + (dtype if number is not None else "") for number in numbers]
    others = "".join(f"<div>{escape(line)}</div>" for line in _others(loss, reading))
    return (f"<strong>{escape(convention.name)}</strong><small>{escape(convention.note)}</small>", *cells, others)


def _others(loss: Loss, reading: Reading) -> Iterator[str]:
    """A line for each dtype that changes more than rounding does."""
    for dtype, answer in reading.others.items():
        parts = [f"L = {_number(answer.value)}"] if answer.value is not None else []
        parts += [f"dL/d{loss.by} = {_number(answer.slope)}"] if answer.slope is not None else []
        yield f"{dtype}: {', '.join(parts)}"


def _number(number: float | None) -> str:
    return "—" if number is None else format_number(number, 6, trim=True)
