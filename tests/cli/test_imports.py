import subprocess
import sys

import pytest


@pytest.mark.parametrize("arguments", [["--help"], ["play", "--help"]])
def test_help_does_not_wait_for_a_bus(arguments: list[str]) -> None:
    """What is needed for media keys alone is not imported before a session is played."""
    command = [sys.executable, "-X", "importtime", "-m", "voicecoach", *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    imported = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    assert "voicecoach.cli" in imported
    assert set() == imported & {"asyncio", "dbus_fast", "voicecoach.session.remote"}
