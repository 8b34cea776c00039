"""What was tried, and whether it helped."""

REMEDIES: dict[str, str] = {
    "rate_matters": r"""
        (?:lower|smaller|reduc\w+|decreas\w+|lowering)…12(?:learning[ _-]?rate|\blr)\b…30(?<!not )(?<!n't )\b
            (?:help(?:s|ed)|works|worked|solv\w+|fix(?:es|ed)|fine|stable|converges
            |(?:at least )?reduc(?:es|ed) (?:them|it|the))\b
        (?:learning[ _-]?rate|\blr)\b[ =]{0,3}(?:of )?[\d.e-]+…40\b(?:no problem|fine|works|okay|converges|is stable)\b
        (?:learning[ _-]?rate|\blr)\b[^\n]{0,160}\bwith (?:(?:an? )?(?:lr|rate)[ =]{1,3}(?:of )?)?[\d.e-]+…30\b
            (?:work(?:s|ed)|fine|no problem|converge[sd]|descends)\b
    """,
    "scaling_helps": r"""
        (?:train|learn|work|converg|improv)\w*\b…20\b(?:once|when|after|if|only)\b…30\b
            (?:(?:re)?scal|normali[sz]|standardi[sz]|divid)\w*
        (?:once|when|after|if|only)\b…20\b(?:(?:re)?scal|normali[sz]|standardi[sz]|divid)\w*…40\b
            (?:trains?|learns?|works?|converges?|improves?|solved|fixed|resolved)\b
    """,
    "rate_tried": r"""
        (?:lower|smaller|reduc\w+|decreas\w+|different|other|various|several)…25(?:learning[ _-]?rate|\blr)s?\b…50
            (?:(?:not|n't|no) (?:help|work|change|solve|fix|effect|make|matter)|still|same|no (?:help|effect|change|use))
        (?:learning[ _-]?rates?|\blrs?) (?:of |to |from )?…30(?:did|do|does)(?:n't| not) (?:help|work|change|solve|matter)
        (?:also|even|too) (?:with|at|for|after) (?:an? |the )?(?:\w+ )?
            (?:lower|smaller|reduced|tiny|low|small)\w* (?:learning[ _-]?rate|lr)\b
        (?:no matter|whatever|regardless of|with all|with any|with every)…20(?:learning[ _-]?rates?|\blrs?)\b
    """,
    "data_to_blame": r"""
        (?:other|another|different|previous)\b…12\bdata\w*\b…20(?:n't|not|never|no) (?:happen|occur|nan)
        (?:fine|works?|worked|ok(?:ay)?|normal(?:ly)?|trains)\b…20\b(?:with|on|for) (?:the )?
            (?:coco|mnist|cifar\w*|imagenet|voc|pascal|original|default|sample|demo|other|provided)\b
        (?:without|remov\w+|leav\w+ out|exclud\w+|skip\w+|other|another|different|public|original)\b
            (?:(?!learning|rate|clip)[^.\n]){0,40}\b
            (?:data\w*|samples?|files?|images?|rows?|columns?|(?<=without )(?:it|them))\b…30\b
            (?:fine|works?|ok(?:ay)?|normal(?:ly)?|no nan|trains|gone)\b
    """,
    "wider_works": r"""
        (?:classes|outputs?|units|labels)\b[^\n]{0,90}\b(?:with|to|of|set|use) \d+…50\b
            (?:works?|fine|ok|normal|no (?:nan|error))\b
        (?:one|an?) (?:more|extra|additional) (?:class|output|unit|neuron)…40\b(?:works?|fine|ok|solv\w+|fix\w+|help\w*)\b
    """,
    "logits_work": r"""
        (?:(?:log|with)?_?logits?\w*|log_?softmax|log_?sigmoid|log_?sum_?exp)\b…40\b
            (?:works?|fix(?:es|ed)?|solv\w+|help(?:s|ed)|no nan|(?:does|do|did)(?:n't| not)|fine)\b
        (?:fix(?:es|ed)?|solv\w+|help(?:s|ed)|stable)\b…40\b(?:\w*logits?\w*|log_?softmax|log_?sigmoid|log_?sum_?exp)\b
    """,
    "wider_fails": r"""
        \b(?:fp32|float32|full precision)\b…15\b(?:as well|too|also)\b
        \b(?:also|even|still)\b…15\b(?:fp32|float32|full precision)\b
    """,
    "other_dtype_works": r"""
        (?:fp32|float32|full precision|bf16|bfloat16|single precision|32-true)\b…50
            (?:fix|loss values|works?\b|working|fine(?!-| ?tun)|\bok\b|normal|converge|no (?:issue|problem|nan)|stable
            |solv|trains|correct)
        (?:works?|fine(?!-| ?tun)|solved|fixed|converges|stable|normal|ok)\b…40
            (?:fp32|float32|full precision|bf16|bfloat16)
    """,
    "few_digits": r"""
        quanti[sz]ed\b(?! model)
        (?:differences|digits|bits|values)\b…20\btruncated
        \b(?:two|three|few|2|3) (?:decimal |significant )?digits
        rounding|rounded
        (?:los\w+|lacks?|lack of|reduced|low|limited) precision
        XLA_USE_BF16
        \bsum\b…40\b(?:saturat\w+|stops growing)
    """,
    "softmax_removed": r"""
        (?:without|remov\w+|drop\w+|delet\w+) (?:the |a |my |that )?softmax\b…25
            \b(?:goes|improv\w+|better|works?|converges?|fix\w*|helps?|higher|solv\w+)\b
    """,
    "softmax_added": r"""
        (?:add(?:ed|ing)?|us(?:e|ed|ing)|appl(?:y|ied|ying)|put)\b…25\bsoftmax\b[^\n]{0,60}\b
            (?:slow\w*|worse|bad(?:ly)?|fails?|not (?:learn|converge|train|decrease)\w*
            |n't (?:learn|converge|train|decrease)\w*)
        (?:without|remov\w+|dropp?\w*)\b…20\bsoftmax\b[^\n]{0,50}\b(?:better|faster|works?|fine|learns|converges)\b
    """,
}
"""Name -> the ways to say it, as `mentions` writes them."""
