"""What the libraries say: for each loss on /losses a table of the functions that compute it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from explorer.core.comparison import Comparison
from explorer.core.digits import format_number
from explorer.core.losses import Loss
from explorer.core.losses.libraries import Answer, Reading, readings, versions
from explorer.core.losses.libraries.reductions import reduced
from explorer.views.markup import table as markup_table
from explorer.views.markup import why

OURS = "As defined here"
_NOTHING = "—"
MANY = 4
"""By how many predictions slopes are shown; of more, by the first."""
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
    slopes = ", ".join(f"dL/d{name}" for name in _by(loss))
    heads = ["Library", "L", slopes, *([f"Hessian {_HESSIAN}"] if boosts else []), f"Other dtypes {_OTHERS}"]
    rows = [_row(loss, reading, boosts) for reading in said]
    return markup_table(f"Libraries: {loss.title}", heads, [_ours(loss, at, boosts), *rows], kind="live-libraries")


def _by(loss: Loss) -> tuple[str, ...]:
    """What slopes are shown by: each prediction, or the first of many."""
    return loss.predictions if len(loss.predictions) <= MANY else loss.predictions[:1]


def _reductions(loss: Loss, at: Mapping[str, float]) -> str:
    """What libraries make of a batch, for the losses that are reduced in several ways."""
    rows = [
        (f"<strong>{escape(way.name)}</strong><small>{escape(way.note)}</small>", _number(number))
        for way, number in reduced(loss, at)
    ]
    said = "<p>Three examples: this prediction with this target, with the target moved on by one class, and by two."
    if loss.name == "cross_entropy_with_logits":
        said += " Class k weighs k; the first two are positions of one sequence, the last is a sequence of its own."
    return (
        f"{said}</p>" + markup_table(f"Reductions: {loss.title}", ["Reduction", "value"], rows, kind="live-libraries")
        if rows
        else ""
    )


def _ours(loss: Loss, at: Mapping[str, float], boosts: bool) -> tuple[str, ...]:
    exact = {name: float(number) for name, number in loss.with_slopes.evaluate(at).items()}
    slopes = _numbers([exact[f"d_{name}"] for name in _by(loss)])
    hessian = [_number(exact.get(f"d2_{loss.by}"))] if boosts else []
    return (f"<strong>{OURS}</strong>", _number(exact["L"]), slopes, *hessian, "")


def _row(loss: Loss, reading: Reading, boosts: bool) -> tuple[str, ...]:
    convention, answer = reading.convention, reading.answer or Answer(None, None)
    dtype = "" if reading.precision.name == "float64" else f"<small>{reading.precision.name}</small>"
    numbers = [_number(answer.value), _slopes(loss, answer), *([_number(answer.hessian)] if boosts else [])]
    cells = [number + (dtype if number != _NOTHING else "") for number in numbers]
    others = "".join(f"<div>{escape(line)}</div>" for line in _others(loss, reading))
    return (f"<strong>{escape(convention.name)}</strong><small>{escape(convention.note)}</small>", *cells, others)


def _others(loss: Loss, reading: Reading) -> Iterator[str]:
    """A line for each dtype that changes more than rounding does."""
    for dtype, answer in reading.others.items():
        parts = [f"L = {_number(answer.value)}"] if answer.value is not None else []
        parts += [f"{'slopes' if len(_by(loss)) > 1 else 'slope'} {_slopes(loss, answer)}"] if answer.slopes else []
        yield f"{dtype}: {', '.join(parts)}"


def _slopes(loss: Loss, answer: Answer) -> str:
    return _numbers(answer.slopes[: len(_by(loss))]) if answer.slopes else _NOTHING


def _numbers(numbers: Sequence[float]) -> str:
    return ", ".join(_number(number, 6 if len(numbers) == 1 else 4) for number in numbers)


def _number(number: float | None, digits: int = 6) -> str:
    return _NOTHING if number is None else format_number(number, digits, trim=True)
