"""Turns a tree into an expression, with questions where it can be read in two ways and notes on how it was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, NoReturn

from sympy import Expr, Integer, Mul, S, Symbol, pi, preorder_traversal

from explorer.core.algebra.building import Builder, Refused
from explorer.core.algebra.reading.calls import (
    CALLS,
    Make,
    function,
    how_many,
    less,
    log_softmax_entry,
    softmax_entry,
)
from explorer.core.algebra.reading.grammar import LETTERS_TOO, VALUES, VECTORS
from explorer.core.algebra.reading.limits import NAME, PARTS
from explorer.core.algebra.reading.questions import Option
from explorer.core.algebra.reading.survey import ROWS, Survey, is_e, letters_of
from explorer.core.algebra.reading.tokens import cut, keep_value, refuse
from explorer.core.algebra.reading.tree import (
    Beside,
    Call,
    Cases,
    Compared,
    Entry,
    Inverse,
    Listed,
    Logic,
    Loose,
    Name,
    Node,
    Number,
    Parsed,
    Power,
    Product,
    Series,
    Sum,
    names,
)
from explorer.core.algebra.reading.words import GREEK, apart

_CONSTANTS = {"pi": pi, "Pi": pi, "PI": pi, "E": S.Exp1}
_CONDITIONS = ("below", "at_most", "same")
"""Functions that are 1 where a condition holds, else 0, as an expression is printed."""


class _Value(NamedTuple):
    """An expression; whether it is a mean over rows, and whether it is or divides by the number of rows."""

    expr: Expr
    rows: bool = False
    of_rows: bool = False


class Meaning(Survey):
    """Puts one tree together."""

    def __init__(
        self, text: str, parsed: Parsed, answers: Mapping[str, str], *, typeset: bool, declared: Iterable[str] = ()
    ) -> None:
        super().__init__(parsed, answers)
        self.text = text
        self.typeset = typeset
        self.build = Builder()
        self.bound: dict[str, int | str] = {}
        self.parts = 0
        self.alone_too = {*declared, *(name.text for name in names(self.tree) if not name.indices)}

    def everything(self) -> _Value:
        """Return what the whole tree means."""
        if isinstance(self.tree, Compared | Logic):
            if self.typeset and isinstance(self.tree, Compared) and "==" in self.tree.signs:
                refuse("There is more than one formula here: write what stands right of one equals sign", self.tree.at)
            refuse("A comparison is no expression: write where(x > 0, a, b)", self.tree.at)
        self.survey()
        return self.value(self.tree)

    # What each part means

    def value(self, node: Node) -> _Value:
        """Return what a part means."""
        self.parts += 1
        if self.parts > PARTS:
            refuse("The sums of this take too many operations to write out", node.at)
        match node:
            case Number():
                return _Value(self.made(node, self.build.number, node.exact))
            case Name():
                return self.name(node)
            case Sum():
                return self.sum(node)
            case Product():
                return self.product(node, node.factors)
            case Beside():
                return self.beside(node)
            case Inverse():
                return self.inverse(node)
            case Series():
                return self.series(node)
            case Loose():
                return self.loosely(node)
            case Call(name="abs", arguments=(Name(text=name, indices=()),)) if name in self.counts:
                return _Value(S.One, of_rows=True)
            case Call(name="len" | "Length") if ROWS in self.lengths.values():
                return _Value(S.One, of_rows=True)
            case Power() if is_e(node.base) and self.e is S.Exp1:
                return _Value(self.made(node, self.build.power, S.Exp1, self.plain(node.exponent)))
            case Power():
                return self.power(node)
        return _Value(self.alone(node))

    def alone(self, node: Node) -> Expr:
        """What is put together of expressions that are no means over rows."""
        match node:
            case Call():
                return self.call(node)
            case Compared() | Logic():
                said = "A comparison counts as 1 where it holds, else as 0."
                if said not in self.said:
                    self.said.append(said)
                return self.condition(node)
            case Cases():
                return self.cases(node)
            case Entry():
                return self.entry(node)
        refuse("A list cannot stand here", node.at)

    def plain(self, node: Node) -> Expr:
        """An expression that has a value for each row."""
        found = self.value(node)
        if found.rows:
            refuse("A mean over rows may only be added to and multiplied: leave out the root or function of it", node.at)
        if found.of_rows:
            refuse("The number of rows may only multiply and divide the sum", node.at)
        return found.expr

    def sum(self, node: Sum) -> _Value:
        """Terms, of which some may be means over rows."""
        terms = [self.value(term) for term in node.terms]
        for term, part in zip(terms, node.terms, strict=True):
            if term.of_rows and not term.rows:
                refuse("The number of rows may only multiply and divide the sum", part.at)
        return _Value(self.made(node, self.build.add, [term.expr for term in terms]), any(term.rows for term in terms))

    def product(self, node: Node, parts: Iterable[Node]) -> _Value:
        """Factors, of which one may be a mean over rows."""
        factors = [self.value(part) for part in parts]
        rows = sum(factor.rows for factor in factors)
        if rows > 1:
            refuse("A product of two means over rows is no mean over rows", node.at)
        made = self.made(node, self.build.multiply, [factor.expr for factor in factors])
        return _Value(made, bool(rows), not rows and any(factor.of_rows for factor in factors))

    def inverse(self, node: Inverse) -> _Value:
        """One divided by something."""
        found = self.value(node.of)
        below = found.expr if found.of_rows else self.plain_value(node.of, found)
        return _Value(self.made(node, self.build.power, below, S.NegativeOne), of_rows=found.of_rows)

    def power(self, node: Power) -> _Value:
        """A power."""
        base = self.value(node.base)
        exponent = self.plain(node.exponent)
        if base.of_rows and exponent == -1:
            return base
        return _Value(self.made(node, self.build.power, self.plain_value(node.base, base), exponent))

    def plain_value(self, node: Node, found: _Value) -> Expr:
        """What has been found, if it has a value for each row."""
        return found.expr if not (found.rows or found.of_rows) else self.plain(node)

    def series(self, node: Series) -> _Value:
        """A sum, a product or a mean."""
        length = self.lengths[id(node)]
        outside = self.bound.get(node.index)
        if length == ROWS:
            self.bound[node.index] = ROWS
            body = self.value(node.body)
            found = _Value(body.expr, rows=True)
            if body.rows:
                refuse("A mean over rows within another one is not read", node.at)
        else:
            terms = []
            for k in range(node.low, node.low + int(length)):
                self.bound[node.index] = k
                terms.append(self.value(node.body))
            rows = any(term.rows for term in terms)
            if node.kind == "product" and rows:
                refuse("A product of means over rows is not read", node.at)
            make = self.build.multiply if node.kind == "product" else self.build.add
            made = self.made(node, make, [term.expr for term in terms])
            if node.kind == "mean":
                made = self.build.multiply([made, Integer(length) ** -1])
            found = _Value(made, rows, any(term.of_rows for term in terms) and not rows)
        if outside is None:
            del self.bound[node.index]
        else:
            self.bound[node.index] = outside
        return found

    def beside(self, node: Beside) -> _Value:
        """A product, unless the name is said to be a value."""
        name, inside = node.name, node.inside
        is_written_so = self.typeset and (name.text in GREEK.values() and not isinstance(inside, Name))
        raised = inside if node.exponent is None else Power(node.at, node.start, node.end, inside, node.exponent)
        if name.text in self.counts or is_written_so:
            return self.product(node, (name, raised))
        shown = self.text[name.end : node.end] if 0 < node.end - name.end <= 20 else "(...)"
        rewrite = f"{name.text} is not a function: write {name.text}*{shown} to multiply, at character {node.at + 1}."
        if name.text in _CONSTANTS:
            raise ValueError(rewrite)
        product = Option("product", f"{name.text} times the bracket")
        value = Option("value", f"one value, {name.text}", Symbol(name.text))
        is_value = isinstance(inside, Name) and VALUES.fullmatch(name.text)
        options = [value, product] if is_value else [product, value]
        asked = f"Is {cut(name.text)} before a bracket a product, or the value of a function?"
        if self.questions.ask(f"at_{name.text}", asked, options, "" if self.typeset else rewrite) == "value":
            keep_value(self.values, "_".join((name.text, *name.indices)), f"{self.text[name.end : inside.end]})", node.at)
            named: Node = Name(name.at, name.start, name.end, name.text, name.indices, True)
            return self.value(named if node.exponent is None else Power(node.at, node.start, node.end, named, node.exponent))
        return self.product(node, (name, raised))

    def loosely(self, node: Loose) -> _Value:
        """A function without brackets of several factors."""
        key = f"{node.function}_{node.at + 1}"
        far = Option("all", f"{node.function} of all that follows")
        near = Option("first", f"{node.function} of the first factor alone")
        is_far = not isinstance(node.rest[0], Inverse) or isinstance(node.rest[0].of, Name)
        is_far = is_far and isinstance(node.rest[0], Name | Inverse | Power)
        asked = f"How far does {node.function} reach, at character {node.at + 1}?"
        rewrite = f"How far {node.function} reaches is not clear: write {node.function}(...), at character {node.at + 1}."
        answer = self.questions.ask(key, asked, [far, near] if is_far else [near, far], rewrite)
        inside = (node.first, *node.rest) if answer == "all" else (node.first,)
        argument = Product(node.at, node.start, node.end, inside) if len(inside) > 1 else node.first
        called: Node = Call(node.at, node.start, node.end, node.function, (argument,))
        if node.power is not None:
            called = Power(node.at, node.start, node.end, called, node.power)
        return self.value(called) if answer == "all" else self.product(node, (called, *node.rest))

    def name(self, node: Name) -> _Value:
        """A symbol, a constant, an index, the number of rows, or a product of symbols."""
        if not node.indices:
            text = node.text
            if text in self.bound:
                if self.bound[text] == ROWS:
                    refuse(f"{text}, which counts the rows, may only stand as an index", node.at)
                return _Value(Integer(self.bound[text]))
            if text in self.numbers:
                return _Value(Integer(self.numbers[text]))
            if text in self.counts:
                return _Value(S.One, of_rows=True)
            if text in _CONSTANTS:
                return _Value(_CONSTANTS[text])
            if is_e(node):
                return _Value(self.e)
            if not node.fixed and (pieces := apart(text)):
                return _Value(self.apart(text, pieces))
            return _Value(Symbol(text))
        return _Value(Symbol(self.with_indices(node)))

    def apart(self, text: str, pieces: tuple[str, ...]) -> Expr:
        """One name, or a product of several."""
        symbols = [_CONSTANTS.get(piece, Symbol(piece)) for piece in pieces]
        options = (
            Option("name", f"one name, {text}", Symbol(text)),
            Option(
                "product",
                f"the product of {' and '.join(pieces)}" if len(pieces) < 5 else "a product",
                Mul(*symbols, evaluate=False),
            ),
        )
        if all(piece in self.alone_too for piece in pieces):  # y*f where y and f stand by themselves as well
            options = options[::-1]
        if self.questions.ask(text, f"Is {text} one name, or a product?", options) == "name":
            return Symbol(text)
        return self.build.multiply(symbols)

    def with_indices(self, node: Name) -> str:
        """A name with its indices: those over rows left out, those over classes as numbers."""
        name = node.text
        pieces = [part for index in node.indices for part in letters_of(index, self.bound)]
        is_free = not any(piece in self.bound for piece in pieces)
        for piece in pieces:
            bound = self.bound.get(piece)
            if bound == ROWS:
                continue
            if bound is None and piece.startswith("["):
                inside = piece[1:-1]
                refuse(f"{node.text}{piece} is an entry of {node.text}: write {node.text}{inside}", node.at)
            if is_free and node.text in self.written and len(piece) == 1 and piece.isalpha():
                bound = self.ask_entry(node.text, piece)
            piece = piece if bound is None else str(bound)
            joins = piece[0].isdigit() and name[-1].isalpha()
            name += piece if joins else f"_{piece}"
        if "-" in name:
            refuse(f"An index must not be negative; got {cut(name)}", node.at)
        if len(name) > NAME:
            refuse(f"A name may have at most {NAME} characters; got {len(name)}", node.at)
        return name

    def ask_entry(self, name: str, index: str) -> int | None:
        """Which of the entries that a sum writes out an index means that no sum runs over."""
        options = [Option(str(k), f"{name}{k}", Symbol(f"{name}{k}")) for k in self.written[name]]
        options.append(Option("other", "a symbol of its own", Symbol(f"{name}_{index}")))
        rewrite = f"Which of them {name}_{index} is, is not said: write a number for {index}."
        answer = self.questions.ask(f"{name}_{index}", f"Which one is {name} with index {index}?", options, rewrite)
        return None if answer == "other" else int(answer)

    # Functions and conditions

    def call(self, node: Call) -> Expr:
        """A function."""
        if node.name in VECTORS:
            refuse(f"{node.name} is several numbers: write {node.name}(a, b, c)[0] for the first", node.at)
        if node.name == "Boole":
            return self.condition(node.arguments[0]) if len(node.arguments) == 1 else self.refuse_count(node, "1 argument")
        if node.name in ("len", "Length"):
            refuse(f"{node.name} is not read here: write N", node.at)
        if node.name not in CALLS:
            refuse(f"{node.name} is not a function known here", node.at)
        if node.name in LETTERS_TOO and not self.typeset and len(node.arguments) == 1:
            options = (Option("function", f"the function {node.name}"), Option("product", f"{node.name} times the bracket"))
            asked = f"Is {node.name}(…) the function, or a product?"
            if self.questions.ask(f"at_{node.name}", asked, options) == "product":
                return self.made(node, self.build.multiply, [Symbol(node.name), self.plain(node.arguments[0])])
        arguments = self.flat(node.arguments)
        call = CALLS[node.name]
        if not call.least <= len(arguments) <= call.most:
            self.refuse_count(node, how_many(call), len(arguments))
        return self.made(node, call.make, self.build, *map(self.plain, arguments))

    def flat(self, arguments: Iterable[Node]) -> list[Node]:
        """Arguments, with the items of lists in their places."""
        return [item for argument in arguments for item in (argument.items if isinstance(argument, Listed) else (argument,))]

    def refuse_count(self, node: Call, takes: str, count: int | None = None) -> NoReturn:
        """Refuse a function with too few or too many arguments."""
        refuse(f"{node.name} takes {takes}; got {len(node.arguments) if count is None else count}", node.at)

    def entry(self, node: Entry) -> Expr:
        """One of the probabilities of a softmax, or one item of a list."""
        of = node.of
        items = self.flat(of.arguments) if isinstance(of, Call) else list(of.parts)
        if not isinstance(node.place, Number) or node.place.exact.q != 1:
            refuse("The place must be a whole number: write softmax(a, b, c)[0]", node.place.at)
        place = int(node.place.exact) - node.first
        if not 0 <= place < len(items):
            refuse(
                f"There are {len(items)} numbers here: the place must be from {node.first} to {len(items) - 1 + node.first}",
                node.place.at,
            )
        if not isinstance(of, Call):
            return self.plain(items[place])
        if len(items) < 2:
            refuse(f"{of.name} takes at least 2 numbers: write {of.name}(a, b, c)[0]", of.at)
        make = log_softmax_entry if of.name.lower().startswith("log") else softmax_entry
        logits = tuple(map(self.plain, items))
        return self.made(node, lambda: make(self.build, logits, place))

    def cases(self, node: Cases) -> Expr:
        """What holds in the first case that is true."""
        found = self.plain(node.otherwise)
        for value, holds in reversed(node.cases):
            condition, then = self.condition(holds), self.plain(value)
            if condition.is_Rational:
                found = then if condition else found
            else:
                found = self.made(node, lambda c=condition, a=then, b=found: self.build.call(function("where"), c, a, b))
        return found

    def condition(self, node: Node) -> Expr:
        """1 where a condition holds, else 0."""
        if isinstance(node, Compared):
            pairs = zip(node.values[:-1], node.signs, node.values[1:], strict=True)
            found = [self.made(node, self.compared, self.plain(a), sign, self.plain(b)) for a, sign, b in pairs]
            return self.joined(node, "and", found)
        if isinstance(node, Logic):
            return self.joined(node, node.word, [self.condition(part) for part in node.conditions])
        written = self.plain(node)
        if any(type(part).__name__ in _CONDITIONS for part in preorder_traversal(written)):
            return written
        refuse("A condition must compare two numbers: write x > 0", node.at)

    def joined(self, node: Node, word: str, conditions: list[Expr]) -> Expr:
        """Conditions joined by a word."""
        if word == "not":
            return self.made(node, less, self.build, S.One, conditions[0])
        found = conditions[0]
        for condition in conditions[1:]:
            joint = function("minimum" if word == "and" else "maximum")
            found = self.made(node, self.build.call, joint, found, condition)
        return found

    def compared(self, left: Expr, sign: str, right: Expr) -> Expr:
        """1 where a comparison holds, else 0."""
        if sign in (">", ">="):
            left, sign, right = right, {">": "<", ">=": "<="}[sign], left
        if left.is_Rational and right.is_Rational:
            holds = {"<": left < right, "<=": left <= right, "==": left == right, "!=": left != right}[sign]
            return S.One if holds else S.Zero
        if sign == "<":
            return self.build.call(function("below"), left, right)
        if sign == "<=":
            return self.build.call(function("at_most"), left, right)
        same = self.build.call(function("same"), left, right)
        return same if sign == "==" else less(self.build, S.One, same)

    def made(self, node: Node, make: Make, *arguments: object) -> Expr:
        """Put something together; what is wrong with it is said of the text that it was written as."""
        try:
            return make(*arguments)
        except Refused as reason:
            refuse(str(reason).replace("{}", cut(self.text[node.start : node.end], 30)), node.at)
