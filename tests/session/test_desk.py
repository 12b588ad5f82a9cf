from collections.abc import Callable

import numpy as np
import pytest

from tests.strategies import cue_names, sixty_ms_a_character
from voicecoach.plan.course import Course
from voicecoach.plan.cues import Talk
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.steps import Kind
from voicecoach.plan.timeline import SAMPLE_RATE, Segment, Sound, Speech, Tone
from voicecoach.routine.files import parse
from voicecoach.routine.model import Side
from voicecoach.routine.pace import Effort
from voicecoach.session.controls import Command
from voicecoach.session.desk import ACTIONS, Desk
from voicecoach.session.levels import LEAST_DB, Levels, Part
from voicecoach.session.player import IDLE
from voicecoach.session.playhead import Playhead
from voicecoach.sound.clip import Clip

ROUTINE = """
title = "Hips"
[[stage]]
title = "Stretch"
[[stage.exercise]]
name = "Pigeon"
dose = "2-3 x 20-40 s per side"
[[stage.exercise]]
name = "Bridge"
dose = "2 x 8 reps"
[[stage.exercise]]
name = "Hamstrings"
dose = "6 s contract, 20 s deepen per side"
"""


def desk(text: str = ROUTINE, talk: Talk = Talk.FULL, language: str = "en") -> Desk:
    """Return the desk of a session that is about to begin."""
    planner = Planner(parse(text, "hips.toml"), load_phrases(language), talk)
    course = Course(planner, sixty_ms_a_character)
    levels = Levels(lambda sound: Clip(np.ones(sixty_ms_a_character(sound), np.float32), SAMPLE_RATE))
    return Desk(course, Playhead(course), levels, sixty_ms_a_character, planner.routine.pace)


def until(session: Desk, is_wanted: Callable[[Segment], bool], seconds: float = 0) -> Segment:
    """Go on to a segment, and so far into it."""
    while not is_wanted(session.playhead.segment):
        session.playhead.advance(session.playhead.segment.frames)
    if seconds:
        session.playhead.advance(round(seconds * SAMPLE_RATE))
    return session.playhead.segment


def in_set(number: int, side: Side | None, name: str = "Pigeon") -> Callable[[Segment], bool]:
    """Return what tells a set."""

    def is_it(segment: Segment) -> bool:
        step = segment.step
        here = step.exercise.name if step.exercise else None
        return step.is_work and (here, step.set, step.side) == (name, number, side)

    return is_it


def hear(session: Desk, count: int) -> list[str]:
    """Go through the next segments, asides among them; return what they are in short."""
    found = []
    for _ in range(count):
        place = session.playhead.place()
        step = place.segment.step
        words = "aside" if place.is_aside else f"{step.kind} {step.side or ''} {step.set or ''}".strip()
        found.append(words)
        session.playhead.advance(place.segment.frames - place.offset)
    return found


def test_every_command_is_in_the_table_or_the_players() -> None:
    """Nothing that a key asks for is forgotten."""
    players = {Command.PAUSE, Command.HELP, Command.QUIT, *IDLE}
    assert set(Command) == set(ACTIONS) | players


def test_skip_and_back() -> None:
    """Skipping goes to the next segment; going back counts the set in."""
    session = desk()
    until(session, in_set(1, Side.LEFT), 5)
    session.obey(Command.NEXT)
    assert ["switch right 1"] == hear(session, 1)
    session.playhead.advance(5 * SAMPLE_RATE)
    session.obey(Command.BACK)
    assert ["aside", "hold right 1"] == hear(session, 2)


def test_back_to_the_whole_set_of_contract_and_relax() -> None:
    """In its last part, back is to the pressing; soon after its beginning, to the other side."""
    session = desk()
    until(session, in_set(1, Side.RIGHT, "Hamstrings"))
    until(session, lambda segment: segment.step.kind is Kind.HOLD, 2)
    session.obey(Command.BACK)
    assert ["aside", "contract right 1"] == hear(session, 2)
    session.obey(Command.BACK)
    session.obey(Command.BACK)
    assert ["aside", "contract left 1"] == hear(session, 2)


def test_repeats_a_set() -> None:
    """In a set it is done once more after a rest; in the pause after it, at once; before all sets, never."""
    session = desk()
    until(session, lambda segment: segment.step.kind is Kind.LEAD_IN, 1)
    assert "there is no set to repeat here" == session.obey(Command.REPEAT)
    until(session, in_set(1, Side.LEFT), 5)
    assert "this set once more" == session.obey(Command.REPEAT)
    assert ["hold left 1", "rest left 1", "hold left 1"] == hear(session, 3)
    session.playhead.advance(SAMPLE_RATE)
    assert "the last set once more" == session.obey(Command.REPEAT)
    assert ["aside", "hold left 1", "switch right 1"] == hear(session, 3)


def test_ten_seconds_more_and_less() -> None:
    """The hold that is running changes, and what is planned ahead stays as it was."""
    session = desk()
    until(session, in_set(1, Side.LEFT), 5)
    assert "+10 s" == session.obey(Command.LONGER)
    assert 50 * SAMPLE_RATE == session.playhead.segment.frames
    assert "-10 s" == session.obey(Command.SHORTER)
    assert 40 * SAMPLE_RATE == session.playhead.segment.frames
    assert ["hold left 1", "switch right 1", "hold right 1"] == hear(session, 3)
    until(session, in_set(1, None, "Bridge"))
    assert "this has no time of its own to change" == session.obey(Command.LONGER)


def test_what_was_gone_back_to_can_be_changed() -> None:
    """After going back, the set is changed and all after it is planned anew."""
    session = desk()
    until(session, in_set(2, Side.LEFT), 5)
    for _ in range(3):
        session.obey(Command.BACK)
    hear(session, 1)  # the countdown
    session.obey(Command.LONGER)
    lengths = []
    while not session.playhead.ended:
        segment = session.playhead.segment
        if segment.step.kind is Kind.HOLD and segment.label.startswith("Pigeon"):
            lengths.append(segment.frames // SAMPLE_RATE)
        session.playhead.skip()
    assert [50, 50, 40, 40] == lengths


def test_easier_and_harder() -> None:
    """From the next set on, in the ranges of the doses; it is said where there is room."""
    session = desk()
    until(session, in_set(1, Side.LEFT), 5)
    assert "harder from the next set on" == session.obey(Command.HARDER)
    assert "Harder from the next set on." in [what for _, what in cue_names(session.playhead.segment)]
    assert "the doses have nothing harder" == session.obey(Command.HARDER)
    sets = hear(session, 11)
    assert ["hold left 3", "hold right 3"] == [one for one in sets if one.endswith("3") and "hold" in one]
    assert Effort.HARDER is session.effort


def test_says_again_what_this_is() -> None:
    """In a set its name and side, as soon as there is room; in an announcement, all of it from its start."""
    session = desk()
    until(session, lambda segment: segment.step.kind is Kind.ANNOUNCE and segment.label == "Pigeon", 2)
    assert not session.obey(Command.SAY)
    assert 0 == session.playhead.offset
    until(session, in_set(1, Side.LEFT), 5)
    assert "Pigeon, left" == session.obey(Command.SAY)
    assert (5.0, "Pigeon. Left side.") in cue_names(session.playhead.segment)
    until(session, lambda segment: segment.step.kind is Kind.SWITCH, 3)
    session.obey(Command.SAY)
    said = cue_names(session.playhead.segment)
    assert said[0][1] == "<end>"
    assert {"Next: set 1 of 2, right side.", "Right side."} & {what for onset, what in said if onset >= 3}


def test_what_is_said_beside_overlaps_nothing() -> None:
    """Whenever it is asked for, nothing else is moved, and nothing sounds at the same time."""
    session = desk()
    until(session, in_set(1, Side.LEFT))
    plain = set(cue_names(session.playhead.segment))
    for _ in range(38):
        session.playhead.advance(SAMPLE_RATE)
        session.obey(Command.SAY)
        events = session.playhead.segment.events
        ends = [event.onset + sixty_ms_a_character(event.sound) for event in events]
        assert all(end <= event.onset for end, event in zip(ends, events[1:], strict=False))
        assert plain <= set(cue_names(session.playhead.segment))


def test_levels() -> None:
    """Voice and tones are changed apart, within bounds; talk that is off takes the same time."""
    session = desk()
    word, tone = Speech("Halfway."), Tone("start")

    def peak(sound: Sound) -> float:
        return float(np.abs(session.levels(sound).samples).max())

    assert "voice: as loud as it gets" == session.obey(Command.VOICE_LOUDER)
    assert "voice: 3 dB softer" == session.obey(Command.VOICE_SOFTER)
    assert pytest.approx(10 ** (-3 / 20)) == peak(word)
    assert 1 == peak(tone)
    for _ in range(10):
        session.obey(Command.TONES_SOFTER)
    assert LEAST_DB == session.levels.db[Part.TONES]
    assert "talk off" == session.obey(Command.MUTE)
    assert (0, sixty_ms_a_character(word)) == (peak(word), session.levels(word).frames)
    assert 0 < peak(tone)
    assert "talk on" == session.obey(Command.MUTE)
    assert 0 < peak(word)


def test_what_is_done_in_words() -> None:
    """In a pause it is what is done after it; in the opening, the opening."""
    session = desk()
    assert "Welcome" == session.what(session.playhead.place())
    until(session, lambda segment: segment.step.kind is Kind.SWITCH)
    assert "Pigeon, right" == session.what(session.playhead.place())


def test_what_is_told_is_in_the_language_of_the_session() -> None:
    """Each answer to a command is read in the language that the session is heard in."""
    session = desk(language="de")
    until(session, in_set(1, Side.LEFT), 5)
    told = {
        Command.REPEAT: "diesen Satz noch einmal",
        Command.LONGER: "+10 s",
        Command.HARDER: "schwerer ab dem nächsten Satz",
        Command.VOICE_SOFTER: "Stimme: 3 dB leiser",
        Command.TONES_LOUDER: "Töne: so laut es geht",
        Command.MUTE: "Stimme aus",
    }
    assert told == {command: session.obey(command) for command in told}
