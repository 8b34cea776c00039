"""The files of the browser scripts, and where a page finds them."""

from __future__ import annotations

from pathlib import Path

import plotly

FOLDER = Path(__file__).parent
ASSETS = "live"
"""The path under which the application serves that script, and Plotly's."""
BUILT = FOLDER / "built"
"""The scripts as a browser gets them, each with what it imports: `make scripts` builds them from `scripts/`."""
LIVE = BUILT / "live.js"
"""The script of the live charts."""

PLOTLY = FOLDER / "vendor" / "plotly-cartesian.min.js"
"""Plotly.js with the traces in two dimensions, the third of it, from npm's plotly.js-cartesian-dist-min."""
PLOTLY_WHOLE = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
"""All of Plotly.js, for traces in three dimensions."""


def address(path: Path) -> str:
    """Return where a page finds a file of this folder or of Plotly, relative to the application's root."""
    version = f"?v={plotly.__version__}" if path in (PLOTLY, PLOTLY_WHOLE) else ""
    return f"{ASSETS}/{path.name}{version}"


def script(name: str) -> str:
    """Return the source of a script that a component sends, or a page without a server holds."""
    return (BUILT / f"{name}.js").read_text(encoding="utf-8")
