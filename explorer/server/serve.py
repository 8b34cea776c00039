"""Serving the application, as `loss-explorer run` does."""

from __future__ import annotations

import os
import time
import urllib.request
import webbrowser
from importlib import import_module
from pathlib import Path
from socket import SO_REUSEADDR, SOL_SOCKET, socket
from threading import Thread

from streamlit.web import cli

from explorer.server import embed


def serve(port: int, *, open_browser: bool = False, page: str = "") -> None:
    """Serve at a port until a signal ends it.

    Parameters
    ----------
    port : int
    open_browser : bool
        Whether a browser opens once the pages are there.
    page : str
        Which page it opens; empty: the first.

    Raises
    ------
    OSError
        If the port cannot be had.
    """
    _refuse()
    with socket() as free:
        free.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))
    if open_browser:
        Thread(target=open_when_served, args=(f"http://127.0.0.1:{port}", page), daemon=True).start()
    # Streamlit's own command takes its settings from the folder of this file, and from the environment before that.
    cli.main(["run", str(Path(__file__).with_name("app.py")), "--server.port", str(port)])


def _refuse() -> None:
    """End the process with a sentence if a variable of the environment is wrong, before Streamlit says that all is there."""
    embed.allowed()
    try:
        offered = import_module("explorer.rows.offered")  # with it what reads the other variables
    except ValueError as error:
        raise SystemExit(str(error)) from None
    folder = os.environ.get(offered.FOLDER)
    if folder and not Path(folder).is_dir():
        raise SystemExit(f"{offered.FOLDER} names a folder of files to offer; there is no folder {folder}.")


def open_when_served(url: str, page: str = "", seconds: float = 60) -> None:
    """Open a page of a server in a browser once it serves, if it does within so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                webbrowser.open(f"{url}/{page}" if page else url)
            return
        except OSError:
            time.sleep(0.2)
