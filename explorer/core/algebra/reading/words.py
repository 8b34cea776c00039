"""Names: other spellings of letters, words that cannot be names, and names that may be products."""

from __future__ import annotations

import re
import unicodedata
from keyword import kwlist

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi",
    "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
SUBSCRIPTS = {**{chr(0x2080 + k): str(k) for k in range(10)}, "ᵢ": "i", "ⱼ": "j", "ₖ": "k", "ₙ": "n", "ₜ": "t"}
ACCENTS = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar"}
"""Marks above a letter, and the word that stands behind its name for each."""
ACCENTED = {
    composed: letter + word
    for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for mark, word in ACCENTS.items()
    if len(composed := unicodedata.normalize("NFC", letter + mark)) == 1
}
"""ŷ -> yhat."""

_FINITE = "{} is not allowed, as numbers must be finite"
REFUSED = {
    **{word: f"{word} is a word of Python and no name" for word in kwlist if word != "lambda"},
    **{
        word: _FINITE.format(word)
        for word in ("oo", "zoo", "inf", "nan", "NaN", "Infinity", "ComplexInfinity", "Indeterminate")
    },
    "return": "return is a word of Python: write only what stands right of it",
    "def": "def is a word of Python: write only what the function returns",
    "I": "I, the imaginary unit, is not allowed, as losses are real",
}
"""Words that are no names, and why."""

WHOLE = {
    **dict.fromkeys(("binary_cross_entropy", "BCELoss", "binary_crossentropy", "log_loss"), "-(t*log(p) + (1 - t)*log(1 - p))"),
    **dict.fromkeys(
        ("binary_cross_entropy_with_logits", "BCEWithLogitsLoss", "sigmoid_cross_entropy_with_logits"), "softplus(z) - t*z"
    ),
    **dict.fromkeys(
        ("cross_entropy", "CrossEntropyLoss", "nll_loss", "categorical_crossentropy"), "logsumexp(z1, z2, z3) - z1"
    ),
    **dict.fromkeys(("softmax_cross_entropy", "softmax_cross_entropy_with_logits"), "logsumexp(z1, z2, z3) - z1"),
    **dict.fromkeys(("sigmoid_binary_cross_entropy",), "softplus(z) - t*z"),
    **dict.fromkeys(("l2_loss",), "(y - t)**2/2"),
    **dict.fromkeys(("mse_loss", "MSELoss", "mean_squared_error", "mse", "squared_error"), "(y - t)**2"),
    **dict.fromkeys(("l1_loss", "L1Loss", "mean_absolute_error", "mae"), "abs(y - t)"),
    **dict.fromkeys(
        ("smooth_l1_loss", "huber_loss", "HuberLoss"), "where(abs(y - t) <= d, (y - t)**2/2, d*(abs(y - t) - d/2))"
    ),
    **dict.fromkeys(("kl_div", "KLDivLoss"), "t*log(t/p)"),
}
"""Losses of libraries -> what they are in functions that are read."""
INSTEAD = {
    **dict.fromkeys(("D", "Dt", "diff", "grad"), "write the loss, and differentiate it in a step"),
    **dict.fromkeys(("Integrate", "integrate", "NIntegrate"), "write what the integral comes to"),
    **dict.fromkeys(("CDF", "normcdf", "pnorm"), "write ndtr(x) for a normal distribution's"),
    **dict.fromkeys(("ArgMin", "argmin", "ArgMax", "argmax", "Minimize", "NMinimize"), "write the loss that is minimised"),
}
"""What is no function of numbers -> what to write."""
_PIECE = re.compile(r"[A-Za-z][0-9]*")
_KNOWN = {"lr", "tp", "fp", "fn", "tn", "kl", "ce", "eps", "std", "wd", "dt", *GREEK.values()}
"""Short names that nobody means as a product."""
_ACCENT = re.compile(rf"([A-Za-z]|{'|'.join(GREEK.values())})({'|'.join(ACCENTS.values())})[0-9]*")


def apart(name: str) -> tuple[str, ...]:
    """Return the names that a name may be the product of, w1 and x1 of w1x1; none where it can only be one name.

    Examples
    --------
    >>> apart("w1x1"), apart("xy"), apart("loss"), apart("yhat")
    (('w1', 'x1'), ('x', 'y'), (), ())
    """
    pieces = _PIECE.findall(name)
    letters = name.rstrip("0123456789")
    if len(pieces) < 2 or "".join(pieces) != name or letters in _KNOWN or _ACCENT.fullmatch(name):
        return ()
    is_word = letters.isalpha() and len(letters) > 2 and bool(re.search("[aeiou]", letters.lower()))
    return () if is_word else tuple(pieces)
