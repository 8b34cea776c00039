"""Proposes what the symbols of a typed loss are: prediction, target or parameter, and which numbers each may be.

A proposal, from names that people use (`names`) and from where a symbol stands in the formula (`places`), which tell which
numbers it may be (`kinds`); whoever typed it may say otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sympy import Expr

from explorer.core.domains import Input, Role
from explorer.core.losses.proposed.kinds import KINDS, kind_of, made, of_parameter, of_prediction, of_target
from explorer.core.losses.proposed.names import PARAMETERS, TARGETS, entries_of, in_order, prediction, stem, target, vectors_of
from explorer.core.losses.proposed.places import compared, is_of_difference, is_of_product, places_in

__all__ = ["KINDS", "in_roles", "kind_of", "predicted", "proposed", "roles", "target", "with_roles"]

_WIDTHS = ("tau", "delta", "epsilon", "eps")
"""Parameters that a target is compared with where nothing is predicted of it."""


def proposed(expr: Expr) -> tuple[Input, ...]:
    """Return an Input for each symbol: the prediction first, or all entries of its vector, then target, then the others.

    Examples
    --------
    >>> from explorer.core.algebra import read
    >>> [(one.name, one.role, kind_of(one.domain)) for one in proposed(read("-(t*log(p) + (1 - t)*log(1 - p))"))]
    [('p', 'prediction', '0 to 1'), ('t', 'target', '0 to 1')]
    >>> [(one.name, one.role, kind_of(one.domain)) for one in proposed(read("log(1 + exp(-y*f))"))]
    [('f', 'prediction', 'a logit'), ('y', 'target', '−1 or 1')]
    """
    names = sorted((symbol.name for symbol in expr.free_symbols), key=in_order)
    by = predicted(expr)
    return with_roles(expr, by, target(names, by)) if by else ()


def predicted(expr: Expr) -> str:
    """Return which symbol of an expression is predicted, of a vector its first entry; "" of none.

    It is what a target is compared with, by a difference or a quotient, or else what is called as predictions are.
    """
    names = sorted((symbol.name for symbol in expr.free_symbols), key=in_order)
    beside = sorted({name for pair in compared(expr) for name in _beside_target(*pair)}, key=names.index)
    known = [name for name in beside if stem(name) not in PARAMETERS] or [name for name in beside if name not in _WIDTHS]
    scales = {name for name, places in places_in(expr).items() if places & {"divisor", "power"}}
    return prediction(known) if known else prediction(names, scales)


def _beside_target(one: str, other: str) -> tuple[str, ...]:
    """What a target is compared with: the other of two names of which one is called as targets are."""
    order = {name: place for place, name in enumerate(TARGETS)}
    first, second = (order.get(name, order.get(stem(name), len(order))) for name in (one, other))
    return () if first == second else (other,) if first < second else (one,)


def with_roles(expr: Expr, by: str, target: str = "", parameters: tuple[str, ...] = ()) -> tuple[Input, ...]:
    """Return an Input for each symbol of expr, in roles that are known, with the domains that the formula speaks for.

    Parameters
    ----------
    by, target : str
        What is predicted and what happened; of a vector one entry. Without a target there is none.
    parameters : tuple of str
        What is a parameter, whatever its name.
    """
    return in_roles(expr, by, roles(expr, by, target, parameters))


def roles(expr: Expr, by: str, target: str = "", parameters: tuple[str, ...] = ()) -> dict[str, Role]:
    """Return each symbol's role; see `with_roles`."""
    names = sorted((symbol.name for symbol in expr.free_symbols), key=in_order)
    predicted = [name for name in entries_of(by, names) if name not in parameters]
    happened = [name for name in entries_of(target, names) if name not in (*predicted, *parameters)] if target else []
    return {name: "prediction" if name in predicted else "target" if name in happened else "parameter" for name in names}


def in_roles(
    expr: Expr, by: str, roles: Mapping[str, Role], kinds: Mapping[str, str] = MappingProxyType({})
) -> tuple[Input, ...]:
    """Return an Input for each symbol of expr, by first, with the domains that the formula speaks for.

    Parameters
    ----------
    by : str
        A prediction.
    roles : mapping
        Each symbol -> its role.
    kinds : mapping
        Symbol -> the kind of its domain, of KINDS, where it is another one; of a vector its first entry, for all of them.
    """
    names = sorted(roles, key=in_order)
    by_role: dict[Role, list[str]] = {
        role: [name for name in names if roles[name] == role] for role in ("prediction", "target", "parameter")
    }
    by_role["prediction"].sort(key=lambda name: (name != by, stem(name) != stem(by)))
    places = places_in(expr)
    if (pair := _pair(by_role)) and is_of_product(expr, *pair):
        places[pair[1]] = {*places.get(pair[1], ()), "margin"}
    proposal = _kinds(expr, by_role, places)
    inputs = []
    for role, entries in by_role.items():
        vectors = [[name] for name in entries] if role == "parameter" else vectors_of(entries)
        standing = {name: (place, vector) for vector in vectors for place, name in enumerate(vector)}
        for name in entries:
            place, vector = standing[name]
            kind, start = proposal[name] if vector[0] not in kinds else (kinds[vector[0]], proposal[name][1])
            group = stem(name) if len(vector) > 1 else ""
            if start is None and role == "target" and KINDS[kind].holds(0.0) and "divisor" in places.get(name, ()):
                start = 1.0
            inputs.append(made(name, role, kind, start, group=group, place=place, of=len(vector)))
    return tuple(inputs)


def _pair(by_role: Mapping[Role, list[str]]) -> tuple[str, str] | None:
    """The prediction and the target, where there is one of each."""
    predicted, happened = by_role["prediction"], by_role["target"]
    return (predicted[0], happened[0]) if len(predicted) == len(happened) == 1 else None


def _kinds(expr: Expr, by_role: Mapping[Role, list[str]], places: dict[str, set[str]]) -> dict[str, tuple[str, float | None]]:
    """Symbol -> the kind of its domain, and where it starts if that is known."""
    predicted, happened = vectors_of(by_role["prediction"]), vectors_of(by_role["target"])
    kinds: dict[str, str] = {}
    if (pair := _pair(by_role)) and is_of_difference(expr, *pair):
        kinds = dict.fromkeys(pair, "any number")
    else:
        lengths = [len(vector) for vector in happened]
        for vector in predicted:
            kinds |= {name: of_prediction(name, places, len(vector), len(vector) in lengths) for name in vector}
        of_predictions = set(kinds.values())
        for vector in happened:
            kinds |= {name: of_target(name, places, of_predictions, len(vector)) for name in vector}
    found: dict[str, tuple[str, float | None]] = {name: (kind, None) for name, kind in kinds.items()}
    return found | {name: of_parameter(name, places) for name in by_role["parameter"]}
