import re
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.browser import artefact, look
from tests.reporting_pages import filled
from voicecoach.reporting.page import page

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform == "win32", reason="the browser is looked for as Debian has it"),
]

A4, LETTER = (595, 842), (612, 792)
"""Points."""


def test_it_is_shown_without_a_network(tmp_path: Path) -> None:
    """It loads from its file, asks nobody for anything, says nothing on the console, and is not blank."""
    file, picture = tmp_path / "report.html", artefact("report.png")
    file.write_text(page(*filled()), encoding="utf-8")
    seen = look(file, tmp_path, screenshot=picture)
    assert ([], set()) == (seen.console, seen.asked)
    with Image.open(picture) as image:
        colours = image.convert("RGB").getcolors(1 << 24) or []
        assert (900, 1400) == image.size
    background = max(colours)
    assert (255, 255, 255) == background[1]
    assert 0.02 < 1 - background[0] / (900 * 1400) < 0.6
    assert len(colours) > 50


def test_what_would_be_found(tmp_path: Path) -> None:
    """A page that does load something, or has a fault, is seen to."""
    file = tmp_path / "bad.html"
    file.write_text('<img src="http://pictures.example/x.png"><script>undefined.fault</script>')
    seen = look(file, tmp_path, screenshot=tmp_path / "bad.png")
    assert {"pictures.example"} == seen.asked
    assert "TypeError" in seen.console[0]


def test_the_policy_holds(tmp_path: Path) -> None:
    """Were anything of another place ever to come into the page, the browser would not ask for it."""
    file = tmp_path / "report.html"
    foreign = '<img src="http://pictures.example/x.png"><script>undefined.fault</script></main>'
    file.write_text(page(*filled()).replace("</main>", foreign), encoding="utf-8")
    seen = look(file, tmp_path, screenshot=tmp_path / "bad.png")
    assert set() == seen.asked
    assert 2 == len([line for line in seen.console if "Content Security Policy" in line])


@pytest.mark.parametrize(("paper", "size"), [("A4", A4), ("letter", LETTER)])
def test_it_is_printed(paper: str, size: tuple[int, int], tmp_path: Path) -> None:
    """On A4 and on Letter it is printed on some pages, which are left in the folder of artefacts."""
    file, printed = tmp_path / "report.html", artefact(f"report-{paper}.pdf")
    # As the dialogue of a browser sets it: the page itself leaves the paper to the printer.
    text = page(*filled()).replace("</style>", f"@page {{ size: {paper} }}</style>")
    file.write_text(text, encoding="utf-8")
    look(file, tmp_path, pdf=printed)
    data = printed.read_bytes()
    assert data.startswith(b"%PDF-")
    pages = re.findall(rb"/Type\s*/Page\b(?!s)", data)
    assert 2 <= len(pages) <= 6
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", data)
    assert {size} == {(round(float(width)), round(float(height))) for width, height in boxes}
