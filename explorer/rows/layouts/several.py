"""Rows with a prediction for each class."""

from __future__ import annotations

from explorer.rows.layouts import names
from explorer.rows.layouts.derived import percentages
from explorer.rows.layouts.facts import Facts
from explorer.rows.layouts.labels import as_numbers, class_labels, holds_truth_values, ignored_of, padding_of, targets_of
from explorer.rows.layouts.names import shown
from explorer.rows.layouts.search import Search
from explorer.rows.spec import Layout


def several(
    search: Search,
    facts: Facts,
    count: int,
    kind: str | None,
    scale: str | None,
    classes: tuple[str, ...] | None,
    ignored: tuple[str, ...] | None,
) -> Layout:
    """Return the layout of `count` predictions a row, one a class.

    Arguments and errors as for `layout.recognise`; facts are those of the predictions.
    """
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
    found = f"{share:.0%} of the rows add to 1 within {tolerance:g}; the predictions go {facts.range}"
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
        raise percentages(search, f"{facts.percent:.0%} of the rows add to 100, as percentages do.")
    elif facts.inside > 0.95 or names.is_probability(first):
        raise ValueError(
            f"Only {facts.add_up:.0%} of the rows add to 1, though the predictions go {facts.range}; the probabilities of "
            "a row's classes must add to 1 (give scale='logit' if they are logits)."
        )
    else:
        scale = "logit"
        search.reason("scale", scale, f"{found}.", ("probability",))
    if scale == "probability":
        why = "so many decimals were written" if tolerance > 1e-3 else "single precision and few decimals are that far off"
        search.reason("tolerance", f"{tolerance:g}", f"a row may be {tolerance:g} from adding to 1: {why}.")
    return scale, tolerance
