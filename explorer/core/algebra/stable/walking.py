"""Walks through an expression from the inside out."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Expr, exp


def rebuilt(expr: Expr, change: Callable[[Expr, tuple[Expr, ...]], Expr]) -> Expr:
    """Return what an expression becomes when every part is changed, given it and its arguments as they have become."""
    done: dict[Expr, Expr] = {}
    waiting = [expr]
    while waiting:  # not by recursion: an expression may be nested deeper than calls may be
        node = waiting[-1]
        if missing := [argument for argument in node.args if argument not in done]:
            waiting += missing
        else:
            waiting.pop()
            done[node] = change(node, tuple(done[argument] for argument in node.args))
    return done[expr]


def with_arguments(node: Expr, arguments: tuple[Expr, ...]) -> Expr:
    """Return an expression with other arguments."""
    if arguments == node.args:
        return node
    if isinstance(node, exp):
        return exp(*arguments, evaluate=arguments[0].is_Atom)  # evaluated, it searches for logarithms
    return node.func(*arguments)
