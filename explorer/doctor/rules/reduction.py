"""Causes in how losses of examples and steps are combined: weights, sums, accumulation, signs, shapes."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from explorer.doctor import addresses, expected
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Evidence
from explorer.doctor.history import LEAST, History
from explorer.doctor.rules.spec import cause, compared, shown
from explorer.doctor.score import BARE, CERTAIN, FITTING, HINTED, TOLD, agreement

FACTORS = (2, 3, 4, 5, 6, 8, 16, 32)
"""Numbers of steps that people accumulate over."""
WHOLE = 0.03
"""How far from a whole factor a leap may be."""
LARGE = 20.0
"""A mean cross-entropy above this is not that of guessing, however many classes there are."""
ENTROPIES, VAST = ("binary", "classes", "focal", "overlap"), 300.0
"""Of these kinds a mean above that is none, whatever the words: no library's clip costs as much."""
AT_ONCE = 0.9
"""From which part of its way a leap on a loss does not climb, but has arrived."""
APART = 2.0
"""How many times as large as that of validation a loss of training is that no dropout explains."""
HEAVIEST = 20
"""The largest mean weight that a number is held against."""
FREE = ("likelihood", "critic", "policy", "ratio")
"""Kinds whose losses may have any size."""
FAR = 0.02
"""How far the loss of an untrained model, summed, strays from its constant."""


def _constants(facts: Facts) -> tuple[tuple[float, str], ...]:
    """The losses of one example that is guessed."""
    if facts.classes and facts.classes > 1:
        return ((expected.uniform(facts.classes), f"ln {facts.classes}"),)
    if facts.kind == "binary":
        return ((expected.even(), "ln 2"),)
    return ((expected.even(), "ln 2"), *((expected.uniform(k), f"ln {k}") for k in (3, 10, 100, 1000)))


def _once(value: float) -> str:
    """The address of one example that is guessed and costs so much."""
    return addresses.binary(float(np.exp(-value)))


@cause(
    "weighted-mean",
    "The mean is weighted: libraries divide by the sum of weights, not by the number of examples",
    prior=0.93,
    check="Divide the sum of weighted losses by n, and by the sum of the targets' weights: which of the two is your number?",
    fix={
        "": "Choose one mean and say which. With a batch of one the weight cancels: accumulate, or divide by n.",
        "PyTorch": (
            "F.cross_entropy(z, y, weight=w, reduction='none').mean() divides by n; reduction='mean' divides by w[y].sum()."
        ),
        "Keras": "class_weight and sample_weight divide by n ('sum_over_batch_size').",
        "scikit-learn": "log_loss(sample_weight=w) divides by the sum of w.",
        "XGBoost": "Metrics divide by the sum of weights.",
    },
    source="PyTorch documentation, torch.nn.CrossEntropyLoss: l = Σ l_n / Σ w_{y_n}; issue 8062.",
)
def weighted_mean(facts: Facts) -> Iterator[Evidence]:
    """Words: weights, and a mean that differs."""
    numbers = " and ".join(map(str, [facts.loss, *facts.others][:2])) if facts.loss and facts.others else ""
    have = f"; you have {numbers}" if numbers else ""
    because = f"(w₁ℓ₁ + w₂ℓ₂) / (w₁ + w₂) is not (w₁ℓ₁ + w₂ℓ₂) / 2{have}"
    gap = facts.history.above_validation if facts.history is not None else None
    if facts.says("weights") and facts.finite is not None and facts.settled:
        for value, formula in _constants(facts):
            times = round(facts.finite.value / value)
            if 1 < times <= HEAVIEST:
                near = agreement(facts.finite, times * value, 0.004, HEAVIEST * len(_constants(facts)))
                yield Evidence(
                    near * 0.85, compared(f"{times} · {formula}, at a mean weight of {times}", times * value, facts.finite)
                )
    if facts.says("weights") and gap is not None and gap > APART:
        because = f"Weights count in training alone, whose loss is {shown(gap)} times that of validation"
        yield Evidence(TOLD, f"{because}.")
    elif facts.says("weights") and facts.says("mean_differs", "train_above") and not facts.is_broken:
        yield Evidence(TOLD, f"{because}.")
    elif facts.says("weights") and facts.finite and any(other.is_finite for other in facts.others) and not facts.says("stuck"):
        yield Evidence(FITTING, f"{because}.")
    elif facts.says("weights") and not facts.is_broken and not facts.says("imbalance"):
        yield Evidence(HINTED, f"{because}.")


@cause(
    "sum-not-mean",
    "The loss is a sum over the batch and not a mean",
    prior=0.92,
    check="Halve the batch size: does the loss halve?",
    fix={
        "": "Divide by the number of examples, or lower the rate by as much.",
        "PyTorch": "reduction='mean'; divide a reported sum by len(dataset), not by the number of batches.",
        "Keras": "reduction='sum_over_batch_size'; tf.reduce_mean instead of tf.reduce_sum.",
        "JAX": "loss.mean() instead of loss.sum().",
        "scikit-learn": "log_loss(normalize=True).",
        "XGBoost": "A custom metric returns the mean over rows.",
    },
    source="PyTorch documentation, losses: reduction='sum' adds up, 'mean' divides by the number of elements.",
)
def sum_not_mean(facts: Facts) -> Iterator[Evidence]:
    """A constant times the batch size."""
    found, batch = facts.finite, facts.batch
    if found is not None and batch and batch > 2 and facts.kind not in {"contrastive", "triplet", "preference"}:
        tried = len(_constants(facts))
        for value, formula in _constants(facts):
            near = agreement(found, batch * value, FAR, tried)
            because = compared(f"{batch} · {formula}", batch * value, found)
            yield Evidence(near * (1.0 if tried == 1 else 0.95), because, *addresses.times(batch, value))
    summed = facts.says("sum") or facts.reduction == "sum"
    if summed and not facts.is_broken:
        each = f"; you have {found}, {shown(found.value / batch)} for each of {batch}" if found and batch else ""
        large = (found is None or found.value > 5) and not facts.says("accumulation")
        yield Evidence(
            (TOLD if large else HINTED),
            f"A sum over a batch is as many times the mean as there are examples{each}.",
            *addresses.times(batch or 64, found.value / batch if found and batch else expected.even()),
        )
    elif (
        found is not None
        and (facts.says("huge") and found.value > LARGE or facts.kind in ENTROPIES and found.value > VAST)
        and facts.kind not in {"ctc", "triplet", "hinge", "preference", *FREE}
    ):
        yield Evidence(
            HINTED if facts.kind == "regression" or facts.right or facts.says("rising", "suddenly") else FITTING,
            f"A mean over examples of what guessing costs is a few units; {found} is that of many of them, added up.",
            *addresses.times(64, found.value / 64),
        )
    elif (
        found is not None
        and batch
        and batch > 8
        and 0.2 <= found.value / batch <= 12
        and found.value > 20
        and facts.kind not in {"regression", "ctc"}
    ):
        yield Evidence(
            HINTED,
            f"{found} / {batch} = {shown(found.value / batch)}, a usual loss of one example.",
            *addresses.times(batch, found.value / batch),
        )


@cause(
    "accumulation",
    "Accumulated steps are added up and not divided by their number, or by their tokens",
    prior=0.93,
    check="Set the accumulation steps to 1: does the loss fall by that factor? Compare with the loss of evaluation.",
    fix={
        "": "Divide each loss by the number of steps, or the sum by the tokens of all of them.",
        "PyTorch": (
            "(loss / accumulation_steps).backward(); in transformers upgrade, or pass num_items_in_batch to the "
            "loss: sum over tokens / all tokens."
        ),
        "Keras": "gradient_accumulation_steps of the optimizer averages; your own loop divides the sum by the steps.",
        "JAX": "optax.MultiSteps averages; your own loop divides the sum by the steps.",
    },
    source="Hugging Face (2024), Fixing Gradient Accumulation: the mean of means is not the mean of all tokens.",
)
def accumulation(facts: Facts) -> Iterator[Evidence]:
    """The number of steps times a constant, or times the loss of evaluation."""
    found, steps, history = facts.finite, facts.steps, facts.history
    view = addresses.times(steps or 4, expected.even())
    if found is not None and steps and steps > 1:
        tried = len(_constants(facts)) + 1
        for value, formula in _constants(facts):
            near = agreement(found, steps * value, FAR, tried)
            yield Evidence(near, compared(f"{steps} · {formula}", steps * value, found), *addresses.times(steps, value))
            near = agreement(found, value / steps, FAR, tried)
            yield Evidence(
                near * 0.9,
                compared(f"{formula} / {steps}: divided in the report too", value / steps, found),
                _once(value),
                addresses.binary(0.9),
            )
        for other in facts.others:
            if other.is_finite and other.value > 0:
                ratio = max(found.value, other.value) / max(min(found.value, other.value), 1e-12)
                near = np.exp(-0.5 * ((ratio / steps - 1) / 0.08) ** 2)
                yield Evidence(
                    float(near), f"{found} and {other} differ by {shown(ratio)}, and there are {steps} steps.", *view
                )
    if history is not None and steps and steps > 1 and (apart := history.above_validation) is not None:
        near = float(np.exp(-0.5 * ((apart / steps - 1) / 0.12) ** 2))
        yield Evidence(
            near, f"The loss of training is {shown(apart)} times that of evaluation, and there are {steps} steps.", *view
        )
    if history is not None and (times := _whole_factor(history)):
        because = f"The loss leaps by a factor of {times} and back: so many steps are divided by another number than there are."
        yield Evidence(0.85, because, *view)
    known = facts.says("accumulation") or steps and steps > 1 and facts.says("factor")
    grows = facts.says("factor", "sum", "rising")
    falls = history is not None and history.end < history.start
    if known and (grows or not falls) and not facts.says("zero_grad") and not facts.is_broken:
        yield Evidence(
            TOLD if grows else 0.45,
            f"Without division the loss grows with the steps: {f'{steps} times' if steps else 'as many times'} too large.",
            *view,
        )


def _whole_factor(history: History) -> int:
    """The whole number by which a loss that is otherwise calm falls and rises again at once, twice at least; 0 of another."""
    values = history.finite
    if values.size < LEAST or values.min() <= 0:
        return 0
    ratio = values[1:] / values[:-1]
    for times in FACTORS:
        down, up = np.abs(ratio * times - 1) < WHOLE, np.abs(ratio / times - 1) < WHOLE
        calm = np.abs(ratio - 1) < 0.2
        if down.any() and up.any() and down.sum() + up.sum() >= 3 and bool(np.all(down | up | calm)):
            return times
    return 0


@cause(
    "gradients-not-cleared",
    "Gradients are not cleared: each step adds all those before",
    prior=0.88,
    check="Print the norm of the gradient: does it grow from step to step? Is zero_grad called once for each step?",
    fix={
        "": "Clear the gradients before each backward pass.",
        "PyTorch": "optimizer.zero_grad() before loss.backward(), once for each optimizer.step().",
        "Keras": "A new tf.GradientTape for each step; do not add to gradients of before.",
        "JAX": "jax.grad gives new gradients; do not add them to those of before.",
    },
    source=(
        "PyTorch documentation, torch.Tensor.backward: gradients are accumulated in the leaves; you might need "
        "to zero them before."
    ),
)
def gradients_not_cleared(facts: Facts) -> Iterator[Evidence]:
    """Long waves without damping, or words."""
    history = facts.history
    if facts.says("zero_grad") and not facts.says("zero_order"):
        yield Evidence(TOLD, "g₁ + g₂ + … + gₙ goes on in the old direction after the minimum: the loss swings and grows.")
    if history is None or history.finite.size < 8 or history.finite.min() < 0:
        return
    norms = history.column("grad_norm")
    norms = norms[np.isfinite(norms)]
    span = float(np.ptp(history.smooth[len(history.smooth) // 4 :])) / max(history.start, 1e-12)
    if history.finite.size >= 12 and history.waves >= 3 and history.swing > 0.25 and span > 0.15 and not _regular(history.loss):
        late = history.smooth[len(history.smooth) // 2 :]
        kept = float(np.ptp(late)) > 0.4 * float(np.ptp(history.smooth))
        weight = CERTAIN if kept else HINTED
        yield Evidence(
            weight,
            (
                f"The loss turns {history.waves} times in smooth waves that do not fade (steps agree with the one "
                f"before by {shown(history.swing)}), as where g₁ + … + gₙ is followed."
            ),
        )
    elif _swings_back(history):
        yield Evidence(
            0.95,
            (
                f"The loss falls to {shown(history.least)} and swings back to {shown(float(history.finite[-1]))}, ever more "
                "slowly: g₁ + … + gₙ carries it over the minimum, as a pendulum."
            ),
        )
    elif norms.size >= 10 and norms[0] > 0 and bool(np.all(np.diff(norms) > 0)) and norms[-1] > 5 * norms[0]:
        yield Evidence(
            0.85, f"The norm of the gradient grows in every step, from {shown(float(norms[0]))} to {shown(float(norms[-1]))}."
        )


def _swings_back(history: History) -> bool:
    """Whether a loss falls smoothly to its least and rises as smoothly, ever more slowly, about to where it began."""
    values = history.smooth
    low = int(np.argmin(values))
    fall, rise = np.diff(values[: low + 1]), np.diff(values[low:])
    if fall.size < 3 or rise.size < 3 or values[low] > 0.3 * values[0] or not 0.5 <= values[-1] / values[0] <= 1.3:
        return False
    straight = fall.max() <= 0 <= rise.min()
    return bool(straight and rise[-1] < 0.7 * rise.max() and rise.max() < 0.6 * (values[-1] - values[low]))


def _regular(loss: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> bool:
    """Whether leaps up are much shorter than ways down, as after restarts."""
    steps = np.diff(loss[np.isfinite(loss)])
    up = int((steps > 0).sum())
    return up < 0.2 * max(steps.size, 1)


@cause(
    "sign-flipped",
    "The sign is flipped: each step climbs",
    prior=0.9,
    check=(
        "Take one small step by hand: does the loss rise? For boosting, is grad prediction − target and not "
        "target − prediction?"
    ),
    fix={
        "": "Minimise −log-likelihood; subtract the gradient; for boosting grad = ∂L/∂prediction.",
        "PyTorch": "loss = -log_prob.mean(); no maximize=True; optimizer.step() subtracts by itself.",
        "Keras": "Return −log-likelihood as loss; apply_gradients subtracts by itself.",
        "JAX": "params = jax.tree.map(lambda p, g: p - rate * g, params, grads).",
        "XGBoost": "grad = preds - labels, hess = np.ones_like(preds).",
    },
    source=(
        "L. Bottou, F. E. Curtis, J. Nocedal (2018), Optimization Methods for Large-Scale Machine Learning, "
        "equation 3.7: w − αg."
    ),
)
def sign_flipped(facts: Facts) -> Iterator[Evidence]:
    """A loss that rises from its first step, or doubles round by round."""
    history, boosting = facts.history, facts.framework == "XGBoost" or facts.says("boosting")
    backwards = facts.finite is not None and facts.finite.value < 0 and facts.right is not None and facts.right < 0.25
    if backwards and facts.kind in {None, "binary", "classes"}:
        falling = history is not None and _falls(history.column("accuracy"))
        because = f"Fewer answers are right than by guessing, {shown(facts.right or 0.0)}: what is wanted is made small"
        yield Evidence(CERTAIN if falling else FITTING, f"{because}.")
    if facts.says("sign", "climbs") and not facts.says("right_sign"):
        sure = facts.says("climbs", "rising", "boosting", "hessian", "negative") or history is not None
        yield Evidence(TOLD if sure else FITTING, "w + αg climbs where w − αg descends.")
    elif boosting and facts.says("rising"):
        yield Evidence(0.85, "Each round adds what it should take away: the residual grows round by round.")
    if history is not None and history.finite.size >= 4 and history.onset is None:  # else who climbs has overshot
        yield from _climbs(facts, history, boosting)


def _climbs(facts: Facts, history: History, boosting: bool) -> Iterator[Evidence]:
    """A loss that rises from its first step on, or one below 0 that falls without end."""
    values = history.finite
    first, last = float(values[0]), float(values[-1])
    smooth, falling = history.smooth, _falls(history.column("accuracy"))
    from_start = int(np.argmin(smooth)) <= max(1, len(smooth) // 12)
    if first > 0 and history.rising > 0.9 and from_start and last > 1.15 * first and facts.kind != "gan":
        leap = float(np.diff(smooth).max()) / max(float(np.abs(smooth[-1] - smooth[0])), 1e-12)
        doubling = bool(np.all(values[1:] > 1.5 * values[:-1])) and values.size >= 4 or leap > AT_ONCE
        steady = (leap < 0.35 or len(smooth) < 8) and not doubling
        because = (
            f"The loss rises from the first step on, from {shown(first)} to {shown(last)}, and takes back "
            f"{shown(100 * (1 - history.rising) / 2)} % of its way."
        )
        yield Evidence(0.97 if boosting else (0.98 if falling else 0.93) if steady else HINTED, because)
    elif first < 0 and history.rising < -0.9:
        because = f"The loss falls without end, from {shown(first)} to {shown(last)}"
        if falling:
            yield Evidence(CERTAIN, f"{because}, and so does accuracy: −L is made small.")
        elif last < 3 * first and facts.kind not in {"critic", "likelihood", "policy"}:
            yield Evidence(HINTED, f"{because}: −L is made small.")


def _falls(accuracy: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> bool:
    known = accuracy[np.isfinite(accuracy)]
    return bool(known.size >= 2 and known[-1] < known[0] - 0.02)


@cause(
    "broadcast",
    "Predictions of shape (n, 1) and targets of shape (n) were broadcast to n × n",
    prior=0.95,
    check="Print both shapes just before the loss. Does the loss end at the variance of the targets?",
    fix={
        "": "Give both the same shape.",
        "PyTorch": "loss(pred.squeeze(1), y) or loss(pred, y.unsqueeze(1)); heed the warning on target sizes.",
        "Keras": "y.reshape(-1, 1), or squeeze the output in a loss of your own.",
        "JAX": "chex.assert_equal_shape([pred, y]) before the loss.",
        "scikit-learn": "y.ravel().",
    },
    source=(
        "NumPy documentation, Broadcasting: (n, 1) against (n,) gives (n, n); PyTorch warns of a target size "
        "that is different to the input size."
    ),
)
def broadcast(facts: Facts) -> Iterator[Evidence]:
    """Words on shapes; arrays are looked at in `predictions`."""
    far = math.sqrt(facts.finite.value) if facts.finite is not None and facts.finite.value > 0 else 1.0
    view = addresses.broadcast((0.0, 0.0), (-far, far))  # the mean of targets that vary as much
    if facts.says("broadcast") and facts.kind not in {"classes", "contrastive", "triplet"}:
        yield Evidence(
            HINTED if facts.says("all_pairs") else TOLD if facts.kind in {"regression", None, "binary", "policy"} else FITTING,
            (
                "(n, 1) against (n) pairs every prediction with every target: the best answer is their mean, and the "
                "loss their variance."
            ),
            *view,
        )
    elif (
        facts.kind == "regression"
        and facts.says("stuck")
        and facts.finite is not None
        and abs(facts.finite.value - 1) <= max(facts.finite.half, 0.02)
    ):
        yield Evidence(
            HINTED, f"Standardised targets have a variance of 1; you have {facts.finite}: every answer is the mean.", *view
        )
    elif facts.kind == "regression" and facts.says("stuck"):
        yield Evidence(BARE, "If every answer is the mean, the loss is the targets' variance.", *view)


CAUSES = (weighted_mean, sum_not_mean, accumulation, gradients_not_cleared, sign_flipped, broadcast)
