"""Cuts typed text into words: numbers, names and signs, each with its place. For Python and the Wolfram Language."""

from __future__ import annotations

import re
from typing import NamedTuple, NoReturn

from explorer.core.algebra.reading.calls import CALLS
from explorer.core.algebra.reading.words import ACCENTED, ACCENTS, GREEK, SUBSCRIPTS

MODULES = (
    "np", "numpy", "jnp", "jax", "torch", "tf", "tensorflow", "math", "Math", "cmath", "F", "K", "nn", "keras", "backend",
    "ops", "scipy", "special", "sp", "sympy", "sm", "mpmath", "functional", "linalg", "stats", "random", "optax", "xp", "mx",
)  # fmt: skip
"""What stands with a dot before a function's name in Python."""
OPERATORS = {
    "**": "^",
    "·": "*",
    "⋅": "*",
    "∗": "*",
    "×": "*",
    "÷": "/",
    "∕": "/",
    "⁄": "/",
    "−": "-",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "⩵": "==",
    "∧": "&",
    "∨": "or",
}
SUPERSCRIPTS = {"²": 2, "³": 3}
FRACTIONS = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅛": (1, 8)}
TOTALS = ("mean", "sum")
"""What an array is asked for with a dot, as for every function: x.abs() is abs(x), and x.mean() its mean over rows."""
_ALLOWED = "allowed are numbers, names, functions, + - * / ^ and brackets"
_LETTERS = "".join(GREEK)
_BELOW = "".join(SUBSCRIPTS)
_TOKEN = re.compile(
    rf"""(?P<space>[ \t\r\n]+)
    | (?P<number>(?:(?P<whole>[0-9]+)\.?(?P<part>[0-9]*)|\.(?P<only>[0-9]+))
        (?:`[0-9]*)? (?:(?:\*\^|[eE])(?P<power>[+-]?[0-9]+))?)
    | (?P<fraction>[{"".join(FRACTIONS)}])
    | (?P<normal>(?:scipy\.|stats\.|st\.|special\.)*norm\.(?:logcdf|cdf)(?=\())
    | (?P<module>(?:(?:{"|".join(MODULES)})\.)+(?=[A-Za-z]))
    | (?P<method>\.[A-Za-z_][A-Za-z0-9_]*)
    | (?P<greek>\\\[[A-Z][a-z]+\])
    | (?P<name>(?:[A-Za-z{_LETTERS}][{"".join(ACCENTS)}]|[{"".join(ACCENTED)}{_LETTERS}])[0-9]*(?:_[A-Za-z0-9_]*)?[{_BELOW}]*
        |[A-Za-z][A-Za-z0-9_]*[{_BELOW}]*|√)
    | (?P<sign>\*\*|//|&&|<=|>=|==|!=|[-+*/^(),\[\]{{}}|‖!<>=&·⋅∗×÷∕⁄−²³≤≥≠⩵∧∨'])
    | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_NORMAL = {"cdf": "ndtr", "logcdf": "log_ndtr"}
"""What scipy.stats.norm is asked for."""
_REFUSED = {
    '"': "Text in quotes is not allowed",
    "'": "Text in quotes is not allowed",
    "=": "An equals sign is not allowed",
    ":": "A colon is not allowed: of a function write only what it returns",
    ".": "A dot may only stand in a number, or after np, torch and the like",
    "_": "A name must start with a letter",
    "`": "A backtick may only follow a number",
    "//": "Division is written with one slash",
    "∞": "∞ is not allowed, as numbers must be finite",
    "∑": "∑ is not read here: write mean(...) over rows, or every term",
    "@": "A product of arrays is not read: write w1*x1 + w2*x2",
}


class Token(NamedTuple):
    """A word: its kind is number, name or end, or the sign itself.

    A name has its indices. `detail` tells more: a module stood before it, or in LaTeX it is a function, a letter or a word.
    """

    kind: str
    text: str
    start: int
    end: int
    indices: tuple[str, ...] = ()
    detail: str = ""


class Refusal(ValueError):
    """A text that cannot be read, by a whole sentence."""


def cut(text: str, length: int = 20) -> str:
    """Return text as far as a message has room for it."""
    return text if len(text) <= length else f"{text[:length]}..."


def refuse(what: str, start: int) -> NoReturn:
    """Refuse what stands at a place."""
    raise Refusal(f"{what}, at character {start + 1}.")


def keep_value(values: dict[str, str], name: str, bracket: str, start: int) -> None:
    """Keep what a name is a function of; refuse one that is a function of something else as well."""
    written = re.sub(r"\\(left|right|[bB]igg?[lr]?)(?![A-Za-z])|\\[,;:! ]|\s", "", bracket)
    if values.setdefault(name, written) != written:
        shown = cut(name)
        refuse(f"{shown}{cut(values[name])} and {shown}{cut(written)} are two values: write {shown}_1 and {shown}_2", start)


def split(text: str) -> list[Token]:
    """Return the words of a text, and an end.

    Raises
    ------
    Refusal
        At the first character that no word begins with.
    """
    tokens: list[Token] = []
    module = ""
    for match in _TOKEN.finditer(text):
        kind, word, start = str(match.lastgroup), match[0], match.start()
        if kind == "space":
            continue
        if kind == "method":
            _check_method(text, word, start)
            word = word[1:]
        before = tokens[-1] if tokens and tokens[-1].end == start else None
        if word == "'" and before and before.kind in ("name", ")", "'"):
            refuse(
                f"{before.text if before.kind == 'name' else '...'}' has a prime, which is no part of a name: write x_1 or dx",
                start,
            )
        if kind == "other" or word in ("//", "'"):
            refuse_sign(text, word, start)
        if kind == "module":
            module = word
            continue
        if kind == "normal":
            tokens.append(Token("name", _NORMAL[word.rpartition(".")[2]], start, match.end(), (), "module"))
            module = ""
            continue
        if kind == "name":
            tokens.append(_name(word, start, match.end(), module))
        elif kind == "fraction":
            tokens.append(Token("number", word, start, match.end()))
        elif kind == "greek":
            tokens.append(Token("name", _wolfram_letter(word, start), start, match.end()))
        elif kind == "sign":
            sign = OPERATORS.get(word, word)
            tokens.append(Token("&" if sign == "&&" else sign, sign, start, match.end()))
        else:
            tokens.append(Token(kind, word, start, match.end()))
        module = ""
    return [*tokens, Token("end", "", len(text), len(text))]


def _name(word: str, start: int, end: int, module: str) -> Token:
    if word == "√":
        return Token("name", "sqrt", start, end, detail="function")
    plain = word.rstrip(_BELOW)
    below = "".join(SUBSCRIPTS[sign] for sign in word[len(plain) :])
    head, rest = plain[0], plain[1:]
    head = ACCENTED.get(head, GREEK.get(head, head))
    if rest and rest[0] in ACCENTS:
        head, rest = head + ACCENTS[rest[0]], rest[1:]
    if (plain == "log" and below in ("2", "10")) or plain in ("log_2", "log_10"):  # log₂
        return Token("name", plain.replace("_", "") + below, start, end, detail="module" if module else "")
    if plain == "kl_div" and module.startswith(("F.", "nn.", "torch.")):  # which is another than SciPy's
        refuse("kl_div of PyTorch is given ln p in place of p: write t*log(t/p)", start)
    indices = (below,) if below else ()
    return Token("name", head + rest, start, end, indices, "module" if module else "")


def _wolfram_letter(word: str, start: int) -> str:
    name = word[2:-1]
    letters = {**{value.capitalize(): value for value in GREEK.values() if value.islower()}, "CurlyEpsilon": "epsilon"}
    if name not in letters:
        refuse(f"{word} is no letter that is known here: write its name", start)
    return letters[name]


def _check_method(text: str, word: str, start: int) -> None:
    """Refuse x.item(), and what is no call at all."""
    end = start + len(word)
    name = word[1:]
    is_called = text[end : end + 1] == "("
    if is_called and (name in CALLS or name in TOTALS):
        return
    if is_called and "_" not in name[:1]:
        if name in ("dot", "matmul", "mm", "bmm"):
            refuse("A product of arrays is not read: write w1*x1 + w2*x2", start)
        refuse(f"{cut(word)}() is not known here: leave it out", start)
    refuse_sign(text, ".", start)


def refuse_sign(text: str, sign: str, start: int) -> NoReturn:
    """Refuse a sign that has no place in an expression."""
    shown = f'"{sign}"' if sign.isprintable() else f"U+{ord(sign):04X}"
    around = "".join(c if c.isprintable() else " " for c in text[max(start - 5, 0) : start + 6])
    if sign == "." and text[start - 1 : start] == "/":
        refuse("A replacement is not read: write the value in place of the name", start - 1)
    what = _REFUSED.get(sign, f"{shown} is not allowed")
    raise Refusal(f'{what}, at character {start + 1}, in "{around}"; {_ALLOWED}.')
