"""Every kept number is what its library computes today."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from tests.engines.calls import CALLS
from tests.engines.conftest import Report
from tests.engines.figures import figures
from tests.engines.libraries import PACKAGES, ask
from tests.engines.measure import MEASURED, TOLERANCE, near

RECORDS: list[dict[str, Any]] = json.loads(MEASURED.read_text())


def difference(found: float, kept: float) -> float:
    """Return the relative difference of two numbers, 0 where both are the same."""
    if found == kept or (math.isnan(found) and math.isnan(kept)):
        return 0.0
    return abs(found - kept) / max(abs(kept), 1e-3)


@pytest.mark.parametrize("library", PACKAGES)
def test_a_library_computes_what_was_kept_of_it(library: str, report: Report) -> None:
    records = [record for record in RECORDS if record["library"] == library and not record.get("batch")]
    assert len(records) > 4
    calls = {(call.loss.split()[0], call.source): call for call in CALLS}
    for record in records:
        answer = ask(calls[record["loss"], record["call"]], record["at"], record["dtype"])
        assert answer is not None, record
        slope = next(iter(answer.gradient.values())) if answer.gradient else None
        pairs = {"value": answer.value, "gradient": slope}
        for what, found in pairs.items():
            assert (found is None) == (what not in record), record
            if found is not None:
                kept = float(record[what])
                assert near(found, kept, record["dtype"]) or math.isnan(found) and math.isnan(kept), (what, found, record)
                report.add(library, f"kept numbers: {what}", 1, difference(found, kept))


def test_means_weights_and_smoothed_targets_are_what_was_kept_of_them(report: Report) -> None:
    kept = {record["call"]: record["value"] for record in RECORDS if record.get("batch")}
    found = {record["call"]: record["value"] for record in figures()}
    assert list(found) == list(kept)
    for call, value in found.items():
        assert near(value, kept[call], "float64"), call


def test_every_call_has_been_asked_and_answered() -> None:
    asked = {(record["loss"], record["call"]) for record in RECORDS if not record.get("batch")}
    assert asked == {(call.loss.split()[0], call.source) for call in CALLS}
    assert set(TOLERANCE) == {record["dtype"] for record in RECORDS}
