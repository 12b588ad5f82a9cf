import pytest

from voicecoach.output.tags.languages import from_iso_639_2, iso_639_2


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en", "eng"), ("en-gb", "eng"), ("de", "deu"), ("PL", "pol"), ("ast", "ast"), ("", "und")],
)
def test_iso_639_2(tag: str, code: str) -> None:
    """A tag of two letters has a row; one of three letters is what it is."""
    assert code == iso_639_2(tag)


@pytest.mark.parametrize(("code", "tag"), [("eng", "en"), ("ast", "ast"), ("und", ""), ("", "")])
def test_from_iso_639_2(code: str, tag: str) -> None:
    """The way back, as far as there is one."""
    assert tag == from_iso_639_2(code)
