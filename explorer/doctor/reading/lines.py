"""Lines with a loss in each: Keras' progress, Caffe's log, "epoch 3 loss 2.302 acc 0.1", the bars of tqdm and Lightning.

Most lines of a log differ in their digits alone, so where a number stands is looked for once for lines of the same shape.
"""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

from explorer.doctor.history import COLUMN_OF
from explorer.doctor.printed import NUMBER, pointed
from explorer.doctor.reading.spec import Rows

LONGEST = 2000
"""As many characters of a line are looked at."""
BEFORE = 24
"""As many characters before a name say whose it is."""
MOST_WORDS = 9
"""A line with more words that stand one after the other is a sentence."""
MOST_SHAPES = 10_000
"""As many shapes of lines are remembered."""
_COLUMNS = {
    **dict.fromkeys(("loss", "cost", "logloss", "mlogloss", "mae", "rmse", "nll", "error", "err"), "loss"),
    **dict.fromkeys(("acc", "accuracy"), "accuracy"),
    **dict.fromkeys(("lr", "learning_rate", "learning rate"), "rate"),
    **dict.fromkeys(("grad_norm", "grad norm", "gnorm", "norm"), "grad_norm"),
}
_PAIR = re.compile(
    r"(loss|cost|mlogloss|logloss|mae|rmse|nll|err(?:or)?|accuracy|acc|lr|learning[_ ]rate|grad[_ ]norm|gnorm|norm"
    r"|rewards/margins)"
    r"(?:_(?:step|epoch|train|val|d))?(?:\d{1,2}(?=\s?[:=]))?(?:\s?\([a-z ]{1,12}\))?"
    r"[\"'\]]?\s{0,8}[:=,]?\s{0,8}\[?(?:tensor\()?"
    rf"({NUMBER})(?:/(\d{{1,9}})(?!\d))?\s?(%?)"
)
"""What a number is called, and the number, in small letters: without regard to case this takes twice as long."""
_PLAIN_WORDS = re.compile(r"\b[a-z]{2,}(?= [a-z])")
_ALONE = frozenset({"error", "err", "acc", "lr", "mae", "nll", "norm"})
"""Names that are also the end of other words."""
_OF_VALIDATION = re.compile(
    r"(?:^|[^a-z])(?:val|eval|test|dev|verif)[a-z]*(?: ?(?:set|data|phase|epoch"
    r"|results?)\w{0,3})?[\]):]{0,2}[\w ']{0,20}?[ _/:.-]{0,3}$"
)
_OPENING = re.compile(r"[^a-z]{0,40}((?:validation|verification|evaluation|val|eval|test|dev)\b)")
"""The word that opens a line, after what stands for the time, if the whole line is of validation."""
_WHOLE = re.compile(r"(?:^|[^a-z_]|total_|train(?:ing)?_|avg_|mean_|running_)$")
"""What stands before the name of a loss that is no part of another."""
_PARTIAL = re.compile(r"(\d{1,9})/(\d{1,9})\s{0,3}(?:\[[=>. ]*[>.][=>. ]*\]|\x20?━)")
"""A bar of Keras that is under way: the old one shows it, the new one by its count."""
_WEIGHED = re.compile(rf"= ({NUMBER}) \(\* \S{{1,20}} = ({NUMBER}) loss\)", re.IGNORECASE)
"""A loss of Caffe and what its weight makes of it."""
_BARS = ("[=", "[>", "[.", "[ ", "━")
"""One of these stands in every bar of Keras."""
_DIGITS = bytes.maketrans(b"123456789", b"000000000")
"""Bytes, as that takes a third of the time where a line has other letters than ASCII."""
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
"""To small letters, each of which stands where it stood."""


class _Place(NamedTuple):
    """Where in lines of one shape a column stands: from and to where, the number of which it is a part, and whether in %."""

    column: str
    start: int
    end: int
    of: tuple[int, int] | None
    percent: bool


def rows(text: str) -> Rows | None:
    """Return a row for each line that has a loss and looks like a log; None where none does."""
    found: Rows = []
    partial: Rows = []
    shapes: dict[bytes, tuple[_Place, ...]] = {}
    is_caffe = False
    for line in _lines(text):
        if "(* " in line and found and (weighed := _WEIGHED.search(line)) and found[-1].get("loss") == weighed[2] != weighed[1]:
            found[-1]["loss"] = weighed[1]  # the only one, times its weight, is the whole
            continue
        if is_caffe and "(* " in line and "rain net output" in line and ": loss =" not in line:
            continue  # a part of the loss that stands in the line above
        row = _row(line, shapes) if line else {}
        is_caffe = is_caffe or "loss" in row and "Iteration " in line
        if "loss" not in row and "val_loss" not in row:
            if row and found and not row.keys() & found[-1].keys():
                found[-1] |= row
            continue
        if found and "val_loss" in row and "loss" not in row and "val_loss" not in found[-1]:
            found[-1] |= row
        elif "val_loss" in row or not _is_partial(line):
            found.append(row)
        else:
            partial.append(row)
    return found or partial or None


_SENTENCE = re.compile(r"(?:\b[A-Za-z]{2,},? ){5}")
"""So many words in a row are of no log."""
_HEAD = re.compile(r"[\w/.-]{1,40}(?:[,;\t|][\w/.-]{1,40}){2,200}")
"""Names of columns, with no blank between."""
_NAME = re.compile(r"[a-z_][\w/-]*")


def is_row(line: str) -> bool:
    """Whether a line is one of a log, or names its columns, and is no sentence."""
    if _SENTENCE.search(line):
        return False
    if line.lstrip().startswith(("{", "[", "}", '"', "tensor(")) or _HEAD.fullmatch(line.strip()):
        return True
    names = _NAME.findall(line.lower())
    if names and all(name in COLUMN_OF for name in names):
        return True
    return bool({"loss", "val_loss"} & _row(line[:LONGEST], {}).keys())


def _lines(text: str) -> list[str]:
    """The lines; of what Keras writes over itself in one line, the last alone."""
    if "\r" not in text and "\b" not in text:
        return [line[:LONGEST] for line in text.split("\n")]
    kept: list[str] = []
    for whole in text.replace("\r\n", "\n").split("\n"):
        written = [line[:LONGEST] for line in re.split(r"[\r\b]+", whole) if line]
        kept += written[-1:] if written and all(map(_PARTIAL.search, written[:-1])) else written
    return kept


def _is_partial(line: str) -> bool:
    if not any(bar in line for bar in _BARS):
        return False
    bar = _PARTIAL.search(line)
    return bar is not None and (bar[0][-1] == "]" or int(bar[1]) < int(bar[2]))


def _row(line: str, shapes: dict[bytes, tuple[_Place, ...]]) -> dict[str, str]:
    shape = line.encode(errors="surrogatepass").translate(_DIGITS)
    places = shapes.get(shape)
    if places is None:
        if len(shapes) >= MOST_SHAPES:
            shapes.clear()
        places = shapes[shape] = _places(line.translate(_LOWER))
    row = {}
    for column, start, end, of, percent in places:
        number = line[start:end]
        row[column] = (
            number if of is None and not percent and not column.endswith("accuracy") else _share(line, number, of, percent)
        )
    return row


def _places(line: str) -> tuple[_Place, ...]:
    """Where the columns of a line in small letters stand, none of a sentence; of parts of a loss and the whole, the whole."""
    if len(_PLAIN_WORDS.findall(line)) > MOST_WORDS:
        return ()
    known: dict[str, tuple[_Place, bool]] = {}
    opening = _OPENING.match(line)
    set_of_validation = opening.start(1) if opening and "train" not in line else line.find("[val")
    for match in _PAIR.finditer(line):
        name, before = match[1], line[max(0, match.start() - BEFORE) : match.start()]
        if name in _ALONE and (before[-1:].isalpha() or before[-1:] == "_" and name == "norm") or before.endswith("class_"):
            continue
        if name == "cost" and before.endswith(("time ", "time_")):
            continue
        column = _COLUMNS.get(name, "margin")
        if column in {"loss", "accuracy"} and (_is_of_validation(before) or 0 <= set_of_validation < match.start()):
            column = f"val_{column}"
        whole = column not in {"loss", "val_loss"} or name in {"loss", "cost"} and _WHOLE.search(before) is not None
        if column not in known or whole and not known[column][1]:
            of = match.span(3) if match[3] else None
            known[column] = _Place(column, *match.span(2), of, bool(match[4])), whole
    places = {column: place for column, (place, _) in known.items()}
    if "val_loss" in places and not {"loss", "val_accuracy"} & places.keys() and "train" not in line and "accuracy" in places:
        places["val_accuracy"] = places.pop("accuracy")._replace(column="val_accuracy")
    return tuple(places.values())


def _is_of_validation(before: str) -> bool:
    maybe = "val" in before or "test" in before or "dev" in before or "verif" in before
    return maybe and _OF_VALIDATION.search(before.rpartition(",")[2].rpartition(" - ")[2]) is not None


def _share(line: str, number: str, of: tuple[int, int] | None, percent: bool) -> str:
    """A share, which may be printed in percent or as so many of so many."""
    try:
        value = float(pointed(number))
    except ValueError:
        return number
    if of is not None and float(line[slice(*of)]) >= max(value, 1):
        return repr(value / float(line[slice(*of)]))
    return repr(value / 100) if percent or value > 1 else number
