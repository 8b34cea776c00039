"""What readers of logs share."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from explorer.doctor.history import COLUMN_OF
from explorer.doctor.printed import pointed

Rows: TypeAlias = "list[dict[str, str]]"
"""For each moment, column of `history.COLUMNS` -> number as printed."""

_QUOTES = str.maketrans({"'": '"'})
_NAMED = re.compile(r"([:,\[]\s*)(-?)(nan|inf)\b", re.IGNORECASE)


def as_python_prints(text: str) -> Any:
    """Return what Python prints of dictionaries and lists, with nan and inf among their numbers, which keep their digits.

    Raises
    ------
    ValueError, RecursionError
        If it is nothing of that.
    """
    plain = _NAMED.sub(lambda m: f"{m[1]}{m[2]}{'NaN' if m[3].lower() == 'nan' else 'Infinity'}", text.translate(_QUOTES))
    return json.loads(plain, parse_float=str, parse_int=str)


def plain(name: str) -> str:
    """Return a name as `history.COLUMNS` writes it; of "run 3 - train/loss" its end."""
    return name.rpartition(" - ")[2].strip().strip("\"'").lower().replace(" ", "_")


@lru_cache(maxsize=4096)
def column(name: str) -> str | None:
    """Return the column that a log means by a name."""
    known = plain(name)
    if known in COLUMN_OF:
        return COLUMN_OF[known]
    of_validation = known.startswith(("val", "eval", "test", "dev"))
    if known.endswith(("loss", "cost")):
        return "val_loss" if of_validation else "loss"
    if known.endswith(("acc", "accuracy")):
        return "val_accuracy" if of_validation else "accuracy"
    return None


def is_number(text: str) -> bool:
    """Whether a text prints a number, NaN or infinity; a decimal comma will do, but none that ends it."""
    if text.endswith(","):
        return False
    try:
        float(pointed(text))
    except ValueError:
        return False
    return True


def added(texts: Sequence[str]) -> str:
    """Return the sum of numbers with as many places as the longest of them has."""
    if len(texts) == 1:
        return texts[0]
    numbers = [float(pointed(text)) for text in texts]
    total = math.fsum(numbers) if all(map(math.isfinite, numbers)) else sum(numbers)
    places = max(len(pointed(text).partition(".")[2].partition("e")[0]) for text in texts)
    return f"{total:.{places}f}"
