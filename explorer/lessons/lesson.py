"""What a lesson is once it is read: steps of blocks, each with its answers computed. Markup in it is safe to show as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from explorer.views.view import Slider, View


@dataclass(frozen=True)
class Text:
    """Paragraphs, as markup."""

    html: str


@dataclass(frozen=True)
class Shown:
    """A live view: which parts of it are seen, in order, and which of its sliders.

    Attributes
    ----------
    view : View
    show : tuple of str
        Keys of its charts, texts, diagram and table.
    controls : tuple of Slider
    """

    view: View
    show: tuple[str, ...]
    controls: tuple[Slider, ...]


@dataclass(frozen=True)
class Condition:
    """What a quantity of a view is to fulfil: at most `within` from value, where it is to be equal."""

    name: str
    relation: Literal["=", "<", ">", "<=", ">="]
    value: float
    within: float = 0.0

    def holds(self, number: float) -> bool:
        """Whether a number fulfils it."""
        match self.relation:
            case "=":
                return abs(number - self.value) <= self.within
            case "<":
                return number < self.value
            case ">":
                return number > self.value
            case "<=":
                return number <= self.value
            case ">=":
                return number >= self.value


@dataclass(frozen=True)
class Choice:
    """An answer to choose, whether it is the right one, and what is said of it."""

    html: str
    right: bool
    say: str


@dataclass(frozen=True)
class Wrong:
    """A wrong answer that people give, and what is said of it."""

    value: float
    say: str


@dataclass(frozen=True)
class Curve:
    """A trace of a chart, of finite points in order of x."""

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]


@dataclass(frozen=True)
class Canvas:
    """Axes on which a person answers, with the curves that are seen from the start and those that the answer shows.

    Attributes
    ----------
    x, y : (float, float)
        From where to where the axes reach.
    x_title, y_title : str
    shown, hidden : tuple of Curve
    """

    x: tuple[float, float]
    y: tuple[float, float]
    x_title: str
    y_title: str
    shown: tuple[Curve, ...]
    hidden: tuple[Curve, ...]


@dataclass(frozen=True)
class Predict:
    """A question to answer before one sees.

    Attributes
    ----------
    id : str
        Its name in the lesson and in the address.
    kind : "number", "choice", "point" or "sketch"
    ask : str
        The question, as markup.
    choices : tuple of Choice
        Of a choice.
    answer : float
        Of a number; of a point on its x axis.
    curve : tuple of float
        Of a sketch: the heights of the hidden curve at the handles, which stand at equal distances over the x axis.
    tolerance : float
        By how much an answer may differ; of a sketch on average.
    unit : str
    wrong : tuple of Wrong
    say : str
        What is said of every other wrong answer.
    canvas : Canvas or None
        Of a point or a sketch.
    """

    id: str
    kind: Literal["number", "choice", "point", "sketch"]
    ask: str
    choices: tuple[Choice, ...] = ()
    answer: float = 0.0
    curve: tuple[float, ...] = ()
    tolerance: float = 0.0
    unit: str = ""
    wrong: tuple[Wrong, ...] = ()
    say: str = ""
    canvas: Canvas | None = None


@dataclass(frozen=True)
class Reveal:
    """What is shown once a prediction is answered, as markup."""

    of: str
    html: str


@dataclass(frozen=True)
class Try:
    """A state to reach with the sliders of the view before it.

    Attributes
    ----------
    id : str
    ask : str
    when : tuple of Condition
        On quantities of the view; all must hold.
    solution : mapping
        Slider -> number, of a state where they do.
    say : str
        Once it is reached.
    """

    id: str
    ask: str
    when: tuple[Condition, ...]
    solution: dict[str, float]
    say: str


@dataclass(frozen=True)
class Notes:
    """For the teacher, as markup."""

    html: str


Block = Text | Shown | Predict | Reveal | Try | Notes


@dataclass(frozen=True)
class Step:
    """One screen: a heading, as markup, and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Lesson:
    """A lesson.

    Attributes
    ----------
    name : str
        In the address, and of its file without number and ending.
    language : str
        "en", "de": the folder that it stands in.
    title : str
    minutes : int
    after, before : tuple of str
        What one can do afterwards, and what to know before, as markup.
    picture : View
        Whose curves are its picture.
    steps : tuple of Step
        The first one is what stands before the first heading.
    """

    name: str
    language: str
    title: str
    minutes: int
    after: tuple[str, ...]
    before: tuple[str, ...]
    picture: View
    steps: tuple[Step, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block of every step, in order."""
        return tuple(block for step in self.steps for block in step.blocks)

    @property
    def predictions(self) -> tuple[Predict, ...]:
        """Its questions, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Predict))
