"""Symptoms: what a text says that a loss does, and what helps or does not, each by a pattern of the words that people use.

To know another: an entry in SYMPTOMS; rules ask for it by its name (`Facts.says`).
"""

SYMPTOMS: dict[str, str] = {
    "nan": r"\bnans?\b|\bnot finite\b|\bnon-?finite\b",
    "inf": r"\binf(?:inite|inity)?\b|∞",
    "negative": (
        r"loss\w*\b[^.\n\d]{0,60}\bnegative(?! log| sample| pair| example| class| sign| gradient)"
        r"|\b(?:can|may|could|might) (?:also |even )?be(?:come)? negative\b|negative (?:\w+ ){0,2}(?:loss|value"
        r"|number|cost)"
        r"|(?:below|less than|under|smaller than) (?:zero|0)\b(?!\.)|loss ?< ?0\b"
        r"|\b(?:becom\w+|became|gets?|goes|went|going|turns?|turned|dropped|is|are"
        r"|was)(?: from positive)? (?:\w+ ){0,2}negative"
        r"(?! log| sample| pair| example| class| sign| gradient)"
    ),
    "either_sign": (
        r"(?:sometimes|at times|once)[^.\n]{0,20}(?:positive|negative)[^.\n]{0,30}(?:sometimes|at times|then"
        r"|next)[^.\n]{0,20}(?:positive|negative)"
        r"|between (?:positive|negative) and (?:positive|negative)|(?:positive|negative) (?:and|or|to"
        r"|then) (?:then )?(?:positive|negative)\b"
        r"|sometimes negative|(?:oscillat|fluctuat|jump|hover|swing)\w* (?:around|about|near) (?:0|zero)\b(?!\.)"
    ),
    "zero": (
        r"loss (?:\w+ ){0,4}(?:is|was|becomes|drop(?:s|ped)?|stays|goes|remains|equals) (?:\w+ ){0,3}"
        r"(?:0(?:\.0+)?|zero)\b(?!\.\d)"
        r"|(?:becomes|drop\w* to|goes to|turns? (?:in)?to|falls? to|jumps? to|suddenly) (?:exactly )?(?:0(?:\.0+)?"
        r"|zero)\b(?!\.\d)"
    ),
    "small": (
        r"\b(?:very|so|too|quite|really|extremely|unusually) (?:small|low|tiny)\b(?! (?:learning|lr\b|rate"
        r"|batch|data))"
    ),
    "huge": (
        r"(?:(?:more|greater|larger|bigger|higher) than|over|above|up to) [1-9]\d{2,}\b"
        r"|\bsuch an? (?:\w+ )?(?:large|high|big|huge)\b|"
        r"\b(?:too|so|very|really|extremely|unusually|abnormally|incredibly|quite|rather|pretty|that|this) "
        r"(?:large|high|big|huge)\b(?! (?:learning|lr|rate|batch))|\b(?:huge|enormous|gigantic|astronomic\w*)\b"
        r"|should[^.?\n]{0,40}(?:between 0 and 1|below 1\b|(?:range|interval) (?:of )?(?:0|\[0))"
    ),
    "suddenly": r"sudden|at once|abrupt|from one step to the next",
    "stuck": (
        r"stuck|constant|does(?:n't| not) (?:change|decrease|go down|converge|learn|improve)|not (?:decreas"
        r"|learn|chang|improv|converg)\w*|same (?:value|number|loss)|unchanged|never (?:changes|decreases|moves"
        r"|falls)|plateau|stays|remains|always|stagnat|\bflat|hover|not go(?:ing)? (?:down|lower|below)|no (?:change"
        r"|improvement)"
        r"|(?:won't|will not|cannot|can't|can not|fails? to) (?:\w+ ){0,2}(?:decrease|go|fall|converge|learn|improve|drop"
        r"|be (?:lowered|reduced)|get (?:lower|below|under|down))"
        r"|(?:does(?:n't| not)|never|not|cannot|can't) (?:reach|go to|get to|approach) (?:exactly )?(?:zero|0)\b(?!\.\d)"
        r"|stops? (?:decreasing|falling|there|improving)|then stops|saturates at|whatever"
    ),
    "oscillates": (
        r"oscillat|fluctuat|zig-?zag|bounc(?:es|ing)|(?:up and down|back and forth)|\bunstable|shak(?:es|ing)"
        r"|swings?\b"
    ),
    "noise": (
        r"sometimes (?:\w+ )?(?:bigger|larger|higher|goes up|rises|increas\w+)|(?:bigger|larger|higher) than (?:in |at )?"
        r"the (?:last|previous) (?:time|step|iteration|batch)|not (?:go down|decrease|fall) (?:in|at|with) (?:each|every)"
        r"|not monoton"
    ),
    "improves_anyway": (
        r"(?:\bbut|though|although|\byet|still|while|nevertheless|even if)\b[^.\n]{0,50}(?:samples?|images?"
        r"|pictures|generat\w+|results?|quality|audio)"
        r"[^.\n]{0,40}(?:better|improv|good|fine|look|reasonable|\bok\b)"
        r"|(?:samples?|images?|pictures|generat\w+|results?|quality|audio)[^.\n]{0,30}(?:better|improv\w+"
        r"|good|fine)[^.\n]{0,40}(?:\bbut|though|although|while)\b"
        r"[^.\n]{0,40}loss"
    ),
    "rising": (
        r"loss (?:(?!acc|val)\w+ ){0,5}(?:increas|ris|grow|go(?:es|ing)? up|explod|blow|double)\w*|diverg"
        r"|explod|blow(?:s|n|ing)? up"
        r"|keeps (?:increas|grow|ris)\w*|doubl(?:es|ing)"
        r"|(?:sharp|sudden|steep|large|strong)?\b(?:increase|rise|growth|explosion) (?:of|in) (?:\w+ ){0,4}loss"
    ),
    "mean_differs": (
        r"reduction ?=? ?['\"]?(?:none|mean)|manual(?:ly)?|average|\.mean\(\)|mean of|sum of (?:the )?weights"
        r"|does(?:n't| not) (?:match|equal|agree)|differ(?:s|ent)|not equal|mismatch|size_average"
    ),
    "factor": (
        r"(?:higher|larger|bigger|smaller|lower|different) loss|loss (?:\w+ ){0,4}(?:higher|larger|bigger|smaller|lower"
        r"|jumps?|jumped|differ\w*)"
        r"|inconsistent|compare\w*|instead of|times (?:larger|higher|bigger|smaller|too|as)|\bfactor\b|\d+ ?x (?:larger"
        r"|higher|bigger)"
        r"|multipl(?:ied|y|e)|scaled|divid(?:e|ed|ing)|higher (?:loss|than)|larger (?:loss|than)"
    ),
    "collapsed": (
        r"collaps|all (?:\w+ ){0,2}embeddings? (?:\w+ ){0,2}(?:same|identical|equal|one point)"
        r"|embeddings? (?:\w+ ){0,3}(?:same|identical)|equal(?:s)? (?:to )?(?:the )?margin|(?:at|near|around|to"
        r"|exactly|=) ?(?:the )?margin"
    ),
    "train_above": (
        r"(?:val\w*|test\w*|eval\w*|dev)\b(?:(?!acc|train)[^.\n]){0,60}(?:lower|smaller|less|below|better"
        r"|under)\b(?:(?!acc)[^.\n]){0,40}\btrain"
        r"|train\w*\b(?:(?!acc|val|test)[^.\n]){0,50}(?:higher|larger|greater|above|more|bigger"
        r"|worse)\b(?:(?!acc)[^.\n]){0,40}\b(?:val|test|eval|dev)"
        r"|val\w*[ _]acc\w*[^.\n]{0,30}(?:higher|larger|greater|above|better)[^.\n]{0,30}\btrain|"
        r"train(?:ing)?[ _]?(?:loss|error) (?:is |was |stays |remains )?(?:always |much |consistently "
        r"|constantly )?(?:higher|larger|greater|above|more|bigger|worse)"
        r"(?! than (?:(?:that|the one) )?(?:of |in |at |it |from )?(?:the |its )?(?:last|previous|before|was"
        r"|first|end|\d))|val(?:idation)?[ _]?(?:loss"
        r"|error) (?:is |was |stays |being )?(?:always |much |consistently |constantly )?(?:lower|smaller|less"
        r"|below|better)|val(?:idation)? (?:loss|accuracy)[^.\n]{0,40}better than (?:the )?train|(?:higher"
        r"|larger|greater) (?:train(?:ing)?) loss than val|lower (?:val\w*|test) loss than train"
        r"|val(?:idation)? (?:\w+ ){0,2}(?:lower|smaller|less|better) than (?:the |in |on )?train"
    ),
    "both_rise": (
        r"loss (?:\w+ ){0,2}(?:increas|ris|go(?:es)? up|grow)\w*[^.\n]{0,30}acc\w*[^.\n]{0,30}(?:increas"
        r"|improv|ris|\bup\b)|"
        r"(?:both|loss and acc\w*)[^.\n]{0,40}(?:increas|ris|go(?:es)? up|grow)"
        r"|val\w*[ _]?loss[^.\n]{0,40}(?:increas|ris|go(?:es|ing)? up|grow|climb)\w*[^.\n]{0,60}acc\w*"
        r"|acc\w*[^.\n]{0,60}(?:increas|improv|ris|go(?:es|ing)? up|same|stable|constant)\w*[^.\n]{0,60}(?:but"
        r"|while|and|whereas|although|yet)[^.\n]{0,40}loss[^.\n]{0,30}(?:increas|ris|up|grow|climb|worse|larger|higher"
        r"|n[o']t (?:converge|decrease|fall|improve))"
    ),
    "overfit": r"over ?fit|val\w*[ _]?loss[^.\n]{0,90}(?:increas|ris|go(?:es|ing)? up|grow|climb)",
    "rate_matters": (
        r"(?:lower|smaller|reduc\w+|decreas\w+|lowering)[^.\n]{0,12}(?:learning[ _-]?rate"
        r"|\blr)\b[^.\n]{0,30}(?<!not )(?<!n't )"
        r"\b(?:help(?:s|ed)|works|worked|solv\w+|fix(?:es|ed)|fine|stable|converges)\b"
        r"|(?:learning[ _-]?rate|\blr)\b[ =]{0,3}(?:of )?[\d.e-]+[^.\n]{0,40}\b(?:no problem|fine|works|okay"
        r"|converges|is stable)\b"
        r"|(?:learning[ _-]?rate|\blr)\b[^\n]{0,160}\bwith (?:(?:an? )?(?:lr"
        r"|rate)[ =]{1,3}(?:of )?)?[\d.e-]+[^.\n]{0,30}\b(?:work(?:s|ed)|fine"
        r"|no problem|converge[sd]|descends)\b"
    ),
    "rate_tried": (
        r"(?:lower|smaller|reduc\w+|decreas\w+|different|other|various"
        r"|several)[^.\n]{0,25}(?:learning[ _-]?rate|\blr)s?\b[^.\n]{0,50}"
        r"(?:(?:not|n't|no) (?:help|work|change|solve|fix|effect|make|matter)|still|same|no (?:help|effect|change|use))"
        r"|(?:learning[ _-]?rates?|\blrs?) (?:of |to |from )?[^.\n]{0,30}(?:did|do|does)(?:n't| not) (?:help"
        r"|work|change|solve|matter)"
        r"|(?:also|even|too) (?:with|at|for|after) (?:an? |the )?(?:\w+ )?(?:lower|smaller|reduced|tiny|low|small)\w* "
        r"(?:learning[ _-]?rate|lr)\b"
        r"|(?:no matter|whatever|regardless of|with all|with any|with every)[^.\n]{0,20}(?:learning[ _-]?rates?|\blrs?)\b"
    ),
    "nan_always": (
        r"\bnan\W{0,4}(?:-+>|to)\W{0,4}nan|(?<!validation loss is )(?<!val_loss is )(?:always"
        r"|only|constantly) (?:\w+ ){0,2}nan\b"
        r"|\bnan\b[^.\n]{0,20}(?:from the (?:very )?(?:first|start|beginning)|(?:in|at) the (?:very )?first|all the time)"
    ),
    "data_to_blame": (
        r"(?:without|remov\w+|leav\w+ out|exclud\w+|skip\w+|other|another|different|public|original)\b"
        r"(?:(?!learning|rate|clip)[^.\n]){0,40}"
        r"\b(?:data\w*|samples?|files?|images?|rows?|columns?|(?<=without )(?:it"
        r"|them))\b[^.\n]{0,30}\b(?:fine|works?|ok(?:ay)?"
        r"|normal\w*|no nan|trains|gone)\b"
    ),
    "epoch_wave": (
        r"period\w*[^.\n]{0,40}epochs?\b|stair\w*|step-?like"
        r"|(?:within|during|in|over) (?:each|every|an|one) epoch[^.\n]{0,80}\b(?:after|beginning|start|next|new)\b"
        r"|(?:each|every) time (?:\w+ ){0,3}epoch|(?:between|at) (?:the )?epoch\w* (?:boundar|border)\w*"
        r"|(?:beginning|start|end) of (?:an|a|the|each|every)? ?(?:new |next )?epoch"
    ),
    "sometimes": (
        r"sometimes|occasional|now and then|at random|randomly|(?<!after )\b(?:some|certain|a few) (?:of (?:the "
        r"|my )?)?(?:batch|iteration|step|data"
        r"|sample|image|epoch|run|case)"
    ),
    "dead": (
        r"dead|dying|(?:all|grad\w*|activations?|outputs?) (?:\w+ ){0,3}(?:zero|0\b)"
        r"|grad(?:ient)?s? (?:\w+ ){0,3}(?:0|zero|vanish)|same output|predicts? the same"
    ),
    "one_answer": (
        r"predict(?:s|ed|ing|ions?)?\b[^.\n]{0,30}(?:the same|same|one|a single|only|always"
        r"|constant)[^.\n]{0,12}(?:class|label|value|output"
        r"|category|result|number)"
        r"|(?:always|only|just) (?:predict|output|giv|return)\w*|predicts? (?:class )?\d+(?:\.\d+)? (?:for"
        r"|on) (?:all|every|each|any)"
        r"|(?:nearly |almost )?all (?:of )?(?:the |my )?(?:\w+ )?(?:predict\w+|outputs?)[^.\n]{0,30}(?:are|is|were|was"
        r"|=|(?:turn|come)s? out (?:to be|as)|becomes?) (?:all )?(?:0|1|zeros?|ones?"
        r"|negative|positive|the same|identical|equal)"
        r"|same (?:bounding )?(?:output|prediction|answer|class|value|box)(?: \(\w[^)]*\))? "
        r"(?:for|on|regardless|whatever|no matter)"
        r"|predict\w* (?:\w+ ){0,3}(?:is|are|gives?|returns?|stays?) always (?:\w+ )?(?:zeros?|ones?|-?\d)"
        r"|(?:predict\w*|output|mask|infer\w*|segmentation|result)s?\b[^.\n]{0,40}\b(?:all|only|just"
        r"|completely|entirely|totally|pure)"
        r"[ -](?:zeros?|0s?|black|blank|empty|background|ones|white)\b"
        r"|(?:predict\w*|outputs?|masks?|files?|results?|segmentations?)\b[^.\n]{0,20}\b(?:is|are|comes? out"
        r"|turns? out|was|were) "
        r"(?:all |always |completely |just )?(?:blank|empty|black)\b"
        r"|all[ -](?:zeros?|black|blank|background) (?:predict|output|mask|result|segment)\w*"
    ),
    "chance": (
        r"(?:each|every|all) (?:\w+ )?(?:class|categor|outputs?)\w*[^.\n]{0,30}(?:1(?:\.0)?/|same|equal"
        r"|uniform)|uniform (?:distr|predic|prob)\w*"
        r"|random(?:ly)? guess\w*|chance level|by chance|like random|(?:than|as|at|of) (?:random|chance|guessing)|coin"
    ),
    "lost_again": (
        r"(?:reach\w*|got|was|were|good|fine|well|normal\w*|decreas\w+|fell|falls?|converg\w+|improv\w+"
        r"|up to)\b[^\n]{0,120}"
        r"\b(?:later|afterwards?|then|after (?:that|a while|some|a few|several|\w+ epochs)|until|but)\b[^\n]{0,80}"
        r"(?:collaps|back to|drops? to|dropped to|falls? back|chance|random|accuracy (?:of |is |at "
        r"|becomes )?(?:0?\.5|50|0?\.1|10)\b)"
        r"|\bnever (?:again )?(?:went|goes|dip\w*|fell|falls|came|comes|got|gets) (?:back )?(?:below|under|down to)\b"
    ),
    "score_zero": (
        r"(?:dice|dsc|iou|jaccard|f1|map|auc|wer|bleu|score|coefficient)\w*\b[^.\n\d]{0,20}"
        r"(?<![\d.])(?:0(?:\.0+)?|zero)(?![\d.]*[1-9])\b"
    ),
    "score_above": (
        r"(?:dice|dsc|iou|jaccard|f1|score|coefficient)\w*\b[^\n\d]{0,30}(?:(?:greater|larger|higher|bigger"
        r"|more) than|above"
        r"|over|exceeds?|>) ?(?:1|one)\b(?!\.\d*[1-9])"
        r"|(?:dice|dsc|iou|jaccard)\w*(?: \w+)?\W{1,3}(?:1\.\d*[1-9]|[2-9]\.\d)"
    ),
    "val_nan": r"(?:val\w*|eval\w*|test\w*|dev)[ _](?:\w+ )?loss\w*[^.\n]{0,30}\bnan\b",
    "class_zero": (
        r"(?:\bcls|class|classif\w+|category)[ _]?(?:\w+[ _])?loss\w*[^.\n]{0,40}(?<![\d.])(?:0(?:\.0+)?"
        r"|zero)(?![\d.]*[1-9])\b"
    ),
    "fp_overflow": r"overflow\b[^.\n]{0,40}[.!]? ?skipping step|attempted loss scale|grad(?:ient)? overflow|overflow detected",
    "box_nan": r"(?:box|bbox|\breg|regression|\bloc|\bwh|giou|iou)\w*(?:[ _]loss)?\W{1,4}nan\b",
    "class_nan": r"(?:cls|class\w*|conf\w*|\bobj\w*)(?:[ _]loss)?\W{1,4}nan\b",
    "part_zero": (
        r"(?:\bb?box|\breg|regression|\bloc|locali[sz]ation|\bmbox|\barm|\bodm|\bmask|key ?point|\bkp"
        r"|landmark|positive)[ _]?loss(?:es)?\b"
        r"[^.\n]{0,40}(?<![\d.])(?:0(?:\.0+)?|zero)(?![\d.]*[1-9])\b"
    ),
    "wider_works": (
        r"(?:classes|outputs?|units|labels)\b[^\n]{0,90}\b(?:with|to|of|set|use) \d+[^.\n]{0,50}\b(?:works?"
        r"|fine|ok|normal|no (?:nan|error))\b"
        r"|(?:one|an?) (?:more|extra|additional) (?:class|output|unit|neuron)[^.\n]{0,40}\b(?:works?|fine|ok"
        r"|solv\w+|fix\w+|help\w*)\b"
    ),
    "other_dtype_works": (
        r"(?:fp32|float32|full precision|bf16|bfloat16|single precision|32-true)\b[^.\n]{0,50}"
        r"(?:fix|loss values|works?\b|working|fine(?!-| ?tun)|\bok\b|normal|converge|no (?:issue|problem|nan)|stable|solv"
        r"|trains|correct)"
        r"|(?:works?|fine(?!-| ?tun)|solved|fixed|converges|stable|normal|ok)\b[^.\n]{0,40}(?:fp32|float32"
        r"|full precision|bf16|bfloat16)"
    ),
    "is_normal": r"(?:is|normal|expected|correct|right|ok(?:ay)?)\b[^.\n]{0,30}\?|normal\b|should (?:it|the loss) be",
    "why": r"\bwhy\b|what does (?:this|it|that) mean|how (?:do|can|should) I (?:read|interpret|understand)",
}  # fmt: skip
"""What a text may say of a run -> a pattern of it."""
