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
    printer = JavaScript(program.symbols)
    local = printer.names
    rows = [name for name in rows if name not in sweep]
    by_row = program.depends(rows)
    by_sweep = program.depends(sweep)
    by_point = by_sweep | by_row
    steps = program.needed(outputs)
    needed = {s for _, expr in steps for s in expr.free_symbols} | {program.symbol(name) for name in outputs}
    averaged = [name for name in outputs if program.symbol(name) in by_row]
    looped = [s for s in program.inputs if s in needed and (s.name in sweep or s.name in rows)]

    once = read_inputs(printer, [s for s in program.inputs if s in needed and s not in looped])
    once += printer.assign([s for s in steps if s[0] not in by_point])
    point = [f"const {local[s.name]} = $sweep.{s.name}[$i];" for s in looped if s.name in sweep]
    point += printer.assign([s for s in steps if s[0] in by_sweep and s[0] not in by_row])
    if averaged:
        first = next(iter(rows))
        row = [f"const {local[s.name]} = $rows.{s.name}[$r];" for s in looped if s.name in rows]
        count = [f"const $count = $rows.{first}.length;"]
        ahead = [s for s in steps if s[0] in by_row and s[0] not in by_sweep] if sweep else []
        if ahead:  # what each row says at every point alike
            kept = [local[s.name] for s, _ in ahead]
            each_row = [*row, *printer.assign(ahead), *(f"$rows_{name}[$r] = {name};" for name in kept)]
            once += [
                *count,
                *(f"const $rows_{name} = new Float64Array($count);" for name in kept),
                *_for("$r", "$count", each_row),
            ]
            row += [f"const {name} = $rows_{name}[$r];" for name in kept]
        else:
            point += count
        row += printer.assign([s for s in steps if s[0] in by_row and (not sweep or s[0] in by_sweep)])
        row += [f"$mean_{name} += {local[name]} / $count;" for name in averaged]
        point += [f"let $mean_{name} = 0;" for name in averaged]
        point += _for("$r", "$count", row)
    results = {name: f"$mean_{name}" if name in averaged else local[name] for name in outputs}
    if sweep:
        arrays = [f"const $all_{name} = new Float64Array($n);" for name in outputs]
        point += [f"$all_{name}[$i] = {value};" for name, value in results.items()]
        body = [*once, f"const $n = $sweep.{sweep[0]}.length;", *arrays, *_for("$i", "$n", point)]
        results = {name: f"$all_{name}" for name in outputs}
    else:
        body = [*once, *point]
    return arrow("$inputs, $sweep, $rows", [*printer.helpers(), *body, f"return {object_of(results)};"])


def _for(index: str, count: str, body: Iterable[str]) -> list[str]:
    return [f"for (let {index} = 0; {index} < {count}; {index}++) {{", *(f"  {line}" for line in body), "}"]
