"""The coach: wires routine, plan, voice and output together, once, for the command line and for programs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from voicecoach import folders, units
from voicecoach.errors import SpeechError
from voicecoach.output.replace import replacing
from voicecoach.output.sink import Block, DeviceSink, Sink, open_device, open_file
from voicecoach.plan.announce import routine_seconds
from voicecoach.plan.cues import Talk
from voicecoach.plan.document import Document, describe
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.timeline import SAMPLE_RATE, Segment, Speech, Timeline
from voicecoach.routine import files
from voicecoach.routine.adjust import Adjustments, adjust
from voicecoach.routine.shelf import find
from voicecoach.session.player import End, Player, Screen
from voicecoach.session.playhead import Playhead
from voicecoach.sound.render import render
from voicecoach.speech.calibration import TALK_WPM
from voicecoach.speech.engine import Engine, open_engine
from voicecoach.speech.opening import open_voice
from voicecoach.speech.text import NO_WORDS

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.routine.model import Routine
    from voicecoach.session.controls import Poll
    from voicecoach.speech.voice import Voice

FILE_BLOCK_SECONDS = 1.0
"""A file takes large blocks: there is nobody to wait for."""

Progress = Callable[[int, int], object]
"""Hear of long work: how much is done, of how much."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """How a session is spoken."""

    talk: Talk = Talk.FULL
    voice: str | None = None
    """A name, an id or a language; None: the usual voice of the routine's language."""
    rate_wpm: int | None = None
    """Words a minute of instructions, as heard; None: the pace's."""
    cache: Path | None = None
    """The folder of spoken clips; None: the platform's."""
    keep: bool = True
    """Whether clips are kept after the session."""
    tone_for_errors: bool = False
    """Whether a phrase that cannot be spoken becomes a tone; else it is an error."""


@dataclass(frozen=True, slots=True)
class Session:
    """A routine, as adjusted, with a voice: ready to be planned, played or exported."""

    routine: Routine
    planner: Planner
    voice: Voice
    rate_wpm: int
    """Words a minute of instructions, as heard."""
    adjustments: Adjustments
    notes: tuple[str, ...] = field(default=())
    """What the user should know: options that changed nothing, a voice that could not be had."""

    def segments(self) -> Iterator[Segment]:
        """Plan the session, segment by segment."""
        return self.planner.segments(self.voice.measure)

    def timeline(self) -> Timeline:
        """Return the session; it is planned anew with each walk over it."""
        return Timeline(self.planner.sample_rate, self.segments())

    def prepare(self, progress: Progress | None = None) -> None:
        """Have every phrase spoken, over all cores, that the plan will ask for."""
        self.voice.prefetch(self.planner.speech(), progress).wait()

    def document(self) -> Document:
        """Return the plan as a document."""
        return describe(self.timeline(), self.voice.measure, self.meta())

    def meta(self) -> dict[str, object]:
        """Return what a plan says of itself."""
        from importlib.metadata import version  # noqa: PLC0415 - slow to import, and not needed to play

        return {
            "program": f"voicecoach {version('voicecoach')}",
            "title": self.routine.title,
            "language": self.routine.language,
            "voice": f"{self.voice.engine.name}:{self.voice.info.id}" if self.planner.has_voice else None,
            "rate_wpm": self.rate_wpm,
            "pace": self.routine.pace.name,
            "talk": self.planner.talk.value,
            "adjustments": self.adjustments.given(),
            "notes": list(self.notes),
        }

    def export(self, target: Path, progress: Progress | None = None) -> int:
        """Write the session to an audio file, beside it first, and return its length in frames.

        Args:
            target: its suffix says the format.
            progress: hears of frames done, of an estimate of all of them.

        Raises:
            OutputError: the file cannot be written; an older one is as it was.
            ChoiceError: the suffix is unknown.
        """
        rate = self.planner.sample_rate
        expected = units.frames(routine_seconds(self.routine), rate)
        blocksize = units.frames(FILE_BLOCK_SECONDS, rate)
        done = 0
        with replacing(target) as beside:
            sink = open_file(beside, rate)
            try:
                for segment in self.segments():
                    for block in render(segment, self.voice.clip, blocksize):
                        sink.write(block)
                    done += segment.frames
                    if progress:
                        progress(done, max(expected, done))
            finally:
                sink.close()
        return done

    def play(self, sink: DeviceSink, screen: Screen, poll: Poll) -> End:
        """Play the session live; it is planned, spoken and rendered as it goes."""
        player = Player(sink, self.voice.clip, self.voice.measure, self.planner.sample_rate, screen, poll)
        return player.play(Playhead(self.segments()))


@contextmanager
def open_session(
    reference: str,
    adjustments: Adjustments | None = None,
    speaking: Speaking | None = None,
    *,
    start_in: float = 0,
) -> Iterator[Session]:
    """Open a routine, by name or by path, as adjusted, with a voice.

    Args:
        reference: a bundled name, a name in the user's folder, or a path.
        adjustments: what is done differently.
        speaking: how it is spoken.
        start_in: seconds of silence before the opening.

    Raises:
        ChoiceError: a name or figure fits nothing.
        RoutineError: the file has problems.
        SpeechError: there is no voice, and the session needs one.
    """
    adjustments, speaking = adjustments or Adjustments(), speaking or Speaking()
    written = files.load(find(reference, folders.routines()))
    routine, notes = adjust(written, adjustments)
    phrases = load_phrases(routine.language)
    rate_wpm = speaking.rate_wpm or routine.pace.rate_wpm
    voice, trouble = _voice(routine, speaking, rate_wpm)
    if trouble:
        notes = (*notes, f"the safety words are not spoken: {trouble}")
    with voice:
        planner = Planner(routine, phrases, speaking.talk, not trouble, start_in)
        yield Session(routine, planner, voice, rate_wpm, adjustments, notes)


def _voice(routine: Routine, speaking: Speaking, rate_wpm: int) -> tuple[Voice, str]:
    """Open the voice of a session; with beeps, one that cannot speak will do, and its trouble is told.

    Raises:
        ChoiceError: the voice that was asked for is not there.
        SpeechError: no voice can be had, and the session needs one.
    """
    opened = partial(_open_voice, speaking, routine.language, rate_wpm, routine.pronunciation)
    if speaking.talk is not Talk.BEEPS:
        return opened(), ""
    try:
        voice = opened()
    except SpeechError as error:
        return opened(engine=open_engine("double")), str(error)
    try:
        voice.measure(Speech(routine.caution or routine.title, routine.language))
    except SpeechError as error:
        return voice, str(error)
    return voice, ""


def _open_voice(
    speaking: Speaking,
    language: str,
    rate_wpm: int | None = None,
    pronunciation: Mapping[str, str] = NO_WORDS,
    engine: Engine | None = None,
) -> Voice:
    return open_voice(
        None if engine else speaking.voice,
        language=language,
        talk_wpm=speaking.rate_wpm or rate_wpm or TALK_WPM,
        cache_folder=(speaking.cache or folders.cache()) if speaking.keep else None,
        pronunciation=pronunciation,
        voices_folder=folders.voices(),
        sounds_folder=folders.sounds(),
        sample_rate=SAMPLE_RATE,
        tone_for_errors="tick" if speaking.tone_for_errors else None,
        engine=engine,
    )


def say_phrase(text: str, language: str, speaking: Speaking, target: Path | None, device: str | None) -> str:
    """Speak one phrase, into a file or on a device, and return what was sent to the engine.

    Raises:
        ChoiceError: a voice or a device is unknown.
        SpeechError: the phrase cannot be spoken.
        OutputError: the file or the device takes no sound.
    """
    speech = Speech(text, language)
    with _open_voice(speaking, language) as voice:
        block = voice.clip(speech).samples
        if target:
            with replacing(target) as beside:
                _write(open_file(beside, SAMPLE_RATE), block)
        else:
            _write(open_device(device, SAMPLE_RATE), block)
        return voice.spoken(speech)


def _write(sink: Sink, block: Block) -> None:
    try:
        sink.write(block)
    finally:
        sink.close()


class TotalLength:
    """The length of a session: estimated at first, exact as soon as every phrase was measured.

    To measure is to have every phrase spoken, so what comes later in the session is prepared as well.
    """

    def __init__(self, session: Session) -> None:
        """Estimate; nothing is measured before the length is first asked for."""
        self._session = session
        self._frames = units.frames(routine_seconds(session.routine), session.planner.sample_rate)
        self._exact = False
        self._thread = threading.Thread(target=self._measure, name="total length", daemon=True)

    def __call__(self) -> tuple[int, bool]:
        """Return the frames, and whether they are exact; the first call begins to measure."""
        if self._thread.ident is None:
            self._thread.start()
        return self._frames, self._exact

    def wait(self) -> None:
        """Wait until the length, having been asked for, is exact or cannot be."""
        self._thread.join()

    def _measure(self) -> None:
        try:
            self._session.prepare()
            self._frames = sum(segment.frames for segment in self._session.segments())
        except SpeechError:
            return  # The player meets the same phrase, and reports it.
        self._exact = True
