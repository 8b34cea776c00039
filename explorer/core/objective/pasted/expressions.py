"""A Python expression over arrays and libraries, as a formula of one row.

To read another function: say in `Plain.visit_Call` what it is in plain terms; to know another name of one: `names`.
"""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import ClassVar, TypeAlias, cast

from sympy import Expr, Symbol

from explorer.core.algebra.naming import size
from explorer.core.algebra.reading import read, understood
from explorer.core.objective.pasted.names import (
    COLUMNS,
    FILLED,
    FUNCTIONS_THAT_KEEP,
    HAPPENED,
    LABELS_ASKED,
    METHODS_THAT_KEEP,
    PREDICTED,
    WEIGHTS,
)
from explorer.core.objective.pasted.syntax import UnreadError, function_name, is_none, owner

MOST_PARTS = 2_000
"""The most parts of an expression with what was assigned put in."""

CLASS = Symbol("class_number")
"""A label that a dataset is asked for, where there are classes: the number of one, no vector of zeros and a one."""

Outcome: TypeAlias = "tuple[Expr, ...]"
"""What is returned: gradient, and Hessian if there is one; () where nothing is."""
Known: TypeAlias = "Expr | ast.expr | Outcome"
"""What a name stands for: a formula, a condition as its syntax has it, or gradient and Hessian."""
Function: TypeAlias = "ast.FunctionDef | ast.Lambda"


def of_a_row(text: str) -> Expr:
    """Return an expression as `algebra.read` does; refuse a mean or a sum over rows, for each row has its own gradient."""
    expr = read(text)
    if understood(text).over_rows:
        raise ValueError("Each row has its own gradient and Hessian: leave out the mean or the sum over rows.")
    return expr


@dataclass
class Scope(ABC):
    """What names stand for at a place of some code, and so what an expression is there.

    Attributes
    ----------
    scores, targets : tuple of str
        The symbols of the raw scores and of what happened, one a class; where there are classes, what is known is of the first.
    known : dict
        Name -> what it stands for.
    functions : dict
        Name -> a function that is defined there.
    rows : set of str
        Names that count rows.
    """

    scores: tuple[str, ...]
    targets: tuple[str, ...]
    known: dict[str, Known] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    rows: set[str] = field(default_factory=set)

    @abstractmethod
    def result(self, function: Function, call: ast.Call) -> Outcome:
        """Return what a function that is defined there returns."""

    @abstractmethod
    def of_each(self, node: ast.ListComp | ast.GeneratorExp) -> Expr:
        """Return what a list has of each row."""

    @property
    def score(self) -> Symbol:
        """The raw score, of the first class."""
        return Symbol(self.scores[0])

    @property
    def target(self) -> Symbol:
        """What happened, of the first class."""
        return Symbol(self.targets[0])

    @property
    def has_classes(self) -> bool:
        """Whether there is a raw score and a target for each of several classes."""
        return 1 < len(self.scores) == len(self.targets)

    def is_label(self, node: ast.expr) -> bool:
        """Whether an expression is what happened, and no more."""
        return self.is_one_of(node, self.target, CLASS)

    def is_one_of(self, node: ast.expr, *formulas: Expr) -> bool:
        """Whether an expression is one of some formulas, and no more."""
        try:
            return self.value(node) in formulas
        except ValueError:
            return False

    def is_own_class(self, index: ast.expr) -> bool:
        """Whether an index is of each row's own class: x[rows, labels]."""
        last = index.elts[-1] if isinstance(index, ast.Tuple) else index
        return self.has_classes and isinstance(last, ast.Name | ast.Call | ast.Subscript) and self.is_label(last)

    @abstractmethod
    def reader(self) -> Plain:
        """Return what makes an expression plain there."""

    def value(self, node: ast.expr) -> Expr:
        """Return an expression with what was assigned put in."""
        reader = self.reader()
        text = ast.unparse(ast.fix_missing_locations(reader.plain(deepcopy(node))))
        whole = of_a_row(text).xreplace(reader.put_in)
        if size(whole) > MOST_PARTS:
            raise ValueError(f"A function's formulas must have at most {MOST_PARTS:,} parts; got {size(whole):,}.")
        return whole

    def part(self, node: ast.expr) -> Expr:
        """Return what is returned as an expression: of a condition 1 where it holds, else 0."""
        return self.value(counted(node) if self.is_condition(node) else node)

    def condition(self, node: ast.expr) -> ast.expr:
        """Return a condition in which names stand for what they are now, whatever becomes of them."""
        reader = self.reader()
        found = reader.plain(deepcopy(node))
        if sum(1 for _ in ast.walk(found)) > MOST_PARTS:
            raise ValueError(f"A function's conditions must have at most {MOST_PARTS:,} parts.")
        self.known |= {symbol.name: known for symbol, known in reader.put_in.items()}
        return found

    def where(self, condition: ast.expr, one: Expr, other: Expr) -> Expr:
        """Return one formula where a condition holds, else another."""
        here = replace(self, known={**self.known, "where_one": one, "where_other": other})
        names = [ast.Name("where_one"), ast.Name("where_other")]
        return here.value(ast.Call(ast.Name("where"), [condition, *names], []))

    def is_condition(self, node: ast.expr) -> bool:
        """Whether an expression is true or false of a row."""
        if isinstance(node, ast.Compare | ast.BoolOp):
            return True
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
            return True
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
            return True
        if isinstance(node, ast.Name):
            return isinstance(self.known.get(node.id), ast.expr)
        return function_name(node).startswith("logical_")

    def is_every_row(self, index: ast.expr) -> bool:
        """Whether an index is of each row: a name that counts them, or all of them."""
        if isinstance(index, ast.Name):
            return index.id in self.rows
        if isinstance(index, ast.Tuple):
            return all(self.is_every_row(part) or is_none(part) for part in index.elts)
        return isinstance(index, ast.Slice) and index.lower is index.upper is index.step is None


def counted(condition: ast.expr) -> ast.expr:
    """1 where a condition holds, else 0."""
    return ast.Call(ast.Name("where"), [condition, ast.Constant(1), ast.Constant(0)], [])


class Plain(ast.NodeTransformer):
    """What is about arrays taken out of an expression: shapes, types, rows, labels asked of the data.

    Attributes
    ----------
    put_in : dict
        Symbol that stands in the text -> the formula that it stands for.
    """

    _OPPOSITE: ClassVar[dict[type[ast.cmpop], type[ast.cmpop]]] = {
        ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    }  # fmt: skip

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.put_in: dict[Symbol, Expr] = {}

    def plain(self, node: ast.expr) -> ast.expr:
        """Return an expression without what is about arrays; it may be changed itself."""
        return cast(ast.expr, self.visit(node))

    def inside(self, node: ast.expr) -> ast.expr:
        """Return an expression as it is, each of its parts made plain."""
        return cast(ast.expr, self.generic_visit(node))

    def symbol(self, formula: Expr) -> ast.expr:
        """Return a name of its own for a formula, which no function has."""
        for symbol, other in self.put_in.items():
            if other == formula:
                return ast.Name(symbol.name)
        symbol = Symbol(f"assigned_{len(self.put_in) + len(self.scope.known)}")
        self.put_in[symbol] = formula
        return ast.Name(symbol.name)

    def visit_Name(self, node: ast.Name) -> ast.expr:  # noqa: N802  # as ast calls it
        """A name that was not assigned is what it is called like."""
        known = self.scope.known.get(node.id)
        if isinstance(known, ast.expr):
            return self.plain(deepcopy(known))
        if isinstance(known, Expr):
            return self.symbol(known)
        if PREDICTED.fullmatch(node.id):
            return self.symbol(self.scope.score)
        if HAPPENED.fullmatch(node.id):
            return self.symbol(self.scope.target)
        return ast.Constant(1) if WEIGHTS.fullmatch(node.id) else node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:  # noqa: N802
        """x.values is x, x.size how many rows there are; np.pi stays."""
        if node.attr == "size":
            return ast.Name("n")
        return self.plain(node.value) if node.attr in COLUMNS else node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:  # noqa: N802
        """x[rows] is x at a row; x.shape[0] how many there are; class_weights[labels] the weight of a row."""
        if isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
            return ast.Name("n")
        if isinstance(node.value, ast.Name) and WEIGHTS.fullmatch(node.value.id):
            return ast.Constant(1)
        if self.scope.is_condition(node.slice) or self.scope.is_every_row(node.slice):
            return self.plain(node.value)
        return self.inside(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:  # noqa: N802
        """~(x > 0) is x <= 0."""
        if not isinstance(node.op, ast.Not | ast.Invert):
            return self.inside(node)
        operand = self.plain(node.operand)
        if isinstance(operand, ast.Compare) and len(operand.ops) == 1 and type(operand.ops[0]) in self._OPPOSITE:
            return ast.Compare(operand.left, [self._OPPOSITE[type(operand.ops[0])]()], operand.comparators)
        return ast.BinOp(ast.Constant(1), ast.Sub(), operand)

    def visit_Call(self, node: ast.Call) -> ast.expr:  # noqa: N802
        """dtrain.get_label(), np.ones_like(x), x.astype(float), and functions that are defined above: f(x), and map(f, x)."""
        node = self._of_each(node)
        name, array = function_name(node), owner(node)
        is_defined = isinstance(node.func, ast.Name) and name in self.scope.functions
        if isinstance(node.func, ast.Lambda) or is_defined:
            found = self.scope.result(node.func if isinstance(node.func, ast.Lambda) else self.scope.functions[name], node)
            if len(found) != 1:
                raise UnreadError(node)
            return self.symbol(found[0])
        if name in LABELS_ASKED:
            return self.symbol(self.scope.target)
        if name == "get_weight":
            return ast.Constant(1)
        if name in FILLED:
            return ast.Constant(FILLED[name])
        if name in ("full", "full_like", "repeat") and len(node.args) > 1:
            return self.plain(node.args[0 if name == "repeat" else 1])
        if name in METHODS_THAT_KEEP and array is not None:
            return self.plain(counted(array) if self.scope.is_condition(array) else array)
        if name in FUNCTIONS_THAT_KEEP and node.args:
            return self.plain(node.args[0])
        if name == "len":
            return ast.Name("n")
        if name in ("logical_and", "logical_or") and len(node.args) == 2:
            return ast.BoolOp(ast.And() if name == "logical_and" else ast.Or(), [self.plain(one) for one in node.args])
        if name == "logical_not" and len(node.args) == 1:
            return self.visit_UnaryOp(ast.UnaryOp(ast.Not(), node.args[0]))
        if name == "clip" and any(map(is_none, node.args)):
            return self._clipped(node)
        node.args = [self.plain(argument) for argument in node.args]
        node.keywords = [
            ast.keyword(one.arg, self.plain(one.value)) for one in node.keywords if one.arg not in ("dtype", "out")
        ]
        if isinstance(node.func, ast.Attribute) and array is not None:
            node.func.value = self.plain(array)
        return node

    def visit_ListComp(self, node: ast.ListComp) -> ast.expr:  # noqa: N802
        """[f(p, y) for p, y in zip(preds, labels)] is f(p, y) of each row."""
        return self.symbol(self.scope.of_each(node))

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.expr:  # noqa: N802
        """As a list."""
        return self.symbol(self.scope.of_each(node))

    def _of_each(self, node: ast.Call) -> ast.Call:
        """map(f, x) and np.vectorize(f)(x) are f(x) at each row."""
        if isinstance(node.func, ast.Name) and node.func.id == "map" and len(node.args) > 1:
            return ast.copy_location(ast.Call(node.args[0], node.args[1:], []), node)
        if isinstance(node.func, ast.Call) and function_name(node.func) == "vectorize" and node.func.args:
            return ast.copy_location(ast.Call(node.func.args[0], node.args, node.keywords), node)
        return node

    def _clipped(self, node: ast.Call) -> ast.expr:
        """np.clip(x, a, None) has one end."""
        array = owner(node)
        value, *ends = node.args if array is None else [array, *node.args]
        found = self.plain(value)
        for name, end in zip(("maximum", "minimum"), ends, strict=False):
            if not is_none(end):
                found = ast.Call(ast.Name(name), [found, self.plain(end)], [])
        return found
