"""The page /algebra as Streamlit runs it, without a browser."""

from __future__ import annotations

import json
import re
import time
from functools import partial
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from sympy import Expr, Symbol

from explorer.core.algebra import chain
from explorer.core.algebra.execution import Outcome, outcome
from explorer.core.network import Network
from explorer.pages.algebra.examples import EXAMPLES, Example
from explorer.views.algebra import start as starts
from explorer.views.algebra.start import address_of
from explorer.views.algebra.steps import said as phrase
from explorer.views.view import CODES
from tests.pages import steps
from tests.pages.steps import data, errors, html, warnings

open_page = partial(steps.open_page, "algebra")
SLOPE = "differentiate p; factor"


def formulas(page: AppTest) -> list[str]:
    return [element.value.strip("$\n") for element in page.latex]


def heads(page: AppTest) -> list[str]:
    """The line above each formula."""
    return [text for text in html(page) if text.startswith(("Start", *"123456789"))]


def chain_of(page: AppTest) -> str:
    value = page.query_params["chain"]
    return value if isinstance(value, str) else value[0]


def numbers(page: AppTest) -> dict[str, float]:
    text = "".join(d["html"] for d in data(page) if "html" in d)
    found = re.findall(r'data-quantity="(\w+)" data-value="([^"]+)"', text)
    return {name: float(value.replace("Infinity", "inf")) for name, value in found}


def finished(page: AppTest) -> AppTest:
    """The page once no step is at work, as its own reruns would have it."""
    for _ in range(60):
        if not any("Working:" in text for text in html(page)):
            return page
        time.sleep(0.2)
        page.run()
    raise AssertionError("A step is still at work.")


def apply(page: AppTest, operation: str, **operands: Any) -> AppTest:
    """Choose an operation, give its operands by their labels and press Apply."""
    page.selectbox(key="next step").set_value(operation).run()
    for label, value in operands.items():
        widgets: list[Any] = [*page.selectbox, *page.multiselect, *page.text_input]
        (control,) = [widget for widget in widgets if widget.label == label]
        control.set_value(value if isinstance(value, list) else str(value))
    (button,) = [b for b in page.button if b.label == "Apply"]
    button.click().run()
    assert not page.exception
    return finished(page)


EXPECTED = {
    "The slope of binary cross-entropy, factored": r"\frac{p - t}{p \left(1 - p\right)}",
    "… divided by the slope of squared error": r"\frac{1}{2 p \left(1 - p\right)}",
    "… in the logit: sigmoid less target": r"\sigma\left(z\right) - t",
    "Softmax cross-entropy's Hessian": r"p_{1} \left(1 - p_{1}\right) \left(t_{1} + t_{2} + t_{3}\right)",
    "A network without activation, multiplied out": r"b_{1,1} w_{2,1,1}",
}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_every_example_is_worked_out_and_checked(example: Example) -> None:
    query = {key: str(value) for key, value in example.controls.items() if key != "with"}
    page = finished(open_page(**query, chain=example.chain))
    assert not errors(page)
    assert not warnings(page)
    steps_shown = heads(page)[1:]
    assert len(steps_shown) == example.chain.count(";") + 1
    assert all("Agrees" in head for head in steps_shown)
    if example.title in EXPECTED:
        assert EXPECTED[example.title] in formulas(page)[-1]


def test_an_example_is_opened_at_a_click() -> None:
    page = open_page()
    page.session_state["examples-open"] = True
    page.run().button(key=f"example {EXAMPLES[1].title}").click().run()
    assert not page.session_state["examples-open"]
    assert formulas(finished(page))[-1] == EXPECTED[EXAMPLES[1].title]
    assert chain_of(page) == EXAMPLES[1].chain


def test_a_step_is_applied_and_undone() -> None:
    page = apply(open_page(), "differentiate", Symbol="p")
    assert chain_of(page) == "differentiate p"
    page = apply(page, "multiply", Expression="p (1 - p)")
    assert chain_of(page) == "differentiate p; multiply p (1 - p)"
    page = apply(page, "simplify")
    assert formulas(page)[-1] == "p - t"
    (undo,) = [b for b in page.button if b.label == "Undo"]
    undo.click().run()
    assert chain_of(page) == "differentiate p; multiply p (1 - p)"
    (clear,) = [b for b in page.button if b.label == "Clear"]
    clear.click().run()
    assert "chain" not in page.query_params
    assert len(formulas(page)) == 1


@pytest.mark.parametrize(
    ("operation", "operands", "chain"),
    [
        ("differentiate", {"Symbol": "p", "Times": 2}, "differentiate p, 2"),
        ("gradient", {"Symbols": ["p", "t"]}, "gradient p, t"),
        ("gradient", {}, "gradient"),
        ("series", {"Symbol": "p", "Point": "1/2", "Order": 3}, "series p, 1/2, 3"),
        ("series", {"Symbol": "p", "Point": "1/2", "Order": 4}, "series p, 1/2"),
        ("limit", {"Symbol": "p", "Point": "0", "From": "above"}, "limit p, 0, above"),
        ("rewrite", {"As": "logit"}, "rewrite logit"),
        ("substitute", {"Symbol": "p", "Expression": "sigmoid(z)"}, "substitute p, sigmoid(z)"),
    ],
)
def test_operands_become_part_of_the_chain(operation: str, operands: dict[str, Any], chain: str) -> None:
    page = apply(open_page(), operation, **operands)
    assert chain_of(page) == chain
    assert not errors(page)
    assert len(heads(page)) == 2


def test_what_cannot_be_read_is_said_and_changes_nothing() -> None:
    page = apply(open_page(chain=SLOPE), "multiply", Expression="eval('1')")
    assert len(errors(page)) == 1
    assert chain_of(page) == SLOPE
    assert len(formulas(page)) == 3


def test_a_step_without_a_result_keeps_the_chain_and_says_why() -> None:
    page = finished(open_page(chain=f"{SLOPE}; substitute p, 0; expand"))
    assert errors(page) == ["At p = 0 there is no value; take the limit there."]
    assert len(formulas(page)) == 3
    assert chain_of(page) == f"{SLOPE}; substitute p, 0; expand"
    page = apply(page, "limit", Symbol="p", Point="0", From="above")
    assert chain_of(page) == f"{SLOPE}; limit p, 0, above"
    assert not errors(page)


def test_a_link_with_a_bad_step_shows_the_good_ones() -> None:
    page = finished(open_page(chain="differentiate p; conjure q; factor"))
    (warning,) = warnings(page)
    assert "Step 2, “conjure q”, was left out with what follows" in warning
    assert len(formulas(page)) == 2


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("differentiate p", "differentiate by p"),
        ("differentiate p, 2", "differentiate by p, 2 times"),
        ("limit p, 0", "limit of p to 0"),
        ("limit p, 0, above", "limit of p to 0 from above"),
        ("series p, 1/2", "series in p at 1/2, order 4"),
        ("series p", "series in p at 0, order 4"),
        ("gradient", "gradient by every symbol"),
        ("gradient p, t", "gradient by p, t"),
        ("substitute p, sigmoid(z)", "substitute p = sigmoid(z)"),
    ],
)
def test_a_step_says_all_that_was_set(step: str, said: str) -> None:
    ((found,), problem) = chain.read(step)
    assert not problem
    assert phrase(found) == said


def test_options_of_a_loss_are_in_the_link_as_they_are_called() -> None:
    page = open_page(of="cross entropy", **{"with": "label smoothing"})
    assert not warnings(page)
    assert "epsilon" in formulas(page)[0]


def test_a_symbol_that_does_not_occur_is_named() -> None:
    page = finished(open_page(start="typed", typed="x^2 + y", chain="differentiate q; gradient x, r, s"))
    assert warnings(page) == [
        "q does not occur in what this step starts from.",
        "x, r, s do not occur in what this step starts from.",
    ]
    assert not warnings(finished(open_page(start="typed", typed="x^2 + y", chain="differentiate x; substitute x, q")))


def test_whatever_sympy_raises_on_a_typed_expression_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(expr: Expr) -> Outcome:
        if Symbol("q") in expr.free_symbols:
            raise TypeError("Invalid comparison of complex x")
        return outcome(expr)

    monkeypatch.setattr(starts, "outcome", raising)
    page = open_page(start="typed", typed="x + 41")
    page.text_input(key="typed").set_value("q + 43").run()
    assert not page.exception
    (error,) = errors(page)
    assert error.startswith("This expression cannot be worked with: Invalid comparison of complex x")
    assert formulas(page) == ["41 + x"]


def test_a_failed_step_can_be_tried_again() -> None:
    page = finished(open_page(chain="substitute p, 0"))
    assert len(errors(page)) == 1
    assert not apply(page, "factor").error


def test_the_symbol_plotted_over_is_the_one_in_the_address() -> None:
    page = finished(open_page(of="cross entropy with logits", classes="4", along="z4"))
    page.text_input(key="classes").set_value("3").run()
    assert page.selectbox(key="along").value == "z1"
    page.text_input(key="classes").set_value("4").run()
    assert page.selectbox(key="along").value == "z1"


def test_a_chain_does_not_go_on_from_an_expression_that_nobody_typed() -> None:
    page = finished(open_page(start="typed", typed="x^^2", chain="differentiate x"))
    assert len(errors(page)) == 1
    assert len(formulas(page)) == 1
    assert chain_of(page) == "differentiate x"


def test_a_chain_too_long_for_an_address_is_refused() -> None:
    page = open_page(start="typed", typed="x", chain=f"add {'+'.join(['y'] * 900)}")
    page = apply(page, "add", Expression="+".join(["z"] * 200))
    assert errors(page) == ["A chain must have at most 2,000 characters; this one has 2,208, and was left out."]
    assert len(chain_of(page)) == 1803


@pytest.mark.parametrize("of", ["squared error", "huber", "hinge", "poisson", "cross entropy", "multiclass hinge", "dice"])
def test_a_loss_of_every_kind_can_be_a_start(of: str) -> None:
    page = open_page(of=of)
    assert not warnings(page)
    assert len(formulas(page)) == 1
    assert "L" in numbers(page)


def test_a_typed_expression_may_be_in_either_notation() -> None:
    python = open_page(start="typed", typed="t*log(x) + x**2")
    wolfram = open_page(start="typed", typed="t Log[x] + x^2")
    assert formulas(python) == formulas(wolfram) == [r"t \ln x + x^{2}"]


def test_what_can_be_read_in_two_ways_is_asked() -> None:
    page = open_page(start="typed", typed="w1x1 + e*x")
    assert formulas(page) == [r"e x + w1x1"]
    assert "parameters e, w1x1" in heads(page)[0]
    page.session_state["as-w1x1"] = "product"
    page.session_state["as-e"] = "number"
    page.run()
    assert formulas(page) == [r"w_{1} x_{1} + e x"]
    assert "parameters w1, x1" in heads(page)[0]
    assert not warnings(page)


def test_how_a_pasted_formula_is_read_is_said() -> None:
    page = open_page(start="typed", typed=r"-\frac{1}{N}\sum_i y_i\log\hat{y}_i")
    assert formulas(page) == [r"- y \ln \hat{y}"]
    assert heads(page)[0].endswith("Read as LaTeX: prediction yhat; target y.The sum over i is the mean over rows here.")


def test_a_typed_expression_that_is_none_keeps_the_last_one() -> None:
    page = open_page(start="typed", typed="x^2")
    page.text_input(key="typed").set_value("x^^2").run()
    (error,) = errors(page)
    assert error.endswith(" x^2 is shown.")
    assert formulas(page) == ["x^{2}"]
    assert page.text_input(key="typed").value == "x^^2"


def test_a_symbol_may_have_the_name_of_a_control() -> None:
    page = finished(open_page(start="typed", typed="chain*start + along*typed + L", chain="differentiate start"))
    assert not errors(page)
    assert formulas(page)[-1] == r"chain"


def test_the_numbers_are_those_at_the_sliders() -> None:
    page = finished(open_page(chain="differentiate p", **{"at-p": "0.4", "at-t": "0.25"}))
    found = numbers(page)
    assert found["L"] == pytest.approx((0.4 - 0.25) / (0.4 * 0.6), rel=1e-12)
    assert found["d_t"] == pytest.approx(-1 / (0.4 * 0.6), rel=1e-12)
    page.slider(key="at-t").set_value(1.0).run()
    assert numbers(page)["L"] == pytest.approx(-1 / 0.4, rel=1e-12)


def test_a_bad_number_in_a_link_is_explained() -> None:
    page = open_page(**{"at-p": "7"})
    assert warnings(page) == ["The link's at-p = “7” was ignored: at-p must be a number from 0 to 1. The default is shown."]


def test_a_hessian_is_shown_as_a_matrix_of_numbers() -> None:
    page = finished(open_page(of="cross entropy with logits", chain="hessian z1, z2, z3", **{"at-z1": "0"}))
    found = numbers(page)
    e = np.exp([0.0, 0.0, -1.0])
    p = e / e.sum()
    expected = np.diag(p) - np.outer(p, p)
    shown = [[found[f"L{i}_{j}"] for j in (1, 2, 3)] for i in (1, 2, 3)]
    np.testing.assert_allclose(shown, expected, rtol=1e-9)


def test_entries_are_called_by_their_derivatives() -> None:
    page = finished(open_page(chain="gradient p, t"))
    figure = next(d["figure"] for d in data(page) if "figure" in d)
    assert {trace["name"] for trace in json.loads(figure)["data"]} >= {"∂/∂p", "∂/∂t"}


def test_an_endless_step_is_at_work_and_can_be_cancelled() -> None:
    page = open_page(start="typed", typed="(a + b + c + d + e + f)^90", chain="expand")
    assert any("Working: expand." in text for text in html(page))
    page.button(key="cancel step").click().run()
    assert not any("Working:" in text for text in html(page))
    assert "chain" not in page.query_params


@pytest.mark.parametrize("language", CODES)
def test_every_language_is_given_away(language: str) -> None:
    page = finished(open_page(chain=SLOPE))
    page.session_state["share"] = True
    page.session_state["share-code"] = language
    page.run()
    assert not page.exception
    (code,) = page.code
    assert code.value.strip()
    if language == "SQL":
        assert 'AS "L"' in code.value
        page.selectbox(key="share-dialect").select("Spark").run()
        assert "AS `L`" in page.code[0].value


def test_a_network_page_leads_here() -> None:
    network = Network((2, 3, 2), "relu", "softmax", "index")
    query = dict(part.split("=") for part in address_of(network).split("&"))
    page = open_page(**{key: value.replace("+", " ").replace("%2C", ",") for key, value in query.items()})
    assert heads(page)[0].startswith("Start · ")
    assert not warnings(page)
    assert page.text_input(key="sizes").value == "2-3-2"


WEIGHTED = "w*t*log(1 + exp(-z)) + (1 - t)*log(1 + exp(z))"
EDGES = [
    ({"of": "binary cross entropy"}, "", {"p": 1, "t": 1}, {"p": -1}),
    ({"of": "binary cross entropy"}, "", {"p": 0, "t": 0}, {"p": 1}),
    ({"of": "cross entropy", "classes": "2"}, "", {"p1": 0, "t1": 0, "p2": 1, "t2": 1}, {"p1": 0, "p2": -1}),
    *(
        ({"start": "typed", "typed": "-t*(1-p)^gamma*log(p)"}, "", {"p": 1, "t": 1, "gamma": gamma}, {"p": 0, "gamma": 0})
        for gamma in (0.5, 2)
    ),
    *(
        ({"start": "typed", "typed": WEIGHTED}, f"substitute z, {z}*z; ", {"w": 3, "t": 0.25, "z": sign}, {"z": slope * z})
        for z in (710, 10000)
        for sign, slope in ((1, 0.75), (-1, -0.75))
    ),
]


@pytest.mark.parametrize(("start", "first", "at", "expected"), EDGES)
@pytest.mark.parametrize("step", ["factor", "expand", "simplify"])
def test_the_slopes_of_a_result_stay_finite_at_the_edges(
    start: dict[str, str], first: str, at: dict[str, float], expected: dict[str, float], step: str
) -> None:
    page = finished(open_page(**start, chain=first + step, **{f"at-{name}": str(value) for name, value in at.items()}))
    assert not errors(page)
    assert not warnings(page)
    found = numbers(page)
    assert not np.isnan(list(found.values())).any(), found
    assert {name: found[f"d_{name}"] for name in expected} == pytest.approx(expected, abs=1e-9)
