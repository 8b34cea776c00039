"""The editable table as a person with a mouse or a keyboard meets it, on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from explorer.live.assets import script
from tests.browser.steps import paste, served, settle
from tests.live.scripts import module

SCRIPT = """
import time

import streamlit as st

from explorer.live.live import style
from explorer.views.markup import quantity
from explorer.live.table import Action, editable_table
from explorer.views.table import Table, TableRow

st.set_page_config(page_title="Table")
style()
state = st.session_state
state.setdefault("rows", [["0.2", "1"], ["0.70", "0"], ["0.9", "1"]])
state.setdefault("chosen", 0)
state.setdefault("seen", [])


def act(action: Action) -> None:
    state.seen.append(f"{action.kind} {action.row} {action.column}")
    if action.kind == "edit":
        state.rows[action.row][action.column] = action.text
    elif action.kind == "paste":
        for i, line in enumerate(action.text.split("\\n"), action.row):
            if i == len(state.rows):
                state.rows.append(["0", "0"])
            for j, cell in enumerate(line.split("\\t")[: 2 - action.column], action.column):
                state.rows[i][j] = cell
    elif action.kind == "choose":
        state.chosen = action.row
    elif action.kind == "add":
        state.rows.append(["0.5", "1"])
    else:
        del state.rows[action.row]
        state.chosen = 0


def row(cells: list[str]) -> TableRow:
    try:
        p, t = map(float, cells)
    except ValueError as error:
        return TableRow(tuple(cells), ("–",), f"This is not a number: {error}.", choosable=False)
    return TableRow(tuple(cells), (quantity("L", (p - t) ** 2),))


st.title("Batch")
rows = tuple(row(cells) for cells in state.rows)
table = Table("batch", "Examples", ("Prediction p", "Target t"), ("Squared error",), rows, state.chosen, ("p", None))
editable_table(table, on_action=act)
st.text("seen: " + ", ".join(state.seen))
time.sleep(float(st.query_params.get("wait", 0)))
st.button("Run again")
"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of SCRIPT."""
    with served(tmp_path_factory.mktemp("table"), SCRIPT) as address:
        yield address


@pytest.fixture
def table(page: Page, url: str) -> Page:
    """A page with a fresh table of three rows."""
    return opened(page, url)


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    cell(page, 3, "p").wait_for()
    return page


SENTENCE = "This is not a number: could not convert string to float: 'abc'."
COLUMNS = {"p": "Prediction p", "t": "Target t"}


def cell(page: Page, row: int, column: str) -> Locator:
    return page.get_by_label(f"row {row}, {COLUMNS[column]}", exact=True)


def texts(page: Page) -> list[list[str]]:
    """The text of each row's inputs."""
    found: list[list[str]] = page.evaluate(
        """() => [...document.querySelectorAll('.live-edit tbody')].map(
             body => [...body.querySelectorAll('input[type=text]')].map(input => input.value))"""
    )
    return found


def test_an_edited_cell_changes_its_row_alone(table: Page) -> None:
    cell(table, 1, "p").fill("0.5")
    cell(table, 1, "p").blur()
    expect(table.locator(".live-edit-result").first).to_have_text("0.250000")
    assert texts(table) == [["0.5", "1"], ["0.70", "0"], ["0.9", "1"]]
    cell(table, 2, "p").click()
    cell(table, 2, "p").blur()
    settle(table)
    expect(table.get_by_text("seen: edit 0 0", exact=True)).to_be_visible()


def test_a_pasted_block_fills_rows_and_a_single_value_one_cell(table: Page) -> None:
    cell(table, 2, "p").fill("half typed")
    paste(cell(table, 2, "p"), "0.70\t1\n0.25\t1\n0.6\t0")
    expect(cell(table, 4, "t")).to_have_value("0")
    assert texts(table) == [["0.2", "1"], ["0.70", "1"], ["0.25", "1"], ["0.6", "0"]]
    cell(table, 1, "t").select_text()
    paste(cell(table, 1, "t"), "0")
    cell(table, 1, "t").press("Tab")
    settle(table)
    expect(table.get_by_text("seen: paste 1 0, edit 0 1", exact=True)).to_be_visible()


def test_the_chosen_row_follows_numbers_and_the_others_do_not(table: Page) -> None:
    table.get_by_label("Show row 2").check()
    settle(table)
    write = f"p => {{ {module('parts/numbers.js')}; script.writeQuantities({{p}}); }}"
    table.evaluate(write, 0.7)
    assert texts(table) == [["0.2", "1"], ["0.70", "0"], ["0.9", "1"]]
    table.evaluate(write, -1e-7)
    assert texts(table) == [["0.2", "1"], ["-1e-7", "0"], ["0.9", "1"]]
    cell(table, 2, "p").fill("0.3")
    table.evaluate(write, 0.4)
    expect(cell(table, 2, "p")).to_have_value("0.3")


def test_rows_are_added_and_removed_down_to_one(table: Page) -> None:
    table.get_by_role("button", name="Add row").click()
    expect(cell(table, 4, "p")).to_be_focused()
    table.get_by_label("Remove row 2").click()
    expect(table.get_by_label("Remove row 2")).to_be_focused()
    table.get_by_label("Remove row 1").click()
    table.get_by_label("Remove row 2").click()
    expect(table.get_by_role("button", name="Add row")).to_be_focused()
    settle(table)
    assert texts(table) == [["0.9", "1"]]
    expect(table.get_by_text("seen: add 0 0, remove 1 0, remove 0 0, remove 1 0", exact=True)).to_be_visible()
    expect(table.get_by_role("button", name="Remove")).to_have_count(0)


def test_it_works_by_keyboard_alone(table: Page) -> None:
    cell(table, 1, "p").select_text()
    table.keyboard.type("0.4")
    table.keyboard.press("Enter")
    expect(cell(table, 2, "p")).to_be_focused()
    table.keyboard.type("0.8")
    table.keyboard.press("Tab")
    expect(cell(table, 2, "t")).to_be_focused()
    table.keyboard.press("Tab")
    table.keyboard.press("Enter")
    settle(table)
    assert texts(table) == [["0.4", "1"], ["0.9", "1"]]
    cell(table, 2, "p").select_text()
    table.keyboard.type("0.6")
    table.keyboard.press("Enter")
    expect(table.get_by_text("seen: edit 0 0, edit 1 0, remove 1 0, edit 1 0", exact=True)).to_be_visible()
    table.get_by_label("Show row 1").focus()
    table.keyboard.press("ArrowDown")
    expect(table.get_by_text("remove 1 0, edit 1 0, choose 1 0")).to_be_visible()
    expect(table.get_by_label("Show row 2")).to_be_checked()


def test_a_bad_value_is_kept_as_typed_with_its_sentence_and_axe_finds_no_barrier(table: Page) -> None:
    bad = cell(table, 2, "p")
    bad.fill("abc")
    bad.press("Enter")
    expect(table.get_by_role("note")).to_have_text(SENTENCE)
    expect(bad).to_have_value("abc")
    expect(bad).to_have_attribute("aria-invalid", "true")
    expect(bad).to_have_accessible_description(SENTENCE)
    expect(table.get_by_label("Show row 2")).to_be_disabled()
    found = Axe().run(table, context=".live-edit")
    assert found.violations_count == 0, found.generate_report()
    bad.fill("0.5")
    bad.press("Enter")
    expect(table.get_by_role("note")).to_have_count(0)
    expect(bad).not_to_have_attribute("aria-invalid", "true")


def test_focus_and_half_typed_text_outlive_a_run(table: Page) -> None:
    cell(table, 1, "p").fill("0.5")
    cell(table, 1, "p").press("Enter")
    table.keyboard.type("0.12")
    table.keyboard.press("ArrowLeft")
    expect(table.locator(".live-edit-result").first).to_have_text("0.250000")
    settle(table)
    expect(cell(table, 2, "p")).to_be_focused()
    expect(cell(table, 2, "p")).to_have_value("0.12")
    assert cell(table, 2, "p").evaluate("input => input.selectionStart") == 3


def test_no_action_is_lost_while_python_is_busy(page: Page, url: str) -> None:
    table = opened(page, f"{url}/?wait=0.3")
    cell(table, 1, "p").select_text()
    for text in ("0.3", "0.4", "0.5"):
        table.keyboard.type(text)
        table.keyboard.press("Enter")
    table.get_by_label("Remove row 1").click()
    table.get_by_label("Show row 2").check()
    expect(table.get_by_text("seen: edit 0 0, edit 1 0, edit 2 0, remove 0 0, choose 1 0", exact=True)).to_be_visible()
    settle(table)
    assert texts(table) == [["0.4", "0"], ["0.5", "1"]]
    expect(table.get_by_label("Show row 2")).to_be_checked()


def test_an_answer_from_before_undoes_nothing(page: Page) -> None:
    page.set_content('<div class="live-edit"></div>')
    shown = page.evaluate(
        """async source => {
          const { default: show } = await import(URL.createObjectURL(new Blob([source], {type: 'text/javascript'})));
          const row = text => ({cells: [text], results: [], note: '', choosable: true});
          const answer = (done, ...texts) => {
            const data = {columns: ['x'], results: [], rows: texts.map(row), chosen: 0, live: [null], label: '', done};
            show({data, key: 'table', parentElement: document.body, setTriggerValue: () => {}});
            return [...document.querySelectorAll('[type=text]')].map(input => input.value);
          };
          const edit = (index, text) => {
            const input = document.querySelectorAll('[type=text]')[index];
            input.value = text;
            input.dispatchEvent(new Event('change'));
          };
          answer(3, '1', '2');
          edit(0, '10');
          edit(1, '20');
          return [answer(3, '1', '2'), answer(4, '10', '2'), answer(5, '10', '20.0'), answer(5, '7', '8')];
        }""",
        script("table"),
    )
    assert shown == [["10", "20"], ["10", "20"], ["10", "20.0"], ["7", "8"]]


def test_markup_in_a_cell_is_text(table: Page) -> None:
    markup = "<img src=x onerror=document.title=1>"
    cell(table, 1, "p").fill(markup)
    cell(table, 1, "p").blur()
    expect(table.get_by_role("note")).to_contain_text(markup)
    expect(cell(table, 1, "p")).to_have_value(markup)
    assert table.locator(".live-edit img").count() == 0
    assert table.title() == "Table"
