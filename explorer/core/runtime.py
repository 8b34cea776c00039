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


def sigmoid(z: Any) -> Any:
    """1 / (1 + e^-z)."""
    return 1 / (1 + np.exp(-z))


def logit(p: Any) -> Any:
    """ln(p / (1 - p))."""
    return np.log(p) - np.log1p(-p)


def softplus(z: Any) -> Any:
    """ln(1 + e^z)."""
    return np.logaddexp(0.0, z)


def logsumexp(*z: Any) -> Any:
    """ln(e^z1 + e^z2 + ...)."""
    terms = np.sort(np.stack(np.broadcast_arrays(*z)), axis=0)
    return terms[-1] + np.log1p(np.exp(terms[:-1] - terms[-1]).sum(axis=0))


def shift(*z: Any) -> Any:
    """Return the largest argument."""
    return np.stack(np.broadcast_arrays(*z)).max(axis=0)


NUMPY: dict[str, Callable[..., Any]] = {
    f.__name__: f for f in (xlogy, xlog1py, xdivy, xmuly, sigmoid, logit, softplus, logsumexp, shift)
}

JAVASCRIPT: dict[str, str] = {
    "xlogy": "const xlogy = (x, y) => (x === 0 ? 0 : x * Math.log(y));",
    "xlog1py": "const xlog1py = (x, y) => (x === 0 ? 0 : x * Math.log1p(y));",
    "xdivy": "const xdivy = (x, y) => (x === 0 ? 0 : x / y);",
    "xmuly": "const xmuly = (x, y) => (x === 0 ? 0 : x * y);",
    "sigmoid": "const sigmoid = (z) => 1 / (1 + Math.exp(-z));",
    "logit": "const logit = (p) => Math.log(p) - Math.log1p(-p);",
    "softplus": "const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));",
    "logsumexp": """\
const logsumexp = (...z) => {
  const peak = z.indexOf(Math.max(...z));
  let rest = 0;
  for (let i = 0; i < z.length; i++) if (i !== peak) rest += Math.exp(z[i] - z[peak]);
  return z[peak] + Math.log1p(rest);
};""",
    "shift": "const shift = Math.max;",
}


def numpy_source(name: str) -> str:
    """Return the source of a NumPy function of this module, without its annotations, as it stands alone."""
    source = inspect.getsource(NUMPY[name]).replace(": Any", "").replace(" -> Any", "")
    return source.rstrip()
