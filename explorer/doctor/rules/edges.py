"""Causes at the limits of numbers: logarithms of 0, overflow, short dtypes, NaN, division by nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from explorer.doctor import addresses, constants, expected
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Evidence
from explorer.doctor.history import History
from explorer.doctor.printed import Printed
from explorer.doctor.rules.spec import cause, shown
from explorer.doctor.score import BARE, FITTING, HINTED, TOLD, agreement

NEAR = 0.05
"""What part of the gap between two numbers of a dtype a rounded one may take, so that to be one of them says something."""


def _is_zero(facts: Facts) -> bool:
    """Whether the loss has become exactly 0, by its history or in words."""
    if facts.history is not None and len(facts.history) > 1:
        return facts.history.drops_to_zero
    return facts.says("zero") and (facts.finite is None or facts.finite.value == 0)


def _broken_kind(facts: Facts) -> bool:
    return facts.is_broken and facts.kind != "ctc"


@cause(
    "probability-exactly-one",
    "A probability is exactly 0 or 1, so a logarithm of 0 is taken: infinite, or NaN where it is multiplied by 0",
    prior=0.85,
    check="What is the largest p? In float32 the sigmoid of 17 and above is exactly 1, and ln(1 − p) is −∞.",
    fix={
        "": "Take the loss from logits, where the sigmoid and its logarithm are one function; or clip p.",
        "PyTorch": (
            "F.binary_cross_entropy_with_logits(z, t) instead of t * log(p) + (1 - t) * log(1 - p); "
            "torch.special.xlogy for 0 · ln 0."
        ),
        "Keras": "keras.losses.BinaryCrossentropy(from_logits=True) instead of your own logarithm.",
        "JAX": "optax.sigmoid_binary_cross_entropy; jax.scipy.special.xlogy.",
    },
    source=(
        "IEEE 754: 0 · ∞ is NaN; PyTorch documentation, torch.nn.BCEWithLogitsLoss: more numerically stable "
        "than a plain Sigmoid followed by a BCELoss."
    ),
)
def probability_exactly_one(facts: Facts) -> Iterator[Evidence]:
    """NaN or infinity with a logarithm of one's own."""
    kept = (
        facts.says("epsilon") and facts.says("own_log") or facts.says("clip") and facts.kind in {"binary", "classes", "focal"}
    )
    kept = kept and facts.says("why") or facts.says("exactly_one") and facts.says("epsilon", "own_log")
    if kept and facts.history is None and not facts.says("stuck", "negative", "dead"):
        yield Evidence(FITTING, "Who keeps p away from 0 and 1 has a logarithm that is finite.")
    if not _broken_kind(facts):
        return
    lost = facts.dtype == "float16" and facts.says("epsilon")  # there it is 0
    told = facts.says("own_log", "exactly_one", "logits_work") and not lost
    words = (
        facts.says("own_log", "own", "logits_work", "tiny_p")
        or facts.says("exactly_one")
        and (facts.says("sigmoid", "softmax") or facts.kind in {"binary", "classes", "focal"})
    )
    because = "ln(1 − 1) = −∞, and 0 · (−∞) is NaN"
    if words:
        yield Evidence(TOLD if told else FITTING, f"{because}: the loss takes its own logarithm.")
    elif facts.kind in {"binary", "divergence"} or facts.says("sigmoid", "softmax", "sometimes"):
        yield Evidence(0.6 if facts.kind == "likelihood" else HINTED, f"{because}, where the sigmoid rounds to 1.")
    else:
        yield Evidence(BARE, f"{because}, if the loss takes its own logarithm.")


@cause(
    "overflow",
    "A number has overflowed: e to a large power, or weights that have run away",
    prior=0.85,
    check="Which value was infinite first: a logit, an exponential, a weight? Did the loss grow before it was NaN?",
    fix={
        "": "Subtract the largest logit before exp; lower the rate; clip gradients; scale inputs and targets.",
        "PyTorch": (
            "torch.logsumexp / F.cross_entropy instead of exp and log; torch.autograd.set_detect_anomaly(True); "
            "clip_grad_norm_."
        ),
        "Keras": "from_logits=True; clipnorm=1.0; tf.debugging.enable_check_numerics().",
        "JAX": "jax.nn.log_softmax; jax.config.update('jax_debug_nans', True); optax.clip_by_global_norm(1.0).",
    },
    source=(
        "IEEE 754: e^88.73 is infinite in float32, e^11.1 in float16; P. Blanchard et al. (2021), Accurately "
        "Computing the Log-Sum-Exp and Softmax Functions."
    ),
)
def overflow(facts: Facts) -> Iterator[Evidence]:
    """Infinite, or NaN after growth, or an exponential of one's own."""
    grows = facts.says("exp") and facts.says("rising")
    asked = facts.says("max_subtracted") and facts.says("softmax", "exp", "logits") and facts.finite is None
    beyond = facts.says("power_overflow")
    if not (_broken_kind(facts) or (grows or asked or beyond) and facts.kind != "ctc"):
        return
    limit = {c.formula: c.value for c in constants.table()}
    low = facts.dtype == "float16"
    edge = limit["ln 65504"] if low else limit["ln 3.4e38"]
    view = addresses.typed("exp(z)", z=math.ceil(edge)), addresses.typed("exp(z - m)", z=math.ceil(edge), m=math.ceil(edge))
    because = f"e to a power above {shown(edge)} is infinite in {'float16' if low else 'float32'}, and ∞ − ∞ is NaN"
    history = facts.history
    grew = (
        history is not None
        and history.onset is not None
        and history.finite.size >= 3
        and history.finite[-1] > 4 * max(history.least, 1e-9)
    )
    if asked:
        yield Evidence(TOLD, f"{because}: of x − max x the largest is e⁰ = 1, and the softmax is the same.", *view)
    elif facts.says("exp") or beyond:
        yield Evidence(TOLD, f"{because}.", *view)
    elif grew:
        yield Evidence(
            HINTED, f"{because}; the loss grew to {shown(float(history.finite[-1]) if history is not None else 0.0)} before."
        )
    elif (
        (alone := facts.number is not None and math.isinf(facts.number.value) and not facts.says("nan"))
        or history is not None
        and bool(np.isinf(history.loss).any())
        or facts.says("inf")
    ):
        largest = "The largest number of float16 is 65504: a square or a sum above it is infinite."
        yield Evidence(TOLD if low else FITTING if alone else HINTED, largest if low else f"{because}.", *view)
    else:
        of_scales = facts.kind == "likelihood"  # such take e to the power of a scale's logarithm
        yield Evidence(HINTED if low or of_scales else BARE, f"{because}.", *(view if of_scales else ("", "")))


def _in_steps_of(history: History, dtype: str) -> bool:
    """Whether a history has several losses, and all are numbers of a dtype where they were printed much finer."""
    losses = np.unique(history.finite[-1000:])
    if losses.size < 4 or not history.half or losses.min() <= 0:
        return False
    on_grid = all(abs(expected.rounded(value, dtype) - value) <= history.half for value in losses.tolist())
    return on_grid and history.half < NEAR * expected.spacing(float(losses.min()), dtype)


@cause(
    "precision",
    "The number is what the dtype can hold: float16 and bfloat16 have three digits, or fewer",
    prior=0.88,
    check="Print the loss in float32: does it differ? Does an ε such as 1e-8 become 0 in float16?",
    fix={
        "": "Compute the loss in float32, keep ε above the dtype's least, scale the loss in float16.",
        "PyTorch": (
            "F.cross_entropy(logits.float(), y); torch.amp.GradScaler() with float16; eps=1e-4 or larger; Adam(eps=1e-4)."
        ),
        "Keras": "mixed_precision policy with the last layer in dtype='float32'; LossScaleOptimizer; epsilon 1e-4 in float16.",
        "JAX": "logits.astype(jnp.float32) before the loss; jmp.DynamicLossScale.",
    },
    source=(
        "P. Micikevicius et al. (2018), Mixed Precision Training, section 3; IEEE 754 binary16: 11 digits of "
        "base 2, bfloat16: 8."
    ),
)
def precision(facts: Facts) -> Iterator[Evidence]:
    """A rounded constant, an ε that is 0, NaN in a short dtype."""
    dtype, found = facts.dtype, facts.finite
    if facts.history is not None and _in_steps_of(facts.history, "bfloat16") and dtype in {None, "bfloat16"}:
        apart = shown(expected.spacing(facts.history.end, "bfloat16"))
        because = f"Every loss is a number of bfloat16 to the last digit, {apart} from the next: smaller changes are not seen"
        yield Evidence(FITTING if facts.says("stuck") else HINTED, f"{because}.")
    if dtype not in {"float16", "bfloat16"}:
        return
    if found is not None:
        yield from _on_grid(facts, found, dtype)
    if _is_zero(facts) and dtype == "float16":
        yield Evidence(TOLD, "The loss is exactly 0 in float16: what a trainer prints that leaves NaN out of its mean.")
    if facts.says("few_digits"):
        yield Evidence(TOLD, f"{dtype} has {3 if dtype == 'float16' else 2} decimal digits: what is less is rounded away.")
    if facts.says("other_dtype_works"):
        yield Evidence(TOLD, f"In {dtype} it fails where a wider dtype does not: a value left what {dtype} can hold.")
    if facts.says("fp_overflow"):
        because = f"Gradients leave what {dtype} can hold, at 65504, whatever they are scaled by: steps are skipped"
        yield Evidence(BARE if facts.says("scale_fine") and not facts.is_broken else TOLD, f"{because}.")
    if _broken_kind(facts):
        small = expected.rounded(1e-8, dtype)
        words = facts.says("epsilon", "fp_loss_scale", "clip")
        yield Evidence(
            (TOLD if words else 0.85) if dtype == "float16" and not facts.says("wider_fails") else BARE,
            f"1e-8 becomes {shown(small)} in {dtype}, and the largest number is {'65504' if dtype == 'float16' else '3.4e38'}.",
        )


def _on_grid(facts: Facts, found: Printed, dtype: str) -> Iterator[Evidence]:
    """Whether a loss is a constant that a dtype has rounded, or a number of the dtype to its last digit."""
    known = facts.classes or 0
    guessing = [expected.even(), *map(expected.uniform, (known,) if known > 1 else (3, 4, 5, 10, 100, 1000))]
    for value in guessing:
        grid = expected.rounded(value, dtype)
        if abs(found.value - grid) <= found.half * (1 + 1e-9) < abs(found.value - value):
            yield Evidence(agreement(found, grid), f"{shown(value)} becomes {shown(grid)} in {dtype}; you have {found}.")
    grid, gap = expected.rounded(found.value, dtype), expected.spacing(found.value, dtype)
    if found.half and abs(grid - found.value) <= found.half * (1 + 1e-9) and 2 * found.half < NEAR * gap:
        because = f"{found} is a number of {dtype} to the last digit, {shown(grid)}: its neighbours are {shown(gap)} away."
        yield Evidence(0.97 * (1 - 2 * found.half / gap), because)


@cause(
    "nan-in-gradient",
    "The loss is finite and its gradient is not: an infinite slope, as of a root at 0",
    prior=0.88,
    check="Is the loss finite in the very step in which a weight becomes NaN? Look for sqrt, norm, pow, arccos or where at 0.",
    fix={
        "": "Keep the argument away from where the slope is infinite: sqrt(x + ε); choose within the function, not after it.",
        "PyTorch": (
            "torch.sqrt(x + 1e-8); torch.autograd.set_detect_anomaly(True) names the step; give torch.where safe "
            "inputs on both sides."
        ),
        "Keras": "tf.sqrt(x + 1e-8); tf.debugging.enable_check_numerics(); tf.math.divide_no_nan.",
        "JAX": "The double-where: jnp.where(ok, f(jnp.where(ok, x, 1.0)), 0.0); jax_debug_nans.",
    },
    source="JAX documentation, FAQ: gradients contain NaN where using where; d√x/dx is infinite at 0.",
)
def nan_in_gradient(facts: Facts) -> Iterator[Evidence]:
    """NaN out of a finite loss."""
    because = "d√x/dx = 1/(2√0) = ∞, and ∞ · 0 is NaN: the weights are NaN one step later"
    history = facts.history
    nan = facts.is_broken or facts.says("nan")
    if nan and (
        facts.says("sqrt", "where", "power_at_zero")
        or facts.says("power")
        and facts.kind != "focal"
        and not facts.says("own_log")
        or facts.says("distance")
        and facts.says("gradient", "exactly_one")
    ):
        yield Evidence(TOLD, f"{because}.")
    elif nan and facts.says("gradient") and not facts.says("clipped_gradient"):
        yield Evidence(HINTED if facts.says("exactly_one") else 0.85, f"{because}.")
    elif nan and facts.says("bad_boxes") or nan and facts.says("box_nan") and not facts.says("ignored", "class_nan"):
        alone = "" if facts.says("bad_boxes") else "the part of boxes alone is NaN: "
        because = f"{alone}a box of no width or outside of its image has the logarithm of 0 or less"
        yield Evidence(0.97, f"{because[0].upper()}{because[1:]}.")
    elif nan and facts.says("data_to_blame", "nan_always", "rate_tried") and not facts.says("ignored") and facts.dtype is None:
        told = facts.says("data_to_blame")
        yield Evidence(FITTING if told else 0.6, "A NaN among the data, or a slope that is infinite there, is in every step.")
    elif nan and facts.says("distance"):
        yield Evidence(FITTING, f"{because}; a distance is such a root, and 0 between equal points.")
    elif history is not None and history.onset is not None and not history.lone and history.finite.size >= 2:
        calm = history.finite[-1] <= 1.5 * float(history.finite[-5:].min()) + 1e-12
        yield Evidence(
            FITTING if calm else BARE,
            f"The loss is {shown(float(history.finite[-1]))} at step {history.onset}, and NaN from the next on: {because}.",
        )
    elif history is not None and history.drops_to_zero:
        yield Evidence(
            FITTING, f"The loss is exactly 0 at once, as trainers print it that leave NaN out of their mean: {because}."
        )
    elif nan and facts.kind != "ctc":
        yield Evidence(BARE, f"{because}.")


@cause(
    "all-ignored",
    "Every target of a batch is ignored: a mean over nothing is 0/0",
    prior=0.95,
    check="How many targets of the failing batch differ from ignore_index? Is every label masked or truncated away?",
    fix={
        "": "Divide by at least 1, or leave such batches out; see that labels survive truncation and masking.",
        "PyTorch": "n = (y != -100).sum().clamp(min=1); loss = F.cross_entropy(z, y, reduction='sum') / n.",
        "Keras": "tf.math.divide_no_nan(sum of losses, sum of the mask).",
        "JAX": "jnp.sum(loss * mask) / jnp.maximum(jnp.sum(mask), 1).",
    },
    source=(
        "PyTorch documentation, torch.nn.CrossEntropyLoss: the mean is over targets that are not ignore_index; "
        "PyTorch issue 70348."
    ),
)
def all_ignored(facts: Facts) -> Iterator[Evidence]:
    """NaN of some batches, or a loss of 0, with masks."""
    history = facts.history
    if history is not None and _is_without_labels(history):
        yield Evidence(FITTING, f"{_NOTHING}: so a trainer prints it that has no label left to learn from.")
    if history is not None and history.is_silent:
        because = f"{_NOTHING}: trainers that leave NaN out of their mean print 0 beside the gradient of NaN"
        yield Evidence(FITTING if facts.dtype == "float16" else 0.9, f"{because}.")
    elif facts.says("part_zero") and not facts.is_broken:
        yield Evidence(FITTING, "The part of a detector's loss that only objects count in is 0 where no anchor has one.")
    if (said := _said_to_be_ignored(facts) or _of_some_batches(facts)) is not None:
        yield said


_NOTHING = "The sum of no losses over a count of none: 0/0 is NaN, and libraries of old gave 0"


def _is_without_labels(history: History) -> bool:
    """Whether a loss is 0 throughout, while the rate is not and no accuracy is 1."""
    frozen = history.frozen == len(history) >= 3 and history.end == 0
    return frozen and bool(history.column("rate").size) and not np.any(history.column("accuracy") == 1)


def _said_to_be_ignored(facts: Facts) -> Evidence | None:
    """Words on masks and ignored targets, with a loss of NaN or 0."""
    found = facts.finite
    if facts.says("ignored") and facts.is_broken:
        return Evidence(FITTING if facts.says("sqrt", "power_at_zero") else TOLD, f"{_NOTHING}.")
    if facts.says("ignored") and found is not None and abs(found.value) <= max(found.half, 1e-6):
        return Evidence(0.9, f"{_NOTHING}; you have {found}.")
    if facts.says("ignored") and facts.says("nan"):
        return Evidence(0.9, f"{_NOTHING}.")
    return Evidence(FITTING, f"{_NOTHING}.") if facts.says("all_ignored") and found is None else None


def _of_some_batches(facts: Facts) -> Evidence | None:
    """NaN of some batches and not of others, or a perplexity of a loss of 0."""
    found, history = facts.finite, facts.history
    if facts.is_broken and facts.says("semi_hard"):
        return Evidence(FITTING, f"{_NOTHING}: of triplets that count there may be none in a batch.")
    if facts.is_broken and facts.says("val_nan") and facts.kind != "ctc" and not facts.says("nan_always", "high_rate"):
        because = "so it is of a validation set with no whole batch, or with no label that counts"
        return Evidence(0.4, f"{_NOTHING}: {because}.")
    if facts.is_broken and facts.says("sometimes") and facts.kind not in {"ctc", "likelihood", "gan", "critic", "policy"}:
        few = facts.batch is not None and facts.batch <= 4
        because = "so it is of some batches and not of others, above all of small ones"
        return Evidence(FITTING if few else BARE, f"{_NOTHING}: {because}.")
    if history is not None and history.lone and facts.kind != "ctc":
        because = f"{history.lone} losses are NaN with numbers after them, so the weights are not"
        return Evidence(0.85, f"{_NOTHING}; {because}.")
    if found is not None and abs(found.value) <= found.half and facts.says("perplexity"):
        return Evidence(HINTED, f"{_NOTHING}; you have {found}.")
    return None


@cause(
    "input-too-short",
    "CTC has no path: the input has fewer steps than the label needs",
    prior=0.96,
    check="Is the input, after pooling, at least as long as the label plus its repeated neighbours?",
    fix={
        "": "Give longer inputs or shorter labels, pool less, and pass the length after pooling.",
        "PyTorch": (
            "nn.CTCLoss(zero_infinity=True) hides it; input_lengths is the length of log_probs, at least target "
            "length + repeats."
        ),
        "Keras": "input_length of ctc_batch_cost is the length of y_pred; images wide enough for 2 · label + 1 steps.",
        "JAX": "optax.ctc_loss: check that logit_paddings leaves at least label length + repeats steps.",
    },
    source=(
        "A. Graves et al. (2006), Connectionist Temporal Classification, section 3: an alignment needs a step "
        "for each label and a blank between equal ones."
    ),
)
def input_too_short(facts: Facts) -> Iterator[Evidence]:
    """Infinite, NaN, 0 or stuck CTC."""
    if facts.kind != "ctc":
        return
    because = "With fewer steps than label + repeats no alignment exists: its probability is 0, and −ln 0 = ∞"
    found = facts.finite
    broken = facts.is_broken or facts.says("nan", "inf")
    at_zero = found is not None and found.value <= found.half
    if broken or at_zero:
        yield Evidence(TOLD if facts.says("ctc_length") or facts.says("inf") or broken else 0.85, f"{because}.")
    elif found is not None and found.value < -1e3:
        yield Evidence(0.9, f"{because}, which in finite numbers is a huge one of either sign; you have {found}.")
    elif facts.says("ctc_length") and facts.says("stuck", "zero", "negative"):
        yield Evidence(FITTING, f"{because}.")
    else:
        yield Evidence(HINTED, f"{because}.")


CAUSES = (probability_exactly_one, overflow, precision, nan_in_gradient, all_ignored, input_too_short)
