r"""The macros of LaTeX that are read, by what they mean, and those that are refused, with why."""

from __future__ import annotations

import re

from pylatexenc.macrospec import EnvironmentSpec, LatexContextDb, MacroSpec

from explorer.core.algebra.reading.words import GREEK

ACCENTS = {
    "hat": "hat",
    "widehat": "hat",
    "tilde": "tilde",
    "widetilde": "tilde",
    "bar": "bar",
    "overline": "bar",
    "dot": "dot",
}
LETTERS = (
    "mathbf", "boldsymbol", "bm", "mathit", "mathsf", "mathcal", "mathscr", "mathfrak", "vec", "mathbb",
    "mathds", "mathbbm", "bf",
    "pmb", "symbf", "mathnormal",
)  # fmt: skip
WORDS = (
    "mathrm", "operatorname", "text", "textrm", "textit", "textbf", "textsf", "texttt", "mbox", "rm", "mathtt", "textnormal",
)  # fmt: skip
BODIES = ("boxed", "underbrace", "overbrace", "underline", "mathbin", "mathrel", "mathop", "ensuremath", "mathstrut", "smash")
IGNORED_ARGUMENT = ("label", "tag", "color", "phantom", "hspace", "vspace")
SPACES = (
    ",", ";", ":", "!", ">", " ", "\n", "\t", "quad", "qquad", "enspace", "thinspace", "medspace", "thickspace", "displaystyle",
    "textstyle", "scriptstyle", "limits", "nolimits", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl",
    "Bigr", "biggl", "biggr",
    "Biggl", "Biggr", "nonumber", "notag", "mathopen", "mathclose", "middle", "hfill", "noindent", "relax",
    "null", "strut", "/", "-",
)  # fmt: skip
SIGNS = {
    "cdot": "*", "times": "*", "ast": "*", "odot": "*", "div": "/", "slash": "/", "le": "<=", "leq": "<=", "leqslant": "<=",
    "ge": ">=", "geq": ">=", "geqslant": ">=", "lt": "<", "gt": ">", "ne": "!=", "neq": "!=", "wedge": "&",
    "land": "&", "vee": "or",
    "lor": "or", "{": "{", "}": "}", "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "lparen": "(", "rparen": ")",
    "vert": "|", "mid": "|", "|": "|", "Vert": "|", "colon": ":", "equiv": "==", "triangleq": "==", "coloneqq": "==",
    "coloneq": "==", "doteq": "==", "eqdef": "==",
}  # fmt: skip
GREEK_NAMES = {
    **{word: word for word in GREEK.values()},
    **{f"var{word}": word for word in ("epsilon", "theta", "phi", "rho", "sigma", "kappa", "pi")},
    **{f"var{word}": word for word in ("Gamma", "Delta", "Theta", "Lambda", "Sigma", "Phi", "Psi", "Omega")},
    "ell": "ell",
}
FUNCTIONS = {
    **{word: word for word in (
        "log", "ln", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "max", "min",
    )},
    "lg": "log10",
}  # fmt: skip
SPELLED = {"sgn": "sign", "relu": "relu", "erf": "erf", "Log": "log", "Exp": "exp"}
BIG = {"sum": "sum", "prod": "product", "mathbb E": "mean"}
REFUSED = {
    "partial": "A derivative is not read: write the loss, and differentiate it in a step",
    "nabla": "A derivative is not read: write the loss, and differentiate it in a step",
    "int": "An integral is not read: write what it comes to",
    "lim": "A limit is not read: write the expression, and take its limit in a step",
    "infty": "Infinity is not allowed, as numbers must be finite",
    "over": r"\over is not read: write \frac{a}{b}",
    "arg": r"\arg is not read: write the loss that is minimised",
    "argmin": r"\argmin is not read: write the loss that is minimised",
    "argmax": r"\argmax is not read: write the loss that is minimised",
    **dict.fromkeys(
        ("dots", "cdots", "ldots", "dotsc", "dotsb"), r"Dots are not read: write \sum_{i=1}^{3} x_i, or every term"
    ),
    "pm": r"\pm is two expressions: write one of them with + or -",
    "in": r"\in is not read: write the expression alone",
    "sim": r"\sim is not read: write the expression alone",
    "approx": r"\approx is not read: write what stands right of it alone",
    "propto": r"\propto is not read: write what stands right of it alone",
    "top": "A transpose is not read: write w_1 x_1 + w_2 x_2",
    "intercal": "A transpose is not read: write w_1 x_1 + w_2 x_2",
    "binom": r"\binom is not read: write n!/(k!(n-k)!)",
    "prime": "A prime is no part of a name: write x_1 or dx",
    "lfloor": "Rounding is not read",
    "lceil": "Rounding is not read",
}
COUNTED = ("TP", "FP", "FN", "TN", "tp", "fp", "fn", "tn")
"""Pairs of letters that nobody means as a product: how many are predicted rightly, and wrongly."""
LINES = (
    "aligned", "align", "align*", "equation", "equation*", "gather", "gather*", "gathered", "split", "multline", "multline*",
    "eqnarray", "eqnarray*", "displaymath", "math", "flalign", "flalign*",
)  # fmt: skip
CASES = ("cases", "dcases", "rcases", "array", "cases*", "dcases*")
FRACTIONS = ("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac")
TAKES_ARGUMENTS = {
    **dict.fromkeys((*FRACTIONS, "textcolor"), "{{"),
    **dict.fromkeys((*ACCENTS, *LETTERS, *WORDS, *BODIES, *IGNORED_ARGUMENT), "{"),
    "sqrt": "[{",
}
"""Macros that take arguments, in braces or in brackets that may be left out."""
NORMS = ("1", "2", "F")
"""What stands below a norm; of one number all are its size."""
FONTS = re.compile(rf"\\(?:{'|'.join((*WORDS, *LETTERS))})(?![A-Za-z])|\\[,;:! ]|[{{}}\s]")


def _context() -> LatexContextDb:
    macros = [MacroSpec(name, arguments) for name, arguments in TAKES_ARGUMENTS.items()]
    context = LatexContextDb()
    context.add_context_category("maths", macros=macros, environments=[EnvironmentSpec("array", "{")], specials=[])
    context.set_unknown_macro_spec(MacroSpec(""))
    context.set_unknown_environment_spec(EnvironmentSpec(""))
    return context


CONTEXT = _context()
"""What is known of macros, for pylatexenc."""
