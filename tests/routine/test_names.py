import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import ChoiceError
from voicecoach.routine.names import own_name, title_of


@pytest.mark.parametrize("name", ["my-hips", "Hips_2", "hüften", "7", "a" * 60])
def test_names(name: str) -> None:
    """Letters of any language, digits, hyphens and underscores make a name."""
    assert name == own_name(name)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "is empty"),
        ("../../x", "is no name of a routine"),
        ("/etc/x", "is no name of a routine"),
        ("C:\\x", "is no name of a routine"),
        ("my.hips", "is no name of a routine"),
        ("my hips", "is no name of a routine"),
        ("-f", "is no name of a routine"),
        ("--", "is no name of a routine"),
        ("_", "is no name of a routine"),
        ("hips\n", "is no name of a routine"),
        ("hips\x00", "is no name of a routine"),
        ("CON", "is the name of a device on Windows"),
        ("nul", "is the name of a device on Windows"),
        ("Com1", "is the name of a device on Windows"),
        ("a" * 61, "has 61 characters; at most 60"),
    ],
)
def test_refused_names(name: str, reason: str) -> None:
    """What is a path, a device, or no file name somewhere is refused, with what is wanted."""
    with pytest.raises(ChoiceError, match=reason) as caught:
        own_name(name)
    assert 1 == len(str(caught.value).splitlines())


@given(st.text(max_size=80))
def test_a_name_is_never_a_path(name: str) -> None:
    """Whatever is accepted has nothing in it that leads anywhere."""
    try:
        accepted = own_name(name)
    except ChoiceError:
        return
    assert not set("/\\.: \0") & set(accepted)
    assert any(character.isalnum() for character in title_of(accepted))
