"""What exported files import of PyTorch, JAX and Keras, on NumPy's arrays: enough to run what they print, without slopes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
from scipy import special

from tests.core.printers.engines import TORCH, run, without_imports


class _Function:
    """torch.autograd.Function: forward alone, and backward by hand."""

    @classmethod
    def apply(cls, *arguments: Any) -> Any:
        return cls.forward(SimpleNamespace(save_for_backward=lambda *_: None), *arguments)  # type: ignore[attr-defined]


class _Module:
    """torch.nn.Module."""

    def __call__(self, *arguments: Any) -> Any:
        return self.forward(*arguments)  # type: ignore[attr-defined]


def _one_hot(targets: Any, classes: int, dtype: Any = float) -> Any:
    return np.eye(classes, dtype=dtype)[np.asarray(targets, int)]


def _torch() -> SimpleNamespace:
    functional = SimpleNamespace(**vars(TORCH.nn.functional), one_hot=_one_hot)
    extended = {
        "autograd": SimpleNamespace(Function=_Function),
        "nn": SimpleNamespace(functional=functional, Module=_Module),
        "int64": np.int64,
        "as_tensor": lambda x, dtype=None, device=None: np.asarray(x, dtype),
        "unbind": lambda x, axis: tuple(np.moveaxis(x, axis, 0)),
    }
    return SimpleNamespace(**{**vars(TORCH), **extended})


def _jax() -> SimpleNamespace:
    def custom_jvp(function: Any) -> Any:
        function.defjvp = lambda other: other
        return function

    return SimpleNamespace(
        nn=SimpleNamespace(sigmoid=special.expit, relu=lambda z: np.maximum(z, 0.0), one_hot=_one_hot),
        lax=SimpleNamespace(stop_gradient=lambda z: z),
        custom_jvp=custom_jvp,
    )


def _ops() -> SimpleNamespace:
    of_numpy = (
        "abs arccosh argmax clip exp expm1 floor isfinite isinf log log1p logaddexp max maximum minimum sign sinh "
        "sort sqrt stack sum tanh where zeros_like"
    )
    own = {
        "sigmoid": special.expit,
        "relu": lambda z: np.maximum(z, 0.0),
        "stop_gradient": lambda z: z,
        "convert_to_tensor": lambda x, dtype=None: np.asarray(x, dtype),
        "cast": lambda x, dtype: np.asarray(x, dtype),
        "reshape": np.reshape,
        "shape": np.shape,
        "one_hot": _one_hot,
        "unstack": lambda x, num, axis: tuple(np.moveaxis(x, axis, 0)),
        "custom_gradient": lambda function: lambda *arguments: function(*arguments)[0],
    }
    return SimpleNamespace(**{name: getattr(np, name) for name in of_numpy.split()}, **own)


class _Loss:
    """keras.losses.Loss."""

    def __init__(self, name: str, reduction: str, dtype: Any) -> None:
        self.reduction = reduction

    def __call__(self, targets: Any, scores: Any) -> Any:
        losses = self.call(targets, scores)  # type: ignore[attr-defined]
        return losses if self.reduction == "none" else np.mean(losses)

    def get_config(self) -> dict[str, Any]:
        return {"reduction": self.reduction}


def ran(library: str, source: str) -> dict[str, Any]:
    """Run an exported file of PyTorch, JAX or Keras on a stand-in, and return what it defines."""
    ops = _ops()
    keras = SimpleNamespace(
        losses=SimpleNamespace(Loss=_Loss), saving=SimpleNamespace(register_keras_serializable=lambda: lambda made: made)
    )
    modules: dict[str, Any] = {
        "PyTorch": {"torch": _torch()},
        "JAX": {"jax": _jax(), "jnp": np},
        "Keras": {"keras": keras, "ops": ops},
    }
    allowed = {"PyTorch": ("torch", "math"), "JAX": ("jax", "jax.numpy", "optax"), "Keras": ("keras", "math")}[library]
    kept = without_imports(source, *allowed)
    lines = (
        line for line in kept.splitlines() if not line.startswith(("import keras", "import optax", "from keras import ops"))
    )
    return run("\n".join(lines), **modules[library])
