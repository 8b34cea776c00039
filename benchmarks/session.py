"""A Streamlit session without a browser: opens a page over a WebSocket and moves a slider."""

from __future__ import annotations

import asyncio
import time
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect


class Session:
    """One visitor of a page at port, by its first slider."""

    def __init__(self, port: int, page: str = "", query: str = "", cookie: str = "") -> None:
        self.address = f"ws://127.0.0.1:{port}/_stcore/stream"
        self.page, self.query = page, query
        self.headers = {"Cookie": cookie} if cookie else {}
        self.slider = self.fragment = self.script = ""
        self.again: tuple[str, float] | None = None
        """The fragment that the page wants to run again by itself, and after how many seconds."""

    async def __aenter__(self) -> Self:
        """Connect and run the page, until it no longer wants to run again by itself."""
        self.socket: ClientConnection = await connect(
            self.address,
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            additional_headers=self.headers,
        )
        self.ended = asyncio.Event()
        self.reader = asyncio.create_task(self._read())
        await self._run(self._message())
        while self.again:
            fragment, pause = self.again
            await asyncio.sleep(pause)
            if self.again and self.ended.is_set():  # else the whole page runs already, as a fragment has asked for
                await self._run(self._message(fragment))
            await self.ended.wait()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect; raise what the page has raised."""
        await self.socket.close()
        await self.reader

    async def move(self, value: float) -> float:
        """Commit a value of the slider; return the seconds until the script has run and its last message is here."""
        message = self._message(self.fragment)
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self.slider
        state.double_array_value.data.append(value)
        return await self._run(message)

    def _message(self, fragment: str = "") -> BackMsg:
        message = BackMsg()
        message.rerun_script.SetInParent()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = self.page
        message.rerun_script.page_script_hash = self.script
        message.rerun_script.fragment_id = fragment
        return message

    async def _run(self, message: BackMsg) -> float:
        start = time.perf_counter()
        self.ended.clear()
        await self.socket.send(message.SerializeToString())
        await self.ended.wait()
        return time.perf_counter() - start

    async def _read(self) -> None:
        """Take in what the server sends, as a browser does, until the connection is closed."""
        again = None
        async for sent in self.socket:
            assert isinstance(sent, bytes)
            answer = ForwardMsg.FromString(sent)
            element = answer.delta.new_element
            if element.WhichOneof("type") == "exception":
                raise RuntimeError(f"{element.exception.type}: {element.exception.message}")
            if not self.slider and element.WhichOneof("type") == "slider":
                self.slider, self.fragment = element.slider.id, answer.delta.fragment_id
            match answer.WhichOneof("type"):
                case "new_session":
                    self.ended.clear()
                    again = None
                case "navigation":
                    self.script = answer.navigation.page_script_hash
                case "auto_rerun":
                    again = answer.auto_rerun.fragment_id, answer.auto_rerun.interval
                case "script_finished" if answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    if answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:  # the whole page has run
                        self.again = again
                    self.ended.set()
