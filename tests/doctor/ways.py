"""Each cause as a person meets it: facts alone, facts with a sentence, a history, a log, or predictions and targets.

Written down before the rules were looked at (those of `again` after them), in our own words and with small inputs.
"""

from __future__ import annotations

from typing import Any

import numpy as np

NAN, INF = float("nan"), float("inf")
WAYS: list[tuple[str, str, dict[str, Any]]] = []
"""Cause, text, facts."""


def case(cause: str, text: str = "", **facts: Any) -> None:
    """Add one."""
    WAYS.append((cause, text, facts))


def keras(rows: list[tuple[float, ...]], names: tuple[str, ...] = ("loss", "accuracy", "val_loss", "val_accuracy")) -> str:
    """Return a log as Keras prints it, a row an epoch."""
    lines = []
    for epoch, row in enumerate(rows, 1):
        told = " - ".join(f"{name}: {value:.4f}" for name, value in zip(names, row, strict=False))
        lines += [f"Epoch {epoch}/{len(rows)}", f"469/469 [==============================] - 4s 9ms/step - {told}"]
    return "\n".join(lines)


def csv(names: list[str], rows: list[tuple[float, ...]]) -> str:
    """Return a table with commas."""
    return ",".join(names) + "\n" + "\n".join(",".join(f"{value:g}" for value in row) for row in rows)


RNG = np.random.default_rng(5)
# no-signal
case("no-signal", loss=4.6052, classes=100, accuracy=0.0102)
case(
    "no-signal",
    "siamese network on pairs of faces, it never learns anything",
    loss=0.69318,
    kind="binary_crossentropy",
    batch=64,
)
case(
    "no-signal",
    keras(
        [
            (1.9512, 0.1391, 1.9459, 0.1429),
            (1.9466, 0.1418, 1.9461, 0.1429),
            (1.9463, 0.1402, 1.9459, 0.1429),
            (1.9461, 0.1444, 1.9459, 0.1429),
        ]
    ),
    classes=7,
)
# base-rate
case("base-rate", loss=0.3251, accuracy=0.9, kind="binary cross-entropy")
case("base-rate", "it predicts the majority class for every image", loss=0.5004, accuracy=0.8, classes=2)
case("base-rate", predictions=[0.3] * 20, targets=[1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0])
# softmax-twice
case("softmax-twice", loss=1.4615, classes=10, accuracy=0.998, framework="pytorch")
case(
    "softmax-twice",
    "nn.CrossEntropyLoss, training accuracy is perfect but the loss won't drop",
    loss=0.7438,
    classes=4,
    accuracy=1.0,
)
case(
    "softmax-twice",
    history=[
        {"loss": a, "accuracy": b}
        for a, b in [
            (0.5631, 0.741),
            (0.4207, 0.903),
            (0.3519, 0.961),
            (0.3301, 0.983),
            (0.3188, 0.994),
            (0.3151, 0.997),
            (0.3144, 0.998),
        ]
    ],
    classes=2,
)
# sigmoid-twice
case("sigmoid-twice", loss=0.5041, kind="BCEWithLogitsLoss", accuracy=0.995)
case(
    "sigmoid-twice",
    "U-Net with a sigmoid as last layer, masks cover about 8% of the pixels, dice is fine",
    loss=0.663,
    kind="BCEWithLogitsLoss",
    accuracy=0.98,
)
p = 1 / (1 + np.exp(-np.array([0.99, 0.02, 0.97, 0.01, 0.03, 0.98, 0.95, 0.05, 0.99, 0.01])))
case("sigmoid-twice", predictions=[round(float(x), 4) for x in p], targets=[1, 0, 1, 0, 0, 1, 1, 0, 1, 0])
# probabilities-as-logits
case(
    "probabilities-as-logits",
    kind="cross-entropy with logits",
    predictions=[[0.97, 0.02, 0.01], [0.05, 0.9, 0.05], [0.01, 0.04, 0.95], [0.88, 0.1, 0.02]],
    targets=[0, 1, 2, 0],
    loss=0.6,
)
case(
    "probabilities-as-logits",
    "SparseCategoricalCrossentropy(from_logits=True) and my last Dense has activation softmax",
    loss=1.4713,
    classes=10,
    accuracy=0.99,
    framework="keras",
)
case(
    "probabilities-as-logits",
    "model outputs are probabilities but the loss wants logits\n"
    + csv(
        ["epoch", "train_loss", "train_acc"],
        [(0, 1.8532, 0.611), (1, 1.6317, 0.832), (2, 1.5402, 0.921), (3, 1.5011, 0.961), (4, 1.4827, 0.979)],
    ),
    classes=10,
)
# logits-as-probabilities
case(
    "logits-as-probabilities",
    kind="binary_crossentropy",
    framework="keras",
    predictions=[2.31, -1.7, 0.4, -3.2, 1.9, -0.6],
    targets=[1, 0, 1, 0, 1, 0],
)
case(
    "logits-as-probabilities",
    "last layer is Dense(10) without activation, loss='sparse_categorical_crossentropy', accuracy jumps around 0.1",
    loss=6.91,
    classes=10,
    accuracy=0.1,
    framework="keras",
)
case(
    "logits-as-probabilities",
    (
        "RuntimeError: all elements of input should be between 0 and 1\n"
        "output = [1.73, -0.41, 0.22], target = [1., 0., 1.]  criterion = nn.BCELoss()"
    ),
)
# log-missing
case("log-missing", loss=-0.9873, kind="nll", accuracy=0.99, classes=10)
case("log-missing", "NLLLoss and F.softmax(x, dim=1) at the end of forward", loss=-0.1003, classes=10)
case(
    "log-missing",
    csv(
        ["epoch", "step", "train_loss"],
        [(0, 937, -0.3127), (1, 1875, -0.7881), (2, 2812, -0.8934), (3, 3750, -0.9269), (4, 4687, -0.9423)],
    ),
)
# clipped
case("clipped", loss=7.9712, accuracy=0.5)
case("clipped", "keras, mnist, the loss is the same every epoch", loss=14.5063, accuracy=0.1, classes=10)
case(
    "clipped",
    keras([(12.2410, 0.2391, 12.3034, 0.2367), (12.3011, 0.2368, 12.3034, 0.2367), (12.3034, 0.2367, 12.3034, 0.2367)]),
)
# saturated
case(
    "saturated",
    predictions=[1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0],
    targets=[1, 0, 0, 1, 1, 0, 1, 0],
    kind="binary cross-entropy",
)
case(
    "saturated",
    "pixels are 0 to 255, not scaled; every output is exactly 0.0 or 1.0 and the gradient is zero",
    loss=15.9424,
    kind="bce",
)
case(
    "saturated",
    (
        "sigmoid outputs are all 1.0000 after the first step and weights do not change any more\n"
        "step 1 loss 0.7132\nstep 2 loss 9.6651\nstep 3 loss 9.6651\nstep 4 loss 9.6651\nstep 5 loss 9.6651"
    ),
)
# probability-exactly-one
case("probability-exactly-one", loss=INF, predictions=[1.0, 0.3, 0.8], targets=[0, 1, 1])
case(
    "probability-exactly-one",
    "my own loss -(y*np.log(p) + (1-y)*np.log(1-p)) works for a while, RuntimeWarning: divide by zero encountered in log",
    loss=NAN,
)
case(
    "probability-exactly-one",
    (
        "loss = -tf.reduce_sum(y_ * tf.log(y))\nstep 0 loss 229.1\nstep 100 loss 32.7\nstep 200 loss 18.4\n"
        "step 300 loss 9.91\nstep 400 loss 6.02\nstep 500 loss nan\nstep 600 loss nan"
    ),
)
# overflow
case("overflow", loss=INF, dtype="float16", kind="mse", framework="pytorch")
case("overflow", "np.exp(x) / np.sum(np.exp(x)) with scores around 800", loss=NAN, classes=3)
case("overflow", history=[48213.2, 51002.7, 60110.0, INF, NAN], dtype="float16")
# precision
case("precision", loss=0.69336, dtype="float16", kind="bce")
case("precision", "expected 10.8249 at start, I get a slightly different number", loss=10.8125, classes=50257, dtype="bfloat16")
case(
    "precision",
    history=[2.296875, 2.296875, 2.28125, 2.28125, 2.265625, 2.28125, 2.25, 2.25, 2.234375, 2.21875],
    dtype="bfloat16",
    classes=10,
)
# NAN-in-gradient
case("nan-in-gradient", kind="rmse", predictions=[1.0, 2.0, 3.0], targets=[1.0, 2.0, 3.0], loss=0.0)
case(
    "nan-in-gradient",
    "forward is fine but after backward all weights are nan, there is a torch.sqrt of the squared distances",
    loss=0.8312,
)
case(
    "nan-in-gradient",
    (
        "detect_anomaly says: Function 'SqrtBackward0' returned nan values in its 0th output.\n"
        "epoch 1 loss 0.4120\nepoch 1 loss 0.3377\nepoch 1 loss nan"
    ),
)
# all-ignored
case("all-ignored", loss=NAN, targets=[-100, -100, -100, -100], kind="cross-entropy", framework="pytorch")
case(
    "all-ignored",
    "fine-tuning with completion only, the response template is not found in some samples, loss is nan",
    loss=NAN,
    kind="cross-entropy",
    batch=2,
)
case(
    "all-ignored",
    (
        "{'loss': 1.8312, 'grad_norm': 2.11, 'learning_rate': 2e-05, 'epoch': 0.01}\n"
        "{'loss': 1.7721, 'grad_norm': 1.94, 'learning_rate': 1.99e-05, 'epoch': 0.02}\n"
        "{'loss': nan, 'grad_norm': nan, 'learning_rate': 1.98e-05, 'epoch': 0.03}\n"
        "labels tensor([[-100, -100, -100, -100]])"
    ),
)
# target-outside
case("target-outside", targets=[1, 4, 10, 7, 3], classes=10, framework="pytorch", kind="cross-entropy")
case("target-outside", "labels are -1 and 1", loss=-3.42, kind="binary_crossentropy", accuracy=0.48)
case(
    "target-outside",
    "masks are png with 0 and 255\n"
    + keras([(-310.22, 0.0112, -812.4, 0.0093), (-2011.9, 0.0113, -3902.1, 0.0093), (-6211.4, 0.0112, -9012.2, 0.0093)]),
    kind="binary_crossentropy",
)
# target-not-normalised
case(
    "target-not-normalised",
    predictions=[[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4]],
    targets=[[1, 1, 0], [0, 1, 1], [1, 0, 1]],
    kind="categorical_crossentropy",
)
case(
    "target-not-normalised",
    "every image has several tags, multi-hot targets with softmax and categorical crossentropy",
    loss=13.82,
    classes=20,
    accuracy=0.31,
)
case(
    "target-not-normalised",
    "soft targets are vote counts (0..10), not divided by their sum\n"
    + "\n".join(f"epoch {i} loss {v}" for i, v in enumerate([23.11, 21.9, 20.4, 19.87, 19.8])),
    classes=10,
)
# one-class
case("one-class", loss=0.0, classes=1, accuracy=0.4987)
case("one-class", "Dense(1, activation='softmax') for cats and dogs", loss=7.6246, accuracy=0.5, framework="keras")
case(
    "one-class",
    "model.add(Dense(1, activation='softmax')), categorical_crossentropy\n"
    + keras([(0.0, 0.4912, 0.0, 0.5033), (0.0, 0.4912, 0.0, 0.5033), (0.0, 0.4912, 0.0, 0.5033)]),
)
# one-label
case(
    "one-label",
    targets=[0] * 24,
    predictions=[
        0.02,
        0.01,
        0.01,
        0.03,
        0.02,
        0.01,
        0.01,
        0.02,
        0.02,
        0.01,
        0.01,
        0.01,
        0.01,
        0.02,
        0.01,
        0.01,
        0.01,
        0.01,
        0.02,
        0.01,
        0.01,
        0.02,
        0.01,
        0.01,
    ],
    kind="bce",
)
case("one-label", "Found 2000 images belonging to 1 classes.", loss=3.1e-7, accuracy=1.0)
case(
    "one-label",
    (
        "epoch 1 loss 0.0213 acc 1.0000\nepoch 2 loss 0.0000 acc 1.0000\nepoch 3 loss 0.0000 acc 1.0000\n"
        "validation: loss 8.9124 acc 0.2512"
    ),
    classes=4,
)
# label-order
P = RNG.dirichlet([0.2] * 4, 40)
t = (P.argmax(1) + np.array([2, -1, 1, -2])[P.argmax(1)]) % 4
case("label-order", predictions=np.round(P, 3).tolist(), targets=[int([2, 0, 3, 1][k]) for k in P.argmax(1)])
case(
    "label-order",
    "train 98%, test generator with other class_indices; accuracy on the test set far below chance",
    loss=9.83,
    accuracy=0.006,
    classes=5,
)
case(
    "label-order",
    "log_loss(y_true, clf.predict_proba(X), labels=['spam', 'ham']) gives 4.81 while accuracy_score is 0.97, framework sklearn",
)
# off-by-one-index
P = RNG.dirichlet([0.15] * 6, 40)
case("off-by-one-index", predictions=np.round(P, 3).tolist(), targets=[int((k + 1) % 6) for k in P.argmax(1)])
case(
    "off-by-one-index",
    "language model: I shift labels in the dataset and the model shifts them once more inside forward",
    loss=7.91,
    classes=32000,
)
case(
    "off-by-one-index",
    (
        "every predicted class is one less than the true one\nepoch 1 loss 5.112 acc 0.0021\n"
        "epoch 2 loss 7.432 acc 0.0008\nepoch 3 loss 9.021 acc 0.0003"
    ),
    classes=10,
)
# smoothing-floor
case("smoothing-floor", loss=0.5021, smoothing=0.1, classes=10, accuracy=1.0)
case(
    "smoothing-floor",
    "imagenet, loss never gets under one though everything is right on the training subset",
    loss=1.031,
    smoothing=0.1,
    classes=1000,
)
case(
    "smoothing-floor",
    history=[
        {"loss": a, "acc": b}
        for a, b in [
            (1.911, 0.42),
            (1.102, 0.81),
            (0.741, 0.93),
            (0.602, 0.978),
            (0.544, 0.994),
            (0.521, 0.999),
            (0.511, 1.0),
            (0.506, 1.0),
            (0.503, 1.0),
        ]
    ],
    smoothing=0.1,
    classes=10,
)
# weighted-mean
case("weighted-mean", loss=6.931, kind="weighted binary cross-entropy", accuracy=0.5)
case("weighted-mean", "CrossEntropyLoss(weight=w) with reduction='mean' is not (loss(reduction='none')).mean()", loss=0.4127)
case(
    "weighted-mean",
    "class_weight={0: 1., 1: 40.}\n"
    + keras(
        [(2.9112, 0.81, 0.4431, 0.79), (2.5021, 0.84, 0.4012, 0.82), (2.2110, 0.86, 0.3722, 0.84), (2.01, 0.87, 0.3511, 0.85)]
    ),
)
# sum-not-mean
case("sum-not-mean", loss=147.37, batch=64, classes=10)
case("sum-not-mean", "the loss is huge although the network is just initialised", loss=44.36, kind="bce", batch=64)
case(
    "sum-not-mean",
    "criterion = nn.CrossEntropyLoss(reduction='sum')\n"
    + "\n".join(f"Epoch {i} loss: {v}" for i, v in enumerate([294.73, 251.2, 188.9, 140.2, 121.7])),
    batch=128,
    classes=10,
)
# accumulation
case("accumulation", loss=9.2104, classes=10, steps=4)
case(
    "accumulation",
    "after the upgrade of transformers the training loss is 8 times higher than before, eval loss as always",
    loss=16.64,
    steps=8,
)
case(
    "accumulation",
    (
        "{'loss': 8.3124, 'grad_norm': 11.2, 'learning_rate': 1e-05, 'epoch': 0.1}\n"
        "{'loss': 7.9011, 'grad_norm': 10.8, 'learning_rate': 9e-06, 'epoch': 0.2}\n"
        "{'eval_loss': 1.9873, 'eval_runtime': 12.1, 'epoch': 0.2}\n"
        "{'loss': 7.8712, 'grad_norm': 10.1, 'learning_rate': 8e-06, 'epoch': 0.3}"
    ),
    steps=4,
)
# gradients-not-cleared
case(
    "gradients-not-cleared",
    history=[2.31, 1.92, 1.41, 1.12, 1.31, 2.02, 3.3, 4.1, 3.2, 1.9, 1.2, 1.9, 3.9, 6.8, 7.9, 5.9, 2.9, 2.1, 4.9, 9.8, 13.9],
    framework="pytorch",
)
case(
    "gradients-not-cleared",
    "loop is: out = net(x); loss = crit(out, y); loss.backward(); opt.step()",
    history=[2.30, 2.1, 1.7, 1.5, 1.9, 2.8, 3.9, 4.5],
)
case(
    "gradients-not-cleared",
    (
        "first it goes down then it oscillates more and more, I don't call optimizer.zero_grad()\n"
        "step 10 loss 1.812\nstep 20 loss 1.201\nstep 30 loss 1.934\nstep 40 loss 3.412\nstep 50 loss 2.201\n"
        "step 60 loss 5.112"
    ),
)
# sign-flipped
case("sign-flipped", history=[-2.31, -3.9, -8.2, -19.1, -55.2, -140.3, -412.0], kind="cross-entropy", accuracy=0.02)
case("sign-flipped", "y * log(p) + (1 - y) * log(1 - p) averaged, accuracy goes to zero", loss=-9.71, kind="bce", accuracy=0.01)
case(
    "sign-flipped",
    "return K.mean(y_true * K.log(y_pred + 1e-7))\n"
    + keras([(-0.7112, 0.4812), (-1.5221, 0.3012), (-4.2112, 0.1201), (-9.8812, 0.0411)], names=("loss", "acc")),
)
# hessian-zero
case("hessian-zero", framework="xgboost", kind="mean absolute error", history=[12.41, 12.41, 12.41, 12.41, 12.41])
case(
    "hessian-zero",
    "custom objective returns grad = np.sign(preds - y), hess = np.zeros_like(preds); all predictions are 0.5",
    framework="xgboost",
)
case(
    "hessian-zero",
    (
        "my custom objective: hess = 0\n[0]\ttrain-rmse:173.221\n[1]\ttrain-rmse:173.221\n"
        "[2]\ttrain-rmse:173.221\n[3]\ttrain-rmse:173.221"
    ),
)
# broadcast
y = np.round(RNG.normal(3, 2, 12), 2)
case(
    "broadcast",
    predictions=[[float(round(v + 0.1, 2))] for v in y],
    targets=y.tolist(),
    kind="mse",
    loss=round(float(np.mean((y[:, None] + 0.1 - y) ** 2)), 4),
)
case(
    "broadcast",
    "UserWarning: Using a target size (torch.Size([32])) that is different to the input size (torch.Size([32, 1]))",
    loss=1.0021,
    kind="mse",
    batch=32,
)
case(
    "broadcast",
    "output shape (64, 1), y shape (64,), standardised targets, regression predicts the mean for all\n"
    + "\n".join(f"epoch {i} mse {v}" for i, v in enumerate([1.312, 1.041, 1.008, 1.002, 1.001, 1.001])),
)
# embeddings-collapsed
case("embeddings-collapsed", loss=0.2, kind="triplet", margin=0.2)
case("embeddings-collapsed", "batch hard triplet loss, all distances go to zero", loss=1.0002, margin=1.0)
case(
    "embeddings-collapsed",
    history=[0.6213, 0.5411, 0.5122, 0.5031, 0.5007, 0.5002, 0.5000, 0.5000, 0.5000],
    kind="triplet loss",
    margin=0.5,
)
# margin-softmax
case("margin-softmax", kind="arcface", loss=9.812, accuracy=0.97, classes=10575)
case(
    "margin-softmax",
    "A-Softmax m=4: loss is high but the accuracy layer says nearly all right",
    loss=6.2,
    accuracy=0.985,
    classes=10572,
)
case(
    "margin-softmax",
    (
        "CosFace s=64 m=0.35\nepoch 1 loss 21.41 acc 0.112\nepoch 5 loss 11.91 acc 0.731\n"
        "epoch 10 loss 7.12 acc 0.941\nepoch 20 loss 5.01 acc 0.991"
    ),
)
# probabilities-in-hinge
case("probabilities-in-hinge", kind="hinge", predictions=[0.91, 0.03, 0.87, 0.11, 0.95, 0.02], targets=[1, -1, 1, -1, 1, -1])
case(
    "probabilities-in-hinge",
    "sigmoid output and hinge loss, labels -1/1, loss stays at one half",
    loss=0.5021,
    kind="hinge",
    accuracy=0.99,
)
case(
    "probabilities-in-hinge",
    "loss='hinge', last layer Dense(1, activation='sigmoid')\n"
    + keras([(0.9112, 0.71), (0.7021, 0.88), (0.5712, 0.95), (0.5311, 0.978), (0.5174, 0.985)], names=("loss", "accuracy")),
)
# policy-equals-reference
case("policy-equals-reference", loss=0.6931, kind="dpo")
case(
    "policy-equals-reference",
    "GRPO trainer, beta 0.04, num_iterations 1, logged loss is zero at the first steps while rewards are not",
    loss=0.0,
)
case(
    "policy-equals-reference",
    (
        "{'loss': 0.6931, 'rewards/chosen': 0.0, 'rewards/rejected': 0.0, 'rewards/accuracies': 0.0, "
        "'rewards/margins': 0.0, 'epoch': 0.01}\n"
        "{'loss': 0.6931, 'rewards/chosen': 0.0, 'rewards/rejected': 0.0, 'rewards/accuracies': 0.0, "
        "'rewards/margins': 0.0, 'epoch': 0.02}"
    ),
)
# input-too-short
case("input-too-short", kind="ctc", loss=INF)
case(
    "input-too-short",
    "24 time steps after the convolutions, labels up to 30 characters",
    loss=INF,
    kind="CTCLoss",
    framework="pytorch",
)
case(
    "input-too-short",
    (
        "ctc, speech\nstep 100 loss 3.41\nstep 101 loss inf\nstep 102 loss 3.38\nstep 103 loss 3.35\n"
        "step 104 loss inf\nstep 105 loss 3.29"
    ),
)
# train-above-validation
case(
    "train-above-validation",
    history=[
        {"loss": a, "val_loss": b}
        for a, b in [(0.9812, 0.6121), (0.7312, 0.5022), (0.6411, 0.4512), (0.5902, 0.4218), (0.5612, 0.4031)]
    ],
)
case(
    "train-above-validation",
    "dropout 0.5, why is validation better than training",
    history=[
        {"loss": 0.7112, "accuracy": 0.66, "val_loss": 0.4981, "val_accuracy": 0.79},
        {"loss": 0.6021, "accuracy": 0.72, "val_loss": 0.4512, "val_accuracy": 0.81},
    ],
)
case(
    "train-above-validation",
    csv(
        ["epoch", "accuracy", "loss", "val_accuracy", "val_loss"],
        [
            (0, 0.512, 1.3312, 0.661, 0.9312),
            (1, 0.633, 1.0412, 0.724, 0.7811),
            (2, 0.678, 0.9127, 0.748, 0.7103),
            (3, 0.702, 0.8413, 0.765, 0.6712),
            (4, 0.718, 0.7988, 0.774, 0.6413),
        ],
    ),
)
# overconfident
case(
    "overconfident",
    history=[
        {"val_loss": a, "val_accuracy": b}
        for a, b in [
            (0.9112, 0.68),
            (0.7812, 0.74),
            (0.7601, 0.762),
            (0.8112, 0.771),
            (0.8912, 0.778),
            (1.0212, 0.783),
            (1.1812, 0.786),
        ]
    ],
)
case("overconfident", "validation accuracy still improves although validation loss rises", loss=1.92, accuracy=0.84, classes=10)
case(
    "overconfident",
    keras(
        [
            (0.8812, 0.69, 0.7712, 0.74),
            (0.5512, 0.81, 0.6312, 0.785),
            (0.3112, 0.89, 0.6611, 0.797),
            (0.1612, 0.945, 0.7912, 0.802),
            (0.0812, 0.974, 0.9812, 0.804),
            (0.0412, 0.988, 1.1912, 0.806),
        ]
    ),
)
# diverging
case("diverging", history=[0.82, 1.91, 14.2, 310.0, 81200.0, 3.1e7, 2.2e12])
case(
    "diverging",
    "linear regression from scratch, learning rate 0.1, features not scaled",
    history=[411.0, 9012.0, 2.1e6, 5.1e9, 1.2e13, INF],
)
case(
    "diverging",
    (
        "iter 0: loss 4.2874\niter 250: loss 2.3112\niter 500: loss 2.0814\niter 750: loss 3.9122\n"
        "iter 1000: loss 6.8312\niter 1250: loss 7.4412\niter 1500: loss 7.5121"
    ),
)
# dead-units
case("dead-units", predictions=[0.0, 0.0, 0.0, 0.0, 0.0, 0.0], targets=[1.2, 3.4, 0.7, 2.2, 5.1, 1.9], kind="mse")
case(
    "dead-units",
    "relu everywhere, all activations are 0 after some batches and the output is only the bias",
    loss=2.3026,
    classes=10,
)
case(
    "dead-units",
    "ReLU, lr 0.1, gradients of the first layers are all zero\n"
    + "\n".join(f"step {i * 10} loss {v}" for i, v in enumerate([2.3411, 5.912, 2.3041, 2.3027, 2.3026, 2.3026, 2.3026])),
)
# restart-spikes
h = []
for c in range(4):
    h += [round(float(v), 4) for v in (1.3 - 0.2 * c) * np.exp(-np.arange(12) / 6) + 0.25 + RNG.normal(0, 0.01, 12)]
case("restart-spikes", history=h)
case(
    "restart-spikes",
    "CosineAnnealingWarmRestarts T_0=10",
    history=[
        1.2,
        0.9,
        0.7,
        0.6,
        0.55,
        0.52,
        0.5,
        0.49,
        0.485,
        0.48,
        0.91,
        0.75,
        0.62,
        0.53,
        0.48,
        0.45,
        0.43,
        0.42,
        0.41,
        0.405,
        0.82,
        0.66,
        0.52,
    ],
)
case(
    "restart-spikes",
    (
        "I resume from a checkpoint without loading the optimizer state\nstep 9800 loss 1.412\n"
        "step 9900 loss 1.408\nstep 10000 loss 1.401\nstep 10100 loss 2.912\nstep 10200 loss 1.991\n"
        "step 10300 loss 1.612\nstep 10400 loss 1.455\nstep 10500 loss 1.41"
    ),
)
# nothing-wrong
case("nothing-wrong", loss=-3.21, kind="wasserstein")
case(
    "nothing-wrong", "multi-task with learned log variances (Kendall), total loss is negative, both metrics improve", loss=-1.42
)
case(
    "nothing-wrong",
    "GaussianNLLLoss\n"
    + "\n".join(
        f"epoch {i} train_loss {a} val_loss {b}"
        for i, (a, b) in enumerate([(1.41, 1.31), (0.52, 0.48), (-0.12, -0.09), (-0.51, -0.44), (-0.73, -0.61)])
    ),
)

# again
RNG = np.random.default_rng(11)
case("no-signal", loss="6.907", kind="CrossEntropyLoss", classes=1000, accuracy=0.001)
case("no-signal", "My LSTM for sentiment stays at 0.6931, what is going on?", accuracy=0.5, framework="tensorflow")
case(
    "no-signal",
    (
        "step 10 | loss 5.545 | acc 0.4%\nstep 20 | loss 5.547 | acc 0.3%\nstep 30 | loss 5.544 | acc 0.4%\n"
        "step 40 | loss 5.546 | acc 0.4%"
    ),
    classes=256,
)
case("no-signal", loss=3.4965, kind="InfoNCE", batch=33)
case("base-rate", loss=0.1985, kind="bce", accuracy=0.95)
case(
    "base-rate",
    (
        "Epoch 1: loss=0.5705, acc=0.7431\nEpoch 2: loss=0.5631, acc=0.7501\n"
        "Epoch 3: loss=0.5627, acc=0.7499\nEpoch 4: loss=0.5624, acc=0.7500\nEpoch 5: loss=0.5623, acc=0.7500"
    ),
)
case("softmax-twice", loss=0.5515, classes=3, accuracy=0.999)
case(
    "softmax-twice",
    "CIFAR-100, model ends with nn.Softmax(dim=1), best loss I ever see is about this",
    loss=3.63,
    classes=100,
    framework="pytorch",
)
case(
    "softmax-twice",
    history=[
        {"epoch": i, "train_loss": a, "train_acc": b}
        for i, (a, b) in enumerate(
            [(2.19, 0.26), (1.93, 0.53), (1.71, 0.75), (1.56, 0.90), (1.497, 0.964), (1.481, 0.98), (1.472, 0.989)]
        )
    ],
    classes=10,
)
case("sigmoid-twice", "output = torch.sigmoid(self.fc(x)); criterion = nn.BCEWithLogitsLoss()", loss=0.5066, accuracy=0.99)
case("sigmoid-twice", loss=0.3147, kind="bce_with_logits", accuracy=1.0)
case(
    "probabilities-as-logits",
    "tf.nn.sparse_softmax_cross_entropy_with_logits(logits=tf.nn.softmax(out), labels=y)",
    loss=1.4641,
    classes=10,
)
case("logits-as-probabilities", "criterion = nn.NLLLoss(); return self.fc3(x)  -- loss goes to minus infinity", loss=-145.2)
case(
    "logits-as-probabilities",
    (
        "Dense(3) last layer linear, categorical_crossentropy, Keras\nloss: 8.0391 - acc: 0.3367\n"
        "loss: 7.4412 - acc: 0.3402\nloss: nan - acc: 0.3333"
    ),
)
case("log-missing", loss=-0.2512, kind="NLLLoss", classes=4)
case("log-missing", history=[-0.1004, -0.1872, -0.4218, -0.6711, -0.8123, -0.8791, -0.9102, -0.9288], kind="nll_loss")
case("clipped", loss=34.539, framework="sklearn")
case("clipped", loss=10.0, kind="BCELoss", accuracy=0.9, framework="pytorch")
case("clipped", "log_loss(y_test, model.predict(X_test)) is so big, accuracy is 81%", loss=6.56, framework="sklearn")
case("saturated", loss=87.3365, framework="caffe")
case("saturated", "Caffe softmax loss is stuck from iteration 20 on", loss=87.3365)
case(
    "probability-exactly-one",
    "loss = -torch.mean(torch.log(D(x)) + torch.log(1 - D(G(z)))) becomes nan after some epochs",
    loss=NAN,
)
case(
    "probability-exactly-one",
    (
        "cross_entropy = -tf.reduce_sum(y_*tf.log(y_conv))\nstep 0, training accuracy 0.1\n"
        "step 100, training accuracy 0.86\nstep 200, training accuracy 0.098, loss nan"
    ),
)
case(
    "overflow", "I compute softmax with np.exp(x)/np.exp(x).sum() and get RuntimeWarning: overflow encountered in exp, then nan"
)
case("overflow", history=[2.1e3, 8.8e8, 4.1e21, INF, NAN, NAN], kind="mse")
case("precision", "with autocast fp16 the loss is nan, with float32 it trains fine", loss=NAN, dtype="float16")
case("precision", loss="2.297", classes=10, dtype="bfloat16")
case("nan-in-gradient", "torch.norm(a - b) when a == b: grad is nan though the loss is 0")
case("nan-in-gradient", "jnp.where(x > 0, jnp.sqrt(x), 0.) gives nan gradients in JAX", framework="jax")
case("all-ignored", predictions=[[0.1, 0.2, 0.7], [0.3, 0.3, 0.4]], targets=[-100, -100], loss=NAN)
case("all-ignored", history=[1.91, 1.84, NAN, 1.79, 1.88, NAN, 1.71, 1.69], kind="cross-entropy", batch=1)
case(
    "target-outside",
    "loss of my autoencoder is negative, inputs standardised with StandardScaler, binary_crossentropy",
    loss=-0.85,
)
case("target-outside", targets=[-1, 1, 1, -1, 1, -1], kind="binary cross-entropy", loss=-7.2)
case("target-outside", "RuntimeError: CUDA error: device-side assert triggered, 5 classes labelled 1, 2, 3, 4, 5", classes=5)
case("target-not-normalised", "CrossEntropyLoss with multi-hot targets [0,1,1,0,1], loss does not go below 3", loss=3.3)
case("one-class", classes=1, loss=0.0, kind="categorical_crossentropy")
case("one-class", "num_labels=1 with CrossEntropyLoss, loss is 0 from the first step", loss=0.0)
case(
    "one-label",
    "ValueError: y_true contains only one label (1). Please provide the true labels explicitly",
    framework="sklearn",
)
case(
    "one-label",
    history=[
        {"loss": 0.0412, "accuracy": 0.9981, "val_loss": 14.2, "val_accuracy": 0.0},
        {"loss": 1e-5, "accuracy": 1.0, "val_loss": 15.9, "val_accuracy": 0.0},
        {"loss": 1e-6, "accuracy": 1.0, "val_loss": 16.1, "val_accuracy": 0.0},
    ],
)
case(
    "label-order",
    "log_loss is 3.9 but roc_auc is 0.98, my labels are strings and columns follow the order of appearance",
    loss=3.9,
    framework="sklearn",
)
P = RNG.dirichlet([0.2] * 5, 60)
case("label-order", predictions=np.round(P, 4).tolist(), targets=[int([3, 0, 4, 1, 2][k]) for k in P.argmax(1)])
case("off-by-one-index", predictions=np.round(P, 4).tolist(), targets=[int((k - 1) % 5) for k in P.argmax(1)])
case("smoothing-floor", loss=0.2017, smoothing=0.1, classes=2, accuracy=0.998)
case(
    "smoothing-floor",
    "transformer, label smoothing 0.1, vocabulary 32000, loss flattens at about 1.7",
    loss=1.72,
    classes=32000,
)
case("weighted-mean", "nn.CrossEntropyLoss(weight=torch.tensor([1., 5.])) gives 0.71, (weights * per_sample).mean() gives 1.93")
case("sum-not-mean", loss=88.72, batch=128, kind="binary cross-entropy")
case("sum-not-mean", "VAE on MNIST, BCE with reduction sum", loss=542.1, batch=1)
case(
    "accumulation",
    history=[{"loss": a, "eval_loss": b} for a, b in [(13.2, 3.31), (12.4, 3.12), (11.9, 3.01), (11.7, 2.96)]],
    steps=4,
)
case(
    "gradients-not-cleared",
    "loss decreases at first and then explodes, training loop calls loss.backward() and optimizer.step() only",
    framework="pytorch",
)
case(
    "sign-flipped",
    history=[
        {"loss": a, "accuracy": b}
        for a, b in [(2.31, 0.098), (2.44, 0.071), (2.71, 0.041), (3.22, 0.018), (4.11, 0.006), (5.4, 0.002)]
    ],
)
case("hessian-zero", "lightgbm custom mae objective: grad = sign(r), hess = 0, model outputs a constant", framework="lightgbm")
case(
    "broadcast",
    predictions=RNG.normal(size=(16, 1)).round(3).tolist(),
    targets=RNG.normal(size=16).round(3).tolist(),
    kind="l1",
    loss=1.1,
)
case("embeddings-collapsed", loss=0.3001, kind="triplet margin loss", margin=0.3)
case(
    "margin-softmax",
    "ArcFace s=30 m=0.5: train loss 15 and training accuracy 0 while LFW verification is 99%",
    loss=15.1,
    accuracy=0.0,
)
case("probabilities-in-hinge", kind="hinge", loss=0.4998)
case(
    "policy-equals-reference",
    (
        "{'loss': 0.6931, 'grad_norm': 0.0, 'rewards/chosen': 0.0, 'rewards/rejected': 0.0, "
        "'rewards/margins': 0.0, 'logps/chosen': -210.1}"
    ),
    framework="trl",
)
case("input-too-short", "CTCLoss returns inf for some samples, T=50 and target length 60", framework="pytorch")
case(
    "train-above-validation",
    (
        "Epoch 1/3\nloss: 0.6712 - accuracy: 0.7612 - val_loss: 0.4412 - val_accuracy: 0.8412\nEpoch 2/3\n"
        "loss: 0.5012 - accuracy: 0.8212 - val_loss: 0.3812 - val_accuracy: 0.8622\nEpoch 3/3\n"
        "loss: 0.4512 - accuracy: 0.8402 - val_loss: 0.3512 - val_accuracy: 0.8731"
    ),
)
case(
    "overconfident",
    (
        "epoch,train_loss,val_loss,val_acc\n0,1.21,0.98,0.61\n1,0.81,0.83,0.68\n2,0.52,0.85,0.70\n"
        "3,0.31,0.97,0.71\n4,0.17,1.18,0.715\n5,0.09,1.43,0.718"
    ),
)
case("diverging", history=[0.91, 1.2, 2.9, 8.1, 30.2, 144.0, 900.0], framework="keras")
case(
    "dead-units",
    history=[
        {"loss": 2.31, "grad_norm": 1.2},
        {"loss": 4.9, "grad_norm": 22.0},
        {"loss": 2.3026, "grad_norm": 0.0},
        {"loss": 2.3026, "grad_norm": 0.0},
        {"loss": 2.3026, "grad_norm": 0.0},
        {"loss": 2.3026, "grad_norm": 0.0},
    ],
)
case(
    "restart-spikes",
    "lr scheduler CosineAnnealingWarmRestarts(T_0=5)\n"
    + "\n".join(
        f"epoch {i} loss {v}"
        for i, v in enumerate([1.1, 0.8, 0.66, 0.6, 0.58, 0.81, 0.64, 0.55, 0.51, 0.49, 0.7, 0.56, 0.48, 0.45, 0.43, 0.62])
    ),
)
case("nothing-wrong", loss=-0.93, kind="cosine similarity", framework="keras")
case("nothing-wrong", "normalizing flow on tabular data, NLL became negative, samples look right", loss=-3.81)
case("nothing-wrong", history=[-0.2, -1.1, -1.9, -2.4, -2.6], kind="wgan critic")
case(
    "nothing-wrong",
    "BERT fine-tuning, loss goes down smoothly, val too",
    history=[
        {"loss": 0.61, "val_loss": 0.55},
        {"loss": 0.42, "val_loss": 0.41},
        {"loss": 0.31, "val_loss": 0.36},
        {"loss": 0.27, "val_loss": 0.35},
    ],
)
