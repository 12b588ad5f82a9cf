"""The session as a media player on D-Bus, as MPRIS 2.2 has it; imported in the thread that serves it.

https://specifications.freedesktop.org/mpris-spec/2.2/ names each of these methods and properties.
"""

import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from dbus_fast import PropertyAccess, Variant
from dbus_fast.annotations import DBusDict, DBusInt64, DBusObjectPath, DBusStr
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from voicecoach.session.remote.now_playing import Moment

Ask = Callable[[str], object]
"""Hear which method was called."""
Source = Callable[[], Moment | None]
"""Return the moment that was shown last, or None before the first."""

PATH = "/org/mpris/MediaPlayer2"
_MICRO = 1_000_000
"""Of a second, in which MPRIS counts."""


def _asked(method: str) -> Any:  # noqa: ANN401 - as the library has it
    """Return a method that passes on that it was called."""

    def call(self: "Root | Player") -> None:
        self.ask(method)

    return dbus_method(method)(call)


def _fixed(name: str, signature: str, value: object, *, writable: bool = False) -> Any:  # noqa: ANN401
    """Return a property that never changes, also where it has to be writable."""

    def read(_: ServiceInterface) -> object:
        return value

    def write(_: ServiceInterface, value: object) -> None:
        """Leave it as it is."""

    # The library reads signatures from annotations, and finds a property by the name of its function.
    read.__name__ = write.__name__ = name
    read.__annotations__ = {"return": signature}
    access = PropertyAccess.READWRITE if writable else PropertyAccess.READ
    readable = dbus_property(access, name)(read)
    return readable.setter(write) if writable else readable


class Root(ServiceInterface):
    """What is true of the program."""

    Quit = _asked("Quit")
    Raise = _asked("Raise")
    CanQuit = _fixed("CanQuit", "b", value=True)
    CanRaise = _fixed("CanRaise", "b", value=False)
    HasTrackList = _fixed("HasTrackList", "b", value=False)
    Identity = _fixed("Identity", "s", "voicecoach")
    SupportedUriSchemes = _fixed("SupportedUriSchemes", "as", [])
    SupportedMimeTypes = _fixed("SupportedMimeTypes", "as", [])

    def __init__(self, ask: Ask) -> None:
        """Pass methods on."""
        super().__init__("org.mpris.MediaPlayer2")
        self.ask = ask


class Player(ServiceInterface):
    """What is true of the session."""

    PlayPause = _asked("PlayPause")
    Play = _asked("Play")
    Pause = _asked("Pause")
    Next = _asked("Next")
    Previous = _asked("Previous")
    Stop = _asked("Stop")
    CanPlay = _fixed("CanPlay", "b", value=True)
    CanPause = _fixed("CanPause", "b", value=True)
    CanGoNext = _fixed("CanGoNext", "b", value=True)
    CanGoPrevious = _fixed("CanGoPrevious", "b", value=True)
    CanSeek = _fixed("CanSeek", "b", value=False)
    CanControl = _fixed("CanControl", "b", value=True)
    Rate = _fixed("Rate", "d", 1.0, writable=True)
    MinimumRate = _fixed("MinimumRate", "d", 1.0)
    MaximumRate = _fixed("MaximumRate", "d", 1.0)
    Volume = _fixed("Volume", "d", 1.0, writable=True)

    def __init__(self, ask: Ask, source: Source, now: Callable[[], float] = time.monotonic) -> None:
        """Pass methods on, and take what is shown from a source."""
        super().__init__("org.mpris.MediaPlayer2.Player")
        self.ask, self._source, self._now = ask, source, now

    @dbus_method("Seek")
    def seek(self, offset: DBusInt64) -> None:
        """Do nothing: in a session there is nowhere to seek to."""

    @dbus_method("SetPosition")
    def set_position(self, track: DBusObjectPath, position: DBusInt64) -> None:
        """Do nothing, see `seek`."""

    @dbus_method("OpenUri")
    def open_uri(self, uri: DBusStr) -> None:
        """Do nothing: no scheme is supported."""

    @dbus_property(PropertyAccess.READ, "PlaybackStatus")
    def playback_status(self) -> DBusStr:
        """Return whether it plays; before the session begins it has stopped."""
        return _status(self._source())

    @dbus_property(PropertyAccess.READ, "Metadata")
    def metadata(self) -> DBusDict:
        """Return what is heard."""
        return dict(_metadata(self._source()))

    @dbus_property(PropertyAccess.READ, "Position")
    def position(self) -> DBusInt64:
        """Return the microseconds from the start of the track."""
        moment = self._source()
        return round(moment.position(self._now()) * _MICRO) if moment else 0

    @dbus_signal("Seeked")
    def seeked(self, position: int) -> DBusInt64:
        """Tell that the position jumped."""
        return position

    def change(self, before: Moment | None, after: Moment) -> None:
        """Tell the desktop what is new."""
        properties: dict[str, object] = {}
        if before is None or before.track is not after.track:
            properties["Metadata"] = dict(_metadata(after))
        if before is None or before.paused is not after.paused:
            properties["PlaybackStatus"] = _status(after)
        if properties:
            self.emit_properties_changed(properties)
        if after.jumped(before):
            self.seeked(round(after.seconds * _MICRO))


def _status(moment: Moment | None) -> str:
    if moment is None:
        return "Stopped"
    return "Paused" if moment.paused else "Playing"


def _metadata(moment: Moment | None) -> Mapping[str, Variant]:
    if moment is None:
        return MappingProxyType({})
    track = moment.track
    known = {
        "mpris:trackid": Variant("o", f"/voicecoach/segment/{track.number}"),
        "xesam:title": Variant("s", track.title),
        "xesam:album": Variant("s", track.album),
        "xesam:artist": Variant("as", list(track.artists)),
    }
    if track.seconds is not None:
        known["mpris:length"] = Variant("x", round(track.seconds * _MICRO))
    return known
