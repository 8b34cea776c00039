"""Finds which loss of the catalogue a typed one equals: by values first, then proved by algebra where SymPy can.

Parameters of the catalogue's loss are numbers that stand in the expression, or its own parameters. A constant factor above 0
and a constant offset may come in between: 2 × squared error.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import product

import numpy as np
from sympy import Expr, Float, Rational, S, Symbol, expand, simplify

from explorer.core.algebra import budget
from explorer.core.checks import FloatArray
from explorer.core.domains import Domain, Input, Labels
from explorer.core.functions import textbook
from explorer.core.losses.catalogue import LOSSES
from explorer.core.losses.spec import Loss

TOLERANCE = 1e-9
"""By how much values that are equal may differ, of their size."""
SECONDS = 2.0
"""How long one proof may take."""
MOST = 3
"""How many losses are named."""
_FEW = 16
"""At how many points a way to set parameters is looked at first."""
_DRAWN, _INPUTS, _NUMBERS, _TOGETHER = 160, 9, 12, 400
"""How many points are drawn; and the most inputs, numbers of an expression, and ways to set parameters that are tried."""
_NEAR = (-0.3, -1e-2, -1e-4, 0.0, 1e-4, 1e-2, 0.3)
"""How far from a number of the expression a residual or a margin is tried, as a share of that."""
_TARGETS = (1.0, 0.0, -1.0)
"""At which targets a loss without one is held against others."""
_NAMES = (
    "Barron", "Brier", "Cauchy", "Dice", "Gaussian", "Geman", "Huber", "Jaccard", "Jensen", "Kullback", "Laplace", "Poisson",
    "Student", "Tukey's", "Tversky", "Tweedie", "Wasserstein", "Welsch",
)  # fmt: skip
"""With what titles begin that are written with a capital letter everywhere."""


@dataclass(frozen=True)
class Match:
    """A loss of the catalogue that a typed one equals.

    Attributes
    ----------
    loss : Loss
        Of the catalogue.
    parameters : tuple of (name, str)
        Each parameter of it, with the number or the symbol that stands for it.
    factor, offset : float
        The typed loss is factor × this one + offset.
    only : tuple of str
        What targets must be, where not all are ones of the other loss: "t is a number from 0 to 1".
    points : int
        At how many points both were found equal.
    proved : bool
        Whether SymPy proves it.
    target : tuple of (name, float)
        At what number of this loss's target, where the typed one has none.
    """

    loss: Loss
    parameters: tuple[tuple[str, str], ...] = ()
    factor: float = 1.0
    offset: float = 0.0
    only: tuple[str, ...] = ()
    points: int = 0
    proved: bool = False
    target: tuple[tuple[str, float], ...] = ()

    def __str__(self) -> str:
        """Say it in a sentence, with how it was found."""
        told = [(self.loss.input(name), text) for name, text in self.parameters if text != name]
        given = " and ".join(f"{_letter(one)} = {text}" for one, text in told)
        given += "".join(f"{' at' if not told else ', at'} {name} = {_text(value)}" for name, value in self.target)
        factor = "" if self.factor == 1 else f"{_text(self.factor)} × "
        sign = "plus" if self.offset > 0 else "minus"
        offset = f"{',' if given else ''} {sign} {_text(abs(self.offset))}" if self.offset else ""
        only = f" where {' and '.join(self.only)}" if self.only else ""
        how = "by algebra" if self.proved else f"at {self.points} points"
        known = f" with {given}" if told else given
        return f"Equals {factor}{_named(self.loss.title)}{known}{offset}{only}, {how}."


def match(loss: Loss) -> list[Match]:
    """Return the losses of the catalogue that a loss equals, the plainest first.

    Examples
    --------
    >>> from explorer.core.losses import typed_loss
    >>> str(match(typed_loss("2*(y - t)^2", by="y"))[0])
    'Equals 2 × squared error, by algebra.'
    >>> str(match(typed_loss("max(0, 1 - m)", by="m"))[0])
    'Equals hinge loss at t = 1, by algebra.'
    """
    return list(_matches(loss))


@lru_cache(maxsize=256)
def _matches(loss: Loss) -> tuple[Match, ...]:
    if len(loss.inputs) > _INPUTS:
        return ()
    found = [one for other in LOSSES.values() if (one := _compared(loss, other) or _at_a_target(loss, other))]
    found.sort(key=lambda one: (one.factor != 1 or one.offset != 0, len(one.parameters)))
    exact = [one for one in found if one.factor == 1 and one.offset == 0]
    if exact and exact[0].target:  # at one target many are the same, with parameters that are idle there
        exact = [one for one in exact if len(one.parameters) == len(exact[0].parameters)]
    kept = exact[:MOST] or found[:1]
    return (*(_proved(loss, one) for one in kept[:1]), *kept[1:])


# --- By values ---


def _compared(loss: Loss, other: Loss) -> Match | None:
    """A loss held against one of the catalogue, with the parameters at which they are equal."""
    pairs = _pairs(loss, other)
    ways = _ways(loss, other) if pairs is not None else []
    if pairs is None or not ways:
        return None
    at = _points(loss, pairs)
    count = len(at[loss.by])
    given = {one.name: _target(at[own], one.domain, loss.input(own).domain) for own, one in pairs}
    for name in ways[0]:
        rows = [at[value] if isinstance(value := way[name], str) else np.full(count, value) for way in ways]
        given[name] = np.array(rows)
    with np.errstate(all="ignore"):
        ours = np.broadcast_to(loss.program().evaluate(at, ["L"])["L"], (count,))
        theirs = np.broadcast_to(other.program().evaluate(given, ["L"])["L"], (len(ways), count))
        likely = _likely(ours, theirs)
    for way, values in zip(ways, theirs, strict=True):
        if next(likely) and (scale := _scale(ours, values)) is not None:
            texts = tuple((name, value if isinstance(value, str) else _text(value)) for name, value in way.items())
            return Match(other, texts, *scale, _only(loss, pairs), count)
    return None


def _at_a_target(loss: Loss, other: Loss) -> Match | None:
    """A loss without a target held against one of the catalogue at a few numbers of its target."""
    targets = other.names("target")
    if loss.names("target") or not (loss.is_curve and other.is_curve and len(targets) == 1):
        return None
    for value in _TARGETS:
        if other.input(targets[0]).domain.holds(value):
            at = replace(
                other,
                inputs=tuple(given for given in other.inputs if given.name != targets[0]),
                formula=lambda *_, value=value: other.program(**{targets[0]: value}),
                textbook=None,
            )
            if found := _compared(loss, at):
                parameters = tuple((name, text) for name, text in found.parameters if _matters(at, name, found))
                return replace(found, loss=other, parameters=parameters, target=((targets[0], value),))
    return None


def _matters(loss: Loss, name: str, found: Match) -> bool:
    """Whether a parameter changes a loss: the weight of ones does not where the target is 0."""
    low, high = loss.input(loss.by).domain.shown
    given = loss.starts | {
        other: float(Fraction(text.replace("−", "-"))) for other, text in found.parameters if text not in loss.starts
    }
    x = np.linspace(low, high, 42)[1:-1]
    one, other = (
        loss.program().evaluate({**given, loss.by: x, name: end}, ["L"])["L"] for end in loss.input(name).domain.shown
    )
    return not bool(np.all((one == other) | (np.isnan(one) & np.isnan(other))))


def _likely(ours: FloatArray, theirs: FloatArray) -> Iterator[bool]:
    """For each way whether a few points speak for a factor and an offset."""
    one, each = ours[:_FEW] - ours[0], theirs[:, :_FEW] - theirs[:, :1]
    most = int(np.nanargmax(np.abs(np.where(np.isfinite(one), one, 0.0))))
    left, right = each * one[most], each[:, most : most + 1] * one
    apart = np.abs(left - right) > 1e-6 * (np.abs(left) + np.abs(right)) + 1e-9
    return iter(~np.any(apart & np.isfinite(left) & np.isfinite(right), axis=1))


def _pairs(loss: Loss, other: Loss) -> list[tuple[str, Input]] | None:
    """Input of a loss that is predicted or a target -> that of another one in its place; None where they are not alike."""
    pairs = []
    for role in ("prediction", "target"):
        own, theirs = loss.names(role), other.names(role)
        if len(own) != len(theirs):
            return None
        pairs += [(name, other.input(one)) for name, one in zip(own, theirs, strict=True)]
    alike = all(_overlap(loss.input(name).domain, one.domain, one.role == "target") for name, one in pairs)
    return pairs if alike and not other.names("weight") else None


def _overlap(own: Domain, other: Domain, is_target: bool) -> bool:
    """Whether one domain lies within the other; a label of -1 or 1 may stand for one of 0 or 1."""
    if own.joint != other.joint:
        return False
    if is_target and isinstance(own, Labels):
        return isinstance(other, Labels) or other.is_share
    if is_target and isinstance(other, Labels):
        return not own.open_low and own.is_share and (other.low, other.high) == (0, 1)
    return _is_within(own, other) or (own.low <= other.low and own.high >= other.high and (is_target or not other.is_share))


def _is_within(own: Domain, other: Domain) -> bool:
    return own.low >= other.low and own.high <= other.high


def _target(values: FloatArray, other: Domain, own: Domain) -> FloatArray:
    """Numbers of a target as another loss has it."""
    if isinstance(own, Labels) and own.low != 0 and (other.is_share or (other.low == 0 and isinstance(other, Labels))):
        return np.asarray((values - own.low) / (own.high - own.low))
    if isinstance(own, Labels) and own.low == 0 and isinstance(other, Labels) and other.low != 0:
        return np.asarray(2 * values - 1)
    return values


def _points(loss: Loss, pairs: list[tuple[str, Input]]) -> dict[str, FloatArray]:
    """Points of both domains: drawn, at edges, and near the numbers of the expression where branches may meet."""
    random = np.random.default_rng(7)
    at: dict[str, FloatArray] = {}
    others = dict(pairs)
    for entries in loss.groups:
        domain = _narrower(entries[0].domain, others.get(entries[0].name))
        drawn = np.concatenate([domain.moderate(random, _DRAWN, len(entries)), domain.draw(random, _DRAWN, len(entries))])
        for k, one in enumerate(entries):
            other = others.get(one.name)
            values = drawn[:, k]
            values = np.clip(values, -1e4, 1e4) if one.role != "parameter" and not domain.joint else values
            if one.role == "parameter":
                values = np.concatenate([drawn[:_DRAWN, k]] * 2)
            if other and other.domain.step >= 1 and not isinstance(domain, Labels):
                values = np.clip(np.round(values), *(other.domain.low, min(other.domain.high, 1e4)))
            usable = np.vectorize(other.domain.alone.holds)(values) if other and not isinstance(domain, Labels) else True
            at[one.name] = np.where(usable, values, domain.shown[1])
    return _with_branches(loss, at)


def _only(loss: Loss, pairs: list[tuple[str, Input]]) -> tuple[str, ...]:
    """What inputs must be to be ones of the other loss, where that is not said by their own domains."""
    domains = ((name, loss.input(name).domain, one.domain) for name, one in pairs)
    return tuple(
        f"{name} is {other.alone.allowed}"
        for name, own, other in domains
        if not isinstance(own, Labels) and (own.low < other.low or own.high > other.high or own.step < other.step >= 1)
    )


def _narrower(own: Domain, other: Input | None) -> Domain:
    """The domain from which an input is drawn: the other loss's where that lies within its own."""
    if other is None or isinstance(own, Labels) or _is_within(own, other.domain):
        return own
    return other.domain.alone


def _with_branches(loss: Loss, at: dict[str, FloatArray]) -> dict[str, FloatArray]:
    """Points and such where residual or margin is near a number of the expression, or a parameter."""
    targets = loss.names("target")
    if not loss.is_curve or loss.input(loss.by).domain.joint:
        return at
    more: dict[str, list[float]] = {name: [] for name in at}
    domain = loss.input(loss.by).domain
    levels: list[float | str] = [0.0, *_numbers(loss.plain)[:_NUMBERS], *loss.names("parameter")]
    for row, (level, near, sign) in enumerate(product(levels, _NEAR, (-1.0, 1.0))):
        place = {name: float(values[row % _DRAWN]) for name, values in at.items()}
        target = place[targets[0]] if targets else 0.0
        number = sign * (place[level] if isinstance(level, str) else level) * (1 + near) + (near if level == 0.0 else 0.0)
        is_label = bool(targets) and isinstance(loss.input(targets[0]).domain, Labels)
        value = number / target if is_label and target else number + (0.0 if is_label else target)
        for name, values in more.items():
            values.append(value if name == loss.by and domain.holds(value) else place[name])
    return {name: np.concatenate([values, more[name]]) for name, values in at.items()}


def _numbers(expr: Expr) -> list[float]:
    """What parameters may be: the numbers of an expression, and what these stand for where they are squared, halved ..."""
    found = {abs(float(number)) for number in expr.atoms(Rational, Float) if number.is_finite and number != 0}
    every: dict[float, None] = dict.fromkeys(sorted(found))
    for n in sorted(found):
        every |= dict.fromkeys((1 / n, math.sqrt(n), 2 * n, n / 2, 1 - n, math.sqrt(1 / n), n - 1, 1 / (2 * n), n + 1))
    return [number for number in every if math.isfinite(number)]


def _ways(loss: Loss, other: Loss) -> list[dict[str, float | str]]:
    """How another loss's parameters may be set: each to a number of the expression, to a parameter of it, or as it starts."""
    own = loss.names("parameter")
    numbers = [*_numbers(loss.plain), 1.0, 2.0, 0.5, 0.0]
    numbers += [-number for number in numbers[:_NUMBERS]]
    options: dict[str, list[float | str]] = {}
    for given in other.inputs:
        if given.role == "parameter":
            of_numbers = [value for value in dict.fromkeys((given.start, *numbers)) if given.domain.holds(value)]
            named = [name for name in own if _is_within(loss.input(name).domain, given.domain)]
            options[given.name] = [*sorted(named, key=lambda name: name != given.name), *of_numbers]
    tried = product(*options.values())
    ways = [dict(zip(options, way, strict=True)) for _, way in zip(range(_TOGETHER), tried, strict=False)]
    return [way for way in ways if set(own) <= set(way.values())]


def _scale(ours: FloatArray, theirs: FloatArray) -> tuple[float, float] | None:
    """Factor and offset by which values are the other ones at every point; None where they are not."""
    known = ~(np.isnan(ours) | np.isnan(theirs))
    finite = known & np.isfinite(ours) & np.isfinite(theirs) & (np.abs(theirs) < 1e3)
    if known.mean() < 0.6 or finite.sum() < 20:
        return None
    f, c = ours[known], theirs[known]
    if _close(f, c):
        return 1.0, 0.0
    low, high = (choose(theirs[finite]) for choose in (np.argmin, np.argmax))
    x, y = theirs[finite][[low, high]], ours[finite][[low, high]]
    if x[0] == x[1] or not y[1] > y[0]:
        return None
    with np.errstate(all="ignore"):
        slope = float((y[1] - y[0]) / (x[1] - x[0]))
        start = float(y[0] - slope * x[0])
        if not (math.isfinite(slope) and math.isfinite(start)):
            return None
        factor = _plain(slope)
        offset = _plain(float(y[0] - factor * x[0]))
        return (factor, offset) if factor > 0 and _close(f, factor * c + offset) else None


def _close(one: FloatArray, other: FloatArray) -> bool:
    with np.errstate(all="ignore"):
        return bool(np.all((one == other) | (np.abs(one - other) <= TOLERANCE * np.maximum(np.abs(one), 1e-3))))


def _plain(number: float) -> float:
    """A number without what rounding has added to it."""
    simple = float(Fraction(number).limit_denominator(1000))
    return simple if math.isclose(simple, number, rel_tol=1e-10, abs_tol=1e-10) else number


# --- By algebra ---


def _proved(loss: Loss, found: Match) -> Match:
    try:
        proved = budget.run(_is_equal, *_both(loss, found), seconds=SECONDS)
    except Exception:  # SymPy's, of whatever kind, and time: then values speak alone
        return found
    return replace(found, proved=proved)


def _both(loss: Loss, found: Match) -> tuple[Expr, Expr]:
    """Both losses as formulas of real or positive symbols."""
    other = found.loss
    pairs = [(loss.by, other.input(other.by))] if found.target else _pairs(loss, other) or []
    given: dict[Symbol, Expr] = {}
    given |= {Symbol(name): _exact(value) for name, value in found.target}
    for own, one in pairs:
        known, domain = Symbol(own), loss.input(own).domain
        values = _target(np.array([0.0, 1.0]), one.domain, domain)
        given[Symbol(one.name)] = _exact(values[0]) + _exact(values[1] - values[0]) * known
    given |= {
        Symbol(name): Symbol(text) if text in loss.starts else Rational(text.replace("−", "-"))
        for name, text in found.parameters
    }
    assumed = {Symbol(one.name): _assumed(one) for one in loss.inputs}
    theirs = _exact(found.factor) * other.plain.xreplace(given) + _exact(found.offset)
    return textbook(loss.plain).xreplace(assumed), textbook(theirs).xreplace(assumed)


def _exact(number: float) -> Expr:
    """A number as a fraction, where it is a simple one."""
    simple = Fraction(float(number)).limit_denominator(1000)
    return Rational(simple.numerator, simple.denominator) if float(simple) == number else Float(number)


def _assumed(given: Input) -> Symbol:
    return Symbol(given.name, positive=True) if given.domain.low >= 0 else Symbol(given.name, real=True)


def _is_equal(one: Expr, other: Expr) -> bool:
    return any(change(one - other) == S.Zero for change in (lambda expr: expr, expand, simplify))


def _named(title: str) -> str:
    """A title within a sentence: small but for people's names."""
    first = title.split()[0].split("-")[0].split("–")[0]
    is_name = first in _NAMES or first.isupper() or any(letter.isupper() for letter in title[1:3])
    return title if is_name else title[0].lower() + title[1:]


def _letter(given: Input) -> str:
    """What stands for an input in a formula: δ of "Threshold δ"."""
    last = given.label.split()[-1:]
    return last[0] if last and len(last[0]) == 1 and not last[0].isascii() else given.name


def _text(number: float) -> str:
    """A number as people write it."""
    simple = Fraction(number).limit_denominator(1000)
    if math.isclose(float(simple), number, rel_tol=1e-12) and simple.denominator not in (10, 100, 1000, 20, 50, 200, 500):
        return str(simple).replace("-", "−")
    return f"{number:.10g}".replace("-", "−")
