"""A Program printed as code, a line for each step: NumPy, PyTorch, JavaScript, Wolfram Language, SymPy.

To add a language: subclass SymPy's printer for it with `_Named`, write the functions of `functions` for it in `runtime`, and
put the lines of `_assign` into what that language calls a function.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from keyword import kwlist
from typing import TYPE_CHECKING, Any

from sympy import Expr, Float, Integer, Pow, Rational, Symbol
from sympy.printing.jscode import JavascriptCodePrinter
from sympy.printing.mathematica import MCodePrinter
from sympy.printing.numpy import NumPyPrinter
from sympy.printing.pycode import PythonCodePrinter
from sympy.printing.str import StrPrinter

from explorer.core import functions, runtime
from explorer.core.functions import StableFunction

if TYPE_CHECKING:
    from explorer.core.program import Program, Steps


class _Named:
    """Prints stable functions by name and remembers which ones the code calls; prints floats exactly."""

    _print: Callable[..., str]
    doprint: Callable[..., str]
    called: set[str]
    language: str
    assignment = "{} = {}"
    call = "{}({})"

    def _print_StableFunction(self, expr: StableFunction) -> str:
        name = type(expr).__name__
        self.called.add(name)
        return self.call.format(self.spelled(name), ", ".join(self.arguments(expr)))

    def _print_Float(self, expr: Float) -> str:
        return repr(float(expr))

    @staticmethod
    def spelled(function: str) -> str:
        """Return what the language calls a stable function."""
        return function

    def arguments(self, expr: Expr) -> list[str]:
        """Print what is given to a function."""
        return [self._print(argument) for argument in expr.args]

    def assigned(self, expr: Expr) -> str:
        """Print what a step is set to."""
        return self.doprint(expr)

    def helpers(self, sources: Mapping[str, str]) -> list[str]:
        """Return the sources of the functions that were called, in a fixed order."""
        if missing := self.called - set(sources):
            raise NotImplementedError(f"No {self.language} for {min(missing)}.")
        return [source for name, source in sources.items() if name in self.called]


class _Renamed(_Named):
    """Is told what to call every symbol."""

    def __init__(self, names: Mapping[Symbol, str]) -> None:
        super().__init__()
        self.called = set()
        self.names = names

    def _print_Symbol(self, expr: Symbol) -> str:
        return self.names[expr]


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


def _is_plain_number(expr: Expr) -> bool:
    return isinstance(expr, Expr) and expr.is_number and not expr.has(StableFunction)


class _PyTorch(_Named, PythonCodePrinter):  # type: ignore[misc]
    language = "PyTorch"

    def __init__(self) -> None:
        super().__init__({"fully_qualified_modules": True})
        self.called = set()
        self.reserved_words: set[str] = {*kwlist, "math", "torch", *runtime.PYTORCH}

    def _print(self, expr: Expr, **kwargs: Any) -> str:
        if _is_plain_number(expr) and not expr.is_Number:  # log(2): torch's own functions take no plain numbers
            return str(PythonCodePrinter().doprint(expr))
        return str(super()._print(expr, **kwargs))

    def _print_Max(self, expr: Expr) -> str:
        first, *rest = self.arguments(expr)
        return str(reduce(lambda found, other: f"torch.maximum({found}, {other})", rest, first))

    def _print_sign(self, expr: Expr) -> str:
        return f"torch.sign({self._print(*expr.args)})"

    def _print_Abs(self, expr: Expr) -> str:
        return f"torch.abs({self._print(*expr.args)})"

    def _module_format(self, fqn: str, register: bool = True) -> str:
        return str(super()._module_format(fqn, register)).replace("math.", "torch.", 1)

    def arguments(self, expr: Expr) -> list[str]:
        if isinstance(expr, functions.same) and expr.free_symbols:  # a tensor can be compared to a plain number
            return super().arguments(expr)
        return [self.assigned(argument) for argument in expr.args]

    def assigned(self, expr: Expr) -> str:
        text = self._print(expr)
        return f"torch.tensor({text}, dtype=torch.float64)" if _is_plain_number(expr) else text


_JAVASCRIPT_WORDS = frozenset(
    """Float64Array Infinity Math NaN arguments await break case catch class const continue debugger default delete do else enum
    eval export extends false finally for function if implements import in instanceof interface let new null package private
    protected public return static super switch this throw true try typeof undefined var void while with yield""".split()  # noqa: SIM905  # shorter than sixty quoted words
)
"""The language's words, and the globals that printed code uses."""


class _JavaScript(_Named, JavascriptCodePrinter):  # type: ignore[misc]
    assignment = "const {} = {};"

    def __init__(self) -> None:
        super().__init__({"reserved_word_suffix": "$"})  # as in all names of our own: no symbol's name can hold it
        self.called = set()
        self.reserved_words: set[str] = {*_JAVASCRIPT_WORDS, *runtime.JAVASCRIPT}

    def _print_Pow(self, expr: Pow) -> str:
        if expr.exp == 2 and expr.base.is_Symbol:  # exact, unlike Math.pow
            base = self._print(expr.base)
            return f"({base}*{base})"
        return str(super()._print_Pow(expr))


class _Wolfram(_Renamed, MCodePrinter):  # type: ignore[misc]
    language = "Wolfram Language"
    assignment = "{} = {};"
    call = "{}[{}]"

    def _print_Float(self, expr: Float) -> str:
        digits, _, power = repr(float(expr)).partition("e")
        digits += "" if "." in digits else "."  # without its point it is a whole number, and the power exact
        digits += "`" if len(digits) > 15 else ""  # without its mark a number of many digits is no machine number
        return f"{digits}*^{int(power)}" if power else digits

    def _print_sign(self, expr: Expr) -> str:
        return f"Sign[{self._print(*expr.args)}]"

    @staticmethod
    def spelled(function: str) -> str:
        return re.sub("_(.)", lambda found: found[1].upper(), function)


class _SymPy(_Renamed, StrPrinter):  # type: ignore[misc]
    language = "SymPy"

    def assigned(self, expr: Expr) -> str:
        return f"Integer({expr})" if expr.is_Integer else super().assigned(expr)  # a third of it would be a float

    def _print_Integer(self, expr: Integer) -> str:
        return f"{expr.p}"

    def _print_Rational(self, expr: Rational) -> str:
        return f"Rational({expr.p}, {expr.q})"  # 1/3 would be a float


def numpy_function(program: Program, name: str, outputs: Iterable[str] | None = None) -> str:
    """Return the source of a NumPy function: keyword arguments in, a dict of steps out. It calls `runtime.NUMPY` by name.

    outputs are the steps that the dict holds; all of them if left out.
    """
    return _numpy_function(_NumPy(), program, name, outputs)


def _numpy_function(printer: _NumPy, program: Program, name: str, outputs: Iterable[str] | None = None) -> str:
    returned = [step for step, _ in program.steps] if outputs is None else [program.symbol(output) for output in outputs]
    results = ", ".join(f'"{step}": {printer.doprint(step)}' for step in returned)
    return _python_function(printer, name, program.inputs, program.steps, f"{{{results}}}")


def numpy_code(program: Program, name: str = "loss") -> str:
    """Return a NumPy function with all that it calls, ready to paste."""
    printer = _NumPy()
    function = _numpy_function(printer, program, name)
    helpers = printer.helpers({f: runtime.numpy_source(f) for f in runtime.NUMPY})
    return "\n\n\n".join(["import numpy as np", *helpers, function]) + "\n"


def pytorch_code(program: Program, name: str = "loss") -> str:
    """Return a PyTorch function of tensors with all that it calls, ready to paste. It returns the output alone.

    Raises
    ------
    NotImplementedError
        If a step calls a function that has no PyTorch source.
    """
    printer = _PyTorch()
    steps = program.needed([program.output])
    function = _python_function(printer, name, program.inputs, steps, printer.doprint(program.output))
    imports = "import math\n\nimport torch" if "math." in function else "import torch"
    return "\n\n\n".join([imports, *printer.helpers(runtime.PYTORCH), function]) + "\n"


def wolfram_code(program: Program, name: str = "loss") -> str:
    """Return a Wolfram Language function with all that it calls, ready to paste. It returns the output alone.

    A name has $ where the program's has an underscore, and one more at its end where the language has taken it.

    Raises
    ------
    NotImplementedError
        If a step calls a function that has no Wolfram Language source.
    """
    steps = program.needed([program.output])
    calls = set(map(_Wolfram.spelled, runtime.WOLFRAM))
    names = _names(
        (*program.inputs, *(step for step, _ in steps)),
        lambda word: word in calls or word == name or re.fullmatch(r"[CDEIKNO]|[A-Z][A-Za-z]\w*", word) is not None,
        underscore="$",
    )
    printer = _Wolfram(names)
    lines = [*_assign(printer, steps), names[program.output]]
    arguments = ", ".join(f"{names[s]}_" for s in program.inputs)
    local = ", ".join(names[step] for step, _ in steps)
    function = f"{name}[{arguments}] := Module[{{{local}}},\n{_indented(lines)}\n];"
    return "\n\n".join([*printer.helpers(runtime.WOLFRAM), function]) + "\n"


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
    by_sweep = program.depends(sweep)
    by_point = by_sweep | by_row
    steps = program.needed(outputs)
    needed = {s for _, expr in steps for s in expr.free_symbols} | {program.symbol(name) for name in outputs}
    averaged = [name for name in outputs if program.symbol(name) in by_row]
    looped = [s for s in program.inputs if s in needed and (s.name in sweep or s.name in rows)]

    def name_of(name: str) -> str:
        return str(printer.doprint(program.symbol(name)))

    once = _read_inputs(printer, [s for s in program.inputs if s in needed and s not in looped])
    once += _assign(printer, [s for s in steps if s[0] not in by_point])
    point = [f"const {name_of(s.name)} = $sweep.{s.name}[$i];" for s in looped if s.name in sweep]
    point += _assign(printer, [s for s in steps if s[0] in by_sweep and s[0] not in by_row])
    if averaged:
        first = next(iter(rows))
        row = [f"const {name_of(s.name)} = $rows.{s.name}[$r];" for s in looped if s.name in rows]
        count = [f"const $count = $rows.{first}.length;"]
        ahead = [s for s in steps if s[0] in by_row and s[0] not in by_sweep] if sweep else []
        if ahead:  # what each row says at every point alike
            kept = [name_of(s.name) for s, _ in ahead]
            each_row = [*row, *_assign(printer, ahead), *(f"$rows_{name}[$r] = {name};" for name in kept)]
            once += [
                *count,
                *(f"const $rows_{name} = new Float64Array($count);" for name in kept),
                *_for("$r", "$count", each_row),
            ]
            row += [f"const {name} = $rows_{name}[$r];" for name in kept]
        else:
            point += count
        row += _assign(printer, [s for s in steps if s[0] in by_row and (not sweep or s[0] in by_sweep)])
        row += [f"$mean_{name} += {name_of(name)} / $count;" for name in averaged]
        point += [f"let $mean_{name} = 0;" for name in averaged]
        point += _for("$r", "$count", row)
    results = {name: f"$mean_{name}" if name in averaged else name_of(name) for name in outputs}
    if sweep:
        arrays = [f"const $all_{name} = new Float64Array($n);" for name in outputs]
        point += [f"$all_{name}[$i] = {value};" for name, value in results.items()]
        body = [*once, f"const $n = $sweep.{sweep[0]}.length;", *arrays, *_for("$i", "$n", point)]
        results = {name: f"$all_{name}" for name in outputs}
    else:
        body = [*once, *point]
    back = ", ".join(f"{name}: {value}" for name, value in results.items())
    lines = [*printer.helpers(runtime.JAVASCRIPT), *body, f"return {{{back}}};"]
    return "($inputs, $sweep, $rows) => {\n" + _indented(lines) + "\n}"


def _for(index: str, count: str, body: Iterable[str]) -> list[str]:
    return [f"for (let {index} = 0; {index} < {count}; {index}++) {{", *(f"  {line}" for line in body), "}"]


def _read_inputs(printer: _JavaScript, inputs: Iterable[Symbol]) -> list[str]:
    return [f"const {printer.doprint(s)} = $inputs.{s.name};" for s in inputs]


def _python_function(printer: _NumPy | _PyTorch, name: str, inputs: Iterable[Symbol], steps: Steps, returned: str) -> str:
    arguments = ", ".join(printer.doprint(s) for s in inputs)
    lines = [*_assign(printer, steps), f"return {returned}"]
    return "\n".join([f"def {name}({arguments}):", *(f"    {line}" for line in lines)])


def _assign(printer: _Named, steps: Iterable[tuple[Symbol, Expr]]) -> list[str]:
    return [printer.assignment.format(printer.doprint(name), printer.assigned(expr)) for name, expr in steps]


def _names(symbols: Iterable[Symbol], is_taken: Callable[[str], bool], underscore: str = "_") -> dict[Symbol, str]:
    """A name for each symbol, like its own and unlike any other: underscores are added where the language has taken it."""
    own = {s: s.name.replace("_", underscore) for s in symbols}
    given = {s: name for s, name in own.items() if not is_taken(name)}
    for symbol in (s for s in own if s not in given):
        name = own[symbol]
        while is_taken(name) or name in given.values():
            name += underscore
        given[symbol] = name
    return given


def _indented(lines: Iterable[str]) -> str:
    return "\n".join(f"  {line}" for block in lines for line in block.split("\n"))


@lru_cache(maxsize=64)
def sympy_code(**named: Expr) -> str:
    """Return SymPy source that defines the symbols and each named expression, in textbook form.

    Raises
    ------
    NotImplementedError
        If an expression has a function without a textbook form.
    """
    symbols = sorted({s for expr in named.values() for s in expr.free_symbols}, key=lambda s: str(s.name))
    return _sympy_source(symbols, tuple((Symbol(name), expr) for name, expr in named.items()))


def sympy_program(program: Program) -> str:
    """Return SymPy source that defines a program's inputs as symbols and each step from those before, in textbook form.

    Raises
    ------
    NotImplementedError
        If a step has a function without a textbook form.
    """
    return _sympy_source(program.inputs, program.steps)


def _sympy_source(symbols: Sequence[Symbol], steps: Steps) -> str:
    plain = tuple((name, functions.textbook(expr)) for name, expr in steps)
    everything = (*symbols, *(name for name, _ in plain))
    nameless = _SymPy(dict.fromkeys(everything, "_"))
    words = {word for _, expr in plain for word in re.findall(r"\b[A-Za-z]\w*", nameless.assigned(expr))}
    nameless.helpers({})
    names = _names(everything, {*words, *kwlist, "symbols"}.__contains__)
    lines = [f"from sympy import {', '.join([*sorted(words), 'symbols'])}", ""]
    if symbols:
        lines.append(f'{", ".join(names[s] for s in symbols)} = symbols("{" ".join(s.name for s in symbols)}")')
    return "\n".join([*lines, *_assign(_SymPy(names), plain)])
