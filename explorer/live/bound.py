"""Controls that the address has of itself, as Streamlit ties them to it, and what it says of them.

Browser and script both write the address, each all of it: what a hand changes while an older one is under way from here is
undone there, and the next message from the browser tells that older one beside what its controls show.
"""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.query_params import EMBED_QUERY_PARAMS_KEYS, QueryParams, WidgetBinding, parse_url_param


def is_behind() -> bool:
    """Have the address say what each control on the page holds; return whether the browser had another one.

    Call it at the end of a run. One for a step through the history has its controls from the address.
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


def _tell(held: QueryParams, binding: WidgetBinding, metadata: Any) -> None:
    """Have the address say what a control holds, and nothing where that is its default."""
    name, value = binding.param_key, st.session_state[binding.param_key]
    if value == metadata.deserializer(None):
        held.discard_param_no_forward_msg(name)
    elif not held.has_param(name) or _read(held.get_all(name), metadata) != value:
        held.set_corrected_value(name, metadata.serializer(value), metadata.value_type)


def _read(given: list[str], metadata: Any) -> Any:
    """What a control takes from the address."""
    try:
        return metadata.deserializer(parse_url_param(given, metadata.value_type))
    except (ValueError, TypeError, IndexError):
        return None
