"""Uploads: to disk as they come, within their limit, for the session whose token they bring, and gone with it."""

from __future__ import annotations

import gc
import json
from collections.abc import AsyncIterator, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import anyio
import pytest
from starlette.applications import Starlette

from explorer.rows.reading import uploads
from explorer.rows.reading.uploads import Uploads, keep
from explorer.server.upload import ROUTE


def apart(function: Callable[..., Any], *args: Any) -> Any:
    """Run a coroutine in a thread of its own: this one may have Playwright's loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(anyio.run, function, *args).result()


def post(*pieces: bytes, announced: bool = True, **parameters: str) -> tuple[int, dict[str, Any]]:
    """Send pieces of a body to the route; return the status, and what it says."""
    waiting = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces] + [{"type": "http.request"}]
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return waiting.pop(0)

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    length = [(b"content-length", str(sum(map(len, pieces))).encode())] if announced else []
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/upload",
        "query_string": urlencode(parameters).encode(),
        "headers": length,
    }
    apart(Starlette(routes=[ROUTE]), scope, receive, send)
    return sent[0]["status"], json.loads(b"".join(message.get("body", b"") for message in sent[1:]))


def test_files_are_kept_in_their_order_for_the_session() -> None:
    session = Uploads()
    for name, body in (("b.csv", b"y\n1\n"), ("../a [1].csv", b"y\n2\n")):
        assert post(body, token=session.token, name=name) == (200, {"name": Path(name).name, "bytes": 4})
    assert [(path.name, path.read_bytes()) for path in session.files] == [("b.csv", b"y\n1\n"), ("a [1].csv", b"y\n2\n")]
    assert all(path.is_relative_to(session.folder) for path in session.files)
    session.clear()
    assert session.files == []


@pytest.mark.parametrize("token", ["", "guessed"])
def test_without_a_session_nothing_is_kept(token: str) -> None:
    assert post(b"y\n1\n", token=token, name="a.csv") == (403, {"said": "This session has ended; load the page anew."})


@pytest.mark.parametrize("announced", [True, False])
def test_a_file_that_is_too_large_leaves_nothing(announced: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LIMIT", 2**20)
    session = Uploads()
    status, told = post(*[b"1" * 2**19] * 3, announced=announced, token=session.token, name="a.csv")
    assert status == 413
    assert told["said"].startswith("a.csv has more than 1 MB, or more than 400 MB with the others; larger files open on")
    assert list(session.folder.iterdir()) == []


def test_a_session_keeps_so_much_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "TOGETHER", 6)
    session = Uploads()
    codes = [post(b"1234", token=session.token, name="a")[0] for _ in range(2)]
    assert codes == [200, 413]


def test_files_go_with_the_session() -> None:
    session = Uploads()
    token, folder = session.token, session.folder
    assert uploads.of_token(token) is session
    assert folder.exists()
    del session
    gc.collect()
    assert uploads.of_token(token) is None
    assert not folder.exists()


def test_a_file_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"y\n"
        assert list(tmp_path.glob("*/*")) == []  # what is not complete is no file yet
        raise ConnectionError("gone")

    async def kept() -> None:
        await keep(chunks(), "a.csv", tmp_path)

    with pytest.raises(ConnectionError, match="gone"):
        apart(kept)
    assert list(tmp_path.iterdir()) == []
