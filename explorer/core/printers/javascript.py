"""JavaScript: programs as functions to take away, and as what redraws a chart in the browser."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from explorer.core.expressions.code import indented
from explorer.core.expressions.javascript import SOURCES, JavaScript, arrow, object_of, read_inputs
from explorer.core.program import Program

__all__ = ["SOURCES", "code", "kernel"]


def code(program: Program, name: str = "loss", outputs: Sequence[str] = ()) -> str:
    """Return a function of numbers with all that it calls, ready to paste: to the output, or an object of outputs."""
    printer = JavaScript(program.symbols, name)
    local = printer.names
    returned = object_of({output: local[output] for output in outputs}) if outputs else local[program.output.name]
    arguments = ", ".join(local[s.name] for s in program.inputs)
    lines = [*printer.assign(program.needed(outputs or [program.output])), f"return {returned};"]
    return "\n\n".join([*printer.helpers(), f"function {name}({arguments}) {{\n{indented(lines)}\n}}"]) + "\n"


def kernel(program: Program, outputs: Sequence[str], sweep: Sequence[str] = (), rows: Iterable[str] = ()) -> str:
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
    return _Kernel(program, outputs, sweep, [name for name in rows if name not in sweep]).source()


class _Kernel:
    """The loops of a kernel: what is computed once, for each point of the sweep, and for each row."""

    def __init__(self, program: Program, outputs: Sequence[str], sweep: Sequence[str], rows: Sequence[str]) -> None:
        self.outputs, self.sweep, self.rows = outputs, sweep, rows
        self.printer = JavaScript(program.symbols)
        self.by_row, self.by_sweep = program.depends(rows), program.depends(sweep)
        self.steps = program.needed(outputs)
        needed = {s for _, expr in self.steps for s in expr.free_symbols} | {program.symbol(name) for name in outputs}
        self.inputs = [s for s in program.inputs if s in needed]
        self.averaged = [name for name in outputs if program.symbol(name) in self.by_row]

    def source(self) -> str:
        """Return the function."""
        local = self.printer.names
        results = {name: f"$mean_{name}" if name in self.averaged else local[name] for name in self.outputs}
        once, point = self.outside(), self.at_each_point()
        if self.averaged:
            ahead, each_row = self.over_rows()
            once, point = [*once, *ahead], [*point, *each_row]
        if self.sweep:
            arrays = [f"const $all_{name} = new Float64Array($n);" for name in self.outputs]
            point += [f"$all_{name}[$i] = {value};" for name, value in results.items()]
            body = [*once, f"const $n = $sweep.{self.sweep[0]}.length;", *arrays, *_for("$i", "$n", point)]
            results = {name: f"$all_{name}" for name in self.outputs}
        else:
            body = [*once, *point]
        return arrow("$inputs, $sweep, $rows", [*self.printer.helpers(), *body, f"return {object_of(results)};"])

    def assigned(self, *, by_sweep: bool, by_row: bool) -> list[str]:
        """Return the steps that depend, and do not, on what is swept and on rows."""
        chosen = [s for s in self.steps if (s[0] in self.by_sweep, s[0] in self.by_row) == (by_sweep, by_row)]
        return self.printer.assign(chosen)

    def read(self, array: str, index: str, names: Sequence[str]) -> list[str]:
        """Return what reads inputs of those names out of arrays."""
        local = self.printer.names
        return [f"const {local[s.name]} = ${array}.{s.name}[${index}];" for s in self.inputs if s.name in names]

    def outside(self) -> list[str]:
        """Return what no loop changes."""
        looped = (*self.sweep, *self.rows)
        given = read_inputs(self.printer, [s for s in self.inputs if s.name not in looped])
        return given + self.assigned(by_sweep=False, by_row=False)

    def at_each_point(self) -> list[str]:
        """Return what a point changes and no row."""
        return self.read("sweep", "i", self.sweep) + self.assigned(by_sweep=True, by_row=False)

    def over_rows(self) -> tuple[list[str], list[str]]:
        """Return what each row says at every point alike, before all points, and the means over the rows at each point."""
        local = self.printer.names
        row, count = self.read("rows", "r", self.rows), f"const $count = $rows.{self.rows[0]}.length;"
        ahead = [s for s in self.steps if s[0] in self.by_row and s[0] not in self.by_sweep] if self.sweep else []
        once: list[str] = []
        if ahead:
            kept = [local[s.name] for s, _ in ahead]
            each = [*row, *self.printer.assign(ahead), *(f"$rows_{name}[$r] = {name};" for name in kept)]
            arrays = [f"const $rows_{name} = new Float64Array($count);" for name in kept]
            once = [count, *arrays, *_for("$r", "$count", each)]
            row += [f"const {name} = $rows_{name}[$r];" for name in kept]
        row += self.assigned(by_sweep=True, by_row=True) if self.sweep else self.assigned(by_sweep=False, by_row=True)
        row += [f"$mean_{name} += {local[name]} / $count;" for name in self.averaged]
        point = [*([] if ahead else [count]), *(f"let $mean_{name} = 0;" for name in self.averaged)]
        return once, [*point, *_for("$r", "$count", row)]


def _for(index: str, count: str, body: Iterable[str]) -> list[str]:
    return [f"for (let {index} = 0; {index} < {count}; {index}++) {{", *(f"  {line}" for line in body), "}"]
