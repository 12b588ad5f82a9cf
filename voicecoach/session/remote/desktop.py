"""The media keys of a Linux desktop and the buttons of a headset, which it passes on over MPRIS."""

from __future__ import annotations

import os
import threading
from collections import deque
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from voicecoach.session.background import Background
from voicecoach.session.bus import connected_to
from voicecoach.session.controls import Command
from voicecoach.session.remote.now_playing import Moment, NowPlaying

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.plan.phrases import Phrases
    from voicecoach.session.remote.mpris import Player
    from voicecoach.session.screen.words import Total

PATIENCE = 1.0
"""Seconds in which a bus that is there answers."""
KEPT = 32
"""Methods that are remembered until the session can look at them."""

ASKED: Mapping[str, tuple[Command | None, Command | None]] = MappingProxyType(
    {
        "PlayPause": (Command.PAUSE, Command.PAUSE),
        "Play": (Command.OTHER, Command.PAUSE),
        "Pause": (Command.PAUSE, None),
        "Next": (Command.NEXT, Command.NEXT),
        "Previous": (Command.BACK, Command.BACK),
        "Stop": (Command.QUIT, Command.QUIT),
        "Quit": (Command.QUIT, Command.QUIT),
    }
)
"""What each method of MPRIS asks for: of a session that plays, and of one that is paused."""


class Desktop:
    """A media player to the desktop, from before the session begins to its end."""

    def __init__(self, address: str) -> None:
        """Take the address of the bus; the block that follows is how long we are on it."""
        self._address = address
        self._background = Background(self._serve, "media keys")
        self._settled = threading.Event()
        self._player: Player | None = None
        self._called: deque[str] = deque(maxlen=KEPT)
        self._now_playing: NowPlaying | None = None

    def __enter__(self) -> Self:
        """Begin to connect."""
        self._background.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        """Be gone from the desktop."""
        self._background.__exit__()

    @property
    def connected(self) -> bool:
        """Tell whether keys can come; waits until the bus has answered, which it does at once."""
        self._settled.wait(PATIENCE)
        return self._player is not None

    def poll(self) -> Command | None:
        """Return the next command, as it follows from what the session does now."""
        while self._called:
            playing, paused = ASKED.get(self._called.popleft(), (None, None))
            moment = self._moment()
            if command := paused if moment and moment.paused else playing:
                return command
        return None

    def screen(
        self, title: str, sample_rate: int, total: Total, phrases: Phrases | None = None
    ) -> NowPlaying:
        """Return what shows the session of some title on the desktop."""
        self._now_playing = NowPlaying(title, sample_rate, total, self._change, phrases=phrases)
        return self._now_playing

    def _moment(self) -> Moment | None:
        return self._now_playing.moment if self._now_playing else None

    def _change(self, before: Moment | None, after: Moment) -> None:
        if player := self._player:
            self._background.soon(partial(player.change, before, after))

    async def _serve(self) -> None:
        from dbus_fast import NameFlag, RequestNameReply  # noqa: PLC0415 - in this thread: it takes a while

        from voicecoach.session.remote.mpris import PATH, Player, Root  # noqa: PLC0415

        try:
            async with connected_to(self._address) as bus:
                player = Player(self._called.append, self._moment)
                bus.export(PATH, Root(self._called.append))
                bus.export(PATH, player)
                name = f"org.mpris.MediaPlayer2.voicecoach.instance{os.getpid()}"
                reply = await bus.request_name(name, NameFlag.DO_NOT_QUEUE)
                if reply is RequestNameReply.PRIMARY_OWNER:
                    self._player = player
                    self._settled.set()
                    await bus.wait_for_disconnect()
        finally:
            self._player = None
            self._settled.set()
