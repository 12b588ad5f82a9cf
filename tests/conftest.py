import os
from pathlib import Path

import hypothesis
import pytest

TOGETHER = frozenset({"tests/test_scripts.py"})
"""Files whose tests share what takes long to make."""

pytest_plugins = ["tests.bus", "tests.sound_server"]

# A machine that others use is late now and then: no example fails for that.
hypothesis.settings.register_profile("usual", hypothesis.settings.default, deadline=None)
# For whoever changes what plans a session: scripts/test tests/plan --hypothesis-profile thorough
hypothesis.settings.register_profile("thorough", max_examples=1000, deadline=None)
hypothesis.settings.load_profile("usual")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the golden plans anew."""
    parser.addoption(
        "--remake-golden", action="store_true", help="write the golden plans anew, to be read and judged"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count tests of random examples among the long ones: they tell the same on every Python."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("long")


# The hooks of pytest-xdist are optional: it may be switched off.
@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return how many workers run tests side by side: as half of them wait, more than there are cores."""
    return 2 * (os.cpu_count() or 1)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Return what gives tests to workers: one by one, but for files that stay together."""
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - it may not be there

    class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            # Its own groups (xdist_group) are lost on pytest 9.
            file = nodeid.partition("::")[0]
            return file if file in TOGETHER else nodeid

    return Scheduling(config, log)


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test, and every program that it starts, away from the folders and desktop of who runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("CONFIG", "CACHE", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home / "runtime"))
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={home}/system_bus")
    return home


@pytest.fixture
def shared_cache(
    own_folders: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Find clips that other tests had spoken: for tests that need many, and are not about speaking them."""
    del own_folders  # it has set another one
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    monkeypatch.setenv("XDG_CACHE_HOME", str(shared / "cache"))
