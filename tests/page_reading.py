"""Read a page of HTML as a browser would, as far as tests need it."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "br", "hr", "img", "link", "input", "base", "source"})
INLINE = frozenset({"bdi", "time"})
"""Elements that stand in a line of text."""
REFERRING = frozenset(
    {
        "action",
        "archive",
        "background",
        "cite",
        "classid",
        "codebase",
        "data",
        "formaction",
        "href",
        "icon",
        "longdesc",
        "manifest",
        "ping",
        "poster",
        "profile",
        "src",
        "srcdoc",
        "srcset",
        "usemap",
        "xlink:href",
    }
)
"""The attributes that name something to be loaded or gone to."""


@dataclass(slots=True)
class Element:
    """An element, with what it holds."""

    tag: str
    attributes: dict[str, str]
    parts: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return its text, as one line."""
        return re.sub(r"\s+", " ", self._raw()).strip()

    def _raw(self) -> str:
        texts = (part if isinstance(part, str) else part._raw() for part in self.parts)  # noqa: SLF001 - its own
        return "".join(texts) if self.tag in INLINE else f" {''.join(texts)} "

    def all(self, *tags: str) -> list["Element"]:
        """Return the elements of such tags within it, in their order; without any, all of them."""
        found = []
        for part in self.parts:
            if isinstance(part, Element):
                found += [part] if not tags or part.tag in tags else []
                found += part.all(*tags)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"an attribute of {tag} is there twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open[-1].tag, f"</{tag}> ends <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def read(html: str) -> Element:
    """Return the elements of a page; each that begins has to end."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert [reader.root] == reader.open
    return reader.root


def table(page: Element, caption: str) -> list[list[str]]:
    """Return the rows of the table whose caption begins so, heads too; a cell of several rows is in each."""
    (found,) = (
        one
        for one in page.all("table")
        if one.all("caption")[0].text.casefold().startswith(caption.casefold())
    )
    rows: list[list[str]] = []
    still: dict[int, tuple[int, str]] = {}
    for row in found.all("tr"):
        cells = iter(row.all("th", "td"))
        texts: list[str] = []
        while True:
            left, text = still.pop(len(texts), (0, ""))
            if not left:
                cell = next(cells, None)
                if cell is None:
                    break
                left, text = int(cell.attributes.get("rowspan", 1)), cell.text
            if left > 1:
                still[len(texts)] = (left - 1, text)
            texts.append(text)
        rows.append(texts)
    return rows


def loads(page: Element) -> list[str]:
    """Return all that a page would load, run or go to, beyond what it holds itself."""
    found = []
    for one in page.all():
        for name, value in one.attributes.items():
            if name in REFERRING and not value.startswith(("#", "data:")):
                found.append(f"{one.tag} {name}={value}")
            if name.startswith("on"):
                found.append(f"{one.tag} {name}")
            if name == "style":
                found += _of_styles(value)
        if one.tag == "style":
            found += _of_styles(one.text)
        if one.tag in {
            "script",
            "link",
            "iframe",
            "frame",
            "object",
            "embed",
            "base",
            "form",
            "audio",
            "video",
        }:
            found.append(one.tag)
        if one.tag == "meta" and one.attributes.get("http-equiv", "").casefold() == "refresh":
            found.append("refresh")
    return found


def _of_styles(text: str) -> list[str]:
    urls = re.findall(r"url\(\s*['\"]?([^)'\"]*)", text)
    return [url for url in urls if not url.startswith(("#", "data:"))] + re.findall("@import|image-set", text)
