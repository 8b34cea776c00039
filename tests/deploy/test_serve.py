"""Two processes behind HAProxy, as `make serve` starts them: who is served where, and what a killed or restarted one costs."""

from __future__ import annotations

import asyncio
import csv
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, Page, WebSocket

from benchmarks.server import ROOT
from benchmarks.session import Session
from explorer.pages.controls import LONGEST
from tests.browser.steps import hold_arrow, new_tab, open_from_file, open_page, quantity, settle, thumb_value

T = TypeVar("T")


def until(reached: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is reached."""
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, f"This was not reached within {seconds:g} seconds."
        time.sleep(0.1)


def run(visit: Coroutine[Any, Any, T]) -> T:
    """Run a visit in a thread of its own: Playwright's loop runs in this one."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, visit).result()


def free_ports(count: int) -> int:
    """The first of so many ports in a row that are free."""
    for port in range(21000 + os.getpid() % 8000, 32000):
        try:
            sockets = [socket.create_server(("127.0.0.1", port + k)) for k in range(count)]
        except OSError:
            continue
        for one in sockets:
            one.close()
        return port
    raise AssertionError("No ports are free.")


class Running:
    """`deploy.serve` with some processes, which gives visitors two seconds before a restart."""

    def __init__(self, folder: Path, processes: int = 2) -> None:
        self.port = free_ports(1 + processes)
        self.url = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "deploy.serve", "--port", str(self.port), "--patience", "2"]
        command += ["--processes", str(processes)]
        self.folder = folder
        with (folder / "log").open("w") as log:
            environment = {**os.environ, "TMPDIR": str(folder)}
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, env=environment, start_new_session=True)
        try:
            until(lambda: self.url in self.log())
            until(lambda: self.states() == {f"p{k}": "UP" for k in range(1, processes + 1)})
        except BaseException:
            self.process.kill()
            self.process.wait()
            raise

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def pids(self) -> dict[str, int]:
        """The processes under it, by their names."""
        found = {}
        for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split():
            line = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
            names = {str(self.port + 1): "p1", str(self.port + 2): "p2"}
            found[next((names[part] for part in line if part in names), line[0])] = int(pid)
        return found

    def rows(self) -> dict[str, dict[str, str]]:
        """What HAProxy says of each process."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(next(self.folder.glob("*/admin"))))
            connection.sendall(b"show stat\n")
            text = b"".join(iter(lambda: connection.recv(4096), b"")).decode()
        table = list(csv.DictReader(text.lstrip("# ").splitlines()))
        return {row["svname"]: row for row in table if row["pxname"] == "explorer" and row["svname"] != "BACKEND"}

    def states(self) -> dict[str, str]:
        return {name: row["status"] for name, row in self.rows().items()}

    def answered(self) -> dict[str, int]:
        """How many requests each process has answered."""
        return {name: int(row["stot"]) for name, row in self.rows().items()}

    def get(self, cookie: str = "") -> HTTPResponse:
        request = urllib.request.Request(f"{self.url}/binary", headers={"Cookie": cookie} if cookie else {})
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert isinstance(answer, HTTPResponse)
            return answer

    def newcomer(self) -> str:
        """The cookie that a new visitor gets."""
        return str(self.get().headers["Set-Cookie"]).split(";")[0]

    def end(self, *signals: int) -> None:
        """Send signals, and hold that nothing is left within 20 seconds."""
        pids = self.pids().values()
        for number in signals:
            self.process.send_signal(number)
        self.process.wait(20)
        until(lambda: not any(alive(pid) for pid in pids), 20)


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = Running(tmp_path_factory.mktemp("serve"))
    yield running
    running.end(signal.SIGINT, signal.SIGINT)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with new_tab(browser, viewport={"width": 1280, "height": 900}) as page:
        yield page


def holder(page: Page) -> str:
    """The process that a page's session is in."""
    return next(str(cookie["value"]) for cookie in page.context.cookies() if cookie["name"] == "PROCESS")


def test_a_visitor_stays_with_a_process_and_new_ones_are_spread(service: Running) -> None:
    assert {service.newcomer() for _ in range(4)} == {"PROCESS=p1", "PROCESS=p2"}
    before = service.answered()
    for _ in range(6):
        assert service.get("PROCESS=p2").headers["Set-Cookie"] is None
    after = service.answered()
    assert (after["p1"] - before["p1"], after["p2"] - before["p2"]) == (0, 6)


def test_an_address_as_long_as_a_page_writes_is_opened_and_of_a_longer_one_a_sentence_says_so(service: Running) -> None:
    status, text = {}, {}
    for length in (3 * LONGEST + 1000, 100_000):
        with closing(HTTPConnection("127.0.0.1", service.port, timeout=10)) as connection:
            connection.request("GET", f"/losses?typed={'x' * length}")
            answer = connection.getresponse()
            status[length], text[length] = answer.status, answer.read().decode()
    assert list(status.values()) == [200, 414]
    assert text[100_000].startswith("This address is too long to be opened.")


def test_a_session_runs_through_the_proxy_where_its_cookie_says(service: Running) -> None:
    async def visit(name: str) -> tuple[int, float]:
        async with Session(service.port, "binary", cookie=f"PROCESS={name}") as session:
            return int(service.rows()[name]["scur"]), await session.move(0.3)

    for name in ("p1", "p2"):
        opened, seconds = run(visit(name))
        assert opened == 1
        assert seconds < 10


def test_charts_and_uploads_arrive_and_a_killed_process_costs_no_state(service: Running, page: Page, tmp_path: Path) -> None:
    open_page(page, f"{service.url}/categorical?classes=4")
    open_from_file(page, f"{service.url}/categorical", tmp_path, "classes=4")
    hold_arrow(page, "p1", 5)
    shown, address, name = (thumb_value(page, "p1"), quantity(page, "L")), page.url, holder(page)
    other = {"p1": "p2", "p2": "p1"}[name]

    async def beside() -> None:
        async with Session(service.port, "binary", cookie=f"PROCESS={other}") as session:
            os.kill(service.pids()[name], signal.SIGKILL)
            for k in range(15):
                await session.move(k / 20)
                await asyncio.sleep(0.1)

    killed, again = service.pids()[name], list[WebSocket]()
    page.on("websocket", lambda opened: again.append(opened))
    run(beside())  # nobody else notices
    until(lambda: page.evaluate("document.querySelector('.stApp').dataset.testConnectionState") == "CONNECTED" and bool(again))
    settle(page)
    assert ((thumb_value(page, "p1"), quantity(page, "L")), page.url) == (shown, address)
    open_page(page, address)  # a new session, in a process that did not end
    assert ((thumb_value(page, "p1"), quantity(page, "L")), page.url) == (shown, address)
    hold_arrow(page, "p1", 3)
    assert thumb_value(page, "p1") > shown[0]
    assert page.url != address
    until(lambda: service.states() == {"p1": "UP", "p2": "UP"} and service.pids()[name] != killed)
    assert f"{name} has ended; it is started again." in service.log()


def test_a_process_that_does_not_answer_is_left_out(service: Running) -> None:
    pid = service.pids()["p1"]
    os.kill(pid, signal.SIGSTOP)
    try:
        until(lambda: service.states()["p1"] == "DOWN")
        assert {service.newcomer() for _ in range(3)} == {"PROCESS=p2"}
        assert service.get("PROCESS=p1").status == 200
    finally:
        os.kill(pid, signal.SIGCONT)
    until(lambda: service.states()["p1"] == "UP")


def test_a_restart_keeps_everybody_served(service: Running) -> None:
    before = service.pids()

    async def visit() -> None:
        async with Session(service.port, "binary", cookie="PROCESS=p1") as session:
            service.process.send_signal(signal.SIGHUP)
            until(lambda: service.states()["p1"] == "DRAIN")
            assert {service.newcomer() for _ in range(3)} == {"PROCESS=p2"}
            await session.move(0.4)  # who is there may finish

    run(visit())
    answers = []

    def restarted() -> bool:
        answers.append(service.get().status)
        after = service.pids()
        return all(after.get(name, before[name]) != before[name] for name in ("p1", "p2"))

    until(restarted, 120)
    until(lambda: service.states() == {"p1": "UP", "p2": "UP"})
    assert set(answers) == {200}
    assert service.pids()["haproxy"] == before["haproxy"]


@pytest.mark.parametrize("signals", [(signal.SIGHUP, signal.SIGTERM, signal.SIGINT), (signal.SIGKILL,)])
def test_nothing_is_left_in_whatever_order_it_is_ended(tmp_path: Path, signals: tuple[int, ...]) -> None:
    Running(tmp_path, processes=1).end(*signals)


def test_a_port_that_is_taken_is_told() -> None:
    port = free_ports(3)
    with socket.create_server(("127.0.0.1", port + 2)):
        command = [sys.executable, "-m", "deploy.serve", "--processes", "2", "--port", str(port)]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert f"p2 did not start: is port {port + 2} free?" in ended.stderr
