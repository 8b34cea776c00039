"""Typed expressions at the limit of what may be typed, of every shape that has made something slow."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count, islice

from explorer.core.algebra.reading import LENGTH, read

TERMS = {
    "log(p{0})": "*+", "softplus(x{0})*x{0}": "*+", "(1+exp(x{0}))": "*", "exp(x{0})": "+", "log(1-p{0})*t{0}": "+",
    "x{0}/(1+x{0})": "*+-", "(x{0}-1)/(1+x{0})": "+", "x{0}^y{0}": "*", "(x{0}+1)^{1}": "+*", "sigmoid(x{0})": "*+",
    "(1-sigmoid(x{0}))": "*", "sigmoid(x{0})*exp(-x{0})": "*+", "exp(x{0})/(exp(x{0})+exp(y{0}))": "*+", "x*log(x+{1})": "*+",
    "t{0}*log(p{0})+(1-t{0})*log(1-p{0})": "+", "t{0}*softplus(-z{0})+(1-t{0})*softplus(z{0})": "+", "{1}*x^{0}": "+",
    "(x-{1})": "*", "(x{0}-y{0})": "*", "(-x{0}-1)": "*", "log({1})*sin({1})": "+", "sqrt({1})": "*+",
    "x{0}*1000000000{0}": "+",
    "xlogy(x{0},y{0})": "*+", "focal(x{0},p{0},g)": "*+", "max(x{0},y{0})": "+*", "min(x{0}*y{0},{1})": "+", "abs(x{0})": "*",
    "same(y,{0})*log(p{0})": "+", "tanh(x{0}*w+b)*v{0}": "+", "relu(x{0})": "*+", "logit(p{0})": "+*", "positive(x{0}-x)": "+",
    "sign(x{0})": "*",
}  # fmt: skip
"""What is repeated, {0} and {1} for numbers from 0 and from 2, and what may stand between."""
AROUND = ("{0}", "log({0})", "1/({0})", "({0})^2", "softplus({0})", "exp(-({0}))", "max(0,{0})", "logsumexp({0},x,y)")
FUNCTIONS = (
    "softplus", "sigmoid", "exp", "log", "sinh", "relu", "abs", "leaky_relu", "logit", "sqrt", "sign", "tanh", "atan", "cos",
)  # fmt: skip
NESTED = (
    "softplus(x{0}+", "exp(-x{0}*", "logistic_loss(t{0},", "focal_slope(a{0},2,", "focal(a,1/2,", "logsumexp(x{0},y{0},",
    "max(x{0},", "max(x*{1}+1,", "min({1},", "1/(x{0}+", "(x{0}*x-", "xlogy(x{0},", "tanh(w{0}*", "relu(x{0}*",
)  # fmt: skip


def expressions(number: int, every: int = 1, seed: int = 11) -> Iterator[str]:
    """Yield texts that can be read, one of so many: each term repeated, then each function nested, then random ones."""
    found = 0
    for text in islice(_texts(random.Random(seed)), 0, None, every):
        try:
            read(text)
        except ValueError:
            continue
        yield text
        found += 1
        if found == number:
            return


def _texts(choice: random.Random) -> Iterator[str]:
    yield "logsumexp(" + ",".join(f"x{k}" for k in range(400)) + ")"
    for term, signs in TERMS.items():
        for sign in signs:
            for around in (AROUND[0], choice.choice(AROUND[1:])):
                yield around.format(_repeated(term, sign))
    for function in FUNCTIONS:
        yield f"{function}(" * 58 + "x" + ")" * 58
    for opening in NESTED:
        for depth in (58, 45, 30):
            yield "".join(opening.format(k, k + 2) for k in range(depth)) + "z" + ")" * depth
    for depth in (58, 45):
        yield "^".join(f"x{k}" for k in range(depth))
    while True:
        yield _random(choice)


def _repeated(term: str, sign: str) -> str:
    text = term.format(0, 2)
    for k in count(1):
        longer = f"{text}{sign}{term.format(k, k + 2)}"
        if len(longer) > LENGTH - 30:
            return text
        text = longer
    raise AssertionError


def _random(choice: random.Random) -> str:
    names = [f"{choice.choice('xpzwt')}{k}" for k in range(choice.choice((1, 2, 3, 8, 30, 90)))]
    sign = choice.choice("+*-")
    text = ""
    while True:
        part = f"({_part(choice, names, choice.randint(1, 7), choice.randint(3, 60))})"
        if len(text) + len(part) >= LENGTH:
            if len(text) > LENGTH * 3 // 4:
                return text
            continue
        text += (sign if text else "") + part


def _part(choice: random.Random, names: list[str], depth: int, room: int) -> str:
    if depth == 0 or room < 4:
        return choice.choice(names) if choice.random() < 0.75 else choice.choice(("2", "3", "0.5", "1e-3", "7/3", "1000003"))

    def parts(number: int) -> list[str]:
        return [_part(choice, names, depth - 1, room // number) for _ in range(number)]

    kind = choice.choice("+-**/^mlsffff")
    if kind in "+-*":
        return f"({kind.join(parts(choice.randint(2, 6)))})"
    if kind == "/":
        above, below = parts(2)
        return f"({above})/({below})"
    if kind == "^":
        return f"({parts(1)[0]})^{choice.choice(('2', '3', '(1/2)', choice.choice(names)))}"
    if kind == "m":
        return f"{choice.choice(('max', 'min', 'logsumexp'))}({','.join(parts(choice.randint(2, 5)))})"
    if kind == "l":
        return f"{choice.choice(('xlogy', 'xlog1py', 'xdivy', 'xmuly', 'logistic_loss', 'same'))}({','.join(parts(2))})"
    return f"{choice.choice(FUNCTIONS)}({parts(1)[0]})"
