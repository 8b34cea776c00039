"""Wolfram Language: programs as functions, in exact arithmetic until they are given a number with a point."""

from __future__ import annotations

import re
from collections.abc import Sequence

from explorer.core.expressions.code import CIRCULAR, Code, indented, usual
from explorer.core.program import Program

_ROBUST = """\
[u_, alpha_] := Module[{edge, size, z, logarithm, half, exponent, ratio, power, grown, bend, mean, series, steepness},
  edge = alpha == 2 || Abs[alpha] == Infinity;
  size = If[edge, 1, Abs[alpha - 2]];
  z = If[edge, 0, u/size];
  logarithm = If[z < 1, 2 ArcTanh[z/(2 + z)], If[z < 1.*^17, Log[1 + z], Log[u] - Log[size]]];
  half = If[Abs[z] < 1.*^-8, u/2 (1 - z/2), size/2 logarithm];
  exponent = If[alpha == 2, 0, Sign[alpha - 2] half];
  ratio = If[edge, Sign[alpha], alpha/size];
  power = If[alpha == 0, 0, ratio half];
"""
"""What the functions of Barron's general loss begin with."""

SOURCES: dict[str, str] = {
    "xlogy": "xlogy[x_, y_] := If[x == 0, 0, x Log[y]];",
    "xlog1py": "xlog1py[x_, y_] := If[x == 0, 0, x If[Abs[y] < 1/2, 2 ArcTanh[y/(2 + y)], Log[1 + y]]];",
    "xdivy": "xdivy[x_, y_] := If[x == 0, 0, x/y];",
    "xmuly": "xmuly[x_, y_] := If[x == 0, 0, x y];",
    "focal": "focal[x_, p_, g_] := If[x == 0, 0, -x If[g == 0, 1, (1 - p)^g] Log[p]];",
    "focal_surprise": """\
focalSurprise[x_, s_, g_] := If[x == 0, 0, x s If[g == 0, 1, (2 Tanh[s/2]/(1 + Tanh[s/2]))^g]];""",
    "focal_slope": """\
focalSlope[x_, s_, g_] := If[x == 0 || g == 0, x, Module[{t = Tanh[s/2], rate},
  rate = If[s < 1.*^-300, 1, If[s > 700, 0, s (1 - t)/(2 t)]];
  x (2 t/(1 + t))^g (1 + g rate)
]];""",
    "power_surprise": """\
powerSurprise[x_, p_, q_] := If[x == 0, 0, If[p == 0, x/q, Module[{t = Tanh[q Log[p]/2]}, -2 x t/((1 - t) q)]]];""",
    "entropy_gap": """\
entropyGap[x_, y_] := -(
  If[x == 0, 0, If[y > 3 x, x Log[(x + y)/(2 x)]/2, x ArcTanh[(y - x)/(3 x + y)]]] +
  If[y == 0, 0, If[x > 3 y, y Log[(x + y)/(2 y)]/2, y ArcTanh[(x - y)/(3 y + x)]]]
);""",
    "sigmoid": "sigmoid[z_] := LogisticSigmoid[z];",
    "logit": "logit[p_] := If[Abs[p - 1/2] < 1/5, 2 ArcTanh[2 p - 1], Log[p] - Log[1 - p]];",
    "log_quotient": "logQuotient[y_] := If[y == 1, 1, Log[y]/(y - 1)];",
    "softplus": "softplus[z_] := If[z > 0, z + 2 ArcTanh[1/(1 + 2 Exp[z])], 2 ArcTanh[1/(1 + 2 Exp[-z])]];",
    "logistic_loss": """\
logisticLoss[t_, z_] := If[If[z > 0, 1 - t, t] == 0, 0, If[z > 0, 1 - t, t] Abs[z]] +
  2 ArcTanh[1/(1 + 2 Exp[Abs[z]])];""",
    "exp_difference": """\
expDifference[x_, y_] := Module[{d = x - y, part},
  part = x - d;
  Exp[d] + If[Abs[d + 45] < 754, Exp[d] ((x - (d + part)) + (part - y)), 0]
];""",
    "logsumexp": """\
logsumexp[z__] := Module[{terms = Sort[{z}], peak, anchor, more, rest},
  peak = Last[terms];
  anchor = If[Abs[peak] < 1/2, 0, peak];
  more = If[Abs[peak] < 1/2, 2 Tanh[peak/2]/(1 - Tanh[peak/2]), 0];
  rest = more + Total[Exp[Most[terms] - anchor]];
  anchor + 2 ArcTanh[rest/(2 + rest)]
];""",
    "refined": """\
(* next to 0 of exact numbers *)
refined[y_, z__] := If[MachineNumberQ[y] && Abs[y] < 1/2,
  N[N[Log[Total[Exp[Floor[2^300 {z}]/2^300]]], 80]],
  y
];""",
    "expm1": "expm1[x_] := If[Abs[x] < 1, 2 Tanh[x/2]/(1 - Tanh[x/2]), Exp[x] - 1];",
    "log_cosh": """\
logCosh[x_] := If[Abs[x] < 1, 2 ArcTanh[Sinh[x/2]^2/(1 + Sinh[x/2]^2)],
  Abs[x] + (2 ArcTanh[1/(1 + 2 Exp[2 Abs[x]])] - Log[2])
];""",
    "norm": """\
norm[x__] := Module[{peak = Max[Abs[{x}]]},
  If[peak == 0 || peak == Infinity, peak, peak Sqrt[Total[({x}/peak)^2]]]
];""",
    "direction": """\
direction[x__] := Module[{terms = {x}, peak = Max[Abs[{x}]]},
  If[First[terms] == 0, 0, First[terms]/peak/Sqrt[Total[(terms/peak)^2]]]
];""",
    "general_robust": "generalRobust"
    + _ROBUST
    + """\
  grown = If[alpha < 1, power, exponent];
  grown = If[Abs[grown] < 1, 2 Tanh[grown/2]/(1 - Tanh[grown/2]), Exp[grown] - 1];
  If[alpha < 1,
    If[Abs[power] < 1.*^-8, half (1 + power/2), grown/ratio],
    u/alpha Exp[exponent] + size/alpha grown]
];""",
    "general_robust_slope": "generalRobustSlope"
    + _ROBUST
    + """\
  Exp[exponent]/2
];""",
    "general_robust_shape_slope": "generalRobustShapeSlope"
    + _ROBUST
    + """\
  bend = (logarithm - u/(size + u))/2;
  grown = If[alpha < 1, power, exponent];
  grown = If[Abs[grown] < 1, 2 Tanh[grown/2]/(1 - Tanh[grown/2]), Exp[grown] - 1];
  mean = If[Abs[power] < 1.*^-8, 1 + power/2, grown/power];
  series = 1/2 + power (1/3 + power (1/8 + power (1/30 + power (1/144 + power/840))));
  steepness = If[Abs[power] < 1/100, series, (Exp[power] - mean)/power];
  If[edge, If[alpha == 2, If[u == 0, 0, Infinity], 0],
    If[alpha < 1,
      half steepness (logarithm + ratio u/(size + u))/2 - bend mean,
      (Exp[exponent] ((u + size) bend - u/alpha) + 2 Sign[alpha - 2]/alpha grown)/alpha]]
];""",
    "shift": "shift[z__] := If[VectorQ[{z}, NumericQ], Max[z], 0];",
    "argmax": "argmax[z__] := First[FirstPosition[{z}, Max[z]]] - 1;",
    "positive": "positive[z_] := Boole[z > 0];",
    "relu": "relu[z_] := Max[0, z];",
    "leaky_relu": "leakyRelu[z_] := Max[z/100, z];",
    "same": "same[x_, y_] := Boole[x == y];",
    "below": "below[x_, y_] := Boole[x < y];",
    "at_most": "atMost[x_, y_] := Boole[x <= y];",
    "lgamma": "lgamma[x_] := If[x > 0, LogGamma[x], Log[Abs[Gamma[x]]]];",
    "digamma": "digamma[x_] := PolyGamma[0, x];",
    "trigamma": "trigamma[x_] := PolyGamma[1, x];",
    "tetragamma": "tetragamma[x_] := PolyGamma[2, x];",
}
"""All but `least_focal`, and what the language has itself; in names that it allows.

2 ArcTanh[x/(2 + x)] is ln(1 + x), precise for small x.
"""


class _Wolfram(Code):
    language = "Wolfram Language"
    known_functions = {name: word.capitalize() for name, word in usual().items()} | {
        **{f"a{name}": f"Arc{name.capitalize()}" for name in CIRCULAR},
        "ceiling": "Ceiling",
        "erf": "Erf",
        "erfc": "Erfc",
        "gamma_function": "Gamma",
    }
    sources = SOURCES
    constants = {"Infinity": "Infinity", "NaN": "Indeterminate", "Pi": "Pi", "Exp1": "E"}
    words = frozenset("CDEIKNO")
    power = "^"
    call = "{}[{}]"
    choice = "If[{}, {}, {}]"
    assignment = "{} = {};"
    definition = "{name}[{arguments}] := {body};"
    parameter = "{}_"
    mark = underscore = "$"

    def is_taken(self, word: str) -> bool:
        """Whether no symbol may be called so: the language's own names are words of two letters or more with a capital."""
        return super().is_taken(word) or re.fullmatch(r"[A-Z][A-Za-z]\w*", word) is not None

    def spelled(self, function: str) -> str:
        """Return what the language calls a stable function."""
        return re.sub("_(.)", lambda found: found[1].upper(), function)

    def number(self, value: float) -> str:
        """Return a number as it is written there, exactly."""
        digits, _, power = super().number(value).partition("e")
        if not digits[-1].isdigit():  # Infinity
            return digits
        digits += "" if "." in digits else "."  # without its point it is a whole number, and the power exact
        digits += "`" if len(digits) > 15 else ""  # without its mark a number of many digits is no machine number
        return f"{digits}*^{int(power)}" if power else digits


def code(program: Program, name: str = "loss", outputs: Sequence[str] = ()) -> str:
    """Return a function with all that it calls, ready to paste: to the output, or an Association of outputs.

    A name has $ where the program's has an underscore, and one more at its end where the language has taken it. The keys of
    the Association are the program's names, as text.

    Raises
    ------
    NotImplementedError
        If a step calls a function that has no Wolfram Language source.
    """
    name = name.replace("_", "$")
    printer = _Wolfram(program.symbols, name)
    steps = program.needed(outputs or [program.output])
    results = ", ".join(f'"{output}" -> {printer.names[output]}' for output in outputs)
    body = f"<|{results}|>" if outputs else printer.names[program.output.name]
    if steps:
        local = ", ".join(printer.names[step.name] for step, _ in steps)
        body = f"Module[{{{local}}},\n{indented([*printer.assign(steps), body])}\n]"
    arguments = ", ".join(f"{printer.names[s.name]}_" for s in program.inputs)
    return "\n\n".join([*printer.helpers(), f"{name}[{arguments}] := {body};"]) + "\n"
