"""Numbers and nothing else: a list, an array, a column, with a name before them or without."""

from __future__ import annotations

import re

from explorer.doctor.printed import NUMBER
from explorer.doctor.reading.spec import Rows

LEAST, LEAST_LINES = 4, 3
"""So many numbers, or lines of one, make a curve."""
HEAD = 500
"""So many characters show whether there are words."""
_TENSOR = re.compile(rf"\btensor\(({NUMBER})[^()\n]{{0,200}}\)", re.IGNORECASE)
_NAME = re.compile(r"\A\s*[A-Za-z_][\w .]{0,40}[:=]\s*(?=[\[(\d.+-])")
_WRAPPER = re.compile(
    r"(?:np\.|numpy\.|torch\.|jnp\.)?(?:array|tensor|Array|DeviceArray)\(|dtype=[\w.]{1,20}|device='[\w:]{1,20}'"
)
_NUMBER = re.compile(rf"(?<![\w.]){NUMBER}(?![\w.])", re.IGNORECASE)
_LAST = re.compile(r"[^\s,;]*\Z")
"""What may be cut in two."""
_BETWEEN = re.compile(r"[\s,;\[\]()]*")


def rows(text: str) -> Rows | None:
    """Return a row for each number; None of a text with words in it."""
    if len(text) > HEAD and not _is_bare(_bare(_LAST.sub("", text[:HEAD]))):
        return None
    bare = _bare(text)
    if not _is_bare(bare):
        return None
    lines = [_NUMBER.findall(line) for line in bare.splitlines() if line.strip()]
    if len(lines) >= LEAST_LINES - 1 and all(len(line) == 2 for line in lines) and _counts([line[0] for line in lines]):
        return [{"step": step, "loss": loss} for step, loss in lines]
    found = [number for line in lines for number in line]
    listed = len(lines) == len(found) or "[" in text
    enough = len(found) >= (LEAST_LINES if listed else LEAST) or len(found) > 1 and _TENSOR.search(text)
    return [{"loss": number} for number in found] if enough else None


def _bare(text: str) -> str:
    return _WRAPPER.sub(" ", _TENSOR.sub(r"\1", _NAME.sub("", text, count=1)))


def _is_bare(text: str) -> bool:
    return _BETWEEN.fullmatch(_NUMBER.sub(" ", text)) is not None


def _counts(texts: list[str]) -> bool:
    """Whether numbers are those of steps: whole, and each above the one before."""
    return all(text.isdigit() for text in texts) and all(int(a) < int(b) for a, b in zip(texts, texts[1:], strict=False))
