"""Losses that compare examples: by scores, by points in a plane, or by how likely two policies make them.

A point is a vector of two numbers, so that a hand can move it. A distance is a step; its slope is 0 where the points meet.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from sympy import Add, Expr, Max, Min, Piecewise, Symbol, exp, log, sqrt, symbols

from explorer.core.domains import Domain, Input, Labels, Logit, NonNegative, Positive, Probability, Real, vector
from explorer.core.functions import direction, logsumexp, maximum, minimum, norm, relu, same, sigmoid, softplus
from explorer.core.losses.spec import Loss

Point = tuple[Expr, Expr]
NEGATIVES = 3
FIRST = Input("y1", Logit(), 0.5, "prediction", "Score of the better y1")
SECOND = Input("y2", Logit(), 1.0, "prediction", "Score of the worse y2")
MARGIN = Input("m", NonNegative(), 1.0, "parameter", "Margin m")
TEMPERATURE = Input("tau", Domain(1e-4, 1e4, (0.05, 2.0), 0.01, False, False), 0.5, "parameter", "Temperature τ")
CHOSEN = Input("w", Real(), 0.5, "prediction", "Log-ratio of the chosen w")
REJECTED = Input("l", Real(), 1.0, "prediction", "Log-ratio of the rejected l")
BETA = Input("beta", Positive(), 0.1, "parameter", "Strength β")

_U, _V, _W, _X, _C = symbols("u v w x c")
_PYTORCH = "PyTorch documentation"


def point(name: str, x: float, y: float, said: str) -> tuple[Input, ...]:
    """Return the two inputs of a point of the plane."""
    return vector(name, Real(), (x, y), "prediction", f"{said} {name}")


TRIPLET = (*point("a", 0.0, 0.0, "Anchor"), *point("p", 1.0, 1.0, "Positive"), *point("n", -1.0, 0.5, "Negative"))
TWO = (*point("x", 1.0, 0.5, "Point"), *point("y", 0.0, 1.0, "Point"))


def infonce(negatives: int = NEGATIVES) -> Loss:
    """Return the InfoNCE loss of so many negatives: of them n1 has the entries n11 and n12.

    Raises
    ------
    ValueError
        If there is none.
    """
    if negatives < 1:
        raise ValueError(f"negatives must be at least 1; got {negatives}.")
    angles = [math.pi * (0.5 + k) / negatives + 0.5 for k in range(negatives)]
    around = (
        point(f"n{k}", round(2 * math.cos(angle), 2), round(2 * math.sin(angle), 2), "Negative")
        for k, angle in enumerate(angles, 1)
    )
    points = (*point("q", 2.0, 0.0, "Query"), *point("p", 1.5, -1.0, "Positive"), *(given for pair in around for given in pair))
    return Loss(
        "infonce", "InfoNCE", "pairs", (*points, TEMPERATURE), "q1", _infonce, _plain_infonce,
        about="Surprise at the positive among the negatives, by their cosines with the query over a temperature.",
        aliases=("NT-Xent", "contrastive predictive coding", "SimCLR loss", "NTXentLoss"),
        references=(
            "A. van den Oord et al. (2018), Representation Learning with Contrastive Predictive Coding, equation 4.",
            "T. Chen et al. (2020), A Simple Framework for Contrastive Learning (SimCLR), equation 1: with cosines.",
        ),
        unit="nats", variant=infonce,
    )  # fmt: skip


def _infonce(q: Point, p: Point, *rest: tuple[Expr, ...]) -> Mapping[str, Expr]:
    """With a step for each cosine, and for how far each negative's is above the positive's, over tau."""
    negatives, tau = rest[:-1], rest[-1]
    steps = {"c": _cosine(q, p)} | {f"c{k}": _cosine(q, n) for k, n in enumerate(negatives, 1)}
    gaps = {f"g{k}": (Symbol(f"c{k}") - _C) / tau for k in range(1, len(negatives) + 1)}
    return steps | gaps | {"L": logsumexp(0, *symbols(list(gaps)))}


def _plain_infonce(q: Point, p: Point, *rest: tuple[Expr, ...]) -> Expr:
    shares = [exp(_plain_cosine(q, other) / rest[-1]) for other in (p, *rest[:-1])]
    return -log(shares[0] / Add(*shares))


def _cosine(x: Point, y: Point) -> Expr:
    """That of the angle between two points seen from the origin, each brought to length 1 first."""
    return Add(*(a * b for a, b in zip(_unit(x), _unit(y), strict=True)))


def _unit(x: Point) -> Point:
    return direction(x[0], x[1]), direction(x[1], x[0])


def _plain_cosine(x: Point, y: Point) -> Expr:
    return (x[0] * y[0] + x[1] * y[1]) / (_length(x) * _length(y))


def _length(x: Point) -> Expr:
    return sqrt(x[0] ** 2 + x[1] ** 2)


def _apart(x: Point, y: Point) -> Expr:
    return norm(x[0] - y[0], x[1] - y[1])


def _plain_apart(x: Point, y: Point) -> Expr:
    return _length((x[0] - y[0], x[1] - y[1]))


def _triplet(a: Point, p: Point, n: Point) -> dict[str, Expr]:
    """Steps: how far the positive and the negative are from the anchor, and x = u - v.

    The last as (u**2 - v**2) / (u + v) with its bracket multiplied out, so that nothing cancels far from the origin.
    """
    squares = Add(*((n_k - p_k) * (2 * a_k - p_k - n_k) for a_k, p_k, n_k in zip(a, p, n, strict=True)))
    return {"u": _apart(a, p), "v": _apart(a, n), "w": _U + _V, "x": squares / (_W + same(_W, 0))}


def _plain_softplus(x: Expr) -> Expr:
    """ln(1 + e^x), with the larger term taken out: in digits too e^x is infinite at last."""
    return Piecewise((x + log(1 + exp(-x)), x > 0), (log(1 + exp(x)), True))


def _cosine_embedding(x: Point, y: Point, t: Expr, m: Expr) -> Mapping[str, Expr]:
    """Of alike points half the square between them at length 1, which is 1 - cos without its cancellation."""
    (x1, x2), (y1, y2) = _unit(x), _unit(y)
    alike = ((x1 - y1) ** 2 + (x2 - y2) ** 2) / 2
    return {"u": alike, "c": _cosine(x, y), "L": same(t, 1) * _U + same(t, -1) * relu(_C - m)}


LOSSES: tuple[Loss, ...] = (
    Loss(
        "ranknet", "RankNet", "pairs", (FIRST, SECOND), "y1",
        lambda y1, y2: softplus(y2 - y1), lambda y1, y2: -log(exp(y1) / (exp(y1) + exp(y2))),
        about="Surprise that the better one is ranked first, where the difference of the scores is the logit of that.",
        aliases=("BPR", "Bayesian personalized ranking", "pairwise logistic loss", "Bradley-Terry"),
        references=(
            "C. Burges et al. (2005), Learning to Rank Using Gradient Descent.",
            "S. Rendle et al. (2009), BPR: Bayesian Personalized Ranking from Implicit Feedback.",
        ),
        unit="nats",
    ),
    Loss(
        "margin_ranking", "Margin ranking loss", "pairs",
        (FIRST, SECOND, Input("t", Labels(), 1.0, "target", "Which is better t"), MARGIN), "y1",
        lambda y1, y2, t, m: relu(m - t * (y1 - y2)), lambda y1, y2, t, m: Max(0, -t * (y1 - y2) + m),
        about="Asks the better one's score, the first at t = 1 and the second at t = -1, to be ahead by a margin.",
        aliases=("MarginRankingLoss", "pairwise hinge loss", "ranking svm"),
        references=(f"{_PYTORCH}, MarginRankingLoss.",),
    ),
    Loss(
        "triplet", "Triplet loss", "pairs", (*TRIPLET, MARGIN), "a1",
        lambda a, p, n, m: _triplet(a, p, n) | {"L": relu(_X + m)},
        lambda a, p, n, m: Max(0, _plain_apart(a, p) - _plain_apart(a, n) + m),
        about="Asks the anchor to be nearer to the positive than to the negative by a margin, by distances, not their squares.",
        aliases=("TripletMarginLoss", "triplet margin loss", "FaceNet"),
        references=(
            f"{_PYTORCH}, TripletMarginLoss with p=2.",
            "F. Schroff, D. Kalenichenko and J. Philbin (2015), FaceNet, section 3.1 (with squared distances).",
        ),
    ),
    Loss(
        "triplet_soft_margin", "Triplet loss with a soft margin", "pairs", TRIPLET, "a1",
        lambda a, p, n: _triplet(a, p, n) | {"L": softplus(_X)},
        lambda a, p, n: _plain_softplus(_plain_apart(a, p) - _plain_apart(a, n)),
        written=lambda a, p, n: log(1 + exp(_plain_apart(a, p) - _plain_apart(a, n))),
        about="The triplet loss with softplus for the hinge: it never stops to pull and to push.",
        aliases=("soft margin triplet loss",),
        references=("A. Hermans, L. Beyer and B. Leibe (2017), In Defense of the Triplet Loss for Person Re-Identification.",),
    ),
    Loss(
        "contrastive", "Contrastive loss", "pairs",
        (*TWO, Input("t", Labels(0.0, 1.0), 1.0, "target", "Unlike t"),
         Input("m", Positive(), 2.0, "parameter", "Margin m")), "x1",
        lambda x, y, t, m: {"u": _apart(x, y), "L": (1 - t) * _U**2 / 2 + t * relu(m - _U) ** 2 / 2},
        lambda x, y, t, m: (1 - t) * _plain_apart(x, y) ** 2 / 2 + t * Max(0, m - _plain_apart(x, y)) ** 2 / 2,
        about="Pulls two alike points together (t = 0) and pushes two unlike ones apart as far as a margin (t = 1).",
        aliases=("ContrastiveLoss", "siamese loss", "pairwise contrastive"),
        references=("R. Hadsell, S. Chopra and Y. LeCun (2006), Dimensionality Reduction by Learning an Invariant Mapping.",),
    ),
    infonce(),
    Loss(
        "cosine_embedding", "Cosine embedding loss", "pairs",
        (*TWO, Input("t", Labels(), 1.0, "target", "Alike t"),
         Input("m", Domain(-1.0, 1.0, (-1.0, 1.0), 0.01, False, False), 0.0, "parameter", "Margin m")), "x1",
        _cosine_embedding,
        lambda x, y, t, m: Piecewise((1 - _plain_cosine(x, y), t > 0), (Max(0, _plain_cosine(x, y) - m), True)),
        about="Turns two alike points the same way (t = 1), and unlike ones apart until their cosine is a margin (t = -1).",
        aliases=("CosineEmbeddingLoss", "cosine similarity loss", "cosine distance"),
        references=(f"{_PYTORCH}, CosineEmbeddingLoss.",),
    ),
    Loss(
        "dpo", "Direct preference optimization", "pairs", (CHOSEN, REJECTED, BETA), "w",
        lambda w, lost, beta: softplus(-beta * (w - lost)), lambda w, lost, beta: _plain_softplus(beta * (lost - w)),
        written=lambda w, lost, beta: -log(sigmoid(beta * (w - lost))),
        about="Surprise at a preference, by how much likelier the policy makes each answer than the reference does.",
        aliases=("DPO", "DPOTrainer", "DPOLoss", "sigmoid preference loss"),
        references=("R. Rafailov et al. (2023), Direct Preference Optimization, equation 7.",),
        unit="nats",
    ),
    Loss(
        "ipo", "Identity preference optimization", "pairs", (CHOSEN, REJECTED, BETA), "w",
        lambda w, lost, beta: (w - lost - 1 / (2 * beta)) ** 2,
        lambda w, lost, beta: ((w - lost) - beta**-1 / 2) ** 2,
        about="Seeks a difference of the log-ratios of 1/(2 β), and no larger one; its source writes τ for β.",
        aliases=("IPO", "IPOLoss"),
        references=("M. G. Azar et al. (2023), A General Theoretical Paradigm to Understand Learning from Human Preferences.",),
    ),
    Loss(
        "ppo_clip", "PPO's clipped objective", "pairs",
        (Input("r", NonNegative(), 1.0, "prediction", "Ratio of the policies r"),
         Input("a", Real(), 1.0, "weight", "Advantage a"),
         Input("epsilon", Probability(), 0.2, "parameter", "Clipping ε")), "r",
        lambda r, a, epsilon: relu(-a) * maximum(r, 1 - epsilon) - relu(a) * minimum(r, 1 + epsilon),
        lambda r, a, epsilon: -Min(r * a, Min(Max(r, 1 - epsilon), 1 + epsilon) * a),
        about="The advantage that a new policy is credited with, its sign turned: no more credit beyond 1 + ε, or below 1 - ε.",
        aliases=("PPO", "proximal policy optimization", "clipped surrogate objective"),
        references=("J. Schulman et al. (2017), Proximal Policy Optimization Algorithms, equation 7.",),
    ),
)  # fmt: skip
