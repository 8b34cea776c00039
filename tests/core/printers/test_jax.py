"""JAX: source in the double precision that the programs need. That it computes the same, `test_languages` says."""

from __future__ import annotations

from sympy import Symbol, sqrt, symbols

from explorer.core.functions import maximum, softplus
from explorer.core.printers import jax, pytorch
from explorer.core.program import Program
from tests.core.printers.shared import L

x, y = symbols("x y")


def test_jax_reads_step_by_step() -> None:
    program = Program((x, y), ((Symbol("jax"), softplus(x) / sqrt(2)), (L, maximum(Symbol("jax"), 0) * y))).gradient(["y"])
    assert jax.code(program, "cost", ["L", "d_y"]).splitlines() == [
        "import jax",
        "import jax.numpy as jnp",
        "",
        'jax.config.update("jax_enable_x64", True)',
        "",
        "",
        "def softplus(z):",
        "    return jnp.logaddexp(z, 0.0)",
        "",
        "",
        "def cost(x, y):",
        "    jax_ = (1/2)*jnp.sqrt(2)*softplus(x)",
        "    L = y*jnp.maximum(jax_, 0)",
        "    d_y = jnp.maximum(jax_, 0)",
        '    return {"L": L, "d_y": d_y}',
    ]


def test_jax_and_pytorch_define_the_same_functions_but_the_gamma_that_jax_has() -> None:
    assert [name for name in pytorch.SOURCES if name != "gamma_function"] == list(jax.SOURCES)
