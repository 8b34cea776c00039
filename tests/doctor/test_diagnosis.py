"""Every cause is found from what somebody might tell, with its arithmetic, its fix and addresses that open."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import pytest

import explorer
from explorer.core.losses import LOSSES
from explorer.doctor import Finding, diagnose, understand
from explorer.doctor.kinds import KINDS
from explorer.doctor.reading import PROSE
from explorer.doctor.rules import CAUSES
from explorer.doctor.rules.examples import EXAMPLES
from explorer.doctor.rules.spec import FRAMEWORKS
from explorer.doctor.score import POSSIBLE, SHOWN
from explorer.views import address
from explorer.views.fields import Reader
from tests.doctor.told import NAN, TOLD

CASES = [(cause, text, facts) for cause, told in TOLD.items() for text, facts in told]


def test_every_cause_is_told() -> None:
    assert set(TOLD) == set(CAUSES)


@pytest.mark.parametrize(("cause", "text", "facts"), CASES)
def test_the_right_cause_stands_first(cause: str, text: str, facts: dict[str, Any]) -> None:
    found = diagnose(text, **facts)
    assert [f.cause for f in found[:1]] == [cause]
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)
    assert all(SHOWN <= f.score <= 1 and tuple(f.fix) == FRAMEWORKS and f.because and f.check and f.source for f in found)


def test_every_address_opens_and_shows_what_it_says() -> None:
    found = [finding for _, text, facts in CASES for finding in diagnose(text, **facts)]
    addresses = {given for f in found for given in (f.view, f.beside)}
    assert len({f.cause for f in found}) == len(CAUSES)
    refused: dict[str, list[str]] = {}
    for given in sorted(addresses):  # read, and not drawn: that takes longer
        reader = Reader(address.split(given).given)
        address.page_of(address.split(given).page).read(reader)
        refused |= {given: reader.refused} if reader.refused else {}
    assert refused == {}


RISING = tuple(enumerate((0.6, 0.4, 0.4, 0.4, 0.6, 0.9, 0.9, 0.9)))


def test_the_number_is_rebuilt_where_the_fault_is_seen() -> None:
    def first(text: str = "", **facts: Any) -> Finding:
        return diagnose(text, **facts)[0]

    for finding, loss in (
        (first("2.302", classes=10), 2.302585),
        (first(loss=1.4612, classes=10, accuracy=0.99), 1.461150),
        (first(loss=0.5, margin=0.5, kind="triplet"), 0.5),
        (first(loss=0.6931, kind="dpo"), 0.693147),
        (first(loss=10.82, classes=50257), 10.824905),
    ):
        assert explorer.view(finding.view).numbers["L"] == pytest.approx(loss, abs=1e-6)
        assert explorer.view(finding.beside).numbers["L"] < loss
    for finding, loss, mended in (
        (first("bce loss: -1086.89"), -1086.89, 0.048587),
        (first(loss=-0.85, kind="nll"), -0.85, 0.162519),
        (first(loss=9.21, classes=10, steps=4), 9.210340, 2.302585),
        (first(loss=147.4, batch=64, classes=10), 147.365446, 2.302585),
        (first("caffe prints loss = 87.3365"), 87.336545, 10.000045),
        (first(loss=0.52, classes=10, smoothing=0.1, accuracy=0.99), 0.500288, 0.094311),
        (first("GaussianNLLLoss is negative"), -2.302585, 0.0),
        (first(history=[{"loss": 0.69 - 0.1 * k, "val_loss": v, "val_accuracy": 0.7 + 0.01 * k} for k, v in RISING]), 0.9, 0.4),
        (
            first("UserWarning: Using a target size (torch.Size([32])) ... input size (torch.Size([32, 1])), mse 0.25"),
            0.25,
            0.25,
        ),
        (first("NaN after torch.sqrt(x) at 0"), 0.0, 1e-4),
        (first("KTO loss is 0.5 and never changes"), 0.5, 0.006693),
        (first("loss_type=ipo, the loss is 25.0 from the first step on"), 25.0, 0.0),
        (first("SimSiam loss reaches -1.0 in 50 iterations and kNN accuracy is at chance"), -1.0, 0.0),
    ):
        assert explorer.view(finding.view).numbers["L"] == pytest.approx(loss, abs=1e-6)
        assert explorer.view(finding.beside).numbers["L"] == pytest.approx(mended, abs=1e-6)


def test_where_targets_are_broadcast_the_mean_is_a_minimum() -> None:
    finding = diagnose(predictions=[[0.5], [0.5]], targets=[0.0, 1.0])[0]
    fault, mended = explorer.view(finding.view), explorer.view(finding.beside)
    assert finding.cause == "broadcast"
    assert fault.numbers["slope"] == 0
    assert mended.numbers["slope"] == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize("cause", ["gradients-not-cleared", "restart-spikes", "diverging", "overflow", "dead-units"])
def test_a_network_learns_where_the_fault_is_mended(cause: str) -> None:
    fault, mended = (explorer.view(given).numbers["L"] for given in EXAMPLES[cause])
    assert mended < math.log(2) / 2
    assert mended < 0.9 * fault


def test_arithmetic_as_it_is_shown() -> None:
    found = diagnose(loss="4.4380", accuracy="0.7247")[0]
    assert found.cause == "clipped"
    assert found.because.startswith("−ln 1e-7 × (1 − 0.7247) = 4.4373; you have 4.4380.")
    assert found.confidence == "very likely"
    assert diagnose("0.6934")[0].because == "−ln(1/2) = ln 2 = 0.69315; you have 0.6934."


@pytest.mark.parametrize(
    ("share", "loss"), [("3.0%", 0.134742), ("0.005", 0.031479), ("0.25", 0.562335), ("0.99990", 0.001021)]
)
def test_a_told_share_of_one_class_tells_what_a_constant_costs(share: str, loss: float) -> None:
    finding = diagnose(loss=f"{loss:.6f}", share=share, kind="binary")[0]
    assert finding.cause == "base-rate"
    assert explorer.view(finding.view).numbers["L"] == pytest.approx(loss, abs=1e-6)
    assert all(f.cause != "base-rate" for f in diagnose(loss=f"{0.5 * loss:.6f}", share=share, kind="binary"))


def test_a_near_miss_of_a_precise_number_does_not_beat_a_plain_fit() -> None:
    assert all(f.score < 0.5 for f in diagnose("16.19") + diagnose("2.45") + diagnose("87.9"))
    assert diagnose(loss="9.21", classes=10, steps=4)[0].cause == "accumulation"  # and not −ln 1e-4, or half of 18.42


HEALTHY = (
    "My loss goes from 2.3 to 0.4 and accuracy is 0.93, is this good?",
    "training loss 0.35, val loss 0.38 after 20 epochs",
    "I use Adam with lr 1e-3 and cross entropy for 10 classes; loss 0.42, accuracy 0.87",
    "Which loss should I use for regression with outliers?",
    "Epoch 5: loss 0.512 acc 0.81 val_loss 0.55 val_acc 0.79",
    "My model trains well, loss 0.05, accuracy 99 %, ReLU and dropout",
    "MSE 0.034 on standardised targets",
    "What does perplexity 12.4 mean? loss 2.52",
    "BCEWithLogitsLoss 0.21 with accuracy 0.92, imbalanced data",
    "XGBoost logloss 0.31 on validation",
    "lightgbm binary_logloss 0.1523",
    "The loss is 0.27 for 3 classes with accuracy 0.9",
    "Huber loss 0.8",
    "loss 1.2 after epoch 1 of fine-tuning llama, vocabulary 32000, bf16",
    "SFT loss goes down from 1.8 to 0.9 with gradient accumulation 8",
    "Dice loss 0.23",
    "IoU loss 0.4 for segmentation",
    "triplet loss 0.08, margin 0.2",
    "CTC loss 12.3 and falling",
    "训练损失从2.3下降到0.5，准确率85%",
    "Der Verlust sinkt von 2,3 auf 0,4",
    "GPT-2 small val loss 3.28 on OpenWebText",
    "contrastive loss 1.5 with batch size 256",
    "label smoothing 0.1, loss 1.1, accuracy 0.85, 100 classes",
    "DPO loss 0.45, rewards/margins 1.2",
)
"""What people tell of runs that are well, or ask."""


def test_nothing_is_probable_of_what_is_well() -> None:
    assert {told: [f.cause for f in diagnose(told) if f.score >= POSSIBLE] for told in HEALTHY} == {
        told: [] for told in HEALTHY
    }


def test_nothing_where_nothing_is() -> None:
    for loss in ("0.213", "1.07", "0.0413", "3.1", "0.35"):
        assert all(f.score < 0.5 for f in diagnose(loss))
    assert diagnose("") == []
    assert diagnose("How do I read a loss curve?") == []
    assert diagnose(loss=0.21, accuracy=0.93, kind="binary") == []


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"loss": "high"}, "loss must be a number, or a text that prints one; got high."),
        ({"accuracy": 98}, "accuracy must lie in [0, 1]; got 98."),
        ({"classes": 0}, "classes must be a whole number from 1 to 1,000,000; got 0."),
        ({"classes": 2.5}, "classes must be a whole number from 1 to 1,000,000; got 2.5."),
        ({"batch": -3}, "batch must be a whole number from 1 to 1,000,000; got -3."),
        ({"steps": True}, "steps must be a whole number from 1 to 1,000,000; got True."),
        ({"smoothing": 1}, "smoothing must lie in [0, 1); got 1."),
        ({"margin": -0.1}, "margin must be a number not below 0; got -0.1."),
        ({"dtype": "decimal"}, "dtype must be one of bfloat16, float16, float32, float64, or a name of one; got decimal."),
        ({"predictions": ["a", "b"]}, "predictions must be an array of numbers; got ['a', 'b']."),
        ({"history": []}, "history must hold losses: numbers, or mappings with a loss; got none."),
        ({"history": [1.0, "x"]}, "entry 2 of history must be a number; got x."),
        ({"history": 3}, "history must be a list of numbers or of mappings; got 3."),
        ({"reduction": "max"}, "reduction must be one of mean, sum, none, or a name of one; got max."),
    ],
)
def test_a_bad_fact_is_one_sentence(facts: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        diagnose(**facts)


def test_an_unknown_fact_is_one_sentence() -> None:
    with pytest.raises(ValueError, match=r"^A fact must be one of loss, kind, .*; got epochs\.$"):
        diagnose(epochs=3)


def test_every_loss_of_the_project_and_its_names_are_kinds() -> None:
    assert {understand(kind=name).kind for name in LOSSES} <= set(KINDS)
    given = {"BCELoss": "binary", "mse": "regression", "NT-Xent": "contrastive", "pinball": "regression", "WGAN": "critic"}
    assert {name: understand(kind=name).kind for name in given} == given


SPELT = {
    "kind": {
        "binary": "bce BCEWithLogitsLoss nn.BCELoss F.binary_cross_entropy_with_logits binary_crossentropy log_loss",
        "classes": "ce cross_entropy CrossEntropyLoss() nn.CrossEntropyLoss SparseCategoricalCrossentropy nll NLLLoss lm",
        "regression": "mse MSELoss MeanSquaredError mean_squared_error L1Loss smooth_l1 huber reg:squarederror PoissonNLLLoss",
        "hinge": "hinge HingeEmbeddingLoss MultiMarginLoss categorical_hinge",
        "contrastive": "contrastive InfoNCE nt-xent siamese SupConLoss CircleLoss MultiSimilarityLoss NPairsLoss",
        "triplet": "triplet TripletMarginLoss triplet_semihard",
        "ctc": "ctc CTCLoss ctc_batch_cost rnnt",
        "preference": "dpo DPO orpo",
        "policy": "ppo GRPO rlhf actor-critic td_error trpo",
        "denoising": "diffusion ddpm v_prediction flow-matching",
        "critic": "wgan WGAN-GP wasserstein",
        "gan": "gan lsgan discriminator generator",
        "divergence": "kl KLDivLoss kl_div kullback_leibler_divergence jsd knowledge_distillation",
        "likelihood": "vae ELBO gaussian_nll GaussianNLLLoss flow mdn nf",
        "overlap": "dice DiceLoss tversky iou GIoULoss dice_coef_loss",
        "focal": "focal sigmoid_focal_loss",
        "margin-softmax": "arcface CosFace am-softmax",
    },
    "dtype": {
        "float16": "float16 fp16 half torch.float16 torch.half np.float16 mixed_float16 amp 16-mixed f16 16",
        "bfloat16": "bfloat16 bf16 torch.bfloat16 bf16-mixed jnp.bfloat16",
        "float32": "float32 fp32 single torch.float32 tf32 32-true",
        "float64": "double fp64 float64 f64",
    },
    "framework": {
        "PyTorch": "pytorch torch PyTorch lightning huggingface hf fastai timm unsloth fairseq",
        "Keras": "tf tensorflow TensorFlow keras tf.keras tf2",
        "JAX": "jax flax optax",
        "XGBoost": "xgboost lightgbm CatBoost lgbm",
        "scikit-learn": "sklearn scikit-learn scikit",
    },
    "reduction": {"mean": "mean Mean batchmean sum_over_batch_size", "sum": "sum SUM", "none": "none None"},
}  # fmt: skip


def test_a_fact_may_be_spelt_as_each_library_does() -> None:
    for fact, names in SPELT.items():
        for name, words in names.items():
            found = {word: getattr(understand(**{fact: word}), fact) for word in words.split()}
            assert found == dict.fromkeys(found, name)


@pytest.mark.parametrize(
    "history",
    [
        {"train": [1.5, 1.2], "val": [1.6, 1.4]},
        [{"epoch": 1, "d_loss": 9.0, "loss": 1.5, "val_loss": 1.6}, {"epoch": 2, "d_loss": 9.0, "loss": 1.2, "val_loss": 1.4}],
        {"Loss": np.array([1.5, 1.2]), "Validation loss": (1.6, 1.4)},
        [(100, 1.5), (200, 1.2)],
    ],
)
def test_a_history_is_taken_as_each_library_keeps_it(history: object) -> None:
    told = understand(history=history).history
    assert told is not None
    assert told.loss.tolist() == [1.5, 1.2]
    assert told.column("val_loss").tolist() in ([], [1.6, 1.4])


def test_what_no_rule_knows_is_no_fact() -> None:
    facts = understand(framework="mxnet", kind="detection", loss=2.302)
    assert (facts.framework, facts.kind, sorted(facts.sources)) == (None, None, ["loss"])


def test_what_is_given_goes_before_what_is_read() -> None:
    facts = understand("loss 2.302, 10 classes, batch size 64, keras", classes=100)
    assert (facts.classes, facts.batch, facts.framework, str(facts.loss)) == (100, 64, "Keras", "2.302")
    assert facts.sources["classes"] == "given"
    assert facts.sources["batch"] == "batch size 64"


def test_of_a_long_sentence_only_the_beginning_is_read() -> None:
    told = "My loss is stuck at 2.302 with 10 classes and a batch size of 64. " * (PROSE // 60)
    assert understand(told) == understand(f"{told} The accuracy is 0.3, in float16, with CTC loss 5.5.")
    assert diagnose(loss=NAN)


@pytest.mark.parametrize("told", ["My loss goes 1.5, 1.2, 0.9, 0.7, all good?", "losses 2.3 -> 1.7 -> 1.1 -> 0.8 -> 0.6"])
def test_a_series_that_falls_is_a_history_and_healthy(told: str) -> None:
    history = understand(told).history
    assert history is not None
    assert history.loss[0] > history.loss[-1]
    assert [one.cause for one in diagnose(told) if one.score >= POSSIBLE] == []
