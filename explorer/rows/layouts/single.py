"""Rows with one prediction each: a class of two, or a number."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.rows.layouts import names
from explorer.rows.layouts.derived import DerivedError, chosen_classes, percentages
from explorer.rows.layouts.facts import Facts
from explorer.rows.layouts.labels import as_numbers, binary_labels, holds_truth_values, ignored_of, padding_of, targets_of
from explorer.rows.layouts.names import key, shown
from explorer.rows.layouts.search import FEW, Search, label
from explorer.rows.spec import Layout, Reason

_NUMBERS = " (give kind='regression' if they are numbers)"


def single(
    search: Search,
    facts: Facts,
    kind: str | None,
    scale: str | None,
    classes: tuple[str, ...] | None,
    ignored: tuple[str, ...] | None,
) -> Layout:
    """Return the layout of one column of predictions: binary or regression.

    Arguments and errors as for `layout.recognise`; facts are those of the predictions.
    """
    truth, column = search.roles["truth"], search.predictions[0]
    if kind == "classes":
        raise ValueError(f"Several classes need a column of predictions for each; there is only {column!r}.")
    numeric = search.is_number(truth)
    found = targets_of(search, ignored or (), 2)
    _check_chosen(search, facts, kind, found)
    if scale is None and kind in {None, "binary"} and names.is_percentage(column) and _are_percentages(search, facts, found):
        raise percentages(search, f"the column is called {column!r}; its numbers go {facts.range}.")
    if kind is None:
        kind = _binary_or_regression(search, facts, found, scale)
    else:
        search.reason("kind", kind, "you named it.")
    if kind == "regression":
        if not numeric and as_numbers(found) is None:
            raise ValueError(f"The column {truth!r} holds names, such as {next(iter(found))!r}; a regression has numbers.")
        if ignored is not None:
            ignored_of(search, ignored, ())
        search.reason("scale", "value", f"predictions of a regression are values; they go {facts.range}.")
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


def _check_chosen(search: Search, facts: Facts, kind: str | None, found: dict[str, int]) -> None:
    """Refuse predictions that are classes chosen, or say how sure each choice is: no loss is given those."""
    column = search.predictions[0]
    if kind == "regression" or holds_truth_values(search):
        return
    values = as_numbers(found)
    if kind is None and facts.whole == 1 and values is not None and 2 < len(found) <= 30 and len(set(values) - {0.0, 1.0}) > 0:
        chosen = {float(value) for value, _ in search.values(column)}
        if chosen <= set(values) and max(map(abs, values)) < FEW and key(column) not in names.REGRESSION:
            raise chosen_classes(column, f"whole numbers {facts.range}", _NUMBERS)
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
        raise chosen_classes(column, f"whole numbers {facts.range}", _NUMBERS)
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
    found = f"{facts.inside:.0%} of the predictions lie between 0 and 1; they go {facts.range}"
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
            f"The predictions in {column!r} go {facts.range}, as percentages do; give scale='percent' if they are, or "
            "scale='logit' if they are logits."
        )
    search.reason("scale", "logit", f"{found}.", ("probability",))
    return "logit"
