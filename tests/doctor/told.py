"""What somebody might tell, for every cause: text and facts, in words of our own."""

from __future__ import annotations

from typing import Any

NAN = float("nan")
SHORT_CYCLES = tuple(
    zip((2.3, 1.6, 1.1, 0.8, 1.9, 1.2, 0.8, 0.6, 1.5, 0.9, 0.6, 0.45), 3 * (0.1, 0.08, 0.05, 0.02), strict=True)
)

TOLD: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "no-signal": [
        ("0.6931", {}),
        ("Why is it 2.302?", {}),
        ("{'loss': 10.8, 'step': 1} vocab 50257", {}),
        ("losses: 2.31, 2.30, 2.30, 2.30, 2.30 with 10 classes", {}),
        ("loss sits at 2,3026 for ten classes", {}),
        ("", {"loss": 4.852, "batch": 128, "kind": "contrastive"}),
        ("", {"loss": "1.386", "kind": "gan"}),
        ("", {"loss": 6.91, "classes": 1000, "accuracy": 0.001}),
        ("", {"history": [2.31, 2.304, 2.302, 2.303, 2.302, 2.303, 2.302], "classes": 10}),
    ],
    "base-rate": [
        ("", {"loss": 0.3251, "accuracy": 0.9, "kind": "binary"}),
        ("binary loss 0.1985, accuracy 95 %", {}),
        ("", {"loss": 0.673, "targets": [1] * 40 + [0] * 60}),
    ],
    "policy-equals-reference": [
        ("DPO loss is 0.6931 in every step and rewards are 0", {}),
        ("", {"loss": 0.6931, "kind": "dpo"}),
    ],
    "embeddings-collapsed": [
        ("", {"loss": 0.5, "margin": 0.5, "kind": "triplet"}),
        ("triplet loss goes to the margin 0.2 and stays: 0.2000", {}),
        ("all embeddings collapse to the same point with my triplet loss, soft margin, 0.693", {}),
    ],
    "hessian-zero": [("xgboost with a custom objective: hess is 0 everywhere and no tree splits", {})],
    "softmax-twice": [
        ("", {"loss": "1.4612", "classes": 10, "accuracy": 0.99}),
        ("loss does not fall below 0.5514 with 3 classes", {}),
        ("model ends in softmax, then nn.CrossEntropyLoss; loss 2.30", {}),
    ],
    "sigmoid-twice": [
        ("", {"loss": 0.5032, "kind": "binary", "accuracy": 0.98}),
        ("", {"loss": "0.541", "kind": "bcewithlogits", "accuracy": 0.99, "share": 0.4}),
        ("torch.sigmoid at the end and BCEWithLogitsLoss: 0.51", {}),
    ],
    "probabilities-as-logits": [("softmax layer, and from_logits=True in Keras; hardly learns", {})],
    "logits-as-probabilities": [("BCELoss complains: all elements of input should be between 0 and 1", {})],
    "log-missing": [
        ("", {"loss": -0.85, "kind": "nll"}),
        ("nll_loss after softmax is always negative, -0.31", {}),
    ],
    "probabilities-in-hinge": [("hinge loss after a sigmoid ends at 0.5", {}), ("", {"loss": 0.5, "kind": "hinge"})],
    "margin-softmax": [("ArcFace: training accuracy is 0 while the loss falls from 20 to 8", {})],
    "clipped": [
        ("", {"loss": "4.4380", "accuracy": "0.7247"}),
        ("16.118", {}),
        ("keras loss 7.9712 acc 0.5", {}),
        ("", {"loss": 100.0, "framework": "PyTorch"}),
        ("", {"loss": "14.506", "accuracy": "0.1"}),
        ("", {"loss": "2.163", "accuracy": "0.94", "framework": "sklearn"}),
    ],
    "saturated": [("caffe prints loss = 87.3365", {})],
    "probability-exactly-one": [("my own loss with log(1 - p) is nan when the sigmoid saturates", {})],
    "overflow": [("softmax by hand with np.exp gives nan", {}), ("", {"loss": "inf", "kind": "classes"})],
    "precision": [("", {"loss": "0.6914", "dtype": "bfloat16"}), ("", {"loss": NAN, "dtype": "float16"})],
    "nan-in-gradient": [
        ("loss is finite, then gradients are nan; there is a torch.sqrt of a distance", {}),
        ("", {"history": [1.0, 0.9, 0.8, 0.7, 0.66, NAN, NAN]}),
    ],
    "all-ignored": [
        ("cross entropy is nan for a batch in which every label is -100", {}),
        ("", {"history": [2.0, 1.8, NAN, 1.6, 1.5, NAN, 1.3]}),
    ],
    "input-too-short": [("CTC loss is inf, are my inputs shorter than the labels?", {}), ("", {"loss": "inf", "kind": "ctc"})],
    "target-outside": [
        ("loss: 0.0000 and accuracy 0.5, labels are 1 and 2, binary crossentropy in Keras", {}),
        ("", {"loss": -1086.9, "kind": "bce"}),
        ("segmentation with masks of 0 and 255: the loss is -2207.03", {}),
        ("labels are -1 and 1 with binary cross-entropy, loss negative", {}),
        ("Target 10 is out of bounds.", {}),
        ("labels go from 1 to 10, loss is nan in keras", {}),
        ("", {"targets": [1, 4, 10, 7, 3], "classes": 10}),
    ],
    "target-not-normalised": [("multi-hot targets, several labels each, with softmax and categorical crossentropy", {})],
    "one-class": [("", {"loss": 0.0, "classes": 1}), ("Dense(1, activation='softmax'): loss 1.1921e-07 from the start", {})],
    "one-label": [("log_loss: y_true contains only one label", {})],
    "label-order": [("sklearn log_loss is 36.04 although the columns are right, only in another order than sorted labels", {})],
    "off-by-one-index": [
        ("every predicted class is one less than the true one", {}),
        ("labels are shifted in the dataset and the model shifts them once more", {}),
    ],
    "smoothing-floor": [("", {"loss": 0.52, "classes": 10, "smoothing": 0.1, "accuracy": 0.99})],
    "weighted-mean": [("with class weights, reduction='none' then .mean() differs from reduction='mean'", {})],
    "sum-not-mean": [("", {"loss": 147.4, "batch": 64, "classes": 10})],
    "accumulation": [
        ("", {"loss": 9.21, "steps": 4, "classes": 10}),
        ("with gradient accumulation the loss is 8 times larger", {}),
    ],
    "gradients-not-cleared": [("I call backward and step but not zero_grad", {})],
    "sign-flipped": [
        ("lightgbm custom objective: the metric gets worse each iteration, gradient is y - p", {}),
        ("xgboost objective of my own, grad = label minus pred", {}),
        ("I think the sign is wrong: gradient ascent, loss increases", {}),
        ("", {"history": [0.7, 0.75, 0.82, 0.9, 1.0, 1.15, 1.3, 1.5, 1.7, 2.0, 2.3], "kind": "binary"}),
    ],
    "broadcast": [
        ("UserWarning: Using a target size (torch.Size([32])) that is different to the input size ([32, 1]); mse", {})
    ],
    "train-above-validation": [
        ("loss 0.2 train; val 0.1: why is validation lower than training? dropout 0.5", {}),
        ("Why is training loss higher than validation loss?", {}),
        ("", {"history": [{"loss": 1 / k, "val_loss": 0.8 / k} for k in range(1, 12)]}),
    ],
    "overconfident": [
        ("validation loss is increasing while validation accuracy still improves", {}),
        (
            "",
            {
                "history": [
                    {"val_loss": 0.5 + 0.02 * (k - 4) ** 2, "val_acc": 0.6 + 0.01 * k, "loss": 1 / k} for k in range(1, 14)
                ]
            },
        ),
    ],
    "diverging": [
        ("my loss went 0.9 -> 0.5 -> 3.0 -> nan", {}),
        ("the loss explodes when I use a learning rate of 10", {}),
        ("", {"history": [1.0, 0.8, 1.9, 1.1, 4.0, 2.0, 9.0, 5.0, 30.0, 12.0, 80.0]}),
    ],
    "dead-units": [
        ("all ReLU activations are zero, gradients too, loss does not change", {}),
        ("", {"history": [{"loss": 2.3, "grad_norm": g} for g in (1.0, 0.5, 0.1, 0.0, 0.0, 0.0, 0.0)]}),
    ],
    "restart-spikes": [
        ("", {"history": [{"loss": loss, "lr": rate} for loss, rate in SHORT_CYCLES]}),
        ("", {"history": [(3.0 if k % 20 == 19 else 1.0) / (1 + 0.05 * k) for k in range(100)]}),
    ],
    "nothing-wrong": [
        ("WGAN critic loss is negative, -3.2", {}),
        ("", {"loss": -1.7, "kind": "gaussian nll"}),
        ("GRPO loss is 0.0 at the first steps", {}),
    ],
}
"""Cause -> what may be told of it."""
