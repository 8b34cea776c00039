"""Losses of two that train against each other, by the discriminator's scores: d of a real example, g of a generated one.

Each has two entries: the discriminator's, with the generator's as step G, and the generator's alone.
"""

from __future__ import annotations

from sympy import Expr, Max, exp, log

from explorer.core.domains import Input, Logit, Real
from explorer.core.functions import relu, softplus
from explorer.core.losses.spec import Loss

D = Input("d", Logit(), 1.0, "prediction", "Score of a real example d")
G = Input("g", Logit(), -1.0, "prediction", "Score of a generated example g")
FAKE = Input("a", Real(), 0.0, "parameter", "Label of generated a")
TRUE = Input("b", Real(), 1.0, "parameter", "Label of real b")
SOUGHT = Input("c", Real(), 1.0, "parameter", "Label the generator seeks c")

_GOODFELLOW = "I. Goodfellow et al. (2014), Generative Adversarial Nets"
_MAO = "X. Mao et al. (2017), Least Squares Generative Adversarial Networks."
_LIM = "J. H. Lim and J. C. Ye (2017), Geometric GAN."
_ARJOVSKY = "M. Arjovsky, S. Chintala and L. Bottou (2017), Wasserstein GAN."


def _probability(score: Expr) -> Expr:
    """The discriminator's D; 1 - D is that of -score."""
    return 1 / (1 + exp(-score))


def _detects(d: Expr, g: Expr) -> Expr:
    return -log(_probability(d)) - log(_probability(-g))


LOSSES: tuple[Loss, ...] = (
    Loss(
        "gan_minimax", "Minimax GAN, discriminator", "adversarial", (D, G), "d",
        lambda d, g: {"G": -softplus(g), "L": softplus(-d) + softplus(g)}, _detects,
        about="Cross-entropy that calls d real and g generated; the generator seeks its opposite.",
        aliases=("gan loss", "saturating gan", "vanilla gan"),
        references=(f"{_GOODFELLOW}, equation 1.",),
    ),
    Loss(
        "gan_minimax_generator", "Minimax GAN, generator", "adversarial", (G,), "g",
        lambda g: -softplus(g), lambda g: log(_probability(-g)),
        about="The opposite of what the discriminator seeks; nearly flat where the discriminator is sure.",
        aliases=("saturating generator loss",),
        references=(f"{_GOODFELLOW}, equation 1.",),
    ),
    Loss(
        "gan_non_saturating", "Non-saturating GAN, discriminator", "adversarial", (D, G), "d",
        lambda d, g: {"G": softplus(-g), "L": softplus(-d) + softplus(g)}, _detects,
        about="The discriminator of the minimax GAN, with a generator that has a slope where it is found out.",
        aliases=("nsgan",),
        references=(f"{_GOODFELLOW}, section 3.",),
    ),
    Loss(
        "gan_non_saturating_generator", "Non-saturating GAN, generator", "adversarial", (G,), "g",
        lambda g: softplus(-g), lambda g: -log(_probability(g)),
        about="Surprise that a generated example is called real: steep where the discriminator is sure.",
        aliases=("nsgan generator", "modified generator loss"),
        references=(f"{_GOODFELLOW}, section 3.",),
    ),
    Loss(
        "gan_least_squares", "Least-squares GAN, discriminator", "adversarial", (D, G, FAKE, TRUE), "d",
        lambda d, g, a, b: {"G": (g - b) ** 2 / 2, "L": (d - b) ** 2 / 2 + (g - a) ** 2 / 2},
        lambda d, g, a, b: ((d - b) ** 2 + (g - a) ** 2) / 2,
        about="Half the squared distance of each score from its label.",
        aliases=("lsgan",),
        references=(_MAO,),
    ),
    Loss(
        "gan_least_squares_generator", "Least-squares GAN, generator", "adversarial", (G, SOUGHT), "g",
        lambda g, c: (g - c) ** 2 / 2, lambda g, c: g**2 / 2 - g * c + c**2 / 2,
        about="Half the squared distance of a generated example's score from the label that it should get.",
        aliases=("lsgan generator",),
        references=(_MAO,),
    ),
    Loss(
        "gan_hinge", "Hinge GAN, discriminator", "adversarial", (D, G), "d",
        lambda d, g: {"G": -g, "L": relu(1 - d) + relu(1 + g)}, lambda d, g: Max(0, 1 - d) + Max(0, 1 + g),
        about="Asks a score of at least 1 for a real example and of at most -1 for a generated one.",
        aliases=("geometric gan",),
        references=(_LIM,),
    ),
    Loss(
        "gan_hinge_generator", "Hinge GAN, generator", "adversarial", (G,), "g",
        lambda g: -g, lambda g: -(g + 1) + 1,
        about="The generated example's score, with its sign turned: the same slope everywhere.",
        aliases=("geometric gan generator",),
        references=(_LIM,),
    ),
    Loss(
        "gan_wasserstein", "Wasserstein GAN, critic", "adversarial", (D, G), "d",
        lambda d, g: {"G": -g, "L": g - d}, lambda d, g: -(d - g),
        about="By how much the generated example's score exceeds the real one's; the critic must be kept from growing.",
        aliases=("wgan", "critic loss", "earth mover"),
        references=(_ARJOVSKY,),
    ),
    Loss(
        "gan_wasserstein_generator", "Wasserstein GAN, generator", "adversarial", (G,), "g",
        lambda g: -g, lambda g: -(g + 1) + 1,
        about="The generated example's score, with its sign turned, as in the hinge GAN.",
        aliases=("wgan generator",),
        references=(_ARJOVSKY,),
    ),
)  # fmt: skip
