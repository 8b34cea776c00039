"""The words of all sentences and public cases, from which `explorer.doctor.reading.telling` learns.

`python -m tests.doctor.heard` writes them, after a case, a sentence, a mention or a kind was added.
"""

from __future__ import annotations

from pathlib import Path

from explorer.doctor.reading import languages, lines, telling
from explorer.doctor.sayings import SAYINGS
from tests.doctor.cases import CASES

FILE = Path(telling.__file__).with_name("heard.txt")


def of_sayings() -> list[str]:
    """Return a line for each sentence: its cause, a tab, its words."""
    return [line(cause, sentence) for cause, said in SAYINGS.items() for sentence in said]


def of_cases() -> dict[str, str]:
    """Return the same for each public case, in English and without the lines of its log."""
    prose = {thread: _prose(text) for thread, (text, _, _) in CASES.items()}
    return {thread: line(CASES[thread][2], text) for thread, text in prose.items() if telling.words(text)}


def _prose(text: str) -> str:
    return "\n".join(each for each in languages.in_english(text).splitlines() if not lines.is_row(each))


def line(cause: str, text: str) -> str:
    """Return a cause, a tab, and the words of a text."""
    return f"{cause}\t{' '.join(sorted(telling.words(text)))}"


def written() -> str:
    """Return the file as it has to be."""
    return "".join(f"{each}\n" for each in (*of_sayings(), *of_cases().values()))


if __name__ == "__main__":
    FILE.write_text(written(), "utf-8")
