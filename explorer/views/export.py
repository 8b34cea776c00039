"""The numbers of a view to take away, as CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping

from explorer.core.digits import exact_text
from explorer.views.view import View


def numbers_csv(view: View) -> str:
    """Return a line for each input and step, its name and its number; a float reads back exactly."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["name", "value"])
    writer.writerows((name, exact_text(value)) for name, value in view.numbers.items())
    return text.getvalue()


def numbers_json(view: View) -> str:
    """Return the address, what was refused, and the numbers; those that JSON lacks are "Infinity", "-Infinity" and "NaN"."""
    shown = {"address": view.address, "refused": list(view.refused), "numbers": finite(view.numbers)}
    return json.dumps(shown, ensure_ascii=False, indent=1, allow_nan=False)


def finite(numbers: Mapping[str, float]) -> dict[str, float | str]:
    """Return numbers as JSON has them: one that is not finite as text."""
    return {name: value if abs(value) < float("inf") else exact_text(value) for name, value in numbers.items()}
