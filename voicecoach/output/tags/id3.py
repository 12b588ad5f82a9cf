"""The tags of MP3 and WAV files: ID3, with a chapter frame for each chapter and a table of contents.

Version 2.3: it is what every player reads, those of cars and of old Windows too, and chapters are the same in
it as in 2.4. A WAV file has the same tag in a chunk of its own.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from mutagen import id3
from mutagen.wave import WAVE

from voicecoach.errors import OutputError
from voicecoach.output.marks import Mark
from voicecoach.output.tags import Picture, Tags, number
from voicecoach.output.tags.languages import from_iso_639_2, iso_639_2

PLAN = "VOICECOACH_PLAN"
"""The name of the fingerprint of the plan."""
MOST_CHILDREN = 255
"""Chapters in one table of contents: their number is one byte (ID3v2 Chapter Frame Addendum 1.0, 3.2)."""
MOST_WAV_BYTES = 2**32 - 2**25
"""How long a WAV file may be that gets a tag, of up to 32 MB: its header counts in 32 bits."""
_NO_OFFSET = 0xFFFFFFFF
"""In place of the byte at which a chapter starts: its time counts."""
_OWNER = "voicecoach"
_TEXTS = {"title": id3.TIT2, "artist": id3.TPE1, "album": id3.TALB, "date": id3.TDRC}


def write(path: Path, tags: Tags, marks: Sequence[Mark], picture: Picture | None) -> None:
    """Write tags and chapters; the sound is moved as far as they need, to the byte.

    Raises:
        OutputError: it is a WAV file of 4 GB.
    """
    is_wav = path.suffix.lower() == ".wav"
    if is_wav and path.stat().st_size > MOST_WAV_BYTES:
        message = "a WAV file of 4 GB has no room for tags; a FLAC file has"
        raise OutputError(message)
    tag = _wav_tag(path) if is_wav else id3.ID3()
    for frame in (*_frames(tags), *_chapter_frames(marks), *_picture_frames(picture)):
        tag.add(frame)
    tag.update_to_v23()
    tag.save(path, v2_version=3, padding=lambda _: 0)


def read(path: Path) -> Tags:
    """Return the tags of a file."""
    tag = _tag(path)
    comments = [frame for frame in tag.getall("COMM") if not frame.desc]
    track, _, tracks = _text(tag, "TRCK").partition("/")
    return Tags(
        **{name: _text(tag, frame.__name__) for name, frame in _TEXTS.items()},
        language=from_iso_639_2(_text(tag, "TLAN")),
        comment=str(comments[0]) if comments else "",
        plan=_text(tag, f"TXXX:{PLAN}"),
        track=number(track),
        tracks=number(tracks),
    )


def read_marks(path: Path) -> tuple[Mark, ...]:
    """Return the chapters of a file, in the order of their table of contents."""
    tag = _tag(path)
    tables = tag.getall("CTOC")
    top = next((table for table in tables if table.flags & id3.CTOCFlags.TOP_LEVEL), None)
    frames = {frame.element_id: frame for frame in tag.getall("CHAP")}
    order = _leaves(top, {table.element_id: table for table in tables}) if top else frames
    return tuple(_mark(frames[element]) for element in order if element in frames)


def _tag(path: Path) -> id3.ID3:
    if path.suffix.lower() == ".wav":
        return WAVE(path).tags or id3.ID3()
    try:
        return id3.ID3(path)
    except id3.ID3NoHeaderError:
        return id3.ID3()


def _wav_tag(path: Path) -> id3.ID3:
    """Return an empty tag that is saved as a chunk."""
    wav = WAVE(path)
    if wav.tags is None:
        wav.add_tags()
    wav.tags.clear()
    return wav.tags


def _text(tag: id3.ID3, key: str) -> str:
    return str(tag[key]) if key in tag else ""


def _frames(tags: Tags) -> Iterator[id3.Frame]:
    utf16, language = id3.Encoding.UTF16, iso_639_2(tags.language)
    for name, frame in _TEXTS.items():
        if text := getattr(tags, name):
            yield frame(utf16, [text])
    if tags.language:
        yield id3.TLAN(utf16, [language])
    if tags.comment:
        yield id3.COMM(utf16, language, "", [tags.comment])
    if tags.plan:
        yield id3.TXXX(utf16, PLAN, [tags.plan])
    if tags.track:
        yield id3.TRCK(utf16, [f"{tags.track}/{tags.tracks}" if tags.tracks else str(tags.track)])


def _chapter_frames(marks: Sequence[Mark]) -> Iterator[id3.Frame]:
    """Yield the chapters and their tables: one, or, where they are too many for it, one of tables.

    Some players show chapters in the order of their frames, and mutagen sorts frames by their size before it
    looks at their names: so all of them are made the same size, by a frame that is nobody's business.
    """
    elements = [f"chp{index:05}" for index in range(len(marks))]
    sizes = [len(mark.title.encode("utf-16-le")) for mark in marks]
    for element, mark, size in zip(elements, marks, sizes, strict=True):
        title = id3.TIT2(id3.Encoding.UTF16, [mark.title])
        filler = id3.PRIV(_OWNER, bytes(max(sizes) - size))
        yield id3.CHAP(element, mark.start_ms, mark.end_ms, _NO_OFFSET, _NO_OFFSET, [title, filler])
    if len(elements) > MOST_CHILDREN:
        starts = range(0, len(elements), MOST_CHILDREN)
        parts = {f"toc{start:05}": elements[start : start + MOST_CHILDREN] for start in starts}
        for name, part in parts.items():
            yield id3.CTOC(name, id3.CTOCFlags.ORDERED, part, [])
        elements = list(parts)
    if elements:
        yield id3.CTOC("toc", id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED, elements, [])


def _picture_frames(picture: Picture | None) -> Iterator[id3.Frame]:
    if picture:
        cover = id3.PictureType.COVER_FRONT
        yield id3.APIC(id3.Encoding.LATIN1, picture.mime, cover, "", picture.content)


def _leaves(table: id3.CTOC, tables: dict[str, id3.CTOC]) -> Iterator[str]:
    """Yield the chapters of a table and of the tables in it, one level down."""
    for element in table.child_element_ids:
        yield from tables[element].child_element_ids if element in tables else (element,)


def _mark(frame: id3.CHAP) -> Mark:
    return Mark(_text(frame.sub_frames, "TIT2"), frame.start_time, frame.end_time)
