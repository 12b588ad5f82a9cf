"""The player: render, write, listen for commands. The one loop of a live session."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from voicecoach import units
from voicecoach.output.sink import Block, DeviceSink
from voicecoach.plan.timeline import Measure
from voicecoach.session.controls import Command, Poll, no_controls
from voicecoach.session.playhead import Place, Playhead
from voicecoach.sound.render import Clips, render

BLOCK_SECONDS = 0.02
"""Between two looks at the controls."""
POLL_SECONDS = 0.03
"""Between two looks at the controls while the session is paused."""
GRACE_SECONDS = 3.0
"""A set that has run for less goes back to the set before it."""


class End(StrEnum):
    """Name how a session came to its end."""

    FINISHED = "finished"
    QUIT = "quit"


class Screen(Protocol):
    """Show where the session is, to those who look."""

    def show(self, place: Place, *, paused: bool) -> None:
        """Show a moment. Called often: what has not changed need not be drawn again."""

    def tell(self, text: str) -> None:
        """Tell one line to those who look: what a key did, why the session pauses."""


@dataclass(frozen=True, slots=True)
class Player:
    """Play a session on a device, and do what the listener asks for."""

    sink: DeviceSink
    clips: Clips
    measure: Measure
    sample_rate: int
    screen: Screen
    poll: Poll = no_controls
    sleep: Callable[[float], None] = time.sleep
    channels: int = 1
    """As many as the device was opened with."""

    def play(self, playhead: Playhead) -> End:
        """Play from the playhead to the end of the session, or until the listener ends it.

        Closing the sink, which lets the last sounds be heard, is left to the caller.

        Raises:
            OutputError: the device was lost.
        """
        written = 0
        while not playhead.ended:
            for block in self._blocks(playhead):
                self.sink.write(block)
                written += len(block)
                playhead.advance(len(block))
                heard = playhead.place(written - self.sink.heard())
                self.screen.show(heard, paused=False)
                if command := self._command(heard):
                    playhead.rewind(self.sink.halt())
                    written = 0
                    if self._obey(command, playhead) is Command.QUIT:
                        return End.QUIT
                    break
        return End.FINISHED

    def _command(self, heard: Place) -> Command | None:
        """Return the next command; where the session waits for the listener, nearly every key goes on."""
        command = self.poll()
        if command and heard.segment.step.waits and command not in {Command.QUIT, Command.BACK}:
            return Command.NEXT
        return None if command is Command.OTHER else command

    def _blocks(self, playhead: Playhead) -> Iterator[Block]:
        place = playhead.place()
        blocksize = units.frames(BLOCK_SECONDS, self.sample_rate)
        return render(place.segment, self.clips, blocksize, place.offset, self.channels)

    def _obey(self, command: Command, playhead: Playhead) -> Command | None:
        """Carry a command out; return QUIT where it ends the session."""
        match command:
            case Command.NEXT:
                playhead.skip()
            case Command.BACK:
                playhead.back(units.frames(GRACE_SECONDS, self.sample_rate))
            case Command.PAUSE:
                return self._pause(playhead)
        return command

    def _pause(self, playhead: Playhead) -> Command | None:
        """Wait for the next command; a phrase that was cut is said again when the session goes on."""
        playhead.say_again(self.measure)
        self.screen.show(playhead.place(), paused=True)
        while (command := self.poll()) in {None, Command.OTHER}:
            self.sleep(POLL_SECONDS)
        return None if command in {None, Command.PAUSE} else self._obey(command, playhead)
