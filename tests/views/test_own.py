"""A loss that somebody types on /losses: what is read of it, its address, its sentences, and the page that shows it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from urllib.parse import quote

import pytest

import explorer
from explorer.core.algebra import budget
from explorer.core.algebra.naming import is_short
from explorer.core.losses import LOSSES
from explorer.views import losses
from explorer.views.address import view
from explorer.views.fields import Reader
from explorer.views.floats import fits
from explorer.views.losses import State
from explorer.views.losses.own import MOST, Own, Symbols
from explorer.views.losses.own import own as asked
from explorer.views.losses.state import apart, shown
from tests.pages.steps import errors, open_page, warnings
from tests.views.compare import assert_round_trip, assert_same

TEXTS = (
    "log(1 + exp(-y*f))",
    "-(t*log(p) + (1 - t)*log(1 - p))",
    "c^2/2*(1 - exp(-((y - t)/c)^2))",
    "where(abs(y - t) < delta, (y - t)^2/2, delta*(abs(y - t) - delta/2))",
    "-(t1*log(p1) + t2*log(p2) + t3*log(p3))",
    "log(exp(z1) + exp(z2)) - z1",
    r"\frac{1}{N}\sum_i (y_i - \hat{y}_i)^2",
    "w1x1 + e*y^2",
    "(y - scale)^2/rate + loss*slope_2 + at + L^2 + d_y + gallery + typed + by + v1x + u1",
    "lambda*x^2",
    "+".join(f"(y - t)^{k}/{k}" for k in range(2, 22)),
)
OTHERS = ("huber", "hinge", "binary_cross_entropy", "poisson", "quantile")


def own(text: str, draw: random.Random) -> Own:
    """The loss of a text with some of its symbols as they are proposed, others as chance has it."""
    return asked(text, *[lambda field: draw.choice(field.options) if draw.random() < 0.25 else field.default] * 2)


def states(count: int) -> Iterator[State]:
    draw = random.Random(3)
    for k in range(count):
        typed = own(TEXTS[k % (len(TEXTS) - 1)], draw)  # a long one takes a process for each way that it is taken
        others = [LOSSES[name].title for name in draw.sample(OTHERS, 2)]
        beside = tuple(title for title in others if title not in apart(tuple(others), typed))
        fields = losses.fields.numbers(shown(beside, own=typed))
        values = tuple(draw.choice((field.low, field.high, field.default)) for field in fields.values())
        plain = draw.random() < 0.2 and fits(typed.expr)
        yield State(beside, values, own=typed, libraries=draw.random() < 0.2, floats=plain)


def test_states_come_back_from_their_addresses() -> None:
    for state in states(60):
        reader = Reader(state.write())
        assert losses.read(reader) == state
        assert reader.refused == []


def test_views_come_back_and_the_page_shows_them() -> None:
    for state in states(3):
        shown_view = losses.view(state)
        assert_round_trip(shown_view)
        assert_same(shown_view)


@pytest.mark.parametrize(
    ("query", "sentences"),
    [
        ({"typed": "sum(x"}, ['"(" is not closed, at character 4.']),
        ({"typed": "3"}, ["A loss must have a symbol that is predicted, such as p; this is a number."]),
        ({"typed": "x*" * 6_000 + "1"}, ["An expression may have at most 2,000 characters; got 12,001."]),
        (
            {"typed": "+".join(f"x_{k}" for k in range(MOST + 1))},
            [f"A loss on this page may have at most {MOST} symbols; got {MOST + 1}."],
        ),
        (
            {"typed": "(y - t)^2", "role_y": "target", "role_q": "target", "domain_t": "huge"},
            [
                "The link's domain_t = “huge” was ignored: domain_t must be any number, a logit, above 0, 0 or more, 0 to 1, "
                "between 0 and 1, −1 or 1, 0 or 1 or a count. The default is shown.",
                "The link's role_y was ignored: y is what is predicted.",
                "The link's role_q was ignored: nothing is asked of q.",
            ],
        ),
        (
            {"typed": "(y - t)^2", "loss": "hinge"},
            ["Hinge loss left out: your loss is over another kind of prediction."],
        ),
        (
            {"typed": "(y - t)^2", "by": "q"},
            ["The link's by = “q” was ignored: by must be a symbol of the expression. The default is shown."],
        ),
    ],
)  # fmt: skip
def test_what_is_refused_is_said_here_and_on_the_page(query: dict[str, str], sentences: list[str]) -> None:
    address = "/losses?" + "&".join(f"{name}={quote(text, safe='')}" for name, text in query.items())
    assert list(view(address).refused) == sentences
    page = open_page("losses", **query)
    assert sorted({*errors(page), *warnings(page)}) == sorted(sentences)


def test_five_losses_of_the_catalogue_have_no_room_beside_a_typed_one() -> None:
    names = ("squared_error", "absolute_error", "huber", "welsch", "tukey")
    refused = view("/losses?typed=y-t&" + "&".join(f"loss={name}" for name in names)).refused
    assert refused == ("Tukey's biweight loss left out: 5 losses is the most on one axis.",)


def test_symbols_that_the_page_has_for_itself_get_another_name() -> None:
    shown_view = view(
        "/losses?typed=" + quote("(y - t)^2/scale + loss*slope_2^2 + d_y", safe="") + "&loss_typed=2&scale_typed=4"
    )
    assert {"loss_typed", "scale_typed", "slope_2_typed", "own_d_y"} <= set(shown_view.numbers)
    assert shown_view.numbers["L"] == 1.5**2 / 4 + 2 + 1
    assert shown_view.refused == ()
    assert "loss_typed" in shown_view.code("NumPy")


def test_roles_and_domains_can_be_other_ones() -> None:
    text = quote("log(1 + exp(-y*f))", safe="")
    assert view(f"/losses?typed={text}").numbers["y"] == 1
    swapped = view(f"/losses?typed={text}&by=y&role_f=target&domain_y=any+number&domain_f=0+or+1&f=0").state
    assert isinstance(swapped, State)
    assert [(one.name, one.role, one.domain.allowed) for one in swapped.shown.inputs] == [
        ("y", "prediction", "a number"),
        ("f", "target", "0 or 1"),
    ]


def test_where_a_typed_loss_fails_in_plain_floats_is_told_beside_what_is_computed_instead() -> None:
    text = quote("-log(erfc(-z/sqrt(2))/2)", safe="")
    shown_view = view(f"/losses?typed={text}&by=z&floats=true")
    table = shown_view.texts["floats-table"]
    assert "float64</th><td>overflows" in table
    assert "<code>-log_half_erfc(-sqrt(2)*z/2)</code>" in table
    assert "floats=true" in shown_view.address
    assert_same(shown_view)
    assert "floats" not in view("/losses?loss=huber&floats=true").address


def test_a_typed_loss_has_all_that_one_of_the_catalogue_has() -> None:
    text = quote("where(abs(y - t) < d, (y - t)^2/2, d*(abs(y - t) - d/2))", safe="")
    both = view(
        f"/losses?typed={text}&loss=huber&y=2.5&facts=true&estimate=true&fit=true&libraries=true&d=0.5&domain_d=above+0"
    )
    assert both.numbers["L"] == pytest.approx(both.numbers["L_2"] * 0.5 * (2.5 - 0.25) / 2, rel=1e-12)
    assert {"estimate-chart", "fit-chart"} <= {chart.key for chart in both.charts}
    assert both.numbers["best1"] == pytest.approx(view("/losses?loss=huber&delta=0.5&estimate=true").numbers["best1"], rel=1e-6)
    assert "Equals Huber loss with δ = d, " in both.texts["equals"]
    assert "kink" not in both.texts["facts-table"]
    assert "None of the libraries" in both.texts["libraries-table"]
    for language in ("NumPy", "SQL", "LaTeX", "SymPy"):
        assert both.code(language)


@pytest.mark.parametrize(
    ("text", "more", "chart"),
    [
        ("-(t1*log(p1) + t2*log(p2) + t3*log(p3))", "", "picture"),
        ("log(1 + exp(l - w))", "&by=w&role_l=prediction", "picture"),
        ("y1^2 + y2^2 + y3^2", "", "chart"),
        ("where(where(y < t, y, t) < exp(w), where(y < t, y, t), exp(w))", "", "chart"),
        ("(a1 - b1)^2 + (a2 - b2)^2", "&role_b1=prediction&role_b2=prediction", "chart"),
    ],
)
def test_a_picture_is_shown_where_it_makes_sense(text: str, more: str, chart: str) -> None:
    opened = view(f"/losses?typed={quote(text, safe='')}{more}")
    assert (opened.charts[0].key, opened.refused) == (chart, ())
    assert opened.code("LaTeX")


def test_a_long_loss_is_shown_step_by_step() -> None:
    opened = view("/losses?typed=" + quote(TEXTS[-1], safe=""))
    assert isinstance(opened.state, State)
    assert opened.state.own is not None
    assert not is_short(opened.state.own.expr)
    assert "data-quantity='u1_L'" in opened.texts["formulas"].replace('"', "'")


def test_a_loss_without_end_is_refused_and_tried_again_another_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object) -> None:
        raise TimeoutError

    text = "/losses?typed=" + quote("+".join(f"(y - t)^{k}/{k + 1}" for k in range(2, 22)), safe="")
    with monkeypatch.context() as patch:
        patch.setattr(budget, "run", late)
        assert view(text).refused == ("This loss takes more than 5 seconds to be worked out: write a shorter one.",)
    assert view(text).refused == ()


def test_what_was_set_stays_while_a_text_is_none() -> None:
    page = open_page("losses")
    page.text_input(key="typed").set_value("log(1 + exp(-y*f))").run()
    assert page.multiselect(key="loss").value == []
    page.multiselect(key="loss").set_value(["Hinge loss"]).run()
    page.selectbox(key="domain_f").set_value("any number").run()
    page.slider(key="f").set_value(0.5).run()
    page.text_input(key="typed").set_value("log(1 + exp(-y*f)").run()
    assert errors(page) == ['"(" is not closed, at character 4. log(1 + exp(-y*f)) is shown.']
    assert (page.selectbox(key="domain_f").value, page.slider(key="f").value) == ("any number", 0.5)
    page.text_input(key="typed").set_value("log(1 + exp(-y*f))*T").run()
    assert errors(page) == []
    assert (page.selectbox(key="domain_f").value, page.slider(key="f").value) == ("any number", 0.5)
    assert page.slider(key="T").label == "Parameter T"
    assert not page.exception


def test_proposals_follow_the_text_where_nobody_has_chosen() -> None:
    page = open_page("losses")
    bce = "-t*log(p) - (1 - t)*log(1 - p)"
    for text, domain in (("(p - t)^2", "any number"), (bce, "0 to 1"), ("(p - t)^2/2", "any number")):
        page.text_input(key="typed").set_value(text).run()
        assert page.selectbox(key="domain_p").value == domain
    page.text_input(key="typed").set_value("").run()
    assert list(page.multiselect(key="loss").value) == list(State().chosen)
    assert not page.exception


def test_the_package_opens_a_typed_loss_in_a_page_of_its_own() -> None:
    opened = explorer.view("/losses?typed=" + quote(r"-y\log\hat{p} - (1 - y)\log(1 - \hat{p})", safe=""))
    assert opened.numbers["L"] == pytest.approx(1.6094379)
    assert "Read as LaTeX: prediction phat; target y." in opened.texts["reading"]
    assert "phat" in opened.to_html()


def test_what_is_asked_of_symbols_is_what_they_may_be() -> None:
    fields = Symbols(asked("-t*log(p)", *[lambda field: field.default] * 2).expr)
    kinds = fields.kinds("p", {"p": "prediction", "t": "target"})
    assert "a count" not in kinds["p"].options
    assert "a count" in kinds["t"].options
    assert "shares of 1" not in kinds["t"].options
