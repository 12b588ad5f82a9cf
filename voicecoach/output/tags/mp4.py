"""The tags of MP4 files: m4a, m4b. Their chapters are written with the sound, and are left as they are."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from mutagen.mp4 import MP4, AtomDataType, MP4Cover, MP4FreeForm

from voicecoach.output.marks import Mark
from voicecoach.output.tags import Picture, Tags

TEXTS = {
    "title": "\N{COPYRIGHT SIGN}nam",
    "artist": "\N{COPYRIGHT SIGN}ART",
    "album": "\N{COPYRIGHT SIGN}alb",
    "date": "\N{COPYRIGHT SIGN}day",
    "comment": "\N{COPYRIGHT SIGN}cmt",
}
"""The atom for each tag."""
FREE_FORMS = {"language": "----:com.apple.iTunes:LANGUAGE", "plan": "----:com.voicecoach:plan"}
"""What has no atom of its own: the language has the name that other taggers give it."""
_FORMATS = {"image/jpeg": AtomDataType.JPEG, "image/png": AtomDataType.PNG}


def write(path: Path, tags: Tags, marks: Sequence[Mark], picture: Picture | None) -> None:
    """Write tags; chapters stay those that the file has."""
    del marks
    file = MP4(path)
    if file.tags is None:
        file.add_tags()
    file.tags.clear()
    for name, value in _atoms(tags, picture):
        file.tags[name] = [value]
    file.save(padding=lambda _: 0)


def read(path: Path) -> Tags:
    """Return the tags of a file."""
    atoms = MP4(path).tags or {}
    texts = {name: atoms.get(key, [""])[0] for name, key in TEXTS.items()}
    free = {name: bytes(atoms.get(key, [b""])[0]).decode() for name, key in FREE_FORMS.items()}
    track, tracks = atoms.get("trkn", [(0, 0)])[0]
    return Tags(**texts, **free, track=track, tracks=tracks)


def read_marks(path: Path) -> tuple[Mark, ...]:
    """Return the chapters of a file, the first 255: the list that is read here holds no more."""
    return tuple(Mark(one.title, round(one.start * 1000)) for one in MP4(path).chapters or ())


def _atoms(tags: Tags, picture: Picture | None) -> Iterator[tuple[str, object]]:
    for name, key in TEXTS.items():
        if text := getattr(tags, name):
            yield key, text
    for name, key in FREE_FORMS.items():
        if text := getattr(tags, name):
            yield key, MP4FreeForm(text.encode(), AtomDataType.UTF8)
    if tags.track:
        yield "trkn", (tags.track, tags.tracks)
    if picture:
        yield "covr", MP4Cover(picture.content, _FORMATS[picture.mime])
