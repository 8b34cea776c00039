"""C: source that a compiler of 1999 takes without a warning. That it computes the same, `test_languages` says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from sympy import Integer, Rational, Symbol, exp, pi, symbols

from explorer.core.functions import logsumexp, maximum, relu, xlogy
from explorer.core.printers import c
from explorer.core.program import Program
from tests.core.printers.engines import C_FLAGS, compiled, compiler
from tests.core.printers.shared import NETWORKS, L

t, x, y, z = symbols("t x y z")


def test_c_reads_step_by_step() -> None:
    a = Symbol("a")
    program = Program((x, y, z), ((a, logsumexp(x, y, 0)), (L, a**2 + relu(a) / 3 - maximum(x, 1) ** 3)))
    assert c.code(program, "cost", ["L", "a", "y"]).splitlines() == [
        "#include <math.h>",
        "",
        *c.SOURCES["logsumexp"].splitlines(),
        "",
        *c.SOURCES["relu"].splitlines(),
        "",
        *c.SOURCES["maximum"].splitlines(),
        "",
        "// result: L, a, y",
        "void cost(double x, double y, double z, double result[3]) {",
        "  (void)z;",
        "  const double a = logsumexp(3, (double[]){x, y, 0.0});",
        "  const double L = (a*a) - pow(maximum(x, 1.0), 3.0) + (1.0/3.0)*relu(a);",
        "  result[0] = L;",
        "  result[1] = a;",
        "  result[2] = y;",
        "}",
    ]


def test_one_output_is_returned() -> None:
    program = Program((x, t), ((L, xlogy(t, exp(-x)) * 2 * pi), (Symbol("half"), Rational(1, 2) + x)))
    assert c.code(program).splitlines()[-4:] == [
        "double loss(double x, double t) {",
        "  const double L = 2.0*3.141592653589793*xlogy(t, exp(-x));",
        "  return L;",
        "}",
    ]
    assert c.code(program, outputs=["half"]).splitlines() == [
        "#include <math.h>",
        "",
        "double loss(double x, double t) {",
        "  (void)t;",
        "  const double half = x + 1.0/2.0;",
        "  return half;",
        "}",
    ]


def test_a_number_is_a_function_of_nothing() -> None:
    source = c.code(Program((), ((L, Integer(2)),)))
    assert "double loss(void) {" in source
    assert compiled(source) is not None


@pytest.mark.parametrize("name", ["softmax index 3", "leaky relu"])
def test_c_runs_with_every_sanitizer_as_a_program_of_its_own(name: str, tmp_path: Path) -> None:
    network = NETWORKS[name]
    program = network.gradient()
    outputs = ["L", *(f"d_{weight}" for weight in network.weights)]
    values = ", ".join("-1e300" if k % 3 else "0.5" for k in range(len(program.inputs) - len(network.targets)))
    main = f"""
int main(void) {{
  double result[{len(outputs)}];
  loss({values}, {", ".join("1.0" for _ in network.targets)}, result);
  return 0;
}}
"""
    source, made = tmp_path / "loss.c", tmp_path / "loss"
    source.write_text(c.code(program, outputs=outputs) + main)
    checks = ("-fsanitize=undefined,address", "-fno-sanitize-recover=all")
    subprocess.run([compiler(), *C_FLAGS, *checks, str(source), "-o", str(made), "-lm"], check=True, timeout=60)
    subprocess.run([str(made)], check=True, timeout=60)
