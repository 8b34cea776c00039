"""Which numbers a symbol may be, judged by its name and where it stands in the formula."""

from __future__ import annotations

from collections.abc import Mapping

from explorer.core.domains import (
    Between,
    Count,
    Domain,
    Input,
    Labels,
    Logit,
    NonNegative,
    Positive,
    Probability,
    Real,
    Role,
    Simplex,
)
from explorer.core.losses.proposed.names import PARAMETERS, PROBABILITIES, base, stem

KINDS: dict[str, Domain] = {
    "any number": Real(),
    "a logit": Logit(),
    "above 0": Positive(),
    "0 or more": NonNegative(),
    "0 to 1": Probability(),
    "between 0 and 1": Between(0.0, 1.0, (0.01, 0.99)),
    "−1 or 1": Labels(),
    "0 or 1": Labels(0.0, 1.0),
    "a count": Count(),
    "shares of 1": Simplex(),
}
"""Domains by what they are called."""
_SHARES = ("0 to 1", "between 0 and 1")
_STARTS: dict[str, dict[str, float]] = {
    "prediction": {"any number": 1.5, "a logit": -1.5, "above 0": 2.0, "0 or more": 1.5, "0 to 1": 0.2, "a count": 2.0},
    "target": {"any number": 0.0, "a logit": 0.0},
}


def made(
    name: str, role: Role, kind: str, start: float | None = None, *, group: str = "", place: int = 0, of: int = 1
) -> Input:
    """Return an Input of a kind of KINDS; place and of say where in a vector it stands."""
    domain = KINDS[kind]
    if start is None or not domain.holds(start):
        start = _start(role, kind, domain, place, of)
    return Input(name, domain, start, role, f"{role.capitalize()} {name}", group)


def kind_of(domain: Domain) -> str:
    """Return what a domain is called."""
    return next(kind for kind, known in KINDS.items() if known == domain)


def _start(role: Role, kind: str, domain: Domain, place: int, of: int) -> float:
    if kind == "shares of 1":
        return 1 / of if role == "prediction" else float(place == 0)
    start = _STARTS.get(role, {}).get(kind, 1.0)
    if of > 1 and role == "prediction":
        start = start / (place + 1) if domain.holds(start / (place + 1)) else start
    if of > 1 and role == "target" and domain.holds(0.0):
        start = float(place == 0)
    return start if domain.holds(start) else domain.shown[1]


def of_prediction(name: str, places: Mapping[str, set[str]], of: int, of_classes: bool) -> str:
    """Return the kind of a prediction, by where symbols stand: of a vector of `of` entries, as many as a target's or not."""
    found = places.get(name, set())
    if of > 1 and of_classes and stem(name) in PROBABILITIES:
        return "shares of 1"
    if {"log", "log of 1 less"} <= found or (stem(name) in PROBABILITIES and "log" in found):
        return "shares of 1" if of > 1 and "log of 1 less" not in found else "0 to 1"
    if "log" in found or ("powered" in found and name not in PROBABILITIES):
        return "above 0"
    if {"root", "root of 1 less"} <= found or ("root" in found and stem(name) in PROBABILITIES):
        return "0 to 1"
    if "divisor" in found and stem(name) not in PROBABILITIES:
        return "above 0"
    if "root" in found or "log of 1 more" in found:
        return "0 or more"
    if "exponent" in found:
        return "a logit"
    return "0 to 1" if stem(name) in PROBABILITIES else "any number"


def of_target(name: str, places: Mapping[str, set[str]], predicted: set[str], of: int) -> str:
    """Return the kind of a target, by where symbols stand, beside predictions of some kinds: of a vector of `of` entries."""
    found = places.get(name, set())
    if "count" in found:
        return "a count"
    if "label" in found:
        return "0 or 1"
    if ("exponent" in found or "margin" in found) and "less from 1" not in found:
        return "−1 or 1"
    shares = {"0 to 1", "shares of 1"} & predicted
    if of > 1 and (shares or "a logit" in predicted):
        return "shares of 1"
    of_logits = any("logistic" in places.get(other, ()) for other in places if other != name)
    if "less from 1" in found or shares or ("a logit" in predicted and ("log" in found or of_logits)):
        return "0 to 1"
    if "log" in found or ("divisor" in found and "above 0" in predicted):
        return "above 0"
    if "above 0" in predicted or "0 or more" in predicted or "a logit" in predicted or {"root", "log of 1 more"} & found:
        return "0 or more"
    return "any number"


def of_parameter(name: str, places: Mapping[str, set[str]]) -> tuple[str, float]:
    """Return the kind of a parameter, by where symbols stand, and where it starts."""
    found = places.get(name, set())
    is_size = bool(found & {"log", "log of a sum", "root", "divisor", "count", "bound"})
    is_share = bool(found & {"less from 1", "log of 1 less"})
    if base(name) in PARAMETERS:
        kind, start = PARAMETERS[base(name)]
        is_width = is_size or base(name) in ("epsilon", "eps")
        return ("above 0", max(start, 0.5)) if kind in _SHARES and is_width and not is_share else (kind, start)
    if "power" in found and is_share:
        return "above 0", 1.5  # of a power 1 - p and 2 - p, as Tweedie's
    if "log of 1 less" in found or (is_share and not is_size):
        return "0 to 1", 0.5
    return ("above 0", 1.0) if is_size else ("any number", 1.0)
