import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from voicecoach.coach import Prepared
from voicecoach.history.log import Log
from voicecoach.history.prescription import done_as_prescribed, prescribed
from voicecoach.history.records import Ending, Feel, Level, Opening, Pain, Record
from voicecoach.progress.mode import Mode
from voicecoach.progress.standing import Change
from voicecoach.routine.adjust import Adjustments, adjust
from voicecoach.routine.files import parse
from voicecoach.routine.model import Routine
from voicecoach.training import Offer, Training

ROUTINE = """
title = "Hips"
[[stage]]
title = "Stretch"
aim = "stretch"
[[stage.exercise]]
name = "Pigeon"
dose = "20 s per side"
[[stage.exercise]]
name = "Butterfly"
dose = "20 s"
[[stage]]
title = "Strengthen"
aim = "strengthen"
[[stage.exercise]]
name = "Clam"
dose = "2 x 8 reps per side"
"""
TODAY = dt.date(2026, 11, 24)
PIGEON, BUTTERFLY, CLAM = "stretch.pigeon", "stretch.butterfly", "strengthen.clam"


def at(days: int) -> dt.datetime:
    """Return the evening so many days ago."""
    return dt.datetime(2026, 11, 24, 19, tzinfo=dt.UTC) - dt.timedelta(days=days)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    """Open a log of no session yet."""
    with Log.open(tmp_path / "log.db") as found:
        yield found


def did(log: Log, feel: Feel, days: int, routine: Routine | None = None) -> None:
    """Log a whole session of so many days ago."""
    routine = routine or parse(ROUTINE, "hips.toml")
    opening = Opening("hips", "Hips", "0", at(days), prescribed(routine))
    end = at(days) + dt.timedelta(minutes=9)
    log.add(Record(0, opening, end, Ending.FINISHED, 540, 0, feel, done_as_prescribed(routine)))


class Asked:
    """Somebody who is offered steps, and always says the same."""

    def __init__(self, *, answer: bool | None) -> None:
        """Not asked yet."""
        self.answer, self.offers = answer, list[Offer]()

    def __call__(self, offers: Sequence[Offer]) -> bool | None:
        """Take offers down."""
        self.offers += offers
        return self.answer


def prepare(
    log: Log, mode: Mode = Mode.AUTO, asked: Asked | None = None, adjustments: Adjustments | None = None
) -> tuple[Prepared, Training]:
    """Prepare the routine for today."""
    training = Training(log, "hips", mode, asked or Asked(answer=None), today=TODAY)
    return training(parse(ROUTINE, "hips.toml"), adjustments or Adjustments()), training


def doses(found: Routine) -> dict[str, str]:
    """Return the work of each exercise, in short."""
    asked = {one.name: one for one in prescribed(found)}
    return {name: f"{one.sets} x {one.reps or one.seconds:g}" for name, one in asked.items()}


WRITTEN = {"Pigeon": "1 x 20", "Butterfly": "1 x 20", "Clam": "2 x 8"}
STEPPED = {"Pigeon": "1 x 25", "Butterfly": "1 x 25", "Clam": "2 x 9"}


def test_nothing_done_is_the_routine_as_written(log: Log) -> None:
    """Without a session in the log nothing is changed and nothing told."""
    found, training = prepare(log)
    assert Prepared(parse(ROUTINE, "hips.toml"), Adjustments()) == found
    assert dict.fromkeys((PIGEON, BUTTERFLY, CLAM), Level()) == training.levels(found.routine)


def test_three_easy_ones_are_a_step(log: Log) -> None:
    """It is taken, and told with its reason; what is logged of the session are the new levels."""
    for days in (5, 3, 1):
        did(log, Feel.EASY, days)
    found, training = prepare(log)
    assert STEPPED == doses(found.routine)
    assert (
        "today: 25 s (the last 3 felt easy): Pigeon, Butterfly",
        "today: 9 reps (the last 3 felt easy): Clam",
    ) == found.notes
    assert dict.fromkeys((PIGEON, BUTTERFLY, CLAM), Level("", 1)) == training.levels(found.routine)


@pytest.mark.parametrize(("answer", "expected"), [(True, STEPPED), (False, WRITTEN), (None, WRITTEN)])
def test_a_step_up_is_offered(log: Log, answer: bool | None, expected: dict[str, str]) -> None:  # noqa: FBT001 - an answer
    """It is taken where that is wanted alone; where nobody can be asked, it is told how to take it."""
    for days in (5, 3, 1):
        did(log, Feel.EASY, days)
    asked = Asked(answer=answer)
    found, _ = prepare(log, Mode.ASK, asked)
    assert expected == doses(found.routine)
    assert ["25 s (the last 3 felt easy): Pigeon, Butterfly", "9 reps (the last 3 felt easy): Clam"] == [
        str(offer) for offer in asked.offers
    ]
    assert (2 if answer is None else 0) == sum(
        "--progress auto takes the step" in note for note in found.notes
    )


def test_a_step_back_is_taken_where_nobody_can_be_asked(log: Log) -> None:
    """After a hard session the careful way is the usual one."""
    did(log, Feel.HARD, 1)
    asked = Asked(answer=None)
    found, _ = prepare(log, Mode.ASK, asked)
    assert {Change.DOWN} == {offer.change for offer in asked.offers}
    assert {"Pigeon": "1 x 15", "Butterfly": "1 x 15", "Clam": "1 x 8"} == doses(found.routine)


def test_off_is_the_routine_as_written(log: Log) -> None:
    """Nothing is offered, and the session says nothing of progress later on."""
    for days in (5, 3, 1):
        did(log, Feel.EASY, days)
    asked = Asked(answer=True)
    found, training = prepare(log, Mode.OFF, asked)
    assert (WRITTEN, []) == (doses(found.routine), asked.offers)
    assert dict.fromkeys((PIGEON, BUTTERFLY, CLAM)) == training.levels(found.routine)


def test_a_session_that_goes_on_keeps_its_levels(log: Log) -> None:
    """A step that was taken when it began is kept, also by what was not begun; no other is taken."""
    for days in (5, 3, 1):
        did(log, Feel.EASY, days)
    asked = prescribed(parse(ROUTINE, "hips.toml"), {PIGEON: Level("", 1), CLAM: Level("", -1)})
    left = Record(9, Opening("hips", "Hips", "0", at(0), asked))
    offered = Asked(answer=True)
    training = Training(log, "hips", Mode.AUTO, offered, today=TODAY, goes_on=True, left=left)
    found = training(parse(ROUTINE, "hips.toml"), Adjustments())
    assert {"Pigeon": "1 x 25", "Butterfly": "1 x 20", "Clam": "1 x 8"} == doses(found.routine)
    assert [] == offered.offers


@pytest.mark.parametrize("mode", Mode)
def test_what_hurt_is_left_out_until_it_is_put_back(log: Log, mode: Mode) -> None:
    """Whatever is made of progress: the note says since when, and how to put it back."""
    did(log, Feel.PAIN, 1)
    log.hurt(Pain("hips", PIGEON, "Pigeon", at(1)))
    found, _ = prepare(log, mode)
    adjusted = adjust(found.routine, found.adjustments).routine
    assert ["Butterfly", "Clam"] == list(doses(adjusted))
    assert (
        "Pigeon is left out, because it hurt on 2026-11-23; "
        "to put it back: voicecoach progress hips --resume stretch.pigeon"
    ) == found.notes[0]
    log.resume("hips", PIGEON, at(0))
    assert () == prepare(log, Mode.OFF)[0].adjustments.skip


def test_what_hurt_and_is_gone_is_no_reason_not_to_play(log: Log) -> None:
    """An exercise that has another name by now is told of, for it cannot be left out."""
    log.hurt(Pain("hips", "stretch.frog", "Frog", at(1)))
    found, _ = prepare(log)
    assert () == found.adjustments.skip
    assert ("Frog hurt on 2026-11-23; the routine has no exercise of that name any more",) == found.notes


def test_what_was_asked_for_itself_has_no_level(log: Log) -> None:
    """A hold that was typed is done as typed; what felt easy then is no reason for a step."""
    for days in (5, 3, 1):
        did(log, Feel.EASY, days)
    asked = Adjustments(hold=60)
    found, training = prepare(log, adjustments=asked)
    done = adjust(found.routine, found.adjustments).routine
    assert {"Pigeon": "1 x 60", "Butterfly": "1 x 60", "Clam": "2 x 9"} == doses(done)
    assert {PIGEON: None, BUTTERFLY: None, CLAM: Level("", 1)} == training.levels(done)
