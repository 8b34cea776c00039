"""JavaScript: expressions as a browser computes them, and steps as a function."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sympy import Expr, Symbol

from explorer.core.expressions.code import Code, indented, usual

_ROBUST = """\
  const edge = alpha === 2 || Math.abs(alpha) === Infinity;
  const size = edge ? 1 : Math.abs(alpha - 2);
  const z = edge ? 0 : u / size;
  const logarithm = z < 1e17 ? Math.log1p(z) : Math.log(u) - Math.log(size);
  const half = Math.abs(z) < 1e-8 ? u / 2 * (1 - z / 2) : size / 2 * logarithm;
  const exponent = alpha === 2 ? 0 : Math.sign(alpha - 2) * half;
"""
"""What the functions of Barron's general loss begin with."""
_ROBUST_BELOW = """\
  const ratio = edge ? Math.sign(alpha) : alpha / size;
  const power = alpha === 0 ? 0 : ratio * half;
"""
"""What those begin with besides that are another formula for shapes below 1."""

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
    "power_surprise": "const power_surprise = (x, p, q) => (x === 0 ? 0 : (-x * Math.expm1(q * Math.log(p))) / q);",
    "entropy_gap": """\
const entropy_gap = (x, y) => {
  const part = (a, b) => (a === 0 ? 0 : a * Math.log1p((b - a) / (2 * a)));
  return -(part(x, y) + part(y, x)) / 2;
};""",
    "sigmoid": "const sigmoid = (z) => (z < -700 ? Math.exp(z) : 1 / (1 + Math.exp(-z)));",
    "logit": """\
const logit = (p) =>
  Math.abs(p - 0.5) < 0.2 ? Math.log1p((2 * p - 1) / (1 - p)) : Math.log(p) - Math.log1p(-p);""",
    "log_quotient": "const log_quotient = (y) => (y === 1 ? 1 : Math.log(y) / (y - 1));",
    "softplus": "const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));",
    "logistic_loss": """\
const logistic_loss = (t, z) => {
  const size = Math.abs(z);
  const against = z > 0 ? 1 - t : t;
  return (against === 0 ? 0 : against * size) + Math.log1p(Math.exp(-size));
};""",
    "exp_difference": """\
const exp_difference = (x, y) => {
  const d = x - y;
  const part = x - d;
  return Math.exp(d) + (Math.abs(d + 45) < 754 ? Math.exp(d) * ((x - (d + part)) + (part - y)) : 0);
};""",
    "logsumexp": """\
const logsumexp = (...z) => {
  const peak = z.indexOf(Math.max(...z));
  const near = Math.abs(z[peak]) < 0.5;
  const anchor = near ? 0 : z[peak];
  let rest = near ? Math.expm1(z[peak]) : 0;
  for (let i = 0; i < z.length; i++) if (i !== peak) rest += Math.exp(z[i] - anchor);
  return anchor + Math.log1p(rest);
};""",
    "refined": """\
const refined = (y, ...z) => {  // next to 0 by exponentials of twice as many digits
  if (!(Math.abs(y) < 0.5 && Math.max(...z) < -1e-280)) return y;
  const whole = 1124000727777607680000;  // 22!
  let total = -whole;
  let missing = 0;
  const add = (term) => {
    const sum = total + term;
    missing += (total - (sum - (sum - total))) + (term - (sum - total));
    total = sum;
  };
  for (const x of z.map((x) => Math.max(x, -700)).sort((u, v) => v - u)) {
    const k = Math.round(x * 1.4426950408889634);
    const part = x - k * 0.6931471805598903;  // e^x = 2^k e^(f + rest)
    const f = part - k * 5.49792301870721e-14;
    const rest = ((part - f) - k * 5.49792301870721e-14) - k * 1.1612227229362532e-26;
    const high = 134217729 * f - (134217729 * f - f);
    let [p, lost, c] = [f, 0, 1];
    for (let n = 22; n > 1; n--) {  // p + lost becomes 22! (e^f - 1), lost being what sums and products round
      c *= n;
      const s = p + c;
      const big = 134217729 * s - (134217729 * s - s);
      lost = (lost + (p - (s - c))) * f;
      p = s * f;
      lost += ((big * high - p) + big * (f - high) + (s - big) * high) + (s - big) * (f - high);
    }
    const size = 2 ** k;
    add(size * c);
    add(size * p);
    missing += size * (lost + (c + p) * rest);
  }
  return Math.log1p((total + missing) / whole);
};""",
    "log_cosh": """\
const log_cosh = (x) => {
  const size = Math.abs(x);
  const u = x * x;
  const more = 1 + u / 90 * (1 + u / 132 * (1 + u / 182 * (1 + u / 240 * (1 + u / 306))));
  const rest = u / 2 * (1 + u / 12 * (1 + u / 30 * (1 + u / 56 * more)));
  return size < 1 ? Math.log1p(rest) : size + (Math.log1p(Math.exp(-2 * size)) - Math.LN2);
};""",
    "direction": "const direction = (x, ...others) => (x === 0 ? 0 : x / Math.hypot(x, ...others));",
    "general_robust": "const general_robust = (u, alpha) => {\n"
    + _ROBUST
    + _ROBUST_BELOW
    + """\
  if (!(alpha < 1) && u !== Infinity) return u / alpha * Math.exp(exponent) + size / alpha * Math.expm1(exponent);
  return Math.abs(power) < 1e-8 ? half * (1 + power / 2) : Math.expm1(power) / ratio;
};""",
    "general_robust_slope": "const general_robust_slope = (u, alpha) => {\n"
    + _ROBUST
    + """\
  return Math.exp(exponent) / 2;
};""",
    "general_robust_shape_slope": "const general_robust_shape_slope = (u, alpha) => {\n"
    + _ROBUST
    + _ROBUST_BELOW
    + """\
  if (edge) return alpha === 2 && u !== 0 ? Infinity : 0;
  const bend = (logarithm - u / (size + u)) / 2;
  if (!(alpha < 1)) {
    const tilt = 2 * Math.sign(alpha - 2) / alpha * Math.expm1(exponent);
    return (Math.exp(exponent) * ((u + size) * bend - u / alpha) + tilt) / alpha;
  }
  const mean = Math.abs(power) < 1e-8 ? 1 + power / 2 : Math.expm1(power) / power;
  const series = 1 / 2 + power * (1 / 3 + power * (1 / 8 + power * (1 / 30 + power * (1 / 144 + power / 840))));
  const steepness = Math.abs(power) < 0.01 ? series : (Math.exp(power) - mean) / power;
  return half * steepness * (logarithm + ratio * u / (size + u)) / 2 - bend * mean;
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
    "below": "const below = (x, y) => (x < y ? 1 : 0);",
    "at_most": "const at_most = (x, y) => (x <= y ? 1 : 0);",
    "erf": """\
const erf = (x) => {
  const size = Math.abs(x);
  if (size < 1) {
    let [power, sum] = [x, x];
    for (let k = 1; Math.abs(power) > 1e-17 * size; k++) sum += (power *= -x * x / k) / (2 * k + 1);
    return 1.1283791670955126 * sum;
  }
  let fraction = 0;
  for (let k = Math.ceil(20 + 200 / (x * x)); k > 0; k--) fraction = k / 2 / (size + fraction);
  return size < 6 ? Math.sign(x) * (1 - 0.5641895835477563 / (size + fraction) * Math.exp(-x * x)) : Math.sign(x);
};""",
    "erfc": """\
const erfc = (x) => {
  const size = Math.abs(x);
  if (size < 0.5) {
    let [power, sum] = [x, x];
    for (let k = 1; Math.abs(power) > 1e-17 * size; k++) sum += (power *= -x * x / k) / (2 * k + 1);
    return 1 - 1.1283791670955126 * sum;
  }
  if (!(size < 28)) return x > 0 ? 0 : x < 0 ? 2 : x;
  let fraction = 0;
  for (let k = Math.ceil(20 + 200 / (x * x)); k > 0; k--) fraction = k / 2 / (size + fraction);
  const near = Math.floor(262144 * size) / 262144;
  const tail = 0.5641895835477563 / (size + fraction) * Math.exp(-near * near) * Math.exp((near - size) * (near + size));
  return x < 0 ? 2 - tail : tail;
};""",
    "gamma_function": """\
const gamma_function = (x) => {
  const size = Math.abs(x);
  if (size < 1e-300) return 1 / x;
  if (x > 172) return Infinity;
  const y = size < 0.5 ? 1 + size : size;
  let [rest, root] = [1, 1];
  if (y < 24) {
    let z = y;
    for (; z >= 2.5; z--) rest *= z - 1;
    const w = z < 1.5 ? z - 1 : z - 2;
    const logarithm = [
      0.42278433509846713, 0.3224670334241132, -0.06735230105319563, 0.02058080842778338, -0.007385551028935545,
      0.002890510330865901, -0.0011927539009983087, 0.0005096695196526673, -0.00022315497746292723, 9.945761692157133e-5,
      -4.4923727564247656e-5, 2.050601970174762e-5, -9.45628851510172e-6, 4.3828545383846665e-6, -1.9743106888421067e-6,
      9.242852225162277e-7, -5.811277768921246e-7, 2.7475390051909663e-7,
    ].reduceRight((sum, c) => c + w * sum, 0);
    rest *= Math.exp(w * logarithm) / (z < 1.5 ? z : 1);
  } else {
    const s = 1 / y, t = s * s;
    const tail = s * (1 / 12 - t * (1 / 360 - t * (1 / 1260 - t * (1 / 1680 - t * (1 / 1188 - t * 691 / 360360)))));
    root = Math.pow(y, (y - 0.5) / 2);
    rest = 2.5066282746310007 * root * Math.exp(-y) * Math.exp(tail);
  }
  if (size < 0.5) rest /= size;
  if (!(x < 0)) return rest * root;
  const turn = Math.round(x);
  const sine = Math.sin(Math.PI * (x - turn)) * (turn % 2 === 0 ? 1 : -1);
  return sine === 0 ? NaN : Math.PI / sine / (size * rest) / root;
};""",
    "lgamma": """\
const lgamma = (x) => {
  const size = Math.abs(x);
  if (size === Infinity) return Infinity;
  if (size < 1e-20) return -Math.log(size);
  const y = size < 0.5 ? 1 + size : size;
  let whole;
  if (y < 10) {
    let [z, product] = [y, 1];
    for (; z >= 2.5; z--) product *= z - 1;
    const w = z < 1.5 ? z - 1 : z - 2;
    const logarithm = [
      0.42278433509846713, 0.3224670334241132, -0.06735230105319563, 0.02058080842778338, -0.007385551028935545,
      0.002890510330865901, -0.0011927539009983087, 0.0005096695196526673, -0.00022315497746292723, 9.945761692157133e-5,
      -4.4923727564247656e-5, 2.050601970174762e-5, -9.45628851510172e-6, 4.3828545383846665e-6, -1.9743106888421067e-6,
      9.242852225162277e-7, -5.811277768921246e-7, 2.7475390051909663e-7,
    ].reduceRight((sum, c) => c + w * sum, 0);
    whole = w * logarithm - (z < 1.5 ? Math.log1p(w) : 0) + Math.log(product);
  } else {
    const s = 1 / y, t = s * s;
    const tail = s * (1 / 12 - t * (1 / 360 - t * (1 / 1260 - t * (1 / 1680 - t * (1 / 1188 - t * 691 / 360360)))));
    whole = (y - 0.5) * (Math.log(y) - 1) + (0.4189385332046727 + tail);
  }
  if (size < 0.5) whole -= Math.log(size);
  const sine = Math.sin(Math.PI * Math.abs(x - Math.round(x)));
  return x < 0 ? 1.1447298858494002 - Math.log(size * sine) - whole : whole;
};""",
    "digamma": """\
const digamma = (x) => {
  let [y, lower] = [x < 0.5 ? 1 - x : x, 0];
  for (; y < 12; y++) lower += 1 / y;
  const s = 1 / (y * y);
  const tail = [43867 / 14364, -3617 / 8160, 1 / 12, -691 / 32760, 1 / 132, -1 / 240, 1 / 252, -1 / 120, 1 / 12]
    .reduce((sum, c) => s * (c + sum), 0);
  const whole = Math.log(y) - 1 / (2 * y) - tail - lower;
  const angle = Math.PI * (x - Math.round(x));
  return x < 0.5 ? whole - Math.PI / Math.tan(angle) : whole;
};""",
    "trigamma": """\
const trigamma = (x) => {
  let [y, lower] = [x < 0.5 ? 1 - x : x, 0];
  for (; y < 12; y++) lower += 1 / (y * y);
  const s = 1 / (y * y);
  const tail = [43867 / 798, -3617 / 510, 7 / 6, -691 / 2730, 5 / 66, -1 / 30, 1 / 42, -1 / 30, 1 / 6]
    .reduce((sum, c) => s * (c + sum), 0);
  const whole = lower + (1 + 1 / (2 * y) + tail) / y;
  const angle = Math.PI * (x - Math.round(x));
  return x < 0.5 ? (Math.PI / Math.sin(angle)) ** 2 - whole : whole;
};""",
    "tetragamma": """\
const tetragamma = (x) => {
  let [y, lower] = [x < 0.5 ? 1 - x : x, 0];
  for (; y < 12; y++) lower += 2 / (y * y * y);
  const s = 1 / (y * y);
  const tail = [43867 / 42, -3617 / 30, 35 / 2, -691 / 210, 5 / 6, -3 / 10, 1 / 6, -1 / 6, 1 / 2]
    .reduce((sum, c) => s * (c + sum), 0);
  const whole = -lower - (1 + 1 / y + tail) / y / y;
  const angle = Math.PI * (x - Math.round(x));
  return x < 0.5 ? whole - 2 * Math.cos(angle) * (Math.PI / Math.sin(angle)) ** 3 : whole;
};""",
}
"""All but what Math has."""

_WORDS = frozenset(
    """Float64Array Infinity Math NaN arguments await break case catch class const continue debugger default
    delete do else enum eval export extends false finally for function if implements import in instanceof interface
    let new null package private protected public return static super switch this throw true try typeof undefined var
    void while with yield""".split()  # noqa: SIM905
)
"""The language's words, and the globals that printed code uses."""


class JavaScript(Code):
    """Prints JavaScript."""

    language = "JavaScript"
    known_functions = usual("Math.", norm="hypot") | {"Pow": "Math.pow"}
    sources = SOURCES
    constants = {"Infinity": "Infinity", "NaN": "NaN", "Pi": "Math.PI", "Exp1": "Math.E"}
    words = _WORDS
    assignment = "const {} = {};"
    definition = "const {name} = ({arguments}) => {body};"
    mark = "$"  # as in all names of our own: no symbol's name can hold it


def function(inputs: Sequence[Symbol], steps: Sequence[tuple[Symbol, Expr]]) -> str:
    """Return the source of a function from an object of inputs to an object of step values."""
    printer = JavaScript([s.name for s in (*inputs, *(name for name, _ in steps))])
    body = [*read_inputs(printer, inputs), *printer.assign(steps)]
    results = object_of({name.name: printer.names[name.name] for name, _ in steps})
    return arrow("$inputs", [*printer.helpers(), *body, f"return {results};"])


def read_inputs(printer: JavaScript, inputs: Iterable[Symbol]) -> list[str]:
    """Return a line for each input that takes it from the object of inputs."""
    return [f"const {printer.names[s.name]} = $inputs.{s.name};" for s in inputs]


def object_of(values: Mapping[str, str]) -> str:
    """Return an object of printed values."""
    return "{" + ", ".join(f"{name}: {value}" for name, value in values.items()) + "}"


def arrow(arguments: str, lines: Iterable[str]) -> str:
    """Return a function of arguments."""
    return f"({arguments}) => {{\n{indented(lines)}\n}}"
