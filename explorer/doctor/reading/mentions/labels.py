"""Labels and data: what they are, how many, in which order, and which are left out."""

LABELS: dict[str, str] = {
    "zero_one": r"""
        (?:labels?|targets?|y|y_true|classes) ?(?:of|are|in|is|=|equals?|with values?)? ?[\[{(]{0,2}0\.? ?(?:and|,|or|/) ?1\b
        labels? ~2(?:should|must|to) (?:be|equal|take) 0 or 1\b
        0/1 labels
        binary labels
        one-?hot
    """,
    "plus_minus": r"""
        [-−+]1 (?:and|or|,|/) ?\+?-?1\b
        \{-1, ?\+?1\}
        [±]1
        \[-1, ?1\]
        labels? ~3-1\b
        -1 and 1
        between -1 and 1
        (?<!shape\()(?<!view\()-1, ?1
        127\.5\)? ?/ ?127\.5
    """,
    "one_based": r"""
        (?:labels?|class(?:es)?|ids?|index\w*|indices|targets?)…30(?:from|start\w* (?:at|from|with))\b
            \W(?:0 or |0\b…60\b(?:at|from|with) )?1\b
        \b1\.\.(?:K|\d+)
        (?<!epoch )(?<!epochs )(?<!steps )(?<!step )\b1 (?:to|through|-) (?![01]\b)(?:K|\d+)\b(?! ?[*/.^])
        one[- ]based
        (?:labels?|class(?:es)?|ids?|targets?|index\w*)[^.\n\d]{0,30}[\[({ ]1 ?
            (?:,|to|-|–|\.\.\.?|through|until) ?(?!0\b|1\b)\d+
        off[- ]by[- ]one
    """,
    "beyond": r"""
        labels?\b…40\b(?:not (?:inside|within|in)|outside|exceeds?|beyond|(?:greater|larger|more) than)\b…25
            (?:number of classes|n(?:um)?_?classes|(?:valid|expected) range|classes)
        out of (?:bounds|range)
        device-side assert
        t >= 0 && t < n_classes
        received a label value
        cur_target
        num_?classes\b…50\b(?:less|smaller|fewer|lower|too (?:small|low|few))\b
    """,
    "shifted": r"""
        (?:labels?|targets?|tokens?|ids?|index\w*|inputs?)\b…40\bshift\w*…80\b
            (?:twice|two times|again|once more|by two|also|too)\b
        shift\w*…30(?:labels?|targets?|tokens?)…80\b(?:twice|two times|again|once more|by two|also|too)\b
        double[- ]shift
        (?:predict\w*|class\w*|labels?|index\w*|columns?)…60\b
            (?:one (?:less|lower|higher|larger|too (?:high|low|small|large))\b|off by (?:one|1)\b|shifted by (?:one|1)\b)
        (?:not|without|forgot\w*)(?: to)? shift
        \b(?:1|one)[- ]indexed
        \b(?:1|one) for (?:my |the )?(?:class|label)\W{1,2}(?:0|zero)\b
        \boffset (?:by|of) (?:-?1|one)\b
        label_id_offset
        \b(?:label|class|target)(?:[ _](?:ids?|index))?(?: ?[-−+] ?| (?:plus|minus) )1(?:\.0?f?)?(?![\d.])
        [-−+] ?1 ~4(?:label|class|target)(?:_id|_index)?\b
        (?:increment\w*|increas\w*|greater|smaller|larger|moved) by (?:1|one)\b
        \b1001\b[^\n]{0,90}\b1000\b
        \b1000\b[^\n]{0,90}\b1001\b
        \b(?:0|zero|first) is (?:kept |reserved )?(?:for )?(?:the )?background\b
    """,
    "minus_one_asked": r"\bwhy\b…40\b(?:l|labels?|class\w*|index|ids?)\b(?: is| are)? ?(?:[-−]|minus) ?(?:1|one)\b",
    "mask_255": r"""
        (?<!(?<!not )scaled by )\b255\b
        0[ -]255
    """,
    "grey_mask": r"""
        (?:annotation|mask|label|ground[- ]?truth)\w*…40\bgr[ae]y
        gr[ae]y[- ]?(?:scale|level|values?)?…30\b(?:annotation|mask|label)
    """,
    "bad_boxes": r"""
        \b[xy]_?min\b…30\b(?:larger|greater|bigger|higher|>)…15\b[xy]_?max
        \b(?:box\w*|bbox\w*|coordinates?|annotations?)\b…40(?:(?<![\w.])-1\b|outside|out of|invalid|negative|wrong|corrupt
            |malformed|swapped|no (?:width|area|size)|zero (?:width|area|size))
        (?:invalid|wrong|corrupt\w*|malformed|degenerate|negative) (?:\w+ )?(?:box\w*|bbox\w*|coordinates?|annotations?)\b
    """,
    "outside": r"""
        labels? (?:are |is |were |was )?(?:not|outside|out of|neither)
        (?:values?|pixels?|inputs?|targets?|labels?)\b…20\b(?:outside|out of|beyond)(?: of)?(?: the)?(?: range)?
            (?: of)? ?[\[(]?0\b
        not (?:in |within |between |inside )?(?:the )?(?:range )?(?:of |from )?[\[(]?0(?:\.0)?(?:,| and| or| to|-|\.\.) ?1
            (?:\.0)?\b
        (?:inputs?|images?|pixels?|data)\b(?![^.\n]{0,20}\blogits)…40\bnot (?:\w+ )?(?:normali[sz]ed|scaled|divided|binary)
        targets? ~3(?:not in|outside|greater than|above|larger than)
        mask(?:s)? ~4(?:0(?!\.\d| ?(?:and|or|to|,|/) ?1\b)|png|values?|pixel|255)
        not normali[sz]ed (?:labels|masks|targets)
        pixel values
        (?:labels?|targets?) (?:are |were |in |of )?(?:1 (?:and|or) 2|2 (?:and|or) 1|\{1, ?2\})\b
    """,
    "normalised": r"""
        targets? ~4sum
        sums? to (?:more|2|3|less|\d)
        (?:does|do)(?:n't| not) sum to (?:1|one)
        multi[- ]?hot
        \bmulti[- ]?label\b
        several (?:true |positive )?labels
        labels?,? several (?:for|per|in|to) (?:an?|one|each|every)\b
        soft targets?
        (?:no|not an?|invalid) (?:valid )?(?:probability )?distribution
    """,
    "multilabel": r"""
        multi[- ]?hot
        multi[- ]?label
        several (?:true |positive )?labels
    """,
    "one_label": r"""
        (?:\blabels?|targets?(?:_\w+)?|y_true|ground[- ]?truths?
            |(?:true|label|target|training|binary|gt)[ _-](?:masks?|images?|labels?))\b ~6all (?:0|1|zeros?|ones?|black
            |the same)\b
        only (?:one|a single|1) (?:class|label)
        y_true and y_pred have different number of classes
        (?:not (?:hold|contain|include|have)) (?:every|all) (?:class|label)
        all (?:the )?(?:labels|targets|y)\b…20(?:same|zeros?|ones?|0|1|identical|equal)
        y_true contains only one label
        contains only one (?:label|class)
        belonging to 1 class
        one class present
        only positives?
        only negatives?
        every (?:label|target) is
        log_loss\(\s*\[\s*(\d)\s*(?:,\s*\1\s*)*\]
        (?:all|every) ~4labels? (?:(?:all|are|is|were|have)\b ?){0,2}(?:the same|identical|zeros?|ones?|[01]\b)
    """,
    "all_right_at_once": r"""
        first (?:step|epoch|iteration|batch)\b…60\b(?:100 ?(?:%|percent)|1\.0+\b)…20acc
        \b100 ?(?:%|percent)…20acc\w*…60\b(?:first (?:step|epoch)|immediately|at once|from the start)
        first (?:step|epoch|iteration|batch)\b…60\bacc\w*…15\b(?:100\b|1\.0+\b)
        \w*acc\w*[ =]{1,4}(?:100 ?%|1\.0+\b)[^\n]{0,60}\bfrom the (?:very )?(?:start|beginning)\b
    """,
    "ignored": r"""
        \bcount\W{1,3}0\b(?!\.)
        \b(?:0|no|zero) (?:foreground|positive|valid|labell?ed|unmasked)[ ]
            (?:samples?|examples?|tokens?|pixels?|anchors?|boxes|objects?)\b
        labels? …20\bmask
        ignore_?index
        -100\b
        ignored
        padding
        all ~3mask
        mask(?:ed)? out
        empty batch
        \btruncat
        max_(?:seq_)?len\w*
        \bloss_mask
        completion.only
        assistant_only
        response_template
        \bvoid\b
        (?:sum|number|count|amount|(?:n(?:um)?|pos|neg|valid)_\w+) ~4(?:is|are|was|of|=+) ?(?:zero|0)\b(?!\.\d)
        (?:set|split|batch\w*|loader|list) (?:is|are|was|were) empty
        sum\(…40(?:is|=+|was|gives) ?(?:zero|0)\b(?!\.\d)
        (?:no|without(?: any)?|lacks?|lacking|missing) (?:supervised |trainable )?(?:text|objects?|foreground|positives?
            |positive samples|annotat\w*|ground[- ]?truth\w*|gt|box(?:es)?|targets?|labels?|valid\w*|instances?
            |masks?|tokens?|entities)\b
        all (?:\w+ )?(?:boxes|labels?|targets?|classes|ids)? ?(?:are |is |were )?(?:all )?-1\b
        (?:boxes|labels?|targets?)…15\ball -1\b
        (?:divid\w+|normali[sz]\w+|averag\w+) (?:by|over|with|in terms of)…40
            (?:count|num(?:_\w+)?|positives?|positive samples|valid|events?|mask\w*)\b
        (?:batch\w*|images?|samples?|crops?|patch\w*)…40(?:only|all|just|nothing but) (?:of )?(?:negatives?|background)\b
        (?:division|divide|divided) by (?:zero|0)\b(?! encountered in log)
        0 ?/ ?0\b
        empty (?:labels?|targets?|gt|ground|annotations?|images?|masks?|boxes|batch|texts?|strings?)
        (?:rest|everything|all of \w+) (?:is|are|was|were) (?:masked|ignored|padd\w*)
    """,
    "all_ignored": r"\b(?:all|whole|entire|every)\b…50(?:-100\b|masked|ignored|ignore_index)",
    "label_zero": r"""
        \A(?=[\s\S]*(?:r-?cnn|\bssd|detect|retinanet|anchor))
            (?=[\s\S]*\b(?:class|label|category)\b…25[ ](?:number |index |id )?0\b(?!\.\d))
    """,
    "order": r"""
        (?:labels|classes|names)\b…20\b(?:messed|mixed) up
        \b\w+ where \w+ was, \w+ where \w+ was\b
        (?:column|label|class)\w*…40(?:order|permut|sort|alphabet|lexicograph|swapp|shuffl|mismatch)
        order of (?:the )?(?:columns|labels|classes)
        (?:label|class|categor)\w*…20\bmapping…40(?:inconsist|differ|wrong|mismatch|mess)
        permutation (?:of|within)
        (?:mapped|mapping) to ids
        classes_
        class_indices
        class_to_idx
        \bpermut
        \b1, ?10, ?(?:100|11)\b
        wrong order
        alphabetic
        lexicographic
        not ordered
        (?:\bids?|\bindex|\bindices|labels?)…30\b(?:predict\w*|output)…40\b(?:ground[- ]truth|\bgt\b|folder|data ?set)
        (?:\bids?|\bindex|\bindices|labels?|names?)…40\b(?:do(?:es)?(?:n't| not) (?:match|correspond|agree))
        \bclass(?:es)? \d+ ~4as (?:class )?\d+\b
    """,
    "weights": r"""
        class[_ ]?weight
        weights? ?=
        (?<!trained )(?<!network )(?<!model )(?<!model's )(?<!initial )(?<!last )\bweight(?:s|ed)?\b(?! decay)
            (?! (?:do|does|did|don't|doesn't|aren't|become|stay|get|never|init\w*)\b)
            (?! (?:are|were|is) (?:not|never|nan|all|zero|updated|frozen|loaded)\b)
        pos_weight
        sample_weight
    """,
    "imbalance": r"""
        imbalanc
        unbalanc
        majority
        minority
        rare
        most (?:of the )?(?:labels|examples|samples|pixels)
        only \d+(?:\.\d+)? ?% (?:are |of )?
        predicts? (?:only |always )?(?:one class|the same class|all (?:zeros?|negatives?|0)|0|zero)
        always predicts?
        base rate
        (?<!is )(?<!for )(?<!include_)background
        class prior
        (?:mostly|mainly|dominant|dominated by|far more|many more) ~2(?:0|zeros?|negatives?|one class|class)\b
    """,
    "sparse": r"""
        sparse_(?:categorical|softmax)
        SparseCategorical
        SparseSoftmax
    """,
    "smoothing": r"""
        label[ _-]?smooth
        smoothed (?:labels?|targets?)
    """,
    "continuous": r"""
        landmark
        key ?points?
        trajector
        regress
        forecast
        coordinates?
        depth
        time series
        continuous
        heteroscedastic
        gaussian
        laplac
    """,
    "unscaled": r"""
        in (?:the )?(?:hundreds|thousands|millions|billions)\b
        (?:not|un) ?-?(?:scaled|normali[sz]ed|standardi[sz]ed)
        (?:large|huge|big|raw) (?:targets?|inputs?|values|features|labels)
        (?:targets?|inputs?|features?|values?|prices?|\bx\b|\by\b) ~3
            (?:from|up to|between|to) (?:-?\d+ (?:to|and) )?\d{3,}
    """,
}
"""Name -> the ways to say it, as `mentions` writes them."""
