"""Keras 3, on any of its backends: programs as functions of tensors.

Its operations are called as those of jax.numpy, after which the sources are made. It stands in no list of languages: a loss in
it is an objective's, see `objective.exports.keras`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr

from explorer.core.expressions import python
from explorer.core.expressions.code import usual
from explorer.core.printers import jax
from explorer.core.printers.python import Autograd
from explorer.core.printers.python import function as in_python
from explorer.core.program import Program

_CALLED = {
    "jnp.broadcast_arrays(*x)": "[one + sum(map(ops.zeros_like, x)) for one in x]",
    "jnp.broadcast_arrays(*z)": "[one + sum(map(ops.zeros_like, z)) for one in z]",
    "jnp.broadcast_arrays(*values)": "[one + sum(map(ops.zeros_like, values)) for one in values]",
    "jax.lax.": "ops.",
    "jax.nn.": "ops.",
    "jnp.inf": "math.inf",
    "jnp.": "ops.",
}
"""What JAX calls it -> what Keras does, in the order in which it is replaced."""


def _of_keras(source: str) -> str:
    for other, own in _CALLED.items():
        source = source.replace(other, own)
    return source


SOURCES: dict[str, str] = {name: _of_keras(source) for name, source in jax.SOURCES.items() if "jax.scipy" not in source}
"""As those of JAX; of the functions that scipy.special has Keras has none but erf."""


class _Keras(Autograd):
    language = "Keras"
    known_functions = usual("ops.", **python.ARRAY_FUNCTIONS, erf="erf")
    sources = SOURCES
    constants = {"Infinity": "math.inf", "NaN": "math.nan", "Pi": "math.pi", "Exp1": "math.e"}
    choice = "ops.where({}, {}, {})"
    words = python.WORDS | {"math", "ops", "keras", "log1p"}

    def helpers(self) -> list[str]:
        """Return the sources of what is called, and of what they call."""
        return jax.with_log1p(super().helpers(), _of_keras(jax.LOG1P))

    def _print_refined(self, expr: Expr) -> str:
        return self._print(expr.args[0])  # in the floats of 32 bits that are usual there


def code(program: Program, name: str = "loss", outputs: Sequence[str] = ()) -> str:
    """Return a function of tensors with all that it calls, ready to paste: to the output, or a dict of outputs.

    Raises
    ------
    NotImplementedError
        If a step calls a function that has no Keras source.
    """
    printer = _Keras(program.symbols, name)
    function = in_python(printer, program, name, outputs)
    helpers = printer.helpers()
    needs_math = any("math." in text for text in (*helpers, function))
    imports = "import math\n\nfrom keras import ops" if needs_math else "from keras import ops"
    return "\n\n\n".join([imports, *helpers, function]) + "\n"
