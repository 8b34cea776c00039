"""The command `loss-explorer`, or `python -m explorer`. To add to it: a function here, and its arguments in `parser`.

What a command needs it imports itself: Streamlit comes along only where it is needed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line; each command's function is its `command`."""
    whole = argparse.ArgumentParser(prog="loss-explorer", description="See a loss function.")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")

    running = commands.add_parser("run", help="serve the pages on this machine", description="Serve the pages until Ctrl-C.")
    running.add_argument("--port", type=_port, default=8501, help="where (default: %(default)s)")
    running.add_argument("--open", action="store_true", help="open a browser once the pages are there")
    running.set_defaults(command=run)
    return whole


def _port(text: str) -> int:
    port = int(text) if text.isascii() and text.isdecimal() else 0
    if not 1 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"a port is a whole number from 1 to 65535; got {text!r}.")
    return port


def run(chosen: argparse.Namespace) -> int:
    """Serve the pages on this machine until a signal ends it."""
    from explorer.server import serve

    serve.serve(chosen.port, open_browser=chosen.open)
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; return the exit code."""
    chosen = parser().parse_args(arguments)
    done: int = chosen.command(chosen)
    return done


if __name__ == "__main__":
    sys.exit(main())
