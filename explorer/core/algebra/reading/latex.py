r"""LaTeX, cut into the words of the grammar: \frac{a}{b} as a bracket with a sign of division, \hat{y}_i as a name.

`items` has the syntax: macros with their arguments, groups, environments. What they mean is decided here, by the lists of
`macros`; any other is refused by its name.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from pylatexenc.latexwalker import LatexEnvironmentNode, LatexGroupNode

from explorer.core.algebra.reading import macros
from explorer.core.algebra.reading.calls import CALLS
from explorer.core.algebra.reading.grammar import FORMS, VECTORS
from explorer.core.algebra.reading.items import Item, Items, around, cut_at, inside_of, items_of, made_of, past_spaces
from explorer.core.algebra.reading.tokens import OPERATORS, SUPERSCRIPTS, Refusal, Token, cut, refuse, refuse_sign
from explorer.core.algebra.reading.words import ACCENTED, GREEK


def split(text: str) -> list[Token]:
    """Return the words of LaTeX, and an end.

    Raises
    ------
    Refusal
        Where a macro is not known, or brackets do not match.
    """
    words = _Words(text)
    words.write(items_of(text))
    tokens = _without_left_side(words.tokens)
    while tokens and tokens[-1].kind in (",", "."):
        tokens.pop()
    for token in tokens:
        if token.kind in (".", ":"):
            refuse(f'"{token.kind}" cannot stand here', token.start)
    return [*tokens, Token("end", "", len(text), len(text))]


def _without_left_side(tokens: list[Token]) -> list[Token]:
    """Leave out L(w) = before a formula."""
    depth = 0
    for k, token in enumerate(tokens):
        depth += (token.kind in "([{") - (token.kind in ")]}")
        if depth == 0 and token.text == "=":
            left = tokens[:k]
            is_name = bool(left) and left[0].kind == "name" and left[0].detail in ("letter", "name")
            is_name = is_name or _is_definition(left, tokens[k + 1 :])
            rest = left[1:-1] if len(left) > 1 and left[1].kind in "([{" and left[-1].kind in ")]}" else left[1:]
            if is_name and (not left[1:] or rest != left[1:]):
                return tokens[k + 1 :]
            break
        if depth == 0 and token.kind in "+-*/^":
            break
    return tokens


def _is_definition(left: list[Token], right: list[Token]) -> bool:
    """Whether a function that is known is defined: tanh(x) = is followed by what has x."""
    if len(left) < 4 or left[0].kind not in ("function", "name") or left[1].kind != "(" or left[-1].kind != ")":
        return False
    given = {token.text for token in left[2:-1] if token.kind == "name"}
    return bool(given) and given <= {token.text for token in right} and all(token.kind in ("name", ",") for token in left[2:-1])


class _Words:
    """Writes down the words of LaTeX, item by item."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []

    def put(self, kind: str, at: Item, text: str = "", indices: tuple[str, ...] = (), detail: str = "") -> None:
        self.tokens.append(Token(kind, text or kind, at.start, at.end, indices, detail))

    def write(self, items: Items) -> None:
        k = 0
        while k < len(items):
            k = self.item(items, k)

    def item(self, items: Items, k: int) -> int:
        """Write one item with what belongs to it; return where the next one stands."""
        item = items[k]
        if isinstance(item.node, LatexGroupNode):
            self.bracketed(item, item.group)
            return k + 1
        if isinstance(item.node, LatexEnvironmentNode):
            self.environment(item, item.node)
            return k + 1
        if item.macro:
            return self.macro(items, k)
        if item.node is not None:
            refuse(f'"{cut(self.text[item.start : item.end])}" is not allowed', item.start)
        return self.sign(items, k)

    def bracketed(self, at: Item, items: Items) -> None:
        self.put("(", at._replace(end=at.start))
        self.write(items)
        self.put(")", at._replace(start=at.end))

    def sign(self, items: Items, k: int) -> int:
        """Write what begins with a plain character; return where the next item stands."""
        item = items[k]
        sign = item.text
        if sign.isspace() or sign in "~&":
            return k + 1
        if sign in "0123456789" or (sign == "." and k + 1 < len(items) and re.fullmatch("[0-9]", items[k + 1].text)):
            return self.number(items, k)
        if sign.isascii() and sign.isalpha():
            return self.letters(items, k)
        if sign in GREEK or sign in ACCENTED:
            return self.name(GREEK.get(sign) or ACCENTED[sign], items, k + 1, item)
        if sign == "_":
            return self.below(items, k)
        if sign == "^":
            return self.above(items, k)
        if sign == "'":
            refuse(macros.REFUSED["prime"], item.start)
        if sign == "=":
            self.put("==", item, "=")
            return k + 1
        if sign == ":" and k + 1 < len(items) and items[k + 1].text == "=":
            return k + 1
        if sign in SUPERSCRIPTS or sign in "+-*/()[]|,<>!.;:" or sign in OPERATORS:
            self.put(OPERATORS.get(sign, sign), item)
            return k + 1
        refuse_sign(self.text, sign, item.start)

    def number(self, items: Items, k: int) -> int:
        written = "".join(item.text or " " for item in items[k : k + 60])
        match = re.match(r"[0-9]*\.?[0-9]*(?:[eE][+-]?[0-9]+(?![0-9]*[A-Za-z_]))?", written, re.ASCII)
        assert match
        end = k + len(match[0])
        self.tokens.append(Token("number", match[0], items[k].start, items[end - 1].end))
        return end

    def letters(self, items: Items, k: int) -> int:
        """A run of letters: the name of a function, or a letter after the other."""
        end = k
        while end < len(items) and items[end].text.isascii() and items[end].text.isalpha():
            end += 1
        word = "".join(item.text for item in items[k:end])
        if len(word) > 1 and (known := _function(word)):
            return self.function(known, items, end, items[k]._replace(end=items[end - 1].end))
        if word in macros.COUNTED:
            return self.name(word, items, end, items[k]._replace(end=items[end - 1].end), "run")
        if len(word) > 2 and re.search("[aeiou]", word.lower()):
            return self.name(word, items, end, items[k]._replace(end=items[end - 1].end), "run")
        return self.name(items[k].text, items, k + 1, items[k], "letter")

    def name(self, name: str, items: Items, k: int, at: Item, detail: str = "letter", own: tuple[str, ...] = ()) -> int:
        """A name with its indices."""
        indices, end = self.indices(items, k)
        if end > k:
            at = at._replace(end=items[end - 1].end)
        if name == "e" and not own + indices and detail == "letter":
            detail = ""
        self.put("name", at, name, own + indices, detail)
        return end

    def indices(self, items: Items, k: int) -> tuple[tuple[str, ...], int]:
        """The indices that follow: below, or above in brackets as in y^{(i)}; and where the next item stands."""
        found: tuple[str, ...] = ()
        while (place := past_spaces(items, k)) + 1 < len(items) and items[place].text in ("_", "^"):
            below = items[place].text == "_"
            inside = items[past_spaces(items, place + 1)] if past_spaces(items, place + 1) < len(items) else None
            if inside is None:
                break
            written = self.plain(inside)
            if below:
                self.check_below(items, place, inside)
                found += self.pieces(inside, written)
            elif match := re.fullmatch(r"[(\[]([A-Za-z0-9]+)[)\]]", written):
                found += (match[1],)
            elif written in ("*", r"\ast", r"\star"):
                found += ("star",)
            else:
                break
            k = past_spaces(items, place + 1) + 1
        return found, k

    def plain(self, item: Item) -> str:
        """What stands in an index, without spaces and fonts."""
        written = self.text[item.start : item.end]
        written = macros.FONTS.sub("", written)
        return re.sub(r"\\([A-Za-z]+)", lambda match: macros.GREEK_NAMES.get(match[1], match[0]), written)

    def check_below(self, items: Items, place: int, inside: Item) -> None:
        """Refuse y_true, which LaTeX sets as y_t r u e."""
        run = re.match(r"[A-Za-z0-9]+", self.text[inside.start :])
        if inside.node is None and run and len(run[0]) > 2 and re.match(r"[A-Za-z]{3}|[0-9]{2}", run[0]):
            refuse(f"_{cut(run[0])} lowers only its first letter in LaTeX: write _{{{cut(run[0])}}}", items[place].start)

    def pieces(self, at: Item, written: str) -> tuple[str, ...]:
        pieces = tuple(filter(None, written.split(",")))
        if not pieces or not all(re.fullmatch("[A-Za-z0-9]+", piece) for piece in pieces):
            refuse(f"The index {cut(written)} is not read: it may be a letter, a number or a word", at.start)
        return pieces

    def below(self, items: Items, k: int) -> int:
        """An index that stands on no name: [x]_+ is relu(x), and the 2 of a norm is left out."""
        place = past_spaces(items, k + 1)
        if place < len(items) and self.plain(items[place]) in macros.NORMS and self.is_power_of_norm():
            return place + 1
        if place >= len(items) or not self.tokens or self.tokens[-1].kind not in (")", "]", "}", "|"):
            refuse("An index may only stand on a name", items[k].start)
        written = self.plain(items[place])
        last = self.tokens[-1]
        if written == "+" and last.kind != "|":
            self.before_bracket("relu")
        elif re.fullmatch("[0-9]{1,9}", written, re.ASCII) and self.is_softmax():
            for kind in ("[", "[", written, "]", "]"):
                self.put("number" if kind == written else kind, items[place], kind)
        elif last.text != "norm" or written not in macros.NORMS:
            refuse("An index may only stand on a name", items[k].start)
        return place + 1

    def is_power_of_norm(self) -> bool:
        """Whether what was written last is the power of a norm, whose index may stand behind it."""
        kinds = [token.kind for token in self.tokens[-5:]]
        opens = {("^", "number"): 3, ("^", "(", "number", ")"): 5}
        return any(
            tuple(kinds[-len(end) :]) == end and len(self.tokens) >= place and self.tokens[-place].text == "norm"
            for end, place in opens.items()
        )

    def is_softmax(self) -> bool:
        """Whether the bracket that was closed last is a softmax's."""
        depth = 0
        for k in range(len(self.tokens) - 1, 0, -1):
            depth += (self.tokens[k].kind in ")]}") - (self.tokens[k].kind in "([{")
            if depth == 0:
                return self.tokens[k - 1].text in VECTORS
        return False

    def before_bracket(self, function: str) -> None:
        """Put a function before the bracket that was closed last."""
        depth = 0
        for k in range(len(self.tokens) - 1, -1, -1):
            kind = self.tokens[k].kind
            depth += (kind in ")]}") - (kind in "([{")
            if depth == 0:
                start = self.tokens[k].start
                self.tokens.insert(k, Token("function", function, start, start))
                return

    def above(self, items: Items, k: int) -> int:
        """An exponent."""
        place = past_spaces(items, k + 1)
        if place >= len(items):
            refuse("An exponent is missing", items[k].start)
        item, written = items[place], self.plain(items[place])
        if written in ("T", r"\top", r"\intercal", "t") and written != "t":
            refuse(macros.REFUSED["top"], items[k].start)
        if set(written) <= {"'"} or r"\prime" in written:
            refuse(macros.REFUSED["prime"], items[k].start)
        self.put("^", items[k])
        if item.text and item.text in "+-":
            end = self.item(items, past_spaces(items, place + 1)) if past_spaces(items, place + 1) < len(items) else None
            if end is None:
                refuse("An exponent is missing", items[k].start)
            power = self.tokens.pop()
            self.tokens.append(Token(item.text, item.text, item.start, item.end))
            self.tokens.append(power)
            return end
        digits = re.match("[0-9]+", self.text[item.start :], re.ASCII)
        if item.node is None and digits and len(digits[0]) > 1:
            refuse(f"^{cut(digits[0])} raises only its first digit in LaTeX: write ^{{{cut(digits[0])}}}", items[k].start)
        if item.node is None or item.macro:
            self.put("(", item._replace(end=item.start))
            end = self.macro(items, place) if item.macro else place + 1
            if not item.macro:
                self.sign([item], 0)
            self.put(")", item._replace(start=item.end))
            return end
        after = past_spaces(items, place + 1)
        if after < len(items) and items[after].text == "^":
            refuse("Two exponents stand on one base: write {a^b}^c, or a^{b^c}", items[after].start)
        return self.item(items, place)

    def macro(self, items: Items, k: int) -> int:
        """Write a macro with what belongs to it; return where the next item stands."""
        item = items[k]
        name = item.macro
        if name in macros.SPACES or name == "\\":
            return self.past_length(items, k + 1) if name == "\\" else k + 1
        if name == "%":
            self.put("/", item)
            self.put("number", item, "100")
            return k + 1
        if name in ("left", "right"):
            return self.delimiter(items, k)
        if name in macros.SIGNS:
            text = "=" if macros.SIGNS[name] == "==" else "norm" if name in ("|", "Vert") else ""
            self.put(macros.SIGNS[name], item, text)
            return k + 1
        if name in ("lvert", "lVert"):
            self.put("function", item, "abs")
            self.put("(", item)
            return k + 1
        if name in ("rvert", "rVert"):
            self.put(")", item, "norm")
            return k + 1
        if name in macros.GREEK_NAMES:
            return self.name(macros.GREEK_NAMES[name], items, k + 1, item)
        if name in macros.FUNCTIONS:
            return self.function(macros.FUNCTIONS[name], items, k + 1, item)
        if name in macros.BIG:
            return self.big(macros.BIG[name], items, k + 1, item)
        return self.with_arguments(name, items, k)

    def with_arguments(self, name: str, items: Items, k: int) -> int:
        item = items[k]
        arguments = [made_of([argument]) for argument in item.node.nodeargd.argnlist] if item.node.nodeargd else []  # type: ignore[union-attr]
        if name in macros.TAKES_ARGUMENTS and not arguments:
            refuse(f"Write braces around \\{name} with what it takes", item.start)
        if name in macros.FRACTIONS:
            self.fraction(item, *arguments)
        elif name == "sqrt":
            self.root(item, *arguments)
        elif name == "textcolor":
            self.bracketed(item, arguments[1])
        elif name in macros.ACCENTS:
            return self.accent(macros.ACCENTS[name], arguments[0], items, k)
        elif name in macros.LETTERS or name in macros.WORDS:
            return self.word(name, self.plain_of(arguments[0]), items, k)
        elif name in macros.BODIES:
            self.bracketed(item, arguments[0])
            after = past_spaces(items, k + 1)
            is_named = name in ("underbrace", "overbrace") and after + 1 < len(items) and items[after].text in ("_", "^")
            return after + 2 if is_named else k + 1
        elif name not in macros.IGNORED_ARGUMENT:
            self.refuse_macro(name, item)
        return k + 1

    def refuse_macro(self, name: str, item: Item) -> None:
        if name in macros.REFUSED:
            refuse(macros.REFUSED[name], item.start)
        near = get_close_matches(
            name, (*macros.FUNCTIONS, *macros.GREEK_NAMES, *macros.BIG, "frac", "sqrt", "cdot", "left", "right"), 1
        )
        hint = f"; perhaps you mean \\{near[0]}" if near else ""
        raise Refusal(f"\\{cut(name)} is not known here, at character {item.start + 1}{hint}.")

    def plain_of(self, items: Items) -> str:
        return self.plain(Item("", None, items[0].start, items[-1].end)) if items else ""

    def fraction(self, at: Item, above: Items, below: Items) -> None:
        start, end = at._replace(end=at.start), at._replace(start=at.end)
        self.put("(", start)
        self.bracketed(around(above, at), inside_of(above))
        self.put("/", at)
        self.bracketed(around(below, at), inside_of(below))
        self.put(")", end)

    def root(self, at: Item, order: Items, of: Items) -> None:
        if not order:
            self.put("function", at, "sqrt")
            self.bracketed(around(of, at), inside_of(of))
            return
        self.put("(", at)
        self.bracketed(around(of, at), inside_of(of))
        self.put("^", at)
        self.put("(", at)
        self.put("number", at, "1")
        self.put("/", at)
        self.bracketed(around(order, at), inside_of(order))
        self.put(")", at)
        self.put(")", at)

    def accent(self, accent: str, argument: Items, items: Items, k: int) -> int:
        inner = _Words(self.text)
        inner.write(inside_of(argument))
        if len(inner.tokens) != 1 or inner.tokens[0].kind != "name":
            refuse("An accent may only stand on one letter", items[k].start)
        base = inner.tokens[0]
        return self.name(base.text + accent, items, k + 1, items[k], "letter", base.indices)

    def word(self, font: str, word: str, items: Items, k: int) -> int:
        """A word in a font of its own: a function, an indicator, a mean, or a name."""
        item, after = items[k], past_spaces(items, k + 1)
        if not word:
            return k + 1
        if re.search(r"[A-Za-z]\s+[A-Za-z]", self.text[item.start + len(item.macro) + 2 : item.end]):
            refuse(
                f"{cut(self.text[item.start : item.end], 30)} is not read: only names and functions may be words", item.start
            )
        opens = after < len(items) and (
            items[after].text in ("(", "[", "_") or items[after].macro in ("left", "{", "bigl", "big")
        )
        if (word == "1" or (word == "I" and font in ("mathbb", "mathds", "mathbbm"))) and opens:
            return self.indicator(items, after, item)
        if word == "E" and font == "mathbb":
            return self.big("mean", items, k + 1, item)
        if word == "e" and font in macros.WORDS:
            self.put("name", item, "E", detail="name")
            return k + 1
        if len(word) > 1 and (known := _function(word)):
            return self.function(known, items, k + 1, item)
        base, _, below = word.partition("_")
        if re.fullmatch("[A-Za-z][A-Za-z0-9]*", base) and re.fullmatch("[A-Za-z0-9]*", below):
            own = (below,) if below else ()
            return self.name(base, items, k + 1, item, "letter" if len(base) == 1 else "name", own)
        refuse(f"{cut(self.text[item.start : item.end], 30)} is not read: only names and functions may be words", item.start)

    def indicator(self, items: Items, k: int, at: Item) -> int:
        """1 where a condition holds, else 0."""
        self.put("function", at, "Boole")
        if items[k].text != "_":
            return k
        place = past_spaces(items, k + 1)
        if place >= len(items):
            refuse("An index is missing", items[k].start)
        self.bracketed(items[place], items[place].group)
        return place + 1

    def function(self, name: str, items: Items, k: int, at: Item) -> int:
        """A function, with the base of a logarithm."""
        place = past_spaces(items, k)
        base: tuple[str, ...] = ()
        if place + 1 < len(items) and items[place].text == "_":
            inside = past_spaces(items, place + 1)
            written = self.plain(items[inside]) if inside < len(items) else ""
            if name != "log" or not re.fullmatch("[0-9]{1,9}", written, re.ASCII):
                shown = (
                    f"{name} over an index is not read: write {name}(a, b)"
                    if name in ("max", "min")
                    else "An index is not read here"
                )
                refuse(shown, items[place].start)
            base, k = (written,), inside + 1
        self.put("function", at, name, base)
        return k

    def big(self, kind: str, items: Items, k: int, at: Item) -> int:
        """A sum, a product or a mean with what it runs over."""
        limits = {"_": "", "^": ""}
        while (place := past_spaces(items, k)) < len(items) and (
            items[place].text in limits or items[place].macro in ("limits", "nolimits")
        ):
            k = place + 1
            if items[place].text:
                inside = past_spaces(items, k)
                if inside >= len(items):
                    break
                limits[items[place].text] = self.text[items[inside].start : items[inside].end]
                k = inside + 1
        index, low, count = _range(limits["_"], limits["^"], kind, at)
        self.put("big", at, kind, (index, low, count))
        return k

    def delimiter(self, items: Items, k: int) -> int:
        r"""\left( and \right), of whatever kind; those that are not to be seen are left out."""
        opens = items[k].macro == "left"
        place = past_spaces(items, k + 1)
        if place >= len(items):
            refuse("A bracket is missing", items[k].start)
        item = items[place]
        sign = item.text or macros.SIGNS.get(item.macro, "")
        following = past_spaces(items, place + 1)
        begins_cases = following < len(items) and isinstance(items[following].node, LatexEnvironmentNode)
        if sign == "." or (opens and sign == "{" and begins_cases and items[following].node.environmentname in macros.CASES):  # type: ignore[union-attr]
            return place + 1
        if sign == "|" or item.macro in ("lvert", "rvert", "lVert", "rVert"):
            if opens:
                self.put("function", item, "abs")
            self.put("(" if opens else ")", item, "norm")
        elif sign and sign in ("([{" if opens else ")]}"):
            self.put(sign, item)
        else:
            refuse("This bracket is not read: write ( and )", item.start)
        return place + 1

    def past_length(self, items: Items, k: int) -> int:
        """Where the next item stands after the end of a line, which may have a length behind it."""
        match = re.match(r"\*?\[-?[0-9.]+[a-z]{2}\]", "".join(item.text or " " for item in items[k : k + 20]))
        return k + len(match[0]) if match else k

    def environment(self, at: Item, node: LatexEnvironmentNode) -> None:
        items = made_of(node.nodelist)
        if node.environmentname in macros.LINES:
            self.write(items)
        elif node.environmentname in macros.CASES:
            self.cases(at, items)
        else:
            refuse(f"{cut(node.environmentname)} is no environment that is known here", at.start)

    def cases(self, at: Item, items: Items) -> None:
        """Values and conditions, as the arguments of a function."""
        self.put("function", at._replace(end=at.start), "cases")
        self.put("(", at._replace(end=at.start))
        rows = [row for row in cut_at(items, lambda item: item.macro == "\\") if any(not item.text.isspace() for item in row)]
        for k, row in enumerate(rows):
            value, *conditions = cut_at(row, lambda item: item.text == "&")
            holds = self.condition([item for part in conditions for item in part])
            while value and (value[-1].text.isspace() or value[-1].text in (",", ";")):
                value = value[:-1]
            if k:
                self.put(",", value[0] if value else at)
            self.bracketed(around(value, at), value)
            if holds:
                self.put(",", holds[0])
                self.bracketed(around(holds, at), holds)
            elif k < len(rows) - 1:
                refuse("Each case but the last needs a condition", (row[0] if row else at).start)
        self.put(")", at._replace(start=at.end))

    def condition(self, items: Items) -> Items:
        """A condition without the words around it; nothing for otherwise."""
        found = [item for item in items if not item.text.isspace() and item.text not in (",", ".", ";")]
        kept: list[Item] = []
        for item in found:
            word = self.plain_of([item]).strip(" .,;:") if item.macro in macros.WORDS else ""
            if word.lower() in ("if", "for", "when", "where", "otherwise", "else", "elsewhere", "and"):
                if word == "and" and kept:
                    refuse(r"and is not read here: write \wedge", item.start)
                continue
            kept.append(item)
        written = "".join(item.text or " " for item in kept)
        for word in ("if", "for", "when", "otherwise", "else"):
            if written.startswith(word):
                return kept[len(word) :]
        return kept


def _function(word: str) -> str:
    """A function's name as it is called here; "" for a word that is none."""
    spelled = macros.SPELLED.get(word, word)
    spelled = macros.FUNCTIONS.get(spelled, spelled)
    lower = spelled.lower()
    known = next((name for name in (spelled, lower) if name in CALLS or name in FORMS), "")
    return "" if known in ("sigma", "gamma", "psi", "sum", "Sum", "prod", "where", "If", "float", "len") else known


def _range(below: str, above: str, kind: str, at: Item) -> tuple[str, str, str]:
    """The index of a sum, its first number, and its last: a number or a name."""
    below, above = (re.sub(r"[{}\s]|\\[,;:! ]", "", written) for written in (below, above))
    count = re.fullmatch(r"\|?(?:\\(?:mathcal|mathbf|mathrm|text))?([A-Za-z]\w*|[0-9]{1,9})\|?(-1)?", above, re.ASCII)
    index = re.fullmatch(r"([A-Za-z])(?:=([0-9]{1,9}))?", below, re.ASCII)
    if above and not count:
        refuse(f"The end {cut(above)} of a sum is not read: it may be a number or a letter", at.start)
    end = count[1] if count else ""
    if index:
        return index[1], index[2] or "", end
    if kind == "mean" or not below or re.match(r"\(?[A-Za-z]\\?\w*(?:,[A-Za-z]\\?\w*)*\)?\\(?:in|sim)", below):
        letter = re.match(r"([A-Za-z])\\in", below)
        return (letter[1] if letter else ""), "", end
    refuse(f"What this runs over, {cut(below)}, is not read: write \\sum_{{i=1}}^{{3}}", at.start)
