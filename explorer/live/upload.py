"""A place to drop files, which go to disk as they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from explorer.live.assets import script
from explorer.live.component import sent
from explorer.live.live import uncut

_upload = st.components.v2.component(
    "live_upload",
    html=(
        '<div class="live-upload"><label><span class="live-upload-label">Your own rows</span>'
        '<input type="file" multiple></label><output></output><button type="button">Remove</button></div>'
    ),
    js=script("upload"),
    isolate_styles=False,
)


def upload(key: str, *, token: str, kinds: Sequence[str], held: str, mark: str, on_done: Callable[[int], None]) -> None:
    """Show a place to drop files.

    Parameters
    ----------
    key : str
    token : str
        Of the session's uploads.
    kinds : sequence of str
        Endings of names, without the dot.
    held : str
        What is there now; "" for nothing.
    mark : str
        Differs for files that were sent later under the same names: only then is it said again what is there.
    on_done : callable
        Called with how many files have arrived, before the script runs again; 0 where they are to be removed.
    """

    def done() -> None:
        names = sent(key, "done")
        on_done(len(names) if isinstance(names, list) else 0)

    data = {"token": token, "kinds": ",".join(f".{kind}" for kind in kinds), "held": held, "mark": mark}
    _upload(key=key, data=data, on_done_change=uncut(done))
