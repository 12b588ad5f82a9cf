"""A program that writes sets into a log as fast as it can, and tells of each when it is written.

Arguments: the log; the name of the routine; how many sets (0: until it is killed); how large its files may
grow, in bytes (0: as large as they like). Prints the number of the session, then that of each set; its last
words are those of the error that ended it.
"""

import datetime as dt
import sys
from itertools import count
from pathlib import Path

from voicecoach.errors import CoachError
from voicecoach.history.log import Log
from voicecoach.history.records import Opening, Performed
from voicecoach.plan.steps import Kind


def performed(number: int) -> Performed:
    """Return a set that can be told from all others."""
    return Performed("stretch.pigeon", Kind.HOLD, number + 1, planned_seconds=30, done_seconds=number)


def write(path: str, routine: str, sets: str, largest: str) -> None:
    """Write a session."""
    if int(largest):
        import resource  # noqa: PLC0415 - there is none on Windows

        resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest), int(largest)))
    with Log.open(Path(path)) as log:
        session = log.begin(Opening(routine, "Hips", "0", dt.datetime.now().astimezone()))
        print(session, flush=True)  # noqa: T201 - this is what the test reads
        for number in range(int(sets)) if int(sets) else count():
            log.put(session, number, performed(number))
            print(number, flush=True)  # noqa: T201


if __name__ == "__main__":
    try:
        write(*sys.argv[1:])
    except CoachError as error:
        sys.exit(str(error))
