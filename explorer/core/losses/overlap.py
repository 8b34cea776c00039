"""Losses of a whole mask: how little the predicted pixels p1 ... overlap with the true ones t1 ...

All are made of three sums, which no subtraction spoils: how much is rightly marked, wrongly marked and missed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from sympy import Add, Expr, symbols

from explorer.core.domains import Domain, Input, Mask, Positive, Probability, vector
from explorer.core.functions import same
from explorer.core.losses.spec import Loss

Pixels = tuple[Expr, ...]
PIXELS = 64
"""8 times 8, row by row."""
ALPHA = Input("alpha", Probability(), 0.3, "parameter", "Weight of wrongly marked α")
BETA = Input("beta", Probability(), 0.7, "parameter", "Weight of missed β")
GAMMA = Input("gamma", Domain(0.1, 10.0, (0.5, 3.0), 0.01, False, False), 1.5, "parameter", "Focusing parameter γ")
SMOOTHING = Input("s", Positive(), 1.0, "parameter", "Smoothing s")

_TP, _FP, _FN, _X, _Y = symbols("TP FP FN x y")
_SALEHI = "S. S. M. Salehi, D. Erdogmus and A. Gholipour (2017), Tversky Loss Function for Image Segmentation."


def mask(pixels: int) -> tuple[Input, ...]:
    """Return what is predicted and what is true of so many pixels, row by row: a soft disc beside a sharp one.

    Raises
    ------
    ValueError
        If there is no pixel.
    """
    if pixels < 1:
        raise ValueError(f"pixels must be at least 1; got {pixels}.")
    side = math.isqrt(pixels - 1) + 1
    places = [divmod(k, side) for k in range(pixels)]
    soft = (1 / (1 + math.exp(16 * (_away(place, side, 0.62) - 0.3))) for place in places)
    sharp = (float(_away(place, side, 0.44) < 0.33) for place in places)
    return (
        *vector("p", Probability(), tuple(round(x, 2) for x in soft), "prediction", "Probability of pixel"),
        *vector("t", Mask(), tuple(sharp), "target", "Truth of pixel"),
    )


def dice(pixels: int = PIXELS) -> Loss:
    """Return the Dice loss of so many pixels."""
    return Loss(
        "dice", "Dice loss", "overlap", (*mask(pixels), SMOOTHING), "p1", _dice, _plain_dice,
        about="What is wrong as a share of both masks together, so that a small object counts as much as a large one.",
        aliases=("DiceLoss", "soft Dice", "Sørensen-Dice", "F1 loss"),
        references=(
            "F. Milletari, N. Navab and S.-A. Ahmadi (2016), V-Net (with squares in the denominator).",
            "C. H. Sudre et al. (2017), Generalised Dice Overlap as a Deep Learning Loss Function.",
        ),
        variant=dice,
    )  # fmt: skip


def jaccard(pixels: int = PIXELS) -> Loss:
    """Return the Jaccard loss of so many pixels."""
    return Loss(
        "jaccard", "Jaccard loss", "overlap", (*mask(pixels), SMOOTHING), "p1", _jaccard, _plain_jaccard,
        about="What is wrong as a share of all that is marked or true.",
        aliases=("IoU loss", "JaccardLoss", "intersection over union"),
        references=("M. A. Rahman and Y. Wang (2016), Optimizing Intersection-Over-Union in Deep Neural Networks.",),
        variant=jaccard,
    )  # fmt: skip


def tversky(pixels: int = PIXELS) -> Loss:
    """Return the Tversky loss of so many pixels."""
    return Loss(
        "tversky", "Tversky loss", "overlap", (*mask(pixels), ALPHA, BETA, SMOOTHING), "p1", _tversky, _plain_tversky,
        about="Weighs what is wrongly marked by α and what is missed by β: Dice at 1/2 and 1/2, Jaccard at 1 and 1.",
        aliases=("TverskyLoss", "Tversky index"),
        references=(_SALEHI,),
        variant=tversky,
    )  # fmt: skip


def focal_tversky(pixels: int = PIXELS) -> Loss:
    """Return the focal Tversky loss of so many pixels."""
    return Loss(
        "focal_tversky", "Focal Tversky loss", "overlap", (*mask(pixels), ALPHA, BETA, GAMMA, SMOOTHING), "p1",
        _focal_tversky, lambda p, t, alpha, beta, gamma, s: _plain_tversky(p, t, alpha, beta, s) ** (1 / gamma),
        about="The Tversky loss to the power 1/γ; some libraries take the power γ.",
        aliases=("FocalTverskyLoss", "FTL"),
        references=("N. Abraham and N. M. Khan (2019), A Novel Focal Tversky Loss Function with Improved Attention U-Net.",),
        variant=focal_tversky,
    )  # fmt: skip


def _away(place: tuple[int, int], side: int, center: float) -> float:
    """How far a pixel's middle is from a point on the diagonal, in lengths of the side."""
    return math.hypot(*((index + 0.5) / side - center for index in place))


def _counted(p: Pixels, t: Pixels) -> dict[str, Expr]:
    """The steps that all share: how much is rightly marked, wrongly marked and missed."""
    return {"TP": _both(p, t), "FP": _both(p, _rest(t)), "FN": _both(_rest(p), t)}


def _both(p: Pixels, t: Pixels) -> Expr:
    return Add(*(p_k * t_k for p_k, t_k in zip(p, t, strict=True)))


def _rest(pixels: Pixels) -> Pixels:
    return tuple(1 - x for x in pixels)


def _dice(p: Pixels, t: Pixels, s: Expr) -> Mapping[str, Expr]:
    return _counted(p, t) | {"L": (_FP + _FN) / (2 * _TP + _FP + _FN + s)}


def _jaccard(p: Pixels, t: Pixels, s: Expr) -> Mapping[str, Expr]:
    return _counted(p, t) | {"L": (_FP + _FN) / (_TP + _FP + _FN + s)}


def _tversky(p: Pixels, t: Pixels, alpha: Expr, beta: Expr, s: Expr) -> dict[str, Expr]:
    return _counted(p, t) | {"x": alpha * _FP + beta * _FN, "L": _X / (_TP + _X + s)}


def _focal_tversky(p: Pixels, t: Pixels, alpha: Expr, beta: Expr, gamma: Expr, s: Expr) -> dict[str, Expr]:
    """As above, to the power 1/gamma; where nothing is wrong 1 to that power less 1, so that the slope is no 0/0."""
    steps = _tversky(p, t, alpha, beta, s)
    return steps | {"y": steps.pop("L"), "L": (_Y + same(_Y, 0)) ** (1 / gamma) - same(_Y, 0)}


def _plain_dice(p: Pixels, t: Pixels, s: Expr) -> Expr:
    return 1 - (2 * _both(p, t) + s) / (Add(*p) + Add(*t) + s)


def _plain_jaccard(p: Pixels, t: Pixels, s: Expr) -> Expr:
    return 1 - (_both(p, t) + s) / (Add(*p) + Add(*t) - _both(p, t) + s)


def _plain_tversky(p: Pixels, t: Pixels, alpha: Expr, beta: Expr, s: Expr) -> Expr:
    both = _both(p, t) + s
    return 1 - both / (both + alpha * _both(p, _rest(t)) + beta * _both(_rest(p), t))


LOSSES: tuple[Loss, ...] = (dice(), jaccard(), tversky(), focal_tversky())
