"""How long it takes to plan a session, in this process."""

from statistics import median

from bench import ROUTINE, Bench, in_turns, say, say_all, seconds_of

from voicecoach.coach import open_session
from voicecoach.speaking import Speaking

TIMES = 9


def measure(bench: Bench) -> None:
    """Plan with clips that lie on disk, and with lengths that are known."""
    speaking = Speaking(cache=bench.folder / "clips")
    with open_session(ROUTINE, speaking=speaking) as session:
        session.prepare()
        # The finish, and what is said shorter, is spoken only now.
        segments = list(session.segments())
    opening, from_disk = [], []
    for _ in range(bench.times(TIMES)):
        opened = open_session(ROUTINE, speaking=speaking)
        opening.append(seconds_of(opened.__enter__))
        opened.__exit__(None, None, None)
        with open_session(ROUTINE, speaking=speaking) as session:
            from_disk.append(seconds_of(lambda: list(session.segments())))
    with open_session(ROUTINE, speaking=speaking) as session:
        list(session.segments())
        known, described = in_turns(
            bench.times(TIMES), lambda: list(session.segments()), lambda: session.document().to_json()
        )
    say("segments", len(segments))
    say("events", sum(len(segment.events) for segment in segments))
    say_all("open: read the routine, find the voice", opening)
    say_all("plan, clips read from the cache", from_disk)
    say_all("plan, lengths known", known)
    say("  each segment", 1e6 * median(known) / len(segments), "us")
    say_all("plan and write it down for --json", described)
