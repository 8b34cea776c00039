"""What a model puts out, and how good it is."""

PREDICTIONS: dict[str, str] = {
    "one_answer": r"""
        predict(?:s|ed|ing|ions?)?\b…30(?:the same|same|one|a single|only|always|constant)…12
            (?:class|label|value|output|category|result|number)
        (?:always|only|just) (?:predict|output|giv|return)\w*
        predicts? (?:class )?\d+(?:\.\d+)? (?:for|on) (?:all|every|each|any)
        (?:nearly |almost )?all (?:of )?(?:the |my )?(?:\w+ )?(?:predict\w+|outputs?)…30
            (?:are|is|were|was|as|=|(?:turn|come)s? out (?:to be|as)|becomes?) (?:all )?
            (?:0s?|1s?|zeros?|ones?|negative|positive|the same|identical|equal)\b
        (?:nearly|almost) all \b(?:are|get|is|were) (?:called|labell?ed|classified|predicted)\b
        same (?:bounding )?(?:output|prediction|answer|class|value|box)
            (?: \(\w[^)]*\))? (?:for|on|regardless|whatever|no matter)
        predict\w* ~3(?:is|are|gives?|returns?|stays?) always (?:\w+ )?(?:zeros?|ones?|-?\d)
        (?:predict\w*|output|mask|infer\w*|segmentation|result)s?\b…40\b
            (?:all|only|just|completely|entirely|totally|pure)[ -]
            (?:zeros?|0s?(?! to )|black|blank|empty|background|ones|white)\b
        (?:predict\w*|outputs?|masks?|files?|results?|segmentations?)\b…20\b
            (?:is|are|comes? out|turns? out|was|were) (?:all |always |completely |just )?(?:blank|empty|black)\b
        all[ -](?:zeros?|black|blank|background) (?:predict|output|mask|result|segment)\w*
    """,
    "negative_outputs": r"""
        \b(?:outputs?|logits?|predictions?|scores?)\b(?! loss)…25\b(?:are|is|were|be|becomes?|all)
            (?: (?:all|always|mostly|only))? negative\b
        \bnegative (?:outputs?|logits?|predictions?)\b
    """,
    "chance": r"""
        (?:each|every|all) (?:\w+ )?(?:class|categor|outputs?)\w*…30(?:1(?:\.0)?/|same|equal|uniform)
        uniform (?:distr|predic|prob)\w*
        random(?:ly)? guess\w*
        chance level
        by chance
        like random
        (?:than|as|at|of) (?:random|chance|guessing)
        coin
    """,
    "dead": r"""
        dead
        dying
        (?:all|grad\w*|activations?|outputs?) ~3(?:zero|0\b)
        (?:matri\w+|arrays?|tensors?) of (?:0|zeros?)\b
        grad(?:ient)?s? ~3(?:0|zero|vanish)
        \bno grad(?:ient)?s?\b
        same output
        predicts? the same
    """,
    "siamese": r"sim-?siam|\bbyol\b|siamese",
    "collapsed": r"""
        collaps
        trivial solution
        \b(?:random|any|different|unrelated|all)\b[^\n]{0,40}\bsimilarit\w+[^\n]{0,20}
            (?<![\d.])(?:0?\.99\d*|99(?:\.\d+)? ?%|1\.0+)(?!\d)
        (?:embeddings?|features?|vectors?|representations?) ~3(?:same|identical)
        equal(?:s)? (?:to )?(?:the )?margin
        (?:at|near|around|to|exactly|below|under|=) ?(?:the )?margin
    """,
    "exactly_one": r"""
        (?:goes|go|going|get) to (?:0(?:\.0)? or 1|1(?:\.0)? or 0)
        exactly (?:1|0|one|zero)
        predict\w* (?:hold|contain|include|ha[sv]e?)s? (?:1\.0+|0\.0+)(?:e[+-]?00)?\b
        (?<!loss )(?<!accuracy )(?<!acc )(?:is|becomes|are|equals?|rounds? to|reach(?:es)?|outputs?|saturat\w+ (?:at|to))
            (?: exactly)?[ ]
            (?:1(?:\.0)?|0(?:\.0)?|one)\b(?!\.)
    """,
    "tiny_p": r"""
        probabilit\w+\b…60\b(?:near(?:er)?|close|goes?|going|approach\w*|rounds?|tends?)\b…6(?:zero|0)\b
        probabilit\w+\b…40\b(?:underflow|vanish|tiny)\w*
        (?:underflow|vanish|tiny)\w* probabilit
    """,
    "saturated": r"""
        (?<!cross )(?<!loss )saturat
        softmax…30\bunderflow
        (?:all|every|each)\b…25(?:outputs?|predict\w*|activations?|sigmoids?)\b…30(?:0|1|0\.0+|1\.0+|zero|one)\b…8(?:0|1|0\.0+|1\.0+|zero|one)\b
        (?:outputs?|predict\w*|activations?|sigmoids?)\b…25(?:all|always|exactly|only)\b…12(?:1\.0+|0\.0+|[01] or [01])\b
    """,
    "hard_predictions": r"""
        predict(?:ions?|ed|s)?\b…40(?:\bbinary|\bhard|0/1|0 or 1|0 and 1|class labels?|labels instead)\b
        predict instead of
        predict\(
        hard (?:labels|predictions)
        outputs?\b…20\blabels?\b…6\b0/1\b
        class labels instead of
        0/1 predictions
        argmax
        round(?:ed|ing)?\b…40\b(?:predictions?|probabilit\w+|to 0|to 1|0 or 1|0 and 1)\b
    """,
    "improves_anyway": r"""
        (?:\bbut|though|although|\byet|still|while|nevertheless|even if)\b…50
            (?:samples?|images?|pictures|generat\w+|results?|quality|audio)…40
            (?:better|improv|good|fine|look|reasonable|\bok\b)
        (?:\bbut|though|although|\byet|however|while|and)\b…50
            (?:metrics?|performance|scores?|win\w* rate|fid|psnr|ssim|results? (?:is|are))\b…25
            (?:better|improv|increas|good|fine|decent|great)
    """,
    "score_zero": r"""
        (?:dice|dsc|iou|jaccard|f1|map|auc|wer|bleu|score|coefficient)\w*\b[^.\n\d]{0,20}(?<![\d.])
            (?:0(?:\.0+)?|zero)(?![\d.]*[1-9])\b
    """,
    "score_above": r"""
        (?:dice|dsc|iou|jaccard|f1|score|coefficient)\w*\b[^\n\d]{0,30}
            (?:(?:greater|larger|higher|bigger|more) than|above|over|exceeds?|>) ?(?:1|one)\b(?!\.\d*[1-9])
        (?:dice|dsc|iou|jaccard)\w*(?: \w+)?\W{1,3}(?:1\.\d*[1-9]|[2-9]\.\d)
    """,
    "as_logits": r"""
        probabilit\w+…40\b(?:as|for|instead of|where) (?:the )?logits
        logits ?= ?(?:\w+\.)*(?:prob\w*|softmax\w*|sigmoid\w*)
    """,
    "validation_never_right": r"""
        (?:acc\w*…20\b(?:val|test)\w*|(?:val|test)\w*…20\bacc\w*)…15\b(?:0(?:\.0+)?|zero)\b(?!\.?\d)
    """,
    "margin_accuracy": r"""
        accuracy ~4(?:0|zero|low|wrong|bad|high|good)
        train(?:ing)? acc\w*
    """,
}
"""Name -> the ways to say it, as `mentions` writes them."""
