"""Targets that the loss does not take: outside their range, not summing to 1, one class, another order, smoothed."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from explorer.doctor import addresses, constants, expected
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Evidence
from explorer.doctor.history import History
from explorer.doctor.printed import Printed
from explorer.doctor.rules.spec import cause, compared, shown
from explorer.doctor.score import BARE, CERTAIN, FITTING, HINTED, TOLD, agreement, closeness

NEGATIVE = ("critic", "likelihood", "uncertainty", "similarity", "ratio", "policy", "gan")
"""Kinds of losses that may be negative."""
_BEYOND = "/categorical?k=1", "/categorical?base=1&k=1"
LIMIT = max(each.value for each in constants.clipped())
"""What a certain error costs at most, where PyTorch may have computed it."""
LIMIT_OF_DOUBLE = -math.log(np.finfo(np.float64).eps)
"""The same where scikit-learn has."""
FAR_BELOW = 0.2
"""Who knows nothing has more than this part of 1/K right."""
AT_ONCE = 0.995
"""So many answers are right from the first epoch on where a constant one is right."""
LEAST_EPOCHS = 3
"""From how many epochs on it says something that all are right."""
NEXT_TO_ZERO = 1e-9
"""A smaller loss is what a clip leaves of a prediction that is right with certainty."""


def _least(facts: Facts) -> Printed | None:
    """The least loss that is told: a negative one gives targets away."""
    if facts.finite is not None:
        return facts.finite
    if facts.history is not None and facts.history.finite.size:
        return Printed(facts.history.least, facts.history.half)
    return None


@cause(
    "target-outside",
    "Targets lie outside what the loss takes: 0 and 255, −1 and 1, 1 to K, or with the wrong sign",
    prior=0.93,
    check="Print the least and largest target. Binary cross-entropy takes 0 to 1, an index 0 to K − 1.",
    fix={
        "": "Bring targets into range: mask / 255, (y + 1) / 2, y − 1.",
        "PyTorch": "t = (mask > 127).float(); y = y - 1 where labels start at 1; nn.SoftMarginLoss takes −1 and 1.",
        "Keras": "y = y / 255.0, (y + 1) / 2 or y - 1; keras.losses.Hinge takes −1 and 1.",
        "JAX": "t = (t + 1) / 2 for optax.sigmoid_binary_cross_entropy; integer labels from 0.",
        "scikit-learn": "LabelEncoder().fit_transform(y) for labels; classifiers take any, log_loss what predict_proba has.",
        "XGBoost": "binary:logistic takes 0 and 1, multi:softprob 0 to K − 1, count:poisson nothing below 0.",
    },
    source=(
        "PyTorch documentation, torch.nn.BCELoss: targets are numbers between 0 and 1; −t ln p − (1 − t) ln(1 "
        "− p) has no lower bound for t outside."
    ),
)
def target_outside(facts: Facts) -> Iterator[Evidence]:
    """A negative loss where none may be, or words."""
    of_pixels = facts.kind == "likelihood" and facts.says("bce_of_p", "bce_of_logits", "bernoulli")
    words = _says_range(facts)
    if facts.kind in (*NEGATIVE, "divergence") and not words and not of_pixels:
        return
    if facts.kind == "hinge" and facts.says("zero_one"):
        because = "max(0, 1 − t y) of t = 0 is 1 whatever y: a hinge loss takes −1 and 1"
        yield Evidence(TOLD, f"{because}.", addresses.loss("hinge", y=0.0, t=0.0), addresses.loss("hinge", y=-1.5, t=-1.0))
    yield from _beyond(facts)
    history = facts.history
    if history is not None and history.rising > 0.9 and history.finite.size and history.finite[-1] < 0:
        return  # it is made large
    found = _least(facts)
    outside = 255.0 if facts.says("mask_255") else 2.0
    height = -found.value / (outside - 1) if found is not None and found.value < -20 else 3.0
    view = addresses.typed(f"log(1+exp(z))-{shown(outside)}*z", z=height), addresses.logit(3.0, 1.0)
    if found is not None and found.value < 0:
        because = (
            f"−t ln p − (1 − t) ln(1 − p) is below 0 only if t is outside [0, 1]: at t = {shown(outside)} it has no lower "
            f"bound; you have {found}"
        )
        yield Evidence(_of_negative(facts, found.value), f"{because}.", *view)
    elif (said := _said_outside(facts, of_pixels)) is not None:
        yield Evidence(*said, *view)


def _says_range(facts: Facts) -> bool:
    """Whether targets are said to be 0 and 255, −1 and 1, or out of range; where losses take −1 and 1, that is no fault."""
    takes_signs = facts.kind in {"hinge", "similarity"}
    return facts.says("mask_255") or facts.says("plus_minus", "outside") and not takes_signs


def _of_negative(facts: Facts, value: float) -> float:
    """How surely a loss below 0 is one of targets outside their range."""
    words = _says_range(facts)
    if value < -1:
        if words or facts.kind in {"binary", "classes", "overlap"}:
            return CERTAIN
        return HINTED if facts.history is not None and facts.history.levels_off else 0.75
    dice = facts.says("dice") or facts.kind == "overlap"
    if words or dice and facts.says("score_zero"):
        weight = 0.9
    elif dice:
        weight = 0.25
    else:
        weight = 0.75 if facts.kind == "binary" else 0.45 if facts.kind is None else 0.35
    return weight * 0.4 if facts.says("nll") else weight


def _said_outside(facts: Facts, of_pixels: bool) -> tuple[float, str] | None:
    """How surely, and why, targets are outside where no number is told."""
    words, negative = _says_range(facts), "A negative cross-entropy needs targets outside [0, 1]."
    if facts.says("score_above") and facts.kind == "overlap":
        return TOLD, "A score of overlap is above 1 only where a mask or a prediction leaves [0, 1]."
    if (words or of_pixels) and facts.says("negative"):
        return TOLD, negative
    if facts.says("negative") and facts.kind in {None, "binary", "overlap", "classes", "focal"} and not facts.says("nll"):
        if facts.says("huge") and not facts.says("is_normal", "likelihood"):
            return 0.85, negative  # no density is as large
        return HINTED if facts.says(
            "either_sign"
        ) else 0.75 if facts.kind == "overlap" else 0.8 if facts.kind else 0.6, negative
    if words:
        weight = 0.85 if facts.kind in {"binary", "overlap"} or facts.says("plus_minus") else FITTING
        return weight, "Such targets are outside [0, 1], where cross-entropy has no lower bound."
    return None


def _beyond(facts: Facts) -> Iterator[Evidence]:
    """Labels beyond the last index, in words: above all those of an error."""
    if facts.says("beyond", "one_based") and not facts.says("mask_255", "plus_minus"):
        last = facts.classes - 1 if facts.classes else "K − 1"
        because = f"Labels 1 to {facts.classes or 'K'} end one beyond the last index, {last}, which has no column"
        yield Evidence(TOLD if facts.is_broken or facts.says("beyond") else FITTING, f"{because}.", *_BEYOND)
    elif facts.is_broken and facts.says("grey_mask"):
        because = "Levels of grey from 0 to 255 are no indices of classes: what is beyond the last has no column"
        yield Evidence(FITTING, f"{because}.", *_BEYOND)
    elif facts.is_broken and facts.says("sparse", "wider_works"):
        because = "A label beyond the last index has no column: on a GPU the loss of an index is NaN there without a word"
        yield Evidence(TOLD if facts.says("wider_works") else FITTING, f"{because}.", *_BEYOND)


@cause(
    "target-not-normalised",
    "Targets do not sum to 1, so the loss is weighed by their sum",
    prior=0.85,
    check="Print the sum of each row of targets. Several labels at once need a sigmoid for each, not a softmax.",
    fix={
        "": "Divide each row by its sum, or for several labels at once use a sigmoid for each class.",
        "PyTorch": "t / t.sum(1, keepdim=True) for nn.CrossEntropyLoss; nn.BCEWithLogitsLoss for multi-hot targets.",
        "Keras": "sigmoid and BinaryCrossentropy for multi-hot targets; CategoricalCrossentropy takes distributions.",
        "JAX": "optax.sigmoid_binary_cross_entropy for multi-hot targets.",
    },
    source="PyTorch documentation, torch.nn.CrossEntropyLoss with class probabilities: −Σ t ln p is not divided by Σ t.",
)
def target_not_normalised(facts: Facts) -> Iterator[Evidence]:
    """Words: several labels under a softmax, rows that do not sum to 1; a multiple of ln K."""
    found, k = facts.finite, facts.classes
    if facts.says("normalised") and (facts.says("softmax", "ce_of_logits", "ce_of_p") or facts.kind == "classes"):
        yield Evidence(0.9, "−Σ t ln p grows with Σ t: two labels of 1 cost twice as much, and no p reaches a loss of 0.")
    elif (
        facts.kind == "divergence"
        and facts.predictions is None
        and not facts.is_broken
        and (facts.says("negative") or found and found.value < 0)
    ):
        because = "A divergence of two distributions is never below 0: one of the two does not sum to 1"
        yield Evidence(0.9, f"{because}.")
    elif facts.says("normalised") and not facts.says("bce_of_logits", "bce_of_p"):
        yield Evidence(HINTED, "−Σ t ln p grows with Σ t.")
    if found is not None and k and k > 2 and facts.kind in {None, "classes"} and not facts.steps and not facts.batch:
        for times in (2, 3):
            value = times * expected.uniform(k)
            yield Evidence(agreement(found, value, 0.003, 2) * 0.6, compared(f"{times} · ln {k}", value, found))


@cause(
    "one-class",
    "There is one class: a softmax over one output is always 1",
    prior=0.95,
    check="How many outputs has the last layer? One output needs a sigmoid, or two outputs a softmax.",
    fix={
        "": "One output with a sigmoid and binary cross-entropy, or K outputs with a softmax.",
        "PyTorch": "nn.Linear(h, 1) with nn.BCEWithLogitsLoss, or nn.Linear(h, 2) with nn.CrossEntropyLoss.",
        "Keras": (
            "Dense(1, activation='sigmoid') with binary_crossentropy, or Dense(2, activation='softmax') with "
            "sparse_categorical_crossentropy."
        ),
        "JAX": "One logit with optax.sigmoid_binary_cross_entropy.",
        "XGBoost": "binary:logistic, or multi:softprob with num_class of at least 2.",
    },
    source="softmax(z) of one z is e^z / e^z = 1, so −ln 1 = 0 with no gradient.",
)
def one_class(facts: Facts) -> Iterator[Evidence]:
    """Zero from the start, or a clip, over one output."""
    found = facts.finite
    least = next(c.value for c in constants.table() if c.framework == "Keras" and c.value < 1e-3)
    zero = found is not None and (abs(found.value) <= max(found.half, 1e-12) or closeness(found, least, 0.01) > 0.5)
    columns = facts.predictions.shape[-1] if facts.predictions is not None and facts.predictions.ndim == 2 else 1
    labels = np.unique(facts.targets).size if facts.targets is not None else 1
    zero = zero and columns == 1 and labels == 1
    because = f"e^z / e^z = 1, and −ln 1 = 0 (Keras: {shown(least)})"
    if facts.classes == 1 or facts.says("one_output"):
        weight = CERTAIN if zero else TOLD if facts.says("one_output") else FITTING
        weight = BARE if facts.says("negative", "huge") and not zero else weight
        yield Evidence(weight, f"{because}{f'; you have {found}' if found else ''}.")
    elif facts.says("class_zero") and not facts.is_broken and not facts.says("ignored"):
        yield Evidence(FITTING, f"{because}: as the part for classes of a detector with one class.")
    elif (
        zero
        and facts.kind not in {"policy", "triplet", "hinge", "ctc", "regression", "gan", "critic", "preference"}
        and not facts.says("ignored", "one_label", "suddenly")
    ):
        history = facts.history
        from_start = history is None or history.start <= max(history.half, 1e-6) and not history.column("rate").size
        silent = history is not None and history.is_silent
        likely = from_start and not silent and facts.right != 1 and not facts.says("part_zero")
        yield Evidence(0.7 if likely else BARE, f"{because}; you have {found}.")


@cause(
    "one-label",
    "All targets are the same label, so a constant answer is right",
    prior=0.9,
    check="Count the labels: is there more than one, in training and in validation?",
    fix={
        "": "See how the data were read, sorted and split; shuffle, and stratify the split.",
        "PyTorch": "print(torch.unique(y, return_counts=True)); DataLoader(shuffle=True).",
        "Keras": "print(np.unique(y, return_counts=True)); validation_split takes the last rows, unshuffled: shuffle first.",
        "scikit-learn": "train_test_split(stratify=y); log_loss(y, p, labels=[0, 1]) where one label is missing.",
        "XGBoost": "print(np.unique(dtrain.get_label(), return_counts=True)); stratified=True in xgb.cv.",
    },
    source="scikit-learn documentation, log_loss: y_true contains only one label; labels must be given.",
)
def one_label(facts: Facts) -> Iterator[Evidence]:
    """Words, or a loss that goes to 0 with an accuracy of 1 at once."""
    view, found, right = (addresses.binary(0.999, 1.0), addresses.binary(0.9, 1.0)), facts.finite, facts.right
    if facts.says("one_label"):
        yield Evidence(
            HINTED if facts.is_broken or facts.kind == "contrastive" else FITTING if facts.says("one_output") else TOLD,
            "With one label the entropy of the targets is 0, and a constant prediction reaches a loss of 0.",
            *view,
        )
    elif facts.says("validation_never_right") and facts.kind in {None, "classes", "binary"} and facts.finite is None:
        yield Evidence(HINTED, "A label that is not in the training set is never the answer in validation.", *view)
    elif facts.says("all_right_at_once"):
        yield Evidence(FITTING, "All right at once is what a constant answer is where labels are one.", *view)
    elif found is not None and 0 < found.value < NEXT_TO_ZERO and facts.framework == "scikit-learn" and facts.classes != 1:
        yield Evidence(0.85, f"A log_loss of {found} is that of one label, which every prediction hits.", *view)
    elif facts.history is not None and _always_right(facts.history) and facts.classes != 1:
        yield Evidence(FITTING, "Every answer is right from the first epoch on: so is a constant one if labels are one.", *view)
    elif facts.history is not None and _is_nothing(facts.history) and facts.kind != "policy":
        yield Evidence(HINTED, "A loss of 0 from the first step on: a constant answer is right if labels are one.", *view)
    elif right == 1 and found is not None and 0 <= found.value < 1e-3 and facts.classes != 1:
        yield Evidence(FITTING, f"A loss of {found} with every answer right: the labels may be one.", *view)


def _is_nothing(history: History) -> bool:
    """Whether every loss is 0, and none of them stands for NaN."""
    return history.finite.size > 1 and not history.finite.any() and not history.is_silent


def _always_right(history: History) -> bool:
    """Whether training has every answer right at once, and validation, where it is known, few."""
    accuracy, validation = history.column("accuracy"), history.last("val_accuracy")
    at_once = accuracy.size >= LEAST_EPOCHS and accuracy[0] >= AT_ONCE and bool(np.all(accuracy[1:] == 1))
    return bool(at_once and (validation is None or validation < 0.5 or validation == 1))


@cause(
    "label-order",
    "The columns of predictions stand in another order than the labels",
    prior=0.92,
    check="Is the loss far above ln K though the model is good? Compare model.classes_ with the order of the columns.",
    fix={
        "": "Bring the columns into the order that the loss takes, mostly the sorted one.",
        "scikit-learn": (
            "log_loss sorts labels: give columns in the order of sorted(labels), as predict_proba has them in model.classes_."
        ),
        "Keras": (
            "generator.class_indices says which column is which; flow_from_directory sorts names; shuffle=False to predict."
        ),
        "PyTorch": "ImageFolder sorts names: print(dataset.class_to_idx), and keep that order for the pretrained head.",
        "XGBoost": "multi:softprob's columns are classes 0 to K − 1 as LabelEncoder sorts them.",
    },
    source=(
        "scikit-learn documentation, log_loss: labels in y_pred are assumed to be ordered alphabetically, as "
        "done by LabelBinarizer; issue 30910."
    ),
)
def label_order(facts: Facts) -> Iterator[Evidence]:
    """Words, or a loss above that of guessing beside a good accuracy."""
    found, right = facts.finite, facts.right
    k = facts.classes or 2
    guess = expected.uniform(max(k, 2))
    bad = found is not None and found.value > 1.5 * guess
    if facts.says("order"):
        number = f"; you have {found}, and guessing costs ln {k} = {shown(guess)}" if found else ""
        weight = TOLD if bad or found is None or facts.framework == "scikit-learn" else FITTING
        yield Evidence(weight, f"A permuted column gives the true class another one's probability{number}.")
    elif found is not None and right is not None and bad and right > 0.85 and facts.kind in {None, "classes", "binary"}:
        limits = {None: LIMIT, "PyTorch": LIMIT, "scikit-learn": LIMIT_OF_DOUBLE, "XGBoost": LIMIT_OF_DOUBLE}
        most = (1 - right + facts.right_half) * limits.get(facts.framework, constants.clipped()[3].value)
        within = found.value < 2 * LIMIT  # more is no clipped probability's
        weight = 0.85 if found.value > most and within else BARE
        yield Evidence(
            weight, f"With {shown(right)} right even certain errors cost no more than {shown(most)}; you have {found}."
        )
    elif bad and right is not None and right < FAR_BELOW / k and facts.classes and facts.kind in {None, "classes", "binary"}:
        yield Evidence(FITTING, f"Fewer are right than by guessing, {shown(right)} and not 1/{k}; you have {found}.")


@cause(
    "off-by-one-index",
    "Labels are moved by one: counted from 1 where they are counted from 0, or shifted once too often",
    prior=0.93,
    check="Compare predictions with labels moved by one: is far more right? Print the least and largest label.",
    fix={
        "": "y = y − 1 where labels start at 1; shift the tokens of a language model once, in the data or in the model.",
        "PyTorch": "y - 1 for nn.CrossEntropyLoss; models of transformers shift labels themselves: labels=input_ids.",
        "Keras": "y - 1 for sparse_categorical_crossentropy; targets are tokens[1:] of inputs tokens[:-1].",
        "JAX": "y - 1; logits[:, :-1] against tokens[:, 1:].",
        "scikit-learn": "LabelEncoder().fit_transform(y).",
        "XGBoost": "y - 1: label must be in [0, num_class).",
    },
    source=(
        "PyTorch documentation, torch.nn.CrossEntropyLoss: class indices in the range [0, C); Hugging Face transformers, "
        "causal language models: the labels are shifted inside the model."
    ),
)
def off_by_one_index(facts: Facts) -> Iterator[Evidence]:
    """Labels that are said to be moved by one, or counted from 1."""
    if facts.says("minus_one_asked"):
        return
    if facts.says("shifted"):
        because = "An index that is moved by one is another class's: the model is judged by its neighbour's label"
        yield Evidence(TOLD, f"{because}.", *_BEYOND)
    elif facts.says("label_zero") and not facts.is_broken:
        yield Evidence(TOLD, "The 0 of many a detector is the background: the first class is 1.", *_BEYOND)
    elif (
        facts.says("beyond", "one_based")
        and not facts.says("mask_255", "plus_minus")
        or facts.is_broken
        and facts.says("wider_works")
    ):
        because = "Of labels from 1 the first class never happens, and each other is taken for its neighbour"
        yield Evidence(0.7 if facts.is_broken else 0.8, f"{because}.", *_BEYOND)


@cause(
    "smoothing-floor",
    "The loss is at the floor of label smoothing: it cannot fall further",
    prior=0.95,
    check="Is accuracy high? Then compare with the entropy of the smoothed target, and watch the loss without smoothing.",
    fix={
        "": "Nothing is wrong: report the loss without smoothing beside it, or smooth less.",
        "PyTorch": "F.cross_entropy(z, y) without label_smoothing for the report.",
        "Keras": "metrics=[CategoricalCrossentropy(name='plain')] beside the loss with label_smoothing.",
        "JAX": "optax.softmax_cross_entropy_with_integer_labels of the labels themselves, for the report.",
    },
    source=(
        "C. Szegedy et al. (2016), Rethinking the Inception Architecture, section 7; the least cross-entropy "
        "of a target is its entropy."
    ),
)
def smoothing_floor(facts: Facts) -> Iterator[Evidence]:
    """The entropy of the smoothed target, met from above."""
    found, right, smoothing = facts.finite, facts.right, facts.smoothing
    if smoothing is None and facts.says("smoothing"):
        smoothing = 0.1
    if not smoothing:
        return
    if found is None:
        if facts.says("stuck", "is_normal", "factor") and not facts.is_broken:
            k = facts.classes or 10
            because = f"At a smoothing of {shown(smoothing)} the least loss of {k} classes"
            yield Evidence(
                TOLD if facts.says("stuck", "factor") else HINTED,
                compared(because, expected.smoothing_floor(k, smoothing), None),
                addresses.smoothed(k, smoothing, lead := math.log((1 - smoothing) * k / smoothing + 1)),
                addresses.smoothed(k, 0.0, lead),
            )
        return
    known = facts.classes or (2 if facts.kind == "binary" else 0)
    for k in (known,) if known else expected.COMMON_CLASSES:
        if k < 2:
            continue
        floor = expected.smoothing_floor(k, smoothing)
        above = found.value - floor
        near = closeness(found, floor, 0.006 if above < 0 else 0.07)
        if 0 < above < floor and right is not None and right > 0.95:
            near = max(near, HINTED)
        formula = f"entropy of {shown(1 - smoothing + smoothing / k)} and {k - 1} times {shown(smoothing / k)}"
        fits = 1.0 if right is None and known or right is not None and right > 0.9 else 0.85
        yield Evidence(
            near * fits * (1.0 if known else 0.9),
            compared(formula, floor, found),
            addresses.smoothed(k, smoothing, lead := math.log((1 - smoothing) * k / smoothing + 1)),
            addresses.smoothed(k, 0.0, lead),
        )


CAUSES = (target_outside, target_not_normalised, one_class, one_label, label_order, off_by_one_index, smoothing_floor)
