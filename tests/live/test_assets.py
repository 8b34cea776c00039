"""What a browser fetches first: compressed once, unchanged, and all of it asked for at once."""

from __future__ import annotations

import asyncio
import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from plotly.offline import get_plotlyjs_version
from starlette.routing import Router
from starlette.types import Message, Receive, Scope, Send

from explorer.core.network import Network
from explorer.core.network_view import network_view
from explorer.figures.lazy import specification
from explorer.figures.network import surface_figure
from explorer.live import assets, front_end
from explorer.live.data import plotly_for

MODULES = front_end.FRONT_END / "static" / "js"


async def beyond(scope: Scope, receive: Receive, send: Send) -> None:
    """An application behind the middleware, which answers everything."""
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b"beyond"})


def get(path: str, encoding: str = "gzip, deflate", method: str = "GET") -> tuple[dict[str, str], bytes]:
    """Return headers and body of the answer to a request."""
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.Event().wait()  # nobody hangs up
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {
        "type": "http", "path": path, "method": method, "headers": [(b"accept-encoding", encoding.encode())],
    }  # fmt: skip
    application = front_end.FrontEnd(Router(front_end.routes(), default=beyond))
    with ThreadPoolExecutor(1) as apart:  # this thread may have a loop already: the one that drives a browser
        apart.submit(asyncio.run, application(scope, receive, send)).result()
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return headers, b"".join(message.get("body", b"") for message in sent[1:])


FILES = {
    "Streamlit's script": next(MODULES.glob("index.*.js")),
    "Streamlit's style": next((front_end.FRONT_END / "static" / "css").glob("index.*.css")),
    "Plotly": assets.PLOTLY,
    "all of Plotly": assets.PLOTLY_WHOLE,
    "the chart": assets.LIVE,
}


def place(path: Path) -> str:
    """Where the application serves a file."""
    streamlits = path.is_relative_to(front_end.FRONT_END)
    return f"/{path.relative_to(front_end.FRONT_END)}" if streamlits else f"/{assets.address(path).partition('?')[0]}"


@pytest.mark.parametrize("path", FILES.values(), ids=FILES)
def test_a_file_arrives_as_it_is_compressed_where_the_browser_takes_that(path: Path) -> None:
    headers, packed = get(place(path))
    assert headers["content-encoding"] == "gzip"
    assert headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(packed) == path.read_bytes()
    assert len(packed) < 0.5 * path.stat().st_size
    headers, plain = get(place(path), encoding="identity")
    assert "content-encoding" not in headers
    assert plain == path.read_bytes()
    assert headers["content-type"].split(";")[0] == ("text/css" if path.suffix == ".css" else "text/javascript")


def test_a_file_is_compressed_once() -> None:
    get(place(assets.PLOTLY))
    before = front_end.compressed.cache_info()
    get(place(assets.PLOTLY))
    after = front_end.compressed.cache_info()
    assert (after.misses, after.hits) == (before.misses, before.hits + 1)


def test_what_has_its_version_in_its_address_is_kept_and_what_has_not_is_asked_for_again() -> None:
    kept = {name: get(place(path))[0]["cache-control"] for name, path in FILES.items()}
    assert kept.pop("the chart") == "no-cache"
    assert set(kept.values()) == {"public, max-age=31536000, immutable"}


@pytest.mark.parametrize(
    ("path", "method"),
    [("/static/js/none.js", "GET"), ("/static/js/../../index.html", "GET"), (place(FILES["Plotly"]), "POST")],
)
def test_any_other_request_is_passed_on(path: str, method: str) -> None:
    assert get(path, method=method)[1] == (b"beyond" if method == "GET" else b"Method Not Allowed")


def test_every_element_that_pages_open_with_is_fetched_ahead_with_what_it_imports_and_nothing_twice() -> None:
    head = front_end.INDEX + front_end.preloads()
    fetched = re.findall(r'(?:href|src)="\./([^"]+\.js(?:\?[^"]*)?)"', head)
    assert len(set(fetched)) == len(fetched)
    for name in front_end.FIRST:
        (module,) = (path for path in MODULES.glob(f"{name}.*.js"))
        imported = re.findall(r'"\./([\w.-]+\.js)"', re.sub(r"import\([^)]*\)", "", module.read_text()))
        assert {f"static/js/{file}" for file in (module.name, *imported)} <= set(fetched)
    assert {assets.address(path) for path in (assets.LIVE, assets.PLOTLY)} <= set(fetched)


def test_both_plotlys_are_of_one_version() -> None:
    versions = [
        re.search(r"v([\d.]+)", path.read_text(encoding="utf-8")[:200]) for path in (assets.PLOTLY, assets.PLOTLY_WHOLE)
    ]
    assert [found and found[1] for found in versions] == [get_plotlyjs_version()] * 2


@pytest.mark.parametrize("solid", [False, True])
def test_only_a_chart_of_three_dimensions_needs_all_of_plotly(solid: bool) -> None:
    network = Network((2, 2, 1))
    view = network_view(network, network.weights[0])
    values, rows = dict.fromkeys(network.weights, 0.5), {"x1": [0.0], "x2": [1.0], "t1": [1.0]}
    first, second, *_ = network.weights
    figure = surface_figure(view.program, values, rows, (first, second), 3.0, None, (0, 1), solid=solid)
    kinds = {trace["type"] for trace in specification(figure)["data"]}
    assert kinds == ({"surface", "scatter3d"} if solid else {"contour", "scatter"})
    assert plotly_for(figure) == (assets.PLOTLY_WHOLE if solid else assets.PLOTLY)


def test_what_css_lays_out_by_its_key_is_no_control_of_any_page() -> None:
    """A control's key is its name in the address: the field "facts" of one page was squeezed as another page's "facts" are."""
    root = Path(assets.__file__).parents[1]
    laid_out = set(re.findall(r"\.st-key-([\w-]+)", (root / "live" / "live.css").read_text(encoding="utf-8")))
    made = r"(?:Flag|Choice|Number|Text|Several)\(\s*\"([\w-]+)\""
    names = {name for path in (root / "views").rglob("*.py") for name in re.findall(made, path.read_text(encoding="utf-8"))}
    assert {"facts", "estimate", "typed"} <= names
    assert laid_out & names == set()
