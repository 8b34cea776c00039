"""The stages of a chain as texts: what was done, how large the result is, whether it was checked, and its formula."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import NamedTuple

from sympy import Expr, MatrixBase

from explorer.core import notation
from explorer.core.algebra import typesetting
from explorer.core.algebra.chain import Step
from explorer.core.algebra.execution import Outcome
from explorer.core.algebra.layering import Layered, symbols
from explorer.core.algebra.operands import KINDS
from explorer.core.algebra.operations import OPERATIONS
from explorer.views import formula
from explorer.views.algebra.following import KEPT
from explorer.views.algebra.stage import Stage
from explorer.views.markup import alert

LINES = 200
"""How many lines of a layered form are shown."""
DISTRUST = "Do not trust this step: before and after differ."


class Line(NamedTuple):
    """What is said of a stage.

    Attributes
    ----------
    head : str
        Markup: its number and title, its size and its check.
    absent : str
        A sentence on symbols by which nothing can change; "" for none.
    problem : str
        Why nothing came of it; "" if something did.
    distrust : bool
        Whether its check found that before and after differ.
    latex : str
        Its formula; "" where that is too long.
    notes : tuple of str
        Sentences on how it was read.
    """

    head: str
    absent: str = ""
    problem: str = ""
    distrust: bool = False
    latex: str = ""
    notes: tuple[str, ...] = ()

    @property
    def markup(self) -> str:
        """All but the formula."""
        said = [(DISTRUST * self.distrust, "error"), (self.absent, "warning"), (self.problem, "error")]
        noted = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return f"<p>{self.head}</p>{noted}" + "".join(alert(sentence, kind) for sentence, kind in said if sentence)


def key(place: int) -> str:
    """Return what the stage at a place of a chain is called."""
    return f"step {place}" if place else "start"


@lru_cache(maxsize=2 * KEPT)
def line(stage: Stage, place: int) -> Line:
    """Return what is said of the stage at a place of a chain."""
    title = f"<strong>{place}</strong> · {escape(said(stage.step))}" if stage.step else "Start"
    if stage.outcome is None:
        return Line(title, problem=stage.problem)
    check = stage.outcome.agreement
    mark = "" if check is None else f" · {'✓' if check.holds else '✗'} {escape(str(check))}"
    return Line(
        f"{title} · {_size(stage.outcome)}{mark}",
        _absent(stage.step, stage.before) if stage.step and stage.before else "",
        distrust=check is not None and check.fails,
        latex=stage.outcome.latex,
        notes=stage.notes,
    )


def said(step: Step) -> str:
    """Return a step as a phrase."""
    operation = OPERATIONS[step.operation]
    given = list(step.operands)
    if operation.asks == ("symbols",):
        return operation.title.format(", ".join(given) or "every symbol")
    said = operation.title.count("{}")
    defaults = [str(KINDS[kind].default) for kind in operation.asks[len(given) : said]]
    return operation.title.format(*given[:said], *defaults) + "".join(map(operation.more.format, given[said:]))


def _absent(step: Step, before: Outcome) -> str:
    """Say by which symbols nothing can change."""
    asks = OPERATIONS[step.operation].asks[:1]
    asked = step.parsed()[: 1 if asks == ("symbol",) else None] if asks in (("symbol",), ("symbols",)) else ()
    missing = [str(symbol) for symbol in asked if str(symbol) not in symbols(before.computed)]
    does = "does" if len(missing) == 1 else "do"
    return f"{', '.join(missing)} {does} not occur in what this step starts from." if missing else ""


def _size(outcome: Outcome) -> str:
    count = len(outcome.subject.steps) if isinstance(outcome.subject, Layered) else 0
    layers = f" in {count} step{'s' if count != 1 else ''}" if count else ""
    return f"{outcome.size:,} operation{'s' if outcome.size != 1 else ''}{layers}"


@lru_cache(maxsize=2 * KEPT)
def written(stage: Stage, place: int) -> str:
    """Return the markup of a formula: all of it if it is short, else line by line what was not there before."""
    outcome = stage.reached
    if outcome.latex:
        return _box(place, _short(outcome), "live-formula")
    known = set(stage.before.computed.steps) if stage.before else set()
    new = [step for step in outcome.computed.steps if step not in known]
    parts = [formula.line(name, [expr]) for name, expr in new[:LINES]]
    if len(new) < len(outcome.computed.steps):
        parts.insert(0, "<p>The lines above, and:</p>")
    if len(new) > LINES:
        parts.append(f"<p>… and {len(new) - LINES:,} lines more.</p>")
    return _box(place, "".join(parts), "live-worked live-layers live-short")


def _box(place: int, body: str, look: str) -> str:
    return f"<div class='{look}' tabindex='0' role='group' aria-label='Formula of {key(place)}'>{body}</div>"


def _short(outcome: Outcome) -> str:
    """A formula as a page sets its LaTeX; a function that MathML has no way to write leaves it as LaTeX."""
    subject = outcome.subject
    try:
        if isinstance(subject, Layered):
            return "".join(formula.line(name, [expr]) for name, expr in subject.steps)
        shown, where = typesetting.lettered(subject)
        return _math(_mathml(shown)) + "".join(formula.line(letter, [term]) for letter, term in where)
    except NotImplementedError:
        return f"<code>{escape(outcome.latex)}</code>"


def _math(body: str) -> str:
    return f"<math display='block'>{body}</math>"


def _mathml(shown: Expr) -> str:
    if not isinstance(shown, MatrixBase):
        return notation.mathml(shown)
    rows = (f"<mtr>{''.join(f'<mtd>{notation.mathml(entry)}</mtd>' for entry in row)}</mtr>" for row in shown.tolist())
    return f"<mtable class='live-matrix'>{''.join(rows)}</mtable>"
