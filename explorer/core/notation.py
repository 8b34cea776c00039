"""Expressions in mathematical notation: LaTeX to take away, and MathML that a page keeps alive.

To give a function a notation of its own: write `_print_<its name>` in `_Alike` if both show it in the same way, else in each
printer. What has none is shown by its textbook form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import log10
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sympy import Abs, Add, Expr, Float, Integer, Mul, Piecewise, Pow, Rational, S, Symbol, true
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import PRECEDENCE, precedence
from sympy.printing.pretty.pretty_symbology import greek_unicode
from sympy.printing.printer import Printer

from explorer.core import functions
from explorer.core.functions import StableFunction

if TYPE_CHECKING:
    from explorer.core.program import Steps


def _derivative(symbol: Symbol) -> Symbol | None:
    """What the step d_<name> of a gradient differentiates the loss by; None for any other symbol."""
    return Symbol(symbol.name[2:]) if symbol.name.startswith("d_") else None


def _numbered(symbol: Symbol) -> tuple[str, str]:
    """A name's letters, and its subscript: w and 1,2 for w1_2, gamma and positive for gamma_positive; else the whole name."""
    match = re.fullmatch(r"([A-Za-z]+)_?(\d+(?:_\d+)*)", symbol.name)
    if match:
        return match[1], match[2].replace("_", ",")
    letter, _, word = symbol.name.partition("_")
    return (letter, word) if letter in greek_unicode and word.isalpha() else (symbol.name, "")


def _numbers(term: Expr) -> list[list[int]]:
    """A key that puts p2 before p10, and b1_2 before w1_2_1 x1 before w1_2_2 x2: each name's numbers, the largest first."""
    numbers = ([int(number) for number in re.findall(r"\d+", symbol.name)] for symbol in term.free_symbols)
    return sorted(filter(None, numbers), reverse=True)


def _signed_terms(expr: Add) -> tuple[bool, list[Expr]]:
    """Whether a minus sign stands before the whole sum, and its terms: a positive one first, 1 + e^z rather than e^z + 1."""
    terms = expr.as_ordered_terms()
    if all(map(_numbers, terms)):
        terms = sorted(terms, key=_numbers)
    positive = [term for term in terms if not term.could_extract_minus_sign()]
    if not positive:
        return True, [-term for term in terms]
    number = expr.as_coeff_Add()[0]
    first = number if number.is_positive and not expr.has(Pow) else positive[0]
    return False, [first, *(term for term in terms if term is not first)]


def _counted(expr: Expr) -> Symbol | None:
    """What symbol a gamma function is the factorial of; None where it is of none."""
    counted = expr.args[0] - 1
    return counted if counted.is_Symbol else None


def _numbers_first(values: Sequence[Expr]) -> list[Expr]:
    return sorted(values, key=lambda value: not value.is_number and value.is_Atom)


class _Alike:
    """What both notations show in the same way: a maximum, a size, and Iverson's bracket, 1 where it holds and else 0."""

    def chosen(self, name: str, values: Sequence[Expr], exp: str | None) -> str:
        raise NotImplementedError

    def size(self, value: Expr, exp: str | None) -> str:
        raise NotImplementedError

    def bracket(self, left: Expr, sign: str, right: Expr, exp: str | None) -> str:
        raise NotImplementedError

    def _print_shift(self, expr: Expr, exp: str | None = None) -> str:
        return self.chosen("max", expr.args, exp)

    _print_maximum = _print_shift

    def _print_minimum(self, expr: Expr, exp: str | None = None) -> str:
        return self.chosen("min", expr.args, exp)

    def _print_Max(self, expr: Expr, exp: str | None = None) -> str:
        return self.chosen("max", _numbers_first(expr.args), exp)

    def _print_Min(self, expr: Expr, exp: str | None = None) -> str:
        return self.chosen("min", _numbers_first(expr.args), exp)

    def _print_relu(self, expr: Expr, exp: str | None = None) -> str:
        return self.chosen("max", (S.Zero, *expr.args), exp)

    def _print_leaky_relu(self, expr: Expr, exp: str | None = None) -> str:
        (z,) = expr.args
        return self.chosen("max", (z / 100, z), exp)

    def _print_absolute(self, expr: Expr, exp: str | None = None) -> str:
        return self.size(expr.args[0], exp)

    _print_Abs = _print_absolute

    def _print_positive(self, expr: Expr, exp: str | None = None) -> str:
        return self.bracket(expr.args[0], ">", S.Zero, exp)

    _print_Heaviside = _print_positive  # SymPy's name for it

    def _print_same(self, expr: Expr, exp: str | None = None) -> str:
        left, right = sorted(expr.args, key=lambda value: bool(value.is_number))
        return self.bracket(left, "=", right, exp)

    _print_KroneckerDelta = _print_same

    def _print_below(self, expr: Expr, exp: str | None = None) -> str:
        return self._compared(expr, "<", ">", exp)

    def _print_at_most(self, expr: Expr, exp: str | None = None) -> str:
        return self._compared(expr, "<=", ">=", exp)

    def _compared(self, expr: Expr, sign: str, turned: str, exp: str | None) -> str:
        left, right = expr.args
        return self.bracket(right, turned, left, exp) if left.is_number else self.bracket(left, sign, right, exp)


class _Latex(_Alike, LatexPrinter):  # type: ignore[misc]
    """Textbook LaTeX: ln, sigma, a leading minus before a bracket, a positive term first."""

    def __init__(self) -> None:
        super().__init__({"ln_notation": True, "inv_trig_style": "full"})

    def _print_Symbol(self, expr: Symbol, style: str = "plain") -> str:
        if (by := _derivative(expr)) is not None:
            return rf"\frac{{\partial L}}{{\partial {self._print(by)}}}"
        letters, numbers = _numbered(expr)
        head = super()._print_Symbol(Symbol(letters))
        return f"{head}_{{{numbers}}}" if numbers else str(head)

    def _print_Add(self, expr: Add, order: str | None = None) -> str:
        negative, terms = _signed_terms(expr)
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
        return rf"\ln{_raised(exp)} {body}" if bare else rf"\ln{_raised(exp)}\left({body}\right)"

    def _print_sigmoid(self, expr: Expr, exp: str | None = None) -> str:
        return rf"\sigma{_raised(exp)}\left({self._print(expr.args[0])}\right)"

    def _print_erf(self, expr: Expr, exp: str | None = None) -> str:
        name = type(expr).__name__
        return rf"\operatorname{{{name}}}{_raised(exp)}\left({self._print(expr.args[0])}\right)"

    _print_erfc = _print_erf

    def _print_gamma_function(self, expr: Expr, exp: str | None = None) -> str:
        if (counted := _counted(expr)) is not None:
            return f"{self._print(counted)}!{_raised(exp)}"
        return rf"\Gamma{_raised(exp)}\left({self._print(expr.args[0])}\right)"

    def _print_lgamma(self, expr: Expr, exp: str | None = None) -> str:
        inner = functions.gamma_function(*expr.args)
        return rf"\ln{_raised(exp)}\left({self._print(inner)}\right)"

    def _print_digamma(self, expr: Expr, exp: str | None = None) -> str:
        return self._of_digamma(expr, "", exp)

    def _print_trigamma(self, expr: Expr, exp: str | None = None) -> str:
        return self._of_digamma(expr, "_{1}", exp)

    def _print_tetragamma(self, expr: Expr, exp: str | None = None) -> str:
        return self._of_digamma(expr, "_{2}", exp)

    def _of_digamma(self, expr: Expr, order: str, exp: str | None) -> str:
        return rf"\psi{order}{_raised(exp)}\left({self._print(expr.args[0])}\right)"

    def _print_StableFunction(self, expr: StableFunction, exp: str | None = None) -> str:
        plain = expr.textbook()
        if plain == expr:
            name = type(expr).__name__.replace("_", r"\,")
            return rf"\operatorname{{{name}}}{_raised(exp)}\left({', '.join(map(self._print, expr.args))}\right)"
        if exp is None or (plain.is_Function and not plain.is_Piecewise):
            return str(self._print(plain, exp=exp) if exp else self._print(plain))
        return rf"\left({self._print(plain)}\right){_raised(exp)}"

    def _print_Integer(self, expr: Integer) -> str:
        body = _whole(abs(expr.p), r"{} \cdot 10^{{{}}}")
        return f"{'-' if expr < 0 else ''}{body}" if body else str(expr.p)

    def _print_signum(self, expr: Expr, exp: str | None = None) -> str:
        return rf"\operatorname{{sgn}}{_raised(exp)}\left({self._print(expr.args[0])}\right)"

    _print_sign = _print_signum

    def chosen(self, name: str, values: Sequence[Expr], exp: str | None) -> str:
        return rf"\{name}\left({', '.join(map(self._print, values))}\right){_raised(exp)}"

    def size(self, value: Expr, exp: str | None) -> str:
        return rf"\left|{self._print(value)}\right|{_raised(exp)}"

    def bracket(self, left: Expr, sign: str, right: Expr, exp: str | None) -> str:
        sign = {"<=": r"\le", ">=": r"\ge"}.get(sign, sign)
        return rf"\left[{self._print(left)} {sign} {self._print(right)}\right]{_raised(exp)}"


for _function in (*functions.FUNCTIONS, *functions.COMPOSED, *functions.SPECIAL):
    if not hasattr(_Latex, f"_print_{_function.__name__}"):
        setattr(_Latex, f"_print_{_function.__name__}", _Latex._print_StableFunction)


def _whole(size: int, form: str) -> str:
    """A whole number of hundreds of digits in a form of its first ones and the power of ten; "" for any other."""
    if size.bit_length() <= 1_100:  # what may be typed; Python writes none of over 4,300 digits
        return ""
    power = int((size.bit_length() - 1) * log10(2))
    first = Fraction(size, 10**power)
    if first >= 10:
        first, power = first / 10, power + 1
    return form.format(f"{float(first):.6g}", power)


def _raised(exp: str | None) -> str:
    return "" if exp is None else f"^{{{exp}}}"


@lru_cache(maxsize=256)
def latex(expr: Expr) -> str:
    """Return LaTeX for an expression, as a textbook writes it."""
    return str(_Latex().doprint(expr))


def latex_steps(steps: Steps) -> str:
    """Return LaTeX for steps, one aligned line each."""
    lines = [rf"{latex(name)} &= {latex(expr)}" for name, expr in steps]
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


Leaf = Callable[[Symbol, bool], str]
_SIGNS = {"<": "&lt;", ">": "&gt;", "<=": "≤", ">=": "≥", "=": "=", "==": "=", "!=": "≠"}
_CONSTANTS = {"Exp1": "e", "Pi": "π", "EulerGamma": "γ", "ImaginaryUnit": "i", "Infinity": "∞", "ComplexInfinity": "∞"}


class _MathML(_Alike, Printer):  # type: ignore[misc]
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
        if (by := _derivative(expr)) is not None:
            d = "<mo>∂</mo>"
            return f"<mfrac><mrow>{d}<mi mathvariant='normal'>L</mi></mrow><mrow>{d}{self._print(by)}</mrow></mfrac>"
        letters, numbers = _numbered(expr)
        head = f"<mi mathvariant='normal'>{greek_unicode.get(letters, letters)}</mi>"  # upright; the page's font slants it
        kind = "mn" if numbers[:1].isdigit() else "mtext"
        return f"<msub>{head}<{kind}>{numbers}</{kind}></msub>" if numbers else head

    def _print_Integer(self, expr: Integer) -> str:
        body = _whole(abs(expr.p), "<mn>{}</mn><mo>·</mo><msup><mn>10</mn><mn>{}</mn></msup>") or f"<mn>{abs(expr.p)}</mn>"
        return body if expr >= 0 else f"<mrow><mo>−</mo>{body}</mrow>"

    def _print_Float(self, expr: Float) -> str:
        return f"<mn>{float(expr):g}</mn>".replace("-", "−")

    def _print_Rational(self, expr: Rational) -> str:
        body = f"<mfrac>{self._print(Integer(abs(expr.p)))}{self._print(Integer(expr.q))}</mfrac>"
        return body if expr >= 0 else f"<mrow><mo>−</mo>{body}</mrow>"

    def _print_Add(self, expr: Add) -> str:
        negative, terms = _signed_terms(expr)
        source = expr.xreplace(self.origins)
        if source.is_Add:
            terms = self.in_place(terms, _signed_terms(source)[1])
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
        if (counted := _counted(expr)) is not None:
            return f"<mrow>{self._print(counted)}<mo>!</mo></mrow>"
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
