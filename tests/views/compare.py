"""A page and the View of its address: what Streamlit was sent is what the View holds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from streamlit.testing.v1 import AppTest

from explorer.figures.lazy import to_json
from explorer.live.data import chart_data, diagram_data
from explorer.views import address
from explorer.views.fields import Reader
from explorer.views.view import View
from tests.pages.steps import data, errors, open_page, warnings

STAGE = re.compile("(formula )?(start|step [0-9]+)")
"""What /algebra calls the stages of a chain, which its page shows with Streamlit's own formulas."""
ASKED = {"weights", "file"}
"""What a page shows by an element of Streamlit's: /network asks for weights, /objective has code to copy."""
_SENTENCE = re.compile("<p(?: class='live-alert[^>]*)?>(.*?)</p>", re.DOTALL)
_REMARK = re.compile("<p class='live-alert live-(?:error|warning)' role='alert'>(.*?)</p>", re.DOTALL)


def opened(view: View) -> AppTest:
    """The page at the address of a view."""
    return open_page(view.page, **{name: texts[0] if len(texts) == 1 else texts for name, texts in view.state.write().items()})


def assert_shown(page: AppTest, view: View) -> None:
    """Hold all that a page sent to its charts, texts and diagram against a view."""
    sent = data(page)
    charts = {chart["alt"]: chart for chart in sent if "figure" in chart}
    for chart in view.charts:
        one = charts.pop(chart.alt)
        assert one["figure"] == to_json(chart.figure)
        assert {name: part for name, part in one.items() if name in chart_data(chart)} == through_json(chart_data(chart))
    assert not charts
    texts = [text["html"] for text in sent if "html" in text]
    shown = {text for key, text in view.texts.items() if not STAGE.match(key) and key not in ASKED}
    for text in shown - set(texts):
        assert _SENTENCE.sub("", text) == "", text
        assert set(map(unescape, _SENTENCE.findall(text))) <= {*read(page)}
    if view.page == "algebra":
        assert set(texts) <= set(view.texts.values())
    if view.diagram:
        assert through_json(diagram_data(view.diagram)) in [part for part in sent if "units" in part]


def read(page: AppTest) -> list[str]:
    """The sentences that a page shows outside of its components."""
    uploads = [part["held"] for part in data(page) if "held" in part]
    return [*(element.value for element in (*page.markdown, *page.info)), *warnings(page), *errors(page), *uploads]


def assert_same(view: View) -> None:
    """Open the page of a view: it shows the same, and warns of nothing else."""
    page = opened(view)
    assert_shown(page, view)
    assert view.disagreements == ()
    assert {*warnings(page), *errors(page)} == {*remarks(view)}


def assert_agrees(page: AppTest, name: str, query: Mapping[str, str | bytes | list[str | bytes]]) -> None:
    """Hold a page, opened at whatever address, against the view of that: it shows the same, and refuses the same."""
    given = {key: value if isinstance(value, list) else [value] for key, value in query.items()}
    if any(isinstance(text, bytes) for texts in given.values() for text in texts):
        return  # no text, so nothing that Python can read from an address
    reader = Reader({key: [str(text) for text in texts] for key, texts in given.items()})
    shown = address.page_of(name)
    state = shown.read(reader)
    view = shown.view(state, tuple(reader.refused))
    assert_shown(page, view)
    assert {*warnings(page), *errors(page)} == {*view.refused, *remarks(view), *view.disagreements}


def remarks(view: View) -> list[str]:
    """The sentences in boxes that stand in a view's texts."""
    return [unescape(sentence) for text in view.texts.values() for sentence in _REMARK.findall(text)]


def assert_round_trip(view: View) -> None:
    """Read a view's address again."""
    again = address.view(view.address)
    assert again == view
    assert again.address == view.address
    assert again.refused == ()
    assert repr(again.numbers) == repr(view.numbers)  # NaN is NaN there
    assert {type(number) for number in view.numbers.values()} == {float}


def through_json(part: Mapping[str, Any]) -> Any:
    """Data as it comes out of JSON."""
    return json.loads(json.dumps(part))
