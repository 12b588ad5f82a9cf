"""Playlists: a set of files in their order, as M3U in UTF-8, which nearly every player reads."""

from collections.abc import Iterable
from pathlib import Path

from voicecoach.plan.document import Document


def playlist(entries: Iterable[tuple[Path, Document]]) -> str:
    """Return a playlist of files in its own folder, each with the plan of what is heard in it."""
    lines = ["#EXTM3U"]
    for path, document in entries:
        seconds = round(document.frames / document.sample_rate)
        lines += [f"#EXTINF:{seconds},{' '.join(str(document.meta['title']).split())}", path.name]
    return "\n".join(lines) + "\n"
