import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import ChoiceError
from voicecoach.output.beside.cue_sheet import to_cue
from voicecoach.plan.document import ChapterEntry

RATE = 24_000


def test_cue_sheet() -> None:
    """The file, then each chapter as a track, with minutes beyond 99 and no quotation mark in a title."""
    chapters = (ChapterEntry("Hips", 0, 100), ChapterEntry('The "Frog"', 6000 * RATE + 320, 100))
    assert (
        'PERFORMER "voicecoach"\n'
        'TITLE "Łódź"\n'
        'FILE "hips.flac" WAVE\n'
        "  TRACK 01 AUDIO\n"
        '    TITLE "Hips"\n'
        "    INDEX 01 00:00:00\n"
        "  TRACK 02 AUDIO\n"
        "    TITLE \"The 'Frog'\"\n"
        "    INDEX 01 100:00:01\n"
    ) == to_cue(chapters, RATE, "hips.flac", title="Łódź", artist="voicecoach")


@given(st.integers(0, 10**9), st.sampled_from([22_050, 24_000, 44_100]))
def test_a_track_starts_after_the_chapter_before(frame: int, rate: int) -> None:
    """A start is rounded up, by less than a frame of the disc."""
    found = re.search(r"INDEX 01 (\d+):(\d\d):(\d\d)", to_cue([ChapterEntry("a", frame, 1)], rate, "a.wav"))
    assert found
    minutes, seconds, rest = map(int, found.groups())
    assert 0 <= ((minutes * 60 + seconds) * 75 + rest) * rate - frame * 75 < rate
    assert seconds < 60
    assert rest < 75


def test_as_many_tracks_as_there_can_be() -> None:
    """99 tracks are written; 100 are refused with what to do."""
    chapters = [ChapterEntry(str(number), number * RATE, RATE) for number in range(100)]
    assert "TRACK 99 AUDIO" in to_cue(chapters[:99], RATE, "a.wav")
    with pytest.raises(ChoiceError, match="99 tracks, and these are 100 chapters; take a coarser level"):
        to_cue(chapters, RATE, "a.wav")
