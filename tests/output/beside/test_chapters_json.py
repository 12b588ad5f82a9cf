import json

from voicecoach.output.beside.chapters_json import to_chapters_json
from voicecoach.plan.document import ChapterEntry


def test_chapters_json() -> None:
    """The version, the title, and each chapter with its times in seconds."""
    chapters = (ChapterEntry("Łódź", 0, 12_012), ChapterEntry('"Frog"', 12_012, 24_000))
    assert {
        "version": "1.2.0",
        "title": "Hips",
        "chapters": [
            {"startTime": 0, "title": "Łódź", "endTime": 0.501},
            {"startTime": 0.501, "title": '"Frog"', "endTime": 1.501},
        ],
    } == json.loads(to_chapters_json(chapters, 24_000, title="Hips"))


def test_nothing_has_no_chapters() -> None:
    """No chapters are an empty list; a title that is not known is left out."""
    assert {"version": "1.2.0", "chapters": []} == json.loads(to_chapters_json((), 24_000))
