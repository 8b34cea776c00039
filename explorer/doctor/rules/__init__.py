"""The rules: CAUSES has every cause with the function that looks for it.

To add one: write it in the module of its meaning under `@cause`, and list it there.
"""

from __future__ import annotations

from explorer.doctor.rules import clips, constant, curves, edges, guessing, harmless, outputs, reduction, targets
from explorer.doctor.rules.spec import Cause

GROUPS = (guessing, constant, outputs, clips, edges, targets, reduction, curves, harmless)
CAUSES: dict[str, Cause] = {cause.name: cause for group in GROUPS for cause in group.CAUSES}
"""Id -> cause."""
