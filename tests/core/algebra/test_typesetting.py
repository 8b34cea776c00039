"""What a page sets as LaTeX, and where it breaks lines."""

from __future__ import annotations

import re

import pytest
from sympy import ImmutableMatrix, exp, symbols

from explorer.core import notation
from explorer.core.algebra import typesetting
from explorer.core.algebra.layering import Layered, layered
from explorer.core.functions import logsumexp
from explorer.core.network import Network

x, y = symbols("x y")


def test_a_short_expression_is_one_line() -> None:
    assert typesetting.latex((x - y) / x) == r"\frac{x - y}{x}"


def test_a_wide_sum_is_broken_before_its_signs() -> None:
    wide = sum((k + 2) * symbols("alpha") ** k * y for k in range(1, 25))
    found = typesetting.latex(wide)
    lines = found.removeprefix(r"\begin{aligned}&").removesuffix(r"\end{aligned}").split(r" \\ &")
    assert len(lines) > 1
    assert all(re.match(r" [+-] ", line) for line in lines[1:])
    assert all(typesetting.width(line) <= typesetting.WIDE for line in lines)
    assert "".join(lines) == notation.latex(wide)


def test_a_bracket_is_never_broken() -> None:
    inner = sum(k * symbols(f"x{k}") for k in range(1, 22))
    found = typesetting.latex(inner**2)
    assert found.startswith(r"\footnotesize ")
    assert "aligned" not in found


def test_what_is_too_long_is_not_set() -> None:
    assert typesetting.latex(sum(symbols(f"x{k}") ** k for k in range(1, 300))) == ""


def test_probabilities_are_letters_explained_below() -> None:
    p = exp(x - logsumexp(x, y))
    assert typesetting.latex(p * (1 - p)) == (
        r"\begin{gathered}p_{1} \left(1 - p_{1}\right) \\ p_{1} = \frac{e^{x}}{e^{x} + e^{y}}\end{gathered}"
    )


def test_a_wide_matrix_is_set_in_smaller_type() -> None:
    entry = sum(symbols("x1:9"))
    assert typesetting.latex(ImmutableMatrix([[x, y]])).startswith(r"\left[")
    assert typesetting.latex(ImmutableMatrix([[entry, entry, entry]])).startswith(r"\footnotesize \left[")


@pytest.mark.parametrize("sizes", [(1, 1), (2, 8, 2)])
def test_few_steps_are_set_and_many_are_not(sizes: tuple[int, ...]) -> None:
    network = Layered(Network(sizes).program() if sizes[-1] == 1 else Network(sizes, loss="binary").program(), (("L",),))
    found = typesetting.latex(network)
    assert bool(found) == (len(network.steps) <= typesetting.LINES)
    if found:
        assert found == notation.latex_steps(network.steps)


def test_layered_steps_are_lines() -> None:
    assert typesetting.latex(layered(exp(x * y) + x * y)).count("&=") == 2
