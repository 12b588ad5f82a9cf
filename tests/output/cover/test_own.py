import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from voicecoach.errors import ChoiceError
from voicecoach.output.cover.own import picture_of

GPS = 0x8825
ORIENTATION = 0x0112


def saved(path: Path, image: Image.Image, kind: str, **options: object) -> bytes:
    """Save a picture and return its bytes."""
    image.save(path, kind, **options)
    return path.read_bytes()


@pytest.mark.parametrize(("kind", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
def test_a_picture_is_taken_as_it_is(kind: str, mime: str, tmp_path: Path) -> None:
    """Its bytes tell what it is, whatever its name, and stay as they are."""
    path = tmp_path / "cover.txt"
    content = saved(path, Image.new("RGB", (300, 200), "teal"), kind)
    made = picture_of(path)
    assert (content, mime, 300, 200) == (made.content, made.mime, made.width, made.height)


@pytest.mark.parametrize(("mode", "kind"), [("RGB", "JPEG"), ("RGBA", "PNG"), ("CMYK", "JPEG"), ("P", "PNG")])
def test_a_large_picture_is_made_smaller(mode: str, kind: str, tmp_path: Path) -> None:
    """Its longer side gets 1400 pixels; the shape stays."""
    path = tmp_path / "cover"
    saved(path, Image.new(mode, (4000, 2000)), kind)
    made = picture_of(path)
    image = Image.open(io.BytesIO(made.content))
    assert ("image/jpeg", "JPEG") == (made.mime, image.format)
    assert (1400, 700) == (made.width, made.height) == image.size


def test_what_a_camera_noted_is_left_out(tmp_path: Path) -> None:
    """Nobody learns from a file where its picture was taken; it is turned as the camera was held."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[GPS] = {1: "N", 2: (52.0, 30.0, 0.0)}
    path = tmp_path / "cover.jpg"
    saved(path, Image.new("RGB", (300, 200), "teal"), "JPEG", exif=exif)
    made = picture_of(path)
    image = Image.open(io.BytesIO(made.content))
    assert (200, 300) == (made.width, made.height) == image.size
    assert {} == dict(image.getexif())


def test_a_picture_of_too_many_bytes(tmp_path: Path) -> None:
    """One of more than 50 MB is not even looked at."""
    path = tmp_path / "cover.png"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(ChoiceError, match="larger than 50 MB"):
        picture_of(path)


def gif() -> bytes:
    """Return a picture of another kind."""
    content = io.BytesIO()
    Image.new("RGB", (3, 3)).save(content, "GIF")
    return content.getvalue()


def png() -> bytes:
    """Return a small picture."""
    content = io.BytesIO()
    Image.new("1", (300, 300)).save(content, "PNG")
    return content.getvalue()


def resized(side: int) -> bytes:
    """Return a small picture whose header tells of another size: its checksum is right, too."""
    content = bytearray(png())
    struct.pack_into(">2I", content, 16, side, side)
    struct.pack_into(">I", content, 29, zlib.crc32(content[12:29]))
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "neither a JPEG nor a PNG picture"),
        (b"<svg/>", "neither a JPEG nor a PNG picture"),
        (gif(), "neither a JPEG nor a PNG picture"),
        (png()[:60], "is damaged"),
        (resized(10_000), "too many pixels"),
        (resized(20_000), "too many pixels"),
    ],
)
def test_what_is_no_cover(content: bytes, reason: str, tmp_path: Path) -> None:
    """What cannot be a cover is told in one line that names the file."""
    path = tmp_path / "cover.png"
    path.write_bytes(content)
    with pytest.raises(ChoiceError, match=reason) as caught:
        picture_of(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_a_picture_that_is_not_there(tmp_path: Path) -> None:
    """A wrong name is told as such."""
    with pytest.raises(ChoiceError, match=r"cover\.png: cannot be read: No such file"):
        picture_of(tmp_path / "cover.png")


def test_a_picture_that_breaks_off(tmp_path: Path) -> None:
    """Wherever it breaks off, it is told in one line, or it can be seen."""
    whole = saved(tmp_path / "cover.jpg", Image.effect_noise((64, 64), 50), "JPEG")
    for end in range(0, len(whole), 7):
        path = tmp_path / "part.jpg"
        path.write_bytes(whole[:end])
        with pytest.raises(ChoiceError, match=r"is damaged|neither a JPEG"):
            picture_of(path)
