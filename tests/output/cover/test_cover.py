import io

import numpy as np
import pytest
from PIL import Image

from tests.strategies import sixty_ms_a_character
from voicecoach.output.cover import PALETTES, SIDE, Face, cover, face
from voicecoach.output.cover.text import BOLD, PLAIN, cut, drawable, fitted, width
from voicecoach.plan.chapters import Contents
from voicecoach.plan.describe import describe
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.timeline import SAMPLE_RATE, Timeline
from voicecoach.routine.files import parse

ACCENTS = "àâæçéèêëîïôœùûüÿ äöüßÄÖÜ áéíóúñ¿¡ ąćęłńóśźżĄĆĘŁŃÓŚŹŻ čřšžýůďťňě"
HIPS = Face("Hip mobility", (("Roll", 1440), ("Stretch", 2280), ("Strengthen", 780)), 4500)
MANY = tuple((f"Oberschenkelrückseite und Hüfte, Teil {number}", 60.0 * number) for number in range(1, 13))
LONG = "Świadome rozciąganie bioder i kręgosłupa po długim dniu siedzenia przy biurku w"


def pixels(shown: Face) -> np.ndarray:
    """Draw a cover and read it back: rows, columns, colours."""
    return np.asarray(Image.open(io.BytesIO(cover(shown).content)), dtype=int)


def test_what_a_cover_tells() -> None:
    """The title of the plan, each stage with its length, and the length of it all."""
    routine = parse(
        'title = "Hips"\n[[stage]]\ntitle = "Roll"\nexercise = [{ name = "Quads", dose = "60 s" }]\n'
        '[[stage]]\ntitle = "Stretch"\nexercise = [{ name = "Pigeon", dose = "2 x 60 s per side" }]',
        "hips.toml",
    )
    planner = Planner(routine, load_phrases("en"))
    timeline = Timeline(SAMPLE_RATE, planner.segments(sixty_ms_a_character))
    contents = Contents(planner.phrases, "Hips")
    plan = describe(timeline, sixty_ms_a_character, {"title": "Hips"}, contents)
    shown = face(plan)
    assert ("Hips", ["Roll", "Stretch"]) == (shown.title, [title for title, _ in shown.stages])
    assert plan.frames / SAMPLE_RATE == shown.seconds
    inside = sum(segment.frames for segment in plan.segments if segment.stage) / SAMPLE_RATE
    assert inside == pytest.approx(sum(seconds for _, seconds in shown.stages))


@pytest.mark.parametrize(
    "shown",
    [
        HIPS,
        Face(LONG, MANY, 4680),
        Face("W" * 80, MANY * 17, 1e6),
        Face("Breath", (), 20),
        Face("髋", (("髋", 0.0),), 0),
        Face("", (), 0),
    ],
)
def test_a_cover_of_anything(shown: Face) -> None:
    """Whatever the routine, the picture is a square JPEG of less than 150 kB, the same each time."""
    made = cover(shown)
    image = Image.open(io.BytesIO(made.content))
    assert ("JPEG", (SIDE, SIDE), "RGB") == (image.format, image.size, image.mode)
    assert ("image/jpeg", SIDE, SIDE) == (made.mime, made.width, made.height)
    assert len(made.content) < 150_000
    assert made == cover(shown)


@pytest.mark.parametrize("shown", [HIPS, Face(LONG, MANY, 4680), Face("W" * 80, MANY * 17, 1e6)])
def test_nothing_reaches_the_edge(shown: Face) -> None:
    """A margin of 60 pixels stays free of letters: all in it is nearly what it is on a cover without any."""
    empty = pixels(Face(shown.title, (), 0))
    drawn = pixels(shown)
    edge = np.ones((SIDE, SIDE), dtype=bool)
    edge[60:-60, 60:-60] = False
    assert np.abs(drawn - empty)[edge].max() < 30
    assert drawn[edge].max() < 215


def test_white_letters_can_be_read_on_every_ground() -> None:
    """The contrast with white is at least 4.5 (WCAG 2.2, 1.4.3)."""

    def luminance(colour: tuple[int, int, int]) -> float:
        parts = [one / 255 for one in colour]
        red, green, blue = (
            one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for palette in PALETTES:
        for colour in (palette.top, palette.bottom):
            assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_titles_differ_in_colour() -> None:
    """Two routines can be told apart from afar."""
    grounds = {
        tuple(pixels(Face(title, (), 0))[-1, 0]) for title in ("Hips", "Back", "Neck", "Feet", "Knees")
    }
    assert len(grounds) > 1


def test_the_letters_of_many_languages() -> None:
    """The font has the accents of French, German, Spanish, Polish and Czech."""
    assert ACCENTS == drawable(ACCENTS)


def test_what_has_no_shape_is_left_out() -> None:
    """A picture in a title leaves no box behind, and a composed accent is one letter."""
    assert "Hips é" == drawable("Hips \N{FLEXED BICEPS} e\N{COMBINING ACUTE ACCENT}")


def test_a_short_title_is_larger_than_a_long_one() -> None:
    """Words are kept whole as long as there is a size at which they can be."""
    room, sizes = (832, 420), range(188, 51, -2)
    short, long = (fitted(text, BOLD, room, sizes, 1.08) for text in ("Hips", LONG))
    assert (("Hips",), 188) == (short.lines, short.size)
    assert LONG == " ".join(long.lines)
    assert short.size > long.size
    assert all(width(line, BOLD, long.size) <= 832 for line in long.lines)


def test_a_title_without_end_is_cut() -> None:
    """At the least size, words are broken and what does not fit is left out."""
    block = fitted("W" * 500, BOLD, (832, 420), range(188, 51, -2), 1.08)
    assert (52, 7) == (block.size, len(block.lines))
    assert block.lines[-1].endswith("…")


def test_cut() -> None:
    """A text that fits is whole; else it ends in an ellipsis and fits."""
    assert "Stretch" == cut("Stretch", PLAIN, 30, 400)
    short = cut("Stretch and strengthen", PLAIN, 30, 150)
    assert short.endswith("…")
    assert width(short, PLAIN, 30) <= 150
