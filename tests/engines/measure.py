"""Writes tests/core/losses/measured.json: what each library computes for each loss that it has. `make measure` runs it.

A record says: ours = times * value + plus, and times * gradient. Where that is not so, `differs` says of what: of the value,
or of the gradient, which at a kink is anyone's. The gradient is by the first prediction; of several, `gradients` has all. What
is as usual is left out, and a call's note stands at its first record. Other dtypes than the first are there where they differ.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.engines.calls import CALLS, Call
from tests.engines.definitions import DEFINITIONS, Point, vectors
from tests.engines.figures import figures
from tests.engines.libraries import PACKAGES, Answer, ask, dtypes, rounded, version

MEASURED = Path(__file__).parent.parent / "core" / "losses" / "measured.json"
TOLERANCE = {"float64": 1e-9, "float32": 1e-5, "float16": 1e-2, "bfloat16": 5e-2}
"""Within what a number is still the same, relative to itself or to 0.001."""
Record = dict[str, Any]


def near(found: float, expected: float, dtype: str) -> bool:
    """Whether two numbers are one, but for the rounding of a dtype."""
    if math.isnan(found) or math.isinf(found) or math.isinf(expected):
        return found == expected
    return abs(found - expected) <= TOLERANCE[dtype] * max(abs(expected), 1e-3)


def records(names: set[str]) -> Iterator[Record]:
    """Ask every library for every loss, or for those of some names."""
    for call in CALLS:
        for at in DEFINITIONS[call.loss].points if not names or call.loss.split()[0] in names else ():
            yield from _at_point(call, at)
    yield from figures()


def _at_point(call: Call, at: Point) -> Iterator[Record]:
    """One record in the first dtype; one more for each dtype whose result is another than that."""
    if not eval(call.where, _scope(at)):
        return
    first, *others = dtypes(call)
    kept = rounded(at, first)
    answer = ask(call, kept, first)
    if answer is not None:
        yield _record(call, kept, first, answer)
    for dtype in others:
        coarse = rounded(at, dtype)
        if not DEFINITIONS[call.loss].holds(coarse):  # what is small has become 0
            continue
        exact, found = ask(call, coarse, first), ask(call, coarse, dtype)
        if exact and found and not _same(exact, found, dtype):
            yield _record(call, coarse, dtype, found)


def _same(exact: Answer, found: Answer, dtype: str) -> bool:
    pairs = [(found.value, exact.value)]
    if exact.gradient and found.gradient:
        pairs += [(found.gradient[name], exact.gradient[name]) for name in exact.gradient]
    return all(a is None or b is None or (math.isnan(a) and math.isnan(b)) or near(a, b, dtype) for a, b in pairs)


def _scope(at: Point) -> dict[str, Any]:
    return {**vars(math), **at, **vectors(at, list)}


def _record(call: Call, at: Point, dtype: str, answer: Answer) -> Record:
    loss, *rest = call.loss.split()
    options = {name: json.loads(value) for name, value in (option.split("=") for option in rest)}
    times, plus = (float(eval(text, _scope(at))) for text in (call.times, call.plus))
    record: Record = {"loss": loss, "options": options, "library": call.library, "version": version(PACKAGES[call.library])}
    record |= {"call": call.source, "dtype": dtype, "at": at, "value": answer.value, "gradient": None}
    slopes = answer.gradient or {}
    if slopes:
        record |= {
            "gradient": next(iter(slopes.values())),
            "gradients": slopes if len(slopes) > 1 and dtype == "float64" else None,
        }
    record |= {"hessian": answer.hessian and next(iter(answer.hessian.values())), "times": times, "plus": plus}
    record |= {"differs": _differs(call, at, dtype, answer, times, plus), "note": call.note}
    usual: Record = {
        "options": {},
        "value": None,
        "gradient": None,
        "gradients": None,
        "hessian": None,
        "times": 1.0,
        "plus": 0.0,
        "differs": "",
        "note": "",
    }
    return {name: written(what) for name, what in record.items() if name not in usual or what != usual[name]}


def _differs(call: Call, at: Point, dtype: str, answer: Answer, times: float, plus: float) -> str:
    """Which of value and gradient is not ours; of a gradient at a kink it says so too."""
    definition, found = DEFINITIONS[call.loss], []
    if answer.value is not None and not near(times * answer.value + plus, float(definition.value(at)), dtype):
        found.append("value")
    if answer.gradient is not None:
        slopes = definition.slopes(at)
        if any(s is None or not near(times * answer.gradient[name], s, dtype) for name, s in slopes.items()):
            found.append("gradient")
    return " and ".join(found)


def written(what: Any) -> Any:
    """Return what JSON can hold: numbers that are not finite as texts."""
    if isinstance(what, dict):
        return {name: written(part) for name, part in what.items()}
    if isinstance(what, float):
        return what + 0.0 if math.isfinite(what) else str(what)
    return what


def without_repeats(record: Record, before: list[Record]) -> Record:
    """Return a record without the note that its call has before."""
    is_said = any(other["call"] == record["call"] and other["loss"] == record["loss"] for other in before)
    return {name: what for name, what in record.items() if not (is_said and name == "note")}


def is_new(record: Record, names: set[str]) -> bool:
    """Whether a record is measured again."""
    return record["loss"] in names or record.get("batch", False)


def place(record: Record) -> tuple[bool, int]:
    """Where a record stands: loss by loss, call by call, what is of a batch last."""
    calls = [(call.loss.split()[0], call.source) for call in CALLS]
    is_batch = record.get("batch", False)
    return is_batch, 0 if is_batch else calls.index((record["loss"], record["call"]))


def main() -> None:
    """Write the file, a record a line: all of it, or anew the losses named on the command line."""
    names = set(sys.argv[1:])
    kept = [record for record in json.loads(MEASURED.read_text()) if names and not is_new(record, names)]
    found = sorted([*kept, *records(names)], key=place)
    lines = [json.dumps(without_repeats(record, found[:k]), separators=(",", ":")) for k, record in enumerate(found)]
    MEASURED.write_text("[\n" + ",\n".join(lines) + "\n]\n")
    print(f"{len(lines)} records in {MEASURED.stat().st_size} bytes.")


if __name__ == "__main__":
    main()
