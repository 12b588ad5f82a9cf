import io
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import pytest
import webvtt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import ROUTINES, sixty_ms_a_character
from voicecoach.output.beside.captions import WRITERS, Caption, captions
from voicecoach.output.marks import milliseconds
from voicecoach.plan.chapters import Contents
from voicecoach.plan.describe import describe
from voicecoach.plan.document import Document, EventEntry
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.timeline import SAMPLE_RATE, Timeline
from voicecoach.routine.model import Routine

HOUR = 3600 * SAMPLE_RATE
META = {"title": "Łódź & <hips>", "language": "en-gb"}
ANY_TEXT = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from("<>&-[] {}"), min_size=1)
TEXTS = ANY_TEXT.filter(lambda text: not text.isspace())


def planned(routine: Routine) -> Document:
    """Write the plan of a routine down."""
    planner = Planner(routine, load_phrases("en"))
    timeline = Timeline(SAMPLE_RATE, planner.segments(sixty_ms_a_character))
    return describe(timeline, sixty_ms_a_character, META, Contents(planner.phrases, routine.title))


def spoken(*phrases: tuple[int, int, str]) -> Document:
    """Return a document of phrases: onset, length, text."""
    events = tuple(EventEntry(onset, length, "speech", text, 0.0, 0) for onset, length, text in phrases)
    end = max((event.onset_frame + event.frames for event in events), default=0)
    return Document(META, SAMPLE_RATE, end, events=events)


def read(document: Document, kind: str, folder: Path) -> list[tuple[int, str]]:
    """Return the onset in milliseconds and the text of each caption, as FFmpeg sees them."""
    path = folder / f"session.{kind}"
    path.write_text(WRITERS[kind](document), encoding="utf-8")
    with av.open(str(path)) as container:
        base = container.streams[0].time_base
        assert base is not None
        return [
            (round(packet.pts * base * 1000), bytes(packet).decode().strip())
            for packet in container.demux()
            if packet.pts is not None
        ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROUTINES)
def test_every_spoken_word_is_there_at_its_time(routine: Routine) -> None:
    """A caption for each phrase, counts included, from its onset to its end; none overlaps another."""
    document = planned(routine)
    found = list(captions(document))
    heard = [event for event in document.events if event.type == "speech"]
    assert [event.sound for event in heard] == [one.text for one in found]
    for event, one in zip(heard, found, strict=True):
        assert milliseconds(event.onset_frame, SAMPLE_RATE) == one.start_ms
        assert milliseconds(event.onset_frame + event.frames, SAMPLE_RATE) == one.end_ms
        assert one.start_ms < one.end_ms
    for before, after in pairwise(found):
        assert before.end_ms <= after.start_ms


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROUTINES)
def test_other_programs_read_the_same(routine: Routine) -> None:
    """What was written as WebVTT and as SubRip is what another library reads."""
    document = planned(routine)
    expected = [(one.start_ms, one.end_ms, one.text) for one in captions(document)]
    for text, reader in ((WRITERS["vtt"](document), "vtt"), (WRITERS["srt"](document), "srt")):
        found = webvtt.from_buffer(io.BytesIO(text.encode()), format=reader)
        assert expected == [
            (one.start_time.in_milliseconds(), one.end_time.in_milliseconds(), " ".join(one.text.split()))
            for one in found
        ]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_no_text_breaks_a_file(tmp_path: Path, texts: list[str]) -> None:
    """Whatever is said, there are as many captions as phrases, and each at its time."""
    document = spoken(*((index * 48_000, 24_000, text) for index, text in enumerate(texts)))
    onsets = [index * 2000 for index in range(len(texts))]
    for kind in WRITERS:
        assert onsets == [onset for onset, _ in read(document, kind, tmp_path)]


def test_vtt() -> None:
    """A header with the language, escapes, hours where they are needed, lines that fit."""
    document = spoken(
        (0, 24_000, "Hold & <breathe> --> out."),
        (
            HOUR + 12,
            36_012,
            "From all fours, slide one knee forwards. Let the hips sink. Breathe.",
        ),
    )
    assert (
        "WEBVTT\n"
        "Language: en-gb\n"
        "\n"
        "NOTE Łódź &amp; &lt;hips&gt;\n"
        "\n"
        "00:00:00.000 --> 00:00:01.000\n"
        "Hold &amp; &lt;breathe&gt; --&gt; out.\n"
        "\n"
        "01:00:00.001 --> 01:00:01.501\n"
        "From all fours, slide one knee forwards.\n"
        "Let the hips sink. Breathe.\n"
    ) == WRITERS["vtt"](document)


def test_srt() -> None:
    """Numbers from 1, a comma before the milliseconds, no arrow in a text."""
    document = spoken((0, 24_000, "Żółw & <breathe> --> out."), (HOUR, 24_000, "Three."))
    assert (
        "1\n"
        "00:00:00,000 --> 00:00:01,000\n"
        "Żółw & <breathe> \N{RIGHTWARDS ARROW} out.\n"
        "\n"
        "2\n"
        "01:00:00,000 --> 01:00:01,000\n"
        "Three.\n"
    ) == WRITERS["srt"](document)


def test_lrc() -> None:
    """Title, language and length; then hundredths of a second, and minutes beyond 59."""
    document = spoken(
        (100, 24_000, "Hold."), (121, 24_000, "[Left]"), (HOUR + 60 * SAMPLE_RATE, 24_000, "One.")
    )
    assert (
        "[ti:Łódź & <hips>]\n[la:en-gb]\n[length:61:01]\n[00:00.00]Hold.\n[00:00.01] [Left]\n[61:00.00]One.\n"
    ) == WRITERS["lrc"](document)


def test_lrc_is_read_as_lyrics(tmp_path: Path) -> None:
    """Another program finds each line at its time, beyond an hour, too."""
    document = spoken((0, 24_000, "Hold."), (2 * HOUR, 24_000, "Łódź."))
    assert [(0, "Hold."), (7_200_000, "Łódź.")] == read(document, "lrc", tmp_path)


@pytest.mark.parametrize("kind", WRITERS)
def test_silence_has_no_captions(kind: str) -> None:
    """A session without a word is a file without a caption."""
    tone = EventEntry(0, 2400, "tone", "start", 0.0, 0)
    document = replace(spoken(), events=(tone,), frames=2400)
    assert [] == list(captions(document))
    assert "-->" not in WRITERS[kind](document)


def test_a_phrase_is_one_line_of_text() -> None:
    """Line ends in a plan from elsewhere do not end a caption."""
    assert [Caption(0, 1000, "Hold. Breathe.")] == list(captions(spoken((0, 24_000, "Hold.\n\nBreathe."))))
