"""Words alone: each cause is told by its own sentences, ordinary talk by none, and what is said is never more than possible."""

from __future__ import annotations

import math
from functools import lru_cache

import pytest

from explorer.doctor import diagnose
from explorer.doctor.reading import telling
from explorer.doctor.rules import CAUSES
from explorer.doctor.rules.examples import EXAMPLES
from explorer.doctor.sayings import SAYINGS
from explorer.doctor.score import POSSIBLE, SAID


def test_every_cause_has_sentences_and_an_example() -> None:
    assert set(SAYINGS) == {*CAUSES, ""}
    assert set(EXAMPLES) == set(CAUSES)
    assert len({sentence for said in SAYINGS.values() for sentence in said}) == sum(map(len, SAYINGS.values()))


def test_probabilities_are_those_of_the_formula() -> None:
    said = telling.words("siamese") & {word for held in SAYINGS.values() for one in held for word in telling.words(one)}
    have = {cause: [sum(word in telling.words(one) for one in held) for word in said] for cause, held in SAYINGS.items()}
    total = sum(map(len, SAYINGS.values()))
    rates = [sum(counts[k] for counts in have.values()) / total for k in range(len(said))]
    odds = {
        cause: math.prod(
            (n + telling.STEADY * rate) / ((len(SAYINGS[cause]) + telling.STEADY) * rate)
            for n, rate in zip(counts, rates, strict=True)
        )
        for cause, counts in have.items()
    }
    found = telling.found("siamese")
    assert found
    for cause, told in found.items():
        assert told.probability == pytest.approx(odds[cause] / sum(odds.values()), rel=1e-9)


def test_sentences_left_out_are_mostly_told_by_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "words", lru_cache(maxsize=None)(telling.words))
    hits, tried = 0, 0
    for cause, said in SAYINGS.items():
        if not cause:
            continue
        left = dict(SAYINGS) | {cause: said[1:]}
        monkeypatch.setattr(telling, "SAYINGS", left)
        telling._counts.cache_clear()
        found = telling.found(said[0])
        hits += cause in sorted(found, key=lambda name: -found[name].probability)[:3]
        tried += 1
    monkeypatch.undo()
    telling._counts.cache_clear()
    assert hits >= 0.7 * tried


def test_words_alone_are_possible_and_no_more() -> None:
    assert SAID * max(cause.prior for cause in CAUSES.values()) < POSSIBLE
    found = diagnose("the encoder collapsed to a trivial solution, features of different people are identical")
    assert found[0].cause == "embeddings-collapsed"


@pytest.mark.parametrize("told", ["", "zzz qqq", "2.302", "あ", "\n\n"])
def test_texts_without_known_words_tell_nothing(told: str) -> None:
    assert telling.found(told) == {}
