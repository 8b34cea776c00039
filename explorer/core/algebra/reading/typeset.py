"""The grammar of LaTeX: functions without brackets, sums over an index, and what a name is a function of."""

from __future__ import annotations

import re

from sympy import Integer

from explorer.core.algebra.reading.calls import CALLS
from explorer.core.algebra.reading.grammar import Grammar
from explorer.core.algebra.reading.latex import split
from explorer.core.algebra.reading.tokens import Token, cut, keep_value, refuse
from explorer.core.algebra.reading.tree import (
    Beside,
    Call,
    Inverse,
    Loose,
    Name,
    Node,
    Number,
    Parsed,
    Power,
    Product,
    Series,
    Sum,
)


def parse(text: str) -> Parsed:
    """Return the tree of a text in LaTeX.

    Raises
    ------
    Refusal
        Where it is none.
    """
    grammar = TypesetGrammar(text, split(text))
    return Parsed(grammar.everything(), grammar.said, grammar.values)


class TypesetGrammar(Grammar):
    """Reads the words of LaTeX from left to right."""

    typeset = True

    def continues(self) -> bool:
        """As Grammar."""
        return self.next.kind in ("function", "[", "{") or super().continues()

    def atom(self) -> Node:
        """As Grammar; a function may stand without brackets."""
        return self.applied(self.take()) if self.next.kind == "function" else super().atom()

    def applied(self, function: Token) -> Node:
        """A function, perhaps with an exponent of its own, of what follows."""
        power = None
        if self.next.kind == "^":
            self.take()
            power = self.bracket() if self.next.kind in "([{" else self.atom()
            if isinstance(power, Number) and power.exact < 0 or not isinstance(power, Number):
                refuse(
                    f"{function.text} may only have a positive number as its exponent: write 1/{function.text}(x)",
                    function.start,
                )
        if self.next.kind in ("(", "[", "{"):
            node: Node = self.called(function)
        else:
            node = self.of_factors(function, power)
        if function.text == "log" and function.indices and isinstance(node, Call):
            base = self.node(Number, function, function, Integer(function.indices[0]))
            node = self.node(Call, function, function, "log", (*node.arguments, base))
        if power is None or isinstance(node, Loose):
            return node
        return self.node(Power, function, function, node, power)

    def of_factors(self, function: Token, power: Node | None) -> Node:
        """A function of the factors that follow: if there are several, how many is a question."""
        if self.next.kind in ("+", "-", "end", ")", "]", "}", ",", "*", "/"):
            refuse(f"What {function.text} is taken of is missing: write {function.text}(x)", function.start)
        first = self.nested(self.power, function)
        rest: list[Node] = []
        if isinstance(first, Beside) and not isinstance(first.inside, Name):
            raised = first.inside
            if first.exponent is not None:
                raised = self.node(Power, function, function, raised, first.exponent)
            first, rest = first.name, [raised]
        numbers = isinstance(first, Number)
        while self.next.kind in ("name", "number") and self.continues():
            self.check_product_without_sign()
            rest.append(self.power())
        if numbers and rest:
            return self.node(Call, function, function, function.text, (self.node(Product, function, function, (first, *rest)),))
        while self.next.kind in ("(", "[", "{"):
            rest.append(self.power())
        if self.next.kind == "/":
            slash = self.take()
            rest.append(self.node(Inverse, slash, slash, self.power()))
        if not rest:
            return self.node(Call, function, function, function.text, (first,))
        if function.indices:
            refuse(f"How far {function.text} reaches is not clear: write brackets", function.start)
        return self.node(Loose, function, function, function.text, first, tuple(rest), power)

    def named(self, token: Token) -> Node:
        """As Grammar; sigma^{-1}(p) is not one divided by sigma."""
        if inverse := re.match(r"\\(sigma|Phi)\s*\^\s*{?\s*-\s*1\s*}?\s*(?:\\left\s*)?\(", self.text[token.start :]):
            instead = (
                r": write \operatorname{logit}(p)" if inverse[1] == "sigma" else ", nor is a quantile of a normal distribution"
            )
            refuse(f"An inverse function is not read{instead}", token.start)
        if token.detail == "name" and re.match(r"\s*\^\s*(?:{[^{}]*}|\w)\s*(?:\\left\s*)?\(", self.text[token.end :]):
            self.refuse_call(token)  # no power of a name times a bracket
        return super().named(token)

    def is_call(self, token: Token) -> bool:
        """Whether a letter before a bracket is a function's: in LaTeX only sigma, the sigmoid, Gamma and Phi are."""
        return token.text in ("sigma", "Gamma", "Phi") and token.text in CALLS and not token.indices

    def beside(self, token: Token) -> Node:
        """As Grammar; f(x; w) and p(y | x) are values, whatever the bracket holds."""
        if token.detail == "name":
            self.refuse_call(token)
        name = self.symbol(token)
        if self.is_conditional():
            start = self.next.start
            self.skip_bracket()
            keep_value(self.values, "_".join((name.text, *name.indices)), self.text[start : self.end], token.start)
            self.said.append(f"{cut(self.text[token.start : self.end], 40)} is read as one value, {name.text}.")
            return Name(token.start, token.start, self.end, name.text, name.indices, True)
        return self.beside_bracket(token, name)

    def is_conditional(self) -> bool:
        """Whether the bracket that opens next holds a comma, a semicolon or one bar: what a function is of."""
        depth, bars = 0, 0
        for token in self.tokens[self.at :]:
            depth += (token.kind in "([{") - (token.kind in ")]}")
            if depth == 1 and token.kind in (",", ";"):
                return True
            bars += depth == 1 and token.kind == "|"
            if depth <= 0:
                break
        return bars % 2 == 1

    def skip_bracket(self) -> None:
        """Pass over a bracket with all that it holds."""
        opening, depth = self.next, 0
        while True:
            token = self.take()
            depth += (token.kind in "([{") - (token.kind in ")]}")
            if token.kind == "end":
                refuse(f'"{opening.kind}" is not closed', opening.start)
            if depth == 0:
                return

    def indexed(self, token: Token) -> Node:
        """As a bracket: LaTeX has no other indices than lowered ones."""
        return self.beside(token)

    def series(self, token: Token) -> Node:
        """As far as a product reaches; over all that follows where the index stands there too."""
        index, low, count = token.indices
        self.deeper(token)
        first = self.next
        if token.text == "mean":
            body = self.bracket() if self.next.kind in ("(", "[", "{") else self.power()
        else:
            body = self.product()
        terms = [body]
        while token.text == "sum" and index and self.next.kind in ("+", "-") and self.is_ahead(index):
            terms.append(self.product())
        if len(terms) > 1:
            body = self.node(Sum, first, first, tuple(terms))
        self.nesting -= 1
        high = int(count) if count.isdigit() else None
        return self.node(Series, token, token, token.text, body, index, int(low or 1), high, "" if high is not None else count)

    def is_ahead(self, index: str) -> bool:
        """Whether an index stands in what follows, as far as a bracket reaches, before another sum has it."""
        depth = 0
        for token in self.tokens[self.at :]:
            depth += (token.kind in "([{") - (token.kind in ")]}")
            if depth < 0 or (token.kind == "big" and token.indices[0] == index):
                return False
            if token.kind == "name" and any(index in piece and (piece == index or len(piece) < 4) for piece in token.indices):
                return True
        return False
