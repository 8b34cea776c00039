"""What looks wrong and is not: one function for each reason why. To add a reason, write one and list it in REASONS."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from explorer.doctor import addresses
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Evidence
from explorer.doctor.rules.spec import cause
from explorer.doctor.score import BARE, FITTING, HINTED, TOLD

_WHY = {
    "critic": "A critic's loss is a difference of two means: it may have either sign, and its size says little",
    "likelihood": "A density may exceed 1, and then −ln of it is below 0",
    "uncertainty": "ln σ of uncertainty weighting is below 0 where σ < 1, so the sum may be too",
    "similarity": "A cosine similarity with a minus lies within [−1, 1]",
    "policy": "A policy's objective is a mean of advantages that sum to 0: it starts at 0 and may have either sign",
    "ratio": "A ratio of signal to noise in decibels, with a minus, is below 0 as soon as there is more signal than noise",
    "gan": "A generator's loss by an unbounded score may have either sign",
    "overlap": "−Dice lies within [−1, 0]",
}
"""Kind -> why its loss may be below 0."""
_CRITIC = addresses.loss("gan_wasserstein", d=1.5, g=0.5), addresses.loss("gan_wasserstein", d=0.5, g=0.5)
_DENSITY = addresses.loss("gaussian", y=0.0, t=0.0, v=0.01), addresses.loss("gaussian", y=0.0, t=0.0, v=1.0)
_DICE = "-2*p*t/(p + t)"
VIEWS: dict[str | None, tuple[str, str]] = {
    "critic": _CRITIC,
    "gan": (addresses.loss("gan_wasserstein_generator", g=1.0), addresses.loss("gan_non_saturating_generator", g=1.0)),
    "likelihood": _DENSITY,
    "uncertainty": _DENSITY,
    "similarity": addresses.cosine((1.0, 0.5), (1.0, 1.0), (-0.5, 1.0)),
    "policy": (addresses.loss("ppo_clip", r=1.0, a=0.0), addresses.loss("ppo_clip", r=1.0, a=1.0)),
    "ratio": (addresses.typed("-10*log(s/n)/log(10)", s=2.0, n=1.0), addresses.typed("-10*log(s/n)/log(10)", s=1.0, n=1.0)),
    "overlap": (addresses.typed(_DICE, p=0.9, t=1.0), addresses.typed(_DICE, p=0.1, t=1.0)),
    "regression": (addresses.typed("(y - t)^2", y=1000.0, t=0.0), addresses.typed("(y - t)^2", y=1.0, t=0.0)),
    "hinge": (addresses.loss("hinge", y=1.5, t=1.0), addresses.loss("hinge", y=0.5, t=1.0)),
    "triplet": (addresses.loss("triplet", p1=0.0, p2=0.0, n1=-2.0), addresses.loss("triplet", n1=1.0)),
    "contrastive": (addresses.loss("infonce"), addresses.loss("infonce", q1=0.0)),
    "divergence": (addresses.loss("kullback_leibler"), addresses.loss("kullback_leibler", p1=0.25, p2=0.5)),
}
"""Kind -> where its loss is seen to be so, and otherwise."""
BOUND = 1.001
"""No farther below 0 lies what is bounded by 1, but for rounding."""
SMALL = 0.2
"""The loss of labels of which few are set, each given its share, is below this."""
SYMPTOMS = (
    "nan", "inf", "val_nan", "negative", "either_sign", "zero", "class_zero", "part_zero", "small", "huge", "suddenly", "stuck",
    "oscillates", "epoch_wave", "epoch_drop", "above_one", "rising", "both_rise", "overfit", "lost_again", "train_above",
    "chance", "dead", "collapsed", "one_answer", "score_zero", "beyond", "zero_grad",
)  # fmt: skip
"""What a loss does, or a model, of which nothing is told where somebody asks about code alone."""


@dataclass(frozen=True)
class Seen:
    """What the reasons look at.

    Attributes
    ----------
    facts : Facts
    value : float or None
        The loss, or the least of a history.
    """

    facts: Facts
    value: float | None

    def says(self, *names: str) -> bool:
        """Whether the text mentions one of some things."""
        return self.facts.says(*names)

    @property
    def negative(self) -> bool:
        """Whether the loss is below 0, or is said to be where a loss of its kind may."""
        told = self.says("negative") and (self.value is None or self.facts.kind in _WHY)
        return self.value is not None and self.value < 0 or told

    @property
    def zero(self) -> bool:
        """Whether the loss is 0, as far as it was printed."""
        found = self.facts.finite
        return found is not None and abs(found.value) <= max(found.half, 1e-3)

    @property
    def bare(self) -> bool:
        """Whether neither a loss nor a history was told."""
        return self.facts.finite is None and self.facts.history is None


Reason = tuple[float, str]
"""An agreement, and why nothing is wrong."""


def _game(seen: Seen) -> Reason | None:
    history = seen.facts.history
    swings = history is not None and (history.swing < 0 or history.finite.size > 2 and history.rising > 0.9)
    if seen.negative or not (swings or seen.says("stuck", "rising", "is_normal")):
        return None
    if seen.facts.kind == "gan":
        still = seen.says("stuck") and seen.facts.finite is not None
        return HINTED if still else 0.8 if seen.says("rising") else FITTING, (
            "Two networks play against each other: neither loss has to fall, and its size does not tell how good samples are"
        )
    if seen.facts.kind == "denoising":
        return 0.8, "The noise that is to be told cannot be known: the loss soon lies flat, and samples improve all the same"
    return None


def _code(seen: Seen) -> Reason | None:
    kind = seen.facts.kind
    if kind not in {"likelihood", "divergence"} or not seen.says("rising") or seen.negative:
        return None
    return FITTING if kind == "likelihood" or seen.says("is_normal", "why") else HINTED, (
        "The divergence of a VAE rises as its code comes into use, and its weight may: reconstructions pay for it"
    )


def _units(seen: Seen) -> Reason | None:
    if seen.facts.kind == "regression" and seen.says("huge") and seen.says("unscaled") and not seen.says("rising", "stuck"):
        return 0.6, "A squared error is in units of the target squared: of thousands it is millions"
    return None


def _beginning(seen: Seen) -> Reason | None:
    if seen.says("huge") and seen.says("at_first") and not seen.says("rising", "stuck", "collapsed"):
        return HINTED, "Weights of chance give outputs of any size: the first losses say little, the later ones much"
    return None


def _divergence(seen: Seen) -> Reason | None:
    if seen.says("kl_right") and not seen.negative:
        return TOLD, "A divergence takes the logarithm of what is predicted, and the targets themselves"
    if seen.facts.kind != "divergence" or not seen.says("log_softmax") or seen.says("log_wanted"):
        return None
    if seen.facts.reduction == "none":
        return TOLD, "A single term of a divergence may be below 0; their sum is not"
    if seen.says("softmax") and seen.says("why", "is_normal") and not seen.negative:
        return TOLD, "A divergence takes the logarithm of what is predicted, and the targets themselves"
    return None


def _epochs(seen: Seen) -> Reason | None:
    if seen.says("epoch_drop") and not seen.negative:
        return FITTING, "With each epoch data are seen again, and those learned by heart cost less at once"
    return None


def _contrast(seen: Seen) -> Reason | None:
    facts, found = seen.facts, seen.facts.finite
    if facts.kind != "contrastive" or seen.negative:
        return None
    if seen.says("one_label"):
        return TOLD, "In a contrast the own partner stands in the first column: its index, 0, is every label"
    if seen.says("accumulation") and found is None:
        return FITTING, "A contrast is with the others of its batch: of a smaller batch it costs less"
    guessed = 1.5 * math.log(2 * facts.batch) if facts.batch else 2.0
    asked = seen.says("is_normal") or facts.batch and seen.says("stuck")
    if asked and found is not None and found.value > guessed:
        return 0.6, "Guessing costs the logarithm of how many negatives there are, which of a queue is 11: less is progress"
    return None


def _alone(seen: Seen) -> Reason | None:
    compares = seen.facts.kind in {"contrastive", "triplet", "likelihood", "ranking"} or seen.says("of_a_set")
    if seen.zero and seen.facts.batch == 1 and compares:
        return TOLD, "One example has none to be compared with: of it alone such a loss is 0"
    return None


def _margin(seen: Seen) -> Reason | None:
    if seen.facts.kind in {"triplet", "hinge"} and (seen.zero or seen.says("zero")) and seen.says("is_normal"):
        return FITTING, "Where every example is on its side by the margin a hinge is 0"
    return None


def _likelihood_made_large(seen: Seen) -> Reason | None:
    history = seen.facts.history
    if seen.negative and history is not None and history.rising > 0.9 and history.finite[-1] < 0:
        return FITTING, "A mean of ln p rises to 0: it is made large, as CatBoost prints it"
    return None


def _as_it_is_to_be(seen: Seen) -> Reason | None:
    """Code that one asks about, and that is right."""
    if seen.says("labels_are_inputs") and not seen.says("shifted"):
        return FITTING, "Models of transformers shift the labels themselves: they are to be the inputs"
    if seen.says("log_softmax") and seen.says("ce_of_logits") and not seen.says("softmax", "stuck"):
        return TOLD, "The log-softmax of a log-softmax is itself: to take it twice changes nothing but time"
    if _asks_for_softmax(seen):
        return TOLD, "A loss of logits holds its own softmax: the model is to end without one"
    if seen.says("ratio_of_itself"):
        return TOLD, "Its value is 1 at each first step, and its derivative is that of ln p: so it is to be"
    if seen.says("all_pairs"):
        return TOLD, "(n, 1, m) against (n, m, 1) pairs each quantile with each target, which is what is wanted"
    if seen.says("zero_order"):
        return TOLD, "Gradients are to be cleared once between two steps: before the backward pass, or after the step"
    if seen.says("minus_one_asked"):
        return TOLD, "A class less is counted where the background, the first of all, is left out"
    if seen.says("right_sign") and seen.says("why", "is_normal"):
        return TOLD, "Of −ln p the gradient by the score is prediction − label, and what is minimised goes against it"
    return None


def _asks_for_softmax(seen: Seen) -> bool:
    """Whether somebody misses a softmax before a loss that takes it by itself."""
    wanted = seen.says("activation_wanted")
    asks = wanted or seen.says("no_activation", "given_logits") and seen.says("is_normal", "why", "asks")
    named = wanted and seen.says("logits") and not seen.says("nll")
    by_itself = seen.says("ce_of_logits", "bce_of_logits") or named
    return asks and by_itself and not seen.says("nan", "stuck", "negative", "softmax_added", "log_of_softmax")


def _asks_about_code(seen: Seen) -> Reason | None:
    """Why something is done so, where nothing is told that it does."""
    if seen.facts.number is not None or seen.facts.history is not None or seen.says("log_wanted", *SYMPTOMS):
        return None
    if seen.says("questions"):
        return HINTED, "Who asks why code does something, and tells nothing that goes wrong, most often finds it right"
    return None


def _scale(seen: Seen) -> Reason | None:
    if seen.says("scale_fine") and not seen.says("stuck", "chance"):
        return TOLD, "A scale is doubled until gradients overflow, and halved then: one step is skipped, and the next is not"
    return None


def _logits(seen: Seen) -> Reason | None:
    of_logits = seen.says("negative_outputs") and seen.says("bce_of_logits", "ce_of_logits")
    if of_logits and not seen.negative and seen.facts.history is None:
        return FITTING, "A logit is below 0 where its probability is below 1/2: the sigmoid comes after"
    return None


def _above_one(seen: Seen) -> Reason | None:
    if seen.says("above_one") and seen.facts.kind in {None, "classes", "binary"}:
        return FITTING, "−ln p has no upper bound: guessing among three costs 1.1 already"
    return None


def _noise(seen: Seen) -> Reason | None:
    if seen.says("noise") and seen.facts.kind is None and seen.bare and not seen.negative:
        return 0.6, "Each batch is another sample: from step to step the loss goes up nearly as often as down"
    return None


def _improves(seen: Seen) -> Reason | None:
    if seen.says("improves_anyway") and not seen.negative and seen.says("stuck", "oscillates", "rising", "is_normal"):
        return FITTING if seen.facts.kind is None else HINTED, "What is wanted improves: that a loss lies flat says little"
    return None


def _few_labels(seen: Seen) -> Reason | None:
    found = seen.facts.finite
    if seen.facts.kind in {"binary", "focal"} and found is not None and 0 < found.value < SMALL and seen.says("small"):
        why = "Of many labels few are set, and to give each its small share costs little"
        return FITTING if seen.says("is_normal") else HINTED, why
    return None


def _advantages(seen: Seen) -> Reason | None:
    facts, asked = seen.facts, ("stuck", "oscillates", "rising", "huge")
    if facts.kind != "policy" or seen.negative:
        return None
    if facts.finite is not None and seen.says(*asked):
        return FITTING, f"{_WHY['policy']}: it is the reward that shows how well it learns"
    if not seen.zero and facts.finite is not None:
        return None
    asks = seen.says("zero", "negative", "is_normal", "why", *asked) or facts.history is not None
    return TOLD if seen.zero or asks else HINTED, _WHY["policy"]


def _below_zero(seen: Seen) -> Reason | None:
    """Kinds of losses that may be negative."""
    kind, value = str(seen.facts.kind), seen.value
    if kind not in _WHY or not seen.negative or kind == "gan" and seen.says("bce_of_p"):
        return None
    if kind in {"overlap", "similarity"} and value is not None and value < -BOUND:
        return None
    if (
        kind == "overlap"
        and seen.says("score_zero")
        or kind == "likelihood"
        and seen.says("bce_of_p", "bce_of_logits", "bernoulli")
    ):
        return HINTED, _WHY[kind]  # of pixels, or of a score that has to fall
    return TOLD if kind != "gan" and (kind != "overlap" or seen.says("dice")) else 0.8, _WHY[kind]


def _dice(seen: Seen) -> Reason | None:
    if seen.says("dice") and seen.value is not None and -BOUND <= seen.value < 0:
        return TOLD, _WHY["overlap"]
    return None


def _density(seen: Seen) -> Reason | None:
    continuous, value = seen.says("continuous"), seen.value
    of_density = seen.says("nll") or seen.says("likelihood") and continuous
    if seen.negative and of_density and (continuous or value is None or value < -1):
        return TOLD if continuous else HINTED, _WHY["likelihood"]
    return None


def _of_no_kind(seen: Seen) -> Reason | None:
    facts, value = seen.facts, seen.value
    if facts.kind is not None:
        return None
    if not seen.negative:
        usual = "Who asks whether a loss is normal most often has one that is"
        return (BARE, usual) if seen.says("is_normal") and seen.bare else None
    if seen.says("nll"):
        return None
    bounded = facts.history is not None and facts.history.levels_off and value is not None and value < -1
    asked = seen.says("is_normal") and (value is None or value >= -1)
    weight = 0.8 if seen.says("either_sign") else 0.65 if asked or bounded else HINTED * 0.8
    return weight, "Losses of densities, critics and similarities may be negative"


REASONS: tuple[Callable[[Seen], Reason | None], ...] = (
    _game,
    _code,
    _units,
    _beginning,
    _divergence,
    _epochs,
    _contrast,
    _alone,
    _margin,
    _likelihood_made_large,
    _as_it_is_to_be,
    _asks_about_code,
    _scale,
    _logits,
    _above_one,
    _noise,
    _improves,
    _few_labels,
    _advantages,
    _below_zero,
    _dice,
    _density,
    _of_no_kind,
)


@cause(
    "nothing-wrong",
    "Nothing is wrong: this loss may be so",
    prior=0.92,
    check="Watch what the loss is for instead: samples, rewards, held-out likelihood, Dice.",
    fix={"": "Nothing to mend. Compare runs with each other, and judge by the quantity that is wanted."},
    source=(
        "M. Arjovsky et al. (2017), Wasserstein GAN, section 3; A. Kendall et al. (2018), Multi-Task Learning "
        "Using Uncertainty, equation 10."
    ),
)
def nothing_wrong(facts: Facts) -> Iterator[Evidence]:
    """Losses that may be negative, or are 0 at the start; code that is as it is to be."""
    if _is_explained(facts):
        return
    found, history = facts.finite, facts.history
    value = found.value if found else history.least if history is not None and history.finite.size else None
    have = f"; you have {found}" if found else ""
    view = VIEWS.get("likelihood" if facts.says("continuous") else facts.kind) or _usual(value)
    for reason in REASONS:
        if (spoken := reason(Seen(facts, value))) is not None:
            yield Evidence(spoken[0], f"{spoken[1]}{have}.", *view)


def _usual(value: float | None) -> tuple[str, str]:
    """The loss of a probability, by its size, and at 1/2; of a negative one a critic's."""
    if value is not None and value < 0:
        return _CRITIC
    return addresses.binary(math.exp(-(math.log(3) if value is None else value))), addresses.binary(0.5)


def _is_explained(facts: Facts) -> bool:
    """Whether what is told is wrong by itself."""
    outside = facts.says("plus_minus", "outside") and facts.kind != "similarity"
    sign = facts.says("sign") and not facts.says("is_normal", "why", "right_sign")
    return facts.is_broken or facts.says("mask_255") or outside or sign


CAUSES = (nothing_wrong,)
