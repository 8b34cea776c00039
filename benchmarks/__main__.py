"""Measure and print every figure, with its target. Nothing is asserted: machines differ, and drift.

Names of groups as arguments run those alone: `python -m benchmarks network`. `rows8` is `rows` with 10^8 of them, of 1 GB;
`fuzz` reads a million texts.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import algebra as algebra_load
from benchmarks import fuzz as own_texts
from benchmarks import geometry as hands
from benchmarks import landscape, load, numeric, script, soak
from benchmarks import rows as own_rows
from benchmarks.browser import chromium
from benchmarks.doctor import answer_seconds, confusion, on_diagonal
from benchmarks.drag import drag, first_visit
from benchmarks.server import Several, serving
from explorer.pages import PAGES

CLASSES = ".st-key-classes-chart .live-chart[data-ready]"
BY = {"probability": "p1", "logit": "z1"}
"""How classes are predicted, and the slider that is dragged."""
BARS = ".st-key-gradient-chart .live-chart[data-ready]"
AXES = "chosen=h1_2&along=w1_1_1&across=w1_1_2"
"""Pictures along two weights while a third is dragged, so that all of them move."""
SPIRALS = {"sizes": "2-8-8-2", "loss": "cross-entropy, class index", "data": "spirals", "rows": "200"}


def report(what: str, measured: str, target: str) -> None:
    """Print one row."""
    print(f"{what:<58} {measured:>32}   target {target}", flush=True)


def binary() -> None:
    """A hand on the slider of /binary, beside stock Streamlit."""
    with chromium() as browser:
        with serving("benchmarks/stock.py") as server:
            stock = drag(browser, server.url, "[data-testid=stPlotlyChart] .main-svg")
        with serving() as server:
            live = drag(browser, f"{server.url}/binary", ".live-chart[data-ready]")
            visit = first_visit(browser, f"{server.url}/binary")
    report("pointer moves drawn while dragging", f"{live.drawn_share:.1%}", f">= 95 % (stock {stock.drawn_share:.1%})")
    report("frames a second under a 60 Hz driver", f"{live.frames_per_second:.1f}", ">= 55")
    ratio = stock.release_to_figure / live.pointer_to_pixels
    report("pointer to pixels", f"{live.pointer_to_pixels:.1f} ms, {ratio:.1f} x faster", "<= 20 ms, >= 5 x stock's release")
    confirmed = f"{live.release_to_figure:.0f} ms (stock {stock.release_to_figure:.0f})"
    report("release to Python's confirmed figure", confirmed, "<= 120 ms, no slower than stock")
    report("first visit to interactive chart", f"{visit:.2f} s", "<= 2.5 s")


def categorical() -> None:
    """A hand on a slider of /categorical, and its script."""
    with chromium() as browser, serving() as server:
        several = f"{server.url}/categorical?target=distribution"
        classes = {by: drag(browser, f"{several}&classes=10&by={by}", CLASSES, key) for by, key in BY.items()}
        triangle = drag(browser, several, ".st-key-triangle-chart .live-chart[data-ready]", "t2")
    for by, found in classes.items():
        moved = f"{found.drawn_share:.1%}, {found.pointer_to_pixels:.1f} ms, {found.release_to_figure:.0f} ms"
        report(f"10 classes by {by}: drawn, to pixels, to confirmed", moved, ">= 95 %, <= 25 ms")
    report("triangle: frames a second, drawn", f"{triangle.frames_per_second:.1f}, {triangle.drawn_share:.1%}", ">= 30")
    ten = {"classes": "10", "target": "distribution"}
    report("script run of /categorical, 10 classes", f"{1000 * script.measure('categorical', 'p1', ten):.1f} ms", "<= 25 ms")


def network() -> None:
    """A hand on a weight of /network, its script, and the core beneath."""
    with chromium() as browser, serving() as server:
        large = "&".join(f"{name}={value.replace(' ', '+')}" for name, value in SPIRALS.items())
        small = drag(browser, f"{server.url}/network?{AXES}", BARS, "b1_2")
        wide = drag(browser, f"{server.url}/network?{large}&{AXES}", BARS, "b1_2")
    for what, found, target in (
        ("2-4-1 on XOR", small, ">= 95 %, 30, <= 40 ms"),
        ("2-8-8-2 on 200 rows", wide, ">= 15 a second"),
    ):
        moved = f"{found.drawn_share:.1%}, {found.frames_per_second:.0f}, {found.pointer_to_pixels:.1f} ms"
        report(f"{what}: drawn, frames a second, to pixels", moved, target)
    for what, query, target in (("2-4-1", {}, "<= 60 ms"), ("2-8-8-2 on 200 rows", SPIRALS, "(to be found)")):
        report(f"script run of /network, {what}", f"{1000 * script.measure('network', 'w1_1_1', query):.1f} ms", target)
    core = landscape.measure()
    for name, target in (("2-8-8-2", "<= 0.3 s, 1000"), ("4-16-16-4", "<= 1.5 s")):
        report(f"{name}: build, operations", f"{core[f'build {name}']:.2f} s, {core[f'operations {name}']:.0f}", target)
    derived = core.get("sympy.diff ratio 2-2-1")
    against = "not within a minute" if derived is None else f"{derived:.1f} x the operations"
    report("2-2-1 by sympy.diff of the inlined loss", against, "(to be found)")
    surface, torch = core["surface 101x101x4 of 2-4-1"], core.get("torch.vmap 101x101x4 of 2-4-1")
    beside = "no torch here" if torch is None else f"torch.vmap {1000 * torch:.1f} ms"
    report("surface of 101 x 101 over 4 rows", f"{1000 * surface:.1f} ms, {beside}", ">= 1 x torch.vmap")
    report(
        "surface of 51 x 51 over 200 rows, 2-8-8-2", f"{1000 * core['surface 51x51x200 of 2-8-8-2']:.0f} ms", "(to be found)"
    )
    steps = max(seconds for name, seconds in core.items() if name.startswith("1000 steps"))
    report("1,000 steps of 2-8-8-2 on 200 rows, slowest rule", f"{steps:.2f} s", "<= 1.5 s")


def algebra() -> None:
    """Visitors of /algebra, three of whom run what never ends, and a hand on its slider."""
    with serving() as server:
        gradient = algebra_load.gradient(server.port)
        quiet = algebra_load.measure(server.port, endless=0)
        waits = algebra_load.measure(server.port)
        with chromium() as browser:
            moved = drag(browser, f"{server.url}/algebra?chain=differentiate+p", ".live-chart[data-ready]", "at-p")
    for what, alone, beside in zip(("an answer", "a moved slider", "a new operation"), quiet, waits, strict=True):
        late = f"p95 {1000 * beside:.0f} ms (none endless {1000 * alone:.0f})"
        report(f"20 visitors, 3 endless: the others wait for {what}", late, "p95 <= 500 ms")
    found = f"{moved.drawn_share:.1%}, {moved.frames_per_second:.0f}, {moved.pointer_to_pixels:.1f} ms"
    report("/algebra: drawn, frames a second, to pixels", found, ">= 95 %, 55, <= 20 ms")
    report("script run of /algebra", f"{1000 * script.measure('algebra', 'at-p'):.1f} ms", "(to be found)")
    report("gradient of 2-3-3-3, layered, checked and shown", f"{gradient:.2f} s", "<= 2 s")


FIVE = "&".join(f"loss={name}" for name in ("tukey", "general_robust", "huber", "welsch", "cauchy"))


def losses() -> None:
    """A hand on the slider of /losses with five of them, where each is least, its script, and a first visit."""
    with chromium() as browser, serving() as server:
        five = drag(browser, f"{server.url}/losses?{FIVE}", ".st-key-chart .live-chart[data-ready]", "y")
        scaled = drag(browser, f"{server.url}/losses?{FIVE}&scaled=true", ".st-key-chart .live-chart[data-ready]", "c")
        visits = {page: first_visit(browser, f"{server.url}/{page}") for page in ("binary", "losses")}
    for what, found in (("prediction", five), ("scale of five, drawn alike", scaled)):
        moved = f"{found.drawn_share:.1%}, {found.frames_per_second:.0f}, {found.pointer_to_pixels:.1f} ms"
        report(f"five losses, {what}: drawn, frames, to pixels", moved, ">= 95 %, 55, <= 20 ms")
    report("release to Python's confirmed figure", f"{five.release_to_figure:.0f} ms", "<= 120 ms")
    query = {"loss": ["Tukey's biweight loss", "General robust loss", "Huber loss", "Welsch loss", "Cauchy loss"]}
    report("script run of /losses, five losses", f"{1000 * script.measure('losses', 'y', query):.1f} ms", "<= 25 ms")
    report("first visit to /losses", f"{visits['losses']:.2f} s", f"<= that to /binary, {visits['binary']:.2f} s")


def geometry() -> None:
    """A hand on a point in a plane, and on a mask that it paints; and what its 64 inputs cost the script."""
    with chromium() as browser:
        found = {
            "a point in a plane": hands.measure(browser, hands.plane_chart(), ".live-grip"),
            "painting a mask of 8 x 8": hands.measure(browser, hands.mask_chart(), ".live-brush"),
        }
    for what, seen in found.items():
        moved = f"{seen.frames_per_second:.0f}, {seen.pointer_to_pixels:.1f} ms"
        report(f"{what}: frames a second, to pixels", moved, ">= 50, <= 20 ms")
    for what, seconds in hands.scripts().items():
        report(f"{what}: figure and message of a change", f"{1000 * seconds:.1f} ms", "<= 5 ms")


def server() -> None:
    """How many visitors a server holds."""
    with serving() as server:
        middle, _ = load.measure(server.port, 1)
        answered = f"{1000 * script.measure():.1f} ms ({1000 * middle:.0f} ms with messages)"
        report("script run on the server for one change", answered, "<= 15 ms")
        middle, late = load.measure(server.port, 20)
        report("20 sessions, a change a second each", f"median {1000 * middle:.0f}, p95 {1000 * late:.0f} ms", "p95 <= 60 ms")
        middle, late = load.measure(server.port, 100)
        report("100 sessions, one process", f"median {1000 * middle:.0f}, p95 {1000 * late:.0f} ms", "p95 <= 250 ms")
        sessions, late = load.saturation(server.port)
        report("saturates (p95 over 1 s) at", f"{sessions} sessions ({late:.2f} s)", "(to be found)")
        costs = ", ".join(f"{1000 * load.cost(server, page):.1f}" for page in PAGES)
        report(f"a change, ms of a processor: {', '.join(PAGES)}", costs, "(to be found)")
    with serving(Several(2)) as server:
        middle, late = load.measure(server.port, 100)
        report(
            "100 sessions, two processes behind HAProxy",
            f"median {1000 * middle:.0f}, p95 {1000 * late:.0f} ms",
            "p95 <= 250 ms",
        )


def lasting() -> None:
    """What a server does in the long run: a quarter of an hour."""
    with TemporaryDirectory() as folder, serving(log=Path(folder) / "log") as server:
        found = soak.memory(server)
        held = f"{found.before:.0f}, {found.after:.0f} MB ({found.after / found.before - 1:+.1%})"
        report("memory after 150 and 650 sessions came and went", held, "within 5 %")
        report("memory of an open session of /binary", f"{found.session:.2f} MB", "(to be found)")
        done, errors = soak.wander(server)
        report("10 minutes of random actions, all pages: errors", f"{len(errors)} in {done.total():,} actions", "0")
        for line in errors[:5]:
            print(f"    {line}")
    with chromium() as browser, serving() as server:
        back, longest = soak.kills(server, browser)
        report("killed 20 times: came back with its state", f"{back} times, in {longest:.1f} s at most", "20 times")


def core() -> None:
    """The losses on arrays."""
    found = numeric.measure()
    speed = f"{found['ratio']:.2f} x ({1000 * found['ours']:.0f} ms, {1000 * found['theirs']:.0f} ms)"
    report("1,000,000 x 10 logits, loss and gradient, against log_loss", speed, ">= 3 x")


def rows(most: int = 7) -> None:
    """Rows of one's own, from 10^5 to 10^7, as many with weights, and a million of ten classes."""
    sizes = {f"10^{power}": ("binary", 10**power) for power in range(5, most + 1)}
    sizes |= {f"10^{most} with weights": ("weighted", 10**most), "10^6 of 10 classes": ("classes", 10**6)}
    for what, (kind, size) in sizes.items():
        found = own_rows.measure(kind, size)
        plain, busy = found["average"], found[own_rows.PROCESSOR.format("average")]
        logarithm = f"{plain:.3f} s; {found['logarithm']:.3f} s; {found['open']:.2f} s"
        report(f"{what}: a plain avg; avg of ln; open", logarithm, "(beside it)")
        for name in own_rows.ANALYSES:
            of_processor = (found[own_rows.PROCESSOR.format(key)] for key in (name, own_rows.ALONE.format(name)))
            ratios = ", ".join(f"{seconds / busy:.1f} x" for seconds in of_processor)
            report(f"{what}: {name}; processor, alone", f"{found[name]:.3f} s; {ratios}", "<= 3 x avg")
        whole = sum(found[name] for name in own_rows.ANALYSES)
        first, page = (found["open"] + sum(found[name] for name in names) for names in (own_rows.FIRST, own_rows.PAGE))
        taken = f"{first:.2f} s; {page:.2f} s; {whole:.1f} s; {found['memory']:.0f} MB"
        report(f"{what}: first charts; page; all; memory", taken, "2 s, 500 MB")
        if "Polars" in found:
            beside = f"{found['Polars']:.3f} s; {found['load']:.2f} + {found['scikit-learn']:.2f} s"
            report(f"{what}: mean by Polars; load and log_loss", beside, f"ours {found['mean, interval']:.3f} s")


def doctor() -> None:
    """Which cause the doctor names where which fault was committed."""
    table = confusion()
    for cause, counts in table.items():
        others = ", ".join(f"{name} {count}" for name, count in counts.most_common() if name != cause)
        report(cause, f"{counts[cause]} of {counts.total()}", f">= 90 %{f'; else {others}' if others else ''}")
    report("on the diagonal", f"{on_diagonal(table):.1%}", ">= 90 %")
    for told, taken in answer_seconds().items():
        report(told, f"{taken:.2f} s", "< 1 s" if "log" in told else "< 0.3 s")


def fuzz() -> None:
    """Texts that nobody would type, in all notations, COUNT of them: a quarter of an hour for a million, on one processor."""
    found = own_texts.measure()
    for notation, count in found.notations.items():
        report(f"texts in {notation}: read", f"{found.read[notation]:,} of {count:,}", "(beside it)")
    report("neither read nor refused in a sentence", f"{len(found.failures)} of {found.notations.total():,}", "0")
    report("slowest, seconds of a processor", f"{found.slowest[0]:.3f} s", f"<= {own_texts.SECONDS:g} s")


def lessons() -> None:
    """How long the command takes to publish all lessons, and how large a page becomes."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "explorer", "publish", str(out), "--zip", f"{folder}/course.zip"], check=True)
        seconds = time.perf_counter() - start
        sizes = [path.stat().st_size for path in out.glob("*.html")]
        package = (Path(folder) / "course.zip").stat().st_size
    report(f"publish {len(sizes) - 1} lessons, and their package", f"{seconds:.1f} s", "<= 60 s")
    report("the largest page beyond Plotly.js; the package", f"{max(sizes) / 1e3:.0f} kB; {package / 1e6:.1f} MB", "<= 300 kB")


def rows8() -> None:
    """Rows of one's own, up to 10^8."""
    rows(8)


GROUPS: dict[str, Callable[[], None]] = {
    group.__name__: group
    for group in (binary, categorical, network, algebra, losses, geometry, server, core, rows, doctor, lessons)
} | {"soak": lasting}
MORE = {"rows8": rows8, "fuzz": fuzz}
"""Groups that run only where one asks for them."""

if __name__ == "__main__":
    for name in sys.argv[1:] or GROUPS:
        (GROUPS | MORE)[name]()
