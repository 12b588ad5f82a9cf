"""How long it takes until the program answers at all."""

from bench import PYTHON, VOICECOACH, Bench, in_turns, say_all, say_ratio

TIMES = 20
MOST = 1.5


def measure(bench: Bench) -> None:
    """Time whole processes."""
    bench.run(VOICECOACH, "--help")  # compiles what was changed
    ours, click, python = in_turns(
        bench.times(TIMES),
        bench.program(VOICECOACH, "--help"),
        bench.program(PYTHON, "-c", "import click"),
        bench.program(PYTHON, "-c", "pass"),
    )
    say_all("voicecoach --help", ours)
    say_all("python -c 'import click'", click)
    say_all("python -c pass", python)
    say_ratio("voicecoach --help / import click", ours, click, MOST)
