"""The voice: every sound of a session as a clip, spoken once, kept, and always the same."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import astuple, replace
from types import TracebackType
from typing import Self

from voicecoach.errors import SpeechError
from voicecoach.plan.timeline import SAMPLE_RATE, Sound, Speech, Tone
from voicecoach.sound.clip import Clip, fit, silence
from voicecoach.speech.cache import ClipCache, key_of
from voicecoach.speech.calibration import Tuning
from voicecoach.speech.engine import Engine, Manner, VoiceInfo
from voicecoach.speech.finish import levelled, shaped
from voicecoach.speech.prefetch import Prefetch, Progress
from voicecoach.speech.text import NO_WORDS, spoken

LONGEST_COUNT_SECONDS = 0.9
"""A number of a countdown is over before the next one."""
PAUSE_SECONDS = 0.2
"""What is heard of a text in which there is nothing to speak."""
MEMORY_BYTES = 128_000_000
"""Twice what the longest bundled routine says: clips that do not fit are read again and again."""
_HURRY_SECONDS = 0.85
"""What a number that was too long is spoken in, by a faster setting."""
_HURRIES = 3


class Voice:
    """Turn sounds into clips: `clip` is what is played, and `measure` is how long exactly that is.

    May be used from several threads at once. Nothing runs before the first clip is asked for.
    """

    def __init__(  # noqa: PLR0913 - the parts it is put together from
        self,
        engine: Engine,
        info: VoiceInfo,
        tune: Callable[[], Tuning],
        cache: ClipCache,
        tones: Callable[[str], Clip],
        *,
        sample_rate: int = SAMPLE_RATE,
        pronunciation: Mapping[str, str] = NO_WORDS,
        tone_for_errors: str | None = None,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        """Put a voice together.

        Args:
            engine: what speaks; closed with the voice.
            info: the voice that the engine was asked for.
            tune: returns how the engine is to speak. Called when the first phrase is needed.
            cache: keeps the clips; closed with the voice.
            tones: returns the clip of a tone, by name and at the sample rate.
            sample_rate: frames a second of every clip.
            pronunciation: the routine's own words.
            tone_for_errors: what is heard where a phrase cannot be spoken; if None, that is an error.
            memory_bytes: of the clips that are kept in memory besides the cache.
        """
        self.engine = engine
        self.info = info
        self.sample_rate = sample_rate
        self.synthesised = 0
        """How many phrases were spoken by the engine, and not found in the cache."""
        self.warnings: list[str] = []
        """What the user should hear of, in the order in which it came up."""
        self._tune, self.cache, self._tones = tune, cache, tones
        self._pronunciation = dict(pronunciation)
        self._tone_for_errors = tone_for_errors
        self._memory_bytes = memory_bytes
        self._lock = threading.Lock()
        self._tuning_lock = threading.Lock()
        self._tuning: Tuning | None = None
        self._clips: OrderedDict[Sound, Clip] = OrderedDict()
        self._held_bytes = 0
        self._lengths: dict[Sound, int] = {}
        self._under_way: dict[Sound, Future[Clip]] = {}
        self._prefetches: list[Prefetch] = []
        self._gain_db = 0.0
        cache.mention = self.warnings.append

    @property
    def tuning(self) -> Tuning:
        """Return how the engine is asked to speak; the first time it may have to be measured.

        Raises:
            SpeechError: the engine cannot speak.
        """
        with self._tuning_lock:
            if self._tuning is None:
                self._tuning = self._tune()
            return self._tuning

    @property
    def gain_db(self) -> float:
        """Return the gain of a session: what brings all its clips to the loudness of a recording."""
        return self._gain_db

    @gain_db.setter
    def gain_db(self, gain_db: float) -> None:
        """Have every clip, tones as well, at a gain from now on, its peaks limited; lengths stay."""
        with self._lock:
            self._gain_db = gain_db
            self._clips.clear()
            self._held_bytes = 0

    def spoken(self, speech: Speech) -> str:
        """Return what is sent to the engine for a phrase; empty where there is nothing to speak."""
        return spoken(speech.text, speech.language, self._pronunciation)

    def measure(self, sound: Sound) -> int:
        """Return how many frames a sound lasts: those of its clip, which stay the same.

        Raises:
            SpeechError: the phrase cannot be spoken.
        """
        known = self._lengths.get(sound)
        return self.clip(sound).frames if known is None else known

    def clip(self, sound: Sound) -> Clip:
        """Return the clip of a sound; one that is just being made elsewhere is waited for.

        Raises:
            SpeechError: the phrase cannot be spoken.
        """
        with self._lock:
            if found := self._clips.get(sound):
                self._clips.move_to_end(sound)
                return found
            under_way = self._under_way.get(sound)
            if under_way is None:
                mine = self._under_way[sound] = Future[Clip]()
        if under_way is not None:
            return under_way.result()
        try:
            clip = self._fitted(sound, self._made(sound))
        except BaseException as error:
            # An interrupt is for this thread alone; whoever waits only hears that there is no clip.
            given_up = SpeechError("the phrase was given up")
            mine.set_exception(error if isinstance(error, Exception) else given_up)
            with self._lock:
                del self._under_way[sound]
            raise
        with self._lock:
            self._hold(sound, clip)
            del self._under_way[sound]
        mine.set_result(clip)
        return clip

    def prefetch(self, sounds: Iterable[Sound], progress: Progress | None = None) -> Prefetch:
        """Start to make clips in the background, as many at a time as there are cores, in the given order.

        Args:
            sounds: the most urgent first; doubles are left out.
            progress: called after each with how many are done and how many there are.
        """
        prefetch = Prefetch(self.clip, dict.fromkeys(sounds), progress)
        self._prefetches = [other for other in self._prefetches if not other.done]
        self._prefetches.append(prefetch)
        return prefetch

    def close(self) -> None:
        """Stop what is under way, and let go of the engine and the cache."""
        for prefetch in self._prefetches:
            prefetch.cancel()
        self.engine.close()
        for prefetch in self._prefetches:
            # Whatever failed in the background was nobody's concern so far, and is not at the end.
            with suppress(Exception):
                prefetch.wait()
        self.cache.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _made(self, sound: Sound) -> Clip:
        if isinstance(sound, Tone):
            return self._tones(sound.name)
        text = self.spoken(sound)
        if not text:
            return silence(PAUSE_SECONDS, self.sample_rate)
        try:
            return self._phrase(text, count=sound.count)
        except SpeechError as error:
            if self._tone_for_errors is None:
                raise
            self.warnings.append(f"{error}; a tone stands in its place")
            return self._tones(self._tone_for_errors)

    def _phrase(self, text: str, *, count: bool) -> Clip:
        """Return the phrase from the cache, or else speak it."""
        tuning = self.tuning
        manner = tuning.counts if count else tuning.talk
        engine = (self.engine.name, self.info.version or self.engine.version)
        key = key_of(*engine, *astuple(manner), tuning.gain_db, count, self.sample_rate, text)
        kept = self.cache.get(key)
        if kept is None:
            raw = self._count(text, manner) if count else self._speak(text, manner)
            kept = self.cache.put(key, levelled(raw, tuning.gain_db))
        return kept

    def _speak(self, text: str, manner: Manner) -> Clip:
        clip = shaped(self.engine.synthesize(text, manner), self.sample_rate)
        with self._lock:
            self.synthesised += 1
        # Of scripts that a voice does not know, nothing may be heard.
        return clip if clip.frames else silence(PAUSE_SECONDS, self.sample_rate)

    def _count(self, text: str, manner: Manner) -> Clip:
        """Speak a number as slowly as it fits, never chopped."""
        clip = self._speak(text, manner)
        for _ in range(_HURRIES):
            if clip.seconds <= LONGEST_COUNT_SECONDS:
                break
            manner = replace(manner, rate=round(manner.rate * clip.seconds / _HURRY_SECONDS) + 1)
            clip = self._speak(text, manner)
        else:
            self.warnings.append(f"'{text}' takes {clip.seconds:.1f} seconds, too long for a count")
        return clip

    def _fitted(self, sound: Sound, clip: Clip) -> Clip:
        """Return the clip at the gain of the session, and as long as it was when it was measured.

        Another process may have cleared the cache since, and an engine speaks no phrase twice alike.
        """
        frames = self._lengths.setdefault(sound, clip.frames)
        fitted = clip if frames == clip.frames else fit(clip, frames)
        return levelled(fitted, self._gain_db) if self._gain_db else fitted

    def _hold(self, sound: Sound, clip: Clip) -> None:
        """Keep a clip in memory, and forget those that were not used for the longest time."""
        self._clips[sound] = clip
        self._held_bytes += clip.samples.nbytes
        while self._held_bytes > self._memory_bytes and len(self._clips) > 1:
            _, oldest = self._clips.popitem(last=False)
            self._held_bytes -= oldest.samples.nbytes
