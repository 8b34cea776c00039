"""Functions that a model ends in and that its loss is made of, by the names that libraries give them too."""

FUNCTIONS: dict[str, str] = {
    "softmax": r"(?<!log)(?<!log_)(?<!log )softmax(?! loss)(?!_?cross)",
    "log_softmax": r"""
        (?<!no )(?<!not )(?<!not a )(?<!without )(?<!without a )(?<!missing )log[ _]?softmax
        \.log\(\)
        \blog[ -]probabilities
    """,
    "kl_right": r"(?:KLDivLoss\([^)]*\)|kl_div)\((?:\w+\.)*log_?softmax\([^)]*\), ?(?:\w+\.)*softmax\(",
    "log_wanted": r"""
        (?:KLDivLoss\([^)]*\)|kl_div)\((?![^,]*log)[^,]*softmax\(
        (?:\bnot?|n't|missing|should (?:it|this) (?:not )?be|instead of|rather than)\b[^\n]{0,25}\blog[ _]?softmax
        \bwhy\b…40\blog[ _]?softmax,? (?:and not|instead of|rather than|not)\b…12softmax
    """,
    "sigmoid": r"sigmoid(?!_?(?:focal|cross))",
    "no_activation": r"""
        (?:no|without(?: a| any| the)?|not (?:use|have|apply) (?:a |the )?|forgot(?:ten)?(?: the)?|missing
            |lacks?) (?:final |last |output )?(?:softmax|sigmoid|activation)
        linear (?:output|activation)
        raw (?:scores|logits|outputs?)
        (?:outputs?|predictions?) ~3(?:above|greater than|larger than|over|below|outside)
        between 0 and 1
        activation\s?=\s?None
        input >= 0
        negative (?:values?|inputs?|outputs?|numbers?|predictions?)…30(?:BCELoss|log_loss|crossentropy)
    """,
    "activation_wanted": r"""
        \bwhy\b…40\b(?:no|not|without|never)\b…25\b(?:\w+\.)?(?:(?:log_?)?softmax|sigmoid)
        \bwhy\b…40n't…25\b(?:\w+\.)?(?:(?:log_?)?softmax|sigmoid)
        \bwhy\b…30\b(?:\w+\.)?(?:(?:log_?)?softmax|sigmoid)\b…20\b(?:not|never|only|missing)\b
        (?:do|should|must|would|need)(?:n't)? (?:I|we|you|one) (?:\w+ ){0,3}(?:apply|add|use|put|take|need|want|have)…30
            \b(?:\w+\.)?(?:softmax|sigmoid)
        (?:should|shouldn't|ought)\b…20\b(?:\w+\.)?(?:(?:log_?)?softmax|sigmoid)\b…20\b(?:be )?(?:appl|used|added|taken|there)
        \bshould(?:n't)? (?:the|my|there|a)\b…30 (?:have|be|use|end (?:in|with)) a \b(?:\w+\.)?(?:softmax|sigmoid)
        \bwhere (?:is|are)\b…20(?:softmax|sigmoid)
        \bis ~3(?:(?:log_?)?softmax|sigmoid) (?:\w+ )?(?:necessary|needed|required|missing)
        (?:without|no) (?:\w+ )?(?:softmax|sigmoid)\b[^\n]{0,40}\b(?:is (?:this|it|that)|why|correct|right|mistake|bug)\b
    """,
    "logits": r"logits?\b",
    "given_logits": r"""
        \A(?![\s\S]*logits?\w* ?= ?[^\n;,]{0,20}(?:softmax|sigmoid)\()[\s\S]*
            (?:with_logits|cross_entropy|crit\w*|loss\w*)\(\w*logits
    """,
    "max_subtracted": r"""
        (?:subtract|minus|remov)\w*…25\bmax
        \bmax\w*\b…25\bsubtract
        [-−] ?(?:\w+\.)?(?:\w+_)?max(?:\(|imum|\b)
    """,
    "plain_dense": r"Dense\(\d+\)(?!\w)",
    "relu": r"(?<!leaky )(?<!leaky)\brelu",
    "raw_output": r"""
        logitraw
        output_margin
        decision_function
        RawFormulaVal
        raw_score
        (?:predict_proba|probabilit\w+|sigmoid outputs?)…60
            (?:above|over|greater than|larger than|bigger than|exceed\w*|>|more than) ?1(?!\d)
        (?:negative|below zero) probabilit\w+
    """,
    "one_output": r"""
        Dense\((?:\d+, ?)?1\b[^)]*softmax
        softmax…40(?:one|single|1) (?:output|unit|neuron|node|class|channel)
        (?:one|single|1) (?:output|unit|neuron|node|class|channel)…40softmax
        num_classes ?= ?1\b
        num_labels ?= ?1\b
        (?:one|a single|just 1|only 1|has 1|have 1|with 1) (?:\w+ )?class\b(?! (?:and|plus|\+))
        (?:has|have|with) (?:1|one|a single) label\b
        Linear\(\w+, ?1\)[^.]{0,60}(?:CrossEntropy|softmax)
    """,
    "ce_of_logits": r"""
        CrossEntropyLoss
        \bcross_entropy\b
        cross_entropy\(
        from_logits\s?=\s?True
        softmax_cross_entropy(?:_with_logits|_with_integer)?
        from logits
        sparse_softmax
    """,
    "bce_of_logits": r"""
        BCEWithLogits
        bce_with_logits
        binary_cross_entropy_with_logits
        sigmoid_(?:binary_)?cross_entropy
        from_logits\s?=\s?True
        bcewithlogitsloss
    """,
    "from_logits": r"from_logits\s?=\s?True",
    "bce_of_p": r"""
        \bBCELoss
        F\.binary_cross_entropy\(
        binary_crossentropy
        from_logits\s?=\s?False
    """,
    "ce_of_p": r"""
        categorical_?crossentropy
        CategoricalCrossentropy
        from_logits\s?=\s?False
        log_loss
    """,
    "hinge": r"\bhinge",
    "nll": r"""
        nll[ _-]?loss
        NLLLoss
        \bnll\b
    """,
    "bernoulli": r"""
        bernoulli
        \bbinary ?= ?True
    """,
    "likelihood": r"likelihood",
    "dice": r"""
        nn-?u-?net
        [-−] ?(?:soft)?[ _]?dice
        1 ?- ?dice
        dice[ _]coef
    """,
    "soft": r"soft[ _-]?margin",
    "semi_hard": r"""
        semi[ _-]?hard
        batch[ _-]?all
        hard (?:triplets|mining)
    """,
    "distance": r"""
        siamese
        euclid
        pairwise[ _]dist
        triplet
        distances?\b…30(?:\b0\b|zero|equal|same)
        (?:two |both )?(?:inputs?|samples?|points?|positives?|pairs?)…30\b(?:identical|the same|equal)
        (?:identical|same|equal) (?:inputs?|samples?|points?|pairs?|embeddings?)
    """,
    "reference": r"""
        ref(?:erence)?[ _]?model
        reference (?:policy|model)
        ref_model
        peft_config
        adapter
        beta ?= ?0(?:\.0)?\b
    """,
    "kto": r"""
        \bkto
    """,
    "ipo": r"""
        \bipo(?:\b|_|trainer)
    """,
    "rewards": r"""
        rewards?[/ ](?:margins|chosen|accurac)
        reward (?:is|stays|stuck|remains)
        rewards? ~3(?:0|zero)
        'rewards/\w+': 0\.0
    """,
    "same_policy": r"""
        \bkl\w*\b…40(?<![\d.])(?<!below )(?<!than )(?:0(?:\.0+)?|zero)\b(?!\.?\d)
        'kl': 0(?:\.0+)?\b(?!\.?\d)
        \w*_kl\b…40(?<![\d.])(?:0(?:\.0+)?|zero)\b(?!\.?\d)
        (?:from|between)\b…40\b(?:the (?:very )?same policy|polic(?:y|ies) and (?:it|them)sel(?:f|ves))\b
        \bratio\b…60\b(?:always|exactly|would be|is|be) (?:exactly |always )?1\b(?!\.?\d)
    """,
    "log_of_softmax": r"log_?softmax\([^\n]{0,12}\bsoftmax",
    "ratio_of_itself": r"\bexp\([^\n]{0,30}log[^\n]{0,40}\.detach\(\)",
    "policy": r"""
        \b(?:old|new|current|reference|behaviou?r) polic(?:y|ies)
        \b(?:trpo|ppo|grpo|rlhf|trl)(?:\b|model|trainer|\d)
        \blog_?p\b…30\b(?:log_?)?(?:p_?)?old
        \bactions?(?:_prob)?\b
        \breward
        \bget_kl\b
    """,
    "ctc_length": r"""
        input[_ ]length
        too short
        shorter than
        longer than
        zero_infinity
        no valid path
        repeated (?:labels|characters|letters)
        width
        timesteps?
        downsampl
        pooling
        length
    """,
    "own": r"""
        \bown (?:loss|cross|implementation|bce)
        custom (?:loss|bce|cross)
        implement(?:ed|ing)? (?:my|the|a) (?:own )?(?:bce|binary|cross|loss)
        manual(?:ly)?
        by hand
        from scratch
    """,
    "own_log": r"""
        \blog\(
        \.log\(\)
        0 ?\* ?(?:log|inf)
        log(?:arithm)? (?:of )?(?:0\b|zero)
        log\w*\b…40-inf
        encountered in log\b
        divide by zero encountered in (?:true_)?divide\b[^\n]{0,80}\b1 ?- ?\w
    """,
    "exp": r"""
        \bexp\(
        exponential(?!ly)
        e\^
        exponent
        own softmax
        softmax by hand
        softmax of (?:my|our|its|your|their) own
        softmax\b…50\blarge (?:elements?|inputs?|values?|numbers?|scores?)
        large logits
        logits? ~3(?:large|huge|big)
        overflow
        np\.exp
        torch\.exp
    """,
    "sqrt": r"""
        \bsqrt
        square root
        \brmse
        root mean square
        \bnorm\(
        torch\.norm
        \.norm\b
        \bcdist
        euclidean distance
        \bstd\(
        standard deviation
        arccos
        acos
        \*\* ?\(?(?:0?\.5|1\.? ?/)
    """,
    "power": r"\bpow\(",
    "power_at_zero": r"""
        (?:Pow|Sqrt|Norm|Exp|Log|Div|Acos|Atan2?|Cdist)Backward
        returned nan values in its
    """,
    "where": r"""
        torch\.where
        tf\.where
        jnp\.where
        np\.where
    """,
    "clip": r"""
        clip
        clamp
        (?:small|tiny) value\b…12\b(?:instead|used|added)
    """,
    "power_overflow": r"OverflowError|math range error|perplexity\b…40\b(?:inf|infinite|overflows?)\b",
    "safe_log": r"""
        \bwhy\b…30(?:n't|not?)\b…30\b(?:errors?|nans?|inf\w*)\b…20\blog\b
        \bhow (?:does|do|is|are)\b…30\b(?:deal|handl|avoid|prevent|treat)\w*\b…15\blog\b
    """,
    "epsilon": r"""
        1e-?\d+
        epsilon
        \beps\b
    """,
    "sign": r"""
        \bminus (?:is|seems|may be) missing
        (?<!no )(?<!not )(?:wrong|flipped|missing|minus|opposite|forgot\w*(?: the)?) (?:minus |negative )?sign
        \bsign\b…20\b(?:not|never) (?:\w+ )?(?:taken|considered|flipped|changed)
        gradient ascent
        \b(?:the )?opposite of what\b
        (?:revers|chang|flip|invert|switch)\w*…15\bsign\b
        (?<!\w)[-−]loss\b
        maximi[sz]\w+
        forgot (?:the |a )?minus
        without (?:the |a )?minus
        grad\w*…15\b(?:y|t|y_?true|labels?|targets?) ?(?:-|−|minus|less) ?(?:p|f|y_?hat|y_?pred\w*|pred\w*|sigmoid\w*)\b
        labels ?- ?preds
        label ?- ?pred
        true ?- ?pred
        anti-?gradient
        (?<!negative )(?:log.?likelihood|reward|elbo) ~3minimi[sz]\w+
    """,
    "right_sign": r"""
        instead of…20\b(?:pred\w*|p|sigmoid\w*) ?[-−] ?(?:labels?|y\w*|t|targets?)\b
    """,
    "climbs": r"(?:\+=|= ?\w+ ?\+) ?(?:learning_?rate|lr|eta|alpha|step_size) ?\* ?\w*grad",
    "gradient": r"""
        gradient
        grad\b
        backward
        grad_norm
        derivativ
    """,
    "hessian": r"""
        hessian
        \bhess\b
        second derivative
        min_child_weight
        no(?:t| further) splits?
        tree ~3(?:split|stump)
    """,
    "margin_as_p": r"hess\w*\s?=\s?(\w+)\s?\*?\s?\(1(?:\.0?)?\s?-\s?\1\)",
    "boosting": r"""
        xgboost
        \b(?:binary|reg|multi|rank):[a-z]
        \bxgb
        lightgbm
        \blgb
        catboost
        boosting
    """,
    "custom": r"""
        custom (?:objective|loss|obj)
        \bfobj\b
        own (?:objective|loss)
        objective (?:function|of (?:mine|my own))
        my(?: own)? (?:objective|loss)
    """,
}
"""Name -> the ways to say it, as `mentions` writes them."""
