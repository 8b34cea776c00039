"""Facts about a loss (convex? bounded? smooth?), each computed and with how it was found.

`measured` and `proper` answer from numbers at many points, `proofs` has what SymPy proves; an answer is said to be proved only
where both agree. To add one: write an answer and list it in `measured.QUESTIONS`, and its proof in `proofs.PROOFS`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from sympy import Expr, S, Symbol

from explorer.core.algebra import budget
from explorer.core.digits import subscripted
from explorer.core.domains import Input
from explorer.core.functions import textbook
from explorer.core.losses.facts import proofs
from explorer.core.losses.facts.measured import QUESTIONS, jointly_convex
from explorer.core.losses.facts.pieces import Question
from explorer.core.losses.facts.proper import proper
from explorer.core.losses.facts.signs import exactly
from explorer.core.losses.facts.subject import Answer, Subject, Verdict, predicted
from explorer.core.losses.spec import Loss

SECONDS = 4.0
"""How long all proofs of one loss may take together on a busy machine; they are made once, whatever the parameters are."""
GROWTHS = ("bound", "logarithm", "exponential", "power 1", "power 2", "power 3")
"""What a proof can say of growth."""
MANY = 9
"""With more inputs than this, a proof takes all but the parameters at their numbers."""

__all__ = ["Fact", "agree", "answers", "asked", "facts", "proven", "substituted"]


@dataclass(frozen=True)
class Fact:
    """Something that holds for a loss.

    Attributes
    ----------
    key : str
        "convex", "jointly_convex", "bounded", "slope_bounded", "symmetric", "smooth", "vanishing", "growth" or "proper".
    question : str
        In a few words.
    answer : str
        A phrase.
    how : str
        How it was found: proved by SymPy, or at so many points.
    """

    key: str
    question: str
    answer: str
    how: str


def facts(loss: Loss, values: Mapping[str, float]) -> tuple[Fact, ...]:
    """Return what holds for a loss along its prediction `loss.by`, at some values of its other inputs.

    Parameters
    ----------
    loss : Loss
    values : mapping
        Input -> number, of all inputs but `loss.by`, which may be there as well.

    Returns
    -------
    tuple of Fact
        Of a vector of predictions along the first entry that has a slope; and whether it is convex in all together.

    Raises
    ------
    ValueError
        If an input is not given.

    Examples
    --------
    >>> from explorer.core.losses import LOSSES
    >>> facts(LOSSES["absolute_error"], {"t": 0})[4].answer
    'no: kink at y = 0: the slope jumps by 2'
    """
    if missing := [name for name in loss.starts if name != loss.by and name not in values]:
        raise ValueError(f"facts must be given each input of {loss.name} but {loss.by}; got no {missing[0]}.")
    whole = {loss.by: loss.starts[loss.by], **{name: float(values[name]) for name in loss.starts if name in values}}
    found = answers(loss, whole)
    if len(found) == 1:
        return tuple(Fact(answer.key, answer.question, answer.text, answer.how) for answer in found)
    known = proven(loss, whole, *_to_prove(found))
    proof = f"proved by SymPy{_for_every(loss, whole)}"
    return tuple(
        Fact(answer.key, answer.question, answer.text, proof if agree(answer.verdict, known.get(answer.key)) else answer.how)
        for answer in found
    )


class _Key:
    """A loss that is the same as another one only if its formula is."""

    def __init__(self, loss: Loss) -> None:
        self.loss = loss
        self._parts = loss, loss.program(), loss.plain

    def __hash__(self) -> int:
        return hash(self._parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._parts == other._parts


def answers(loss: Loss, values: Mapping[str, float]) -> tuple[Answer, ...]:
    """Return what numbers alone say, for numbers of all inputs."""
    by = predicted(loss, values)
    return _answers(_Key(loss), by, tuple((name, value) for name, value in values.items() if name != by))


@lru_cache(maxsize=512)
def _answers(key: _Key, by: str, values: tuple[tuple[str, float], ...]) -> tuple[Answer, ...]:
    with np.errstate(over="ignore"):  # far out on a curve that is no fault
        return tuple(_answered(Subject(key.loss, by, {by: key.loss.starts[by], **dict(values)})))


def _answered(subject: Subject) -> Iterator[Answer]:
    if not subject.curve.has_values:
        yield Answer("bounded", "Bounded?", "it has no value at these numbers", (math.nan, math.nan), subject.how)
        return
    for k, question in enumerate(QUESTIONS):
        if answer := question(subject):
            yield answer
        if k == 0 and not subject.loss.is_curve:
            yield jointly_convex(subject)
    if answer := proper(subject):
        yield answer


def _to_prove(found: Sequence[Answer]) -> tuple[tuple[str, ...], bool]:
    """What there may be a proof of, and whether that it is convex: of other answers a point is proof enough."""
    verdicts = {answer.key: answer.verdict for answer in found}
    hopeless = {key for key in ("symmetric", "proper") if verdicts.get(key) is False}
    kinds = verdicts["growth"]
    if not all(kind in GROWTHS for kind in kinds):  # type: ignore[union-attr]
        hopeless.add("growth")
    return tuple(key for key in proofs.PROOFS if key in verdicts and key not in hopeless), bool(verdicts["convex"])


def proven(
    loss: Loss, values: Mapping[str, float], wanted: tuple[str, ...] = tuple(proofs.PROOFS), is_convex: bool | None = None
) -> dict[str, Verdict]:
    """Return what SymPy proves, by the key of the fact, with numbers put in.

    Parameters
    ----------
    loss : Loss
    values : mapping
        Each input -> number.
    wanted : tuple of str
        What to prove.
    is_convex : bool
        Whether to prove that it is, or that it is not; None to try both.
    """
    by = predicted(loss, values)
    settled = tuple((name, values[name]) for name in _settled(loss, by, values))
    try:
        return substituted(_proven(_Key(loss), by, settled, wanted, is_convex), values)
    except (TimeoutError, MemoryError):
        return {}


@lru_cache(maxsize=512)
def _proven(
    key: _Key, by: str, settled: tuple[tuple[str, float], ...], wanted: tuple[str, ...], is_convex: bool | None
) -> dict[str, proofs.Proven]:
    question = replace(_question(key.loss, by, dict(settled)), wanted=wanted, convex=is_convex)
    return budget.run(proofs.proven, question, proofs.SECONDS, SECONDS / 2, seconds=SECONDS)


def _settled(loss: Loss, by: str, values: Mapping[str, float]) -> list[str]:
    """The inputs that a proof takes at their numbers: of a few values, at an end of their domain, or one of many."""
    many = len(loss.inputs) > MANY
    others = [loss.input(name) for name in values if name != by]
    return [one.name for one in others if (many and one.role != "parameter") or _is_settled(one, values[one.name])]


def _is_settled(given: Input, value: float) -> bool:
    domain = given.domain
    return (domain.step >= 1 and math.isfinite(domain.high)) or value in (domain.low, domain.high)


def _for_every(loss: Loss, values: Mapping[str, float]) -> str:
    """For what values a proof holds."""
    by = predicted(loss, values)
    free = [_symbol(loss.input(name)) for name in values if name not in (by, *_settled(loss, by, values))]
    return f", for every {' and '.join([', '.join(free[:-1])] * (len(free) > 1) + free[-1:])}" if free else ""


def _symbol(given: Input) -> str:
    """What stands for an input in a formula: δ of "Threshold δ"."""
    last = given.label.split()[-1:]
    return last[0] if last and len(last[0]) == 1 and not last[0].isascii() else subscripted(given.name)


def asked(loss: Loss, values: Mapping[str, float]) -> Question:
    """Return what SymPy is asked to prove of a loss, for numbers of all inputs: everything."""
    by = predicted(loss, values)
    return _question(loss, by, {name: values[name] for name in _settled(loss, by, values)})


def _question(loss: Loss, by: str, settled: Mapping[str, float]) -> Question:
    """What a proof is to look at: a loss along one prediction, with some other inputs at their numbers."""
    subject = Subject(loss, by, loss.starts | dict(settled))
    others = tuple(given for given in loss.inputs if given.name != by and given.name not in settled)
    classes = subject.classes or ()
    each = tuple(_formula(loss, {**settled, subject.target: label}) for label in classes)
    centred = subject.target if not classes and any(other.name == subject.target for other in others) else ""
    return Question(_formula(loss, settled), subject.input, others, centred, each)


def _formula(loss: Loss, settled: Mapping[str, float]) -> Expr:
    """The textbook form with numbers put in; where that leaves no number, as 0 ln 0 does, the stable form written out."""
    numbers = {Symbol(name): exactly(value) for name, value in settled.items()}
    plain = loss.plain.xreplace(numbers)
    if plain.has(S.NaN, S.ComplexInfinity):
        plain = loss.program().inline(textbook=False).xreplace(numbers)
    return textbook(plain)


def substituted(found: Mapping[str, proofs.Proven], values: Mapping[str, float]) -> dict[str, Verdict]:
    """Return what is proven with numbers in place of the inputs."""
    at = {Symbol(name): value for name, value in values.items()}
    return {key: _numbers(proof, at) for key, proof in found.items()}


def _numbers(found: proofs.Proven, at: Mapping[Symbol, float]) -> Verdict:
    if isinstance(found, tuple):
        return tuple(_numbers(part, at) for part in found)  # type: ignore[return-value]
    return found if isinstance(found, bool | str) else float(found.subs(at))  # type: ignore[return-value]


def agree(one: object, other: object) -> bool:
    """Whether two verdicts are the same, numbers to three digits."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(agree(x, y) for x, y in zip(one, other, strict=True))
    if isinstance(one, float) and isinstance(other, float):
        return one == other or math.isclose(one, other, rel_tol=1e-3, abs_tol=1e-6)
    return type(one) is type(other) and one == other
