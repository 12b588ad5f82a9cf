from collections.abc import Iterable

import pytest

from tests.strategies import sixty_ms_a_character
from voicecoach.history.records import Feel
from voicecoach.plan.cues import Talk
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.timeline import Segment, Speech
from voicecoach.routine.files import parse
from voicecoach.session.controls import Command, command_of
from voicecoach.session.question import CHOICE_SECONDS, Answer, Question

ROUTINE = 'title = "A"\n[[stage]]\ntitle = "B"\n[[stage.exercise]]\nname = "C"\ndose = "10 s"\n'
NAMES = ("Quads", "Piriformis", "Clam")


class Listener:
    """Somebody who presses keys: each at the first chance after some words were heard."""

    def __init__(self, *presses: tuple[str, Command]) -> None:
        """Take the words, and what is pressed after them."""
        self.presses = list(presses)
        self.heard: list[str] = []
        self.shown: list[str] = []
        self.waits: list[float] = []

    def say(self, aside: Segment) -> Command | None:
        """Hear an aside."""
        self.heard += [event.sound.text for event in aside.events if isinstance(event.sound, Speech)]
        return self._press()

    def wait(self, seconds: float) -> Command | None:
        """Let time pass."""
        self.waits.append(seconds)
        return self._press()

    def _press(self) -> Command | None:
        if self.presses and self.presses[0][0] in (self.heard or self.shown)[-1]:
            return self.presses.pop(0)[1]
        return None


def ask(*presses: tuple[str, Command], talk: Talk = Talk.FULL) -> tuple[Answer, Listener]:
    """Ask somebody."""
    planner = Planner(parse(ROUTINE, "a.toml"), load_phrases("en"), talk)
    listener = Listener(*presses)
    question = Question(planner, sixty_ms_a_character, NAMES, lambda: True)
    return question.ask(listener.say, listener.wait, listener.shown.append), listener


@pytest.mark.parametrize(
    ("key", "feel"),
    [("e", Feel.EASY), ("n", Feel.EASY), ("r", Feel.RIGHT), ("space", Feel.RIGHT), ("h", Feel.HARD)],
)
def test_one_key_is_an_answer(key: str, feel: Feel) -> None:
    """It may be pressed while the question is asked; what was understood is said."""
    answer, someone = ask(("How was it", command_of(key)))
    assert Answer(feel) == answer
    said = {Feel.EASY: "Easy.", Feel.RIGHT: "Just right.", Feel.HARD: "Hard."}[feel]
    assert ["How was it? Easy, right, hard, or pain?", said] == someone.heard
    assert [] == someone.waits


@pytest.mark.parametrize(
    ("command", "feel"), [(Command.PAUSE, Feel.RIGHT), (Command.NEXT, Feel.EASY), (Command.BACK, Feel.HARD)]
)
def test_the_buttons_of_a_headset_are_told_in_a_silence(command: Command, feel: Feel) -> None:
    """Who does not answer hears which button means what, and answers then."""
    answer, someone = ask(("Press play for right, next for easy, back for hard", command))
    assert Answer(feel) == answer
    assert 2 == len(someone.heard[:-1])


@pytest.mark.parametrize("presses", [(), (("How was it", Command.QUIT),), (("How was it", Command.OTHER),)])
def test_no_answer_is_an_answer(presses: Iterable[tuple[str, Command]]) -> None:
    """Silence, the end, or any other key: nothing is noted, and nothing more is asked."""
    answer, someone = ask(*presses)
    assert Answer() == answer
    assert not any("exercise" in line for line in someone.heard)


def test_pain_asks_which_exercise() -> None:
    """The exercises are said one by one, with time to press; the advice of the seed follows."""
    answer, someone = ask(("How was it", Command.PAIN), ("Clam", Command.PAUSE))
    assert Answer(Feel.PAIN, 2) == answer
    assert ["Quads.", "Piriformis.", "Clam.", "Clam: left out until you put it back."] == someone.heard[2:6]
    assert "If you feel pain, stop, and ask a health or fitness professional about it." == someone.heard[6]
    assert [CHOICE_SECONDS] * 2 == someone.waits


def test_going_back_among_the_exercises() -> None:
    """Who was too late goes back to the one before; next goes on at once."""
    answer, _ = ask(
        ("How was it", Command.PAIN),
        ("Which exercise", Command.PAUSE),
        ("Quads", Command.NEXT),
        ("Piriformis", Command.BACK),
        ("Quads", Command.PAUSE),
    )
    assert Answer(Feel.PAIN, 0) == answer


@pytest.mark.parametrize(
    "presses", [(("How was it", Command.PAIN),), (("How was it", Command.PAIN), ("Quads", Command.QUIT))]
)
def test_pain_without_an_exercise_is_noted_as_well(presses: Iterable[tuple[str, Command]]) -> None:
    """Nobody has to choose one; the advice is given all the same."""
    answer, someone = ask(*presses)
    assert Answer(Feel.PAIN) == answer
    assert "If you feel pain, stop" in someone.heard[-1]


def test_with_beeps_alone_it_is_asked_on_the_screen() -> None:
    """Where nothing may be said, all of it is shown."""
    answer, someone = ask(("How was it", Command.PAIN), ("Piriformis", Command.PAUSE), talk=Talk.BEEPS)
    assert (Answer(Feel.PAIN, 1), []) == (answer, someone.heard)
    assert "(e easy, r right, h hard, p pain, any other key: no answer)" in someone.shown[0]
