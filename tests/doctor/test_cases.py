"""The public cases: the right cause first in nine of ten, and within the first three in all."""

from __future__ import annotations

from explorer.doctor import diagnose
from tests.doctor.cases import CASES, GROUPS


def test_no_case_is_told_twice() -> None:
    assert len(CASES) == sum(len(group.CASES) for group in GROUPS)


def test_public_cases() -> None:
    found = {thread: [f.cause for f in diagnose(text, **facts)] for thread, (text, facts, _) in CASES.items()}
    first = sum(found[thread][:1] == [cause] for thread, (_, _, cause) in CASES.items())
    assert first >= 0.9 * len(CASES)
    assert {thread: found[thread] for thread, (_, _, cause) in CASES.items() if cause not in found[thread][:3]} == {}
