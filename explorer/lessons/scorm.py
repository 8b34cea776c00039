"""A published folder as a package for a course system (LMS), by SCORM 1.2: a zip with a list of what is in it.

Each lesson is a part of the course of its own (a SCO), whose script says how far somebody is (`parts/scorm.js`); views are
parts that say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from explorer.lessons.publishing import Page, beside

MANIFEST = "imsmanifest.xml"
_KIND = {"lesson": "sco", "view": "asset", "index": "asset"}
_DAY = (1980, 1, 1, 0, 0, 0)
"""Of every file in a package, so that the same pages make the same package."""


def pack(file: Path, shown: Sequence[Page]) -> None:
    """Write pages, what stands beside them and the list of them all as a zip.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    content = {MANIFEST: manifest(shown).encode()}
    content |= {one.file: one.html.encode() for one in shown}
    content |= {path.name: path.read_bytes() for path in beside(shown)}
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, data in content.items():
            info = ZipInfo(name, _DAY)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
            package.writestr(info, data)


def manifest(shown: Sequence[Page]) -> str:
    """Return the list of a package's parts and files: a manifest of IMS Content Packaging 1.1.2, as SCORM 1.2 has it."""
    named = {f"page-{k}": one for k, one in enumerate(shown)}
    libraries = {path: f"library-{k}" for k, path in enumerate(beside(shown))}
    parts = {name: one for name, one in named.items() if one.kind != "index"}
    title = next(iter(parts.values())).title if len(parts) == 1 else f"Loss Explorer: {shown[0].title}"
    items = "".join(
        f'<item identifier="part-{name}" identifierref="{name}" isvisible="true"><title>{escape(one.title)}</title></item>'
        for name, one in parts.items()
    )
    resources = "".join(_resource(name, one, libraries) for name, one in named.items()) + "".join(
        f'<resource identifier="{name}" type="webcontent" adlcp:scormtype="asset" href="{path.name}">'
        f'<file href="{path.name}"/></resource>'
        for path, name in libraries.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<manifest identifier="loss-explorer" version="1.0" '
        'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">'
        "<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>"
        f'<organizations default="course"><organization identifier="course"><title>{escape(title)}</title>{items}'
        f"</organization></organizations><resources>{resources}</resources></manifest>\n"
    )


def _resource(name: str, page: Page, libraries: dict[Path, str]) -> str:
    needs = f'<dependency identifierref="{libraries[page.plotly]}"/>' if page.plotly else ""
    return (
        f'<resource identifier="{name}" type="webcontent" adlcp:scormtype="{_KIND[page.kind]}" href="{page.href}">'
        f'<file href="{page.href}"/>{needs}</resource>'
    )
