"""The browser's scripts: built anew, or run in an engine without a browser."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

from py_mini_racer import MiniRacer

from explorer.live.assets import FOLDER

ROOT = FOLDER.parent.parent
SOURCES = FOLDER / "scripts"


def build(folder: Path) -> None:
    """Put the scripts that a browser gets into a folder, as `make scripts` does into the one that is committed."""
    subprocess.run(["npm", "run", "--silent", "build", "--", f"--outdir={folder}"], cwd=ROOT, check=True)


@cache
def module(name: str, called: str = "script") -> str:
    """Return a script that makes of a module, with what it imports, an object of what it exports."""
    esbuild = str(ROOT / "node_modules" / ".bin" / "esbuild")
    command = [esbuild, str(SOURCES / name), "--bundle", "--format=iife", f"--global-name={called}", "--charset=utf8"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def engine(name: str, *, page: str = "") -> MiniRacer:
    """Return an engine that holds such an object; page is what the module needs of a browser before it can be loaded."""
    found = MiniRacer()
    found.eval(f"{page}\n{module(name)}")
    return found
