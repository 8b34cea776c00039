"""Causes in what the loss is given: probabilities for logits, logits for probabilities, a missing logarithm."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from explorer.doctor import addresses, expected
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Evidence
from explorer.doctor.printed import Printed
from explorer.doctor.rules.spec import cause, compared, percent, shown
from explorer.doctor.score import BARE, CERTAIN, FITTING, HINTED, TOLD, agreement

_RIGHT = ("no_activation", "activation_wanted", "given_logits")
"""What says that a loss of logits is given logits."""
OFF = 0.006
"""How far a trained model stays from a floor."""
UNLIKE = frozenset({"regression", "triplet", "preference", "policy", "critic", "hinge", "ctc"})
"""Kinds of losses that take no softmax."""
_COMMON = (2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100, 200, 1000)
"""Numbers of classes whose floor is looked for where nobody says how many there are."""


@lru_cache(maxsize=64)  # each diagnosis asks for the same few
def _hot(classes: int, index: int = 0) -> tuple[str, str]:
    """A one-hot row that is taken for logits, at the class of its 1 or at another, and such logits as are right."""
    return addresses.class_logits([1.0] + [0.0] * (classes - 1), index), addresses.class_logits([10.0] + [0.0] * (classes - 1))


def _floors(facts: Facts) -> Iterator[Evidence]:
    """Losses of one-hot rows that are taken for logits."""
    found, classes = facts.finite, facts.classes
    if found is None or not facts.settled or facts.kind in UNLIKE:
        return
    if classes and classes >= 2 and not (classes == 2 and facts.kind == "binary"):
        yield from _floors_of(classes, facts, found)
    elif not classes and facts.kind in {None, "classes"}:
        for k in _COMMON[1:]:
            yield from _floors_of_any(k, facts, found)


def _floors_of(k: int, facts: Facts, found: Printed) -> Iterator[Evidence]:
    """The floor of so many classes, and what wrong rows add: as many as an accuracy tells, or those of one class for all."""
    right, floor = facts.right, expected.softmax_floor(k)
    weight = 1.0 if right is None or right > 0.9 else 0.5
    yield Evidence(agreement(found, floor, OFF) * weight, compared(f"ln(1 + {k - 1}/e)", floor, found), *_hot(k))
    if right is not None:
        value = expected.softmax_twice(k, right)
        guess = right <= 1.5 / k and _is_near_guessing(k, value)
        weight = 0.55 if guess else 0.75 if k == 2 and right < 0.9 else 0.97  # of two classes few that are right fit any loss
        because = compared(f"ln(1 + {k - 1}/e) + (1 − {shown(right)})", value, found)
        yield Evidence(agreement(found, value, OFF + facts.right_half / value) * weight, because, *_hot(k))
    elif k > 2:
        value = expected.softmax_twice(k, 1 / k)
        because = compared(f"ln(1 + {k - 1}/e) + (1 − 1/{k}), one class for all", value, found)
        yield Evidence(agreement(found, value, OFF) * 0.85, because, *_hot(k, 1))


def _floors_of_any(k: int, facts: Facts, found: Printed) -> Iterator[Evidence]:
    """The same of a number of classes that is common, where nobody tells it."""
    sure = facts.says("softmax", "ce_of_logits") or facts.right is not None and facts.right > 0.9
    floor, for_all = expected.softmax_floor(k), expected.softmax_twice(k, 1 / k)
    for value, index, said in ((floor, 0, ""), (for_all, 1, f" + (1 − 1/{k}), one class for all")):
        guess = not facts.says("softmax") and _is_near_guessing(k, value)
        weight = (0.9 if sure else 0.7) * (0.55 if guess else 1.0)
        because = compared(f"ln(1 + {k - 1}/e){said}", value, found)
        yield Evidence(agreement(found, value, 0.002, 8) * weight, because, *_hot(k, index))


def _is_near_guessing(k: int, value: float) -> bool:
    """Whether a loss is about ln K, so that guessing explains it as well."""
    return abs(value - expected.uniform(k)) < 0.03 * value


@cause(
    "softmax-twice",
    "Softmax is taken twice: the loss takes logits and is given probabilities",
    prior=0.93,
    check="Does the model end in softmax while the loss takes logits? Do the rows of what the loss is given sum to 1?",
    fix={
        "": "Give the loss what it takes: drop the softmax layer, or use the loss of probabilities.",
        "PyTorch": "Drop nn.Softmax / F.softmax before nn.CrossEntropyLoss; apply softmax only to look at probabilities.",
        "Keras": (
            "Either Dense(K) with CategoricalCrossentropy(from_logits=True), or Dense(K, activation='softmax') "
            "with from_logits=False; not both."
        ),
        "JAX": "optax.softmax_cross_entropy takes logits: do not apply jax.nn.softmax before it.",
    },
    source="PyTorch documentation, torch.nn.CrossEntropyLoss: the input is expected to contain unnormalized logits.",
)
def softmax_twice(facts: Facts) -> Iterator[Evidence]:
    """The floor ln(1 + (K − 1)/e), or both said in words."""
    yield from _floors(facts)
    found, k = facts.finite, facts.classes or 10
    both = facts.says("log_of_softmax") or (
        facts.says("softmax") and facts.says("ce_of_logits") and not facts.says("one_output", *_RIGHT)
    )
    removed = facts.says("softmax_removed") and facts.kind == "classes"
    if (facts.says("softmax_added") or removed) and not facts.is_broken:
        yield Evidence(TOLD, "The cross-entropy takes a softmax by itself: one more flattens its slope.", *_hot(k))
    if both and not facts.is_broken:
        floor = expected.softmax_floor(k)
        possible = found is None or found.value >= 0.97 * (floor if facts.classes else expected.softmax_floor(2))
        because = f"Logits within [0, 1] cannot bring the loss below ln(1 + {k - 1}/e) = {shown(floor)} of {k} classes"
        told = FITTING if facts.says("from_logits") else CERTAIN if found is not None else TOLD
        yield Evidence(told if possible else BARE, f"{because}{f'; you have {found}' if found else ''}.", *_hot(k))


def _twice(facts: Facts) -> Iterator[Evidence]:
    found = facts.finite
    view = addresses.logit(1.0), addresses.logit(6.0)
    if found is None or not facts.settled or facts.kind not in {None, "binary", "focal"} or (facts.classes or 2) > 2:
        return
    right = facts.right
    sure = right is not None and right > 0.9
    known = facts.kind == "binary" or facts.classes == 2
    rates = [(1.0, "of positives alone", 0.9), (0.5, "as many positives as negatives", 1.0)]
    if facts.share is not None and known:
        rates += [(s, f"{percent(s)} of them positive", 0.95) for s in (facts.share.value, 1 - facts.share.value)]
    for rate, said, weight in rates:
        value = expected.sigmoid_twice(rate)
        near = agreement(found, value, 0.008 if sure else 0.003, 1 if sure else 4 if facts.says("sigmoid") else 25)
        formula = f"{shown(rate)} · ln(1 + 1/e) + {shown(1 - rate)} · ln 2, {said}"
        yield Evidence(
            near * weight * (1.0 if known and sure else 0.85 if known or sure else 0.65), compared(formula, value, found), *view
        )


@cause(
    "sigmoid-twice",
    "The sigmoid is taken twice: the loss takes logits and is given probabilities",
    prior=0.93,
    check="Does the model end in a sigmoid while the loss takes logits? Is every number that the loss is given within [0, 1]?",
    fix={
        "": "Give the loss what it takes: drop the sigmoid, or use the loss of probabilities.",
        "PyTorch": "Drop the sigmoid before nn.BCEWithLogitsLoss, or use nn.BCELoss after it.",
        "Keras": (
            "Either Dense(1) with BinaryCrossentropy(from_logits=True), or Dense(1, activation='sigmoid') with "
            "from_logits=False; not both."
        ),
        "JAX": "optax.sigmoid_binary_cross_entropy takes logits: do not apply jax.nn.sigmoid before it.",
        "XGBoost": "With an objective of your own predictions are margins: take the sigmoid once, within it.",
    },
    source="PyTorch documentation, torch.nn.BCEWithLogitsLoss: it combines a Sigmoid layer and the BCELoss in one class.",
)
def sigmoid_twice(facts: Facts) -> Iterator[Evidence]:
    """Ln(1 + 1/e) for positives and ln 2 for negatives, or both said in words."""
    yield from _twice(facts)
    found = facts.finite
    if facts.says("sigmoid") and facts.says("bce_of_logits") and not facts.says(*_RIGHT) and not facts.is_broken:
        value = expected.sigmoid_twice(0.5)
        possible = found is None or found.value >= 0.97 * expected.sigmoid_twice(1.0)
        because = (
            f"Logits within [0, 1] cannot bring the loss below ln(1 + 1/e) = {shown(expected.sigmoid_twice(1.0))} "
            f"of positives and ln 2 of negatives, {shown(value)} of both"
        )
        yield Evidence(
            (CERTAIN if found is not None else TOLD) if possible else BARE,
            f"{because}{f'; you have {found}' if found else ''}.",
            addresses.logit(1.0),
            addresses.logit(6.0),
        )


@cause(
    "probabilities-as-logits",
    "Probabilities are given where logits are taken",
    prior=0.8,
    check="Are all numbers that the loss is given within [0, 1]? Say from_logits=False, or give the logits.",
    fix={
        "": "Pass the logits themselves, or ask for the loss of probabilities.",
        "PyTorch": "Use F.nll_loss(torch.log(p), y) of probabilities, or keep the logits for F.cross_entropy.",
        "Keras": "from_logits=False where the last layer is softmax or sigmoid.",
        "JAX": "Take -jnp.log(p[jnp.arange(n), y]) of probabilities, or keep the logits for optax.",
        "XGBoost": "base_margin and objectives of your own take margins: log(p / (1 - p)).",
    },
    source="Keras documentation, losses: from_logits says whether y_pred is expected to be a logits tensor.",
)
def probabilities_as_logits(facts: Facts) -> Iterator[Evidence]:
    """The same numbers as a softmax or sigmoid twice; told apart by words."""
    for evidence in (*_floors(facts), *_twice(facts)):
        yield Evidence(0.8 * evidence.agreement, evidence.because, evidence.view, evidence.beside)
    if facts.says("as_logits"):
        yield Evidence(
            TOLD, "Of probabilities as logits the loss takes a softmax or a sigmoid once more.", *_hot(facts.classes or 10)
        )
    elif facts.says("from_logits") and facts.says("softmax", "sigmoid"):
        view = _hot(facts.classes or 10) if facts.says("softmax") else (addresses.logit(1.0), addresses.logit(6.0))
        yield Evidence(CERTAIN, "from_logits=True takes logits, and the last layer gives probabilities within [0, 1].", *view)


@cause(
    "logits-as-probabilities",
    "Logits are given where probabilities are taken",
    prior=0.85,
    check="Is any number that the loss is given below 0 or above 1? Does the model end without softmax or sigmoid?",
    fix={
        "": "Add the softmax or sigmoid, or better use the loss that takes logits.",
        "PyTorch": "nn.BCEWithLogitsLoss instead of nn.BCELoss; nn.CrossEntropyLoss, or nn.LogSoftmax before nn.NLLLoss.",
        "Keras": "from_logits=True, or activation='softmax' / 'sigmoid' in the last layer.",
        "JAX": "optax.softmax_cross_entropy or optax.sigmoid_binary_cross_entropy of the logits.",
        "scikit-learn": "log_loss(y, model.predict_proba(X)), not decision_function.",
        "XGBoost": "predict() without output_margin=True gives probabilities.",
    },
    source="Keras documentation, losses: by default y_pred is assumed to encode a probability distribution.",
)
def logits_as_probabilities(facts: Facts) -> Iterator[Evidence]:
    """Words alone tell it, or a loss of probabilities that is negative or breaks."""
    takes = facts.says("bce_of_p", "ce_of_p", "nll")
    none = (
        facts.says("no_activation")
        and not facts.says("softmax_removed")
        or facts.says("plain_dense")
        and takes
        and not facts.says("softmax", "sigmoid")
    )
    if facts.says("margin_as_p") and not facts.says("sigmoid", "exp"):
        because = "hess = p (1 − p) is of a probability, and an objective of your own is given margins: the sigmoid is missing."
        yield Evidence(TOLD, because)
    if facts.says("raw_output") and facts.kind != "hinge":
        yield Evidence(TOLD, "Numbers outside [0, 1] are margins and no probabilities: the sigmoid is missing.")
    elif none and takes and not facts.says("ce_of_logits", "bce_of_logits"):
        yield Evidence(
            TOLD,
            (
                "The outputs have no softmax or sigmoid, and the loss takes probabilities within [0, 1]: outside, it "
                "clips or gives NaN."
            ),
        )
    elif none and facts.kind != "regression" and not facts.says("ce_of_logits", "bce_of_logits"):
        because = "The outputs are no probabilities; a loss of probabilities clips them or gives NaN."
        yield Evidence(FITTING if facts.kind == "binary" else HINTED, because)
    found = facts.finite
    if found is not None and facts.says("nll") and found.value < -1 and not facts.says("softmax", "log_softmax"):
        yield Evidence(FITTING, f"NLL gives −z of the true class: below −1 no probability can be; you have {found}.")


def _wants_log(facts: Facts) -> bool:
    """Whether somebody misses the logarithm of a softmax whose loss takes it."""
    return facts.says("log_wanted") and facts.says("softmax") and (facts.says("nll") or facts.kind == "divergence")


@cause(
    "log-missing",
    "The negative log-likelihood is given probabilities: the logarithm is missing",
    prior=0.95,
    check="Does the loss end between −1 and 0? It is then the mean probability of the true class, with a minus.",
    fix={
        "": "Take the logarithm of the probabilities before the loss, or use a loss that takes logits.",
        "PyTorch": (
            "F.log_softmax(z, dim=1) before nn.NLLLoss, or nn.CrossEntropyLoss on z itself; nn.KLDivLoss also "
            "takes log-probabilities first."
        ),
        "JAX": "jax.nn.log_softmax(z) before picking the true class.",
    },
    source="PyTorch documentation, torch.nn.NLLLoss: the input is expected to contain log-probabilities of each class.",
)
def log_missing(facts: Facts) -> Iterator[Evidence]:
    """A loss within [−1, 0): minus the mean probability of the true class."""
    found, history = facts.finite, facts.history
    if history is not None and history.finite.size and history.least < -1.001:
        return
    p = -found.value if found is not None and -1 <= found.value < 0 else 0.85
    view = addresses.typed("-p", p=p), addresses.binary(p)
    bounded = found is not None and -1.0005 <= found.value < 0
    if history is not None and found is None:
        bounded = bool(history.finite.size) and -1.0005 <= history.least < 0 and history.start < 0
    words = facts.says("nll") and (facts.says("softmax", "own_log") or not facts.says("log_softmax"))
    if facts.kind == "divergence" and found is not None and found.value < -1 and facts.reduction == "sum":
        yield Evidence(FITTING, f"Σ t (ln t − p) of a p that is no ln p is below 0; you have {found}.", *view)
    elif bounded:
        weight = CERTAIN if words else 0.8 if facts.kind in {"classes", "divergence"} else 0.65 if facts.kind is None else 0.25
        number = found or f"a least loss of {shown(history.least if history is not None else -1.0)}"
        because = f"−p lies within [−1, 0], −ln p never below 0; you have {number}"
        start = f"; it starts near −1/{facts.classes} = {shown(-1 / facts.classes)}" if facts.classes else ""
        yield Evidence(weight, f"{because}{start}.", *view)
    elif words and facts.says("negative") and (found is None or found.value < 0):
        of_classes = facts.says("softmax", "own_log", "log_softmax") or facts.kind == "classes" and not facts.says("is_normal")
        unsure = found is not None or facts.says("continuous") or not of_classes
        because = "A negative NLL means that it was given probabilities: −p instead of −ln p."
        yield Evidence(HINTED if unsure else TOLD, because, *view)
    elif (said := _said_without_log(facts)) is not None:
        yield Evidence(*said, *view)


def _said_without_log(facts: Facts) -> tuple[float, str] | None:
    """How surely, and why, a logarithm is missing where a loss of logarithms and a softmax are told, and no number."""
    divergence, softmax, log_softmax = facts.kind == "divergence", facts.says("softmax"), facts.says("log_softmax")
    negative = "A divergence is negative where its first argument is p and not ln p."
    if divergence and log_softmax and facts.says("negative") and not softmax:
        return BARE, negative
    if not softmax or facts.finite is not None:
        return None
    if _wants_log(facts) and not facts.says("ce_of_logits"):
        return TOLD, "A softmax gives p, and this loss takes ln p."
    if divergence:
        return BARE if log_softmax and not facts.says("negative") else TOLD, negative
    if facts.says("nll") and not facts.says("log_softmax", "ce_of_logits"):
        return FITTING, "NLL takes logarithms, and softmax gives probabilities: −p instead of −ln p."
    return None


@cause(
    "probabilities-in-hinge",
    "The hinge loss is given probabilities: it takes scores of any size, and labels of −1 and 1",
    prior=0.8,
    check="Does the model end in a sigmoid? A score within [0, 1] costs every negative at least 1.",
    fix={
        "": "Give the hinge loss raw scores: no sigmoid, labels −1 and 1.",
        "Keras": "Dense(1, activation='linear' or 'tanh') with keras.losses.Hinge(); it makes −1 of label 0 itself.",
        "scikit-learn": "hinge_loss(y, model.decision_function(X)), not predict_proba.",
    },
    source=(
        "K. Crammer and Y. Singer (2001), On the Algorithmic Implementation of Multiclass Kernel-based Vector "
        "Machines; hinge max(0, 1 − t y) of a score y."
    ),
)
def probabilities_in_hinge(facts: Facts) -> Iterator[Evidence]:
    """A hinge loss that ends at the share of negatives."""
    if facts.kind != "hinge" and not facts.says("hinge"):
        return
    found, view = facts.finite, (addresses.loss("hinge", y=0.0, t=-1.0), addresses.loss("hinge", y=-1.5, t=-1.0))
    negative = expected.hinge(0.0, -1.0)
    if facts.says("sigmoid", "softmax") or facts.says("exactly_one"):
        yield Evidence(
            TOLD, f"A probability is never below 0, so a negative costs at least max(0, 1 + 0) = {shown(negative)}.", *view
        )
    elif found is not None and facts.settled:
        for share, weight in ((0.5, 0.85), (1.0, 0.45)):  # a score of 0 costs 1 too
            near = agreement(found, share * negative, 0.02, 3)
            said = "max(0, 1 + 0) of a negative" + (" · 1/2 of them" if share < 1 else "")
            yield Evidence(near * weight, compared(said, share * negative, found), *view)


@cause(
    "margin-softmax",
    "The loss has a margin and the accuracy does not, or the other way round: they cannot be compared",
    prior=0.9,
    check=(
        "Is accuracy computed from the logits before or after the margin is taken off the true class? Compute "
        "it from the cosines."
    ),
    fix={
        "": (
            "Compute accuracy from the cosines without margin; a loss far above −ln p of that accuracy is then "
            "right. Start with a small margin."
        ),
        "PyTorch": (
            "acc = (s * F.linear(F.normalize(x), F.normalize(w))).argmax(1) == y, before the margin goes in; begin with m = 0."
        ),
    },
    source="J. Deng et al. (2019), ArcFace, equation 3: the margin is added to the angle of the true class in training alone.",
)
def margin_softmax(facts: Facts) -> Iterator[Evidence]:
    """A margin loss beside an accuracy that does not fit it."""
    if facts.kind != "margin-softmax":
        return
    found, right = facts.finite, facts.right
    if facts.says("margin_accuracy") or right is not None:
        number = f"; you have a loss of {found}" if found else ""
        yield Evidence(
            TOLD, f"The margin lowers the true class's logit alone, so it may lose in training while it wins without{number}."
        )
    elif facts.says("stuck", "rising") or found is not None and found.value > 5:
        yield Evidence(HINTED, "The margin lowers the true class's logit, so the loss starts far above ln K.")


CAUSES = (
    softmax_twice,
    sigmoid_twice,
    probabilities_as_logits,
    logits_as_probabilities,
    log_missing,
    probabilities_in_hinge,
    margin_softmax,
)
