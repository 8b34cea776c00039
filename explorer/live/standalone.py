"""A view as one HTML file: the same charts, numbers and script as on a page, with plain sliders and no server.

Nothing that somebody typed becomes markup or script in it: text is escaped, data stands as JSON, and the page's own policy
admits its one script alone, with Plotly and the programs that this one compiles.
"""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from explorer.figures.style import THEMES
from explorer.live.assets import FOLDER, script
from explorer.live.data import chart_data, diagram_data, plotly_for
from explorer.views.diagram import KEY
from explorer.views.markup import quantity, table, without_links
from explorer.views.table import Table
from explorer.views.view import Chart, Slider, View

_TEMPLATE = (FOLDER / "page.html").read_text(encoding="utf-8")
FONT = '"Source Sans 3", "Source Sans Pro", system-ui, sans-serif'
_ALONE = "body { margin: 0; background: var(--st-background-color); }"
STILL = "<p class='live-since' role='status'>Computed for the numbers that this page opened with.</p>"
"""Stands over what does not follow the sliders, once one has moved."""


def page_of(view: View) -> str:
    """Return a view as an HTML page of its own, which makes no request."""
    code = script("page")
    held = f'<script type="application/json" id="spec">{as_json(data(view))}</script>\n{_library(plotly(view))}'
    return document(view.title, body(view), css=_ALONE, policy=policy(code), scripts=scripts(held, code))


def document(title: str, content: str, *, css: str, policy: str, scripts: str = "", language: str = "en") -> str:
    """Return an HTML page in the colours of both themes.

    Parameters
    ----------
    title : str
        As plain text.
    content, scripts : str
        Markup of the body, in this order.
    css : str
        Beyond the look of a view's parts.
    policy : str
        What the page may load and run, as `policy` says it.
    language : str
    """
    parts = {
        "language": language,
        "policy": policy,
        "title": escape(title),
        "css": f"{themes()}\n{styles()}\n{css}",
        "body": content,
        "scripts": scripts,
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], _TEMPLATE)


def scripts(held: str, code: str) -> str:
    """Return the script elements of a live page: what it holds for its script, as elements, then the script."""
    return f'{held}\n<script type="module">{code}</script>'


def packed(name: str, text: str) -> str:
    """Return an element that holds a text for the page's script, compressed."""
    return f'<script type="text/plain" id="{name}">{b64encode(gzip.compress(text.encode(), mtime=0)).decode()}</script>'


def data(view: View) -> dict[str, Any]:
    """Return what the scripts need of a view."""
    charts = {chart.key: chart_data(chart) for chart in view.charts}
    return {"charts": charts, "diagram": diagram_data(view.diagram) if view.diagram else None}


def as_json(spec: object) -> str:
    """Return data as JSON that may stand in a script element."""
    return json.dumps(spec).replace("<", "\\u003c")


def plotly(view: View) -> Path:
    """Return the Plotly.js that a view needs."""
    return plotly_for(*(chart.figure for chart in view.charts))


@cache
def _library(path: Path) -> str:
    """The element of a Plotly.js, compressed."""
    return packed("plotly", path.read_text(encoding="utf-8"))


def body(view: View) -> str:
    """Return a view's markup: its sliders, then its parts by its layout."""
    found = parts(view)
    rows = "".join(
        f"<div class='live-row'>{''.join(_column(found[key] for key in column) for column in row)}</div>" for row in view.layout
    )
    return f"<main class='live-page'><h1>{escape(view.title)}</h1>{sliders(view.sliders)}{rows}</main>"


def parts(view: View) -> dict[str, str]:
    """Return the markup of a view's charts, texts, diagram and table by their keys."""
    found = {
        key: f"<div class='live-text'>{STILL if key in view.still else ''}{without_links(html)}</div>"
        for key, html in view.texts.items()
    }
    found |= {chart.key: _place(chart) for chart in view.charts}
    if view.diagram:
        found[view.diagram.key] = f"<div data-diagram><div class='live-net'>{KEY}</div></div>"
    if view.table:
        found[view.table.key] = _table(view.table, dict(view.numbers))
    return found


def styles() -> str:
    """Return the look of a view's parts, and of the page around them."""
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in ("live.css", "page.css"))


def themes(light: str = ":root", dark: str = ":root") -> str:
    """Return the colours of both themes as CSS, of what selectors name; the dark one where that is preferred."""
    return (
        f"{light} {{ color-scheme: light dark; {colors('light')}; }}\n"
        f"@media (prefers-color-scheme: dark) {{ {dark} {{ {colors('dark')}; }} }}"
    )


def colors(name: str) -> str:
    """Return the colours and font of a theme of THEMES as CSS."""
    theme = THEMES[name]
    shown = {
        "text-color": theme.text, "background-color": theme.ground, "secondary-background-color": theme.raised,
        "border-color": theme.line, "border-color-light": theme.line, "primary-color": theme.primary,
        "red-text-color": theme.red, "chart-categorical-colors": ",".join(theme.palette), "font": FONT,
    }  # fmt: skip
    return "; ".join(f"--st-{name}: {value}" for name, value in shown.items())


def policy(*scripts: str, beside: bool = False, asks: bool = False) -> str:
    """Return the policy of a page that has these scripts alone, and what they compile.

    With beside also those in its folder; with asks they may put questions to the server of the page.
    """
    sources = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in scripts]
    sources += ["'self'", "blob:"] if beside else ["blob:"]
    return (
        f"default-src 'none'; script-src {' '.join(sources)}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
        "base-uri 'none'; form-action 'none'" + ("; connect-src 'self'" if asks else "")
    )


def _column(parts: Iterable[str]) -> str:
    return f"<div class='live-column'>{''.join(parts)}</div>"


def _place(chart: Chart) -> str:
    return (
        f"<div class='live-chart' data-chart='{escape(chart.key)}'><h2 class='live-title'>{escape(chart.title)}</h2>"
        "<div class='live-plot' role='group'></div></div>"
    )


def sliders(shown: Iterable[Slider]) -> str:
    """Return plain sliders, those of a group together; the groups but the first are closed."""
    groups = {group: "".join(map(_slider, each)) for group, each in groupby(shown, key=lambda slider: slider.group)}
    return "".join(
        f"<div class='live-sliders live-text'>{html}</div>"
        if k == 0
        else f"<details class='live-text' data-of='{escape(group.of)}'><summary>{escape(group.title)}</summary>"
        f"<div class='live-sliders'>{html}</div></details>"
        for k, (group, html) in enumerate(groups.items())
    )


def _slider(slider: Slider) -> str:
    low, high = slider.limits
    shown = quantity(slider.name, slider.value, trim=True)
    return (
        f'<label title="{escape(slider.field.help)}"><span>{escape(slider.field.label)} = {shown}</span>'
        f'<input type="range" name="{escape(slider.name)}" min="{low!r}" max="{high!r}" step="any" '
        f'data-field="{escape(slider.field.name)}" data-step="{slider.field.step!r}" value="{slider.value!r}"></label>'
    )


def _table(shown: Table, numbers: dict[str, float]) -> str:
    """The rows as text; the chosen one's cells move with the sliders."""

    def cells(k: int) -> Iterable[str]:
        row = shown.rows[k]
        yield f"{k + 1}{' ●' if k == shown.chosen else ''}"
        for name, cell in zip(shown.live, row.cells, strict=False):
            moves = k == shown.chosen and row.choosable and name in numbers
            yield quantity(name, numbers[name], trim=True) if moves and name else escape(cell)
        yield from row.results

    heads = ("", *map(escape, (*shown.columns, *shown.results)))
    rows = [[*cells(k)] for k in range(len(shown.rows))]
    notes = "".join(f"<p class='live-note' role='note'>{escape(row.note)}</p>" for row in shown.rows if row.note)
    return f"<div class='live-text'>{table(shown.label, heads, rows, kind='live-compact')}{notes}</div>"
