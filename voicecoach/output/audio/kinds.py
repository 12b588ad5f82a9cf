"""The kinds of audio files, and what each of them can hold. One table; nothing is encoded here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from voicecoach.errors import ChoiceError, did_you_mean


class Quality(StrEnum):
    """Name how much of the sound a lossy file keeps."""

    LOW = "low"
    STANDARD = "standard"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Grid:
    """How an encoder divides sound into packets."""

    frames: int
    """Frames of sound in a packet."""
    delay: int
    """Frames by which the sound is later than the packets: the first packet begins that much before it."""


BitRates = Mapping[Quality, tuple[int, int]]
"""For each quality the bits a second on one channel, and on two."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of audio file."""

    name: str
    """As people call it."""
    container: str
    """FFmpeg's name of what writes the file."""
    codec: str
    """FFmpeg's name of the encoder that the container is told of."""
    sample_rates: tuple[int, ...]
    bit_rates: BitRates = field(default_factory=dict)
    """Empty for a lossless kind."""
    grid: Callable[[int], Grid] | None = None
    """Given the sample rate; None where the file is not cut: lossless kinds are fast enough as they are."""
    container_options: Mapping[str, str] = field(default_factory=dict)
    codec_options: Mapping[str, str] = field(default_factory=dict)

    keeps_chapters: bool = False
    """Whether the container itself is told of chapters; else they stand in the tags."""
    keeps_language: bool = False
    """Whether the container itself says in which language its sound is; else the tags alone do."""

    @property
    def is_lossless(self) -> bool:
        """Tell whether every frame is kept as it was written."""
        return not self.bit_rates

    def bit_rate(self, quality: Quality, channels: int) -> int | None:
        """Return the bits a second; None for a lossless kind."""
        return self.bit_rates[quality][channels - 1] if self.bit_rates else None


def _rates(low: tuple[int, int], standard: tuple[int, int], high: tuple[int, int]) -> BitRates:
    """Return bit rates given in kbit/s."""
    each = zip(Quality, (low, standard, high), strict=True)
    return MappingProxyType({quality: (1000 * mono, 1000 * stereo) for quality, (mono, stereo) in each})


_MPEG_1 = 32_000
"""From this sample rate on a packet of MP3 has two granules, below it one."""


def _mp3_grid(sample_rate: int) -> Grid:
    # LAME's own delay of 576 frames, and the 529 of any decoder.
    return Grid(1152 if sample_rate >= _MPEG_1 else 576, 576 + 529)


def _aac_grid(_sample_rate: int) -> Grid:
    return Grid(1024, 1024)


def _opus_grid(sample_rate: int) -> Grid:
    # Packets of 20 ms; without SILK the look-ahead of libopus is 120 frames at 48 kHz.
    return Grid(sample_rate // 50, 120 * sample_rate // 48_000)


_COMMON = (16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
_MP3 = Kind(
    "MP3",
    "mp3",
    "libmp3lame",
    _COMMON,
    _rates((48, 80), (64, 112), (96, 160)),
    _mp3_grid,
    # Tags are written afterwards, with all that FFmpeg's would lack.
    container_options=MappingProxyType({"id3v2_version": "0", "write_id3v1": "0"}),
)
_OPUS = Kind(
    "Opus",
    "ogg",
    "libopus",
    (16_000, 24_000, 48_000),
    _rates((24, 40), (32, 56), (48, 80)),
    _opus_grid,
    # CELT alone. Left to choose, libopus 1.6.1 takes SILK for part of the speech, and then, once in some
    # hours, decodes a burst of full scale that was never there.
    codec_options=MappingProxyType({"application": "lowdelay"}),
)
# Below 64 kbit/s its peaks rise by up to 2.9 dB.
_AAC = Kind(
    "AAC",
    "ipod",
    "aac",
    _COMMON,
    _rates((64, 96), (64, 128), (96, 160)),
    _aac_grid,
    # FFmpeg's own advice from 64 kbit/s on: as good there, and three times as fast.
    codec_options=MappingProxyType({"aac_coder": "fast"}),
    keeps_chapters=True,
    keeps_language=True,
)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        # Beyond 4 GB it becomes RF64.
        ".wav": Kind(
            "WAV", "wav", "pcm_s16le", _COMMON, container_options=MappingProxyType({"rf64": "auto"})
        ),
        # Quick rather than small: 3 % larger than libsndfile's. Longer blocks not every player has to take.
        ".flac": Kind(
            "FLAC",
            "flac",
            "flac",
            _COMMON,
            codec_options=MappingProxyType(
                {"frame_size": "4608", "compression_level": "3", "max_partition_order": "5"}
            ),
        ),
        ".mp3": _MP3,
        ".opus": _OPUS,
        ".ogg": _OPUS,
        ".m4a": _AAC,
        ".m4b": _AAC,
    }
)
"""Every kind of file by its suffix."""


def kind_of(path: Path) -> Kind:
    """Return the kind of file that a path asks for.

    Raises:
        ChoiceError: no kind of file has this suffix.
    """
    suffix = path.suffix.lower()
    if suffix not in KINDS:
        wrong = f"'{path.suffix}' is no kind of file that can be written" if suffix else "has no suffix"
        message = f"{path}: {wrong}{did_you_mean(suffix, list(KINDS))}; known are {', '.join(KINDS)}"
        raise ChoiceError(message)
    return KINDS[suffix]


def suffix_of(kind: Kind) -> str:
    """Return the first suffix of a kind of file."""
    return next(suffix for suffix, known in KINDS.items() if known is kind)
