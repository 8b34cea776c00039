"""Several processes of the application behind HAProxy: `python -m deploy.serve --processes 2 --port 8600`.

A process that ends is started again. SIGHUP restarts one after the other: new visitors go elsewhere at once, those there have
PATIENCE seconds to finish; a page that is still open then reconnects elsewhere. SIGTERM and Ctrl-C end everything.
"""

from __future__ import annotations

import argparse
import csv
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0
"""Seconds that the visitors of a process have before it is restarted."""
STARTING = 60.0
"""Seconds that a process may take to start."""
ENDING = 10.0
"""Seconds that a process may take to end by itself."""


class Process:
    """A command that serves at a port until it is stopped, and ends with the process that started it."""

    def __init__(self, name: str, port: int, command: list[str], environment: Mapping[str, str]) -> None:
        self.name, self.port, self.command, self.environment = name, port, command, {**os.environ, **environment}
        self.start()

    def start(self) -> None:
        """Start it, for the first time or again."""
        command = ["setpriv", "--pdeathsig", "TERM", *self.command]
        self.running = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL)

    def well(self) -> bool:
        """Whether it serves."""
        raise NotImplementedError

    def ended(self) -> bool:
        """Whether it has ended."""
        return self.running.poll() is not None

    def stop(self) -> None:
        """End it, by force if it takes longer than ENDING."""
        self.running.terminate()
        try:
            self.running.wait(ENDING)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()


class Application(Process):
    """One process of the application at a port; secret is what all of them sign cookies with."""

    def __init__(self, name: str, port: int, secret: str) -> None:
        command = [sys.executable, "-m", "explorer", "run", "--port", str(port)]
        super().__init__(name, port, command, {"STREAMLIT_SERVER_COOKIE_SECRET": secret})

    def well(self) -> bool:
        """Whether it answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/_stcore/health", timeout=5):
                return True
        except OSError:
            return False


class Proxy(Process):
    """HAProxy at a port before applications; folder is where its configuration and the socket that it obeys are put."""

    def __init__(self, port: int, applications: list[Application], folder: Path) -> None:
        self.admin = folder / "admin"
        servers = [f"    server {a.name} 127.0.0.1:{a.port} cookie {a.name}\n" for a in applications]
        configuration = folder / "haproxy.cfg"
        configuration.write_text((Path(__file__).parent / "haproxy.cfg").read_text() + "".join(servers))
        command = ["haproxy", "-f", str(configuration)]
        super().__init__("haproxy", port, command, {"PORT": str(port), "ADMIN": str(self.admin)})

    def well(self) -> bool:
        """Whether it takes commands, which it does once it has its port."""
        return self.admin.exists()

    def tell(self, command: str) -> str:
        """Give HAProxy a command of its runtime interface; return the answer."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.admin))
            connection.sendall(f"{command}\n".encode())
            return b"".join(iter(lambda: connection.recv(4096), b"")).decode()

    def state(self, application: Application, state: str) -> None:
        """Let an application have visitors ("ready"), or only those that it has ("drain")."""
        self.tell(f"set server explorer/{application.name} state {state}")

    def open(self, application: Application) -> int:
        """How many requests and pages an application has open."""
        table = csv.DictReader(self.tell("show stat").lstrip("# ").splitlines())
        return next(int(row["scur"]) for row in table if row["svname"] == application.name)


class Service:
    """All processes, from start to end. patience: seconds that visitors have before a restart; folder: a place for files."""

    def __init__(self, processes: int, port: int, patience: float, folder: Path) -> None:
        self.processes, self.port, self.patience, self.folder = processes, port, patience, folder
        self.started: list[Process] = []
        self.asked: SimpleQueue[int] = SimpleQueue()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda number, _: self.asked.put(number))

    def run(self) -> None:
        """Start everything, keep it running, and end it when a signal asks for that."""
        secret = secrets.token_hex()
        applications = []
        try:
            for k in range(1, self.processes + 1):
                applications.append(Application(f"p{k}", self.port + k, secret))
                self.started.append(applications[-1])
            for application in applications:
                self.wait_for(application)
            proxy = Proxy(self.port, applications, self.folder)
            self.started.append(proxy)
            self.wait_for(proxy)
            print(f"http://127.0.0.1:{self.port}  (kill -HUP {os.getpid()} restarts the processes one by one)", flush=True)
            self.watch(proxy, applications)
        finally:
            self.end()

    def watch(self, proxy: Proxy, applications: list[Application]) -> None:
        """Start again what ends, and restart all when that is asked for, until the end is."""
        while (asked := self.next()) in (None, signal.SIGHUP):
            for process in filter(Process.ended, self.started):
                print(f"{process.name} has ended; it is started again.", file=sys.stderr, flush=True)
                process.start()
            if asked == signal.SIGHUP:
                for application in applications:
                    self.restart(application, proxy)

    def next(self) -> int | None:
        """The signal that came first, if one comes within a moment."""
        time.sleep(0 if not self.asked.empty() else 0.2)
        return None if self.asked.empty() else self.asked.get()

    def restart(self, application: Application, proxy: Proxy) -> None:
        """Restart an application once its visitors have gone, or patience has."""
        proxy.state(application, "drain")
        self.wait(lambda: proxy.open(application) == 0, self.patience)
        application.stop()
        application.start()
        self.wait_for(application)
        proxy.state(application, "ready")

    def wait_for(self, process: Process) -> None:
        """Wait until a process serves."""
        self.wait(lambda: process.ended() or process.well(), STARTING)
        if process.ended() and self.asked.empty():
            raise SystemExit(f"{process.name} did not start: is port {process.port} free?")

    def wait(self, reached: Callable[[], bool], seconds: float) -> None:
        """Wait until something is reached, no longer than so many seconds, and not if a signal asks for something else."""
        until = time.monotonic() + seconds
        while self.asked.empty() and time.monotonic() < until and not reached():
            time.sleep(0.2)

    def end(self) -> None:
        """End everything; a signal that comes meanwhile changes nothing."""
        for process in self.started:
            process.running.terminate()
        for process in self.started:
            process.stop()


def main() -> None:
    """Serve until a signal ends it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=2, help="of the application; each holds one core")
    parser.add_argument("--port", type=int, default=8501, help="of the proxy; the processes have those after it")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds that visitors have before a restart")
    chosen = parser.parse_args()
    with TemporaryDirectory() as folder:
        Service(chosen.processes, chosen.port, chosen.patience, Path(folder)).run()


if __name__ == "__main__":
    main()
