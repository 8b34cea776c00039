"""Dictionaries, one a line, as Hugging Face's trainers print them: {'loss': 0.6931, 'learning_rate': 1e-6, 'epoch': 0.01}."""

from __future__ import annotations

import re

from explorer.doctor.reading.spec import Rows, as_python_prints, column, is_number

LONGEST = 5000
"""The most characters of one."""
_ONE = re.compile(r"\{[^{}\n]{1,5000}\}")
_SUMMARY = ("train_runtime", "train_samples_per_second")
"""What stands in the dictionary of a whole training, which is no moment of it."""


def rows(text: str) -> Rows | None:
    """Return the rows of such lines; None where there are none."""
    found = []
    for match in _ONE.finditer(text):
        row = {} if any(name in match[0] for name in _SUMMARY) else _row(match[0])
        if {"loss", "val_loss"} & row.keys():
            found.append(row)
    return found or None


def _row(text: str) -> dict[str, str]:
    try:
        held = as_python_prints(text)
    except (ValueError, RecursionError):
        return {}
    return {known: str(value) for name, value in held.items() if (known := column(name)) and is_number(str(value))}
