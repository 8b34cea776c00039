"""What a text mentions of a run: its symptoms, and layers, functions and data, each by a pattern of the words that people use.

To know another: an entry in MENTIONS; rules ask for it by its name (`Facts.says`).
"""

from __future__ import annotations

import re

from explorer.doctor.reading.symptoms import SYMPTOMS

MENTIONS: dict[str, str] = SYMPTOMS | {
    "softmax": r"(?<!log)(?<!log_)(?<!log )softmax(?! loss)(?!_?cross)",
    "log_softmax": r"(?<!no )(?<!not )(?<!not a )(?<!without )(?<!without a )(?<!missing )log[ _]?softmax|\.log\(\)",
    "margin_as_p": r"hess\w*\s?=\s?(\w+)\s?\*\s?\(1(?:\.0?)?\s?-\s?\1\)",
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
        r"(?:no|without(?: a| any| the)?|not (?:use|have|apply) (?:a |the )?|forgot(?:ten)?(?: the)?|missing"
        r"|lacks?) (?:final |last "
        r"|output )?(?:softmax|sigmoid|activation)|linear (?:output|activation)|raw (?:scores|logits|outputs?)"
        r"|(?:outputs?|predictions?) (?:\w+ ){0,3}(?:above|greater than|larger than|over|below|outside)"
        r"|logits? (?:directly )?(?:in)?to (?:a |the )?(?:BCELoss|NLLLoss|log_loss|binary_crossentropy"
        r"|categorical_crossentropy)|between 0 and 1|activation\s?=\s?None|input >= 0"
        r"|negative (?:values?|inputs?|outputs?|numbers?|predictions?)[^.\n]{0,30}(?:BCELoss|log_loss|crossentropy)"
    ),
    "plain_dense": r"Dense\(\d+\)(?!\w)",
    "raw_output": (
        r"logitraw|output_margin|decision_function|RawFormulaVal|raw_score"
        r"|(?:predict_proba|probabilit\w+|sigmoid outputs?)[^.\n]{0,60}(?:above|over|greater than|larger than|bigger than"
        r"|exceed\w*|>|more"
        r" than) ?1(?!\d)|(?:negative|below zero) probabilit\w+"
    ),
    "gradient": r"gradient|grad\b|backward|grad_norm|derivativ",
    "distance": (
        r"siamese|euclid|pairwise[ _]dist|triplet|distances?\b[^.\n]{0,30}(?:\b0\b|zero|equal|same)"
        r"|(?:two |both )?(?:inputs?|samples?|points?|positives?|pairs?)[^.\n]{0,30}\b(?:identical|the same|equal)"
        r"|(?:identical|same|equal) (?:inputs?|samples?|points?|pairs?|embeddings?)"
    ),
    "clipped_gradient": r"clip\w*[^.\n]{0,20}grad|grad\w*[^.\n]{0,12}clip|explod\w+ grad",
    "power_at_zero": r"(?:Pow|Sqrt|Norm|Exp|Log|Div|Acos|Atan2?|Cdist)Backward|returned nan values in its",
    "sqrt": (
        r"\bsqrt|square root|\bnorm\(|torch\.norm|\.norm\b|\bcdist|euclidean distance|\bstd\("
        r"|standard deviation|arccos|acos|\*\* ?\(?(?:0?\.5|1\.? ?/)"
    ),
    "power": r"\bpow\(",
    "where": r"torch\.where|tf\.where|jnp\.where|np\.where|\bmasking with where",
    "own_log": (
        r"log\(1 ?- ?\w+\)|log\(\w+\)|\blog\((?:\w+\.)*sigmoid\("
        r"|0 ?\* ?(?:log|inf)|log(?:arithm)? (?:of )?(?:0\b|zero)|-inf"
    ),
    "own": (
        r"\bown (?:loss|cross|implementation|bce)|custom (?:loss|bce|cross)"
        r"|implement(?:ed|ing)? (?:my|the|a) (?:own )?(?:bce|binary|cross|loss)|manual(?:ly)?|by hand|from scratch"
    ),
    "exactly_one": (
        r"exactly (?:1|0|one|zero)|(?:is|becomes|are|equals?|rounds? to|reach(?:es)?|outputs?|saturat\w+ (?:at"
        r"|to)) (?:exactly )?(?:1(?:\.0)?|0(?:\.0)?|one)\b(?!\.)"
    ),
    "exp": (
        r"\bexp\(|exponential(?!ly)|e\^|exponent|own softmax|softmax by hand|large logits"
        r"|logits? (?:\w+ ){0,3}(?:large|huge|big)|overflow|np\.exp|torch\.exp"
    ),
    "epsilon": r"1e-?\d+|epsilon|\beps\b",
    "ignored": (
        r"\bcount\W{1,3}0\b(?!\.)"
        r"|labels? [^.\n]{0,20}\bmask|ignore_?index|-100\b|ignored|padding|all (?:\w+ ){0,3}mask|mask(?:ed)? out"
        r"|empty batch|no (?:valid"
        r"|labell?ed) (?:tokens|labels|pixels|targets)|\btruncat|completion.only|assistant_only|response_template"
        r"|\bvoid\b|(?:sum|number|count|amount) (?:\w+ ){0,4}(?:is|are|was|of|=+) ?(?:zero|0)\b(?!\.\d)"
        r"|sum\([^.\n]{0,40}(?:is|=+|was|gives) ?(?:zero|0)\b(?!\.\d)"
        r"|(?:no|without(?: any)?|lacks?|lacking|missing) (?:text|objects?|foreground|positives?"
        r"|positive samples|annotat\w*"
        r"|ground[- ]?truth\w*|gt|box(?:es)?|targets?|labels?|valid\w*|instances?|masks?|tokens?|entities)\b"
        r"|all (?:\w+ )?(?:boxes|labels?|targets?|classes|ids)? ?(?:are |is |were )?(?:all )?-1\b|(?:boxes"
        r"|labels?|targets?)[^.\n]{0,15}\ball -1\b"
        r"|(?:divid\w+|normali[sz]\w+|averag\w+) (?:by|over|with|in terms of)[^.\n]{0,40}"
        r"(?:count|num|positives?|positive samples|valid|events?|mask\w*)\b"
        r"|(?:batch\w*|images?|samples?|crops?|patch\w*)[^.\n]{0,40}(?:only|all|just"
        r"|nothing but) (?:of )?(?:negatives?|background)\b"
        r"|(?:division|divide|divided) by (?:zero|0)\b|0 ?/ ?0\b"
        r"|empty (?:labels?|targets?|gt|ground|annotations?|images?|masks?|boxes|batch|texts?|strings?)"
        r"|(?:rest|everything|all of \w+) (?:is|are|was|were) (?:masked|ignored|padd\w*)"
    ),
    "all_ignored": r"\b(?:all|whole|entire|every)\b[^.\n]{0,50}(?:-100\b|masked|ignored|ignore_index)",
    "mask_255": r"\b255\b|0[ -]255",
    "plus_minus": (
        r"[-−+]1 (?:and|or|,|/) ?\+?-?1\b|\{-1, ?\+?1\}|[±]1|\[-1, ?1\]|labels? (?:\w+ ){0,3}-1\b|in -1/1"
        r"|-1 and 1|between -1 and 1|(?<!shape\()(?<!view\()-1, ?1|127\.5\)? ?/ ?127\.5|/ ?127\.5 ?- ?1"
    ),
    "one_based": (
        r"(?:labels?|class(?:es)?|index(?:es)?|indices|targets?)[^.\n]{0,30}(?:from|start\w* (?:at|from"
        r"|with)) 1\b|\b1\.\.(?:K|\d+)|1 (?:to|through|-) (?![01]\b)(?:K|\d+)\b(?! ?[*/.^])|one[- ]based"
        r"|Target \d+ is out of bounds"
        r"|(?:labels?|class(?:es)?|ids?|targets?|index\w*)[^.\n\d]{0,30}[\[({ ]1 ?(?:,|to|-|–|\.\.\.?|through"
        r"|until) ?(?!0\b|1\b)\d+"
        r"|labels?\b[^.\n]{0,40}\b(?:not (?:inside|within|in)|outside|exceeds?|beyond|(?:greater|larger"
        r"|more) than)\b[^.\n]{0,25}"
        r"(?:number of classes|n(?:um)?_?classes|(?:valid|expected) range|classes)"
        r"|out of (?:bounds|range)|device-side assert|t >= 0 && t < n_classes|received a label value|cur_target"
        r"|off[- ]by[- ]one|index_base"
    ),
    "grey_mask": (
        r"(?:annotation|mask|label|ground[- ]?truth)\w*[^.\n]{0,40}\bgr[ae]y|gr[ae]y[- ]?(?:scale|level|values?)?"
        r"[^.\n]{0,30}\b(?:annotation|mask|label)"
    ),
    "outside": (
        r"labels? (?:are |is |were |was )?(?:not|outside|out of|neither)"
        r"|(?:values?|pixels?|inputs?|targets?|labels?)\b[^.\n]{0,20}\b(?:outside|out of"
        r"|beyond)(?: of)?(?: the)?(?: range)?(?: of)? ?[\[(]?0\b"
        r"|not (?:in |within |between |inside )?(?:the )?(?:range )?(?:of |from )?[\[(]?0(?:\.0)?(?:,| and"
        r"| or| to|-|\.\.) ?1(?:\.0)?\b"
        r"|(?:inputs?|images?|pixels?|data)\b[^.\n]{0,40}\bnot (?:\w+ )?(?:normali[sz]ed|scaled|divided|binary)"
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
        r"Dense\((?:\d+, ?)?1\b[^)]*softmax|softmax[^.\n]{0,40}(?:one|single|1) (?:output|unit|neuron|node"
        r"|class|channel)|(?:one"
        r"|single|1) (?:output|unit|neuron|node|class|channel)[^.\n]{0,40}softmax|num_classes ?= ?1\b|num_labels ?= ?1\b"
        r"|(?:one|a single|just 1|only 1|has 1|have 1|with 1) (?:\w+ )?class\b(?! (?:and|plus|\+))|(?:has"
        r"|have|with) (?:1|one"
        r"|a single) label\b"
        r"|Linear\(\w+, ?1\)[^.]{0,60}(?:CrossEntropy|softmax)"
    ),
    "one_label": (
        r"(?:\blabels?|targets?|y_true|ground[- ]?truths?|(?:true|label|target|training|binary"
        r"|gt)[ _-](?:masks?|images?|labels?))\b"
        r" (?:\w+ ){0,6}all (?:0|1|zeros?|ones?|black|the same)\b"
        r"|only (?:one|a single|1) (?:class|label)|(?:one|single|same) label (?:in|for) (?:all|every)"
        r"|all (?:the )?(?:labels|targets|y)\b[^.\n]{0,20}(?:same|zeros?|ones?|0|1|identical|equal)"
        r"|y_true contains only one label|contains only one (?:label|class)|one class present|only positives?"
        r"|only negatives?|every (?:label|target) is|log_loss\(\s*\[\s*(\d)\s*(?:,\s*\1\s*)*\]"
        r"|(?:all|every) (?:\w+ ){0,4}labels? (?:(?:all|are|is|were|have)\b ?){0,2}(?:the same|identical"
        r"|zeros?|ones?|[01]\b)"
    ),
    "order": (
        r"(?:column|label|class)\w*[^.\n]{0,40}(?:order|permut|sort|alphabet|lexicograph|swapp|shuffl|mismatch)"
        r"|order of (?:the )?(?:columns|labels|classes)|classes_|class_indices|wrong order|alphabetic"
        r"|lexicographic|not ordered|\bclass(?:es)? \d+ (?:\w+ ){0,4}as (?:class )?\d+\b"
    ),
    "weights": r"class[_ ]?weight|weights? ?=|\bweight(?:s|ed)?\b(?! decay)|pos_weight|sample_weight",
    "sum": (
        r"reduction\s?=\s?['\"]sum|reduce_sum|\.sum\(\)|summed|sum over (?:the )?batch|size_average\s?=\s?False"
        r"|batch size[^.\n]{0,30}(?:larger|increase|double|scale|proportional)|proportional to (?:the )?batch"
        r"|(?:scal\w+|multipl\w+)[^.\n]{0,20}\bloss\w*[^.\n]{0,20}\bby\b[^.\n]{0,20}\b(?:bs|batch)|loss ?\* ?(?:bs\b|batch)"
        r"|(?:doubl\w+|halv\w+|increas\w+|chang\w+)[^.\n]{0,20}batch[ _-]?size[^\n]{0,60}loss\w*[^.\n]{0,20}"
        r"(?:half|halv|doubl|twice|proportional)"
        r"|(?:twice|double\w*|half)\b[^.\n]{0,30}\bbatch(?:[ _-]?size)?\b"
        r"|loss\w*\b[^.\n]{0,40}\b(?:lower|higher|smaller|larger|1/[a-z\d]|times)\b"
        r"[^.\n]{0,50}\b(?:gpus?|devices|replicas|tpus?)\b"
        r"|\bgpus?\b[^.\n]{0,30}\bloss\w*\b[^.\n]{0,25}(?:lower|higher|smaller|larger|1/[a-z\d]|times)"
        r"|times (?:the )?batch|(?:grows|scales) with (?:the )?batch|size_?Average[^.\n]{0,12}false"
        r"|['\"]sum['\"]|\bsum (?:for|as|in) the|sum of the (?:costs|losses)"
        r"|(?<!attempted )(?<!dynamic )(?<!reducing )loss (?:magnitude|scale)\b(?! to| ?[:=])"
        r"|(?:magnitude|scale|size) of the loss|depends? on (?:the )?(?:batch|number of)"
        r"|sum(?:med|s)? (?:over|of|across|up) (?:\w+ ){0,4}batch|not (?:divided|averaged"
        r"|normali[sz]ed) (?:by|over)[^.\n]{0,25}"
        r"(?:batch|samples|examples|pixels|number)"
        r"|(?:factor|multiple|times) (?:of )?(?:the )?number of (?:gpus|workers|executors|devices|samples"
        r"|examples|pixels|batch\w*)"
    ),
    "accumulation": r"accumulat(?:ion|e|ing)|accum_|grad_accum|num_items_in_batch",
    "zero_grad": (
        r"zero_grad|clear(?:ed|ing)? (?:the )?grad|grad(?:ient)?s? (?:\w+ ){0,4}(?:zeroed|cleared|reset|never)"
        r"|reset (?:the )?grad|GradientTape\(persistent"
    ),
    "sign": (
        r"(?:wrong|flipped|missing|minus|opposite|forgot\w*(?: the)?) (?:minus |negative )?sign|gradient ascent"
        r"|maximi[sz]\w+|forgot (?:the |a )?minus|without (?:the |a )?minus|labels ?- ?preds|label ?- ?pred"
        r"|true ?- ?pred|anti-?gradient"
        r"|(?<!negative )(?:log.?likelihood|reward|elbo) (?:\w+ ){0,3}minimi[sz]\w+"
        r"|der1 ?=[^\n]{0,25}- ?(?:targets?|labels?|y_?true|y)\b"
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
        r"|with) \(?n|\[\d+, ?1\].{0,60}\[\d+\]|\[\d+\].{0,60}\[\d+, ?1\]|\(\d+, ?1\)[^.]{0,60}\(\d+,?\)"
        r"|\(\d+,?\).{0,60}\(\d+, ?1\)|unsqueeze|squeeze|n ?[x×] ?1\b|n ?[x×] ?n\b|shape mismatch"
        r"|(?:view|reshape)\(-1(?:, ?1)?\)"
    ),
    "softmax_added": (
        r"(?:add(?:ed|ing)?|us(?:e|ed|ing)|appl(?:y|ied|ying)|put)\b[^.\n]{0,25}\bsoftmax\b[^\n]{0,60}\b(?:slow\w*|worse|bad(?:ly)?|f"
        r"a"
        r"i"
        r"l"
        r"s"
        r"?"
        r"|not (?:learn|converge|train|decrease)\w*|n't (?:learn|converge|train|decrease)\w*)"
        r"|(?:without|remov\w+|dropp?\w*)\b[^.\n]{0,20}\bsoftmax\b[^\n]{0,50}\b(?:better|faster|works?|fine"
        r"|learns|converges)\b"
    ),
    "semi_hard": r"semi[ _-]?hard|batch[ _-]?all|hard (?:triplets|mining)",
    "reference": (
        r"ref(?:erence)?[ _]?model|reference (?:policy|model)|ref_model|peft_config|adapter"
        r"|beta ?= ?0(?:\.0)?\b"
    ),
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
    "rate": r"learning[ _-]?rate|\blr\b|step size",
    "high_rate": (
        r"(?:learning[ _-]?rate|\blr)(?: is| was| may be)? too (?:high|large|big)|"
        r"(?:high|large|big|higher|larger|increase\w*|too (?:high|large|big)) (?:the )?(?:learning[ _-]?rate|lr\b"
        r"|step size)|(?:learning[ _-]?rate|lr)[^.\n\d]{0,12}(?<![\d.e-])(?:1e\+?[0-9]|10+\b"
        r"|[1-9]\d*(?:\.0)?\b(?!e|-|\.\d))"
    ),
    "relu": r"(?<!leaky )(?<!leaky)\brelu",
    "restart": (
        r"restart|resum(?:e|es|ed|ing)|continu\w+ (?:the |to )?train|(?:start\w*|begin|run) (?:the )?training again"
        r"|train(?:ing)? again|reload|restor(?:e|es|ed|ing)|load\w* (?:\w+ ){0,3}(?:checkpoint|weights|model)"
        r"|from where it (?:stopped|left)|(?:changed|increased|extended"
        r"|raised) (?:the )?(?:max\w* )?(?:number of )?epochs|cosine annealing|sgdr"
        r"|warm[ -]?up again|cyclic|one[ -]?cycle"
        r"|spik(?:e|es|ing)|sawtooth|saw[ -]tooth|jumps? (?:up )?(?:at|every|after)"
    ),
    "checkpoint": r"checkpoint|every (?:epoch|\d+)|(?:beginning|start) of (?:each|every) (?:epoch|round)",
    "imbalance": (
        r"imbalanc|unbalanc|majority|minority|rare|most (?:of the )?(?:labels|examples|samples|pixels)"
        r"|only \d+(?:\.\d+)? ?% (?:are |of )?|predicts? (?:only |always )?(?:one class|the same class"
        r"|all (?:zeros?|negatives?|0)|0|zero)|always predicts?|base rate|background|class prior"
        r"|(?:mostly|mainly|dominant|dominated by|far more|many more) (?:\w+ ){0,2}(?:0|zeros?|negatives?"
        r"|one class|class)\b"
    ),
    "zero_one": (
        r"(?:labels?|targets?|y|y_true|classes) ?(?:of|are|in|is|=|with values?)? ?[\[{(]{0,2}0\.? ?(?:and|,"
        r"|or|/) ?1\b|0/1 labels|binary labels|one-?hot"
    ),
    "sparse": r"sparse_(?:categorical|softmax)|SparseCategorical|SparseSoftmax",
    "smoothing": r"label[ _-]?smooth|smoothed (?:labels?|targets?)",
    "margin_accuracy": r"accuracy (?:\w+ ){0,4}(?:0|zero|low|wrong|bad|high|good)|train(?:ing)? acc\w*",
    "dice": r"nn-?u-?net|[-−] ?(?:soft)?[ _]?dice|1 ?- ?dice|dice coeff",
    "clip": r"clip|clamp",
    "hard_predictions": (
        r"predict(?:ions?|ed|s)?\b[^.\n]{0,40}(?:\bbinary|\bhard|0/1|0 or 1|0 and 1|class labels?|labels instead)\b"
        r"|predict instead of"
        r"|predict\(|hard (?:labels|predictions)|class labels instead of|0/1 predictions|argmax"
        r"|round(?:ed|ing)?\b[^.\n]{0,40}\b(?:predictions?|probabilit\w+|to 0|to 1|0 or 1|0 and 1)\b"
    ),
    "bernoulli": r"bernoulli|\bbinary ?= ?True",
    "fp_loss_scale": r"loss[ _-]?scal|gradscaler|underflow",
    "likelihood": r"likelihood",
    "continuous": (
        r"landmark|key ?points?|trajector|regress|forecast|coordinates?|depth|time series|continuous|heteroscedastic"
        r"|gaussian|laplac"
    ),
    "unscaled": (
        r"in (?:the )?(?:hundreds|thousands|millions|billions)\b"
        r"|(?:not|un) ?-?(?:scaled|normali[sz]ed|standardi[sz]ed)|(?:large|huge|big|raw) (?:targets?|inputs?"
        r"|values|features"
        r"|labels)"
        r"|(?:targets?|inputs?|features?|values?|prices?|\bx\b|\by\b) (?:\w+ ){0,3}(?:from|up to|between"
        r"|to) (?:-?\d+ (?:to"
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
