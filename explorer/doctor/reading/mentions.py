"""What a text mentions of a run: symptoms, layers, functions, each by a pattern of the words that people use.

To know another: an entry in MENTIONS; rules ask for it by its name (`Facts.says`).
"""

from __future__ import annotations

import re

MENTIONS: dict[str, str] = {
    "nan": r"\bnans?\b",
    "inf": r"\binf(?:inite|inity)?\b|∞",
    "negative": (
        r"loss\w*\b[^.\n\d]{0,60}\bnegative(?! log| sample| pair| example| class)|negative (?:\w+ ){0,2}(?:loss|value"
        r"|number|cost)"
        r"|(?:below|less than|under|smaller than) (?:zero|0)\b(?!\.)|loss ?< ?0\b"
        r"|\b(?:becom\w+|became|gets?|goes|went|going|turns?|turned|dropped|is|are"
        r"|was)(?: from positive)? (?:\w+ ){0,2}negative"
        r"(?! log| sample| pair| example| class)"
    ),
    "zero": (
        r"loss (?:\w+ ){0,4}(?:is|was|becomes|drop(?:s|ped)?|stays|goes|remains|equals) (?:\w+ ){0,3}"
        r"(?:0(?:\.0+)?|zero)\b(?!\.\d)"
        r"|(?:becomes|drop\w* to|goes to|turns? (?:in)?to|falls? to|jumps? to|suddenly) (?:exactly )?(?:0(?:\.0+)?"
        r"|zero)\b(?!\.\d)"
    ),
    "suddenly": r"sudden|at once|abrupt|from one step to the next",
    "stuck": (
        r"stuck|constant|does(?:n't| not) (?:change|decrease|go down|converge|learn|improve)|not (?:decreas"
        r"|learn|chang|improv|converg)\w*|same (?:value|number|loss)|unchanged|never (?:changes|decreases|moves"
        r"|falls)|plateau|stays|remains|always|stagnat|\bflat|hover|not go(?:ing)? (?:down|lower|below)|no (?:change"
        r"|improvement)"
        r"|(?:won't|will not|cannot|can't|can not|fails? to) (?:\w+ ){0,2}(?:decrease|go|fall|converge|learn|improve|drop)"
        r"|whatever"
    ),
    "rising": (
        r"loss (?:\w+ ){0,3}(?:increas|ris|grow|go(?:es|ing)? up|explod|blow|double)\w*|diverg|explod|blows up"
        r"|keeps (?:increas|grow|ris)\w*|doubl(?:es|ing)"
        r"|(?:sharp|sudden|steep|large|strong)?\b(?:increase|rise|growth|explosion) (?:of|in) (?:\w+ ){0,4}loss"
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
        r"|categorical_crossentropy)|between 0 and 1|activation\s?=\s?None"
    ),
    "plain_dense": r"Dense\(\d+\)(?!\w)",
    "raw_output": (
        r"logitraw|output_margin|decision_function|RawFormulaVal|raw_score"
        r"|(?:predict_proba|probabilit\w+|sigmoid outputs?)[^.\n]{0,60}(?:above|over|greater than|larger than|bigger than"
        r"|exceed\w*|>|more"
        r" than) ?1(?!\d)|(?:negative|below zero) probabilit\w+"
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
        r"|\bvoid\b|(?:sum|number|count|amount) (?:\w+ ){0,4}(?:is|are|was|of|=+) ?(?:zero|0)\b(?!\.\d)"
        r"|sum\([^.\n]{0,40}(?:is|=+|was|gives) ?(?:zero|0)\b(?!\.\d)"
        r"|(?:no|without(?: any)?|lacks?|lacking|missing) (?:text|objects?|foreground|positives?|positive samples|annotat\w*"
        r"|ground[- ]?truth\w*|gt|box(?:es)?|targets?|labels?|valid\w*|instances?|masks?|tokens?|entities)\b"
        r"|empty (?:labels?|targets?|gt|ground|annotations?|images?|masks?|boxes|batch|texts?|strings?)"
        r"|(?:rest|everything|all of \w+) (?:is|are|was|were) (?:masked|ignored|padd\w*)"
    ),
    "mask_255": r"\b255\b|0[ -]255",
    "plus_minus": (
        r"[-−+]1 (?:and|or|,|/) ?\+?-?1\b|\{-1, ?\+?1\}|[±]1|\[-1, ?1\]|labels? (?:\w+ ){0,3}-1\b|in -1/1"
        r"|-1 and 1|between -1 and 1|-1, ?1"
    ),
    "one_based": (
        r"(?:labels?|class(?:es)?|index(?:es)?|indices|targets?)[^.\n]{0,30}(?:from|start\w* (?:at|from"
        r"|with)) 1\b|\b1\.\.(?:K|\d+)|1 (?:to|through|-) (?:K|\d+)\b|one[- ]based|Target \d+ is out of bounds"
        r"|(?:labels?|class(?:es)?|ids?|targets?|index\w*)[^.\n\d]{0,30}[\[({ ]1 ?(?:,|to|-|–|\.\.\.?|through"
        r"|until) ?(?!0\b|1\b)\d+"
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
        r"|(?:one|a single|just 1|only 1|has 1|have 1|with 1) (?:\w+ )?class\b|(?:has|have|with) (?:1|one|a single) label\b"
        r"|Linear\(\w+, ?1\)[^.]{0,60}(?:CrossEntropy|softmax)"
    ),
    "one_label": (
        r"only (?:one|a single|1) (?:class|label)|(?:one|single|same) label (?:in|for) (?:all|every)"
        r"|all (?:the )?(?:labels|targets|y)\b[^.\n]{0,20}(?:same|zeros?|ones?|0|1|identical|equal)"
        r"|y_true contains only one label|contains only one (?:label|class)|one class present|only positives?"
        r"|only negatives?|every (?:label|target) is|log_loss\(\s*\[\s*(\d)\s*(?:,\s*\1\s*)*\]"
        r"|(?:all|every) (?:\w+ ){0,4}labels? (?:(?:all|are|is|were|have)\b ?){0,2}(?:the same|identical|zeros?|ones?|[01]\b)"
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
        r"(?:higher|larger|bigger|smaller|lower|different) loss|loss (?:\w+ ){0,4}(?:higher|larger|bigger|smaller|lower"
        r"|jumps?|jumped|differ\w*)"
        r"|inconsistent|compare\w*|instead of|times (?:larger|higher|bigger|smaller|too|as)|\bfactor\b|\d+ ?x (?:larger"
        r"|higher|bigger)"
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
    "boosting": r"xgboost|\bxgb|lightgbm|\blgb|catboost|boosting",
    "custom": (
        r"custom (?:objective|loss|obj)|\bfobj\b|own (?:objective|loss)|objective (?:function|of (?:mine|my own))"
        r"|my(?: own)? (?:objective|loss)"
    ),
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
        r"(?:val\w*|test\w*|eval\w*|dev)\b(?:(?!acc|train)[^.\n]){0,60}(?:lower|smaller|less|below|better"
        r"|under)\b(?:(?!acc)[^.\n]){0,40}\btrain"
        r"|train\w*\b(?:(?!acc|val|test)[^.\n]){0,50}(?:higher|larger|greater|above|more|bigger"
        r"|worse)\b(?:(?!acc)[^.\n]){0,40}\b(?:val|test|eval|dev)"
        r"|val\w*[ _]acc\w*[^.\n]{0,30}(?:higher|larger|greater|above|better)[^.\n]{0,30}\btrain|"
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
        r"|while|and|whereas|although|yet)[^.\n]{0,40}loss[^.\n]{0,30}(?:increas|ris|up|grow|climb|worse|larger|higher"
        r"|n[o']t (?:converge|decrease|fall|improve))"
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
        r"predict(?:ions?|ed|s)?\b[^.\n]{0,40}(?:\bbinary|\bhard|0/1|0 or 1|0 and 1|class labels?|labels instead)\b"
        r"|predict instead of"
        r"|predict\(|hard (?:labels|predictions)|class labels instead of|0/1 predictions|argmax"
        r"|rounded predictions"
    ),
    "fp_loss_scale": r"loss[ _-]?scal|gradscaler|underflow",
    "likelihood": r"likelihood",
    "continuous": (
        r"landmark|key ?points?|trajector|regress|forecast|coordinates?|depth|time series|continuous|heteroscedastic"
        r"|gaussian|laplac"
    ),
    "unscaled": (
        r"(?:not|un) ?-?(?:scaled|normali[sz]ed|standardi[sz]ed)|(?:large|huge|big|raw) (?:targets?|inputs?|values|features"
        r"|labels)"
        r"|(?:targets?|inputs?|features?|values?|prices?|\bx\b|\by\b) (?:\w+ ){0,3}(?:from|up to|between|to) (?:-?\d+ (?:to"
        r"|and) )?\d{3,}"
    ),
    "perplexity": r"perplexity|\bppl\b",
    "soft": r"soft[ _-]?margin",
}  # fmt: skip
"""What a text may mention -> a pattern of it."""
_MENTIONS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in MENTIONS.items()}


def found(text: str) -> frozenset[str]:
    """Return the names of what a text mentions; what is said to be missing is not there."""
    said = frozenset(name for name, pattern in _MENTIONS.items() if pattern.search(text))
    return said - {"softmax", "sigmoid"} if "no_activation" in said and not said & {"ce_of_logits", "bce_of_logits"} else said
