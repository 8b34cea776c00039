"""What columns are usually called. To have one more spelling recognised, add it here without case, spaces and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


TRUTH = _words(
    "ytrue truth groundtruth gt target targets label labels gold goldlabel truelabel trueclass trueindex actual actuals "
    "expected reference observed observation y class category answer outcome true t classid labelid classindex "
    "labelindex labelids ytest yval yvalid testy testlabels "
    "wahrheit ziel zielwert zielvariable ist istwert klasse tatsächlich istklasse réel vérité cible real verdad objetivo "
    "reale vero"
)
"""Columns of targets, the surest first."""

PREDICTION = _words(
    "yprob yproba ypredproba predproba predictproba prob proba probs probabilities probability p phat yscore score "
    "scores logit logits softmax yhat ypred pred preds prediction predictions predicted yprediction output outputs "
    "modeloutput margin rawscore decisionfunction decision z q confidence forecast estimate predictedvalue "
    "predictedprobability logprobs percent percentage pct "
    "wahrscheinlichkeit vorhersage prognose prognosewert schätzung schätzwert probabilité prédiction prévision probabilidad "
    "predicción pronóstico probabilità previsto previsione"
)
"""Columns of predictions, the surest first."""

WEIGHT = _words("sampleweight sampleweights weight weights instanceweight exampleweight w wt gewicht gewichtung poids peso")
GROUP = _words(
    "gruppe groupe grupo group groups groupid fold split subject subjectid patient patientid domain dataset source site "
    "cohort usage"
)
IDENTITY = _words(
    "id index imageid kundennr fname rowid uid uuid guid sampleid exampleid itemid docid documentid customid key unnamed0 row "
    "rownumber image filename filepath file path name"
)
EXAMPLE = _words(
    "example exampleid exampleindex sequence sequenceid seq seqid document documentid doc docid prompt promptid sample "
    "sampleid sentence sentenceid request requestid id customid"
)
"""Columns that say to which example a token belongs."""

POSITION = ("position", "pos", "tokenposition", "tokenindex", "tokenid", "step", "offset")
LOG_PROBABILITY = _words(
    "logprob tokenlogprob logprobs tokenlogprobs promptlogprobs logp logps logprobability logprobabilities "
    "loglikelihood loglikelihoods logproba logsoftmax"
)
TEXT = (
    "prompttokenids",
    "tokenids",
    "text",
    "tokens",
    "prompt",
    "completion",
    "input",
    "inputs",
    "output",
    "context",
    "continuation",
)
ANSWER = ("choices", "response", "body")
"""Columns of whole answers, with log probabilities somewhere within."""

FAMILY = frozenset(
    _words(
        "p prob proba probs probability probabilities pred preds prediction predictions predicted logit logits score "
        "scores output outputs softmax class yprob yproba yscore ypred yhat ypredproba predproba predictproba probclass "
        "probaclass pclass logitclass logitsclass scoreclass predclass z q confidence conf percent pct logprob logprobs "
        "logproba logp logsoftmax"
    )
)
"""What comes before a class's name in a column of its predictions, as in prob_cat."""

BOUNDS = frozenset(_words("lower upper low high lo hi min max std se stderr sd lowerbound upperbound ci"))
"""What ends the name of a number that says how far off a prediction may be."""

CHOSEN = _words("predicted prediction predictions pred preds ypred yhat predictedlabel predictedclass predlabel predclass")
"""Columns of the classes that were chosen."""

REGRESSION = ("yhat", "forecast", "estimate", "predictedvalue", "prognose", "prognosewert", "schätzwert", "prévision")

POSITIVE = frozenset(
    _words(
        "1 yes true y t positive pos + +1 spam malignant sick ill disease fraud success pass won win on toxic hate churned "
        "ja wahr oui vrai sí si"
    )
)
NEGATIVE = frozenset(
    _words(
        "0 -1 no false n f negative neg - ham benign healthy control legit fail failure lost lose off normal none nontoxic "
        "nein falsch non faux"
    )
)


def key(name: str) -> str:
    """Return a column's name without case, spaces and marks."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def named(columns: Iterable[str], keys: Sequence[str]) -> list[str]:
    """Return the columns that are called one of keys, in the order of keys."""
    found = {key(column): column for column in reversed(list(columns))}
    return [found[spelling] for spelling in keys if spelling in found]


def is_logit(column: str) -> bool:
    """Whether a column is called a logit, or a margin as support vectors have."""
    names = {key(column), ending(column)[0]}
    return key(column).startswith("logit") or not names.isdisjoint({"z", "margin", "rawscore", "decision", "decisionfunction"})


def is_probability(column: str) -> bool:
    """Whether a column is called a probability."""
    return not is_log_probability(column) and any(
        "prob" in name or name in {"p", "q", "phat", "softmax"} for name in (key(column), ending(column)[0])
    )


def is_percentage(column: str) -> bool:
    """Whether a column is called a percentage."""
    return any(re.search(r"percent(age)?s?$|^percent|pct$|^pct", name) for name in (key(column), ending(column)[0]))


def is_log_probability(column: str) -> bool:
    """Whether a column is called a log probability."""
    return any(name in LOG_PROBABILITY for name in (key(column), ending(column)[0]))


def identities(columns: Sequence[str]) -> list[str]:
    """Return the columns that are called as identities are, the surest first; those that end in id come last."""
    usual = named(columns, IDENTITY)
    return usual + [name for name in columns if name not in usual and re.search(r"[\W_]id$|[a-z](Id|ID)$", name)]


def ending(column: str) -> tuple[str, str]:
    """Return what a column's name starts with, as a key, and the class that it ends with: prob_cat is ("prob", "cat").

    The longest known start counts; ("", the name) where there is none.
    """
    for split in reversed(_splits(column)):
        rest = re.sub(r"^[\W_]+|[\W_]+$", "", column[split:]) if column[split:] not in {"-", "+"} else column[split:]
        if key(column[:split]) in FAMILY and rest:
            return key(column[:split]), rest
    return "", column


def _splits(column: str) -> list[int]:
    """Where a name may be taken apart: at marks, and before a number."""
    return [match.start() for match in re.finditer(r"[\W_]+|(?<=[^\W\d_])(?=\d)", column)]


def families(columns: Iterable[str]) -> list[list[str]]:
    """Return the lists of at least two columns with the same start and different endings; endings in numbers are in order."""
    starts: dict[str, list[str]] = {}
    for column in columns:
        start, end = ending(column)
        if start and key(end) not in BOUNDS:
            starts.setdefault(start, []).append(column)
    return [ordered(family) for family in starts.values() if len({ending(column)[1] for column in family}) > 1]


def ordered(family: list[str]) -> list[str]:
    """Return columns by the numbers that they end in, or as they stand where some end in none."""
    ends = {column: ending(column)[1] for column in family}
    return sorted(family, key=lambda column: int(ends[column])) if all(e.isdecimal() for e in ends.values()) else family


def target_ending(column: str) -> tuple[str, str]:
    """Return the name of targets that a column starts with, and the class that it ends with: y_true_cat is ("y_true", "cat").

    ("", the name) where it starts with none.
    """
    for split in reversed(_splits(column)):
        rest = re.sub(r"^[\W_]+|[\W_]+$", "", column[split:])
        start = key(column[:split])
        if rest and start in (*TRUTH, "onehot") and start not in FAMILY:
            return column[:split], rest
    return "", column


def one_hot(columns: Sequence[str]) -> list[str]:
    """Return the columns that may hold targets one a class, as y_0, y_1 or true_cat, true_dog; none if there are no two."""
    starts: dict[str, list[str]] = {}
    for column in columns:
        if key(column) not in PREDICTION and (start := target_ending(column)[0]):
            starts.setdefault(key(start), []).append(column)
    found = max(starts.values(), key=len, default=[])
    if len(found) < 2:
        return []
    ends = [target_ending(column)[1] for column in found]
    return sorted(found, key=lambda column: int(target_ending(column)[1])) if all(map(str.isdecimal, ends)) else found


def positive(labels: Sequence[str]) -> tuple[str, str]:
    """Return which of two labels is the positive one, and why."""
    for which, other in ((0, 1), (1, 0)):
        if labels[which].casefold() in POSITIVE and labels[other].casefold() not in POSITIVE:
            return labels[which], f"{labels[which]!r} usually names the positive class"
    for which, other in ((0, 1), (1, 0)):
        folded, rest = labels[which].casefold(), labels[other].casefold()
        if (folded in NEGATIVE or re.fullmatch(rf"(not|non|no)[\W_]*{re.escape(rest)}", folded)) and rest not in NEGATIVE:
            return labels[other], f"{labels[which]!r} usually names the negative class"
    later = max(labels)
    return later, f"{later!r} is the later of the two in order"


def shown(columns: Iterable[str], most: int = 12) -> str:
    """Return columns as one lists them in a sentence."""
    names = [repr(column) for column in columns]
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
