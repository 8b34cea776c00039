"""LaTeX to take away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from sympy import Add, Expr, Integer, Symbol
from sympy.printing.latex import LatexPrinter

from explorer.core import functions
from explorer.core.functions import StableFunction
from explorer.core.notation.shared import (
    Alike,
    counted,
    derivative,
    numbered,
    raised,
    signed_terms,
    whole,
)

if TYPE_CHECKING:
    from explorer.core.program import Steps


class _Latex(Alike, LatexPrinter):  # type: ignore[misc]
    """Textbook LaTeX: ln, sigma, a leading minus before a bracket, a positive term first."""

    def __init__(self) -> None:
        super().__init__({"ln_notation": True, "inv_trig_style": "full"})

    def _print_Symbol(self, expr: Symbol, style: str = "plain") -> str:
        if (by := derivative(expr)) is not None:
            return rf"\frac{{\partial L}}{{\partial {self._print(by)}}}"
        letters, numbers = numbered(expr)
        head = super()._print_Symbol(Symbol(letters))
        return f"{head}_{{{numbers}}}" if numbers else str(head)

    def _print_Add(self, expr: Add, order: str | None = None) -> str:
        negative, terms = signed_terms(expr)
        text = self._print(terms[0])
        for term in terms[1:]:
            minus = term.could_extract_minus_sign()
            shown = -term if minus else term
            body = rf"\left({self._print(shown)}\right)" if shown.is_Add else self._print(shown)
            text += f" - {body}" if minus else f" + {body}"
        return rf"-\left({text}\right)" if negative else str(text)

    def _print_log(self, expr: Expr, exp: str | None = None) -> str:
        (argument,) = expr.args
        body = self._print(argument)
        bare = argument.is_Symbol or argument.is_Number
        return rf"\ln{raised(exp)} {body}" if bare else rf"\ln{raised(exp)}\left({body}\right)"

    def _print_sigmoid(self, expr: Expr, exp: str | None = None) -> str:
        return rf"\sigma{raised(exp)}\left({self._print(expr.args[0])}\right)"

    def _print_erf(self, expr: Expr, exp: str | None = None) -> str:
        name = type(expr).__name__
        return rf"\operatorname{{{name}}}{raised(exp)}\left({self._print(expr.args[0])}\right)"

    _print_erfc = _print_erf

    def _print_gamma_function(self, expr: Expr, exp: str | None = None) -> str:
        if (number := counted(expr)) is not None:
            return f"{self._print(number)}!{raised(exp)}"
        return rf"\Gamma{raised(exp)}\left({self._print(expr.args[0])}\right)"

    def _print_lgamma(self, expr: Expr, exp: str | None = None) -> str:
        inner = functions.gamma_function(*expr.args)
        return rf"\ln{raised(exp)}\left({self._print(inner)}\right)"

    def _print_digamma(self, expr: Expr, exp: str | None = None) -> str:
        return self._of_digamma(expr, "", exp)

    def _print_trigamma(self, expr: Expr, exp: str | None = None) -> str:
        return self._of_digamma(expr, "_{1}", exp)

    def _print_tetragamma(self, expr: Expr, exp: str | None = None) -> str:
        return self._of_digamma(expr, "_{2}", exp)

    def _of_digamma(self, expr: Expr, order: str, exp: str | None) -> str:
        return rf"\psi{order}{raised(exp)}\left({self._print(expr.args[0])}\right)"

    def _print_StableFunction(self, expr: StableFunction, exp: str | None = None) -> str:
        plain = expr.textbook()
        if plain == expr:
            name = type(expr).__name__.replace("_", r"\,")
            return rf"\operatorname{{{name}}}{raised(exp)}\left({', '.join(map(self._print, expr.args))}\right)"
        if exp is None or (plain.is_Function and not plain.is_Piecewise):
            return str(self._print(plain, exp=exp) if exp else self._print(plain))
        return rf"\left({self._print(plain)}\right){raised(exp)}"

    def _print_Integer(self, expr: Integer) -> str:
        body = whole(abs(expr.p), r"{} \cdot 10^{{{}}}")
        return f"{'-' if expr < 0 else ''}{body}" if body else str(expr.p)

    def _print_signum(self, expr: Expr, exp: str | None = None) -> str:
        return rf"\operatorname{{sgn}}{raised(exp)}\left({self._print(expr.args[0])}\right)"

    _print_sign = _print_signum

    def chosen(self, name: str, values: Sequence[Expr], exp: str | None) -> str:
        return rf"\{name}\left({', '.join(map(self._print, values))}\right){raised(exp)}"

    def size(self, value: Expr, exp: str | None) -> str:
        return rf"\left|{self._print(value)}\right|{raised(exp)}"

    def bracket(self, left: Expr, sign: str, right: Expr, exp: str | None) -> str:
        sign = {"<=": r"\le", ">=": r"\ge"}.get(sign, sign)
        return rf"\left[{self._print(left)} {sign} {self._print(right)}\right]{raised(exp)}"


for _function in (*functions.FUNCTIONS, *functions.COMPOSED, *functions.SPECIAL):
    if not hasattr(_Latex, f"_print_{_function.__name__}"):
        setattr(_Latex, f"_print_{_function.__name__}", _Latex._print_StableFunction)


@lru_cache(maxsize=256)
def latex(expr: Expr) -> str:
    """Return LaTeX for an expression, as a textbook writes it."""
    return str(_Latex().doprint(expr))


def latex_steps(steps: Steps) -> str:
    """Return LaTeX for steps, one aligned line each."""
    lines = [rf"{latex(name)} &= {latex(expr)}" for name, expr in steps]
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"
