"""Public cases, told in our own words with a few numbers of each: thread -> what was told, facts, and its cause.

Twenty-two are of those that the doctor was asked to know, the others were found beside them. A thread that is listed was
written down with its cause before the doctor was asked for the first time.
"""

from __future__ import annotations

from typing import Any

CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "huggingface/trl 1627": (
        ("DPO loss is 0.6931 from the first step on, rewards stay 0.0; beta was 0"),
        {},
        "policy-equals-reference",
    ),
    "discuss.pytorch.org 43814": (
        "CrossEntropyLoss on MNIST after F.softmax does not go down:\nepoch 0 loss = 2.3086\nepoch 1 loss = 2.2973\n"
        "epoch 2 loss = 2.3083\nepoch 3 loss = 2.3027\nepoch 4 loss = 2.3045",
        {},
        "softmax-twice",
    ),
    "yudi-mars/daisyRec 15": (
        ("a sigmoid is applied before BCEWithLogitsLoss, and the loss does not converge"),
        {},
        "sigmoid-twice",
    ),
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
    ("AnubhavGupta3377/Text-Classification-Models-Pytorch 9"): (
        "NLLLoss after softmax: the loss is always negative",
        {},
        "log-missing",
    ),
    "omoindrot/tensorflow-triplet-loss 6": (
        ("triplet loss, margin 0.5, becomes 0.5 after several steps"),
        {},
        "embeddings-collapsed",
    ),
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
    "xgboost 1818": (
        ("xgboost with a mape objective of mine: hess = 0*np.ones(len(preds)), predictions stay 0.5"),
        {},
        "hessian-zero",
    ),
    "stats.stackexchange 282160": (
        ("CIFAR10: validation loss started to increase, whereas validation accuracy is also increasing"),
        {},
        "overconfident",
    ),
    "ypwhs/captcha_break 29": (
        "在ctc_pytorch的训练过程中，损失值总会变为nan。图片尺寸改为96*34，n_input_length = 6",
        {},
        "input-too-short",
    ),
    "huggingface/trl 1311": (
        "{'loss': 0.6932, 'learning_rate': 1.37e-05, 'rewards/margins': 0.0, 'epoch': 0.38}\n"
        "{'loss': 0.6932, 'learning_rate': 1.36e-05, 'rewards/margins': 0.0, 'epoch': 0.41}\n"
        "{'loss': 0.6931, 'learning_rate': 1.35e-05, 'rewards/margins': 0.0, 'epoch': 0.44}",
        {},
        "policy-equals-reference",
    ),
    "huggingface/trl 2604": (
        ("SFT: with gradient accumulation of 4 instead of 1 the loss is larger by the same factor"),
        {},
        "accumulation",
    ),
    "huggingface/trl 1225": ("SFT loss is 0.0: every label was masked as the completion was missing", {}, "all-ignored"),
    "pytorch 25571": (
        ("weights [2, 4, 6] in nn.CrossEntropyLoss: reduction='none' averages to 5.299, reduction='mean' says 1.0598"),
        {},
        "weighted-mean",
    ),
    "pytorch 116349": ("reduction='mean' gives nan when all labels are the ignore_index", {}, "all-ignored"),
    "keras 1761": (
        (
            "loss: 1.7436 - acc: 0.5749 - val_loss: 1.5925 - val_acc: 0.6434; why is the training loss higher than "
            "the validation loss? dropout"
        ),
        {},
        "train-above-validation",
    ),
    "keras 2344": (
        "Epoch 1\n50000/50000 [====] - 14s - loss: 1.7222 - acc: 0.3636 - val_loss: 1.3246 - val_acc: 0.5282\n"
        "Epoch 2\n50000/50000 [====] - 14s - loss: 1.3501 - acc: 0.5163 - val_loss: 1.1022 - val_acc: 0.6101\n"
        "Epoch 3\n50000/50000 [====] - 14s - loss: 1.2007 - acc: 0.5721 - val_loss: 0.9987 - val_acc: 0.6510\n"
        "Epoch 4\n50000/50000 [====] - 14s - loss: 1.1080 - acc: 0.6080 - val_loss: 0.9312 - val_acc: 0.6740",
        {},
        "train-above-validation",
    ),
    "keras 13926": (
        ("binary_crossentropy gives negative loss values, labels are not 0 and 1 for one column"),
        {},
        "target-outside",
    ),
    "milesial/Pytorch-UNet 84": (
        (
            "Epoch 1/5: 100%| loss (batch)=-9.27e+5]\nEpoch 2/5: 100%| loss (batch)=-4.68e+6]\nEpoch 3/5: 100%| "
            "loss (batch)=-1.14e+7]"
        ),
        {},
        "target-outside",
    ),
    "xiaolonw/caffe-video_triplet 8": ("triplet loss equals the margin all the time", {}, "embeddings-collapsed"),
    "VisualComputingInstitute/triplet-reid 30": (
        ("triplet loss with soft margin never gets below 0.693"),
        {},
        "embeddings-collapsed",
    ),
    "scikit-learn 6703": ("log_loss is 9.99e-16 for y_true = [1, 1, 1]: only one label is present", {}, "one-label"),
    "xgboost 3037": ("xgboost custom objective with x = true - pred, grad = 2x: predictions explode", {}, "sign-flipped"),
    "MaybeShewill-CV/CRNN_Tensorflow 122": ("ctc_loss_calculator: No valid path found. cost= inf", {}, "input-too-short"),
    "openai/CLIP 83": ("contrastive training with a batch size of 20 stays at 2.996", {}, "no-signal"),
    "discuss.pytorch.org 183958": ("BCE loss constant at 0.693 for the first thousands of steps", {}, "no-signal"),
    "wy1iu/sphereface 40": ("softmax_loss = 87.3365 and accuracy = 0 with caffe", {}, "saturated"),
    "bigmb/Unet-Segmentation 18": (
        ("bce with logits is negative, -0.31, augmentation made the mask [-1, 1]"),
        {},
        "target-outside",
    ),
    "huggingface/transformers 527": (
        ("training loss is 8 times smaller than it should be, gradient_accumulation_steps=8, it was divided twice"),
        {},
        "accumulation",
    ),
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
    "deepinsight/insightface 117": (
        ("I train ImageNet with the InsightFace margin loss: the loss goes down but the accuracy is always zero"),
        {},
        "margin-softmax",
    ),
    "4uiiurz1/keras-arcface 13": (
        (
            "ArcFace layer on a ResNet50, two classes: training accuracy drops to 3% although the loss decreases "
            "steadily, and at epoch 10 it shoots up to 89%"
        ),
        {},
        "margin-softmax",
    ),
    "VladimirLi/tfVideoResearch 9": (
        ("Only NaN in the loss from the start. 101 action classes, the label range is [1,101]"),
        {},
        "off-by-one-index",
    ),
    "SakuraRiven/EAST 2": (
        ("Text detector: after a while the loss is nan; torch.sum(gt_score) of that batch is zero, there is no text in it"),
        {},
        "all-ignored",
    ),
    "naibaf7/caffe_neural_tool 1": (
        (
            "I0718 23:03:0 10622 solver.cpp:224] Iteration 0, loss = 0.693077\n"
            "I0718 23:03:0 10622 solver.cpp:501] Iteration 0, lr = 0.001\n"
            "I0718 23:03:50 10622 solver.cpp:224] Iteration 50, loss = nan\n"
            "I0718 23:03:50 10622 solver.cpp:501] Iteration 50, lr = 0.001\n"
            "I0718 23:03:100 10622 solver.cpp:224] Iteration 100, loss = nan\n"
            "I0718 23:03:100 10622 solver.cpp:501] Iteration 100, lr = 0.001\n"
            "I0718 23:03:150 10622 solver.cpp:224] Iteration 150, loss = nan\n"
            "I0718 23:03:150 10622 solver.cpp:501] Iteration 150, lr = 0.001\n"
            "Some patches lack labels 0 and 1 entirely, the rest is masked"
        ),
        {},
        "all-ignored",
    ),
    "marco-rudolph/cs-flow 28": (
        ("Training a normalizing flow on MVTec the train loss might become negative. What does this mean?"),
        {},
        "nothing-wrong",
    ),
    "zexupan/MuSE 2": (("Speaker extraction trained by SI-SDR: is it normal that the loss is negative?"), {}, "nothing-wrong"),
    "MIC-DKFZ/nnUNet 1271": (
        ("nnU-Net: training and validation loss dropped to -0.6 and then stopped dropping. Why is it negative?"),
        {},
        "nothing-wrong",
    ),
    "Jiahao-UTS/DSLPT 3": (
        ("Facial landmarks with an NLL loss: the loss went negative during training, have you seen this?"),
        {},
        "nothing-wrong",
    ),
    "hiyouga/ChatGLM-Efficient-Tuning 267": (("训练后loss先在2左右上下波动，然后突然变成0，后面一直保持为0"), {}, "diverging"),
    "datascience.stackexchange 38604": (
        (
            "MNIST with Dense(1, sigmoid) and binary_crossentropy\n"
            "Epoch 1/10\n"
            "40199/40199 [==============================] - 3s 76us/step - loss: -55.0254 - acc: 0.1142 - val_loss: "
            "-55.1361 - val_acc: 0.1088\n"
            "Epoch 2/10\n"
            "40199/40199 [==============================] - 3s 76us/step - loss: -55.0284 - acc: 0.1141 - val_loss: "
            "-55.1361 - val_acc: 0.1088\n"
            "Epoch 3/10\n"
            "40199/40199 [==============================] - 3s 76us/step - loss: -55.0284 - acc: 0.1141 - val_loss: "
            "-55.1361 - val_acc: 0.1088\n"
            "Epoch 4/10\n"
            "40199/40199 [==============================] - 3s 76us/step - loss: -55.0284 - acc: 0.1141 - val_loss: "
            "-55.1361 - val_acc: 0.1088"
        ),
        {},
        "target-outside",
    ),
    "jixing0415/caffe-mobilenet-v3 1": (
        (
            "I0515 11:00:31 37636 solver.cpp:239] Iteration 0 (1.05 iter/s, 19.0s/20 iters), loss = 6.91161\n"
            "I0515 solver.cpp:258]     Train net output #0: loss = 6.91161 (* 1 = 6.91161 loss)\n"
            "I0515 sgd_solver.cpp:112] Iteration 0, lr = 0.01\n"
            "I0515 11:01:31 37636 solver.cpp:239] Iteration 20 (1.05 iter/s, 19.0s/20 iters), loss = 6.90501\n"
            "I0515 solver.cpp:258]     Train net output #0: loss = 6.90776 (* 1 = 6.90776 loss)\n"
            "I0515 sgd_solver.cpp:112] Iteration 20, lr = 0.01\n"
            "I0515 11:02:31 37636 solver.cpp:239] Iteration 40 (1.05 iter/s, 19.0s/20 iters), loss = 6.90635\n"
            "I0515 solver.cpp:258]     Train net output #0: loss = 6.90776 (* 1 = 6.90776 loss)\n"
            "I0515 sgd_solver.cpp:112] Iteration 40, lr = 0.01"
        ),
        {},
        "no-signal",
    ),
    "1204BUPT/Zhu-Net-image-steganalysis 1": (("why always loss equal 0.6931?"), {}, "no-signal"),
    "LightGBM 3584": (
        (
            "LGBMRegressor with a mae objective of mine does not learn\n"
            "[10]\ttraining's mae: 22.5328\n"
            "[20]\ttraining's mae: 22.5328\n"
            "[30]\ttraining's mae: 22.5328\n"
            "[40]\ttraining's mae: 22.5328\n"
            "grad = np.sign(preds - y)\n"
            "hess = np.zeros(len(y))"
        ),
        {},
        "hessian-zero",
    ),
    "pytorch 4867": (("BCELoss of inputs [1, 1] with targets [0, 0] gives 27.6310. Is there a limit?"), {}, "clipped"),
    "axolotl 2262": (
        (
            "micro_batch_size=1 with gradient_accumulation_steps=8 starts at a loss of 83.7, micro_batch_size=8 "
            "without accumulation at 10.5"
        ),
        {},
        "accumulation",
    ),
    "huggingface/transformers 38837": (
        (
            "{'loss': 0.9984, 'grad_norm': 36.2, 'learning_rate': 0.0, 'epoch': 0.4}\n"
            "{'loss': 0.9984, 'grad_norm': 36.2, 'learning_rate': 0.0, 'epoch': 0.8}\n"
            "{'loss': 0.4992, 'grad_norm': 18.1, 'learning_rate': 0.0, 'epoch': 1.0}\n"
            "{'loss': 0.9984, 'grad_norm': 36.2, 'learning_rate': 0.0, 'epoch': 1.4}\n"
            "{'loss': 0.9984, 'grad_norm': 36.2, 'learning_rate': 0.0, 'epoch': 1.8}\n"
            "{'loss': 0.4992, 'grad_norm': 18.1, 'learning_rate': 0.0, 'epoch': 2.0}"
        ),
        {},
        "accumulation",
    ),
    "espnet 5090": (
        (
            "When using gradient accumulation the training loss is divided by the number of accumulation steps before "
            "it is reported, so it cannot be compared with that of validation"
        ),
        {},
        "accumulation",
    ),
    "zylo117/Yet-Another-EfficientDet-Pytorch 717": (
        ("The BCE inside the FocalLoss can output NaN: torch.log(classification) has no clamp"),
        {},
        "probability-exactly-one",
    ),
    "doronharitan/human_activity_recognition_LRCN 4": (
        ("The output function is a Softmax and the criterion CrossEntropyLoss. Would this not hurt the loss?"),
        {},
        "softmax-twice",
    ),
    "keras 11832": (
        (
            "EDSR in float16: the loss falls for about 10 mini-batches, then suddenly goes up until nan and inf. With "
            "float32 it converges"
        ),
        {},
        "precision",
    ),
    "keras 11860": (
        (
            "adam does not work with FP16, mse as loss; FP32 has no issue\n"
            "Epoch 1/10\n"
            "1381/1381 [==============================] - 1033s 748ms/step - loss: nan"
        ),
        {},
        "precision",
    ),
    "fairseq 3479": (("Why is the validation loss often way smaller than the training loss?"), {}, "train-above-validation"),
    "scikit-learn 7086": (
        ("log_loss([1], [0]) is 9.9920072216264148e-16 and log_loss([0], [1]) is 34.539575992340879 in sklearn"),
        {},
        "one-label",
    ),
    "HunterMcGushion/hyperparameter_hunter 90": (
        (
            "log_loss as the metric of an XGBClassifier: the scores are bogus, all predictions are binary values and "
            "no probabilities. loss 3.45"
        ),
        {},
        "clipped",
    ),
    "xgboost 7010": (
        ("XGBClassifier with binary:logitraw: predict_proba gives 11.813067 and -10.813067, far above 1"),
        {},
        "logits-as-probabilities",
    ),
    "keras 3040": (
        ("Keras, y = 2x with x from 0 to 199, one Dense(1), SGD(lr=0.001), mean_squared_error: the weights go to nan"),
        {},
        "diverging",
    ),
    "keras 3755": (
        (
            "Deep CNN with categorical_crossentropy: the validation loss started increasing while the validation "
            "accuracy is still improving"
        ),
        {},
        "overconfident",
    ),
    "IBM/aihwkit 446": (
        (
            "Loss error: 1.0298\n"
            "Loss error: 0.8179\n"
            "Loss error: 0.4704\n"
            "Loss error: 0.1962\n"
            "Loss error: 0.0619\n"
            "Loss error: 0.0885\n"
            "Loss error: 0.2776\n"
            "Loss error: 0.5321\n"
            "Loss error: 0.7532\n"
            "Loss error: 0.8696"
        ),
        {},
        "gradients-not-cleared",
    ),
    "agokrani/distillKitPlus 5": (
        (
            "With gradient accumulation the logged loss is summed over all batches: it jumps from 6 to 26 when going "
            "from 8 to 32 steps"
        ),
        {},
        "accumulation",
    ),
    "sentence-transformers 3054": (
        ("MultipleNegativesRankingLoss with scale 0, 4 pairs: the loss is 1.3863 whatever the data"),
        {},
        "no-signal",
    ),
    "yastrebksv/TennisCourtDetector 7": (("There is no optimizer.zero_grad() in the trainer"), {}, "gradients-not-cleared"),
    "meijieru/crnn.pytorch 235": (("CRNN: my CTC loss is always nan or inf at every epoch"), {}, "input-too-short"),
    "FangShancheng/ABINet 65": (
        ("CRNN with CTCLoss(zero_infinity=False): the first 4 or 5 iterations are normal, then inf, after that nan"),
        {},
        "input-too-short",
    ),
    "shubham-goel/4D-Humans 85": (
        ("The loss is summed over all dimensions and not divided by the batch size. Why?"),
        {},
        "sum-not-mean",
    ),
    "omoindrot/tensorflow-triplet-loss 18": (
        (
            "triplet loss: the value hardly changes, and is about the margin whatever margin I choose\n"
            "Epoch 1/60\n"
            "97/97 [==============================] - 22s - loss: 1.0072 - mAP: 0.16 - val_loss: 0.9624 - val_mAP: 0.2\n"
            "Epoch 2/60\n"
            "97/97 [==============================] - 22s - loss: 1.006 - mAP: 0.19 - val_loss: 0.9647 - val_mAP: 0.2\n"
            "Epoch 3/60\n"
            "97/97 [==============================] - 22s - loss: 1.0051 - mAP: 0.22 - val_loss: 0.9851 - val_mAP: 0.2\n"
            "Epoch 4/60\n"
            "97/97 [==============================] - 22s - loss: 1.0051 - mAP: 0.16 - val_loss: 0.9519 - val_mAP: 0.2\n"
            "Epoch 5/60\n"
            "97/97 [==============================] - 22s - loss: 1.0034 - mAP: 0.24 - val_loss: 0.9696 - val_mAP: 0.2\n"
            "Epoch 6/60\n"
            "97/97 [==============================] - 22s - loss: 1.0025 - mAP: 0.25 - val_loss: 0.9895 - val_mAP: 0.2\n"
            "Epoch 7/60\n"
            "97/97 [==============================] - 22s - loss: 1.0044 - mAP: 0.29 - val_loss: 0.9717 - val_mAP: 0.2\n"
            "Epoch 8/60\n"
            "97/97 [==============================] - 22s - loss: 1.0007 - mAP: 0.27 - val_loss: 0.9902 - val_mAP: 0.2"
        ),
        {},
        "embeddings-collapsed",
    ),
    "omoindrot/tensorflow-triplet-loss 38": (
        ("Triplet training: pairwise_dist drops to 0, the loss is near the margin and cannot go down"),
        {},
        "embeddings-collapsed",
    ),
    "omoindrot/tensorflow-triplet-loss 15": (
        ("ResNet for speaker recognition with triplet loss: the loss is 0.5 and does not decrease"),
        {},
        "embeddings-collapsed",
    ),
    "Smadx/USTC-ML24-Fall 35": (("第二部分loss为0，accuracy为1。没有取对数，导致所有样本的label都是1"), {}, "one-label"),
    "facebookresearch/SlowFast 327": (
        (
            "training loss is always 0.0, my data has only one action class\n"
            '[11/16 14:26:11][INFO] logging.py: 96: json_stats: {"_type": "train_iter", "epoch": "1/196", "loss": '
            '0.00000, "lr": 0.00010, "top1_err": 0.00000}\n'
            '[11/16 14:26:12][INFO] logging.py: 96: json_stats: {"_type": "train_iter", "epoch": "2/196", "loss": '
            '0.00000, "lr": 0.00010, "top1_err": 0.00000}\n'
            '[11/16 14:26:13][INFO] logging.py: 96: json_stats: {"_type": "train_iter", "epoch": "3/196", "loss": '
            '0.00000, "lr": 0.00010, "top1_err": 0.00000}'
        ),
        {},
        "one-class",
    ),
    "experiencor/keras-yolo2 101": (
        ("Images with 1 label and 1 anchor box. The class loss is ALWAYS zero. Is that on purpose?"),
        {},
        "one-class",
    ),
    "ultralytics/yolov5 3064": (
        ("My dataset has only 1 class. During training my cls loss is 0 in each epoch"),
        {},
        "one-class",
    ),
    "vvanirudh/social-lstm-tf 25": (
        ("The learning error becomes negative, is it because of the negative log-likelihood of a bivariate Gaussian?"),
        {},
        "nothing-wrong",
    ),
    "jeffffffli/res-loglikelihood-regression 5": (
        ("Regression by residual log-likelihood: sometimes the loss value becomes negative. Is it normal?"),
        {},
        "nothing-wrong",
    ),
    "gathierry/FastFlow 18": (("FastFlow anomaly detection: why is the loss negative?"), {}, "nothing-wrong"),
    "keras 741": (
        ("I train a multi-label softmax classifier, an example has several ones in its one-hot code, and it does not converge"),
        {},
        "target-not-normalised",
    ),
    "ultralytics/yolov5 10209": (
        (
            "There is a spike in training and validation loss where the warm-up phase ends and the normal schedule of "
            "the rate begins. Is this normal?"
        ),
        {},
        "restart-spikes",
    ),
    "MIC-DKFZ/nnUNet 2790": (
        (
            "Primus: a sharp increase of training loss and validation loss between epochs 30 and 100, is it the "
            "learning rate warm-up?"
        ),
        {},
        "diverging",
    ),
    "tensorflow/models 181": (
        (
            "Cross entropy implemented manually: the training loss becomes nan after about 90 epochs; with the "
            "built-in softmax_cross_entropy_with_logits it is stable"
        ),
        {},
        "probability-exactly-one",
    ),
    "cleverhans-lab/cleverhans 1133": (
        (
            "Two-class model: the final loss is about 0.2 with the CrossEntropy of cleverhans and 0.01 with caffe on "
            "the same data; label smoothing 0.1"
        ),
        {},
        "smoothing-floor",
    ),
    "tensorflow 1513": (
        (
            "softmax_cross_entropy_with_logits returns 1.52118264e+11 for logits of -2.88e+11 and -4.40e+11 in my "
            "AlexNet, is this wrong?"
        ),
        {},
        "diverging",
    ),
    "abduallahmohamed/Social-STGCNN 59": (
        ("The loss goes from positive to negative during training, though it is a negative log likelihood of trajectories"),
        {},
        "nothing-wrong",
    ),
    "rwightman/efficientdet-pytorch 291": (
        (
            "The epsilon of the box coder guards against NaN in float32, but with AMP in float16 it is too small and "
            "INF/NaN appear"
        ),
        {},
        "precision",
    ),
    "hirofumi0810/neural_sp 168": (
        ("accum_grad loss error: the loss should be divided by accum_grad_n_steps"),
        {},
        "accumulation",
    ),
    "ronghuaiyang/arcface-pytorch 93": (
        ("arcface: training loss decreases, accuracy on the training set is always zero"),
        {},
        "margin-softmax",
    ),
    "keras 5359": (
        ("mnist_mlp: val_acc is improving, but val_loss does not converge, after 20 epochs it is larger than at the first"),
        {},
        "overconfident",
    ),
    "Bjarten/early-stopping-pytorch 18": (
        ("Is it normal that the validation set loss is less than the training set loss?"),
        {},
        "train-above-validation",
    ),
    "avBuffer/UNet3plus_pth 23": (
        "The bce loss does not decrease: unet3plus returns F.sigmoid(d1), and train.py uses BCEWithLogitsLoss",
        {},
        "sigmoid-twice",
    ),
    "hitachi-speech/EEND 31": (
        (
            "The code uses the sigmoid only to infer. I added it to the model in training as the paper says, with "
            "sigmoid_cross_entropy as the loss, and the loss cannot go down"
        ),
        {},
        "sigmoid-twice",
    ),
    "argusswift/YOLOv4-pytorch 89": (
        "yolo_head里对confidence以及class都做了sigmoid后才输出，loss里用了BCEWithLogitsLoss，请问有什么用意吗",
        {},
        "sigmoid-twice",
    ),
    "YuanGongND/ast 75": (
        (
            "Multi-label audio tagging with BCEWithLogitsLoss: the validation loss is very high, around 0.6940, but "
            "the mAP keeps increasing. A sigmoid is applied before the loss is computed"
        ),
        {},
        "sigmoid-twice",
    ),
    "haotian-liu/LLaVA 1684": (
        "eval_loss: nan or loss=0.0 during finetuning with fp16; with bf16 or fp32 it works",
        {},
        "precision",
    ),
    "hiyouga/LlamaFactory 3474": (
        (
            "Full finetune on long inputs: the train loss is fine but the eval loss is nan; solved when I switch from "
            "fp16 amp to bf16 amp"
        ),
        {},
        "precision",
    ),
    "jzhang38/TinyLlama 32": (
        "I call model.half() to fit the GPU: the training loss becomes 0 after a single batch, and the evaluation loss is nan",
        {},
        "precision",
    ),
    "shibing624/MedicalGPT 186": (
        "llama2微调时，train_loss会先下降几个epoch，然后变为0，eval_loss一直为nan，learning_rate太大",
        {},
        "diverging",
    ),
}
