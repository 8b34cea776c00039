"""A pasted Python function, walked by its syntax to what it returns for one row. It is never run.

To read another statement: add its class to `Walk._STATEMENTS`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import ClassVar

from sympy import Expr

from explorer.core.objective.pasted.classes import PlainOfClasses
from explorer.core.objective.pasted.expressions import Function, Outcome, Plain, Scope
from explorer.core.objective.pasted.names import IMPORTED, MAXIMISED, RETURNED, WEIGHTS, meanings
from explorer.core.objective.pasted.syntax import UnreadError, function_name, is_list, number

DEEPEST_CALLS = 6
"""How many functions may call each other."""
MOST_STEPS = 1_000
"""How many statements are walked through, those of a function as often as it is called."""


@dataclass
class Walk(Scope):
    """Statements read from the top: what names stand for so far, and at the end what is returned.

    Attributes
    ----------
    constants : dict
        Name -> the number that it is set to.
    depth : int
        Of how many functions it is called by the other.
    turned : bool
        Whether signs are turned, as CatBoost is given what is to become large.
    walked : list of ast.stmt
        Every statement so far.
    """

    constants: dict[str, float] = field(default_factory=dict)
    depth: int = 0
    turned: bool = False
    walked: list[ast.stmt] = field(default_factory=list)

    def reader(self) -> Plain:
        """Return what makes an expression plain there."""
        return PlainOfClasses(self) if self.has_classes else Plain(self)

    def outcome(self, statements: list[ast.stmt]) -> Outcome:
        """Return what the statements return: gradient, and Hessian if there is one."""
        if found := self.run(statements):
            return found
        if found := self._named():
            return found
        if name := next((name for name in self.functions if name in MAXIMISED), ""):
            self.turned = True
            return tuple(-part for part in self.result(self.functions[name], None))
        failed: ValueError | None = None
        for function in reversed(self.functions.values()):
            try:
                if len(found := self.result(function, None)) > 1:
                    return found
            except ValueError as error:  # a metric beside it, say
                failed = failed or error
        if failed:
            raise failed
        raise ValueError("A function must return its gradient and Hessian: return grad, hess.")

    def _named(self) -> Outcome:
        """What is called gradient and Hessian, where nothing is returned."""
        for names in RETURNED:
            found = [value for name in names if isinstance(value := self.known.get(name), Expr)]
            if len(found) == len(names):
                return tuple(found)
        return ()

    def run(self, statements: list[ast.stmt]) -> Outcome:
        """Walk through statements; return what they return, () where they do not."""
        for place, statement in enumerate(statements):
            self.walked.append(statement)
            if len(self.walked) > MOST_STEPS:
                raise ValueError(f"A function may take at most {MOST_STEPS:,} steps.")
            if isinstance(statement, ast.If):
                found = self._if(statement, statements[place + 1 :])
            elif step := self._STATEMENTS.get(type(statement)):
                found = step(self, statement) or ()
            else:
                raise UnreadError(statement)
            if found:
                return found
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
        """One name stands for a function, a list that is filled later, a condition or a formula; a list of weights, nothing."""
        if WEIGHTS.fullmatch(name) and is_list(value):
            return
        if isinstance(value, ast.Lambda):
            self.functions[name] = value
        elif isinstance(value, ast.List) and not value.elts:
            self.known[name] = ()
        elif self.is_condition(value):
            self.known[name] = self.condition(value)
        else:
            self.known[name] = self.value(value)
            if (found := number(value)) is not None:
                self.constants[name] = found

    def _at_rows(self, target: ast.Subscript, value: ast.expr) -> None:
        """x[rows] = value: at every row, or at those of a condition."""
        name = target.value.id if isinstance(target.value, ast.Name) else ""
        if self.is_every_row(target.slice):
            self.known[name] = self.value(value)
            return
        if self.is_own_class(target.slice):
            case: ast.expr = ast.Name(self.targets[0])
        elif self.is_condition(target.slice):
            case = target.slice
        else:
            raise UnreadError(target, "assign to a name, such as grad = preds - labels")
        self.known[name] = self.where(case, self.value(value), self.value(target.value))

    def _augmented(self, statement: ast.AugAssign) -> None:
        before = statement.target.value if isinstance(statement.target, ast.Subscript) else statement.target
        changed = ast.BinOp(deepcopy(before), statement.op, statement.value)
        self.assign(statement.target, ast.copy_location(changed, statement))

    def _annotated(self, statement: ast.AnnAssign) -> None:
        if statement.value is not None:
            self.assign(statement.target, statement.value)

    def _returned(self, statement: ast.Return) -> Outcome:
        if statement.value is None:
            raise UnreadError(statement)
        if isinstance(statement.value, ast.Name) and statement.value.id in self.functions:
            return self.result(self.functions[statement.value.id], None)
        return self.parts(statement.value)

    def parts(self, value: ast.expr) -> Outcome:
        """Return what an expression is, or each part of several."""
        if isinstance(value, ast.Tuple | ast.List):
            return tuple(self.part(part) for part in value.elts)
        if isinstance(value, ast.Name) and isinstance(found := self.known.get(value.id), tuple):
            return found
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in self.functions:
            return self.result(self.functions[value.func.id], value)
        return (self.part(value),)

    def _defined(self, statement: ast.FunctionDef) -> None:
        self.functions[statement.name] = statement

    def _class(self, statement: ast.ClassDef) -> None:
        self.functions |= {inner.name: inner for inner in statement.body if isinstance(inner, ast.FunctionDef)}
        self.functions.pop("__init__", None)

    def _imported(self, statement: ast.Import | ast.ImportFrom) -> None:
        names = [alias.name for alias in statement.names] if isinstance(statement, ast.Import) else [statement.module or ""]
        if any(name.split(".")[0] not in IMPORTED for name in names):
            raise UnreadError(statement)

    def _expression(self, statement: ast.Expr) -> None:
        """A text between quotes, print(...), or one row put behind others."""
        value = statement.value
        if isinstance(value, ast.Constant):
            return
        named = function_name(value)
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
        self._bind_rows(statement.target, statement.iter)
        changed = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        if (changed - self.rows) & {name for name in before if isinstance(self.known[name], Expr)}:
            raise UnreadError(statement, "write each row's own gradient and Hessian")
        return self.run(statement.body)

    def _bind_rows(self, target: ast.expr, rows: ast.expr) -> None:
        """What a loop's names stand for: a row's or a class's number, its values, or both."""
        named = function_name(rows)
        arguments = rows.args if isinstance(rows, ast.Call) else []
        counts = self.has_classes or not any(number(one) is not None for one in arguments[-1:])
        if named == "range" and isinstance(target, ast.Name) and counts:
            self.rows.add(target.id)
        elif named == "enumerate" and isinstance(target, ast.Tuple) and len(target.elts) == 2 and len(arguments) == 1:
            self._bind_rows(target.elts[0], ast.Call(ast.Name("range"), [ast.Name("n")], []))
            self._bind_rows(target.elts[1], arguments[0])
        elif named == "zip" and isinstance(target, ast.Tuple) and len(target.elts) == len(arguments):
            for one, column in zip(target.elts, arguments, strict=True):
                self.assign(one, column)
        elif isinstance(rows, ast.Name) and isinstance(target, ast.Name) and rows.id not in self.functions:
            self.assign(target, rows)
        else:
            raise UnreadError(target)

    def of_each(self, node: ast.ListComp | ast.GeneratorExp) -> Expr:
        """Return what a list has of each row."""
        if len(node.generators) != 1 or node.generators[0].ifs:
            raise UnreadError(node)
        (rows,) = node.generators
        inner = replace(self, known=dict(self.known), rows=set(self.rows))
        inner._bind_rows(rows.target, rows.iter)
        return inner.part(node.elt)

    def _if(self, statement: ast.If, rest: list[ast.stmt]) -> Outcome:
        """A case: what both ways return, a way without a return what the rest does; names are what each way makes of them."""
        if (holds := self._holds(statement.test)) is not None:
            return self.run(statement.body if holds else statement.orelse)
        one, other = (replace(self, known=dict(self.known), rows=set(self.rows)) for _ in range(2))
        first = one.run(statement.body)
        second = other.run(statement.orelse)
        if bool(first) != bool(second):
            first, second = first or one.run(rest), second or other.run(rest)
        if first or second:
            if len(first) != len(second):
                raise UnreadError(statement, "return gradient and Hessian in each case")
            return tuple(self.where(statement.test, *pair) for pair in zip(first, second, strict=True))
        for name in (name for name in {**one.known, **other.known} if one.known.get(name) is not other.known.get(name)):
            pair = [way.known.get(name) for way in (one, other)]
            if all(isinstance(value, Expr) for value in pair):
                self.known[name] = self.where(statement.test, *pair)
            elif None in pair:
                self.known[name] = next(value for value in pair if value is not None)
            else:
                raise UnreadError(statement)
        return ()

    def _holds(self, test: ast.expr) -> bool | None:
        """Whether a condition on what is given holds, `weights is None`, say: there are none; None of another condition."""
        match test:
            case ast.Compare(ast.Name(name), [ast.Is() | ast.IsNot() as compared], [ast.Constant(None)]):
                return bool(WEIGHTS.fullmatch(name)) == isinstance(compared, ast.Is)
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

    def result(self, function: Function, call: ast.Call | None) -> Outcome:
        """Return what a function returns; without a call, by what its arguments are called."""
        if self.depth == DEEPEST_CALLS:
            raise ValueError(f"Functions may call each other {DEEPEST_CALLS} deep.")
        names = [argument.arg for argument in function.args.args if argument.arg not in ("self", "cls")]
        defaults = dict(zip(reversed(names), reversed(function.args.defaults), strict=False))
        inner = replace(self, known=dict(self.known), functions=dict(self.functions), rows=set(self.rows), depth=self.depth + 1)
        given: dict[str, ast.expr] = {}
        if call is not None:
            given = dict(zip(names, call.args, strict=False)) | {one.arg: one.value for one in call.keywords if one.arg}
            if len(call.args) > len(names) or not set(given) <= set(names):
                raise UnreadError(call)
        for name in names:
            if (value := given.get(name)) is not None:
                inner.known[name] = self.condition(value) if self.is_condition(value) else self.value(value)
            elif name in defaults and number(defaults[name]) is not None:
                inner._keep(name, defaults[name])
        if call is None:
            free = [name for name in names if name not in inner.known and not WEIGHTS.fullmatch(name)]
            inner.known |= meanings(free, self.score, self.target)
        if isinstance(function, ast.Lambda):
            return inner.parts(function.body)
        found = inner.run(function.body) or inner._named()
        if not found:
            raise ValueError("A function must return its gradient and Hessian: return grad, hess.")
        return found
