"""Languages as ID3 and MP4 name them: three letters of ISO 639-2."""

UNDETERMINED = "und"
"""Where a language is not known, or has no row here."""

_ROWS = """
    ar:ara bg:bul ca:cat cs:ces cy:cym da:dan de:deu el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas fi:fin
    fr:fra ga:gle gl:glg he:heb hi:hin hr:hrv hu:hun id:ind is:isl it:ita ja:jpn ko:kor la:lat lt:lit lv:lav
    mk:mkd nb:nob nl:nld nn:nno no:nor pl:pol pt:por ro:ron ru:rus sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa
    ta:tam th:tha tr:tur uk:ukr vi:vie zh:zho
"""
_LONG = {short: long for short, _, long in (row.partition(":") for row in _ROWS.split())}
_SHORT = {long: short for short, long in _LONG.items()}
_LETTERS = 3


def iso_639_2(tag: str) -> str:
    """Return the three letters for a language tag: ``eng`` for ``en-gb``."""
    language = tag.partition("-")[0].lower()
    return _LONG.get(language, language if len(language) == _LETTERS else UNDETERMINED)


def from_iso_639_2(code: str) -> str:
    """Return the language tag for three letters; nothing where they say that it is not known."""
    return _SHORT.get(code, "" if code == UNDETERMINED else code)
