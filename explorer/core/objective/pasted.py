"""Gradient and Hessian as somebody has them: expressions, or the body of a Python function. Read by its syntax, never run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sympy import Expr, Integer, Symbol

from explorer.core.algebra.naming import size
from explorer.core.algebra.reading import read, understood
from explorer.core.algebra.reading.limits import LENGTH

LARGEST = 2_000
"""The most parts of an expression with what was assigned put in."""
_PREDICTED = re.compile(r"(y_?)?(pred|predt|preds|prediction|predictions|hat|margin|approx|score|scores|raw)\w*", re.IGNORECASE)
_HAPPENED = re.compile(r"(y_?)?(label|labels|true|target|targets|truth)\w*|dtrain|dmatrix|train_data", re.IGNORECASE)
_ONES = {"ones": 1, "ones_like": 1, "zeros": 0, "zeros_like": 0}
_SHAPED = {"astype", "flatten", "ravel", "reshape", "copy", "squeeze"}
_LABELS = {"get_label", "get_labels"}


def is_code(text: str) -> bool:
    """Whether a text is the body of a function, or a whole one, rather than an expression."""
    return bool(re.search(r"^\s*(def\s|return\b)|^\s*\w+\s*=[^=]", text, re.MULTILINE))


@dataclass
class _Function:
    """A function read from the top: what each name stands for so far."""

    score: str
    target: str
    known: dict[str, Expr] = field(default_factory=dict)

    def outcome(self, statements: list[ast.stmt]) -> tuple[Expr, ...]:
        """Return what the statements return: gradient, and Hessian if there is one."""
        for statement in statements:
            if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
                self.assign(statement.targets[0], statement.value)
            elif isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
                self.known[statement.target.id] = self.value(ast.BinOp(statement.target, statement.op, statement.value))
            elif isinstance(statement, ast.Return) and statement.value is not None:
                parts = statement.value.elts if isinstance(statement.value, ast.Tuple) else [statement.value]
                return tuple(self.value(part) for part in parts)
            elif isinstance(statement, ast.FunctionDef):
                self.arguments(statement)
                return self.outcome(statement.body)
            elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
                line = statement.lineno
                raise ValueError(f"Line {line} is not read: write assignments and one return, with np.where for cases.")
        if {"grad", "hess"} <= self.known.keys():
            return self.known["grad"], self.known["hess"]
        raise ValueError("A function must return its gradient and Hessian: return grad, hess.")

    def arguments(self, function: ast.FunctionDef) -> None:
        """Say which arguments are raw scores and labels: by their names, else as XGBoost has them, scores first."""
        names = [argument.arg for argument in function.args.args]
        free = [(name, symbol) for name, symbol in zip(names, (self.score, self.target), strict=False)]
        for name, symbol in free:
            happened, predicted = _HAPPENED.fullmatch(name), _PREDICTED.fullmatch(name)
            self.known[name] = Symbol(self.target if happened else self.score if predicted else symbol)

    def assign(self, target: ast.expr, value: ast.expr) -> None:
        """Keep what a name, or each of some, stands for."""
        if isinstance(target, ast.Name):
            self.known[target.id] = self.value(value)
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
            for name, part in zip(target.elts, value.elts, strict=True):
                self.assign(name, part)
        else:
            raise ValueError(f"Line {target.lineno} is not read: assign to a name, such as grad = preds - labels.")

    def value(self, node: ast.expr) -> Expr:
        """Return an expression with what was assigned put in."""
        plain = _Plain(self).visit(node)
        expr = of_a_row(ast.unparse(plain))
        put_in = {Symbol(name): known for name, known in self.known.items()}
        whole = expr.xreplace(put_in)
        if size(whole) > LARGEST:
            raise ValueError(f"A function's formulas must have at most {LARGEST:,} parts; got {size(whole):,}.")
        return whole


class _Plain(ast.NodeTransformer):
    """What is about arrays taken out of an expression: shapes, types, labels asked of the data."""

    def __init__(self, function: _Function) -> None:
        self.function = function

    def visit_Name(self, node: ast.Name) -> ast.expr:  # noqa: N802  # as ast calls it
        """A name that was not assigned is what it is called like."""
        if node.id not in self.function.known:
            if _PREDICTED.fullmatch(node.id):
                self.function.known[node.id] = Symbol(self.function.score)
            elif _HAPPENED.fullmatch(node.id):
                self.function.known[node.id] = Symbol(self.function.target)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:  # noqa: N802
        """dtrain.get_label(), np.ones_like(x) and x.astype(float) are a symbol, a number and x."""
        named = (
            node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
        )
        if named in _LABELS:
            return ast.copy_location(ast.Name(self._kept("_labels", Symbol(self.function.target))), node)
        if named in _ONES:
            return ast.copy_location(ast.Constant(_ONES[named]), node)
        if named in _SHAPED and isinstance(node.func, ast.Attribute):
            inner: ast.expr = self.visit(node.func.value)
            return inner
        if named == "len":
            return ast.copy_location(ast.Name("n"), node)
        node.args = [self.visit(argument) for argument in node.args]
        return node

    def _kept(self, name: str, symbol: Symbol) -> str:
        spelled = f"labels{name}"
        self.function.known[spelled] = symbol
        return spelled


def pasted(text: str, score: str, target: str) -> tuple[Expr, ...]:
    """Return the gradient and, if it is there, the Hessian of a function's body, in the symbols of score and target.

    Raises
    ------
    ValueError
        If it is no such function.
    """
    if len(text) > LENGTH:
        raise ValueError(f"A function may have at most {LENGTH:,} characters; got {len(text):,}.")
    code = "\n".join(text.splitlines())
    try:
        statements = ast.parse(_dedented(code)).body
    except (SyntaxError, RecursionError, MemoryError) as error:
        line = f", at line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise ValueError(f"This is no Python function{line}.") from None
    return _Function(score, target).outcome(statements)


def of_a_row(text: str) -> Expr:
    """Return an expression as `algebra.read` does; refuse a mean or a sum over rows, for each row has its own gradient."""
    expr = read(text)
    if understood(text).over_rows:
        raise ValueError("Each row has its own gradient and Hessian: leave out the mean or the sum over rows.")
    return expr


def _dedented(code: str) -> str:
    """Code whose first lines may be indented, and a function's body without its head."""
    lines = [line.split("#")[0].rstrip() for line in code.splitlines()]
    lines = [line for line in lines if line]
    indent = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    body = "\n".join(line[indent:] for line in lines)
    if re.match(r"def\s", body):
        return body
    return "\n".join(["def objective(preds, dtrain):", *(f"    {line}" for line in body.splitlines())])


def named(expr: Expr, meant: Mapping[str, Expr]) -> Expr:
    """Return an expression with the names that people use for a symbol in its place."""
    return expr.xreplace({symbol: meant[symbol.name] for symbol in expr.free_symbols if symbol.name in meant})


def synonyms(expr: Expr, score: str, target: str, taken: set[str]) -> dict[str, Expr]:
    """Return what names that are no symbols of the loss are called like: raw scores or targets; n is a number of rows."""
    return dict(_synonyms(expr, score, target, taken))


def _synonyms(expr: Expr, score: str, target: str, taken: set[str]) -> Iterator[tuple[str, Expr]]:
    for name in sorted({symbol.name for symbol in expr.free_symbols} - taken):
        if _PREDICTED.fullmatch(name):
            yield name, Symbol(score)
        elif target and _HAPPENED.fullmatch(name):
            yield name, Symbol(target)
        elif name in ("n", "N"):
            yield name, Integer(1000)
