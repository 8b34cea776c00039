"""A Python function as somebody has written it, walked by its syntax: what it returns for one row. Nothing of it is ever run.

To read another statement: add its class to `Walk._STATEMENTS`; another call: to `_Plain`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import ClassVar, TypeAlias

from sympy import Expr, Symbol

from explorer.core.algebra.naming import size
from explorer.core.algebra.reading import read, understood

LARGEST = 2_000
"""The most parts of an expression with what was assigned put in."""
DEEPEST = 6
"""How many functions may call each other."""
MOST = 1_000
"""How many statements are walked through, those of a function as often as it is called."""
PREDICTED = re.compile(
    r"(y_?)?(pred|predt|preds|prediction|predictions|hat|margin|approx|approxes|score|scores|raw|logits?|output)\w*",
    re.IGNORECASE,
)
HAPPENED = re.compile(r"(y_?)?(label|labels|true|target|targets|truth)\w*|dtrain|dmatrix|train_data|dataset", re.IGNORECASE)
WEIGHTS = re.compile(r"(sample_?)?weights?", re.IGNORECASE)
_ONES = {"ones": 1, "ones_like": 1, "zeros": 0, "zeros_like": 0, "empty": 0, "empty_like": 0}
_SHAPED = {"astype", "flatten", "ravel", "reshape", "copy", "squeeze", "to_numpy", "numpy", "detach", "cpu", "item", "view"}
_KEPT = {"array", "asarray", "atleast_1d", "float", "float32", "float64", "int", "list", "copy", "ravel", "squeeze"}
_COLUMNS = {"values", "T", "data", "label", "labels", "target"}
_MODULES = {
    "numpy", "scipy", "math", "xgboost", "lightgbm", "catboost", "torch", "pandas", "typing", "sklearn", "jax", "tensorflow",
}  # fmt: skip
"""What may be imported: names of anything else are not read either."""
_LIBRARIES = {
    "np",
    "numpy",
    "math",
    "scipy",
    "special",
    "torch",
    "F",
    "jnp",
    "jax",
    "tf",
    "K",
    "keras",
    "nn",
    "ops",
    "xp",
    "cp",
    "anp",
    "pd",
}
_LABELS = {"get_label", "get_labels"}
_MAXIMISED = {"calc_ders_range", "calc_ders_multi"}
"""CatBoost's methods, which give the slopes of what is to become large."""
_FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip
_PAIRS = (("grad", "hess"), ("gradient", "hessian"), ("g", "h"), ("der1", "der2"), ("grads", "hesses"))

Outcome: TypeAlias = "tuple[Expr, ...]"
Known: TypeAlias = "Expr | ast.expr | tuple[Expr, ...]"
"""What a name stands for: a formula, a condition as its syntax has it, or gradient and Hessian."""
Written: TypeAlias = "ast.FunctionDef | ast.Lambda"


class UnreadError(ValueError):
    """A statement that is not read."""

    def __init__(
        self, node: ast.stmt | ast.expr, do: str = "write assignments and one return, with np.where for cases"
    ) -> None:
        super().__init__(f"Line {node.lineno} is not read: {do}.")


def of_a_row(text: str) -> Expr:
    """Return an expression as `algebra.read` does; refuse a mean or a sum over rows, for each row has its own gradient."""
    expr = read(text)
    if understood(text).over_rows:
        raise ValueError("Each row has its own gradient and Hessian: leave out the mean or the sum over rows.")
    return expr


@dataclass
class Walk:
    """A function read from the top: what each name stands for so far.

    Attributes
    ----------
    score, target : str
        The symbols of the raw score and of what happened.
    known : dict
        Name -> what it stands for.
    functions : dict
        Name -> a function that is defined there.
    constants : dict
        Name -> the number that it is set to.
    rows : set of str
        Names that count rows.
    depth : int
        Of how many functions it is called by the other.
    turned : bool
        Whether signs are turned, as CatBoost is given what is to become large.
    walked : list of ast.stmt
        Every statement so far.
    """

    score: str
    target: str
    known: dict[str, Known] = field(default_factory=dict)
    functions: dict[str, Written] = field(default_factory=dict)
    constants: dict[str, float] = field(default_factory=dict)
    rows: set[str] = field(default_factory=set)
    depth: int = 0
    turned: bool = False
    walked: list[ast.stmt] = field(default_factory=list)

    def outcome(self, statements: list[ast.stmt]) -> Outcome:
        """Return what the statements return: gradient, and Hessian if there is one."""
        if found := self.run(statements):
            return found
        if found := self._named():
            return found
        if name := next((name for name in self.functions if name in _MAXIMISED), ""):
            self.turned = True
            return tuple(-part for part in self.called(self.functions[name], None))
        failed: ValueError | None = None
        for function in reversed(self.functions.values()):
            try:
                if len(found := self.called(function, None)) > 1:
                    return found
            except ValueError as error:  # a metric beside it, say
                failed = failed or error
        if failed:
            raise failed
        raise ValueError("A function must return its gradient and Hessian: return grad, hess.")

    def _named(self) -> Outcome:
        for names in _PAIRS:
            found = [value for name in names if isinstance(value := self.known.get(name), Expr)]
            if len(found) == len(names):
                return tuple(found)
        return ()

    def run(self, statements: list[ast.stmt]) -> Outcome:
        """Walk through statements; return what they return, () where they do not."""
        for place, statement in enumerate(statements):
            self.walked.append(statement)
            if len(self.walked) > MOST:
                raise ValueError(f"A function may take at most {MOST:,} steps.")
            if isinstance(statement, ast.If):
                found, done = self._if(statement, statements[place + 1 :])
                if done:
                    return found
                continue
            step = self._STATEMENTS.get(type(statement))
            if step is None:
                raise UnreadError(statement)
            if result := step(self, statement):
                return result
        return ()

    # --- Statements ---

    def _assigned(self, statement: ast.Assign) -> None:
        if len(statement.targets) != 1:
            raise UnreadError(statement)
        self.assign(statement.targets[0], statement.value)

    def assign(self, target: ast.expr, value: ast.expr) -> None:
        """Keep what a name, or each of some, stands for."""
        if isinstance(target, ast.Name):
            self._keep(target.id, value)
        elif isinstance(target, ast.Tuple) and all(isinstance(part, ast.Name) for part in target.elts):
            names = [part.id for part in target.elts if isinstance(part, ast.Name)]
            if isinstance(value, ast.Tuple) and len(value.elts) == len(names):
                for name, part in zip(names, value.elts, strict=True):
                    self._keep(name, part)
                return
            found = self.parts(value)
            if len(found) != len(names):
                raise UnreadError(target, "assign as many values as names")
            self.known |= dict(zip(names, found, strict=True))
        elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            self._at_rows(target, value)
        else:
            raise UnreadError(target, "assign to a name, such as grad = preds - labels")

    def _keep(self, name: str, value: ast.expr) -> None:
        if isinstance(value, ast.Lambda):
            self.functions[name] = value
        elif isinstance(value, ast.List) and not value.elts:
            self.known[name] = ()
        elif self.is_condition(value):
            self.known[name] = self.plain(value)
        else:
            self.known[name] = self.value(value)
            if (number := _number(value)) is not None:
                self.constants[name] = number

    def _at_rows(self, target: ast.Subscript, value: ast.expr) -> None:
        """x[rows] = value: at every row, or at those of a condition."""
        name = target.value.id if isinstance(target.value, ast.Name) else ""
        if self._is_every_row(target.slice):
            self.known[name] = self.value(value)
            return
        if not self.is_condition(target.slice):
            raise UnreadError(target, "assign to a name, such as grad = preds - labels")
        before = self.value(target.value)
        self.known[name] = self._chosen(target.slice, self.value(value), before)

    def _chosen(self, condition: ast.expr, one: Expr, other: Expr) -> Expr:
        """One formula where a condition holds, else another."""
        here = replace(self, known={**self.known, "where_one": one, "where_other": other})
        names = [ast.Name("where_one"), ast.Name("where_other")]
        return here.value(ast.Call(ast.Name("where"), [condition, *names], []))

    def _augmented(self, statement: ast.AugAssign) -> None:
        changed = ast.BinOp(deepcopy(statement.target), statement.op, statement.value)
        self.assign(statement.target, ast.copy_location(changed, statement))

    def _annotated(self, statement: ast.AnnAssign) -> None:
        if statement.value is not None:
            self.assign(statement.target, statement.value)

    def _returned(self, statement: ast.Return) -> Outcome:
        if statement.value is None:
            raise UnreadError(statement)
        if isinstance(statement.value, ast.Name) and statement.value.id in self.functions:
            return self.called(self.functions[statement.value.id], None)
        return self.parts(statement.value)

    def parts(self, value: ast.expr) -> Outcome:
        """Return what an expression is, or each part of several."""
        if isinstance(value, ast.Tuple | ast.List):
            return tuple(self.value(part) for part in value.elts)
        if isinstance(value, ast.Name) and isinstance(found := self.known.get(value.id), tuple):
            return found
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in self.functions:
            return self.called(self.functions[value.func.id], value)
        return (self.value(value),)

    def _defined(self, statement: ast.FunctionDef) -> None:
        self.functions[statement.name] = statement

    def _class(self, statement: ast.ClassDef) -> None:
        self.functions |= {inner.name: inner for inner in statement.body if isinstance(inner, ast.FunctionDef)}
        self.functions.pop("__init__", None)

    def _imported(self, statement: ast.Import | ast.ImportFrom) -> None:
        names = [alias.name for alias in statement.names] if isinstance(statement, ast.Import) else [statement.module or ""]
        if any(name.split(".")[0] not in _MODULES for name in names):
            raise UnreadError(statement)

    def _expression(self, statement: ast.Expr) -> None:
        """A text between quotes, print(...), or one row put behind others."""
        value = statement.value
        if isinstance(value, ast.Constant):
            return
        named = _called(value)
        if isinstance(value, ast.Call) and named == "append" and isinstance(value.func, ast.Attribute):
            owner = value.func.value
            if isinstance(owner, ast.Name) and isinstance(self.known.get(owner.id), tuple) and len(value.args) == 1:
                found = self.parts(value.args[0])
                self.known[owner.id] = found if len(found) > 1 else found[0]
                return
        if named != "print":
            raise UnreadError(statement)

    def _nothing(self, _: ast.stmt) -> None:
        """A statement without an effect on what is returned."""

    def _for(self, statement: ast.For) -> Outcome:
        """A loop over rows, walked through once; what it adds up over rows is not read."""
        before = set(self.known)
        self._bind(statement.target, statement.iter)
        changed = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        if (changed - self.rows) & {name for name in before if isinstance(self.known[name], Expr)}:
            raise UnreadError(statement, "write each row's own gradient and Hessian")
        return self.run(statement.body)

    def _bind(self, target: ast.expr, rows: ast.expr) -> None:
        named = _called(rows)
        arguments = rows.args if isinstance(rows, ast.Call) else []
        if named == "range" and isinstance(target, ast.Name) and not any(_number(one) is not None for one in arguments[-1:]):
            self.rows.add(target.id)
        elif named == "enumerate" and isinstance(target, ast.Tuple) and len(target.elts) == 2 and len(arguments) == 1:
            self._bind(target.elts[0], ast.Call(ast.Name("range"), [ast.Name("n")], []))
            self._bind(target.elts[1], arguments[0])
        elif named == "zip" and isinstance(target, ast.Tuple) and len(target.elts) == len(arguments):
            for one, column in zip(target.elts, arguments, strict=True):
                self.assign(one, column)
        elif isinstance(rows, ast.Name) and isinstance(target, ast.Name) and rows.id not in self.functions:
            self.assign(target, rows)
        else:
            raise UnreadError(target)

    def _if(self, statement: ast.If, rest: list[ast.stmt]) -> tuple[Outcome, bool]:
        """A case: what both ways return, and whether they do; names are what each way makes of them."""
        if (known := self._is_known(statement.test)) is not None:
            found = self.run(statement.body if known else statement.orelse)
            return found, bool(found)
        one, other = (replace(self, known=dict(self.known), rows=set(self.rows)) for _ in range(2))
        first = one.run(statement.body)
        second = other.run(statement.orelse)
        if bool(first) != bool(second):
            first, second = first or one.run(rest), second or other.run(rest)
        if first or second:
            if len(first) != len(second):
                raise UnreadError(statement, "return gradient and Hessian in each case")
            return tuple(self._chosen(statement.test, *pair) for pair in zip(first, second, strict=True)), True
        for name in (name for name in {**one.known, **other.known} if one.known.get(name) is not other.known.get(name)):
            pair = [way.known.get(name) for way in (one, other)]
            if all(isinstance(value, Expr) for value in pair):
                self.known[name] = self._chosen(statement.test, *pair)
            elif None in pair:
                self.known[name] = next(value for value in pair if value is not None)
            else:
                raise UnreadError(statement)
        return (), False

    def _is_known(self, test: ast.expr) -> bool | None:
        """Whether a condition on what is given holds: there are no weights."""
        if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Is | ast.IsNot):
            is_none = isinstance(test.comparators[0], ast.Constant) and test.comparators[0].value is None
            if is_none and isinstance(test.left, ast.Name):
                return bool(WEIGHTS.fullmatch(test.left.id)) == isinstance(test.ops[0], ast.Is)
        return None

    _STATEMENTS: ClassVar[dict[type[ast.stmt], Callable[..., Outcome | None]]] = {
        ast.Assign: _assigned,
        ast.AugAssign: _augmented,
        ast.AnnAssign: _annotated,
        ast.Return: _returned,
        ast.FunctionDef: _defined,
        ast.ClassDef: _class,
        ast.Import: _imported,
        ast.ImportFrom: _imported,
        ast.Expr: _expression,
        ast.Assert: _nothing,
        ast.Pass: _nothing,
        ast.For: _for,
    }
    """Class of a statement -> what is made of it."""

    # --- Functions ---

    def called(self, function: Written, call: ast.Call | None) -> Outcome:
        """Return what a function returns; without a call, by what its arguments are called."""
        if self.depth == DEEPEST:
            raise ValueError(f"Functions may call each other {DEEPEST} deep.")
        names = [argument.arg for argument in function.args.args if argument.arg not in ("self", "cls")]
        defaults = dict(zip(reversed(names), reversed(function.args.defaults), strict=False))
        inner = replace(self, known=dict(self.known), functions=dict(self.functions), rows=set(self.rows), depth=self.depth + 1)
        given: dict[str, ast.expr] = {}
        if call is not None:
            given = dict(zip(names, call.args, strict=False)) | {one.arg: one.value for one in call.keywords if one.arg}
            if len(call.args) > len(names) or not set(given) <= set(names):
                raise UnreadError(call)
        for name in names:
            if name in given:
                inner.known[name] = self.plain(given[name]) if self.is_condition(given[name]) else self.value(given[name])
            elif name in defaults and _number(defaults[name]) is not None:
                inner._keep(name, defaults[name])
        if call is None:
            inner.known |= self._arguments([name for name in names if name not in inner.known and not WEIGHTS.fullmatch(name)])
        if isinstance(function, ast.Lambda):
            return inner.parts(function.body)
        found = inner.run(function.body) or inner._named()
        if not found:
            raise ValueError("A function must return its gradient and Hessian: return grad, hess.")
        return found

    def _arguments(self, names: list[str]) -> dict[str, Known]:
        """Which arguments are raw scores and labels: by their names, else as XGBoost has them, scores first."""
        meant: dict[str, str] = {}
        for name in names:
            if HAPPENED.fullmatch(name):
                meant[name] = self.target
            elif PREDICTED.fullmatch(name):
                meant[name] = self.score
        free = [name for name in names if name not in meant]
        left = [symbol for symbol in (self.score, self.target) if symbol not in meant.values()]
        if {"y", "t"} & set(free[:1]) and len(left) == 2 and len(free) > 1:
            left.reverse()
        meant |= dict(zip(free, left, strict=False))
        return {name: Symbol(symbol) for name, symbol in meant.items()}

    # --- Expressions ---

    def value(self, node: ast.expr) -> Expr:
        """Return an expression with what was assigned put in."""
        reader = _Plain(self)
        text = ast.unparse(ast.fix_missing_locations(reader.visit(deepcopy(node))))
        whole = of_a_row(text).xreplace(reader.put_in)
        if size(whole) > LARGEST:
            raise ValueError(f"A function's formulas must have at most {LARGEST:,} parts; got {size(whole):,}.")
        return whole

    def plain(self, condition: ast.expr) -> ast.expr:
        """Return a condition in which names stand for what they are now, whatever becomes of them."""
        reader = _Plain(self)
        found: ast.expr = reader.visit(deepcopy(condition))
        if sum(1 for _ in ast.walk(found)) > LARGEST:
            raise ValueError(f"A function's conditions must have at most {LARGEST:,} parts.")
        self.known |= {symbol.name: known for symbol, known in reader.put_in.items()}
        return found

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
        return _called(node).startswith("logical_")

    def _is_every_row(self, index: ast.expr) -> bool:
        """Whether an index is of each row: a name that counts them, or all of them."""
        if isinstance(index, ast.Name):
            return index.id in self.rows
        if isinstance(index, ast.Tuple):
            return all(self._is_every_row(part) or _is_none(part) for part in index.elts)
        return isinstance(index, ast.Slice) and index.lower is index.upper is index.step is None


class _Plain(ast.NodeTransformer):
    """What is about arrays taken out of an expression: shapes, types, rows, labels asked of the data.

    Attributes
    ----------
    put_in : dict
        Symbol that stands in the text -> the formula that it stands for.
    """

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.put_in: dict[Symbol, Expr] = {}

    def _standing(self, known: Expr) -> ast.expr:
        """A name of its own for a formula, which no function has."""
        for symbol, other in self.put_in.items():
            if other == known:
                return ast.Name(symbol.name)
        symbol = Symbol(f"assigned_{len(self.put_in) + len(self.walk.known)}")
        self.put_in[symbol] = known
        return ast.Name(symbol.name)

    def visit_Name(self, node: ast.Name) -> ast.expr:  # noqa: N802  # as ast calls it
        """A name that was not assigned is what it is called like."""
        known = self.walk.known.get(node.id)
        if isinstance(known, ast.expr):
            return self.visit(deepcopy(known)) if isinstance(known, ast.Name) else self._inner(deepcopy(known))
        if isinstance(known, Expr):
            return self._standing(known)
        if PREDICTED.fullmatch(node.id):
            return self._standing(Symbol(self.walk.score))
        if HAPPENED.fullmatch(node.id):
            return self._standing(Symbol(self.walk.target))
        return ast.Constant(1) if WEIGHTS.fullmatch(node.id) else node

    def _inner(self, node: ast.expr) -> ast.expr:
        found: ast.expr = self.generic_visit(node)  # type: ignore[assignment]
        return found

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:  # noqa: N802
        """x.values is x, x.size how many rows there are; np.pi stays."""
        if node.attr == "size":
            return ast.Name("n")
        if node.attr in _COLUMNS:
            inner: ast.expr = self.visit(node.value)
            return inner
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:  # noqa: N802
        """x[rows] is x at a row; x.shape[0] how many there are."""
        if isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
            return ast.Name("n")
        if self.walk.is_condition(node.slice) or self.walk._is_every_row(node.slice):  # noqa: SLF001  # its other half
            inner: ast.expr = self.visit(node.value)
            return inner
        return self._inner(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:  # noqa: N802
        """~(x > 0) is x <= 0."""
        if not isinstance(node.op, ast.Not | ast.Invert):
            return self._inner(node)
        inner: ast.expr = self.visit(node.operand)
        if isinstance(inner, ast.Compare) and len(inner.ops) == 1 and type(inner.ops[0]) in _FLIPPED:
            return ast.Compare(inner.left, [_FLIPPED[type(inner.ops[0])]()], inner.comparators)
        return ast.BinOp(ast.Constant(1), ast.Sub(), inner)

    def visit_Call(self, node: ast.Call) -> ast.expr:  # noqa: N802
        """dtrain.get_label(), np.ones_like(x), x.astype(float) and functions that are defined above."""
        named = _called(node)
        if isinstance(node.func, ast.Name) and node.func.id in self.walk.functions:
            found = self.walk.called(self.walk.functions[node.func.id], node)
            if len(found) != 1:
                raise UnreadError(node)
            return self._standing(found[0])
        if named in _LABELS:
            return self._standing(Symbol(self.walk.target))
        if named == "get_weight":
            return ast.Constant(1)
        if named in _ONES:
            return ast.Constant(_ONES[named])
        if named in ("full", "full_like", "repeat") and len(node.args) > 1:
            return self._visited(node.args[0 if named == "repeat" else 1])
        if named in _SHAPED and isinstance(node.func, ast.Attribute) and not _is_module(node.func.value):
            return self._visited(node.func.value)
        if named in _KEPT and node.args:
            return self._visited(node.args[0])
        if named == "len":
            return ast.Name("n")
        if named in ("logical_and", "logical_or") and len(node.args) == 2:
            return ast.BoolOp(ast.And() if named == "logical_and" else ast.Or(), [self._visited(one) for one in node.args])
        if named == "logical_not" and len(node.args) == 1:
            return self.visit_UnaryOp(ast.UnaryOp(ast.Not(), node.args[0]))
        if named == "clip" and any(map(_is_none, node.args)):
            return self._clipped(node)
        node.args = [self._visited(argument) for argument in node.args]
        node.keywords = [
            ast.keyword(one.arg, self._visited(one.value)) for one in node.keywords if one.arg not in ("dtype", "out")
        ]
        if isinstance(node.func, ast.Attribute) and not _is_module(node.func.value):
            node.func.value = self._visited(node.func.value)
        return node

    def _clipped(self, node: ast.Call) -> ast.expr:
        """np.clip(x, a, None) has one end."""
        of_array = [node.func.value] if isinstance(node.func, ast.Attribute) and not _is_module(node.func.value) else []
        value, *ends = [*of_array, *node.args]
        found = self._visited(value)
        for name, end in zip(("maximum", "minimum"), ends, strict=False):
            if not _is_none(end):
                found = ast.Call(ast.Name(name), [found, self._visited(end)], [])
        return found

    def _visited(self, node: ast.expr) -> ast.expr:
        found: ast.expr = self.visit(node)
        return found


def numbers_in(statements: list[ast.stmt]) -> Iterator[float]:
    """Yield the numbers that are written in some code."""
    for statement in statements:
        for node in ast.walk(statement):
            if (number := _number(node)) is not None:
                yield number


def _called(node: ast.expr) -> str:
    """What a call's function is called, without its module; "" of anything else."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""


def _number(node: ast.AST) -> float | None:
    """A number as it is written; None of anything else."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _number(node.operand)
        return None if inner is None else -inner
    value = node.value if isinstance(node, ast.Constant) else None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_module(node: ast.expr | None) -> bool:
    """Whether what a name is asked of is a library, such as np or scipy.special."""
    root = node
    while isinstance(root, ast.Attribute):
        root = root.value
    return isinstance(root, ast.Name) and root.id in _LIBRARIES
