"""What is read from numbers, sentences and logs in each format; what is hostile gets a sentence."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest

from explorer.doctor import diagnose, understand
from explorer.doctor.history import History
from explorer.doctor.printed import Printed, of, read

KERAS = """Epoch 1/3
 32/600 [>.............................] - ETA: 1s - loss: 2.9000 - acc: 0.0500
600/600 [==============================] - 2s 3ms/step - loss: 2.3026 - acc: 0.1012 - val_loss: 2.3031 - val_acc: 0.0990
Epoch 2/3
600/600 [==============================] - 2s 3ms/step - loss: 2.3025 - acc: 0.0995 - val_loss: 2.3027 - val_acc: 0.1004
Epoch 3/3
600/600 [==============================] - 2s 3ms/step - loss: 2.3026 - acc: 0.1003 - val_loss: 2.3026 - val_acc: 0.1000
"""
LOSSES = [2.3026, 2.3025, 2.3026]
VALIDATION = [2.3031, 2.3027, 2.3026]
RECORDS = [{"epoch": k, "loss": loss, "eval_loss": val} for k, (loss, val) in enumerate(zip(LOSSES, VALIDATION, strict=True))]
PAIRS = [(k, a, b) for k, (a, b) in enumerate(zip(LOSSES, VALIDATION, strict=True))]
FORMATS = {
    "Keras progress": KERAS,
    "Keras CSV": "epoch,accuracy,loss,val_accuracy,val_loss\n"
    + "\n".join(f"{k},0.1,{a},0.1,{b}" for k, (a, b) in enumerate(zip(LOSSES, VALIDATION, strict=True))),
    "Lightning CSV": "epoch,step,train_loss,val_loss\n"
    + "\n".join(f"{k},{k},{a},\n{k},{k},,{b}" for k, (a, b) in enumerate(zip(LOSSES, VALIDATION, strict=True))),
    "Hugging Face lines": "\n".join(str(record) for record in RECORDS),
    "Hugging Face lines apart": "\n".join(
        f"{{'loss': {a}, 'learning_rate': 1e-05}}\n{{'eval_loss': {b}, 'epoch': {k}.0}}"
        for k, (a, b) in enumerate(zip(LOSSES, VALIDATION, strict=True))
    ),
    "trainer_state.json": json.dumps({"best_metric": None, "log_history": RECORDS}),
    "Keras history": json.dumps({"loss": LOSSES, "val_loss": VALIDATION}),
    "plain": "\n".join(
        f"epoch {k} loss {a} val loss {b} acc 0.1" for k, (a, b) in enumerate(zip(LOSSES, VALIDATION, strict=True))
    ),
    "PyTorch examples": "\n".join(
        f"Train Epoch: {k} [640/60000 (1%)]\tLoss: {a}\nValidation Loss: {b}"
        for k, (a, b) in enumerate(zip(LOSSES, VALIDATION, strict=True))
    ),
    "TensorBoard CSV": "Wall time,Step,Value\n" + "\n".join(f"1.7e9,{k},{a}" for k, a in enumerate(LOSSES)),
    "TensorBoard JSON": json.dumps([[1.7e9, k, a] for k, a in enumerate(LOSSES)]),
    "bars": "\r".join(
        f"Epoch {k}: 100%|#####| 10/10 [00:01<00:00, loss={a}, val_loss={b}]"
        for k, (a, b) in enumerate(zip(LOSSES, VALIDATION, strict=True))
    ),
    "Keras 3 in colours": "".join(
        f"Epoch {k}/3\n\x1b[1m  1/600\x1b[0m \x1b[37m━━━━\x1b[0m \x1b[1m9s\x1b[0m 9ms/step - loss: 2.9\r"
        f"\x1b[1m600/600\x1b[0m \x1b[32m━━━━\x1b[0m 2s 3ms/step - accuracy: 0.1 - loss: {a} - val_loss: {b}\n"
        for k, a, b in PAIRS
    ),
    "Markdown": "| Epoch | Train loss | Val loss |\n|---|--:|--:|\n" + "".join(f"| {k} | {a} | {b} |\n" for k, a, b in PAIRS),
    "fastai": "epoch     train_loss  valid_loss  accuracy  time\n"
    + "".join(f"{k}   {a}  {b}  0.100  00:07\n" for k, a, b in PAIRS),
    "pandas": "   epoch    loss  val_loss\n" + "".join(f"{k}      {k}  {a}    {b}\n" for k, a, b in PAIRS),
    "semicolons": "Epoch;Loss;Val_Loss\n" + "".join(f"{k};{a};{b}\n".replace(".", ",") for k, a, b in PAIRS),
    "Weights & Biases CSV": '"Step","run - train/loss","run - train/loss__MIN"\n'
    + "".join(f'"{k}","{a}","{a}"\n' for k, a, _ in PAIRS),
    "a notebook's table": "Step\tTraining Loss\tValidation Loss\n" + "".join(f"{k}\t{a}\t{b}\n" for k, a, b in PAIRS),
    "a dictionary of lists": str({"loss": LOSSES, "val_loss": VALIDATION}),
    "a list": f"losses = {LOSSES}",
    "a column": "\n".join(map(str, LOSSES)),
    "tensors": "\n".join(f"tensor({a}, device='cuda:0', grad_fn=<NllLossBackward0>)" for a in LOSSES),
    "XGBoost": "\n".join(f"[{k}]\ttrain-mlogloss:{a}\teval-mlogloss:{b}" for k, a, b in PAIRS),
    "LightGBM": "\n".join(f"[{k}]\ttraining's multi_logloss: {a}\tvalid_1's multi_logloss: {b}" for k, a, b in PAIRS),
    "CatBoost": "Learning rate set to 0.06\n"
    + "\n".join(f"{k}:\tlearn: {a}\ttest: {b}\tbest: 2.3 (0)\ttotal: 8s" for k, a, b in PAIRS),
    "mmdetection": "\n".join(
        f"Epoch [1][{k}/733] lr: 1e-03, loss_rpn_cls: 0.5, acc: 88.6, rpn_loss: 0.1, loss: {a}" for k, a, _ in PAIRS
    ),
    "detectron2": "\n".join(f"iter: {k}  total_loss: {a}  loss_cls: 1.2  loss_box_reg: 1.1  lr: 1.6e-05" for k, a, _ in PAIRS),
    "Megatron": "\n".join(f" iteration {k}/ 3 | learning rate: 1.5E-04 | lm loss: {a} | grad norm: 1.2 |" for k, a, _ in PAIRS),
    "nanoGPT": "\n".join(f"iter {k}: loss {a}, time 250.90ms, mfu 17.1%" for k, a, _ in PAIRS),
    "Darknet": "\n".join(f" {k}: {a}, 2.4 avg loss, 0.001 rate, 1.5 seconds, 64 images" for k, a, _ in PAIRS),
    "DETR": "\n".join(
        f"Epoch: [0] [{k}/9] lr: 0.0001 class_error: 100.00 loss: {a} (2.4) loss_ce: 0.9 (0.9)" for k, a, _ in PAIRS
    ),
    "German": "\n".join(f"Epoche {k} Verlust {a} Genauigkeit 0,10".replace(".", ",") for k, a, _ in PAIRS),
    "Chinese": "\n".join(f"第{k}轮 训练损失：{a} 验证损失：{b} 准确率：10%" for k, a, b in PAIRS),
    "after a traceback": 'Traceback (most recent call last):\n  File "a.py", line 33\n'
    + "\n".join(f"epoch {k} loss {a}" for k, a, _ in PAIRS),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_the_same(name: str) -> None:
    history = understand(FORMATS[name]).history
    assert isinstance(history, History)
    assert history.loss.tolist() == LOSSES
    assert history.half == pytest.approx(5e-5)
    if "val" in FORMATS[name].lower().replace("value", ""):
        assert history.column("val_loss").tolist() == VALIDATION
    assert diagnose(FORMATS[name], classes=10)[0].cause == "no-signal"


def told(text: str, *columns: str) -> list[list[float]]:
    """The losses of a log and columns beside them."""
    history = understand(text).history
    assert history is not None
    return [history.loss.tolist(), *(history.column(name).tolist() for name in columns)]


def test_what_stands_beside_a_loss() -> None:
    bar = "0 [50/1251] Loss: 6.95 (6.95) LR: 1.0e-06 gnorm 2.5\n0 [99/1251] Loss: 6.91 (6.93) LR: 2.0e-06 gnorm 1.5"
    assert told(bar, "rate", "grad_norm") == [[6.95, 6.91], [1e-6, 2e-6], [2.5, 1.5]]
    test = "Test set: Average loss: 0.0489, Accuracy: 9843/10000 (98%)"
    assert told(f"Epoch: 1 Loss: 2.3\n{test}\nEpoch: 2 Loss: 2.2\n{test}", "val_loss", "val_accuracy") == [
        [2.3, 2.2],
        [0.0489] * 2,
        [0.9843] * 2,
    ]
    assert told("1: [train] acc=0.5, loss=55.0; [valid] acc=0.6, loss=48.0\n" * 2, "val_loss") == [[55.0] * 2, [48.0] * 2]
    alone = "[0]\tvalidation_0-auc:0.5\tvalidation_0-logloss:0.68\n[1]\tvalidation_0-auc:0.6\tvalidation_0-logloss:0.61"
    assert understand(alone).history.column("val_loss").tolist() == [0.68, 0.61]  # type: ignore[union-attr]
    lines = "{'loss': nan, 'epoch': 0.1}\n{'loss': 0.5, 'epoch': 0.2}\n{'train_runtime': 12.3, 'train_loss': 1.45}"
    assert str(told(lines)) == "[[nan, 0.5]]"
    halves = "Epoch gpu_mem box obj cls labels\n0/2 3.44G 0.25 0.50 0.125 227 640: 100%|##| 8/8\n1/2 3.44G nan nan nan 9 640"
    assert str(told(halves)) == "[[0.875, nan]]"


def test_other_logs() -> None:
    caffe = "I0718 solver.cpp:218] Iteration 100, loss = 87.3365\nI0718 sgd_solver.cpp:105] Iteration 100, lr = 0.01\n" * 3
    assert diagnose(caffe)[0].cause == "saturated"
    broken = understand("step 1 loss 0.5\nstep 2 loss nan\nstep 3 loss: nan").history
    assert broken is not None
    assert broken.onset == 1


def test_sentences() -> None:
    facts = understand("Loss is 4.4380 at 72.47 % accuracy, float32, label smoothing 0.1, 5-class problem, batch_size=64")
    assert facts.loss == Printed(4.4380, 5e-5, "4.4380")
    assert facts.accuracy is not None
    assert facts.accuracy.value == pytest.approx(0.7247)
    assert (facts.dtype, facts.smoothing, facts.classes, facts.batch) == ("float32", 0.1, 5, 64)
    facts = understand("After 20 epochs at lr 1e-3 triplet loss stays at margin 0.3, 0.3001; gradient_accumulation_steps=4")
    assert (str(facts.loss), facts.margin, facts.steps, facts.kind) == ("0.3001", 0.3, 4, "triplet")
    assert str(understand("loss=nan after 300 steps, fp16").loss) == "nan"
    assert understand("with a vocabulary of 50,257 the loss starts at 10.82").classes == 50257
    assert understand("reduction='sum' gives 88.7").reduction == "sum"
    assert understand("reduction='none' then .mean() is not reduction='mean'").reduction is None
    assert understand("acc 0.1 and loss 14.5").accuracy == Printed(0.1, 0.05, "0.1")


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("3% positive, loss 0.135", 0.03),
        ("90 % of my labels are negative", 0.9),
        ("the fraud rate is 0.5%", 0.005),
        ("accuracy is 95%, 5% positives", 0.05),
        ("positive ratio = 0.2; bce 0.5", 0.2),
        ("class imbalance (1:99)", 0.01),
        ("20 to 1 imbalance", 20 / 21),
        ("accuracy is 97% on the positive class", None),
        ("an 80/20 split for training and test", None),
        ("0:0 imbalance", None),
    ],
)
def test_shares_of_one_of_two_classes(text: str, share: float | None) -> None:
    found = understand(text).share
    assert (None if found is None else found.value) == pytest.approx(share)
    if share is not None:  # as it is shown it can be typed
        again = understand(share=str(found)).share
        assert again is not None
        assert again.value == pytest.approx(share, rel=0.01)


@pytest.mark.parametrize(
    ("text", "loss"),
    [
        ("BCELoss of inputs [1, 1] with targets [0, 0] gives 27.6310", "27.6310"),
        ("MultipleNegativesRankingLoss with scale 0: the loss is 1.3863", "1.3863"),
        ("log_loss([0], [1]) is 34.5396 in sklearn", "34.5396"),
        ("Adam(0.001), Dense(64): loss stays around 2.303", "2.303"),
        ("wandb: Run summary:\nwandb:  epoch 9\nwandb: train/loss 2.30259", "2.30259"),
        ("│  test_acc   │  0.1000000015  │\n│  test_loss  │  2.302585125  │", "2.302585125"),
        ("Mein Verlust bleibt bei 2,303 stehen, 10 Klassen", "2,303"),
        ("损失一直是0.6931，二分类，准确率50%", "0.6931"),
        ("learning rate 0.01, batch size 32, loss: nan", "nan"),
    ],
)
def test_which_number_is_the_loss(text: str, loss: str) -> None:
    assert str(understand(text).loss) == loss


def test_printed_numbers() -> None:
    assert [read(text).half for text in ("0.6934", "2", "1e-7", "15,942")] == [5e-5, 0.5, 5e-8, 5e-4]
    assert of(0.6934).half == 5e-5
    assert of(np.float64(0.6931471805599453)).half < 1e-7
    assert read("−∞").value == -np.inf
    with pytest.raises(ValueError, match="A loss must be printed as a number; got high."):
        read("high")


def calls(text: str) -> int:
    """How many calls of functions a text takes to be answered."""
    count = 0

    def note(*_: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        diagnose(text)
    finally:
        sys.setprofile(before)
    return count


def test_a_log_twice_as_long_takes_no_more_than_twice_the_work() -> None:
    lines = [f"epoch {k} loss {2.3 * np.exp(-k / 600) + 0.01 * np.sin(k * k):.4f} acc 0.5" for k in range(4000)]
    diagnose(lines[0])
    short, long = ("\n".join(lines[:count]) for count in (2000, 4000))
    assert all(finding.score < 0.5 for finding in diagnose(long))
    assert calls(long) < 2.1 * calls(short)


@pytest.mark.parametrize(
    "text", ["loss " * 200_000, "(" * 100_000, "[" * 100_000 + "]" * 100_000, "a_" * 300_000, "loss: " + "9" * 100_000,
             "{'loss': " * 50_000, "1," * 200_000 + "\nloss,1",
             "=" * 500_000, "__import__('os').system('x')", "loss: 1e999 nan " * 20_000]
)  # fmt: skip
def test_hostile_texts_are_answered(text: str) -> None:
    assert isinstance(diagnose(text), list)


def test_what_is_no_text_or_too_long_gets_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"^The text must have at most 20,000,000 characters; got 20,000,001\.$"):
        diagnose("a" * 20_000_001)
    with pytest.raises(ValueError, match="^The text must be a number, a sentence or a log; got bytes that are no text.$"):
        diagnose("loss\x00\x01")
    with pytest.raises(ValueError, match="^text must be a text; got int.$"):
        diagnose(3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "told",
    [
        "y_pred = [[.9, .1], [.2, .8]], y_true = [0, 1]",
        "outputs: torch.tensor([[0.9, 0.1],[0.2, 0.8]]) and targets torch.tensor([0, 1])",
        "output = np.array([[0.9, 0.1], [0.2, 0.8]])\nlabels = [0., 1.]",
    ],
)
def test_arrays_that_a_text_writes_out_are_predictions_and_targets(told: str) -> None:
    facts = understand(told)
    assert facts.predictions is not None
    assert facts.targets is not None
    assert facts.predictions.tolist() == [[0.9, 0.1], [0.2, 0.8]]
    assert facts.targets.tolist() == [0, 1]


@pytest.mark.parametrize(
    "told",
    ["outputs [0.9, 0.1]", "labels in [0, 1] and predictions in [0, 1, 2]", "pred = [[1, 2], [3]] target = [1, 2]", "[" * 5000],
)
def test_arrays_alone_or_of_other_sizes_are_none(told: str) -> None:
    assert understand(told).predictions is None


def test_shares_of_one_example_are_one_row() -> None:
    facts = understand("KLDivLoss: output = [0.2, 0.5, 0.3], target = [0.1, 0.05, 0.1] gives -0.06")
    assert facts.targets is not None
    assert facts.targets.shape == (1, 3)
    assert diagnose("KLDivLoss: output = [0.2, 0.5, 0.3], target = [0.1, 0.05, 0.1]")[0].cause == "target-not-normalised"


@pytest.mark.parametrize(
    ("told", "loss"),
    [
        ("The loss should be close to 0", None),
        ("the loss is bounded by 0, mine is high", None),
        ("assert input >= 0. && input <= 1. fails in the loss", None),
        ("loss = 0.01 * entropy + value_loss", None),
        ("the loss ignores -100", None),
        ("hess = preds * (1.0 - preds) in my loss", None),
        ("predict_proba gives 0 to 0.1 and 0.9 to 1", None),
        ("loss = -log(p+1e-10)", None),
        ("a probability goes to 0.0 or 1.0", None),
        ("the loss is 0.", 0.0),
        ("loss: 0.693 -> 1.5", 0.693),
        ("the loss gets inf", float("inf")),
        ("loss stuck at 1.52118264e+11", 1.52118264e11),
        ("the loss is 10,000", 10_000.0),
        ("the loss jumps to 1,234,567", 1_234_567.0),
        ("the loss is 15,942", 15.942),
        ("损失接近0", None),
    ],
)
def test_numbers_that_are_no_losses(told: str, loss: float | None) -> None:
    found = understand(told).loss
    assert (None if found is None else found.value) == loss


def test_a_weighed_loss_of_caffe_is_read_without_its_weight() -> None:
    told = "\n".join(
        f"solver.cpp:218] Iteration {k}, loss = 1746.73\n    Train net output #1: ce_loss = 87.3365 (* 20 = 1746.73 loss)"
        for k in range(3)
    )
    history = understand(told).history
    assert history is not None
    assert history.loss.tolist() == [87.3365] * 3


def test_a_line_that_opens_with_a_word_for_validation_is_of_validation() -> None:
    told = "\n".join(f"12:0{k} Iter {k}, Loss= 0.{9 - k}\n12:0{k} Verification error= 37.4%, loss= 0.7187" for k in range(4))
    history = understand(told).history
    assert history is not None
    assert history.loss.tolist() == [0.9, 0.8, 0.7, 0.6]
    assert history.column("val_loss").tolist() == [0.7187] * 4


def test_thousands_of_a_log_have_commas() -> None:
    history = understand("\n".join(f"epoch {k} loss 1,{200 - k:03d},000" for k in range(4))).history
    assert history is not None
    assert history.start == 1_200_000


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("I added a softmax before the cross entropy", "classes"),
        ("AM-softmax stays at 30", "margin-softmax"),
        ("[D loss: 0.7] [G loss: 0.6]", "gan"),
    ],
)
def test_kinds_of_words_that_look_alike(told: str, kind: str) -> None:
    assert understand(told).kind == kind


def test_a_dtype_may_be_part_of_a_name() -> None:
    assert understand("With use_fp16 the loss is nan").dtype == "float16"


def test_two_losses_that_hardly_differ_are_a_level_if_they_are_said_not_to_fall() -> None:
    told = "The loss cannot decrease\nIteration 0, loss = 2.28729\nIteration 100, loss = 2.31437"
    assert diagnose(told)[0].cause == "no-signal"
    assert understand(told.partition("\n")[2]).finite is None


def test_a_negative_loss_that_levels_off_has_a_bound() -> None:
    steep = History(np.linspace(0.0, -3000.0, 12), 0.5)
    flat = History(-3000.0 * (1 - np.exp(-np.arange(12.0))), 0.5)
    assert not steep.levels_off
    assert flat.levels_off
    assert [f.cause for f in diagnose(history=flat.loss.tolist())][0] == "nothing-wrong"
    assert [f.cause for f in diagnose(history=steep.loss.tolist())][0] == "target-outside"


def test_a_sentence_of_many_words_is_no_row_of_a_log() -> None:
    told = "Sometimes when I train it on my own data it comes out with loss = 0\nepoch 1 loss = 8.6\nepoch 2 loss = 8.5"
    history = understand(told).history
    assert history is not None
    assert history.loss.tolist() == [8.6, 8.5]


def test_a_part_of_the_loss_of_caffe_is_no_loss_of_its_own() -> None:
    told = "\n".join(
        f"solver.cpp:259] Iteration {k}, loss = 8.{k}\nTrain net output #0: arm_loss = 0 (* 1 = 0 loss)" for k in range(4)
    )
    history = understand(told).history
    assert history is not None
    assert history.loss.tolist() == [8.0, 8.1, 8.2, 8.3]


def test_a_decimal_after_epoch_is_a_loss() -> None:
    told = understand("With weights the loss of the first epoch is 1.4438, before it was 0.6875")
    assert [told.loss, *told.others][0] is not None
    assert {number.value for number in [told.loss, *told.others] if number} == {1.4438, 0.6875}


@pytest.mark.parametrize(
    ("said", "told", "other"),
    [
        ("mask_255", "masks hold 0 and 255", "pixels are scaled by 255"),
        ("negative", "the loss is negative", "the outputs of the network are negative"),
        ("weights", "with class weights", "the weights do not get updated"),
        ("scale_fine", "Reducing loss scale to 16384.0", "Reducing loss scale to 0.5"),
        ("activation_wanted", "Where is the softmax?", "I have a softmax, where is the error?"),
        ("no_rate", "lr=0.0 and the loss is 1.01", "lr=0.001 and the loss is 1.01"),
        ("safe_log", "Why are there no errors from log(0)?", "Why is there a log?"),
        ("label_zero", "Faster R-CNN; the label of my class is 0", "Faster R-CNN; the label of my class is 1"),
        (
            "train_above",
            "validation accuracy is 99 %, on the training set 91 %",
            "validation accuracy is 91 %, on the training set 99 %",
        ),
        ("overfit", "val_class_loss goes from 0.33 to 0.85", "val_class_loss goes from 0.85 to 0.33"),
        ("inf", "the loss is infinite", "a triplet loss with an infinite margin"),
        ("rising", "training diverges", "is the KL divergence right"),
        ("softmax_removed", "without the softmax it goes to 95%", "without the softmax"),
        ("collapsed", "two random sentences have a similarity of 0.996", "two random sentences have a similarity of 0.1"),
        ("tiny_p", "single probabilities tend to zero", "single probabilities are 0.4"),
        (
            "train_above",
            "test accuracy on cifar10 is 90% while the train accuracy is about 50%",
            "test accuracy is 50%, train accuracy 90%",
        ),
        ("huge", "an insanely high loss", "an insanely high learning rate"),
        ("ignored", "0 foreground samples", "10 foreground samples"),
        ("nan", "RuntimeWarning: invalid value encountered in multiply", "invalid argument"),
        ("log_wanted", "KLDivLoss()(z.softmax(-1), t.softmax(-1))", "KLDivLoss()(z.log_softmax(-1), t.softmax(-1))"),
        ("kl_right", "F.kl_div(F.log_softmax(z, dim=1), F.softmax(t, dim=1))", "F.kl_div(F.softmax(z), F.softmax(t))"),
        ("questions", "Why is the loss divided by the sum?", "Why is the download slow?"),
    ],
)
def test_what_a_text_says_and_one_like_it_does_not(said: str, told: str, other: str) -> None:
    assert understand(told).says(said)
    assert not understand(other).says(said)
