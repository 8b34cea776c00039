"""The view of /rows: its numbers against NumPy, scikit-learn and SciPy, computed from the made-up tables themselves."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import expit, log_softmax, logit
from sklearn.metrics import accuracy_score, confusion_matrix, log_loss

import explorer
from explorer.core.calibration import TEMPERATURES, nearest
from explorer.core.checks import FloatArray
from explorer.rows import open_rows
from explorer.rows.examples import animals, overconfident, prices, tokens
from explorer.rows.losses import default
from explorer.views.address import view as opened
from explorer.views.fields import Reader
from explorer.views.network import read
from explorer.views.network.rows import rows_of
from explorer.views.rows import State, growing, text, view
from explorer.views.rows.data import example
from explorer.views.rows.fields import CONFIDENT, LIKELY, OF_A_BIN
from explorer.views.view import View
from tests.views.compare import assert_round_trip


def ece(confidence: FloatArray, right: FloatArray, bins: int) -> float:
    """The expected calibration error as it is defined, bins closed on the right."""
    place = np.clip(np.ceil(confidence * bins) - 1, 0, bins - 1)
    parts = [place == k for k in range(bins)]
    return float(sum(abs(confidence[part].sum() - right[part].sum()) for part in parts) / len(confidence))


def shown(found: View, name: str) -> float:
    """The number that a text of the view shows of a step."""
    shown = " ".join(found.texts.values())
    return float(re.findall(f'data-quantity="{name}" data-value="([^"]*)"', shown)[0])


def rows_shown(found: View) -> list[int]:
    """The rows that the table shows, from 0."""
    return [int(row.replace(",", "")) - 1 for row in re.findall("<th scope='row'>([0-9,]+)", found.texts["worst-table"])]


def logits_of_animals() -> tuple[FloatArray, NDArray[np.int64]]:
    """Logits by class, and the index of the true one."""
    table, names = animals(), ["cat", "dog", "fox", "hare", "owl"]
    z = np.column_stack([table[f"logit_{name}"].to_numpy() for name in names])
    return z, np.array([names.index(name) for name in table["label"].to_pylist()])


@pytest.mark.parametrize("several", [False, True], ids=["two classes", "three"])
def test_infinite_losses_are_counted_and_take_no_part_in_what_temperatures_do(several: bool) -> None:
    z = np.random.default_rng(0).normal(size=(300, 3 if several else 2)) * 2
    p = np.exp(log_softmax(z, axis=1))
    p[0], label = np.eye(len(p[0]))[0], np.argmax(p, axis=1)
    label[:1], label[200:] = 1, 0  # the first was ruled out
    table = pa.table({"label": label} | ({f"p_{k}": p[:, k] for k in range(3)} if several else {"y_score": p[:, 1]}))
    found = explorer.view("/rows", rows=table)
    assert found.numbers["mean_loss"] == np.inf
    for chart in found.charts:  # no text of JSON holds what is not finite
        held = [list(chart.values.values()), *chart.rows.values(), *(chart.pool.rows.values() if chart.pool else ())]
        assert all(np.isfinite(list(column)).all() for column in held)
    given = p[np.arange(300), label][1:]
    assert shown(found, "loss_at_T") == pytest.approx(-np.log(given).mean(), rel=1e-4)
    score, right = (p.max(axis=1), p.argmax(axis=1) == label) if several else (p[:, 1], label == 1)
    assert shown(found, "ece_at_T") == pytest.approx(ece(score, right.astype(float), 15), abs=1e-5)


def test_where_every_loss_is_infinite_nothing_is_said_of_finite_ones() -> None:
    for table in (pa.table({"y_true": [1, 0], "y_score": [0.0, 1.0]}), pa.table({"label": [0, 1, 2], **_hot([1, 2, 0])})):
        found = explorer.view("/rows?classes=true", rows=table)
        assert found.numbers["mean_loss"] == np.inf
        assert "temperature" not in found.numbers
        assert not any("nan" in text.lower() for text in found.texts.values())
        assert found.texts["at-temperature"] == "<p>Every loss is infinite, and stays so at any temperature.</p>"
        assert "of what is finite of the loss" in found.texts["beyond"]
        assert [chart.key for chart in found.charts][:2] == ["distribution-chart", "reliability-chart"]
        assert "temperature-chart" not in {chart.key for chart in found.charts}


def _hot(places: list[int]) -> dict[str, list[float]]:
    return {f"p_{k}": [float(place == k) for place in places] for k in range(3)}


def test_rows_that_another_server_offers_are_named() -> None:
    found = explorer.view("/rows?here=a+%3Cb%3E.csv&loss=Focal+loss")
    assert unescape(found.texts["gone"]) == (
        "<p>a <b>.csv is among the rows of the server that this link is of: they are shown there.</p>"
    )
    assert found.address == "/rows?here=a+%3Cb%3E.csv&loss=Focal+loss"
    table = pa.table({"y_true": [1, 0], "y_score": [0.5, 0.25]})
    assert explorer.view(found.address, rows=table).address == "/rows?here=a+%3Cb%3E.csv&loss=Focal+loss"


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["scores.csv"], "scores.csv is not here any more: drop it again, and what was chosen for it holds."),
        (
            ["a.csv/b <img src=x>.csv/c.csv"],
            "a.csv and b <img src=x>.csv are not here any more: drop them again, and what was chosen for them holds.",
        ),
        (["x", "\x1b\u202e../" + "é" * 9000], f".. and {'é' * 40} are not here any more: drop them again, and what was"),
    ],
)
def test_an_address_keeps_what_was_chosen_for_files_that_are_not_here(files: list[str], names: str) -> None:
    query = {"files": files, "loss": ["Huber loss"], "delta": ["0.5"], "truth": ["<b>"], "data": ["Numbers"]}
    found = opened("/rows?" + urlencode(query, doseq=True))
    assert (found.refused, found.numbers, found.charts) == ((), {}, ())
    assert unescape(found.texts["gone"]).startswith(f"<p>{names}")
    assert "<img" not in found.texts["gone"]
    assert len(found.address) < 700
    held = parse_qs(urlsplit(found.address).query)
    assert {name: held[name] for name in query if name != "files"} == {name: query[name] for name in query if name != "files"}
    again = opened(found.address)
    assert (again, again.address, again.refused) == (found, found.address, ())


@pytest.mark.parametrize("nothing", ["", "/", "//\x1b"])
def test_an_address_without_names_of_files_shows_made_up_rows(nothing: str) -> None:
    assert opened("/rows?" + urlencode({"files": nothing})) == opened("/rows")


def test_a_view_of_own_rows_keeps_the_names_of_files() -> None:
    table = pa.table({"y": [0.0, 1.0, 2.0], "yhat": [0.0, 2.0, 2.0]})
    found = opened("/rows?files=scores.csv&loss=Huber+loss&delta=0.5", rows=table)
    assert found.numbers["mean_loss"] == pytest.approx(0.375 / 3)
    assert parse_qs(urlsplit(found.address).query) == {"files": ["scores.csv"], "loss": ["Huber loss"], "delta": ["0.5"]}


@pytest.mark.parametrize("data", ["Two classes", "Five classes", "Tokens"])
def test_what_is_cheap_is_shown_first_and_nothing_changes_once_it_is_shown(data: str) -> None:
    state = State(example(data), data, classes=data == "Two classes")
    views = list(growing(state))
    assert set(views[0].texts) == {"summary", "beyond"}
    assert [chart.key for chart in views[0].charts] == ["distribution-chart"]
    for before, after in pairwise(views):
        assert before.texts.items() <= after.texts.items()
        assert set(map(repr, before.numbers.items())) <= set(map(repr, after.numbers.items()))
        assert [chart.key for chart in before.charts] == [chart.key for chart in after.charts][: len(before.charts)]
    whole = view(state)
    assert (views[-1].texts, repr(views[-1].numbers), views[-1].layout) == (whole.texts, repr(whole.numbers), whole.layout)
    held = {key for row in whole.layout for column in row for key in column}
    assert held == {*whole.texts, *(chart.key for chart in whole.charts)}


def test_two_classes() -> None:
    table = overconfident()
    t, p = (table[name].to_numpy().astype(float) for name in ("y_true", "y_score"))
    losses = -np.where(t == 1, np.log(p), np.log1p(-p))
    found = opened("/rows?bins=10&threshold=0.2")
    numbers = found.numbers
    assert numbers["rows"] == len(t)
    assert numbers["mean_loss"] == pytest.approx(log_loss(t, p), rel=1e-12)
    assert numbers["accuracy"] == accuracy_score(t, p >= 0.5)
    assert numbers["ece"] == pytest.approx(ece(p, t, 10), rel=1e-9)
    assert shown(found, "ece_at_T") == pytest.approx(ece(p, t, 10), rel=3e-6)  # from cells, and shown to three digits
    assert numbers["floor"] == pytest.approx(log_loss(t, np.full(len(t), t.mean())), rel=1e-12)
    best = minimize_scalar(
        lambda T: log_loss(t, expit(logit(p) / T)), bounds=(0.5, 5), method="bounded", options={"xatol": 1e-7}
    )
    assert numbers["temperature"] == pytest.approx(best.x, abs=1e-4)
    assert rows_shown(found) == list(np.argsort(-losses, kind="stable")[:20])
    given = np.where(t == 1, p, 1 - p)
    assert shown(found, "rows_beyond") == (given < 0.2).sum()
    assert shown(found, "percent_beyond") == pytest.approx(100 * (given < 0.2).mean(), rel=1e-9)
    assert shown(found, "percent_of_loss") == pytest.approx(100 * losses[given < 0.2].sum() / losses.sum(), rel=1e-9)
    assert shown(found, "loss_at") == pytest.approx(-np.log(0.2))
    assert_round_trip(found)


def test_several_classes() -> None:
    z, t = logits_of_animals()
    ln_p = log_softmax(z, axis=1)
    found = opened("/rows?data=Five+classes&classes=true")
    assert found.numbers["mean_loss"] == pytest.approx(log_loss(t, np.exp(ln_p)), rel=1e-12)
    top = ln_p.argmax(axis=1)
    assert found.numbers["accuracy"] == pytest.approx((top == t).mean(), rel=1e-12)
    assert found.numbers["ece"] == pytest.approx(ece(np.exp(ln_p.max(axis=1)), (top == t).astype(float), 15), rel=1e-9)
    rows = np.arange(len(t))
    best = minimize_scalar(
        lambda T: -log_softmax(z / T, axis=1)[rows, t].mean(), bounds=(0.3, 3), method="bounded", options={"xatol": 1e-7}
    )
    assert found.numbers["temperature"] == pytest.approx(best.x, abs=1e-4)
    assert rows_shown(found) == list(np.argsort(ln_p[rows, t], kind="stable")[:20])
    counts = found.chart("classes-confusion").figure.data[0].text
    assert [[int(str(text).replace(",", "")) for text in row] for row in counts] == confusion_matrix(t, top).tolist()
    wrong = np.flatnonzero(top != t)
    surest = wrong[np.argsort(-ln_p[wrong].max(axis=1), kind="stable")[:20]]
    assert rows_shown(opened("/rows?data=Five+classes&worst=Confidently+wrong")) == list(surest)


def test_the_rows_of_a_bin_are_those_that_the_diagram_has_there_at_its_temperature() -> None:
    t, p = (overconfident()[name].to_numpy().astype(float) for name in ("y_true", "y_score"))
    z, label = logits_of_animals()
    at = TEMPERATURES[nearest(10**0.22)]  # of several classes
    given = np.where(t == 1, p, 1 - p), log_softmax(z, axis=1)[np.arange(len(z)), label]
    scores = expit(logit(p) / 10**0.22), np.exp(log_softmax(z / at, axis=1).max(axis=1))
    for data, probability, score in zip(("Two+classes", "Five+classes"), given, scores, strict=True):
        found = opened(f"/rows?data={data}&worst=Of+a+bin&bin=11&log_T=0.22&bins=12")
        within = np.flatnonzero(np.ceil(score * 12) == 11)
        assert rows_shown(found) == list(within[np.argsort(probability[within], kind="stable")[:20]])
        chart = found.chart("reliability-chart")
        traces = {trace.uid: trace for trace in chart.figure.data}
        assert traces["shares"].y[10] * chart.values["total"] == pytest.approx(len(within), rel=0.02)  # cells across its ends
        assert np.flatnonzero(traces["chosen"].y).tolist() == [10]
        assert_round_trip(found)
    assert (
        f"Bin 11 of 12: rows whose confidence at T = {at:.3f} is over 0.83333 and up to 0.91667" in found.texts["worst-table"]
    )
    none = opened("/rows?worst=Of+a+bin&bin=13&bins=12")
    assert none.texts["worst-table"] == "<p>There are 12 bins; bin 13 is none of them.</p>"
    assert not any(none.chart("reliability-chart").figure.data[0].y)


def test_the_worst_rows_of_each_class_and_group() -> None:
    table = overconfident()
    t, p = (table[name].to_numpy().astype(float) for name in ("y_true", "y_score"))
    order, group = np.argsort(np.where(t == 1, p, 1 - p), kind="stable"), np.array(table["group"].to_pylist())
    for split, parts, of in (("by+class", (0, 1), t), ("by+group", ("north", "south", "west"), group)):
        found = opened(f"/rows?split={split}")
        assert rows_shown(found) == [row for part in parts for row in order[of[order] == part][:5]]
        assert found.texts["worst-table"].startswith(f"<p>The 5 largest losses of each {split[3:]}: {5 * len(parts)} rows.</p>")
        assert_round_trip(found)
    many = {"y": [0.0, 1.0] * 400, "yhat": [0.5] * 800, "group": [None, *(f"g{k % 200:03}" for k in range(797)), "", "none"]}
    found = view(State(open_rows(pa.table(many | {"weight": [1.0] * 799 + [0.0]})), "", split="by group"))
    assert "<p>The 5 largest losses of each group: the first 100 rows.</p>" in found.texts["worst-table"]
    assert ">none<" not in found.texts["worst-table"]


def test_numbers_and_tokens() -> None:
    t, y = (prices()[name].to_numpy() for name in ("y", "yhat"))
    off = np.abs(y - t)
    huber = opened("/rows?data=Numbers&loss=Huber+loss&delta=0.5")
    assert huber.numbers["mean_loss"] == pytest.approx(np.where(off <= 0.5, off**2 / 2, 0.5 * (off - 0.25)).mean(), rel=1e-12)
    found = opened("/rows?data=Numbers")
    assert found.numbers["mean_loss"] == pytest.approx((off**2).mean(), rel=1e-12)
    assert rows_shown(found) == list(np.argsort(-off)[:20])
    logp = tokens()["logprobs"].to_pylist()
    found = opened("/rows?data=Tokens")
    assert found.numbers["mean_loss"] == pytest.approx(-np.concatenate(logp).mean(), rel=1e-12)
    assert found.numbers["mean_of_means"] == pytest.approx(-np.mean([np.mean(values) for values in logp]), rel=1e-12)


def networks(table: dict[str, list[Any]]) -> list[tuple[str, float]]:
    """The addresses of the rows that the page leads to as networks, with their losses, the largest first."""
    rows = open_rows(pa.table(table))
    worst = rows.report().worst
    lines = text.worst(worst, rows.layout, default(rows.layout), {}).split("<tr>")[2:]
    losses = [float(row["loss"]) for row in worst]
    ways = [re.search("href='(network[^']*)'", line) for line in lines]
    return [("/" + unescape(way[1]), loss) for way, loss in zip(ways, losses, strict=True) if way]


def loss_of_network(address: str) -> float:
    """The loss of a network of one row, by its program."""
    reader = Reader(parse_qs(address.partition("?")[2]))
    state = read(reader)
    x, t = rows_of(state.network, state.data, state.rows, state.table)
    values = dict(zip((*state.network.inputs, *state.network.targets), (*x[0], *t[0]), strict=True))
    assert reader.refused == []
    return float(state.network.program().evaluate({**values, **state.starting})["L"])


def test_a_row_as_a_network_has_its_loss() -> None:
    z = np.random.default_rng(5).normal(0, 3, (12, 3))
    p, names = np.exp(log_softmax(z, axis=1)), ["a", "b", "c"] * 4
    loose = {f"prob_{name}": [0.0, 1e-9, 0.3 + 1e-7, *p[3:, k]] for k, name in enumerate("ab")}
    tables: list[tuple[int, dict[str, list[Any]]]] = [
        (11, {"y": [0.0, 1.0, 0.25, 1.0] * 3, "p": [0.0, 1e-300, 0.7, 1 - 1e-16, *p[4:, 0]], "kind": ["binary"] * 12}),
        (12, {"y_true": [0, 1, 1] * 4, "logit": [-700.0, 40.0, *z[2:, 0]]}),
        (12, {"label": names} | {f"logit_{name}": list(z[:, k]) for k, name in enumerate("abc")}),
        (9, {"label": names} | loose | {"prob_c": [1.0, 1.0, 0.4, *p[3:, 2]]}),
        (12, {"y": list(z[:, 0]), "yhat": list(z[:, 1])}),
    ]
    for count, table in tables:
        found = networks(table)
        assert len(found) == count, table
        for address, loss in found:
            assert loss_of_network(address) == pytest.approx(loss, rel=1e-12, abs=1e-12)
        shown = opened(found[0][0])  # one of each, since a view draws surfaces
        assert shown.numbers["L"] == pytest.approx(found[0][1], rel=1e-12)
        assert shown.refused == ()
        assert shown.address == found[0][0]


@pytest.mark.parametrize(
    "table",
    [
        {"y_true": [1] * 9, "y_score": [0.2, 0.5, 0.9] * 3},
        {"y": [1.0, 2.0, 4.0] * 3, "yhat": [1.5] * 9},
        {"y": [1.0, 2.0, 4.0] * 3, "yhat": [1.0, 2.0, 4.0] * 3},
        {"label": ["<b>" + "a" * 60, "b"] * 5, "prob_<b>" + "a" * 60: [0.0, 0.3] * 5, "prob_b": [1.0, 0.7] * 5},
    ],
    ids=["one class", "constant", "exact", "long names, infinite losses"],
)
def test_odd_rows_are_shown(table: dict[str, list[object]]) -> None:
    rows = open_rows(pa.table(table))
    for worst in (CONFIDENT, LIKELY, OF_A_BIN) if rows.layout.classes else ("Largest loss",):
        found = view(State(rows, "", worst=worst, bin=15, classes=True, weigh=True, libraries=True, recognised=True))
        assert found.numbers["rows"] == len(rows.raw.to_pyarrow())
        assert "NaN" not in found.texts["beyond"]
        assert "<b>a" not in "".join(found.texts.values())


def test_where_no_row_counts_a_sentence_says_why() -> None:
    rows = open_rows(pa.table({"y_true": [0, 1] * 5, "y_score": [0.25] * 10, "weight": [0.0] * 10}))
    found = view(State(rows, ""))
    assert found.charts == ()
    assert found.texts == {"nothing": "<p class='live-alert live-warning' role='alert'>No row counts: every weight is 0.</p>"}


def test_a_page_without_a_server_has_no_link_to_another_page() -> None:
    found = explorer.view("/rows")
    assert "href=" in found.texts["worst-table"]
    assert "href=" not in re.sub("<link[^>]*>", "", found.to_html())
