"""Serving the application, as `loss-explorer run` does."""

from __future__ import annotations

import sys
import time
import urllib.request
import webbrowser
from pathlib import Path
from threading import Thread


def serve(port: int, *, open_browser: bool = False) -> None:
    """Serve at a port until a signal ends it.

    Parameters
    ----------
    port : int
    open_browser : bool
        Whether a browser opens once the pages are there.
    """
    # Streamlit takes its settings from the folder of the file that was started, which is to be the one in this package.
    sys.argv = [str(Path(__file__).with_name("app.py"))]
    from explorer.server.app import app

    if open_browser:
        Thread(target=open_when_served, args=(f"http://127.0.0.1:{port}",), daemon=True).start()
    app.run(config={"server.port": port})


def open_when_served(url: str, seconds: float = 60) -> None:
    """Open an address in a browser once it is served, if it is within so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                webbrowser.open(url)
            return
        except OSError:
            time.sleep(0.2)
