"""What the symbols of a typed loss probably are: which is predicted, which the target, which a parameter, and their domains.

A proposal, from names that people use and from where a symbol stands in the formula; whoever typed it may say otherwise.
To know another name: add it to PREDICTIONS, TARGETS or PARAMETERS.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from sympy import Dummy, Expr, Mul, S, Symbol, exp, log

from explorer.core.algebra.naming import size
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
from explorer.core.functions import (
    absolute,
    at_most,
    below,
    gamma_function,
    lgamma,
    logistic_loss,
    logsumexp,
    maximum,
    relu,
    same,
    sigmoid,
    softplus,
    xlog1py,
    xlogy,
)

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
PREDICTIONS = (
    "yhat", "y_hat", "ŷ", "ypred", "y_pred", "pred", "prediction", "output", "out", "phat", "p_hat", "prob", "pt", "p_t", "p",
    "logits", "logit", "z", "score", "s", "f", "u", "mu", "r", "x", "margin", "m", "y",
)  # fmt: skip
"""Names of what is predicted, the surest first."""
PROBABILITIES = ("phat", "p_hat", "prob", "pt", "p_t", "p")
"""Those of PREDICTIONS that are a share of 1 in a logarithm."""
DISTANCES = ("margin", "m")
"""Those of PREDICTIONS that are rather a parameter beside a name that is not known."""
TARGETS = ("t", "target", "targets", "label", "labels", "ytrue", "y_true", "truth", "true", "y")
"""Names of what happened; y only beside another prediction."""
PARAMETERS: dict[str, tuple[str, float]] = {
    "tau": ("between 0 and 1", 0.9),
    "alpha": ("0 to 1", 0.25),
    "gamma": ("0 or more", 2.0),
    "epsilon": ("between 0 and 1", 0.1),
    "eps": ("between 0 and 1", 0.1),
    "delta": ("above 0", 1.0),
    "smooth": ("above 0", 1.0),
    "weight": ("above 0", 1.0),
    "pos_weight": ("above 0", 1.0),
    "kappa": ("above 0", 1.0),
}
"""Parameter -> the kind of its domain and where it starts, as most losses have it."""
MOST_PARTS = 1_000
"""In an expression with more parts it is not sought whether two symbols stand in it as their difference or product only."""
_SHARES = ("0 to 1", "between 0 and 1")
_STARTS: dict[str, dict[str, float]] = {
    "prediction": {"any number": 1.5, "a logit": -1.5, "above 0": 2.0, "0 or more": 1.5, "0 to 1": 0.2, "a count": 2.0},
    "target": {"any number": 0.0, "a logit": 0.0},
}


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
    names = sorted((symbol.name for symbol in expr.free_symbols), key=_natural)
    by = predicted(expr)
    return with_roles(expr, by, target(names, by)) if by else ()


def predicted(expr: Expr) -> str:
    """Return which symbol of an expression is predicted, of a vector its first entry; "" of none.

    It is what a target is compared with, by a difference or a quotient, or else what is called as predictions are.
    """
    names = sorted((symbol.name for symbol in expr.free_symbols), key=_natural)
    compared = sorted({name for pair in _compared(expr) for name in _beside_target(*pair)}, key=names.index)
    known = [name for name in compared if stem(name) not in PARAMETERS] or [n for n in compared if n not in _WIDTHS]
    scales = {name for name, places in _places(expr).items() if places & {"divisor", "power"}}
    return prediction(known) if known else prediction(names, scales)


_WIDTHS = ("tau", "delta", "epsilon", "eps")
"""Parameters that a target is compared with where nothing is predicted of it."""


def _compared(expr: Expr) -> Iterator[tuple[str, str]]:
    """Two symbols of which one is taken from the other, or divided by it."""
    for whole in _nodes(expr):
        node = whole.as_coeff_Mul()[1] if whole.is_Mul else whole
        if node.is_Add and len(node.args) == 2:
            one, other = node.args
            pair = (one, -other) if one.is_Symbol else (other, -one)
        elif node.is_Mul and len(node.args) == 2:
            one, other = node.args
            pair = (one, 1 / other) if one.is_Symbol else (other, 1 / one)
            below = 1 / pair[1]
            if below.is_Pow and below.base.is_Symbol and below.exp.is_negative:
                pair = (pair[0], below.base)
        else:
            continue
        if pair[0].is_Symbol and pair[1].is_Symbol:
            yield pair[0].name, pair[1].name


def _beside_target(one: str, other: str) -> tuple[str, ...]:
    """What a target is compared with: the other of two names of which one is called as targets are."""
    order = {name: place for place, name in enumerate(TARGETS)}
    first, second = (order.get(name, order.get(stem(name), len(order))) for name in (one, other))
    return () if first == second else (other,) if first < second else (one,)


def prediction(names: list[str], divisors: Collection[str] = ()) -> str:
    """Return which of some names is predicted, of a vector its first entry; "" of none. What divides is rather a scale."""
    names = sorted(names, key=lambda name: name in divisors)
    free = [name for name in names if stem(name) not in TARGETS or stem(name) == "y"] or names
    known = [name for wanted in PREDICTIONS for name in free if name == wanted or stem(name) == wanted]
    known.sort(key=lambda name: name in divisors)
    unknown = [name for name in free if base(name) not in (*PARAMETERS, *PREDICTIONS)]
    if unknown and known and stem(known[0]) in DISTANCES:
        return unknown[0]
    return next(iter([*known, *unknown, *free]), "")


def target(names: list[str], by: str) -> str:
    """Return which of some names is the target beside what is predicted, of a vector its first entry; "" if none is."""
    found = (name for wanted in TARGETS for name in names if name == wanted or stem(name) == wanted)
    return next((name for name in found if stem(name) != stem(by)), "")


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
    names = sorted((symbol.name for symbol in expr.free_symbols), key=_natural)
    predicted = [name for name in _entries(by, names) if name not in parameters]
    happened = [name for name in _entries(target, names) if name not in (*predicted, *parameters)] if target else []
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
    names = sorted(roles, key=_natural)
    by_role: dict[Role, list[str]] = {
        role: [name for name in names if roles[name] == role] for role in ("prediction", "target", "parameter")
    }
    by_role["prediction"].sort(key=lambda name: (name != by, stem(name) != stem(by)))
    places = _places(expr)
    if _is_of_product(expr, by_role["prediction"], by_role["target"]):
        for name in by_role["target"]:
            places[name] = {*places.get(name, ()), "margin"}
    proposal = _kinds(expr, by_role, places)
    inputs = []
    for role, entries in by_role.items():
        vectors = [[name] for name in entries] if role == "parameter" else _vectors(entries)
        places_in = {name: (place, vector) for vector in vectors for place, name in enumerate(vector)}
        for name in entries:
            place, vector = places_in[name]
            kind, start = proposal[name] if vector[0] not in kinds else (kinds[vector[0]], proposal[name][1])
            group = stem(name) if len(vector) > 1 else ""
            if start is None and role == "target" and KINDS[kind].holds(0.0) and "divisor" in places.get(name, ()):
                start = 1.0
            inputs.append(made(name, role, kind, start, group=group, place=place, of=len(vector)))
    return tuple(inputs)


def _vectors(names: list[str]) -> list[list[str]]:
    """Names by the vector that they are entries of, in their order; one without a number is alone."""
    found: dict[tuple[str, bool], list[str]] = {}
    for name in names:
        letter = stem(name)
        found.setdefault((letter, letter == name), []).append(name)
    return list(found.values())


def _kinds(expr: Expr, by_role: Mapping[Role, list[str]], places: dict[str, set[str]]) -> dict[str, tuple[str, float | None]]:
    """Symbol -> the kind of its domain, and where it starts if that is known."""
    predicted, happened = by_role["prediction"], by_role["target"]
    if _is_of_residual(expr, predicted, happened):
        kinds = dict.fromkeys((*predicted, *happened), "any number")
    else:
        vectors = [len(vector) for vector in _vectors(happened)]
        kinds = {
            name: _kind_of_prediction(name, places, len(vector), len(vector) in vectors)
            for vector in _vectors(predicted)
            for name in vector
        }
        of_predictions = set(kinds.values())
        kinds |= {
            name: _kind_of_target(name, places, of_predictions, len(vector)) for vector in _vectors(happened) for name in vector
        }
    found: dict[str, tuple[str, float | None]] = {name: (kind, None) for name, kind in kinds.items()}
    return found | {name: _kind_of_parameter(name, places) for name in by_role["parameter"]}


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


def stem(name: str) -> str:
    """Return a name without the number of its entry.

    Examples
    --------
    >>> stem("z10"), stem("y_2"), stem("yhat")
    ('z', 'y', 'yhat')
    """
    return name.rstrip("0123456789").rstrip("_") or name


def base(name: str) -> str:
    """Return a name without the number or the letter of its entry.

    Examples
    --------
    >>> base("alpha_t"), base("z10"), base("y_pred")
    ('alpha', 'z', 'y_pred')
    """
    plain = stem(name)
    return plain[:-2] if plain[-2:-1] == "_" and len(plain) > 3 else plain


def _entries(name: str, names: list[str]) -> list[str]:
    """A vector's entries: all names of one letter and a number; of another name it alone."""
    if name == stem(name):
        return [name]
    return [other for other in names if other != stem(other) and stem(other) == stem(name)]


def _natural(name: str) -> tuple[str, int]:
    digits = name[len(name.rstrip("0123456789")) :]
    return stem(name), int(digits or 0)


def _start(role: Role, kind: str, domain: Domain, place: int, of: int) -> float:
    if kind == "shares of 1":
        return 1 / of if role == "prediction" else float(place == 0)
    start = _STARTS.get(role, {}).get(kind, 1.0)
    if of > 1 and role == "prediction":
        start = start / (place + 1) if domain.holds(start / (place + 1)) else start
    if of > 1 and role == "target" and domain.holds(0.0):
        start = float(place == 0)
    return start if domain.holds(start) else domain.shown[1]


def _kind_of_prediction(name: str, places: dict[str, set[str]], of: int, of_classes: bool) -> str:
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


def _kind_of_target(name: str, places: dict[str, set[str]], predicted: set[str], of: int) -> str:
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


def _is_of_residual(expr: Expr, predicted: list[str], happened: list[str]) -> bool:
    """Whether prediction and target stand in an expression as their difference only."""
    if len(predicted) != 1 or len(happened) != 1 or size(expr) > MOST_PARTS:
        return False
    y, t, r = Symbol(predicted[0]), Symbol(happened[0]), Dummy("r")
    return y not in expr.xreplace({t: y - r}).free_symbols


def _is_of_product(expr: Expr, predicted: list[str], happened: list[str]) -> bool:
    """Whether prediction and target stand in an expression as their product only."""
    if len(predicted) != 1 or len(happened) != 1 or size(expr) > MOST_PARTS:
        return False
    y, t, m = Symbol(predicted[0]), Symbol(happened[0]), Dummy("m")
    return y not in expr.xreplace({t: m / y}).free_symbols


def _kind_of_parameter(name: str, places: dict[str, set[str]]) -> tuple[str, float | None]:
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


def _places(expr: Expr) -> dict[str, set[str]]:
    """Symbol -> where it stands: in a logarithm, an exponent, taken from 1 ..."""
    found: dict[str, set[str]] = {}
    for place, symbol in (*_plain_places(expr), *_stable_places(expr)):
        found.setdefault(symbol.name, set()).add(place)
    return found


def _plain_places(expr: Expr) -> Iterator[tuple[str, Symbol]]:
    for node in expr.atoms(log):
        yield from _of_logarithm(node.args[0])
    for node in expr.atoms(log):
        if node.args[0].is_Add and any(isinstance(term, exp) for term in node.args[0].args):
            yield from (("logistic", symbol) for symbol in node.free_symbols)
    for node in expr.atoms(exp):
        yield from (("exponent", symbol) for symbol in node.args[0].free_symbols)
    for node in expr.atoms(lgamma, gamma_function):
        yield from (("count", symbol) for symbol in node.free_symbols)
    for node in _nodes(expr):
        if node.is_Pow and node.exp.is_Rational and node.exp.q == 2:
            yield from (("root", part) for part in Mul.make_args(node.base) if part.is_Symbol)
            if (1 - node.base).is_Symbol:
                yield "root of 1 less", 1 - node.base
        if node.is_Pow and node.exp.is_negative:
            yield from (("divisor", part) for part in _parts(node.base) if part.is_Symbol)
        if node.is_Pow:
            yield from (("power", symbol) for symbol in node.exp.free_symbols)
        if node.is_Pow and node.base.is_Symbol and not node.exp.is_number:
            yield "powered", node.base
        if node.is_Add and len(node.args) == 2 and node.args[0] in (S.One, S.NegativeOne):
            share = node.args[1] * -node.args[0]  # 1 - t, or 2 t - 1
            if share.is_Symbol or (share / 2).is_Symbol:
                yield "less from 1", share if share.is_Symbol else share / 2


def _of_logarithm(inside: Expr) -> Iterator[tuple[str, Symbol]]:
    for factor in Mul.make_args(inside):
        base = factor.base if factor.is_Pow else factor
        if base.is_Symbol:
            yield "log", base
        elif base.is_Add and all(term.is_Symbol for term in base.args):
            yield from (("log of a sum", symbol) for symbol in base.args)
        elif base.is_Add and len(base.args) == 2 and base.args[0] == 1 and base.args[1].is_Symbol:
            yield "log of 1 more", base.args[1]
        elif (1 - base).is_Symbol:
            yield "log of 1 less", 1 - base


def _parts(expr: Expr) -> tuple[Expr, ...]:
    """What a product is of, without powers and absolute values."""
    bases = (factor.base if factor.is_Pow else factor for factor in Mul.make_args(expr))
    return tuple(base.args[0] if isinstance(base, absolute) else base for base in bases)


def _stable_places(expr: Expr) -> Iterator[tuple[str, Symbol]]:
    for node in _nodes(expr):
        if isinstance(node, sigmoid | softplus | logistic_loss | logsumexp):
            yield from ((place, symbol) for place in ("exponent", "logistic") for symbol in node.free_symbols)
        elif isinstance(node, same) and node.args[1] in (S.Zero, S.One):
            yield from (("label", symbol) for symbol in node.args[0].free_symbols)
        elif isinstance(node, below | at_most) and node.args[1].is_Symbol and isinstance(node.args[0], absolute):
            yield "bound", node.args[1]
        elif isinstance(node, xlogy):
            yield from _of_logarithm(node.args[1])
        elif isinstance(node, xlog1py) and (-node.args[1]).is_Symbol:
            yield "log of 1 less", -node.args[1]
        elif isinstance(node, relu | maximum):
            products = [term for inner in node.args for term in inner.atoms(Mul) if len(term.free_symbols) > 1]
            yield from (("margin", symbol) for term in products for symbol in term.free_symbols)


def _nodes(expr: Expr) -> Iterator[Expr]:
    """Every part of an expression."""
    waiting = [expr]
    seen = set()
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += node.args
            yield node
