"""What the page /categorical asks above its sliders; when that changes, the batch is kept."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.core.batch import Layout
from explorer.pages import alert, controls, link
from explorer.pages.categorical import batch
from explorer.views.binary import BY
from explorer.views.categorical import batch as rows
from explorer.views.categorical import fields
from explorer.views.categorical.state import Setting, ordered

_LAYOUT = "_layout"
_RESCALED = "_rescaled"
"""Where the session keeps, until it is said, which rows of the batch lost their own loss to logits."""


def ask(place: DeltaGenerator) -> Setting:
    """What does not move: how prediction and target are given, the classes and the options.

    In place it is said what was wrong with the link, also of the options, which are out of sight.
    """
    by = controls.choice(BY, _convert)
    target = controls.choice(fields.TARGET, _convert)
    classes = controls.whole(fields.CLASSES, on_change=_convert)
    with st.popover("Options", icon=":material/tune:"), link.explained_in(place):
        options = ordered(controls.pills(fields.OPTIONS, _convert))
        setting = Setting(by, target, classes, options)
        if fields.TEMPERED in options and by != fields.LOGIT:
            st.markdown("Temperature divides logits: choose *logit* to see it.")
        if fields.IGNORE in options and not setting.has_index:
            st.markdown("An index can be ignored where targets are class indices: choose *class index*.")
        ignored, base = fields.IGNORED.default, fields.BASE.default
        if setting.can_ignore:
            ignored = controls.whole(fields.IGNORED, on_change=_convert)
        if setting.has_index:
            base = controls.choice(fields.BASE, _convert)
        typed = _ask_names(classes, place)
    _say_what_was_rescaled(place)
    setting = Setting(by, target, classes, options, ignored, base, typed)
    st.session_state[_LAYOUT] = setting.layout
    return setting


def _ask_names(classes: int, place: DeltaGenerator) -> str:
    """The classes' names as typed; "" where that cannot be names, which is said in place too, as a link opens no popover."""
    typed = controls.text(fields.NAMES, placeholder=", ".join(fields.LETTERS[:classes]), width=240)
    _, problem = fields.class_names(typed, classes)
    if problem:
        alert.error(problem)
        alert.warning(problem, place)
    return "" if problem else typed


def _convert() -> None:
    """Keep the batch and its chosen row when what a row holds changes."""
    state = st.session_state
    old: Layout = state[_LAYOUT]
    ignored, base = fields.IGNORED.default, state.get(fields.BASE.name, fields.BASE.default)
    setting = Setting(state[BY.name], state[fields.TARGET.name], options=ordered(state[fields.OPTIONS.name]))
    if setting.can_ignore:
        typed = controls.whole_now(fields.IGNORED)
        ignored = rows.moved_index(typed, old, int(base))
        if ignored != typed:
            state[fields.IGNORED.name] = str(ignored)
    if not setting.has_index:
        base = fields.BASE.default
    classes = controls.whole_now(fields.CLASSES)
    new = Setting(setting.by, setting.target, classes, setting.options, ignored, base).layout
    temperature = controls.now(fields.TEMPERATURE) if fields.TEMPERED in setting.options else 1.0
    before = batch.as_controls_have_it(old)
    if old.by == "p" != new.by:
        state[_RESCALED] = rows.rescaled(before)
    batch.store(rows.relayout(before, new, temperature))
    state[_LAYOUT] = new  # at once: the next change may come before the page has run


def _say_what_was_rescaled(place: DeltaGenerator) -> None:
    """Once after a change to logits: whose loss is another, as no logits give a p that does not sum to 1."""
    if numbers := st.session_state.pop(_RESCALED, []):
        which = f"row{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"
        alert.warning(
            f"Logits give probabilities that sum to 1: in {which} p did not, so it is rescaled and L is another.", place
        )
