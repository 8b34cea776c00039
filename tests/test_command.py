"""The command line: what it accepts, and what it brings along."""

from __future__ import annotations

import subprocess
import sys
import webbrowser
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from benchmarks.server import ROOT, free_port
from explorer.__main__ import main
from explorer.server.serve import open_when_served


class Healthy(BaseHTTPRequestHandler):
    """Answers whatever is asked of it."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Write nothing."""


def test_the_command_is_read_without_streamlit() -> None:
    script = "import sys, explorer.__main__; print(*{module.partition('.')[0] for module in sys.modules})"
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "argparse" in told.stdout.split()
    assert {"streamlit", "plotly", "sympy"}.isdisjoint(told.stdout.split())


@pytest.mark.parametrize("port", ["0", "65536", "-1", "8501.0", "eight", "٨"])
def test_what_is_no_port_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["run", f"--port={port}"])
    assert refused.value.code == 2
    assert f"a port is a whole number from 1 to 65535; got {port!r}." in capsys.readouterr().err


def test_a_browser_opens_once_the_pages_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    url = f"http://127.0.0.1:{free_port()}"
    open_when_served(url, seconds=0.3)
    assert opened == []
    with HTTPServer(("127.0.0.1", int(url.rpartition(":")[2])), Healthy) as server:
        Thread(target=server.handle_request).start()
        open_when_served(url, seconds=10)
    assert opened == [url]
