"""Levels: how loud speech and tones are, each for itself, as the listener sets them while a session plays."""

from dataclasses import dataclass, field
from enum import StrEnum

from voicecoach.plan.timeline import Sound, Speech
from voicecoach.sound.clip import Clip, amplify, silence
from voicecoach.sound.render import Clips


class Part(StrEnum):
    """Name what has a level of its own."""

    VOICE = "voice"
    TONES = "tones"


STEP_DB = 3.0
"""What one command changes: clearly heard, and not much."""
LEAST_DB, MOST_DB = -24.0, 0.0
"""Nothing is louder than it was made: clips peak close to full scale."""


@dataclass(slots=True)
class Levels:
    """Give each clip at its level."""

    clips: Clips
    is_muted: bool = False
    """Whether nothing is spoken; its time passes all the same."""
    db: dict[Part, float] = field(default_factory=lambda: dict.fromkeys(Part, MOST_DB))

    def __call__(self, sound: Sound) -> Clip:
        """Return the clip of a sound, as loud as it is to be."""
        clip = self.clips(sound)
        if self.is_muted and isinstance(sound, Speech):
            return silence(clip.seconds, clip.sample_rate)
        level = self.db[Part.VOICE if isinstance(sound, Speech) else Part.TONES]
        return amplify(clip, level) if level else clip

    def change(self, part: Part, db: float) -> float:
        """Make a part louder or softer within the bounds, and return its level."""
        self.db[part] = min(MOST_DB, max(LEAST_DB, self.db[part] + db))
        return self.db[part]
