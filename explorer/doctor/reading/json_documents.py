"""JSON, or what Python prints of it: `trainer_state.json`, records, a Keras history, TensorBoard's [wall time, step, value]."""

from __future__ import annotations

import json
from typing import Any

from explorer.doctor.reading.spec import Rows, as_python_prints, column

DEEPEST = 200
"""As many brackets may stand open."""


def rows(text: str) -> Rows | None:
    """Return the rows of a JSON document; None of any other text."""
    plain = text.strip()
    if plain[0] not in "[{" or plain[-1] not in "]}" or plain.count("[", 0, 5000) > DEEPEST * 20:
        return None
    for read in (json.loads, as_python_prints):
        try:
            return _rows(read(plain)) or None
        except (ValueError, RecursionError):
            continue
    return None


def _rows(document: Any) -> Rows:
    if isinstance(document, dict):
        if isinstance(document.get("log_history"), list):
            return _records(document["log_history"])
        columns = {name: value for name, value in document.items() if isinstance(value, list)}
        if columns:
            longest = max(map(len, columns.values()))
            return _records([{name: value[k] for name, value in columns.items() if k < len(value)} for k in range(longest)])
        return _records([document])
    if isinstance(document, list) and all(isinstance(entry, list) and len(entry) == 3 for entry in document):
        return [{"step": str(step), "loss": str(value)} for _, step, value in document if _is_number(value)]
    if isinstance(document, list):
        return _records([entry if isinstance(entry, dict) else {"loss": entry} for entry in document])
    return []


def _records(entries: list[Any]) -> Rows:
    found = [
        {known: str(value) for name, value in entry.items() if (known := column(str(name))) and _is_number(value)}
        for entry in entries
        if isinstance(entry, dict)
    ]
    return [row for row in found if {"loss", "val_loss"} & row.keys()]


def _is_number(value: object) -> bool:
    if isinstance(value, str):
        try:
            float(value)
        except ValueError:
            return False
        return True
    return isinstance(value, int | float) and not isinstance(value, bool)
