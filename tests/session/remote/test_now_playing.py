from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Segment
from voicecoach.routine.model import Exercise, Stage
from voicecoach.routine.quantities import Range
from voicecoach.routine.work import Hold, Wait
from voicecoach.session.playhead import Place
from voicecoach.session.remote.now_playing import Moment, NowPlaying, Track

RATE = 1000
PIGEON = Exercise("Pigeon", Hold(Range(30, 30)))
STRETCH = Stage("Stretch", (PIGEON,))
HOLD = Segment(Step(Kind.HOLD, STRETCH, PIGEON, set=2, sets=3), "Pigeon, left", 30_000, ())
REST = Segment(Step(Kind.REST, STRETCH, PIGEON, set=3, sets=3), "Rest", 20_000, ())
READY = Segment(Step(Kind.WAIT, exercise=Exercise("Ready", Wait(Range(30, 30)))), "Ready", 30_000, ())


class Listener:
    """A desktop that notes down each change, and a clock that is set by hand."""

    def __init__(self) -> None:
        """Hear of a session of half an hour, 12 minutes and 5 seconds of which have passed."""
        self.changes: list[tuple[Moment | None, Moment]] = []
        self.time = 100.0
        self.playing = NowPlaying("Hips", RATE, self.total, self.hear, lambda: self.time)

    def total(self) -> tuple[int, bool]:
        """Return half an hour, known exactly."""
        return 1_800 * RATE, True

    def hear(self, before: Moment | None, after: Moment) -> None:
        """Note a change down."""
        self.changes.append((before, after))

    def show(self, segment: Segment, seconds: float, *, paused: bool = False) -> None:
        """Show a moment of a segment."""
        offset = round(seconds * RATE)
        self.playing.show(Place(segment, offset, None, 725 * RATE + offset), paused=paused)

    def count(self) -> int:
        """Return how many changes were heard since the last time."""
        heard = len(self.changes)
        self.changes.clear()
        return heard


def test_a_segment_is_a_track() -> None:
    """A desktop shows the segment, the session with how far it has come, the stage and the set."""
    desktop = Listener()
    desktop.show(HOLD, 0)
    [(before, after)] = desktop.changes
    track = Track(1, "Pigeon, left", "Hips, 12:05 of 30:00", ("Stretch", "set 2 of 3"), 30.0)
    assert (None, Moment(track, 0.0, paused=False, at=100.0)) == (before, after)


def test_only_what_changes_is_told() -> None:
    """Of a segment that goes on as expected nothing is told; of a pause, and of the next, it is."""
    desktop = Listener()
    heard = []
    for segment, seconds, paused in [
        (HOLD, 0.0, False),
        (HOLD, 1.0, False),
        (HOLD, 2.0, True),
        (HOLD, 2.0, True),
        (HOLD, 2.0, False),
        (HOLD, 3.0, False),
        (REST, 0.0, False),
    ]:
        desktop.show(segment, seconds, paused=paused)
        heard.append(desktop.count())
        desktop.time += 1
    assert [1, 0, 1, 0, 1, 0, 1] == heard


def test_a_segment_that_is_repeated_is_another_track() -> None:
    """Back to the segment before: a track that was not there yet, as desktops go by its number."""
    desktop = Listener()
    for segment in (HOLD, REST, HOLD):
        desktop.show(segment, 0)
    assert [1, 2, 3] == [after.track.number for _, after in desktop.changes]


def test_jumps_are_told() -> None:
    """Back to the start of a set is a jump; a device that is late by a moment is not."""
    desktop = Listener()
    desktop.show(HOLD, 10)
    desktop.count()
    heard = []
    for seconds in (10.1, 9.9, 0.0, 0.2, 5.0):
        desktop.show(HOLD, seconds)
        heard.append(desktop.count())
    assert [0, 0, 1, 0, 1] == heard


def test_a_position_goes_on_by_itself_while_it_plays() -> None:
    """Between two looks the position follows the clock, to the end of the segment; in a pause it stands."""
    desktop = Listener()
    desktop.show(HOLD, 10)
    assert desktop.playing.moment
    assert (12.5, 30.0) == (desktop.playing.moment.position(102.5), desktop.playing.moment.position(200))
    desktop.show(HOLD, 11, paused=True)
    assert 11.0 == desktop.playing.moment.position(200)


def test_what_waits_for_the_listener_has_no_length() -> None:
    """Nobody knows how long it takes."""
    desktop = Listener()
    desktop.show(READY, 0)
    desktop.playing.tell("Nothing of this is for a desktop.")
    assert [(None, ())] == [(after.track.seconds, after.track.artists) for _, after in desktop.changes]


def test_a_length_that_is_not_known_yet_is_about() -> None:
    """Until every phrase was measured, the length of the session is an estimate."""
    playing = NowPlaying("Hips", RATE, lambda: (1_800 * RATE, False), lambda *_: None)
    playing.show(Place(HOLD, 0, None, 0), paused=False)
    assert playing.moment
    assert "Hips, 0:00 of about 30:00" == playing.moment.track.album


def test_a_desktop_reads_the_language_of_the_session() -> None:
    """Album and set are in the words of the session."""
    playing = NowPlaying(
        "Hanches", RATE, lambda: (1_800 * RATE, False), lambda *_: None, phrases=load_phrases("fr")
    )
    playing.show(Place(HOLD, 0, None, 0), paused=False)
    assert playing.moment
    assert "Hanches, 0:00 sur environ 30:00" == playing.moment.track.album
    assert "série" in playing.moment.track.artists[-1]
