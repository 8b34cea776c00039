"""A Program or an expression, printed: NumPy, JavaScript, SymPy, LaTeX and live MathML.

To add a language: subclass SymPy's printer for it with `_Named`, write the functions of `functions` for it in `runtime`,
and print the steps in order as `numpy_function` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from keyword import kwlist
from typing import TYPE_CHECKING, Any

from sympy import Add, Expr, Float, Integer, Mul, Pow, Rational, Symbol
from sympy.printing.jscode import JavascriptCodePrinter
from sympy.printing.latex import LatexPrinter
from sympy.printing.numpy import NumPyPrinter
from sympy.printing.precedence import PRECEDENCE, precedence
from sympy.printing.printer import Printer
from sympy.printing.str import StrPrinter

from explorer.core import functions, runtime
from explorer.core.functions import StableFunction

if TYPE_CHECKING:
    from explorer.core.program import Program, Steps


class _Named:
    """Prints stable functions by name and remembers which ones the code calls; prints floats exactly."""

    called: set[str]

    def _print_StableFunction(self, expr: StableFunction) -> str:
        name = type(expr).__name__
        self.called.add(name)
        return f"{name}({', '.join(self._print(a) for a in expr.args)})"  # type: ignore[attr-defined]

    def _print_Float(self, expr: Float) -> str:
        return repr(float(expr))

    def helpers(self, sources: Mapping[str, str]) -> list[str]:
        """Return the sources of the functions that were called, in a fixed order."""
        return [source for name, source in sources.items() if name in self.called]


for _function in functions.FUNCTIONS:  # SymPy looks printers up by class name
    setattr(_Named, f"_print_{_function.__name__}", _Named._print_StableFunction)


class _NumPy(_Named, NumPyPrinter):  # type: ignore[misc]  # SymPy's printers are untyped
    def __init__(self) -> None:
        super().__init__({"fully_qualified_modules": True})
        self.called = set()
        self.reserved_words: set[str] = {*NumPyPrinter.reserved_words, "np", *runtime.NUMPY}

    def _print_Max(self, expr: Expr) -> str:  # SymPy's own needs functools
        first, *rest = (self._print(a) for a in expr.args)
        return str(reduce(lambda found, other: f"np.maximum({found}, {other})", rest, first))

    def _module_format(self, fqn: str, register: bool = True) -> str:
        return str(super()._module_format(fqn, register)).replace("numpy.", "np.", 1)


_JAVASCRIPT_WORDS = frozenset(
    """Float64Array Infinity Math NaN arguments await break case catch class const continue debugger default delete do else enum
    eval export extends false finally for function if implements import in instanceof interface let new null package private
    protected public return static super switch this throw true try typeof undefined var void while with yield""".split()  # noqa: SIM905  # shorter than sixty quoted words
)
"""The language's words, and the globals that printed code uses."""


class _JavaScript(_Named, JavascriptCodePrinter):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__({"reserved_word_suffix": "$"})  # as in all names of our own: no symbol's name can hold it
        self.called = set()
        self.reserved_words: set[str] = {*_JAVASCRIPT_WORDS, *runtime.JAVASCRIPT}

    def _print_Pow(self, expr: Pow) -> str:
        if expr.exp == 2 and expr.base.is_Symbol:  # exact, unlike Math.pow
            base = self._print(expr.base)
            return f"({base}*{base})"
        return str(super()._print_Pow(expr))


class _SymPy(_Named, StrPrinter):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.called = set()

    def _print_Integer(self, expr: Integer) -> str:
        return f"{expr.p}"

    def _print_Rational(self, expr: Rational) -> str:
        return f"Rational({expr.p}, {expr.q})"  # 1/3 would be a float


def numpy_function(program: Program, name: str) -> str:
    """Return the source of a NumPy function: keyword arguments in, a dict of steps out. It calls `runtime.NUMPY` by name."""
    printer = _NumPy()
    lines = [f"    {printer.doprint(step)} = {printer.doprint(expr)}" for step, expr in program.steps]
    arguments = ", ".join(printer.doprint(s) for s in program.inputs)
    results = ", ".join(f'"{step}": {printer.doprint(step)}' for step, _ in program.steps)
    return "\n".join([f"def {name}({arguments}):", *lines, f"    return {{{results}}}"])


def numpy_code(program: Program, name: str = "loss") -> str:
    """Return a NumPy function with all that it calls, ready to paste."""
    printer = _NumPy()
    for _, expr in program.steps:
        printer.doprint(expr)
    helpers = printer.helpers({f: runtime.numpy_source(f) for f in runtime.NUMPY})
    return "\n\n\n".join(["import numpy as np", *helpers, numpy_function(program, name)]) + "\n"


def javascript_function(program: Program) -> str:
    """Return the source of a JavaScript function from an object of inputs to an object of step values."""
    printer = _JavaScript()
    body = [*_read_inputs(printer, program.inputs), *_assign(printer, program.steps)]
    results = ", ".join(f"{step}: {printer.doprint(step)}" for step, _ in program.steps)
    lines = [*printer.helpers(runtime.JAVASCRIPT), *body, f"return {{{results}}};"]
    return "($inputs) => {\n" + _indented(lines) + "\n}"


def javascript_kernel(program: Program, outputs: Sequence[str], sweep: Sequence[str] = (), rows: Iterable[str] = ()) -> str:
    """Return the source of a JavaScript function that computes some names of a program over arrays.

    The function takes `(inputs, sweep, rows)`. `inputs` holds numbers. `sweep` holds equally long arrays, one for each swept
    input; each result is then an array of that length, else a number. `rows` holds the columns of a data set; a result that
    depends on one is the mean over its rows. What an inner loop does not change is computed outside it.

    Parameters
    ----------
    outputs : names of inputs or steps
    sweep : names of inputs
    rows : names of inputs; one that is swept as well is not averaged over
    """
    printer = _JavaScript()
    rows = [name for name in rows if name not in sweep]
    by_row = program.depends(rows)
    by_point = program.depends(sweep) | by_row
    steps = program.needed(outputs)
    needed = {s for _, expr in steps for s in expr.free_symbols} | {program.symbol(name) for name in outputs}
    averaged = [name for name in outputs if program.symbol(name) in by_row]
    looped = [s for s in program.inputs if s in needed and (s.name in sweep or s.name in rows)]

    def name_of(name: str) -> str:
        return str(printer.doprint(program.symbol(name)))

    once = _read_inputs(printer, [s for s in program.inputs if s in needed and s not in looped])
    once += _assign(printer, [s for s in steps if s[0] not in by_point])
    point = [f"const {name_of(s.name)} = $sweep.{s.name}[$i];" for s in looped if s.name in sweep]
    point += _assign(printer, [s for s in steps if s[0] in by_point and s[0] not in by_row])
    if averaged:
        first = next(iter(rows))
        row = [f"const {name_of(s.name)} = $rows.{s.name}[$r];" for s in looped if s.name in rows]
        row += _assign(printer, [s for s in steps if s[0] in by_row])
        row += [f"$mean_{name} += {name_of(name)} / $count;" for name in averaged]
        point += [f"const $count = $rows.{first}.length;"]
        point += [f"let $mean_{name} = 0;" for name in averaged]
        point += ["for (let $r = 0; $r < $count; $r++) {", *(f"  {line}" for line in row), "}"]
    results = {name: f"$mean_{name}" if name in averaged else name_of(name) for name in outputs}
    if sweep:
        arrays = [f"const $all_{name} = new Float64Array($n);" for name in outputs]
        point += [f"$all_{name}[$i] = {value};" for name, value in results.items()]
        loop = ["for (let $i = 0; $i < $n; $i++) {", *(f"  {line}" for line in point), "}"]
        body = [*once, f"const $n = $sweep.{sweep[0]}.length;", *arrays, *loop]
        results = {name: f"$all_{name}" for name in outputs}
    else:
        body = [*once, *point]
    back = ", ".join(f"{name}: {value}" for name, value in results.items())
    lines = [*printer.helpers(runtime.JAVASCRIPT), *body, f"return {{{back}}};"]
    return "($inputs, $sweep, $rows) => {\n" + _indented(lines) + "\n}"


def _read_inputs(printer: _JavaScript, inputs: Iterable[Symbol]) -> list[str]:
    return [f"const {printer.doprint(s)} = $inputs.{s.name};" for s in inputs]


def _assign(printer: _JavaScript, steps: Iterable[tuple[Symbol, Expr]]) -> list[str]:
    return [f"const {printer.doprint(name)} = {printer.doprint(expr)};" for name, expr in steps]


def _indented(lines: Iterable[str]) -> str:
    return "\n".join(f"  {line}" for block in lines for line in block.split("\n"))


@lru_cache(maxsize=64)
def sympy_code(**named: Expr) -> str:
    """Return SymPy source that defines the symbols and each named expression, in textbook form."""
    plain = {name: functions.textbook(expr) for name, expr in named.items()}
    symbols = sorted({s for expr in plain.values() for s in expr.free_symbols}, key=lambda s: s.name)
    numbered = {s: Symbol(f"_{i}") for i, s in enumerate(symbols)}
    words = {w for e in plain.values() for w in re.findall(r"[A-Za-z]\w*", _SymPy().doprint(e.xreplace(numbered)))}
    taken = {*words, *kwlist}
    names = {s: Symbol(f"{s.name}_" if s.name in taken else s.name) for s in symbols}
    lines = [f"from sympy import {', '.join([*sorted(words), 'symbols'])}", ""]
    if symbols:
        lines.append(f'{", ".join(n.name for n in names.values())} = symbols("{" ".join(s.name for s in symbols)}")')
    lines += [f"{name} = {_SymPy().doprint(expr.xreplace(names))}" for name, expr in plain.items()]
    return "\n".join(lines)


def _derivative(symbol: Symbol) -> Symbol | None:
    """What the step d_<name> of a gradient differentiates the loss by; None for any other symbol."""
    return Symbol(symbol.name[2:]) if symbol.name.startswith("d_") else None


def _signed_terms(expr: Add) -> tuple[bool, list[Expr]]:
    """Whether a minus sign stands before the whole sum, and its terms: a positive one first, 1 + e^z rather than e^z + 1."""
    terms = expr.as_ordered_terms()
    if all(map(functions.reading_order, terms)):
        terms = sorted(terms, key=functions.reading_order)
    positive = [term for term in terms if not term.could_extract_minus_sign()]
    if not positive:
        return True, [-term for term in terms]
    number = expr.as_coeff_Add()[0]
    first = number if number.is_positive and not expr.has(Pow) else positive[0]
    return False, [first, *(term for term in terms if term is not first)]


class _Latex(LatexPrinter):  # type: ignore[misc]
    """Textbook LaTeX: ln, sigma, a leading minus before a bracket, a positive term first."""

    def __init__(self) -> None:
        super().__init__({"ln_notation": True})

    def _print_Symbol(self, expr: Symbol, style: str = "plain") -> str:
        by = _derivative(expr)
        return str(super()._print_Symbol(expr)) if by is None else rf"\frac{{\partial L}}{{\partial {self._print(by)}}}"

    def _print_Add(self, expr: Add, order: str | None = None) -> str:
        negative, terms = _signed_terms(expr)
        text = self._print(terms[0])
        for term in terms[1:]:
            minus = term.could_extract_minus_sign()
            shown = -term if minus else term
            body = rf"\left({self._print(shown)}\right)" if shown.is_Add else self._print(shown)
            text += f" - {body}" if minus else f" + {body}"
        return rf"-\left({text}\right)" if negative else str(text)

    def _print_log(self, expr: Expr, exp: Any = None) -> str:
        (argument,) = expr.args
        body = self._print(argument)
        return rf"\ln {body}" if argument.is_Symbol or argument.is_Number else rf"\ln\left({body}\right)"

    def _print_sigmoid(self, expr: Expr, exp: Any = None) -> str:
        power = "" if exp is None else f"^{{{exp}}}"
        return rf"\sigma{power}\left({self._print(expr.args[0])}\right)"

    def _print_StableFunction(self, expr: StableFunction, exp: Any = None) -> str:
        return str(self._print(expr.textbook()))

    def _print_shift(self, expr: Expr, exp: Any = None) -> str:
        return rf"\max\left({', '.join(self._print(a) for a in expr.args)}\right)"


for _function in functions.FUNCTIONS:
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


Leaf = Callable[[Symbol, bool], str]


_GREEK = {"gamma": "γ", "epsilon": "ε"}


class _MathML(Printer):  # type: ignore[misc]
    """Presentation MathML. A `leaf` says how a symbol is drawn; numbers are then joined by a visible dot."""

    def __init__(self, leaf: Leaf | None) -> None:
        super().__init__()
        self.leaf = leaf

    def emptyPrinter(self, expr: Any) -> str:
        raise NotImplementedError(f"No MathML for {type(expr).__name__}.")

    def bracketed(self, expr: Expr, level: int) -> str:
        body = str(self._print(expr))
        if precedence(expr) >= level and not expr.could_extract_minus_sign():
            return body
        return f"<mrow><mo stretchy='true'>(</mo>{body}<mo stretchy='true'>)</mo></mrow>"

    def _print_Symbol(self, expr: Symbol) -> str:
        if self.leaf is not None:
            return self.leaf(expr, True)
        if (by := _derivative(expr)) is not None:
            d = "<mo>∂</mo>"
            return f"<mfrac><mrow>{d}<mi mathvariant='normal'>L</mi></mrow><mrow>{d}{self._print(by)}</mrow></mfrac>"
        numbered = re.fullmatch(r"([A-Za-z]+)_?(\d+(?:_\d+)*)", expr.name)
        head, tail = numbered.groups() if numbered else (expr.name, "")
        head = _GREEK.get(head, head)
        letter = f"<mi mathvariant='normal'>{head}</mi>"  # upright to MathML; the page's font slants it
        return f"<msub>{letter}<mn>{tail.replace('_', ',')}</mn></msub>" if tail else letter

    def _print_Integer(self, expr: Integer) -> str:
        return f"<mn>{expr}</mn>" if expr >= 0 else f"<mrow><mo>−</mo><mn>{-expr}</mn></mrow>"

    def _print_Float(self, expr: Float) -> str:
        return f"<mn>{float(expr):g}</mn>".replace("-", "−")

    def _print_Rational(self, expr: Rational) -> str:
        body = f"<mfrac><mn>{abs(expr.p)}</mn><mn>{expr.q}</mn></mfrac>"
        return body if expr >= 0 else f"<mrow><mo>−</mo>{body}</mrow>"

    def _print_Add(self, expr: Add) -> str:
        negative, terms = _signed_terms(expr)
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
        for factor in expr.as_ordered_factors():
            base, power = factor.as_base_exp()
            if power.is_Number and power.is_negative:
                below.append(Pow(base, -power))
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
        return f"<msup>{self.bracketed(base, PRECEDENCE['Atom'])}<mrow>{self._print(power)}</mrow></msup>"

    def _print_exp(self, expr: Expr) -> str:
        return f"<msup><mi mathvariant='normal'>e</mi><mrow>{self._enclosed(expr.args[0])}</mrow></msup>"

    def _print_log(self, expr: Expr) -> str:
        return f"<mrow><mtext>ln</mtext><mspace width='0.17em'/>{self._argument(expr.args[0])}</mrow>"

    def _print_sigmoid(self, expr: Expr) -> str:
        return f"<mrow><mi mathvariant='normal'>σ</mi><mo>(</mo>{self._enclosed(expr.args[0])}<mo>)</mo></mrow>"

    def _print_Function(self, expr: Expr) -> str:
        arguments = "<mo>,</mo>".join(self._enclosed(a) for a in expr.args)
        return f"<mrow><mtext>{type(expr).__name__}</mtext><mo>(</mo>{arguments}<mo>)</mo></mrow>"

    def _enclosed(self, expr: Expr) -> str:
        """Print what stands in a bracket or an exponent already, so that a minus sign needs no other."""
        return self.leaf(expr, False) if self.leaf is not None and expr.is_Symbol else str(self._print(expr))

    def _argument(self, expr: Expr) -> str:
        return self.bracketed(expr, PRECEDENCE["Atom"])

    def _print_StableFunction(self, expr: StableFunction) -> str:
        return str(self._print(expr.textbook()))


for _function in functions.FUNCTIONS:
    if not hasattr(_MathML, f"_print_{_function.__name__}"):
        setattr(_MathML, f"_print_{_function.__name__}", _MathML._print_StableFunction)


def mathml(expr: Expr, leaf: Leaf | None = None) -> str:
    """Return the MathML of an expression, without the outer <math> element.

    Parameters
    ----------
    leaf : function, optional
        (Symbol, whether a minus sign needs a bracket) -> MathML of what stands for it, a number put in for example.
    """
    return str(_MathML(leaf).doprint(expr))
