"""What /doctor shows: what explains a loss, likeliest first, with its numbers; its history, or the constants around it."""

from __future__ import annotations

from explorer.views import address
from explorer.views.doctor import charts, text
from explorer.views.doctor.state import State, read, read_own
from explorer.views.markup import alert
from explorer.views.view import View

__all__ = ["State", "read", "read_own", "view"]

HEALTHY = "/binary"
"""Whose formula the view has where nothing is found."""


def view(state: State, refused: tuple[str, ...] = ()) -> View:
    """Return what a state shows; its formula is that of the view on which the likeliest cause is seen."""
    understood = state.understood
    found = state.found
    seen = address.view(found[0].view if found else HEALTHY)
    chart = charts.chart(understood.facts, seen.program)
    bad = {f"bad-{k}": alert(sentence, "error") for k, sentence in enumerate(understood.sentences, 1)}
    texts = bad | {"understood": text.understood(understood.facts), "findings": text.findings(found, understood.facts)}
    if state.constants:
        texts["constants-table"] = text.constants(understood.facts)
    return View(
        state=state,
        refused=refused,
        title="Doctor",
        program=seen.program,
        numbers=_numbers(understood.facts.finite.value if understood.facts.finite else None, [one.score for one in found]),
        charts=(chart,),
        texts=texts,
        layout=(
            *(((key,),) for key in bad),
            (("understood", "findings"), (chart.key,)),
            *(((key,),) for key in texts if key == "constants-table"),
        ),
        print_code=seen.print_code,
        own="" if state.rows is None else state.rows.source,
    )


def _numbers(loss: float | None, scores: list[float]) -> dict[str, float]:
    """The loss, how many findings there are, and the score of each."""
    held = {} if loss is None else {"loss": loss}
    return held | {"findings": float(len(scores))} | {f"score_{k}": score for k, score in enumerate(scores, 1)}
