"""What a curve shows: a rate that is too high, confidence that grows faster than skill, dropout, restarts, dead units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from explorer.core.checks import FloatArray
from explorer.doctor import addresses
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Evidence
from explorer.doctor.history import LEAST, History
from explorer.doctor.rules.spec import cause, shown
from explorer.doctor.score import BARE, FITTING, HINTED, TOLD

GAP = 0.05
"""By what part the loss of training must lie above that of validation to be told from chance."""


LEAST_P = 1e-12
"""What costs more than such a probability is no cross-entropy."""
HUGE = 1e5
"""No cross-entropy of a model that trains is as large."""
SHARP = 0.6
"""From which share of a leap's height in one step on it is no wave."""
CLOSE = 8.0
"""As many steps lie between restarts at least."""
WILD = 0.25
"""What part of its start a loss leaps by from one step to the next where steps overshoot, wherever it has come to."""
WAVE = 0.2
"""From which agreement of steps with the one before on a curve is one of waves."""


class _Pair(NamedTuple):
    """Two columns where both are known, each smoothed."""

    train: FloatArray
    validation: FloatArray


def _pair(history: History, one: str, other: str) -> _Pair | None:
    first = history.loss if one == "loss" else history.column(one)
    second = history.column(other)
    if first.size != second.size or not first.size:
        return None
    both = np.isfinite(first) & np.isfinite(second)
    return _Pair(first[both], second[both]) if both.any() else None


def _costing(fault: FloatArray, mended: FloatArray) -> tuple[str, str]:
    """The probabilities of the truth that cost the middle loss of each; 0.2 and 0.5 where a loss is no surprise."""
    p, q = (float(np.exp(-np.median(losses))) for losses in (fault, mended))
    return (
        (addresses.binary(p), addresses.binary(q))
        if LEAST_P < min(p, q) <= max(p, q) <= 1
        else (addresses.binary(0.2), addresses.binary(0.5))
    )


def _smooth(values: FloatArray) -> FloatArray:
    """The mean of each value and its neighbours, an eighth of all."""
    width = max(1, values.size // 8)
    sums = np.concatenate([[0.0], np.cumsum(np.pad(values, (width // 2, width - 1 - width // 2), mode="edge"))])
    return np.asarray((sums[width:] - sums[:-width]) / width)


@cause(
    "train-above-validation",
    "The loss of training is above that of validation: dropout is on in training alone, and its mean is over a moving epoch",
    prior=0.9,
    check="Evaluate the training set itself with dropout off: is its loss then below that of validation?",
    fix={
        "": "Nothing is wrong, as long as the gap is explained: evaluate both alike to compare.",
        "PyTorch": "model.eval(); with torch.no_grad(): evaluate the training set too.",
        "Keras": "model.evaluate(x_train, y_train) after fit: dropout off, weights of the end of the epoch.",
        "JAX": "apply(params, x, train=False) over the training set too.",
    },
    source="Keras FAQ: why is my training loss much higher than my testing loss?",
)
def train_above_validation(facts: Facts) -> Iterator[Evidence]:
    """A gap in most epochs, or words."""
    pair = _pair(facts.history, "loss", "val_loss") if facts.history else None
    view = _costing(pair.train, pair.validation) if pair else ("", "")
    words = facts.says("train_above") and not facts.is_broken
    if words:
        yield Evidence(
            FITTING if facts.says("weights") else TOLD,
            (
                "Training is measured with dropout and as a mean over an epoch in which weights improve; validation "
                "without, at its end."
            ),
            *view,
        )
    elif facts.says("same_set") and facts.says("mean_differs", "factor"):
        because = "The same data cost more while weights still improve and units are dropped than after"
        yield Evidence(FITTING, f"{because}.", *view)
    if pair is None or facts.is_broken or facts.steps and facts.steps > 1 and not words:
        return
    above = pair.train > (1 + GAP) * pair.validation
    share = float(above.mean())
    late = bool(above[-max(1, above.size // 3) :].mean() >= 0.6)
    ratio = float(np.median(pair.train / np.where(pair.validation == 0, np.nan, pair.validation)))
    if share >= 0.6 and late and pair.train.min() >= 0:
        weight = (0.95 if share > 0.8 else FITTING) * (1.0 if above.size >= 4 or facts.says("dropout") else 0.8)
        yield Evidence(
            weight,
            (
                f"Training lies above validation in {int(above.sum())} of {above.size} epochs, by a factor of "
                f"{shown(ratio)} in the middle."
            ),
            *view,
        )
    elif share >= 0.3 and above[: max(1, above.size // 3)].all():
        yield Evidence(BARE, "Training lies above validation in the first epochs, in which weights improve fastest.", *view)


@cause(
    "overconfident",
    "Confidence grows faster than skill: the loss rises while accuracy holds or rises",
    prior=0.92,
    check="Which examples are wrong with p near 0 for the truth? Fit a temperature: does it lie above 1?",
    fix={
        "": "Stop at the least loss of validation, calibrate with a temperature, or regularise.",
        "PyTorch": (
            "Keep the checkpoint of the least val_loss; z / T with T fitted on validation; weight_decay, label_smoothing=0.1."
        ),
        "Keras": "EarlyStopping(monitor='val_loss', restore_best_weights=True); label_smoothing; dropout.",
        "JAX": "Keep the parameters of the least val_loss; divide logits by a fitted T.",
        "scikit-learn": "CalibratedClassifierCV; early_stopping=True; a larger alpha, or a smaller C.",
        "XGBoost": "early_stopping_rounds on logloss; a smaller eta, a smaller max_depth.",
    },
    source="C. Guo et al. (2017), On Calibration of Modern Neural Networks, section 3: NLL overfits while accuracy improves.",
)
def overconfident(facts: Facts) -> Iterator[Evidence]:
    """The loss of validation turns while its accuracy does not."""
    history = facts.history
    if facts.says("both_rise") and not (facts.finite is not None and facts.finite.value < 0):
        yield Evidence(
            TOLD,
            (
                "Accuracy counts which side of 1/2 a prediction lies, the loss how sure it is: one error at p = 0.001 "
                "costs as much as 66 hits at 0.9."
            ),
        )
    elif facts.says("overfit") and facts.says("rising", "overfit") and history is None and not facts.says("leaps"):
        yield Evidence(HINTED, "The loss of validation rises: errors are given ever less probability.")
    if history is not None:
        yield from _turning(facts, history)


def _turning(facts: Facts, history: History) -> Iterator[Evidence]:
    """How far a loss rises from its least, and what accuracy does meanwhile."""
    loss = history.column("val_loss")
    name, accuracy = ("val_accuracy", history.column("val_accuracy"))
    if np.isfinite(loss).sum() < min(4, max(2, len(history))):
        loss, name, accuracy = history.loss, "accuracy", history.column("accuracy")
    loss = loss[np.isfinite(loss)]
    if loss.size < 4:
        known, train = accuracy[np.isfinite(accuracy)], history.finite
        falls = train.size > 1 and train[-1] < train[0]
        if known.size == loss.size > 1 and known[-1] > known[0] and (falls or loss[-1] < 2 * loss[0]) and loss[0] < loss[-1]:
            because = f"The loss goes from {shown(float(loss[0]))} to {shown(float(loss[-1]))}, and {name} rises too"
            yield Evidence(FITTING, f"{because}.", *_costing(loss[-1:], loss[:1]))
        return
    curve = _smooth(loss)
    low = int(np.argmin(curve))
    view = _costing(curve[-1:], curve[low : low + 1])
    rise = float(curve[-1] / max(curve[low], 1e-12) - 1)
    known = accuracy[np.isfinite(accuracy)]
    if rise < 0.1 or low >= loss.size - 2 or curve[low] <= 0:
        return
    because = (
        f"The loss rises by {shown(100 * rise)} % from its least, {shown(float(curve[low]))}, to {shown(float(curve[-1]))}"
    )
    if known.size == loss.size:
        way = _smooth(known)
        holds = float(way[-1]) >= float(way[low]) - 0.01
        better_than_chance = float(way[-1]) > 1.2 / (facts.classes or 2) if facts.classes else True
        weight = (0.97 if rise > 0.2 else FITTING) if holds and better_than_chance else BARE
        yield Evidence(weight, f"{because}, while {name} goes from {shown(float(way[low]))} to {shown(float(way[-1]))}.", *view)
    elif name == "val_accuracy":
        train = history.finite
        if train.size and train[-1] <= train[len(train) // 2]:
            yield Evidence(0.6, f"{because}, while that of training falls.", *view)


@cause(
    "diverging",
    "Training diverges: the learning rate is too high",
    prior=0.88,
    check="Does a tenth of the rate descend? Does each step overshoot, so that the loss zigzags or leaps?",
    fix={
        "": "A tenth of the rate, a warm-up, clipped gradients, scaled inputs.",
        "PyTorch": "lr / 10; torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0); a LinearLR warm-up.",
        "Keras": "Adam(1e-4, clipnorm=1.0); a schedule with warm-up.",
        "JAX": "optax.chain(optax.clip_by_global_norm(1.0), optax.adam(schedule)) with optax.warmup_cosine_decay_schedule.",
        "scikit-learn": "learning_rate_init=1e-4; StandardScaler.",
        "XGBoost": "eta=0.05; reg_lambda=1; max_delta_step=1.",
    },
    source="Y. LeCun et al. (1998), Efficient BackProp, section 4.6: beyond 2 / λ_max gradient descent diverges.",
)
def diverging(facts: Facts) -> Iterator[Evidence]:
    """Growth after a descent, or by leaps, or up to NaN."""
    yield from _said_to_diverge(facts)
    history = facts.history
    if facts.says("zero_grad"):
        return
    if facts.finite is not None and facts.finite.value > HUGE and facts.kind not in {"likelihood", "critic", "policy"}:
        because = f"A cross-entropy of {facts.finite} needs logits that lie as far apart: the weights have run away."
        yield Evidence(HINTED if facts.kind in {None, "regression"} else 0.85, because)
    if history is None or history.finite.size < 3 or history.start <= 0:
        return
    if history.onset is not None and history.onset >= 2:
        yield _broken_off(facts, history, history.onset)
    elif len(history.spikes) < 2 or history.end >= 0.7 * history.start:
        yield from _overshooting(facts, history)


def _said_to_diverge(facts: Facts) -> Iterator[Evidence]:
    """What words tell of steps that are too long."""
    history = facts.history
    if facts.says("leaps") and facts.says("rising", "suddenly") and not facts.is_broken:
        yield Evidence(TOLD, "A loss that is several times as large at once has overshot: its step was too long.")
    if facts.says("rate_matters"):
        yield Evidence(TOLD, "With a lower rate it descends: beyond 2 / λ_max each step lands farther off than it began.")
    if facts.says("rising") and not facts.says("sign", "both_rise", "overfit", "zero_grad", "accumulation"):
        other = facts.says("ignored", "rate_tried", "restart", "periodic") or facts.kind in {"likelihood", "divergence"}
        weight = HINTED if other else 0.9 if facts.says("rate") else FITTING
        yield Evidence(weight, "Beyond 2 / λ_max each step lands farther off than it began.")
    elif facts.is_broken and facts.says("high_rate") and not facts.says("rate_tried"):
        yield Evidence(FITTING, "A high rate makes weights and loss grow until they overflow.")
    elif facts.is_broken and (history is None or history.finite.size < 3):
        because = "A rate that is too high for the scale of the inputs makes weights grow until they overflow."
        yield Evidence(_of_broken(facts), because)
    elif facts.says("zero") and facts.says("suddenly") and facts.kind not in {"policy", "triplet", "hinge"}:
        yield Evidence(FITTING, "Weights that have overflowed give NaN, which trainers leave out of their mean and print as 0.")
    alone = history is None and facts.finite is None and not facts.is_broken
    if alone and facts.says("oscillates") and facts.kind not in {"gan", "critic", "policy", "denoising"}:
        yield Evidence(HINTED, "Steps that are too long land on the other side each time: the loss swings.")
    if facts.says("lost_again") and not facts.is_broken and not facts.says("both_rise", "overfit"):
        yield Evidence(
            0.95 if facts.says("rate") else FITTING,
            "What was learned is lost in a few steps: one of them was too long, and led to where no gradient leads back.",
        )


def _of_broken(facts: Facts) -> float:
    """How surely a loss of NaN, of which no more is known, comes of a high rate."""
    if facts.kind == "regression":
        return FITTING
    if facts.says("rate_tried"):
        return BARE
    return HINTED if facts.says("rate", "unscaled", "clipped_gradient", "inf") else 0.36


def _broken_off(facts: Facts, history: History, onset: int) -> Evidence:
    """How a loss grew before it was NaN."""
    values, last = history.finite, float(history.finite[-1])
    growth = last / max(history.least, 1e-12)
    grew = last > 3 * float(values[: max(1, values.size - 1)].min()) or last > 2 * history.start
    because = f"The loss goes from {shown(history.least)} to {shown(last)} and is NaN or infinite from step {onset + 1} on."
    return Evidence(BARE if facts.says("box_nan") else 0.97 if grew else HINTED if growth > 1 + WILD else BARE, because)


def _overshooting(facts: Facts, history: History) -> Iterator[Evidence]:
    """How far above its start a loss ends, or how each step undoes the one before."""
    values = history.finite
    growth = float(values[-1]) / max(history.least, 1e-12)
    leaps = np.abs(np.diff(values)) / max(float(np.median(np.abs(values))), 1e-12)
    wild = float(np.median(np.abs(np.diff(values)))) / history.start
    if history.end > 1.3 * history.start and growth > 1.5:
        zigzag = values.size > LEAST and history.swing < 0.1
        still = float(values[-1]) > 1.25 * float(values[-max(2, values.size // 8)])  # where slopes are bounded it is not
        exploded = still and growth > 10 and float(values[-1]) > 5 * history.start
        weight = 0.97 if zigzag or exploded else FITTING if history.rising < 0.9 else HINTED
        yield Evidence(
            weight,
            (
                f"The loss ends {shown(history.end / history.start)} times above its start and {shown(growth)} times "
                f"above its least; steps {'undo each other' if zigzag else 'go on upwards'} ({shown(history.swing)})."
            ),
        )
    elif (
        values.size >= 10
        and float(np.median(leaps[-max(5, leaps.size // 3) :])) > 0.25
        and (history.end > 0.6 * history.start or wild > WILD)
        and facts.kind not in {"gan", "denoising"}
        and history.swing < 0
    ):
        yield Evidence(
            0.85,
            (
                f"The loss leaps by {shown(100 * float(np.median(leaps)))} % in a step and each undoes the one before "
                f"({shown(history.swing)}): steps overshoot."
            ),
        )


@cause(
    "dead-units",
    "Units are dead: their output and gradient are 0 for every input",
    prior=0.85,
    check="Which share of units is 0 for all inputs? Is the norm of the gradient 0, and the loss the same in every digit?",
    fix={
        "": "A lower rate, leaky or smooth units, He's initialisation, scaled inputs; start again.",
        "PyTorch": "nn.LeakyReLU or nn.GELU; nn.init.kaiming_normal_; lr a tenth; print((h > 0).float().mean(0)).",
        "Keras": "LeakyReLU or gelu; kernel_initializer='he_normal'; Adam(1e-4).",
        "JAX": "jax.nn.leaky_relu or gelu; he_normal(); print((h > 0).mean(0)).",
        "scikit-learn": "activation='tanh'; learning_rate_init=1e-4; StandardScaler.",
    },
    source="L. Lu et al. (2020), Dying ReLU and Initialization; K. He et al. (2015), Delving Deep into Rectifiers.",
)
def dead_units(facts: Facts) -> Iterator[Evidence]:
    """A loss that is frozen, or a gradient of 0."""
    history = facts.history
    if facts.says("dead") and facts.says("relu", "gradient") and not facts.says("safe_log") and not facts.is_broken:
        yield Evidence(
            TOLD if facts.says("relu") else FITTING,
            "ReLU of a negative z is 0 and so is its slope: no step moves such a unit again.",
        )
    elif facts.says("relu") and facts.says("stuck") and not facts.is_broken:
        yield Evidence(HINTED, "ReLU of a negative z is 0 and so is its slope.")
    if history is None or history.finite.size < LEAST or history.onset is not None:
        return
    norms = history.column("grad_norm")
    norms = norms[np.isfinite(norms)]
    if norms.size >= 3 and not np.any(norms[-3:]) and history.end > 0.05 * history.start:
        yield Evidence(
            TOLD,
            (
                "The norm of the gradient is 0 in the last "
                f"{int(norms.size - (np.flatnonzero(norms)[-1] + 1 if np.any(norms) else 0))} steps, at a loss of "
                f"{shown(history.end)}."
            ),
        )
    elif (
        history.frozen >= max(LEAST, len(history) // 4)
        and history.frozen < len(history)
        and history.end > 0.6 * history.start
        and history.half < 1e-3 * abs(history.end)
    ):
        moved = float(np.ptp(history.finite[: -history.frozen])) > 20 * max(history.half, 1e-12)
        weight = 0.9 if facts.says("relu") else 0.85 if moved and history.end > 0.8 * history.start else BARE
        yield Evidence(weight, f"The last {history.frozen} losses are {shown(history.end)} in every digit: no weight moves.")


@cause(
    "restart-spikes",
    "The loss leaps where the rate or the optimizer starts again, and comes down after",
    prior=0.9,
    check="Do the leaps fall on restarts of the schedule, on epochs, or on a resumed checkpoint without its optimizer?",
    fix={
        "": "Save and load the optimizer's state and the schedule's; lower the rate after restarts, or warm up.",
        "PyTorch": (
            "Load optimizer.state_dict() and scheduler.state_dict() too; CosineAnnealingWarmRestarts(T_mult=2) "
            "leaps on purpose."
        ),
        "Keras": "model.save keeps the optimizer, save_weights does not; CosineDecayRestarts(m_mul=0.5).",
        "JAX": "Restore opt_state beside params; optax.sgdr_schedule leaps on purpose.",
    },
    source="I. Loshchilov and F. Hutter (2017), SGDR: Stochastic Gradient Descent with Warm Restarts, figure 2.",
)
def restart_spikes(facts: Facts) -> Iterator[Evidence]:
    """Leaps that come down again: at even distances, or where the rate rises."""
    history = facts.history
    if history is None:
        if not facts.is_broken:
            yield from _said_to_restart(facts)
    elif history.spikes:
        yield from _leaps(facts, history)
    elif (rises := _rises(history)).size >= 2:
        down = np.diff(history.loss) < 0
        if not down[rises - 1].any() and np.delete(down, rises - 1).mean() > 0.5:
            yield Evidence(TOLD, f"The loss rises where the rate does, at {rises.size} steps, and falls at most others.")


def _said_to_restart(facts: Facts) -> Iterator[Evidence]:
    """What words tell of a run of which no history is known."""
    if facts.says("restart") and not facts.says("rate_matters"):
        if facts.finite is None or facts.says("rising"):
            because = "A new start of the rate, or an optimizer without its moments, takes one step that is too long."
            yield Evidence(0.9 if facts.says("rising") else 0.85, because)
    elif facts.says("epoch_wave"):
        because = "What ends with an epoch starts again with the next: the order of the data, their mean, or the rate"
        yield Evidence(0.85, f"{because}.")
    elif facts.says("periodic") and facts.says("rising"):
        because = "What comes back after as many steps each time is of the data's order, or of the rate's schedule"
        yield Evidence(0.9, f"{because}.")
    elif facts.says("checkpoint") and facts.says("rising", "suddenly", "huge"):
        yield Evidence(FITTING, "A new start of the rate, or of the optimizer, takes one step that is too long.")


def _leaps(facts: Facts, history: History) -> Iterator[Evidence]:
    """Leaps of a history: where the rate rises, where a restart is said, or at even distances."""
    spikes, rises = history.spikes, _rises(history)
    places = np.array([spike.place for spike in spikes])
    at_rise = sum(bool(rises.size and np.abs(rises - place).min() <= max(2, len(history) // 40)) for place in places)
    gaps = np.diff(places)
    even = gaps.size >= 1 and float(np.std(gaps)) <= 0.2 * float(np.mean(gaps)) >= 0.2 * CLOSE
    falls = history.end < 0.8 * history.start or len(spikes) >= 3 and history.end < 20 * history.start
    said = (
        f"{len(spikes)} leaps, the largest by a factor of {shown(max(s.factor for s in spikes))}, at steps "
        f"{', '.join(str(p + 1) for p in places[:6])}"
    )
    if at_rise >= max(1, len(spikes) // 2):
        yield Evidence(0.97, f"{said}: {at_rise} where the rate rises.")
    elif facts.says("restart") and not facts.says("rate_matters") or facts.says("checkpoint"):
        yield Evidence(0.95, f"{said}.")
    elif history.relative_swing > WAVE or float(np.median([spike.sharp for spike in spikes])) < SHARP:
        return
    elif len(spikes) >= 2 and even and falls:
        yield Evidence(0.98 if gaps.size >= 2 else FITTING, f"{said}: {shown(float(np.mean(gaps)))} apart.")
    elif len(spikes) == 1 and falls and spikes[0].factor > 2:
        yield Evidence(HINTED, f"{said}.")


def _rises(history: History) -> np.ndarray[tuple[int, ...], np.dtype[np.intp]]:
    """The steps at which the rate is higher than before, by a fifth or more."""
    rate = history.column("rate")
    if rate.size != len(history) or not np.isfinite(rate).all():
        return np.zeros(0, dtype=np.intp)
    return np.flatnonzero(np.diff(rate) > 0.2 * np.abs(rate[:-1])) + 1


CAUSES = (train_above_validation, overconfident, diverging, dead_units, restart_spikes)
