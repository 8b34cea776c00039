"""A view in a notebook, by what Python and the browser tell each other."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from typing import Any

import pytest
import traitlets

import explorer
from benchmarks import geometry
from explorer.live import notebook
from explorer.live.notebook import Widget
from explorer.live.view import LiveView
from explorer.views.address import PAGES
from tests.live.scripts import engine

ADDRESS = "/binary?p=0.3&t=1"


@pytest.fixture
def view() -> LiveView:
    return explorer.view(ADDRESS)


def browser_sends(widget: Widget, client: str, number: int, **values: Any) -> None:
    """What arrives when somebody moves sliders."""
    widget.set_state({"_edit": {"client": client, "number": number, "values": values}})


def test_a_view_has_one_widget_that_begins_with_its_values_and_numbers(view: LiveView) -> None:
    widget = view.widget
    assert view.widget is widget
    assert widget.values == {"p": 0.3, "t": 1.0}
    assert widget.numbers.keys() >= {"p", "t", "L", "d_p"}


@pytest.mark.parametrize("page", PAGES)
def test_of_every_page_python_computes_the_numbers_of_the_view(page: str) -> None:
    view = explorer.view(f"/{page}")
    assert view.widget.values == {slider.name: slider.value for slider in view.sliders}
    assert page == "doctor" or ("loss_at" if page == "rows" else "L") in view.widget.numbers  # nothing moves there
    for name, number in view.widget.numbers.items():
        assert number == pytest.approx(view.numbers[name], rel=1e-9, abs=1e-12, nan_ok=True), name


def test_what_a_hand_on_a_chart_moves_without_a_slider_is_pythons_too() -> None:
    widget = Widget(geometry.view(geometry.mask_chart()))
    before = widget.numbers["L"]
    browser_sends(widget, "a", 1, **widget.values | {"p1": 1.0, "p28": 0.0})
    assert widget.values == {f"p{k}": geometry.mask()[f"p{k}"] for k in geometry.CELLS} | {"p1": 1.0, "p28": 0.0}
    assert widget.numbers["L"] > before
    with pytest.raises(ValueError, match=r"; got t1\.$"):
        widget.values = {"t1": 1.0}  # no hand moves the target


@pytest.mark.parametrize("given", [{"p": 0.9}, {"p": 0.9, "t": 0}])
def test_values_set_in_python_move_the_numbers_and_are_told_to_the_browser(view: LiveView, given: dict[str, float]) -> None:
    seen: list[float] = []
    view.widget.observe(lambda change: seen.append(view.widget.numbers["L"]), "values")
    view.widget.values = given
    moved = explorer.view(f"/binary?p=0.9&t={given.get('t', 1)}")
    assert view.widget.values == moved.widget.values
    assert view.widget.numbers == moved.widget.numbers
    assert seen == [moved.widget.numbers["L"]]
    assert view.widget.get_state("_settled") == {"_settled": {"values": moved.widget.values, "taken": {}}}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"t": 0.5, "q": 0.1}, "values must be of sliders, p, t; got q."),
        ({"t": 0.5, "p": 1.5}, "p must lie in [0, 1]; got 1.5."),
        ({"t": 0.5, "p": float("nan")}, "p must lie in [0, 1]; got nan."),
        ({"t": 0.5, "p": "0.5"}, "p must lie in [0, 1]; got '0.5'."),
        ({"t": 0.5, "p": True}, "p must lie in [0, 1]; got True."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_changes_nothing(
    view: LiveView, given: dict[str, Any], sentence: str
) -> None:
    before = (view.widget.values, view.widget.numbers, view.widget.get_state("_settled"))
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        view.widget.values = given
    assert (view.widget.values, view.widget.numbers, view.widget.get_state("_settled")) == before


def test_numbers_are_pythons_to_compute(view: LiveView) -> None:
    with pytest.raises(traitlets.TraitError, match="read-only"):
        view.widget.numbers = {}


def test_an_edit_of_the_browser_moves_python_which_answers_with_its_number(view: LiveView) -> None:
    browser_sends(view.widget, "a", 1, p=0.6)
    browser_sends(view.widget, "b", 1, t=0.5)
    browser_sends(view.widget, "a", 2, p=0.25)
    assert view.widget.values == {"p": 0.25, "t": 0.5}
    assert view.widget.numbers["L"] == pytest.approx(explorer.view("/binary?p=0.25&t=0.5").numbers["L"])
    assert view.widget.get_state("_settled") == {"_settled": {"values": {"p": 0.25, "t": 0.5}, "taken": {"a": 2, "b": 1}}}


def test_an_edit_that_cannot_be_is_answered_with_what_holds(view: LiveView) -> None:
    browser_sends(view.widget, "a", 1, p=7)
    assert view.widget.get_state("_settled") == {"_settled": {"values": {"p": 0.3, "t": 1.0}, "taken": {"a": 1}}}


@pytest.mark.parametrize("address", ["/binary?p=0&t=1", "/binary?by=logit&z=-40&z-exactly=-40"])
def test_what_is_told_to_the_browser_is_json(address: str) -> None:
    state = explorer.view(address).widget.get_state()
    texts = {name: value for name, value in state.items() if name in {"_settled", "_edit"}} | {
        "_spec": json.loads(state["_spec"])
    }
    assert json.loads(json.dumps(texts, allow_nan=False)) == texts


def test_the_browser_shows_no_answer_that_lacks_an_edit_of_its_own() -> None:
    """Right and back left at once; meanwhile Python sets another slider."""
    found = engine("parts/edits.js").eval("""
      const edits = new script.Edits("a", {values: {p: 0.3, t: 1}, taken: {}});
      const said = (p, t, taken) => edits.settle({values: {p, t}, taken});
      JSON.stringify([
        edits.add({p: 0.3, t: 1}) ?? null,
        edits.add({p: 0.8, t: 1}), edits.add({p: 0.2, t: 1}),
        said(0.8, 1, {a: 1}) ?? null, said(0.8, 0.5, {a: 1}) ?? null,
        said(0.2, 0.5, {a: 2, b: 7}),
        edits.add({p: 0.2, t: 0.6}),
      ])
    """)
    assert json.loads(str(found)) == [
        None,
        {"client": "a", "number": 1, "values": {"p": 0.8}},
        {"client": "a", "number": 2, "values": {"p": 0.2}},
        None,
        None,
        {"p": 0.2, "t": 0.5},
        {"client": "a", "number": 3, "values": {"t": 0.6}},
    ]


def test_the_look_of_an_output_reaches_nothing_else() -> None:
    """Every rule stands within that of the output's own element."""
    depth, outside = 0, ""
    for character in re.sub(r"/\*.*?\*/", "", notebook.style(), flags=re.DOTALL):
        depth += (character == "{") - (character == "}")
        outside += character if depth == 0 else ""
    assert depth == 0
    assert [rule.strip() for rule in outside.split("}")] == [
        ".live-notebook",
        ".live-notebook[data-dark=true]",
        ".live-notebook",
        "",
    ]
    assert not re.search(r"@page|@property|\bhtml\b|\bbody\b|\.st[A-Z-]|streamlit", notebook.style())


def test_jupyter_is_given_the_widget_and_the_live_page_in_a_frame(view: LiveView) -> None:
    data, metadata = view._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == view.widget.model_id
    assert data["text/plain"] == repr(view)
    assert isinstance(metadata, dict)
    frame = re.fullmatch(
        r'<iframe srcdoc="([^"]*)" title="[^"]*" sandbox="allow-scripts allow-downloads" style="[^"]*"></iframe>',
        data["text/html"],
    )
    assert frame
    assert html.unescape(frame[1]) == view.to_html()


def test_without_anywidget_a_sentence_says_what_to_install_and_jupyter_shows_the_page() -> None:
    script = f"""
import sys
sys.modules["anywidget"] = None
import explorer
view = explorer.view({ADDRESS!r})
print(*sorted(view._repr_mimebundle_()[0]))
try:
    view.widget
except ImportError as error:
    print(error)
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == [
        "text/html text/plain",
        "A live view in a notebook needs anywidget: pip install loss-explorer[notebook]",
    ]
