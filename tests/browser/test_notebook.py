"""A view in a real JupyterLab: sliders and Python move each other. What is exported keeps the live page."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import explorer
from tests.browser.jupyter import PATIENCE, jupyterlab

CELLS = (
    'import explorer; v = explorer.view("/binary?p=0.3"); v',
    'v.widget.values, v.widget.numbers["L"]',
    'v.widget.values = {"p": 0.9}; explorer.view("/binary?p=0.6").widget',
)
LISTENING = """
  window.listening = 0; // charts that wait for news of the page; what is removed must not
  for (const [name, step] of [['addEventListener', 1], ['removeEventListener', -1]]) {
    const original = document[name];
    document[name] = function (type, ...rest) {
      if (type === 'live-text') window.listening += step;
      return original.call(this, type, ...rest);
    };
  }
"""


@pytest.fixture
def notebook(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A notebook of CELLS, not run yet. An error, and a request to another machine, are failures."""
    import nbformat  # here, as each process that collects the tests would take seconds for it and what it imports

    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]  # type: ignore[no-untyped-call]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), tmp_path / "a.ipynb")  # type: ignore[no-untyped-call]
    faults: list[str] = []
    with jupyterlab(tmp_path) as address, browser.new_context(viewport={"width": 1280, "height": 1200}) as context:
        context.add_init_script(LISTENING)
        page = context.new_page()
        page.set_default_timeout(1000 * PATIENCE)
        page.on("request", lambda request: faults.append(request.url) if goes_out(request.url, address) else None)
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{address}/doc/tree/a.ipynb")
        page.get_by_text("| Idle").wait_for()  # the kernel has answered
        yield page
    assert faults == []


def goes_out(url: str, address: str) -> bool:
    """Whether a request leaves a server's address."""
    return url.startswith(("http", "ws")) and not url.partition("://")[2].startswith(address.partition("://")[2])


def run(page: Page, cell: int) -> Locator:
    """Run a cell; return what it shows."""
    page.locator(".jp-CodeCell .cm-content").nth(cell).click()
    page.keyboard.press("Shift+Enter")
    return page.locator(".jp-CodeCell").nth(cell).locator(".jp-OutputArea-output")


def ready(output: Locator) -> Locator:
    """Wait until an output is drawn; return its slider of p."""
    output.locator(".live-page[data-ready=true]").wait_for()
    return output.get_by_role("slider", name="Prediction p").and_(output.locator("input"))


def loss(output: Locator) -> Locator:
    """The first place where an output shows its loss."""
    return output.locator("[data-quantity=L]").first


def test_sliders_and_python_move_each_other(notebook: Page) -> None:
    first = run(notebook, 0)
    slider = ready(first)
    expect(loss(first)).to_have_text("1.20397")

    box = slider.bounding_box()
    assert box
    left, right, height = box["x"] + 0.25 * box["width"], box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2
    notebook.mouse.move(box["x"] + 0.3 * box["width"], height)
    notebook.mouse.down()
    notebook.mouse.move(right, height, steps=10)
    notebook.mouse.move(left, height, steps=10)
    notebook.mouse.up()
    p = float(slider.input_value())
    assert 0.2 < p < 0.3
    shown = explorer.view(f"/binary?p={p}").numbers["L"]
    expect(run(notebook, 1)).to_have_text(f"({{'p': {p}, 't': 1.0}}, {shown})")
    assert float(slider.input_value()) == p

    first.locator("[data-grip=p]").first.press("ArrowRight")
    p = float(slider.input_value())
    expect(run(notebook, 1)).to_contain_text(f"'p': {p},")

    second = run(notebook, 2)
    expect(slider).to_have_value("0.9")
    expect(ready(second)).to_have_value("0.6")
    loss(first).scroll_into_view_if_needed()
    expect(loss(first)).to_have_text("0.105361")
    expect(loss(second)).to_have_text("0.510826")
    ids = notebook.locator("[id]").evaluate_all("all => all.map(e => e.id).filter(id => id.includes('diagram'))")
    assert len(set(ids)) == len(ids)

    assert notebook.evaluate("[window.listening, typeof Plotly]") == [2, "undefined"]
    slider = ready(run(notebook, 0))  # in place of the first output
    expect(slider).to_have_value("0.3")
    assert notebook.evaluate("window.listening") == 2

    ground = "document.querySelectorAll('.live-page')[1]"
    for light, color in (("true", "rgb(255, 255, 255)"), ("false", "rgb(14, 17, 23)")):
        notebook.evaluate(f"document.body.dataset.jpThemeLight = '{light}'")
        notebook.wait_for_function(f"getComputedStyle({ground}).backgroundColor === '{color}'")


def test_a_plain_export_keeps_the_live_page_and_asks_nobody(browser: Browser, tmp_path: Path) -> None:
    import nbformat
    from nbconvert import HTMLExporter

    data, metadata = explorer.view("/binary?p=0.3")._repr_mimebundle_()
    output = nbformat.v4.new_output("execute_result", data, metadata=metadata, execution_count=1)  # type: ignore[no-untyped-call]
    cell = nbformat.v4.new_code_cell(CELLS[0], outputs=[output])  # type: ignore[no-untyped-call]
    exporter = HTMLExporter(require_js_url="", jquery_url="", mathjax_url="", mermaid_js_url="")  # type: ignore[no-untyped-call]
    exported, _ = exporter.from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))  # type: ignore[no-untyped-call]
    (tmp_path / "a.html").write_text(exported, encoding="utf-8")
    asked: list[str] = []
    with browser.new_context(viewport={"width": 1280, "height": 1000}) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url) if request.url.startswith("http") else None)
        page.goto((tmp_path / "a.html").as_uri())
        frame = page.frame_locator("iframe")
        frame.locator("main[data-ready=true]").wait_for()
        slider = frame.locator("input[name=p]")
        slider.press("Home")
        expect(loss(frame.locator("main"))).to_have_text("∞")
    assert asked == []


def test_where_a_policy_bars_its_scripts_the_output_says_so(browser: Browser, tmp_path: Path) -> None:
    state = explorer.view("/binary?p=0.3").widget.get_state()
    shown = json.dumps({name: state[name] for name in ("_body", "_spec", "_plotly", "_settled")}).replace("<", "\\u003c")
    render = re.sub(r"export\s*\{(\w+) as default\};?", r"\1.render({model, el: document.body});", state["_esm"])
    script = f"""const state = JSON.parse(document.getElementById("state").textContent);
        const model = {{get: name => state[name], on() {{}}, off() {{}}}};
        {render}"""
    admitted = b64encode(sha256(script.encode()).digest()).decode()
    (tmp_path / "a.html").write_text(
        f"""<!DOCTYPE html><meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="script-src 'sha256-{admitted}'">
        <body><script type="application/json" id="state">{shown}</script><script type="module">{script}</script>""",
        encoding="utf-8",
    )
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((tmp_path / "a.html").as_uri())
        expect(page.get_by_role("alert")).to_contain_text(
            "which the notebook's Content-Security-Policy may bar. view.to_html() gives"
        )
        expect(loss(page.locator("main"))).to_have_text("1.20397")  # what needs no script is there
