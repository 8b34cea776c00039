"""Each cause in the ways in which it is met: the right one first in nine of ten, and within the first three in nearly all."""

from __future__ import annotations

from explorer.doctor import diagnose
from explorer.doctor.rules import CAUSES
from tests.doctor.ways import WAYS


def test_each_cause_is_met_in_three_ways_at_least() -> None:
    met = [cause for cause, _, _ in WAYS]
    assert all(met.count(cause) >= 3 for cause in CAUSES)


def test_each_way_is_understood() -> None:
    found = [[finding.cause for finding in diagnose(text, **facts)] or ["nothing-wrong"] for _, text, facts in WAYS]
    first = sum(names[0] == cause for names, (cause, _, _) in zip(found, WAYS, strict=True))
    within = sum(cause in names[:3] for names, (cause, _, _) in zip(found, WAYS, strict=True))
    assert first >= 0.9 * len(WAYS)
    assert within >= 0.98 * len(WAYS)
