"""Of many rows a sample answers first, then all of them; or the sample stays, where somebody stops the count."""

from __future__ import annotations

import re
import time
from threading import Event

import numpy as np
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from explorer.pages.rows import asking, counting
from explorer.rows import Report, open_rows
from explorer.rows.sampling import sample
from explorer.views.rows import data
from tests.pages.steps import open_page


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    data.example.cache_clear()  # of which other tests have counted something
    monkeypatch.setattr(counting, "LARGE", 1000)
    monkeypatch.setattr(counting, "sample", lambda rows: sample(rows, 10_000))


def said(page: AppTest) -> str:
    return " ".join(element.value for element in page.markdown)


def test_a_sample_answers_first_and_then_all_rows() -> None:
    page = open_page("rows", loss="Brier score")
    assert "The rest is being counted." in said(page)
    run = page.session_state["_rows_run"]
    (bar,) = page.get("progress")
    assert re.fullmatch(r"Part \d+ of \d+(: [\d,]+ of [\d,]+ rows)?", bar.proto.text)
    run.thread.join(60)
    assert run.progress()[0] == 1
    page.run()
    assert "sample" not in said(page)
    page.session_state["loss"] = "Binary cross-entropy"
    page.run()
    assert "The rest is being counted." in said(page)
    page.session_state["_rows_run"].watch.stop()
    page.session_state["loss"] = "Brier score"
    page.run()
    assert "sample" not in said(page)  # all are counted already
    assert not page.exception


def test_what_is_stopped_stays_a_sample_until_it_is_asked_for_again() -> None:
    page = open_page("rows", data="Numbers", loss="Huber loss")
    page.session_state["_rows_run"].watch.stop()
    page.run()
    assert "From a sample of" in said(page)
    (again,) = [button for button in page.button if button.label == "Count all"]
    again.click().run()
    deadline = time.monotonic() + 60
    while "sample" in said(page) and time.monotonic() < deadline:
        page.session_state["_rows_run"].thread.join(60)
        page.run()
    assert "sample" not in said(page)


def test_nothing_of_the_page_waits_for_a_count_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    counted, asked = Event(), list[int]()

    def count(report: Report) -> int:
        assert report.table.raw is not None
        asked.append(report.table.raw.count().to_pyarrow().as_py())
        return 1

    def wait(run: counting.Run) -> None:
        counted.wait(60)

    monkeypatch.setattr(asking, "SAVED", 1000)
    monkeypatch.setattr(counting.Run, "_count", wait)
    monkeypatch.setattr(Report, "count", property(count))
    page = open_page("rows", data="Two classes", loss="Brier score")
    counted.set()
    assert "The rest is being counted." in said(page)
    assert max(asked) < 20_000  # of the sample alone
    assert not page.exception


def test_a_count_ends_where_other_rows_are_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page("rows", data="Five classes", loss="Brier score")
    run = page.session_state["_rows_run"]
    monkeypatch.setattr(counting, "LARGE", 1_000_000)
    page.selectbox(key="data").set_value("Two classes").run()
    assert run.watch.stopped


def test_a_sample_has_about_the_mean_of_all() -> None:
    random = np.random.default_rng(3)
    p = random.random(100_000)  # 49 blocks, of which about half are drawn: all of them never
    rows = open_rows(pa.table({"y_true": (random.random(p.size) < p).astype(int), "y_score": p}))
    part = sample(rows, 50_000)
    assert part is not None
    assert part.layout.kind == rows.layout.kind
    assert part.count < rows.count
    assert abs(part.report().mean_loss - rows.report().mean_loss) < 5 * part.report().standard_error
