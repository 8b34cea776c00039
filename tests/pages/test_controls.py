"""The door to the controls: pages go through it, and it returns what it promises whatever stands in the address."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit

from explorer.pages import controls
from tests.pages.steps import open_page

PAGES = Path(__file__).parents[2] / "explorer" / "pages"


def test_every_control_in_the_address_goes_through_the_door() -> None:
    assert [path.name for path in PAGES.glob("*.py") if '"query-params"' in path.read_text()] == ["controls.py"]


def test_no_number_is_typed_into_a_field_that_drops_characters() -> None:
    """Streamlit's own number field makes 5 of "0,5" and 13 of "1/3"."""
    assert [path.name for path in PAGES.glob("*.py") if "number_input" in path.read_text()] == []


def test_what_stands_at_its_default_goes_on_to_the_default_of_another_loss() -> None:
    """An address leaves defaults out: what the page shows must be what it opens with."""
    page = open_page("objective", typed="(y - t)^2")
    assert (page.slider(key="y").value, page.session_state["link"]) == (1.5, "identity")
    page.text_input(key="typed").set_value("x - y*log(x)").run()
    assert (page.slider(key="y").value, page.session_state["link"]) == (1, "exp")


def test_a_text_that_no_link_could_hold_is_cut_in_its_field() -> None:
    """The address of all of it would be refused by the server after a reload."""
    page = open_page("losses")
    page.text_input(key="typed").set_value("x+" * 40_000).run()
    assert not page.exception
    assert page.text_input(key="typed").value == "x+" * 4_000


def test_a_default_is_followed_also_where_a_run_was_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, object] = {"link": "exp"}
    monkeypatch.setattr(streamlit, "session_state", state)
    with controls.following("link", "exp"):
        pass
    with pytest.raises(TimeoutError), controls.following("link", "identity"):
        raise TimeoutError
    state["link"] = "exp"  # as a browser still shows it that has drawn nothing of that
    held = []
    for _ in range(2):
        state["link"] = "exp"  # as a browser still shows it that has drawn nothing of that; then somebody's own
        with controls.following("link", "identity"):
            held.append(state["link"])
    assert held == ["identity", "exp"]
