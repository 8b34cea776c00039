"""Whose words a text has: how probable each cause is, given who says which of its words in `sayings`.

Words are taken to be independent, each at the rate at which sentences of a cause have it, drawn towards that of all:

    P(cause | words) ∝ Π (n_word,cause + STEADY · rate) / ((n_cause + STEADY) · rate)
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from explorer.doctor.kinds import KINDS, all_found
from explorer.doctor.reading import mentions
from explorer.doctor.sayings import SAYINGS

STEADY = 4.0
"""How many sentences of all causes are counted with those of each."""
STEM = 5
"""As many letters of a word tell it from others: "decreases" and "decreasing" are one."""
LEAST = 0.05
"""A smaller probability is not told."""


class Telling(NamedTuple):
    """How probable a cause is by the words of a text, and the sentence of `sayings` that is most like it."""

    probability: float
    like: str


class _Counts(NamedTuple):
    """Word -> how many sentences of all, and of each cause, have it; how many sentences a cause has; sentence -> its words."""

    every: Counter[str]
    each: dict[str, Counter[str]]
    sentences: dict[str, int]
    words: dict[str, frozenset[str]]


def found(text: str) -> dict[str, Telling]:
    """Return the causes that the words of a text speak for; nothing where they speak for none, or it has none.

    Examples
    --------
    >>> max(found("my siamese network gives the same embedding for every image").items(), key=lambda item: item[1])[0]
    'embeddings-collapsed'
    """
    counts = _counts()
    said = [word for word in words(text) if word in counts.every]
    if not said:
        return {}
    total = sum(counts.sentences.values())
    logs = {
        cause: sum(
            math.log((counts.each[cause][word] + STEADY * (rate := counts.every[word] / total)) / ((n + STEADY) * rate))
            for word in said
        )
        for cause, n in counts.sentences.items()
    }
    most = max(logs.values())
    shares = {cause: math.exp(log - most) for cause, log in logs.items()}
    whole = sum(shares.values())
    return {
        cause: Telling(share / whole, _like(cause, frozenset(said)))
        for cause, share in shares.items()
        if cause and share / whole > LEAST
    }


def words(text: str) -> frozenset[str]:
    """Return the words of a text, shortened, with what it mentions and the kinds of losses that it names."""
    plain = (match[0] for match in re.finditer(r"[a-z]{2,}|-100\b|\b255\b", text.lower()))
    named = (f"a kind: {kind}" for kind in all_found(KINDS, text))
    return frozenset((*(word[:STEM] for word in plain), *mentions.found(text), *named))


def _like(cause: str, said: frozenset[str]) -> str:
    """The sentence of a cause that shares most words, relative to its length."""
    held = _counts().words
    return max(SAYINGS[cause], key=lambda sentence: len(held[sentence] & said) / math.sqrt(len(held[sentence]) + 1))


@lru_cache
def _counts() -> _Counts:
    held = {sentence: words(sentence) for said in SAYINGS.values() for sentence in said}
    each = {cause: Counter(word for sentence in said for word in held[sentence]) for cause, said in SAYINGS.items()}
    return _Counts(sum(each.values(), Counter()), each, {cause: len(said) for cause, said in SAYINGS.items()}, held)
