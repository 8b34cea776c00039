"""The public cases: the right cause first in nine of ten, and within the first three in all.

Words are learned from these cases too. So they are asked once more, each third by what the words of the others teach.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from explorer.core.checks import FloatArray
from explorer.doctor import diagnose, reading
from explorer.doctor.reading import telling
from tests.doctor import heard
from tests.doctor.cases import CASES, GROUPS

FOLDS = 3


def _found(threads: Iterable[str]) -> dict[str, list[str]]:
    reading._read.cache_clear()
    return {thread: [f.cause for f in diagnose(CASES[thread][0], **CASES[thread][1])] for thread in threads}


def _first_and_within_three(found: dict[str, list[str]]) -> tuple[float, float]:
    first = sum(found[thread][:1] == [cause] for thread, (_, _, cause) in CASES.items())
    within = sum(cause in found[thread][:3] for thread, (_, _, cause) in CASES.items())
    return first / len(CASES), within / len(CASES)


def test_no_case_is_told_twice() -> None:
    assert len(CASES) == sum(len(group.CASES) for group in GROUPS)


def test_words_are_those_of_the_sentences_and_cases() -> None:
    written, held = (_numbers(text) for text in (heard.written(), heard.FILE.read_text("utf-8")))
    again = "write them: python -m tests.doctor.heard"
    assert written.keys() == held.keys(), again
    assert all(written[word][0] == held[word][0] for word in held), again
    assert all(np.abs(written[word] - held[word]).max() <= 1 for word in held), again  # a processor rounds as it does


def _numbers(text: str) -> dict[str, FloatArray]:
    """The numbers of each line after the first, by its word."""
    first, *lines = (line.split("\t") for line in text.splitlines())
    return {"\t".join(first): np.zeros(1)} | {word: np.array([float(number or 0) for number in rest]) for word, *rest in lines}


def test_public_cases() -> None:
    first, within = _first_and_within_three(_found(CASES))
    assert first >= 0.9
    assert within == 1


def test_public_cases_by_words_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = heard.of_cases()
    found: dict[str, list[str]] = {}
    for fold in range(FOLDS):
        asked = list(CASES)[fold::FOLDS]
        model = heard.learned(
            [*heard.of_sayings(), *(text for thread, text in texts.items() if thread not in asked)], roughly=True
        )
        monkeypatch.setattr(telling, "model", lambda model=model: model)
        found |= _found(asked)
    first, within = _first_and_within_three(found)
    assert first >= 0.88
    assert within >= 0.98
