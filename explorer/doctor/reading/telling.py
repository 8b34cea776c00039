"""Whose words a text has: how probable each cause is by them, given who said which words before.

`heard.txt` has the words of each sentence of `sayings`, and of each public case of the tests, which write it. A text is an
arrow, nearly of length 1: along each of its words the logarithm of how rare that is. Those of a cause are added up and
divided by the root of how many they are, so that neither the common nor the rare cause is favoured:

    P(cause | words) ∝ exp(SHARP · arrow · Σ arrows of the cause / √n)
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from explorer.doctor.kinds import KINDS, all_found
from explorer.doctor.reading import mentions
from explorer.doctor.sayings import SAYINGS

SHARP = 12.0
"""How much more probable a nearer cause is: of leaving each public case out, the best in a wide range."""
STEM = 5
"""As many letters of a word tell it from others: "decreases" and "decreasing" are one."""
ENOUGH = 6.0
"""A text of fewer and of commoner words than make this length is an arrow that is shorter than 1: it says little."""
_WORD = re.compile(r"[a-z]{2,}|-100\b|\b255\b")

Arrow = dict[str, float]
"""Word -> how much it counts."""


class Telling(NamedTuple):
    """How probable a cause is by the words of a text, and the sentence of `sayings` that is most like it."""

    probability: float
    like: str


class Model(NamedTuple):
    """Word -> how much it counts; cause -> the sum of its arrows over the root of how many they are."""

    rare: Mapping[str, float]
    sums: Mapping[str, Arrow]


def found(text: str) -> dict[str, Telling]:
    """Return each cause that words speak for more than for no cause at all, with how probable it is by them.

    Examples
    --------
    >>> max(found("my siamese network gives the same embedding for every image").items(), key=lambda item: item[1])[0]
    'embeddings-collapsed'
    """
    said, known = words(text), model()
    arrow = _arrow(said, known.rare)
    if not arrow:
        return {}
    near = {cause: sum(length * held.get(word, 0.0) for word, length in arrow.items()) for cause, held in known.sums.items()}
    most = max(near.values())
    shares = {cause: math.exp(SHARP * (value - most)) for cause, value in near.items()}
    whole = sum(shares.values())
    stems = _stems(text)
    return {cause: Telling(share / whole, _like(cause, stems)) for cause, share in shares.items() if share > shares[""]}


def words(text: str) -> frozenset[str]:
    """Return the words of a text, shortened, with what it mentions and the kinds of losses that it names."""
    mentioned = (f"says:{name}" for name in mentions.found(text))
    return _stems(text).union(mentioned, (f"kind:{kind}" for kind in all_found(KINDS, text)))


def learned(lines: Iterable[str]) -> Model:
    """Return what lines of `heard.txt` teach: of each text its cause, a tab, its words."""
    texts = [(cause, said.split(" ")) for cause, said in (line.split("\t") for line in lines)]
    counts = Counter(word for _, said in texts for word in said)
    rare = {word: math.log(len(texts) / count) for word, count in counts.items()}
    sums: dict[str, Arrow] = defaultdict(lambda: defaultdict(float))
    for cause, said in texts:
        for word, length in _arrow(said, rare).items():
            sums[cause][word] += length
    each = Counter(cause for cause, _ in texts)
    return Model(rare, {cause: {w: x / math.sqrt(each[cause]) for w, x in held.items()} for cause, held in sums.items()})


@lru_cache
def model() -> Model:
    """Return what was learned from all of them."""
    return learned(resources.files(__package__).joinpath("heard.txt").read_text("utf-8").splitlines())


def _arrow(said: Iterable[str], rare: Mapping[str, float]) -> Arrow:
    """The arrow of words that are known; none where no word is."""
    lengths = {word: rare[word] for word in said if rare.get(word)}
    whole = math.hypot(ENOUGH, *lengths.values())
    return {word: length / whole for word, length in lengths.items()}


def _stems(text: str) -> frozenset[str]:
    return frozenset(match[0][:STEM] for match in _WORD.finditer(text.lower()))


def _like(cause: str, stems: frozenset[str]) -> str:
    """The sentence of a cause that shares most words, relative to its length."""
    return max(_said()[cause], key=lambda one: len(one[1] & stems) / math.sqrt(len(one[1]) + 1))[0]


@lru_cache
def _said() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Cause -> its sentences, each with its words."""
    return {cause: [(sentence, _stems(sentence)) for sentence in said] for cause, said in SAYINGS.items()}
