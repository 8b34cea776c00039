"""Markup for numbers that move: elements that name a step of the program and show its value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from explorer.core.digits import bracketed, exact_text, format_number, grouped, sign, telling_digits

LOSS = "How far the prediction is from the target, in nats: natural logarithms, of which ln 2 = 0.693 make a bit."
BITS = "The same loss with logarithms of base 2."

LIMITS = (
    "→: what stands before it has no value as it is written, such as 0/0 or 0 · ln 0, "
    "or is beyond the largest number that a computer holds; what follows is its limit."
)


def quantity(
    name: str,
    value: float,
    *,
    digits: int = 6,
    trim: bool = False,
    bracket: bool = False,
    group: bool = False,
    tag: str = "span",
    row: int | None = None,
) -> str:
    """Return an element that shows an input or step of the live program.

    Parameters
    ----------
    name : str
        The input or step.
    value : float
        Its settled value.
    digits : int
        Significant digits to show; the attribute data-value holds the plain number.
    trim : bool
        Whether to leave out trailing zeros.
    bracket : bool
        Whether it stands in a formula: in brackets if it needs them, and with the digits that tell it from 1.
    group : bool
        Whether commas stand between thousands.
    tag : str
        The element: "span", or "mn" within MathML.
    row : int
        Which row of the data set it shows, from 0, of a step that the chart shows row by row.
    """
    text = format_number(value, telling_digits(value, digits) if bracket else digits, trim=trim)
    text = bracketed(text) if bracket else text
    text = grouped(text) if group else text
    options = "".join(f' data-{option}="true"' for option, on in (("trim", trim), ("bracket", bracket), ("group", group)) if on)
    options += "" if row is None else f' data-row="{row}"'
    return (
        f'<{tag} data-quantity="{escape(name)}" data-value="{exact_text(value)}" data-digits="{digits}"{options}>{text}</{tag}>'
    )


def equals(name: str, value: float, against: str, other: float, *, row: int | None = None) -> str:
    """Return the sign between two lines, each with the step that is its value, as `sign` has it."""
    place = "" if row is None else f' data-row="{row}"'
    shown = sign(value, other)
    limit = ' data-limit="true"' if shown == "→" else ""
    names = f'data-quantity="{escape(name)}" data-value="{exact_text(value)}" data-against="{escape(against)}"'
    return f"<mo {names}{limit}{place}>{shown}</mo>"


def why(sentence: str) -> str:
    """Return a question mark that says a sentence where somebody points at it, or reaches it by keyboard."""
    return f'<span class="live-why" role="note" tabindex="0" aria-label="{escape(sentence)}">?</span>'


def note(sentence: str) -> str:
    """Return a remark on the numbers above it, whose place is kept where there is none, so that it pushes nothing away."""
    said = f"<p class='live-note' role='note'>{sentence}</p>" if sentence else ""
    return f"<div class='live-kept'>{said}</div>"


def link(address: str, text: str, *, beside: bool = False) -> str:
    """Return what leads to another page's view, in a tab of its own if beside; a page without a server leaves it out."""
    target = "target='_blank' rel='noopener'" if beside else "target='_self'"
    return f"<a class='live-go' href='{escape(address)}' {target}>{escape(text)}</a>"


def without_links(text: str) -> str:
    """Return markup without what `link` has put into it."""
    return re.sub(r"<a class='live-go'[^>]*>[^<]*</a>", "", text)


def still(text: str) -> str:
    """Return a text that holds at the settled numbers only; where sliders move without a server it is hidden meanwhile."""
    return f"<span class='live-still'>{text}</span>" if text else ""


def alert(sentence: str, kind: str) -> str:
    """Return a sentence as plain text in a box that stands out; kind is "error" or "warning"."""
    return f"<p class='live-alert live-{kind}' role='alert'>{escape(sentence)}</p>"


class Readout(NamedTuple):
    """A line of a table of numbers: what it is called, markup of its number, its unit, and a sentence on what it means."""

    name: str
    number: str
    unit: str = ""
    meaning: str = ""
    wide: bool = False
    """Whether there are several numbers, which take the room of the unit as well."""


def readout_table(lines: Iterable[Readout]) -> str:
    """Return a table of numbers, the first line large."""

    def row(line: Readout) -> str:
        head = f"<th scope='row'>{line.name}{f' {why(line.meaning)}' if line.meaning else ''}</th>"
        many, unit = (" colspan='2' class='live-many'", "") if line.wide else ("", f"<td>{line.unit}</td>")
        return f"<tr>{head}<td{many}>{line.number}</td>{unit}</tr>"

    return f"<table class='live-numbers'><tbody>{''.join(map(row, lines))}</tbody></table>"


def table(label: str, heads: Iterable[str], rows: Iterable[Sequence[str]], *, kind: str = "") -> str:
    """Return a table that scrolls where it is too wide; heads and cells are markup, label and kind are not."""
    head = "".join(f"<th scope='col'>{text}</th>" for text in heads)
    body = "".join(f"<tr><th scope='row'>{row[0]}</th>{''.join(f'<td>{cell}</td>' for cell in row[1:])}</tr>" for row in rows)
    return (
        f"<div class='live-table {kind}' tabindex='0' role='group' aria-label='{escape(label)}'>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
