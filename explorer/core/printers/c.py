"""C, as of 1999: programs as functions of doubles."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, Integer

from explorer.core.expressions.code import Code, indented, usual
from explorer.core.program import Program

_ROBUST = """\
  const int edge = alpha == 2.0 || isinf(alpha);
  const double size = edge ? 1.0 : fabs(alpha - 2.0);
  const double z = edge ? 0.0 : u / size;
  const double logarithm = z < 1e17 ? log1p(z) : log(u) - log(size);
  const double half = fabs(z) < 1e-8 ? u / 2.0 * (1.0 - z / 2.0) : size / 2.0 * logarithm;
  const double exponent = alpha == 2.0 ? 0.0 : alpha < 2.0 ? -half : half;
"""
"""What the functions of Barron's general loss begin with."""
_ROBUST_BELOW = """\
  const double ratio = edge ? (alpha < 0.0 ? -1.0 : 1.0) : alpha / size;
  const double power = alpha == 0.0 ? 0.0 : ratio * half;
"""
"""What those begin with besides that are another formula for shapes below 1."""

SOURCES: dict[str, str] = {
    "xlogy": """\
static double xlogy(double x, double y) {
  return x == 0.0 ? 0.0 : x * log(y);
}""",
    "xlog1py": """\
static double xlog1py(double x, double y) {
  return x == 0.0 ? 0.0 : x * log1p(y);
}""",
    "xdivy": """\
static double xdivy(double x, double y) {
  return x == 0.0 ? 0.0 : x / y;
}""",
    "xmuly": """\
static double xmuly(double x, double y) {
  return x == 0.0 ? 0.0 : x * y;
}""",
    "focal": """\
static double focal(double x, double p, double g) {
  return x == 0.0 ? 0.0 : -x * pow(1.0 - p, g) * log(p);
}""",
    "focal_surprise": """\
static double focal_surprise(double x, double s, double g) {
  return x == 0.0 ? 0.0 : x * s * pow(-expm1(-s), g);
}""",
    "focal_slope": """\
static double focal_slope(double x, double s, double g) {
  const double moderate = fmin(fmax(s, 1e-300), 700.0);
  return x == 0.0 ? 0.0 : x * pow(-expm1(-s), g) * (1.0 + g * moderate / expm1(moderate));
}""",
    "power_surprise": """\
static double power_surprise(double x, double p, double q) {
  return x == 0.0 ? 0.0 : -x * expm1(q * log(p)) / q;
}""",
    "entropy_gap": """\
static double entropy_gap(double x, double y) {
  const double over_x = x == 0.0 ? 0.0 : x * log1p((y - x) / (2.0 * x));
  const double over_y = y == 0.0 ? 0.0 : y * log1p((x - y) / (2.0 * y));
  return -(over_x + over_y) / 2.0;
}""",
    "sigmoid": """\
static double sigmoid(double z) {
  return z < -700.0 ? exp(z) : 1.0 / (1.0 + exp(-z));
}""",
    "logit": """\
static double logit(double p) {
  return fabs(p - 0.5) < 0.2 ? log1p((2.0 * p - 1.0) / (1.0 - p)) : log(p) - log1p(-p);
}""",
    "log_quotient": """\
static double log_quotient(double y) {
  return y == 1.0 ? 1.0 : log(y) / (y - 1.0);
}""",
    "softplus": """\
static double softplus(double z) {
  return fmax(z, 0.0) + log1p(exp(-fabs(z)));
}""",
    "logistic_loss": """\
static double logistic_loss(double t, double z) {
  const double against = z > 0.0 ? 1.0 - t : t;
  return (against == 0.0 ? 0.0 : against * fabs(z)) + log1p(exp(-fabs(z)));
}""",
    "exp_difference": """\
static double exp_difference(double x, double y) {
  const double d = x - y, part = x - d;
  return exp(d) + (fabs(d + 45.0) < 754.0 ? exp(d) * ((x - (d + part)) + (part - y)) : 0.0);
}""",
    "logsumexp": """\
static double logsumexp(int count, const double *z) {
  int peak = 0;
  for (int k = 1; k < count; k++) {
    if (z[k] > z[peak]) peak = k;
  }
  const int near = fabs(z[peak]) < 0.5;
  const double anchor = near ? 0.0 : z[peak];
  double rest = near ? expm1(z[peak]) : 0.0;
  for (int k = 0; k < count; k++) {
    if (k != peak) rest += exp(z[k] - anchor);
  }
  return anchor + log1p(rest);
}""",
    "refined": """\
static double refined(int count, const double *z) {  // z[0], next to 0 by exponentials of twice as many digits
  int peak = 1;
  for (int i = 2; i < count; i++) {
    if (z[i] > z[peak]) peak = i;
  }
  if (!(fabs(z[0]) < 0.5 && z[peak] < -1e-280)) return z[0];
  const double whole = 1124000727777607680000.0;  // 22!
  double total = -whole, missing = 0.0;
  for (int i = 0; i < count - 1; i++) {
    const double x = fmax(z[1 + (peak - 1 + i) % (count - 1)], -700.0);
    const double k = floor(x * 1.4426950408889634 + 0.5);
    const double part = x - k * 0.6931471805598903;  // e^x = 2^k e^(f + rest)
    const double f = part - k * 5.49792301870721e-14;
    const double rest = ((part - f) - k * 5.49792301870721e-14) - k * 1.1612227229362532e-26;
    double p = f, lost = 0.0, c = 1.0;
    for (int n = 22; n > 1; n--) {  // p + lost becomes 22! (e^f - 1), lost being what sums and products round
      c *= n;
      const double s = p + c;
      lost = (lost + (p - (s - c))) * f;
      p = s * f;
      lost += fma(s, f, -p);
    }
    const double terms[] = {ldexp(c, (int)k), ldexp(p, (int)k)};
    for (int j = 0; j < 2; j++) {
      const double sum = total + terms[j];
      missing += (total - (sum - (sum - total))) + (terms[j] - (sum - total));
      total = sum;
    }
    missing += ldexp(lost + (c + p) * rest, (int)k);
  }
  return log1p((total + missing) / whole);
}""",
    "log_cosh": """\
static double log_cosh(double x) {
  const double size = fabs(x), u = x * x;
  const double more = 1.0 + u / 90.0 * (1.0 + u / 132.0 * (1.0 + u / 182.0 * (1.0 + u / 240.0 * (1.0 + u / 306.0))));
  const double rest = u / 2.0 * (1.0 + u / 12.0 * (1.0 + u / 30.0 * (1.0 + u / 56.0 * more)));
  return size < 1.0 ? log1p(rest) : size + (log1p(exp(-2.0 * size)) - 0.6931471805599453);
}""",
    "norm": """\
static double norm(int count, const double *x) {
  double length = 0.0;
  for (int k = 0; k < count; k++) length = hypot(length, x[k]);
  return length;
}""",
    "direction": """\
static double direction(int count, const double *x) {
  double length = 0.0;
  for (int k = 0; k < count; k++) length = hypot(length, x[k]);
  return x[0] == 0.0 ? 0.0 : x[0] / length;
}""",
    "general_robust": "static double general_robust(double u, double alpha) {\n"
    + _ROBUST
    + _ROBUST_BELOW
    + """\
  if (!(alpha < 1.0) && !isinf(u)) return u / alpha * exp(exponent) + size / alpha * expm1(exponent);
  return fabs(power) < 1e-8 ? half * (1.0 + power / 2.0) : expm1(power) / ratio;
}""",
    "general_robust_slope": "static double general_robust_slope(double u, double alpha) {\n"
    + _ROBUST
    + """\
  return exp(exponent) / 2.0;
}""",
    "general_robust_shape_slope": "static double general_robust_shape_slope(double u, double alpha) {\n"
    + _ROBUST
    + _ROBUST_BELOW
    + """\
  const double bend = (logarithm - u / (size + u)) / 2.0;
  const double tilt = (alpha < 2.0 ? -2.0 : 2.0) / alpha * expm1(exponent);
  const double mean = fabs(power) < 1e-8 ? 1.0 + power / 2.0 : expm1(power) / power;
  const double first = 1.0 / 8.0 + power * (1.0 / 30.0 + power * (1.0 / 144.0 + power / 840.0));
  const double series = 1.0 / 2.0 + power * (1.0 / 3.0 + power * first);
  const double steepness = fabs(power) < 0.01 ? series : (exp(power) - mean) / power;
  if (edge) return alpha == 2.0 && u != 0.0 ? INFINITY : 0.0;
  if (!(alpha < 1.0)) return (exp(exponent) * ((u + size) * bend - u / alpha) + tilt) / alpha;
  return half * steepness * (logarithm + ratio * u / (size + u)) / 2.0 - bend * mean;
}""",
    "shift": """\
static double shift(int count, const double *z) {
  double largest = z[0];
  for (int k = 1; k < count; k++) {
    if (z[k] > largest || isnan(z[k])) largest = z[k];
  }
  return largest;
}""",
    "argmax": """\
static double argmax(int count, const double *values) {
  int place = 0;
  for (int k = 1; k < count; k++) {
    if (values[k] > values[place]) place = k;
  }
  return place;
}""",
    "positive": """\
static double positive(double z) {
  return z > 0.0 ? 1.0 : 0.0;
}""",
    "relu": """\
static double relu(double z) {
  return z < 0.0 ? 0.0 : z;
}""",
    "leaky_relu": """\
static double leaky_relu(double z) {
  return z < 0.0 ? 0.01 * z : z;
}""",
    "same": """\
static double same(double x, double y) {
  return x == y ? 1.0 : 0.0;
}""",
    "below": """\
static double below(double x, double y) {
  return x < y ? 1.0 : 0.0;
}""",
    "at_most": """\
static double at_most(double x, double y) {
  return x <= y ? 1.0 : 0.0;
}""",
    "digamma": """\
static double digamma(double x) {
  static const double coefficients[] = {
    43867.0 / 14364.0, -3617.0 / 8160.0, 1.0 / 12.0, -691.0 / 32760.0, 1.0 / 132.0, -1.0 / 240.0,
    1.0 / 252.0, -1.0 / 120.0, 1.0 / 12.0
  };
  const double pi = 3.141592653589793, angle = pi * (x - rint(x));
  double y = x < 0.5 ? 1.0 - x : x, lower = 0.0, tail = 0.0;
  for (; y < 12.0; y++) lower += 1.0 / y;
  for (int k = 0; k < 9; k++) tail = (coefficients[k] + tail) / (y * y);
  const double whole = log(y) - 1.0 / (2.0 * y) - tail - lower;
  return x < 0.5 ? whole - pi / tan(angle) : whole;
}""",
    "trigamma": """\
static double trigamma(double x) {
  static const double coefficients[] = {
    43867.0 / 798.0, -3617.0 / 510.0, 7.0 / 6.0, -691.0 / 2730.0, 5.0 / 66.0, -1.0 / 30.0, 1.0 / 42.0,
    -1.0 / 30.0, 1.0 / 6.0
  };
  const double pi = 3.141592653589793, angle = pi * (x - rint(x));
  double y = x < 0.5 ? 1.0 - x : x, lower = 0.0, tail = 0.0;
  for (; y < 12.0; y++) lower += 1.0 / (y * y);
  for (int k = 0; k < 9; k++) tail = (coefficients[k] + tail) / (y * y);
  const double whole = lower + (1.0 + 1.0 / (2.0 * y) + tail) / y;
  return x < 0.5 ? pow(pi / sin(angle), 2.0) - whole : whole;
}""",
    "tetragamma": """\
static double tetragamma(double x) {
  static const double coefficients[] = {
    43867.0 / 42.0, -3617.0 / 30.0, 35.0 / 2.0, -691.0 / 210.0, 5.0 / 6.0, -3.0 / 10.0, 1.0 / 6.0,
    -1.0 / 6.0, 1.0 / 2.0
  };
  const double pi = 3.141592653589793, angle = pi * (x - rint(x));
  double y = x < 0.5 ? 1.0 - x : x, lower = 0.0, tail = 0.0;
  for (; y < 12.0; y++) lower += 2.0 / (y * y * y);
  for (int k = 0; k < 9; k++) tail = (coefficients[k] + tail) / (y * y);
  const double whole = -lower - (1.0 + 1.0 / y + tail) / y / y;
  return x < 0.5 ? whole - 2.0 * cos(angle) * pow(pi / sin(angle), 3.0) : whole;
}""",
    "signum": """\
static double signum(double x) {
  return x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : x;
}""",
    "maximum": """\
static double maximum(double x, double y) {
  return x > y || isnan(x) ? x : y;
}""",
    "minimum": """\
static double minimum(double x, double y) {
  return x < y || isnan(x) ? x : y;
}""",
}
"""All but `least_focal`, and what math.h has: its fmax and fmin hide NaN."""

_SEVERAL = frozenset({"logsumexp", "refined", "norm", "direction", "shift", "argmax"})
"""The functions of any number of arguments: they take the number and an array."""

_WORDS = frozenset(
    """auto bool break case char const constexpr continue default do double else enum extern false float for goto if inline int
    long nullptr register restrict return short signed sizeof static struct switch true typedef typeof union unsigned void
    volatile while alignas alignof asm atomic complex imaginary main noreturn static_assert thread_local unix linux
    log1p hypot fmin fmax fma ldexp isnan isinf isfinite isnormal signbit fpclassify isgreater isgreaterequal isless islessequal
    islessgreater isunordered result I NAN HUGE_VAL HUGE_VALF HUGE_VALL M_E M_PI FLT_EVAL_METHOD""".split()  # noqa: SIM905
)
"""The language's words of today and of 1999, and what math.h, complex.h and compilers define."""


class _C(Code):
    language = "C"
    known_functions = {name: word for name, word in usual(absolute="fabs").items() if name not in SOURCES} | {
        "Pow": "pow", "erf": "erf", "erfc": "erfc", "gamma_function": "tgamma", "lgamma": "lgamma",
    }  # fmt: skip
    sources = SOURCES
    constants = {"Infinity": "INFINITY", "NaN": "NAN"}  # pi and e are no part of the standard
    words = _WORDS
    assignment = "const double {} = {};"
    definition = "static double {name}({arguments}) {{\n  return {body};\n}}"
    parameter = "double {}"

    def arguments(self, expr: Expr) -> list[str]:
        """Print what is given to a function."""
        given = super().arguments(expr)
        return [str(len(given)), f"(double[]){{{', '.join(given)}}}"] if type(expr).__name__ in _SEVERAL else given

    def _print_Integer(self, expr: Integer) -> str:
        return self._quotient(expr.p, 1)  # with its point: 1/3 would be 0


def code(program: Program, name: str = "loss", outputs: Sequence[str] = ()) -> str:
    """Return a function of doubles with all that it calls, ready to paste.

    It returns the program's output, or the one output asked for; several are written to its last argument, `result`.
    """
    printer = _C(program.symbols, name)
    outputs = outputs or [program.output.name]
    used = {s.name for s in program.inputs_of(outputs)}
    arguments = [f"double {printer.names[s.name]}" for s in program.inputs]
    lines = [f"(void){printer.names[s.name]};" for s in program.inputs if s.name not in used]
    lines += printer.assign(program.needed(outputs))
    if len(outputs) == 1:
        kind, before = "double", []
        lines += [f"return {printer.names[outputs[0]]};"]
    else:
        kind, before = "void", [f"// result: {', '.join(outputs)}"]
        arguments += [f"double result[{len(outputs)}]"]
        lines += [f"result[{k}] = {printer.names[output]};" for k, output in enumerate(outputs)]
    function = [*before, f"{kind} {name}({', '.join(arguments) or 'void'}) {{", indented(lines), "}"]
    return "\n\n".join(["#include <math.h>", *printer.helpers(), "\n".join(function)]) + "\n"
