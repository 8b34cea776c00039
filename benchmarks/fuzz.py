"""Texts that nobody would type, in every notation: each must be read as a real expression or refused in a sentence, at once."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from sympy import I, nan, oo, preorder_traversal, zoo

from explorer.core.algebra.reading import CALLS, LENGTH, notation_of, understood

COUNT = int(os.environ.get("COUNT", "1000000"))
"""How many texts are tried."""
SEED = int(os.environ.get("SEED", "14"))
SECONDS = 0.5
"""Up to how long one may take."""
NOT_REAL = (zoo, nan, oo, -oo, I)

WRITTEN = (
    "-(t*log(p) + (1 - t)*log(1 - p))",
    "log(1 + exp(-y*f))",
    "np.where(abs(r) <= d, r**2/2, d*(abs(r) - d/2))",
    "-y_true * np.log(y_pred + 1e-7)",
    "torch.clamp(1 - y*f, min=0)**2",
    "(y - t).abs().mean()",
    "1/(1+e^-x)",
    "n! - lgamma(k + 1)",
    "-log(softmax(z1, z2, z3)[0])",
    "0.5*(y-t)**2 if abs(y-t) < 1 else abs(y-t) - 0.5",
    "tf.reduce_mean(tf.square(y - t))",
    "F.logsigmoid(z) - np.logaddexp(a, b)",
    "w1x1 + b",
    "p(1-p)",
    "|x|^2 + 2x",
    "max(0, 1 - y*f)",
    "-torch.log(torch.sigmoid(z))",
    "special.xlogy(x, y) + math.erf(x)",
    "jnp.log1p(jnp.exp(-jnp.abs(z)))",
    "sum(x_i**2 for i in range(3))",
    "x² + ŷ₁ − α/β",
    "√x·½",
    "loss = lambda y, f: np.log(1 + np.exp(-y * f))",
    "‖y − ŷ‖² + [x + 1]*torch.stack([a, b])[0]",
    "E^-x Log[1 + Exp[x]]",
    "-t Log[p] - (1 - t) Log[1 - p]",
    "Subscript[x, 1]^2 + Sqrt[y]",
    "Sum[x[i]^2, {i, 1, 3}]",
    "Piecewise[{{x^2/2, Abs[x] <= 1}, {Abs[x] - 1/2, True}}]",
    "If[x > 0, x, 0.01 x]",
    "Mean[(y - t)^2]",
    "1.5*^-3 x + Erf[x]",
    "Which[x < 0, 0, x < 1, x, True, 1]",
    r"\[Alpha] x + \[Beta]",
    "Clip[x, {0, 1}]",
    "{a, b, c}[[2]]",
    "PolyGamma[1, x] Gamma[x]",
    r"-\frac{1}{N}\sum_{i=1}^{N} y_i \log \hat{y}_i",
    r"\max(0, 1 - y \cdot f(x))",
    r"\frac{1}{2}\|y - \hat{y}\|_2^2",
    r"-\log \frac{e^{z_k}}{\sum_{j=1}^{3} e^{z_j}}",
    r"\begin{cases} \frac{1}{2}r^2 & |r| \le \delta \\ \delta(|r| - \frac{1}{2}\delta) & \text{otherwise}\end{cases}",
    r"-\alpha_t (1 - p_t)^{\gamma} \log(p_t)",
    r"\mathbb{E}\left[\left(y - f\right)^2\right]",
    r"\sigma(z) - \operatorname{softplus}(-z)",
    r"\mathbb{1}[y \neq t] \sqrt{x^2 + \epsilon^2} - \epsilon",
    r"\ln\left(\cosh\left(\hat{y} - y\right)\right)",
    r"$$L = \tfrac12 (y-t)^2$$",
    r"\mathcal{L}(\theta) = -\mathrm{KL}(p \| q)",
    r"\prod_{i=1}^{3} x_i \times \Gamma(k+1)/k!",
    r"\sin^2 x + \log_2 y",
    r"\overline{x}_1^{(i)}",
)
"""What people paste, in every notation."""
PIECES = (
    *"xypteEINnijk0123()()[]{}{}{}|,+-*/^_.!'<>=&$%:;~#@?`\" \n\t\\\x00",
    *"αŷ²₁Σ∂∞½√·−×÷≤≠→’“é中\u0301\u200b\u00a0\U0001d465",
    *(" if ", " else ", " for ", " in ", "lambda x:", "{i, 1, 3}", "\\hat y", "9" * 40, "\\\\", "__import__('os')"),
    *("x = ", "return ", "‖", "def f(x): "),
    *r"""np. ** == _i ^{-x} _+ ]] [[ sum( mean( where( .log() w1x1 1e400 1e-400 0/0 10^10^10 x^x^x ((( ))) [0] **-1 /0 log(0)
    -1**0.5 *^ @@ #& -> := ().__class__ eval( \frac{ \sqrt \sum_i \sum_{i=1}^{3} \left( \right) \left| \right| \log \max \sin^2
    \mathbf{w} \text{ \operatorname{softmax} \mathbb{1} \mathbb{E} \alpha \sigma \begin{cases} \end{cases} \foo \left \verb|
    \def \over \[Pi] factorial( gamma( erfc( e e^ !""".split(),  # noqa: SIM905
)
"""What is put in, or in the place of a character or two."""


@dataclass
class Found:
    """What came of the texts.

    Attributes
    ----------
    notations, read : Counter
        Notation -> how many texts were in it, and how many of them were read.
    failures : list of (text, what happened)
    slow : list of (seconds of a processor, text)
        Those over the limit.
    slowest : (seconds, text)
    """

    notations: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, str]] = field(default_factory=list)
    slow: list[tuple[float, str]] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")


def texts(seed: int = 14) -> Iterator[str]:
    """Yield texts without end: pasted ones that are cut, joined and disturbed, ones put together by rule, and noise."""
    draw = random.Random(seed)
    while True:
        kind = draw.random()
        if kind < 0.5:
            yield _disturbed(draw, draw.choice(WRITTEN))
        elif kind < 0.65:
            left, right = draw.choice(WRITTEN), draw.choice(WRITTEN)
            yield left[: draw.randint(0, len(left))] + right[draw.randint(0, len(right)) :]
        elif kind < 0.85:
            yield _disturbed(draw, _made(draw, draw.choice(("python", "wolfram", "latex")), draw.randint(1, 5)), most=1)
        elif kind < 0.998:
            yield "".join(draw.choice(PIECES) for _ in range(draw.randint(1, 25)))
        else:
            yield _long(draw)


def _disturbed(draw: random.Random, text: str, most: int = 3) -> str:
    for _ in range(draw.randint(0, most)):
        place = draw.randint(0, len(text))
        text = text[:place] + draw.choice(PIECES) + text[place + draw.randint(0, 2) :]
    return text


def _made(draw: random.Random, notation: str, depth: int) -> str:
    """A formula by the rules of a notation."""
    if depth == 0:
        return draw.choice(("x", "y", "p", "t", "2", "0.5", "x1", "z_2", "e", "alpha" if notation != "latex" else r"\alpha"))
    parts = [_made(draw, notation, depth - 1) for _ in range(draw.randint(1, 3))]
    first = parts[0]
    if draw.random() < 0.4:
        sign = draw.choice(("+", "-", "*", "/", " ", "**" if notation == "python" else "^", "<"))
        return sign.join(f"({part})" if notation != "latex" else f"{{{part}}}" for part in parts)
    if notation == "latex":
        forms = (
            rf"\frac{{{first}}}{{{parts[-1]}}}",
            rf"\sqrt{{{first}}}",
            rf"\log\left({first}\right)",
            rf"{{{first}}}^{{{parts[-1]}}}",
            rf"\left|{first}\right|",
            rf"\sum_{{i=1}}^{{3}} {first}",
            rf"\max({', '.join(parts)})",
            rf"e^{{{first}}}",
            f"{first}!",
        )
        return draw.choice(forms)
    name = draw.choice(NAMES)
    return f"{name}[{', '.join(parts)}]" if notation == "wolfram" else f"{draw.choice(PREFIXES)}{name}({', '.join(parts)})"


NAMES = sorted(CALLS)
PREFIXES = ("", "", "", "np.", "torch.", "math.", "tf.math.", "scipy.special.", "F.")


def _long(draw: random.Random) -> str:
    """A text about as long as may be."""
    part = draw.choice(WRITTEN) if draw.random() < 0.5 else _made(draw, draw.choice(("python", "wolfram", "latex")), 3)
    text = draw.choice(("+", "*", "-", "/", "^", ")(", "((", "!", ", ", " ")).join([part] * (LENGTH // (len(part) + 1) + 1))
    return text[: LENGTH + draw.choice((0, 0, 0, 1))]


def measure(count: int = COUNT, seed: int = SEED) -> Found:
    """Return what comes of so many texts; what fails is printed at once."""
    found = Found()
    for number, text in enumerate(islice(texts(seed), count), 1):
        start = time.thread_time()
        try:
            outcome = _read(text)
        except Exception as error:
            outcome = f"{type(error).__name__}: {error}"
        taken = time.thread_time() - start
        notation = notation_of(text)
        found.notations[notation] += 1
        found.read[notation] += outcome == "read"
        if outcome not in ("read", "refused"):
            found.failures.append((text, outcome))
            print(f"    {outcome}: {text!r}", flush=True)
        if taken > SECONDS:
            found.slow.append((taken, text))
            print(f"    {taken:.2f} s: {text!r}", flush=True)
        found.slowest = max(found.slowest, (taken, text))
        if number % 50_000 == 0:
            print(f"    {number:,} texts, {len(found.failures)} failures, {len(found.slow)} slow", flush=True)
    return found


def _read(text: str) -> str:
    try:
        expr = understood(text).expr
    except ValueError as refusal:
        said = str(refusal)
        return "refused" if said.endswith((".", "?")) and len(said) < 400 else f"no sentence: {said[:400]}"
    return "not real" if any(part in NOT_REAL for part in preorder_traversal(expr)) else "read"
