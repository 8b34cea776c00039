"""Dictionaries, one a line, as Hugging Face's trainers print them: {'loss': 0.6931, 'learning_rate': 1e-6, 'epoch': 0.01}."""

from __future__ import annotations

import re
from typing import Any

from explorer.doctor.reading.spec import Rows, as_python_prints, column, is_number

LONGEST = 5000
"""The most characters of one."""
_ONE = re.compile(r"\{[^{}\n]{1,5000}\}")
_SUMMARY = ("train_runtime", "train_samples_per_second")
"""What stands in the dictionary of a whole training, which is no moment of it."""


def rows(text: str) -> Rows | None:
    """Return the rows of such lines; None where there are none."""
    told = [match[0] for match in _ONE.finditer(text) if not any(name in match[0] for name in _SUMMARY)]
    found = [row for held in _read(told) if {"loss", "val_loss"} & (row := _row(held)).keys()]
    return found or None


def _read(told: list[str]) -> list[dict[str, Any]]:
    """The dictionaries: all at once, which takes a third of the time, or where one is broken those that are not."""
    try:
        return list(as_python_prints(f"[{','.join(told)}]"))
    except (ValueError, RecursionError):
        return [held for one in told if (held := _read_one(one))]


def _read_one(told: str) -> dict[str, Any]:
    try:
        return dict(as_python_prints(told))
    except (ValueError, RecursionError):
        return {}


def _row(held: dict[str, Any]) -> dict[str, str]:
    return {known: str(value) for name, value in held.items() if (known := column(name)) and is_number(str(value))}
