"""Reads facts out of what somebody pastes: a number, a sentence, a log. One module for each format of logs.

To add a format: a module with `rows(text)`, which returns None or, for each moment, column -> number as printed; list it
in FORMATS.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from explorer.doctor import history
from explorer.doctor.facts import Facts
from explorer.doctor.reading import dictionaries, json_documents, languages, lines, numbered, numbers, sentence, tables
from explorer.doctor.reading.spec import Rows

LONGEST = 20_000_000
"""The most characters of a text."""
PROSE = 8_000
"""As many characters of a text are read as a sentence."""
_LONG = re.compile(r"(\S{80})\S+")
_COLOURS = re.compile(r"\x1b\[[0-9;?]{0,20}[A-Za-z]")

FORMATS: dict[str, Callable[[str], Rows | None]] = {
    "a JSON document": json_documents.rows,
    "numbers": numbers.rows,
    "dictionaries": dictionaries.rows,
    "a table": tables.rows,
    "rounds": numbered.rows,
    "log lines": lines.rows,
}
"""What a text may be -> its reader, in the order in which they are asked."""


def read(text: str) -> Facts:
    """Return what a text tells; nothing of an empty one.

    Raises
    ------
    ValueError
        If it is too long, or no text at all: one sentence.
    """
    if not isinstance(text, str):
        raise ValueError(f"text must be a text; got {type(text).__name__}.")
    if len(text) > LONGEST:
        raise ValueError(f"The text must have at most {LONGEST:,} characters; got {len(text):,}.")
    if not text.strip():
        return Facts()
    if "\x00" in text[:PROSE]:
        raise ValueError("The text must be a number, a sentence or a log; got bytes that are no text.")
    return _read(text)


@lru_cache(maxsize=2)  # a page asks twice for the same text
def _read(raw: str) -> Facts:
    """What a text tells."""
    text = languages.in_english(_plain(raw))
    for name, rows in FORMATS.items():
        if (found := rows(text)) is not None and (told := _history(found, name)) is not None:
            prose = sentence.read(_LONG.sub(r"\1", text[:PROSE]), has_history=True)
            said = replace(prose, history=told, loss=prose.loss if len(found) == 1 else None)
            return replace(said, sources={**prose.sources, "history": f"{len(found)} rows of {name}"})
    return sentence.read(_LONG.sub(r"\1", text[:PROSE]))


def _plain(text: str) -> str:
    """A text without the codes that colour a terminal, and with plain spaces."""
    bare = _COLOURS.sub("", text) if "\x1b" in text else text
    return bare if bare.isascii() else bare.replace("\xa0", " ").replace("\u200b", "").replace("\ufeff", "")


def _history(rows: Rows, name: str) -> history.History | None:
    """The history of some rows; None where they are too few to be one."""
    if len(rows) < (2 if name == "log lines" else 1):
        return None
    return history.texts(rows)
