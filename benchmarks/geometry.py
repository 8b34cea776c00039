"""Hands on points in a plane and on a mask, in a page without a server: small views of their own, and how fast they follow."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page
from sympy import Add, Max, Symbol

from explorer.core.program import Program
from explorer.figures.mask import mask_alt, mask_figure
from explorer.figures.plane import Arrow, Circle, Point, plane_figure, with_plane
from explorer.live.data import chart_data
from explorer.live.standalone import page_of
from explorer.views.binary import State
from explorer.views.markup import quantity
from explorer.views.view import Chart, View

MOVES = 120
SIZE = 8
CELLS = range(1, SIZE**2 + 1)
POINTS = (
    Point("anchor", "x1", "y1", (Arrow("ax1", "ay1"),)),
    Point("positive", "x2", "y2", (Arrow("ax2", "ay2", "pull2"),), 2),
    Point("negative", "x3", "y3", (Arrow("ax3", "ay3", "pull3"),), 1),
)
CIRCLES = (Circle("margin", "x1", "y1", "margin"),)
PLACES = {"x1": 0.0, "y1": 0.0, "x2": 1.5, "y2": 0.5, "x3": -0.5, "y3": -1.0, "margin": 1.0}
LIMITS = {name: (-3.0, 3.0) for name in PLACES if name != "margin"}


def triplet() -> Program:
    """A triplet loss of squared distances in a plane: x1, y1 is the anchor, 2 the positive and 3 the negative."""
    x1, y1, x2, y2, x3, y3, margin = map(Symbol, PLACES)
    near, far = (x1 - x2) ** 2 + (y1 - y2) ** 2, (x1 - x3) ** 2 + (y1 - y3) ** 2
    steps = {"near": near, "far": far, "L": Max(0, Symbol("near") - Symbol("far") + margin)}
    program = Program(tuple(map(Symbol, PLACES)), tuple((Symbol(name), step) for name, step in steps.items()))
    program = program.gradient(list(LIMITS))
    ends = {f"a{name}": Symbol(name) - Symbol(f"d_{name}") / 4 for name in LIMITS}
    pulls = {"pull2": (x1 - x2, y1 - y2), "pull3": (x1 - x3, y1 - y3)}  # towards the anchor
    along = {name: -dx * Symbol(f"d_x{name[-1]}") - dy * Symbol(f"d_y{name[-1]}") for name, (dx, dy) in pulls.items()}
    return with_plane(program.extended(ends | along), POINTS, CIRCLES)


def dice() -> Program:
    """Dice loss of a mask of SIZE x SIZE probabilities."""
    p, t = ([Symbol(f"{letter}{k}") for k in CELLS] for letter in "pt")
    both = Add(*(p_k * t_k for p_k, t_k in zip(p, t, strict=True)))
    steps = {"both": both, "all": Add(*p, *t), "L": 1 - (2 * Symbol("both") + 1) / (Symbol("all") + 1)}
    program = Program((*p, *t), tuple((Symbol(name), step) for name, step in steps.items()))
    return program.gradient([symbol.name for symbol in p])


def mask() -> dict[str, float]:
    """A prediction of 0.2 everywhere and 0.6 near the middle; its target is a square aside of that."""
    cells = {k: divmod(k - 1, SIZE) for k in CELLS}
    predicted = {f"p{k}": 0.6 if {row, column} <= {3, 4} else 0.2 for k, (row, column) in cells.items()}
    return predicted | {f"t{k}": float({row, column} <= {2, 3, 4}) for k, (row, column) in cells.items()}


def plane_chart(values: dict[str, float] = PLACES) -> Chart:
    """The triplet."""
    program = triplet()
    figure = plane_figure(POINTS, program, values, LIMITS, circles=CIRCLES)
    return Chart("plane", "Three points", "Three points in a plane", "plane", figure, program, values, LIMITS)


def mask_chart(values: dict[str, float] | None = None) -> Chart:
    """The mask."""
    program, values = dice(), values or mask()
    limits = {f"p{k}": (0.0, 1.0) for k in CELLS}
    figure = mask_figure(program, values, SIZE)
    return Chart("mask", "A mask", mask_alt(SIZE), "mask", figure, program, values, limits)


def page(chart: Chart) -> str:
    """A chart and its loss on a page without a server."""
    return page_of(view(chart))


def view(chart: Chart) -> View:
    """A chart and its loss; there are no sliders."""
    given = {symbol.name: chart.values.get(symbol.name, 0.0) for symbol in chart.program.inputs}
    loss = float(chart.program.evaluate(given, ["L"])["L"])
    layout, texts = (((chart.key, "loss"),),), {"loss": f"L = {quantity('L', loss)}"}
    return View(State(), (), chart.title, chart.program, {"L": loss}, (chart,), texts, layout, str)


def scripts(changes: int = 50) -> dict[str, float]:
    """Return the median seconds in which Python makes of a change the figure, and the message for the browser."""
    program, values = dice(), mask()
    limits = {f"p{k}": (0.0, 1.0) for k in CELLS}
    plane = triplet()

    def painted(k: int) -> Chart:
        now = {**values, f"p{1 + k % SIZE**2}": 1.0}
        return Chart("mask", "", "", "", mask_figure(program, now, SIZE), program, now, limits)

    def moved(k: int) -> Chart:
        now = {**PLACES, "x1": k / changes}
        figure = plane_figure(POINTS, plane, now, LIMITS, circles=CIRCLES)
        return Chart("plane", "", "", "", figure, plane, now, LIMITS)

    return {"plane": _taken(moved, changes), "mask": _taken(painted, changes)}


def _taken(make: Callable[[int], Chart], changes: int) -> float:
    taken = []
    for k in range(changes):
        start = time.perf_counter()
        json.dumps(chart_data(make(k)))
        taken.append(time.perf_counter() - start)
    return median(taken)


# Collects frames, the time of each pointer move, and of each drawing once it has been painted.
WATCH = """() => {
  const log = (window.bench = {frames: [], moves: [], drawn: []});
  const frame = now => { log.frames.push(now); requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  addEventListener('pointermove', e => { if (e.buttons) log.moves.push(e.timeStamp); }, true);
  const afterPaint = done => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0); };
  new MutationObserver(() => {
    const moved = log.moves.at(-1) ?? 0;
    afterPaint(() => log.drawn.push([moved, performance.now()]));
  }).observe(document.querySelector('.live-chart'), {attributes: true, attributeFilter: ['data-drawn']});
}"""


@dataclass(frozen=True)
class Followed:
    """What MOVES pointer moves at 60 Hz showed; pointer_to_pixels in milliseconds, the median."""

    frames_per_second: float
    pointer_to_pixels: float


def measure(browser: Browser, chart: Chart, hold: str) -> Followed:
    """Move a hand to and fro over what a selector finds on a chart."""
    with TemporaryDirectory() as folder, browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        file = Path(folder) / "page.html"
        file.write_text(page(chart), encoding="utf-8")
        shown = context.new_page()
        shown.goto(file.as_uri())
        shown.wait_for_selector("main[data-ready]")
        shown.wait_for_timeout(1000)
        shown.evaluate(WATCH)
        for _ in range(2):  # the first warms up
            log = _once(shown, hold)
    moves = log["moves"]
    frames = [at for at in log["frames"] if moves[0] <= at <= moves[-1]]
    waits = [painted - moved for moved, painted in log["drawn"] if moved]
    return Followed(1000 * (len(frames) - 1) / (frames[-1] - frames[0]), median(waits))


def _once(shown: Page, hold: str) -> Any:
    box = shown.locator(hold).first.bounding_box()
    assert box is not None
    # A wide hand, as over a mask, goes through its rows; on a point it goes round.
    wide = box["width"] > 100
    shown.evaluate("Object.assign(bench, {frames: [], moves: [], drawn: []})")
    x, y = (box["x"] + 4, box["y"] + 4) if wide else (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    shown.mouse.move(x, y)
    shown.mouse.down()
    start = time.perf_counter()
    for i in range(1, MOVES + 1):
        if wide:
            row, way = divmod(i * 16, box["width"] - 8)
            shown.mouse.move(x + way, min(y + row * box["height"] / SIZE, box["y"] + box["height"] - 4))
        else:
            shown.mouse.move(x + min(i, MOVES - i), y + min(i, MOVES - i) / 2)
        time.sleep(max(0.0, start + i / 60 - time.perf_counter()))
    shown.wait_for_timeout(100)
    log = shown.evaluate("bench")
    shown.mouse.up()
    shown.wait_for_timeout(500)
    return log
