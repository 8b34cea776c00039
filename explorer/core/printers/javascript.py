"""JavaScript: programs as functions to take away, and as what redraws a chart in the browser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sympy import Symbol

from explorer.core.printers.common import Code, indented, usual

if TYPE_CHECKING:
    from explorer.core.program import Program

SOURCES: dict[str, str] = {
    "xlogy": "const xlogy = (x, y) => (x === 0 ? 0 : x * Math.log(y));",
    "xlog1py": "const xlog1py = (x, y) => (x === 0 ? 0 : x * Math.log1p(y));",
    "xdivy": "const xdivy = (x, y) => (x === 0 ? 0 : x / y);",
    "xmuly": "const xmuly = (x, y) => (x === 0 ? 0 : x * y);",
    "focal": "const focal = (x, p, g) => (x === 0 ? 0 : -x * Math.pow(1 - p, g) * Math.log(p));",
    "focal_surprise": "const focal_surprise = (x, s, g) => (x === 0 ? 0 : x * s * Math.pow(-Math.expm1(-s), g));",
    "focal_slope": """\
const focal_slope = (x, s, g) => {
  if (x === 0) return 0;
  const moderate = Math.min(Math.max(s, 1e-300), 700);
  return x * Math.pow(-Math.expm1(-s), g) * (1 + g * moderate / Math.expm1(moderate));
};""",
    "sigmoid": "const sigmoid = (z) => 1 / (1 + Math.exp(-z));",
    "logit": "const logit = (p) => Math.log(p) - Math.log1p(-p);",
    "log_quotient": "const log_quotient = (y) => (y === 1 ? 1 : Math.log(y) / (y - 1));",
    "softplus": "const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));",
    "logistic_loss": """\
const logistic_loss = (t, z) => {
  const size = Math.abs(z);
  const against = z > 0 ? 1 - t : t;
  return (against === 0 ? 0 : against * size) + Math.log1p(Math.exp(-size));
};""",
    "logsumexp": """\
const logsumexp = (...z) => {
  const peak = z.indexOf(Math.max(...z));
  let rest = 0;
  for (let i = 0; i < z.length; i++) if (i !== peak) rest += Math.exp(z[i] - z[peak]);
  return z[peak] + Math.log1p(rest);
};""",
    "shift": "const shift = Math.max;",
    "least_focal": """\
const least_focal = (g, ...x) => {
  const used = x.filter((w) => w > (g === 0 ? 0 : 1e-15 * Math.max(...x)));
  const total = used.reduce((sum, w) => sum + w, 0);
  let p = used.map((w) => w / total);
  const loss = () => used.reduce((sum, w, k) => sum - w * Math.pow(1 - p[k], g) * Math.log(p[k]), 0);
  if (g === 0 || used.length < 2) return loss();
  for (let turn = 0; turn < 40; turn++) {
    let [top, bottom] = [0, 0];
    const parts = p.map((q, k) => {
      const [s, scale] = [-Math.log(q), used[k] * Math.pow(1 - q, g)];
      const slope = -scale * (1 / q + g * s / (1 - q));
      const give = 1 / (scale * (1 / (q * q) + 2 * g / (q * (1 - q)) + g * (g - 1) * s / ((1 - q) * (1 - q))));
      top += give * slope;
      bottom += give;
      return [give, slope];
    });
    const step = parts.map(([give, slope]) => give * (top / bottom - slope));
    const room = step.map((d, k) => (d < 0 ? p[k] / -d : (1 - p[k]) / Math.max(d, 1e-300)));
    const share = Math.min(1, 0.9 * Math.min(...room));
    p = p.map((q, k) => q + share * step[k]);
  }
  return loss();
};""",
    "argmax": "const argmax = (...values) => values.indexOf(Math.max(...values));",
    "positive": "const positive = (z) => (z > 0 ? 1 : 0);",
    "relu": "const relu = (z) => (z < 0 ? 0 : z);",
    "leaky_relu": "const leaky_relu = (z) => (z < 0 ? 0.01 * z : z);",
    "same": "const same = (x, y) => (x === y ? 1 : 0);",
}
"""All but what Math has."""

_WORDS = frozenset(
    """Float64Array Infinity Math NaN arguments await break case catch class const continue debugger default delete do else enum
    eval export extends false finally for function if implements import in instanceof interface let new null package private
    protected public return static super switch this throw true try typeof undefined var void while with yield""".split()  # noqa: SIM905  # shorter than sixty quoted words
)
"""The language's words, and the globals that printed code uses."""


class _JavaScript(Code):
    language = "JavaScript"
    known_functions = usual("Math.") | {"Pow": "Math.pow"}
    sources = SOURCES
    constants = {"Infinity": "Infinity", "NaN": "NaN", "Pi": "Math.PI", "Exp1": "Math.E"}
    words = _WORDS
    assignment = "const {} = {};"
    mark = "$"  # as in all names of our own: no symbol's name can hold it


def code(program: Program, name: str = "loss", outputs: Sequence[str] = ()) -> str:
    """Return a function of numbers with all that it calls, ready to paste: to the output, or an object of outputs."""
    printer = _JavaScript(program.symbols, name)
    local = printer.names
    returned = _object({output: local[output] for output in outputs}) if outputs else local[program.output.name]
    arguments = ", ".join(local[s.name] for s in program.inputs)
    lines = [*printer.assign(program.needed(outputs or [program.output])), f"return {returned};"]
    return "\n\n".join([*printer.helpers(), f"function {name}({arguments}) {{\n{indented(lines)}\n}}"]) + "\n"


def function(program: Program) -> str:
    """Return the source of a function from an object of inputs to an object of step values."""
    printer = _JavaScript(program.symbols)
    body = [*_read_inputs(printer, program.inputs), *printer.assign(program.steps)]
    results = _object({step.name: printer.names[step.name] for step, _ in program.steps})
    return _arrow("$inputs", [*printer.helpers(), *body, f"return {results};"])


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
    printer = _JavaScript(program.symbols)
    local = printer.names
    rows = [name for name in rows if name not in sweep]
    by_row = program.depends(rows)
    by_sweep = program.depends(sweep)
    by_point = by_sweep | by_row
    steps = program.needed(outputs)
    needed = {s for _, expr in steps for s in expr.free_symbols} | {program.symbol(name) for name in outputs}
    averaged = [name for name in outputs if program.symbol(name) in by_row]
    looped = [s for s in program.inputs if s in needed and (s.name in sweep or s.name in rows)]

    once = _read_inputs(printer, [s for s in program.inputs if s in needed and s not in looped])
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
    return _arrow("$inputs, $sweep, $rows", [*printer.helpers(), *body, f"return {_object(results)};"])


def _for(index: str, count: str, body: Iterable[str]) -> list[str]:
    return [f"for (let {index} = 0; {index} < {count}; {index}++) {{", *(f"  {line}" for line in body), "}"]


def _read_inputs(printer: _JavaScript, inputs: Iterable[Symbol]) -> list[str]:
    return [f"const {printer.names[s.name]} = $inputs.{s.name};" for s in inputs]


def _object(values: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in values.items()) + "}"


def _arrow(arguments: str, lines: Iterable[str]) -> str:
    return f"({arguments}) => {{\n{indented(lines)}\n}}"
