"""Loss Explorer: see a loss function as number, gradient, formula and picture at once."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from explorer.core.losses import LOSSES
    from explorer.live.view import LiveView

__all__ = ["LOSSES", "view"]

_PARTS = ("core", "doctor", "lessons", "rows")
"""What may be named after `import explorer` alone, as in `explorer.doctor.diagnose`."""


def __getattr__(name: str) -> Any:
    """Return LOSSES, every loss by its name, or a part of the package, when it is first asked for."""
    if name in _PARTS:
        return import_module(f"{__name__}.{name}")
    if name != "LOSSES":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from explorer.core.losses import LOSSES as losses  # here, as importing any part of the package imports this module

    return losses


def view(address: str, *, rows: Any = None) -> LiveView:
    """Return what an address shows, without a server: `explorer.view("/binary?p=0.2&t=1")`.

    Parameters
    ----------
    address : str
        As a browser has it, with or without a server before it.
    rows : path, table, list of two of them, or Rows
        For /rows and /doctor: somebody's own rows, as `explorer.rows.open_rows` takes them; no address holds those.

    Returns
    -------
    LiveView
        Its numbers, program, charts, texts and code; `to_html()` is a live page of its own. What the address could not give is
        said in `refused`.

    Raises
    ------
    ValueError
        If the address names no page, or the rows cannot be read.

    Examples
    --------
    >>> round(view("/binary?p=0.2&t=1").numbers["L"], 6)
    1.609438
    """
    from explorer.live.view import view as opened  # here, as importing any part of the package imports this module

    return opened(address, rows)
