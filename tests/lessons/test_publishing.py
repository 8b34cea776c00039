"""What is published: a folder that is whole, pages that run nothing of an author's, and a package for a course system."""

from __future__ import annotations

import math
import re
import socket
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html import unescape
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

import explorer
from benchmarks.server import ROOT
from explorer.__main__ import main
from explorer.lessons import Lesson, LessonError, lesson, lessons, preview, read
from explorer.lessons.publishing import Page, beside, page, pages, publish
from explorer.lessons.scorm import MANIFEST, manifest, pack
from tests.lessons.sample import SAMPLE
from tests.live.test_standalone import HOSTILE, Elements

BIGGEST = 300_000
"""Bytes of a page, beyond Plotly.js."""
VIEWS = ("/categorical?classes=3&target=distribution", "/network?sizes=2-8-8-2&data=spirals&rows=200")
NAMES = {"": "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2"}
TYPE = f"{{{NAMES['adlcp']}}}scormtype"


def written(folder: Path, text: str = SAMPLE, name: str = "07-sample.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    return read(written(tmp_path_factory.mktemp("lessons")))


@pytest.fixture(scope="module")
def shown(sample: Lesson) -> list[Page]:
    """A lesson and three views, two of one page."""
    return pages([sample], [explorer.view(address) for address in ("/binary?p=0.2", "/categorical", "/binary?p=0.3")])


def links(html: str) -> set[str]:
    return {unquote(str(given["href"])) for tag, given in Elements(html).found if tag == "a" and given.get("href")}


def test_a_folder_holds_its_pages_and_plotly_once(tmp_path: Path, sample: Lesson) -> None:
    views = [explorer.view("/binary?p=0.2"), explorer.view("/binary?p=0.3")]
    found = publish(tmp_path / "new" / "out", [sample], views=views)
    assert [path.name for path in found] == [
        "index.html", "sample.html", "binary.html", "binary-2.html", "plotly-cartesian.min.js",
    ]  # fmt: skip
    assert sorted(found) == sorted((tmp_path / "new" / "out").iterdir())
    index = found[0].read_text(encoding="utf-8")
    assert links(index) == {"sample.html", "binary.html", "binary-2.html"}
    assert all("index.html" in links(path.read_text(encoding="utf-8")) for path in found[1:4])
    lesson_page = found[1].read_text(encoding="utf-8")
    asked = [given["data-predict"] for _, given in Elements(lesson_page).found if "data-predict" in given]
    assert asked == [one.id for one in sample.predictions]


def test_a_published_page_leads_into_the_application_where_that_is_named(sample: Lesson) -> None:
    app = "https://explorer.example.org/"
    _, one, other = pages([sample], [explorer.view("/binary?p=0.25")], app=app)
    assert links(one.html) == {"index.html", f"{app}binary?p=0.3", f"{app}binary?p=0.8"}
    assert links(other.html) == {"index.html", f"{app}binary?p=0.25"}
    assert links(page(sample)) == {"index.html"}


@pytest.mark.parametrize("name", lessons())
def test_a_lesson_is_small(name: str) -> None:
    assert len(page(lesson(name)).encode()) < BIGGEST


def test_a_view_is_small() -> None:
    sizes = {one.title: len(one.html.encode()) for one in pages([], [explorer.view(address) for address in VIEWS])}
    assert {title: size for title, size in sizes.items() if size >= BIGGEST} == {}


def test_a_page_of_something_else_stays(tmp_path: Path, sample: Lesson) -> None:
    own = tmp_path / "index.html"
    own.write_text("<title>Mine</title>", encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(f"{own} is a page of something else; choose another folder.")):
        publish(tmp_path, [sample])
    assert list(tmp_path.iterdir()) == [own]
    own.unlink()
    assert publish(tmp_path, [sample]) == publish(tmp_path, [sample])


def test_two_pages_of_one_name_are_refused(sample: Lesson) -> None:
    with pytest.raises(ValueError, match=re.escape("Every page must have a name of its own; got sample.html twice.")):
        pages([sample, sample])
    with pytest.raises(ValueError, match=re.escape("Every page must have a name of its own; got sample.html twice.")):
        pages([sample, replace(sample, name="Sample")])


def test_what_an_author_wrote_never_becomes_script(tmp_path: Path) -> None:
    hostile = HOSTILE.replace("{{spec}}", "{{policy}}")
    text = SAMPLE.replace("title: A sample", f"title: {hostile!r}".replace("\\'", "''"))
    for plain in (
        "Before the first heading",
        "Twice:",
        "Ask *first*.",
        "## A number",
        "How large",
        "It adds.",
        "twice",
        "A coin.",
    ):
        assert plain in text
        text = text.replace(plain, f"{plain} [x](javascript:alert(3)) {hostile}".replace("\n", " "), 1)
    text = text.replace("unit: nats", "unit: <script>alert(4)</script>")
    path = written(tmp_path, text, "07-'><script>alert(5)<&script>.md")
    _, own, _ = found = pages([read(path)], [explorer.view("/binary")])
    for one in found:
        elements = Elements(one.html)
        assert elements.count("script") == (0 if one.kind == "index" else 3)
        assert elements.count("img") == 0
        assert not any(name.startswith("on") for _, given in elements.found for name in given)
        assert not any(str(given.get("href")).startswith("javascript") for _, given in elements.found)
    assert own.html.count("alert(1)") > 8
    assert ElementTree.fromstring(manifest(found)).findall(".//item", NAMES)[0].findtext("title", "", NAMES) == hostile


def test_the_policy_admits_one_script_and_plotly(shown: list[Page]) -> None:
    for one in shown:
        (policy,) = map(unescape, re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', one.html))
        inline = re.findall(r'<script type="module">(.*?)</script>', one.html, re.DOTALL)
        hashes = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in inline]
        parts = dict(part.split(maxsplit=1) for part in policy.split("; "))
        assert parts["default-src"] == "'none'"
        assert parts["script-src"].split() == [*hashes, *([] if one.kind == "index" else ["'self'"]), "blob:"]
        assert parts["img-src"] == "data: blob:"
        assert "connect-src" not in parts
        outside = re.findall(r'<script src="([^"]*)">', one.html)
        assert outside == ([one.plotly.name] if one.plotly else [])


def test_a_package_lists_what_is_in_it(tmp_path: Path, shown: list[Page]) -> None:
    pack(tmp_path / "course.zip", shown)
    pack(tmp_path / "again.zip", shown)
    assert (tmp_path / "course.zip").read_bytes() == (tmp_path / "again.zip").read_bytes()
    with ZipFile(tmp_path / "course.zip") as package:
        assert package.testzip() is None
        names = package.namelist()
        root = ElementTree.fromstring(package.read(MANIFEST))
        assert package.read("sample.html").decode() == shown[1].html
    assert names[0] == MANIFEST
    assert root.tag == f"{{{NAMES['']}}}manifest"
    assert [child.tag.partition("}")[2] for child in root] == ["metadata", "organizations", "resources"]
    assert (root.findtext("metadata/schema", "", NAMES), root.findtext("metadata/schemaversion", "", NAMES)) == (
        "ADL SCORM",
        "1.2",
    )
    (course,) = root.findall("organizations/organization", NAMES)
    assert root.find("organizations", NAMES) is not None
    assert [node.get("default") for node in root.findall("organizations", NAMES)] == [course.get("identifier")]
    resources = {str(node.get("identifier")): node for node in root.findall("resources/resource", NAMES)}
    items = [(node.findtext("title", "", NAMES), str(node.get("identifierref"))) for node in course.findall("item", NAMES)]
    assert [title for title, _ in items] == [one.title for one in shown[1:]]
    assert [resources[name].get(TYPE) for _, name in items] == ["sco", "asset", "asset", "asset"]
    assert [resources[name].get("href") for _, name in items] == [one.href for one in shown[1:]]
    for node in resources.values():
        assert node.get("type") == "webcontent"
        assert node.get("href") == [file.get("href") for file in node.findall("file", NAMES)][0]
        assert {need.get("identifierref") for need in node.findall("dependency", NAMES)} <= set(resources)
    listed = [unquote(str(file.get("href"))) for file in root.findall(".//file", NAMES)]
    assert sorted(listed) == sorted(set(names) - {MANIFEST})
    identifiers = [node.get("identifier") for node in root.iter() if node.get("identifier")]
    assert len(identifiers) == len(set(identifiers))
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", str(name)) for name in identifiers)
    assert {path.name for path in beside(shown)} <= set(names)


def test_the_command_writes_lessons_views_and_a_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, package = tmp_path / "out", tmp_path / "course.zip"
    views = ["--view", "/binary?p=2", "--view", "/losses?loss=hinge"]
    assert main(["publish", str(out), *views, str(written(tmp_path)), "--zip", str(package)]) == 0
    said = capsys.readouterr()
    assert said.out == f"{out}: 5 files; open {out / 'index.html'}.\n"
    assert said.err == f"{explorer.view('/binary?p=2').refused[0]}\n"
    assert sorted(path.name for path in out.iterdir()) == [
        "binary.html", "index.html", "losses.html", "plotly-cartesian.min.js", "sample.html",
    ]  # fmt: skip
    with ZipFile(package) as held:
        assert set(held.namelist()) == {MANIFEST, *(path.name for path in out.iterdir())}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.md"], "none.md: No such file or directory.\n"),
        (["broken.md", "--view", "/nothing"], "broken.md:1: A lesson must begin with ---"),
        (["--language", "xx"], "A language must be one of"),
        (["broken.md", "--language", "xx"], "A language must be one of"),
        (["surprise", "--view", "/nothing"], "An address must begin with a page"),
    ],
)
def test_what_cannot_be_published_gets_a_sentence_and_writes_nothing(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "no lesson", "broken.md")
    assert main(["publish", "out", *arguments]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err[: len(said)]) == ("", said)
    assert not (tmp_path / "out").exists()


def test_a_lesson_that_is_written_is_shown_as_it_is_now(tmp_path: Path) -> None:
    file = written(tmp_path)
    assert "data-lesson='sample'" in preview.shown(file, "en")
    first = preview.version(file)
    written(tmp_path, SAMPLE.replace("kind: number", "kind: <guess>"))
    assert preview.version(file) != first
    broken = preview.shown(file, "en")
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', broken)
    assert "script-src 'self' blob:;" in policy
    assert policy.endswith("; connect-src 'self'")
    line = 1 + SAMPLE[: SAMPLE.index("```predict")].count("\n") + 1
    assert f"{file}:{line}: " in broken
    assert "&lt;guess&gt;" in broken
    file.unlink()
    assert preview.version(file) == "none"
    assert f"{file} cannot be read: No such file or directory." in preview.shown(file, "en")


@pytest.mark.parametrize(
    ("plain", "text", "said"),
    [
        ("before: []", "before: [\x00]", "YAML must be readable: special characters are not allowed."),
        ("Ask *first*.", "![a](b.png)", "A lesson must show pictures as views; got the image b.png."),
    ],
)
def test_what_a_lesson_may_not_hold(plain: str, text: str, said: str, tmp_path: Path) -> None:
    path = written(tmp_path, SAMPLE.replace(plain, text))
    with pytest.raises(LessonError, match=re.escape(said)):
        read(path)


def test_the_example_of_the_manual_is_a_lesson(tmp_path: Path) -> None:
    manual = (ROOT / "docs" / "lessons.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"````markdown\n(.*?)````", manual, re.DOTALL)
    found = read(written(tmp_path, example))
    assert found.minutes == 10
    assert [one.answer for one in found.predictions] == pytest.approx([2 * math.log(2)])


def test_options_that_there_are_not_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["publish", "out", "surprise", "--nothing"], ["view", "/binary", "--json", "more"]):
        with pytest.raises(SystemExit):
            main(arguments)
        assert f"error: unrecognized arguments: {arguments[-1]}" in capsys.readouterr().err


def test_what_cannot_be_shown_is_not_served(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(written(tmp_path))
    assert main(["lesson", file, "--language", "xx"]) == 2
    assert capsys.readouterr().err.startswith("A language must be one of")
    with socket.create_server((preview.HOST, 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["lesson", file, "--port", str(port)]) == 2
    assert capsys.readouterr().err == f"Port {port} cannot be had; choose another by --port.\n"
    assert main(["lesson", str(tmp_path / "none.md")]) == 2
    assert capsys.readouterr().err == f"There is no file {tmp_path / 'none.md'}.\n"
