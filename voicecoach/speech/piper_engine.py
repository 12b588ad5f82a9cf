"""The engine piper: neural voices, from models that the user has fetched, spoken in this process.

Importing piper takes a while, and a model takes memory: both wait until there is something to speak.
"""

from __future__ import annotations

import logging
import threading
import zlib
from importlib import metadata
from typing import TYPE_CHECKING, Any

import numpy as np

from voicecoach import units
from voicecoach.errors import SpeechError
from voicecoach.sound.clip import Clip
from voicecoach.speech.engine import Manner, VoiceInfo
from voicecoach.speech.piper_files import beside, description, languages, models, state
from voicecoach.speech.proof import fault, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from piper import PiperVoice

PACKAGE = "piper-tts"
USUAL_RATE = 150
"""The setting of the rate at which a model speaks as it was trained to."""
SENTENCE_SECONDS = 0.2
"""The pause between two sentences, of which a model leaves none."""
TRIES = 2
_SILENT = 4
"""The level of onnxruntime's log at which nothing is printed: whatever fails also raises an exception."""
_FETCHING = frozenset({"pinyin"})
"""Kinds of phonemes for which piper fetches a further model from the network, unasked."""
_INSTALL = "install it with: pip install 'voicecoach[piper]'"


class PiperEngine:
    """Speak through piper, with the models of a folder or with a single one."""

    name = "piper"

    def __init__(self, place: Path | None = None) -> None:
        """Look which models there are, and load none of them.

        Args:
            place: a folder, searched with all folders in it, or one model.
        """
        self._place, self._models = place, models(place)
        self._package = _package()
        states = [(voice, state(model)) for voice, model in self._models.items()]
        self.version = f"{self._package} {zlib.crc32(repr(states).encode()):08x}"
        self._loaded: dict[str, PiperVoice] = {}
        self._loading, self._speaking = threading.Lock(), threading.Lock()
        self._closed = False

    def voices(self) -> Sequence[VoiceInfo]:
        """Return a voice for each model.

        Raises:
            SpeechError: piper is not installed, or the single model cannot be used.
        """
        if self._models and not self._package:
            message = f"piper is not installed; {_INSTALL}"
            raise SpeechError(message)
        return [
            # The list is part of the engine's version, and would make all clips anew with each new model.
            VoiceInfo(voice, model.stem, self._languages(model), version=f"{self._package} {state(model)}")
            for voice, model in self._models.items()
        ]

    def synthesize(self, text: str, manner: Manner) -> Clip:
        """Return the text as spoken, checked to be whole. May be called from several threads at once.

        The pitch is that of the model. A text lasts a little longer one time than another.

        Raises:
            SpeechError: the model cannot be loaded, or speaking failed twice.
        """
        voice = self._voice(manner.voice)
        reason = ""
        for _ in range(TRIES):
            try:
                # One phrase takes all cores: side by side, several take a quarter longer in all.
                with self._speaking:
                    clip = _spoken(voice, text, manner.rate)
            except Exception as error:  # noqa: BLE001 - onnxruntime's errors have no base of their own
                reason = _in_a_line(error)
            else:
                reason = fault(clip, text, manner.rate)
            if not reason:
                return clip
        message = (
            f"{self.name} could not speak '{shown(text)}' with the voice {manner.voice}, tried twice: "
            f"{reason}; choose another one with --voice"
        )
        raise SpeechError(message)

    def close(self) -> None:
        """Let go of the models; a phrase that is being spoken comes to its end."""
        with self._loading:
            self._closed = True
            self._loaded.clear()

    def _languages(self, model: Path) -> tuple[str, ...]:
        """Return the language of a model.

        One of a folder that cannot be used has none, so that the others can be.

        Raises:
            SpeechError: the single model cannot be used.
        """
        try:
            return languages(description(model))
        except SpeechError:
            if model == self._place:
                raise
            return ()

    def _voice(self, voice: str) -> PiperVoice:
        """Return a model, loaded when it is first asked for.

        Raises:
            SpeechError: it cannot be.
        """
        with self._loading:
            if self._closed:
                message = f"{self.name} is closed"
                raise SpeechError(message)
            if voice not in self._models:
                message = f"{self.name} has no voice '{voice}'; see 'voicecoach voices'"
                raise SpeechError(message)
            if voice not in self._loaded:
                self._loaded[voice] = _load(self._models[voice])
            return self._loaded[voice]


def _package() -> str:
    """Return the versions of what speaks; nothing where it is not installed."""
    try:
        return f"{metadata.version(PACKAGE)} onnxruntime {metadata.version('onnxruntime')}"
    except metadata.PackageNotFoundError:
        return ""


def _load(model: Path) -> PiperVoice:
    """Load a model.

    Raises:
        SpeechError: piper cannot be imported, or the model or its description is missing or damaged.
    """
    described = description(model)
    try:
        import onnxruntime  # noqa: PLC0415 - an extra, and slow to import
        from piper import PiperConfig, PiperVoice  # noqa: PLC0415
    except (ImportError, OSError) as error:
        message = f"piper cannot be used ({_in_a_line(error)}); {_INSTALL}"
        raise SpeechError(message) from error
    onnxruntime.set_default_logger_severity(_SILENT)
    # It warns of each sound that a model lacks, which Python prints where nobody asked for the log.
    logging.getLogger("piper").addHandler(logging.NullHandler())
    try:
        config = PiperConfig.from_dict(dict(described))
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        message = (
            f"{beside(model)} does not describe a voice that this piper knows ({_in_a_line(error)}); "
            f"fetch it again, or try: pip install --upgrade {PACKAGE}"
        )
        raise SpeechError(message) from error
    if config.phoneme_type.value in _FETCHING:
        message = f"{model} would have piper fetch a further model from the network; choose another voice"
        raise SpeechError(message)
    try:
        return PiperVoice.load(model, beside(model))
    except Exception as error:
        message = f"{model} cannot be loaded ({_in_a_line(error)}); fetch it again"
        raise SpeechError(message) from error


def _spoken(voice: PiperVoice, text: str, rate: int) -> Clip:
    """Return the sentences of a text, one after another."""
    from piper import SynthesisConfig  # noqa: PLC0415 - as above

    # Left to itself, piper brings each sentence to full scale, and short words become too loud.
    how = SynthesisConfig(length_scale=voice.config.length_scale * USUAL_RATE / rate, normalize_audio=False)
    sample_rate = voice.config.sample_rate
    pause = np.zeros(units.frames(SENTENCE_SECONDS, sample_rate), np.float32)
    parts: list[Any] = []
    for sentence in voice.synthesize(text, how):
        parts += [pause] * bool(parts) + [sentence.audio_float_array]
    return Clip(np.concatenate(parts or [pause[:0]]), sample_rate)


def _in_a_line(error: BaseException) -> str:
    """Return the kind of an error and the first line of what it says."""
    said = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def create(place: Path | None = None) -> PiperEngine:
    """Return the engine for the table of engines."""
    return PiperEngine(place)
