"""Finds the columns of targets, predictions, weights, groups and identities: by name, then by what is left over."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.rows.expressions import is_nested
from explorer.rows.layouts import names, one_hot
from explorer.rows.layouts.facts import facts_of
from explorer.rows.layouts.names import key, shown
from explorer.rows.layouts.records import of_records
from explorer.rows.layouts.search import EXPECTED, Search, label
from explorer.rows.reading.numbers import nearly, numbers

ASKED = 100
"""Of more columns without a usual name, none is asked what it holds: each question takes a scan."""


def find_roles(search: Search) -> None:
    """Find the columns of targets, predictions, weights, groups and identities."""
    if "truth" not in search.roles:
        _take_truth(search)
    find_companions(search)
    if not search.predictions:
        _take_predictions(search)
    if "truth" not in search.roles:
        _take_leftover_truth(search)


def find_companions(search: Search) -> None:
    """Find the columns of weights, groups and identities."""
    for role, found in (("weight", names.WEIGHT), ("group", names.GROUP)):
        fitting = [n for n in names.named(search.free, found) if role == "group" or search.is_number(n)]
        if role == "weight":
            _check_weights(search, [n for n in names.named(search.free, found) if search.is_text(n)])
        if role not in search.roles and fitting:
            search.take(role, fitting[0], f"a column called {fitting[0]!r} usually holds {role}s.", fitting[1:])
    usual = [name for name in names.identities(search.free) if not is_nested(search.raw[name])]
    if "identity" not in search.roles and usual:
        search.take("identity", usual[0], f"a column called {usual[0]!r} usually says which row it is.", usual[1:])


def _check_weights(search: Search, columns: Sequence[str]) -> None:
    """Refuse a column of weights that is text for a value or two: nobody would see that it is left out."""
    for name in nearly(search.sample.select(*columns)) if columns else ():
        numbers(search.sample, name)


def _take_truth(search: Search) -> None:
    found = names.named(search.free, names.TRUTH)
    family = [name for columns in names.families(search.free) for name in columns]
    plain = [name for name in found if not is_nested(search.raw[name]) and name not in family]
    if plain:
        search.take("truth", plain[0], f"a column called {plain[0]!r} usually holds targets.", plain[1:])
        return
    if hot := [name for name in names.one_hot(search.free) if search.is_number(name)]:
        one_hot.of_columns(search, hot)
    if lists := [name for name in found if is_nested(search.raw[name])]:
        one_hot.of_list(search, lists[0])
    one_hot.of_pairs(search)


def _take_predictions(search: Search) -> None:
    """Take the columns of predictions by what is surest first: lists, families of columns, usual names, what is left over."""
    free = search.free
    lists = [name for name in free if search.is_list(name)]
    numbers = [name for name in free if search.is_number(name)]
    usual = names.named(free, names.PREDICTION)
    listed = [name for name in usual if name in lists] or lists
    families = names.families(numbers)
    single = [name for name in usual if name in numbers or search.is_text(name)]
    single.sort(key=lambda name: name not in numbers)
    if not listed and not families:
        of_records(search)
    if listed:
        search.predict(listed[:1], f"the column {listed[0]!r} holds a list of numbers a row, one a class.", listed[1:])
    elif pair := _truth_beside(search, families):
        truth, rest = pair
        search.take("truth", truth, f"{truth!r} holds 0 and 1 only, and its rows do not add to 1 with {rest[0]!r}.", rest)
        search.predict(rest, f"{rest[0]!r} is what is left beside targets.")
    elif pair := _class_beside(search):
        truth, rest = pair
        search.take(
            "truth", truth, f"{truth!r} holds whole numbers below {len(rest)} only, and the rows of the others add to 1."
        )
        search.predict(rest, f"they are what is left beside {truth!r}, one a class.")
    elif families:
        family = max(families, key=len)
        start = names.ending(family[0])[0]
        because = f"{len(family)} columns start with {start!r} and end in a class's name."
        search.predict(
            family,
            because,
            [shown(other) for other in families if other is not family] + [name for name in single if name not in family],
        )
    elif columns := _called_as_classes(search, numbers):
        search.predict(columns, f"{len(columns)} columns are called as values of the column {search.roles['truth']!r}.", single)
    elif single and (single[0] in numbers or not numbers):
        search.predict(single[:1], f"a column called {single[0]!r} usually holds predictions.", single[1:])
    elif starting := _starting(numbers):
        search.predict(starting[:1], f"the name {starting[0]!r} starts or ends as names of predictions do.", starting[1:])
    else:
        _take_leftover_predictions(search, numbers)


def _truth_beside(search: Search, families: Sequence[Sequence[str]]) -> tuple[str, list[str]] | None:
    """Which of two numbered columns, where there are no others, holds targets of 0 and 1; None where both are predictions."""
    if "truth" in search.roles or len(families) != 1 or len(families[0]) != 2 or set(families[0]) != set(search.free):
        return None
    facts = facts_of(search, families[0])
    return _by_content(search, families[0]) if facts.add_up < 0.5 else None


def _of_an_array(columns: Sequence[str]) -> bool:
    """Whether columns are called as those of an array without names are: alike, and numbered from 0."""
    stem = columns[0].removesuffix("0") if columns else ""
    return len(columns) > 1 and list(columns) == [f"{stem}{k}" for k in range(len(columns))]


def _class_beside(search: Search) -> tuple[str, list[str]] | None:
    """Which column of an array without names holds the class, where it is the first or the last, and the others add to 1."""
    columns = search.free
    if "truth" in search.roles or not 4 <= len(columns) <= ASKED or not _of_an_array(columns):
        return None
    found = list[tuple[str, list[str]]]()
    for truth in (columns[0], columns[-1]):
        rest = [name for name in columns if name != truth]
        values = {float(value) for value, _ in search.values(truth)}
        if len(values) > 1 and values <= set(map(float, range(len(rest)))):
            facts = facts_of(search, rest)
            found += [(truth, rest)] if facts.low is not None and facts.low >= 0 and facts.add_up > 0.95 else []
    return found[0] if len(found) == 1 else None


def _refuse(search: Search, what: str) -> ValueError:
    """What says that nothing is recognised."""
    named = "; an array has no names: np.savez('rows.npz', label=t, probs=p) gives them" if _of_an_array(search.columns) else ""
    return ValueError(f"No {what} are recognised in the columns {shown(search.columns)}; {EXPECTED}{named}.")


def _called_as_classes(search: Search, numbers: Sequence[str]) -> list[str]:
    """The columns that are called as the values in the column of targets are, at least two; all must be numbers."""
    if "truth" not in search.roles or search.raw[search.roles["truth"]].type().is_floating():
        return []
    values = {label(value).casefold() for value, _ in search.values(search.roles["truth"])}
    columns = [name for name in numbers if name.casefold() in values]
    if not columns or all(search.is_number(search.roles["truth"]) and not name.lstrip("-").isdecimal() for name in columns):
        return []
    # Classes that the sample's targets lack have columns of the same kind beside the others.
    floating = [name for name in numbers if name in columns or search.raw[name].type().is_floating()]
    return floating if len(floating) > 1 else []


def _starting(numbers: Sequence[str]) -> list[str]:
    """The columns whose names start or end as those of predictions, as prob_1 or label_prediction."""
    return [
        name
        for name in numbers
        if names.ending(name)[0]
        or key(name).endswith(("prediction", "predicted", "probability", "prob", "proba", "score", "logit", "pred"))
        or names.is_percentage(name)
    ]


def _take_leftover_predictions(search: Search, numbers: Sequence[str]) -> None:
    """Take what names leave over: the only number, or columns that add to 1.

    Where targets have no usual name either, the number must lie between 0 and 1.
    """
    others_left = [] if "truth" in search.roles else search.free
    if "truth" not in search.roles:
        others = [name for name in search.free if name not in numbers and not is_nested(search.raw[name])]
        decided = _by_content(search, numbers) if len(numbers) > 1 else None
        if decided:
            truth, numbers = decided
            search.take("truth", truth, f"{truth!r} holds 0 and 1 only, and no column has a usual name.", numbers)
        elif len(others) == 1 and numbers:
            search.take("truth", others[0], f"{others[0]!r} is the only column that holds no numbers.")
    named = not others_left or search.roles.get("truth") not in others_left
    if len(numbers) == 1 and "truth" in search.roles and (named or facts_of(search, numbers).inside > 0.95):
        search.predict(numbers, f"{numbers[0]!r} is the only column of numbers that is left.")
        return
    floating = [name for name in numbers if search.raw[name].type().is_floating()]
    if len(floating) > 1:
        facts = facts_of(search, floating)
        because = f"{facts.add_up:.0%} of the rows of {len(floating)} columns add to 1."
        if facts.low is not None and facts.low >= 0 and facts.add_up > 0.5:
            search.predict(floating, because)
            return
        if "truth" in search.roles and _counts_classes(search, len(floating)):
            search.predict(floating, f"{len(floating)} columns of numbers are left, as many as there are classes.")
            return
    raise _refuse(search, "predictions")


def _by_content(search: Search, numbers: Sequence[str]) -> tuple[str, list[str]] | None:
    """Return the only one of the columns that holds nothing but 0 and 1, and the others; None where several or none do."""
    if len(numbers) > ASKED:
        return None
    zeros_and_ones = [name for name in numbers if {float(v) for v, _ in search.values(name)} <= {0.0, 1.0}]
    if len(zeros_and_ones) != 1:
        return None
    return zeros_and_ones[0], [name for name in numbers if name != zeros_and_ones[0]]


def _counts_classes(search: Search, count: int) -> bool:
    """Whether targets are whole numbers of count classes, or as many names."""
    values = [value for value, _ in search.values(search.roles["truth"])]
    if not search.is_number(search.roles["truth"]):
        return len(values) == count
    whole = [int(v) for v in values if float(v).is_integer() and v not in (-100, -1)]
    return len(whole) > 0 and min(whole) in (0, 1) and max(whole) in (count - 1, count)


def _take_leftover_truth(search: Search) -> None:
    if stem := _predicted(search):
        search.take("truth", stem, f"{search.predictions[0]!r} is called as its prediction.")
        return
    if len(search.free) > ASKED:
        chosen: list[str] = []
    elif len(search.free) > 1 and len(named := [n for n in search.free if not is_nested(search.raw[n])]) > 1:
        few = [name for name in named if len(search.values(name)) <= 2]
        measured = [name for name in named if search.is_number(name) and not _counts_rows(search, name)]
        chosen = few if len(few) == 1 else measured if len(measured) == 1 and not few else []
    else:
        chosen = [name for name in search.free if not is_nested(search.raw[name])]
    if not chosen:
        raise _refuse(search, "targets")
    search.take("truth", chosen[0], f"{chosen[0]!r} is what is left beside predictions.")


def _predicted(search: Search) -> str:
    """The column that a single one of predictions is called after, as sales of sales_pred; "" where there is none."""
    if len(search.predictions) != 1:
        return ""
    words = sorted({*names.PREDICTION, *names.FAMILY}, key=len, reverse=True)
    called = key(search.predictions[0])
    stems = {called.removesuffix(word) for word in words} | {called.removeprefix(word) for word in words}
    return next((name for name in search.free if key(name) in stems and not is_nested(search.raw[name])), "")


def _counts_rows(search: Search, name: str) -> bool:
    """Whether a column holds whole numbers one after the other, each once, as a number of the row or of a day does."""
    found = search.values(name)
    values = [float(value) for value, _ in found]
    return max(n for _, n in found) == 1 and max(values) - min(values) == len(values) - 1 if found else False
