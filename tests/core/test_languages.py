"""Whole programs printed for other tools compute what the program does.

PyTorch and the Wolfram Language are not needed for it: `_Torch` and `Kernel` stand in, written from their documentation, and
refuse what the real ones refuse.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import reduce
from types import SimpleNamespace
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import special
from sympy import Abs, Expr, Float, Max, Rational, Symbol, exp, lambdify, log, pi, sign, sin, sqrt, symbols, tanh
from sympy.parsing.mathematica import MathematicaParser, parse_mathematica

from explorer.core import functions, printers, runtime
from explorer.core.functions import FUNCTIONS, StableFunction, sigmoid
from explorer.core.network import PAIRS, Activation, Network
from explorer.core.program import Program
from tests.core.helpers import VARIANTS, close, columns, sparse

L, t, x, y = symbols("L t x y")
Columns = dict[str, NDArray[np.float64]]

NETWORKS: dict[str, Network] = {hidden: Network((2, 2, 1), hidden) for hidden in get_args(Activation)}
NETWORKS |= {f"{output} {loss} {n}": Network((2, 2, n), "tanh", output, loss) for output, loss in PAIRS for n in (1, 3)}
NETWORKS |= {"deep": Network((3, 4, 3, 2), "relu", "softmax", "index"), "wide": Network((4, 6, 10), "sin", "softmax", "index")}


def points(network: Network) -> Columns:
    """Return moderate weights, some that saturate the output, and some that put every unit at 0; targets of every class."""
    random = np.random.default_rng(0)
    scale = np.array([1.0, 1.0, 1.0, 30.0, 3000.0, 0.0])
    rows = len(scale)
    given: Columns = {name: random.uniform(-2, 2, rows) for name in network.inputs}
    given |= {name: random.uniform(-1, 1, rows) * scale for name in network.weights}
    if network.loss == "index":
        targets = np.arange(rows) % float(network.sizes[-1])
    else:
        targets = np.eye(len(network.targets))[np.arange(rows) % len(network.targets)]
        targets[0] = 1 / len(network.targets)
    return given | dict(zip(network.targets, np.atleast_2d(targets.T), strict=True))


def run(source: str, **scope: Any) -> dict[str, Any]:
    exec(source, scope)
    return scope


# --- SymPy ---


@pytest.mark.parametrize("name", NETWORKS)
def test_sympy_program_of_a_network_defines_the_loss(name: str) -> None:
    network = NETWORKS[name]
    program = network.program()
    source = printers.sympy_program(program)
    assert source.splitlines()[-1].startswith("L = ")
    assert [line.split(" = ")[0] for line in source.splitlines()[3:]] == [step.name for step, _ in program.steps]
    given = {s: column[0] for s, column in points(network).items()}
    found = lambdify(program.inputs, run(source)["L"])(*given.values())
    close(found, lambdify(program.inputs, program.inline())(*given.values()), absolute=1e-15)
    close(found, program.evaluate(given)["L"], absolute=1e-15)


@pytest.mark.parametrize("name", VARIANTS)
def test_sympy_program_of_every_loss_defines_it(name: str) -> None:
    program = VARIANTS[name]
    given = {s.name: value for s, value in zip(program.inputs, np.random.default_rng(0).uniform(0.1, 0.9, 99), strict=False)}
    found = lambdify(program.inputs, run(printers.sympy_program(program))["L"])(*given.values())
    close(found, lambdify(program.inputs, program.inline())(*given.values()), absolute=1e-15)
    close(found, program.evaluate(given)["L"], absolute=1e-15)


def test_sympy_program_reads_step_by_step() -> None:
    log_, once = symbols("log once")
    program = Program((log_, t), ((once, log(log_) + 1), (Symbol("symbols"), once / 3), (L, sigmoid(t) * Symbol("symbols"))))
    source = printers.sympy_program(program)
    assert source.splitlines() == [
        "from sympy import exp, log, symbols",
        "",
        'log_, t = symbols("log t")',
        "once = log(log_) + 1",
        "symbols_ = once/3",
        "L = symbols_/(1 + exp(-t))",
    ]
    assert run(source)["L"] == program.inline()


@pytest.mark.parametrize("name", ["lambda", "exp", "symbols", "Integer", "N", "E", "print"])
def test_any_name_may_stand_in_sympy_source(name: str) -> None:
    a, b = symbols(f"{name} {name}_")
    program = Program((a, b), ((Symbol("first"), exp(a) + 2), (L, Symbol("first") * b / 3)))
    assert run(printers.sympy_program(program))["L"] == program.inline()
    swapped = Program((x,), ((a, exp(x) + 2), (b, a / 3), (L, a * b)))
    assert run(printers.sympy_program(swapped))["L"] == swapped.inline()


def test_sympy_program_keeps_numbers_exact() -> None:
    one = Symbol("one")
    assert run(printers.sympy_program(Program((x,), ((one, Rational(1)), (L, one / 3 + x)))))["L"] == Rational(1, 3) + x


# --- PyTorch ---


def _needs_tensors(function: Callable[..., Any], count: int = 1) -> Callable[..., Any]:
    """Return a function that refuses plain numbers among its first arguments, as those of torch do."""

    def checked(*arguments: Any, **options: Any) -> Any:
        assert all(isinstance(a, np.ndarray | np.generic) for a in arguments[:count]), f"{function} needs tensors"
        return function(*arguments, **options)

    return checked


def _stack(tensors: Any) -> Any:
    assert len({np.shape(tensor) for tensor in tensors}) == 1, "stack needs tensors of one shape"
    return np.stack([np.asarray(tensor) for tensor in tensors])


def _along(function: Callable[..., Any]) -> Callable[..., Any]:
    return _needs_tensors(lambda x, *, dim: function(x, axis=dim))


_ONE_ARGUMENT = ("exp", "log", "log1p", "expm1", "sin", "cos", "tanh", "sqrt", "abs", "sign")
TORCH = SimpleNamespace(
    **{name: _needs_tensors(getattr(np, name)) for name in _ONE_ARGUMENT},
    float64=np.float64,
    tensor=lambda value, *, dtype: np.asarray(value, dtype),
    zeros_like=_needs_tensors(np.zeros_like),
    where=_needs_tensors(np.where),
    stack=_stack,
    broadcast_tensors=_needs_tensors(np.broadcast_arrays, 99),
    sort=_along(lambda x, axis: SimpleNamespace(values=np.sort(x, axis))),
    sum=_along(np.sum),
    amax=_along(np.max),
    argmax=_along(np.argmax),
    maximum=_needs_tensors(np.maximum, 2),
    logaddexp=_needs_tensors(np.logaddexp, 2),
    clamp=_needs_tensors(np.clip),
    sigmoid=_needs_tensors(special.expit),
    relu=_needs_tensors(lambda z: np.maximum(z, 0.0)),
    no_grad=nullcontext,
    special=SimpleNamespace(xlogy=_needs_tensors(special.xlogy, 2), xlog1py=_needs_tensors(special.xlog1py, 2)),
    nn=SimpleNamespace(functional=SimpleNamespace(leaky_relu=_needs_tensors(lambda z, slope: np.where(z > 0, z, slope * z)))),
)


def pytorch(program: Program, values: Mapping[str, Any]) -> Any:
    """Run printed PyTorch on the stand-in; its import is taken out."""
    source = printers.pytorch_code(program)
    imports = [node for node in ast.parse(source).body if isinstance(node, ast.Import)]
    assert {alias.name for node in imports for alias in node.names} <= {"torch", "math"}
    with np.errstate(all="ignore"):
        loss = run(source.replace("import torch\n", ""), torch=TORCH)["loss"]
        return loss(**{name: np.asarray(value) for name, value in values.items()})


@pytest.mark.parametrize("name", NETWORKS)
def test_pytorch_code_of_a_network_computes_its_loss(name: str) -> None:
    program, given = NETWORKS[name].program(), points(NETWORKS[name])
    close(pytorch(program, given), program.evaluate(given)["L"])
    alone = {name: column[0] for name, column in given.items()}
    close(pytorch(program, alone), program.evaluate(alone)["L"])


@sparse
@given(data=st.data())
@pytest.mark.parametrize("name", VARIANTS)
def test_pytorch_code_of_every_loss_computes_it(name: str, data: st.DataObject) -> None:
    program = VARIANTS[name]
    given = data.draw(columns(program, 8))
    close(pytorch(program, given), program.evaluate(given)["L"], absolute=1e-300)


EDGES: dict[str, list[tuple[float, ...]]] = {
    "xlogy": [(0, 0), (1, 0), (2, 3)],
    "xlog1py": [(0, -1), (1, -1), (2, 1e-20), (2, 3), (1, -0.6)],
    "xdivy": [(0, 0), (1, 4), (-3, 2)],
    "xmuly": [(0, np.inf), (2, np.inf), (2, 3)],
    "focal": [(0, 0, 2), (1, 0, 0.5), (1, 1, 0), (1, 1, 0.5), (1, 1, 2), (2, 0.3, 1.5)],
    "focal_surprise": [(0, np.inf, 2), (1, 0, 0), (1, 0, 0.5), (1, 1e-20, 2), (2, 0.3, 1.5), (1, 1e4, 2)],
    "focal_slope": [(0, np.inf, 2), (1, 0, 0), (1, 0, 0.5), (1, 1e-20, 2), (1, 800, 2), (2, 0.3, 1.5), (1, 40, 5)],
    "sigmoid": [(-700,), (0,), (1e4,), (-1e4,)],
    "logit": [(0.25,), (1e-300,), (1 - 2**-53,)],
    "logistic_loss": [(0, -1e4), (1, 1e4), (0, 1e4), (0.3, -2), (1, 0), (0, -700), (1, 700), (0.5, 30)],
    "softplus": [(-1e4,), (-700,), (-30,), (0,), (20.5,), (30,), (1e4,)],
    "logsumexp": [(0, -40, -1000), (5, 5, 5), (-1e4, 1e4, 0), (-3, -2, -2.5)],
    "shift": [(0, -1000, 3), (-4, -2, -3)],
    "argmax": [(0, -1000, 3), (1, 2, 2), (3, 3, 3)],
    "positive": [(0,), (1e-300,), (-1,)],
    "relu": [(0,), (3,), (-1,)],
    "leaky_relu": [(0,), (3,), (-1,)],
    "same": [(0, 0), (1, 2), (2, 2)],
}
"""Function -> where it may go wrong."""


def of(name: str) -> tuple[Program, Columns]:
    """Return a function as a program, and its edges as columns."""
    function = next(f for f in FUNCTIONS if f.__name__ == name)
    names = symbols(f"a1:{len(EDGES[name][0]) + 1}")
    program = Program(names, ((L, function(*names)),))
    return program, {s.name: np.array(column, float) for s, column in zip(names, zip(*EDGES[name], strict=True), strict=True)}


def test_every_printed_function_has_its_edges_tried() -> None:
    assert set(EDGES) == set(runtime.PYTORCH) == set(runtime.WOLFRAM)


@pytest.mark.parametrize("name", EDGES)
def test_pytorch_functions_agree_with_numpy_at_the_edge(name: str) -> None:
    program, values = of(name)
    close(pytorch(program, values), program.evaluate(values)["L"])


NUMBERS: list[Expr] = [
    x / log(2),
    x + Max(x, y, 0) + Max(y, log(3)),
    sqrt(2) * sin(x) + pi * tanh(y) + sqrt(Abs(x)) + exp(2),
    Abs(x) + sign(y) * Float(1e-5) - x**2 / 7 - x**-1,
    functions.xmuly(1, y) + functions.xlogy(Rational(1, 2), Abs(x)) + sigmoid(Float(0.3)) + functions.shift(x, 1),
    functions.same(x, 2) + functions.same(2, y) + functions.same(1, 1) + functions.relu(-3) * x,
]


@pytest.mark.parametrize("expr", NUMBERS, ids=str)
@pytest.mark.parametrize("language", ["pytorch", "wolfram"])
def test_numbers_may_stand_where_a_function_takes_tensors(expr: Expr, language: str) -> None:
    two = Symbol("two")
    program = Program((x, y), ((two, Rational(2)), (L, expr + functions.softplus(two) * two)))
    given = {"x": np.array([-1.5, 2.0]), "y": np.array([0.25, 2.0])}
    if language == "pytorch":
        close(pytorch(program, given), program.evaluate(given)["L"])
    else:
        close(wolfram(program, given), program.evaluate(given)["L"])


@pytest.mark.parametrize("name", ["lambda", "torch", "math", "xmuly", "abs", "loss"])
def test_any_name_may_stand_in_pytorch_code(name: str) -> None:
    program = Program((Symbol(name), x), ((L, functions.xmuly(x, Symbol(name)) / log(2) + Abs(x)),))
    inner = printers.pytorch_code(program).replace("import torch\n", "")
    close(run(inner, torch=TORCH)["loss"](np.array(2.0), np.array(3.0)), 6 / np.log(2) + 3)


def test_pytorch_code_holds_only_what_the_loss_needs() -> None:
    source = printers.pytorch_code(Network((1, 2), output="softmax", loss="index").gradient(), "surprise")
    called = ["import torch", "def xmuly(x, y):", "def logsumexp(*z):", "def shift(*z):", "def same(x, y):", "def surprise("]
    found = [line for line in source.splitlines() if line.startswith(("def", "import"))]
    assert [line.split("  #")[0] for line in found[:-1]] == called[:-1]
    assert found[-1] == "def surprise(x1, w1_1_1, w1_2_1, b1_1, b1_2, t1):"
    assert "y1 =" not in source
    assert "d_" not in source
    assert "    c1 = same(t1, 0)\n" in source
    assert source.endswith("    L = l1 + l2\n    return L\n")


def test_what_a_language_cannot_compute_is_refused() -> None:
    program = Program((x, y), ((L, functions.least_focal(x, y, 1)),))
    for printed, language in ((printers.pytorch_code, "PyTorch"), (printers.wolfram_code, "Wolfram Language")):
        with pytest.raises(NotImplementedError) as error:
            printed(program)
        assert str(error.value) == f"No {language} for least_focal."
    with pytest.raises(NotImplementedError) as error:
        printers.sympy_program(program)
    assert str(error.value) == "No SymPy for least_focal."


# --- Wolfram Language ---


def plain(source: str) -> str:
    """Return source in words that SymPy's parser knows: no $ in a name, no exponent or mark of precision in a number."""

    def decimal(found: re.Match[str]) -> str:
        return f"{float(f'{found[1]}e{found[2]}'):.400f}".rstrip("0")

    return re.sub(r"([\d.]+)\*\^(-?\d+)", decimal, source.replace("`", "")).replace("$", "zz")


def parsed(source: str) -> list[Any]:
    """Return the full form of each definition: nested lists, the head first."""
    parser = MathematicaParser()
    forms = []
    for definition in source.split("\n\n"):
        tokens = parser._from_mathematica_to_tokens(plain(definition.strip().removesuffix(";")))
        forms.append(parser._from_tokens_to_fullformlist(tokens))
    return forms


class Kernel:
    """Evaluates the part of the Wolfram Language that printed code uses, for numbers."""

    PURE: Mapping[str, Callable[..., Any]] = {
        "Plus": lambda *a: reduce(operator.add, a),
        "Times": lambda *a: reduce(operator.mul, a),
        "Power": lambda a, b: np.power(np.asarray(a, float), b),
        "Log": np.log, "Exp": np.exp, "Sin": np.sin, "Tanh": np.tanh, "ArcTanh": np.arctanh, "Abs": np.abs, "Sign": np.sign,
        "LogisticSigmoid": special.expit,
        "Max": lambda *a: np.max(a),
        "List": lambda *a: np.array(a, float),
        "Sort": np.sort, "Total": np.sum,
        "Most": lambda a: a[:-1],
        "Last": lambda a: a[-1],
        "First": lambda a: a[0],
        "FirstPosition": lambda a, value: [1 + list(a).index(value)],
        "VectorQ": lambda a, of: True,  # all are numbers here
        "Boole": float,
        "Equal": operator.eq, "Greater": operator.gt, "Less": operator.lt,
    }  # fmt: skip

    def __init__(self, source: str) -> None:
        self.defined: dict[str, tuple[list[Any], Any]] = {}
        for head, (name, *patterns), body in parsed(source):
            assert head == "SetDelayed"
            assert name not in self.PURE
            self.defined[name] = (patterns, body)

    def call(self, name: str, arguments: list[Any]) -> Any:
        patterns, body = self.defined[name]
        local: dict[str, Any] = {}
        for place, (pattern, variable, (blank,)) in enumerate(patterns):
            assert pattern == "Pattern"
            local[variable] = arguments[place:] if blank == "BlankSequence" else arguments[place]
        assert len(local) == len(patterns), "a name stands for two arguments"
        assert len(arguments) == len(patterns) or blank == "BlankSequence"
        return self.value(body, local)

    def value(self, form: Any, local: dict[str, Any]) -> Any:
        if isinstance(form, str):
            if form in local:
                return local[form]
            return {"Pi": np.pi, "NumericQ": None, "E": np.e}[form] if form[0].isalpha() else float(form)
        head, *rest = form
        if head == "If":
            condition, then, otherwise = rest
            return self.value(then if self.value(condition, local) else otherwise, local)
        if head == "Or":
            return any(self.value(part, local) for part in rest)
        if head == "Module":
            (_, *variables), body = rest
            names = [v[1] if isinstance(v, list) else v for v in variables]
            assert len(set(names)) == len(names)
            assert not set(names) & set(local)
            own = {v[1]: self.value(v[2], local) for v in variables if isinstance(v, list)}
            return self.value(body, local | dict.fromkeys(names) | own)
        if head == "CompoundExpression":
            *steps, last = rest
            for set_, name, expression in steps:
                assert set_ == "Set"
                assert name in local, f"{name} is not local"
                local[name] = self.value(expression, local)
            return self.value(last, local)
        arguments: list[Any] = []
        for part in rest:
            found = self.value(part, local)
            arguments += found if isinstance(found, list) and isinstance(part, str) else [found]
        return self.call(head, arguments) if head in self.defined else self.PURE[head](*arguments)


def wolfram(program: Program, values: Mapping[str, Any]) -> NDArray[np.float64]:
    """Run printed Wolfram Language on the stand-in, at one point after the other."""
    source = printers.wolfram_code(program)
    assert "_" not in re.sub(r"(?<=[\w$])__?(?=[,\]])", "", source), "an underscore that is no pattern"
    kernel = Kernel(source)
    rows = zip(*(values[s.name] for s in program.inputs), strict=True)
    with np.errstate(all="ignore"):
        return np.array([float(kernel.call("loss", list(row))) for row in rows])


@pytest.mark.parametrize("name", NETWORKS)
def test_wolfram_code_of_a_network_computes_its_loss(name: str) -> None:
    program, given = NETWORKS[name].program(), points(NETWORKS[name])
    close(wolfram(program, given), program.evaluate(given)["L"])


@sparse
@given(data=st.data())
@pytest.mark.parametrize("name", VARIANTS)
def test_wolfram_code_of_every_loss_computes_it(name: str, data: st.DataObject) -> None:
    program = VARIANTS[name]
    given = data.draw(columns(program, 2))
    close(wolfram(program, given), program.evaluate(given)["L"], absolute=1e-300)


@pytest.mark.parametrize("name", EDGES)
def test_wolfram_functions_agree_with_numpy_at_the_edge(name: str) -> None:
    program, values = of(name)
    close(wolfram(program, values), program.evaluate(values)["L"], absolute=1e-15 if name == "focal_slope" else 0)


@pytest.mark.parametrize("name", [name for name in NETWORKS if name != "wide"])
def test_each_line_of_wolfram_code_says_what_its_step_does(name: str) -> None:
    program, given = NETWORKS[name].program(), points(NETWORKS[name])
    known: dict[str, Any] = {**given, **program.evaluate(given)}
    steps = program.needed(["L"])
    lines = re.findall(r"^  (\S+) = (.*);$", printers.wolfram_code(program).split("\n\n")[-1], re.MULTILINE)
    assert [left for left, _ in lines] == [step.name.replace("_", "$") for step, _ in steps]
    sources = {_camel(f): runtime.NUMPY[f] for f in runtime.WOLFRAM}
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
    source = printers.wolfram_code(program)
    assert f"loss[{', '.join(f'{name}_' for name in written.split())}] :=" in source
    given = {s.name: np.array([k + 1.0]) for k, s in enumerate(inputs)}
    close(wolfram(program, given), program.evaluate(given)["out"])


@pytest.mark.parametrize(
    ("number", "written"),
    [(0.1, "0.1"), (1e-20, "1.*^-20"), (1.5e300, "1.5*^300"), (0.1 + 0.2, "0.30000000000000004`"), (-2.5e-7, "-2.5*^-7")],
)
def test_numbers_are_written_as_the_wolfram_language_reads_them(number: float, written: str) -> None:
    program = Program((x,), ((L, Float(number) + x),))
    assert written.lstrip("-") in printers.wolfram_code(program)
    close(wolfram(program, {"x": [0.0]}), number)


def test_wolfram_code_reads_step_by_step() -> None:
    source = printers.wolfram_code(Network((1, 1, 1), "leaky relu", "identity", "squared").program(), "cost")
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


# --- NumPy ---


@pytest.mark.parametrize("name", NETWORKS)
def test_numpy_code_of_a_network_runs_alone_and_computes_loss_and_gradient(name: str) -> None:
    program, given = NETWORKS[name].gradient(), points(NETWORKS[name])
    with np.errstate(all="ignore"):
        found = run(printers.numpy_code(program))["loss"](**given)
    expected = program.evaluate(given)
    assert set(found) == set(expected)
    for step in expected:
        np.testing.assert_array_equal(found[step], expected[step])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_numpy_code_defines_each_function_that_it_calls(function: type[StableFunction]) -> None:
    names = symbols(f"a1:{1 + (function.nargs.args[0] if function.nargs.is_FiniteSet else 3)}")
    program = Program(names, ((L, function(*names)),))
    values = {s.name: 0.25 * k for k, s in enumerate(names, 1)}
    close(run(printers.numpy_code(program))["loss"](**values)["L"], program.evaluate(values)["L"])
