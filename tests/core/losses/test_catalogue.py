"""Every loss of the catalogue: held against digits and libraries, and an altered one is caught."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from sympy import Symbol

from explorer.core.functions import textbook
from explorer.core.losses import FAMILIES, LOSSES, Loss, find
from explorer.core.printers import LANGUAGES
from explorer.core.program import Program
from tests.core.losses.oracle import altered, faults, faults_elsewhere, oracle_of

NAMES = list(LOSSES)
PIXELS = 5


@cache
def loss_named(name: str) -> Loss:
    """Return a loss; one of a mask for few pixels, as digits take long."""
    loss = LOSSES[name]
    return loss.variant(pixels=PIXELS) if loss.family == "overlap" and loss.variant else loss


@pytest.mark.parametrize("name", NAMES)
def test_a_loss_is_its_textbook_form_and_what_libraries_compute(name: str) -> None:
    assert list(faults(loss_named(name))) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_loss_is_the_same_in_javascript_and_in_float32(name: str) -> None:
    assert list(faults_elsewhere(loss_named(name))) == []


@pytest.mark.parametrize("name", NAMES)
def test_an_altered_loss_is_caught(name: str) -> None:
    loss = loss_named(name)
    for what, formula in altered(loss).items():
        wrong = replace(loss, formula=formula)
        held = oracle_of(loss) if loss.textbook else None
        assert next(faults(wrong, held), None), f"{name} with another {what} was not caught"


@pytest.mark.parametrize("name", NAMES)
def test_a_loss_says_what_it_is(name: str) -> None:
    loss = LOSSES[name]
    assert loss.family in FAMILIES
    assert loss.about.endswith(".")
    assert loss.references
    assert loss.input(loss.by).role == "prediction"
    assert find(loss.title)[0] is loss or find(loss.name)[0] is loss
    assert all(loss in find(alias) for alias in loss.aliases)


@pytest.mark.parametrize("name", NAMES)
def test_a_loss_prints_in_every_language(name: str) -> None:
    program = LOSSES[name].program()
    for language in LANGUAGES.values():
        assert "L" in language.code(program)


@pytest.mark.parametrize("name", [name for name, loss in LOSSES.items() if loss.written])
def test_what_is_written_is_what_is_computed(name: str) -> None:
    loss, random = LOSSES[name], np.random.default_rng(1)
    at = {given.name: given.domain.moderate(random, 20)[:, 0] for given in loss.inputs}
    shown = Program(loss.program().inputs, ((Symbol("L"), textbook(loss.shown)),))
    assert shown.evaluate(at)["L"] == pytest.approx(loss.program().evaluate(at)["L"], rel=1e-12)
