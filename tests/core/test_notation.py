"""What is shown to be read: LaTeX and MathML are well formed and read as the formula does."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from sympy import (
    Abs,
    Add,
    E,
    Eq,
    Expr,
    Float,
    Function,
    Integer,
    Integral,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    Piecewise,
    Rational,
    S,
    Symbol,
    acos,
    asin,
    atan,
    cos,
    cosh,
    exp,
    log,
    oo,
    pi,
    sign,
    sin,
    sinh,
    sqrt,
    symbols,
    tan,
    tanh,
)

from explorer.core import notation
from explorer.core.binary import binary_view
from explorer.core.functions import (
    StableFunction,
    absolute,
    argmax,
    direction,
    expm1,
    general_robust,
    general_robust_slope,
    leaky_relu,
    least_focal,
    log_cosh,
    log_cosh_slope,
    logit,
    maximum,
    minimum,
    norm,
    positive,
    relu,
    same,
    shift,
    sigmoid,
    signum,
    softplus,
    textbook,
    xlogy,
    xmuly,
)
from explorer.core.network import Network
from tests.core.helpers import PROGRAMS
from tests.core.printers.shared import EXPRESSIONS

L, p, t, w, x, y, z = symbols("L p t w x y z")


# --- LaTeX ---


@pytest.mark.parametrize(
    ("expr", "latex"),
    [
        (log(x), r"\ln x"),
        (log(2), r"\ln 2"),
        (log(1 + x), r"\ln\left(1 + x\right)"),
        (x - 1, "x - 1"),
        (1 - x, "1 - x"),
        (-x - y, r"-\left(x + y\right)"),
        (y - x, "y - x"),
        (Float(0.5) - x, "0.5 - x"),
        (x / (1 - y), r"\frac{x}{1 - y}"),
        (2 * z * (x + y), r"2 z \left(x + y\right)"),
        (z - 2 * w * (x + y), r"z - 2 w \left(x + y\right)"),
        (Add(z, Mul(-1, x + y, evaluate=False), evaluate=False), r"z - \left(x + y\right)"),
        (z * (-x - y), r"z \left(-\left(x + y\right)\right)"),
        (sigmoid(z) ** 2, r"\sigma^{2}\left(z\right)"),
        (xlogy(x, y), r"x \ln y"),
        (1 + xmuly(x, 1 - y), r"1 + x \left(1 - y\right)"),
        (shift(x, y), r"\max\left(x, y\right)"),
        (Symbol("z1"), "z_{1}"),
        (Symbol("d_p"), r"\frac{\partial L}{\partial p}"),
        (Symbol("d_z10"), r"\frac{\partial L}{\partial z_{10}}"),
        (Symbol("d_gamma"), r"\frac{\partial L}{\partial \gamma}"),
        (Symbol("epsilon") * Symbol("gamma1"), r"\epsilon \gamma_{1}"),
        (sum(symbols("p1:12")), " + ".join(f"p_{{{k}}}" for k in range(1, 12))),
        (-sum(symbols("p1:12")), rf"-\left({' + '.join(f'p_{{{k}}}' for k in range(1, 12))}\right)"),
        (Symbol("p10") * log(x) + Symbol("p2") * y - Symbol("p3"), r"p_{2} y - p_{3} + p_{10} \ln x"),
        (Symbol("p2") - Symbol("p1"), "p_{2} - p_{1}"),
        (Symbol("p10") + x, "p_{10} + x"),
        (log(x) ** 2, r"\ln^{2} x"),
        (log(1 + x) ** 2, r"\ln^{2}\left(1 + x\right)"),
        (xmuly(x, y) ** 2, r"\left(x y\right)^{2}"),
        (shift(x, y) ** 2, r"\max\left(x, y\right)^{2}"),
        (expm1(-z), "e^{- z} - 1"),
        (log_cosh(z), r"\ln\left(\cosh{\left(z \right)}\right)"),
        (log_cosh_slope(z) ** 2, r"\tanh^{2}{\left(z \right)}"),
        (norm(x, y) - 1, r"\sqrt{x^{2} + y^{2}} - 1"),
        (direction(x, y), r"\frac{x}{\sqrt{x^{2} + y^{2}}}"),
        (
            general_robust(x, y),
            r"\frac{\left(\left(\frac{x}{\left|y - 2\right|} + 1\right)^{\frac{y}{2}} - 1\right) \left|y - 2\right|}{y}",
        ),
        (general_robust(x, 0), r"\ln\left(1 + \frac{x}{2}\right)"),
        (general_robust_slope(x, -oo), r"\frac{e^{- \frac{x}{2}}}{2}"),
        (relu(z), r"\max\left(0, z\right)"),
        (2 * relu(z - 1) ** 2, r"2 \max\left(0, z - 1\right)^{2}"),
        (leaky_relu(z), r"\max\left(\frac{z}{100}, z\right)"),
        (Max(x, y, 0), r"\max\left(0, x, y\right)"),
        (positive(z), r"\left[z > 0\right]"),
        (x * positive(-z), r"x \left[- z > 0\right]"),
        (same(t, 2) * x, r"x \left[t = 2\right]"),
        (same(t, x) ** 2, r"\left[t = x\right]^{2}"),
        (tanh(z) ** 2, r"\tanh^{2}{\left(z \right)}"),
        (sin(z), r"\sin{\left(z \right)}"),
        (absolute(x), r"\left|x\right|"),
        (2 * absolute(x - 1) ** 2, r"2 \left|x - 1\right|^{2}"),
        (signum(x), r"\operatorname{sgn}\left(x\right)"),
        (signum(x) ** 2, r"\operatorname{sgn}^{2}\left(x\right)"),
        (maximum(x, y), r"\max\left(x, y\right)"),
        (minimum(x, 1) ** 2, r"\min\left(x, 1\right)^{2}"),
        (Min(x, y, 0), r"\min\left(0, x, y\right)"),
        (argmax(x, y) ** 2, r"\operatorname{argmax}^{2}\left(x, y\right)"),
        (least_focal(z, x), r"\operatorname{least\,focal}\left(z, x\right)"),
        (Function("f")(x, y), r"f{\left(x,y \right)}"),
        (asin(x), r"\arcsin{\left(x \right)}"),
        (sqrt(x), r"\sqrt{x}"),
        (pi * x**y, r"\pi x^{y}"),
        (E, "e"),
        (Symbol("delta1_2"), r"\delta_{1,2}"),
        (Symbol("sigma"), r"\sigma"),
        (Symbol("z_3"), "z_{3}"),
        (Symbol("w1_2_1") ** 2 * Symbol("z1_2"), "w_{1,2,1}^{2} z_{1,2}"),
        (Symbol("d_w1_2_1"), r"\frac{\partial L}{\partial w_{1,2,1}}"),
    ],
)
def test_latex_of_an_expression(expr: Expr, latex: str) -> None:
    assert notation.latex(expr) == latex


def test_latex_of_a_product_with_a_stable_function_keeps_its_brackets() -> None:
    assert notation.latex(z * softplus(x)) == notation.latex(z * log(1 + exp(x)))
    assert notation.latex(z * logit(x) ** 2) == notation.latex(z * log(x / (1 - x)) ** 2)


@pytest.mark.parametrize("function", [relu, leaky_relu, positive, absolute, signum])
def test_a_function_and_its_textbook_form_read_alike(function: type[StableFunction]) -> None:
    for expr in (function(z), function(z) * y, 1 - function(z)):
        assert notation.latex(expr) == notation.latex(textbook(expr))
        assert notation.mathml(expr) == notation.mathml(textbook(expr))


@pytest.mark.parametrize(("function", "plain"), [(maximum, Max), (minimum, Min)])
def test_the_larger_and_the_smaller_and_their_textbook_forms_read_alike(
    function: type[StableFunction], plain: type[Expr]
) -> None:
    assert notation.latex(function(x, y)) == notation.latex(plain(x, y))
    assert notation.mathml(function(x, y)) == notation.mathml(plain(x, y))


@pytest.mark.parametrize("expr", EXPRESSIONS, ids=str)
def test_every_kind_of_expression_is_written_in_both_notations(expr: Expr) -> None:
    assert notation.latex(expr)
    root = parse(notation.mathml(expr, leaf))
    assert {e.text for e in root.iter("mtext") if e.get("class") == "leaf"} == {s.name for s in expr.free_symbols}
    parts = [e for e in root.iter() if e.tag in {"mfrac", "msup", "msub"}]
    assert {len(e) for e in parts} <= {2}


def test_a_target_class_and_its_textbook_form_read_alike() -> None:
    assert notation.latex(same(t, 2)) == notation.latex(KroneckerDelta(t, 2)) == r"\left[t = 2\right]"
    assert notation.mathml(same(t, 2)) == notation.mathml(KroneckerDelta(t, 2))


def test_a_unit_of_a_network_reads_bias_first_and_then_input_by_input() -> None:
    steps = dict(Network((2, 2, 1)).program().steps)
    unit = steps[Symbol("z1_2")]
    assert notation.latex(unit) == "b_{1,2} + w_{1,2,1} x_{1} + w_{1,2,2} x_{2}"
    assert text_of(notation.mathml(unit)) == "b1,2+w1,2,1x1+w1,2,2x2"
    assert notation.latex(steps[Symbol("z2_1")]) == "b_{2,1} + h_{1,1} w_{2,1,1} + h_{1,2} w_{2,1,2}"


def test_latex_of_steps_stands_in_aligned_lines() -> None:
    steps = ((Symbol("a"), x + 1), (L, Symbol("a") ** 2))
    assert notation.latex_steps(steps) == "\\begin{aligned}\na &= 1 + x \\\\\nL &= a^{2}\n\\end{aligned}"


# --- MathML ---


def parse(mathml: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<math>{mathml}</math>")


def text_of(mathml: str) -> str:
    """Return what a reader sees in a line, without fractions' bars and raised exponents."""
    return "".join(parse(mathml).itertext()).replace("\N{INVISIBLE TIMES}", "")


def leaf(symbol: Symbol, bracket: bool) -> str:
    return f'<mtext class="leaf" data-bracket="{bracket}">{symbol}</mtext>'


PAGE_EXPRESSIONS = [
    expr
    for view in (binary_view("p"), binary_view("z"))
    for expr in (view.loss, view.slope, view.curvature, *view.worked_loss.stages, *view.worked_slope.stages)
]


@pytest.mark.parametrize("expr", [*PAGE_EXPRESSIONS, *(program.inline() for program in PROGRAMS.values())], ids=str)
def test_mathml_is_well_formed_and_shows_every_symbol_by_its_leaf(expr: Expr) -> None:
    root = parse(notation.mathml(expr, leaf))
    shown = {element.text for element in root.iter("mtext") if element.get("class") == "leaf"}
    assert shown == {s.name for s in expr.free_symbols}
    assert parse(notation.mathml(expr)).find(".//mi") is not None


@pytest.mark.parametrize("expr", PAGE_EXPRESSIONS, ids=str)
def test_mathml_gives_fractions_and_powers_their_two_parts(expr: Expr) -> None:
    parts = [element for element in parse(notation.mathml(expr)).iter() if element.tag in {"mfrac", "msup", "msub"}]
    assert {len(element) for element in parts} <= {2}


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (x - 1, "x−1"),
        (1 - x, "1−x"),
        (-x - y, "−(x+y)"),
        (-2 * x, "−2x"),
        (-x * (1 + y), "−x(1+y)"),
        (z - 2 * w * (x + y), "z−2w(x+y)"),
        (Add(z, Mul(-1, x + y, evaluate=False), evaluate=False), "z−(x+y)"),
        (log(x), "lnx"),
        (log(1 + x), "ln(1+x)"),
        (sigmoid(-z), "σ(−z)"),
        (xlogy(x, 1 - y), "xln(1−y)"),
        (x + Integer(-3), "x−3"),
        (Float(0.25) * x, "0.25x"),
        (Symbol("z12"), "z12"),
        (Symbol("epsilon") * Symbol("gamma"), "εγ"),
        (Symbol("gamma1"), "γ1"),
        (Symbol("delta1_2"), "δ1,2"),
        (Symbol("sigma") * Symbol("lambda"), "λσ"),
        (Symbol("w1_2_1") * Symbol("x1"), "w1,2,1x1"),
        (expm1(x), "ex−1"),
        (log_cosh(x), "ln(cosh(x))"),
        (norm(x, y), "x2+y2"),
        (relu(z), "max(0,z)"),
        (2 * relu(z - 1), "2max(0,z−1)"),
        (leaky_relu(z), "max(z100,z)"),
        (Max(x, y, 0), "max(0,x,y)"),
        (shift(x, y), "max(x,y)"),
        (positive(-z), "[−z>0]"),
        (x * same(t, 2), "x[t=2]"),
        (tanh(z), "tanh(z)"),
        (tanh(z) ** 2, "(tanh(z))2"),
        *((function(x), f"{function.__name__}(x)") for function in (sin, cos, tan, sinh, cosh, tanh)),
        *((function(x), f"arc{function.__name__[1:]}(x)") for function in (asin, acos, atan)),
        (Abs(x) * y, "y|x|"),
        (absolute(-x) ** 2, "|−x|2"),
        (sign(x) - signum(y), "sgn(x)−sgn(y)"),
        (maximum(x, 1), "max(x,1)"),
        (minimum(x, y), "min(x,y)"),
        (Min(x, y, 0), "min(0,x,y)"),
        (pi * E, "eπ"),
        (S.Infinity, "∞"),
        (S.NegativeInfinity, "−∞"),
        (S.EulerGamma * x, "γx"),
        (argmax(x, y) ** 2, "(argmax(x,y))2"),
        (least_focal(z, x), "least focal(z,x)"),
        (Function("f")(x + 1), "f(1+x)"),
        (x ** Rational(1, 3), "x13"),
        (-2 * x / 3, "−2x3"),
        (sum(symbols("p1:12")), "+".join(f"p{k}" for k in range(1, 12))),
        (-xlogy(Symbol("t10"), Symbol("p10")) - xlogy(Symbol("t2"), Symbol("p2")), "−(t2lnp2+t10lnp10)"),
    ],
)
def test_mathml_reads_as_the_formula(expr: Expr, text: str) -> None:
    assert text_of(notation.mathml(expr)) == text


def test_mathml_of_a_fraction_has_numerator_above_denominator() -> None:
    (fraction,) = parse(notation.mathml((p - t) / (p * (1 - p)))).iter("mfrac")
    above, below = fraction
    assert "".join(above.itertext()) == "p−t"
    assert "".join(below.itertext()).replace("\N{INVISIBLE TIMES}", "") == "p(1−p)"


@pytest.mark.parametrize(("expr", "under"), [(sqrt(x), "x"), (1 / sqrt(1 - x), "1−x"), (y * sqrt(2), "2")])
def test_mathml_puts_a_root_under_its_sign(expr: Expr, under: str) -> None:
    (root,) = parse(notation.mathml(expr)).iter("msqrt")
    assert "".join(root.itertext()) == under


def test_mathml_joins_numbers_put_in_by_a_visible_dot() -> None:
    assert "·" in text_of(notation.mathml(x * y, leaf))
    assert "·" not in text_of(notation.mathml(x * y))


@pytest.mark.parametrize(
    ("expr", "bracket"),
    [(x * y, "True"), (x - 1, "True"), (log(x), "True"), (exp(x), "False"), (sigmoid(x), "False")],
)
def test_mathml_tells_a_leaf_whether_a_minus_sign_needs_a_bracket(expr: Expr, bracket: str) -> None:
    found = [e for e in parse(notation.mathml(expr, leaf)).iter("mtext") if e.get("class") == "leaf"]
    assert {e.get("data-bracket") for e in found} == {bracket}


@pytest.mark.parametrize("name", ["L", "z1", "d2_p", "w1_2_1", "z1_2", "b1_2", "set_p1", "zzdp1v1"])
def test_mathml_shows_any_name_that_a_program_may_use(name: str) -> None:
    assert re.sub("[_,]", "", text_of(notation.mathml(Symbol(name)))) == name.replace("_", "")


@pytest.mark.parametrize(("name", "by"), [("d_p", "p"), ("d_z10", "z10"), ("d_w1_2_1", "w1,2,1"), ("d_gamma", "γ")])
def test_mathml_shows_a_step_of_a_gradient_as_the_derivative_of_the_loss(name: str, by: str) -> None:
    (fraction,) = parse(notation.mathml(Symbol(name)))
    assert fraction.tag == "mfrac"
    assert ["".join(part.itertext()) for part in fraction] == ["∂L", f"∂{by}"]
    assert notation.mathml(Symbol(name), leaf) == leaf(Symbol(name), True)


def test_mathml_refuses_what_it_cannot_show() -> None:
    with pytest.raises(NotImplementedError) as error:
        notation.mathml(Integral(x, x))
    assert str(error.value) == "No MathML for Integral."


def test_mathml_shows_any_other_function_by_its_name() -> None:
    assert text_of(notation.mathml(sin(x))) == "sin(x)"


def test_a_number_of_thousands_of_digits_is_written_with_a_power_of_ten() -> None:
    huge = Integer(7) ** 6_000
    assert notation.latex(huge + x).replace(" ", "") in (r"3.87472\cdot10^{5070}+x", r"x+3.87472\cdot10^{5070}")
    assert "<mn>3.87472</mn>" in notation.mathml(huge * x)
    assert notation.latex(-huge).startswith("-")
    assert "10^" in notation.latex(x / huge)


def test_a_case_reads_as_people_write_it() -> None:
    a, d, r = symbols("a d r")
    assert text_of(notation.mathml(Piecewise((r, Eq(a, 2)), (d, True)))) == "rif\xa0a=2delse"
    assert text_of(notation.mathml(d >= Abs(r))) == "|r|≤d"
    assert text_of(notation.mathml(Symbol("gamma_positive"))) == "γpositive"
