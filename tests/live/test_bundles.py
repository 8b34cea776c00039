"""What a browser gets is what the sources say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explorer.live.assets import BUILT, script
from tests.live.scripts import SOURCES, build


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    build(folder)
    return folder


def test_the_committed_scripts_are_built_of_the_present_sources(built: Path) -> None:
    """Else: `make scripts`."""
    anew = {path.name: path.read_bytes() for path in built.iterdir()}
    assert {path.name: path.read_bytes() for path in BUILT.iterdir()} == anew
    assert anew.keys() == {path.name for path in SOURCES.glob("*.js")}


def test_a_script_imports_nothing_by_a_fixed_place() -> None:
    """What a component sends stands at no address from which it could."""
    for path in SOURCES.glob("*.js"):
        assert re.findall(r"\b(?:import|from)\s*['\"]", script(path.stem)) == []
        assert "</script" not in script(path.stem)
