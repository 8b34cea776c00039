"""Each convention is what its library was measured to compute: value, slopes and hessian, in each dtype that was recorded."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.core.losses import LOSSES, Loss
from explorer.core.losses.libraries import CONVENTIONS, Convention
from explorer.core.losses.libraries.spec import EVERY, LIBRARIES, ask, is_near

RECORDS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "measured.json").read_text())
PRECISIONS = {precision.name: precision for precision in EVERY}
MEASURED: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
for record in RECORDS:
    if not record.get("batch"):
        MEASURED[record["loss"], record["call"]].append(record)
EACH = [(name, convention) for name, conventions in CONVENTIONS.items() for convention in conventions]
each = pytest.mark.parametrize(("name", "convention"), EACH, ids=[f"{name}: {c.call}" for name, c in EACH])


def asked(name: str, options: dict[str, Any]) -> Loss:
    variant = LOSSES[name].variant
    return variant(**options) if variant and options else LOSSES[name]


def same(found: float | None, kept: Any, dtype: str) -> bool:
    """Whether two numbers are one but for rounding: that of a number, or of terms near 1 that cancel."""
    if found is None or kept is None:
        return found is kept
    rounding = 4 * float(np.finfo(np.float64 if dtype == "float64" else np.float32).eps)
    return is_near(found, float(kept), PRECISIONS[dtype].tolerance) or abs(found - float(kept)) <= rounding


@each
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
    assert {(record["library"], record["version"]) for record in RECORDS} == {(k, v) for k, (_, v) in LIBRARIES.items()}


def test_many_losses_have_conventions_of_several_libraries() -> None:
    several = [name for name, conventions in CONVENTIONS.items() if len({c.library for c in conventions}) > 1]
    assert len(several) >= 12
    assert set(CONVENTIONS) <= set(LOSSES)


@each
def test_a_note_is_one_short_sentence(name: str, convention: Convention) -> None:
    assert len(convention.note) <= 120, name
    assert re.fullmatch(r"[A-Z][^?]*\.", convention.note)
    assert ". " not in convention.note
