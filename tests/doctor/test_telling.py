"""Words alone: each cause is told by its own sentences, ordinary talk by none, and what is said is never more than possible."""

from __future__ import annotations

import math

import numpy as np
import pytest

from explorer.core.checks import FloatArray
from explorer.doctor import diagnose
from explorer.doctor.reading import telling
from explorer.doctor.rules import CAUSES
from explorer.doctor.rules.examples import EXAMPLES
from explorer.doctor.sayings import SAYINGS
from explorer.doctor.score import POSSIBLE, weighed
from tests.doctor import heard


def test_every_cause_has_sentences_and_an_example() -> None:
    assert set(SAYINGS) == {*CAUSES, ""}
    assert set(EXAMPLES) == set(CAUSES)
    assert len({sentence for said in SAYINGS.values() for sentence in said}) == sum(map(len, SAYINGS.values()))


def test_what_was_learned_is_the_best_there_is() -> None:
    """The likelihood with its penalty rises by no small step along its slope: by the formula itself."""
    texts = [*heard.of_sayings(), *heard.of_cases().values()]
    model = heard.learned(texts)
    words = list(model.weights)
    held = np.array([[word in text.words for word in words] for text in texts]) * np.array([model.rare[word] for word in words])
    arrows = held / np.hypot(telling.ENOUGH, np.linalg.norm(held, axis=1))[:, None]
    coefficients = np.array([model.weights[word] / model.rare[word] for word in words])
    truth = np.array([[text.cause == cause for cause in model.causes] for text in texts], dtype=float)

    def cost(held: FloatArray) -> tuple[float, FloatArray]:
        heights = arrows @ held
        heights -= np.log(np.exp(heights).sum(axis=1, keepdims=True))
        slope = heard.FREE * arrows.T @ (np.exp(heights) - truth) + held
        return float(-heard.FREE * (heights * truth).sum() + (held**2).sum() / 2), slope

    least, slope = cost(coefficients)
    assert cost(np.zeros_like(coefficients))[0] > 2 * least
    assert min(cost(coefficients - step * slope)[0] for step in (1e-3, 1e-2, 1e-1)) > 0.9999 * least


def test_probabilities_are_those_of_the_formula() -> None:
    model, said = telling.model(), telling.words("siamese loss is stuck")
    known = [word for word in said if word in model.rare]
    assert len(known) == len(said) > 3
    length = math.sqrt(telling.ENOUGH**2 + sum(model.rare[word] ** 2 for word in known))
    height = [sum(model.weights[word][k] for word in known) / length for k in range(len(model.causes))]
    whole = sum(map(math.exp, height))
    found = telling.found("siamese loss is stuck")
    assert set(found) == {*CAUSES, ""} == set(model.causes)
    for cause, one in zip(model.causes, height, strict=True):
        assert found[cause].probability == pytest.approx(math.exp(one) / whole, rel=1e-9)


def test_sentences_left_out_are_mostly_told_by_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    first = {cause: said[0] for cause, said in SAYINGS.items() if cause}
    left_out = {heard.said(*item) for item in first.items()}
    model = heard.learned(
        [text for text in (*heard.of_sayings(), *heard.of_cases().values()) if text not in left_out], roughly=True
    )
    monkeypatch.setattr(telling, "model", lambda: model)
    hits = 0
    for cause, sentence in first.items():
        found = telling.found(sentence)
        hits += cause in sorted(found, key=lambda name: -found[name].probability)[:3]
    assert hits >= 0.7 * len(first)


def test_words_alone_are_possible_and_no_more() -> None:
    assert weighed(0.0, 1.0, 1.0) < POSSIBLE
    found = diagnose("the encoder collapsed to a trivial solution, features of different people are identical")
    assert found[0].cause == "embeddings-collapsed"


def test_arithmetic_that_does_not_fit_is_not_shown() -> None:
    """Only the words speak for no signal here, as ln 2 is far from the loss."""
    found = {finding.cause: finding.because for finding in diagnose("bce loss stuck at 0.1985, 5% positive")}
    assert found["base-rate"].endswith("= 0.19852; you have 0.1985.")
    assert "you have" not in found.get("no-signal", "")
    assert not any("0.69315" in because for because in found.values())


@pytest.mark.parametrize("told", ["", "zzz qqq", "2.302", "あ", "\n\n"])
def test_texts_without_known_words_tell_nothing(told: str) -> None:
    assert telling.found(told) == {}
