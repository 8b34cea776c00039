"""Parses words into a tree by recursive descent, one method for each level of precedence, whatever the words mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import NoReturn

from sympy import Integer, Rational, S

from explorer.core.algebra.building import LARGEST
from explorer.core.algebra.reading import forms
from explorer.core.algebra.reading.calls import ALSO_SYMBOLS, CALLS, FACTORIAL
from explorer.core.algebra.reading.cursor import CLOSING, Cursor
from explorer.core.algebra.reading.limits import DIGITS, NAME
from explorer.core.algebra.reading.tokens import FRACTIONS, SUPERSCRIPTS, Refusal, Token, cut, refuse, split
from explorer.core.algebra.reading.tree import (
    Beside,
    Call,
    Cases,
    Compared,
    Entry,
    Inverse,
    Listed,
    Logic,
    Name,
    Node,
    Number,
    Parsed,
    Power,
    Product,
    Sum,
)
from explorer.core.algebra.reading.words import ACCENTS, GREEK, INSTEAD, REFUSED, WHOLE

FORMS = frozenset((
    "sum", "mean", "average", "reduce_sum", "reduce_mean", "nansum", "nanmean", "Sum", "Mean", "Total", "Product", "prod",
    "where", "Where", "If", "Which", "Piecewise", "cases", "Boole", "Subscript", "OverHat", "OverTilde", "OverBar", "softmax",
    "Softmax", "SoftMax", "log_softmax", "LogSoftmax", "len", "Length", "float", "float16", "float32", "float64", "Rational",
    "switch", *forms.ARRAYS, *forms.COMPARISONS, *forms.LOGIC,
))  # fmt: skip
"""What is written as a function is, and is none: each is understood in its own way."""
VECTORS = frozenset(("softmax", "Softmax", "SoftMax", "log_softmax", "LogSoftmax"))
LETTERS_TOO = ("gamma", "psi")
"""Functions that are called as Greek letters are."""
CONSTANTS = ("pi", "Pi", "PI", "E")
_RELATIONS = frozenset(("<", ">", "<=", ">=", "==", "!="))
_VARIABLE = re.compile(rf"([A-Za-z]|{'|'.join(GREEK.values())})({'|'.join(ACCENTS.values())})?[0-9]*|[A-Za-z]+_[A-Za-z0-9_]+")
VALUES = re.compile("[fghpqFPQ]|pi|[a-z]+(hat|tilde)")
"""Names of what usually is a function of something."""


def parse(text: str) -> Parsed:
    """Return the tree of a text as Python or the Wolfram Language has it.

    Raises
    ------
    Refusal
        Where it is none.
    """
    grammar = Grammar(text, split(text))
    return Parsed(grammar.everything(), grammar.said, grammar.values)


def is_function(name: str) -> bool:
    """Whether a name before a bracket is a function's."""
    return name in CALLS or name in FORMS


def _of_spreadsheet(token: Token) -> Token:
    """LN(x) and IF(x > 0, x, 0) by the names that they have elsewhere; LOG there is that of base 10, and is not read."""
    name = {"IF": "If", "AND": "And", "OR": "Or", "NOT": "Not", "LOG": ""}.get(token.text, token.text.lower())
    return token._replace(text=name) if len(token.text) > 1 and is_function(name) else token


class Grammar(Cursor):
    """Reads words from left to right."""

    typeset = False
    """Whether it is LaTeX: functions need no brackets, and a bracket may say what a name is a function of."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        super().__init__(text, tokens)
        self.bars = 0
        self.said: list[str] = []
        self.values: dict[str, str] = {}

    def everything(self) -> Node:
        """All of the text."""
        if self.next.kind == "end":
            raise Refusal("Type an expression, such as t*log(p).")
        node = self.expression()
        if self.next.kind != "end":
            self.refuse_rest()
        return node

    def expression(self) -> Node:
        """A sum; a comparison; a if b else c."""
        first = self.next
        node = self.condition()
        if not self.is_word("if"):
            return node
        sign = self.take()
        holds = self.condition()
        if not self.is_word("else"):
            refuse('"if" needs an else: write a if x > 0 else b', sign.start)
        self.take()
        return self.node(Cases, sign, first, ((node, holds),), self.nested(self.expression, sign))

    def condition(self) -> Node:
        """Comparisons, joined by and and or."""
        first = self.next
        node = self.denied()
        for sign in ("&", "or"):
            conditions = [node]
            while self.next.kind == sign or self.is_word("and" if sign == "&" else "or"):
                self.take()
                conditions.append(self.denied())
            if len(conditions) > 1:
                node = self.node(Logic, first, first, "and" if sign == "&" else "or", tuple(conditions))
        return node

    def denied(self) -> Node:
        """not a."""
        first = self.next
        if self.is_word("not") or (self.next.kind == "!" and self.tokens[self.at + 1].kind in ("(", "name")):
            self.take()
            return self.node(Logic, first, first, "not", (self.nested(self.denied, first),))
        return self.compared()

    def compared(self) -> Node:
        """a < b."""
        first = self.next
        values, signs = [self.sum()], []
        while self.next.kind in _RELATIONS:
            signs.append(self.take().kind)
            values.append(self.sum())
        if not signs:
            return values[0]
        return self.node(Compared, first, first, tuple(values), tuple(signs))

    def sum(self) -> Node:
        """a + b - c."""
        first = self.next
        terms = [self.product()]
        while self.next.kind in ("+", "-"):
            terms.append(self.product())  # which reads the sign
        return terms[0] if len(terms) == 1 else self.node(Sum, first, first, tuple(terms))

    def product(self) -> Node:
        """a * b / c, and a b: a product whose sign may be left out."""
        first = self.next
        factors = [*self.signed()]
        while True:
            if self.next.kind == "*":
                self.take()
                factors += self.signed()
            elif self.next.kind == "/":
                slash = self.take()
                *sign, divisor = self.signed()
                factors += [*sign, self.node(Inverse, slash, slash, divisor)]
            elif self.continues():
                self.check_product_without_sign()
                factors.append(self.power())
            else:
                return factors[0] if len(factors) == 1 else self.node(Product, first, first, tuple(factors))

    def continues(self) -> bool:
        """Whether a product goes on without a sign."""
        token = self.next
        if token.kind == "|":
            return self.bars == 0 and self.opens_bars()
        if token.kind == "name":
            return token.text not in ("if", "else", "and", "or", "not") or bool(token.detail)
        return token.kind in ("number", "(", "big", "cases")

    def opens_bars(self) -> bool:
        """Whether a bar that stands alone is closed by another one later, at the same depth."""
        depth = 0
        for token in self.tokens[self.at + 1 :]:
            depth += (token.kind in CLOSING) - (token.kind in CLOSING.values())
            if depth < 0:
                return False
            if token.kind == "|" and depth == 0:
                return True
        return False

    def signed(self) -> tuple[Node, ...]:
        """-a, as its sign and a."""
        first = self.next
        negative = False
        while self.next.kind in ("+", "-"):
            negative ^= self.take().kind == "-"
        sign = (Number(first.start, first.start, first.end, S.NegativeOne),) if negative else ()
        return *sign, self.power()

    def power(self) -> Node:
        """a ^ b, which binds to the right, a² and a!."""
        first = self.next
        self.deeper(first)
        node = self.atom()
        while self.next.kind == "method":
            node = self.called(self.take(), node)
        if self.next.kind == "!":
            sign = self.take()
            if self.next.kind == "!":
                refuse("!! can be read in two ways: write factorial(factorial(n)), or the product", self.next.start)
            node = self.node(Call, sign, first, FACTORIAL[0], (node,))
        for kinds in (SUPERSCRIPTS, "^"):
            if (sign := self.next).kind in kinds:
                node = self.node(Power, sign, first, node, self.exponent(first))
        self.nesting -= 1
        return node

    def exponent(self, first: Token) -> Node:
        """What stands behind ^, or a small sign."""
        sign = self.take()
        if sign.kind in SUPERSCRIPTS:
            return Number(sign.start, sign.start, sign.end, Integer(SUPERSCRIPTS[sign.kind]))
        exponent = self.signed()
        return exponent[0] if len(exponent) == 1 else self.node(Product, sign, first, exponent)

    def atom(self) -> Node:
        """A number, a name, a call, or something in brackets."""
        token = self.next
        if token.kind == "number":
            return self.number(self.take())
        if token.kind == "name":
            return self.named(self.take())
        if token.kind == "big":
            return self.series(self.take())
        if token.kind == "|":
            return self.size()
        if token.kind == "‖":
            return self.size()
        if token.kind == "{" and not self.typeset:
            refuse("A list may only stand in a function of several numbers, or as the range of a sum", token.start)
        if token.kind not in CLOSING:
            self.refuse_missing()
        return self.bracket()

    def bracket(self) -> Node:
        """(a)."""
        opening = self.take()
        node = self.inside(self.expression)
        self.close(opening)
        return node

    def inside(self, what: Callable[[], Node]) -> Node:
        """Read something within a bracket: bars outside it are not closed there."""
        bars, self.bars = self.bars, 0
        node = what()
        self.bars = bars
        return node

    def size(self) -> Node:
        """|a|."""
        opening = self.take()
        self.bars += 1
        node = self.nested(self.expression, opening)
        self.bars -= 1
        if self.next.kind != opening.kind:
            refuse(f'"{opening.kind}" is not closed', opening.start)
        self.take()
        return self.node(Call, opening, opening, "abs", (node,))

    def number(self, token: Token) -> Node:
        """The exact fraction that a number is."""
        following = self.next
        if re.fullmatch("0[xXbBoO][0-9A-Fa-f]+", self.text[token.start : following.end]):
            refuse(f"{cut(token.text + following.text)} is no number: write it as 16, 0.5 or 1e-3", token.start)
        if token.text in FRACTIONS:
            return self.node(Number, token, token, Rational(*FRACTIONS[token.text]))
        match = re.fullmatch(r"(?:(\d+)\.?(\d*)|\.(\d+))(?:`\d*)?(?:(?:\*\^|[eE])([+-]?\d+))?", token.text, re.ASCII)
        assert match
        whole, part = match[1] or "", match[2] or match[3] or ""
        if len(whole + part) > DIGITS:
            refuse(f"A number may have at most {DIGITS} digits; got {len(whole + part)}", token.start)
        written = match[4] or "0"
        if len(written) > DIGITS or abs(int(written)) > LARGEST:
            shown = cut(written.lstrip("+"))
            refuse(f"A number's power of ten must lie in [-{LARGEST}, {LARGEST}]; got {shown}", token.start)
        scale = int(written) - len(part)
        exact = Rational(int(whole + part) * 10 ** max(scale, 0), 10 ** max(-scale, 0))
        return self.node(Number, token, token, exact)

    def named(self, token: Token) -> Node:
        """A symbol, a constant, or a call."""
        self.check_name(token)
        if self.next.kind == "(" and token.text.isupper() and not is_function(token.text):
            token = _of_spreadsheet(token)
        name, following = token.text, self.next
        if following.kind in ("(", "[") or (following.kind == "{" and name in ("max", "min")):  # max{0, x}, as papers set it
            if self.is_call(token):
                return self.called(token)
            if following.kind == "[":
                return self.indexed(token)
            if following.start == token.end or token.detail:
                return self.beside(token)
        if token.detail in ("module", "function") and name not in ("e", *CONSTANTS):
            self.refuse_bare(token)
        if is_function(name) and name not in ALSO_SYMBOLS and not token.indices:
            self.refuse_bare(token)
        return self.symbol(token)

    def is_call(self, token: Token) -> bool:
        """Whether a name before a bracket is a function's; gamma (x) with a space is a product."""
        is_apart = token.text in LETTERS_TOO and self.next.start > token.end
        return is_function(token.text) and not token.indices and not is_apart

    def symbol(self, token: Token) -> Name:
        """A name as a part of the tree."""
        text = {"e": "E", "PI": "pi"}.get(token.text, token.text) if token.detail == "module" else token.text
        return Name(token.start, token.start, self.end, text, token.indices, token.detail in ("name", "letter"))

    def check_name(self, token: Token) -> None:
        """Refuse a word that is no name."""
        name = token.text
        if len(name) > NAME:
            refuse(f"A name may have at most {NAME} characters; got {len(name)}", token.start)
        if name in REFUSED and not token.indices:
            refuse(REFUSED[name], token.start)
        if "__" in name:
            refuse("A name may not have two underscores in a row", token.start)

    def refuse_bare(self, token: Token) -> NoReturn:
        """Refuse a function without a bracket."""
        if is_function(token.text):
            refuse(f"{token.text} is a function: write {token.text}(x)", token.start)
        self.refuse_call(token)

    def called(self, name: Token, *first: Node) -> Node:
        """A function with its arguments; the first of them may stand before its name, as a method has it."""
        opening = self.take()
        arguments = [*first]
        keywords: list[tuple[str, Node]] = []
        if self.next.kind != CLOSING[opening.kind]:
            self.argument(name, arguments, keywords)
            while self.next.kind == ",":
                self.take()
                self.argument(name, arguments, keywords)
        self.close(opening)
        if first or (name.detail == "module" and not self.text[: name.start].endswith("Math.")):  # which is of numbers
            name = name._replace(text="Norm") if name.text == "norm" else name
            arguments = forms.without_axis(name.text, arguments)
        node = forms.understood(self.node(Call, name, name, name.text, tuple(arguments), tuple(keywords)))
        return self.entry(node, name) if name.text in VECTORS and self.next.kind == "[" else node

    def argument(self, name: Token, arguments: list[Node], keywords: list[tuple[str, Node]]) -> None:
        """An argument of a function: an expression, a list, or one with a name of its own."""
        token, following = self.next, self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        if token.kind == "name" and following.kind == "=":
            self.take()
            self.take()
            keywords.append((token.text, self.keyword()))
        else:
            arguments.append(self.inside(lambda: self.item(name.text)))

    def keyword(self) -> Node:
        """What stands behind the name of an argument."""
        if self.is_word("None") or self.is_word("True") or self.is_word("False"):
            return self.symbol(self.take()._replace(detail="name"))
        return self.inside(self.expression)

    def item(self, within: str) -> Node:
        """An expression, or a list of them."""
        token = self.next
        if (token.kind in ("{", "[") and not self.typeset) or (token.kind == "(" and self.is_tuple(within)):
            return self.nested(lambda: self.listed(within), token)
        if within in ("Piecewise", "Which") and self.is_word("True"):
            return self.symbol(self.take()._replace(detail="name"))
        return self.expression()

    def is_tuple(self, within: str) -> bool:
        """Whether the bracket that opens next is a pair of Piecewise, or what SymPy's Sum runs over."""
        return within in ("Piecewise", "Sum", "Product") and self.has_comma()

    def listed(self, within: str) -> Node:
        """[a, b], and what is taken of it."""
        opening = self.take()
        items: list[Node] = []
        while self.next.kind != CLOSING[opening.kind]:
            items.append(self.item(within))
            if self.next.kind != ",":
                break
            self.take()
        self.close(opening)
        node = self.node(Listed, opening, opening, tuple(items))
        return self.entry(node, opening) if self.next.kind == "[" else node

    def entry(self, of: Node, start: Token) -> Node:
        """of[k], counted from 0, or of[[k]], counted from 1."""
        opening = self.take()
        doubled = self.next.kind == "["
        if doubled:
            self.take()
        place = self.inside(self.expression)
        self.close(opening)
        if doubled:
            self.close(opening)
        return self.node(Entry, opening, start, of, place, int(doubled))

    def indexed(self, token: Token) -> Node:
        """x[i]: with an index that a sum runs over."""
        following = self.tokens[self.at + 1 : self.at + 3]
        is_index = len(following) == 2 and following[1].kind == "]" and following[0].kind in ("name", "number")
        if not is_index or not _VARIABLE.fullmatch(token.text):
            self.refuse_call(token)
        self.at += 3
        return Name(token.start, token.start, self.end, token.text, (*token.indices, f"[{following[0].text}]"))

    def beside(self, token: Token) -> Node:
        """p(1 - p): a product, or the value of a function p."""
        if not (_VARIABLE.fullmatch(token.text) or token.text in CONSTANTS) or self.has_comma():
            self.refuse_call(token)
        name = self.symbol(token)
        return self.beside_bracket(token, name)

    def beside_bracket(self, token: Token, name: Name) -> Node:
        """A name before a bracket, which an exponent may follow."""
        inside = self.bracket()
        exponent = self.exponent(token) if self.next.kind in ("^", *SUPERSCRIPTS) else None
        return self.node(Beside, token, token, name, inside, exponent)

    def series(self, token: Token) -> Node:
        """A sum over an index, as far as a product reaches; over all that follows where the index stands there too."""
        raise NotImplementedError

    def check_product_without_sign(self) -> None:
        """Refuse a product that nobody can see."""
        before = self.tokens[self.at - 1]
        if self.next.kind == "number":
            refuse(f"Write * before {cut(self.next.text)} to multiply", self.next.start)
        if "\n" in self.text[before.end : self.next.start] and not self.typeset:
            refuse("Write * to multiply across lines", self.next.start)

    def refuse_call(self, token: Token) -> NoReturn:
        """Refuse a bracket after a name that is no function's."""
        name = token.text
        if name in WHOLE:
            refuse(f"{name} is a whole loss: write {WHOLE[name]}", token.start)
        if name in INSTEAD:
            refuse(f"{name} is not read: {INSTEAD[name]}", token.start)
        near = get_close_matches(name, CALLS, 1) or get_close_matches(name.lower(), CALLS, 1)
        hint = f"perhaps you mean {near[0]}" if near else "known are exp, log, sqrt, sigmoid, max and others"
        raise Refusal(f"{cut(name, NAME)} is not a function known here, at character {token.start + 1}; {hint}.")
