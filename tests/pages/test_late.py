"""Messages of a browser whose address is from before: one of the script's had undone there what a hand had just chosen."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.steps import open_page

CHOOSING = """
import streamlit as st
from explorer.live import echo
from explorer.pages import address
st.button("h2", on_click=address.put, args=("chosen", "h2"))
st.text(address.get("chosen"))
echo.listen()
"""


def late(page: AppTest, **before: str) -> AppTest:
    """Run a page on a message with an address from before."""
    page.query_params.clear()
    page.query_params.update(before)
    page.run()
    assert not page.exception
    return page


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [("binary", "by", "logit"), ("categorical", "by", "logit"), ("network", "rule", "Adam"), ("network", "surface", "3-D")],
)
def test_what_a_hand_has_chosen_is_in_the_address(name: str, key: str, value: str) -> None:
    page = open_page(name)
    control = page.segmented_control(key=key)
    default = control.value
    control.set_value(value)
    assert late(page).query_params[key] == value
    page.segmented_control(key=key).set_value(default)
    assert key not in late(page, **{key: value}).query_params


def test_what_a_chart_has_chosen_stays_chosen() -> None:
    page = AppTest.from_string(CHOOSING).run()
    page.button[0].click()
    for _ in range(2):
        assert late(page).text[0].value == "h2"
        assert page.query_params == {"chosen": "h2"}
