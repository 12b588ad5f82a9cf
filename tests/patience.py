"""Patience with a machine that others use: what is late by chance is on time when it is tried again."""

import functools
from collections.abc import Callable
from typing import ParamSpec

Arguments = ParamSpec("Arguments")

TRIES = 3
"""A fault of ours is late each time; a neighbour is busy now and then."""


def tried_again(test: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Try a test of what happens in real time again where it fails, up to three times in all."""

    @functools.wraps(test)
    def trying(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        for _ in range(TRIES - 1):
            try:
                test(*args, **kwargs)
            except AssertionError as error:
                print(f"tried again: {error}")  # noqa: T201 - pytest shows it where the last try fails, too
            else:
                return
        test(*args, **kwargs)

    return trying
