"""Live sound through simpleaudio, which plays buffers and has neither a stream nor a clock.

Sound is collected up to a silence, and each such island is started at its own absolute moment, in a
process of its own (`simpleaudio_worker` says why): what one start is late does not add up.
"""

from voicecoach.errors import ChoiceError, DeviceLostError, OutputError
from voicecoach.output.islands import Island, Islands
from voicecoach.output.lateness import MOST, SHARE
from voicecoach.output.schedule import Schedule
from voicecoach.output.simpleaudio_link import Link, launch
from voicecoach.output.sink import Block
from voicecoach.output.watchdog import Clock, clock
from voicecoach.units import seconds

LEAD = 0.1
"""Seconds from the first write to the first frame, so that its island is complete in time."""
AHEAD = 0.3
"""Seconds that writing may be ahead of what sounds, but for an island that is not complete."""
DUE = 0.03
"""Seconds before its moment at which an island is sent off, complete or not."""
PRELUDE = 0.4
"""Seconds after the first write in which an island is put off, not cut: nothing has sounded yet."""
PIECE = 0.05
"""Seconds of a block that are taken at a time."""
START_PATIENCE = 10.0
"""Seconds that the process may take to start."""
END_PATIENCE = 2.0
"""Seconds that the last sound may take to end beyond its length."""
SAMPLE_RATES = (8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000, 192000)
"""Those that simpleaudio takes."""
_REMEDY = "start a sound server or plug in a device, or use --device miniaudio or --device none"


class SimpleaudioDevice:
    """Start each island of sound at its moment."""

    def __init__(self, sample_rate: int, link: Link, now: Clock = clock) -> None:
        """Begin with the first write."""
        self._sample_rate = sample_rate
        self._piece = round(PIECE * sample_rate)
        self._link = link
        self._now = now
        self._islands = Islands(sample_rate)
        self._schedule = Schedule(sample_rate)
        self._plan = Schedule(sample_rate)
        self._begun = 0.0
        self._silent_yet = True
        self._heard = 0
        self._late = 0
        self._open = True

    @property
    def underruns(self) -> int:
        """Return how often the rest of the session had to be put off."""
        return self._late + self._link.slips

    def write(self, block: Block) -> None:
        """Collect a block, waiting until it is near its moment; an island that has begun does not wait.

        Raises:
            DeviceLostError: the device, or the process that plays, is lost.
        """
        for first in range(0, len(block), self._piece):
            self._wait_for_room()
            self._send_if_due()
            piece = block[first : first + self._piece]
            self._keep_schedule(len(piece))
            self._send(self._islands.add(piece))
            self._send_if_due()

    def ready(self, seconds: float) -> bool:
        """Wait until the island that sounds is over, but for the look-ahead; tell whether it is."""
        self._link.look()
        self._check()
        if (wait := self._until_room()) > 0:
            self._link.wait(min(wait, seconds))
            self._check()
        return self._until_room() <= 0

    def heard(self) -> int:
        """Return how many frames have sounded, by the clock.

        simpleaudio tells nothing: the truth lies behind by what it takes a buffer to start.
        """
        self._send_if_due()
        heard = min(self._islands.written, self._schedule.frame(self._moment_now()))
        if self._islands.start is not None:
            heard = min(heard, self._islands.start)
        self._heard = max(self._heard, heard)
        return self._heard

    def halt(self) -> int:
        """Stop what sounds and forget the rest; return how many frames had not sounded, by the clock.

        Up to 300 ms of what was to follow still sound, for simpleaudio has handed them on. They count as
        unheard: a session that goes on from there repeats them rather than losing them.
        """
        unheard = self._islands.written - self.heard()
        self._link.halt()
        self._islands.clear()
        self._schedule.clear()
        self._heard = 0
        return unheard

    def close(self) -> None:
        """Let all that was written sound, and end the process.

        Raises:
            DeviceLostError: the device was lost before all had sounded.
        """
        if not self._open:
            return
        try:
            self._send(self._islands.take())
            self._link.finish()
            end = max(self._moment_now(), self._schedule.moment(self._islands.written))
            while not self._link.done:
                self._link.wait(PIECE)
                self._check()
                if self._moment_now() > end + END_PATIENCE:
                    self._link.fault = "the last sound does not end"
            while (left := end - self._moment_now()) > 0:
                self._link.wait(left)
        finally:
            self._release()

    def _moment_now(self) -> float:
        """Return the moment that the schedule has reached: the process may have put off everything."""
        return self._now() - self._link.slip

    def _wait_for_room(self) -> None:
        self._link.look()
        self._check()
        while (wait := self._until_room()) > 0:
            self._link.wait(wait)
            self._check()

    def _until_room(self) -> float:
        """Return the seconds until more may be written; an island that has begun does not wait."""
        if not self._schedule.running or self._islands.start is not None:
            return 0.0
        return self._schedule.moment(self._islands.written) - self._moment_now() - AHEAD

    def _keep_schedule(self, frames: int) -> None:
        """Place the next frames at their planned moment, or nearer to it by a share of them in a silence."""
        written, now = self._islands.written, self._moment_now()
        if not self._schedule.running:
            self._begun, self._silent_yet = now, True
            self._place(written, now + LEAD)
        elif self._schedule.moment(written) < now:
            self._late += 1
            self._place(written, now + LEAD)
        elif self._islands.start is None:
            planned, present = self._plan.moment(written) - self._link.slip, self._schedule.moment(written)
            nearer = max(planned, now + LEAD, present - SHARE * seconds(frames, self._sample_rate))
            if nearer < present:
                self._schedule.place(written, nearer)

    def _place(self, frame: int, moment: float) -> None:
        """Put the rest off; that is the new plan where nothing has sounded yet, or it was a long pause."""
        self._schedule.place(frame, moment)
        late = moment + self._link.slip - self._plan.moment(frame)
        if self._silent_yet or late > MOST:
            self._plan.place(frame, moment + self._link.slip)

    def _send_if_due(self) -> None:
        start, now = self._islands.start, self._moment_now()
        if start is None or self._schedule.moment(start) - now >= DUE:
            return
        if self._silent_yet and now - self._begun < PRELUDE:
            self._place(start, now + DUE)
        else:
            self._send(self._islands.take())

    def _send(self, island: Island | None) -> None:
        if island is not None:
            now = self._moment_now()
            if self._schedule.moment(island.start) < now:
                self._late += not self._silent_yet
                self._place(island.start, now + DUE)
            self._silent_yet = False
            self._link.play(self._schedule.moment(island.start), island.pcm)

    def _check(self) -> None:
        if self._link.fault:
            self._release()
            message = f"simpleaudio plays no more ({self._link.fault}); {_REMEDY}"
            raise DeviceLostError(message)

    def _release(self) -> None:
        if self._open:
            self._open = False
            self._link.close()


def open_device(
    sample_rate: int,
    output: str | None = None,
    channels: int = 1,
    buffer: float | None = None,  # noqa: ARG001 - simpleaudio has its own
) -> SimpleaudioDevice:
    """Open the default output of the system: simpleaudio knows no other.

    Raises:
        ChoiceError: an output was named, or simpleaudio does not take this sample rate.
        OutputError: there is no sound device, or simpleaudio does not run.
    """
    if output is not None:
        message = f"simpleaudio cannot choose the output '{output}'; use --device 'miniaudio:{output}'"
        raise ChoiceError(message)
    if sample_rate not in SAMPLE_RATES:
        message = f"simpleaudio plays no {sample_rate} Hz; use --device miniaudio"
        raise ChoiceError(message)
    link = launch(sample_rate, channels)
    deadline = clock() + START_PATIENCE
    while not (link.ready or link.fault) and clock() < deadline:
        link.wait(START_PATIENCE)
    if link.fault or not link.ready:
        link.close()
        reason = link.fault or "it does not start"
        message = f"no sound device can be opened with simpleaudio ({reason}); {_REMEDY}"
        raise OutputError(message)
    return SimpleaudioDevice(sample_rate, link)


def outputs() -> tuple[str, ...]:
    """Return nothing: simpleaudio knows only the default."""
    return ()
