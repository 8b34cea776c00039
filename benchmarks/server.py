"""The application, or another script, on a port of its own: for measurements and for the tests in a browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
STARTING = 120.0
"""Seconds that it may take to start, on a machine that does much else."""
ENDING = 20.0
"""Seconds that it may take to end by itself."""


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A Streamlit server that can be stopped and started again on the same port."""

    def __init__(self, script: str | Path, log: Path | None = None) -> None:
        self.script, self.log = script, log
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        """What starts it, after Python's name."""
        return ["streamlit", "run", str(self.script), "--server.port", str(self.port)]

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", *self.command()]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        with (self.log or Path(os.devnull)).open("a") as errors:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=errors)
        end = time.monotonic() + STARTING
        while self.process.poll() is None and time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"{self.script} ended, or did not answer within {STARTING:g} seconds.")

    def stop(self) -> None:
        """Stop it, by force if it takes longer than ENDING, and wait until it is gone."""
        self.process.terminate()
        try:
            self.process.wait(ENDING)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def logged(self) -> str:
        """Return what it has written to its log so far."""
        return self.log.read_text() if self.log else ""


class Several(Server):
    """The application in several processes behind HAProxy."""

    def __init__(self, processes: int) -> None:
        super().__init__(f"{processes} processes")
        self.processes = processes

    def command(self) -> list[str]:
        """What starts them, after Python's name."""
        return ["deploy.serve", "--processes", str(self.processes), "--port", str(self.port)]


@contextmanager
def serving(script: str | Path | Server = "app.py", log: Path | None = None) -> Iterator[Server]:
    """Run a script or application of this project, or one that imports it, while the context lasts; log takes its errors."""
    server = script if isinstance(script, Server) else Server(script, log)
    try:
        server.start()
        yield server
    finally:
        server.stop()
