"""A Streamlit session without a browser: opens a page over a WebSocket and moves a slider, or changes any control."""

from __future__ import annotations

import asyncio
import time
from random import Random
from types import TracebackType
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

TEXTS = ("0.5", "1/3", "-2", "1e300", "x", "", "2-3-1", "0,5")
"""What somebody may type into a field."""


class Session:
    """One visitor of a page at port, by its first slider."""

    def __init__(self, port: int, page: str = "", query: str = "", cookie: str = "") -> None:
        self.address = f"ws://127.0.0.1:{port}/_stcore/stream"
        self.page, self.query = page, query
        self.headers = {"Cookie": cookie} if cookie else {}
        self.slider = self.fragment = self.script = ""
        self.controls: dict[str, tuple[Element, str]] = {}
        """Each control of the page by its id, with the fragment that it belongs to."""
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
        self.reader.add_done_callback(lambda _: self.ended.set())
        await self._complete(self._message())
        return self

    async def _complete(self, message: BackMsg) -> None:
        """Run the page, until it no longer wants to run again by itself."""
        await self._run(message)
        while self.again:
            fragment, pause = self.again
            await asyncio.sleep(pause)
            if self.again and self.ended.is_set():  # else the whole page runs already, as a fragment has asked for
                await self._run(self._message(fragment))
            await self.ended.wait()

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

    async def act(self, choice: Random) -> str:
        """Change one control at random, as its kind allows; return what kind that was."""
        key, (element, fragment) = choice.choice(sorted(self.controls.items(), key=lambda item: item[0]))
        message, kind = self._message(fragment), str(element.WhichOneof("type"))
        state = message.rerun_script.widget_states.widgets.add()
        state.id = key
        _change(state, kind, getattr(element, kind), choice)
        await self._complete(message)
        return kind

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
        if self.reader.done():
            await self.reader  # raises what the page has raised
            raise ConnectionError("The server has closed the connection.")
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
            if (kind := element.WhichOneof("type")) in CONTROLS:
                self.controls[getattr(element, kind).id] = element, answer.delta.fragment_id
            match answer.WhichOneof("type"):
                case "new_session":
                    self.ended.clear()
                    again = None
                    if not answer.metadata.run.fragment_ids:  # the whole page
                        self.controls.clear()
                case "navigation":
                    self.script = answer.navigation.page_script_hash
                case "auto_rerun":
                    again = answer.auto_rerun.fragment_id, answer.auto_rerun.interval
                case "script_finished" if answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    if answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:  # the whole page has run
                        self.again = again
                    self.ended.set()


CONTROLS = ("slider", "checkbox", "button_group", "selectbox", "text_input", "number_input", "button")


def _change(state: WidgetState, kind: str, control: Any, choice: Random) -> None:
    """Put into a control's state what a hand may put there."""
    match kind:
        case "slider":
            state.double_array_value.data.append(choice.uniform(control.min, control.max))
        case "number_input":
            state.double_value = choice.uniform(control.min, control.max) if control.has_min and control.has_max else 1.0
        case "checkbox":
            state.bool_value = choice.random() < 0.5
        case "button_group":
            state.string_array_value.data.append(choice.choice(control.options).content)
        case "selectbox":
            state.string_value = choice.choice(control.options)
        case "text_input":
            state.string_value = choice.choice(TEXTS)
        case _:
            state.trigger_value = True
