"""Public cases, told in our own words with a few numbers of each: thread -> what was told, facts, and its cause.

Nineteen are of those that the doctor was asked to know, the others were found beside them.
"""

from __future__ import annotations

from typing import Any

UNREAD = "ypwhs/captcha_break 29"
"""Told after what its title implies: the thread could not be read. All others were."""

CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "huggingface/trl 1627": ((
        "DPO loss is 0.6931 from the first step "
        "on, rewards stay 0.0; beta was 0"
    ), {}, "policy-equals-reference"),
    "discuss.pytorch.org 43814": (
        "CrossEntropyLoss on MNIST after F.softmax does not go down:\nepoch 0 loss = 2.3086\nepoch 1 loss = 2.2973\n"
        "epoch 2 loss = 2.3083\nepoch 3 loss = 2.3027\nepoch 4 loss = 2.3045",
        {},
        "softmax-twice",
    ),
    "yudi-mars/daisyRec 15": ((
        "a sigmoid is applied before "
        "BCEWithLogitsLoss, and the loss does not "
        "converge"
    ), {}, "sigmoid-twice"),
    "wy1iu/sphereface 103": (
        "Iteration 21900, loss = 18.0341\nIteration 22000, loss = 17.6992\nIteration 22100, loss = "
        "87.3365\nIteration 22200, loss = 87.3365\n"
        "Iteration 22300, loss = 87.3365\nIteration 22400, loss = 87.3365",
        {},
        "saturated",
    ),
    "milesial/Pytorch-UNet 78": (
        (
            "Starting epoch 10/10.\n0.0000 --- loss: -1086.89\n0.0526 --- loss: -2474.71\n0.1053 --- loss: "
            "-2207.03\n0.1579 --- loss: -1271.19"
        ),
        {},
        "target-outside",
    ),
    "pytorch 70348": ("CrossEntropyLoss returns tensor(nan) when the target is [-100]*5", {}, "all-ignored"),
    "pytorch 8062": (
        "CrossEntropyLoss with weight=[20, 10]: the losses average to 2000 by hand, and size_average=True gives 133.3333",
        {},
        "weighted-mean",
    ),
    (
        "AnubhavGupta3377/Text-Classification-Models-Pytorch "
        "9"
    ): ("NLLLoss after softmax: the loss is always negative", {}, "log-missing"),
    "omoindrot/tensorflow-triplet-loss 6": ((
        "triplet loss, margin 0.5, becomes "
        "0.5 after several steps"
    ), {}, "embeddings-collapsed"),
    "mlfoundations/open_clip 17": ("training CLIP, batch size 128, the loss has been at 4.85 for 15 epochs", {}, "no-signal"),
    "SHI-Labs/StyleNAT 11": ("softplus loss of a GAN: the discriminator's loss falls to 1.39 and stays", {}, "no-signal"),
    "scikit-learn 30910": (
        (
            "log_loss(y_true, y_pred, labels=['dog', 'cat']) gives 36.0437 though each is predicted right: columns "
            "are not in sorted order"
        ),
        {},
        "label-order",
    ),
    "lxztju/pytorch_classification 9": (
        "with LabelSmoothing 0.1 the loss only moves from 0.6105 to 0.6092, accuracy 99.2 %, while plain cross entropy is 0.14",
        {},
        "smoothing-floor",
    ),
    "xgboost 2602": (
        "xgboost custom objective, grad = 2*(labels - preds), hess = 2\n"
        "[0]\ttest-mae:28199.7\n[1]\ttest-mae:56168.2\n[2]\ttest-mae:112110.8\n[3]\ttest-mae:223953.7\n[4]\ttest-mae:447486.6",
        {},
        "sign-flipped",
    ),
    "xgboost 1818": ((
        "xgboost with a mape objective of mine: hess = "
        "0*np.ones(len(preds)), predictions stay 0.5"
    ), {}, "hessian-zero"),
    "stats.stackexchange 282160": ((
        "CIFAR10: validation loss started to increase, "
        "whereas validation accuracy is also increasing"
    ), {}, "overconfident"),
    "ypwhs/captcha_break 29": ((
        "ctc loss becomes inf, the image is too "
        "narrow for the label after pooling"
    ), {}, "input-too-short"),
    "huggingface/trl 1311": (
        "{'loss': 0.6932, 'learning_rate': 1.37e-05, 'rewards/margins': 0.0, 'epoch': 0.38}\n"
        "{'loss': 0.6932, 'learning_rate': 1.36e-05, 'rewards/margins': 0.0, 'epoch': 0.41}\n"
        "{'loss': 0.6931, 'learning_rate': 1.35e-05, 'rewards/margins': 0.0, 'epoch': 0.44}",
        {},
        "policy-equals-reference",
    ),
    "huggingface/trl 2604": ((
        "SFT: with gradient accumulation of 4 instead of 1 "
        "the loss is larger by the same factor"
    ), {}, "accumulation"),
    "huggingface/trl 1225": ("SFT loss is 0.0: every label was masked as the completion was missing", {}, "all-ignored"),
    "pytorch 25571": ((
        "weights [2, 4, 6] in nn.CrossEntropyLoss: reduction='none' averages to 5.299, reduction='mean' says "
        "1.0598"
    ), {}, "weighted-mean"),
    "pytorch 116349": ("reduction='mean' gives nan when all labels are the ignore_index", {}, "all-ignored"),
    "keras 1761": ((
        "loss: 1.7436 - acc: 0.5749 - val_loss: 1.5925 - val_acc: 0.6434; why is the training loss higher than "
        "the validation loss? dropout"
    ), {}, "train-above-validation"),
    "keras 2344": (
        "Epoch 1\n50000/50000 [====] - 14s - loss: 1.7222 - acc: 0.3636 - val_loss: 1.3246 - val_acc: 0.5282\n"
        "Epoch 2\n50000/50000 [====] - 14s - loss: 1.3501 - acc: 0.5163 - val_loss: 1.1022 - val_acc: 0.6101\n"
        "Epoch 3\n50000/50000 [====] - 14s - loss: 1.2007 - acc: 0.5721 - val_loss: 0.9987 - val_acc: 0.6510\n"
        "Epoch 4\n50000/50000 [====] - 14s - loss: 1.1080 - acc: 0.6080 - val_loss: 0.9312 - val_acc: 0.6740",
        {},
        "train-above-validation",
    ),
    "keras 13926": ((
        "binary_crossentropy gives negative loss values, "
        "labels are not 0 and 1 for one column"
    ), {}, "target-outside"),
    "milesial/Pytorch-UNet 84": (
        (
            "Epoch 1/5: 100%| loss (batch)=-9.27e+5]\nEpoch 2/5: 100%| loss (batch)=-4.68e+6]\nEpoch 3/5: 100%| "
            "loss (batch)=-1.14e+7]"
        ),
        {},
        "target-outside",
    ),
    "xiaolonw/caffe-video_triplet 8": ("triplet loss equals the margin all the time", {}, "embeddings-collapsed"),
    "VisualComputingInstitute/triplet-reid 30": ((
        "triplet loss with soft margin "
        "never gets below 0.693"
    ), {}, "embeddings-collapsed"),
    "scikit-learn 6703": ("log_loss is 9.99e-16 for y_true = [1, 1, 1]: only one label is present", {}, "one-label"),
    "xgboost 3037": ("xgboost custom objective with x = true - pred, grad = 2x: predictions explode", {}, "sign-flipped"),
    "MaybeShewill-CV/CRNN_Tensorflow 122": ("ctc_loss_calculator: No valid path found. cost= inf", {}, "input-too-short"),
    "openai/CLIP 83": ("contrastive training with a batch size of 20 stays at 2.996", {}, "no-signal"),
    "discuss.pytorch.org 183958": ("BCE loss constant at 0.693 for the first thousands of steps", {}, "no-signal"),
    "wy1iu/sphereface 40": ("softmax_loss = 87.3365 and accuracy = 0 with caffe", {}, "saturated"),
    "bigmb/Unet-Segmentation 18": ((
        "bce with logits is negative, -0.31, "
        "augmentation made the mask [-1, 1]"
    ), {}, "target-outside"),
    "huggingface/transformers 527": ((
        "training loss is 8 times smaller than it should be, gradient_accumulation_steps=8, it was divided "
        "twice"
    ), {}, "accumulation"),
    "hotpotqa/hotpot 16": ("nll_loss without log, after softmax: loss is -0.72", {}, "log-missing"),
    "brats-e1d3 1": ("loss/train: -0.6802, it is -SoftDice, is that normal?", {}, "nothing-wrong"),
    "keras 4784": (
        "Accuracy not changing\n"
        + "\n".join(f"Epoch {k}/100\n10131566/10131566 [====] - 340s - loss: 4.4380 - acc: 0.7247" for k in range(1, 6)),
        {},
        "clipped",
    ),
    "huggingface/smol-course 61": (
        "DPO fine-tuning: the training loss is zero from the second step on; the model was loaded in float16",
        {},
        "precision",
    ),
    "keras 198": (
        "binary_crossentropy turns nan as soon as every training example is classified right and the error reaches 0",
        {},
        "probability-exactly-one",
    ),
    "keras 15249": ("keras binary_crossentropy gives 15.333239 for a prediction of 0.9999999 at target 0", {}, "clipped"),
    "tensorflow 31930": (
        "BinaryCrossentropy in tf.keras is 15.33 for label 0 and prediction 1000, and 1000 from logits",
        {},
        "clipped",
    ),
    "tensorflow 71638": (
        "tf.keras.losses.binary_crossentropy is -1.78e-06 for y_true = 1.00000006 and a prediction of 1.0",
        {},
        "target-outside",
    ),
    "pytorch 75181": ("CrossEntropyLoss(ignore_index=-1) returns nan where the only label is -1", {}, "all-ignored"),
    "pytorch 2421": ("x.norm().backward() gives nan where x is a vector of zeros", {}, "nan-in-gradient"),
    "FangShancheng/ABINet 13": ("language model: nan; texts of one letter have all tokens masked", {}, "all-ignored"),
    "PatrickLib/captcha_recognize 1": (
        "\n".join(
            f"Step {440 + 10 * k} run_train: loss = {loss}"
            for k, loss in enumerate((15.94, 36.65, 102.19, 317.27, 801.44, 2089.72, 5845.62, 13428.68, 25587.19))
        ),
        {},
        "diverging",
    ),
    "robocasa 163": ("behaviour cloning with a GMM head: the loss is negative, is that wrong?", {}, "nothing-wrong"),
    "Newbeeer/L_DMI 4": ("The L_DMI loss, -log|det| of a matrix, is negative: is that normal?", {}, "nothing-wrong"),
    "huggingface/trl 2703": ("GRPO: train/loss stays at 0 for the first steps and then increases", {}, "nothing-wrong"),
}  # fmt: skip
