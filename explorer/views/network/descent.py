"""The descent of a network: how it goes down, the way there, and what there is to say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from explorer.core import landscape
from explorer.core.digits import format_number
from explorer.core.landscape import RULES, STEPS, Descent, Measures
from explorer.core.network import Loss, Network
from explorer.views.fields import Choice, Flag, TypedNumber, Whole
from explorer.views.network.remark import Remark
from explorer.views.network.rows import Data
from explorer.views.network.weights import Weights

RULE = Choice(
    "rule",
    "Rule",
    tuple(RULES),
    help=(
        "How a step follows from the slope: straight down, with momentum, as Adam, which suits each weight's step to it, at a "
        "rate that falls and restarts every 20 steps, or by gradients that nobody clears, so that they add up."
    ),
)
RATE = TypedNumber(
    "rate",
    "Learning rate",
    1e-6,
    1e6,
    0.5,
    help="How far a step goes for each unit of slope: too small is slow, too large jumps over the valley.",
)
TAKEN = Whole("steps", "Steps", 0, STEPS, 0, help="How many steps have been taken from the start; a smaller number goes back.")
VERSUS = Flag(
    "versus",
    "Compare both losses",
    help="Train on cross-entropy, and on squared error from the same start; measure both alike. For a sigmoid output.",
)
NAMES: dict[Loss, str] = {"binary": "cross-entropy", "squared": "squared error"}
_BLOCK = 200


@dataclass(frozen=True)
class Plan:
    """How the weights go down: a rule in RULES, its learning rate, the steps taken so far, and whether to compare."""

    rule: str = RULE.default
    rate: float = RATE.default
    steps: int = TAKEN.default
    versus: bool = VERSUS.default


def way(network: Network, start: Weights, data: Data, plan: Plan) -> Descent:
    """Return the way down from the start with the plan's steps."""
    x, t = data
    ahead = min(-(-plan.steps // _BLOCK) * _BLOCK, STEPS)  # so that the next steps are there already
    whole = _descend(network, tuple(start.items()), x.tobytes(), t.tobytes(), len(x), plan.rule, plan.rate, ahead)
    end = plan.steps + 1
    stopped = whole.stopped if whole.stopped and whole.stopped.step <= plan.steps else None
    return Descent(whole.weights[:end], whole.loss[:end], whole.gradient_norm[:end], stopped)


@lru_cache(maxsize=32)
def _descend(
    network: Network, start: tuple[tuple[str, float], ...], x: bytes, t: bytes, rows: int, rule: str, rate: float, steps: int
) -> Descent:
    features, targets = (np.frombuffer(data).reshape(rows, -1) for data in (x, t))
    return landscape.descend(network, dict(start), features, targets, rule=rule, rate=rate, steps=steps)


def other(network: Network) -> Network | None:
    """Return the same network with the other of cross-entropy and squared error; None where a sigmoid has not both."""
    losses: dict[Loss, Loss] = {"binary": "squared", "squared": "binary"}
    return replace(network, loss=losses[network.loss]) if network.output == "sigmoid" else None


def compared(network: Network, start: Weights, path: Descent, data: Data, plan: Plan) -> dict[str, Descent]:
    """Return the way, and beside it that of the other loss if asked for, each by the loss that it is trained on."""
    paths = {NAMES.get(network.loss, "loss"): path}
    rival = other(network) if plan.versus else None
    if rival is not None:
        paths[NAMES[rival.loss]] = way(rival, start, data, plan)
    return paths


def measured(network: Network, paths: Mapping[str, Descent], data: Data) -> dict[str, Measures]:
    """Return what ways are worth that are compared, measured alike; nothing for one way alone."""
    x, t = data
    if len(paths) == 1:
        return {}
    return {name: _measured(network, path.weights.tobytes(), x.tobytes(), t.tobytes(), len(x)) for name, path in paths.items()}


@lru_cache(maxsize=4)
def _measured(network: Network, path: bytes, x: bytes, t: bytes, rows: int) -> Measures:
    features, targets = (np.frombuffer(data).reshape(rows, -1) for data in (x, t))
    return landscape.measures(network, np.frombuffer(path).reshape(-1, len(network.weights)), features, targets)


def report(plan: Plan, paths: Mapping[str, Descent], worth: Mapping[str, Measures]) -> list[Remark]:
    """Return how far the way has come, and whether the learning rate is too large."""
    said = []
    if plan.versus and len(paths) == 1:
        said.append(Remark("Both losses need a sigmoid output: choose binary cross-entropy, or squared error of sigmoid."))
    said += [_too_large(path, plan, f" on the {name}" if worth else "") for name, path in paths.items()]
    for name, path in paths.items():
        if not (len(path.loss) and plan.steps):
            continue
        step = len(path.loss) - 1
        if name in worth:
            right, surprise = (format_number(float(n[-1]), 4, trim=True) for n in (worth[name].right, worth[name].surprise))
            said.append(Remark(f"Trained on {name}, step {step}: share right {right}, −ln p of the true class {surprise}."))
        else:
            norm, loss = format_number(float(path.gradient_norm[-1]), 4), format_number(float(path.loss[-1]), 6)
            said.append(Remark(f"Step {step}: loss {loss}, gradient norm {norm}."))
    return [remark for remark in said if remark.sentence]


def _too_large(path: Descent, plan: Plan, which: str) -> Remark:
    """Say that a learning rate is too large, if the way shows it; which names the way where there are two."""
    if path.stopped is not None:
        step, name = path.stopped.step, path.stopped.name
        if step == 0:
            return Remark(f"The weights at the start must give a finite loss; {name}{which} is not finite.", "error")
        return Remark(
            f"The learning rate must be smaller than {plan.rate:g} here: step {step}{which} makes {name} infinite. "
            f"The way ends at step {step - 1}.",
            "error",
        )
    if len(path.loss) > 1 and path.loss[-1] > 2 * path.loss[0]:
        first, end = (format_number(float(path.loss[k]), 4) for k in (0, -1))
        return Remark(
            f"The loss{which} rose from {first} to {end}: a learning rate of {plan.rate:g} is too large here.", "warning"
        )
    return Remark("")
