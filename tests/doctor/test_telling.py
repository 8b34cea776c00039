"""Words alone: each cause is told by its own sentences, ordinary talk by none, and what is said is never more than possible."""

from __future__ import annotations

import math

import numpy as np
import pytest

from explorer.doctor import diagnose
from explorer.doctor.reading import telling
from explorer.doctor.rules import CAUSES
from explorer.doctor.rules.examples import EXAMPLES
from explorer.doctor.sayings import SAYINGS
from explorer.doctor.score import POSSIBLE, SAID
from tests.doctor import heard


def test_every_cause_has_sentences_and_an_example() -> None:
    assert set(SAYINGS) == {*CAUSES, ""}
    assert set(EXAMPLES) == set(CAUSES)
    assert len({sentence for said in SAYINGS.values() for sentence in said}) == sum(map(len, SAYINGS.values()))


def test_probabilities_are_those_of_the_formula() -> None:
    texts = [(cause, said.split()) for cause, said in (line.split("\t") for line in heard.written().splitlines())]
    words = sorted({word for _, said in texts for word in said})
    held = np.array([[word in said for word in words] for _, said in texts], dtype=float)
    arrows = held * np.log(len(texts) / held.sum(axis=0))
    arrows /= np.sqrt(telling.ENOUGH**2 + (arrows**2).sum(axis=1, keepdims=True))
    asked = np.isin(words, sorted(telling.words("siamese loss is stuck"))) * np.log(len(texts) / held.sum(axis=0))
    asked /= np.hypot(telling.ENOUGH, np.linalg.norm(asked))
    causes = np.array([cause for cause, _ in texts])
    near = {c: float((arrows[causes == c] @ asked).sum() / np.sqrt((causes == c).sum())) for c in set(causes)}
    whole = sum(math.exp(telling.SHARP * value) for value in near.values())
    found = telling.found("siamese loss is stuck")
    assert set(found) == {cause for cause in CAUSES if near[cause] > near[""]}
    for cause, told in found.items():
        assert told.probability == pytest.approx(math.exp(telling.SHARP * near[cause]) / whole, rel=1e-9)


def test_sentences_left_out_are_mostly_told_by_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    first = {cause: said[0] for cause, said in SAYINGS.items() if cause}
    left_out = {heard.line(*item) for item in first.items()}
    model = telling.learned([line for line in heard.written().splitlines() if line not in left_out])
    monkeypatch.setattr(telling, "model", lambda: model)
    hits = 0
    for cause, sentence in first.items():
        found = telling.found(sentence)
        hits += cause in sorted(found, key=lambda name: -found[name].probability)[:3]
    assert hits >= 0.7 * len(first)


def test_words_alone_are_possible_and_no_more() -> None:
    assert SAID * max(cause.prior for cause in CAUSES.values()) < POSSIBLE
    found = diagnose("the encoder collapsed to a trivial solution, features of different people are identical")
    assert found[0].cause == "embeddings-collapsed"


@pytest.mark.parametrize("told", ["", "zzz qqq", "2.302", "あ", "\n\n"])
def test_texts_without_known_words_tell_nothing(told: str) -> None:
    assert telling.found(told) == {}
