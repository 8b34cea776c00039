"""Reads an expression that somebody typed, as Python or as the Wolfram Language writes it. Nothing typed is ever run.

To allow a function: list it in CALLS with how many arguments it takes and what they are put together to.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from difflib import get_close_matches
from functools import partial
from keyword import kwlist
from typing import NamedTuple, NoReturn

from sympy import Expr, FiniteSet, Function, Integer, Rational, S, Symbol, log, pi

from explorer.core.algebra.building import ELEMENTARY, LARGEST, Builder, Refused
from explorer.core.functions import (
    FUNCTIONS,
    absolute,
    argmax,
    chained,
    least_focal,
    maximum,
    minimum,
    norm,
    relu,
    sigmoid,
    signum,
)

LENGTH = 2_000
"""Characters that an expression may have."""
NESTING = 60
"""Brackets and exponents that may stand inside one another."""
DIGITS = 30
"""Digits that a number may have."""
NAME = 40
"""Characters that a name may have."""

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi",
    "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
_LETTERS = "".join(_GREEK)
_OPERATORS = {"**": "^", "·": "*", "⋅": "*", "×": "*", "÷": "/", "−": "-"}
_SUPERSCRIPTS = {"²": Integer(2), "³": Integer(3)}
_CLOSING = {"(": ")", "[": "]"}
_CONSTANTS = {"pi": pi, "Pi": pi, "E": S.Exp1}

_TOKEN = re.compile(
    rf"""(?P<space>[ \t\r\n]+)
    | (?P<number>(?:(?P<whole>[0-9]+)\.?(?P<part>[0-9]*)|\.(?P<only>[0-9]+))
        (?:`[0-9]*)? (?:(?:\*\^|[eE])(?P<power>[+-]?[0-9]+))?)
    | (?P<name>[A-Za-z][A-Za-z0-9_]*|[{_LETTERS}][0-9]*(?:_[A-Za-z0-9_]*)?|√)
    | (?P<sign>\*\*|//|[-+*/^(),\[\]·⋅×÷−²³])
    | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_VARIABLE = re.compile(rf"([A-Za-z]|{'|'.join(_GREEK.values())})[0-9]*|[A-Za-z]+_[A-Za-z0-9_]+")
_ALLOWED = "allowed are numbers, names, functions, + - * / ^ and brackets"
_REFUSED_SIGNS = {
    **dict.fromkeys("\"'", "Text in quotes is not allowed"),
    **dict.fromkeys("<>≤≥≠", "A comparison is not allowed"),
    "=": "An equals sign is not allowed",
    ".": "A dot may only stand in a number: write log(p), not np.log(p)",
    "_": "A name must start with a letter",
    "`": "A backtick may only follow a number",
    "//": "Division is written with one slash",
    "∞": "∞ is not allowed, as numbers must be finite",
}
_REFUSED_NAMES = {
    **{word: f"{word} is a word of Python and no name" for word in kwlist if word != "lambda"},
    **{
        word: f"{word} is not allowed, as numbers must be finite"
        for word in ("oo", "zoo", "inf", "nan", "NaN", "Infinity", "ComplexInfinity", "Indeterminate")
    },
    "I": "I, the imaginary unit, is not allowed, as losses are real",
}

Make = Callable[..., Expr]
"""Puts a function together: takes a Builder and the arguments."""


class Call(NamedTuple):
    """A function that may be typed: the least and the greatest number of arguments, and what makes it."""

    least: int
    most: float
    make: Make


def _plain(function: type[Function]) -> Make:
    return lambda build, *arguments: build.call(function, *arguments)


def _chain(function: type[Function]) -> Make:
    """A function of two arguments, for more."""
    return lambda build, *arguments: chained(partial(build.call, function), arguments)


def _stable(function: type[Function]) -> Call:
    if isinstance(function.nargs, FiniteSet):
        return Call(int(min(function.nargs)), int(max(function.nargs)), _plain(function))
    return Call(1, math.inf, _plain(function))


def _logarithm(build: Builder, x: Expr, base: Expr | None = None) -> Expr:
    above = build.call(log, x)
    return above if base is None else build.multiply([above, build.power(build.call(log, base), S.NegativeOne)])


CALLS: dict[str, Call] = {f.__name__: _stable(f) for f in FUNCTIONS if f not in (least_focal, argmax)}
for _function in ELEMENTARY:
    _name = _function.__name__
    _inverse = _name.removeprefix("a") if _name.startswith("a") else ""
    for _spelled in (f"arc{_inverse}", f"Arc{_inverse.capitalize()}") if _inverse else (_name.capitalize(),):
        CALLS[_name] = CALLS[_spelled] = Call(1, 1, _plain(_function))
for _names, _function in (
    (("abs", "Abs"), absolute),
    (("sign", "Sign"), signum),
    (("sigma", "LogisticSigmoid"), sigmoid),
    (("Ramp",), relu),
    (("hypot",), norm),
):
    CALLS |= dict.fromkeys(_names, _stable(_function))
CALLS |= {
    **dict.fromkeys(("log", "ln"), Call(1, 2, _logarithm)),
    "Log": Call(1, 2, lambda build, *x: _logarithm(build, *reversed(x))),
    "log2": Call(1, 1, lambda build, x: _logarithm(build, x, Integer(2))),
    "log10": Call(1, 1, lambda build, x: _logarithm(build, x, Integer(10))),
    "log1p": Call(1, 1, lambda build, x: _logarithm(build, build.add([S.One, x]))),
    **dict.fromkeys(("sqrt", "Sqrt"), Call(1, 1, lambda build, x: build.power(x, S.Half))),
    **dict.fromkeys(("pow", "Power"), Call(2, 2, Builder.power)),
    **dict.fromkeys(("max", "Max"), Call(2, math.inf, _chain(maximum))),
    **dict.fromkeys(("min", "Min"), Call(2, math.inf, _chain(minimum))),
    "Plus": Call(1, math.inf, lambda build, *x: build.add(x)),
    "Times": Call(1, math.inf, lambda build, *x: build.multiply(x)),
}
"""Name -> what may be called by it; several names may mean the same."""


def read(text: str) -> Expr:
    """Return what is typed as an expression: exact numbers, symbols without assumptions, stable functions where called by name.

    Parameters
    ----------
    text : str
        As Python writes it, t*log(p) and p**2, or as the Wolfram Language does, t Log[p] and p^2. Either way * may be left out.

    Raises
    ------
    ValueError
        If it is no such expression, is not real, or passes a bound on its length, its nesting or the size of its numbers.

    Examples
    --------
    >>> read("-(t ln(p) + (1 - t) Log[1 - p])")
    -t*log(p) - (1 - t)*log(1 - p)
    """
    if len(text) > LENGTH:
        raise ValueError(f"An expression may have at most {LENGTH:,} characters; got {len(text):,}.")
    reader = _Reader(text)
    try:
        return reader.everything()
    except RecursionError:  # who calls may be nested deeply already
        raise ValueError(f"Brackets and exponents may be nested at most {NESTING} deep.") from None


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


class _Reader:
    """A parser by recursive descent, a method for each level of precedence."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(self.split())
        self.at = 0
        self.nesting = 0
        self.build = Builder()

    def split(self) -> list[_Token]:
        """Return the words of the text, and an end."""
        tokens = []
        for match in _TOKEN.finditer(self.text):
            kind, word, start = str(match.lastgroup), match[0], match.start()
            if kind == "other" or word == "//":
                self.refuse_sign(word, start)
            if kind == "name":
                word = "sqrt" if word == "√" else _GREEK.get(word[0], word[0]) + word[1:]
            elif kind == "sign":
                kind = word = _OPERATORS.get(word, word)
            if kind != "space":
                tokens.append(_Token(kind, word, start, match.end()))
        return [*tokens, _Token("end", "", len(self.text), len(self.text))]

    def everything(self) -> Expr:
        if self.next.kind == "end":
            raise ValueError("Type an expression, such as t*log(p).")
        expr = self.sum()
        if self.next.kind != "end":
            self.refuse_rest()
        return expr

    def sum(self) -> Expr:
        """a + b - c."""
        first = self.next
        terms = [self.product()]
        while self.next.kind in ("+", "-"):
            terms.append(self.product())  # which reads the sign
        return self.made(first, first, self.build.add, terms)

    def product(self) -> Expr:
        """a * b / c, and a b: a product whose sign may be left out."""
        first = self.next
        factors = [*self.signed()]
        while True:
            if self.next.kind == "*":
                self.take()
                factors += self.signed()
            elif self.next.kind == "/":
                slash = self.take()
                sign, divisor = self.signed()
                factors += [sign, self.made(slash, slash, self.build.power, divisor, S.NegativeOne)]
            elif self.next.kind in ("number", "name", "("):
                self.check_product_without_sign()
                factors.append(self.power())
            else:
                return self.made(first, first, self.build.multiply, factors)

    def signed(self) -> tuple[Expr, Expr]:
        """-a, as its sign and a."""
        sign = S.One
        while self.next.kind in ("+", "-"):
            sign = -sign if self.take().kind == "-" else sign
        return sign, self.power()

    def power(self) -> Expr:
        """a ^ b, which binds to the right, and a²."""
        first = self.next
        self.nesting += 1
        if self.nesting > NESTING:
            self.refuse(f"Brackets and exponents may be nested at most {NESTING} deep", first)
        expr = self.atom()
        if self.next.kind in _SUPERSCRIPTS:
            sign = self.take()
            expr = self.made(sign, first, self.build.power, expr, _SUPERSCRIPTS[sign.kind])
        if self.next.kind == "^":
            sign = self.take()
            exponent = self.made(sign, first, self.build.multiply, self.signed())
            expr = self.made(sign, first, self.build.power, expr, exponent)
        self.nesting -= 1
        return expr

    def atom(self) -> Expr:
        """A number, a name, a call, or something in brackets."""
        token = self.next
        if token.kind == "number":
            return self.number(self.take())
        if token.kind == "name":
            return self.named(self.take())
        if token.kind == "[":
            self.refuse_rest()
        if token.kind != "(":
            self.refuse_missing()
        opening = self.take()
        expr = self.sum()
        self.close(opening)
        return expr

    def number(self, token: _Token) -> Expr:
        """The exact fraction that a number is."""
        following = self.next
        if re.fullmatch("0[xXbBoO][0-9A-Fa-f]+", self.text[token.start : following.end]):
            self.refuse(f"{_cut(token.text + following.text)} is no number: write it as 16, 0.5 or 1e-3", token)
        match = _TOKEN.fullmatch(token.text)
        assert match
        whole, part = match["whole"] or "", match["part"] or match["only"] or ""
        if len(whole + part) > DIGITS:
            self.refuse(f"A number may have at most {DIGITS} digits; got {len(whole + part)}", token)
        power = int(match["power"] or 0)
        if abs(power) > LARGEST:
            self.refuse(f"A number's power of ten must lie in [-{LARGEST}, {LARGEST}]; got {_cut(str(power))}", token)
        scale = power - len(part)
        exact = Rational(int(whole + part) * 10 ** max(scale, 0), 10 ** max(-scale, 0))
        return self.made(token, token, self.build.number, exact)

    def named(self, token: _Token) -> Expr:
        """A symbol, a constant, or a call."""
        name = token.text
        if len(name) > NAME:
            self.refuse(f"A name may have at most {NAME} characters; got {len(name)}", token)
        if name in _REFUSED_NAMES:
            self.refuse(_REFUSED_NAMES[name], token)
        if "__" in name:
            self.refuse("A name may not have two underscores in a row", token)
        following = self.next
        if following.kind in _CLOSING:
            if name in CALLS:
                return self.call(token)
            if following.kind == "[" or following.start == token.end:
                self.refuse_call(token)
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        if name in CALLS and name != "sigma":
            self.refuse(f"{name} is a function: write {name}(x)", token)
        return Symbol(name)

    def call(self, name: _Token) -> Expr:
        opening = self.take()
        arguments = []
        if self.next.kind != _CLOSING[opening.kind]:
            arguments.append(self.sum())
            while self.next.kind == ",":
                self.take()
                arguments.append(self.sum())
        self.close(opening)
        call = CALLS[name.text]
        if not call.least <= len(arguments) <= call.most:
            self.refuse(f"{name.text} takes {_arguments(call)}; got {len(arguments)}", name)
        return self.made(name, name, call.make, self.build, *arguments)

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def close(self, opening: _Token) -> None:
        if self.next.kind == "end":
            self.refuse(f'"{opening.kind}" is not closed', opening)
        if self.next.kind != _CLOSING[opening.kind]:
            self.refuse_rest(opening.kind)
        self.take()

    def check_product_without_sign(self) -> None:
        before = self.tokens[self.at - 1]
        if self.next.kind == "number":
            self.refuse(f"Write * before {_cut(self.next.text)} to multiply", self.next)
        if "\n" in self.text[before.end : self.next.start]:
            self.refuse("Write * to multiply across lines", self.next)

    def made(self, at: _Token, start: _Token, make: Make, *arguments: object) -> Expr:
        """Put something together that was written from start until here; what is wrong with it is at the token `at`."""
        try:
            return make(*arguments)
        except Refused as reason:
            written = self.text[start.start : self.tokens[self.at - 1].end]
            self.refuse(str(reason).replace("{}", _cut(written, 30)), at)

    def refuse(self, what: str, token: _Token) -> NoReturn:
        raise ValueError(f"{what}, at character {token.start + 1}.")

    def refuse_sign(self, sign: str, start: int) -> NoReturn:
        shown = f'"{sign}"' if sign.isprintable() else f"U+{ord(sign):04X}"
        around = "".join(c if c.isprintable() else " " for c in self.text[max(start - 5, 0) : start + 6])
        what = _REFUSED_SIGNS.get(sign, f"{shown} is not allowed")
        raise ValueError(f'{what}, at character {start + 1}, in "{around}"; {_ALLOWED}.')

    def refuse_missing(self) -> NoReturn:
        before = "the end" if self.next.kind == "end" else f'"{self.next.kind}"'
        self.refuse(f"A number or a name is missing before {before}", self.next)

    def refuse_rest(self, opened: str = "") -> NoReturn:
        """Refuse what can neither go on with a sum nor close a bracket."""
        kind = self.next.kind
        if kind == "[":
            self.refuse('"[" may only follow the name of a function', self.next)
        if kind == ",":
            self.refuse("A comma may only stand between the arguments of a function", self.next)
        if kind in ")]":
            self.refuse(f'"{kind}" does not close "{opened}"' if opened else f'"{kind}" closes nothing', self.next)
        self.refuse(f'"{kind}" cannot stand here', self.next)

    def refuse_call(self, token: _Token) -> NoReturn:
        """Refuse a bracket after a name that is no function's."""
        name, opening = token.text, self.next
        end = self.text.find(")", opening.start) + 1
        inside = self.text[opening.start : end]
        if opening.kind == "(" and "," not in inside and (_VARIABLE.fullmatch(name) or name in _CONSTANTS):
            shown = inside if 0 < len(inside) <= 20 else "(...)"
            self.refuse(f"{name} is not a function: write {name}*{shown} to multiply", token)
        near = get_close_matches(name, CALLS, 1) or get_close_matches(name.lower(), CALLS, 1)
        hint = f"perhaps you mean {near[0]}" if near else "known are exp, log, sqrt, sigmoid, max and others"
        raise ValueError(f"{name} is not a function known here, at character {token.start + 1}; {hint}.")


def _arguments(call: Call) -> str:
    """How many arguments a function takes, in words."""
    if call.most == math.inf:
        number = f"at least {call.least}"
    else:
        number = f"{call.least}" if call.least == call.most else f"{call.least} or {call.most}"
    return f"{number} argument{'' if number.endswith(' 1') or number == '1' else 's'}"


def _cut(text: str, length: int = 20) -> str:
    """Text as far as a message has room for it."""
    return text if len(text) <= length else f"{text[:length]}..."
