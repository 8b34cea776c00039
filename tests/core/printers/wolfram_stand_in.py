"""Evaluates the part of the Wolfram Language that printed code uses, for numbers, from what SymPy's parser makes of it."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np
from mpmath import mp
from scipy import special
from sympy.parsing.mathematica import MathematicaParser


def plain(source: str) -> str:
    """Return source in words that SymPy's parser knows.

    No $ in a name, no exponent or mark of precision in a number, rules as calls, and an argument where there is none.
    """

    def decimal(found: re.Match[str]) -> str:
        return f"{float(f'{found[1]}e{found[2]}'):.400f}".rstrip("0")

    source = re.sub(r"([\d.]+)\*\^(-?\d+)", decimal, source.replace("`", "")).replace("$", "zz")
    source = re.sub(r'"(\w+)" -> ([\w]+)', lambda found: f"Rule[key{found[1].replace('_', 'zz')}, {found[2]}]", source)
    return source.replace("<|", "Association[").replace("|>", "]").replace("[] :=", "[none__] :=")


def parsed(source: str) -> list[Any]:
    """Return the full form of each definition: nested lists, the head first."""
    parser = MathematicaParser()
    forms = []
    for definition in source.split("\n\n"):
        tokens = parser._from_mathematica_to_tokens(plain(definition.strip().removesuffix(";")))
        forms.append(parser._from_tokens_to_fullformlist(tokens))
    return forms


def _each(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that is taken of each entry of a list."""

    def taken(*arguments: Any) -> Any:
        longest = max((len(a) for a in arguments if isinstance(a, list)), default=0)
        if not longest:
            return function(*arguments)
        return [function(*(a[k] if isinstance(a, list) else a for a in arguments)) for k in range(longest)]

    return taken


EXACT: Mapping[str, Callable[..., Any]] = {
    "Plus": _each(operator.add), "Times": _each(operator.mul), "Power": _each(operator.pow), "Exp": _each(mp.exp),
    "Log": mp.log, "Floor": _each(mp.floor), "Total": mp.fsum,
}  # fmt: skip
"""What is known of exact numbers."""


class Kernel:
    """The definitions of source, and the language's own functions of numbers."""

    PURE: Mapping[str, Callable[..., Any]] = {
        "Plus": lambda *a: reduce(operator.add, a),
        "Times": lambda *a: reduce(operator.mul, a),
        "Power": lambda a, b: np.power(np.asarray(a, float), b),
        "Log": np.log, "Exp": np.exp, "Sqrt": np.sqrt, "Abs": np.abs, "Sign": np.sign, "Floor": np.floor, "Ceiling": np.ceil,
        "Sin": np.sin, "Cos": np.cos, "Tan": np.tan, "ArcSin": np.arcsin, "ArcCos": np.arccos, "ArcTan": np.arctan,
        "Sinh": np.sinh, "Cosh": np.cosh, "Tanh": np.tanh, "ArcSinh": np.arcsinh, "ArcCosh": np.arccosh, "ArcTanh": np.arctanh,
        "LogisticSigmoid": special.expit,
        "Max": lambda *a: np.max(a),
        "Min": lambda *a: np.min(a),
        "List": lambda *a: np.array(a, float),
        "Sort": np.sort, "Total": np.sum,
        "Most": lambda a: a[:-1],
        "Last": lambda a: a[-1],
        "First": lambda a: a[0],
        "FirstPosition": lambda a, value: [1 + list(a).index(value)],
        "VectorQ": lambda a, of: True,  # all are numbers here
        "Boole": float,
        "MachineNumberQ": np.isfinite, "N": lambda a: a,
        "Equal": operator.eq, "Greater": operator.gt, "Less": operator.lt,
        "LessEqual": operator.le, "Unequal": operator.ne,
    }  # fmt: skip
    CONSTANTS: Mapping[str, Any] = {"Pi": np.pi, "E": np.e, "Infinity": np.inf, "Indeterminate": np.nan, "NumericQ": None}

    def __init__(self, source: str) -> None:
        self.defined: dict[str, tuple[list[Any], Any]] = {}
        for head, (name, *patterns), body in parsed(source):
            assert head == "SetDelayed"
            assert name not in self.PURE
            self.defined[name] = (patterns, body)

    def call(self, name: str, arguments: list[Any]) -> Any:
        """Call a function that source defines."""
        patterns, body = self.defined[name]
        local: dict[str, Any] = {}
        for place, (pattern, variable, (blank,)) in enumerate(patterns):
            assert pattern == "Pattern"
            local[variable] = arguments[place:] if blank == "BlankSequence" else arguments[place]
        assert len(local) == len(patterns), "a name stands for two arguments"
        assert len(arguments) == len(patterns) or blank == "BlankSequence"
        return self.value(body, local)

    def exactly(self, form: Any, local: dict[str, Any], digits: int) -> float:
        """Return what an expression of exact numbers is, computed in so many digits."""

        def found(form: Any) -> Any:
            if isinstance(form, str):
                return mp.mpf(form)
            head, *rest = form
            if head == "List":
                return [mp.mpf(float(x)) for x in self.value(form, local)]
            return EXACT[head](*map(found, rest))

        with mp.workdps(digits + 100):
            return float(found(form))

    def value(self, form: Any, local: dict[str, Any]) -> Any:
        """Return what an expression is."""
        if isinstance(form, str):
            if form in local:
                return local[form]
            return self.CONSTANTS[form] if form[0].isalpha() else float(form)
        head, *rest = form
        if head == "If":
            condition, then, otherwise = rest
            return self.value(then if self.value(condition, local) else otherwise, local)
        if head == "N" and len(rest) == 2:
            return self.exactly(rest[0], local, int(rest[1]))
        if head == "And":
            return all(self.value(part, local) for part in rest)
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
        if head == "Association":
            return {key.removeprefix("key").replace("zz", "_"): self.value(result, local) for _, key, result in rest}
        arguments: list[Any] = []
        for part in rest:
            found = self.value(part, local)
            arguments += found if isinstance(found, list) and isinstance(part, str) else [found]
        return self.call(head, arguments) if head in self.defined else self.PURE[head](*arguments)
