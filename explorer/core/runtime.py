"""What a printed program calls: each function of `functions` written in each language, by the same name."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np


def xlogy(x: Any, y: Any) -> Any:
    """x ln y, and 0 where x = 0."""
    return np.where(x == 0, 0.0, x * np.log(np.where(x == 0, 1.0, y)))


def xlog1py(x: Any, y: Any) -> Any:
    """x ln(1 + y), and 0 where x = 0."""
    return np.where(x == 0, 0.0, x * np.log1p(np.where(x == 0, 0.0, y)))


def xdivy(x: Any, y: Any) -> Any:
    """x / y, and 0 where x = 0."""
    return np.where(x == 0, 0.0, x / np.where(x == 0, 1.0, y))


def xmuly(x: Any, y: Any) -> Any:
    """x y, and 0 where x = 0."""
    return np.where(x == 0, 0.0, x * np.where(x == 0, 1.0, y))


def focal(x: Any, p: Any, g: Any) -> Any:
    """-x (1 - p)**g ln p, and 0 where x = 0."""
    return np.where(x == 0, 0.0, -x * (1.0 - p) ** g * np.log(np.where(x == 0, 1.0, p)))


def focal_surprise(x: Any, s: Any, g: Any) -> Any:
    """x s (1 - e^-s)**g, and 0 where x = 0."""
    return np.where(x == 0, 0.0, x * np.where(x == 0, 0.0, s) * (-np.expm1(-s)) ** g)


def focal_slope(x: Any, s: Any, g: Any) -> Any:
    """x (1 - e^-s)**g (1 + g s / (e^s - 1)), and 0 where x = 0."""
    moderate = np.clip(s, 1e-300, 700.0)  # s / (e^s - 1) is 1 below and 0 above
    return np.where(x == 0, 0.0, x * (-np.expm1(-s)) ** g * (1.0 + g * moderate / np.expm1(moderate)))


def sigmoid(z: Any) -> Any:
    """1 / (1 + e^-z)."""
    return 1 / (1 + np.exp(-z))


def logit(p: Any) -> Any:
    """ln(p / (1 - p))."""
    return np.log(p) - np.log1p(-p)


def softplus(z: Any) -> Any:
    """ln(1 + e^z)."""
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def logistic_loss(t: Any, z: Any) -> Any:
    """t ln(1 + e^-z) + (1 - t) ln(1 + e^z)."""
    size = np.abs(z)
    against = np.where(z > 0, 1 - t, t)  # how much of the target is on the other side of 0
    return np.where(against == 0, 0.0, against * size) + np.log1p(np.exp(-size))


def logsumexp(*z: Any) -> Any:
    """ln(e^z1 + e^z2 + ...)."""
    terms = np.stack(np.broadcast_arrays(*z))
    largest = terms.argmax(axis=0)[np.newaxis]
    peak = np.take_along_axis(terms, largest, axis=0)[0]
    others = np.exp(terms - peak)
    np.put_along_axis(others, largest, 0.0, axis=0)
    return peak + np.log1p(others.sum(axis=0))


def shift(*z: Any) -> Any:
    """Return the largest argument."""
    return np.stack(np.broadcast_arrays(*z)).max(axis=0)


def least_focal(g: Any, *x: Any) -> Any:
    """The least sum of x_k (1 - p_k)**g (-ln p_k) over distributions p, by Newton's method on the simplex."""
    g, *coefficients = np.broadcast_arrays(g, *x)
    weights = np.stack(coefficients).astype(float)
    weights = np.where((g == 0) | (weights > 1e-15 * weights.max(axis=0)), weights, 0.0)  # a smaller one leaves another p at 1
    p = weights / np.maximum(weights.sum(axis=0), 1e-300)
    settled = (g == 0) | ((weights > 0).sum(axis=0) < 2)  # then p is the minimum already
    used = (weights > 0) & ~settled
    for _ in range(40):
        q, s = np.where(used, p, 0.5), -np.log(np.where(used, p, 0.5))
        slope = -weights * (1 - q) ** g * (1 / q + g * s / (1 - q))
        bend = weights * (1 - q) ** g * (1 / q**2 + 2 * g / (q * (1 - q)) + g * (g - 1) * s / (1 - q) ** 2)
        give = np.where(used, 1 / np.where(used, bend, 1.0), 0.0)
        step = give * ((give * slope).sum(axis=0) / np.maximum(give.sum(axis=0), 1e-300) - slope)
        room = np.where(step < 0, p / np.where(step < 0, -step, 1.0), (1 - p) / np.where(step > 0, step, 1e-300))
        p = p + np.minimum(1.0, 0.9 * np.where(used, room, np.inf).min(axis=0)) * step
        if np.abs(step).max() < 1e-15:
            break
    return (-weights * (1 - p) ** g * np.log(np.where(weights > 0, p, 1.0))).sum(axis=0)


def argmax(*values: Any) -> Any:
    """The place of the largest argument, counted from 0."""
    return np.stack(np.broadcast_arrays(*values)).argmax(axis=0)


def positive(z: Any) -> Any:
    """1 for z > 0, else 0."""
    return np.where(z > 0, 1.0, 0.0)


def relu(z: Any) -> Any:
    """max(0, z)."""
    return np.maximum(0.0, z)


def leaky_relu(z: Any) -> Any:
    """max(z / 100, z)."""
    return np.maximum(0.01 * z, z)


def same(x: Any, y: Any) -> Any:
    """1 where both are equal, else 0."""
    return np.where(x == y, 1.0, 0.0)


NUMPY: dict[str, Callable[..., Any]] = {
    f.__name__: f
    for f in (
        xlogy, xlog1py, xdivy, xmuly, focal, focal_surprise, focal_slope, sigmoid, logit, softplus, logistic_loss, logsumexp,
        shift, least_focal, argmax, positive, relu, leaky_relu, same,
    )
}  # fmt: skip

JAVASCRIPT: dict[str, str] = {
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


PYTORCH: dict[str, str] = {
    "xlogy": """\
def xlogy(x, y):
    return torch.special.xlogy(x, torch.where(x == 0, 1.0, y))""",
    "xlog1py": """\
def xlog1py(x, y):
    return torch.special.xlog1py(x, torch.where(x == 0, 0.0, y))""",
    "xdivy": """\
def xdivy(x, y):
    return torch.where(x == 0, 0.0, x / torch.where(x == 0, 1.0, y))""",
    "xmuly": """\
def xmuly(x, y):
    return torch.where(x == 0, 0.0, x * torch.where(x == 0, 1.0, y))""",
    "focal": """\
def focal(x, p, g):
    p = torch.where(x == 0, 0.5, p)
    factor = torch.where(p == 1, torch.where(g == 0, 1.0, 0.0), (1 - torch.where(p == 1, 0.5, p)) ** g)
    return -x * factor * torch.log(p)""",
    "focal_surprise": """\
def focal_surprise(x, s, g):
    s = torch.where(x == 0, 1.0, s)
    factor = torch.where(s == 0, torch.where(g == 0, 1.0, 0.0), (-torch.expm1(-torch.where(s == 0, 1.0, s))) ** g)
    return x * factor * s""",
    "focal_slope": """\
def focal_slope(x, s, g):
    moderate = torch.clamp(s, 1e-300, 700.0)
    return torch.where(x == 0, 0.0, x * (-torch.expm1(-s)) ** g * (1 + g * moderate / torch.expm1(moderate)))""",
    "sigmoid": """\
def sigmoid(z):
    return torch.sigmoid(z)""",
    "logit": """\
def logit(p):
    return torch.log(p) - torch.log1p(-p)""",
    "softplus": """\
def softplus(z):  # that of torch.nn.functional rounds to z above 20
    return torch.logaddexp(z, torch.zeros_like(z))""",
    "logistic_loss": """\
def logistic_loss(t, z):
    zero = torch.zeros_like(z)
    shares = ((t, torch.logaddexp(zero, -z)), (1 - t, torch.logaddexp(zero, z)))
    return sum(torch.where(x == 0, 0.0, x * torch.where(x == 0, 1.0, y)) for x, y in shares)""",
    "logsumexp": """\
def logsumexp(*z):  # torch.logsumexp rounds what is small beside the largest term to 0
    terms = torch.sort(torch.stack(torch.broadcast_tensors(*z)), dim=0).values
    return terms[-1] + torch.log1p(torch.sum(torch.exp(terms[:-1] - terms[-1]), dim=0))""",
    "shift": """\
def shift(*z):
    with torch.no_grad():
        return torch.amax(torch.stack(torch.broadcast_tensors(*z)), dim=0)""",
    "argmax": """\
def argmax(*values):
    return torch.argmax(torch.stack(torch.broadcast_tensors(*values)), dim=0)""",
    "positive": """\
def positive(z):
    return torch.where(z > 0, 1.0, 0.0)""",
    "relu": """\
def relu(z):
    return torch.relu(z)""",
    "leaky_relu": """\
def leaky_relu(z):
    return torch.nn.functional.leaky_relu(z, 0.01)""",
    "same": """\
def same(x, y):
    return torch.where(x == y, 1.0, 0.0)""",
}
"""All but `least_focal`. Arguments are tensors. What `torch.where` leaves out is kept finite, or its gradient would be NaN."""

WOLFRAM: dict[str, str] = {
    "xlogy": "xlogy[x_, y_] := If[x == 0, 0, x Log[y]];",
    "xlog1py": "xlog1py[x_, y_] := If[x == 0, 0, x If[Abs[y] < 1/2, 2 ArcTanh[y/(2 + y)], Log[1 + y]]];",
    "xdivy": "xdivy[x_, y_] := If[x == 0, 0, x/y];",
    "xmuly": "xmuly[x_, y_] := If[x == 0, 0, x y];",
    "focal": "focal[x_, p_, g_] := If[x == 0, 0, -x If[g == 0, 1, (1 - p)^g] Log[p]];",
    "focal_surprise": """\
focalSurprise[x_, s_, g_] := If[x == 0, 0, x s If[g == 0, 1, (2 Tanh[s/2]/(1 + Tanh[s/2]))^g]];""",
    "focal_slope": """\
focalSlope[x_, s_, g_] := If[x == 0 || g == 0, x, Module[{t = Tanh[s/2], rate},
  rate = If[s == 0, 1, If[s > 700, 0, s (1 - t)/(2 t)]];
  x (2 t/(1 + t))^g (1 + g rate)
]];""",
    "sigmoid": "sigmoid[z_] := LogisticSigmoid[z];",
    "logit": "logit[p_] := Log[p] - Log[1 - p];",
    "softplus": "softplus[z_] := If[z > 0, z + 2 ArcTanh[1/(1 + 2 Exp[z])], 2 ArcTanh[1/(1 + 2 Exp[-z])]];",
    "logistic_loss": """\
logisticLoss[t_, z_] := If[If[z > 0, 1 - t, t] == 0, 0, If[z > 0, 1 - t, t] Abs[z]] +
  2 ArcTanh[1/(1 + 2 Exp[Abs[z]])];""",
    "logsumexp": """\
logsumexp[z__] := Module[{terms = Sort[{z}], rest},
  rest = Total[Exp[Most[terms] - Last[terms]]];
  Last[terms] + 2 ArcTanh[rest/(2 + rest)]
];""",
    "shift": "shift[z__] := If[VectorQ[{z}, NumericQ], Max[z], 0];",
    "argmax": "argmax[z__] := First[FirstPosition[{z}, Max[z]]] - 1;",
    "positive": "positive[z_] := Boole[z > 0];",
    "relu": "relu[z_] := Max[0, z];",
    "leaky_relu": "leakyRelu[z_] := Max[z/100, z];",
    "same": "same[x_, y_] := Boole[x == y];",
}
"""All but `least_focal`, in names that the language allows. 2 ArcTanh[x/(2 + x)] is ln(1 + x), precise for small x."""


def numpy_source(name: str) -> str:
    """Return the source of a NumPy function of this module, without its annotations, as it stands alone."""
    source = inspect.getsource(NUMPY[name]).replace(": Any", "").replace(" -> Any", "")
    return source.rstrip()
