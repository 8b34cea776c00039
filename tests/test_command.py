"""The command line: what it accepts, and what it brings along."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import time
import webbrowser
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

import explorer
from benchmarks.server import ROOT, free_port
from explorer.__main__ import main
from explorer.core.algebra import budget
from explorer.rows import offered
from explorer.server import serve
from explorer.server.serve import open_when_served
from explorer.views.export import numbers_json
from explorer.views.rows import data


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


def test_a_port_that_is_taken_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    served: list[object] = []
    monkeypatch.setattr("streamlit.web.cli.main", served.append)
    with HTTPServer(("127.0.0.1", 0), Healthy) as server:
        port = server.server_address[1]
        assert main(["run", "--port", str(port)]) == 2
    assert capsys.readouterr().err == f"Port {port} cannot be had; choose another by --port.\n"
    assert served == []
    assert main(["run", "--port", str(port)]) == 0
    assert len(served) == 1


def test_a_folder_of_rows_that_there_is_not_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("streamlit.web.cli.main", lambda _: None)
    monkeypatch.setenv(offered.FOLDER, str(tmp_path / "none"))
    with pytest.raises(SystemExit, match=r"^LOSS_EXPLORER_ROWS names a folder of files to offer; there is no folder .*none\.$"):
        serve.serve(free_port())
    monkeypatch.setenv(offered.FOLDER, str(tmp_path))
    serve.serve(free_port())


@pytest.mark.parametrize("text", ["abc", "0", "-1", "nan", "inf"])
def test_what_is_no_time_for_an_operation_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^LOSS_EXPLORER_SECONDS is how many seconds .* may take, such as 10; got '.*'\.$"):
        budget.seconds(text)
    assert budget.seconds("12") == 12


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["publish"], "the following arguments are required: OUT\n"),
        (["publish", "out", "--app", "explorer"], "address such as https://explorer.example.org; got 'explorer'.\n"),
    ],
)
def test_what_is_wrong_on_the_command_line_is_said(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        main(arguments)
    assert refused.value.code == 2
    assert capsys.readouterr().err.endswith(sentence)


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


@pytest.mark.parametrize("address", ["/binary", "/binary?p=0&t=1", "https://example.org/binary?embed=true&p=0.3&t=0.5"])
def test_the_numbers_of_an_address_are_printed(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["view", address, "--json"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    content = json.loads(printed.out, parse_constant=pytest.fail)
    view = explorer.view(address)
    assert (content["address"], content["refused"]) == (view.address, [])
    assert content["numbers"].keys() == view.numbers.keys()
    for name, number in content["numbers"].items():
        assert float(number) == pytest.approx(view.numbers[name], rel=0, nan_ok=True)


def test_a_reader_that_has_read_enough_makes_no_traceback() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "explorer", "view", "/binary", "--json"]
    told = subprocess.run(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (told.returncode, told.stderr) == (1, "")


def test_numbers_without_end_are_strings() -> None:
    numbers = {"a": math.inf, "b": -math.inf, "c": math.nan, "d": -0.0, "e": 1e-300}
    written = json.loads(numbers_json(replace(explorer.view("/binary"), numbers=numbers)))
    assert written["numbers"] == {"a": "Infinity", "b": "-Infinity", "c": "NaN", "d": 0, "e": 1e-300}


def test_what_of_an_address_is_ignored_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["view", "/binary?p=2&t=0", "--json"]) == 0
    printed = capsys.readouterr()
    (sentence,) = explorer.view("/binary?p=2&t=0").refused
    assert printed.err == f"{sentence}\n"
    assert json.loads(printed.out)["refused"] == [sentence]


def test_a_page_is_written_without_streamlit(tmp_path: Path) -> None:
    script = (
        "import sys; from explorer.__main__ import main; done = main(sys.argv[1:]);"
        " print(done, *{module.partition('.')[0] for module in sys.modules})"
    )
    page = tmp_path / "page.html"
    command = [sys.executable, "-c", script, "view", "/binary?p=0.3&t=1", "-o", str(page)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    done, *modules = told.stdout.split()
    assert (done, told.stderr) == ("0", "")
    assert "sympy" in modules
    assert "streamlit" not in modules
    assert page.read_text(encoding="utf-8") == explorer.view("/binary?p=0.3&t=1").to_html()


@pytest.mark.parametrize("address", ["/bin", "/binary/more", "http://[::1"])
def test_an_address_of_no_page_gets_a_sentence(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match=".") as refused:
        explorer.view(address)
    for kind in (["--json"], ["-o", str(tmp_path / "page.html")]):
        assert main(["view", address, *kind]) == 2
        printed = capsys.readouterr()
        assert (printed.out, printed.err) == ("", f"{refused.value}\n")
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_cannot_be_written_gets_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "nowhere" / "page.html"
    assert main(["view", "/binary", "-o", str(page)]) == 2
    assert capsys.readouterr().err == f"{page} cannot be written: No such file or directory.\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("y,p\n1,0.5\n1,0.5,3\n", "scores.csv has 3 values in line 3; 2 were expected, as in its first line.\n"),
        (None, "scores.csv does not exist.\n"),
    ],
)
def test_rows_that_do_not_open_are_not_served(
    text: str | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if text is not None:
        (tmp_path / "scores.csv").write_text(text)
    assert main(["rows", str(tmp_path / "scores.csv")]) == 2
    assert capsys.readouterr() == ("", said)


def test_rows_are_served_to_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "scores.csv").write_text("y_true,y_score\n1,0.5\n0,0.25\n")
    served: list[tuple[int, dict[str, object]]] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOSS_EXPLORER_OPENED", "")
    monkeypatch.setattr(serve, "serve", lambda port, **how: served.append((port, how)))
    assert main(["rows", "scores.csv", "--port", "8600", "--open"]) == 0
    assert capsys.readouterr().out == "scores.csv: 2 rows, recognised as binary.\n"
    assert served == [(8600, {"open_browser": True, "page": "rows"})]
    named = offered.given()
    assert named == offered.Given((str(tmp_path / "scores.csv"),))
    deadline = time.monotonic() + 60
    while data.known(offered.opened(named), ("report", ("bins", 15), "fine")) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)  # meanwhile what is seen first is worked out
    assert data.known(offered.opened(named), ("report", ("bins", 15), "fine")) == 3
