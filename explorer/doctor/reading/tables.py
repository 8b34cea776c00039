"""Tables with a head: the CSV of Lightning, Keras, TensorBoard, Weights & Biases; what fastai, YOLO and pandas print.

Cells stand between commas, semicolons, tabs, bars or spaces; lines may stand before the head.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from explorer.doctor.history import COLUMN_OF
from explorer.doctor.reading.spec import Rows, added, column, is_number, plain

BEFORE = 200
"""So many lines may stand before the head."""
LONGEST = 2000
"""As many characters of a head are looked at."""
_MARKS = ("loss", "value", "cost", "gpu_mem")
"""One of these stands in every head."""
_PARTS = frozenset({"box", "obj", "cls"})
"""What YOLOv5 calls the parts of its loss, beside `gpu_mem`."""
_RULE = re.compile(r"[\s|+:=─━┃│┏┳┓┡╇┩└┴┘-]*")
_SPACES = re.compile(r"\s{2,}")
_Split = Callable[[str], list[str]]


class _Head(NamedTuple):
    """A head: how its lines are split, how many cells it has (`width`), where the step stands, and where what is known does.

    Of a column of parts all cells are added, of another the first that holds a number counts.
    """

    split: _Split
    width: int
    step: int | None
    places: dict[str, tuple[int, ...]]
    parts: frozenset[str]


def rows(text: str) -> Rows | None:
    """Return the rows of a table; None of any other text."""
    lines = text.strip("\r\n").splitlines()
    for place, line in enumerate(lines[:BEFORE]):
        lower = line[:LONGEST].lower()
        if len(line) > LONGEST or not any(mark in lower for mark in _MARKS):
            continue
        for split in _SPLITS:
            head = _head(split, line)
            if head is not None and (found := _rows(head, lines[place + 1 :])):
                return _one_per_step(found)
    return None


def _by_mark(mark: str) -> _Split:
    def split(line: str) -> list[str]:
        return [cell.strip().strip("\"'") for cell in line.split(mark)] if mark in line else []

    return split


def _by_bars(line: str) -> list[str]:
    inner = line.strip().strip("|│┃")
    return [cell.strip() for cell in re.split(r"[|│┃]", inner)] if inner != line.strip() else []


def _by_spaces(line: str) -> list[str]:
    return _SPACES.split(line.strip())


_SPLITS: tuple[_Split, ...] = (_by_bars, _by_mark(","), _by_mark(";"), _by_mark("\t"), _by_spaces, str.split)


def _head(split: _Split, line: str) -> _Head | None:
    """A head, where a line split so is one."""
    cells = split(line)
    if any(map(is_number, cells)):
        return None
    names = [plain(cell) for cell in cells]
    of_yolo = "gpu_mem" in names
    places: dict[str, tuple[int, ...]] = {}
    parts: set[str] = set()
    for kind in ("loss", "val_loss", "accuracy", "val_accuracy", "grad_norm", "rate", "step", "margin"):
        known = [k for k, cell in enumerate(cells) if column(cell) == kind]
        whole = [k for k in known if names[k] in COLUMN_OF]
        if kind == "loss" and of_yolo and not known:
            known = [k for k, name in enumerate(names) if name in _PARTS]
        if known:
            places[kind] = tuple(whole or (known if kind in {"loss", "val_loss"} else known[:1]))
            parts |= set() if whole else {kind}
    if not {"loss", "val_loss"} & places.keys():
        return None
    return _Head(split, len(cells), places.get("step", (None,))[0], places, frozenset(parts & {"loss", "val_loss"}))


def _rows(head: _Head, lines: list[str]) -> Rows:
    """The rows below a head; none where the first line below it is no row."""
    found: Rows = []
    for line in lines:
        row = _row(head, line)
        if row:
            found.append(row)
        elif not found and not _RULE.fullmatch(line):
            return []
    return found


def _row(head: _Head, line: str) -> dict[str, str]:
    cells = head.split(line)
    if len(cells) == head.width + 1 and head.split in (_by_spaces, str.split) and is_number(cells[0]) and is_number(cells[-1]):
        cells = cells[1:]  # pandas prints an index that has no head
    if len(cells) < head.width or len(cells) > head.width and head.split is not str.split:
        return {}
    if head.step is not None and not cells[head.step][:1].isdigit():
        return {}
    row = {}
    for name, places in head.places.items():
        held = [cells[k] for k in places if is_number(cells[k])]
        if held:
            row[name] = added(held) if name in head.parts else held[0]
    return row if "loss" in row or "val_loss" in row else {}


def _one_per_step(found: Rows) -> Rows:
    """Lightning writes training and validation of an epoch in rows of their own: those of one step are one."""
    joined: Rows = []
    for row in found:
        before = joined[-1] if joined else {}
        if row.get("step") == before.get("step") and not (row.keys() & before.keys()) - {"step", "rate"} and before:
            before |= row
        else:
            joined.append(dict(row))
    return joined
