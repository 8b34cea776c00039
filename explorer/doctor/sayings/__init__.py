"""Sentences that people say when a cause is there, from which the weights of `reading.telling` are learned.

To teach the doctor: add a sentence in the module of the rule's meaning, and run `python -m tests.doctor.heard`. Those of ""
are said where nothing is to be found.
"""

from __future__ import annotations

from explorer.doctor.sayings import constant, curves, edges, harmless, outputs, reduction, targets

SAYINGS: dict[str, tuple[str, ...]] = {
    cause: said
    for group in (constant, outputs, edges, targets, reduction, curves, harmless)
    for cause, said in group.SAYINGS.items()
}
"""Cause -> sentences."""
