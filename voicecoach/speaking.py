"""How a session is spoken: from what the user asked for to a voice that is ready."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from voicecoach import folders
from voicecoach.errors import SpeechError
from voicecoach.output.replace import replacing
from voicecoach.output.sink import Block, Sink, open_device
from voicecoach.plan.cues import Talk
from voicecoach.plan.timeline import SAMPLE_RATE, Speech
from voicecoach.speech.calibration import TALK_WPM
from voicecoach.speech.engine import Engine, open_engine
from voicecoach.speech.opening import open_voice
from voicecoach.speech.text import NO_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from voicecoach.routine.model import Routine
    from voicecoach.speech.voice import Voice

MUSIC_LEVEL = -14.0
"""In LU: between cues music is well heard; beneath them, ducked, it is 24 LU softer than they are."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """How a session is spoken."""

    talk: Talk = Talk.FULL
    voice: str | None = None
    """A name, an id or a language; None: the usual voice of the routine's language."""
    language: str | None = None
    """The tag of the language that the routine is heard in; None: that of its file."""
    rate_wpm: int | None = None
    """Words a minute of instructions, as heard; None: the pace's."""
    cache: Path | None = None
    """The folder of spoken clips; None: the platform's."""
    keep: bool = True
    """Whether clips are kept after the session."""
    pan: bool = False
    """Whether what belongs to a side is heard on that side."""
    bluetooth: bool = False
    """Whether it is heard through headphones that fall asleep in silence."""
    music: tuple[str, ...] = ()
    """The music beneath it: each a file or folder, or ``STAGE=FILE``; empty: what the routine names."""
    music_level: float = MUSIC_LEVEL
    """How loud music is where nothing is said, in LU against the speech."""
    seed: int = 0
    """Chooses among reminders."""
    sample_rate: int = SAMPLE_RATE
    """Frames a second of the session, and of all its clips."""
    tone_for_errors: bool = False
    """Whether a phrase that cannot be spoken becomes a tone; else it is an error."""


def session_voice(routine: Routine, speaking: Speaking, rate_wpm: int) -> tuple[Voice, str]:
    """Open the voice of a session; with beeps, one that cannot speak will do, and its trouble is told.

    Raises:
        ChoiceError: the voice that was asked for is not there.
        SpeechError: no voice can be had, and the session needs one.
    """
    opened = partial(_voice, speaking, routine.language, rate_wpm, routine.pronunciation)
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


def _voice(
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
        sample_rate=speaking.sample_rate,
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
    from voicecoach.output.audio.file import open_file  # noqa: PLC0415 - loads FFmpeg

    speech = Speech(text, language)
    with _voice(speaking, language) as voice:
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
