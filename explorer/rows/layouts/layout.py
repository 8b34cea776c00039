"""Recognises which columns of a table are what, from names and a few numbers, with a reason for each decision.

`names` knows the names; here the numbers decide. At most SAMPLE rows are looked at, and the whole column of targets only
where those rows leave classes open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast, get_args

import ibis

from explorer.rows.expressions import is_nested, own_columns
from explorer.rows.layouts import names
from explorer.rows.layouts.derived import DerivedError
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
from explorer.rows.spec import Kind, Layout, NoNumbersError, Reason, Scale

_NUMBERS = " (give kind='regression' if they are numbers)"
PERCENT = "percent"
"""What `scale` may say too: probabilities times 100."""


def laid_out(raw: ibis.Table, **columns: Any) -> tuple[ibis.Table, Layout]:
    """Return a table with the columns that were computed to recognise it, and which columns are what.

    The arguments and errors are those of `recognise`.
    """
    derived: list[DerivedError] = []
    while True:
        try:
            layout = recognise(raw, **columns)
        except DerivedError as error:
            if len(derived) == 2:  # targets and predictions
                raise
            derived.append(error)
            raw, columns = error.applied(raw), columns | error.given
        else:
            for one in derived:
                layout = one.explained(layout)
            return raw, layout


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
    scale : {"probability", "percent", "logit", "value", "log probability"}, optional
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
    DerivedError
        If columns are to be computed first, as `laid_out` does.
    """
    predictions = () if prediction is None else (prediction,) if isinstance(prediction, str) else tuple(prediction)
    search = Search(raw, tuple(own_columns(raw)))
    search.check([truth, *predictions, weight, group, identity])
    _check_choice("kind", kind, get_args(Kind))
    _check_choice("scale", scale, (*get_args(Scale), PERCENT))
    search.given(truth=truth, weight=weight, group=group, identity=identity, predictions=predictions)
    if kind == "tokens" or (kind is None and truth is None and classes is None and has_tokens(search, predictions)):
        return recognise_tokens(search, predictions)
    find_roles(search)
    if scale == PERCENT:
        raise _percentages(search, "you named it.", given={"scale": "probability"})
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


def _percentages(search: Search, because: str, given: dict[str, str] | None = None) -> DerivedError:
    """Predictions that are probabilities times 100: what they come to, divided."""
    columns = search.predictions
    if search.is_list(columns[0]):
        divided = {columns[0]: search.raw[columns[0]].map(lambda value: value.cast("float64") / 100)}
    else:
        divided = {name: search.raw[name].cast("float64") / 100 for name in columns}
    said = f"The predictions in {shown(columns)} are percentages; divide them by 100."
    reason = Reason("percentages", shown(columns), f"{because} They are divided by 100.", ("logit",))
    return DerivedError(said, divided, [reason], given=given)


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
        raise NoNumbersError(search.predictions[0], facts.rows)
    count = facts.lengths[1] if search.is_list(search.predictions[0]) else len(search.predictions)
    if classes is not None and len(classes) != max(count, 2):
        raise ValueError(f"classes must name {max(count, 2)} classes, one a prediction; got {len(classes)}.")
    given = None if classes is None else tuple(label(name) for name in classes)
    if count == 1:
        return _single(search, facts, kind, scale, given, ignored)
    return _several(search, facts, count, kind, scale, given, ignored)


def _check_types(search: Search) -> None:
    """Refuse predictions and weights that are no numbers, by their type or by the first text that is none."""
    targets = {label(value) for value, _ in search.values(search.roles["truth"])}
    for name in search.predictions:
        if search.is_text(name):
            words = [str(value) for value, _ in search.values(name)]
            if words and set(words) <= targets and as_numbers(words) is None:
                raise _chosen(name, f"names, such as {words[0]!r}")
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
    _check_chosen(search, facts, kind, found)
    if scale is None and kind in {None, "binary"} and names.is_percentage(column) and _are_percentages(search, facts, found):
        raise _percentages(search, f"the column is called {column!r}; its numbers go {_range(facts)}.")
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


def _are_percentages(search: Search, facts: Facts, found: dict[str, int]) -> bool:
    """Whether predictions go beyond 1 and not beyond 100, for targets of two classes or between 0 and 1."""
    if facts.low is None or facts.high is None or not (facts.low >= 0 and 1 < facts.high <= 100):
        return False
    values = None if holds_truth_values(search) else as_numbers(text for text in found if text not in {"-100", "-1"})
    return len(found) == 2 or values is None or all(0 <= value <= 1 for value in values)


def _chosen(column: str, held: str, otherwise: str = "") -> ValueError:
    return ValueError(
        f"The column {column!r} holds {held}, as classes chosen, not probabilities; a loss needs one probability or logit a "
        f"class{otherwise}."
    )


def _check_chosen(search: Search, facts: Facts, kind: str | None, found: dict[str, int]) -> None:
    """Refuse predictions that are classes chosen, or say how sure each choice is: no loss is given those."""
    column = search.predictions[0]
    if kind == "regression" or holds_truth_values(search):
        return
    values = as_numbers(found)
    if kind is None and facts.whole == 1 and values is not None and 2 < len(found) <= 30 and len(set(values) - {0.0, 1.0}) > 0:
        chosen = {float(value) for value, _ in search.values(column)}
        if chosen <= set(values) and max(map(abs, values)) < FEW and key(column) not in names.REGRESSION:
            raise _chosen(column, f"whole numbers {_range(facts)}", _NUMBERS)
    if values is None and facts.low is not None and facts.low >= 0.5 and facts.inside > 0.95 and len(found) == 2:
        spelled = names.TRUTH if key(search.roles["truth"]) in {"label", "labels"} else ()
        others = [name for name in search.free if search.is_text(name) and key(name) in (*names.CHOSEN, *spelled)]
        for other in others:
            if {label(value) for value, _ in search.values(other)} == set(found):
                raise _sure(search, column, other, sorted(found))


def _sure(search: Search, column: str, other: str, classes: Sequence[str]) -> DerivedError:
    """Numbers that say how sure a choice between two classes is, as pipelines answer: the probability of each."""
    truth, chosen = search.roles["truth"], other
    if key(other) not in names.CHOSEN:  # of a label and a target, the label is what was chosen
        truth, chosen = other, truth
    sure = search.raw[column]
    columns = {f"{column}_{name}": (search.raw[chosen] == name).ifelse(sure, 1 - sure) for name in classes}
    said = f"numbers in {column!r} are all at least 0.5, and say how sure the class in {chosen!r} is."
    reason = Reason("predictions", shown(columns), f"the {said}")
    given = {"truth": truth, "prediction": list(columns)}
    return DerivedError(f"The {said}", columns, [reason], dropped=[column], given=given)


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
        raise _chosen(column, f"whole numbers {_range(facts)}", _NUMBERS)
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
    if names.is_log_probability(column):
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
            f"The predictions in {column!r} go {_range(facts)}, as percentages do; give scale='percent' if they are, or "
            "scale='logit' if they are logits."
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
    if count == 2 and kind in {None, "binary"} and (soft := _soft_targets(search, seen)):
        search.reason("kind", "binary", f"{soft} Those of the second prediction.", ("classes",))
        skipped = ignored_of(search, ignored, ())
        called = classes or tuple(names.ending(name)[1] for name in search.predictions)
        return search.layout(
            "binary", scale, classes=called if len(called) == 2 else ("0", "1"), ignored=skipped, tolerance=tolerance
        )
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


def _soft_targets(search: Search, found: dict[str, int]) -> str:
    """What is seen of targets between 0 and 1 of which most are neither; "" of others."""
    values = None if holds_truth_values(search) else as_numbers(found)
    if values is None or not all(0 <= value <= 1 for value in values) or set(values) <= {0.0, 1.0}:
        return ""
    return f"the targets go from {min(values):.4g} to {max(values):.4g}, as soft targets of two classes do."


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
    elif names.is_log_probability(first) and facts.high is not None and facts.high <= 1e-5:
        scale = "logit"
        search.reason("scale", scale, f"{first!r} holds log probabilities, which are logits too.", ("probability",))
    elif names.is_logit(first):
        scale = "logit"
        search.reason("scale", scale, f"they are called logits; {found}.", ("probability",))
    elif share >= 0.5 and facts.inside >= 0.5:
        scale = "probability"
        search.reason("scale", scale, f"{found}.", ("logit",))
    elif facts.percent > 0.5:
        raise _percentages(search, f"{facts.percent:.0%} of the rows add to 100, as percentages do.")
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
