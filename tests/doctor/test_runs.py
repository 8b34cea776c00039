"""Healthy runs are called healthy, and faults that are really committed are named: a sample of `make bench doctor`.

RUNS says how many healthy runs are trained; 200 take a quarter of a minute.
"""

from __future__ import annotations

import os

from benchmarks.doctor import confusion, on_diagonal
from explorer.doctor import diagnose
from explorer.doctor.rules import CAUSES
from explorer.doctor.score import POSSIBLE
from tests.doctor.healthy import runs

RUNS = int(os.environ.get("RUNS", "60"))


def test_of_healthy_runs_no_finding_is_more_than_possible() -> None:
    probable = [
        (finding.cause, finding.score) for facts in runs(RUNS) for finding in diagnose(**facts) if finding.score >= POSSIBLE
    ]
    assert probable == []


def test_committed_faults_are_named() -> None:
    table = confusion(3)
    assert set(table) == set(CAUSES)
    assert on_diagonal(table) >= 0.9
