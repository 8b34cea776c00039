"""A hand on the slider, in a real browser: what is drawn while it moves, and how soon."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, Page

MOVES = 150
STRIDE = 2
"""Pixels between two moves: browsers report whole ones."""

# Collects, in the page: frames, the time of each pointer move, each drawing, and each confirmed figure. A drawing's time is
# taken by a message posted within its frame, which arrives once the frame has been painted.
WATCH = """
([chart, key]) => {
  const knob = document.querySelector(`.st-key-${key} input[type=range]`).closest('[style*=absolute]').parentElement;
  const track = knob.closest('[style*=absolute]').parentElement.getBoundingClientRect().width;
  const input = document.querySelector(`.st-key-${key} input[type=range]`); // a drawing shows what it holds in that frame
  const log = (window.bench = {frames: [], moves: [], drawn: [], settled: [], released: 0});
  log.scale = track / (input.max - input.min);
  const frame = now => { log.frames.push(now); requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  addEventListener('pointermove', e => { if (e.buttons) log.moves.push([e.timeStamp, e.clientX]); }, true);
  addEventListener('pointerup', e => { log.released = e.timeStamp; }, true);
  const afterPaint = done => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0); };
  const note = list => { const p = input.valueAsNumber; afterPaint(() => list.push([p, performance.now()])); };
  const live = chart && document.querySelector(chart);
  if (live) new MutationObserver(records => {
    for (const r of records) {
      if (r.attributeName === 'data-drawn') note(log.drawn);
      else requestAnimationFrame(() => note(log.settled));
    }
  }).observe(live, {attributes: true, attributeFilter: ['data-drawn', 'data-settled']});
  let shown;
  const watchStock = () => {
    const plot = document.querySelector('[data-testid=stPlotlyChart] .js-plotly-plot');
    const at = plot?._fullData?.[1]?.x?.[0];
    if (at !== undefined && at !== shown && plot.querySelector('.scatterlayer .point')) { shown = at; note(log.settled); }
    requestAnimationFrame(watchStock);
  };
  if (!live) watchStock();
}
"""


@dataclass(frozen=True)
class Drag:
    """What a drag of MOVES pointer moves at 60 Hz showed; times in milliseconds, medians."""

    drawn_share: float
    frames_per_second: float
    pointer_to_pixels: float
    release_to_figure: float


def drag(browser: Browser, url: str, chart: str, key: str = "p", rounds: int = 3) -> Drag:
    """Drag the slider of a key to and fro; chart is the selector of what follows it, and must be there first."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector(chart)
    page.wait_for_timeout(2000)
    results = [_once(page, chart, key) for _ in range(rounds + 1)][1:]
    context.close()
    return Drag(*(median(getattr(r, f) for r in results) for f in Drag.__dataclass_fields__))


def first_visit(browser: Browser, url: str, rounds: int = 3) -> float:
    """Return the median seconds from opening the address, nothing cached, to an interactive chart."""
    taken = []
    for _ in range(rounds):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        start = time.perf_counter()
        page.goto(url)
        page.wait_for_selector(".live-chart[data-ready]")
        taken.append(time.perf_counter() - start)
        context.close()
    return median(taken)


def _once(page: Page, chart: str, key: str) -> Drag:
    page.evaluate(WATCH, [chart if "live" in chart else "", key])
    page.locator(f".st-key-{key} [data-testid=stSlider]").scroll_into_view_if_needed()
    box = page.locator(f".st-key-{key} [data-testid=stSliderThumbValue]").bounding_box()
    track = page.locator(f".st-key-{key} [data-testid=stSlider]").bounding_box()
    assert box is not None
    assert track is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] + 10
    page.mouse.move(x, y)
    page.mouse.down()
    swing = int(0.45 * track["width"] / STRIDE)  # moves from end to end
    direction = 1 if x < track["x"] + track["width"] / 2 else -1
    start = time.perf_counter()
    for i in range(1, MOVES + 1):
        way = i % (2 * swing)
        page.mouse.move(x + direction * STRIDE * min(way, 2 * swing - way), y)
        time.sleep(max(0.0, start + i / 60 - time.perf_counter()))
    page.wait_for_timeout(100)
    log = page.evaluate("bench")
    page.mouse.up()
    page.wait_for_timeout(1500)
    end = page.evaluate("({released: bench.released, settled: bench.settled})")
    moves = log["moves"]
    frames = [f for f in log["frames"] if moves[0][0] <= f <= moves[-1][0]]
    confirmed = [at - end["released"] for _, at in end["settled"] if at > end["released"]]
    return Drag(
        drawn_share=len(log["drawn"]) / MOVES,
        frames_per_second=1000 * (len(frames) - 1) / (frames[-1] - frames[0]),
        pointer_to_pixels=_latency(moves, log["drawn"], log["scale"]),
        release_to_figure=confirmed[-1] if confirmed else float("nan"),
    )


def _latency(moves: list[tuple[float, float]], drawn: list[tuple[float, float]], scale: float) -> float:
    """Median time from a pointer move to the painted frame that shows the value under it: the last of both belong together.

    scale is in pixels per unit of the slider.
    """
    if not drawn:
        return float("nan")
    x_last, p_last = moves[-1][1], drawn[-1][0]

    def moved(p: float, painted: float) -> float:
        """When the pointer last came to where p is, before that was painted."""
        x = x_last + (p - p_last) * scale
        before = [(abs(at - x), time) for time, at in moves if time <= painted]
        nearest = min(distance for distance, _ in before)
        return max(time for distance, time in before if distance < nearest + 0.4)

    return median(painted - moved(p, painted) for p, painted in drawn[5:-5])
