"""A real browser without a window: Chromium, in a profile of its own and with no way out to the network."""

import json
import os
import re
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ARTEFACTS = Path(os.environ.get("VOICECOACH_ARTEFACTS") or Path(__file__).with_name("artefacts"))
"""The folder of what tests leave to be looked at."""
NAMES = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 90
"""That it may take, on a machine that others use."""
_OWN = re.compile(r"(^|\.)(google|googleapis|gvt1|gstatic)\.com$")
"""The hosts that the browser asks by itself, whatever the page."""
_OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--enable-logging=stderr",
    "--virtual-time-budget=3000",
    "--no-pdf-header-footer",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a page."""

    console: list[str]
    """What it wrote to the console: errors, and what its policy forbade."""
    asked: set[str]
    """The hosts that it asked for something."""


def artefact(name: str) -> Path:
    """Return where a test leaves a file to be looked at."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    return ARTEFACTS / name


def look(page: Path, folder: Path, *, screenshot: Path | None = None, pdf: Path | None = None) -> Seen:
    """Open a page from its file, and write what it looks like.

    Args:
        page: the file.
        folder: an empty one, for the profile of the browser.
        screenshot: a PNG file of what is seen in a window.
        pdf: of what would be printed.
    """
    browser = next(filter(None, map(shutil.which, NAMES)), None)
    if browser is None:
        pytest.skip("there is no Chromium here: apt-get install chromium")
    log = folder / "net.json"
    wanted = [f"--screenshot={screenshot}"] if screenshot else []
    wanted += [f"--print-to-pdf={pdf}"] if pdf else []
    own = [f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}", "--window-size=900,1400"]
    with (folder / "stderr").open("wb") as stderr:
        running = subprocess.Popen(
            [browser, *_OPTIONS, *own, *wanted, page.as_uri()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            env=os.environ | {"HOME": str(folder)},
            start_new_session=True,
        )
        try:
            assert 0 == running.wait(SECONDS), (folder / "stderr").read_text(errors="replace")
        finally:
            _end(running)
    lines = (folder / "stderr").read_text(errors="replace").splitlines()
    return Seen([line for line in lines if ":CONSOLE" in line], _hosts(log))


def _end(running: subprocess.Popen[bytes]) -> None:
    """End the browser and all that it started: they are a group of their own."""
    try:
        os.killpg(running.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        running.wait()


def _hosts(log: Path) -> set[str]:
    """Return the hosts that were asked for anything, but those that the browser asks by itself."""
    urls = {
        event["params"]["url"]
        for event in json.loads(log.read_text(encoding="utf-8"))["events"]
        if "url" in event.get("params", {})
    }
    hosts = {urlsplit(url).hostname or "" for url in urls if url.startswith(("http", "ws"))}
    return {host for host in hosts if not _OWN.search(host)}
