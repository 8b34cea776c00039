"""Every loss to choose from: by family, with a picture of its curves, or by name."""

from __future__ import annotations

import streamlit as st

from explorer.core.comparison import MOST, axis_of
from explorer.core.losses import FAMILIES
from explorer.live import live
from explorer.pages import controls
from explorer.views.losses import fields, gallery
from explorer.views.losses.fields import TITLES
from explorer.views.losses.own import Own

_FAMILY, _FIND = "gallery-family", "gallery-find"
NEAR = {"number": "regression", "score": "binary", "probability": "binary", "": "classes"}
"""The family that opens beside a loss that is typed, by what that runs over."""
_NONE = "No loss has this name. Try a word of it, or a library's name for it."


def show(chosen: tuple[str, ...], typed: Own | None) -> None:
    """A button that opens the catalogue; what it shows is made once it is open."""
    opened = st.popover("All losses", icon=":material/menu_book:", key="gallery", on_change="rerun", width="content")
    if not opened.open:
        return
    with opened, st.container(key="gallery-open", gap="small"):
        text = st.text_input("Find", key=_FIND, placeholder="smooth l1, log loss, pinball …")
        family = TITLES[chosen[0]].family if chosen else NEAR[axis_of(typed.loss) if typed else ""]
        if not text.strip():
            families = {title: name for name, title in FAMILIES.items()}
            asked = st.segmented_control("Family", tuple(families), default=FAMILIES[family], key=_FAMILY, required=True)
            family = families.get(asked or "", family)
            live.live_text(gallery.picture(family), key="gallery-picture")
        titles = [loss.title for loss in gallery.found(text, family)]
        if not titles:
            st.markdown(_NONE)
            return
        key = controls.fresh_key("gallery", (text, family, chosen))
        held = [title for title in chosen if title in titles]
        st.pills(
            "Losses", titles, selection_mode="multi", default=held, key=key, label_visibility="collapsed",
            on_change=_choose, args=(key, chosen, tuple(held), bool(typed)),
        )  # fmt: skip


def _choose(key: str, chosen: tuple[str, ...], held: tuple[str, ...], is_beside: bool) -> None:
    """Add the loss that was pressed, or take it away; one that cannot stand beside the first takes the place of all.

    Beside a loss that is typed it is added in any case: the page says if it cannot stand there.
    """
    pressed = tuple(st.session_state.get(key, ()))
    kept = tuple(title for title in chosen if title not in held or title in pressed)
    added = tuple(title for title in pressed if title not in held)
    field = fields.chosen(is_beside)
    axis = axis_of(TITLES[kept[0]]) if kept else ""
    alike = is_beside or (bool(axis) and all(axis_of(TITLES[title]) == axis for title in added))
    together = (*kept, *added)[-MOST + is_beside :] if alike or not added else added
    controls.set_later(**{field.name: list(together or field.default)})
