"""What /categorical writes: numbers, formulas and tables that move with the sliders."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape

from explorer.core import class_conventions
from explorer.core.categorical import CategoricalView, Formula
from explorer.core.digits import format_number
from explorer.core.worked import Worked
from explorer.views import formula
from explorer.views.categorical.batch import is_1
from explorer.views.categorical.state import Setting, State
from explorer.views.markup import BITS, LOSS, Readout, quantity, readout_table, still, table, why

NONE = why("No reduction: every row keeps its own loss.")
SUM = why("The losses of all rows that count, added up.")
MEAN = why("The sum divided by the number of rows that count.")
WEIGHTED = why("The sum divided by the class weights of the rows' targets, as PyTorch does for class indices.")
ACCURACY = why("The share of rows whose largest prediction, of equals the first, is at the target's class.")


def readouts(setting: Setting, numbers: Mapping[str, float]) -> str:
    """The numbers of the example."""
    plain = not setting.program_options & {"smoothing", "weights", "focal"}
    floor = "The least loss of any prediction that sums to 1" + (", which is the entropy H(t) if Σt = 1." if plain else ".")
    above = "What a better prediction could save" + (": the divergence KL(t‖p) if Σp = Σt = 1." if plain else ".")

    def total(x: str, what: str) -> Readout:
        unit = still("" if is_1(numbers[f"sum_{x}"]) else "not 1")
        meaning = f"The sum of the {what}: where it is not 1, the loss is computed as given."
        return Readout(f"Σ{x}", quantity(f"sum_{x}", numbers[f"sum_{x}"], trim=True), unit, meaning)

    return readout_table(
        (
            Readout("Loss L", quantity("L", numbers["L"]), "nats", LOSS),
            Readout("in bits", quantity("bits", numbers["bits"]), "bits", BITS),
            Readout("Floor", quantity("floor", numbers["floor"]), "nats", floor),
            Readout("Above the floor", quantity("excess", numbers["excess"]), "nats", above),
            total("p", "prediction"),
            total("t", "target"),
        )
    )


def by_class(setting: Setting, numbers: Mapping[str, float]) -> str:
    """Prediction, target, share and gradients of each class."""
    share = why("What this class adds to the loss; the shares add up to L.")
    slopes = {x: why(f"By how much the loss rises for each unit of this class's {x}, in nats.") for x in "pz"}
    heads = {"p": "p", "t": "t", "l": f"share of L {share}", "d_p": f"∂L/∂p {slopes['p']}", "d_z": f"∂L/∂z {slopes['z']}"}
    rows = [
        (escape(name), *(quantity(f"{step}{k}", numbers[f"{step}{k}"], digits=4) for step in heads))
        for k, name in enumerate(setting.names, 1)
    ]
    return table("By class", ["class", *heads.values()], rows, kind="live-compact live-tight")


def boundary(setting: Setting, numbers: Mapping[str, float]) -> str:
    """Why the loss is infinite, or finite in spite of a logarithm of 0; "" if it is neither."""
    zero = [(k, escape(name)) for k, name in enumerate(setting.names, 1) if numbers[f"p{k}"] == 0]
    if setting.layout.by == "z":
        rounded = next((name for k, name in zero if numbers.get(f"c{k}", numbers[f"t{k}"]) > 0), "")
        return (
            f"p of class {rounded} is 0 to the last digit. Were it 0 itself, its logit would be −∞, and L ∞." if rounded else ""
        )
    impossible = next(((k, name) for k, name in zero if numbers[f"l{k}"] == math.inf), None)
    if impossible:
        k, name = impossible
        asked = "the target has it" if numbers[f"t{k}"] > 0 else "smoothing gives it a share of the target"
        return f"L = ∞: p rules class {name} out, yet {asked}. −ln 0 has no bound."
    if zero:
        return f"p = 0 for class {zero[0][1]}, which counts 0 times here: 0 · ln 0 counts as 0, its limit."
    return ""


def formulas(view: CategoricalView, numbers: Mapping[str, float]) -> str:
    """Each line as symbols, and collapsed for one class; then with its numbers put in, of the loss before it collapses too."""

    def stages(line: Formula) -> Sequence[Worked]:
        return line.worked if line.step == view.program.output else line.worked[-1:]

    worked = partial(formula.worked, numbers=numbers, inputs={symbol.name for symbol in view.program.inputs})
    return "".join(
        formula.symbols(line.step, *line.forms) + worked(*stages(line), result=line.step.name) for line in view.formulas
    )


def reductions(setting: Setting, numbers: Mapping[str, float]) -> str:
    """The batch's loss by each reduction, and what that does to a row's gradient."""
    rows = [
        (f"none {NONE}", "each row's own", "", "1"),
        (f"sum {SUM}", "Σ Lᵢ", quantity("sum", numbers["sum"]), "1"),
        (
            f"mean by count {MEAN}",
            "Σ Lᵢ / N",
            quantity("mean", numbers["mean"]),
            f"1 / {quantity('counted', numbers['counted'], trim=True)}",
        ),
    ]
    if "weights" in setting.program_options:
        weight = f"1 / {quantity('weight', numbers['weight'], trim=True)}"
        rows.append(
            (f"mean by sum of weights {WEIGHTED}", "Σ Lᵢ / Σ wₖᵢ", quantity("weighted_mean", numbers["weighted_mean"]), weight)
        )
    rows.append((f"accuracy {ACCURACY}", "right / N", quantity("accuracy", numbers["accuracy"], trim=True), "—"))
    times = why("What each row's own gradient is multiplied by in the gradient of the batch's loss.")
    reduced = table(
        "Reductions", ["reduction", "formula", "value", f"a row's gradient times {times}"], rows, kind="live-compact"
    )
    none = "<p class='live-note' role='note'>No row counts: the mean is 0/0, which is NaN, as in PyTorch.</p>"
    return reduced + (none if numbers["counted"] == 0 else "")


def libraries(state: State, numbers: Mapping[str, float]) -> str:
    """What the libraries compute for the chosen row."""
    layout, every = state.layout, range(1, state.layout.classes + 1)
    p, t = ([numbers[f"{x}{k}"] for k in every] for x in "pt")
    z = [numbers[f"z{k}"] / numbers.get("T", 1.0) for k in every] if layout.by == "z" else None
    index = None if state.index is None or state.index == layout.ignored else state.index - layout.base

    def cell(loss: float | None) -> str:
        return "—" if loss is None else format_number(loss, 6, trim=True)

    rows = [
        (f"{escape(r.convention.name)}<small>{escape(r.convention.note)}</small>", cell(r.float64), cell(r.float32))
        for r in class_conventions.readings(p, t, logits=z, index=index)
    ]
    floors = ", ".join(f"{class_conventions.double_softmax_floor(k):.4f} for {k}" for k in (2, 3, 4))
    return (
        "<h2>What do the libraries say?</h2>"
        + table("Libraries", ["Library", "L, float64", "L, float32"], rows)
        + f"<p>For the chosen row, without options. Softmax taken twice cannot fall below {floors} classes.</p>"
    )
