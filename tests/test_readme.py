"""What the README says of the project's layout is so."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
LAYOUT = (ROOT / "README.md").read_text().partition("## Layout\n\n```\n")[2].partition("```")[0]
LAYERS = {path.name for path in (ROOT / "explorer").iterdir() if path.is_dir() and path.name != "__pycache__"}


def named() -> list[tuple[str, str]]:
    """The files and folders that the layout names, each with the folder that its line begins with."""
    found, layer, folder = [], "", ""
    for line in LAYOUT.splitlines():
        heading = re.match(r"(|  )(\S+/) ", line)
        if heading and heading[1]:
            folder = layer + heading[2]
        elif line[0] != " ":
            layer = folder = heading[2] if heading else ""
        elif re.match(r"  \S", line):
            folder = layer
        found += [(folder, name) for name in re.findall(r"[\w./]+(?:\.py|/)(?=[ ,;:\n]|$)", line)]
    return found


def test_every_file_and_folder_that_the_layout_names_is_there() -> None:
    names = named()
    assert len(names) > 40
    outer = {folder: folder.rstrip("/").rpartition("/")[0] for folder, _ in names}  # a folder is named in its own line
    missing = [name for folder, name in names if not any((ROOT / at / name).exists() for at in ("", folder, outer[folder]))]
    assert missing == []


def test_the_layout_names_every_layer() -> None:
    assert {name for name in LAYERS if f"explorer/{name}/" not in LAYOUT} == set()
