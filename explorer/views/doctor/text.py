"""What /doctor writes: what was understood, the findings with their arithmetic, and the constants worth knowing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import parse_qsl, urlsplit

from explorer.core.digits import format_number
from explorer.doctor import Facts, Finding
from explorer.doctor.constants import table as known
from explorer.doctor.facts import NAMES
from explorer.views.address import kept
from explorer.views.markup import link, note, table

NOTHING_TOLD = "Tell a loss: a number, a sentence or a log."
NOTHING_FOUND = "Nothing known explains this. Tell more: the kind of loss, how many classes, the accuracy."
NOTHING_IN_ROWS = "Nothing known is wrong with these rows. Tell the loss that was printed of them, and its kind."
LARGE = frozenset({"predictions", "targets", "history"})
"""Facts that are too long to be written."""
_ON_ROWS = {
    "/rows": "See these rows",
    "/rows?classes=true": "See these rows by class",
    "/rows?libraries=true": "See what libraries make of these rows",
    "/rows?recognised=true": "See what was recognised in these rows",
}
"""Address -> what a link to it says."""
WORTH = 1e-3
"""How near a constant must be to the loss to stand out, relative to it."""


def understood(facts: Facts) -> str:
    """Return what was understood, fact by fact."""
    said = [f"{name} <strong>{escape(_shown(facts, name))}</strong>" for name in NAMES if getattr(facts, name) is not None]
    return f"<p>Understood: {', '.join(said)}.</p>" if said else ""


def _shown(facts: Facts, name: str) -> str:
    said, value = facts.sources.get(name, name), str(getattr(facts, name))
    if name in LARGE:
        return said
    return f"{value}, {said}" if name == "loss" and facts.rows and facts.predictions is None else value


def findings(found: Sequence[Finding], facts: Facts) -> str:
    """Return the findings in their order, or why there are none."""
    if not found:
        told = any(getattr(facts, name) is not None for name in NAMES) or facts.said
        if facts.rows and facts.finite is None:
            return note(NOTHING_IN_ROWS)
        return note(NOTHING_FOUND if told else NOTHING_TOLD)
    return f"<ol class='live-findings'>{''.join(_finding(one, facts) for one in found)}</ol>"


def _finding(one: Finding, facts: Facts) -> str:
    """One of them; its links open beside where there are rows, which this page would not have any more after Back."""
    beside, own = facts.rows, one.fix.get(facts.framework or "")
    mend = f"<p>{escape(f'In {facts.framework}: {own}')}</p>" if own else ""
    fixes = "".join(f"<dt>{escape(where)}</dt><dd>{escape(what)}</dd>" for where, what in one.fix.items())
    ways = link(kept(one.view), "See it", beside=beside) + link(kept(one.beside), "See it mended", beside=beside)
    return (
        f"<li><h3>{escape(one.title)} <small>{one.confidence}</small></h3><p>{escape(one.because)}</p>"
        f"<p>{escape(one.check)}</p>{mend}<p>{ways}</p>"
        f"<details><summary>How to mend it</summary><dl>{fixes}</dl><p><small>{escape(one.source)}</small></p></details></li>"
    )


def on_rows(found: Sequence[Finding]) -> dict[str, dict[str, str]]:
    """Return where /rows shows in the rows themselves what was found: what a link says -> what it opens."""
    return {_ON_ROWS[one.rows]: dict(parse_qsl(urlsplit(one.rows).query)) for one in found if one.rows}


def constants(facts: Facts) -> str:
    """Return the constants that losses often are, the nearest to the loss first."""
    loss = facts.finite.value if facts.finite else None
    ranked = sorted(known(), key=lambda one: abs(one.value - loss) if loss is not None else one.value)
    rows = []
    for one in ranked:
        value = format_number(one.value, 6)
        near = loss is not None and abs(one.value - loss) <= WORTH * one.value
        rows.append((value + (" ← yours" if near else ""), escape(one.formula), escape(one.printed_by)))
    return table("Constants worth knowing", ("Loss", "Formula", "Who prints it"), rows, kind="live-prose")
