"""The question at the end: how it was, asked aloud, answered by one key or one button of a headset."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from voicecoach.history.records import Feel
from voicecoach.plan import asides
from voicecoach.plan.planner import Planner
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Measure, Segment, Speech
from voicecoach.session.controls import Command

HINT_SECONDS = 4.0
"""Silence after which it is said which button means what."""
ANSWER_SECONDS = 12.0
"""The longest that is waited for an answer after that."""
CHOICE_SECONDS = 2.5
"""Time to press after the name of each exercise."""

ANSWERS: Mapping[Command, Feel] = MappingProxyType(
    {
        Command.NEXT: Feel.EASY,
        Command.EASIER: Feel.EASY,
        Command.PAUSE: Feel.RIGHT,
        Command.REPEAT: Feel.RIGHT,
        Command.BACK: Feel.HARD,
        Command.HARDER: Feel.HARD,
        Command.PAIN: Feel.PAIN,
    }
)
"""What each key and button means when it is asked; all else is no answer."""

ONCE_MORE = frozenset({None, Command.HELP, Command.SAY})
"""Silence, and what asks to hear more: then it is said which button means what."""

Say = Callable[[Segment], Command | None]
"""Let something be heard, to its end or to the next command, which is returned."""
Await = Callable[[float], Command | None]
"""Wait for a command, some seconds at most."""
Tell = Callable[[str], object]
"""Show a line, which stays."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a session was."""

    feel: Feel | None = None
    """None: no answer, which is one as well."""
    hurt: int | None = None
    """The index of the exercise that hurt."""


class Asking(Protocol):
    """Something to be asked when a session has ended."""

    def is_due(self) -> bool:
        """Tell whether there is anything to ask about."""

    def ask(self, say: Say, wait: Await, tell: Tell) -> Answer:
        """Ask, and return the answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked when a session has ended."""

    planner: Planner
    measure: Measure
    exercises: Sequence[str]
    """The names of all that may have been done, in their order."""
    anything_done: Callable[[], bool]

    def is_due(self) -> bool:
        """Tell whether anything was done that could be asked about."""
        return self.anything_done()

    def ask(self, say: Say, wait: Await, tell: Tell) -> Answer:
        """Ask how it was, and where it hurt which exercise that was; no answer is an answer."""
        phrases = self.planner.phrases
        tell(f"{phrases.text('question')} ({phrases.text('question.keys')})")
        asked = say(self._spoken("question")) or wait(HINT_SECONDS)
        if asked in ONCE_MORE:
            asked = say(self._spoken("question.buttons")) or wait(ANSWER_SECONDS)
        feel = ANSWERS.get(asked) if asked else None
        if feel is None:
            return Answer()
        tell(phrases.text(f"feel.{feel}"))
        if feel is not Feel.PAIN:
            say(self._spoken(f"feel.{feel}"))
            return Answer(feel)
        hurt = self._which(say, wait, tell)
        lines = [phrases.say("pain")]
        if hurt is not None:
            lines.insert(0, phrases.say("pain.left_out", name=self.exercises[hurt]))
        tell(" ".join(line.text for line in lines))
        say(self._aside(*lines))
        return Answer(feel, hurt)

    def _which(self, say: Say, wait: Await, tell: Tell) -> int | None:
        """Say the exercises one by one until one is taken; next and back go through them, q leaves."""
        phrases = self.planner.phrases
        tell(f"{phrases.text('pain.which')} ({phrases.text('pain.keys')})")
        # Until the first is said, no key can mean it.
        index, command = 0, None
        if say(self._spoken("pain.which")) is Command.QUIT:
            return None
        while 0 <= index < len(self.exercises):
            if command is None:
                tell(self.exercises[index])
                command = say(self._spoken("exercise", name=self.exercises[index])) or wait(CHOICE_SECONDS)
            if command is Command.QUIT:
                return None
            if command not in {None, Command.NEXT, Command.BACK}:
                return index
            index = max(0, index - 1) if command is Command.BACK else index + 1
            command = None
        return None

    def _spoken(self, key: str, name: str = "") -> Segment:
        return self._aside(self.planner.phrases.say(key, name=name))

    def _aside(self, *lines: Speech) -> Segment:
        return asides.spoken(self.planner, Step(Kind.FINISH), self.measure, *lines)
