"""What /losses writes: a line of numbers for each loss, and each formula with its numbers put in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from html import escape
from urllib.parse import urlencode

from sympy import Symbol

from explorer.core.algebra.naming import is_short
from explorer.core.comparison import Comparison, name
from explorer.core.losses import Loss
from explorer.core.losses.facts import Fact
from explorer.core.losses.facts import facts as facts_on
from explorer.core.losses.match import match
from explorer.core.losses.typed import NAME
from explorer.views import formula
from explorer.views.losses.own import Own
from explorer.views.losses.shapes import kind
from explorer.views.markup import equals, link, quantity, table

LINES = 40
"""How many steps of a long loss are written out."""

TRAINED = ("regression", "binary", "classes")
"""Families whose losses /objective takes."""


def numbers(shown: Comparison, found: Mapping[str, float]) -> str:
    """Return the losses, their slopes and curvatures, as a table whose numbers move with the thumb."""
    by = shown.by
    heads = ["Loss", "L", f"dL/d{by}", f"d²L/d{by}²"]
    rows = [(_mark(shown, place, found), *_cells(place, found)) for place in range(len(shown.losses))]
    if not shown.losses[0].is_curve:
        shown_columns = 2 if kind(shown.losses[0]) else 3  # a picture has a table of all slopes
        heads, rows = heads[:shown_columns], [row[:shown_columns] for row in rows]
    return table("Numbers of each loss", heads, rows, kind="live-losses")


def _cells(place: int, found: Mapping[str, float]) -> list[str]:
    steps = [name(step, place) for step in ("L", "slope", "curvature")]
    return [quantity(step, found[step], digits=5, trim=True) if step in found else "—" for step in steps]


def _mark(shown: Comparison, place: int, found: Mapping[str, float]) -> str:
    """A loss's title with the colour of its curve, by what it is scaled as drawn, and what it is for."""
    loss = shown.losses[place]
    scale = quantity(name("scale", place), found[name("scale", place)], digits=4, trim=True)
    drawn = f"<small>drawn × {scale}</small>" if shown.scaled else ""
    return f"{mark(place, loss)}{drawn}<small>{escape(loss.about)}</small>"


def formulas(shown: Comparison, found: Mapping[str, float]) -> str:
    """Return each loss as symbols, then with its numbers put in."""
    parts = (
        f"<section><h3>{mark(place, loss)}</h3>{_symbols(shown, place, loss)}{_worked(shown, place, found)}</section>"
        for place, loss in enumerate(shown.losses)
    )
    return f"<div class='live-side-by-side'>{''.join(parts)}</div>"


def _symbols(shown: Comparison, place: int, loss: Loss) -> str:
    """A loss as symbols; a long one that is typed step by step."""
    if not shown.is_long(place):
        return formula.symbols(Symbol("L"), loss.shown)
    steps = loss.program().steps
    lines = [formula.line(own, (expr,)) for own, expr in steps[:LINES]]
    more = f"<p>… and {len(steps) - LINES} steps more.</p>" if len(steps) > LINES else ""
    return f"<div class='live-worked' tabindex='0' role='group' aria-label='Formula of L'>{''.join(lines)}{more}</div>"


def _worked(shown: Comparison, place: int, found: Mapping[str, float]) -> str:
    """A loss with its numbers put in: stage by stage, or step by step where its formula has cases."""
    inputs = {given.name for given in shown.inputs}
    if shown.in_steps(place):
        return _step_by_step(shown, place, found, inputs)
    return formula.worked(shown.worked[place], result=name("L", place), numbers=found, inputs=inputs)


def _step_by_step(shown: Comparison, place: int, found: Mapping[str, float], inputs: Collection[str]) -> str:
    """Each step of a loss: as symbols, unless they stand above, and its numbers put in, with what comes out."""

    def put_in(known: str, bracket: bool) -> str:
        digits = 10 if known in inputs else 5
        return quantity(known, found[known], digits=digits, trim=True, bracket=bracket, tag="mn")

    lines = []
    is_above = shown.is_long(place)
    steps = zip(shown.steps(place), shown.losses[place].program().steps, strict=True)
    for (known, expr), (own, symbols) in [*steps][-LINES:]:
        result = quantity(known, found[known], digits=5, trim=True, tag="mn")
        written = f"{known}_written"
        sign = equals(written, found[written], known, found[known])
        if not is_above:
            lines.append(formula.line(own, (symbols,)))
        lines.append(formula.line(own if is_above else None, (expr,), put_in, result, [sign]))
    return formula.put_together(lines)


def mark(place: int, loss: Loss) -> str:
    """Return a loss's title with the colour of its curve."""
    return f"<span class='live-key live-key-{place + 1}'></span>{escape(loss.title)}"


def sources(shown: Comparison) -> str:
    """Return who defines the losses, and under which names people know them."""
    items = []
    for loss in shown.losses:
        if loss.family == NAME:
            continue
        known = f" Also called {escape(', '.join(loss.aliases))}." if loss.aliases else ""
        go = link(f"/objective?{urlencode({'loss': loss.title})}", "Train with it") if loss.family in TRAINED else ""
        items.append(f"<li><strong>{escape(loss.title)}.</strong>{known} {escape(' '.join(loss.references))} {go}</li>")
    return f"<ul class='live-sources'>{''.join(items)}</ul>"


def reading(own: Own) -> str:
    """Return how a typed loss was read: as symbols, and in words."""
    loss = own.loss
    shown = "" if not is_short(loss.plain) else formula.symbols(Symbol("L"), loss.shown)
    return shown + "".join(f"<p>{escape(note)}</p>" for note in own.notes)


def known(own: Own) -> str:
    """Return which losses of the catalogue a typed one equals; "" of none."""
    return "".join(f"<p>{escape(str(found))}</p>" for found in match(own.loss))


def facts(shown: Comparison, found: Mapping[str, float]) -> str:
    """Return what holds for each loss, a column a loss, and how it was found."""
    columns = [{fact.key: fact for fact in _known(loss, shown.own_values(k, found))} for k, loss in enumerate(shown.losses)]
    questions = {key: fact.question for column in reversed(columns) for key, fact in column.items()}
    heads = ["", *(mark(place, loss) for place, loss in enumerate(shown.losses))]
    rows = [(escape(question), *(_fact(column.get(key)) for column in columns)) for key, question in questions.items()]
    return table("Facts on each loss", heads, rows, kind="live-facts")


def _known(loss: Loss, at: Mapping[str, float]) -> tuple[Fact, ...]:
    """The facts on a loss; none where another loss's target is none of its own."""
    fits = all(loss.input(name).domain.alone.holds(value) for name, value in at.items() if name not in loss.predictions)
    return facts_on(loss, at) if fits else ()


def _fact(fact: Fact | None) -> str:
    return "—" if fact is None else f"{escape(fact.answer)}<small>{escape(fact.how)}</small>"
