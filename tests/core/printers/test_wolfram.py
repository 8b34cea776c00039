"""Wolfram Language: source in names and numbers that the language allows."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from sympy import Float, Symbol, lambdify, symbols
from sympy.parsing.mathematica import parse_mathematica

from explorer.core import stable_numpy
from explorer.core.network import Network
from explorer.core.printers import wolfram
from explorer.core.program import Program
from tests.core.helpers import VARIANTS, close, with_gradient
from tests.core.printers import engines
from tests.core.printers.shared import NETWORKS, L, points, x
from tests.core.printers.wolfram_stand_in import plain


@pytest.mark.parametrize("name", VARIANTS)
def test_no_underscore_is_left_but_in_patterns_and_keys(name: str) -> None:
    program = with_gradient(name)
    source = wolfram.code(program, outputs=[step.name for step, _ in program.steps])
    assert "_" not in re.sub(r'(?<=[\w$])__?(?=[,\]])|"\w+"', "", source)


@pytest.mark.parametrize("name", [name for name in NETWORKS if name != "wide"])
def test_each_line_of_wolfram_code_says_what_its_step_does(name: str) -> None:
    program, given = NETWORKS[name].program(), points(NETWORKS[name])
    known: dict[str, Any] = {**given, **program.evaluate(given)}
    steps = program.needed(["L"])
    lines = re.findall(r"^  (\S+) = (.*);$", wolfram.code(program).split("\n\n")[-1], re.MULTILINE)
    assert [left for left, _ in lines] == [step.name.replace("_", "$") for step, _ in steps]
    sources = {_camel(f): stable_numpy.FUNCTIONS[f] for f in wolfram.SOURCES if f in stable_numpy.FUNCTIONS}
    for (_, right), (step, _) in zip(lines, steps, strict=True):
        expr = parse_mathematica(plain(right))
        original = {s.name.replace("_", "zz"): s.name for s in program.symbols.values()}
        arguments = sorted(map(str, expr.free_symbols))
        compute = lambdify(arguments, expr, [sources, "numpy"])
        with np.errstate(all="ignore"):
            close(compute(*(known[original[a]] for a in arguments)), known[step.name], absolute=1e-300)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))


@pytest.mark.parametrize(
    ("names", "written"),
    [
        ("w1_2_1 b1_2 x1", "w1$2$1 b1$2 x1"),
        ("gamma delta1_2 epsilon", "gamma delta1$2 epsilon"),
        ("C D E I K N O L A", "C$ D$ E$ I$ K$ N$ O$ L A"),
        ("Gamma Log Max Pi", "Gamma$ Log$ Max$ Pi$"),
        ("N N_ N__", "N$$$ N$ N$$"),
        ("xmuly loss W1_2", "xmuly$ loss$ W1$2"),
    ],
)
def test_a_name_is_legal_in_wolfram_code_and_no_other_has_it(names: str, written: str) -> None:
    inputs = symbols(names)
    program = Program(inputs, ((Symbol("out"), sum((k + 2) * s for k, s in enumerate(inputs))),), Symbol("out"))
    source = wolfram.code(program)
    assert f"loss[{', '.join(f'{name}_' for name in written.split())}] :=" in source
    given = {s.name: np.array([k + 1.0]) for k, s in enumerate(inputs)}
    close(engines.wolfram(program, given)["out"], program.evaluate(given)["out"])


@pytest.mark.parametrize(
    ("number", "written"),
    [(0.1, "0.1"), (1e-20, "1.*^-20"), (1.5e300, "1.5*^300"), (0.1 + 0.2, "0.30000000000000004`"), (-2.5e-7, "-2.5*^-7")],
)
def test_numbers_are_written_as_the_wolfram_language_reads_them(number: float, written: str) -> None:
    program = Program((x,), ((L, Float(number) + x),))
    assert written.lstrip("-") in wolfram.code(program)
    close(engines.wolfram(program, {"x": [0.0]})["L"], number)


def test_wolfram_code_reads_step_by_step() -> None:
    source = wolfram.code(Network((1, 1, 1), "leaky relu", "identity", "squared").program(), "cost")
    assert source.splitlines() == [
        "leakyRelu[z_] := Max[z/100, z];",
        "",
        "cost[x1_, w1$1$1_, b1$1_, w2$1$1_, b2$1_, t1_] := Module[{z1$1, h1$1, z2$1, y1, L},",
        "  z1$1 = b1$1 + w1$1$1*x1;",
        "  h1$1 = leakyRelu[z1$1];",
        "  z2$1 = b2$1 + h1$1*w2$1$1;",
        "  y1 = z2$1;",
        "  L = (-t1 + y1)^2;",
        "  L",
        "];",
    ]
