"""The logbook: what a live session tells the log, while it runs and when it has ended."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voicecoach.history.prescription import prescribed, version_of
from voicecoach.history.records import Ending, Opening, Pain
from voicecoach.routine.address import places
from voicecoach.session.player import End
from voicecoach.session.question import Question
from voicecoach.session.recorder import Recorder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from voicecoach.coach import Session
    from voicecoach.history.log import Log
    from voicecoach.history.records import Level, Performed, Record
    from voicecoach.session.question import Answer

ENDINGS = {End.FINISHED: Ending.FINISHED, End.QUIT: Ending.QUIT}


def opening(
    session: Session, routine: str, path: Path, levels: Mapping[str, Level | None], program: str
) -> Opening:
    """Return what the log holds of a session from its beginning.

    Args:
        session: as it is about to be played.
        routine: the name or the path that it is asked for by, as it holds in any folder.
        path: its file.
        levels: where each exercise stands, by its address.
        program: the version of the program.
    """
    meta = session.meta()
    adjustments = meta["adjustments"]
    rate = session.planner.sample_rate
    return Opening(
        routine,
        session.routine.title,
        version_of(path.read_bytes()),
        dt.datetime.now().astimezone(),
        prescribed(session.routine, levels),
        session.expected_frames() / rate,
        adjustments if isinstance(adjustments, dict) else {},
        session.routine.language,
        program,
    )


@dataclass(slots=True)
class Logbook:
    """The page of one session; one of which nothing was done leaves none."""

    log: Log
    opening: Opening
    before: Record | None = None
    """The session as the log has it, where it goes on."""
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now().astimezone()
    number: int | None = field(default=None, init=False)
    """Of the session in the log."""

    def __post_init__(self) -> None:
        """Go on with a page that there is."""
        self.number = self.before.id if self.before else None

    def write(self, number: int, done: Performed, heard: float, paused: float) -> None:
        """Take a set down, and the seconds heard and paused so far; the first set begins the page.

        Raises:
            CoachError: it cannot be written now.
        """
        if self.number is None:
            self.number = self.log.begin(self.opening)
        self.log.put(self.number, number, done)
        self.log.play_time(self.number, heard, paused)

    def recorder(self, session: Session) -> Recorder:
        """Return what takes down what is heard."""
        asked = (one.address for one in self.opening.prescribed)
        exercises = (place for place, exercise in places(session.routine) if not exercise.is_wait)
        addresses = dict(zip(exercises, asked, strict=True))
        return Recorder(self.write, addresses, session.planner.sample_rate, before=self.before)

    def question(self, session: Session, recorder: Recorder) -> Question:
        """Return what is asked at the end, where anything was done."""
        names = [one.name for one in self.opening.prescribed]
        return Question(session.planner, session.voice.measure, names, lambda: recorder.whole > 0)

    def close(self, recorder: Recorder, end: End) -> None:
        """Write how long the session was, and how it ended.

        Raises:
            CoachError: it cannot be written.
        """
        recorder.close()
        if self.number is None:
            return
        self.log.play_time(self.number, recorder.heard, recorder.paused)
        self.log.end(self.number, self.now(), ENDINGS[end])

    def answer(self, answer: Answer) -> None:
        """Write how the session felt.

        Raises:
            CoachError: it cannot be written.
        """
        if self.number is None:
            return
        if answer.feel:
            self.log.answer(self.number, answer.feel)
        if answer.hurt is not None:
            one = self.opening.prescribed[answer.hurt]
            pain = Pain(self.opening.routine, one.address, one.name, self.now())
            self.log.hurt(pain, self.number)
