"""Training objectives: a loss by its raw score, with gradient and diagonal Hessian, and what a hand-written pair of them does.

To add a link: write what it makes of raw scores, and list it in `scores.LINKS`.
"""

from explorer.core.objective.audit import Audit, audit
from explorer.core.objective.faults import Judged
from explorer.core.objective.scores import LINKS, Objective, objective

__all__ = ["LINKS", "Audit", "Judged", "Objective", "audit", "objective"]
