"""The coach: wires routine, plan, voice and output together, once, for the command line and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from voicecoach import folders, units
from voicecoach.errors import CoachError
from voicecoach.languages import in_language, untranslated
from voicecoach.plan.chapters import Contents, Level
from voicecoach.plan.describe import describe
from voicecoach.plan.estimate import routine_seconds
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.timeline import Segment, Timeline
from voicecoach.routine import files
from voicecoach.routine.adjust import Adjustments, adjust
from voicecoach.routine.music import with_music
from voicecoach.routine.shelf import find
from voicecoach.session.total import TotalLength
from voicecoach.sound.backdrop import Backdrop, no_backdrop
from voicecoach.sound.bed import Bed
from voicecoach.sound.targets import TARGETS_LUFS
from voicecoach.speaking import MUSIC_LEVEL, Speaking, session_voice
from voicecoach.speech.cache import key_of

if TYPE_CHECKING:
    from voicecoach.plan.document import Document
    from voicecoach.plan.fit import Pinned
    from voicecoach.routine.address import Place
    from voicecoach.routine.model import Routine
    from voicecoach.sound.music import Beds
    from voicecoach.speech.voice import Voice

SHORT_SECONDS = 60
"""Who asks for less may have meant minutes."""

Progress = Callable[[int, int], object]
"""Hear of long work: how much is done, of how much."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """A time that a session is to last."""

    seconds: float
    holds: bool = False
    """Whether static holds may leave the ranges of their doses."""
    nearest: bool = False
    """Whether the nearest time will do where this one cannot be reached."""
    pinned: Pinned | None = None
    """What was asked for itself, and stays as it is; None: nothing."""


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
    set_alone: frozenset[Place] = frozenset()
    """The exercises that the adjustments changed one by one."""
    fitting: Fitting | None = None
    """The time that it was fitted into."""
    beds: Beds | None = None
    """The music beneath it, if there is any."""
    music_level: float = MUSIC_LEVEL
    """How loud that is where nothing is said, in LU against the speech."""

    @property
    def beneath(self) -> str | None:
        """Tell what lies beneath it all: ``music``, ``noise``, or nothing, which leaves silences."""
        return "music" if self.beds else "noise" if self.planner.wakes else None

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return what came up in the making of its sound, for the user to hear of."""
        return (*self.voice.warnings, *(self.beds.warnings if self.beds else ()))

    def fitted(self, fitting: Fitting, progress: Progress | None = None) -> Session:
        """Return the session changed so that it lasts some time; notes tell of each change.

        Args:
            fitting: the time, and what may be changed for it.
            progress: hears of phrases spoken, of those that are needed.

        Raises:
            CoachError: the time cannot be reached, and the nearest was not asked for.
            SpeechError: a phrase could not be spoken.
        """
        from voicecoach.plan.fit import NOTHING_PINNED, fit  # noqa: PLC0415 - only where it is asked for

        def length(routine: Routine) -> float:
            planner = replace(self.planner, routine=routine, start_in=0)
            self.voice.prefetch(planner.speech(), progress).wait()
            return units.seconds(planner.length(self.voice.measure), planner.sample_rate)

        pinned = replace(fitting.pinned or NOTHING_PINNED, exercises=self.set_alone)
        found = fit(self.routine, fitting.seconds, length, pinned=pinned, fit_holds=fitting.holds)
        asked, nearest = units.clock(fitting.seconds), units.clock(found.seconds)
        notes = found.changes
        if not found.reached:
            message = f"{self.routine.title} cannot be fitted into {asked}; the nearest is {nearest}"
            if not fitting.nearest:
                hint = (
                    "" if fitting.seconds >= SHORT_SECONDS else "; a bare number is seconds: 20m is minutes"
                )
                message += f": take it with --nearest, or ask for --fit {nearest}{hint}"
                raise CoachError(message)
            notes = (*notes, message)
        return replace(
            self,
            routine=found.routine,
            planner=replace(self.planner, routine=found.routine),
            notes=(*self.notes, *notes),
            fitting=fitting,
        )

    def total_length(self) -> TotalLength:
        """Return the length of the session, as far as it is known; to measure it is to prepare it."""

        def measure() -> int:
            self.prepare()
            return self.planner.length(self.voice.measure)

        # Before the session begins: what is reckoned beside it may make sound late.
        return TotalLength(self.expected_frames(), measure)

    def segments(self) -> Iterator[Segment]:
        """Plan the session, segment by segment."""
        return self.planner.segments(self.voice.measure)

    def timeline(self) -> Timeline:
        """Return the session; it is planned anew with each walk over it."""
        return Timeline(self.planner.sample_rate, self.segments())

    def prepare(self, progress: Progress | None = None) -> None:
        """Have every phrase spoken, over all cores, that the plan will ask for."""
        self.voice.prefetch(self.planner.speech(), progress).wait()

    def document(self, level: Level = Level.EXERCISE) -> Document:
        """Return the plan as a document, with chapters of a level."""
        contents = Contents(self.planner.phrases, self.routine.title, level)
        return describe(self.timeline(), self.voice.measure, self.meta(), contents)

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
            "adjustments": self.adjustments.given() | ({"fit": self.fitting.seconds} if self.fitting else {}),
            "beneath": self.beneath,
            "gain_db": self.voice.gain_db,
            "notes": list(self.notes),
        }

    def level(self, progress: Progress | None = None, *, if_known: bool = False) -> None:
        """Bring the session to the loudness of a recording: its gain is measured once and then remembered.

        Args:
            progress: hears of frames measured, of an estimate of all of them.
            if_known: whether to leave it as it is where it was not measured yet: live, there is no time.

        Raises:
            SpeechError: a phrase could not be spoken.
        """
        # Neither the wait before it nor who can press a key makes a session louder.
        planner = replace(self.planner, start_in=0, has_keys=False)
        key = key_of("level", repr(planner), *(astuple(self.voice.tuning) if planner.has_voice else ()))
        gain_db = self.voice.cache.note(key)
        if isinstance(gain_db, int | float):
            self.voice.gain_db = gain_db
        elif not if_known:
            from voicecoach.levelling import level  # noqa: PLC0415 - loads FFmpeg

            level(planner, self.voice, progress)
            self.voice.cache.put_note(key, self.voice.gain_db)

    def expected_frames(self) -> int:
        """Estimate how long the session is, before anything was measured."""
        return units.frames(routine_seconds(self.routine), self.planner.sample_rate)

    def backdrop(self, *, live: bool = False) -> Backdrop:
        """Return what lies beneath it all, from its start: music, noise that keeps headphones awake, or both.

        Args:
            live: whether it has to be there in time.

        Raises:
            CoachError: the music cannot be played.
        """
        planner = self.planner
        noise = Bed(planner.sample_rate, planner.channels).under if planner.wakes else no_backdrop
        if self.beds is None:
            return noise
        target = TARGETS_LUFS[planner.channels] + self.music_level
        music = self.beds.music(planner, self.voice.measure, target, live=live)
        return lambda block, moment: music.under(noise(block, moment), moment)


class Prepared(NamedTuple):
    """A routine, and what is asked of it, as earlier sessions make them."""

    routine: Routine
    adjustments: Adjustments
    notes: tuple[str, ...] = ()


def as_it_is(routine: Routine, adjustments: Adjustments) -> Prepared:
    """Make nothing of earlier sessions."""
    return Prepared(routine, adjustments)


@contextmanager
def open_session(  # noqa: PLR0913 - each is a thing of its own
    reference: str,
    adjustments: Adjustments | None = None,
    speaking: Speaking | None = None,
    *,
    start_in: float = 0,
    has_keys: bool = False,
    training: Callable[[Routine, Adjustments], Prepared] = as_it_is,
) -> Iterator[Session]:
    """Open a routine, by name or by path, as adjusted, with a voice.

    Args:
        reference: a bundled name, a name in the user's folder, or a path.
        adjustments: what is done differently.
        speaking: how it is spoken.
        start_in: seconds of silence before the opening.
        has_keys: whether the listener can press a key; not so in a recording.
        training: what earlier sessions make of the routine, in its language, before it is adjusted.

    Raises:
        ChoiceError: a name or figure fits nothing.
        RoutineError: the file has problems.
        SpeechError: there is no voice, and the session needs one.
        CoachError: the music cannot be used.
    """
    adjustments, speaking = adjustments or Adjustments(), speaking or Speaking()
    path = find(reference, folders.routines())
    found = files.load(path)
    written, missing = in_language(found, path, speaking.language, folders.routines())
    written, adjustments, trained = training(written, adjustments)
    routine, notes, set_alone = adjust(with_music(written, speaking.music), adjustments)
    notes = (*trained, *notes)
    if missing:
        notes = (*notes, untranslated(path.stem, found, written.language, len(missing)))
    phrases = load_phrases(routine.language)
    rate_wpm = speaking.rate_wpm or routine.pace.rate_wpm
    beds = _beds(routine)
    voice, trouble = session_voice(routine, speaking, rate_wpm)
    if trouble:
        notes = (*notes, f"the safety words are not spoken: {trouble}")
    with voice:
        planner = Planner(
            routine,
            phrases,
            speaking.talk,
            has_voice=not trouble,
            start_in=start_in,
            pan=speaking.pan,
            stereo=beds is not None and beds.channels > 1,
            # Music does not let headphones fall asleep.
            wakes=speaking.bluetooth and not (beds and beds.is_everywhere),
            has_keys=has_keys,
            seed=speaking.seed,
            sample_rate=speaking.sample_rate,
        )
        session = Session(routine, planner, voice, rate_wpm, adjustments, notes, set_alone)
        yield replace(session, beds=beds, music_level=speaking.music_level)


def _beds(routine: Routine) -> Beds | None:
    """Find the music of a routine, without loading what decodes it where there is none."""
    if not any(stage.music for stage in routine.stages):
        return None
    from voicecoach.sound.music import Beds  # noqa: PLC0415 - loads FFmpeg

    return Beds.of(routine)
