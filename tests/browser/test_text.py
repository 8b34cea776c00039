"""What somebody else has written into a link is shown as it is written: no part of it becomes an element of the page."""

from __future__ import annotations

from itertools import cycle
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from benchmarks.server import Server
from tests.browser.steps import open_page, settle

MARKUP = (
    "![x](http://a.example/i.png)", "[l](http://a.example)", "# head", "**bold** _em_ ~~del~~", "http://a.example/x",
    "www.a.example/x", "mail@a.example", r"\href{http://a.example}{l}", ":material/home: :smile:", ":red[r] :badge[b]",
    "$x^2$ `c`", "<b>b</b><img src=x>", "a -> b >= c",
)  # fmt: skip
KEYS = {
    "binary": ("by", "other", "squared", "log", "p", "t"),
    "categorical": ("by", "base", "classes", "names", "options", "k", "p1", "p2", "p3", "along", "row", "batch"),
    "network": ("sizes", "hidden", "loss", "data", "seed", "row", "along", "surface", "chosen", "w", "rule", "rate", "steps"),
    "algebra": ("of", "typed", "at-p", "chain", "along"),
}
BASE = {"algebra": {"start": "typed"}}
COUNT = """() => Object.fromEntries(
  ["a", "img", "strong", "em", "del", "b", "code", "h1", "h2", "h3", ".katex", "[data-testid=stIconMaterial]", "[style*=color]"]
    .map(s => [s, document.querySelectorAll(`[data-testid=stMain] ${s}`).length]))"""


@pytest.mark.parametrize("name", KEYS)
def test_no_part_of_a_links_text_becomes_an_element(page: Page, server: Server, name: str) -> None:
    keys, base = KEYS[name], BASE.get(name, {})
    open_page(page, f"{server.url}/{name}?{urlencode(base | dict.fromkeys(keys, 'x!!'))}")
    before, alerts = page.evaluate(COUNT), page.get_by_role("alert").count()
    assert alerts >= 2
    for start in range(0, len(MARKUP), len(keys)):
        texts = dict(zip(keys, cycle(MARKUP[start:] + MARKUP[:start])))
        open_page(page, f"{server.url}/{name}?{urlencode(base | texts)}")
        settle(page)
        assert page.evaluate(COUNT) == before
        expect(page.get_by_role("alert")).to_have_count(alerts)
        said = " ".join(page.get_by_role("alert").all_inner_texts())
        assert sum(text in said for text in set(texts.values())) >= 1
