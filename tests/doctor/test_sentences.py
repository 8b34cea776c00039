"""Sentences as people write them, in many words, digits and frameworks: each names its cause first."""

from __future__ import annotations

import pytest

from explorer.doctor import diagnose

SENTENCES = [
    ("no-signal", "My val loss is 0.69 and never changes, binary classification with Keras"),
    ("no-signal", "Training loss stays at 4.605 on CIFAR-100"),
    ("no-signal", "loss ≈ 1.0986 for 3 classes"),
    ("no-signal", "SimCLR NT-Xent, batch_size 256, loss is 6.236 and flat"),
    ("no-signal", "BPR loss stuck at 0.6931"),
    ("no-signal", "GAN: D loss 1.386, G loss 0.693, nothing changes"),
    ("no-signal", "my GPT starts at loss 10.82, vocab size 50257"),
    ("probabilities-as-logits", "Using softmax activation and tf.keras.losses.CategoricalCrossentropy(from_logits=True)"),
    ("softmax-twice", "nn.Softmax(dim=1) as the last layer and criterion = nn.CrossEntropyLoss(), accuracy stuck"),
    ("log-missing", "F.log_softmax is missing: I use F.softmax then F.nll_loss and get -0.98"),
    ("log-missing", "KLDivLoss is negative when I pass softmax outputs instead of log softmax"),
    ("clipped", "Keras categorical crossentropy loss 14.5063, acc 0.1000 for all epochs"),
    ("clipped", "loss: 7.9712 - acc: 0.5000"),
    ("clipped", "loss: 8.0590 - accuracy: 0.5000"),
    ("clipped", "log_loss returns 34.538776"),
    ("clipped", "BCELoss gives exactly 100 for some samples"),
    ("target-outside", "BCEWithLogitsLoss with targets -1 and 1 goes negative"),
    ("target-outside", "loss: -3521.3 - acc: 0.0 binary_crossentropy, labels 1 and 2"),
    ("off-by-one-index", "IndexError: Target 5 is out of bounds. 5 classes"),
    (
        "off-by-one-index",
        "sparse_categorical_crossentropy nan: Received a label value of 10 which is outside the valid range of [0, 10)",
    ),
    ("one-class", "model.add(Dense(1, activation='softmax')) with binary_crossentropy, loss 7.97 acc 0.5"),
    ("one-class", "loss: 0.0000e+00 - acc: 1.0 with categorical_crossentropy and one output neuron softmax"),
    ("precision", "Loss becomes NaN after a few iterations in fp16 with eps=1e-8"),
    ("nan-in-gradient", "loss is NaN as soon as I use torch.sqrt in the distance"),
    ("nan-in-gradient", "sqrt(0) gradient nan in jax, jnp.where used"),
    ("all-ignored", "sometimes nan loss when all tokens are padding with ignore_index"),
    ("input-too-short", "CTCLoss returns inf when target length longer than input length"),
    ("input-too-short", "CTC loss inf zero_infinity"),
    ("accumulation", "gradient accumulation of 8 steps makes loss 18.42 instead of 2.30"),
    ("accumulation", "loss 18.42, gradient_accumulation_steps=8, 10 classes"),
    ("gradients-not-cleared", "forgot optimizer.zero_grad() and loss oscillates"),
    ("sign-flipped", "I return the log-likelihood without the minus, so it is the wrong sign; loss increases"),
    (
        "broadcast",
        "target size (torch.Size([64])) is different to the input size (torch.Size([64, 1])), MSELoss is stuck",
    ),
    ("broadcast", "predictions (n,1), targets (n,), mse converges to the variance; broadcasting?"),
    ("train-above-validation", "validation loss lower than training loss because of dropout?"),
    ("overconfident", "val_loss goes up but val_acc keeps improving"),
    ("overconfident", "loss goes up and accuracy goes up too on validation set"),
    ("diverging", "Loss explodes to 1e10 after a few steps with learning rate 1"),
    ("diverging", "loss suddenly diverges to nan with lr 0.5"),
    ("dead-units", "Dying ReLU: outputs all zeros, loss constant"),
    ("restart-spikes", "loss spikes after every restart of cosine annealing with warm restarts"),
    ("restart-spikes", "after resuming from checkpoint the loss jumps up"),
    ("nothing-wrong", "critic loss in WGAN-GP is negative"),
    ("nothing-wrong", "negative loss with uncertainty weighting (Kendall), log_var"),
    ("nothing-wrong", "VAE with Gaussian NLL gives a negative loss of -2.3"),
    ("nothing-wrong", "cosine similarity loss -0.93 in Keras"),
    ("nothing-wrong", "GRPO loss starts at 0 and is tiny, is it a bug?"),
    ("margin-softmax", "ArcFace loss 12.5 but accuracy 99% at test time, train accuracy 0"),
    ("probabilities-in-hinge", "hinge loss with sigmoid output stays 1.0"),
    ("sum-not-mean", "reduction='sum' gives loss 295 with batch size 128"),
    ("sum-not-mean", "loss = 88.72 with batch_size 128 binary, 0.693 expected"),
    ("smoothing-floor", "label smoothing 0.1 with 1000 classes, loss cannot go below 1.5 though accuracy 99%"),
    ("hessian-zero", "xgboost custom loss mae gives constant predictions hess is zero"),
    ("hessian-zero", "lightgbm custom objective: no further splits with positive gain, best gain: -inf"),
    ("label-order", "predict_proba columns are in a different order than labels, log loss 5.3"),
    ("one-label", "y_true contains only one label (1)"),
    ("weighted-mean", "class weights in CrossEntropyLoss: mean is not the same as manual average"),
    ("embeddings-collapsed", "triplet loss converges to margin 1.0: 1.0003"),
    ("policy-equals-reference", "DPO: loss 0.693147, rewards/margins 0, ref_model=None"),
    ("base-rate", "99% of pixels are background, the model predicts all zeros, loss 0.056"),
    ("base-rate", "imbalanced data, predicts only the majority class, accuracy 0.95 loss 0.1985"),
    ("target-not-normalised", "multi-label with softmax and categorical_crossentropy, loss does not reach 0"),
    ("logits-as-probabilities", "BCELoss: all elements of input should be between 0 and 1"),
    ("probability-exactly-one", "I implemented bce as -(y*log(p)+(1-y)*log(1-p)) in numpy and get nan"),
    ("overflow", "np.exp overflow encountered in softmax, loss nan"),
    ("precision", "bf16 training prints loss 2.296875 with 10 classes"),
]


@pytest.mark.parametrize(("cause", "text"), SENTENCES)
def test_a_sentence_names_its_cause(cause: str, text: str) -> None:
    assert [finding.cause for finding in diagnose(text)][:1] == [cause]
