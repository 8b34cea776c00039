"""What holds a loss: its textbook form in 80 digits, differences of it, its function by hand, and what libraries measured."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import Add, Symbol

from explorer.core.algebra.exact import Exact
from explorer.core.algebra.layering import Layered
from explorer.core.functions import absolute
from explorer.core.losses import Loss
from explorer.core.program import Program
from tests.core.helpers import javascript

POINTS = 40
"""How many points of the whole domain a loss is held at, and how many moderate ones."""
MOST = 3
"""By how many of its predictions a loss is differentiated in digits."""
ENOUGH = 10
"""At how many points a slope must be held: at a kink or an edge of the domain it is not."""
TOLERANCE, ROUGH = 1e-12, 1e-8
"""Within what values agree, and slopes, relative to the number and to the largest term that the loss is the sum of."""
SINGLE = 1e-4
"""Within what values agree in float32."""
SPACING = 1e-13
"""How near a kink, relative to the largest number, floats may be on its other side."""
STEP, LONG_STEP = 1e-20, 1e-12
"""Of a difference in digits, relative to the number that is moved; and of a difference of differences."""
NUDGE = 1e-30
"""By how much of a slider's length a point on an edge is moved where the textbook has 0 ln 0 there."""
SMALLEST, LARGEST = 1e-280, 1e280
"""Beyond these, floats need not tell a number from 0 or infinity."""
Points = Mapping[str, Any]

MEASURED: list[dict[str, Any]] = json.loads((Path(__file__).parent / "measured.json").read_text())


def drawn(loss: Loss) -> dict[str, NDArray[np.float64]]:
    """Return points of a loss's whole domain, its edges among them, then moderate ones."""
    random = np.random.default_rng(13)
    columns: dict[str, NDArray[np.float64]] = {}
    for entries in loss.groups:
        domain, size = entries[0].domain, len(entries)
        both = np.concatenate([domain.draw(random, POINTS, size), domain.moderate(random, POINTS, size)])
        columns |= {given.name: both[:, k] for k, given in enumerate(entries)}
    for name in loss.names("prediction", "target")[1:] if loss.is_curve else ():
        if loss.input(name).domain == loss.input(loss.by).domain:
            columns[name][::9] = columns[loss.by][::9]  # a right prediction, where many a kink is
    return columns


class Oracle:
    """The textbook form of a loss at the points that are drawn for it, in digits."""

    def __init__(self, loss: Loss) -> None:
        self.loss = loss
        self.at = drawn(loss)
        terms = Add.make_args(loss.plain)
        steps = {"total": loss.plain} | {f"term{k}": term for k, term in enumerate(terms)}
        program = Program(
            tuple(Symbol(name) for name in self.at), tuple((Symbol(n), e) for n, e in steps.items()), Symbol("total")
        )
        self.exact = Exact(Layered(program, (tuple(steps),)))
        self.value, self.size = self._with_size(self.at)

    def _with_size(self, at: Points) -> tuple[list[Any], NDArray[np.float64]]:
        """The loss, where the textbook has no value its limit, and the size of its largest term."""
        total, *terms = self.exact.values(at, 2 * POINTS)
        missing = [k for k, number in enumerate(total) if number != number]
        if missing:
            limit, *_ = self.exact.values(self._nudged(), 2 * POINTS)
            for k in missing:
                total[k] = limit[k]
        size = [max((abs(as_float(term[k])) for term in terms if term[k] == term[k]), default=0.0) for k in range(2 * POINTS)]
        return total, np.array(size)

    def _nudged(self) -> dict[str, list[Any]]:
        """The points, each moved inside its domain by very little."""
        columns = {}
        for name, column in self.at.items():
            low, high = self.loss.input(name).domain.shown
            small, middle = self.exact.number(NUDGE), self.exact.number((low + high) / 2)
            columns[name] = [x + (middle - x) * small for x in map(self.exact.number, column)]
        return columns

    def moved(self, name: str, by: list[Any]) -> list[Any]:
        """The loss where one input is moved."""
        column = [self.exact.number(x) + h for x, h in zip(self.at[name], by, strict=True)]
        total, *_ = self.exact.values({**self.at, name: column}, 2 * POINTS)
        return total

    def steps(self, name: str, relative: float) -> list[Any]:
        """How far an input is moved at each point."""
        others = np.array([np.abs(column) for column in self.at.values()])
        least = np.where(others > 0, others, np.inf).min(axis=0)
        sizes = np.where(self.at[name] != 0, np.abs(self.at[name]), np.where(np.isfinite(least), least, 1.0))
        return [self.exact.number(relative) * self.exact.number(size) for size in sizes]

    def slopes(self, name: str) -> dict[int, tuple[float, float]]:
        """Return place -> slope and curvature by an input, where there is no kink and no edge."""
        small, long = self.steps(name, STEP), self.steps(name, LONG_STEP)
        ahead, back = self.moved(name, small), self.moved(name, [-h for h in small])
        far, near = self.moved(name, long), self.moved(name, [-h for h in long])
        largest = np.array([np.abs(column) for column in self.at.values()]).max(axis=0)
        spacing = [self.exact.number(SPACING) * self.exact.number(size or 1.0) for size in largest]
        beyond, before = self.moved(name, spacing), self.moved(name, [-h for h in spacing])
        holds, found = self.loss.input(name).domain.holds, {}
        for k, (here, h, long_h) in enumerate(zip(self.value, small, long, strict=True)):
            x = self.at[name][k]
            inside = holds(x + float(long_h) * 1e3) and holds(x - float(long_h) * 1e3)
            tells = float(h) > 1e-60 * largest[k]
            if not (inside and tells) or not all(map(is_moderate, (here, ahead[k], back[k], far[k], near[k]))):
                continue
            right, left = (ahead[k] - here) / h, (here - back[k]) / h
            right_2, left_2 = (far[k] - here) / long_h, (here - near[k]) / long_h
            lost = abs(here) * self.exact.number(1e-70) / h
            kinked = abs(right - left) > 1e-9 * (abs(right) + abs(left)) + lost
            kinked = kinked or abs(right_2 - left_2) > 1e-6 * (abs(right_2) + abs(left_2)) + lost
            across = (beyond[k] - here) / spacing[k], (here - before[k]) / spacing[k]
            kinked = kinked or abs(across[0] - across[1]) > 0.1 * (abs(across[0]) + abs(across[1])) + lost
            if not kinked and abs(right) + abs(left) >= 1e10 * lost or here == ahead[k] == back[k] == far[k] == near[k]:
                curvature = float((right_2 - left_2) / long_h) if float(long_h) > 1e-25 * largest[k] else math.nan
                found[k] = float((right + left) / 2), curvature
        return found

    def faults_of(self, what: str, numbers: Any, tolerance: float = TOLERANCE) -> Iterator[str]:
        """Yield a sentence on the first number that is not the loss."""
        numbers = np.broadcast_to(np.asarray(numbers, dtype=np.float64), 2 * POINTS)
        for k, number in enumerate(numbers):
            expected, size = as_float(self.value[k]), self.size[k]
            if abs(expected) > LARGEST or size > LARGEST:
                right = abs(number) > LARGEST / 1e20 or size > 1e10 * abs(expected)
            elif math.isnan(expected):
                right = False
            else:
                right = abs(number - expected) <= tolerance * (abs(expected) + size) + SMALLEST
            if not right:
                yield f"{what} is {number!r}, but {expected!r} in digits, at {self.place(k)}."
                return

    def faults_of_slopes(self, name: str, slopes: Any, curvatures: Any = None) -> Iterator[str]:
        """Yield a sentence on the first slope, and the first curvature, that is not the difference's."""
        found = self.slopes(name)
        if len(found) < ENOUGH:
            yield f"The slope by {name} was held at {len(found)} points only."
        for what, numbers, part in (("slope", slopes, 0), ("curvature", curvatures, 1)):
            if numbers is None:
                continue
            numbers = np.broadcast_to(np.asarray(numbers, dtype=np.float64), 2 * POINTS)
            for k, pair in found.items():
                if math.isnan(pair[part]):
                    continue
                unit = max(abs(column[k]) for column in self.at.values()) / 100
                scale = self.size[k] / max(float(abs(self.at[name][k])), unit, 1e-100) ** (part + 1)
                allowed = ROUGH * abs(pair[part]) + 1e-11 * scale + SMALLEST
                if not abs(numbers[k] - pair[part]) <= allowed and abs(pair[part]) < LARGEST:
                    yield f"The {what} by {name} is {numbers[k]!r}, but {pair[part]!r} in digits, at {self.place(k)}."
                    break

    def place(self, k: int) -> str:
        """Return where the point is."""
        return ", ".join(f"{name} = {float(column[k])!r}" for name, column in list(self.at.items())[:9])


def faults(loss: Loss, oracle: Oracle | None = None) -> Iterator[str]:
    """Yield what is wrong with a loss: in its value, slopes and curvature, in its function by hand, against libraries."""
    oracle = oracle or oracle_of(loss)
    at, sloped = oracle.at, loss.with_slopes
    found = sloped.evaluate(at)
    yield from oracle.faults_of("L", found["L"])
    for name in loss.predictions[:MOST]:
        yield from oracle.faults_of_slopes(name, found[f"d_{name}"], found.get(f"d2_{name}"))
    if loss.numeric:
        yield from oracle.faults_of("The function by hand", loss.numeric(*by_group(loss, at)))
    yield from unlike_measured(loss)


def faults_elsewhere(loss: Loss) -> Iterator[str]:
    """Yield where a loss is another one in float32, or in JavaScript."""
    oracle = oracle_of(loss)
    at, sloped = oracle.at, loss.with_slopes
    found = sloped.evaluate(at)
    points = [dict(zip(at, map(float, point), strict=True)) for point in zip(*at.values(), strict=True)]
    theirs = javascript(f"(points) => points.map({sloped.javascript()})", points)
    for name in ("L", *(f"d_{name}" for name in loss.predictions[:MOST])):
        ours = np.broadcast_to(found[name], len(points)).tolist()
        for k, (number, result) in enumerate(zip(ours, theirs, strict=True)):
            size = oracle.size[k] if name == "L" else abs(number)
            near = abs(number - result[name]) <= 1e-12 * (abs(number) + size) + SMALLEST
            if not (near or number == result[name] or (np.isnan(number) and np.isnan(result[name]))):
                yield f"{name} is {number!r}, and {result[name]!r} in JavaScript, at {oracle.place(k)}."
                break
    moderate = {name: column[POINTS:].astype(np.float32) for name, column in at.items()}
    single = np.broadcast_to(loss.program().evaluate(moderate, ["L"], floats=np.float32)["L"], POINTS)
    whole = np.broadcast_to(found["L"], 2 * POINTS)[POINTS:]
    off = np.abs(single - whole) - SINGLE * (np.abs(whole) + oracle.size[POINTS:] + 1e-3)
    if not np.all(off <= 0):
        k = int(np.argmax(np.where(np.isnan(off), np.inf, off)))
        yield f"L is {single[k]!r} in float32, and {whole[k]!r} in float64, at {oracle.place(POINTS + k)}."


def unlike_measured(loss: Loss) -> Iterator[str]:
    """Yield where a loss is not what a library computes; a record says by what factor and term the two differ, if they do."""
    for record in MEASURED:
        if record["loss"] != loss.name or record["dtype"] != "float64" or record.get("batch"):
            continue
        options = record.get("options", {})
        made = loss.variant(**options) if options and loss.variant else loss
        numbers = made.with_slopes.evaluate(record["at"], ["L", f"d_{made.by}"])
        times, plus, differs = record.get("times", 1.0), record.get("plus", 0.0), record.get("differs", "")
        for name, what, term in (("L", "value", plus), (f"d_{made.by}", "gradient", 0.0)):
            if what not in record or what in differs:
                continue
            theirs, ours = float(record[what]) * times + term, float(numbers[name])
            if not (ours == theirs or abs(ours - theirs) <= 1e-9 * abs(theirs) + 1e-12):
                yield f"{name} is {ours!r}, but {theirs!r} by {record['library']}, at {record['at']}."
                return


@cache
def oracle_of(loss: Loss) -> Oracle:
    """Return the oracle of a loss, worked out once."""
    return Oracle(loss)


def by_group(loss: Loss, at: Points) -> list[Any]:
    """Return points as functions by hand take them: vectors along the last axis."""
    return [
        np.stack([at[given.name] for given in entries], axis=-1) if entries[0].group else at[entries[0].name]
        for entries in loss.groups
    ]


def altered(loss: Loss) -> dict[str, Any]:
    """Return formulas that are wrong, by what was done: the sign, a constant, abs of an input, or of its distance to 1/2."""
    program = loss.program()
    output = program.symbols["L"]
    folded = next((given for given in loss.inputs if given.domain.holds(-1.0)), loss.input(loss.by))
    low, high = folded.domain.shown
    middle = 0 if low == -high else (low + high) / 2
    symbol = Symbol(folded.name)
    fold = absolute(symbol - middle) + middle

    def changed(change: Any) -> Program:
        return Program(program.inputs, tuple((name, change(name, expr)) for name, expr in program.steps), program.output)

    return {
        "sign": lambda *_: changed(lambda name, expr: -expr if name == output else expr),
        "constant": lambda *_: changed(lambda name, expr: 1.001 * expr if name == output else expr),
        "abs": lambda *_: changed(lambda name, expr: expr.xreplace({symbol: fold})),
    }


def as_float(number: Any) -> float:
    """Return a number of mpmath's as a float, infinite where it is too large for one."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def is_moderate(number: Any) -> bool:
    """Whether a number of mpmath's is one that floats hold."""
    return bool(abs(number) < LARGEST)
