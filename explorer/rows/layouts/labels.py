"""Which target stands for which class, and which targets do not count."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.rows.layouts import names
from explorer.rows.layouts.names import shown
from explorer.rows.layouts.search import Search, label


def targets_of(search: Search, ignored: tuple[str, ...], enough: int) -> dict[str, int]:
    """Targets that are not ignored, with their counts; of the whole column where the sample has fewer than enough."""
    truth = search.roles["truth"]
    for whole in (False, True):
        counts: dict[str, int] = {}
        for value, count in search.values(truth, whole):
            if label(value) not in ignored:
                counts[label(value)] = counts.get(label(value), 0) + count
        if len(counts) >= enough or search.is_whole:
            break
    if not counts:
        raise ValueError(f"The column {truth!r} holds no target.")
    return counts


def as_numbers(labels: Iterable[str]) -> list[float] | None:
    """Labels as numbers; None where one is none."""
    try:
        return [float(text) for text in labels]
    except ValueError:
        return None


def ignored_of(search: Search, ignored: tuple[str, ...] | None, usual: tuple[str, ...]) -> tuple[str, ...]:
    """What is ignored: what was named, or else what usually is."""
    if ignored is not None:
        search.reason("ignored", shown(ignored) or "nothing", "you named it.")
        return ignored
    found = {label(value): count for value, count in search.values(search.roles["truth"])}
    here = [f"{text!r} ({found[text]} times)" for text in usual if text in found]
    none = "such targets usually mean padding; none is seen." if usual else "truth values have no padding."
    because = f"the targets hold {', '.join(here)}, which usually means padding." if here else none
    search.reason("ignored", shown(usual) or "nothing", because, ("nothing",))
    return usual


def padding_of(search: Search, found: Iterable[str], signs: bool) -> tuple[str, ...]:
    """What usually pads targets: -1 is a class where targets are signs."""
    if holds_truth_values(search):
        return ()
    if as_numbers(found) is None:
        return ("", "-100")
    return ("-100",) if signs else ("-100", "-1")


def binary_labels(search: Search, found: dict[str, int], classes: tuple[str, ...] | None) -> tuple[str, ...]:
    """Which targets are the negative and the positive class; none where they are numbers between 0 and 1."""
    truth = search.roles["truth"]
    tail = names.ending(search.predictions[0])[1] if len(search.predictions) == 1 else ""
    if classes is not None and set(found) <= set(classes):
        search.reason("classes", shown(classes), "you named them.")
        return classes
    if holds_truth_values(search):
        search.reason("classes", "'false', 'true'", f"the column {truth!r} holds truth values.")
        return ("false", "true")
    values = as_numbers(found)
    if values is not None:
        return _number_labels(search, found, values, tail)
    names_found = list(found)
    usual = [name for name in found if name.casefold() in names.POSITIVE | names.NEGATIVE]
    if len(names_found) > 2 and len(usual) == 2:
        names_found = usual
    if len(names_found) > 2:
        raise ValueError(
            f"The column {truth!r} holds {len(names_found)} names ({shown(names_found, 4)}), but there is one column of "
            f"predictions, {search.predictions[0]!r}; expected two names, or a column of predictions for each."
        )
    if len(names_found) == 1:
        return _one_name(search, names_found[0])
    fitting = [name for name in names_found if name.casefold() == tail.casefold()]
    chosen, because = (
        (fitting[0], f"the predictions are called {search.predictions[0]!r}") if fitting else names.positive(names_found)
    )
    other = next(name for name in names_found if name != chosen)
    search.reason(
        "classes", f"{other!r}, {chosen!r}", f"the positive class is {chosen!r}: {because}.", (f"{chosen!r}, {other!r}",)
    )
    return (other, chosen)


def _one_name(search: Search, name: str) -> tuple[str, str]:
    """The two labels where all targets have one name: that one is whichever class it usually names."""
    negative = name.casefold() in names.NEGATIVE
    labels = (name, "") if negative else ("", name)
    side = "negative" if negative else "positive"
    swapped = f"{labels[1]!r}, {labels[0]!r}"
    search.reason(
        "classes", f"{labels[0]!r}, {labels[1]!r}", f"all targets are {name!r}, taken as the {side} class.", (swapped,)
    )
    return labels


def _number_labels(search: Search, found: dict[str, int], values: list[float], tail: str) -> tuple[str, ...]:
    """The labels of targets that are numbers."""
    if all(value in (0, 1) for value in values):
        labels, because = ("0", "1"), f"the targets are {shown(sorted(found))}"
        if tail == "0" and names.ending(search.predictions[0])[0] in {"p", "prob", "proba", "probability"}:
            labels, because = ("1", "0"), f"the predictions are called {search.predictions[0]!r}, those of class 0"
        search.reason("classes", shown(labels), f"{because}.", (shown(labels[::-1]),))
        return labels
    if all(0 <= value <= 1 for value in values):
        ends = f"from {min(values):.4g} to {max(values):.4g}"
        search.reason("classes", "'0', '1'", f"the targets go {ends}: each says how much of the positive class it is.")
        return ()
    plain = sorted(values)
    if len(values) == 2 or (set(plain) == {-1.0, 1.0}):
        labels = (label(plain[0]), label(plain[1]))
        search.reason(
            "classes",
            shown(labels),
            f"the targets are {shown(labels)}; the larger is the positive class.",
            (shown(labels[::-1]),),
        )
        return labels
    if set(plain) == {-1.0}:
        search.reason("classes", "'-1', '1'", "all targets are -1, the negative class of -1 and 1.")
        return ("-1", "1")
    rest = {text: count for text, count in found.items() if text not in {"0", "1"}}
    because = f"most targets are 0 and 1; {sum(rest.values())} are not, such as {next(iter(rest))}."
    search.reason("classes", "'0', '1'", because)
    return ("0", "1")


def class_labels(
    search: Search, count: int, classes: tuple[str, ...] | None, skipped: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what stands for each class among the targets, and what the classes are called, in the order of the predictions."""
    columns = search.predictions if len(search.predictions) == count else ()
    tails = tuple(names.ending(name)[1] for name in columns)
    for candidates in filter(None, (classes, tails, tuple(columns))):
        if labels := _by_name(search, candidates, skipped, classes is not None):
            return labels, classes or candidates
    found = targets_of(search, skipped, 1)
    values = [0.0, 1.0] if holds_truth_values(search) else as_numbers(found)
    if holds_truth_values(search) and count == 2:
        search.reason("classes", "'false', 'true'", "truth values sort that way.", ("'true', 'false'",))
        return ("false", "true"), classes or ("false", "true")
    labels = _index_labels(search, count, found, values, skipped) or _sorted_labels(search, count, skipped)
    named = tuple(tails) if tails and not all(tail.isdecimal() for tail in tails) else labels
    return labels, classes or named


def _by_name(search: Search, candidates: tuple[str, ...], skipped: tuple[str, ...], given: bool) -> tuple[str, ...]:
    """Return the targets that are called as candidates are; none where most are not."""
    found = targets_of(search, skipped, 1)
    if as_numbers(found) is not None and not holds_truth_values(search):
        whole = targets_of(search, skipped, len(candidates))
        ends = [float(name) for name in whole]
        # Whole numbers from 0 under columns that count from 1 are places, not names.
        if not set(whole) <= set(candidates) or (
            not given and min(ends) >= 1 and max(ends) >= len(candidates) and "0" in candidates
        ):
            return ()
    by_fold = {name.casefold(): name for name in found}
    labels = tuple(by_fold.get(name.casefold(), name) for name in candidates)
    matched = sum(found.get(name, 0) for name in labels)
    if len(set(labels)) < len(labels) or matched * 2 <= sum(found.values()):
        return ()
    because = f"{matched / sum(found.values()):.0%} of the targets are called as the " + (
        "classes that you named." if given else "columns end."
    )
    search.reason("classes", shown(candidates), because)
    return labels


def _index_labels(
    search: Search, count: int, found: dict[str, int], values: list[float] | None, skipped: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the places of classes from 0 or from 1, told apart by the smallest and the largest; none if they are no places."""
    if values is None:
        return ()
    if not (min(values) == 0 and max(values) < count):
        found = targets_of(search, skipped, count)
    places = {int(float(text)): n for text, n in found.items() if float(text) in range(count + 1)}
    total = sum(found.values())
    if not places or sum(places.values()) * 2 <= total:
        return ()
    low, high = min(places), max(places)
    first = 1 if low >= 1 and high == count else 0
    within = sum(n for place, n in places.items() if first <= place < first + count)
    if len(found) == count and within < total:
        return ()
    decided = "so both would fit" if low >= 1 and high < count else f"so they count from {first}"
    because = f"the targets go from {low} to {high} for {count} predictions, {decided}."
    if within < total:
        because = f"{because[:-1]}; {total - within} others are unknown."
    search.reason("classes", f"{first} to {first + count - 1}", because, (f"{1 - first} to {count - first}",))
    return tuple(str(first + k) for k in range(count))


def _sorted_labels(search: Search, count: int, skipped: tuple[str, ...]) -> tuple[str, ...]:
    """Return the targets in the order in which scikit-learn sorts classes."""
    found = targets_of(search, skipped, count)
    values = as_numbers(found)
    numeric = search.is_number(search.roles["truth"]) and values is not None
    labels = tuple(sorted(found, key=float)) if numeric else tuple(sorted(found))
    if len(labels) != count:
        listed = shown(labels, 5)
        raise ValueError(
            f"The column {search.roles['truth']!r} holds {len(labels)} different targets ({listed}) for {count} predictions; "
            "name the classes in the order of the predictions."
        )
    because = f"there are {count} targets and {count} predictions; scikit-learn sorts classes, so {labels[0]!r} is the first."
    search.reason("classes", shown(labels), because)
    return labels


def holds_truth_values(search: Search) -> bool:
    """Whether targets are true and false."""
    return bool(search.raw[search.roles["truth"]].type().is_boolean())
