"""How a model is trained: batches and what is summed over them, gradients, rates, restarts."""

TRAINING: dict[str, str] = {
    "sum": r"""
        reduction(?: is| of|[ =:]){1,3}['\"]?sum\b
        reduce_sum
        \.sum\(\)
        summed
        sum over (?:the )?batch
        size_average\s?=\s?False
        proportional to (?:the )?batch
        loss ?\* ?(?:bs\b|batch)
        (?:doubl\w+|halv\w+|increas\w+|chang\w+)…20batch[ _-]?size[^\n]{0,60}loss\w*…20
            (?:half|halv|doubl|twice|proportional)
        (?:twice|double\w*|half)\b…30\bbatch(?:[ _-]?size)?\b
        loss\w*\b…40\b(?:lower|higher|smaller|larger|1/[a-z\d]|times)\b…50\b(?:gpus?|devices|replicas|tpus?)\b
        \bgpus?\b…30\bloss\w*\b…25(?:lower|higher|smaller|larger|1/[a-z\d]|times)
        times (?:the )?batch
        (?:grows|scales) with (?:the )?batch
        size_?Average…12false
        ['\"]sum['\"]
        \bsum (?:for|as|in) the
        sum of the (?:costs|losses)
        (?<!attempted )(?<!dynamic )(?<!reducing )loss (?:magnitude|scale)\b(?! to| ?[:=])
        (?:magnitude|scale|size) of the loss
        depends? on (?:the )?(?:batch|number of)
        sum(?:med|s)? (?:over|of|across|up) ~4batch
        / ?batch_?size\b
        divid\w+ by…25\b(?:number of (?:samples|images|examples)|len\()
        not (?:divided|averaged|normali[sz]ed) (?:by|over)…25(?:batch|samples|examples|pixels|number)
    """,
    "broadcast": r"""
        target size .{0,60}different
        different to the input size
        broadcast
        \(?n, ?1\)? (?:and|vs|against|with) \(?n
        \[\d+, ?1\].{0,60}\[\d+\]
        \[\d+\].{0,60}\[\d+, ?1\]
        \(\d+, ?1\)[^.]{0,60}\(\d+,?\)
        \(\d+,?\).{0,60}\(\d+, ?1\)
        unsqueeze
        squeeze
        n ?[x×] ?1\b
        n ?[x×] ?n\b
        shape mismatch
        \(\w*(?:batch|n)\w*, ?1\)[^\n]{0,60}\(\w*(?:batch|n)\w*,?\)
        (?:one|1)-?d(?:imensional)? tensor…40(?:two|three|2|3)-?d(?:imensional)?\b
        (?:view|reshape)\(-1(?:, ?1)?\)
    """,
    "all_pairs": r"\[\d+, ?1, ?(\d+)\][^\n]{0,60}\[\d+, ?\1, ?1\]",
    "accumulation": r"""
        accumulat(?:ion|e|ing)(?!d)
        accum_
        grad_accum
        num_items_in_batch
        micro[- ]?batch\w*…40\b(?:normali[sz]|divid|averag|scal)
    """,
    "zero_order": r"""
        zero_grad[^\n]{0,120}zero_grad[^\n]{0,80}\b(?:order|matters?|difference)\b
        \border of\b[^\n?]{0,60}zero_grad
    """,
    "zero_grad": r"""
        zero_grad
        clear(?:ed|ing)? (?:the )?grad
        grad(?:ient)?s? ~4(?:zeroed|cleared|reset|never)
        reset (?:the )?grad
        \A(?![\s\S]*zero_grad)[\s\S]*\.backward\([\s\S]*\.step\(
        \A(?![\s\S]*zero)[\s\S]*\.grad\.data\b
        GradientTape\(persistent
    """,
    "labels_are_inputs": r"""
        labels?\b…20(?:the same as|same as|equal|identical to|exactly) (?:the )?inputs?
        labels ?= ?input_ids
    """,
    "clipped_gradient": r"""
        clip\w*…20grad
        grad\w*…12clip
        explod\w+ grad
    """,
    "rate": r"""
        learning[ _-]?rate
        \blr\b
        step size
    """,
    "no_rate": r"""
        (?:learning[ _-]?rate|\blr)\b…15\b(?:is|was|at|of|becomes|stays|to) (?:always )?(?:0(?:\.0+)?|zero)\b(?![.\de])
        (?:learning[ _-]?rate|\blr)['"]?\s?[=:]\s?0(?:\.0+)?(?:e[+-]?00)?(?![.\de])
    """,
    "high_rate": r"""
        (?:learning[ _-]?rate|\blr)(?: is| was| may be)? too (?:high|large|big)
        (?:high|large|big|higher|larger|increase\w*|too (?:high|large|big)) (?:the )?(?:learning[ _-]?rate|lr\b|step size)
        (?:learning[ _-]?rate|lr)[^.\n\d]{0,12}(?<![\d.e-])(?:1e\+?[0-9]|10+\b|[1-9]\d*(?:\.0)?\b(?!e|-|\.\d))
    """,
    "dropout": r"""
        drop ?out
        batch ?norm
        augment
        regulari[sz]
        eval\(\)
        train\(\) mode
        model\.eval
        data augmentation
    """,
    "restart": r"""
        restart
        resum(?:e|es|ed|ing)
        continu\w+ (?:the |to )?train
        (?:start\w*|begin|run) (?:the )?training again
        train(?:ing)? again
        reload
        restor(?:e|es|ed|ing)
        load\w* ~3(?:checkpoint|weights|model)
        \bload_(?:weights|model|state_dict|checkpoint)\b
        from where it (?:stopped|left)
        (?:changed|increased|extended|raised) (?:the )?(?:max\w* )?(?:number of )?epochs
        cosine annealing
        sgdr
        warm[ -]?up again
        cyclic
        one[ -]?cycle
        spik(?:e|es|ing)
        sawtooth
        saw[ -]tooth
        jumps? (?:up )?(?:at|every|after)
    """,
    "periodic": r"every \d[\d,]* ?k? (?:iter\w*|steps|epochs|batches)",
    "checkpoint": r"""
        checkpoint
        every (?:epoch|\d+)
        (?:beginning|start) of (?:each|every) (?:epoch|round)
    """,
    "fp_loss_scale": r"""
        loss[ _-]?scal
        gradscaler
        underflow
    """,
}
"""Name -> the ways to say it, as `mentions` writes them."""
