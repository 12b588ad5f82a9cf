"""The desk: what each command of the listener does to a session that is under way. One table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from voicecoach import units
from voicecoach.plan import asides
from voicecoach.plan.course import Course
from voicecoach.plan.remaining import PAUSES
from voicecoach.plan.splice import RESIZABLE
from voicecoach.plan.spot import Spot
from voicecoach.plan.timeline import Measure, Segment, Sound
from voicecoach.routine.pace import Effort, Pace
from voicecoach.session.controls import Command
from voicecoach.session.levels import STEP_DB, Levels, Part
from voicecoach.session.playhead import Place, Playhead

GRACE_SECONDS = 3.0
"""A set that has run for less goes back to the set before it."""
RESIZE_SECONDS = 10.0
"""What longer and shorter change."""


@dataclass(slots=True)
class Desk:
    """A session that is under way: its course, the cursor in it, and how loud it is.

    Whoever plays has to be silent meanwhile: what was not heard is taken back first.
    """

    course: Course
    playhead: Playhead
    levels: Levels
    measure: Measure
    chosen: Pace
    """The pace before the listener asked for anything easier or harder."""
    effort: Effort = Effort.AS_CHOSEN

    def obey(self, command: Command) -> str:
        """Carry a command out, and return what it did, for those who look; empty where that is plain.

        Args:
            command: one of `ACTIONS`.
        """
        return ACTIONS[command](self)

    def told(self, key: str, **values: object) -> str:
        """Return what has happened, in words of the session's language, for those who look."""
        return self.course.planner.phrases.text(f"told.{key}", count=1, **values)

    def spot(self, place: Place) -> Spot | None:
        """Return what has to be known to go on another time, at the start of what is heard."""
        step = place.segment.step
        return Spot.of(step, place.passed - place.offset, self.effort, self.course.lengths(step.bout))

    def what(self, place: Place) -> str:
        """Return what is done at a moment, in words; in a pause, what is done after it."""
        step = place.segment.step
        if step.exercise is None:
            return place.segment.label
        phrases = self.course.planner.phrases
        return phrases.text(f"label.{step.side or 'none'}", name=step.exercise.name)

    def settle(self) -> None:
        """Make ready for a pause: what it cuts is heard again afterwards."""
        self.playhead.drop_asides()
        self.playhead.settle(self.measure, self.course.planner.sample_rate)

    def go_on(self, silence: float = 0) -> None:
        """Make ready to go on after a pause of so many seconds: a set is counted in."""
        planner, step = self.course.planner, self.playhead.segment.step
        if silence >= planner.routine.pace.long_silence:
            self.playhead.interject(asides.wake(planner, step, self.measure))
        self.lead_back()

    def lead_back(self) -> None:
        """Count a set in, where the cursor stands in one."""
        step, offset = self.playhead.segment.step, self.playhead.offset
        if step.is_work:
            inside = offset > 0
            self.playhead.interject(asides.lead_back(self.course.planner, step, self.measure, inside=inside))

    def remark(self, key: str) -> Segment:
        """Return a phrase of the session's language as an aside; what was under way begins anew after it."""
        self.playhead.back_to_set()
        planner, step = self.course.planner, self.playhead.segment.step
        return asides.spoken(planner, step, self.measure, planner.phrases.say(key))

    def where(self) -> Segment:
        """Return what tells the listener where they are, as an aside."""
        planner, step = self.course.planner, self.playhead.segment.step
        return asides.spoken(planner, step, self.measure, *asides.where(planner, step)[:1])

    def acknowledge(self) -> bool:
        """Have a command answered by a tone before what comes next, where that is about to sound.

        Within a set, time does not stand still for it.

        Returns:
            Whether it is; else it can be laid over the silence, or over what goes on.
        """
        place = self.playhead.place()
        if place.offset and place.segment.step.seconds is not None:
            return False
        self.playhead.settle(self.measure, self.course.planner.sample_rate)
        place = self.playhead.place()
        ack = asides.tone(self.course.planner, place.segment, self.measure, "ack")
        near = range(place.offset, place.offset + ack.frames)
        if not any(event.onset in near for event in place.segment.events):
            return False
        self.playhead.interject(ack, first=True)
        return True

    def say(self, *variants: Sound) -> bool:
        """Have something said as soon as there is room for it; tell whether there is."""
        return self.playhead.edit(
            lambda segment, now: None if segment.step.seconds is None else self.course.insert(now, variants)
        )

    def say_key(self, key: str) -> None:
        """Have a phrase said, where there is room for it."""
        self.say(self.course.planner.phrases.say(key))


def _skip(desk: Desk) -> str:
    desk.playhead.skip()
    return ""


def _back(desk: Desk) -> str:
    desk.playhead.back(units.frames(GRACE_SECONDS, desk.course.planner.sample_rate))
    desk.lead_back()
    return ""


def _repeat(desk: Desk) -> str:
    step = desk.playhead.segment.step
    if step.set is not None and step.kind not in PAUSES:
        desk.playhead.edit(lambda segment, _: desk.course.repeat(segment.step))
        return desk.told("again")
    if step.set is not None and desk.playhead.before(lambda one: one.is_work and one.bout == step.bout):
        return _back(desk) or desk.told("again.last")
    return desk.told("again.none")


def _resize(desk: Desk, seconds: float) -> str:
    if desk.playhead.segment.step.kind not in RESIZABLE:
        return desk.told("time.none")
    before = desk.playhead.segment.frames
    desk.playhead.edit(lambda _, now: desk.course.resize(now, seconds))
    changed = (desk.playhead.segment.frames - before) / desk.course.planner.sample_rate
    return f"{changed:+.0f} s"


def _ease(desk: Desk, way: int) -> str:
    effort = Effort(min(max(desk.effort + way, Effort.EASIER), Effort.HARDER))
    name = effort.name.lower()
    changes: list[bool] = []

    def change(segment: Segment, _: int) -> None:
        changes.append(desk.course.change_pace(segment.step, desk.chosen.at(effort)))

    desk.playhead.edit(change)
    if effort is desk.effort or not any(changes):
        return desk.told("easier.none" if way < 0 else "harder.none")
    desk.effort = effort
    desk.say_key(name)
    return desk.told(name)


def _say(desk: Desk) -> str:
    segment = desk.playhead.segment
    if segment.step.seconds is None:
        desk.playhead.restart()
        return ""
    said = asides.where(desk.course.planner, segment.step)
    heard = bool(said) and desk.say(*said)
    return segment.label if heard else desk.told("no_room", label=segment.label)


def _mute(desk: Desk) -> str:
    desk.levels.is_muted = not desk.levels.is_muted
    if not desk.levels.is_muted:
        desk.say_key("voice")
    return desk.told("talk.off" if desk.levels.is_muted else "talk.on")


def _change_level(desk: Desk, part: Part, db: float) -> str:
    level = desk.levels.change(part, db)
    if part is Part.VOICE:
        desk.say_key("louder" if db > 0 else "softer")
    return desk.told(part, db=f"{-level:.0f}") if level else desk.told(f"{part}.full")


ACTIONS: Mapping[Command, Callable[[Desk], str]] = MappingProxyType(
    {
        Command.NEXT: _skip,
        Command.BACK: _back,
        Command.REPEAT: _repeat,
        Command.LONGER: partial(_resize, seconds=RESIZE_SECONDS),
        Command.SHORTER: partial(_resize, seconds=-RESIZE_SECONDS),
        Command.EASIER: partial(_ease, way=-1),
        Command.HARDER: partial(_ease, way=1),
        Command.SAY: _say,
        Command.MUTE: _mute,
        Command.VOICE_SOFTER: partial(_change_level, part=Part.VOICE, db=-STEP_DB),
        Command.VOICE_LOUDER: partial(_change_level, part=Part.VOICE, db=STEP_DB),
        Command.TONES_SOFTER: partial(_change_level, part=Part.TONES, db=-STEP_DB),
        Command.TONES_LOUDER: partial(_change_level, part=Part.TONES, db=STEP_DB),
    }
)
"""What each command does that is no business of the player's own: pause, help and end are."""
