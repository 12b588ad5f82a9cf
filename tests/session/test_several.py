from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Segment
from voicecoach.session.controls import Command, Poll, no_controls
from voicecoach.session.playhead import Place
from voicecoach.session.several import Screens, first_of

PLACE = Place(Segment(Step(Kind.HOLD), "hold", 100, ()), 10, None, 10)


class Notebook:
    """A screen that writes down what it is given."""

    def __init__(self) -> None:
        """Begin empty."""
        self.lines: list[object] = []

    def show(self, place: Place, *, paused: bool) -> None:
        """Write a moment down."""
        self.lines.append((place, paused))

    def tell(self, text: str, *, stays: bool = False) -> None:
        """Write a line down."""
        del stays
        self.lines.append(text)

    def show_keys(self) -> None:
        """Write down that the keys were shown."""
        self.lines.append("keys")


def given(*commands: Command) -> Poll:
    """Return what gives some commands, one at a time."""
    waiting = iter(commands)
    return lambda: next(waiting, None)


def test_commands_come_from_all_and_none_is_lost() -> None:
    """Of two commands at a time, that of the first comes first, and the other after it."""
    poll = first_of(given(Command.PAUSE), no_controls, given(Command.NEXT, Command.QUIT))
    assert [Command.PAUSE, Command.NEXT, Command.QUIT, None] == [poll() for _ in range(4)]


def test_without_controls_there_is_no_command() -> None:
    """Nothing comes from nobody."""
    assert None is first_of()()


def test_each_screen_gets_all() -> None:
    """What is shown and told reaches every screen."""
    first, second = Notebook(), Notebook()
    screens = Screens(first, second)
    screens.show(PLACE, paused=True)
    screens.tell("louder")
    screens.show_keys()
    assert [(PLACE, True), "louder", "keys"] == first.lines == second.lines


def test_no_screen_will_do() -> None:
    """Where there is nothing to show on, showing does nothing."""
    screens = Screens()
    assert [None, None] == [screens.show(PLACE, paused=False), screens.tell("louder")]
