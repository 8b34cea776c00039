"""A sentence, or a number alone: which loss it tells, what it says of the run, and what it mentions."""

from __future__ import annotations

import re
from typing import Any

from explorer.doctor import history as histories
from explorer.doctor import printed
from explorer.doctor.facts import COUNTED, Facts
from explorer.doctor.history import History
from explorer.doctor.kinds import DTYPES, FRAMEWORKS, KINDS, found
from explorer.doctor.printed import NUMBER, Printed
from explorer.doctor.reading import lines

_COUNT = r"(\d{1,3}(?:,\d{3})+|\d{1,9})"
_SEP = r"\s{0,3}(?:[:=]|is|of|was|are|at|to)?\s{0,3}"
COUNTS: dict[str, tuple[str, ...]] = {
    "classes": (
        (
            rf"\b(?:num_?classes|n_?classes|num_?labels|number of (?:classes|labels|categories)|classes|categories"
            rf"|vocab(?:ulary)?(?:[ _]size)?|K){_SEP}{_COUNT}\b"
        ),
        rf"\b{_COUNT}[ -](?:way|class(?:es)?|categor(?:y|ies)|labels|identities|digits|species|tokens in the vocab)",
    ),
    "batch": (
        rf"\bbatch[ _-]?size{_SEP}{_COUNT}\b",
        rf"\bbatch(?:es)?{_SEP}{_COUNT}\b",
        rf"\b{_COUNT} (?:examples|samples|images|pairs|sentences) (?:per|a|in (?:a|each|every)) batch",
        rf"\bbs\s?=\s?{_COUNT}\b",
    ),
    "steps": (
        (
            rf"\b(?:gradient[_ ])?accum(?:ulat(?:ion|e|ing))?(?:[_ ]grad(?:ient)?s?)?(?:[_ ](?:steps|batches"
            rf"|over))?{_SEP}{_COUNT}\b"
        ),
        rf"\b{_COUNT} (?:gradient[ -])?accumulation(?: steps)?",
        rf"accumulat\w+ (?:gradients? )?(?:over|for|across) {_COUNT} ",
    ),
}
SHARES: dict[str, tuple[str, ...]] = {
    "accuracy": (
        rf"\b(?<![\w.])({NUMBER})\s?(%) (?:\w+ ){{0,2}}(?:accuracy|acc\b|correct|right)",
        rf"\b(?:accuracy|acc)\b[^\d\n,;.]{{0,25}}?(?<![\w.])({NUMBER})\s?(%?)(?![\w.])",
        r"(?<![\w.])(0?\.\d{1,8})(%?) (?:train\w* |val\w* |test )?accuracy",
    ),
    "smoothing": (rf"\b(?:label[ _-]?)?smooth(?:ing|ed)?(?:[ _](?:factor|by|with))?[^\d\n]{{0,12}}?({NUMBER})\s?(%?)",),
}
NUMBERS: dict[str, tuple[str, ...]] = {"margin": (rf"\bmargin{_SEP}({NUMBER})\b",)}
_OTHERS = re.compile(
    (
        rf"\b(?:lr|learning[ _-]rate|epochs?|iter(?:ation)?s?|steps?|seed|beta|temperature|tau|gamma|dropout"
        rf"|layers?|weight[ _]decay|momentum|ratio|images?|samples?|examples?|rows|version|torch|keras|python"
        rf"|#){_SEP}({NUMBER})\b"
        rf"|\b({NUMBER})(?:st|nd|rd|th|k|K|M)?[ -](?:epochs?|iter(?:ation)?s?|steps?|layers?|images?|samples?"
        rf"|examples?|rows|days?|hours?|units?|neurons?|outputs?|GPUs?|positives?|negatives?|rounds?|times|%)"
    ),
    re.IGNORECASE,
)
_LOSS = re.compile(
    (
        rf"(?<!val_)(?<!eval_)(?<!test_)\b(?:\w*loss|cost|entropy|nll|bce|ce|mse|mae"
        rf"|objective)\b[^\d\n]{{0,60}}?(?<![\w.])({NUMBER})(?![\w%])"
    ),
    re.IGNORECASE,
)
_NEXT = r"\s{0,3}(?:[,;]|->|→|(?:and )?then|to)?\s{1,3}"
_SERIES = re.compile(rf"\bloss(?:es)?\b[^\d\n]{{0,30}}?(?<![\w.])({NUMBER}(?:{_NEXT}{NUMBER}){{3,}})(?![\w%])", re.IGNORECASE)
"""Some losses one after the other, which are a history: four of them, as three may be anything."""
_BROKEN = re.compile(r"(?<!no )(?<!not )\b(nan)\b", re.IGNORECASE)
_ANY = re.compile(rf"(?<![\w.,])({NUMBER})(?![\w%])", re.IGNORECASE)
_WORDS = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
          "twenty": "20", "hundred": "100", "thousand": "1000"}  # fmt: skip
_SPELT = re.compile(rf"\b({'|'.join(_WORDS)})(?=[ -](?:way|class|categor|labels|accumulation|steps))", re.IGNORECASE)

MENTIONS: dict[str, str] = {
    "nan": r"\bnans?\b",
    "inf": r"\binf(?:inite|inity)?\b|∞",
    "negative": (
        r"loss\b[^.\n\d]{0,30}\bnegative|negative (?:loss|value|number)"
        r"|loss (?:is |was |gets |becomes |goes |turns )?(?:always "
        r"|very )?negative|below (?:zero|0)\b"
    ),
    "stuck": (
        r"stuck|constant|does(?:n't| not) (?:change|decrease|go down|converge|learn|improve)|not (?:decreas"
        r"|learn|chang|improv|converg)\w*|same (?:value|number|loss)|unchanged|never (?:changes|decreases|moves"
        r"|falls)|plateau|stays|remains|always"
    ),
    "rising": (
        r"loss (?:\w+ ){0,3}(?:increas|ris|grow|go(?:es|ing)? up|explod|blow|double)\w*|diverg|explod|blows up"
        r"|keeps (?:increas|grow|ris)\w*|doubl(?:es|ing)"
    ),
    "softmax": r"(?<!log)(?<!log_)(?<!log )softmax(?! loss)(?!_?cross)",
    "log_softmax": r"log[ _]?softmax",
    "sigmoid": r"sigmoid(?!_?(?:focal|cross))",
    "ce_of_logits": (
        r"CrossEntropyLoss|F\.cross_entropy|cross_entropy\(|from_logits\s?=\s?True"
        r"|softmax_cross_entropy(?:_with_logits|_with_integer)?|from logits|sparse_softmax"
    ),
    "bce_of_logits": (
        r"BCEWithLogits|bce_with_logits|binary_cross_entropy_with_logits|sigmoid_(?:binary_)?cross_entropy"
        r"|from_logits\s?=\s?True|bcewithlogitsloss"
    ),
    "from_logits": r"from_logits\s?=\s?True",
    "bce_of_p": r"\bBCELoss|F\.binary_cross_entropy\(|binary_crossentropy|from_logits\s?=\s?False",
    "ce_of_p": r"categorical_?crossentropy|CategoricalCrossentropy|from_logits\s?=\s?False|log_loss",
    "nll": r"nll[ _-]?loss|NLLLoss|\bnll\b",
    "no_activation": (
        r"(?:no|without(?: a| any| the)?|forgot(?:ten)?(?: the)?|missing|lacks?) (?:final |last "
        r"|output )?(?:softmax|sigmoid|activation)|linear (?:output|activation)|raw (?:scores|logits|outputs?)"
        r"|(?:outputs?|predictions?) (?:\w+ ){0,3}(?:above|greater than|larger than|over|below|outside)"
        r"|logits? (?:directly )?(?:in)?to (?:a |the )?(?:BCELoss|NLLLoss|log_loss|binary_crossentropy"
        r"|categorical_crossentropy)|between 0 and 1|Dense\((?:1|\d+)\)(?!\w)|activation\s?=\s?None"
    ),
    "gradient": r"gradient|grad\b|backward|grad_norm",
    "sqrt": (
        r"\bsqrt|square root|\bnorm\(|torch\.norm|\.norm\b|\bcdist|euclidean distance|\bstd\("
        r"|standard deviation|arccos|acos|\bpow\("
    ),
    "where": r"torch\.where|tf\.where|jnp\.where|np\.where|\bmasking with where",
    "own_log": r"log\(1 ?- ?\w+\)|log\(\w+\)|0 ?\* ?(?:log|inf)|log(?:arithm)? (?:of )?(?:0\b|zero)|-inf",
    "own": (
        r"\bown (?:loss|cross|implementation|bce)|custom (?:loss|bce|cross)"
        r"|implement(?:ed|ing)? (?:my|the|a) (?:own )?(?:bce|binary|cross|loss)|manual(?:ly)?|by hand|from scratch"
    ),
    "exactly_one": (
        r"exactly (?:1|0|one|zero)|(?:is|becomes|are|equals?|rounds? to|reach(?:es)?|outputs?|saturat\w+ (?:at"
        r"|to)) (?:exactly )?(?:1(?:\.0)?|0(?:\.0)?|one)\b(?!\.)"
    ),
    "exp": (
        r"\bexp\(|exponential|e\^|exponent|own softmax|softmax by hand|large logits"
        r"|logits? (?:\w+ ){0,3}(?:large|huge|big)|overflow|np\.exp|torch\.exp"
    ),
    "epsilon": r"1e-?\d+|epsilon|\beps\b",
    "ignored": (
        r"labels? [^.\n]{0,20}\bmask|ignore_?index|-100\b|ignored|padding|all (?:\w+ ){0,3}mask|mask(?:ed)? out"
        r"|empty batch|no (?:valid"
        r"|labell?ed) (?:tokens|labels|pixels|targets)|truncat|completion.only|assistant_only|response_template"
        r"|\bvoid\b"
    ),
    "mask_255": r"\b255\b|0[ -]255",
    "plus_minus": (
        r"[-−+]1 (?:and|or|,|/) ?\+?-?1\b|\{-1, ?\+?1\}|[±]1|\[-1, ?1\]|labels? (?:\w+ ){0,3}-1|in -1/1"
        r"|-1 and 1|between -1 and 1|-1, ?1"
    ),
    "one_based": (
        r"(?:labels?|class(?:es)?|index(?:es)?|indices|targets?)[^.\n]{0,30}(?:from|start\w* (?:at|from"
        r"|with)) 1\b|\b1\.\.(?:K|\d+)|1 (?:to|through|-) (?:K|\d+)\b|one[- ]based|Target \d+ is out of bounds"
        r"|out of (?:bounds|range)|device-side assert|t >= 0 && t < n_classes|received a label value|cur_target"
        r"|off[- ]by[- ]one|index_base"
    ),
    "outside": (
        r"labels? (?:are |is |were |was )?(?:not|outside|out of|neither)|not (?:0|between 0) (?:and|or|to) 1"
        r"|targets? (?:\w+ ){0,3}(?:not in|outside|greater than|above|larger than)|mask(?:s)? (?:\w+ ){0,4}(?:0"
        r"|png|values?|pixel|255)|not normali[sz]ed (?:labels|masks|targets)|pixel values"
        r"|(?:labels?|targets?) (?:are |were |in |of )?(?:1 (?:and|or) 2|2 (?:and|or) 1|\{1, ?2\})\b"
    ),
    "normalised": (
        r"targets? (?:\w+ ){0,4}sum|sums? to (?:more|2|3|less|\d)|(?:does|do)(?:n't| not) sum to (?:1|one)"
        r"|multi[- ]hot|multi[- ]label|several (?:true |positive )?labels|soft targets?"
    ),
    "multilabel": r"multi[- ]?hot|multi[- ]?label|several (?:true |positive )?labels",
    "one_output": (
        r"Dense\(1\b[^)]*softmax|softmax[^.\n]{0,40}(?:one|single|1) (?:output|unit|neuron|node|class)|(?:one"
        r"|single|1) (?:output|unit|neuron|node|class)[^.\n]{0,40}softmax|num_classes ?= ?1\b|num_labels ?= ?1\b"
        r"|one class\b|single class\b|Linear\(\w+, ?1\)[^.]{0,60}(?:CrossEntropy|softmax)"
    ),
    "one_label": (
        r"only (?:one|a single|1) (?:class|label)|(?:one|single|same) label (?:in|for) (?:all|every)"
        r"|all (?:the )?(?:labels|targets|y)\b[^.\n]{0,20}(?:same|zeros?|ones?|0|1|identical|equal)"
        r"|y_true contains only one label|contains only one (?:label|class)|one class present|only positives?"
        r"|only negatives?|every (?:label|target) is"
    ),
    "order": (
        r"(?:column|label|class)\w*[^.\n]{0,40}(?:order|permut|sort|alphabet|lexicograph|swapp|shuffl|mismatch)"
        r"|order of (?:the )?(?:columns|labels|classes)|classes_|class_indices|wrong order|alphabetic"
        r"|lexicographic|not ordered"
    ),
    "weights": r"class[_ ]?weight|weights? ?=|\bweight(?:s|ed)?\b(?! decay)|pos_weight|sample_weight",
    "mean_differs": (
        r"reduction ?=? ?['\"]?(?:none|mean)|manual(?:ly)?|average|\.mean\(\)|mean of|sum of (?:the )?weights"
        r"|does(?:n't| not) (?:match|equal|agree)|differ(?:s|ent)|not equal|mismatch|size_average"
    ),
    "sum": (
        r"reduction\s?=\s?['\"]sum|reduce_sum|\.sum\(\)|summed|sum over (?:the )?batch|size_average\s?=\s?False"
        r"|batch size[^.\n]{0,30}(?:larger|increase|double|scale|proportional)|proportional to (?:the )?batch"
        r"|times (?:the )?batch|(?:grows|scales) with (?:the )?batch"
    ),
    "accumulation": r"accumulat(?:ion|e|ing)|accum_|grad_accum|num_items_in_batch",
    "factor": (
        r"times (?:larger|higher|bigger|smaller|too|as)|\bfactor\b|\d+ ?x (?:larger|higher|bigger)"
        r"|multipl(?:ied|y|e)|scaled|divid(?:e|ed|ing)|higher (?:loss|than)|larger (?:loss|than)"
    ),
    "zero_grad": (
        r"zero_grad|clear(?:ed|ing)? (?:the )?grad|grad(?:ient)?s? (?:\w+ ){0,4}(?:zeroed|cleared|reset|never)"
        r"|reset (?:the )?grad|GradientTape\(persistent"
    ),
    "sign": (
        r"(?:wrong|flipped|missing|minus|opposite|forgot\w*(?: the)?) (?:minus |negative )?sign|gradient ascent"
        r"|maximi[sz]\w+|forgot (?:the |a )?minus|without (?:the |a )?minus|labels ?- ?preds|label ?- ?pred"
        r"|true ?- ?pred"
    ),
    "hessian": (
        r"hessian|\bhess\b|second derivative|min_child_weight|no(?:t| further) splits?|didn't split"
        r"|tree (?:\w+ ){0,3}(?:split|stump)"
    ),
    "boosting": r"xgboost|\bxgb\b|lightgbm|\blgb\b|catboost|boosting",
    "custom": r"custom (?:objective|loss|obj)|\bfobj\b|own objective|objective function",
    "broadcast": (
        r"target size .{0,60}different|different to the input size|broadcast|\(?n, ?1\)? (?:and|vs|against"
        r"|with) \(?n|\[\d+, ?1\].{0,60}\[\d+\]|\[\d+\].{0,60}\[\d+, ?1\]|\(\d+, ?1\).{0,60}\(\d+,?\)"
        r"|\(\d+,?\).{0,60}\(\d+, ?1\)|unsqueeze|squeeze|n ?[x×] ?1\b|n ?[x×] ?n\b|shape mismatch|view\(-1\)"
    ),
    "collapsed": (
        r"collaps|all (?:\w+ ){0,2}embeddings? (?:\w+ ){0,2}(?:same|identical|equal|one point)"
        r"|embeddings? (?:\w+ ){0,3}(?:same|identical)|equal(?:s)? (?:to )?(?:the )?margin|(?:at|near|around|to"
        r"|exactly|=) ?(?:the )?margin"
    ),
    "semi_hard": r"semi[ -]?hard|batch[ -]?all|hard (?:triplets|mining)",
    "reference": r"ref(?:erence)?[ _]?model|reference (?:policy|model)|ref_model|peft_config|adapter|beta ?= ?0(?:\.0)?\b",
    "rewards": (
        r"rewards?[/ ](?:margins|chosen|accurac)|reward (?:is|stays|stuck|remains)|rewards? (?:\w+ ){0,3}(?:0"
        r"|zero)|'rewards/\w+': 0\.0"
    ),
    "ctc_length": (
        r"input[_ ]length|(?:sequence|label|target|time)[ _-]?(?:length|steps)|too short|shorter than"
        r"|longer than|zero_infinity|no valid path|repeated (?:labels|characters|letters)|width|timesteps?"
        r"|downsampl|pooling|length"
    ),
    "dropout": r"drop ?out|batch ?norm|augment|regulari[sz]|eval\(\)|train\(\) mode|model\.eval|data augmentation",
    "train_above": (
        r"train(?:ing)?[ _]?(?:loss|error) (?:is |was |stays |remains )?(?:always |much |consistently "
        r"|constantly )?(?:higher|larger|greater|above|more|bigger|worse)|val(?:idation)?[ _]?(?:loss"
        r"|error) (?:is |was |stays |being )?(?:always |much |consistently |constantly )?(?:lower|smaller|less"
        r"|below|better)|val(?:idation)? (?:loss|accuracy)[^.\n]{0,40}better than (?:the )?train|(?:higher"
        r"|larger|greater) (?:train(?:ing)?) loss than val|lower (?:val\w*|test) loss than train"
        r"|val(?:idation)? (?:\w+ ){0,2}(?:lower|smaller|less|better) than (?:the |in |on )?train"
    ),
    "both_rise": (
        r"loss (?:\w+ ){0,2}(?:increas|ris|go(?:es)? up|grow)\w*[^.\n]{0,30}acc\w*[^.\n]{0,30}(?:increas|improv|ris|\bup\b)|"
        r"(?:both|loss and acc\w*)[^.\n]{0,40}(?:increas|ris|go(?:es)? up|grow)"
        r"|val\w*[ _]?loss[^.\n]{0,40}(?:increas|ris|go(?:es|ing)? up|grow|climb)\w*[^.\n]{0,60}acc\w*"
        r"|acc\w*[^.\n]{0,60}(?:increas|improv|ris|go(?:es|ing)? up|same|stable|constant)\w*[^.\n]{0,60}(?:but"
        r"|while|and|whereas|although|yet)[^.\n]{0,40}loss[^.\n]{0,30}(?:increas|ris|up|grow|climb|worse)"
    ),
    "overfit": r"over ?fit|val\w*[ _]?loss[^.\n]{0,40}(?:increas|ris|go(?:es|ing)? up|grow|climb)",
    "rate": r"learning[ _-]?rate|\blr\b|step size",
    "high_rate": (
        r"(?:high|large|big|higher|larger|increase\w*|too (?:high|large|big)) (?:the )?(?:learning[ _-]?rate|lr\b"
        r"|step size)|(?:learning[ _-]?rate|lr)[^.\n]{0,12}(?:1e[0-9]|10+\b|[1-9]\d*(?:\.0)?\b(?!e))"
    ),
    "relu": r"(?<!leaky )(?<!leaky)\brelu",
    "dead": (
        r"dead|dying|(?:all|grad\w*|activations?|outputs?) (?:\w+ ){0,3}(?:zero|0\b)"
        r"|grad(?:ient)?s? (?:\w+ ){0,3}(?:0|zero|vanish)|same output|predicts? the same"
    ),
    "restart": (
        r"restart|resum(?:e|ing)|checkpoint|cosine annealing|sgdr|warm[ -]?up again|cyclic|one[ -]?cycle"
        r"|spik(?:e|es|ing)|every (?:epoch|\d+)|sawtooth|saw[ -]tooth|jumps? (?:up )?(?:at|every|after)"
    ),
    "imbalance": (
        r"imbalanc|majority|minority|rare|most (?:of the )?(?:labels|examples|samples|pixels)"
        r"|only \d+(?:\.\d+)? ?% (?:are |of )?|predicts? (?:only |always )?(?:one class|the same class"
        r"|all (?:zeros?|negatives?|0)|0|zero)|always predicts?|base rate|background|prior"
    ),
    "margin_accuracy": r"accuracy (?:\w+ ){0,4}(?:0|zero|low|wrong|bad|high|good)|train(?:ing)? acc\w*",
    "dice": r"[-−] ?(?:soft)?[ _]?dice|1 ?- ?dice|dice coeff",
    "is_normal": r"(?:is|normal|expected|correct|right|ok(?:ay)?)\b[^.\n]{0,30}\?|normal\b|should (?:it|the loss) be",
    "clip": r"clip|clamp",
    "hard_predictions": (
        r"predict\(|hard (?:labels|predictions)|class labels instead of|0/1 predictions|argmax"
        r"|rounded predictions"
    ),
    "fp_loss_scale": r"loss[ _-]?scal|gradscaler|underflow",
    "perplexity": r"perplexity|\bppl\b",
    "soft": r"soft[ _-]?margin",
}  # fmt: skip
"""What a text may mention -> a pattern of it."""
_MENTIONS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in MENTIONS.items()}


def read(text: str, *, has_history: bool = False) -> Facts:
    """Return what a sentence tells. Of a log, whose losses are read elsewhere, no loss is taken."""
    held: dict[str, Any] = {}
    sources: dict[str, str] = {}
    left = _SPELT.sub(lambda word: _WORDS[word[1].lower()], text)
    for name, patterns in (COUNTS | SHARES | NUMBERS).items():
        if has_history and name == "accuracy":
            continue
        for pattern in patterns:
            match = re.search(pattern, left, re.IGNORECASE)
            value = _value(name, match) if match else None
            if match and value is not None:
                held[name], sources[name] = value, match[0].strip()[:60]
                left = f"{left[: match.start()]} ; {left[match.end() :]}"
                break
    for name, known in (("kind", KINDS), ("framework", FRAMEWORKS), ("dtype", DTYPES)):
        if (answer := found(known, text)) is not None:
            held[name], sources[name] = answer, "a word of the text"
    if not has_history and (series := _series(left)) is not None:
        held["history"], sources["history"], has_history = series, f"{len(series)} numbers of the sentence", True
    losses = [] if has_history else _losses(_OTHERS.sub(" ; ", left))
    if not has_history and (broken := _BROKEN.search(text)):
        losses = [printed.read(broken[1]), *losses]
    if losses:
        held["loss"], sources["loss"] = losses[0], str(losses[0])
    prose = "\n".join(line for line in text.splitlines() if not lines.is_row(line)) if has_history else text
    said = frozenset(name for name, pattern in _MENTIONS.items() if pattern.search(prose))
    return Facts(**held, said=_of_symptoms(said), others=tuple(losses[1:4]), sources=sources)


def _series(text: str) -> History | None:
    """The losses that a sentence tells one after the other; None where it tells none so."""
    found_series = _SERIES.search(text)
    if found_series is None:
        return None
    return histories.of([printed.read(number[0]).value for number in re.finditer(NUMBER, found_series[1], re.IGNORECASE)])


def _of_symptoms(said: frozenset[str]) -> frozenset[str]:
    """What is said to be missing is not there."""
    return said - {"softmax", "sigmoid"} if "no_activation" in said and not said & {"ce_of_logits", "bce_of_logits"} else said


def _losses(text: str) -> list[Printed]:
    """The numbers that may be losses, those beside the word first."""
    beside = [match[1] for match in _LOSS.finditer(text)]
    others = [match[1] for match in _ANY.finditer(text)]
    decimal = [number for number in others if "." in number or "," in number or not number.lstrip("+-−").isdigit()]
    alone = others if text.strip().strip("?!. ") in others or len(others) == 1 and not beside else []
    found_numbers: list[Printed] = []
    for number in [*beside, *decimal, *alone]:
        try:
            read_number = printed.read(number)
        except ValueError:
            continue
        if read_number not in found_numbers:
            found_numbers.append(read_number)
    return found_numbers


def _value(name: str, match: re.Match[str]) -> Any:
    text = next(group for group in match.groups() if group)
    if name in COUNTS:
        count = int(text.replace(",", ""))
        return count if 1 <= count <= COUNTED else None
    try:
        number = printed.read(text)
    except ValueError:
        return None
    if name in SHARES:
        share = _share(number, of_hundred=(match.lastindex or 0) > 1 and match[2] == "%" or number.value > 1)
        if not 0 <= share.value <= 1 or (name == "smoothing" and share.value == 1):
            return None
        return share if name == "accuracy" else share.value
    return number.value if 0 <= number.value < 1e9 else None


def _share(number: Printed, *, of_hundred: bool) -> Printed:
    return Printed(number.value / 100, number.half / 100, number.text) if of_hundred else number
