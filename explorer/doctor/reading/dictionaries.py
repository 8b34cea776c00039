"""Dictionaries, one a line, as Hugging Face's trainers print them: {'loss': 0.6931, 'learning_rate': 1e-6, 'epoch': 0.01}."""

from __future__ import annotations

import json
import re

from explorer.doctor.reading.spec import Rows, column

LONGEST = 5000
"""The most characters of one."""
_ONE = re.compile(r"\{[^{}\n]{1,5000}\}")
_WORDS = str.maketrans({"'": '"'})
_NUMBERS = re.compile(r":\s*(-?)(nan|inf)\b", re.IGNORECASE)


def rows(text: str) -> Rows | None:
    """Return the rows of such lines; None where there are none."""
    found = []
    for match in _ONE.finditer(text):
        row = _row(match[0])
        if {"loss", "val_loss"} & row.keys():
            found.append(row)
    return found or None


def _row(text: str) -> dict[str, str]:
    plain = _NUMBERS.sub(lambda m: f": {m[1]}{'NaN' if m[2].lower() == 'nan' else 'Infinity'}", text.translate(_WORDS))
    try:
        held = json.loads(plain, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return {}
    return {known: str(value) for name, value in held.items() if (known := column(name)) and _is_number(value)}


def _is_number(value: object) -> bool:
    try:
        float(str(value))
    except ValueError:
        return False
    return True
