"""An expression over several classes, as a formula of the first class."""

from __future__ import annotations

import ast
from functools import reduce

from sympy import Expr, Symbol, exp

from explorer.core.functions import logsumexp
from explorer.core.objective.pasted.expressions import CLASS, Plain
from explorer.core.objective.pasted.names import LABELS_ASKED, ONE_HOT
from explorer.core.objective.pasted.syntax import UnreadError, function_name, number, owner


class PlainOfClasses(Plain):
    """Also what is about the classes of a row: for the first of them, with all others where they are added up.

    What happened is 0 or 1 of the first class, and so is a comparison of a label with the class.
    """

    def visit_Compare(self, node: ast.Compare) -> ast.expr:  # noqa: N802
        """c == label is the label's own 0 or 1."""
        match node:
            case ast.Compare(one, [ast.Eq() | ast.NotEq() as compared], [other]):
                if self._counts_classes(one):
                    one, other = other, one
                if self._counts_classes(other) and self.scope.is_label(one):
                    label = self.symbol(self.scope.target)
                    return label if isinstance(compared, ast.Eq) else ast.BinOp(ast.Constant(1), ast.Sub(), label)
        return self.inside(node)

    def _counts_classes(self, node: ast.expr) -> bool:
        """Whether it is a loop's number of the class, or all of them: np.arange(k)."""
        while isinstance(node, ast.Subscript):  # [None, :]
            node = node.value
        return (isinstance(node, ast.Name) and node.id in self.scope.rows) or function_name(node) in ("arange", "range")

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:  # noqa: N802
        """One where a condition holds, else another."""
        return self.plain(ast.Call(ast.Name("where"), [node.test, node.body, node.orelse], []))

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:  # noqa: N802
        """np.eye(k)[labels] is the label; x[:, None] is x."""
        if function_name(node.value) in ("eye", "identity") and self.scope.is_label(node.slice):
            return self.symbol(self.scope.target)
        return super().visit_Subscript(node)

    def visit_Call(self, node: ast.Call) -> ast.expr:  # noqa: N802
        """What is one number of all classes: their sum, their largest; softmax, and cases by the label."""
        name, array = function_name(node), owner(node)
        if isinstance(node.func, ast.Name) and name in self.scope.functions:
            return super().visit_Call(node)
        values, label = node.args if array is None else [array, *node.args], self.scope.target
        if name in LABELS_ASKED:
            return self.symbol(CLASS)
        if name in ONE_HOT and values and self.scope.is_label(values[0]):
            return self.symbol(label)
        if name == "softmax" and values:
            score = self.scope.value(values[0])
            return self.symbol(exp(score - logsumexp(*self._of_every_class(score))))
        if name in ("sum", "max", "amax") and values and self._is_over_classes(node, values[1:]):
            entries = [self.symbol(entry) for entry in self._of_every_class(self.scope.value(values[0]))]
            if name != "sum":
                return ast.Call(ast.Name("max"), entries, [])
            return reduce(lambda one, other: ast.BinOp(one, ast.Add(), other), entries)
        if name == "sum":
            raise UnreadError(node, "add up the classes of each row, with axis=1")
        if name == "where" and len(node.args) == 3 and self.scope.is_one_of(node.args[0], label, 1 - label):
            case, one, other = map(self.scope.value, node.args)
            return self.symbol(case * one + (1 - case) * other)
        return super().visit_Call(node)

    def _is_over_classes(self, node: ast.Call, more: list[ast.expr]) -> bool:
        """Whether a sum is over the classes of each row: over the last axis, or all there is within a loop over rows."""
        if isinstance(node.func, ast.Name) and more:  # the larger of two
            return False
        axes = [*more, *(one.value for one in node.keywords if one.arg in ("axis", "dim"))]
        return (not axes and bool(self.scope.rows)) or (len(axes) == 1 and number(axes[0]) in (1, -1))

    def _of_every_class(self, first: Expr) -> tuple[Expr, ...]:
        """For each class what a formula of the first one is: the two change places, as nothing else tells them apart."""
        names = [(Symbol(score), Symbol(target)) for score, target in zip(self.scope.scores, self.scope.targets, strict=True)]
        one = names[0]
        return tuple(first.xreplace(dict(zip(one + other, other + one, strict=True))) for other in names)
