import struct
import wave
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutagen.flac import FLAC
from mutagen.id3 import ID3, CTOCFlags

from voicecoach.errors import OutputError
from voicecoach.output.marks import Mark, milliseconds
from voicecoach.output.tags import CONTAINERS, Picture, Tags, read_chapters, read_tags, write_tags
from voicecoach.output.tags.id3 import MOST_WAV_BYTES
from voicecoach.plan.document import ChapterEntry

RATE = 24_000
CODECS = {
    ".mp3": "libmp3lame",
    ".wav": "pcm_s16le",
    ".flac": "flac",
    ".ogg": "libopus",
    ".opus": "libopus",
    ".m4a": "aac",
    ".m4b": "aac",
    ".mp4": "aac",
}
ID3_KINDS, MP4_KINDS = {".mp3", ".wav"}, {".m4a", ".m4b", ".mp4"}
TAGS = Tags(
    title="Żółw: Hüfte & ça va? \N{EN DASH} 髋",
    artist="voicecoach",
    album="Hips",
    date="2026-06-01",
    language="en-gb",
    comment='Hips, pace gentle, sets 2; "made" by voicecoach 0.1.0; a = b',
    plan="0123456789abcdef" * 4,
    track=2,
    tracks=5,
)


def in_a_row(amount: int, frames: int) -> tuple[ChapterEntry, ...]:
    """Return chapters of one length, one after another."""
    return tuple(
        ChapterEntry(f"Stretch: Müsli, left, set {index + 1} of {amount}", index * frames, frames)
        for index in range(amount)
    )


CHAPTERS = in_a_row(4, 30_001)


def picture() -> Picture:
    """Return a small picture, encoded by another library than the one that draws covers."""
    encoder = av.CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt = 32, 32, "yuvj420p"
    encoder.time_base = Fraction(1)
    grey = av.VideoFrame.from_ndarray(np.full((32, 32, 3), 128, np.uint8), format="rgb24")
    packets = [*encoder.encode(grey.reformat(format="yuvj420p")), *encoder.encode(None)]
    return Picture(b"".join(map(bytes, packets)), "image/jpeg", 32, 32)


def made(folder: Path, kind: str, chapters: tuple[ChapterEntry, ...] = CHAPTERS) -> Path:
    """Make a file of five seconds; MP4 gets its chapters with the sound."""
    path = folder / f"session{kind}"
    with av.open(str(path), "w") as container:
        stream = container.add_stream(CODECS[kind], rate=RATE, layout="mono")
        if kind in MP4_KINDS:
            container.set_chapters(
                [
                    {
                        "id": index,
                        "start": one.start_frame,
                        "end": one.start_frame + one.frames,
                        "time_base": Fraction(1, RATE),
                        "metadata": {"title": one.title},
                    }
                    for index, one in enumerate(chapters)
                ]
            )
        sweep = np.sin(np.cumsum(np.linspace(0.01, 0.2, 5 * RATE))) * 9000
        frame = av.AudioFrame.from_ndarray(sweep.astype(np.int16)[None], format="s16", layout="mono")
        frame.sample_rate = RATE
        container.mux([*stream.encode(frame), *stream.encode(None)])
    return path


def sound(path: Path) -> bytes:
    """Decode all sound of a file."""
    with av.open(str(path)) as container:
        return b"".join(bytes(frame.planes[0]) for frame in container.decode(audio=0))


def seen(path: Path) -> tuple[dict[str, str], list[tuple[int, str]], list[bytes]]:
    """Return the tags, the chapters in milliseconds and the pictures that FFmpeg sees."""
    with av.open(str(path)) as container:
        chapters = [
            (round(one["start"] * one["time_base"] * 1000), one["metadata"]["title"])
            for one in container.chapters()
        ]
        pictures = [bytes(packet) for packet in container.demux(video=0)] if container.streams.video else []
        texts = {**container.streams.audio[0].metadata, **container.metadata}
    return {key.lower(): text for key, text in texts.items()}, chapters, [one for one in pictures if one]


@pytest.mark.parametrize("kind", CONTAINERS)
def test_ffmpeg_sees_what_was_written(kind: str, tmp_path: Path) -> None:
    """Another program finds each tag, each chapter and the picture; the sound is as it was."""
    path = made(tmp_path, kind)
    before = sound(path)
    cover = picture()
    write_tags(path, TAGS, CHAPTERS, RATE, cover)
    texts, chapters, pictures = seen(path)
    expected = {"title": TAGS.title, "artist": TAGS.artist, "album": TAGS.album, "date": TAGS.date}
    expected |= {"comment": TAGS.comment, "language": "eng" if kind in ID3_KINDS else "en-gb"}
    expected |= {"plan" if kind in MP4_KINDS else "voicecoach_plan": TAGS.plan}
    expected |= {"track": "2/5"} if kind in ID3_KINDS | MP4_KINDS else {"track": "2", "tracktotal": "5"}
    assert expected == {key: texts.get(key) for key in expected}
    assert [(milliseconds(one.start_frame, RATE), one.title) for one in CHAPTERS] == chapters
    assert [cover.content] == pictures
    assert before == sound(path)


@pytest.mark.parametrize("kind", CONTAINERS)
def test_reading_what_was_written(kind: str, tmp_path: Path) -> None:
    """Tags and chapters come back as they were; ID3 has no region of a language."""
    path = made(tmp_path, kind)
    write_tags(path, TAGS, CHAPTERS, RATE)
    assert replace(TAGS, language="en" if kind in ID3_KINDS else "en-gb") == read_tags(path)
    ends = [milliseconds(one.start_frame + one.frames, RATE) for one in CHAPTERS]
    assert [
        Mark(one.title, milliseconds(one.start_frame, RATE), end if kind in ID3_KINDS else None)
        for one, end in zip(CHAPTERS, ends, strict=True)
    ] == list(read_chapters(path))


@pytest.mark.parametrize("kind", CONTAINERS)
def test_same_input_same_bytes(kind: str, tmp_path: Path) -> None:
    """Tags written anew, or a second time over others, give the very same file."""
    path = made(tmp_path, kind)
    untagged = path.read_bytes()
    write_tags(path, TAGS, CHAPTERS, RATE, picture())
    once = path.read_bytes()
    write_tags(path, Tags(title="Another"), in_a_row(9, 10), RATE)
    write_tags(path, TAGS, CHAPTERS, RATE, picture())
    assert once == path.read_bytes()
    path.write_bytes(untagged)
    write_tags(path, TAGS, CHAPTERS, RATE, picture())
    assert once == path.read_bytes()


@pytest.mark.parametrize("kind", CONTAINERS)
def test_what_is_not_known_is_left_out(kind: str, tmp_path: Path) -> None:
    """No tags, no chapters and no picture leave nothing behind, whatever was there before."""
    path = made(tmp_path, kind, ())
    write_tags(path, TAGS, CHAPTERS, RATE, picture())
    write_tags(path, Tags(), (), RATE)
    texts, chapters, pictures = seen(path)
    assert set() == {"title", "artist", "album", "date", "comment", "plan", "voicecoach_plan"} & set(texts)
    assert ([], []) == (chapters, pictures)
    assert (Tags(), ()) == (read_tags(path), read_chapters(path))


@pytest.mark.parametrize("amount", [120, 300])
@pytest.mark.parametrize("kind", CONTAINERS)
def test_a_long_session_set_by_set(kind: str, amount: int, tmp_path: Path) -> None:
    """A hundred chapters and more are all there, in their order, and FFmpeg sees them."""
    chapters = in_a_row(amount, 400)
    path = made(tmp_path, kind, chapters)
    write_tags(path, TAGS, chapters, RATE, picture())
    _, found, _ = seen(path)
    assert [one.title for one in chapters] == [title for _, title in found]
    readable = 255 if kind in MP4_KINDS else amount
    assert [one.title for one in chapters[:readable]] == [mark.title for mark in read_chapters(path)]


@pytest.mark.parametrize(("amount", "tables"), [(1, [1]), (255, [255]), (256, [255, 1, 2])])
def test_tables_of_contents(amount: int, tables: list[int], tmp_path: Path) -> None:
    """One ordered table at the top; where it cannot count all chapters, it lists tables of them."""
    path = made(tmp_path, ".mp3")
    write_tags(path, Tags(), in_a_row(amount, 400), RATE)
    found = sorted(ID3(path).getall("CTOC"), key=lambda table: table.element_id, reverse=True)
    top = [table for table in found if table.flags & CTOCFlags.TOP_LEVEL]
    assert ["toc"] == [table.element_id for table in top]
    assert all(table.flags & CTOCFlags.ORDERED for table in found)
    assert sorted(tables) == sorted(len(table.child_element_ids) for table in found)


def test_the_last_chapter_ends_with_the_session(tmp_path: Path) -> None:
    """In ID3 each chapter ends in the millisecond in which the next one starts."""
    path = made(tmp_path, ".mp3")
    write_tags(path, Tags(), CHAPTERS, RATE)
    marks = read_chapters(path)
    assert [mark.end_ms for mark in marks[:-1]] == [mark.start_ms for mark in marks[1:]]
    assert milliseconds(4 * 30_001, RATE) == marks[-1].end_ms


def test_a_wav_file_stays_one(tmp_path: Path) -> None:
    """Readers that know nothing of tags find the same sound in it."""
    path = tmp_path / "session.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(bytes(range(256)) * 100)
    write_tags(path, TAGS, CHAPTERS, RATE)
    with wave.open(str(path), "rb") as file:
        assert bytes(range(256)) * 100 == file.readframes(file.getnframes())
    size, kind = struct.unpack_from("<4xI4s", path.read_bytes())
    assert (path.stat().st_size - 8, b"WAVE") == (size, kind)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("notes.txt", b"RIFF", "takes no tags"),
        ("long.wav", b"RF64\xff\xff\xff\xffWAVEds64", "no .wav file that can hold them"),
        ("sound.mp4", b"no such thing", "no .mp4 file that can hold them"),
        ("sound.flac", b"no such thing", "no .flac file that can hold them"),
        ("sound.opus", b"", "no .opus file that can hold them"),
    ],
)
def test_what_takes_no_tags(name: str, content: bytes, reason: str, tmp_path: Path) -> None:
    """A file that takes no tags says so in one line, and is as it was."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(OutputError, match=reason) as caught:
        write_tags(path, TAGS, CHAPTERS, RATE)
    assert "\n" not in str(caught.value)
    assert content == path.read_bytes()


def test_a_wav_file_without_room(tmp_path: Path) -> None:
    """A WAV file of 4 GB is refused before it is touched."""
    path = tmp_path / "long.wav"
    with path.open("wb") as file:
        file.truncate(MOST_WAV_BYTES + 1)
    with pytest.raises(OutputError, match="4 GB has no room for tags"):
        write_tags(path, TAGS, (), RATE)
    assert MOST_WAV_BYTES + 1 == path.stat().st_size


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    """What the disk reports stays what it is, for whoever explains it; and nothing can be read."""
    for kind in CONTAINERS:
        path = tmp_path / f"gone{kind}"
        if kind != ".mp3":  # an MP3 file begins with its tag
            with pytest.raises(FileNotFoundError):
                write_tags(path, TAGS, (), RATE)
        assert (Tags(), ()) == (read_tags(path), read_chapters(path))


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return a tagged file of each kind."""
    folder = tmp_path_factory.mktemp("tagged")
    files = {}
    for kind in CONTAINERS:
        path = made(folder, kind)
        write_tags(path, TAGS, CHAPTERS, RATE, picture())
        files[kind] = path.read_bytes()
    return files


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from(list(CONTAINERS)), st.data())
def test_damaged_files_are_read(
    tagged: dict[str, bytes], tmp_path: Path, kind: str, data: st.DataObject
) -> None:
    """Whatever became of a file, reading it gives tags, perhaps empty ones, and never an error."""
    content = bytearray(tagged[kind])
    end = data.draw(st.integers(0, len(content)))
    for position in data.draw(st.lists(st.integers(0, min(end, 4000)), max_size=20)):
        content[position : position + 1] = data.draw(st.binary(max_size=4))
    path = tmp_path / f"damaged{kind}"
    path.write_bytes(content[:end])
    assert isinstance(read_tags(path), Tags)
    assert isinstance(read_chapters(path), tuple)


def test_tags_of_others(tmp_path: Path) -> None:
    """A number that is none is no number; the other tags are read all the same."""
    path = made(tmp_path, ".flac")
    file = FLAC(path)
    file["TRACKNUMBER"], file["TITLE"] = "two of five", "Theirs"
    file.save()
    assert Tags(title="Theirs") == read_tags(path)
