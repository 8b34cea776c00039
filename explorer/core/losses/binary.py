"""Losses of one of two classes: by probability p or logit z with target t in [0, 1], or by score y with label t of -1 or 1.

The logarithms of both probabilities are -softplus(-z) and -softplus(z), so that no logit is too far out.
"""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Expr, Heaviside, Max, Min, Piecewise, S, Symbol, atan, exp, log

from explorer.core import formulas
from explorer.core.domains import Between, Domain, Input, Labels, Logit, NonNegative, Positive, Probability, Real
from explorer.core.functions import (
    focal_surprise,
    logistic_loss,
    logsumexp,
    minimum,
    positive,
    power_surprise,
    relu,
    sigmoid,
    softplus,
)
from explorer.core.losses import numeric
from explorer.core.losses.spec import Loss

P = Input("p", Probability(), 0.2, "prediction", "Probability p")
Z = Input("z", Logit(), -1.5, "prediction", "Logit z")
T = Input("t", Probability(), 1.0, "target", "Target t")
CLASS = Input("t", Labels(0.0, 1.0), 1.0, "target", "Class t")
Y = Input("y", Real(), 0.5, "prediction", "Score y")
LABEL = Input("t", Labels(-1.0, 1.0), 1.0, "target", "Label t")
GAMMA = Input("gamma", NonNegative(), 2.0, "parameter", "Focus γ")


def smoothed(z: Expr, t: Expr, epsilon: Expr) -> Expr:
    """Binary cross-entropy at the target (1 - epsilon) t + epsilon / 2, each side by itself so that neither cancels."""
    ahead, back = (1 - epsilon) * t + epsilon / 2, (1 - epsilon) * (1 - t) + epsilon / 2
    return ahead * softplus(-z) + back * softplus(z)


def _smoothed(z: Expr, t: Expr, epsilon: Expr) -> Expr:
    target = (1 - epsilon) * t + epsilon / 2
    return target * log(1 + exp(-z)) + (1 - target) * log(1 + exp(z))


def focal(z: Expr, t: Expr, alpha: Expr, gamma: Expr) -> Mapping[str, Expr]:
    """Class 1 costs alpha (1 - p)**gamma (-ln p), class 0 the mirror image; a is -ln p, and b is -ln(1 - p)."""
    a, b = Symbol("a"), Symbol("b")
    ahead, back = a * exp(-gamma * b), b * exp(-gamma * a)
    return {"a": softplus(-z), "b": softplus(z), "L": alpha * t * ahead + (1 - alpha) * (1 - t) * back}


def _focal(z: Expr, t: Expr, alpha: Expr, gamma: Expr) -> Expr:
    p, q = sigmoid(z), sigmoid(-z)
    return -alpha * t * q**gamma * log(p) - (1 - alpha) * (1 - t) * p**gamma * log(q)


def asymmetric(z: Expr, t: Expr, gamma_positive: Expr, gamma_negative: Expr, margin: Expr) -> Mapping[str, Expr]:
    """As focal, with a focus for each class, and a probability of class 0 that margin is taken from.

    a is -ln p and b is -ln(1 - p); h is -ln(1 - p + margin), which counts where it is above 0.
    """
    a, b, h = Symbol("a"), Symbol("b"), Symbol("h")
    return {
        "a": softplus(-z),
        "b": softplus(z),
        "h": -logsumexp(-b, log(margin)),
        "L": t * a * exp(-gamma_positive * b) + focal_surprise((1 - t) * positive(h), h, gamma_negative),
    }


def _asymmetric(z: Expr, t: Expr, gamma_positive: Expr, gamma_negative: Expr, margin: Expr) -> Expr:
    p = sigmoid(z)
    shifted = Max(0, p - margin)
    ahead = -(sigmoid(-z) ** gamma_positive) * log(p)
    return t * ahead - (1 - t) * shifted**gamma_negative * log(Min(1, sigmoid(-z) + margin))


def modified_huber(y: Expr, t: Expr) -> Mapping[str, Expr]:
    """q (2 h - q) with h = max(0, 1 - t y) and q = min(h, 2): its square as far as 2, and a line beyond."""
    h, q = Symbol("h"), Symbol("q")
    return {"h": relu(1 - t * y), "q": minimum(h, 2), "L": q * (2 * h - q)}


def generalized(p: Expr, t: Expr, q: Expr) -> Mapping[str, Expr]:
    """(1 - u**q) / q with u the probability of the class that happened."""
    return {"u": t * p + (1 - t) * (1 - p), "L": power_surprise(S.One, Symbol("u"), q)}


def poly1(z: Expr, t: Expr, epsilon: Expr) -> Expr:
    """Binary cross-entropy, and epsilon times the probability that misses the target."""
    return logistic_loss(t, z) + epsilon * (t * sigmoid(-z) + (1 - t) * sigmoid(z))


LOSSES: tuple[Loss, ...] = (
    Loss(
        "binary_cross_entropy", "Binary cross-entropy", "binary", (P, T), "p",
        lambda p, t: formulas.binary_cross_entropy(), lambda p, t: -t * log(p) - (1 - t) * log(1 - p),
        about="The surprise at what happened: least on average for the true probability.",
        aliases=("log loss", "BCELoss", "bce", "logistic", "cross entropy of two classes"),
        references=("C. M. Bishop (2006), Pattern Recognition and Machine Learning, equation 4.90.",),
        numeric=numeric.binary_cross_entropy, numeric_gradient=numeric.binary_cross_entropy_gradient,
        unit="nats",
    ),
    Loss(
        "binary_cross_entropy_with_logits", "Binary cross-entropy of a logit", "binary", (Z, T), "z",
        lambda z, t: formulas.binary_cross_entropy_with_logits(),
        lambda z, t: t * log(1 + exp(-z)) + (1 - t) * log(1 + exp(z)),
        about="Binary cross-entropy by logit, exact where the probability rounds to 0 or 1.",
        aliases=("BCEWithLogitsLoss", "sigmoid_binary_cross_entropy", "logistic loss", "log loss from logits"),
        references=("C. M. Bishop (2006), Pattern Recognition and Machine Learning, equation 4.90.",),
        numeric=numeric.binary_cross_entropy_with_logits,
        numeric_gradient=numeric.binary_cross_entropy_with_logits_gradient,
        unit="nats",
    ),
    Loss(
        "weighted_binary_cross_entropy", "Binary cross-entropy with a positive weight", "binary",
        (Z, T, Input("w", Positive(), 3.0, "parameter", "Positive weight w")), "z",
        lambda z, t, w: w * t * softplus(-z) + (1 - t) * softplus(z),
        lambda z, t, w: -w * t * log(sigmoid(z)) - (1 - t) * log(sigmoid(-z)),
        about="For rare positives: one that is missed costs w times as much as a false alarm.",
        aliases=("pos_weight", "weighted cross entropy", "balanced cross entropy", "scale_pos_weight"),
        references=("PyTorch documentation, BCEWithLogitsLoss, pos_weight.",),
        unit="nats",
    ),
    Loss(
        "smoothed_binary_cross_entropy", "Binary cross-entropy with label smoothing", "binary",
        (Z, T, Input("epsilon", Between(0.0, 1.0, (0.0, 0.5), open_low=False), 0.1, "parameter", "Smoothing ε")), "z",
        smoothed, _smoothed,
        about="Cross-entropy at a target moved towards 1/2, so that no logit need grow without end.",
        aliases=("label smoothing", "label_smoothing", "soft labels"),
        references=(
            "Keras documentation, BinaryCrossentropy, label_smoothing.",
            "C. Szegedy et al. (2016), Rethinking the Inception Architecture for Computer Vision, section 7.",
        ),
        unit="nats",
    ),
    Loss(
        "focal", "Focal loss", "binary",
        (Z, CLASS, Input("alpha", Probability(), 0.25, "parameter", "Share of class 1, α"), GAMMA), "z",
        focal, _focal,
        about="For many easy examples: what is predicted well already counts less, the more so the larger γ.",
        aliases=("sigmoid_focal_loss", "BinaryFocalCrossentropy", "RetinaNet loss", "alpha balanced focal"),
        references=("T.-Y. Lin et al. (2017), Focal Loss for Dense Object Detection, equation 5.",),
        unit="nats",
    ),
    Loss(
        "asymmetric", "Asymmetric loss", "binary",
        (
            Z, CLASS,
            Input("gamma_positive", NonNegative(), 1.0, "parameter", "Focus of positives γ₊"),
            Input("gamma_negative", NonNegative(), 4.0, "parameter", "Focus of negatives γ₋"),
            Input("margin", Between(0.0, 1.0, (0.0, 0.5), open_low=False), 0.05, "parameter", "Margin m"),
        ), "z",
        asymmetric, _asymmetric,
        about="For many labels at once: easy negatives count less than easy positives, and the easiest not at all.",
        aliases=("asl", "AsymmetricLossMultiLabel", "multi label focal"),
        references=("T. Ridnik et al. (2021), Asymmetric Loss For Multi-Label Classification, equations 4 to 7.",),
        unit="nats",
    ),
    Loss(
        "hinge", "Hinge loss", "binary", (Y, LABEL), "y",
        lambda y, t: relu(1 - t * y), lambda y, t: Max(0, 1 - t * y),
        about="The loss of support vector machines: what is right by a margin of 1 costs nothing.",
        aliases=("svm", "max margin", "HingeEmbedding of scores"),
        references=("S. Shalev-Shwartz and S. Ben-David (2014), Understanding Machine Learning, section 15.2.3.",),
    ),
    Loss(
        "squared_hinge", "Squared hinge loss", "binary", (Y, LABEL), "y",
        lambda y, t: relu(1 - t * y) ** 2, lambda y, t: Max(0, 1 - t * y) ** 2,
        about="The hinge without a corner; a margin missed by much counts by its square.",
        aliases=("l2 svm", "hinge squared", "LinearSVC"),
        references=("scikit-learn documentation, LinearSVC, loss='squared_hinge'.",),
    ),
    Loss(
        "modified_huber", "Modified Huber loss", "binary", (Y, LABEL), "y",
        modified_huber, lambda y, t: Piecewise((Max(0, 1 - t * y) ** 2, t * y >= -1), (-4 * t * y, True)),
        about="The squared hinge as far as a margin of -1, and a line beyond: outliers count less, probabilities follow.",
        aliases=("SGDClassifier modified_huber", "huber for classification"),
        references=("scikit-learn documentation, plot of the loss functions of SGDClassifier.",),
    ),
    Loss(
        "exponential", "Exponential loss", "binary", (Y, LABEL), "y",
        lambda y, t: exp(-t * y),
        about="The loss of AdaBoost: the weight that boosting gives an example.",
        aliases=("adaboost", "boosting loss"),
        references=("T. Hastie, R. Tibshirani and J. Friedman (2009), The Elements of Statistical Learning, equation 10.8.",),
    ),
    Loss(
        "savage", "Savage loss", "binary", (Y, LABEL), "y",
        lambda y, t: sigmoid(-t * y) ** 2, lambda y, t: 1 / (1 + exp(t * y)) ** 2,
        about="The square of the probability that misses the label: at most 1, so that a wrong label does little harm.",
        aliases=("SavageBoost",),
        references=(
            "H. Masnadi-Shirazi and N. Vasconcelos (2008), On the Design of Loss Functions for Classification.",
        ),
    ),
    Loss(
        "tangent", "Tangent loss", "binary", (Y, LABEL), "y",
        lambda y, t: (2 * atan(t * y) - 1) ** 2,
        about="Bounded on both sides: an example that is right by too much costs something too.",
        aliases=("TangentBoost",),
        references=("H. Masnadi-Shirazi et al. (2010), On the Design of Robust Classifiers for Computer Vision.",),
    ),
    Loss(
        "ramp", "Ramp loss", "binary", (Y, LABEL), "y",
        lambda y, t: minimum(relu(1 - t * y), 1), lambda y, t: Min(1, Max(0, 1 - t * y)),
        about="The hinge cut off at 1: a wrong label costs no more than any other error.",
        aliases=("truncated hinge", "clipped hinge"),
        references=("S. Shalev-Shwartz and S. Ben-David (2014), Understanding Machine Learning, section 15.2.3.",),
    ),
    Loss(
        "zero_one", "Zero-one loss", "binary", (Y, LABEL), "y",
        lambda y, t: 1 - positive(t * y), lambda y, t: 1 - Heaviside(t * y, 0),
        about="1 for an error, else 0; a score of 0 counts as an error. Its slope is 0, so nothing learns by it.",
        aliases=("0-1", "misclassification", "accuracy", "error rate"),
        references=("S. Shalev-Shwartz and S. Ben-David (2014), Understanding Machine Learning, section 15.2.3.",),
    ),
    Loss(
        "brier", "Brier score", "binary", (P, T), "p",
        lambda p, t: (p - t) ** 2,
        about="The squared error of a probability: least on average for the true one, and never above 1.",
        aliases=("brier_score_loss", "quadratic score", "squared error of probability"),
        references=("scikit-learn documentation, brier_score_loss (one term of its mean).",),
    ),
    Loss(
        "generalized_cross_entropy", "Generalized cross-entropy", "binary",
        (P, CLASS, Input("q", Between(0.0, 1.0, (0.01, 1.0), open_high=False), 0.7, "parameter", "Exponent q")), "p",
        generalized, lambda p, t, q: t * (1 - p**q) / q + (1 - t) * (1 - (1 - p) ** q) / q,
        about="Between cross-entropy (q towards 0) and the absolute error (q = 1): for labels that may be wrong.",
        aliases=("gce", "generalised cross-entropy", "lq loss", "noisy labels"),
        references=("Z. Zhang and M. R. Sabuncu (2018), Generalized Cross Entropy Loss for Training Deep Neural Networks "
                    "with Noisy Labels, section 3.2.",),
    ),
    Loss(
        "poly1", "Poly-1 loss", "binary",
        (Z, T, Input("epsilon", Domain(-1.0, shown=(-1.0, 5.0), open_low=False), 2.0, "parameter", "Weight ε")), "z",
        poly1,
        lambda z, t, epsilon: (t * (log(1 + exp(-z)) + epsilon * sigmoid(-z))
                               + (1 - t) * (log(1 + exp(z)) + epsilon * sigmoid(z))),
        about="Cross-entropy with another weight for its first term in 1 - p.",
        aliases=("polyloss", "poly_loss_cross_entropy", "poly 1 cross entropy"),
        references=("Z. Leng et al. (2022), PolyLoss: A Polynomial Expansion Perspective of Classification Loss Functions.",),
    ),
)  # fmt: skip
