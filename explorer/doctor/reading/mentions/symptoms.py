"""What a loss does: its values, how they go, and which part of it or which of two losses does so."""

SYMPTOMS: dict[str, str] = {
    "nan": r"""
        \bnans?\b
        \bnot finite\b
        \bnon-?finite\b
        invalid value encountered
    """,
    "nan_always": r"""
        \bnan\W{0,4}(?:-+>|to)\W{0,4}nan
        (?<!validation loss is )(?<!val_loss is )(?:always|only|constantly) ~2nan\b
        \bnan\b…20(?:from the (?:very )?(?:first|start|beginning)|(?:in|at) the (?:very )?first|all the time)
    """,
    "val_nan": r"(?:val\w*|eval\w*|test\w*|dev)[ _](?:\w+ )?loss\w*…30\bnan\b",
    "inf": r"""
        \binf(?:inite|inity)?\b(?! (?:margin|number|data|loop|horizon|stream|width|set|amount))
        ∞
    """,
    "negative": r"""
        loss\w*\b[^.\n\d]{0,60}\bnegative(?! log| sample| pair| example| class| sign| gradient)
        \b(?:can|may|could|might) (?:also |even )?be(?:come)? negative\b
        negative ~2(?:loss|value|number|cost)
        (?:below|less than|under|smaller than) (?:zero|0)\b(?!\.)
        loss ?< ?0\b
        \bminus (?:values?|numbers?)\b
        \b(?:becom\w+|became|gets?|goes|went|going|turns?|turned|dropped|is|are|was)
            (?: from positive)? ~2negative(?! log| sample| pair| example| class| sign| gradient)
    """,
    "either_sign": r"""
        (?:positive|negative) (?:and|or|to|then) (?:then )?(?:positive|negative)\b
        sometimes negative
        (?:oscillat|fluctuat|jump|hover|swing)\w* (?:around|about|near) (?:0|zero)\b(?!\.)
    """,
    "zero": r"""
        loss ~4(?:is|was|be|becomes|drop(?:s|ped)?|stays|goes|remains|equals) ~3(?:0(?:\.0+)?|zero)\b(?!\.\d)
        (?:becomes|drop\w* to|goes to|turns? (?:in)?to|falls? to|jumps? to|suddenly) (?:exactly )?
            (?:0(?:\.0+)?|zero)\b(?!\.\d)
    """,
    "class_zero": r"""
        (?:\bcls|class|classif\w+|category)[ _]?(?:\w+[ _])?loss\w*…40(?<![\d.])(?:0(?:\.0+)?|zero)(?![\d.]*[1-9])\b
    """,
    "part_zero": r"""
        \bloss_(?:\w+_)?(?:bbox|box|reg|loc|mask)\b\W{1,3}0\.?0*\b
        (?:\bb?box|\breg|regression|\bloc|locali[sz]ation|\bmbox|\barm|\bodm|\bmask|key ?point|\bkp|landmark
            |positive)[ _]?loss(?:es)?\b…40(?<![\d.])(?:0(?:\.0+)?|zero)(?![\d.]*[1-9])\b
    """,
    "box_nan": r"(?:box|bbox|\breg|regression|\bloc|\bwh|giou|iou)\w*(?:[ _]loss)?\W{1,4}nan\b",
    "class_nan": r"(?:cls|class\w*|conf\w*|\bobj\w*)(?:[ _]loss)?\W{1,4}nan\b",
    "small": r"""
        \b(?:very|so|too|quite|really|extremely|unusually) (?:small|low|tiny)\b(?! (?:learning|lr\b|rate|batch|data))
    """,
    "huge": r"""
        (?:(?:more|greater|larger|bigger|higher) than|over|above|up to) [1-9]\d{2,}\b
        \bsuch an? (?:\w+ )?(?:large|high|big|huge)\b
        \b(?:too|so|very|really|extremely|unusually|abnormally|incredibly|insanely|quite|rather|pretty|that|this)[ ]
            (?:large|high|big|huge)\b(?! (?:learning|lr|rate|batch))
        \b(?:huge|enormous|gigantic|astronomic\w*)\b
        should[^.?\n]{0,40}(?:between 0 and 1|below 1\b|(?:range|interval) (?:of )?(?:0|\[0))
    """,
    "of_a_set": r"\bcox\b|partial[_ ](?:log|likelihood)|deepsurv",
    "at_first": r"""
        \b(?:first|initial) (?:few |several |\d+ )?(?:iterations|steps|batches)\b
        \b(?:at|in) the (?:very )?(?:beginning|start)\b
    """,
    "suddenly": r"""
        sudden
        at once
        abrupt
        from one step to the next
    """,
    "stuck": r"""
        stuck
        constant
        does(?:n't| not) (?:change|move|budge|fall|drop|decrease|go down|converge|learn|improve)
        not (?:decreas|learn|chang|improv|converg)\w*
        same (?:value|number|loss)
        unchanged
        never (?:changes|decreases|moves|falls)
        plateau
        stays
        remains
        always
        stagnat
        \bstall(?:s|ed|ing)\b
        \bflat
        hover
        not go(?:ing)? (?:down|lower|below)
        no (?:change|improvement)
        (?:won't|will not|cannot|can't|can not|fails? to) ~2
            (?:decrease|go|fall|converge|learn|improve|drop|be (?:lowered|reduced)|get (?:lower|below|under|down))
        (?:does(?:n't| not)|never|not|cannot|can't) (?:reach|go to|get to|approach) (?:exactly )?(?:zero|0)\b(?!\.\d)
        stops? (?:decreasing|falling|there|improving)
        then stops
        (?:saturates at|loss saturat\w+)
        whatever
    """,
    "oscillates": r"""
        oscillat
        fluctuat
        zig-?zag
        bounc(?:es|ing)
        (?:up and down|back and forth)
        \bunstable
        shak(?:es|ing)
        swings?\b
    """,
    "noise": r"""
        sometimes (?:\w+ )?(?:bigger|larger|higher|goes up|rises|increas\w+)
        (?:bigger|larger|higher) than (?:in |at )?the (?:last|previous) (?:time|step|iteration|batch)
        not (?:go down|decrease|fall) (?:in|at|with) (?:each|every)
        not monoton
    """,
    "sometimes": r"""
        sometimes
        occasional
        now and then
        at random
        randomly
        (?<!after )\b(?:some|certain|a few) (?:of (?:the |my )?)?(?:batch|iteration|step|data|sample|image|epoch|run|case)
    """,
    "epoch_wave": r"""
        period\w*…40epochs?\b
        stair\w*
        step-?like
        (?:within|during|in|over) (?:each|every|an|one) epoch…80\b(?:after|beginning|start|next|new)\b
        (?:each|every) time ~3epoch
        (?:beginning|start|end) of (?:an|a|the|each|every)? ?(?:new |next )?epoch
    """,
    "epoch_drop": r"""
        loss\b…40\b(?:drop|fall|decreas|jump\w* down|go\w* down)\w*…40
            \b(?:after|at|when|between|with) (?:the )?(?:(?:start|beginning|end) of )?(?:an? |each |every |one |the )?
            (?:new |next |second |third )?epochs?\b
        loss\b…30\b(?:sudden\w*|abrupt\w*) (?:drop|fall|decreas)\w*\b(?! to (?:0|zero|nan))
        loss\b…30\b(?:drop|fall|decreas)\w* (?:sudden|abrupt)\w*\b(?! to (?:0|zero|nan))
        loss\W{0,4}(?:呈现?)?阶梯
    """,
    "above_one": r"""
        loss\w*\b…20(?:greater|larger|higher|bigger|more|above|>) ?(?:than )?(?:1|one)\b(?!\.\d)…60
            \b(?:possible|normal|ok|why|right|correct|expected)\b
        loss\w*\b…30\b(?:must|should|ought|ha(?:s|ve) to|supposed to)\b…20\bbetween 0 and 1\b
        loss\w*\b…20(?:greater|larger|higher|bigger|more|above) (?:than )?(?:1|one)[.?!] ?(?:how|why|is (?:this|it|that))\b
    """,
    "rising": r"""
        loss (?:(?!acc|val)\w+ ){0,5}(?:increas|ris|grow|go(?:es|ing)? up|explod|blow|double)\w*
        (?<!kl )(?<!kl-)(?<!leibler )(?<!shannon )diverg
        explod
        blow(?:s|n|ing)? up
        keeps (?:increas|grow|ris)\w*
        doubl(?:es|ing)
        (?:sharp|sudden|steep|large|strong)?\b(?:increase|rise|growth|explosion) (?:of|in) ~4loss
    """,
    "both_rise": r"""
        loss ~2(?:increas|ris|go(?:es)? up|grow)\w*…30acc\w*…30(?:increas|improv|ris|\bup\b)
        acc\w*…50(?:increas|improv|ris)\w*…40\b(?:but|and|while)\b…40loss…30\b(?:as well|too|also|rises?|increas\w+)\b
        (?:both|loss and acc\w*)…40(?:increas|ris|go(?:es)? up|grow)
        (?:val\w*|dev|test|eval\w*)[ _]?loss…40(?:increas|ris|go(?:es|ing)? up|grow|climb)\w*…60acc\w*
        acc\w*…60(?:increas|improv|ris|go(?:es|ing)? up|same|stable|constant)\w*…60(?:but|while|and|whereas|although|yet)
            …40loss…30(?:increas|ris|up|grow|climb|worse|larger|higher|n[o']t (?:converge|decrease|fall|improve))
        (?:val\w*|test|eval\w*)…15loss…40(?:increas|ris|go(?:es|ing)? up|grow|climb|slop\w+ up)\w*…80
            \b(?:recall|precision|f1|auc|map\w*|dice|iou|bleu|rouge|scores?|metrics?)\b…40
            (?:increas|improv|rising|rises|up\b|better|grow|climb|high)
        \b(?:recall|precision|f1|auc|map\w*|dice|iou|bleu|rouge|scores?|metrics?)\b…40(?:increas|improv|rising|rises|up\b)\w*
            …60(?:but|while|and|whereas|although|yet)\b…30(?:val\w*|test|eval\w*)…15loss…30(?:increas|ris|up\b|grow|climb)
    """,
    "overfit": r"""
        over ?fit
        \b(?:best|peak|maximum|max)\b[^\n]{0,50}\b(?:declin|decreas|drop|wors|falls?)\w*\b[^\n]{0,40}\btrain\w*[ _]loss\b…10
            \b(?:decreas|falls?|goes down)
        train\w*…60\bval\w*[ _](?:acc\w*|auc|f1)\b…12(?:declin|decreas|drop|fall|goes down|going down|gets worse)
        (?:total|train\w*) acc\w*…60\bval\w*[ _]acc\w*\b…12(?:declin|decreas|drop|fall|goes down|going down|gets worse)
        (?:val\w*|dev|test|eval\w*)[ _]?(?:\w+_)?loss…90(?:increas|ris|go(?:es|ing)? up|grow|climb)
    """,
    "lost_again": r"""
        (?:falls?|goes down|decreas\w+|nicely|well)\b…40\bbut\b…20\b(?:jumps?|leaps?|leapt|shoots?|returns?|goes)\b…15
            \b(?:(?:the )?(?:peak|start|beginning|initial|first)|back)\b
        (?:reach\w*|got|was|were|good|fine|well|normal\w*|decreas\w+|fell|falls?|converg\w+|improv\w+|up to)\b[^\n]{0,120}
            \b(?:later|afterwards?|then|after (?:that|a while|some|a few|several|\w+ epochs)|until|but)\b[^\n]{0,80}
            (?:collaps|back to|drops? to|dropped to|falls? back|chance|random
            |accuracy (?:of |is |at |becomes )?(?:0?\.5|50|0?\.1|10)\b)
        (?:jump\w*|leap\w*|leapt|spike[ds]?|shoots?|shot)\b…60
            \b(?:never recover\w*|stay\w* (?:there|high)|much higher|new level|(?:not|n't|never) (?:come|go) (?:back )?down)
        \bnever (?:again )?(?:went|goes|dip\w*|fell|falls|came|comes|got|gets) (?:back )?(?:below|under|down to)\b
    """,
    "train_above": r"""
        (?:val\w*|test\w*|eval\w*|dev)\b(?:(?!acc|train)[^.\n]){0,60}(?:lower|smaller|less|below|better|under)\b
            (?:(?!acc)[^.\n]){0,40}\btrain
        train\w*\b(?:(?!acc|val|test)[^.\n]){0,50}(?:higher|larger|greater|above|more|bigger|worse)\b
            (?! than (?:before|usual|it was|previous|in the (?:last|previous)))(?:(?!acc)[^.\n]){0,40}\b(?:val|test|eval|dev)
        val\w*[ _]acc\w*…30(?:higher|larger|greater|above|better)…30\btrain
        train(?:ing)?[ _]?(?:loss|error) (?:is |was |stays |remains )?(?:always |much |consistently |constantly )?
            (?:higher|larger|greater|above|more|bigger|worse)
            (?! than (?:(?:that|the one) )?(?:of |in |at |it |from )?(?:the |its )?(?:last|previous|before|was|first|end
            |\d))
        val(?:idation)?[ _]?(?:loss|error) (?:is |was |stays |being )?(?:always |much |consistently |constantly )?
            (?:lower|smaller|less|below|better)
        val(?:idation)? (?:loss|accuracy)…40better than (?:the )?train
        lower (?:val\w*|test) loss than train
        (?:higher|larger|greater) (?:train(?:ing)?) loss than val
    """,
    "same_set": r"""
        (?:train\w* (?:data|set|samples)|same data\w*)…30\b(?:as|for|=)…15\b(?:val\w*|test)
        (?:val\w*|test)[ _](?:data|set)…30\b(?:same|identical|equal)…20\btrain
    """,
    "mean_differs": r"""
        reduction ?=? ?['\"]?(?:none|mean)
        manual(?:ly)?
        average
        \.mean\(\)
        mean of
        sum of (?:the )?weights
        does(?:n't| not) (?:match|equal|agree)
        differ(?:s|ent)
        not equal
        mismatch
        size_average
    """,
    "factor": r"""
        (?:higher|larger|bigger|smaller|lower|different) loss
        loss ~4(?:higher|larger|bigger|smaller|lower|jumps?|jumped|differ\w*)
        inconsistent
        compare\w*
        instead of
        times (?:larger|higher|bigger|smaller|too|as)
        \bfactor\b
        \d+ ?x (?:larger|higher|bigger)
        multipl(?:ied|y|e)
        scaled
        divid(?:e|ed|ing)
        higher (?:loss|than)
        larger (?:loss|than)
    """,
    "perplexity": r"""
        perplexity
        \bppl\b
    """,
    "fp_overflow": r"""
        overflow\b…40[.!]? ?skipping step
        attempted loss scale
        grad(?:ient)? overflow
        overflow detected
    """,
    "scale_fine": r"loss scale to:? [1-9]\d{3,}(?:\.0*)?\b(?!\d|e-)",
    "is_normal": r"""
        (?:is|normal|expected|correct|right|ok(?:ay)?)\b…30\?
        normal\b
        \bhas it (?:\w+ )?(?:learn\w+|converged|trained)\b
        should (?:it|the loss|there) be
        \b(?:should\b…40 not|shouldn't)\b…60\?
        \bmust\b…80\?
        (?:are they|is (?:it|this|that)) (?:equal|equivalent|the same)\b…20\?
    """,
    "asks": r"\b(?:is|are|do|does|should|must|can) [^.?\n]{3,80}\?",
    "questions": r"""
        \A(?=[\s\S]*(?:loss|gradient|softmax|sigmoid|entrop|logit|criterion|objective|likelihood|_grad|\bNLL|\bKL))[\s\S]*?
            (?:\bwhy (?:is|are|do|does|did|not|the|use|using|you)\b|\bwhy\?
            |(?<!which )(?<!loss )\bshould(?:n't)? (?!I\b|we\b|one\b)[^.?\n]*\?
            |\bis (?:it|this|that)\b[^.?\n]*\?|\bis an? [^.?\n]*\b(?:missing|needed|necessary)\b[^.?\n]*\?
            |\b(?:instead of|and not)\b[^.?\n]*\?)
    """,
    "why": r"""
        \bwhy\b
        \bwhat (?:do|am|did) I miss
        what does (?:this|it|that) mean
        how (?:do|can|should) I (?:read|interpret|understand)
    """,
}
"""Name -> the ways to say it, as `mentions` writes them."""
