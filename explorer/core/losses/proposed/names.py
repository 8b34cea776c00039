"""The names that people give to predictions, targets and parameters.

To know another name: add it to PREDICTIONS, TARGETS or PARAMETERS.
"""

from __future__ import annotations

from collections.abc import Collection

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


def entries_of(name: str, names: list[str]) -> list[str]:
    """Return a vector's entries, all names of one letter and a number; of another name it alone."""
    if name == stem(name):
        return [name]
    return [other for other in names if other != stem(other) and stem(other) == stem(name)]


def vectors_of(names: list[str]) -> list[list[str]]:
    """Return names by the vector that they are entries of, in their order; one without a number is alone."""
    found: dict[tuple[str, bool], list[str]] = {}
    for name in names:
        letter = stem(name)
        found.setdefault((letter, letter == name), []).append(name)
    return list(found.values())


def in_order(name: str) -> tuple[str, int]:
    """Return a key by which names are in order, z2 before z10."""
    digits = name[len(name.rstrip("0123456789")) :]
    return stem(name), int(digits or 0)
