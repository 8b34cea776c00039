"""Whether a hand-written gradient and Hessian are those of a loss by its raw score, and if not, which known fault they have.

Both are compared with the loss's own at many points of its domain. To know another fault: add it to `_gradient` or `_hessian`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from typing import Literal

import numpy as np
from sympy import Expr, Symbol, log

from explorer.core.algebra.stable import stable
from explorer.core.checks import FloatArray
from explorer.core.digits import format_number
from explorer.core.domains import Inputs, Logit
from explorer.core.functions import textbook
from explorer.core.losses.spec import Loss
from explorer.core.objective.pasted import Pasted, named, synonyms, written
from explorer.core.objective.scores import LINKS, Objective, objective
from explorer.core.program import Program

Verdict = Literal["right", "sign", "scale", "probability-not-score", "link-twice", "zero", "negative", "undefined", "wrong"]
POINTS = 240
"""At how many points both are compared."""
ENOUGH = 12
"""The fewest points at which both have a value, to say anything."""
EXACT = 1e-7
"""How near two numbers are that count as the same, relative to the larger of them."""
FAINT = 1e-9
"""How near relative to the largest of all."""
LARGE = 1e3
"""How many times the usual number the largest counts for at most: e^(e^z) has a largest beside which all else is faint."""
MOST_SETTLED, MOST_NUMBERS = 2, 6
"""Of how many parameters numbers are sought in a formula, and among how many numbers each."""
MAXIMISED = "CatBoost is given the slopes of what is to become large, so both are taken with their sign turned. "
WIDE = 6.0
"""How far a raw score is drawn."""


@dataclass(frozen=True)
class Judged:
    """What was found of one formula.

    Attributes
    ----------
    verdict : str
        right, sign, scale, probability-not-score, link-twice, zero, negative, undefined or wrong.
    because : str
        Why, with the two numbers at the witness.
    witness : mapping
        Input -> number: a point that shows it.
    expected, found : float
        The loss's own number there, and the formula's.
    factor : float
        Of `scale` and `sign`: what the formula is of the right one; else NaN.
    """

    verdict: Verdict
    because: str
    witness: Mapping[str, float]
    expected: float
    found: float
    factor: float = float("nan")


@dataclass(frozen=True)
class Audit:
    """What was found of a gradient, and of a Hessian if one was given."""

    objective: Objective
    gradient: Judged
    hessian: Judged | None


def audit(loss: Loss, gradient: str, hessian: str | None = None, *, link: str = "identity") -> Audit:
    """Compare a hand-written gradient and Hessian with those of a loss by its raw score.

    Parameters
    ----------
    loss : Loss
    gradient : str
        An expression in the raw score (z, or of the identity the prediction itself), the prediction, the target and the
        parameters; of a vector that of the first score. Or the body of a Python function, which may return both.
    hessian : str, optional
        Likewise, d² loss / d score².
    link : str
        What makes a prediction of the raw score: identity, logistic, softmax or exp.

    Raises
    ------
    ValueError
        If a formula cannot be read or has a symbol that the loss does not, or the link does not fit.

    Examples
    --------
    >>> from explorer.core.losses import LOSSES
    >>> audit(LOSSES["squared_error"], "2*(t - y)", "2").gradient.verdict
    'sign'
    """
    own = objective(loss, link)
    texts = _written(own, gradient, hessian)
    known = _formulas(own, texts)
    settled = _settled(own, texts, known)
    turned = any(text.turned for text in texts)
    judged = [_Audience(own, known[0], "gradient", settled=settled).gradient()]
    judged += [_Audience(own, known[1], "Hessian", settled=settled).hessian()] if len(known) > 1 else []
    slope, *curvature = [replace(one, because=MAXIMISED + one.because) if turned else one for one in judged]
    return Audit(own, slope, curvature[0] if curvature else None)


def formulas(own: Objective, gradient: str, hessian: str | None = None) -> list[Expr]:
    """Return a gradient, and a Hessian if there is one, as expressions in the objective's inputs and predictions.

    Raises ValueError as `audit` does.
    """
    return _formulas(own, _written(own, gradient, hessian))


def _written(own: Objective, gradient: str, hessian: str | None) -> list[Pasted]:
    """What somebody has written of both."""
    targets = own.loss.names("target") or ("",)
    return [written(text, own.scores, targets) for text in (gradient, hessian) if text is not None]


def _formulas(own: Objective, texts: list[Pasted]) -> list[Expr]:
    """The gradient, and the Hessian: of its own text the last that it returns."""
    target = next(iter(own.loss.names("target")), "")
    parts = texts[0].parts[:2] if len(texts) == 1 else (texts[0].parts[0], texts[1].parts[-1])
    return [_known(expr, own, target) for expr in parts]


def _settled(own: Objective, texts: list[Pasted], known: list[Expr]) -> dict[str, float]:
    """Numbers for parameters of the loss that the formula has none of: those that it is written with, if it is known so."""
    symbols = {symbol.name for formula in known for symbol in formula.free_symbols}
    free = [given for given in own.inputs if given.role == "parameter" and given.name not in symbols]
    if not free or len(free) > MOST_SETTLED:
        return {}
    constants = {name: value for text in texts for name, value in text.constants.items()}
    numbers = dict.fromkeys(number for text in texts for number in (*text.constants.values(), *map(abs, text.numbers)))
    options = []
    for given in free:
        wanted = [constants[given.name]] if given.name in constants else [*numbers, given.start]
        fit = [value for value in dict.fromkeys(wanted) if given.domain.holds(value)]
        options.append(fit[:MOST_NUMBERS] or [given.start])
    ways = [dict(zip([given.name for given in free], way, strict=True)) for way in product(*options)]
    tried = ((way, _verdict(own, known, way)) for way in ways)
    return next((way for way, verdict in tried if verdict != "wrong"), ways[0] if len(ways) == 1 else {})


def _verdict(own: Objective, known: list[Expr], settled: Mapping[str, float]) -> str:
    """What is found of a gradient at some numbers of parameters; where none is given, of the Hessian."""
    if known[0].is_number and len(known) > 1:
        return _Audience(own, known[1], "Hessian", settled=settled).hessian().verdict
    return _Audience(own, known[0], "gradient", settled=settled).gradient().verdict


def along(own: Objective, formula: Expr, at: Mapping[str, FloatArray]) -> FloatArray:
    """Return what a formula of `formulas` is at points, in a form that floats can compute."""
    return _Audience(own, formula, "").values(formula, at)


def _known(expr: Expr, own: Objective, target: str) -> Expr:
    """A formula in the objective's inputs alone, with the predictions still by their names."""
    names = {given.name for given in own.inputs} | set(own.predicted)
    meant = named(expr, synonyms(expr, own.scores[0], target, names))
    if unknown := sorted(symbol.name for symbol in meant.free_symbols if symbol.name not in names):
        raise ValueError(f"A formula may have the symbols {', '.join(sorted(names))}; got {unknown[0]}.")
    return meant


@dataclass(frozen=True)
class _Audience:
    """One formula beside the loss's own, at points of the whole domain."""

    own: Objective
    formula: Expr
    what: str
    only_labels: bool = field(default=False)
    settled: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def at(self) -> dict[str, FloatArray]:
        """Points, mostly moderate; a target between 0 and 1 is also 0 or 1."""
        random = np.random.default_rng(20)
        points: dict[str, FloatArray] = {}
        groups: dict[str, list[str]] = {}
        for given in self.own.inputs:
            groups.setdefault(given.group or given.name, []).append(given.name)
        inputs = {given.name: given for given in self.own.inputs}
        for entries in groups.values():
            domain = inputs[entries[0]].domain
            drawn = domain.moderate(random, POINTS, len(entries))
            if entries[0] in self.own.scores and np.isinf(domain.low) and np.isinf(domain.high):
                drawn = random.uniform(-WIDE, WIDE, drawn.shape)
                drawn[: POINTS // 3] /= WIDE
            if inputs[entries[0]].role == "target" and domain.is_share:
                some = slice(None) if self.only_labels else slice(None, None, 3)
                drawn[some] = _labels(drawn[some])
            points |= dict(zip(entries, drawn.T, strict=True))
        return self._beside_targets(points) | {name: np.full(POINTS, value) for name, value in self.settled.items()}

    def _beside_targets(self, points: dict[str, FloatArray]) -> dict[str, FloatArray]:
        """The points, some with the prediction next to the target, where approximations of a kink are found out."""
        targets, scores = self.own.loss.names("target"), self.own.scores
        domain = self.own.inputs[0].domain
        if len(targets) == len(scores) == 1 and self.own.link == "identity" and not isinstance(domain, Logit):
            few = slice(None, None, 20)
            near = points[targets[0]][few] + np.geomspace(1e-4, 0.3, POINTS)[few] * np.where(np.arange(POINTS)[few] % 2, 1, -1)
            points[scores[0]][few] = np.where(np.vectorize(domain.holds)(near), near, points[scores[0]][few])
        return points

    @cached_property
    def links(self) -> str:
        """The link that a fault is about: the objective's own, or of a loss of logits the one within."""
        if self.own.link != "identity":
            return self.own.link
        by = self.own.inputs[0].domain
        return ("softmax" if len(self.own.scores) > 1 else "logistic") if isinstance(by, Logit) else ""

    def values(self, expr: Expr, at: Mapping[str, FloatArray] | None = None, *, plain: bool = False) -> FloatArray:
        """Return what an expression is at the points, or others, in stable functions or as it is written."""
        inputs = tuple(Symbol(given.name) for given in self.own.inputs)
        whole = expr.xreplace({Symbol(name): known for name, known in self.own.predicted.items()})
        whole = textbook(whole) if plain else stable(whole, Inputs(self.own.inputs))
        found = Program(inputs, ((Symbol("formula_value"), whole),), Symbol("formula_value")).evaluate(
            self.at if at is None else at
        )
        count = len(next(iter((self.at if at is None else at).values())))
        return np.asarray(np.broadcast_to(found["formula_value"], count), dtype=np.float64)

    def truth(self, order: int, at: Mapping[str, FloatArray] | None = None) -> FloatArray:
        """Return the loss's own gradient (1) or Hessian (2) by the first raw score."""
        name = (self.own.gradients if order == 1 else self.own.hessians)[0]
        given = self.at if at is None else at
        found = self.own.program.evaluate(given, [name])[name]
        return np.asarray(np.broadcast_to(found, len(next(iter(given.values())))), dtype=np.float64)

    def by_prediction(self, order: int) -> FloatArray | None:
        """Return slope or curvature by the prediction itself, where a link stands between."""
        if self.own.link == "identity":
            return self._by_probability(order) if self.links == "logistic" else None
        program = self.own.by_prediction
        name = f"{'d_' if order == 1 else 'd2_'}{self.own.loss.by}"
        if name not in program.symbols:
            return None
        at = dict(self.at)
        for prediction, expr in self.own.predicted.items():
            at[prediction] = self.values(expr)
        at = {given.name: at[given.name] for given in self.own.loss.inputs}
        return np.broadcast_to(program.evaluate(at, [name])[name], POINTS)

    def linked(self) -> dict[str, FloatArray] | None:
        """The points with the link taken of the raw scores once more."""
        if not self.links:
            return None
        scores = tuple(Symbol(name) for name in self.own.scores)
        made = LINKS[self.links](scores)
        return dict(self.at) | {s.name: self.values(expr) for s, expr in zip(scores, made, strict=True)}

    def unlinked(self) -> dict[str, FloatArray] | None:
        """The points at which the raw scores, taken for predictions, would be theirs: NaN where they are none."""
        if not self.links:
            return None
        back = {"logistic": lambda p: log(p / (1 - p)), "exp": log, "softmax": log}[self.links]
        moved = {}
        for name in self.own.scores:
            inside = (self.at[name] > 0) & ((self.at[name] < 1) | (self.links == "exp"))
            with np.errstate(all="ignore"):
                moved[name] = np.where(inside, self.values(back(Symbol(name)), plain=True), np.nan)
        return dict(self.at) | moved

    @cached_property
    def _slope_of_link(self) -> FloatArray | None:
        """The slope of the link, or of the sigmoid that a loss of logits has within; None of others."""
        if self.links not in ("logistic", "exp"):
            return None
        score = Symbol(self.own.scores[0])
        return self.values(LINKS[self.links]((score,))[0].diff(score))

    def _by_probability(self, order: int) -> FloatArray:
        """Slope or curvature of a loss of logits by the probability within."""
        p = self.values(LINKS["logistic"]((Symbol(self.own.scores[0]),))[0])
        with np.errstate(all="ignore"):
            if order == 1:
                return np.asarray(self.truth(1) / (p * (1 - p)))
            return np.asarray((self.truth(2) - self.truth(1) * (1 - 2 * p)) / (p * (1 - p)) ** 2)

    def _by_mistaken(self, order: int, unlinked: Mapping[str, FloatArray]) -> FloatArray | None:
        """Slope or curvature by the prediction where the raw score is taken for it."""
        if self.links not in ("logistic", "exp"):
            return None
        p = self.at[self.own.scores[0]]
        with np.errstate(all="ignore"):
            slope, bend = (p * (1 - p), 1 - 2 * p) if self.links == "logistic" else (p, np.ones_like(p))
            if order == 1:
                return np.asarray(self.truth(1, unlinked) / slope)
            return np.asarray((self.truth(2, unlinked) - self.truth(1, unlinked) * bend) / slope**2)

    def is_same(self, one: FloatArray, other: FloatArray | None) -> bool:
        """Whether both are the same wherever both have a value."""
        if other is None:
            return False
        both = np.isfinite(one) & np.isfinite(other)
        if both.sum() < ENOUGH:
            return False
        near = EXACT * np.maximum(np.abs(one[both]), np.abs(other[both])) + _faint(other[both])
        return bool(np.all(np.abs(one[both] - other[both]) <= near))

    def factor(self, one: FloatArray, other: FloatArray) -> float:
        """Return the constant that one is of the other; NaN if it is none."""
        use = np.isfinite(one) & np.isfinite(other)
        use &= np.abs(other) > _faint(other[use])
        if use.sum() < ENOUGH:
            return float("nan")
        constant = float(np.median(one[use] / other[use]))
        return constant if np.isfinite(constant) and constant and self.is_same(one, constant * other) else float("nan")

    def judged(
        self, verdict: Verdict, text: str, found: FloatArray, expected: FloatArray, where: int, factor: float = np.nan
    ) -> Judged:
        """Return a verdict with its witness put into words."""
        witness = {name: float(numbers[where]) for name, numbers in self.at.items()}
        said = ", ".join(f"{name} = {format_number(value, 4, trim=True)}" for name, value in witness.items())
        rest = "" if verdict == "right" else f", and should be {_said(expected[where])}"
        numbers = f" At {said} it is {_said(found[where])}{rest}."
        return Judged(verdict, text + numbers, witness, float(expected[where]), float(found[where]), factor)

    def worst(self, found: FloatArray, expected: FloatArray, among: FloatArray | None = None) -> int:
        """Return at which point both differ most, relative to their size."""
        with np.errstate(all="ignore"):
            gap = np.abs(found - expected) / (np.abs(found) + np.abs(expected) + 1e-12)
        usable = np.isfinite(gap) if among is None else np.isfinite(gap) & among
        return int(np.argmax(np.where(usable, gap, -1.0)))

    def hole(self, order: int) -> tuple[dict[str, FloatArray], FloatArray, FloatArray] | None:
        """A point, drawn or at an edge, where the formula as it is written has no value though the loss's own has."""
        for at in (self.at, *self.edges()):
            own, found = self.truth(order, at), self.values(self.formula, at, plain=True)
            if len(holes := np.flatnonzero(np.isfinite(own) & ~np.isfinite(found))):
                place = holes[0]
                return (
                    {name: numbers[place : place + 1] for name, numbers in at.items()},
                    found[place : place + 1],
                    own[place : place + 1],
                )
        return None

    def edges(self) -> Iterator[dict[str, FloatArray]]:
        """Points where formulas break: score 0, score and target equal, and the edges of predictions."""
        start = {given.name: np.array([given.start]) for given in self.own.inputs}
        score = self.own.scores[0]
        yield start | {score: np.array([0.0])} if self.own.inputs[0].domain.holds(0.0) else start
        for name in self.own.loss.names("target"):
            if self.own.inputs[0].domain.holds(float(start[name][0])):
                yield start | {score: start[name]}

    def undefined(self, order: int) -> Judged | None:
        """The verdict on a formula that is right but for a point without value."""
        found = self.hole(order)
        if found is None:
            return None
        at, here, own = found
        beside = _Audience(self.own, self.formula, self.what, self.only_labels, self.settled)
        beside.__dict__["at"] = at
        return beside.judged("undefined", f"The {self.what} has no value where the loss's own has one.", here, own, 0)

    def gradient(self) -> Judged:
        """Return the verdict on a gradient."""
        found, own = self.values(self.formula), self.truth(1)
        place = self.worst(found, own)
        if self.is_same(found, own):
            return self.undefined(1) or self.judged("right", "It is the slope of the loss by its raw score.", found, own, place)
        if self._is_zero(found) and not self._is_zero(own):
            return self.judged("zero", "It is 0 everywhere: nothing is learned.", found, own, int(np.nanargmax(np.abs(own))))
        constant = self.factor(found, own)
        if constant < 0:
            times = "" if abs(constant + 1) < EXACT else f", and {_said(-constant)} times too large"
            text = f"Its sign is flipped{times}: training climbs the loss. Give the slope of what is to become small."
            return self.judged("sign", text, found, own, place, constant)
        if constant > 0:
            return self.judged(
                "scale", f"It is {_said(constant)} times the slope.{_of_scale(constant)}", found, own, place, constant
            )
        if fault := self._link_fault(1, found):
            return self.judged(*fault, found, own, place)
        return self._rest(1, found, own, place)

    def hessian(self) -> Judged:
        """Return the verdict on a Hessian, first what boosting makes of it."""
        found, own = self.values(self.formula), self.truth(2)
        place = self.worst(found, own)
        slopes = self.truth(1)
        steep = np.isfinite(found) & np.isfinite(slopes) & (slopes != 0)
        usual = float(np.median(np.abs(found[steep]))) if steep.any() else 0.0
        zeros = steep & (np.abs(found) <= FAINT * max(1.0, usual))
        if steep.sum() >= ENOUGH and zeros.sum() * 2 >= steep.sum():
            where = int(np.argmax(zeros))
            truly = " That is the second derivative, but" if self.is_same(found, own) else " With it"
            share = "everywhere" if zeros.sum() == steep.sum() else f"at {zeros.sum() / steep.sum():.0%} of the points"
            text = f"It is 0 {share} though the slope is not.{truly} boosting sees no weight there and does not split."
            return self.judged("zero", text, found, own, where)
        below = np.isfinite(found) & np.isfinite(own) & (found < -_faint(found[np.isfinite(found)]))
        if below.any() and (fault := self._link_fault(2, found)):
            return self.judged(*fault, found, own, place)
        if below.any():
            where = int(np.argmin(np.where(below, found, np.inf)))
            if self.is_same(found, own):
                text = (
                    "It is the second derivative, but negative where the loss is not convex: a leaf steps uphill or explodes."
                )
            elif self.is_same(found, -own):
                text = "Its sign is flipped: a leaf −G/(H + λ) steps uphill, or explodes where H is near −λ."
            else:
                text = "It is negative: a leaf −G/(H + λ) steps uphill, or explodes where H is near −λ."
            return self.judged("negative", text, found, own, where)
        if self.is_same(found, own) or self._is_clipped(found, own):
            kept = "" if self.is_same(found, own) else ", kept above a small number"
            text = f"It is the second derivative of the loss by its raw score{kept}."
            return self.undefined(2) or self.judged("right", text, found, own, place)
        constant = self.factor(found, own)
        if constant > 0:
            return self.judged(
                "scale",
                f"It is {_said(constant)} times the second derivative.{_of_scale(constant)}",
                found,
                own,
                place,
                constant,
            )
        if fault := self._link_fault(2, found):
            return self.judged(*fault, found, own, place)
        return self._rest(2, found, own, place)

    def _rest(self, order: int, found: FloatArray, own: FloatArray, place: int) -> Judged:
        """Right for labels, undefined at most points, or wrong."""
        if not self.only_labels and any(self.own.loss.input(t).domain.is_share for t in self.own.loss.names("target")):
            for_labels = _Audience(self.own, self.formula, self.what, only_labels=True, settled=self.settled)
            judged = for_labels.gradient() if order == 1 else for_labels.hessian()
            if judged.verdict != "wrong":
                return Judged(**{**vars(judged), "because": f"For targets 0 and 1: {judged.because}"})
        if np.isfinite(found).sum() < ENOUGH and (hole := self.undefined(order)):
            return hole
        return self.judged("wrong", self._known_as(order, found, own), found, own, place)

    def _known_as(self, order: int, found: FloatArray, own: FloatArray) -> str:
        """What a wrong formula is instead."""
        slopes = self.truth(1)
        names = [(own if order == 1 else slopes, "the gradient")] if order == 2 else [(self.truth(2), "the Hessian")]
        if order == 2:
            names += [(slopes**2, "the square of the gradient"), (np.abs(own), "the absolute value of the second derivative")]
            names += [(np.ones_like(own) * found[0], "a constant, so that boosting takes plain gradient steps")]
        said = next((text for values, text in names if self.is_same(found, values)), "")
        wanted = "slope" if order == 1 else "second derivative"
        return (
            f"It is {said}, not the {wanted}." if said else f"It is not the {wanted} by the raw score, nor a known slip of it."
        )

    def _link_fault(self, order: int, found: FloatArray) -> tuple[Verdict, str] | None:
        """What went wrong between probability and raw score."""
        if not self.links:
            return None
        if self.is_same(found, self.by_prediction(order)):
            return (
                "probability-not-score",
                "It is taken by the probability, not by the raw score: the link's own slope is missing.",
            )
        unlinked = self.unlinked()
        if unlinked is not None and self.is_same(found, self.truth(order, unlinked)):
            return "probability-not-score", "It takes the raw score for a probability: the link must be applied first."
        if unlinked is not None and self.is_same(found, self._by_mistaken(order, unlinked)):
            return (
                "probability-not-score",
                "It takes the raw score for the prediction, and the slope by that: apply the link, and multiply by its slope.",
            )
        linked = self.linked()
        if linked is not None and self.is_same(found, self.truth(order, linked)):
            return "link-twice", "The link is applied twice: what it is given is a probability already."
        slope = self._slope_of_link
        if slope is not None and self.is_same(found, self.truth(order) * slope):
            return "link-twice", "The slope of the link is multiplied in twice."
        return None

    def _is_zero(self, values: FloatArray) -> bool:
        return bool(np.all(values[np.isfinite(values)] == 0)) and bool(np.isfinite(values).any())

    def _is_clipped(self, found: FloatArray, own: FloatArray) -> bool:
        """Whether it is the second derivative kept above a small positive number."""
        floor = float(np.nanmin(found))
        return 0 < floor <= 1e-3 and bool(np.any(own > floor)) and self.is_same(found, np.maximum(own, floor))


def _faint(numbers: FloatArray) -> float:
    """What is as good as 0 beside some finite numbers."""
    sizes = np.abs(numbers[numbers != 0])
    return FAINT * float(min(sizes.max(), LARGE * np.median(sizes))) if sizes.size else 0.0


def _labels(shares: FloatArray) -> FloatArray:
    """Return targets of nothing but 0 and 1: the nearest ones, of several classes a 1 at the largest."""
    classes = shares.shape[1]
    return np.round(shares) if classes == 1 else np.eye(classes)[shares.argmax(axis=1)]


def _said(number: float) -> str:
    return format_number(float(number), 5, trim=True)


def _of_scale(constant: float) -> str:
    """What a constant factor does."""
    if 0 < constant < 0.1:
        return (
            " Sums of it stay small beside λ and min_child_weight, so trees hardly split: do not divide by the number of rows."
        )
    return " That is a loss of another scale: of both together only regularisation notices."
