"""The page without a server: what somebody typed stays text in it, and its policy admits its own scripts alone."""

from __future__ import annotations

import json
import re
import tomllib
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser

from explorer.figures.style import THEMES
from explorer.live.assets import FOLDER
from explorer.live.standalone import page_of
from explorer.views.address import view
from explorer.views.table import Table, TableRow

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{spec}}<!--"


class Elements(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.found)


def hostile_page() -> str:
    plain = view("/binary?p=0.3")
    table = Table(HOSTILE, HOSTILE, (HOSTILE,), (HOSTILE,), (TableRow((HOSTILE,), ("1",)),), 0, (None,))
    chart = replace(plain.charts[0], title=HOSTILE, alt=HOSTILE, filename=HOSTILE)
    slider = replace(plain.sliders[0], field=replace(plain.sliders[0].field, label=HOSTILE, help=HOSTILE))
    layout = (*plain.layout, ((HOSTILE,),))
    return page_of(replace(plain, title=HOSTILE, charts=(chart,), sliders=(slider,), table=table, layout=layout))


def test_what_somebody_typed_stays_text() -> None:
    elements = Elements(hostile_page())
    assert elements.count("script") == 3
    assert elements.count("img") == 0
    assert not any(name.startswith("on") for _, attributes in elements.found for name in attributes)
    spec = re.search(r'<script type="application/json" id="spec">(.*?)</script>', hostile_page(), re.DOTALL)
    assert spec
    assert json.loads(spec[1])["charts"]["chart"]["alt"] == HOSTILE


def test_the_policy_admits_the_scripts_of_the_page_and_no_others() -> None:
    page = page_of(view("/binary"))
    (policy,) = map(unescape, re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page))
    scripts = re.findall(r'<script(?: type="module")?>(.*?)</script>', page, re.DOTALL)
    hashes = {f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in scripts}
    assert len(hashes) == 1
    admitted = next(part.split()[1:] for part in policy.split("; ") if part.startswith("script-src"))
    assert set(admitted) == {*hashes, "blob:"}
    assert policy.startswith("default-src 'none'")
    assert "unsafe-eval" not in policy


def test_every_part_of_the_layout_is_there_once() -> None:
    shown = view("/binary")
    page = page_of(shown)
    keys = [key for row in shown.layout for column in row for key in column]
    assert sorted(keys) == sorted({*shown.texts, *(chart.key for chart in shown.charts)})
    for text in shown.texts.values():
        assert page.count(text) == 1
    assert page.count('type="range"') == len(shown.sliders) == 2


def test_a_slider_reaches_a_value_beyond_its_bounds() -> None:
    page = page_of(view("/binary?by=logit&z=40&t=0"))
    assert 'name="z" min="-12.0" max="40.0"' in page


def test_the_application_has_the_colours_of_the_page_without_a_server() -> None:
    config = FOLDER.parent / "server" / ".streamlit" / "config.toml"
    theme = tomllib.loads(config.read_text())["theme"]
    for name in ("light", "dark"):
        assert tuple(theme[name]["chartCategoricalColors"]) == THEMES[name].palette
        assert theme[name]["primaryColor"] == THEMES[name].primary
