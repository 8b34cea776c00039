"""What looks wrong and is not."""

from __future__ import annotations

import math
from collections.abc import Iterator

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
    "denoising": "The noise that is to be told cannot be known: the loss soon lies flat, and samples improve all the same",
    "overlap": "−Dice lies within [−1, 0]",
}
"""Kind -> why its loss may be so."""
SMALL = 0.2
"""The loss of labels of which few are set, each given its share, is below this."""
_CODE = "The divergence of a VAE rises as its code comes into use, and its weight may: reconstructions pay for it"
_GAME = "Two networks play against each other: neither loss has to fall, and its size does not tell how good samples are"


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
    """Losses that may be negative, or are 0 at the start."""
    found, view = (
        facts.finite,
        (addresses.loss("gan_wasserstein", d=1.5, g=0.5), addresses.loss("gan_wasserstein", d=0.5, g=0.5)),
    )
    if facts.kind in {"likelihood", "uncertainty"} or facts.says("continuous"):
        view = addresses.loss("gaussian", y=0.0, t=0.0, v=0.01), addresses.loss("gaussian", y=0.0, t=0.0, v=1.0)
    history = facts.history
    value = found.value if found else history.least if history is not None and history.finite.size else None
    told = facts.says("negative") and (value is None or facts.kind in _WHY)
    negative = value is not None and value < 0 or told
    zero = found is not None and abs(found.value) <= max(found.half, 1e-3)
    if (
        facts.is_broken
        or facts.says("mask_255")
        or facts.says("plus_minus", "outside")
        and facts.kind != "similarity"
        or facts.says("sign")
        and not facts.says("is_normal", "why")
    ):
        return
    have = f"; you have {found}" if found else ""
    swings = history is not None and (history.swing < 0 or history.finite.size > 2 and history.rising > 0.9)
    if facts.kind in {"gan", "denoising"} and not negative and (swings or facts.says("stuck", "rising", "is_normal")):
        why = _GAME if facts.kind == "gan" else _WHY["denoising"]
        yield Evidence(0.8 if facts.says("rising") or facts.kind == "denoising" else FITTING, f"{why}{have}.", *view)
    elif facts.kind in {"likelihood", "divergence"} and facts.says("rising") and not negative:
        yield Evidence(FITTING if facts.kind == "likelihood" or facts.says("is_normal", "why") else HINTED, f"{_CODE}.", *view)
    elif facts.says("is_normal") and facts.kind is None and found is None and history is None and not negative:
        yield Evidence(BARE, "Who asks whether a loss is normal most often has one that is.", *view)
    elif facts.kind == "regression" and facts.says("huge") and facts.says("unscaled") and not facts.says("rising", "stuck"):
        yield Evidence(0.6, f"A squared error is in units of the target squared: of thousands it is millions{have}.", *view)
    elif facts.kind == "divergence" and facts.reduction == "none" and facts.says("log_softmax"):
        yield Evidence(TOLD, "A single term of a divergence may be below 0; their sum is not.", *view)
    elif facts.says("epoch_drop") and not negative:
        yield Evidence(FITTING, "With each epoch data are seen again, and those learned by heart cost less at once.", *view)
    elif facts.kind == "contrastive" and facts.says("one_label") and not negative:
        yield Evidence(TOLD, "In a contrast the own partner stands in the first column: its index, 0, is every label.", *view)
    elif facts.kind in {"triplet", "hinge"} and (zero or facts.says("zero")) and facts.says("is_normal"):
        yield Evidence(FITTING, f"Where every example is on its side by the margin a hinge is 0{have}.", *view)
    elif negative and history is not None and history.rising > 0.9 and history.finite[-1] < 0:
        yield Evidence(FITTING, f"A mean of ln p rises to 0: it is made large, as CatBoost prints it{have}.", *view)
    elif facts.says("labels_are_inputs") and not facts.says("shifted"):
        yield Evidence(FITTING, "Models of transformers shift the labels themselves: they are to be the inputs.", *view)
    elif facts.says("above_one") and facts.kind in {None, "classes", "binary"}:
        yield Evidence(FITTING, f"−ln p has no upper bound: guessing among three costs 1.1 already{have}.", *view)
    elif facts.kind == "contrastive" and facts.says("accumulation") and found is None and not negative:
        yield Evidence(FITTING, "A contrast is with the others of its batch: of a smaller batch it costs less.", *view)
    elif (
        facts.kind == "divergence"
        and facts.says("log_softmax")
        and facts.says("softmax")
        and facts.says("why", "is_normal")
        and not negative
    ):
        yield Evidence(TOLD, "A divergence takes the logarithm of what is predicted, and the targets themselves.", *view)
    elif facts.says("log_softmax") and facts.says("ce_of_logits") and not facts.says("softmax", "stuck"):
        yield Evidence(TOLD, "The log-softmax of a log-softmax is itself: to take it twice changes nothing but time.", *view)
    elif facts.says("no_activation") and facts.says("ce_of_logits") and facts.says("is_normal", "why"):
        yield Evidence(FITTING, "A loss of logits holds its own softmax: the model is to end without one.", *view)
    elif facts.says("ratio_of_itself"):
        yield Evidence(TOLD, "Its value is 1 at each first step, and its derivative is that of ln p: so it is to be.", *view)
    elif facts.says("noise") and facts.kind is None and found is None and history is None and not negative:
        yield Evidence(0.6, "Each batch is another sample: from step to step the loss goes up nearly as often as down.", *view)
    elif facts.says("improves_anyway") and not negative and facts.says("stuck", "oscillates", "rising", "is_normal"):
        yield Evidence(
            FITTING if facts.kind is None else HINTED,
            f"What is wanted improves: that a loss lies flat says little{have}.",
            *view,
        )
    elif facts.kind in {"binary", "focal"} and found is not None and 0 < found.value < SMALL and facts.says("small"):
        why = "Of many labels few are set, and to give each its small share costs little"
        yield Evidence(FITTING if facts.says("is_normal") else HINTED, f"{why}{have}.", *view)
    elif (
        facts.kind == "contrastive"
        and facts.says("is_normal", "stuck")
        and found is not None
        and found.value > (1.5 * math.log(2 * facts.batch) if facts.batch else 2)
        and (facts.batch or facts.says("is_normal"))
    ):
        why = "Guessing costs the logarithm of how many negatives there are, which of a queue is 11: less is progress"
        yield Evidence(0.6, f"{why}{have}.", *view)
    elif facts.kind == "policy" and found is not None and not negative and facts.says("stuck", "oscillates", "rising", "huge"):
        yield Evidence(FITTING, f"{_WHY['policy']}: it is the reward that shows how well it learns{have}.", *view)
    elif facts.kind in _WHY and facts.kind != "denoising" and negative and not (facts.kind == "gan" and facts.says("bce_of_p")):
        bounded = facts.kind in {"overlap", "similarity"}
        pixels = facts.kind == "likelihood" and facts.says("bce_of_p", "bce_of_logits", "bernoulli")
        if not bounded or value is None or value >= -1.001:
            yield Evidence(
                HINTED
                if facts.says("score_zero") and facts.kind == "overlap" or pixels
                else TOLD
                if facts.kind != "gan" and (facts.kind != "overlap" or facts.says("dice"))
                else 0.8,
                f"{_WHY[str(facts.kind)]}{have}.",
                *view,
            )
    elif facts.kind == "policy" and (zero or found is None):
        asked = zero or facts.says("zero", "negative", "rising", "is_normal", "why", "stuck") or history is not None
        yield Evidence(TOLD if asked else HINTED, f"{_WHY['policy']}{have}.", *view)
    elif facts.says("dice") and value is not None and -1.001 <= value < 0:
        yield Evidence(TOLD, f"{_WHY['overlap']}{have}.", *view)
    elif (
        negative
        and (facts.says("nll") or facts.says("likelihood") and facts.says("continuous"))
        and (value is None or value < -1 or facts.says("continuous"))
    ):
        yield Evidence(TOLD if facts.says("continuous") else HINTED, f"{_WHY['likelihood']}{have}.", *view)
    elif negative and facts.kind is None and not facts.says("nll"):
        bounded = history is not None and history.levels_off and value is not None and value < -1
        weight = (
            0.8
            if facts.says("either_sign")
            else 0.65
            if facts.says("is_normal") and (value is None or value >= -1) or bounded
            else HINTED * 0.8
        )
        yield Evidence(weight, f"Losses of densities, critics and similarities may be negative{have}.", *view)


CAUSES = (nothing_wrong,)
