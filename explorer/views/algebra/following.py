"""Works a chain out step by step, each step in a process of its own and within its budget.

What a step made is kept for all visitors, since it depends on the start and the chain alone; what failed is not.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from typing import TypeAlias

from explorer.core.algebra import budget, chain
from explorer.core.algebra.chain import Step
from explorer.core.algebra.execution import Outcome, work
from explorer.core.algebra.layering import Layered, symbols
from explorer.core.digits import superscripted
from explorer.views.algebra.stage import Stage
from explorer.views.algebra.start import Start, begin

KEPT = 500
"""How many stages are kept for all visitors."""
_LAYERED = "Layered, it stays small: name common subexpressions first, or take derivatives before writing it out."
_SMALLER = "The layered form is as small as it gets: put numbers in, or take fewer symbols or a smaller network."


class _Stages:
    """What steps made, by start and chain; the oldest are forgotten."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Stage] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Stage | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: str, stage: Stage) -> None:
        with self._lock:
            self._kept[key] = stage
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


_STAGES = _Stages()
Work: TypeAlias = Callable[[str, Step, Outcome], Stage]
"""(what tells it from any other stage, a step, what it starts from) -> the stage."""


def at_once(key: str, step: Step, before: Outcome) -> Stage:
    """Return what comes of a step; wait for it."""
    return ended(
        key,
        step,
        before,
        lambda: budget.run(work, before.subject, step.operation, step.parsed(), before.inputs, before.computed),
    )


def follow(start: Start, steps: Sequence[Step], work: Work = at_once) -> tuple[Stage, ...]:
    """Return the start, and what came of each step up to the first that failed or is still at work.

    Parameters
    ----------
    work : callable, optional
        What does a step that nobody has done yet.
    """
    stages = [begin(start)]
    for k, step in enumerate(steps, 1):
        key = f"{start.name}: {chain.write(steps[:k])}"
        stages.append(_STAGES.get(key) or work(key, step, stages[-1].reached))
        if stages[-1].outcome is None:
            break
    return tuple(stages)


def ended(key: str, step: Step, before: Outcome, result: Callable[[], Outcome]) -> Stage:
    """Return the stage of a step whose result can be asked for, and keep it; if it failed, say why."""
    try:
        stage = Stage(step, result(), before)
    except (TimeoutError, MemoryError) as error:
        problem = f"{error} {_SMALLER if isinstance(before.subject, Layered) else _LAYERED}"
    except ValueError as error:
        problem = str(error)
    except Exception as error:  # whatever else happens in another process, the page and the chain stand
        problem = f"This step failed: {error}"
    else:
        _STAGES.put(key, stage)
        return stage
    return Stage(step, None, before, problem)


def last(stages: Sequence[Stage]) -> Stage:
    """Return the last stage that something came of."""
    return next(stage for stage in reversed(stages) if stage.outcome is not None)


def labels(stages: Sequence[Stage]) -> tuple[str, ...]:
    """Return what each entry of the last outcome is, row by row: ∂/∂p, ∂²/∂p∂t, a root."""
    paths: list[tuple[str, ...]] = [()]
    roots: list[str] = []
    for stage in stages:
        if stage.step is None or stage.before is None or stage.outcome is None:
            continue
        by = stage.step.operands or symbols(stage.before.computed)
        if stage.step.operation in ("gradient", "jacobian"):
            paths = [(*path, name) for path in paths for name in by]
        elif stage.step.operation == "hessian":
            paths = [(first, second) for first in by for second in by]
        elif stage.step.operation == "solve":
            roots = [f"root {k}" for k in range(1, len(stage.outcome.computed.names) + 1)]
    return tuple(roots or map(_label, paths))


def _label(path: Sequence[str]) -> str:
    if not path:
        return "value"
    power = "" if len(path) == 1 else superscripted(len(path))
    below = f"∂{path[0]}{power}" if len(set(path)) == 1 else "".join(f"∂{name}" for name in path)
    return f"∂{power}/{below}"
