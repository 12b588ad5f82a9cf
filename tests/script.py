"""A script: segments made by hand, where the plan of a real routine would say too much."""

from collections.abc import Iterable, Iterator

from voicecoach.plan.course import Course
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.timeline import Measure, Segment
from voicecoach.routine.files import parse
from voicecoach.session.desk import Desk
from voicecoach.session.levels import Levels
from voicecoach.session.playhead import Playhead
from voicecoach.sound.render import Clips

_ROUTINE = 'title = "A"\n[[stage]]\ntitle = "B"\n[[stage.exercise]]\nname = "C"\ndose = "10 s"\n'


class Script:
    """Return segments one after another, as a course does."""

    def __init__(self, segments: Iterable[Segment]) -> None:
        """Begin with the first."""
        self._segments: Iterator[Segment] = iter(segments)

    def __next__(self) -> Segment:
        """Return the next segment."""
        return next(self._segments)

    def give_back(self) -> None:
        """Fail: nothing of a script is planned anew."""
        raise NotImplementedError


def desk(segments: Iterable[Segment], clips: Clips, measure: Measure, rate: int, **options: bool) -> Desk:
    """Return a desk for segments made by hand; `options` are those of the playhead."""
    planner = Planner(parse(_ROUTINE, "a.toml"), load_phrases("en"), sample_rate=rate)
    playhead = Playhead(Script(segments), **options)
    return Desk(Course(planner, measure), playhead, Levels(clips), measure, planner.routine.pace)
