"""A Streamlit session without a browser: opens a page over a WebSocket and moves a slider."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect


class Session:
    """One visitor of the page at port, by its first slider."""

    def __init__(self, port: int) -> None:
        self.address = f"ws://127.0.0.1:{port}/_stcore/stream"
        self.slider = self.fragment = ""

    async def __aenter__(self) -> Self:
        """Connect and run the page once."""
        self.socket: ClientConnection = await connect(self.address, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]
        opening = BackMsg()
        opening.rerun_script.SetInParent()
        await self._run(opening)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect."""
        await self.socket.close()

    async def move(self, value: float) -> float:
        """Commit a value of the slider; return the seconds until the script has run and its last message is here."""
        message = BackMsg()
        message.rerun_script.fragment_id = self.fragment
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self.slider
        state.double_array_value.data.append(value)
        start = time.perf_counter()
        await self._run(message)
        return time.perf_counter() - start

    async def _run(self, message: BackMsg) -> None:
        await self.socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(await self.socket.recv(decode=False))
            element = answer.delta.new_element
            if not self.slider and element.WhichOneof("type") == "slider":
                self.slider, self.fragment = element.slider.id, answer.delta.fragment_id
            if answer.WhichOneof("type") == "script_finished":
                return
