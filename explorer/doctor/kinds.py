"""Kinds of losses and frameworks, by the names that people give them."""

from __future__ import annotations

import re

from explorer.core.losses import LOSSES
from explorer.core.losses import named as loss_named

KINDS: dict[str, str] = {
    "margin-softmax": (
        r"arcface|cosface|sphereface|insightface|\barc[ _-]?(?:loss|margin|head)|\bcos[ _-]?(?:loss|margin)|\b(?:a-"
        r"|am[ -]?|l[ -])softmax\b|margin[ _-]?softmax|angular margin"
        r"|large[ _-]margin"
    ),
    "policy": (
        r"\bgrpo|\bppo|proximal policy|rloo|reinforce\b|reinforcement learning|\ba[23]c\b|\bsac\b"
        r"|actor[ -]?critic|\bactor[ /_](?:\w+_)?loss|\bq_loss"
        r"|policy[ _-](?:gradient|loss)|\bdd?pg\b|\btd3\b|\bd?dqn\b|\bq[- ]learning|\brl\b"
    ),
    "preference": r"\bdpo\b|\bipo\b|dpotrainer|preference optimi[sz]ation|\bkto|\bpreference\b",
    "triplet": r"triplet|batch[ -]hard|batch[ -]all",
    "contrastive": (
        r"contrastive|infonce|info[ _-]nce|nt[ _-]?xent|simclr|\bclip\b(?! ?p)|open_?clip|moco\b"
        r"|multiplenegatives|supcon|in[ -]batch negatives"
    ),
    "critic": r"wasserstein|\bwgan|critic loss|earth mover",
    "gan": (
        r"\bgan\b|\bdc?gan\b|\b\w{1,12}gan\b|discriminator|generator loss|loss (?:of|for) (?:the )?(?:generator|[dg]\b)"
        r"|adversarial loss|pix2pix"
        r"|\b[dg][ _]loss\b|\bloss[ _][dg](?:\b|_)|\b[dg]_(?:real|fake)\b"
    ),
    "ctc": r"(?<![a-z])ctc|target transition sequence|ignore_longer_outputs",
    "likelihood": (
        r"log[ _-]?densit|density|gaussian ?nll|gaussiannll|negative log[ -]?likelihood of a"
        r"|gaussian mixture|\bgmm\b|log[ _]?\|?det|determinant"
        r"|\bN\(\w+, ?\w+\)|\bsigma\b.{0,40}\bmu\b|\bmu\b.{0,20}\bsigma\b"
        r"|normali[sz]ing flow|\bflows? model|\bflow\.py|autoregressive ?transform|masked ?autoregressive"
        r"|\bdiffernet|\bfast-?flow\b|\bc(?:s|on)?-?flow\b"
        r"|\bmaf\b|\biaf\b|invertible|\bglow\b|real-?nvp|log_prob\b|variational|lower bound|\blb ?[:=]"
        r"|regress\w*[^.\n]{0,30}\bvarianc|\bvarianc\w+ (?:head|network|predict)"
        r"|reconstruct[^\n]{0,80}\bkld?\b|\bkld?\b[^\n]{0,80}reconstruct"
        r"|\b\w{0,5}vae\b|elbo|\bmdn\b|mixture density|student[ _-]t\b"
    ),
    "uncertainty": (
        r"uncertainty weight|uncertainty[ -]aware|log[ _]?var|homoscedastic|kendall|learn(?:ed|able) (?:weights|variance)"
        r"|multi[ -]task weight"
    ),
    "similarity": r"\bsimsiam|cosine[ _]?(?:similarity|proximity|embedding|distance|loss|regulari[sz]|term)|loss[ _]?cosine",
    "ratio": r"\bsi[ _-]?sn?dr\b|\bsi[ _-]?snr\b|\bsdr\b|\bp?snr\b|signal[- ]to[- ]noise|signal[- ]to[- ]distortion",
    "denoising": (
        r"diffusion|\bddpm|\bddim|denois(?!\w* auto-?encod)|score matching|noise prediction|controlnet|flow[ -]matching"
    ),
    "hinge": r"hinge|\bsvm\b|max[ -]margin",
    "focal": r"focal",
    "overlap": r"dice(?:\b|_)|\bnn-?u-?net|jaccard|\biou\b|tversky",
    "ranking": r"\bbpr\b|ranknet|pairwise|margin ?ranking",
    "divergence": r"kl[ _-]?div|\bkld?[ _-]?loss|^kld?$|kullback|distill|jensen|\bteacher\b(?![ -]forc)",
    "binary": r"binary|\bbce|sigmoid|log[ _-]?loss|logloss|logistic|two classes",
    "regression": (
        r"regression|\bmse\b|squared[ _]error|mse_?loss|\bmae\b|\bmape\b|huber|smooth[ _]?l1|l1_?loss"
        r"|absolute[ _]error|quantile|poisson|tweedie|rmse"
    ),
    "classes": (
        r"cross[ _-]?entropy|crossentropy|categorical|softmax|\bnll|multi[ -]?class|\bcce\b|\bce\b|classes"
        r"|classification|language model|perplexity|\bsft\b"
    ),
}
"""Kind -> a pattern of what people call it; the first that is found names it."""

FRAMEWORKS: dict[str, str] = {
    "PyTorch": (
        r"pytorch|\btorch\b|\bnn\.|lightning|hugging ?face|transformers|\btrl\b|BCEWithLogitsLoss"
        r"|CrossEntropyLoss\b|NLLLoss|BCELoss|loss\.backward|zero_grad|\bF\.|\.detach|\.item\(\)|reduction="
    ),
    "Keras": (
        r"keras|tensorflow|\btf\b|from_logits|categorical_crossentropy|binary_crossentropy|model\.fit|val_acc"
        r"|Dense\(|ETA:|ms/step|us/step|s/step"
    ),
    "JAX": r"\bjax\b|optax|flax|haiku",
    "XGBoost": r"xgboost|\bxgb|lightgbm|\blgb|catboost|gradient boosting|DMatrix|train-\w+:|test-\w+:|training's \w+:",
    "scikit-learn": r"scikit|sklearn|log_loss|predict_proba|MLPClassifier",
    "Caffe": r"caffe|solver\.cpp|prototxt",
}
"""Framework -> a pattern of what is written where it is used."""

DTYPES: dict[str, str] = {
    "bfloat16": r"bfloat16|(?<![A-Za-z0-9])bf16(?![A-Za-z0-9])",
    "float16": (
        r"(?<!b)float16|^half$|(?<![A-Za-z0-9])fp16(?![A-Za-z0-9])|half[ -]precision|\.half\(\)"
        r"|(?<!\w)16-mixed|precision\W{1,3}16\b(?!-true)|mixed[ _-]?precision|(?<![A-Za-z0-9])amp(?![A-Za-z0-9])|autocast"
        r"|gradscaler|overflow\b[^\n]{0,40}loss[ _]scale|minimum loss scale"
    ),
    "float32": r"float32|^single$|^float$|\bfp32\b|single precision",
    "float64": r"float64|^double$|\bfp64\b|double precision",
}
"""Dtype -> a pattern of what it is called."""

REDUCTIONS: dict[str, str] = {
    "mean": r"reduction\s?=\s?['\"]?mean|reduce_mean|size_average\s?=\s?True",
    "sum": r"reduction\s?=\s?['\"]?sum|reduce_sum|size_average\s?=\s?False",
    "none": r"reduction\s?=\s?['\"]?none|reduce\s?=\s?False",
}
"""Reduction -> a pattern of what asks for it."""

_COMPILED = {
    text: re.compile(text, re.IGNORECASE) for known in (KINDS, FRAMEWORKS, DTYPES, REDUCTIONS) for text in known.values()
}

FAMILIES = {"regression": "regression", "binary": "binary", "classes": "classes", "pairs": "ranking", "adversarial": "gan",
            "overlap": "overlap"}  # fmt: skip
"""Family of a loss -> its kind."""
_MORE: dict[str, dict[str, str]] = {
    "kind": {
        "classes": (
            "xent xentropy lm clm causal_lm mlm masked_lm nsp seq2seq s2s translation ner qa crf mlogloss multi_logloss "
            "multi:softprob dino"
        ),
        "binary": (
            "multilabel multi_label multilabelsoftmargin softmargin soft_margin ordinal coral word2vec skipgram sgns "
            "negative_sampling prm"
        ),
        "regression": (
            "l1 l2 reg:squarederror reg:absoluteerror squarederror reg:squaredlogerror reg:gamma meanabsolutepercentageerror "
            "meansquaredlogarithmicerror fair wing adaptive_wing berhu value bellman pose keypoints"
        ),
        "hinge": (
            "multimargin multi_margin multilabelmargin multilabel_margin multiclass_hinge summed_multiclass_hinge perceptron"
        ),
        "contrastive": (
            "siamese circle multisimilarity multi_similarity proxynca proxy_nca proxyanchor proxy_anchor liftedstructure npair "
            "npairs n_pairs siglip swav"
        ),
        "triplet": "quadruplet",
        "focal": "gfl",
        "similarity": "cosine cos byol simsiam",
        "likelihood": "gaussian laplace student_t flow nflow nf log_likelihood evidential nig",
        "policy": "td td_error actor advantage rlhf dapo trpo vpg",
        "preference": "orpo simpo cpo bco xpo nash_md",
        "ranking": (
            "reward reward_model lambdarank listnet listmle listwise rank:pairwise rank:ndcg rank:map rank_xendcg yetirank "
            "pairlogit warp cosent"
        ),
        "gan": "adversarial generator relativistic",
        "denoising": "noise epsilon v_prediction v_pred edm rectified_flow consistency lcm",
        "divergence": "js jsd jensen_shannon kd gkd",
        "overlap": "lovasz dicebce iou giou diou ciou boundediou mcc",
        "uncertainty": "multitask multi_task",
        "ctc": "rnnt rnn_t transducer",
        "": (
            "detection object_detection segmentation yolo yolov3 yolov4 yolov5 yolov7 yolov8 yolox ssd detr centernet "
            "faster_rcnn mask_rcnn dfl ghmc seesaw vicreg barlow_twins angular angle instance fastap megabatchmargin center "
            "ring hausdorff boundary combo mixup pit mel multi_res_stft perceptual lpips vgg ssim style tv total_variation "
            "reconstruction autoencoder ae sinkhorn ot emd mmd hsic survival survival:cox survival:aft cox hazard auc aucpr "
            "error merror custom own unknown other"
        ),
    },
    "framework": {
        "PyTorch": (
            "pt pl hf fastai timm detectron2 mmdetection mmcv mmdet mmengine mmsegmentation ultralytics yolov5 axolotl unsloth "
            "llamafactory deepspeed accelerate peft megatron nemo fairseq espnet monai nnunet torch7"
        ),
        "Keras": "tf1 tf2 tflearn",
        "JAX": "equinox",
        "": "mxnet gluon paddle paddlepaddle mindspore chainer theano lasagne numpy matlab julia flux r h2o darknet other",
    },
    "dtype": {
        "float16": "f16 16 mixed o1 o2 torch.half",
        "bfloat16": "brain bf16_true",
        "float32": "f32 32 32_true full tf32",
        "float64": "f64 64 64_true",
        "": "fp8 float8 e4m3 e5m2 fp4 nf4 int4 int8 uint8 int16 int32 int64 int long auto other",
    },
    "reduction": {
        "mean": "average avg batchmean elementwise_mean sum_over_batch_size sum_over_nonzero_weights",
        "sum": "total",
        "none": "no false",
    },
}
"""Fact -> name -> what else stands for it where it is given, but says nothing in a sentence; of "" no rule knows anything."""
_OTHERWISE = {fact: {word: name for name, words in names.items() for word in words.split()} for fact, names in _MORE.items()}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def kind(text: str) -> str:
    """Return the kind that a given word stands for: a name of KINDS or of one, or a loss of LOSSES.

    Raises
    ------
    ValueError
        If it stands for none.
    """
    try:
        return named("kind", KINDS, text)
    except ValueError:
        loss = LOSSES.get(text.strip().lower()) or loss_named(text)
        if loss is None:
            raise
        return FAMILIES[loss.family]


def found(known: dict[str, str], text: str) -> str | None:
    """Return the first name whose pattern a text holds."""
    return next((name for name, pattern in known.items() if _COMPILED[pattern].search(text)), None)


def all_found(known: dict[str, str], text: str) -> list[str]:
    """Return every name whose pattern a text holds."""
    return [name for name, pattern in known.items() if _COMPILED[pattern].search(text)]


def named(what: str, known: dict[str, str], text: str) -> str:
    """Return the name that a given word stands for; "" of one of which it is known that it is none of them.

    Raises
    ------
    ValueError
        If it stands for none.
    """
    plain = text.strip()
    lower = re.sub(r"[ -]", "_", plain.lower())
    exact = {name.lower(): name for name in known} | _OTHERWISE.get(what, {})
    for word in (lower, plain.lower(), lower.rpartition(".")[2].removesuffix("loss").rstrip("_")):
        if word in exact:
            return exact[word]
    apart = _CAMEL.sub(" ", plain).replace("_", " ")
    name = found(known, plain.replace("_", " ")) or found(known, plain) or found(known, apart)
    if name is None:
        raise ValueError(f"{what} must be one of {', '.join(known)}, or a name of one; got {plain[:40] or 'nothing'}.")
    return name
