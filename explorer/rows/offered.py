"""The rows that a server offers: those of its command, and the files of one folder. Visitors cannot name others."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from explorer.rows.opening import Rows, open_rows

OPENED = "LOSS_EXPLORER_OPENED"
"""The environment variable that holds what the command named, as `Given.said` writes it."""

FOLDER = "LOSS_EXPLORER_ROWS"
"""The environment variable that names the folder."""


@dataclass(frozen=True)
class Given:
    """What the command was given.

    Attributes
    ----------
    sources : tuple of str
        Paths of files, or names of an engine's tables: one, or predictions and their truth.
    engine : str or None
        As `open_rows` takes it.
    """

    sources: tuple[str, ...]
    engine: str | None = None

    @property
    def name(self) -> str:
        """What they are called; no folder is told."""
        return " and ".join(source if self.engine else Path(source).name for source in self.sources)

    @property
    def said(self) -> str:
        """What stands in the environment."""
        return json.dumps(asdict(self))


def given() -> Given | None:
    """Return what the command was given; None where the server was started otherwise."""
    said = os.environ.get(OPENED)
    if not said:
        return None
    told = json.loads(said)
    return Given(tuple(told["sources"]), told["engine"])


@lru_cache(maxsize=1)
def opened(chosen: Given) -> Rows:
    """Return what the command was given, opened once for the command and every session.

    Raises
    ------
    ValueError, OSError
        If it does not open, as `open_rows` says.
    """
    sources = list(chosen.sources)
    return open_rows(sources if len(sources) > 1 else sources[0], engine=chosen.engine)


def offered() -> dict[str, Path]:
    """Return the files of the folder, by their names; subfolders, links and hidden files are left out."""
    folder = os.environ.get(FOLDER)
    if not folder or not Path(folder).is_dir():
        return {}
    found = sorted(Path(folder).resolve().iterdir(), key=lambda path: path.name)
    return {path.name: path for path in found if path.is_file() and not path.is_symlink() and not path.name.startswith(".")}
