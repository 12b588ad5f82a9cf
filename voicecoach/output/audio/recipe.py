"""A recipe: how a session becomes a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from voicecoach.errors import ChoiceError
from voicecoach.output.audio.kinds import Grid, Kind, Quality
from voicecoach.plan.document import ChapterEntry


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a session becomes a file."""

    kind: Kind
    sample_rate: int
    channels: int = 1
    quality: Quality = Quality.STANDARD
    jobs: int = 1
    """How many parts are encoded at a time."""
    has_silences: bool = True
    """Whether it can be cut: not so with music or a noise beneath it."""
    chapters: Sequence[ChapterEntry] = ()
    """Those that the container keeps itself: of MP4 alone. Others have them in their tags."""
    language: str = ""
    """Of what is spoken, as in BCP 47; empty where it is not known. MP4 alone has it beside the sound."""

    def __post_init__(self) -> None:
        """Refuse a sample rate that this kind of file does not have."""
        if self.sample_rate not in self.kind.sample_rates:
            known = ", ".join(map(str, self.kind.sample_rates))
            message = f"{self.kind.name} has no sample rate of {self.sample_rate} Hz; it has {known}"
            raise ChoiceError(message)

    def with_chapters(self, chapters: Sequence[ChapterEntry]) -> "Recipe":
        """Return the recipe of a file with chapters, where its container keeps them itself."""
        return replace(self, chapters=chapters) if self.kind.keeps_chapters else self

    @property
    def bit_rate(self) -> int | None:
        """Return the bits a second; None for a lossless kind."""
        return self.kind.bit_rate(self.quality, self.channels)

    @property
    def grid(self) -> Grid | None:
        """Return how it is divided into packets; None where that does not matter."""
        return self.kind.grid(self.sample_rate) if self.kind.grid else None
