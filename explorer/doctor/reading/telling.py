"""How probable each cause is by the words of a text: a regression learned from `sayings` and public cases.

`heard.txt` says how much each word speaks for each cause: the weights of a logistic regression over the sentences of `sayings`
and the public cases of the tests, which write it. A word counts the more the rarer it is, and the less the more is said:

    P(cause | words) ∝ exp(Σ weights of the words / √(ENOUGH² + Σ ln² of how rare each is))

So each cause is as probable as another where little is said. One of them is none at all, of which ordinary talk is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from explorer.core.checks import FloatArray
from explorer.doctor.kinds import KINDS, all_found
from explorer.doctor.reading import mentions
from explorer.doctor.sayings import SAYINGS

STEM = 5
"""As many letters of a word tell it from others: "decreases" and "decreasing" are one."""
ENOUGH = 10.0
"""A text of fewer and of commoner words than make this length says little."""
_WORD = re.compile(r"[a-z]{2,}|(?<![\w.])-100\b|\b255\b")


class Telling(NamedTuple):
    """How probable a cause is by the words of a text, and the sentence of `sayings` that is most like it."""

    probability: float
    like: str


class Model(NamedTuple):
    """What is known of words.

    Attributes
    ----------
    causes : tuple of str
        "" is none.
    rare : mapping
        Word -> the logarithm of how rare it is.
    weights : mapping
        Word -> how much it speaks for each cause: array, shape (causes,).
    """

    causes: tuple[str, ...]
    rare: Mapping[str, float]
    weights: Mapping[str, FloatArray]


def found(text: str) -> dict[str, Telling]:
    """Return how probable each cause, and "" for none, is by the words of a text; nothing where no word is known.

    Examples
    --------
    >>> max(found("my siamese network gives the same embedding for every image").items(), key=lambda item: item[1])[0]
    'embeddings-collapsed'
    """
    known = model()
    said = [word for word in sorted(words(text)) if word in known.rare]
    if not said:
        return {}
    length = math.hypot(ENOUGH, *(known.rare[word] for word in said))
    height = np.sum([known.weights[word] for word in said], axis=0) / length
    shares = np.exp(height - height.max())
    stems = _stems(text)
    return {
        cause: Telling(float(share), _like(cause, stems))
        for cause, share in zip(known.causes, shares / shares.sum(), strict=True)
    }


def words(text: str) -> frozenset[str]:
    """Return the words of a text, shortened, with what it mentions and the kinds of losses that it names."""
    mentioned = (f"says:{name}" for name in mentions.found(text))
    return _stems(text).union(mentioned, (f"kind:{kind}" for kind in all_found(KINDS, text)))


@lru_cache
def model() -> Model:
    """Return what `heard.txt` holds: how many texts it is of, and the causes; then a word a line."""
    first, *lines = resources.files(__package__).joinpath("heard.txt").read_text("utf-8").splitlines()
    texts, *causes = first.split("\t")
    held = {word: np.array(numbers, dtype=float) for word, *numbers in (line.split("\t") for line in lines)}
    return Model(
        tuple(causes),
        {word: math.log(int(texts) / numbers[0]) for word, numbers in held.items()},
        {word: numbers[1:] for word, numbers in held.items()},
    )


def _stems(text: str) -> frozenset[str]:
    return frozenset(match[0][:STEM] for match in _WORD.finditer(text.lower()))


def _like(cause: str, stems: frozenset[str]) -> str:
    """The sentence of a cause that shares most words, relative to its length."""
    return max(_said()[cause], key=lambda one: len(one[1] & stems) / math.sqrt(len(one[1]) + 1))[0]


@lru_cache
def _said() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Cause -> its sentences, each with its words."""
    return {cause: [(sentence, _stems(sentence)) for sentence in said] for cause, said in SAYINGS.items()}
