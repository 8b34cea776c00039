"""The layers: what each may import, no modules that import each other, what comes along with core or figures."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Container, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("__main__", "app", "main", "server", "pages", "lessons", "live", "views", "figures", "doctor", "rows", "core")
"""From the top down: a layer may import itself and those below it."""


def layer(module: str) -> str | None:
    """Return the layer of a module of this project, None for any other: explorer.core.losses is in core, app in app."""
    first, *rest = module.split(".")
    if first == "explorer":
        return rest[0] if rest else None
    return first if first in {"app", "main"} else None


def imported(source: str, package: str) -> Iterator[str]:
    """Yield each module that source imports, and each name it takes from one, as dotted paths."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), package)
            yield from (f"{module}.{alias.name}" for alias in node.names)


def upward(source: str, module: str) -> list[str]:
    """Return what source, standing in module, imports from a layer above its own."""
    own = LAYERS.index(str(layer(module)))
    layers = ((name, layer(name)) for name in imported(source, module.rpartition(".")[0]))
    return [name for name, its in layers if its is not None and LAYERS.index(its) < own]


def circle(sources: Mapping[str, str]) -> list[str]:
    """Return modules of which each is imported by the one before, the first one again at the end; none if there is no circle.

    Every import counts, one within a function or for types alone as well. A package is called by its own name.
    """
    imports: dict[str, set[str]] = {}
    for module, source in sources.items():
        package = module if any(other.startswith(f"{module}.") for other in sources) else module.rpartition(".")[0]
        names = imported(source, package)
        imports[module] = {within for name in names if (within := inside(name, sources)) not in {None, module}}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def inside(name: str, modules: Container[str]) -> str | None:
    """Return the module that a dotted path leads into, None if it is none of modules."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name or None


PATHS = [*ROOT.glob("*.py"), *(ROOT / "explorer").rglob("*.py")]
MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in PATHS}
SOURCES = {module: path for module, path in MODULES.items() if layer(module) not in {None, "__init__"}}
"""Module -> file, for all that has a layer."""


def test_every_layer_has_modules() -> None:
    assert {layer(module) for module in SOURCES} == set(LAYERS)


@pytest.mark.parametrize("module", SOURCES)
def test_imports_go_one_way(module: str) -> None:
    assert upward(SOURCES[module].read_text(), module) == []


@pytest.mark.parametrize(
    ("source", "module", "found"),
    [
        ("from explorer.pages import link", "explorer.core.losses", ["explorer.pages.link"]),
        ("from explorer import live", "explorer.figures.binary", ["explorer.live"]),
        ("def late():\n    import main", "explorer.pages.binary", ["main"]),
        ("from ..live import live", "explorer.core.losses", ["explorer.live.live"]),
        ("from . import checks", "explorer.core.losses", []),
        ("from explorer.core import losses\nimport numpy", "explorer.figures.binary", []),
    ],
)
def test_an_import_from_above_is_found_however_it_is_written(source: str, module: str, found: list[str]) -> None:
    assert upward(source, module) == found


def test_no_modules_import_each_other() -> None:
    modules = {module.removesuffix(".__init__"): path.read_text() for module, path in MODULES.items()}
    assert circle(modules) == []


@pytest.mark.parametrize(
    ("modules", "found"),
    [
        ({"e.a": "from e import b", "e.b": "import e.c", "e.c": "import numpy"}, []),
        ({"e.a": "from e import b", "e.b": "from e.a import f"}, ["e.a", "e.b", "e.a"]),
        ({"e.a": "from e import b", "e.b": "def f():\n    from e.a import f"}, ["e.a", "e.b", "e.a"]),
        ({"e.a": "from e import b", "e.b": "if TYPE_CHECKING:\n    import e.a"}, ["e.a", "e.b", "e.a"]),
        ({"e": "from e import a", "e.a": "from . import f"}, ["e", "e.a", "e"]),
        ({"e": "from .a import f", "e.a": "from .b import f", "e.b": "from e.a import f"}, ["e.a", "e.b", "e.a"]),
        ({"e.a": "import e.b", "e.b": "import e.c", "e.c": "import e.a"}, ["e.a", "e.b", "e.c", "e.a"]),
        ({"e": "from e import a", "e.a": "from e import b", "e.b": ""}, []),
    ],
)
def test_a_circle_is_found_however_it_is_written(modules: dict[str, str], found: list[str]) -> None:
    assert circle(modules) == found


@pytest.mark.parametrize(
    ("name", "barred"), [("core", {"plotly", "streamlit"}), ("figures", {"streamlit"}), ("views", {"streamlit"})]
)
def test_importing_every_module_of_a_layer_brings_no_library_of_a_layer_above(name: str, barred: set[str]) -> None:
    modules = [module for module in SOURCES if layer(module) == name]
    script = f"import sys, {', '.join(modules)}; print(*{{module.partition('.')[0] for module in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    came_along = set(run.stdout.split())
    assert "numpy" in came_along
    assert came_along.isdisjoint(barred)
