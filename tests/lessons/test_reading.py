"""A lesson's file is read with every answer computed; a broken one is refused with its file, its line and a sentence."""

from __future__ import annotations

import math
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from explorer.lessons import LessonError, lesson, lessons, read
from explorer.lessons.body import article, spec
from explorer.lessons.lesson import Condition, Notes, Predict, Reveal, Shown, Text, Try
from explorer.lessons.words import WORDS, size
from explorer.lessons.writing import Writer
from tests.lessons.sample import SAMPLE


def written(folder: Path, text: str, name: str = "07-sample.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("lessons"), SAMPLE)


def test_what_stands_in_a_file(sample: Path) -> None:
    found = read(sample)
    assert (found.name, found.language, found.title, found.minutes, found.before) == ("sample", "en", "A sample", 10, ())
    assert [step.title for step in found.steps] == ["", "A number", "Others"]
    kinds = [[type(block) for block in step.blocks] for step in found.steps]
    assert kinds == [[Text], [Text, Predict, Reveal, Shown], [Predict, Predict, Predict, Shown, Try, Notes]]


def test_html_stays_text_and_figures_are_computed(sample: Path) -> None:
    found = read(sample)
    texts = [block.html for block in found.blocks if isinstance(block, Text | Reveal | Notes)]
    assert "&lt;b&gt;no markup&lt;/b&gt;" in texts[0]
    assert f'data-value="{math.log(2)!r}">0.6931</span> nats' in texts[1]
    assert "<mn>6.9</mn>" in texts[1]
    assert "10" in texts[1]
    assert "<em><span" in texts[1]
    assert ">1.39</span></em>" in texts[1]
    assert ">1.386</span>" in texts[2]
    assert "<em>first</em>" in texts[3]


def test_answers_are_those_of_the_formula(sample: Path) -> None:
    number, choice, point, sketch = read(sample).predictions
    assert number.answer == pytest.approx(2 * math.log(2), rel=1e-12)
    assert number.tolerance == pytest.approx(0.05 * 2 * math.log(2))
    assert [wrong.value for wrong in number.wrong] == pytest.approx([math.log(2) / 2])
    assert [one.right for one in choice.choices] == [True, False]
    assert point.answer == pytest.approx(1 / math.e)
    assert sketch.curve == pytest.approx(-np.log(np.linspace(0.1, 1, 7)), abs=2e-3)
    assert sketch.tolerance == pytest.approx(0.3)
    assert sketch.canvas
    assert (sketch.canvas.x_title, sketch.canvas.y_title) == ("prediction p", "loss L (nats)")


def test_a_state_to_reach(sample: Path) -> None:
    (attempt,) = (block for block in read(sample).blocks if isinstance(block, Try))
    assert attempt.when == (Condition("L", "=", math.log(2), 0.005), Condition("p", "<", 0.7, 0.005))
    assert attempt.solution == {"p": 0.5}


def test_what_is_tried_stands_in_the_step_of_its_view(tmp_path: Path) -> None:
    path = written(tmp_path, SAMPLE.replace("```try", "## Later\n\n```try"))
    with pytest.raises(LessonError, match=r"A try must stand after a view of its step; there is none before it\.$"):
        read(path)


@pytest.mark.parametrize(
    ("relation", "holding", "others"),
    [("=", [0.995, 1, 1.005], [0.99, 1.01, math.nan]), ("<", [0.9, -math.inf], [1, 1.1, math.nan]),
     (">", [1.1, math.inf], [1, 0.9]), ("<=", [1, 0.9], [1.1]), (">=", [1, 1.1], [0.9, math.nan])],
)  # fmt: skip
def test_a_condition_holds_where_it_says(relation: str, holding: list[float], others: list[float]) -> None:
    condition = Condition("L", relation, 1.0, 0.0051)  # type: ignore[arg-type]
    assert [condition.holds(number) for number in holding] == [True] * len(holding)
    assert [condition.holds(number) for number in others] == [False] * len(others)


BROKEN = [
    ("title: A sample\n", "", "A front matter must have title."),
    ("---\ntitle", "title", "A lesson must begin with --- and end its front matter with ---."),
    ("minutes: 10", "minutes: ten", "minutes must be a whole number from 1 to 240; got ten."),
    ("minutes: 10", "minutes: 10\nlength: 3", "A front matter has no field length."),
    ("half: L of /binary?p=0.5&t=1", "half: 0.6931", "let of a front matter must be lines of `name: quantity`; got"),
    ("half: L of /binary?p=0.5&t=1", "half: L", 'A quantity must be written as "L of /binary?p=0.2&t=1"; got L.'),
    ("half: L of /binary?p=0.5&t=1", "half: M of /binary", "A quantity of /binary must be one of p, t, u, L,"),
    ("half: L of /binary?p=0.5&t=1", "half: L of /binary?p=2", "The address /binary?p=2 holds what its page refuses:"),
    ("half: L of /binary?p=0.5&t=1", "half: L of /nowhere", "An address must begin with a page, one of /binary,"),
    ("{= half}", "{= third}", "An expression must hold names of let: half, quarter; got third."),
    ("{= half}", "{= exp(1000*half)^2}", "An expression must have a finite number; exp(1000*half)^2 has"),
    ("{= half}", "{= __import__('os')}", ""),
    ("kind: number", "kind: guess", "kind must be one of number, choice, point, sketch; got guess."),
    ("unit: nats", "units: nats", "A predict has no field units."),
    ("tolerance: 5 %", "tolerance: near", "A tolerance must be a number from 0, or one with %; got near."),
    ("answer: half/2", "answer: quarter*1.01", "A wrong answer must be more than twice the tolerance, 0.0693147, from"),
    ("show: [chart, numbers]", "show: [curve]", "show must be parts of /binary?p=0.3: chart, numbers,"),
    ("controls: [p]", "controls: [q]", "controls must be sliders of /binary?p=0.3: p, t; got q."),
    ("show: [chart, numbers]", "show: [numbers]", "show must have a chart that follows the sliders, one of chart;"),
    ("quarter = 4*half", "quarter = half + half", "Of the choices the `when` of one alone must hold; 1, 2 of 2 do."),
    ("quarter = 2*half", "quarter = 3*half", "Of the choices the `when` of one alone must hold; none of 2 do."),
    ("quarter = 2*half", "quarter", "A condition must have one of = < > <= >= between two expressions; got quarter."),
    ("answer: exp(-1)", "answer: exp(1)", "The answer must lie on the x axis, from 0 to 1; it is 2.71828."),
    ("chart: chart of /binary?p=0.5&t=1\ncurve: [cross-entropy]\nanswer", "chart: plot of /binary\ncurve: [a]\nanswer",
     'A chart must be written as "chart of /binary", one of chart; got plot.'),
    ("x: [0.1, 1]", "x: [1, 0.1]", "x must be two numbers, the less first, as in [0, 1]; got [1, 0.1]."),
    ("id: curve", "id: place", "Every id must stand once; got place twice."),
    ("id: curve", "id: A b", "An id must be lower-case letters and digits after a letter; got A b."),
    ("when: L = ln(2) and p < 0.7", "when: L > 0", "A try must not hold at its start; it does at /binary?p=0.8."),
    ("solution: /binary?p=0.5&t=1", "solution: /binary?p=0.4&t=1", "A try must hold at its solution; it does not"),
    ("solution: /binary?p=0.5&t=1", "solution: /binary?p=0.5&t=0", "A solution must move sliders of its view alone;"),
    ("when: L = ln(2)", "when: loss = ln(2)", "A try must begin with a quantity of /binary?p=0.8; got loss."),
    ("```notes", "```note", "A block must be one of view, predict, reveal, try, notes; got note."),
    ("say: A coin.", "say: [A coin", "YAML must be readable:"),
]  # fmt: skip


def line_of(change: int) -> int:
    """Where a complaint points: the first line of the block that holds a change, or its paragraph, or that of the file."""
    lines = SAMPLE[:change].split("\n")
    if SAMPLE[:change].count("---\n") < 2:
        return 1
    fences = [k for k, line in enumerate(lines, 1) if line.startswith("```")]
    return fences[-1] + 1 if len(fences) % 2 else len(lines)


@pytest.mark.parametrize(("before", "after", "sentence"), BROKEN, ids=[after for _, after, _ in BROKEN])
def test_a_broken_lesson_gets_file_line_and_sentence(tmp_path: Path, before: str, after: str, sentence: str) -> None:
    assert SAMPLE.count(before) >= 1
    path = written(tmp_path, SAMPLE.replace(before, after, 1))
    with pytest.raises(LessonError) as caught:
        read(path)
    said = str(caught.value)
    assert said.startswith(f"{path}:")
    assert "YAML" in sentence or int(said.split(":")[1]) == line_of(SAMPLE.index(before))
    assert sentence in said


@pytest.mark.parametrize("text", ["", "---", "no lesson", "---\n---\n", "---\n[]\n---\n", "---\n- a\n---\n", "x" * 200_001])
def test_what_is_no_lesson_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(LessonError, match="must"):
        read(written(tmp_path, text))


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"---\n\xff")
    with pytest.raises(LessonError, match=r":1: A lesson must be UTF-8 text; byte 5 is not\.$"):
        read(path)


def test_lines_of_another_system_are_read(tmp_path: Path) -> None:
    path = tmp_path / "sample.md"
    path.write_bytes(SAMPLE.replace("\n", "\r\n").encode())
    assert len(read(path).predictions) == 4


def test_names_that_there_are_not_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^A lesson must be one of .*; got \.\./x\.$"):
        lesson("../x")
    with pytest.raises(ValueError, match=r"^A language must be one of en, de; got xx\.$"):
        lessons("xx")


def test_what_stands_after_a_question_waits_for_its_answer(tmp_path: Path) -> None:
    found = article(read(written(tmp_path, SAMPLE)), href=lambda address: address, home="lessons")
    assert found.count("data-view='0' data-screen='1' data-reveal='quarter' hidden>") == 1
    assert found.count("data-view='1' data-screen='3' data-reveal='curve' hidden>") == 1
    assert found.count("data-try='coin' data-of='1' data-screen='3' data-reveal='curve' hidden>") == 1
    early = SAMPLE.replace("```predict\nid: quarter", "```view\naddress: /binary\n```\n\n```predict\nid: quarter")
    assert "data-view='0' data-screen='0'>" in article(
        read(written(tmp_path, early)), href=lambda address: None, home="lessons"
    )


@pytest.mark.parametrize(
    ("latex", "apart"),
    [
        ("-\\ln p", 1),
        ("\\log_2 x", 1),
        ("\\ln^2 p", 1),
        ("\\ln\\frac{1}{p}", 1),
        ("\\ln(p)", 0),
        ("\\log_2(x)", 0),
        ("\\ln 3 + \\exp x", 2),
    ],
)
def test_a_function_stands_apart_from_what_it_is_applied_to(latex: str, apart: int) -> None:
    shown = Writer(float).line(f"${latex}$")
    assert shown.count("<mspace") == apart
    ElementTree.fromstring(shown)


def test_a_choice_that_is_a_formula_has_a_name(tmp_path: Path) -> None:
    formula = SAMPLE.replace("text: twice", "text: $1/p - 1$")
    found = article(read(written(tmp_path, formula)), href=lambda address: address, home="lessons")
    assert "aria-label='1&#x0002F;p&#x02212;1'" in found
    assert "aria-label='four times'" in found


@pytest.mark.parametrize(("language", "mark"), [("en", "."), ("de", ",")])
def test_numbers_are_written_as_the_language_does(tmp_path: Path, language: str, mark: str) -> None:
    found = read(written(tmp_path, SAMPLE), language)
    texts = "".join(block.html for block in found.blocks if isinstance(block, Text | Reveal))
    assert f">0{mark}6931</span> nats" in texts
    assert f"<mn>6{mark}9</mn>" in texts
    assert spec(found)["predictions"]["quarter"]["shown"] == f"1{mark}386 nats"
    assert f"aria-label='{WORDS[language]['handle']} 0{mark}25'" in article(found, href=lambda address: None, home="lessons")
    assert mark in WORDS[language]["number"]


def test_one_of_them_is_no_plural() -> None:
    assert [size(language, 10, 1) for language in WORDS] == ["10 minutes · 1 prediction", "10 Minuten · 1 Vorhersage"]
    assert size("en", 1, 2) == "1 minute · 2 predictions"
