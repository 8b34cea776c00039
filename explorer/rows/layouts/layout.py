"""Which columns of somebody's rows are what, from their names and a few numbers, each decision with its reason.

`names` knows the names; here the numbers decide. At most SAMPLE rows are looked at, and the whole column of targets only
where those rows leave classes open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast, get_args

import ibis

from explorer.rows.expressions import ROW, is_nested
from explorer.rows.layouts import names
from explorer.rows.layouts.facts import Facts, facts_of
from explorer.rows.layouts.joining import joined as joined
from explorer.rows.layouts.labels import (
    as_numbers,
    binary_labels,
    class_labels,
    holds_truth_values,
    ignored_of,
    padding_of,
    targets_of,
)
from explorer.rows.layouts.names import key, shown
from explorer.rows.layouts.roles import find_roles
from explorer.rows.layouts.search import FEW, Search, label
from explorer.rows.layouts.tokens import has_tokens, recognise_tokens
from explorer.rows.reading.numbers import numbers
from explorer.rows.spec import Kind, Layout, Scale


def recognise(
    raw: ibis.Table,
    *,
    truth: str | None = None,
    prediction: str | Sequence[str] | None = None,
    weight: str | None = None,
    group: str | None = None,
    identity: str | None = None,
    kind: str | None = None,
    scale: str | None = None,
    classes: Sequence[object] | None = None,
    ignored: Sequence[object] | object | None = None,
) -> Layout:
    """Return which columns of a table are what, and why.

    Parameters
    ----------
    raw : ibis.Table
        The rows as they were read.
    truth, weight, group, identity : str, optional
        A column's name; where it is given, nothing else is considered.
    prediction : str or list of str, optional
        The column of predictions, or one a class in the order of classes.
    kind : {"binary", "classes", "regression", "tokens"}, optional
        What the rows are.
    scale : {"probability", "logit", "value", "log probability"}, optional
        What the predictions are.
    classes : list, optional
        What the classes are called, in the order of the columns.
    ignored : list, optional
        What in the column of targets means that a row does not count.

    Returns
    -------
    Layout
        With a reason for each decision.

    Raises
    ------
    ValueError
        If nothing is recognised, if a column that is named does not exist, or if names and numbers contradict each other.
    """
    predictions = () if prediction is None else (prediction,) if isinstance(prediction, str) else tuple(prediction)
    search = Search(raw, tuple(name for name in raw.columns if name != ROW))
    search.check([truth, *predictions, weight, group, identity])
    _check_choice("kind", kind, get_args(Kind))
    _check_choice("scale", scale, get_args(Scale))
    search.given(truth=truth, weight=weight, group=group, identity=identity, predictions=predictions)
    if kind == "tokens" or (kind is None and truth is None and classes is None and has_tokens(search, predictions)):
        return recognise_tokens(search, predictions)
    find_roles(search)
    listed = (
        None
        if ignored is None
        else [ignored]
        if isinstance(ignored, (str, int, float))
        else list(cast("Iterable[object]", ignored))
    )
    return _decide(search, kind, scale, classes, None if listed is None else tuple(label(value) for value in listed))


def _check_choice(name: str, value: str | None, choices: Sequence[str]) -> None:
    if value is not None and value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}; got {value!r}.")


def _decide(
    search: Search, kind: str | None, scale: str | None, classes: Sequence[object] | None, ignored: tuple[str, ...] | None
) -> Layout:
    truth = search.roles["truth"]
    if is_nested(search.raw[truth]):
        raise ValueError(f"The column {truth!r} holds a list a row; put the class or the number of each row into it.")
    _check_types(search)
    facts = facts_of(search, search.predictions)
    search.rows = facts.rows
    if not facts.rows:
        raise ValueError("There are no rows.")
    if facts.low is None:
        raise ValueError(f"The column {search.predictions[0]!r} holds no number; predictions are numbers.")
    count = facts.lengths[1] if search.is_list(search.predictions[0]) else len(search.predictions)
    if classes is not None and len(classes) != max(count, 2):
        raise ValueError(f"classes must name {max(count, 2)} classes, one a prediction; got {len(classes)}.")
    given = None if classes is None else tuple(label(name) for name in classes)
    if count == 1:
        return _single(search, facts, kind, scale, given, ignored)
    return _several(search, facts, count, kind, scale, given, ignored)


def _check_types(search: Search) -> None:
    """Refuse predictions and weights that are no numbers, by their type or by the first text that is none."""
    for name in search.predictions:
        if search.is_text(name):
            numbers(search.sample, name)
        elif not search.is_number(name) and not (search.is_list(name) and len(search.predictions) == 1):
            raise ValueError(f"The column {name!r} holds {search.raw[name].type()}; predictions are numbers.")
    weight = search.roles.get("weight", "")
    if weight and not search.is_number(weight):
        raise ValueError(f"The column {weight!r} holds {search.raw[weight].type()}; weights are numbers.")


def _range(facts: Facts) -> str:
    return f"from {facts.low:.4g} to {facts.high:.4g}"


def _single(
    search: Search,
    facts: Facts,
    kind: str | None,
    scale: str | None,
    classes: tuple[str, ...] | None,
    ignored: tuple[str, ...] | None,
) -> Layout:
    """One column of predictions: binary or regression."""
    truth, column = search.roles["truth"], search.predictions[0]
    if kind == "classes":
        raise ValueError(f"Several classes need a column of predictions for each; there is only {column!r}.")
    numeric = search.is_number(truth)
    found = targets_of(search, ignored or (), 2)
    if kind is None:
        kind = _binary_or_regression(search, facts, found, scale)
    else:
        search.reason("kind", kind, "you named it.")
    if kind == "regression":
        if not numeric and as_numbers(found) is None:
            raise ValueError(f"The column {truth!r} holds names, such as {next(iter(found))!r}; a regression has numbers.")
        if ignored is not None:
            ignored_of(search, ignored, ())
        search.reason("scale", "value", f"predictions of a regression are values; they go {_range(facts)}.")
        return search.layout(kind, "value", ignored=ignored or ())
    skipped = ignored_of(search, ignored, padding_of(search, found, signs=set(found) <= {"-1", "1", "-100"} and "-1" in found))
    found = targets_of(search, skipped, 2)
    labels = binary_labels(search, found, classes)
    return search.layout(
        kind,
        _binary_scale(search, facts, scale),
        classes=classes or labels or ("0", "1"),
        labels=labels,
        ignored=skipped,
    )


def _binary_or_regression(search: Search, facts: Facts, found: dict[str, int], scale: str | None) -> str:
    """Decide by the targets: two of them, or numbers between 0 and 1, or any numbers."""
    truth, column = search.roles["truth"], search.predictions[0]
    many = f"{len(found)} different targets" if len(found) <= FEW else f"more than {FEW} different targets"
    values = as_numbers(text for text in found if text not in {"-100", "-1"}) if not holds_truth_values(search) else [0.0, 1.0]
    if values is None:
        search.reason(
            "kind", "binary", f"the column {truth!r} holds names, {shown(sorted(found), 3)}, for one prediction a row."
        )
        return "binary"
    total = sum(found.values())
    two = sum(count for text, count in found.items() if text in {"0", "1", "true", "false", "-1", "-100"})
    between = all(0 <= value <= 1 for value in values)
    if scale == "value":
        search.reason("kind", "regression", "the predictions are values, as you said.", ("binary",))
        return "regression"
    if between and two == total:
        search.reason("kind", "binary", f"the targets are {shown(sorted(found), 4)}.", ("regression",))
        return "binary"
    called_value = key(column) in names.REGRESSION
    usual = facts.inside > (0.5 if names.is_probability(column) else 0.9)
    if between and not called_value and (usual or scale is not None or names.is_logit(column)):
        because, others = f"there are {many}, all between 0 and 1, as soft targets are", ["regression"]
        if facts.whole == 1:
            because += "; all predictions are 0 or 1, so that the columns may be exchanged"
            others.append(f"targets in {column!r}")
        search.reason("kind", "binary", f"{because}.", others)
        return "binary"
    if facts.inside > 0.95 and names.is_probability(column) and len(found) > 2 and two <= total / 2:
        raise ValueError(
            f"The column {truth!r} holds {many}, but there is one column of probabilities, {column!r}; expected two targets, "
            "or a column of probabilities for each."
        )
    logits = scale is not None or names.is_logit(column) or names.is_probability(column) or facts.inside > 0.9
    if not called_value and logits and (two > total / 2 or len(found) == 2):
        search.reason("kind", "binary", f"{two / total:.0%} of the targets are 0 or 1 (or -1).", ("regression",))
        return "binary"
    if key(truth) in {"label", "labels", "class", "category"} and facts.whole == 1 and len(found) <= 100 and facts.filled > 1:
        raise ValueError(
            f"The column {column!r} holds whole numbers {_range(facts)}, as classes chosen, not probabilities; a loss needs "
            "one probability or logit a class."
        )
    ends = f"from {min(values):.4g} to {max(values):.4g}" if values else "none"
    search.reason("kind", "regression", f"there are {many}, {ends}.", ("binary",))
    return "regression"


def _binary_scale(search: Search, facts: Facts, scale: str | None) -> str:
    """Whether a single prediction is a probability or a logit: by its name, and by how many lie between 0 and 1."""
    if scale is not None:
        if scale not in {"probability", "logit"}:
            raise ValueError(f"Binary predictions are a probability or a logit; got scale {scale!r}.")
        search.reason("scale", scale, "you named it.")
        return scale
    column = search.predictions[0]
    if key(column) in names.LOG_PROBABILITY:
        raise ValueError(f"The column {column!r} seems to hold log probabilities; give the probabilities, exp of them.")
    found = f"{facts.inside:.0%} of the predictions lie between 0 and 1; they go {_range(facts)}"
    if names.is_logit(column):
        search.reason("scale", "logit", f"the column is called {column!r}; {found}.", ("probability",))
        return "logit"
    if facts.inside >= (0.5 if names.is_probability(column) else 0.95):
        extra = "; all are 0 or 1, as decisions are" if facts.whole == 1 else ""
        search.reason("scale", "probability", f"{found}{extra}.", ("logit",))
        return "probability"
    if (
        facts.low is not None
        and facts.low >= 0
        and facts.percent + facts.inside > 0.95
        and (names.is_probability(column) or facts.percent > 0.5)
    ):
        raise ValueError(
            f"The predictions in {column!r} go {_range(facts)}, as percentages do; divide them by 100, or give scale='logit' "
            "if they are logits."
        )
    search.reason("scale", "logit", f"{found}.", ("probability",))
    return "logit"


def _several(
    search: Search,
    facts: Facts,
    count: int,
    kind: str | None,
    scale: str | None,
    classes: tuple[str, ...] | None,
    ignored: tuple[str, ...] | None,
) -> Layout:
    """One prediction a class."""
    if kind == "regression":
        raise ValueError(f"A regression has one column of predictions; got {shown(search.predictions)}.")
    scale, tolerance = _scale_of_several(search, facts, count, scale)
    seen = targets_of(search, ignored or (), 1)
    signs = count == 2 and set(seen) <= {"-1", "1", "-100"} and "-1" in seen
    skipped = ignored_of(search, ignored, padding_of(search, seen, signs))
    labels, called = class_labels(search, count, classes, skipped)
    predictions = search.predictions
    if kind is None:
        kind = "binary" if count == 2 else "classes"
        search.reason("kind", kind, f"there are {count} predictions a row.", ("classes",) if count == 2 else ())
    else:
        search.reason("kind", kind, "you named it.")
    if kind == "binary":
        if count != 2:
            raise ValueError(f"Binary rows have one prediction or two; got {count}.")
        chosen, because = names.positive(labels)
        # A list cannot be turned around.
        if chosen == labels[0] and len(predictions) == 2:
            labels, called, predictions = labels[::-1], called[::-1], predictions[::-1]
        else:
            because = f"{labels[1]!r} is the second" if chosen == labels[0] else because
        search.reason("positive", called[1], f"{because}.", (called[0],))
    return search.layout(
        kind, scale, predictions=predictions, classes=called, labels=labels, ignored=skipped, tolerance=tolerance
    )


def _scale_of_several(search: Search, facts: Facts, count: int, scale: str | None) -> tuple[str, float]:
    """Whether predictions are probabilities or logits, and how far rows may be from adding to 1."""
    rounded = [0.005 * count, 0.0005 * count]
    fits = [limit for limit, share in zip(rounded, facts.rounded, strict=True) if share >= 0.95 and limit > 1e-3]
    tolerance = fits[-1] if facts.add_up < 0.8 and fits and count * 0.005 < 0.5 else 1e-3
    share = max(facts.add_up, facts.rounded[0] if tolerance == rounded[0] else facts.rounded[1] if tolerance > 1e-3 else 0.0)
    found = f"{share:.0%} of the rows add to 1 within {tolerance:g}; the predictions go {_range(facts)}"
    first = search.predictions[0]
    if scale is not None:
        if scale not in {"probability", "logit", "log probability"}:
            raise ValueError(f"Predictions a class are probabilities or logits; got scale {scale!r}.")
        because = "you named it."
        if scale == "log probability":
            scale, because = "logit", "log probabilities are logits too: softmax gives the probabilities back."
        search.reason("scale", scale, because)
    elif key(first) in names.LOG_PROBABILITY and facts.high is not None and facts.high <= 1e-5:
        scale = "logit"
        search.reason("scale", scale, f"{first!r} holds log probabilities, which are logits too.", ("probability",))
    elif names.is_logit(first):
        scale = "logit"
        search.reason("scale", scale, f"they are called logits; {found}.", ("probability",))
    elif share >= 0.5 and facts.inside >= 0.5:
        scale = "probability"
        search.reason("scale", scale, f"{found}.", ("logit",))
    elif facts.percent > 0.5:
        raise ValueError(f"{facts.percent:.0%} of the rows add to 100, as percentages do; divide the predictions by 100.")
    elif facts.inside > 0.95 or names.is_probability(first):
        raise ValueError(
            f"Only {facts.add_up:.0%} of the rows add to 1, though the predictions go {_range(facts)}; the probabilities of "
            "a row's classes must add to 1 (give scale='logit' if they are logits)."
        )
    else:
        scale = "logit"
        search.reason("scale", scale, f"{found}.", ("probability",))
    if scale == "probability":
        why = "so many decimals were written" if tolerance > 1e-3 else "single precision and few decimals are that far off"
        search.reason("tolerance", f"{tolerance:g}", f"a row may be {tolerance:g} from adding to 1: {why}.")
    return scale, tolerance
