"""What columns are usually called. To have one more spelling recognised, add it here without case, spaces and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


TRUTH = _words(
    "ytrue truth groundtruth gt target targets label labels gold goldlabel truelabel trueclass trueindex actual actuals "
    "expected reference observed observation y class category answer outcome true t classid labelid classindex "
    "labelindex"
)
"""Columns of targets, the surest first."""

PREDICTION = _words(
    "yprob yproba ypredproba predproba predictproba prob proba probs probabilities probability p phat yscore score "
    "scores logit logits softmax yhat ypred pred preds prediction predictions predicted yprediction output outputs "
    "modeloutput margin rawscore decisionfunction decision z q confidence forecast estimate predictedvalue "
    "predictedprobability logprobs"
)
"""Columns of predictions, the surest first."""

WEIGHT = ("sampleweight", "sampleweights", "weight", "weights", "instanceweight", "exampleweight", "w", "wt")
GROUP = _words("group groups groupid fold split subject subjectid patient patientid domain dataset source site cohort usage")
IDENTITY = _words(
    "id index imageid rowid uid uuid guid sampleid exampleid itemid docid documentid customid key unnamed0 row "
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
    "loglikelihood loglikelihoods"
)
TEXT = ("text", "tokens", "prompt", "completion", "input", "inputs", "output", "context", "continuation")
ANSWER = ("choices", "response", "body")
"""Columns of whole answers, with log probabilities somewhere within."""

FAMILY = frozenset(
    _words(
        "p prob proba probs probability probabilities pred preds prediction predictions predicted logit logits score "
        "scores output outputs softmax class yprob yproba yscore ypred yhat ypredproba predproba predictproba probclass "
        "probaclass pclass logitclass logitsclass scoreclass predclass z q confidence conf"
    )
)
"""What comes before a class's name in a column of its predictions, as in prob_cat."""

REGRESSION = ("yhat", "forecast", "estimate", "predictedvalue")

POSITIVE = frozenset(
    _words("1 yes true y t positive pos + +1 spam malignant sick ill disease fraud success pass won win on toxic hate churned")
)
NEGATIVE = frozenset(
    _words("0 -1 no false n f negative neg - ham benign healthy control legit fail failure lost lose off normal none nontoxic")
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
    return any("prob" in name or name in {"p", "q", "phat", "softmax"} for name in (key(column), ending(column)[0]))


def identities(columns: Sequence[str]) -> list[str]:
    """Return the columns that are called as identities are, the surest first; those that end in id come last."""
    usual = named(columns, IDENTITY)
    return usual + [name for name in columns if name not in usual and re.search(r"[\W_]id$|[a-z](Id|ID)$", name)]


def ending(column: str) -> tuple[str, str]:
    """Return what a column's name starts with, as a key, and the class that it ends with: prob_cat is ("prob", "cat").

    The longest known start counts; ("", the name) where there is none.
    """
    splits = [match.start() for match in re.finditer(r"[\W_]+|(?<=[^\W\d_])(?=\d)", column)]
    for split in reversed(splits):
        rest = re.sub(r"^[\W_]+|[\W_]+$", "", column[split:]) if column[split:] not in {"-", "+"} else column[split:]
        if key(column[:split]) in FAMILY and rest:
            return key(column[:split]), rest
    return "", column


def families(columns: Iterable[str]) -> list[list[str]]:
    """Return the lists of at least two columns with the same start and different endings; endings in numbers are in order."""
    starts: dict[str, list[str]] = {}
    for column in columns:
        start, _ = ending(column)
        if start:
            starts.setdefault(start, []).append(column)
    return [ordered(family) for family in starts.values() if len({ending(column)[1] for column in family}) > 1]


def ordered(family: list[str]) -> list[str]:
    """Return columns by the numbers that they end in, or as they stand where some end in none."""
    ends = {column: ending(column)[1] for column in family}
    return sorted(family, key=lambda column: int(ends[column])) if all(e.isdecimal() for e in ends.values()) else family


def one_hot(columns: Sequence[str]) -> list[str]:
    """Return the columns that hold targets one a class, as y_0, y_1, y_2; none where there are fewer than two."""
    starts: dict[str, list[str]] = {}
    for column in columns:
        match = re.fullmatch(r"(.*?)[\W_]*(\d+)", column)
        if match and key(match[1]) in TRUTH and key(match[1]) not in FAMILY:
            starts.setdefault(key(match[1]), []).append(column)
    return max(starts.values(), key=len, default=[]) if any(len(found) > 1 for found in starts.values()) else []


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
