"""Lines with a loss in each: Keras' progress, Caffe's and XGBoost's logs, "epoch 3 loss 2.302 acc 0.1", Lightning's bar."""

from __future__ import annotations

import re

from explorer.doctor.printed import NUMBER
from explorer.doctor.reading.spec import Rows

LONGEST = 2000
"""As many characters of a line are looked at."""
_COLUMNS = {
    **dict.fromkeys(("loss", "cost", "logloss", "mlogloss", "mae", "rmse", "nll", "error"), "loss"),
    **dict.fromkeys(("acc", "accuracy"), "accuracy"),
    **dict.fromkeys(("lr", "learning_rate", "learning rate"), "rate"),
    **dict.fromkeys(("grad_norm", "gnorm"), "grad_norm"),
}
_PAIR = re.compile(
    r"(loss|cost|mlogloss|logloss|mae|rmse|nll|error|accuracy|acc|lr|learning[_ ]rate|grad_norm|gnorm|rewards/margins)"
    r"(?:_(?:step|epoch|train|val))?(?:\s?\([a-z ]{1,12}\))?[\"'\]]?\s{0,8}[:=,]?\s{0,8}\[?(?:tensor\()?"
    rf"({NUMBER})\s?(%?)"
)
"""What a number is called, and the number, in small letters: without regard to case this takes twice as long."""
_OF_VALIDATION = re.compile(r"(?:^|[^a-z])(?:val|eval|test|dev)[a-z]*[\w ]{0,20}?[ _/:.-]{0,3}$")
_PROGRESS = re.compile(r"\d{1,9}/\d{1,9}\s{0,3}\[[=>. ]*[>.][=>. ]*\]")
BEFORE = 24
"""As many characters before a name say whose it is."""


def rows(text: str) -> Rows | None:
    """Return a row for each line that has a loss and looks like a log; None where none does."""
    found: Rows = []
    for whole in re.split(r"[\r\n\b]+", text):
        line = whole[:LONGEST]
        row = _row(line) if line else {}
        if not {"loss", "val_loss"} & row.keys():
            if row and found and not row.keys() & found[-1].keys():
                found[-1] |= row
            continue
        if found and "val_loss" in row and "loss" not in row and "val_loss" not in found[-1]:
            found[-1] |= row
        elif "val_loss" in row or "[" not in line or not _PROGRESS.search(line):
            found.append(row)
    return found or None


def is_row(line: str) -> bool:
    """Whether a line is one of a log, and no sentence."""
    return line.lstrip()[:1] in {"{", "[", "}", '"'} or bool({"loss", "val_loss"} & _row(line[:LONGEST]).keys())


def _row(line: str) -> dict[str, str]:
    row: dict[str, str] = {}
    line = line.lower()
    for match in _PAIR.finditer(line):
        name = match[1]
        before = line[max(0, match.start() - BEFORE) : match.start()]
        if before[-1:].isalpha() and name in {"error", "acc", "lr", "mae", "nll"}:
            continue
        column = _COLUMNS.get(name, "margin")
        if column in {"loss", "accuracy"} and _is_of_validation(before):
            column = f"val_{column}"
        number = match[2]
        if column.endswith("accuracy"):
            number = _share(number, match[3])
        row.setdefault(column, number)
    return row


def _is_of_validation(before: str) -> bool:
    maybe = "val" in before or "test" in before or "dev" in before
    return maybe and _OF_VALIDATION.search(before.rpartition(",")[2].rpartition(" - ")[2]) is not None


def _share(number: str, percent: str) -> str:
    try:
        value = float(number.replace(",", "."))
    except ValueError:
        return number
    return repr(value / 100) if percent or value > 1 else number
