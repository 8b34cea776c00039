"""Formulas as people paste them: what each is read as, held against another at random points; and what is asked."""

from __future__ import annotations

import inspect
import random
import time
from collections.abc import Callable
from typing import Any

import mpmath
import pytest
from mpmath import cosh, exp, log, mpf, pi, sin, sqrt, tanh
from sympy import E, Expr, I, S, Symbol, lambdify, nan, oo, preorder_traversal, symbols, zoo

from explorer.core.algebra.reading import CALLS, notation_of, read, understood
from explorer.core.functions import textbook
from tests.speed import in_time

Formula = Callable[..., Any]


def sigmoid(z: mpf) -> mpf:
    return 1 / (1 + exp(-z))


def entropy(y: mpf, p: mpf) -> mpf:
    return -y * log(p) - (1 - y) * log(1 - p)


LATEX: dict[str, Formula] = {
    r"\frac12 (y-\hat{y})^2": lambda y, yhat: (y - yhat) ** 2 / 2,
    r"$$L = \frac{1}{2}\left(y - \hat y\right)^{2}$$": lambda y, yhat: (y - yhat) ** 2 / 2,
    r"\[ \mathcal{L}(\theta) = (y - \hat{y})^2. \]": lambda y, yhat: (y - yhat) ** 2,
    r"-y\log\sigma(z)-(1-y)\log(1-\sigma(z))": lambda y, z: entropy(y, sigmoid(z)),
    r"-\left[t \cdot \ln p + (1 - t) \times \ln\left(1 - p\right)\right]": lambda t, p: entropy(t, p),
    r"-\alpha_t(1-p_t)^\gamma\log(p_t)": lambda alpha_t, p_t, gamma: -alpha_t * (1 - p_t) ** gamma * log(p_t),
    r"-\alpha (1-p)^{\gamma}\,\log p": lambda alpha, p, gamma: -alpha * (1 - p) ** gamma * log(p),
    r"\max(0, 1 - y\cdot\hat{y})": lambda y, yhat: max(0, 1 - y * yhat),
    r"\max\left\{0,\; m - x\right\}": lambda m, x: max(0, m - x),
    r"\left[1 - y z\right]_+": lambda y, z: max(0, 1 - y * z),
    r"(x)_{+}^2": lambda x: max(0, x) ** 2,
    r"\lVert y - \hat{y}\rVert_2^2": lambda y, yhat: (y - yhat) ** 2,
    r"\|y-\hat y\|^2 + |w|": lambda y, yhat, w: (y - yhat) ** 2 + abs(w),
    r"\left|y - \tilde{y}\right|": lambda y, ytilde: abs(y - ytilde),
    r"\log\left(1+e^{-y\hat y}\right)": lambda y, yhat: log(1 + exp(-y * yhat)),
    r"\ln\cosh(\hat y - y)": lambda y, yhat: log(cosh(yhat - y)),
    r"\operatorname{softmax}(z_1,z_2,z_3)_2": lambda z1, z2, z3: exp(z2) / (exp(z1) + exp(z2) + exp(z3)),
    r"-\log\frac{e^{z_2}}{\sum_{j=1}^{3} e^{z_j}}": lambda z1, z2, z3: log(exp(z1) + exp(z2) + exp(z3)) - z2,
    r"\frac{e^x - e^{-x}}{e^x+e^{-x}}": lambda x: tanh(x),
    r"\mathbf{1}_{y=1} x": lambda y, x: x * (y == 1),
    r"\mathbb{1}[y = k]\,\log p": lambda y, k, p: log(p) * (y == k),
    r"\sqrt[3]{x} + \sqrt{x^2+1}": lambda x: x ** (mpf(1) / 3) + sqrt(x**2 + 1),
    r"\begin{aligned} L &= a + b \\ &\quad + c\end{aligned}": lambda a, b, c: a + b + c,
    r"\begin{equation}\label{x} a \, b\end{equation}": lambda a, b: a * b,
    r"\underbrace{(y-\hat y)^2}_{\text{error}} + \lambda w^2": lambda **at: (
        (at["y"] - at["yhat"]) ** 2 + at["lambda"] * at["w"] ** 2
    ),
    r"\left|\frac{y-\hat{y}}{y}\right|\times 100\%": lambda y, yhat: abs((y - yhat) / y),
    r"\tanh(x) = \frac{e^x-e^{-x}}{e^x+e^{-x}}": lambda x: tanh(x),
    r"\operatorname{softplus}(x) = \ln(1+e^x)": lambda x: log(1 + exp(x)),
    r"-\log \Phi(y f)": lambda y, f: -log(mpmath.ncdf(y * f)),
    r"1 - \frac{2TP}{2TP+FP+FN}": lambda TP, FP, FN: 1 - 2 * TP / (2 * TP + FP + FN),
    r"D_{KL} = p\log\frac{p}{q}": lambda p, q: p * log(p / q),
    r"\hat{y} - y\ln\hat{y}": lambda yhat, y: yhat - y * log(yhat),
    r"\frac{1}{2\sigma^2}(y-\mu)^2 + \frac12\log(2\pi\sigma^2)": lambda sigma, y, mu: (
        (y - mu) ** 2 / (2 * sigma**2) + log(2 * pi * sigma**2) / 2
    ),
    r"\sin^2 x + \tanh(x)": lambda x: sin(x) ** 2 + tanh(x),
    r"\log_2 x + \log_{10}(y)": lambda x, y: log(x, 2) + log(y, 10),
    r"\text{ReLU}(x) + \mathrm{sigmoid}(x)": lambda x: max(0, x) + sigmoid(x),
    r"\mathrm{e}^{-x} + 10^{-3}": lambda x: exp(-x) + mpf(1) / 1000,
    r"\prod_{i=1}^3 x_i": lambda x1, x2, x3: x1 * x2 * x3,
    r"\sum_{i=1}^{3} w_i x_{i}": lambda w1, x1, w2, x2, w3, x3: w1 * x1 + w2 * x2 + w3 * x3,
    r"\sum_{i=1}^{2}\sum_{j=1}^{2} w_{ij}": lambda w1_1, w1_2, w2_1, w2_2: w1_1 + w1_2 + w2_1 + w2_2,
    r"\sum_{k=0}^{2} k x^k": lambda x: x + 2 * x**2,
    r"\bar{x} y_{\text{true}} + \mathbf{w}": lambda xbar, y_true, w: xbar * y_true + w,
    r"x_{1,2} + \beta_{12}": lambda x1_2, beta12: x1_2 + beta12,
    r"y^{(i)} + y^*": lambda y_i, y_star: y_i + y_star,
    r"1/(1+e^-x) + \alpha": lambda x, alpha: sigmoid(x) + alpha,
    r"wx + b + \pi": lambda w, x, b: w * x + b + pi,
    r"p(y|x) \cdot f(x;\theta)": lambda p, f: p * f,
    r"2\cdot3x + 4\alpha": lambda x, alpha: 6 * x + 4 * alpha,
    r"\log 2\pi x": lambda x: log(2 * pi * x),
    "[1 - y f]_+": lambda y, f: max(1 - y * f, 0),
    r"{\left(\frac{a}{b}\right)}^{c}": lambda a, b, c: (a / b) ** c,
}
ROWS: dict[str, Formula] = {
    r"-\frac{1}{N}\sum_i y_i\log\hat{y}_i": lambda y, yhat: -y * log(yhat),
    r"-\frac{1}{N}\sum_{i=1}^{N}\left[y_i\log(\hat{y}_i) + (1-y_i)\log(1-\hat{y}_i)\right]": lambda y, yhat: entropy(y, yhat),
    r"-\frac1N\sum_{i=1}^N y_i\log(p_i) + (1-y_i)\log(1-p_i)": lambda y, p: entropy(y, p),
    r"\frac{1}{2n}\sum_{i=1}^{n} \left(y^{(i)} - \hat{y}^{(i)}\right)^2": lambda y, yhat: (y - yhat) ** 2 / 2,
    r"\mathbb{E}_{x\sim p}\left[(y-\hat{y})^2\right]": lambda y, yhat: (y - yhat) ** 2,
    r"\frac{1}{n}\sum_{i=1}^{n} e_i^2": lambda e: e**2,
    r"\frac{1}{|B|}\sum_{i \in B} w_i x_i": lambda w, x: w * x,
    r"J(\theta) = \frac{1}{2m} \sum_{i=1}^m \left(h_\theta(x^{(i)}) - y^{(i)}\right)^2": lambda h_theta, y: (
        (h_theta - y) ** 2 / 2
    ),
    r"\sum_{i} (y_i - \hat{y}_i)^2 + \alpha \sum_{j=1}^{2} w_j^2": lambda y, yhat, alpha, w1, w2: (
        (y - yhat) ** 2 + alpha * (w1**2 + w2**2)
    ),
    "K.mean(K.square(y - p), axis=-1)": lambda y, p: (y - p) ** 2,
    "(y - p).abs().mean(dim=1)": lambda y, p: abs(y - p),
    "-np.mean(y*np.log(p) + (1-y)*np.log(1-p))": lambda y, p: entropy(y, p),
    "np.sum((y-p)**2)/len(y)": lambda y, p: (y - p) ** 2,
    "np.sum((y-p)**2)/n": lambda y, p: (y - p) ** 2,
    "tf.reduce_mean(tf.square(y - p)) + 0.1*w**2": lambda y, p, w: (y - p) ** 2 + w**2 / 10,
    "K.mean(K.maximum(1 - y*p, 0))": lambda y, p: max(1 - y * p, 0),
    "Sum[(Subscript[y, i] - Subscript[p, i])^2, {i, 1, n}]/n": lambda y, p: (y - p) ** 2,
    "Mean[Abs[y - p]]": lambda y, p: abs(y - p),
}
PYTHON: dict[str, Formula] = {
    "=MAX(0;1-0,5*A2*B2)": lambda A2, B2: max(0, 1 - A2 * B2 / 2),
    "scipy.stats.norm.cdf(x) * norm.logcdf(y)": lambda x, y: mpmath.ncdf(x) * log(mpmath.ncdf(y)),
    "1/(1+e^-x)": lambda x: sigmoid(x),
    "1/(1 + e**(-x))": lambda x: sigmoid(x),
    "1/(1 + math.e**-x)": lambda x: sigmoid(x),
    "np.log1p(np.exp(-y*f))": lambda y, f: log(1 + exp(-y * f)),
    "torch.nn.functional.softplus(x) + F.relu(x)": lambda x: log(1 + exp(x)) + max(0, x),
    "jnp.maximum(0.0, 1 - x) * tf.math.sigmoid(x)": lambda x: max(0, 1 - x) * sigmoid(x),
    "softmax(a, b, c)[1]": lambda a, b, c: exp(b) / (exp(a) + exp(b) + exp(c)),
    "-np.log(softmax([a, b])[0])": lambda a, b: log(exp(a) + exp(b)) - a,
    "log_softmax(a, b)[1]": lambda a, b: b - log(exp(a) + exp(b)),
    "x_1 + x₁ + ŷ": lambda x_1, x1, yhat: x_1 + x1 + yhat,
    "clip(p, 0.1, 0.9)": lambda p: min(max(p, mpf("0.1")), mpf("0.9")),
    "-x.pow(2).neg().exp()": lambda x: -exp(-(x**2)),
    "(1 - x).clamp(0)": lambda x: max(1 - x, 0),
    "torch.norm(x - y, 1) + np.linalg.norm([x, y], 1)": lambda x, y: abs(x - y) + abs(x) + abs(y),
    "norm(x - y, 1) + norm([x, y], p=1) + norm(y, ord=2)": lambda x, y: abs(x - y) + abs(x) + 2 * abs(y),
    "norm(x, y) + norm([x, y], 2) + hypot(x, 1)": lambda x, y: 2 * sqrt(x**2 + y**2) + sqrt(x**2 + 1),
    "(x - y).norm() + x.norm(1)": lambda x, y: abs(x - y) + abs(x),
    "torch.logsumexp([a, b], 0) + np.max([a, b], -1)": lambda a, b: log(exp(a) + exp(b)) + max(a, b),
    "max(x, 1) + Math.max(x, 0) + torch.max(0, x) + x.max(y)": lambda x, y: max(x, 1) + 2 * max(x, 0) + max(x, y),
    "log_2(x) + log_10(y)": lambda x, y: log(x) / log(2) + log(y) / log(10),
    "Piecewise((y, Eq(a, 2)), (t, Ne(a, 3)), (0, True))": lambda a, t, y: y if a == 2 else t if a != 3 else 0.0,
    "where(Lt(a, t), y, t) + where(Ge(a, t), y, t)": lambda a, t, y: y + t,
    "Heaviside(y) + Heaviside(t, 0)": lambda t, y: (y > 0) + (y == 0) / 2 + (t > 0),
    "=-((A1 - B1)^2) + A1^-2 - B1^2": lambda A1, B1: -((A1 - B1) ** 2) + A1**-2 - B1**2,
    "scipy.special.kl_div(p, q)": lambda p, q: p * log(p / q) - p + q,
    "=-(A1*LN(B1) + IF(A1 > 0, A1, 0))": lambda A1, B1: -(A1 * log(B1) + max(A1, 0)),
    "½(y − ŷ)²": lambda y, yhat: (y - yhat) ** 2 / 2,
    "torch.clamp(p, min=0.1)": lambda p: max(p, mpf("0.1")),
    "np.logaddexp(a, b)": lambda a, b: log(exp(a) + exp(b)),
    "F.logsigmoid(x) + log_sigmoid(x)": lambda x: 2 * log(sigmoid(x)),
    "|x - y|*|x|": lambda x, y: abs(x - y) * abs(x),
    "|x||y|": lambda x, y: abs(x) * abs(y),
    "||x| - y|": lambda x, y: abs(abs(x) - y),
    "np.pi*np.sqrt(x)": lambda x: pi * sqrt(x),
    "scipy.special.expit(x)": lambda x: sigmoid(x),
    "max([a, b, c]) - np.sum([a, b])": lambda a, b, c: max(a, b, c) - a - b,
    "np.power(x, 2) + np.square(y)": lambda x, y: x**2 + y**2,
    "E^-x": lambda x: exp(-x),
    "2x + 2(x + 1)": lambda x: 4 * x + 2,
}
WOLFRAM: dict[str, Formula] = {
    "Norm[{x, y}, 1] + Norm[{x, y}, 2] + Norm[{x, y}]": lambda x, y: abs(x) + abs(y) + 2 * sqrt(x**2 + y**2),
    "-y Log[p] - (1 - y) Log[1 - p] // Simplify": lambda y, p: entropy(y, p),
    "HeavisideTheta[x] x^2": lambda x: x**2 if x > 0 else 0,
    "Subscript[x, 1] + Subscript[w, 1, 2]": lambda x1, w1_2: x1 + w1_2,
    "Sum[Subscript[x, i]^2, {i, 1, 3}]": lambda x1, x2, x3: x1**2 + x2**2 + x3**2,
    "Sum[i x[i], {i, 2}]": lambda x1, x2: x1 + 2 * x2,
    "Product[Subscript[x, i], {i, 2, 3}]": lambda x2, x3: x2 * x3,
    "\\[Alpha] Log[2, x] + OverHat[y]": lambda alpha, x, yhat: alpha * log(x, 2) + yhat,
    "Total[{a, b, c}] + Max[{a, b}]": lambda a, b, c: a + b + c + max(a, b),
    "SoftMax[{a, b, c}][[2]] + Mean[{a, b}]": lambda a, b, c: exp(b) / (exp(a) + exp(b) + exp(c)) + (a + b) / 2,
    "LogisticSigmoid[x] + Ramp[x] + Clip[x, {0.2, 0.5}]": lambda x: (
        sigmoid(x) + max(0, x) + min(max(x, mpf("0.2")), mpf("0.5"))
    ),
}


HEADS: dict[str, Formula] = {
    "loss = (pred - target)**2": lambda pred, target: (pred - target) ** 2,
    "return -np.log(np.where(y == 1, p, 1 - p))": lambda y, p: -log(p if y == 1 else 1 - p),
    "lambda y, f: np.log(1 + np.exp(-y * f))": lambda y, f: log(1 + exp(-y * f)),
    "loss = lambda y, f: (y - f)**2": lambda y, f: (y - f) ** 2,
    "def loss(y, f): return (y - f)**2": lambda y, f: (y - f) ** 2,
    "L(y, f) = log(1 + exp(-yf))": lambda y, f: log(1 + exp(-y * f)),
    "L(ŷ; y) = ½·(y − ŷ)²": lambda y, yhat: (y - yhat) ** 2 / 2,
    "f[y_, p_] := -y Log[p] - (1 - y) Log[1 - p]": lambda y, p: entropy(y, p),
    "Huber[x_] := If[Abs[x] <= d, x^2/2, d (Abs[x] - d/2)]": lambda x, d: x**2 / 2 if abs(x) <= d else d * (abs(x) - d / 2),
}
OTHERS: dict[str, Formula] = {
    r"\operatorname{sech}^2(x)": lambda x: 1 / cosh(x) ** 2,
    "np.float64(0.5) * x**2": lambda x: x**2 / 2,
    "max{0, 1 − y·f} + min {y, 2}": lambda y, f: max(0, 1 - y * f) + min(y, 2),
    "−[y ln(p) + (1−y) ln(1−p)]": lambda y, p: entropy(y, p),
    "log₂(x) + log₁₀(y)": lambda x, y: log(x, 2) + log(y, 10),
    "(y−ŷ)²∕2": lambda y, yhat: (y - yhat) ** 2 / 2,
    r"\left\| f - y \right\|^{2}_{2} + \|w\|^2_2 + \|v\|_2^2": lambda f, y, w, v: (f - y) ** 2 + w**2 + v**2,
    "‖y − ŷ‖²": lambda y, yhat: (y - yhat) ** 2,
    "torch.relu(margin - (pos - neg))": lambda margin, pos, neg: max(0, margin - (pos - neg)),
    "sgn*(y - f)": lambda sgn, y, f: sgn * (y - f),
    "torch.logsumexp(torch.stack([a, b, c]), dim=0) - a": lambda a, b, c: log(exp(a) + exp(b) + exp(c)) - a,
    "K.switch(K.abs(u) < 1, 0.5*K.square(u), K.abs(u) - 0.5)": lambda u: u**2 / 2 if abs(u) < 1 else abs(u) - mpf(1) / 2,
    "torch.clamp_min(1 - y*f, 0)": lambda y, f: max(1 - y * f, 0),
    "Total[(y - f)^2]/Length[y]": lambda y, f: (y - f) ** 2,
    "jnp.where(jnp.abs(e) < d, 0.5*e**2, d*(jnp.abs(e) - 0.5*d))": lambda e, d: (
        e**2 / 2 if abs(e) < d else d * (abs(e) - d / 2)
    ),
    "max(0, 1 - yf) + y**2 + f**2": lambda y, f: max(0, 1 - y * f) + y**2 + f**2,
    r"\begin{cases} r^2 & \text{for } r \le a, \\ r, & \text{otherwise.} \end{cases}": lambda r, a: r**2 if r <= a else r,
}
CONDITIONS: dict[str, Formula] = {
    "=IF(AND(A1>0,NOT(A1>=2)),A1,0)": lambda A1: A1 if 0 < A1 < 2 else 0,
    "=-LN(IF(A1=1;B1;1-B1))": lambda A1, B1: -log(B1 if A1 == 1 else 1 - B1),
    "=IF(A1<>2,A1,B1^2)": lambda A1, B1: A1 if A1 != 2 else B1**2,
    "tf.where(tf.less(x, y), x, tf.square(y))": lambda x, y: x if x < y else y**2,
    "np.where(np.logical_and(x > 0, np.greater_equal(y, x)), y, 1)": lambda x, y: y if 0 < x <= y else 1,
    "torch.where(torch.logical_not(x.abs() < 1), x, y)": lambda x, y: y if abs(x) < 1 else x,
    r"\begin{cases} \frac12(y-p)^2 & \text{if } |y-p| \le a \\ a|y-p| - \frac12 a^2 & \text{otherwise}\end{cases}": (
        lambda y, p, a: (y - p) ** 2 / 2 if abs(y - p) <= a else a * abs(y - p) - a**2 / 2
    ),
    r"\left\{\begin{array}{ll} x & x > a \\ -x & x \leq a \end{array}\right.": lambda x, a: x if x > a else -x,
    r"\mathbb{1}_{\{y > x\}} a": lambda y, x, a: a if y > x else 0,
    "np.where((x > a) & (y > a), x, y**2)": lambda x, a, y: x if x > a and y > a else y**2,
    "x if x > y or x > a else -x": lambda x, y, a: x if x > y or x > a else -x,
    "(y > x)*a": lambda y, x, a: a if y > x else 0,
    "Piecewise((x, x > a), (0, True))": lambda x, a: x if x > a else 0,
    "where(1 - below(a, x), x, y)": lambda a, x, y: y if a < x else x,
    "Piecewise[{{x, x > a}, {-x, x < y}}]": lambda x, a, y: x if x > a else -x if x < y else 0,
    "If[x > a && y >= a, x, 0]": lambda x, a, y: x if x > a and y >= a else 0,
    "Which[x > a, a, x < y, y, True, x]": lambda x, a, y: a if x > a else y if x < y else x,
}
SPECIAL: dict[str, Formula] = {
    "erf(x) + math.erfc(x)": lambda x: mpf(1) + 0 * x,
    "n! + gamma(x)": lambda n, x: mpmath.gamma(n + 1) + mpmath.gamma(x),
    "scipy.special.gammaln(x) + lgamma(x)": lambda x: 2 * mpmath.loggamma(x),
    r"\frac{\Gamma(a)}{n!}": lambda a, n: mpmath.gamma(a) / mpmath.gamma(n + 1),
    "LogGamma[x] + Factorial[n]": lambda x, n: mpmath.loggamma(x) + mpmath.gamma(n + 1),
}


def assert_means(expr: Expr, formula: Formula) -> None:
    """Hold an expression against a formula of the same names at random points."""
    names = sorted(symbol.name for symbol in expr.free_symbols)
    signature = inspect.signature(formula).parameters
    assert "at" in signature or names == sorted(signature)
    draw = random.Random(7)
    compute = lambdify([Symbol(name) for name in names], textbook(expr), "mpmath")
    for _ in range(3):
        at = {name: mpf(draw.uniform(0.1, 0.9)) for name in names}
        with mpmath.workdps(30):
            assert mpmath.almosteq(compute(*at.values()), mpmath.mpmathify(formula(**at)), 1e-20)


@pytest.mark.parametrize("text", LATEX)
def test_latex_is_read(text: str) -> None:
    assert notation_of(text) == "latex"
    found = understood(text)
    assert_means(found.expr, LATEX[text])
    assert not found.over_rows


@pytest.mark.parametrize("text", ROWS)
def test_a_sum_of_unknown_length_is_the_mean_over_rows(text: str) -> None:
    found = understood(text)
    assert_means(found.expr, ROWS[text])
    assert found.over_rows
    assert any("mean over rows" in sentence for sentence in found.said)
    assert read(text) == found.expr


@pytest.mark.parametrize("text", PYTHON)
def test_what_libraries_of_python_write_is_read(text: str) -> None:
    assert notation_of(text) == "python"
    assert_means(read(text), PYTHON[text])


@pytest.mark.parametrize("text", HEADS)
def test_what_stands_before_a_formula_is_left_out_and_said(text: str) -> None:
    found = understood(text)
    assert_means(found.expr, HEADS[text])
    assert found.said[0].startswith("Read is what stands right of “")


@pytest.mark.parametrize("text", OTHERS)
def test_other_forms_are_read(text: str) -> None:
    assert_means(understood(text).expr, OTHERS[text])


@pytest.mark.parametrize("text", WOLFRAM)
def test_what_the_wolfram_language_writes_is_read(text: str) -> None:
    assert notation_of(text) == "wolfram"
    assert_means(read(text), WOLFRAM[text])


@pytest.mark.skipif("where" not in CALLS, reason="there is no choice by a condition yet")
@pytest.mark.parametrize("text", CONDITIONS)
def test_cases_are_read_as_choices(text: str) -> None:
    assert_means(read(text), CONDITIONS[text])


@pytest.mark.parametrize(
    ("signs", "holds"),
    [
        ((">", ">", r"\gt"), False),
        ((">=", "≥", r"\geq", r"\ge"), True),
        (("<", "<", r"\lt"), False),
        (("<=", "≤", r"\leq", r"\le"), True),
        (("==", "==", "="), True),
        (("!=", "≠", r"\neq", r"\ne"), False),
    ],
)
def test_signs_of_comparison_differ_where_both_sides_are_equal(signs: tuple[str, ...], holds: bool) -> None:
    python, wolfram, *latex = signs
    texts = [f"where(1 {python} 1, a, b)", f"If[1 {wolfram} 1, a, b]"]
    texts += [rf"\begin{{cases}} a & 1 {sign} 1 \\ b & \text{{otherwise}}\end{{cases}}" for sign in latex]
    assert {read(text) for text in texts} == {Symbol("a" if holds else "b")}


@pytest.mark.parametrize("text", SPECIAL)
def test_special_functions_are_read(text: str) -> None:
    assert_means(read(text), SPECIAL[text])


REFUSED = {
    r"\operatorname{foo}^2(x)": (
        "foo is not a function known here, at character 1; known are exp, log, sqrt, sigmoid, max and others."
    ),
    "Abs[y - f]^p /. p -> 3/2": "A replacement is not read: write the value in place of the name, at character 14.",
    "=SUMXMY2(A2:A10,B2:B10)": (
        "A range of cells is not read: write the formula of one row, such as (A2 - B2)^2, at character 12."
    ),
    "CDF[NormalDistribution[0, 1], x]": "CDF is not read: write ndtr(x) for a normal distribution's, at character 1.",
    "D[Log[1 + Exp[x]], x]": "D is not read: write the loss, and differentiate it in a step, at character 1.",
    r"\Phi^{-1}(p)": "An inverse function is not read, nor is a quantile of a normal distribution, at character 1.",
    r"\ln(y) = a + b": "There is more than one formula here: write what stands right of one equals sign, at character 1.",
    "F.binary_cross_entropy_with_logits(z, t)": (
        "binary_cross_entropy_with_logits is a whole loss: write softplus(z) - t*z, at character 3."
    ),
    "F.kl_div(q.log(), p)": "kl_div of PyTorch is given ln p in place of p: write t*log(t/p), at character 3.",
    "torch.logsumexp(z, 1)": (
        "A whole number is an axis there: write logsumexp(a, b) with what stands along it, at character 20."
    ),
    "logsumexp(z, 1)": "A whole number is an axis there: write logsumexp(a, b) with what stands along it, at character 14.",
    "torch.logsumexp(z, dim=1) - z": "logsumexp is of several numbers: write logsumexp(z1, z2, z3), at character 17.",
    "z.max(-1)": "A whole number is an axis there: write max(a, b) with what stands along it, at character 7.",
    "torch.norm(x, 3)": (
        "Of the norms those of the orders 1 and 2 are read; the root of x^2 + y^2 is hypot(x, y), at character 15."
    ),
    "log_10 x": "log10 is a function: write log10(x), at character 1.",
    "=EXP(-A1^2)": "A spreadsheet squares the sign too, so that -A1^2 is A1^2 there: write -(A1^2), at character 6.",
    "=2 * -(A1 - B1)^2": "A spreadsheet squares the sign too, so that -A1^2 is A1^2 there: write -(A1^2), at character 6.",
    "y.dot(w)": "A product of arrays is not read: write w1*x1 + w2*x2, at character 2.",
    r"\pi_\theta(y_w|x) / \pi_\theta(y_l|x)": (
        "pi_theta(y_w|x) and pi_theta(y_l|x) are two values: write pi_theta_1 and pi_theta_2, at character 21."
    ),
    "$f(x) - f(y)$": "f(x) and f(y) are two values: write f_1 and f_2, at character 9.",
    r"\mathbb{E}[x]^2": (
        "A mean over rows may only be added to and multiplied: leave out the root or function of it, at character 1."
    ),
    r"\log p(1-p)": "How far log reaches is not clear: write log(...), at character 1.",
    r"\sigma^{-1}(p)": r"An inverse function is not read: write \operatorname{logit}(p), at character 1.",
    r"w^\top x": "A transpose is not read: write w_1 x_1 + w_2 x_2, at character 2.",
    r"\hat{y}'": "A prime is no part of a name: write x_1 or dx, at character 8.",
    r"\frac{\partial L}{\partial x}": (
        "A derivative is not read: write the loss, and differentiate it in a step, at character 7."
    ),
    r"\foo{x}": r"\foo is not known here, at character 1.",
    r"\sgima x": r"\sgima is not known here, at character 1; perhaps you mean \sigma.",
    r"\alpha e^{-x}^2": "Two exponents stand on one base: write {a^b}^c, or a^{b^c}, at character 14.",
    r"\alpha x^12": "^12 raises only its first digit in LaTeX: write ^{12}, at character 9.",
    r"\alpha y_true": "_true lowers only its first letter in LaTeX: write _{true}, at character 9.",
    r"\frac{x}{": "Braces, dollar signs or environments of this LaTeX do not match, at character 9.",
    r"\mathrm{KL}(p)": "KL is not a function known here, at character 1; known are exp, log, sqrt, sigmoid, max and others.",
    r"$L = a = b$": "There is more than one formula here: write what stands right of one equals sign, at character 6.",
    r"x_1 + \dots": r"Dots are not read: write \sum_{i=1}^{3} x_i, or every term, at character 7.",
    r"\max_{k} x_k": "max over an index is not read: write max(a, b), at character 5.",
    r"\sqrt\hat y": r"Write braces around \hat with what it takes, at character 6.",
    r".²-\hat{y}": '"." cannot stand here, at character 1.',
    r"\log": "What log is taken of is missing: write log(x), at character 1.",
    r"\sum_{k=1}^{K} y_k": "How many terms the sum over k has is not said: write a number as its end, at character 1.",
    r"p\log p/q": r"How far log reaches is not clear: write log(...), at character 2.",
    r"\sqrt{\sum_i x_i}": "How many terms the sum over i has is not said: write a number as its end, at character 7.",
    r"{": "A list may only stand in a function of several numbers, or as the range of a sum, at character 1.",
    r"\infty": "Infinity is not allowed, as numbers must be finite, at character 1.",
    r"\text{the loss}": r"\text{the loss} is not read: only names and functions may be words, at character 1.",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_read_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$") as error:
        read(text)
    assert str(error.value) == REFUSED[text]


p, x, y, w1, x1, e = symbols("p x y w1 x1 e")


@pytest.mark.parametrize(
    ("text", "key", "options", "readings"),
    [
        ("w1x1", "w1x1", ["name", "product"], [Symbol("w1x1"), w1 * x1]),
        ("xy + 1", "xy", ["name", "product"], [Symbol("xy") + 1, x * y + 1]),
        ("p(1-p)^2", "at_p", ["product", "value"], [p * (1 - p) ** 2, p**2]),
        ("e*x", "e", ["symbol", "number"], [e * x, E * x]),
        ("e^2", "e", ["number", "symbol"], [E**2, e**2]),
        ("e + e^-x", "e", ["number", "symbol"], [E + E**-x, e + e**-x]),
        ("$f(x)^2$", "at_f", ["value", "product"], [Symbol("f") ** 2, Symbol("f") * x**2]),
        (
            r"\sum_{k=1}^{K} x_k/K",
            "terms_K",
            ["3", "2", "4", "5", "rows"],
            [S.One / 3 * x1 + Symbol("x2") / 3 + Symbol("x3") / 3],
        ),
        (r"x_k + \log \sum_{k=1}^{2} x_k", "x_k", ["1", "2", "other"], []),
    ],
)
def test_where_two_readings_are_possible_both_can_be_had(text: str, key: str, options: list[str], readings: list[Expr]) -> None:
    (question,) = [question for question in understood(text).questions if question.key == key]
    assert [option.key for option in question.options] == options
    assert question.answer == options[0]
    assert all(option.latex for option in question.options)
    for option, reading in zip(options, readings, strict=False):
        found = understood(text, f"{key}.{option}")
        assert found.expr == reading
        assert [q.answer for q in found.questions if q.key == key] == [option]
        assert found.chosen == ("" if option == options[0] else f"{key}.{option}")


NOT_REAL = (zoo, nan, oo, -oo, I)
MACROS = [
    "frac{", "sqrt", "sum_i", "sum_{i=1}^{3}", "left(", "right)", "left|", "right|", "|", "log", "max", "sin^2",
    "hat y", "mathbf{w}", "text{", "operatorname{softmax}", "mathbb{1}", "mathbb{E}", "alpha", "sigma", "cdot",
    "begin{cases}", "end{cases}", "\\", "foo",
]  # fmt: skip
PIECES = [
    *"xypteEINnijk0123()()[]{}{}{}|,+-*/^_.!'<>=&$%:; αŷ²₁", *(f"\\{word}" for word in MACROS), "\\", "np.", "**", "==",
    " if ", " else ", "_i", "^{-x}", "_+", "log(", "Log[", "softmax(", "]]", "{i, 1, 3}", "sum(", "mean(", "where(",
    ".log()", "w1x1",
]  # fmt: skip


def is_real_or_refused(text: str) -> bool | None:
    """Whether a text is read as a real expression; None where it is refused with a sentence."""
    try:
        found = understood(text).expr
    except ValueError as refusal:
        return None if str(refusal).endswith(".") else False
    return not any(part in NOT_REAL for part in preorder_traversal(found))


def test_any_text_in_any_notation_gives_an_expression_or_a_sentence_at_once() -> None:
    draw, read_at_all = random.Random(14), 0
    pasted = [*LATEX, *ROWS, *PYTHON, *WOLFRAM, *REFUSED]
    for _ in range(4000):
        text = draw.choice(pasted) if draw.random() < 0.7 else ""
        for _ in range(draw.randint(0, 2) if text else draw.randint(1, 20)):
            place, piece = draw.randint(0, len(text)), draw.choice(PIECES)
            text = text[:place] + piece + text[place + draw.randint(0, 2) :]
        start = time.thread_time()
        found = is_real_or_refused(text)
        assert found is not False, text
        read_at_all += found is True
        assert in_time(time.thread_time() - start, limit=0.5), text
    assert read_at_all > 800
