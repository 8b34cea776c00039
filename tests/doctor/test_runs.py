"""Healthy runs are called healthy, and faults that are really committed are named: a sample of `make bench doctor`."""

from __future__ import annotations

from benchmarks.doctor import confusion, on_diagonal
from explorer.doctor import diagnose
from explorer.doctor.rules import CAUSES
from explorer.doctor.score import POSSIBLE
from tests.doctor.healthy import runs


def test_of_healthy_runs_no_finding_is_more_than_possible() -> None:
    probable = [
        (finding.cause, finding.score) for facts in runs(200) for finding in diagnose(**facts) if finding.score >= POSSIBLE
    ]
    assert probable == []


def test_committed_faults_are_named() -> None:
    table = confusion(3)
    assert set(table) == set(CAUSES)
    assert on_diagonal(table) >= 0.9
