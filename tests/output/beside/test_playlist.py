from pathlib import Path

from voicecoach.output.beside.playlist import playlist
from voicecoach.plan.document import Document


def test_a_playlist_names_its_files_in_order() -> None:
    """Each file has its length in whole seconds and its title, on one line whatever is in it."""
    first = Document({"title": "Roll:\nquads"}, 24_000, 36_000)
    second = Document({"title": "Dehnen, früh"}, 24_000, 24_000 * 61)
    assert [
        "#EXTM3U",
        "#EXTINF:2,Roll: quads",
        "hips-1-roll.mp3",
        "#EXTINF:61,Dehnen, früh",
        "hips-2-dehnen.mp3",
    ] == playlist([(Path("a/hips-1-roll.mp3"), first), (Path("a/hips-2-dehnen.mp3"), second)]).splitlines()
