"""A State of /network as a View, with all its parts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from explorer.core.digits import subscripted
from explorer.core.network_view import unit_weights
from explorer.views.markup import quantity, table
from explorer.views.network import formula, picture, text, weights
from explorer.views.network.around import DIRECTIONS, Around, around
from explorer.views.network.charts import NO_PREDICTION, charts, surface_key
from explorer.views.network.moment import Moment
from explorer.views.network.remark import Remark, markup
from explorer.views.network.rows import example_fields
from explorer.views.network.state import State
from explorer.views.view import Group, Slider, View

SLIDERS = 100
"""The most weights of a network that all have a slider where there is no page to bring them up."""

Layout = tuple[tuple[tuple[str, ...], ...], ...]


def view(state: State, refused: tuple[str, ...] = ()) -> View:
    """Return what a state shows."""
    return shown(Moment(state), refused)


def shown(moment: Moment, refused: tuple[str, ...] = ()) -> View:
    """Return what a moment shows."""
    state = moment.state
    more = around(moment) if state.around else None
    drawn = (*charts(moment), *(more.charts if more else ()))
    texts = _texts(moment, more)
    return View(
        state=state,
        refused=refused,
        title="Network",
        program=moment.view.program,
        numbers=moment.numbers.mean,
        sliders=tuple(_sliders(moment)),
        charts=drawn,
        texts=texts,
        diagram=picture.diagram(moment),
        layout=_layout(surface_key(moment), {*texts, *(chart.key for chart in drawn)}),
        still=frozenset({"directions", "curvature"}),
        disagreements=moment.disagreements(),
        print_code=partial(formula.code, state.network, formula.put_in(moment)),
    )


def _texts(moment: Moment, more: Around | None) -> dict[str, str]:
    network, numbers = moment.network, moment.numbers
    rows = len(moment.data[0]) if moment.rows else 0
    texts = {
        "readouts": text.readouts(network, numbers, rows) + text.against(network, numbers),
        "formula": formula.formula(moment),
        "remarks": markup(moment.remarks),
        "report": markup(moment.report),
        "prediction": "" if len(network.inputs) == 2 else markup([Remark(NO_PREDICTION)]),
        "far": markup(map(Remark, too_far(moment))),
    }
    if more:
        texts |= {"directions": markup([Remark(DIRECTIONS)]), "curvature": markup([Remark(more.curvature)])}
    if moment.state.table_of_weights:
        texts["weights"] = _tables(moment)
    return {key: html for key, html in texts.items() if html}


def _layout(surface: str, held: set[str]) -> Layout:
    """What a view holds, where it stands."""
    rows: Layout = (
        (("remarks",),),
        (("far",),),
        ((picture.KEY,), ("readouts",)),
        (("slice-chart",), (surface,)),
        (("gradient-chart",), ("decision-chart", "prediction")),
        (("report",), ("history-chart",)),
        (("directions", "directions-chart"), ("curvature", "curvature-chart")),
        (("formula",),),
        (("weights",),),
    )
    kept = (
        tuple(column for keys in row if (column := tuple(key for key in keys if key in held or key == picture.KEY)))
        for row in rows
    )
    return tuple(row for row in kept if row)


def _sliders(moment: Moment) -> Iterable[Slider]:
    """Those in sight: of what is chosen, both axes and the example; then all other weights, unit by unit."""
    network, now, names = moment.network, moment.weights, moment.state.shown
    for name, field in weights.slider_fields(network, now, names).items():
        yield Slider(field, now[name])
    for field in example_fields(network) if moment.example else ():
        yield Slider(field, moment.example[field.name])
    if len(network.weights) > SLIDERS:
        return
    for layer in network.layers:
        for k, unit in enumerate(network.units(layer), 1):
            into = unit_weights(network, layer, k)
            group = Group(f"Weights into {subscripted(unit)}", " ".join((unit, *into)))
            others = [name for name in into if name not in names]
            for name, field in weights.slider_fields(network, now, others).items():
                yield Slider(field, now[name], group=group)


def too_far(moment: Moment) -> list[str]:
    """Return what stands in place of the sliders in sight that would reach too far."""
    network, now, names = moment.network, moment.weights, moment.state.shown
    near = weights.slider_fields(network, now, names)
    return [weights.too_far(network, name, now[name]) for name in names if name not in near]


def _tables(moment: Moment) -> str:
    """All weights: a table for each layer, a row for each unit."""
    network, now, tables = moment.network, moment.weights, []
    for layer in network.layers:
        heads = ("", *(f"from {unit}" for unit in network.units(layer - 1)), "bias")
        rows = [
            [unit, *(quantity(name, now[name], trim=True) for name in unit_weights(network, layer, k))]
            for k, unit in enumerate(network.units(layer), 1)
        ]
        tables.append(table(f"Weights of layer {layer}", heads, rows, kind="live-compact"))
    return "".join(tables)
