"""A session that is heard live: wires its plan, its voice, a device and whoever listens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voicecoach import units
from voicecoach.plan.course import Course
from voicecoach.routine.pace import Effort
from voicecoach.session.desk import Desk
from voicecoach.session.levels import Levels
from voicecoach.session.player import Player
from voicecoach.session.playhead import Playhead

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicecoach.coach import Session
    from voicecoach.output.sink import DeviceSink
    from voicecoach.plan.spot import Spot
    from voicecoach.session.controls import Poll
    from voicecoach.session.screen.words import Total
    from voicecoach.session.viewer import Screen


@dataclass(frozen=True, slots=True)
class Live:
    """A session that is about to be heard, or is."""

    session: Session
    desk: Desk
    """What its listener can change."""

    def total(self) -> Total:
        """Return what tells the length of it all, with the changes of the listener."""
        total, rate = self.session.total_length(), self.session.planner.sample_rate

        def tell() -> tuple[int, bool]:
            frames, exact = total()
            return frames + round(self.desk.course.added * rate), exact

        return tell

    def player(
        self, open_sink: Callable[[], DeviceSink], screen: Screen, poll: Poll, latency: float = 0
    ) -> Player:
        """Open a device, and return what plays the session on it.

        Args:
            open_sink: opens the device, again where it was lost.
            screen: shows where the session is.
            poll: returns the commands of the listener.
            latency: seconds by which what is heard is behind what the device says.

        Raises:
            OutputError: the device cannot be opened.
            CoachError: the music cannot be played.
        """
        planner = self.session.planner
        # Before the device is opened: what music takes to begin may not make sound late.
        backdrop = self.session.backdrop(live=True)
        return Player(
            open_sink(),
            self.desk,
            screen,
            poll,
            reopen=open_sink,
            has_listener=planner.has_keys,
            channels=planner.channels,
            latency=units.frames(latency, planner.sample_rate),
            backdrop=backdrop,
        )


def open_live(session: Session, spot: Spot | None = None) -> Live:
    """Begin a session, or go on where it was left.

    Raises:
        ChoiceError: the routine has no such place any more.
    """
    chosen, measure = session.routine.pace, session.voice.measure
    effort = spot.effort if spot else Effort.AS_CHOSEN
    routine = replace(session.routine, pace=chosen.at(effort))
    planner = replace(session.planner, routine=routine)
    course = Course(planner, measure, spot)
    passed = spot.passed if spot else 0
    playhead = Playhead(course, has_listener=planner.has_keys, passed=passed)
    session = replace(session, routine=routine, planner=planner)
    return Live(session, Desk(course, playhead, Levels(session.voice.clip), measure, chosen, effort))
