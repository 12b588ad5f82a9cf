"""Ahead: what takes long to make is made in the background, so much of it and no more."""

import threading
import weakref
from collections import deque
from collections.abc import Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class _Store(Generic[Item]):
    """What was made and is not taken yet."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.changed = threading.Condition()
        self.items: deque[Item] = deque()
        self.error: BaseException | None = None
        self.ended = False
        self.unwanted = False

    def fill(self, source: Iterator[Item]) -> None:
        """Put in what a source yields, until it ends or nobody wants it any more."""
        try:
            for item in source:
                with self.changed:
                    self.changed.wait_for(lambda: len(self.items) < self.most or self.unwanted)
                    if self.unwanted:
                        return
                    self.items.append(item)
                    self.changed.notify_all()
        except BaseException as error:  # noqa: BLE001 - raised where the items are taken
            self.error = error
        finally:
            with self.changed:
                self.ended = True
                self.changed.notify_all()

    def let_go(self) -> None:
        """Have the filling end."""
        with self.changed:
            self.unwanted = True
            self.changed.notify_all()


class Ahead(Generic[Item]):
    """Take the items of a source that are there, at once; a thread makes more of them meanwhile.

    The thread ends when this is no longer used, or the program ends.
    """

    def __init__(self, source: Iterator[Item], most: int) -> None:
        """Begin to make items, at most so many ahead."""
        self._store: _Store[Item] = _Store(most)
        threading.Thread(target=self._store.fill, args=(source,), name="ahead", daemon=True).start()
        weakref.finalize(self, self._store.let_go)

    def wait(self, seconds: float) -> None:
        """Wait until all is there that is made ahead, or so many seconds have passed."""
        store = self._store
        with store.changed:
            store.changed.wait_for(lambda: len(store.items) >= store.most or store.ended, seconds)

    @property
    def ended(self) -> bool:
        """Tell whether there is no item, and there will be none."""
        with self._store.changed:
            return self._store.ended and not self._store.items

    def take(self) -> Item | None:
        """Return the next item; None where it is not there in time, or there is none.

        Raises:
            Exception: whatever the source raised.
        """
        store = self._store
        with store.changed:
            if store.items:
                item = store.items.popleft()
                store.changed.notify_all()
                return item
            if store.error:
                raise store.error
            return None
