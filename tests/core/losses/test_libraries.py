"""Each convention is what its library was measured to compute: value, slopes and hessian, in each dtype that was recorded."""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.core.losses import LOSSES, Loss, cross_entropy_with_logits
from explorer.core.losses.libraries import CONVENTIONS, Convention, readings
from explorer.core.losses.libraries.binary import logits, torchvision_focal
from explorer.core.losses.libraries.classes import fairseq_smoothed, keras_focal
from explorer.core.losses.libraries.reductions import REDUCTIONS, Batch, Reduction, reduced
from explorer.core.losses.libraries.spec import EVERY, LIBRARIES, ask, is_near
from explorer.core.losses.libraries.tape import FLOAT64, Tape

RECORDS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "measured.json").read_text())
PRECISIONS = {precision.name: precision for precision in EVERY}
MEASURED: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
for record in RECORDS:
    if not record.get("batch"):
        MEASURED[record["loss"], record["call"]].append(record)
EPSILON = {"float64": 2.0**-52, "float32": 2.0**-23, "float16": 2.0**-10, "bfloat16": 2.0**-7}
EACH = [(name, convention) for name, conventions in CONVENTIONS.items() for convention in conventions]
each = pytest.mark.parametrize(("name", "convention"), EACH, ids=[f"{name}: {c.call}" for name, c in EACH])


MEASURED_ALONE = [(name, c) for name, c in EACH if (name, c.call) in MEASURED]


def asked(name: str, options: dict[str, Any]) -> Loss:
    variant = LOSSES[name].variant
    return variant(**options) if variant and options else LOSSES[name]


def same(found: float | None, kept: Any, dtype: str) -> bool:
    """Whether two numbers are one but for rounding: that of a number, or of terms near 1 that cancel."""
    if found is None or kept is None:
        return found is kept
    rounding = 2 * EPSILON[dtype]
    return is_near(found, float(kept), PRECISIONS[dtype].tolerance) or abs(found - float(kept)) <= rounding


@pytest.mark.parametrize(("name", "convention"), MEASURED_ALONE, ids=[f"{name}: {c.call}" for name, c in MEASURED_ALONE])
def test_a_convention_is_what_its_library_computes(name: str, convention: Convention) -> None:
    assert len(MEASURED[name, convention.call]) > 1
    for kept in MEASURED[name, convention.call]:
        loss = asked(name, kept.get("options", {}))
        found = ask(convention, loss, kept["at"], PRECISIONS[kept["dtype"]])
        assert found is not None, kept
        assert same(found.value, kept.get("value"), kept["dtype"]), (found, kept)
        assert same(found.slope, kept.get("gradient"), kept["dtype"]), (found, kept)
        assert same(found.hessian, kept.get("hessian"), kept["dtype"]), (found, kept)
        for slope, by in zip(found.slopes or (), loss.predictions, strict=bool(found.slopes)):
            assert same(slope, kept.get("gradients", {}).get(by, slope), kept["dtype"]), (by, found, kept)


def test_the_versions_that_are_named_were_measured() -> None:
    assert {(record["library"], record["version"]) for record in RECORDS} == {(k, v) for k, (_, v) in LIBRARIES.items() if v}


def test_all_but_two_conventions_were_measured_one_by_one() -> None:
    """Those two are held below: against what was measured of a smoothed target, and against the formula."""
    alone = {c.name for _, c in EACH} - {c.name for _, c in MEASURED_ALONE}
    assert alone == {"Keras categorical_focal_crossentropy", "fairseq label_smoothed_nll_loss"}


def test_all_that_was_measured_one_by_one_has_a_convention() -> None:
    """But for a metric that takes no single example."""
    held = {(name, convention.call) for name, convention in EACH}
    assert {call for call in MEASURED if call not in held} == {("hinge", "sklearn.metrics.hinge_loss([t, -t], [y, -t * 2])")}


def test_focal_losses_of_smoothed_targets_differ() -> None:
    kept = {record["call"]: record["value"] for record in RECORDS if record.get("batch") and record["loss"] == "focal"}
    (keras, torchvision, by_hand), tape = kept.values(), Tape(FLOAT64)
    p, t = ([tape.number(x) for x in numbers] for numbers in ([0.9, 0.1], [0.95, 0.05]))
    assert is_near(float(keras_focal(p, t)), keras, 1e-12)
    assert round(keras, 9) == 0.094255621
    assert is_near(float(torchvision_focal(tape.number(math.log(9)), t[0], -1.0, tape.number(2.0))), torchvision, 1e-12)
    assert is_near(float((1.0 - p[0]) ** 2 * logits(tape.number(math.log(9)), t[0])), by_hand, 1e-12)
    assert round(by_hand, 9) == 0.002152217


def test_labels_are_smoothed_over_all_classes_or_over_the_others() -> None:
    tape, z, t = Tape(FLOAT64), [1.0, -2.0, 0.5], [0.0, 1.0, 0.0]
    numbers = [tape.number(x) for x in z], [tape.number(x) for x in t]
    over_others = fairseq_smoothed(*numbers)
    assert over_others is not None
    assert is_near(float(over_others), float(cross_entropy_with_logits(z, [0.05, 0.9, 0.05])), 1e-12)
    over_all = next(c for c in CONVENTIONS["cross_entropy_with_logits"] if "smooth_labels" in c.call).compute(*numbers)
    expected = float(cross_entropy_with_logits(z, [0.1 / 3, 0.9 + 0.1 / 3, 0.1 / 3]))
    assert is_near(float(over_all), expected, 1e-12)  # type: ignore[arg-type]


def batch(at: dict[str, Any]) -> Batch:
    """What was measured: an index marks a target, -100 a position that is none."""
    predicted = np.array(at["z"] if "z" in at else at["p"])
    log_p = predicted - np.logaddexp.reduce(predicted, axis=-1, keepdims=True) if "z" in at else np.log(predicted)
    index, classes = np.array(at.get("index", 0)), predicted.shape[-1]
    counts = np.broadcast_to(index >= 0, predicted.shape[:-1])
    t = np.array(at["t"]) if "t" in at else np.eye(classes)[np.maximum(index, 0)]
    lengths = tuple(counts.sum(axis=1).tolist()) if counts.ndim > 1 else ()
    return Batch(log_p[counts], t[counts], np.array(at.get("w", [1.0] * classes)), lengths)


REDUCED = [(record, way) for record in RECORDS if record.get("batch") for way in REDUCTIONS.get(record["loss"], ())
           if way.call == record["call"]]  # fmt: skip


@pytest.mark.parametrize(("record", "way"), REDUCED, ids=[way.name for _, way in REDUCED])
def test_a_reduction_is_what_its_library_computes(record: dict[str, Any], way: Reduction) -> None:
    assert is_near(way.compute(batch(record["at"])), record["value"], 1e-7 if record["library"] == "keras" else 1e-12)


def test_every_reduction_was_measured() -> None:
    assert {way.call for _, way in REDUCED} == {way.call for ways in REDUCTIONS.values() for way in ways}


def test_a_batch_is_three_examples_whose_targets_move_on() -> None:
    loss = LOSSES["cross_entropy_with_logits"]
    made = {way.name: number or math.nan for way, number in reduced(loss, loss.starts)}
    each = cross_entropy_with_logits([[1, 0, -1]] * 3, np.eye(3)[[1, 2, 0]])
    assert is_near(made["PyTorch mean over positions"], float(each.mean()), 1e-12)
    assert is_near(made["PyTorch mean of each sequence's mean"], float((each[:2].mean() + each[2]) / 2), 1e-12)
    assert is_near(made["PyTorch weight, mean"], float(each @ [2, 3, 1] / 6), 1e-12)
    soft = dict(reduced(loss, {**loss.starts, "t1": 0.5, "t2": 0.5}))
    assert [way.said for way, number in soft.items() if number is not None] == [
        "mean over positions", "mean of each sequence's mean", "weight, mean of distributions"
    ]  # fmt: skip
    ruled_out = {"p1": 0.0, "p2": 0.5, "p3": 0.5, "t1": 1.0, "t2": 0.0, "t3": 0.0}
    divergence = [number for _, number in reduced(LOSSES["kullback_leibler"], ruled_out)]
    assert np.isnan(divergence[2] or 0)
    assert is_near(divergence[3] or 0, (2 * math.log(2) - math.log(1e-7)) / 3, 1e-5)
    assert reduced(LOSSES["huber"], LOSSES["huber"].starts) == ()


def test_many_losses_have_conventions_of_several_libraries() -> None:
    several = [name for name, conventions in CONVENTIONS.items() if len({c.library for c in conventions}) > 1]
    assert len(several) >= 28
    assert set(CONVENTIONS) <= set(LOSSES)


@each
def test_a_note_is_one_short_sentence(name: str, convention: Convention) -> None:
    assert len(convention.note) <= 120, name
    assert re.fullmatch(r"[A-Z][^?]*\.", convention.note)
    assert ". " not in convention.note


@pytest.mark.parametrize("name", CONVENTIONS)
def test_every_convention_answers_or_refuses_anywhere_in_the_domain(name: str) -> None:
    loss, random = LOSSES[name], np.random.default_rng(7)
    for _ in range(3):
        columns = [(entries, entries[0].domain.draw(random, 1, len(entries))[0]) for entries in loss.groups]
        at = {given.name: float(x) for entries, column in columns for given, x in zip(entries, column, strict=True)}
        found = readings(loss, at)
        assert [reading.convention for reading in found] == list(CONVENTIONS[name])
        for reading in found:
            told = reading.answer
            assert told is None or told.value is not None or told.slopes is not None
            assert told is None or told.slopes is None or len(told.slopes) == len(loss.predictions)
