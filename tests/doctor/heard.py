"""How much each word speaks for each cause: what `explorer.doctor.reading.telling` knows, learned from all sentences and cases.

`python -m tests.doctor.heard` writes it, after a case, a sentence, a mention or a kind was added.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from explorer.doctor.reading import languages, lines, telling
from explorer.doctor.sayings import SAYINGS
from tests.doctor.cases import CASES

FILE = Path(telling.__file__).with_name("heard.txt")
TWICE = 2
"""In as many texts a word must stand to be learned."""
FREE = 20.0
"""How freely weights follow the texts: the best of many with the cases left out that were found last."""


class Said(NamedTuple):
    """The words of a text, and the cause of what it tells."""

    cause: str
    words: tuple[str, ...]


def of_sayings() -> list[Said]:
    """Return the words of each sentence."""
    return [said(cause, sentence) for cause, sentences in SAYINGS.items() for sentence in sentences]


def of_cases() -> dict[str, Said]:
    """Return the same for each public case, in English and without the lines of its log."""
    prose = {thread: _prose(text) for thread, (text, _, _) in CASES.items()}
    return {thread: said(CASES[thread][2], text) for thread, text in prose.items() if telling.words(text)}


def _prose(text: str) -> str:
    return "\n".join(each for each in languages.in_english(text).splitlines() if not lines.is_row(each))


def said(cause: str, text: str) -> Said:
    """Return the words of a text, and its cause."""
    return Said(cause, tuple(sorted(telling.words(text))))


def learned(texts: Sequence[Said], *, roughly: bool = False) -> telling.Model:
    """Return what texts teach. To ask, a rough fit is enough."""
    counts = Counter(word for text in texts for word in text.words)
    place = {word: k for k, word in enumerate(sorted(word for word, count in counts.items() if count >= TWICE))}
    rare = np.array([math.log(len(texts) / counts[word]) for word in place])
    held = [[place[word] for word in text.words if word in place] for text in texts]
    starts = np.cumsum([0, *map(len, held)])
    lengths = [math.hypot(telling.ENOUGH, *rare[places]) for places in held]
    values = np.concatenate([rare[places] / length for places, length in zip(held, lengths, strict=True)])
    arrows = csr_matrix((values, np.concatenate(held).astype(int), starts), shape=(len(texts), len(place)))
    fitted = LogisticRegression(C=FREE, fit_intercept=False, max_iter=1000, tol=1e-3 if roughly else 1e-5)
    fitted.fit(arrows, [text.cause for text in texts])
    weights = fitted.coef_.T * rare[:, None]
    return telling.Model(tuple(fitted.classes_), dict(zip(place, rare, strict=True)), dict(zip(place, weights, strict=True)))


def written() -> str:
    """Return the file as it has to be: weights as whole numbers, as finer ones tell no more."""
    texts = [*of_sayings(), *of_cases().values()]
    counts = Counter(word for text in texts for word in text.words)
    model = learned(texts)
    head = "\t".join([str(len(texts)), *model.causes])
    rows = ("\t".join([word, str(counts[word]), *(str(round(x)) for x in held)]) for word, held in model.weights.items())
    return "".join(f"{each}\n" for each in (head, *rows))


if __name__ == "__main__":
    FILE.write_text(written(), "utf-8")
