"""Public cases, told in our own words with a few numbers of each: thread -> what was told, facts, and its cause.

Twenty-two are of those that the doctor was asked to know, the others were found beside them. A thread that is listed was
written down with its cause before the doctor was asked for the first time. A module each, by the meaning of the cause, as the
rules have them.
"""

from __future__ import annotations

from tests.doctor.cases import constant, curves, edges, harmless, outputs, reduction, targets

GROUPS = (constant, outputs, edges, targets, reduction, curves, harmless)
CASES = {thread: case for group in GROUPS for thread, case in group.CASES.items()}
"""All of them."""
