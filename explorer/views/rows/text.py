"""What /rows writes: what was recognised, the first numbers, the rows that a table shows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from explorer.core.digits import format_number
from explorer.core.losses import Loss
from explorer.core.sweeps import means
from explorer.rows.analyses.agreeing import Mean
from explorer.rows.analyses.calibration import Calibration
from explorer.rows.analyses.classes import Part
from explorer.rows.analyses.weighing import Share
from explorer.rows.analyses.worst import By
from explorer.rows.report import Report
from explorer.rows.spec import Layout
from explorer.views.markup import BITS, Readout, alert, link, quantity, readout_table, table
from explorer.views.rows.links import address_of, network_of
from explorer.views.rows.state import State
from explorer.views.view import Chart

WIDE = 10
"""Up to so many classes have a column each."""
LONGEST = 20
"""How many characters of a class's name a table of rows shows."""
INTERVAL = "With 95 % confidence the mean over all such rows lies between these."
FLOOR = "What the base rates alone would lose: whoever predicts them for every row."
ECE = "Expected calibration error: how far the mean prediction of a bin is from what happened, on average."
BRIER = "The mean squared error of probabilities: reliability less resolution, and uncertainty, but for what bins hide."
MEANS = "Over examples: each text counts the same, however long it is. Over tokens, long texts count more."


def recognised(layout: Layout) -> str:
    """Return what was recognised, and why."""
    rows = [
        (
            escape(reason.about),
            f"<strong>{escape(reason.chosen)}</strong>",
            escape(reason.because),
            escape(", ".join(reason.others)),
        )
        for reason in layout.reasons
    ]
    return table("What was recognised", ("What", "Recognised", "Because", "Could be"), rows, kind="live-prose live-recognised")


def summary(report: Report, usual: Report, layout: Layout, loss: Loss) -> str:
    """Return the first numbers: how large the loss is."""
    lines = [
        Readout(f"Mean {'surprise' if layout.kind == 'tokens' else 'loss'}", _number("mean_loss", report.mean_loss), loss.unit)
    ]
    if math.isfinite(report.mean_finite) and report.infinite:
        lines.append(Readout("without infinite ones", _number("mean_finite", report.mean_finite), loss.unit))
    low, high = report.interval
    if not math.isnan(low):
        lines.append(Readout("95 % interval", f"{_plain(low)} to {_plain(high)}", "", INTERVAL, wide=True))
    if loss.unit == "nats":
        lines.append(Readout("in bits", _number("bits", report.mean_loss / math.log(2)), "bits", BITS))
    if layout.kind == "tokens":
        lines.append(Readout("Mean over examples", _number("mean_of_means", report.mean_of_means), "nats", MEANS))
        lines.append(Readout("Perplexity", _plain(report.perplexity)))
    if usual.accuracy is not None:
        lines.append(Readout("Accuracy", _number("accuracy", usual.accuracy)))
    if usual.floor is not None and loss.unit == "nats":
        lines.append(Readout("Base rates alone", _number("floor", usual.floor), loss.unit, FLOOR))
    lines.append(Readout("Rows that count", f"{report.count:,}"))
    lines += [Readout(escape(fault), f"{count:,}", "rows") for fault, count in report.faults.items()]
    if report.infinite:
        lines.append(Readout("infinite loss", f"{report.infinite:,}", "rows"))
    return readout_table(lines)


def carried(worst_share: float) -> str:
    """Return who carries the loss; nothing where it is infinite."""
    if math.isnan(worst_share):
        return ""
    return f"<p>The worst 1 % of the rows carry {_plain(100 * worst_share)} % of the loss.</p>"


def beyond(chart: Chart, infinite: int) -> str:
    """Return what lies beyond the threshold, of the finite losses; it moves with the point."""
    found = means(chart.program, chart.values, chart.rows)
    here = {name: float(found[name]) for name in ("rows_beyond", "percent_beyond", "percent_of_loss", "loss_at")}
    rows = quantity("rows_beyond", here["rows_beyond"], digits=7, trim=True, group=True)
    part, lost = (quantity(name, here[name], digits=3, trim=True) for name in ("percent_beyond", "percent_of_loss"))
    return (
        f"<p>{rows} rows ({part} %) lie beyond and carry {lost} % of {'what is finite of ' if infinite else ''}the loss; "
        f"the loss at the threshold is {quantity('loss_at', here['loss_at'], digits=4)}.</p>"
    )


def nothing(report: Report) -> str:
    """Return why there is nothing to show: no row counts."""
    faults = ", ".join(f"{fault} ({count:,})" for fault, count in report.faults.items())
    if report.count:
        return alert("No row counts: every weight is 0.", "warning")
    return alert(f"No row counts: {faults or 'there are none'}.", "warning")


def temperature(log_temperature: float) -> str:
    """Return the temperature, beside the slider of its logarithm."""
    return f"<p>T = {quantity('T', 10**log_temperature, digits=4)}</p>"


def calibration(found: Calibration) -> str:
    """Return how far probabilities are from what they say."""
    lines = [
        Readout("ECE, equal width", _plain(found.ece), "", ECE),
        Readout("ECE, equal mass", _plain(found.ece_mass)),
        Readout("ECE, debiased", _plain(found.ece_debiased)),
        Readout("Largest error of a bin", _plain(found.mce)),
        Readout("Brier score", _plain(found.brier.score), "", BRIER),
        Readout("its reliability", _plain(found.brier.reliability)),
        Readout("less resolution", _plain(found.brier.resolution)),
        Readout("uncertainty", _plain(found.brier.uncertainty)),
    ]
    return readout_table(lines)


def no_temperature() -> str:
    """Return why there is no curve over the temperature."""
    return "<p>Every loss is infinite, and stays so at any temperature.</p>"


def at_temperature(best: float | None, chart: Chart) -> str:
    """Return what the temperature does to loss and calibration; it moves with the thumb."""
    found = means(chart.program, chart.values, chart.rows)
    lines = [
        Readout("Loss at T", quantity("loss_at_T", float(found["loss_at_T"]), digits=4), "nats"),
        Readout("ECE at T", quantity("ece_at_T", float(found["ece_at_T"]), digits=3), "", ECE),
        Readout("Best temperature", _plain(best), "", "At which the mean loss is least."),
    ]
    return readout_table(lines)


def parts(found: Sequence[Part], called: str) -> str:
    """Return classes or groups as a table: how many rows each has, and how much of the loss."""
    measures = [name for name in ("accuracy", "precision", "recall") if any(getattr(part, name) is not None for part in found)]
    numbered = [
        (
            escape(part.name),
            f"{part.count:,}",
            _percent(part.share),
            _plain(part.mean_loss),
            _percent(part.loss_share),
            *(_plain(getattr(part, name)) for name in measures),
        )
        for part in found
    ]
    heads = (called, "Rows", "of all", "Mean loss", "of the loss", *(name.capitalize() for name in measures))
    return table(f"By {called.lower()}", heads, numbered)


def worst(
    rows: Sequence[Mapping[str, object]], layout: Layout, loss: Loss, numbers: Mapping[str, float], *, own: bool = False
) -> str:
    """Return rows as a table, each with a link that puts it on sliders; beside it if they are somebody's own, in no address."""
    if not rows:
        return "<p>No such rows.</p>"
    cells = [_cells(row, layout, loss, numbers, own=own) for row in rows]
    heads = [head for head, _ in cells[0]]
    return table("Rows", heads, [[cell for _, cell in line] for line in cells], kind="live-rows")


def split(by: By | None, each: int, count: int, room: int) -> str:
    """Return of what the rows shown are the worst, so many of each; nothing where they are of all."""
    return f"<p>The {each} largest losses of each {by}: {'the first ' * (count == room)}{count} rows.</p>" if by else ""


def bin_shown(state: State) -> str:
    """Return which rows those of a bin are."""
    if not state.chosen_bin:
        return f"<p>There are {state.bins} bins; bin {state.bin} is none of them.</p>"
    low, high = ((state.bin - k) / state.bins for k in (1, 0))
    what = "confidence" if state.rows.layout.kind == "classes" else "predicted probability"
    ends = f"over {_plain(low)} and up to {_plain(high)}" if low else f"up to {_plain(high)}"
    at = "" if state.shown_temperature == 1 else "; their losses are at T = 1"
    T = format_number(state.shown_temperature, 4, trim=True)
    return f"<p>Bin {state.bin} of {state.bins}: rows whose {what} at T = {T} is {ends}{at}.</p>"


def _cells(
    row: Mapping[str, Any], layout: Layout, loss: Loss, numbers: Mapping[str, float], *, own: bool
) -> list[tuple[str, str]]:
    """What a table says of a row: a heading and markup each."""
    given = row["prediction"]
    predictions = [float(value) for value in given] if isinstance(given, list) else [float(given)]
    truth = row.get("truth")
    target = _number_of(truth, layout)
    ways = {}
    if target is not None:
        ways["on sliders"] = address_of(layout, target, predictions, loss, numbers)
        ways["as a network"] = network_of(layout, target, predictions, loss)
    links = "".join(link(found, said, beside=own) for said, found in ways.items() if found)
    cells = [("Row", f"{row['row'] + 1:,}{links}")]
    cells += [(name.capitalize(), _named(row[name])) for name in ("identity", "group") if name in row]
    cells += [(name.capitalize(), f"{row[name] + 1:,}") for name in ("example", "position") if name in row]
    if truth is not None:
        cells.append(("Target", _short(truth) if isinstance(truth, str) else _plain(float(truth))))
    if "suggested" in row:
        cells.append(("Likelier", _short(str(row["suggested"]))))
    many = len(predictions) > WIDE
    names = layout.classes if layout.kind == "classes" else ("Prediction",)
    shown = [names.index(name) for name in (truth, row.get("predicted")) if name in names] if many else range(len(names))
    cells += [(_short(names[k]), _plain(predictions[k])) for k in dict.fromkeys(shown)] if not many else []
    if many:
        cells.append(("Predictions", ", ".join(f"{_short(names[k])} {_plain(predictions[k])}" for k in dict.fromkeys(shown))))
    cells.append(("Loss", _plain(float(row["loss"]))))
    return cells


def _named(given: object) -> str:
    """What a row's group or identity is called, where it has one."""
    return "—" if given in {None, ""} else escape(str(given))


def _short(name: str) -> str:
    """A class's name as markup; of a long one its beginning, and all of it where somebody points at it."""
    if len(name) <= LONGEST:
        return escape(name)
    return f"<span title='{escape(name)}'>{escape(name[: LONGEST - 1])}…</span>"


def _number_of(truth: object, layout: Layout) -> float | None:
    """A target as a Table has it."""
    if isinstance(truth, str):
        return float(layout.classes.index(truth)) if truth in layout.classes else None
    return float(truth) if isinstance(truth, int | float) else None


def libraries(known: Sequence[Mean]) -> str:
    """Return the mean as libraries have it."""
    rows = [
        (escape(mean.library), f"<code>{escape(mean.function)}</code>", f"{mean.mean:.10g}", escape(mean.does))
        for mean in known
    ]
    return table("The mean as libraries compute it", ("Library", "Function", "Mean", "Takes"), rows, kind="live-prose")


def weighing(parts: Sequence[Share], usual: str, chosen: str) -> str:
    """Return whose gradients grow under another loss."""
    if usual == chosen:
        return "<p>Choose another loss to see whose gradients grow under it.</p>"
    rows = [
        (f"{part.low:g} to {part.high:g}", f"{part.rows:,}", f"{100 * part.usual:.3g} %", f"{100 * part.chosen:.3g} %")
        for part in parts
    ]
    heads = ("Probability of the truth", "Rows", f"of the gradients by {escape(usual)}", f"by {escape(chosen)}")
    return table("Shares of the gradients", heads, rows)


def _number(name: str, value: float) -> str:
    return quantity(name, value, digits=6)


def _percent(share: float) -> str:
    return "—" if math.isnan(share) else f"{100 * share:.3g} %"


def _plain(value: float | None) -> str:
    return "—" if value is None else format_number(value, 5, trim=True)
