"""Reading what is typed: both notations, every refusal by its whole sentence, and texts made to break it."""

from __future__ import annotations

import ast
import builtins
import gc
import math
import operator
import string
import sys
import time
from collections.abc import Callable
from typing import Any, NoReturn

import pytest
import sympy.core.function
import sympy.parsing.sympy_parser
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from sympy import (
    AccumBounds,
    E,
    Expr,
    I,
    Integer,
    Rational,
    S,
    Symbol,
    acos,
    asinh,
    atan,
    cos,
    exp,
    lambdify,
    log,
    mathematica_code,
    nan,
    oo,
    pi,
    preorder_traversal,
    sin,
    sqrt,
    symbols,
    tan,
    tanh,
    zoo,
)

from explorer.core.algebra.reading import CALLS, LENGTH, read
from explorer.core.functions import (
    FUNCTIONS,
    absolute,
    argmax,
    expm1,
    leaky_relu,
    least_focal,
    logistic_loss,
    logit,
    logsumexp,
    maximum,
    minimum,
    norm,
    relu,
    sigmoid,
    signum,
    softplus,
    textbook,
    xlog1py,
    xlogy,
)
from tests.core.helpers import several
from tests.speed import in_time

many = settings(deadline=None, max_examples=200)
p, t, x, y, z, q = symbols("p t x y z q")
half = Rational(1, 2)

READ: dict[str, Expr] = {
    "t*log(p)": t * log(p),
    "-(t*log(p) + (1 - t)*log(1 - p))": -(t * log(p) + (1 - t) * log(1 - p)),
    "-t Log[p] - (1 - t) Log[1 - p]": -(t * log(p) + (1 - t) * log(1 - p)),
    " x ": x,
    "+x": x,
    "--x": x,
    "x - -y": x + y,
    "x*-y": -x * y,
    "x/-y": -x / y,
    "2 - 3": Integer(-1),
    "x/y/z": x / y / z,
    "x/y*z": x * z / y,
    "1/2 x": x / 2,
    "x/y z": x * z / y,
    "2^3^2": Integer(512),
    "2**3**2": Integer(512),
    "(2^3)^2": Integer(64),
    "-x^2": -(x**2),
    "(-x)^2": x**2,
    "2^-x": 2**-x,
    "x^-y^2": x ** -(y**2),
    "x**2": x**2,
    "x²y³": x**2 * y**3,
    "-x²": -(x**2),
    "2^x²": 2 ** (x**2),
    "2 p (1-p)": 2 * p * (1 - p),
    "2p": 2 * p,
    "2p^2": 2 * p**2,
    "(x)(y)": x * y,
    "(x)y": x * y,
    "p q": p * q,
    "p (1 - p)": p * (1 - p),
    "2(x + y)": 2 * x + 2 * y,
    "Log[p](1 - p)": log(p) * (1 - p),
    "x\n + y": x + y,
    "x y (z + 1)": x * y * (z + 1),
    "2*(x + 1)*y": 2 * y * (x + 1),
    "(x + y)/2": x / 2 + y / 2,
    "x + x": 2 * x,
    "x - x": S.Zero,
    "x*x": x**2,
    "x/x": S.One,
    "x**0": S.One,
    "1**x": S.One,
    "0*x": S.Zero,
    "0**2": S.Zero,
    "(x*y)**2": x**2 * y**2,
    "(x**2)**(1/2)": sqrt(x**2),
    "(x**(1/2))**2": x,
    "sqrt(2*x)": sqrt(2) * sqrt(x),
    "sqrt(-2*x*pi)": sqrt(2) * sqrt(pi) * sqrt(-x),
    "0.1": Rational(1, 10),
    "1e-3": Rational(1, 1000),
    "1.5E+2": Integer(150),
    ".5": half,
    "5.": Integer(5),
    "1.5*^-3": Rational(3, 2000),
    "0.1`": Rational(1, 10),
    "0.1`20": Rational(1, 10),
    "1.5`*^2": Integer(150),
    "0.1 + 0.2": Rational(3, 10),
    "1e308": Integer(10) ** 308,
    "1e-308": Rational(1, 10**308),
    "123456789012345678901234567890": Integer(123456789012345678901234567890),
    "sqrt(8)": 2 * sqrt(2),
    "sqrt(2)*sqrt(3)": sqrt(6),
    "(2/3)**(1/3)": Rational(2, 3) ** Rational(1, 3),
    "sqrt(10**40)": Integer(10) ** 20,
    "2^(5/2)": 4 * sqrt(2),
    "pi": pi,
    "Pi": pi,
    "π": pi,
    "E": E,
    "2E": 2 * E,
    "E^x": exp(x),
    "E**(2*x) * E^x": exp(3 * x),
    "exp(x)**2": exp(2 * x),
    "exp(2)**x": exp(2 * x),
    "Exp[x]": exp(x),
    "exp(0)": S.One,
    "exp(1)": E,
    "exp(log(x))": x,
    "log(exp(x))": log(exp(x)),
    "log(exp(2))": Integer(2),
    "ln(x)": log(x),
    "log(1)": S.Zero,
    "log(1/2)": -log(2),
    "log(x, 2)": log(x) / log(2),
    "Log[2, x]": log(x) / log(2),
    "log2(x)": log(x) / log(2),
    "log10(x)": log(x) / log(10),
    "log1p(x)": log(1 + x),
    "expm1(x)": expm1(x),
    "hypot(x, y)": norm(x, y),
    "sqrt(x)": sqrt(x),
    "Sqrt[x]": sqrt(x),
    "√(x)": sqrt(x),
    "sin(x) + Cos[x] + tan(x)": sin(x) + cos(x) + tan(x),
    "Tanh[x]": tanh(x),
    "ArcTan[x] + arctan(x) + atan(x)": 3 * atan(x),
    "ArcSinh[x]": asinh(x),
    "sin(0) + cos(0)": S.One,
    "sin(pi/6)": half,
    "cos(3 pi)": S.NegativeOne,
    "acos(1/2)": pi / 3,
    "sin(2)": sin(2),
    "abs(x) + Abs[x]": 2 * absolute(x),
    "sign(x) + Sign[x]": 2 * signum(x),
    "max(x, y)": maximum(x, y),
    "Max[x, y, 0]": maximum(maximum(x, y), 0),
    "min(x, y)": minimum(x, y),
    "Ramp[x]": relu(x),
    "LogisticSigmoid[x]": sigmoid(x),
    "σ(z)": sigmoid(z),
    "sigma (z)": sigmoid(z),
    "σ": Symbol("sigma"),
    "2σ": 2 * Symbol("sigma"),
    "pow(x, 2)": x**2,
    "Power[x, 2]": x**2,
    "Plus[x, y, z]": x + y + z,
    "Times[x, y]": x * y,
    "sigmoid(x) softplus(y)": sigmoid(x) * softplus(y),
    "xlogy(t, p) + xlog1py(1 - t, -p)": xlogy(t, p) + xlog1py(1 - t, -p),
    "logistic_loss(t, z)": logistic_loss(t, z),
    "logsumexp(x, y, z)": logsumexp(x, y, z),
    "logit(p) + leaky_relu(x)": logit(p) + leaky_relu(x),
    "2·x × y ÷ z − 1": 2 * x * y / z - 1,
    "ε + γ1 + σ_max": Symbol("epsilon") + Symbol("gamma1") + Symbol("sigma_max"),
    "lambda x": Symbol("lambda") * x,
    "z1_2": Symbol("z1_2"),
    "e": Symbol("e"),
    "a" * 40: Symbol("a" * 40),
    "(" * 59 + "x" + ")" * 59: x,
    "x+" * 999 + "x": 1000 * x,
}


@pytest.mark.parametrize("text", READ)
def test_what_is_typed_is_read(text: str) -> None:
    assert read(text) == READ[text]


@pytest.mark.parametrize("function", [f for f in FUNCTIONS if f not in (least_focal, argmax)], ids=lambda f: f.__name__)
def test_every_stable_function_is_read_by_its_name(function: type[Expr]) -> None:
    for arguments in (symbols("x y")[:k] for k in (1, 2)):
        names = ", ".join(map(str, arguments))
        if CALLS[function.__name__].least <= len(arguments) <= CALLS[function.__name__].most:
            assert read(f"{function.__name__}({names})") == read(f"{function.__name__}[{names}]") == function(*arguments)


def test_symbols_are_plain_and_numbers_exact() -> None:
    expr = read("0.1*ε + log(x)/3")
    assert {type(s) for s in expr.free_symbols} == {Symbol}
    assert all(s.is_real is None for s in expr.free_symbols)
    assert not expr.atoms(sympy.Float)


ALLOWED = "allowed are numbers, names, functions, + - * / ^ and brackets."
REFUSED = {
    "": "Type an expression, such as t*log(p).",
    " \n": "Type an expression, such as t*log(p).",
    "x" * 2001: "An expression may have at most 2,000 characters; got 2,001.",
    "(" * 60 + "x" + ")" * 60: "Brackets and exponents may be nested at most 60 deep, at character 61.",
    "x^" * 100 + "x": "Brackets and exponents may be nested at most 60 deep, at character 121.",
    "1+sin(" * 51 + "x" + ")" * 51: "At most 100 operations may stand inside one another, at character 7.",
    "x @ y": f'A product of arrays is not read: write w1*x1 + w2*x2, at character 3, in "x @ y"; {ALLOWED}',
    "x % y": f'"%" is not allowed, at character 3, in "x % y"; {ALLOWED}',
    "x; y": f'";" is not allowed, at character 2, in "x; y"; {ALLOWED}',
    "x\0": f'U+0000 is not allowed, at character 2, in "x "; {ALLOWED}',
    "p\u00a0q": f'U+00A0 is not allowed, at character 2, in "p q"; {ALLOWED}',
    "\ud800": f'U+D800 is not allowed, at character 1, in " "; {ALLOWED}',
    "ｘ + 1": f'"ｘ" is not allowed, at character 1, in "ｘ + 1"; {ALLOWED}',
    "р": f'"р" is not allowed, at character 1, in "р"; {ALLOWED}',
    "٣": f'"٣" is not allowed, at character 1, in "٣"; {ALLOWED}',
    "'x'": f"""Text in quotes is not allowed, at character 1, in "'x'"; {ALLOWED}""",
    "x + y = z": "An equals sign is not allowed: write only what stands right of it, and == to compare, at character 7.",
    "x < y": "A comparison is no expression: write where(x > 0, a, b), at character 1.",
    "p.item()": ".item() is not known here: leave it out, at character 2.",
    "x.y": f'A dot may only stand in a number, or after np, torch and the like, at character 2, in "x.y"; {ALLOWED}',
    "x'": "x' has a prime, which is no part of a name: write x_1 or dx, at character 2.",
    "np.foo(x)": "foo is not a function known here, at character 4; known are exp, log, sqrt, sigmoid, max and others.",
    "log(x, axis=0)": "axis= is not read: leave it out, at character 13.",
    "x + return x": "return is a word of Python: write only what stands right of it, at character 5.",
    "1/mean(x)": "A mean over rows may only be added to and multiplied: leave out the root or function of it, at character 3.",
    "softmax(a, b)": "softmax is several numbers: write softmax(a, b, c)[0] for the first, at character 1.",
    "softmax(a, b)[2]": "There are 2 numbers here: the place must be from 0 to 1, at character 15.",
    "|x": '"|" is not closed, at character 1.',
    "Sum[x[i], {i, 1, 101}]": "A sum may have from 1 to 100 terms; got 101, at character 1.",
    "_x": f'A name must start with a letter, at character 1, in "_x"; {ALLOWED}',
    "x`": f'A backtick may only follow a number, at character 2, in "x`"; {ALLOWED}',
    "x//y": f'Division is written with one slash, at character 2, in "x//y"; {ALLOWED}',
    "∞": f'∞ is not allowed, as numbers must be finite, at character 1, in "∞"; {ALLOWED}',
    "a__b": "A name may not have two underscores in a row, at character 1.",
    "1 + " + "a" * 41: "A name may have at most 40 characters; got 41, at character 5.",
    "I*x": "I, the imaginary unit, is not allowed, as losses are real, at character 1.",
    "x + oo": "oo is not allowed, as numbers must be finite, at character 5.",
    "Infinity": "Infinity is not allowed, as numbers must be finite, at character 1.",
    "nan": "nan is not allowed, as numbers must be finite, at character 1.",
    "True": "True is a word of Python and no name, at character 1.",
    "x if y else z": "A condition must compare two numbers: write x > 0, at character 6.",
    "not x": "A comparison is no expression: write where(x > 0, a, b), at character 1.",
    "x + not": "not is a word of Python and no name, at character 5.",
    "p(1-p)": "p is not a function: write p*(1-p) to multiply, at character 1.",
    "2 z1(1 + p)": "z1 is not a function: write z1*(1 + p) to multiply, at character 3.",
    "epsilon(x)": "epsilon is not a function: write epsilon*(x) to multiply, at character 1.",
    "p(1 + 2 + 3 + 4 + 5 + 6)": "p is not a function: write p*(...) to multiply, at character 1.",
    "E(x)": "E is not a function: write E*(x) to multiply, at character 1.",
    "f(x, y)": "f is not a function known here, at character 1; known are exp, log, sqrt, sigmoid, max and others.",
    "p[1]": "p[1] is an entry of p: write p1, at character 1.",
    "foo(x)": "foo is not a function known here, at character 1; known are exp, log, sqrt, sigmoid, max and others.",
    "sigmod(x)": "sigmod is not a function known here, at character 1; perhaps you mean sigmoid.",
    "1 + ReLu(x)": "ReLu is not a function known here, at character 5; perhaps you mean Relu.",
    "argmax(x)": "argmax is not read: write the loss that is minimised, at character 1.",
    "log + 1": "log is a function: write log(x), at character 1.",
    "sin²(x)": "sin is a function: write sin(x), at character 1.",
    "√2": "sqrt is a function: write sqrt(x), at character 1.",
    "sigmoid(x, y)": "sigmoid takes 1 argument; got 2, at character 1.",
    "x + sigmoid()": "sigmoid takes 1 argument; got 0, at character 5.",
    "log(x, y, z)": "log takes 1 or 2 arguments; got 3, at character 1.",
    "max(x)": "max takes at least 2 arguments; got 1, at character 1.",
    "xlogy(x)": "xlogy takes 2 arguments; got 1, at character 1.",
    "logsumexp()": "logsumexp takes at least 1 argument; got 0, at character 1.",
    "x 2": "Write * before 2 to multiply, at character 3.",
    "2 3": "Write * before 3 to multiply, at character 3.",
    "1.2.3": "Write * before .3 to multiply, at character 4.",
    "x\ny": "Write * to multiply across lines, at character 3.",
    "0x10": "0x10 is no number: write it as 16, 0.5 or 1e-3, at character 1.",
    "x + 1234567890123456789012345678901": "A number may have at most 30 digits; got 31, at character 5.",
    "1e309": "A number's power of ten must lie in [-308, 308]; got 309, at character 1.",
    "1e-309": "A number's power of ten must lie in [-308, 308]; got -309, at character 1.",
    "(x": '"(" is not closed, at character 1.',
    "log[x": '"[" is not closed, at character 4.',
    "x)": '")" closes nothing, at character 2.',
    "(x]": '"]" does not close "(", at character 3.',
    "log[x)": '")" does not close "[", at character 6.',
    "x*[x, y]": "A comma may only stand between the arguments of a function, at character 5.",
    "(x)[1]": '"[" may only follow the name of a function, at character 4.',
    "x, y": "A comma may only stand between the arguments of a function, at character 2.",
    "(x, y)": "A comma may only stand between the arguments of a function, at character 3.",
    "x²²": '"²" cannot stand here, at character 3.',
    "()": 'A number or a name is missing before ")", at character 2.',
    "x +": "A number or a name is missing before the end, at character 4.",
    "x * / y": 'A number or a name is missing before "/", at character 5.',
    "log(x,)": 'A number or a name is missing before ")", at character 7.',
    "1/0": "Division by zero, at character 2.",
    "0/0": "Division by zero, at character 2.",
    "0**-1": "Division by zero, at character 2.",
    "x/(y - y)": "Division by zero, at character 2.",
    "1/(sqrt(2)^2 - 2)": "Division by zero, at character 2.",
    "log(x, 1)": "Division by zero, at character 1.",
    "0^x": "0 may only have a number as its exponent, at character 2.",
    "log(0)": "log(0) has no real value, at character 1.",
    "x + log(y - y)": "log(y - y) has no real value, at character 5.",
    "log(-1)": "log(-1) has no real value, at character 1.",
    "logit(1)": "logit(1) has no real value, at character 1.",
    "asin(2)": "asin(2) has no real value, at character 1.",
    "atanh(1)": "atanh(1) has no real value, at character 1.",
    "tan(pi/2)": "tan(pi/2) has no real value, at character 1.",
    "log(1 - 2 + 3 - 4 + 5 - 6 + 7 - 8)": "log(1 - 2 + 3 - 4 + 5 - 6 + 7 ... has no real value, at character 1.",
    "sqrt(-1)": "sqrt(-1) is not real: a negative number may only have a whole number as its exponent, at character 1.",
    "(-8)^(1/3)": "(-8)^(1/3) is not real: a negative number may only have a whole number as its exponent, at character 5.",
    "(1 - pi)^.5": "(1 - pi)^.5 is not real: a negative number may only have a whole number as its exponent, at character 9.",
    "2^0.001": "The exponent of a number may have a denominator of at most 100, at character 2.",
    "9**9**9": "An exponent that is a number must lie in [-1000, 1000]; got 387420489, at character 2.",
    "x**10**9": "An exponent that is a number must lie in [-1000, 1000]; got 1000000000, at character 2.",
    "x^-1e300": "An exponent that is a number must lie in [-1000, 1000]; got -1e+300, at character 2.",
    "(x^999)^2": "An exponent that is a number must lie in [-1000, 1000]; got 1998, at character 8.",
    "2^2^2^2^2^2": "An exponent that is a number must lie in [-1000, 1000]; got 65536, at character 4.",
    "(((2**1000)**1000)**1000)": "(2**1000)**1000 is too large or too small a number, at character 12.",
    "10**308*10**308": "A number comes up that is too large: the limit is 1e308, at character 1.",
    "x*12e308": "A number comes up that is too large: the limit is 1e308, at character 3.",
    ".12345678901234567890123456789e-308": "A fraction comes up that is too long: the limit is 1,100 binary digits, at character 1.",  # noqa: E501
    "x + 1e308 + 1e308": "A number comes up that is too large: the limit is 1e308, at character 1.",
    "exp(1000)": "A number comes up that is too large: the limit is 1e308, at character 1.",
    "exp(exp(exp(exp(9))))": "A number comes up that is too large: the limit is 1e308, at character 9.",
    "1/exp(-1000)": "A number comes up that is too large: the limit is 1e308, at character 2.",
    "1/7^200 + 1/11^200": "A fraction comes up that is too long: the limit is 1,100 binary digits, at character 1.",
}


@pytest.mark.parametrize("text", REFUSED)
def test_the_rest_is_refused_with_a_whole_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$") as error:
        read(text)
    assert str(error.value) == REFUSED[text]


ESCAPES = """\
__import__('os').system('x')
__import__
().__class__.__bases__[0]
f"{x}"
lambda: 0
x + (lambda y: y)
x.__class__
exec("")
exec(x)
eval(x)
compile(x, y, z)
open('x')
getattr(x, 'y')
globals()
[c for c in ()]
{x}
{x: y}
x if y else z
x + (y := 1)
x == 1
f(x)(y) = x
x -> y
x /. y
x // N
#&
%
\\
\\x41
x\\
`x`
$x
~x
x & y
x | y
x >> y
?x
import os
print(x)
Symbol(x)
S(x)
N[x]
Import[x]
Run[x]
Get[x]
<<x
x@y
@x
(*x*)
\N{FULLWIDTH LATIN SMALL LETTER X}
\N{CYRILLIC SMALL LETTER A}
\N{GREEK SMALL LETTER OMICRON}
\N{MATHEMATICAL ITALIC SMALL X}
x\N{ZERO WIDTH SPACE}y
x\N{RIGHT-TO-LEFT OVERRIDE}y
\N{FULLWIDTH LEFT PARENTHESIS}x)
\N{ARABIC-INDIC DIGIT ONE}
""".splitlines()


@pytest.mark.parametrize("text", ESCAPES)
def test_nothing_that_is_code_is_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        read(text)


def test_nothing_typed_is_handed_to_python_or_to_the_parser_of_sympy(monkeypatch: pytest.MonkeyPatch) -> None:
    for text in READ:
        read(text)  # imports what is imported late

    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError

    convert = sympy.core.function.sympify

    def no_text(value: Any, *rest: Any, **options: Any) -> Any:
        assert not isinstance(value, str)
        return convert(value, *rest, **options)

    for name in ("parse_expr", "eval_expr", "stringify_expr"):
        monkeypatch.setattr(sympy.parsing.sympy_parser, name, refuse)
    for module in [m for name, m in sys.modules.items() if name.startswith("sympy.") and vars(m).get("sympify") is convert]:
        monkeypatch.setattr(module, "sympify", no_text)
    for name in ("eval", "exec", "compile"):
        monkeypatch.setattr(builtins, name, refuse)
    try:
        found = [read(text) for text in READ]
        for text in [*ESCAPES, *REFUSED]:
            with pytest.raises(ValueError, match=r"\.$"):
                read(text)
    finally:
        monkeypatch.undo()
    assert found == list(READ.values())


NOT_REAL = (zoo, nan, oo, -oo, I)
NAMES = [a + b for a in string.ascii_lowercase for b in "abcdghklmnqrtuvwxyz0123456789" if a + b not in {"or", "pi", "ln"}]
TOKENS = [*"xyp0123()()[],+-*/^.²E", "1e300", "0.5", "1/3", "**", " ", "pi", "σ", *(f"{name}(" for name in CALLS)]


def is_real_expression_or_refused(text: str) -> bool:
    try:
        expr = read(text)
    except ValueError as refusal:
        return str(refusal).endswith(".")
    return isinstance(expr, Expr) and not any(part in NOT_REAL for part in preorder_traversal(expr))


@many
@given(st.text(max_size=40))
@example("²")
@example("1" * 5000)
def test_any_text_gives_an_expression_or_a_refusal(text: str) -> None:
    assert is_real_expression_or_refused(text)


@many
@given(st.lists(st.sampled_from(TOKENS), max_size=60).map("".join))
def test_any_tokens_give_an_expression_or_a_refusal(text: str) -> None:
    assert is_real_expression_or_refused(text)


def nested(start: str, end: str, times: int = 59, inside: str = "x") -> str:
    return (start * times + inside + end * times)[:LENGTH]


def repeated(part: Callable[[int], str], between: str = "+") -> str:
    """As much as an expression may have of some part, one after the other."""
    parts = [part(k) for k in range(len(NAMES) // 2)]
    while len(between.join(parts)) > LENGTH:
        parts.pop()
    return between.join(parts)


LARGE = 10**29 + 319
SLOW = {
    "names": repeated(lambda k: NAMES[k]),
    "names multiplied": repeated(lambda k: NAMES[k], "*"),
    "products of sums": repeated(lambda k: f"({NAMES[2 * k]}+{NAMES[2 * k + 1]})", ""),
    "sums of products": repeated(lambda k: f"{NAMES[k % 30]}*{NAMES[k]}"),
    "roots of large numbers": repeated(lambda k: f"sqrt({LARGE + k})"),
    "many roots of large numbers": repeated(lambda k: f"{LARGE + k}^(1/{k + 3})"),
    "roots of small numbers": repeated(lambda k: f"{654321 + k}^(1/{k % 90 + 3})"),
    "roots multiplied": repeated(lambda k: f"{k + 2}^(1/{k + 2})", "*"),
    "a root of a high order": "12^(1234567/10000019)",
    "sine of turns": repeated(lambda k: f"sin({k}pi/6)"),
    "tangent of small angles": repeated(lambda k: f"tan(pi/{1234567 + k})"),
    "sine of a large number": "sin(10**300) + sin(10**300*pi/6)",
    "logarithms of numbers": repeated(lambda k: f"ln({k + 2})"),
    "powers of logarithms": repeated(lambda k: f"ln({k + 2})^π", "*"),
    "different fractions": repeated(lambda k: f"x/{2 * k + 3}^90"),
    "numbers multiplied": repeated(lambda k: "99", "*"),
    "powers of x": repeated(lambda k: "x", "^"),
    "short towers": repeated(lambda k: "^".join("x" * 50)),
    "signs": "-" * 1999 + "x",
    "negative exponents": nested("2^-", "", inside="2"),
    "sums in sums": nested("a+(", ")", inside=repeated(lambda k: NAMES[k])[:1700] + "q"),
    "products in products": nested("a*(", ")", inside=repeated(lambda k: NAMES[k], "*")[:1700] + "q"),
    "numbers before sums": nested("2(", ")", inside=repeated(lambda k: NAMES[k])[:1700] + "q"),
    "squares of squares": nested("(", ")^2", inside=repeated(lambda k: NAMES[k], "*")[:1700] + "q"),
    "fractions of fractions": nested("1/(x+", ")"),
    "exponentials": nested("exp(-", ")", inside="9"),
    "roots of roots": nested("sqrt(2+", ")", inside="3"),
    "a sum that is zero": "log(sqrt(5+2*sqrt(6))-sqrt(2)-sqrt(3)+7^(1/7)-x)^(1/3)/(sqrt(5+2*sqrt(6))-sqrt(2)-sqrt(3)+3^(1/97))",
    "brackets": "(" * LENGTH,
    "calls": "log(" * 500,
    "unknown calls": nested("(", "", 30, "sigmodi(x)"),
    "digits": "9" * LENGTH,
    "an exponent of many digits": "1e" + "9" * 1990,
    "a long name": "a" * LENGTH,
    "largest of many": f"max({repeated(lambda k: NAMES[k], ',')[:1800]}q)",
    "repeated": repeated(lambda k: nested("ln(", ")", 12) + f"*{NAMES[k]}"),
    "9**9**9": "9**9**9",
    "powers of powers": "(((2**1000)**1000)**1000)",
    "exponentials of exponentials": "exp(exp(exp(exp(9))))",
}


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW)
def test_no_text_takes_long(text: str) -> None:
    assert len(text) <= LENGTH
    gc.freeze()  # what other tests have left is not searched for garbage meanwhile
    start = time.thread_time()  # nor do other threads count
    assert is_real_expression_or_refused(text)
    taken = time.thread_time() - start
    gc.unfreeze()
    assert in_time(taken, limit=0.5)  # ten times what it takes


@pytest.mark.parametrize("free", [40, 80, 160, 320, 500])
def test_a_caller_nested_deeply_gets_an_expression_or_a_refusal(free: int) -> None:
    def call(depth: int) -> bool:
        return is_real_expression_or_refused(nested("(1+", ")")) if depth == 0 else call(depth - 1)

    frame, used = sys._getframe(), 0
    while frame.f_back:
        frame, used = frame.f_back, used + 1
    assert call(sys.getrecursionlimit() - used - free)


NUMBER = st.sampled_from([Integer(1), Integer(2), Integer(3), half, Rational(2, 3), pi, E])
POWER = st.sampled_from([Integer(2), Integer(3), S.NegativeOne, Integer(-2), half, Rational(3, 2), x, -y])
FUNCTION = st.sampled_from([exp, log, sqrt, tanh, sin, atan, acos, sigmoid, softplus, lambda a: logsumexp(a, y), lambda a: -a])
TREE = st.recursive(
    st.one_of(st.sampled_from([x, y, z]), NUMBER),
    lambda part: st.one_of(
        st.builds(operator.add, part, part),
        st.builds(operator.sub, part, part),
        st.builds(operator.mul, part, part),
        st.builds(operator.truediv, part, part),
        st.builds(operator.pow, part, POWER),
        st.builds(lambda function, argument: function(argument), FUNCTION, part),
    ),
    max_leaves=8,
)


def value(expr: Expr, at: tuple[float, float, float]) -> complex:
    return complex(lambdify((x, y, z), textbook(expr), "mpmath")(*at))


@many
@given(TREE)
@pytest.mark.parametrize("printed", [str, mathematica_code], ids=["SymPy", "Wolfram Language"])
def test_what_is_printed_is_read_back(printed: Callable[[Expr], str], tree: Expr) -> None:
    assume(not any(part in NOT_REAL or isinstance(part, AccumBounds) for part in preorder_traversal(tree)))
    try:
        found = read(printed(tree))
    except ValueError as refusal:
        assume("is not real" not in str(refusal) and "no real value" not in str(refusal))  # complex without an I in it
        assume("the limit is" not in str(refusal) and "xponent" not in str(refusal))
        raise
    if found != tree:
        at = (0.7, 1.3, 0.4)
        assert value(found, at) == pytest.approx(value(tree, at), rel=1e-9, abs=1e-12)


OPERAND = st.sampled_from(["x", "y", "z", "2", "3", "0.5"])
ARITHMETIC = st.recursive(
    OPERAND,
    lambda part: st.one_of(
        st.tuples(part, st.sampled_from(["+", "-", "*", "/", "**", " - ", " * "]), part).map("".join),
        part.map(lambda inside: f"({inside})"),
        part.map(lambda inside: f"-{inside}"),
    ),
    max_leaves=10,
)
OPERATIONS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
}


def as_python(node: ast.AST, names: dict[str, float]) -> Any:
    match node:
        case ast.Expression(body):
            return as_python(body, names)
        case ast.Constant(number):
            return number
        case ast.Name(name):
            return names[name]
        case ast.UnaryOp(sign, operand):
            return OPERATIONS[type(sign)](as_python(operand, names))
        case ast.BinOp(left, sign, right):
            return OPERATIONS[type(sign)](as_python(left, names), as_python(right, names))
    raise AssertionError


@many
@given(ARITHMETIC, st.tuples(*[st.floats(0.5, 1.5)] * 3))
def test_arithmetic_means_what_it_means_in_python(text: str, at: tuple[float, float, float]) -> None:
    try:
        expected = as_python(ast.parse(text, mode="eval"), dict(zip("xyz", at, strict=True)))
    except (ZeroDivisionError, OverflowError):
        expected = math.inf
    assume(isinstance(expected, float | int) and 1e-6 < abs(expected) < 1e6)
    try:
        found = read(text)
    except ValueError as refusal:
        assume("the limit is" not in str(refusal) and "xponent" not in str(refusal))
        raise
    assert value(found, at) == pytest.approx(expected, rel=1e-6)


@several
@given(ARITHMETIC)
def test_signs_of_either_notation_mean_the_same(text: str) -> None:
    wolfram = text.replace("**", "^")
    typeset = wolfram.replace("*", "×").replace("-", "−").replace("/", "÷")
    found = []
    for written in (text, wolfram, typeset):
        try:
            found.append(read(written))
        except ValueError as refusal:
            found.append(str(refusal).partition(", at")[0].replace("**", "^"))
    assert found[1] == found[2]
    assert isinstance(found[0], str) or found[0] == found[1]
