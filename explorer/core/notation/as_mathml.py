"""MathML that a page keeps alive."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sympy import Abs, Add, Expr, Float, Integer, Mul, Piecewise, Pow, Rational, S, Symbol, true
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean
from sympy.printing.precedence import PRECEDENCE, precedence
from sympy.printing.pretty.pretty_symbology import greek_unicode
from sympy.printing.printer import Printer

from explorer.core import functions
from explorer.core.functions import StableFunction
from explorer.core.notation.shared import (
    Alike,
    counted,
    derivative,
    numbered,
    signed_terms,
    whole,
)

Leaf = Callable[[Symbol, bool], str]
_SIGNS = {"<": "&lt;", ">": "&gt;", "<=": "≤", ">=": "≥", "=": "=", "==": "=", "!=": "≠"}
_CONSTANTS = {"Exp1": "e", "Pi": "π", "EulerGamma": "γ", "ImaginaryUnit": "i", "Infinity": "∞", "ComplexInfinity": "∞"}


class _MathML(Alike, Printer):  # type: ignore[misc]
    """Presentation MathML. A `leaf` says how a symbol is drawn; numbers are then joined by a visible dot.

    Terms and factors stand where those stand that the symbols in them come from, as `origins` says.
    """

    def __init__(self, leaf: Leaf | None, origins: Mapping[Symbol, Expr]) -> None:
        super().__init__()
        self.leaf = leaf
        self.origins = origins

    def in_place(self, parts: list[Expr], source: Sequence[Expr]) -> list[Expr]:
        """Put parts in the order of what they come from."""
        places = {part: k for k, part in reversed([*enumerate(source)])}

        def place(part: Expr) -> int:
            origin = part.xreplace(self.origins)
            index: int = places.get(origin, places.get(-origin, len(places)))
            return index

        return sorted(parts, key=place) if self.origins else parts

    def emptyPrinter(self, expr: Any) -> str:
        raise NotImplementedError(f"No MathML for {type(expr).__name__}.")

    def bracketed(self, expr: Expr, level: int) -> str:
        body = str(self._print(expr))
        if isinstance(expr, Abs | functions.absolute) or (precedence(expr) >= level and not expr.could_extract_minus_sign()):
            return body
        return f"<mrow><mo stretchy='true'>(</mo>{body}<mo stretchy='true'>)</mo></mrow>"

    def _print_Symbol(self, expr: Symbol) -> str:
        if self.leaf is not None:
            return self.leaf(expr, True)
        if (by := derivative(expr)) is not None:
            d = "<mo>∂</mo>"
            return f"<mfrac><mrow>{d}<mi mathvariant='normal'>L</mi></mrow><mrow>{d}{self._print(by)}</mrow></mfrac>"
        letters, numbers = numbered(expr)
        head = f"<mi mathvariant='normal'>{greek_unicode.get(letters, letters)}</mi>"  # upright; the page's font slants it
        kind = "mn" if numbers[:1].isdigit() else "mtext"
        return f"<msub>{head}<{kind}>{numbers}</{kind}></msub>" if numbers else head

    def _print_Integer(self, expr: Integer) -> str:
        body = whole(abs(expr.p), "<mn>{}</mn><mo>·</mo><msup><mn>10</mn><mn>{}</mn></msup>") or f"<mn>{abs(expr.p)}</mn>"
        return body if expr >= 0 else f"<mrow><mo>−</mo>{body}</mrow>"

    def _print_Float(self, expr: Float) -> str:
        return f"<mn>{float(expr):g}</mn>".replace("-", "−")

    def _print_Rational(self, expr: Rational) -> str:
        body = f"<mfrac>{self._print(Integer(abs(expr.p)))}{self._print(Integer(expr.q))}</mfrac>"
        return body if expr >= 0 else f"<mrow><mo>−</mo>{body}</mrow>"

    def _print_Add(self, expr: Add) -> str:
        negative, terms = signed_terms(expr)
        source = expr.xreplace(self.origins)
        if source.is_Add:
            terms = self.in_place(terms, signed_terms(source)[1])
        body = str(self._print(terms[0]))
        for term in terms[1:]:
            minus = term.could_extract_minus_sign()
            shown = -term if minus else term
            inner = self.bracketed(shown, PRECEDENCE["Mul"]) if shown.is_Add else self._print(shown)
            body += f"<mo>{'−' if minus else '+'}</mo>{inner}"
        return f"<mrow><mo>−</mo><mo>(</mo>{body}<mo>)</mo></mrow>" if negative else f"<mrow>{body}</mrow>"

    def _print_Mul(self, expr: Mul) -> str:
        if expr.could_extract_minus_sign():
            return f"<mrow><mo>−</mo>{self.bracketed(-expr, PRECEDENCE['Mul'])}</mrow>"
        above, below = [], []
        factors = self.in_place(expr.as_ordered_factors(), expr.xreplace(self.origins).as_ordered_factors())
        for factor in factors:
            base, power = factor.as_base_exp()
            if power.is_Number and power.is_negative:
                below.append(Pow(base, -power))
            elif factor.is_Rational and factor.q != 1:
                above += [Integer(factor.p)] * (factor.p != 1)
                below.append(Integer(factor.q))
            else:
                above.append(factor)
        if below:
            return f"<mfrac>{self._product(above)}{self._product(below)}</mfrac>"
        return self._product(above)

    def _product(self, factors: list[Expr]) -> str:
        if not factors:
            return "<mn>1</mn>"
        if len(factors) == 1:
            return f"<mrow>{self._print(factors[0])}</mrow>"
        dot = "<mo>·</mo>" if self.leaf is not None else "<mo>&#x2062;</mo><mspace width='0.17em'/>"
        return f"<mrow>{dot.join(self.bracketed(f, PRECEDENCE['Mul']) for f in factors)}</mrow>"

    def _print_Pow(self, expr: Pow) -> str:
        base, power = expr.as_base_exp()
        if power.is_Number and power.is_negative:
            return f"<mfrac><mn>1</mn><mrow>{self._print(Pow(base, -power))}</mrow></mfrac>"
        if power == S.Half:
            return f"<msqrt>{self._enclosed(base)}</msqrt>"
        return f"<msup>{self.bracketed(base, PRECEDENCE['Atom'])}<mrow>{self._print(power)}</mrow></msup>"

    def _print_NumberSymbol(self, expr: Expr) -> str:
        name = type(expr).__name__
        return f"<mi mathvariant='normal'>{_CONSTANTS.get(name, name)}</mi>"

    _print_ImaginaryUnit = _print_Infinity = _print_ComplexInfinity = _print_NaN = _print_NumberSymbol

    def _print_NegativeInfinity(self, expr: Expr) -> str:
        return f"<mrow><mo>−</mo>{self._print(-expr)}</mrow>"

    def _print_exp(self, expr: Expr) -> str:
        return f"<msup><mi mathvariant='normal'>e</mi><mrow>{self._enclosed(expr.args[0])}</mrow></msup>"

    def _print_log(self, expr: Expr) -> str:
        return f"<mrow><mtext>ln</mtext><mspace width='0.17em'/>{self._argument(expr.args[0])}</mrow>"

    def _print_sigmoid(self, expr: Expr) -> str:
        return f"<mrow><mi mathvariant='normal'>σ</mi><mo>(</mo>{self._enclosed(expr.args[0])}<mo>)</mo></mrow>"

    def _print_Function(self, expr: Expr) -> str:
        return self._called(re.sub("^a(?=sin|cos|tan)", "arc", type(expr).__name__.replace("_", " ")), expr.args)

    _print_erf = _print_erfc = _print_Function

    def _print_gamma_function(self, expr: Expr) -> str:
        if (number := counted(expr)) is not None:
            return f"<mrow>{self._print(number)}<mo>!</mo></mrow>"
        return self._called("Γ", expr.args)

    def _print_lgamma(self, expr: Expr) -> str:
        inner = self._print(functions.gamma_function(*expr.args))
        return f"<mrow><mtext>ln</mtext><mo>(</mo>{inner}<mo>)</mo></mrow>"

    def _print_digamma(self, expr: Expr) -> str:
        return self._called("ψ", expr.args)

    def _print_trigamma(self, expr: Expr) -> str:
        return self._called("ψ₁", expr.args)

    def _print_tetragamma(self, expr: Expr) -> str:
        return self._called("ψ₂", expr.args)

    def _print_signum(self, expr: Expr) -> str:
        return self._called("sgn", expr.args)

    _print_sign = _print_signum

    def chosen(self, name: str, values: Sequence[Expr], exp: str | None) -> str:
        return self._called(name, values)

    def size(self, value: Expr, exp: str | None) -> str:
        return f"<mrow><mo stretchy='true'>|</mo>{self._enclosed(value)}<mo stretchy='true'>|</mo></mrow>"

    def bracket(self, left: Expr, sign: str, right: Expr, exp: str | None) -> str:
        return f"<mrow><mo>[</mo>{self._enclosed(left)}<mo>{_SIGNS[sign]}</mo>{self._enclosed(right)}<mo>]</mo></mrow>"

    def _print_Piecewise(self, expr: Piecewise) -> str:
        cases = "".join(
            f"<mtr><mtd>{self._print(value)}</mtd><mtd>{self._case(holds)}</mtd></mtr>" for value, holds in expr.args
        )
        return f"<mtable class='live-cases' columnalign='left left'>{cases}</mtable>"  # the page draws the brace

    def _case(self, holds: Any) -> str:
        return "<mtext>else</mtext>" if holds is true else f"<mtext>if&#xa0;</mtext>{self._print(holds)}"

    def _print_Relational(self, expr: Relational) -> str:
        left, right = (expr.rhs, expr.lhs) if expr.lhs.is_Symbol and not expr.rhs.is_Atom else (expr.lhs, expr.rhs)
        turned = expr if left is expr.lhs else expr.reversed
        return f"<mrow>{self._enclosed(left)}<mo>{_SIGNS[turned.rel_op]}</mo>{self._enclosed(right)}</mrow>"

    def _print_And(self, expr: Boolean) -> str:
        return self._joined(expr, "and")

    def _print_Or(self, expr: Boolean) -> str:
        return self._joined(expr, "or")

    def _joined(self, expr: Boolean, word: str) -> str:
        parts = (
            f"<mrow><mo>(</mo>{self._print(part)}<mo>)</mo></mrow>" if part.args[0].is_Boolean else self._print(part)
            for part in sorted(expr.args, key=str)
        )
        return f"<mtext>&#xa0;{word}&#xa0;</mtext>".join(parts)

    def _called(self, name: str, arguments: Sequence[Expr]) -> str:
        inner = "<mo>,</mo>".join(map(self._enclosed, arguments))
        return f"<mrow><mtext>{name}</mtext><mo>(</mo>{inner}<mo>)</mo></mrow>"

    def _enclosed(self, expr: Expr) -> str:
        """Print what stands in a bracket or an exponent already, so that a minus sign needs no other."""
        return self.leaf(expr, False) if self.leaf is not None and expr.is_Symbol else str(self._print(expr))

    def _argument(self, expr: Expr) -> str:
        return self.bracketed(expr, PRECEDENCE["Atom"])

    def _print_StableFunction(self, expr: StableFunction) -> str:
        plain = expr.textbook()
        return self._print_Function(expr) if plain == expr else str(self._print(plain))


for _function in (*functions.FUNCTIONS, *functions.COMPOSED, *functions.SPECIAL):
    if not hasattr(_MathML, f"_print_{_function.__name__}"):
        setattr(_MathML, f"_print_{_function.__name__}", _MathML._print_StableFunction)


def mathml(expr: Expr, leaf: Leaf | None = None, origins: Mapping[Symbol, Expr] = MappingProxyType({})) -> str:
    """Return the MathML of an expression, without the outer <math> element.

    Parameters
    ----------
    leaf : function, optional
        (Symbol, whether a minus sign needs a bracket) -> MathML of what stands for it, a number put in for example.
    origins : mapping, optional
        Symbol -> what it stands for: terms and factors keep the order that they have with that in its place.
    """
    return str(_MathML(leaf, origins).doprint(expr))
