"""Controls that the address has of itself, as Streamlit ties them to it, and what it says of them.

Browser and script both write the address, each all of it: what a hand changes while an older one is under way from here is
undone there, and the next message from the browser tells that older one beside what its controls show.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.query_params import (
    EMBED_QUERY_PARAMS_KEYS,
    QueryParams,
    WidgetBinding,
    _coerce_value_for_query_url,
    parse_url_param,
)


def is_behind() -> bool:
    """Have the address here say what each control on the page holds; return whether the browser had another one.

    Call it at the end of a run, and `send` where that is so. After a step through the history the controls are the address's.
    """
    context = get_script_run_ctx()
    if context is None:
        return False
    drawn = None if context.fragment_ids_this_run else context.shared.widget_ids_this_run.snapshot()
    known = context.session_state._state._new_widget_state.widget_metadata
    with context.session_state.query_params() as held:
        for binding in list(held._bindings_by_widget.values()):
            metadata = known.get(binding.widget_id)
            if metadata and (drawn is None or binding.widget_id in drawn):
                _tell(held, binding, metadata)
        return {name: held.get_all(name) for name in held} != {
            name: given for name, given in held._initial_query_params.items() if name.lower() not in EMBED_QUERY_PARAMS_KEYS
        }


def send() -> None:
    """Have the browser's address be this one, with its names in the order that they have there.

    In another order it would be another address to the browser, with a step of the history of its own. One that the browser has
    put together itself is sorted.
    """
    context = get_script_run_ctx()
    if context is None:
        return
    with context.session_state.query_params() as held:
        now = {name: [value] if isinstance(value, str) else list(value) for name, value in held._query_params.items()}
        there = parse_qs(context.query_string, keep_blank_values=True)
        held._query_params = {name: held._query_params[name] for name in (there if there == now else sorted(now))}
    st.query_params.update()


def _tell(held: QueryParams, binding: WidgetBinding, metadata: Any) -> None:
    """Have the address say what a control holds, and nothing where that is its default."""
    name, value = binding.param_key, st.session_state[binding.param_key]
    if value == metadata.deserializer(None):
        held.discard_param_no_forward_msg(name)
    elif not held.has_param(name) or _read(held.get_all(name), metadata) != value:
        held.set_with_no_forward_msg(name, _coerce_value_for_query_url(metadata.serializer(value), metadata.value_type))


def _read(given: list[str], metadata: Any) -> Any:
    """What a control takes from the address."""
    try:
        return metadata.deserializer(parse_url_param(given, metadata.value_type))
    except (ValueError, TypeError, IndexError):
        return None
