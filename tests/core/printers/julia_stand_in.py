"""Evaluates the part of Julia that printed code uses, for numbers, from the tree that a real grammar makes of it."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import tree_sitter_julia
from mpmath import mp
from tree_sitter import Language, Node, Parser


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_julia.language()))


def parse(source: str) -> Node:
    """Return the root of the tree; a test fails where the grammar does not allow source."""
    root = _parser().parse(source.encode()).root_node
    assert not root.has_error, f"Julia cannot read\n{source}"
    return root


def _clear(source: str) -> str:
    """Return source with brackets round a number before an operator and a bracket.

    The grammar takes 2*(x) for 2 times what *(x) returns; Julia itself multiplies.
    """
    found = 1
    while found:  # 9/4 + (x), then 9/(4) + (x)
        source, found = re.subn(r"(?<![\w.])(\d[\d.]*(?:e[+-]?\d+)?)( ?[-+*/^] ?\()", r"(\1)\2", source)
    return source


def _needs(function: Callable[[Any], Any], low: float, high: float = np.inf) -> Callable[[Any], Any]:
    """Return a function of real numbers that raises DomainError outside low to high, as Julia's do."""

    def checked(x: Any) -> Any:
        assert np.isnan(x) or low <= x <= high, f"DomainError: {function} of {x}"
        return function(x)

    return checked


def _power(x: Any, y: Any) -> Any:
    assert not (np.isfinite(x) and x < 0 and float(y) != round(y)), f"DomainError: {x}^{y}"
    return np.float64(x) ** y


def _of_big(name: str, function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a function that is taken of BigFloats with their 256 bits."""

    def chosen(x: Any) -> Any:
        with mp.workprec(256):
            if isinstance(x, list) and isinstance(x[0], mp.mpf):
                return [getattr(mp, name)(each) for each in x]
            return getattr(mp, name)(x) if isinstance(x, mp.mpf) else function(x)

    return chosen


def _sum(x: Any) -> Any:
    with mp.workprec(256):
        return np.sum(x)


BASE: Mapping[str, Any] = {
    "exp": _of_big("exp", np.exp),
    **{name: getattr(np, name) for name in ("expm1", "sinh", "cosh", "tanh", "asinh", "abs", "sign", "floor", "ceil")},
    "isinf": np.isinf,
    **{name: _needs(getattr(np, name), -np.finfo(float).max, np.finfo(float).max) for name in ("sin", "cos", "tan")},
    **{name: _needs(getattr(np, name), -1, 1) for name in ("asin", "acos", "atanh")},
    "atan": np.arctan, "acosh": _needs(np.arccosh, 1), "sqrt": _needs(np.sqrt, 0), "log": _of_big("log", _needs(np.log, 0)),
    "hypot": lambda *x: np.hypot.reduce(np.array(x, float), initial=0.0),
    "log1p": _needs(np.log1p, -1),
    "max": lambda *x: np.max(x), "min": lambda *x: np.min(x), "clamp": lambda x, low, high: min(max(x, low), high),
    "sort": np.sort, "sum": _sum, "argmax": lambda x: int(np.argmax(x)) + 1,
    "big": lambda z: [mp.mpf(float(x)) for x in z], "oftype": lambda like, x: type(like)(x), "AbstractFloat": float,
    "pi": np.pi, "Inf": np.inf, "NaN": np.nan,
}  # fmt: skip
_KEYWORDS = frozenset(
    """baremodule begin break catch const continue do else elseif end export false finally for function global if import let
    local macro module quote return struct true try using while""".split()  # noqa: SIM905
)
_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, ".-": operator.sub, "^": _power,
    "/": lambda x, y: np.true_divide(x, y),
    "||": lambda x, y: x or y, "&&": lambda x, y: x and y, "isa": isinstance,
    "==": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, "!=": operator.ne,
}  # fmt: skip


def _text(node: Node | None) -> str:
    assert node is not None
    assert node.text is not None
    return node.text.decode()


class Module:
    """The functions that source defines."""

    def __init__(self, source: str) -> None:
        self.defined: dict[str, tuple[list[str], list[Node]]] = {}
        parse(source)
        for node in parse(_clear(source)).named_children:
            head, *body = node.named_children
            if node.type == "function_definition":
                (head,) = head.named_children
            else:
                assert node.type == "assignment", f"{node.type} outside a function"
                _, *body = body  # after the sign
            name, arguments = map(_text, head.named_children[:1]), head.named_children[1].named_children
            (called,) = name
            assert called not in BASE, f"{called} is Base's"
            for word in re.findall(r"(\w+)(?: =|,|\)|\.\.\.)", _text(node)):
                assert word not in _KEYWORDS, f"{word} names nothing"
            self.defined[called] = ([_text(argument) for argument in arguments], body)

    def call(self, name: str, arguments: Sequence[Any]) -> Any:
        """Call a function of the module."""
        names, body = self.defined[name]
        local: dict[str, Any] = {}
        for place, argument in enumerate(names):
            splat = argument.endswith("...")
            local[argument.removesuffix("...")] = list(arguments[place:]) if splat else arguments[place]
        assert len(local) == len(names), "a name stands for two arguments"
        assert len(arguments) == len(names) or splat
        with np.errstate(all="ignore"):
            for node in body:
                if node.type == "assignment":
                    left, _, right = node.named_children
                    assert _text(left) not in local, f"{_text(left)} is set twice"
                    local[_text(left)] = self.value(right, local)
                    continue
                returned = node.named_children[0] if node.type == "return_statement" else node
                return self.value(returned, local)
        raise AssertionError(f"{name} returns nothing")

    def value(self, node: Node, local: Mapping[str, Any]) -> Any:
        """Return what an expression is."""
        kind, parts = node.type, node.named_children
        if kind == "identifier":
            return local[_text(node)] if _text(node) in local else BASE[_text(node)]
        if kind == "integer_literal":
            assert abs(int(_text(node))) < 2**63
            return int(_text(node))
        if kind == "float_literal":
            return np.float64(_text(node))
        if kind == "parenthesized_expression":
            return self.value(parts[0], local)
        if kind == "unary_expression":
            assert _text(parts[0]) == "-"
            return -self.value(parts[1], local)
        if kind == "binary_expression":
            left, sign, right = parts
            if _text(sign) == "^" and _is_negation(left):  # -(x)^2 is -(x^2), but the grammar takes it for a call of -
                (base,) = self.value(left.named_children[1], local)
                return -_power(base, self.value(right, local))
            return _OPERATORS[_text(sign)](self.value(left, local), self.value(right, local))
        if kind == "ternary_expression":
            condition, then, otherwise = parts
            return self.value(then if self.value(condition, local) else otherwise, local)
        if kind in ("argument_list", "vector_expression"):
            found: list[Any] = []
            for part in parts:
                splat = part.type == "splat_expression"
                found += self.value(part.named_children[0], local) if splat else [self.value(part, local)]
            return found
        if kind == "call_expression" and _is_negation(node):
            (negated,) = self.value(parts[1], local)
            return -negated
        if kind in ("call_expression", "broadcast_call_expression"):
            name, arguments = _text(parts[0]), self.value(parts[1], local)
            assert name not in local, f"{name} is no function here"
            return self.call(name, arguments) if name in self.defined else BASE[name](*arguments)
        if kind == "index_expression":
            whole = self.value(parts[0], local)
            (index,) = self.value(parts[1], {**local, "end": len(whole)})
            return whole[index] if isinstance(index, slice) else whole[index - 1]
        if kind == "range_expression":
            first, last = (self.value(part, local) for part in parts)
            return slice(first - 1, last)
        assert kind == "tuple_expression", f"{kind} is not known here"
        return {_text(field.named_children[0]): self.value(field.named_children[-1], local) for field in parts}


def _is_negation(node: Node) -> bool:
    return node.type == "call_expression" and _text(node.named_children[0]) == "-"
