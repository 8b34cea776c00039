"""PyTorch: programs as functions of tensors that autograd can differentiate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sympy import Expr

from explorer.core import functions
from explorer.core.expressions import python
from explorer.core.expressions.code import usual
from explorer.core.functions import StableFunction
from explorer.core.printers.alike import alike
from explorer.core.printers.python import Autograd
from explorer.core.printers.python import function as in_python
from explorer.core.program import Program

SOURCES: dict[str, str] = alike("torch.") | {
    "xlog1py": """\
def xlog1py(x, y):
    return x * torch.log1p(torch.where((x != 0) | ((y > -1) & (y < torch.inf)), y, 0.0))""",
    "focal_slope": """\
def focal_slope(x, s, g):
    moderate = torch.clamp(s, 1e-300, 700.0)
    return torch.where(x == 0, 0.0, x * (-torch.expm1(-s)) ** g * (1 + g * moderate / torch.expm1(moderate)))""",
    "entropy_gap": """\
def entropy_gap(x, y):
    a, b = torch.where(x == 0, 1.0, x), torch.where(y == 0, 1.0, y)
    over_x = torch.where(x == 0, 0.0, x * torch.log1p((y - x) / (2 * a)))
    over_y = torch.where(y == 0, 0.0, y * torch.log1p((x - y) / (2 * b)))
    return -(over_x + over_y) / 2""",
    "sigmoid": """\
def sigmoid(z):
    return torch.where(z < -40, torch.exp(torch.clamp(z, max=-40.0)), torch.sigmoid(z))""",
    "logit": """\
def logit(p):
    middle = torch.abs(p - 0.5) < 0.2
    inner, outer = torch.where(middle, p, 0.5), torch.where(middle, 0.1, p)
    near = torch.log1p((2 * inner - 1) / (1 - inner))
    return torch.where(middle, near, torch.log(outer) - torch.log1p(-outer))""",
    "softplus": """\
def softplus(z):  # that of torch.nn.functional rounds to z above 20
    return torch.logaddexp(z, torch.zeros_like(z))""",
    "logistic_loss": """\
def logistic_loss(t, z):
    zero = torch.zeros_like(z)
    shares = ((t, torch.logaddexp(zero, -z)), (1 - t, torch.logaddexp(zero, z)))
    return sum(x * torch.where((x != 0) | torch.isfinite(y), y, 1.0) for x, y in shares)""",
    "exp_difference": """\
def exp_difference(x, y):
    d = x - y
    part = x - d
    lost = torch.where(torch.abs(d + 45) < 754, (x - (d + part)) + (part - y), 0.0)
    return torch.exp(d) + torch.exp(torch.clamp(d, max=709.0)) * torch.detach(lost)""",
    "logsumexp": """\
def logsumexp(*z):  # torch.logsumexp rounds what is small beside the largest term to 0
    terms = torch.sort(torch.stack(torch.broadcast_tensors(*z)), dim=0).values
    peak = terms[-1]
    near = torch.abs(peak) < 0.5
    anchor = torch.where(near, 0.0, peak)
    rest = torch.sum(torch.exp(terms[:-1] - anchor), dim=0)
    return anchor + torch.log1p(torch.expm1(torch.where(near, peak, 0.0)) + rest)""",
    "refined": """\
def refined(y, *z):  # next to 0 by exponentials of twice as many digits
    with torch.no_grad():
        x = torch.clamp(torch.stack(torch.broadcast_tensors(*z, y)[:-1]), min=-700.0)
        x = -torch.sort(-torch.asarray(x, dtype=torch.float64), dim=0).values
        k = torch.round(x * 1.4426950408889634)
        part = x - k * 0.6931471805598903  # e^x = 2^k e^(f + rest)
        f = part - k * 5.49792301870721e-14
        rest = ((part - f) - k * 5.49792301870721e-14) - k * 1.1612227229362532e-26
        high = 134217729 * f - (134217729 * f - f)
        p, lost, c = f, 0.0, 1.0
        for n in range(22, 1, -1):  # p + lost becomes 22! (e^f - 1), lost being what sums and products round
            c *= n
            s = p + c
            lost = (lost + (p - (s - c))) * f
            p = s * f
            big = 134217729 * s - (134217729 * s - s)
            lost = lost + (((big * high - p) + big * (f - high) + (s - big) * high) + (s - big) * (f - high))
        size = torch.pow(2.0, k)
        total, missing = -c, torch.sum(size * (lost + (c + p) * rest), dim=0)
        for term in (*(size * c), *(size * p)):
            s = total + term
            missing = missing + ((total - (s - (s - total))) + (term - (s - total)))
            total = s
        more = torch.where((torch.abs(y) < 0.5) & (x[0] < -1e-280), torch.log1p((total + missing) / c) - y, 0.0)
    return y + torch.asarray(more, dtype=y.dtype)""",
    "norm": """\
def norm(*x):
    terms = torch.stack(torch.broadcast_tensors(*x))
    with torch.no_grad():
        peak = torch.amax(torch.abs(terms), dim=0)
    scale = torch.where((peak > 0) & (peak < torch.inf), peak, 1.0)
    squares = torch.where(peak == 0, 1.0, torch.sum((terms / scale) ** 2, dim=0))
    return torch.where(peak == 0, 0.0, scale * torch.sqrt(squares))""",
    "direction": """\
def direction(*x):
    terms = torch.stack(torch.broadcast_tensors(*x))
    with torch.no_grad():
        peak = torch.amax(torch.abs(terms), dim=0)
    scale = torch.where((peak > 0) & (peak < torch.inf), peak, 1.0)
    squares = torch.where(peak == 0, 1.0, torch.sum((terms / scale) ** 2, dim=0))
    return terms[0] / scale / torch.sqrt(squares)""",
    "shift": """\
def shift(*z):
    with torch.no_grad():
        return torch.amax(torch.stack(torch.broadcast_tensors(*z)), dim=0)""",
    "argmax": """\
def argmax(*values):
    return torch.argmax(torch.stack(torch.broadcast_tensors(*values)), dim=0)""",
    "relu": """\
def relu(z):
    return torch.relu(z)""",
    "leaky_relu": """\
def leaky_relu(z):
    return torch.nn.functional.leaky_relu(z, 0.01)""",
    "gamma_function": """\
def gamma_function(x):
    size = torch.exp(torch.lgamma(x))
    return torch.where((x < 0) & (torch.floor(x / 2) * 2 != torch.floor(x)), -size, size)""",
    "trigamma": """\
def trigamma(x):
    return torch.polygamma(1, x)""",
    "tetragamma": """\
def tetragamma(x):
    return torch.polygamma(2, x)""",
    "where": """\
def where(holds, then, otherwise, *given):  # no slope comes out of a branch where it is not taken, not even NaN
    still = [torch.detach(x) for x in given]
    a = then(*(torch.where(holds, x, s) for x, s in zip(given, still)))
    b = otherwise(*(torch.where(holds, s, x) for x, s in zip(given, still)))
    return torch.where(holds, a, b)""",
}
"""All but `least_focal`, and what torch has itself. Arguments are tensors.

`torch.where` puts in a number where 0 is multiplied by what has no finite value, and only there: elsewhere 0 has its slope.
"""


def _is_plain(expr: Any) -> bool:
    """Whether there is no tensor in expr, so that torch's own functions would refuse it."""
    return isinstance(expr, Expr) and bool(expr.is_number) and not expr.has(StableFunction)


class _Plain(python.Python):
    """Prints what holds no tensor."""

    language = "PyTorch"
    known_functions = usual("math.", ceiling="ceil")
    constants = {"Infinity": "math.inf", "NaN": "math.nan", "Pi": "math.pi", "Exp1": "math.e"}


class _PyTorch(Autograd):
    language = "PyTorch"
    known_functions = usual(
        "torch.", maximum="maximum", minimum="minimum", erf="erf", erfc="erfc", lgamma="lgamma", digamma="digamma"
    )
    sources = SOURCES
    constants = _Plain.constants
    choice = "torch.where({}, {}, {})"
    words = python.WORDS | {"math", "torch"}

    def _print(self, expr: Any, **options: Any) -> str:
        return _Plain()._print(expr) if _is_plain(expr) else super()._print(expr, **options)

    def arguments(self, expr: Expr) -> list[str]:
        """Print what is given to a function: tensors, but that one can be compared to a plain number."""
        if isinstance(expr, functions.same) and expr.free_symbols:
            return super().arguments(expr)
        return [self.assigned(argument) for argument in expr.args]

    def compared(self, x: Expr, sign: str, y: Expr) -> str:
        """Print a comparison, of at least one tensor."""
        return f"{self._print(x) if y.free_symbols else self.assigned(x)} {sign} {self._print(y)}"

    def assigned(self, expr: Expr) -> str:
        """Print what a step is set to: a tensor."""
        text = self._print(expr)
        return f"torch.tensor({text}, dtype=torch.float64)" if _is_plain(expr) else text


def code(program: Program, name: str = "loss", outputs: Sequence[str] = ()) -> str:
    """Return a function of tensors with all that it calls, ready to paste: to the output, or a dict of outputs.

    Raises
    ------
    NotImplementedError
        If a step calls a function that has no PyTorch source.
    """
    printer = _PyTorch(program.symbols, name)
    function = in_python(printer, program, name, outputs)
    body = "\n\n\n".join([*printer.helpers(), function])
    imports = "import math\n\nimport torch" if re.search(r"\bmath\.", body) else "import torch"
    return f"{imports}\n\n\n{body}\n"
