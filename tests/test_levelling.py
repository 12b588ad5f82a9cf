from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from voicecoach.coach import Session, open_session
from voicecoach.plan.cues import Talk
from voicecoach.routine.adjust import Adjustments
from voicecoach.sound.clip import CEILING_DB
from voicecoach.sound.loudness import measure
from voicecoach.sound.render import render_all
from voicecoach.sound.targets import TARGETS_LUFS, TOLERANCE_LU
from voicecoach.speaking import Speaking

CLAM = Adjustments(only=("clam",), sets=1)


@contextmanager
def levelled(talk: Talk, *, pan: bool = False) -> Iterator[Session]:
    """Open a short session that has its level."""
    with open_session("hip-mobility", CLAM, Speaking(talk, pan=pan)) as session:
        session.prepare()
        session.level()
        yield session


def samples(session: Session) -> np.ndarray:
    """Return all that is heard."""
    planner = session.planner
    return np.concatenate(list(render_all(session.segments(), session.voice.clip, 24_000, planner.channels)))


@pytest.mark.long
@pytest.mark.parametrize("pan", [False, True])
@pytest.mark.parametrize("talk", Talk)
def test_every_session_is_as_loud_as_a_recording(talk: Talk, pan: bool) -> None:  # noqa: FBT001 - from pytest
    """However much is said, on one channel or on two, the loudness is the target and no peak is too high."""
    with levelled(talk, pan=pan) as session:
        channels = session.planner.channels
        heard = measure(samples(session), session.planner.sample_rate, channels)
    assert pytest.approx(TARGETS_LUFS[channels], abs=TOLERANCE_LU - 0.2) == heard.integrated_lufs
    # The meter and the limiter differ by what lies between four times as many frames.
    assert heard.true_peak_dbtp <= CEILING_DB + 0.4


@pytest.mark.long
def test_a_level_is_measured_once_and_then_known() -> None:
    """The second time the gain is remembered, also for who only asks whether it is, as live play does."""
    with levelled(Talk.BRIEF) as session:
        gain, before = session.voice.gain_db, samples(session)
    assert gain
    with open_session("hip-mobility", CLAM, Speaking(Talk.BRIEF), start_in=5, has_keys=True) as live:
        live.level(if_known=True)
        assert gain == live.voice.gain_db == live.meta()["gain_db"]
        rest = samples(live)[5 * live.planner.sample_rate :]
    assert np.array_equal(before, rest)
    with open_session("hip-mobility", CLAM, Speaking(Talk.FULL)) as other:
        other.level(if_known=True)
        assert 0 == other.voice.gain_db


def test_a_gain_changes_no_length() -> None:
    """At any gain a plan is the same, to the frame."""
    with open_session("hip-mobility", CLAM, Speaking(Talk.BRIEF)) as session:
        plan = session.document()
        session.level()
        assert session.voice.gain_db
        assert plan.events == session.document().events
