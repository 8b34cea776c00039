"""Addresses that nobody should send: whatever stands in one, a page opens, quickly and without an exception.

ADDRESSES says how many are opened a page; 5,000 take about twenty minutes of one core.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from explorer.pages.algebra import chain
from explorer.views.address import PAGES as VIEWS
from tests.pages.steps import running
from tests.speed import in_time
from tests.views.compare import assert_agrees

ADDRESSES = int(os.environ.get("ADDRESSES", "80"))
PARTS = 4
SLOWEST = 2.0
"""Seconds of a processor that an address may take."""

Value = str | bytes
Address = dict[str, Value | list[Value]]

NUMBERS: tuple[str, ...] = (
    "", " ", "0", "1", "-1", "0.5", "0,5", "1/3", "20 %", "−2", "1e-320", "1e-20", "1e-400", "5e-324", "1e20", "1e100",
    "-1e100", "1e154", "1e306", "-1e306", "1.797e308", "-1.797e308", "1e309", "inf", "-inf", "infinity", "nan", "-nan",
    "1e999", "-1e999", "0x10", "1_000", "1__0", "١٢", "１２", "½", "²", "1" * 400, "9" * 5000, "-" + "9" * 5000,
    "0." + "0" * 5000 + "1", "1e" + "9" * 5000, str(2**31), str(2**53), str(2**63), str(2**64), "-0", "+1", "1.0", "1.5",
    "0.9999999999999999", "7", "12", "2", "3", "10", "-100", "745", "-746", "36.7", "1000", "-1000", "999999", "1e6", "-1e6",
    "1000001", "1/0", "1e-7", "100",
)  # fmt: skip
TEXTS: tuple[Value, ...] = (
    "", " ", "\t", "\n", "\r\n", "\x00", "\x1b[31m", "‮", "a\u0301", "🏳️‍🌈", "true", "TRUE", "false", "none", "null", "None",
    "undefined", "[]", "{}", "[object Object]", "file", "w1_1_1", "A", "p", "x1", "<script>alert(1)</script>",
    "![x](http://a.example/b.png)", "[a](javascript:alert(1))", "# head", "**bold**", "`code`", "$x^2$", ":red[x]",
    ":smile:", ":material/home:", "https://a.example", "www.a.example", "a@b.example", "\\href{x}{y}", "%s%n",
    "{0.__class__}", "../../etc", "'; drop table x; --", "a" * 5000, "é" * 2500, "(" * 3000, "((((((((", b"\xed\xa0\x80",
    b"\xff\xfe", b"\xf0\x9f", "a;b;c", "a,b,c", ",,,", ";;;", "_ _ _", "-", "--", "1-1", "A,A", "A,B,C",
)  # fmt: skip
HOSTILE: tuple[Value, ...] = (*NUMBERS, *TEXTS)

BATCHES = (
    "0.7 0.1 0.2 0;0.1 0.5 0.4 1", "0 0 1 0", "1e-320 1 0 2", "nan 0 1 0", "1e999 0 0 0", "0.5 0.5 9", "x", ";", "1 2 3 -100",
    "-20 20 0 1", "0,5 1/3 20% 0", "1e308 1e308 -1e308 0", "9" * 4400 + " 0 0 0", "0 0 1 " + "9" * 4400, "0 1 0 1e308",
    "0.2 0.3 0.5 1 0 0", "0 0 0 0 0 0", "_ _ _ _", "0 0 1 \ufffd", ";".join(["0.2 0.3 0.5 1"] * 100),
)  # fmt: skip
CATEGORICAL: dict[str, tuple[str, ...]] = {
    "by": ("probability", "logit"),
    "target": ("class index", "distribution"),
    "base": ("0", "1"),
    "classes": ("2", "3", "4", "10"),
    "names": ("a,b,c", "a_b, c.d, e-f", "one"),
    "options": ("label smoothing", "class weights", "focal", "temperature", "ignore index"),
    "ignore": ("-100", "0", "1", "2"),
    "k": ("0", "1", "2", "-100"),
    "along": ("A", "B", "C", "b"),
    "batch": BATCHES,
    "row": ("1", "2", "3"),
    **{f"{x}{k}": ("0", "1", "0.5", "-3") for x in "pztw" for k in (1, 2, 3, 10)},
    "epsilon": ("0", "1", "0.1"),
    "gamma": ("0", "0.5", "5"),
    "T": ("0.1", "10"),
}
KIND = {
    "sizes": ("2-4-1", "1-1", "2-3-2", "2 2 2", "3-1"),
    "hidden": ("identity", "sigmoid", "tanh", "relu", "softplus", "leaky relu", "sin"),
    "loss": (
        "binary cross-entropy", "cross-entropy, distribution", "cross-entropy, class index", "squared error",
        "squared error of sigmoid",
    ),
}  # fmt: skip
NETWORK: dict[str, tuple[str, ...]] = {
    **KIND,
    "data": ("XOR", "AND", "line", "moons", "spirals", "one example", "pasted rows"),
    "rows": ("1", "7", "100"),
    "seed": ("0", "5", "9999"),
    "row": ("1", "4"),
    **dict.fromkeys(("x1", "x2", "t1", "t2"), ("0", "1", "-3")),
    "along": ("w1_1_1", "b1_1", "w2_1_1"),
    "across": ("w1_1_1", "b1_1", "w2_1_1"),
    "surface": ("contour", "3-D"),
    "chosen": ("h1_1", "w1_1_1", "y1"),
    "w": ("0,-4", ",".join(["1"] * 17), ",".join(["1e300"] * 17), ",".join(["1e308", "-1e308"] * 8 + ["1"]), "1,nan"),
    "table": ("0 0 0⏎0 1 1", "1e308 -1e308 1⏎1e308 1e308 0", "0 0 inf", "0,5⇥1/3⇥1"),
    "rule": ("plain", "momentum", "adam", "restarts", "uncleared"),
    "rate": ("0.5", "1000", "1e-6"),
    "steps": ("0", "7", "300"),
    "versus": ("true", "false"),
    "form": ("layered", "backpropagation", "inline"),
    "numbers": ("true", "false"),
    "keep": ("w1_1_1", "x1"),
    "around": ("true", "false"),
    "weights": ("true", "false"),
}
ALGEBRA: dict[str, tuple[str, ...]] = {
    "start": ("loss", "network", "typed"),
    "of": ("binary cross entropy", "cross entropy with logits", "squared error"),
    "classes": ("2", "3", "4"),
    "with": ("label smoothing", "class weights", "focal factor"),
    **{key: values[:3] for key, values in KIND.items()},
    "typed": ("x", "p^2", "log(x)/y", "t*log(p)", "1/0", "oo", "p100000000", "sum(x", "w1x1 + e*p(1-p)", r"\sum_{k=1}^K x_k"),
    "as-e": ("number", "symbol"),
    "as-w1x1": ("name", "product"),
    "as-terms_K": ("3", "rows"),
    "along": ("p", "t", "x", "z1"),
    "floats": ("true", "false"),
    "entries": ("value", "∂/∂p"),
    "chain": ("differentiate p", "factor", "differentiate p; factor", "nothing", ";", "differentiate", "substitute p, 1e999"),
    **{f"at-{name}": ("0", "1", "0.5") for name in ("p", "t", "x", "z", "z1", "gamma")},
}
BINARY: dict[str, tuple[str, ...]] = {
    "by": ("probability", "logit"),
    **dict.fromkeys(("other", "squared", "log"), ("true", "false")),
    **dict.fromkeys("pt", ("0", "1", "0.2", "1e-20")),
    "z": ("0", "-12", "3.5", "40"),
}
LOSSES: dict[str, tuple[str, ...]] = {
    "loss": (
        "Huber loss",
        "huber",
        "smooth l1",
        "Squared error",
        "absolute_error",
        "quantile",
        "hinge",
        "poisson",
        "barron",
        "dice",
        "triplet",
        "infonce",
        "cross entropy",
        "brier",
        "general_robust",
    ),
    "scaled": ("true", "false"),
    **dict.fromkeys(("facts", "libraries", "floats", "estimate", "fit"), ("true", "false")),
    "dots": ("skewed", "two heaps", "even"),
    "at": ("1,2,3,4,5,6,7,8,9", "1,2", "1,2,3,4,5,6,7,8,nan", "0,0,0,0,0,0,0,0,0", ",,,"),
    "rate": ("0", "1", "0.25"),
    "typed": (
        "(y - t)^2",
        "log(1 + exp(-y*f))",
        "delta*abs(y - t)/scale",
        "-t*log(p)",
        "sum(x",
        "3",
        "w1x1 + e*y",
        r"\hat{p}^2",
        "log(exp(z1) + exp(z2) + exp(z3)) - z1",
        "x*" * 3000 + "1",
    ),
    "by": ("y", "p", "f", "t", "q"),
    **dict.fromkeys(("role_y", "role_t", "role_f", "role_delta"), ("prediction", "target", "parameter")),
    **dict.fromkeys(("domain_y", "domain_t", "domain_f", "domain_z1"), ("any number", "0 to 1", "a count", "shares of 1")),
    "as-e": ("number", "symbol"),
    "points": (",".join(["1"] * 20), "1,2,3", ",".join(["0", "10"] * 10), ",".join(["1e9"] * 20)),
    **dict.fromkeys(
        ("y", "t", "p", "z", "delta", "tau", "alpha", "c", "gamma", "t1", "p1"), ("0", "1", "-1", "0.5", "3", "-3")
    ),
}
ROWS: dict[str, tuple[str, ...]] = {
    "files": ("scores.csv", "a.csv/b.csv", "<img src=x onerror=alert(1)>", "/", "../../etc/passwd"),
    "data": ("Two classes", "Five classes", "Numbers", "Tokens"),
    "loss": ("Focal loss", "Huber loss", "Brier score", "focal", "Surprise of a token"),
    "bins": ("2", "15", "50", "7.5"),
    "log_T": ("-1.3", "0.35", "1.3"),
    **dict.fromkeys(("threshold", "residual"), ("0", "0.5", "1", "9")),
    "worst": ("Largest loss", "Confidently wrong", "Label likely wrong", "Of a bin"),
    "split": ("all together", "by class", "by group"),
    "bin": ("1", "15", "50"),
    **dict.fromkeys(("truth", "prediction", "weight", "group", "identity"), ("y_true", "y_score", "y", "label", "group")),
    "scale": ("probability", "logit", "value"),
    "kind": ("binary", "classes", "regression", "tokens"),
    **dict.fromkeys(("classes", "weigh", "libraries", "recognised"), ("true", "false")),
    **dict.fromkeys(("gamma", "delta", "alpha"), ("0", "1", "0.5", "3")),
}
OBJECTIVE: dict[str, tuple[str, ...]] = {
    "loss": ("Huber loss", "Cross-entropy", "Poisson loss", "Tukey's biweight loss", "huber"),
    "typed": ("log(1 + exp(-y*f))", "(y - t)^2", "p", "1", "z1*t1 + z2*t2", "gradient^2", "-log(p)*t"),
    "by": ("f", "y", "t", "q"),
    "role_y": ("target", "parameter", "prediction"),
    "domain_y": ("any number", "0 to 1", "−1 or 1"),
    "link": ("identity", "logistic", "softmax", "exp"),
    "gradient": ("p - t", "t - p", "y - t", "1/0", "log(", "return preds - labels, 1", "import os", "x", "for k in y: pass"),
    "hessian": ("p*(1 - p)", "1", "0", "-1", "1/(y - t)", "def f(a, b):\n    return a"),
    "library": ("PyTorch", "Keras", "JAX", "CatBoost", "LightGBM", "scikit-learn"),
    "taken": ("clipped", "absolute", "Gauss-Newton"),
    **dict.fromkeys(("boosting", "training"), ("true", "false")),
    **dict.fromkeys(("z", "t", "y", "log_least", "reg_lambda", "delta"), ("0", "1", "-3", "0.5")),
}
DOCTOR: dict[str, tuple[str, ...]] = {
    "told": (
        "0.6931", "nan", "-3", "16.118 keras", "loss is 2.302 with 10 classes", "epoch 1 loss 2.3\nepoch 2 loss nan", "file",
        '[{"loss": 1.0}, {"loss": 1e9}]', "step,loss\n1,2.0\n2,0.1\n3,7",
    ),
    "is_loss": ("0.69", "nan", "inf", "-1"),
    "is_kind": ("binary", "classes", "hinge", "mse"),
    "is_classes": ("2", "10", "1000"),
    "is_batch": ("1", "64"),
    "is_accuracy": ("0.5", "50 %", "1"),
    "is_dtype": ("float16", "bf16"),
    "is_framework": ("keras", "torch"),
    "is_reduction": ("sum", "mean"),
    "is_smoothing": ("0.1", "1"),
    "is_margin": ("0.2",),
    "is_steps": ("4",),
    "constants": ("true", "false"),
}  # fmt: skip
PAGES = {
    "doctor": DOCTOR,
    "rows": ROWS,
    "losses": LOSSES,
    "objective": OBJECTIVE,
    "binary": BINARY,
    "categorical": CATEGORICAL,
    "network": NETWORK,
    "algebra": ALGEBRA,
}


def addresses(page: str, part: int) -> Iterator[Address]:
    """Addresses of a page: some controls as they may be, others as they may not, some of them named several times."""
    draw = random.Random(f"{page} {part}")
    controls = PAGES[page]
    for _ in range(ADDRESSES // PARTS):
        address: Address = {}
        for key in draw.sample(list(controls), draw.randint(1, min(8, len(controls)))):
            pool = controls[key] if draw.random() < 0.5 else HOSTILE if draw.random() < 0.7 else NUMBERS
            values = [draw.choice(pool) for _ in range(draw.choice([1, 1, 1, 1, 2, 3]))]
            address[key] = values[0] if len(values) == 1 else values
        if draw.random() < 0.05:
            address[str(draw.choice(TEXTS)) or "x"] = draw.choice(HOSTILE)
        yield address


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """No run of the page leaves a step at work."""
    monkeypatch.setattr(chain, "PATIENCE", 10.0)


@pytest.mark.parametrize(
    ("page", "part"), [(page, part) for page in PAGES for part in range(1 if page in ("rows", "objective") else PARTS)]
)
def test_any_address_opens_quickly_without_an_exception(page: str, part: int) -> None:
    for data in ROWS["data"] if page == "rows" else ("",):  # what is made once for all visitors is not counted
        running(page, **({"data": data} if data else {})).run()
    for address in addresses(page, part):
        opened: AppTest = running(page, **address)
        start = time.process_time()
        opened.run()
        took = time.process_time() - start
        assert not opened.exception, (address, opened.exception[0].stack_trace)
        assert opened.get("bidi_component"), address
        assert in_time(took, SLOWEST), (address, took)
        if page in VIEWS:
            assert_agrees(opened, page, address)


@pytest.mark.parametrize("name", ["", "$$ID-x-None", "$$GENERATED_WIDGET_ID-x-1", "_typed", "embed"])
@pytest.mark.parametrize("page", PAGES)
def test_a_name_that_no_control_may_have_is_left_alone(page: str, name: str) -> None:
    opened: AppTest = running(page, **{name: "1"}).run()
    assert not opened.exception
