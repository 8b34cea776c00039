"""Every function of a library that computes a loss of ours, as source text that is run as it is recorded.

To add one: list it in CALLS. In the text stand the inputs of the loss's definition, and vectors of them (z of z1, z2 ...).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Call:
    """One library's way to a loss: ours = times * theirs + plus.

    Attributes
    ----------
    loss : str
        A name of DEFINITIONS.
    source : str
        What is evaluated; of `sklearn._loss`, XGBoost and LightGBM the objective itself, which `libraries` runs.
    note : str
        One sentence: what differs, or goes by another name.
    times, plus : str
        Expressions in the inputs and the functions of math.
    target, raw : str
        What an objective takes for label and for prediction: expressions in the inputs.
    where : str
        At which points it may be asked; elsewhere a library would answer another question.
    """

    loss: str
    source: str
    note: str = ""
    times: str = "1"
    plus: str = "0"
    target: str = "t"
    raw: str = "y"
    where: str = "True"

    @property
    def library(self) -> str:
        """The name of the library's module."""
        return self.source.removeprefix("-").removeprefix("1 + ").split(".")[0]


_F = "torch.nn.functional"
_HALF = "Half of ours."
_ZERO_ONE = "Takes labels 0 and 1 for -1 and 1."
_LOG_RATE = "Takes ln y; its gradient is divided by y here."
_METRIC = "The metric alone; no gradient."
_OWN_SLOPE = "The gradient that one boosting step uses, and its hessian."
_SINGLE = "Takes its mean in float32."
_STUDENT = "lgamma((nu + 1) / 2) - lgamma(nu / 2) - log(nu * pi) / 2"
_EPSILON = "Clips p to [1e-7, 1 - 1e-7]."
_STIRLING = "Adds ln t!, exact where Stirling's formula only nears it."


def _metric(text: str) -> str:
    return f"sklearn.metrics.{text}"


REGRESSION = (
    Call("squared_error", f"{_F}.mse_loss(y, t, reduction='none')"),
    Call("squared_error", "optax.losses.squared_error(y, t)"),
    Call("squared_error", "optax.losses.l2_loss(y, t)", _HALF, "2"),
    Call("squared_error", "keras.losses.mean_squared_error(t[None], y[None])", _SINGLE),
    Call("squared_error", _metric("mean_squared_error([t], [y])"), _METRIC),
    Call("squared_error", "sklearn._loss.HalfSquaredError()", _HALF, "2"),
    Call("squared_error", "xgboost.reg:squarederror()", f"{_HALF} {_OWN_SLOPE}", "2"),
    Call("squared_error", "lightgbm.regression()", f"{_HALF} {_OWN_SLOPE} Its metric l2 is twice that loss.", "2"),
    Call("squared_error", "lightgbm.metric.l2()", "The metric l2 is ours, the objective's gradient half of it."),
    Call("absolute_error", f"{_F}.l1_loss(y, t, reduction='none')"),
    Call("absolute_error", "jax.numpy.abs(y - t)", "optax has none of its own."),
    Call("absolute_error", "keras.losses.mean_absolute_error(t[None], y[None])", _SINGLE),
    Call("absolute_error", _metric("mean_absolute_error([t], [y])"), _METRIC),
    Call("absolute_error", "sklearn._loss.AbsoluteError()", "Its slope at the kink is -1."),
    Call("absolute_error", "xgboost.reg:absoluteerror()", f"{_OWN_SLOPE} Leaves are medians afterwards."),
    Call("huber", f"{_F}.huber_loss(y, t, reduction='none', delta=delta)"),
    Call(
        "huber",
        f"{_F}.smooth_l1_loss(y, t, reduction='none', beta=delta)",
        "Ours divided by delta, which it calls beta.",
        "delta",
    ),
    Call("huber", "optax.losses.huber_loss(y, t, delta=delta)"),
    Call("huber", "keras.losses.huber(t[None], y[None], delta=delta)", _SINGLE),
    Call("huber", "sklearn._loss.HuberLoss(delta=delta)"),
    Call("huber", "lightgbm.huber(alpha=delta)", f"Delta is called alpha. {_OWN_SLOPE}"),
    Call("huber", "lightgbm.metric.huber(alpha=delta)", "Delta is called alpha."),
    Call("pseudo_huber", "xgboost.reg:pseudohubererror(huber_slope=delta)", f"Delta is called huber_slope. {_OWN_SLOPE}"),
    Call("pseudo_huber", "xgboost.metric.reg:pseudohubererror.mphe(huber_slope=delta)", "Delta is called huber_slope."),
    Call("log_cosh", "optax.losses.log_cosh(y, t)"),
    Call("log_cosh", "keras.losses.log_cosh(t[None], y[None])", _SINGLE),
    Call("quantile", _metric("mean_pinball_loss([t], [y], alpha=tau)"), "Tau is called alpha: it weighs targets above y."),
    Call("quantile", "sklearn._loss.PinballLoss(quantile=tau)", "Its slope at the kink is -tau."),
    Call("quantile", "xgboost.reg:quantileerror(quantile_alpha=tau)", f"Tau is called quantile_alpha. {_OWN_SLOPE}"),
    Call("quantile", "xgboost.metric.reg:quantileerror.quantile(quantile_alpha=tau)", "Tau is called quantile_alpha."),
    Call("quantile", "lightgbm.metric.quantile(alpha=tau)", "Tau is called alpha."),
    Call("epsilon_insensitive", "sklearn.linear_model._sgd_fast.EpsilonInsensitive(epsilon)"),
    Call(
        "squared_log_error",
        "keras.losses.mean_squared_logarithmic_error(t[None], y[None])",
        f"Takes y and t below 1e-7 for 1e-7. {_SINGLE}",
    ),
    Call("squared_log_error", _metric("mean_squared_log_error([t], [y])"), _METRIC),
    Call("squared_log_error", "xgboost.reg:squaredlogerror()", f"{_HALF} {_OWN_SLOPE}", "2"),
    Call(
        "percentage_error",
        "keras.losses.mean_absolute_percentage_error(t[None], y[None])",
        f"In percent, of |t| or 1e-7, whichever is more. {_SINGLE}",
        "0.01",
    ),
    Call("percentage_error", _metric("mean_absolute_percentage_error([t], [y])"), _METRIC),
    Call("percentage_error", "lightgbm.metric.mape()", "Divides by |t| or 1, whichever is more."),
    Call("poisson", f"{_F}.poisson_nll_loss(y, t, log_input=False, reduction='none')", "Takes ln(y + 1e-8)."),
    Call(
        "poisson",
        f"{_F}.poisson_nll_loss(y, t, log_input=False, full=True, reduction='none')",
        "Takes ln(y + 1e-8); for t > 1 adds Stirling's t ln t - t + ln(2 pi t)/2 for ln t!.",
        plus="-(t * log(t) - t + log(2 * pi * t) / 2) if t > 1 else 0",
    ),
    Call("poisson", "keras.losses.poisson(t[None], y[None])", f"Takes ln(y + 1e-7). {_SINGLE}"),
    Call(
        "poisson",
        _metric("mean_poisson_deviance([t], [y])"),
        "The deviance: twice what is above the least loss, t - t ln t.",
        "0.5",
        "t - t * log(t) if t > 0 else 0",
    ),
    Call("poisson", "lightgbm.metric.poisson()", "Takes no ln of less than 1e-10.", raw="log(y)"),
    Call("poisson", "xgboost.metric.count:poisson.poisson-nloglik()", _STIRLING, plus="-lgamma(t + 1)", raw="log(y)"),
    Call("poisson_with_log_rate", f"{_F}.poisson_nll_loss(z, t, reduction='none')"),
    Call(
        "poisson_with_log_rate",
        f"{_F}.poisson_nll_loss(z, t, full=True, reduction='none')",
        "For t > 1 adds Stirling's t ln t - t + ln(2 pi t)/2 for ln t!.",
        plus="-(t * log(t) - t + log(2 * pi * t) / 2) if t > 1 else 0",
    ),
    Call("poisson_with_log_rate", "sklearn._loss.HalfPoissonLoss()", "Half the deviance, its constant left out.", raw="z"),
    Call(
        "poisson_with_log_rate",
        "xgboost.count:poisson()",
        f"{_OWN_SLOPE} The hessian is e^0.7 times that of the loss.",
        raw="z",
    ),
    Call("poisson_with_log_rate", "lightgbm.poisson()", f"{_OWN_SLOPE} The hessian is e^0.7 times that of the loss.", raw="z"),
    Call(
        "gamma",
        _metric("mean_gamma_deviance([t], [y])"),
        "The deviance: twice what is above the least loss, 1 + ln t.",
        "0.5",
        "1 + log(t)",
    ),
    Call("gamma", "sklearn._loss.HalfGammaLoss()", f"{_LOG_RATE} Half the deviance, its constant left out.", raw="log(y)"),
    Call("gamma", "xgboost.reg:gamma()", f"{_LOG_RATE} {_OWN_SLOPE}", raw="log(y)"),
    Call("gamma", "lightgbm.gamma()", f"{_LOG_RATE} {_OWN_SLOPE}", raw="log(y)"),
    Call(
        "gamma",
        "lightgbm.metric.gamma()",
        "Off by some 1e-9: it adds ln t in float32 and subtracts it in float64.",
        raw="log(y)",
    ),
    Call("gamma", "xgboost.metric.reg:gamma.gamma-nloglik()", raw="log(y)"),
    Call(
        "tweedie",
        _metric("mean_tweedie_deviance([t], [y], power=rho)"),
        "The deviance: twice what is above the least loss.",
        "0.5",
        "-t ** (2 - rho) / ((1 - rho) * (2 - rho))",
    ),
    Call(
        "tweedie",
        "sklearn._loss.HalfTweedieLoss(power=rho)",
        f"{_LOG_RATE} Rho is called power; half the deviance.",
        raw="log(y)",
    ),
    Call("tweedie", "xgboost.reg:tweedie(tweedie_variance_power=rho)", f"{_LOG_RATE} {_OWN_SLOPE}", raw="log(y)"),
    Call("tweedie", "lightgbm.tweedie(tweedie_variance_power=rho)", f"{_LOG_RATE} {_OWN_SLOPE}", raw="log(y)"),
    Call("tweedie", "lightgbm.metric.tweedie(tweedie_variance_power=rho)", raw="log(y)"),
    Call(
        "gaussian", f"{_F}.gaussian_nll_loss(y, t, v, reduction='none')", "Leaves out ln(2 pi)/2; takes v below 1e-6 for 1e-6."
    ),
    Call(
        "gaussian",
        f"{_F}.gaussian_nll_loss(y, t, v, full=True, reduction='none')",
        "Adds ln(2 pi)/2; takes v below 1e-6 for 1e-6.",
        plus="-log(2 * pi) / 2",
    ),
    Call("gaussian", "-torch.distributions.Normal(y, v.sqrt()).log_prob(t)", "Adds ln(2 pi)/2.", plus="-log(2 * pi) / 2"),
    Call("gaussian", "-jax.scipy.stats.norm.logpdf(t, y, jax.numpy.sqrt(v))", "Adds ln(2 pi)/2.", plus="-log(2 * pi) / 2"),
    Call("laplace", "-torch.distributions.Laplace(y, b).log_prob(t)"),
    Call("laplace", "-jax.scipy.stats.laplace.logpdf(t, y, b)"),
    Call("student_t", "-torch.distributions.StudentT(nu, y, s).log_prob(t)", "Adds what makes its integral 1.", plus=_STUDENT),
    Call("student_t", "-jax.scipy.stats.t.logpdf(t, nu, y, s)", "Adds what makes its integral 1.", plus=_STUDENT),
)

BINARY = (
    Call(
        "binary_cross_entropy",
        f"{_F}.binary_cross_entropy(p, t, reduction='none')",
        "No ln below -100; divides the gradient by at least 1e-12.",
    ),
    Call("binary_cross_entropy", "keras.losses.binary_crossentropy(t[None], p[None])", f"{_EPSILON} {_SINGLE}"),
    Call(
        "binary_cross_entropy",
        "optax.losses.sigmoid_binary_cross_entropy(jax.numpy.log(p) - jax.numpy.log1p(-p), t)",
        "Takes logits: given here as ln(p / (1 - p)).",
    ),
    Call(
        "binary_cross_entropy",
        _metric("log_loss([int(t)], [p], labels=[0, 1])"),
        "Clips p to the dtype's spacing at 1; labels 0 or 1 only.",
        where="t in (0, 1)",
    ),
    Call("binary_cross_entropy_with_logits", f"{_F}.binary_cross_entropy_with_logits(z, t, reduction='none')"),
    Call(
        "binary_cross_entropy_with_logits",
        f"{_F}.soft_margin_loss(z, 2 * t - 1, reduction='none')",
        "Takes labels -1 and 1 for 0 and 1; overflows for a large wrong logit.",
        where="t in (0, 1)",
    ),
    Call("binary_cross_entropy_with_logits", "optax.losses.sigmoid_binary_cross_entropy(z, t)"),
    Call("binary_cross_entropy_with_logits", "keras.losses.binary_crossentropy(t[None], z[None], from_logits=True)", _SINGLE),
    Call("binary_cross_entropy_with_logits", "sklearn._loss.HalfBinomialLoss()", raw="z"),
    Call("binary_cross_entropy_with_logits", "xgboost.binary:logistic()", _OWN_SLOPE, raw="z"),
    Call(
        "binary_cross_entropy_with_logits",
        "lightgbm.binary()",
        f"{_OWN_SLOPE} Labels 0 or 1 only.",
        raw="z",
        where="t in (0, 1)",
    ),
    Call("binary_cross_entropy_with_logits", "lightgbm.cross_entropy()", _OWN_SLOPE, raw="z"),
    Call(
        "weighted_binary_cross_entropy",
        f"{_F}.binary_cross_entropy_with_logits(z, t, pos_weight=w, reduction='none')",
        "w is called pos_weight.",
    ),
    Call(
        "weighted_binary_cross_entropy",
        "xgboost.binary:logistic(scale_pos_weight=w)",
        f"w is called scale_pos_weight, and counts only where t is 1. {_OWN_SLOPE}",
        raw="z",
    ),
    Call(
        "weighted_binary_cross_entropy",
        "lightgbm.binary(scale_pos_weight=w)",
        f"w is called scale_pos_weight; labels 0 or 1 only. {_OWN_SLOPE}",
        raw="z",
        where="t in (0, 1)",
    ),
    Call(
        "smoothed_binary_cross_entropy",
        "keras.losses.binary_crossentropy(t[None], z[None], from_logits=True, label_smoothing=epsilon)",
        _SINGLE,
    ),
    Call(
        "smoothed_binary_cross_entropy",
        "optax.losses.sigmoid_binary_cross_entropy(z, optax.losses.smooth_labels(jax.numpy.stack([1 - t, t]), epsilon)[1])",
        "Its smooth_labels moves epsilon over the 2 classes, so that t becomes (1 - epsilon) t + epsilon / 2.",
    ),
    Call(
        "focal",
        "torchvision.ops.sigmoid_focal_loss(z, t, alpha=alpha, gamma=gamma)",
        "Of a soft target the factors, too, are those of a mixture.",
    ),
    Call(
        "focal",
        "optax.losses.sigmoid_focal_loss(z, t, alpha=alpha, gamma=gamma)",
        "Without alpha it does not weigh; of a soft target the factors, too, are those of a mixture.",
    ),
    Call(
        "focal",
        "keras.losses.binary_focal_crossentropy("
        "t[None], z[None], apply_class_balancing=True, alpha=alpha, gamma=gamma, from_logits=True)",
        f"Without apply_class_balancing alpha does not count; clips the probability to [1e-7, 1 - 1e-7]. {_SINGLE}",
    ),
    Call(
        "focal",
        "keras.losses.binary_focal_crossentropy(t[None], z[None], gamma=gamma, from_logits=True)",
        f"Balances nothing unless apply_class_balancing is set; clips the probability to [1e-7, 1 - 1e-7]. {_SINGLE}",
        times="alpha * t + (1 - alpha) * (1 - t)",
    ),
    Call("hinge", "keras.losses.hinge(t[None], y[None])", _SINGLE),
    Call("hinge", "optax.losses.hinge_loss(y, t)"),
    Call(
        "hinge",
        _metric("hinge_loss([t, -t], [y, -t * 2])"),
        "The metric alone, a mean: of two examples here, the other's loss 0.",
        "2",
    ),
    Call("hinge", "sklearn.linear_model._sgd_fast.Hinge()"),
    Call("hinge", "xgboost.binary:hinge()", f"{_ZERO_ONE} {_OWN_SLOPE}", target="(1 + t) / 2"),
    Call("squared_hinge", "keras.losses.squared_hinge(t[None], y[None])", _SINGLE),
    Call("squared_hinge", "sklearn.linear_model._sgd_fast.SquaredHinge()"),
    Call("modified_huber", "sklearn.linear_model._sgd_fast.ModifiedHuber()"),
    Call("exponential", "sklearn._loss.ExponentialLoss()", _ZERO_ONE, target="(1 + t) / 2"),
    Call(
        "brier",
        _metric("brier_score_loss([t, 1 - t], [p, 1 - p], scale_by_half=True)"),
        "Labels 0 or 1 only. Without scale_by_half twice that, where there are more than 2 classes.",
        where="t in (0, 1)",
    ),
    Call(
        "generalized_cross_entropy",
        "keras.losses.categorical_generalized_cross_entropy(t[None], jax.numpy.stack([1 - p, p])[None], q)[0]",
        "Takes an index and the probabilities of every class.",
    ),
    Call(
        "poly1",
        "optax.losses.poly_loss_cross_entropy(jax.numpy.stack([0 * z, z]), jax.numpy.stack([1 - t, t]), epsilon=epsilon)",
        "Takes logits and targets of every class: 0 and z here.",
    ),
)

CLASSES = (
    Call("cross_entropy", "keras.losses.categorical_crossentropy(t, p)", f"Divides p by its sum. {_EPSILON}"),
    Call(
        "cross_entropy",
        f"{_F}.nll_loss(torch.log(p)[None], torch.argmax(t)[None])",
        "Takes ln p and an index.",
        where="max(t) == 1",
    ),
    Call(
        "cross_entropy",
        _metric("log_loss([int(numpy.argmax(t))], [p], labels=[0, 1, 2])"),
        "Clips p to the dtype's spacing at 1; takes an index.",
        where="max(t) == 1",
    ),
    Call("cross_entropy_with_logits", f"{_F}.cross_entropy(z[None], t[None])"),
    Call("cross_entropy_with_logits", "optax.losses.softmax_cross_entropy(z, t)"),
    Call("cross_entropy_with_logits", "keras.losses.categorical_crossentropy(t, z, from_logits=True)"),
    Call(
        "cross_entropy_with_logits",
        "sklearn._loss.HalfMultinomialLoss(n_classes=3)",
        "Takes an index.",
        target="index",
        raw="z",
        where="max(t) == 1",
    ),
    Call(
        "cross_entropy_with_logits",
        "xgboost.multi:softprob(num_class=3)",
        f"Takes an index. {_OWN_SLOPE} The hessian is 2 p (1 - p): twice that of the loss.",
        target="index",
        raw="z",
        where="max(t) == 1",
    ),
    Call(
        "cross_entropy_with_logits",
        "lightgbm.multiclass(num_class=3)",
        f"Takes an index. {_OWN_SLOPE} The hessian is K/(K - 1) p (1 - p).",
        target="index",
        raw="z",
        where="max(t) == 1",
    ),
    Call(
        "cross_entropy_with_logits smoothing=true",
        f"{_F}.cross_entropy(z[None], t[None], label_smoothing=epsilon)",
        "Epsilon is called label_smoothing, and is shared by all K classes.",
    ),
    Call(
        "cross_entropy_with_logits smoothing=true",
        "optax.losses.softmax_cross_entropy(z, optax.losses.smooth_labels(t, epsilon))",
        "Epsilon is called alpha, and is shared by all K classes.",
    ),
    Call(
        "cross_entropy_with_logits smoothing=true",
        "keras.losses.categorical_crossentropy(t, z, from_logits=True, label_smoothing=epsilon)",
        "Epsilon is called label_smoothing, and is shared by all K classes.",
    ),
    Call(
        "cross_entropy_with_logits weights=true",
        f"{_F}.cross_entropy(z[None], t[None], weight=w, reduction='sum')",
        "The mean of indices divides by the weights, not by their number.",
    ),
    Call(
        "kullback_leibler",
        f"{_F}.kl_div(torch.log(p)[None], t[None], reduction='mean')",
        "The mean of the entries: a third of the loss here.",
        "3",
    ),
    Call("kullback_leibler", f"{_F}.kl_div(torch.log(p)[None], t[None], reduction='batchmean')", "Takes ln p first, then t."),
    Call("kullback_leibler", "keras.losses.kl_divergence(t, p)", "Takes t first; clips both to [1e-7, 1]."),
    Call("kullback_leibler", "optax.losses.kl_divergence(jax.numpy.log(p), t)", "Takes ln p first, then t."),
    Call(
        "multiclass_hinge",
        f"{_F}.multi_margin_loss(z[None], t[None].long())",
        "Adds the hinges of all wrong classes and divides by K: another loss.",
    ),
    Call("multiclass_hinge", "optax.losses.multiclass_hinge_loss(z, t.astype('int32'))"),
    Call(
        "multiclass_hinge",
        "keras.losses.categorical_hinge(jax.nn.one_hot(t, 3), z)",
        "Takes one-hot targets; the best wrong score counts as at least 0.",
    ),
)

PAIRS = (
    Call(
        "ranknet",
        f"{_F}.soft_margin_loss(y1 - y2, torch.ones_like(y1), reduction='none')",
        "Takes the difference and the label 1.",
    ),
    Call("ranknet", f"-{_F}.logsigmoid(y1 - y2)", "Takes the difference."),
    Call("ranknet", "-jax.nn.log_sigmoid(y1 - y2)", "Takes the difference."),
    Call(
        "margin_ranking",
        f"{_F}.margin_ranking_loss(y1, y2, t, margin=m, reduction='none')",
        "m is called margin, 0 unless given.",
    ),
    Call(
        "triplet", f"{_F}.triplet_margin_loss(a[None], p[None], n[None], margin=m)", "Adds 1e-6 to each entry of a difference."
    ),
    Call("triplet", "optax.losses.triplet_margin_loss(a, p, n, margin=m)", "Adds 1e-6 to each squared distance."),
    Call(
        "infonce negatives=2",
        f"{_F}.cross_entropy({_F}.cosine_similarity(q, torch.stack([p, n[:2], n[2:]]))[None] / tau, torch.tensor([0]))",
        "Of cosines over tau, the positive first.",
    ),
    Call(
        "infonce negatives=2",
        "optax.losses.softmax_cross_entropy_with_integer_labels("
        "optax.losses.cosine_similarity(q, jax.numpy.stack([p, n[:2], n[2:]])) / tau, 0)",
        "Of cosines over tau, the positive first. Its ntxent has one temperature for a batch.",
    ),
    Call("cosine_embedding", f"{_F}.cosine_embedding_loss(x[None], y[None], t[None], margin=m)", "m is called margin."),
    Call("cosine_embedding", "optax.losses.cosine_distance(x, y)", "Of alike points alone.", where="t == 1"),
    Call(
        "cosine_embedding",
        "1 + keras.losses.cosine_similarity(y, x)",
        "Minus the cosine: 1 less. Of alike points alone.",
        where="t == 1",
    ),
    Call(
        "dice pixels=4", "keras.losses.dice(t, p)", "Adds 1e-7 below only: of two empty masks its loss is 1.", where="s == 1e-7"
    ),
    Call(
        "tversky pixels=4",
        "keras.losses.tversky(t, p, alpha=beta, beta=alpha)",
        "Its alpha weighs what is missed and its beta what is wrongly marked, against its documentation; adds 1e-7 below only.",
    ),
)

CALLS: tuple[Call, ...] = (*REGRESSION, *BINARY, *CLASSES, *PAIRS)
