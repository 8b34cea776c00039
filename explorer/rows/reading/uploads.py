"""Files from a browser: written to disk as they come, deleted with their session."""

from __future__ import annotations

import re
import secrets
import shutil
import weakref
from collections.abc import AsyncIterable
from pathlib import Path

from explorer.rows.reading.engine import private_folder, remove_folder

LIMIT = 200 * 2**20
"""The largest file, in bytes."""

TOGETHER = 2 * LIMIT
"""How much a session keeps, in bytes."""


class TooLargeError(ValueError):
    """A file that is larger than what is taken."""


async def keep(chunks: AsyncIterable[bytes], name: str, folder: Path, limit: int = LIMIT) -> Path:
    """Write a file to disk as it comes.

    Parameters
    ----------
    chunks : asynchronous iterable of bytes
        The file.
    name : str
        What the browser calls it; only its last part counts, and no letter that steers anything.
    folder : path
        Where to; the file gets a folder of its own there.
    limit : int
        How many bytes are taken.

    Returns
    -------
    path

    Raises
    ------
    TooLargeError
        If there are more; nothing is left of it.
    """
    within = folder / secrets.token_hex(8)
    part = within.with_suffix(".part")
    left = limit
    try:
        with part.open("xb") as file:
            async for chunk in chunks:
                left -= len(chunk)
                if left < 0:
                    raise too_large(safe(name))
                file.write(chunk)
        within.mkdir()
        return part.rename(within / safe(name))
    finally:
        part.unlink(missing_ok=True)


def too_large(name: str) -> TooLargeError:
    """Return the error for a file that is too large."""
    return TooLargeError(
        f"{name} has more than {LIMIT // 2**20} MB, or more than {TOGETHER // 2**20} MB with the others; "
        "larger files open on your own machine: loss-explorer rows FILE."
    )


def safe(name: str) -> str:
    r"""Return the last part of a name, without letters that steer a terminal or a path.

    Examples
    --------
    >>> safe("../../etc/pass wd\n.csv"), safe("..")
    ('pass wd.csv', 'rows')
    """
    kept = "".join(filter(str.isprintable, re.split(r"[/\\]", name)[-1]))[-100:].lstrip(".")
    return kept or "rows"


class Uploads:
    """The files of one session. Whoever knows the token may add to them; they go when the session lets go of this object.

    Attributes
    ----------
    token : str
        Nobody guesses it.
    folder : path
        Where the files are.
    """

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(32)
        self.folder = private_folder()
        weakref.finalize(self, remove_folder, self.folder)
        _SESSIONS[self.token] = self

    @property
    def files(self) -> list[Path]:
        """What is there, in the order in which it was complete."""
        found = [path for path in self.folder.glob("*/*") if path.is_file()]
        return sorted(found, key=lambda path: path.parent.stat().st_ctime_ns)

    @property
    def room(self) -> int:
        """How many bytes the next file may have."""
        return min(LIMIT, TOGETHER - sum(path.stat().st_size for path in self.files))

    def clear(self) -> None:
        """Remove what is there."""
        self.keep_last(0)

    def keep_last(self, count: int) -> None:
        """Remove all but the files that have arrived last."""
        for path in self.files[: max(0, len(self.files) - count)]:
            shutil.rmtree(path.parent, ignore_errors=True)


_SESSIONS: weakref.WeakValueDictionary[str, Uploads] = weakref.WeakValueDictionary()


def of_token(token: str) -> Uploads | None:
    """Return the uploads of a session that is still there, None for any other token."""
    return _SESSIONS.get(token)
