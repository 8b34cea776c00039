"""Causes in predictions that do not depend on the input for another reason: one point, the reference, a Hessian of 0."""

from __future__ import annotations

import math
from collections.abc import Iterator

from explorer.doctor import addresses, expected
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Evidence
from explorer.doctor.printed import Printed
from explorer.doctor.rules.spec import cause, compared, shown
from explorer.doctor.score import BARE, FITTING, HINTED, TOLD, agreement, closeness

MARGINS = (0.1, 0.2, 0.3, 0.5, 1.0, 2.0)
"""Margins that people choose."""
_KTO = "1 - 1/(1 + exp(-r))"


@cause(
    "policy-equals-reference",
    "The policy is its reference: every reward is 0, so the loss is that of a coin",
    prior=0.96,
    check=(
        "Are rewards/chosen, rewards/rejected and their margin exactly 0 after many steps? Is β 0, the adapter "
        "off, or the learning rate 0?"
    ),
    fix={
        "": (
            "Keep the reference as a frozen copy, give β above 0 (0.1), and see that the trained weights are those "
            "the loss reads. At step 1 this value is right."
        ),
        "PyTorch": (
            "trl: DPOConfig(beta=0.1, learning_rate=5e-6); ref_model=None only with a peft_config; print the "
            "trainable parameters; chosen and rejected must differ after truncation."
        ),
    },
    source="R. Rafailov et al. (2023), Direct Preference Optimization, equation 7, at π = π_ref: −ln σ(0).",
)
def policy_equals_reference(facts: Facts) -> Iterator[Evidence]:
    """−ln σ(0) of a preference loss; 0 of a policy's objective."""
    found, history = facts.finite, facts.history
    still = history is not None and history.column("margin").size and not abs(history.column("margin")).any()
    view = addresses.loss("dpo", w=0.0, l=0.0), addresses.loss("dpo", w=5.0, l=-5.0)
    if found is not None and (facts.kind in {"preference", "ranking"} or still or facts.says("rewards", "reference")):
        weight = 1.0 if facts.kind == "preference" or still else 0.55
        formula, value = "−ln σ(β · 0) = ln 2", expected.preference()
        if facts.says("kto"):
            formula, value = "1 − σ(β · 0)", expected.desirable()
            view = addresses.typed(_KTO, r=0.0), addresses.typed(_KTO, r=5.0)
        elif facts.says("ipo"):
            formula, value = "(0 − 1/(2β))² at β = 0.1", expected.preference("ipo")
            view = addresses.loss("ipo", w=0.0, l=0.0), addresses.loss("ipo", w=3.0, l=-2.0)
        yield Evidence(agreement(found, value, 0.0015) * weight, compared(formula, value, found), *view)
        if facts.kind == "policy" and abs(found.value) <= max(found.half, 1e-6):
            yield Evidence(FITTING, f"The ratio is 1 and advantages sum to 0, so the objective is 0; you have {found}.", *view)
    if facts.says("same_policy") and not facts.is_broken and facts.kind in {None, "policy", "divergence", "preference"}:
        because = "Of a policy and itself the divergence is 0: before the first step, or where nothing is trained"
        yield Evidence(0.9 if facts.says("policy") else HINTED, f"{because}.", *view)
    if found is None and not facts.is_broken and facts.kind == "preference" and facts.says("rewards", "reference", "stuck"):
        yield Evidence(
            FITTING,
            "Rewards of 0 mean that policy and reference give the same probabilities: the loss is ln 2 = "
            + shown(expected.preference())
            + ".",
            *view,
        )


@cause(
    "embeddings-collapsed",
    "All embeddings are one point, so the loss is its margin",
    prior=0.96,
    check="Print the standard deviation of the embeddings over a batch: 0 means that they have collapsed.",
    fix={
        "": (
            "Lower the learning rate, mine semi-hard instead of hardest negatives, normalise embeddings, and begin "
            "with the soft margin."
        ),
        "PyTorch": (
            "emb = F.normalize(emb); print(emb.std(0).mean()); lr=1e-4; "
            "pytorch_metric_learning.miners.TripletMarginMiner(type_of_triplets='semihard')."
        ),
        "Keras": "Normalise by tf.math.l2_normalize(emb, 1), use a semi-hard triplet loss, Adam(1e-4).",
    },
    source=(
        "A. Hermans, L. Beyer, B. Leibe (2017), In Defense of the Triplet Loss for Person Re-Identification, "
        "appendix on collapse: the loss stays at the margin."
    ),
)
def embeddings_collapsed(facts: Facts) -> Iterator[Evidence]:
    """The margin of a triplet loss, or ln 2 of a soft one."""
    found, of_kind = facts.finite, facts.kind in {"triplet", "contrastive"}
    told = facts.says("collapsed") or of_kind and facts.says("one_answer")
    of_pairs = facts.says("siamese") or facts.kind == "similarity" and facts.says("chance", "collapsed")
    if found is not None and found.value < 0 and of_pairs:
        because = compared("−cos 0, the same point whatever the input", -math.cos(0.0), found)
        view = addresses.cosine((1.0, 0.5), (1.0, 0.5), (-0.5, 1.0))
        yield Evidence(closeness(found, -math.cos(0.0), 0.01) * TOLD, because, *view)
    if found is not None and facts.margin and (of_kind or facts.kind is None):
        yield _at_margin(found, facts.margin, 1.0 if of_kind or told else 0.85)
    if found is not None and facts.kind == "triplet":
        yield from _of_triplets(found, facts.margin, facts.batch)
    if told:
        because = "The embeddings are said to be the same for all inputs: distances cancel, and the margin is left."
        yield Evidence(TOLD if of_kind else FITTING, because, *_one_point(facts.margin))
    if facts.history is not None and facts.margin and of_kind and facts.history.plateau is not None and found is None:
        yield Evidence(BARE, "The loss ends near its margin.", *_one_point(facts.margin))


def _at_margin(found: Printed, margin: float, weight: float) -> Evidence:
    near = agreement(found, expected.collapsed(margin), 0.004)
    return Evidence(near * weight, compared(f"d − d + margin = {shown(margin)}", margin, found), *_one_point(margin))


def _of_triplets(found: Printed, margin: float | None, batch: int | None) -> Iterator[Evidence]:
    """The soft margin, margins that people choose where none is told, and the sum of margins over a batch."""
    soft = expected.collapsed(None)
    because = compared("ln(1 + e⁰) = ln 2, the soft margin of one point", soft, found)
    yield Evidence(agreement(found, soft, 0.004) * (0.6 if margin else 0.99), because, *_one_point(None))
    for chosen in () if margin else MARGINS:
        near = agreement(found, expected.collapsed(chosen), 0.004, len(MARGINS)) * 0.9
        yield Evidence(near, compared("d − d + margin", chosen, found), *_one_point(chosen))
    if margin and batch:
        for sides in (1, 2):
            value = sides * batch * margin
            because = compared(f"{sides * batch} · {shown(margin)}, a sum of margins", value, found)
            yield Evidence(agreement(found, value, 0.004) * 0.95, because, *_one_point(margin))


def _one_point(margin: float | None) -> tuple[str, str]:
    name = "triplet_soft_margin" if margin is None else "triplet"
    together = dict.fromkeys(("a1", "a2", "p1", "p2", "n1", "n2"), 0.0)
    held = together if margin is None else together | {"m": margin}
    return addresses.loss(name, **held), addresses.loss(name, **(held | {"n1": 2.0, "n2": 1.0}))


@cause(
    "hessian-zero",
    "The second derivative is 0, so no leaf is worth a split and predictions stay at the start",
    prior=0.92,
    check="Print grad and hess of one round: is hess 0 for many rows? Do predictions stay at base_score?",
    fix={
        "": "Give a positive stand-in for the second derivative: ones, or that of a smooth neighbour of the loss.",
        "XGBoost": (
            "hess = np.ones_like(pred), min_child_weight below the weight of a leaf, or "
            "objective='reg:absoluteerror' / 'reg:pseudohubererror'. In LightGBM: objective='mae', 'mape', "
            "'huber'."
        ),
        "scikit-learn": "HistGradientBoostingRegressor(loss='absolute_error') renews its leaves without a second derivative.",
    },
    source=(
        "T. Chen and C. Guestrin (2016), XGBoost, equations 5 to 7: a leaf's weight is −Σg / (Σh + λ), and "
        "min_child_weight bounds Σh."
    ),
)
def hessian_zero(facts: Facts) -> Iterator[Evidence]:
    """Boosting that does not move with an objective of one's own."""
    boosting = facts.framework == "XGBoost" or facts.says("boosting")
    because = "−Σg / (Σh + λ) with Σh = 0, below min_child_weight: no split, and every prediction stays at its start"
    history = facts.history
    moving = history is not None and (history.plateau is None or history.end > 1.2 * history.start)
    positive = facts.says("margin_as_p") and not facts.says("stuck", "dead")
    if facts.says("hessian") and not positive and (boosting or facts.says("custom")):
        yield Evidence(HINTED if moving or facts.says("rising") else TOLD, f"{because}.")
    elif (
        boosting
        and (facts.says("custom") or facts.kind == "regression")
        and (facts.says("stuck", "dead") or history is not None and history.stuck)
    ):
        yield Evidence(0.85 if facts.says("custom") else FITTING, f"{because}; the metric does not move.")
    elif boosting and history is not None and history.frozen >= 3 and history.frozen == len(history):
        yield Evidence(FITTING, f"{because}; the metric is {shown(history.end)} in every round.")


CAUSES = (policy_equals_reference, embeddings_collapsed, hessian_zero)
