"""The player: render, write, listen for commands. The one loop of a live session."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from itertools import chain, repeat

from voicecoach import units
from voicecoach.errors import DeviceLostError, OutputError
from voicecoach.output.sink import Block, DeviceSink
from voicecoach.output.watchdog import Clock
from voicecoach.plan.timeline import Moment, Segment, Tone
from voicecoach.session.controls import Command, Poll, no_controls
from voicecoach.session.desk import Desk
from voicecoach.session.overlay import Overlay
from voicecoach.session.playhead import Place
from voicecoach.session.pulse import Pulse
from voicecoach.session.question import Answer, Asking
from voicecoach.session.viewer import Screen
from voicecoach.session.wall import wall
from voicecoach.sound.backdrop import Backdrop, no_backdrop
from voicecoach.sound.render import render

BLOCK_SECONDS = 0.02
"""Between two looks at the controls."""
POLL_SECONDS = 0.03
"""Between two looks at the controls while the session is paused."""
DRAIN_SECONDS = 3.0
"""The longest that a device may take to let what it holds be heard."""
RETRIES = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds before each attempt to open a device that was lost; the last ones go on."""
GIVE_UP_SECONDS = 1800.0
"""After so long without a device the session ends."""


IDLE = frozenset({Command.OTHER, Command.PAIN})
"""What asks for nothing while a session plays."""


class End(StrEnum):
    """Name how a session came to its end."""

    FINISHED = "finished"
    QUIT = "quit"


@dataclass(slots=True)
class Player:
    """Play a session on a device, and do what the listener asks for."""

    sink: DeviceSink
    desk: Desk
    screen: Screen
    poll: Poll = no_controls
    reopen: Callable[[], DeviceSink] | None = None
    """Open a device anew when one was lost; raises OutputError where there is none yet."""
    has_listener: bool = True
    """Whether somebody can end a pause."""
    channels: int = 1
    """As many as the device was opened with."""
    latency: int = 0
    """Frames by which what is heard is behind what the device says: Bluetooth."""
    backdrop: Backdrop = no_backdrop
    """What lies beneath it all."""
    sleep: Callable[[float], None] = time.sleep
    now: Clock = wall
    pulse: Pulse = field(default_factory=Pulse)
    """Beats while the session plays."""
    ended: Callable[[End], object] = lambda _: None
    """Hear how the session came to its end, before anything is asked."""
    question: Asking | None = None
    """What is asked when the session has ended; None: nothing."""
    answer: Answer = field(default=Answer(), init=False)
    underruns: int = 0
    """How often sound was not there in time, on all devices of the session."""
    _written: int = field(default=0, init=False)
    _unheard: int = field(default=0, init=False)
    _overlay: Overlay = field(default_factory=Overlay, init=False)

    def play(self) -> End:
        """Play from the playhead to the end of the session, or until the listener ends it.

        The sink is closed at any end: at a good one, when the last sound was heard.

        Raises:
            OutputError: the device was lost, and none came back.
        """
        try:
            with self.pulse.beating():
                end = self._to_the_end()
                self.ended(end)
                self._ask(aloud=end is End.FINISHED)
        except BaseException:
            with suppress(Exception):  # The fault that is under way is the one to report.
                self.sink.halt()
                self.sink.close()
            raise
        with suppress(DeviceLostError):  # All that is lost is the rest of the last sound.
            self.sink.close()
        self.underruns += self.sink.underruns
        return end

    def _to_the_end(self) -> End:
        while not self.desk.playhead.ended:
            try:
                if self._run() is Command.QUIT:
                    return End.QUIT
            except DeviceLostError as error:
                if self._find_device(error) is Command.QUIT:
                    return End.QUIT
        return End.FINISHED

    def _run(self) -> Command | None:
        """Play to the end of the segment, or to the next command; return QUIT where it ends the session."""
        playhead = self.desk.playhead
        for block in self._blocks(playhead.place()):
            ready = False
            while not ready:
                if ready := self.sink.ready(BLOCK_SECONDS):
                    moment = playhead.place().moment
                    self.sink.write(self.backdrop(self._overlay.over(block), moment))
                    self._written += len(block)
                    playhead.advance(len(block))
                command = self._attend()
                if slept := self.pulse.slept():
                    return self._wake_up(slept)
                if command:
                    return self._obey(command)
        return None

    def _attend(self) -> Command | None:
        """Show what is heard, and return the next command; where it waits, nearly every key goes on."""
        playhead = self.desk.playhead
        self._unheard = self._written - self.sink.heard()
        self.screen.show(playhead.place(self._unheard + self.latency), paused=False)
        command = self.poll()
        if command is Command.HELP:
            self.screen.show_keys()
            return None
        if command in {None, Command.QUIT, Command.BACK}:
            return command
        if playhead.place(self._unheard).segment.step.waits:
            return Command.NEXT
        return None if command in IDLE else command

    def _blocks(self, place: Place) -> Iterator[Block]:
        blocksize = units.frames(BLOCK_SECONDS, self._rate)
        return render(place.segment, self.desk.levels, blocksize, place.offset, self.channels)

    @property
    def _rate(self) -> int:
        return self.desk.course.planner.sample_rate

    def _obey(self, command: Command) -> Command | None:
        """Carry a command out; return QUIT where it ends the session."""
        self._fall_silent()
        if command is Command.QUIT:
            return command
        if command is Command.PAUSE:
            return self._pause()
        if told := self.desk.obey(command):
            self.screen.tell(told)
        self._acknowledge()
        return None

    def _fall_silent(self) -> None:
        self.desk.playhead.rewind(self.sink.halt())
        self._written = self._unheard = 0
        self._overlay.clear()

    def _acknowledge(self) -> None:
        """Answer a command by a sound: over what is heard, or before it where it is about to begin."""
        ack = self.desk.levels(Tone("ack")).samples
        if not self.desk.acknowledge():
            self._overlay.begin(ack, self.channels)

    def _pause(self) -> Command | None:
        """Wait for the listener; a phrase that was cut is said again when the session goes on."""
        self.desk.settle()
        paused_at = self.now()
        while (command := self._in_pause()) is None:
            self.sleep(POLL_SECONDS)
        self.pulse.wake()
        if command is Command.QUIT:
            return command
        if command is Command.PAUSE:
            self.desk.go_on(self.now() - paused_at)
            return None
        return self._obey(command)

    def _in_pause(self) -> Command | None:
        """Return the next command that ends a pause; do what can be done in one."""
        self.screen.show(self.desk.playhead.place(), paused=True)
        command = self.poll()
        if command in {None, Command.PAUSE, Command.NEXT, Command.BACK, Command.QUIT}:
            return command
        if command in IDLE:
            return None
        if command is Command.HELP:
            self.screen.show_keys()
        elif command is Command.SAY:
            self._utter(self.desk.where())
        elif told := self.desk.obey(command):
            self.screen.tell(told)
        return None

    def _utter(self, aside: Segment) -> None:
        """Let an aside be heard to its end."""
        self._say(aside, no_controls)

    def _say(self, aside: Segment, poll: Poll) -> Command | None:
        """Let an aside be heard, to its end or to the next command, which is returned."""
        command, written = None, 0
        for block in self._blocks(Place(aside, 0, None, 0)):
            while not command and not self.sink.ready(BLOCK_SECONDS):
                command = poll()
            if command := command or poll():
                break
            self.sink.write(self.backdrop(block, Moment(aside, written, None)))
            written += len(block)
        deadline = self.now() + DRAIN_SECONDS
        while not command and self.sink.heard() < written and self.now() < deadline:
            self.sleep(POLL_SECONDS)
            command = poll()
        self.sink.halt()
        return command

    def _ask(self, *, aloud: bool) -> None:
        """Ask how it was, where anything was done; who ended the session has had enough of the voice."""
        if self.question is None or not self.question.is_due():
            return
        say = (lambda aside: self._say(aside, self.poll)) if aloud else (lambda _: None)
        with suppress(DeviceLostError):  # No answer is an answer, too.
            if aloud:
                self._drain()
            self.answer = self.question.ask(say, self._wait_for, partial(self.screen.tell, stays=True))

    def _drain(self) -> None:
        """Wait until all that was written was heard; what is pressed meanwhile asks for nothing any more."""
        deadline = self.now() + DRAIN_SECONDS
        while (unheard := self._written - self.sink.heard()) > 0 and self.now() < deadline:
            self.screen.show(self.desk.playhead.place(unheard + self.latency), paused=False)
            self.sleep(POLL_SECONDS)
            self.poll()
        self._fall_silent()

    def _wait_for(self, seconds: float) -> Command | None:
        """Wait for a command, so many seconds at most."""
        deadline = self.now() + seconds
        while not (command := self.poll()) and self.now() < deadline:
            self.screen.show(self.desk.playhead.place(), paused=False)
            self.sleep(POLL_SECONDS)
        return command

    def _wake_up(self, slept: float) -> Command | None:
        """Say that the machine slept; go on at the start of the set, when the listener is there again."""
        self._fall_silent()
        self.screen.tell(self.desk.told("slept", length=units.clock(slept)))
        if self.has_listener:
            self._utter(self.desk.remark("slept"))
            return self._pause()
        self.desk.playhead.interject(self.desk.remark("slept.on"))
        self.desk.lead_back()
        return None

    def _find_device(self, error: DeviceLostError) -> Command | None:
        """Wait for a device; return QUIT where the listener ends the session meanwhile.

        Raises:
            OutputError: none came back.
        """
        if self.reopen is None:
            raise error
        self.desk.playhead.rewind(self._unheard)
        self._written = self._unheard = 0
        self.screen.tell(f"{error}; trying again")
        give_up, waits = self.now() + GIVE_UP_SECONDS, chain(RETRIES, repeat(RETRIES[-1]))
        while self.now() < give_up:
            again = self.now() + next(waits)
            while self.now() < again:
                self.screen.show(self.desk.playhead.place(), paused=True)
                if self.poll() is Command.QUIT:
                    return Command.QUIT
                self.sleep(POLL_SECONDS)
            with suppress(OutputError):
                found = self.reopen()
                break
        else:
            raise error
        self.underruns += self.sink.underruns
        self.sink = found
        self.pulse.wake()
        self.screen.tell(self.desk.told("back"))
        self.desk.playhead.interject(self.desk.remark("lost"))
        self.desk.lead_back()
        return None
