"""The wheel: that it holds every file, and that what is installed from it runs, far from the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Request, Response

from benchmarks.server import ROOT, free_port
from tests.browser.steps import new_tab, open_page, quantity

SOURCES = ("explorer", "pyproject.toml", "requirements.txt", "README.md", "LICENSE")
"""What the wheel is built of."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of a copy: a build leaves its traces beside the sources, and would find those of the last one.

    What Python has compiled is copied too, as a checkout has it, and must not come into the wheel.
    """
    copy, out = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name)
        else:
            shutil.copy(ROOT / name, copy)
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(out), str(copy))
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a fresh environment that sees this one's libraries; return its folder of commands."""
    home = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    own = Path(sysconfig.get_path("purelib", "venv", {"base": str(home), "platbase": str(home)}))
    (own / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    pip("--python", str(home), "install", "--no-deps", "--no-index", str(wheel))
    return home / "bin"


def pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments], check=True)


def outside() -> dict[str, str]:
    """The environment without what would lead to the checkout."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


@contextmanager
def running(command: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """Run the installed application from a folder; yield its address and its log."""
    port, log = free_port(), folder / "log"
    empty = folder / "empty"
    empty.mkdir()
    with log.open("w") as written:
        process = subprocess.Popen(
            [str(command), "run", "--port", str(port)], cwd=empty, env=outside(), stdout=written, stderr=written
        )
    try:
        until = time.monotonic() + 60
        while not answers(f"http://127.0.0.1:{port}/_stcore/health"):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, "It did not start within a minute."
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}", log
    finally:
        process.terminate()
        process.wait(20)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except OSError:
        return False


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    files = {path for path in (ROOT / "explorer").rglob("*") if path.is_file() and path.suffix != ".pyc"}
    held = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == {path.relative_to(ROOT).as_posix() for path in files}


def test_the_wheel_needs_what_requirements_names(wheel: Path) -> None:
    with ZipFile(wheel) as content:
        metadata = content.read(next(name for name in content.namelist() if name.endswith("/METADATA"))).decode()
    needed = [line.removeprefix("Requires-Dist: ") for line in metadata.splitlines() if line.startswith("Requires-Dist")]
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert [line for line in needed if "extra" not in line] == (ROOT / "requirements.txt").read_text().split()
    assert [line.split(";")[0].strip() for line in needed if "extra" in line] == extras["notebook"]


def test_what_is_installed_shows_a_page_from_an_empty_folder(browser: Browser, installed: Path, tmp_path: Path) -> None:
    find = [str(installed / "python"), "-c", "import explorer, streamlit; print(explorer.__file__)"]
    found = subprocess.run(find, cwd=tmp_path, env=outside(), capture_output=True, text=True, check=True).stdout
    assert Path(found).is_relative_to(installed.parent)

    wrong: list[str] = []

    def answered(response: Response) -> None:
        if response.status >= 400:
            wrong.append(f"{response.status} {response.url}")

    def failed(request: Request) -> None:
        wrong.append(f"failed {request.url}")

    with running(installed / "loss-explorer", tmp_path) as (url, log), new_tab(browser) as page:
        page.on("response", answered)
        page.on("requestfailed", failed)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        open_page(page, f"{url}/binary?p=0.2&t=1")
        assert quantity(page, "L") == pytest.approx(1.6094379)
        colour = "getComputedStyle(document.querySelector('.live-chart')).getPropertyValue('--st-primary-color')"
        assert page.evaluate(colour).upper() == "#0072B2"  # as the settings have it, which are in the package
    assert wrong == []
    assert "Traceback" not in log.read_text()
