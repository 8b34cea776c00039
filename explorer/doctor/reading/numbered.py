"""Lines that begin with the number of a round: XGBoost, LightGBM, CatBoost, Darknet."""

from __future__ import annotations

import re

from explorer.doctor.printed import NUMBER
from explorer.doctor.reading.spec import Rows

LEAST = 2
"""So many rounds make a log."""
HEAD = 8_000
"""The first of them stands within so many characters."""
_ROUND = re.compile(
    r"(?:^|(?<=\n))[^\S\n]{0,8}(?:\[(\d{1,9})\][^\S\n]*|(\d{1,9})(?:, \d{1,9}\.\d{1,9})?:[^\S\n]+)(?=\S)([^\n]{1,500})"
)
_METRIC = re.compile(rf"([A-Za-z][\w' -]{{0,40}}?)\s?[-:' ]\s?([A-Za-z_]\w{{0,30}}):[^\S\n]?({NUMBER})", re.IGNORECASE)
_SIDE = re.compile(rf"\b(learn|test):[^\S\n]({NUMBER})")
_AVERAGE = re.compile(rf"({NUMBER}), {NUMBER} avg(?: loss)?,")
_NO_LOSS = re.compile(r"auc|ndcg|map(?:@|$)|accuracy|precision|recall|f1|pre$|r2")
"""Metrics that are better the larger they are."""


def rows(text: str) -> Rows | None:
    """Return a row for each round; None of any other text."""
    if _ROUND.search(text[:HEAD]) is None:
        return None
    found = [row for match in _ROUND.finditer(text) if (row := _row(match[1] or match[2], match[3]))]
    return found if len(found) >= LEAST else None


def _row(place: str, line: str) -> dict[str, str]:
    if average := _AVERAGE.match(line):
        return {"step": place, "loss": average[1]}
    sides = dict(_SIDE.findall(line)) or _of_boosting(line)
    if not sides:
        return {}
    train, *others = sides
    if len(sides) == 1 and train.startswith(("val", "eval", "test")):
        return {"step": place, "val_loss": sides[train]}
    return {"step": place, "loss": sides[train]} | ({"val_loss": sides[others[0]]} if others else {})


def _of_boosting(line: str) -> dict[str, str]:
    """Set of data -> its first metric that is a loss."""
    sides: dict[str, str] = {}
    for metric in _METRIC.finditer(line):
        side, name, number = metric[1].strip().lower(), metric[2].lower(), metric[3]
        if not _NO_LOSS.search(name):
            sides.setdefault(side, number)
    return sides
