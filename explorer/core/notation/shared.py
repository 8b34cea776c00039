"""What LaTeX and MathML have in common: the order of terms, names with their numbers, and functions written by signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from math import log10

from sympy import Add, Expr, Pow, S, Symbol
from sympy.printing.pretty.pretty_symbology import greek_unicode


def derivative(symbol: Symbol) -> Symbol | None:
    """Return what the step d_<name> of a gradient differentiates the loss by; None for any other symbol."""
    return Symbol(symbol.name[2:]) if symbol.name.startswith("d_") else None


def numbered(symbol: Symbol) -> tuple[str, str]:
    """Return letters and subscript: w and 1,2 for w1_2, gamma and positive for gamma_positive; else the whole name."""
    match = re.fullmatch(r"([A-Za-z]+)_?(\d+(?:_\d+)*)", symbol.name)
    if match:
        return match[1], match[2].replace("_", ",")
    letter, _, word = symbol.name.partition("_")
    return (letter, word) if letter in greek_unicode and word.isalpha() else (symbol.name, "")


def numbers(term: Expr) -> list[list[int]]:
    """A key that puts p2 before p10, and b1_2 before w1_2_1 x1 before w1_2_2 x2: each name's numbers, the largest first."""
    found = ([int(number) for number in re.findall(r"\d+", symbol.name)] for symbol in term.free_symbols)
    return sorted(filter(None, found), reverse=True)


def signed_terms(expr: Add) -> tuple[bool, list[Expr]]:
    """Whether a minus sign stands before the whole sum, and its terms: a positive one first, 1 + e^z rather than e^z + 1."""
    terms = expr.as_ordered_terms()
    if all(map(numbers, terms)):
        terms = sorted(terms, key=numbers)
    positive = [term for term in terms if not term.could_extract_minus_sign()]
    if not positive:
        return True, [-term for term in terms]
    number = expr.as_coeff_Add()[0]
    first = number if number.is_positive and not expr.has(Pow) else positive[0]
    return False, [first, *(term for term in terms if term is not first)]


def counted(expr: Expr) -> Symbol | None:
    """Return the symbol that a gamma function is the factorial of; None where it is of none."""
    number = expr.args[0] - 1
    return number if number.is_Symbol else None


def numbers_first(values: Sequence[Expr]) -> list[Expr]:
    """Return values, numbers before symbols."""
    return sorted(values, key=lambda value: not value.is_number and value.is_Atom)


class Alike:
    """What both notations show in the same way: a maximum, a size, and Iverson's bracket, 1 where it holds and else 0."""

    def chosen(self, name: str, values: Sequence[Expr], exp: str | None) -> str:
        """Return the largest or the least of some values."""
        raise NotImplementedError

    def size(self, value: Expr, exp: str | None) -> str:
        """Return an absolute value."""
        raise NotImplementedError

    def bracket(self, left: Expr, sign: str, right: Expr, exp: str | None) -> str:
        """Return Iverson's bracket of a comparison."""
        raise NotImplementedError

    def _print_shift(self, expr: Expr, exp: str | None = None) -> str:
        return self.chosen("max", expr.args, exp)

    _print_maximum = _print_shift

    def _print_minimum(self, expr: Expr, exp: str | None = None) -> str:
        return self.chosen("min", expr.args, exp)

    def _print_Max(self, expr: Expr, exp: str | None = None) -> str:
        return self.chosen("max", numbers_first(expr.args), exp)

    def _print_Min(self, expr: Expr, exp: str | None = None) -> str:
        return self.chosen("min", numbers_first(expr.args), exp)

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


def whole(size: int, form: str) -> str:
    """Return a whole number of hundreds of digits in a form of its first ones and the power of ten; "" for any other."""
    if size.bit_length() <= 1_100:  # what may be typed; Python writes none of over 4,300 digits
        return ""
    power = int((size.bit_length() - 1) * log10(2))
    first = Fraction(size, 10**power)
    if first >= 10:
        first, power = first / 10, power + 1
    return form.format(f"{float(first):.6g}", power)


def raised(exp: str | None) -> str:
    """Return an exponent in LaTeX, if there is one."""
    return "" if exp is None else f"^{{{exp}}}"
