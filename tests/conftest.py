from pathlib import Path

import pytest

pytest_plugins = ["tests.bus", "tests.sound_server"]


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
