"""What a text mentions of a run, found by the ways in which people say it. Rules ask by name (`Facts.says`).

To know another way: a line under its name. To know another thing: an entry in the module whose subject it is.

A way is a regular expression, one a line; a line that is further in goes on with the one before. Two things are written short:

    …30    up to 30 characters of the same sentence
    ~3     up to 3 words, each with the blank behind it
"""

from __future__ import annotations

import re
from functools import lru_cache

from explorer.doctor.reading.mentions.functions import FUNCTIONS
from explorer.doctor.reading.mentions.labels import LABELS
from explorer.doctor.reading.mentions.predictions import PREDICTIONS
from explorer.doctor.reading.mentions.remedies import REMEDIES
from explorer.doctor.reading.mentions.symptoms import SYMPTOMS
from explorer.doctor.reading.mentions.training import TRAINING

_NEGATIVE_LOSS = re.compile(r"(?:loss|cost)\w*\b[^.\n]{0,40}\bnegative|negative (?:loss|cost)", re.IGNORECASE)
_FURTHER_IN = re.compile(r"\n {9,}")


def _pattern(ways: str) -> re.Pattern[str]:
    """One regular expression of the ways to say a thing."""
    lines = _FURTHER_IN.sub("", ways).strip().splitlines()
    whole = "|".join(line.strip() for line in lines)
    whole = re.sub(r"…(\d+)", r"[^.\\n]{0,\1}", whole)
    return re.compile(re.sub(r"~(\d+)", r"(?:\\w+ ){0,\1}", whole), re.IGNORECASE)


MENTIONS: dict[str, re.Pattern[str]] = {
    name: _pattern(ways) for name, ways in (SYMPTOMS | PREDICTIONS | REMEDIES | FUNCTIONS | LABELS | TRAINING).items()
}
"""What a text may mention -> a pattern of it."""


@lru_cache(maxsize=4)  # rules and words ask for the same text
def found(text: str) -> frozenset[str]:
    """Return the names of what a text mentions; what is said to be missing is not there."""
    said = frozenset(name for name, pattern in MENTIONS.items() if pattern.search(text))
    if "negative_outputs" in said and not _NEGATIVE_LOSS.search(text):
        said -= {"negative"}
    return said - {"softmax", "sigmoid"} if "no_activation" in said and not said & {"ce_of_logits", "bce_of_logits"} else said
