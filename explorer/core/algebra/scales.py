"""Rewrites probabilities as logits and logits as probabilities, for the symbols that inputs say are such.

Left to letters is only what a new symbol is called, and what is typed: there nothing but names is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sympy import Expr, Symbol, exp, log

from explorer.core.algebra.layering import Subject, symbols
from explorer.core.domains import Input, Inputs, Logit, Probability, Simplex
from explorer.core.functions import logsumexp, sigmoid

CLASSES = 200
"""The greatest number of a class that is rewritten: a probability has a logit for each."""


@dataclass(frozen=True)
class Counterpart:
    """What a prediction is on the other scale.

    Attributes
    ----------
    inputs : tuple of Input
        The symbol that stands there for it; of one class among several the symbols of all of them.
    expr : Expr
        The prediction, in those symbols.
    single : bool
        Whether it is one of two classes, by itself.
    """

    inputs: tuple[Input, ...]
    expr: Expr
    single: bool


def scaled(before: Subject, to: str, inputs: Inputs) -> dict[str, Counterpart]:
    """Return the counterpart of each prediction that can be rewritten: p = sigmoid(z), p_k = softmax(z), and back.

    A vector is one of classes, but for probabilities that need not be 1 together, such as those of pixels.

    Raises
    ------
    ValueError
        If there is no such prediction, there are too many classes, or a new symbol stands in the subject already.
    """
    names = symbols(before)
    here, kind = ("p", Probability) if to == "logit" else ("z", Logit)
    predicted = [one for one in map(inputs.__getitem__, names) if one.role == "prediction" and isinstance(one.domain, kind)]
    found: dict[str, Counterpart] = {}
    for one in predicted:
        if not one.group or (to == "logit" and not one.domain.joint):
            found[one.name] = _single(one, to, inputs)
        elif one in (classes := _classes(one.group, predicted, inputs)):
            found[one.name] = _of_classes(classes, classes.index(one), to, inputs)
    if not found:
        raise ValueError(f"There is no {here}, nor {here}1, {here}2 ..., to rewrite as a {to}.")
    new = {s.name: name for name, counterpart in found.items() for s in counterpart.expr.free_symbols}
    if clash := new.keys() & set(names):
        raise ValueError(f"{min(clash)} is in the expression already; substitute {new[min(clash)]} by hand.")
    return found


def _single(one: Input, to: str, inputs: Inputs) -> Counterpart:
    there = _there(one, Logit() if to == "logit" else Probability(), inputs)
    own = Symbol(there.name)
    return Counterpart((there,), sigmoid(own) if to == "logit" else log(own / (1 - own)), True)


def _of_classes(classes: tuple[Input, ...], place: int, to: str, inputs: Inputs) -> Counterpart:
    there = tuple(_there(one, Logit() if to == "logit" else Simplex(), inputs) for one in classes)
    others = [Symbol(one.name) for one in there]
    own = others[place]
    return Counterpart(there, exp(own - logsumexp(*others)) if to == "logit" else log(own), False)


def _classes(group: str, predicted: Iterable[Input], inputs: Inputs) -> tuple[Input, ...]:
    """Every class of a vector: those that are known, or as many as have been typed."""
    if known := tuple(one for one in inputs.known if one.group == group):
        return known
    numbers = [one.name.removeprefix(group) for one in predicted if one.group == group]
    last = max((int(number) for number in numbers if not number.startswith("0")), default=0)
    if last > CLASSES:
        raise ValueError(f"Classes are rewritten up to {group}{CLASSES}; got {group}{last}.")
    return tuple(inputs[f"{group}{k}"] for k in range(1, last + 1))


def _there(one: Input, domain: Logit | Probability, inputs: Inputs) -> Input:
    """What stands for a prediction on the other scale: z for p and z2 for p2, but p_d for d, and d again for that."""
    letter, here = ("z", "p") if isinstance(domain, Logit) else ("p", "z")
    first, rest = one.name[0], one.name[1:]
    name = letter + rest if first == here and (not rest or rest.isdecimal()) else f"{letter}_{one.name}"
    if one.name.startswith(f"{here}_"):
        name = one.name.removeprefix(f"{here}_")
    joint = bool(one.group) and (domain.joint or one.domain.joint)
    start = inputs[letter].start
    return inputs.known_as(name) or Input(name, domain, start, "prediction", group=letter if joint else "")
