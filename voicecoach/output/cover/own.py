"""The user's own picture as a cover."""

import io
import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from voicecoach.errors import ChoiceError
from voicecoach.output.tags import Picture

LARGEST_FILE, LARGEST_SIDE = 5_000_000, 3000
"""Bytes and pixels of a picture that is taken as it is: players refuse much larger ones."""
SCALED_SIDE, QUALITY = 1400, 90
"""Pixels of the longer side, and quality of JPEG, of one that is made smaller."""
MOST_BYTES = 50_000_000
"""Bytes that are read at all."""
_MIMES = {"JPEG": "image/jpeg", "PNG": "image/png"}


def picture_of(path: Path) -> Picture:
    """Read a picture. A large one is made smaller; what a camera noted in it, as its place, is left out.

    Raises:
        ChoiceError: it cannot be read, or is neither JPEG nor PNG by its content.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise _error(path, f"is larger than {MOST_BYTES // 1_000_000} MB; make it smaller")
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=list(_MIMES))
            image.load()
    except UnidentifiedImageError as error:
        raise _error(path, "is neither a JPEG nor a PNG picture; convert it") from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _error(path, "has too many pixels; make it smaller") from error
    except OSError as error:
        if error.errno is None:  # what Pillow says of a picture that breaks off
            raise _error(path, "is damaged; choose another one") from error
        raise _error(path, f"cannot be read: {error.strerror}") from error
    except (ValueError, SyntaxError) as error:  # what Pillow says of a broken header
        raise _error(path, "is damaged; choose another one") from error
    is_plain = not image.getexif() and len(content) <= LARGEST_FILE and max(image.size) <= LARGEST_SIDE
    if image.format and is_plain:
        return Picture(content, _MIMES[image.format], *image.size)
    return _made_anew(image)


def _made_anew(image: Image.Image) -> Picture:
    """Return a picture upright, at most so large, on white where it lets the ground through."""
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    ground = Image.new("RGBA", upright.size, "white")
    flat = Image.alpha_composite(ground, upright).convert("RGB")
    flat.thumbnail((SCALED_SIDE, SCALED_SIDE), Image.Resampling.LANCZOS)
    content = io.BytesIO()
    flat.save(content, "JPEG", quality=QUALITY)
    return Picture(content.getvalue(), _MIMES["JPEG"], *flat.size)


def _error(path: Path, reason: str) -> ChoiceError:
    return ChoiceError(f"{path}: {reason}")
