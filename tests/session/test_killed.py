import os
import subprocess
import sys
from pathlib import Path

import pytest

SESSIONS = 50


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_session_that_is_killed_is_in_the_log(tmp_path: Path) -> None:
    """At 50 random moments: the log opens, is whole, and has every set that was heard to its end."""
    program = Path(__file__).with_name("killed_session.py")
    environ = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    run = subprocess.run(
        [sys.executable, program, tmp_path, str(SESSIONS)],
        env=environ,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (0, "") == (run.returncode, run.stderr)
    counts = [tuple(map(int, line.split())) for line in run.stdout.splitlines()]
    assert SESSIONS == len(counts)
    assert [] == [(heard, logged) for heard, logged in counts if logged < heard]
    # At different moments, and each in the midst of it, as the program has seen to.
    assert len({heard for heard, _ in counts}) > 3
