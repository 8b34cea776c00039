"""Results of algebra over the whole range: finite in floats wherever the truth is, and a check that sees where they are not."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Expr, S, cosh, exp, expand, log, sinh, symbols, together

from explorer.core.algebra import agreement, read, rewriting, sampling
from explorer.core.algebra.computing import computable
from explorer.core.algebra.exact import Exact
from explorer.core.algebra.execution import Outcome, work
from explorer.core.algebra.layering import Subject
from explorer.core.algebra.operands import parsed
from explorer.core.algebra.operations import OPERATIONS
from explorer.core.formulas import LOSSES
from explorer.core.functions import positive, softplus

a, b, p, t, w, x, z, gamma = symbols("a b p t w x z gamma")

STARTS: dict[str, Expr] = {
    "BCE": rewriting.plain(LOSSES["binary_cross_entropy"]().inline(textbook=False)),
    "CE": rewriting.plain(LOSSES["cross_entropy"](2).inline(textbook=False)),
    "focal": rewriting.plain(LOSSES["cross_entropy"](1, focal=True).inline(textbook=False)),
    "weighted": read("w*t*log(1+exp(-z)) + (1-t)*log(1+exp(z))"),
    "binary focal": read("-t*(1-p)^gamma*log(p) - (1-t)*p^gamma*log(1-p)"),
    "sigmoid": read("1/(1+exp(-z))"),
    "tanh": read("(exp(x)-exp(-x))/(exp(x)+exp(-x))"),
    "bounded": read("(exp(t*(a+2))-1)*exp(-t*(a+2))"),
    "odds": read("exp(z)/(exp(z)-1)"),
}
CHAINS = [
    ("BCE", "differentiate p", {"p": 1, "t": 1}, -1),
    ("BCE", "differentiate p; factor", {"p": 1, "t": 1}, -1),
    ("BCE", "differentiate p; factor", {"p": 0, "t": 0}, 1),
    ("BCE", "differentiate p; expand", {"p": 1, "t": 1}, -1),
    ("BCE", "differentiate p; together; expand", {"p": 1, "t": 1}, -1),
    ("BCE", "differentiate p; cancel", {"p": 1, "t": 1}, -1),
    ("BCE", "differentiate p; cse", {"p": 0, "t": 0}, 1),
    ("BCE", "differentiate p, 2; factor", {"p": 1, "t": 1}, 1),
    ("CE", "differentiate p1", {"p1": 0, "t1": 0}, 0),
    *(
        ("focal", chain, {"p1": 1, "t1": 1, "gamma": g}, 0)
        for chain in ("differentiate p1", "differentiate p1; factor", "differentiate p1; expand")
        for g in (0.5, 2)
    ),
    ("focal", "differentiate p1", {"p1": 0, "t1": 0, "gamma": 2}, 0),
    ("focal", "substitute gamma, 1/2; differentiate p1; simplify", {"p1": 1, "t1": 1}, 0),
    ("binary focal", "differentiate p; factor", {"p": 0, "t": 0, "gamma": 0.5}, 0),
    *(("weighted", "differentiate z; simplify", {"w": 3, "t": 0.25, "z": z}, 0.75) for z in (89, 710, 800)),
    *(("sigmoid", f"differentiate z, {k}; simplify", {"z": 800}, 0) for k in (2, 3)),
    ("tanh", "expand", {"x": 800}, 1),
    ("tanh", "factor", {"x": -800}, -1),
    ("bounded", "factor", {"a": 20, "t": 100}, 1),
    ("odds", "expand", {"z": 800}, 1),
]


@lru_cache
def done(start: str, chain: str) -> Outcome:
    found: Subject = STARTS[start]
    for step in chain.split("; "):
        name, _, rest = step.partition(" ")
        result = work(found, name, parsed(OPERATIONS[name].asks, rest.split(", ") if rest else []))
        found = result.subject
    return result


@pytest.mark.parametrize(("start", "chain", "at", "expected"), CHAINS)
def test_a_result_has_the_value_that_the_loss_knows(start: str, chain: str, at: dict[str, float], expected: float) -> None:
    result = done(start, chain)
    assert result.agreement is not None
    assert result.agreement.holds, str(result.agreement)
    for floats in (np.float64, np.float32):
        columns = {name: np.array([value], dtype=np.float64) for name, value in at.items()}
        assert agreement.values(result.computed, columns, floats).item() == pytest.approx(expected, abs=1e-6)


EXPONENT = st.sampled_from([z, -z, 2 * z, a, a - z, z / 2])
TERM = st.one_of(EXPONENT.map(exp), st.sampled_from([S.One, t, S(2)]))
SUM = st.builds(lambda c, x, y: c * x + y, st.sampled_from([S.One, t, w]), TERM, TERM)
HYPERBOLIC = st.one_of(EXPONENT.map(sinh), EXPONENT.map(cosh), st.just(cosh(z) + 1))
GROWING = st.one_of(EXPONENT.map(lambda e: exp(e) + 1), st.sampled_from([exp(z) + exp(-z), cosh(z) + 1, exp(a) + exp(z) + 2]))
RATIO = st.builds(lambda x, y, n: x * y**-n, st.one_of(SUM, HYPERBOLIC), GROWING, st.sampled_from([1, 1, 2]))
SHARES = st.sampled_from([p - t, t, 1 - t, p * (1 - t), t * (1 - p), t - p * t, p**2 - 2 * p * t + t])
EDGES = st.sampled_from([p, 1 - p, p * (1 - p), p**2, p * (1 - p) ** 2, p - p**2])
QUOTIENT = st.builds(lambda x, y, change: change(x / y), SHARES, EDGES, st.sampled_from([S, expand, together]))


@settings(deadline=None, max_examples=40, derandomize=True)
@given(st.one_of(RATIO, QUOTIENT))
def test_any_ratio_is_finite_where_it_can_be(plain: Expr) -> None:
    found = agreement.as_computed(plain, computable(plain))
    assert found.holds, str(found)


@pytest.mark.parametrize("text", ["2^z/(2^z + 1)", "3^z/(2^z + 3^z)", "(2^z - 2^(-z))/(2^z + 2^(-z))", "t*2^(2*z)/(1 + 2^z)^2"])
def test_a_ratio_of_powers_of_numbers_is_finite_far_out(text: str) -> None:
    ratio = read(text)
    for far in (-3000, 3000):
        columns = {name: np.array([{"z": far, "t": 0.5}[name]], dtype=np.float64) for name in map(str, ratio.free_symbols)}
        ((expected,),) = Exact(ratio).values(columns, 1)
        found = agreement.values(computable(ratio), columns).item()
        assert found == pytest.approx(float(expected), rel=1e-9, abs=1e-300)


@pytest.mark.parametrize(
    ("start", "wrong"),
    [
        (softplus(z), softplus(z) + positive(z - 5) / 1000),
        (log(p) * t, log(p) * t + positive(p - 0.999999) / 1000),
        (softplus(z), (z + 2 * log(2) + z**2 / 4 - z**4 / 96 + z**6 / 1440 - 17 * z**8 / 322560) / 2),
        (1 / (1 + exp(-z)), 1 / (1 + exp(-z + z**7 / 10**17))),
    ],
)
def test_what_is_wrong_only_far_out_is_noticed(monkeypatch: pytest.MonkeyPatch, start: Expr, wrong: Expr) -> None:
    monkeypatch.setitem(OPERATIONS, "simplify", replace(OPERATIONS["simplify"], run=lambda before, inputs: wrong))
    found = work(start, "simplify", ()).agreement
    assert found is not None
    assert not found.holds
    assert str(found).startswith("Disagrees: by up to ")


def test_what_overflows_is_noticed_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.core.algebra.computing.stable", lambda expr, inputs: expr)
    found = work(exp(z) / (1 + exp(z)), "together", ()).agreement
    assert str(found) == "Disagrees as computed in float64: nan where it is 1, at z = 800."


def test_what_overflows_in_float32_alone_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.core.algebra.sampling.LARGE", (-90.0, 0.0, 90.0))
    monkeypatch.setattr("explorer.core.algebra.computing.stable", lambda expr, inputs: expr)
    found = work(exp(z) / (1 + exp(z)), "together", ()).agreement
    assert str(found).startswith("Disagrees as computed in float32: nan where it is 1, at z = ")


def test_the_whole_range_holds_every_company_of_edges() -> None:
    at = sampling.whole_range(p * t * z, count=48)
    found = {tuple(map(float, point)) for point in zip(*(at[name] for name in "ptz"), strict=True)}
    assert {(u, v, y) for u in (0, 1) for v in (0, 1) for y in sampling.LARGE} <= found
    assert {np.sign(y) for y in at["z"]} == {-1, 0, 1}
    assert ((at["p"] >= 0) & (at["p"] <= 1)).all()
    assert all((column == column.astype(np.float32)).all() for column in at.values())
