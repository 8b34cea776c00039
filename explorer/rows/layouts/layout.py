"""Recognises which columns of a table are what, from names and a few numbers, with a reason for each decision.

`names` knows the names, and `roles` finds the columns by them; then numbers decide, of one prediction a row in `single`, of one
a class in `several`. At most SAMPLE rows are looked at, and the whole column of targets only where those leave classes open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast, get_args

import ibis

from explorer.rows.expressions import is_nested, own_columns
from explorer.rows.layouts.derived import DerivedError, chosen_classes, percentages
from explorer.rows.layouts.facts import facts_of
from explorer.rows.layouts.labels import as_numbers
from explorer.rows.layouts.roles import find_roles
from explorer.rows.layouts.search import Search, label
from explorer.rows.layouts.several import several
from explorer.rows.layouts.single import single
from explorer.rows.layouts.tokens import has_tokens, recognise_tokens
from explorer.rows.reading.numbers import numbers
from explorer.rows.spec import Kind, Layout, NoNumbersError, Scale

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
        raise percentages(search, "you named it.", given={"scale": "probability"})
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
        raise NoNumbersError(search.predictions[0], facts.rows)
    count = facts.lengths[1] if search.is_list(search.predictions[0]) else len(search.predictions)
    if classes is not None and len(classes) != max(count, 2):
        raise ValueError(f"classes must name {max(count, 2)} classes, one a prediction; got {len(classes)}.")
    given = None if classes is None else tuple(label(name) for name in classes)
    if count == 1:
        return single(search, facts, kind, scale, given, ignored)
    return several(search, facts, count, kind, scale, given, ignored)


def _check_types(search: Search) -> None:
    """Refuse predictions and weights that are no numbers, by their type or by the first text that is none."""
    targets = {label(value) for value, _ in search.values(search.roles["truth"])}
    for name in search.predictions:
        if search.is_text(name):
            words = [str(value) for value, _ in search.values(name)]
            if words and set(words) <= targets and as_numbers(words) is None:
                raise chosen_classes(name, f"names, such as {words[0]!r}")
            numbers(search.sample, name)
        elif not search.is_number(name) and not (search.is_list(name) and len(search.predictions) == 1):
            raise ValueError(f"The column {name!r} holds {search.raw[name].type()}; predictions are numbers.")
    weight = search.roles.get("weight", "")
    if weight and not search.is_number(weight):
        raise ValueError(f"The column {weight!r} holds {search.raw[weight].type()}; weights are numbers.")
