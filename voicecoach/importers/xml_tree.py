"""XML of unknown origin, read safely: no document types, no entities, no network, and bounded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml import DefusedXmlException
from defusedxml.sax import parseString

from voicecoach.errors import RoutineError
from voicecoach.importers.sizes import refuse_large

DEEPEST, MOST = 50, 20_000
"""Elements inside one another, and elements of a file: a workout of hours has some hundreds."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element; its name is in lower case without a prefix, as programs spell names freely."""

    name: str
    line: int
    attributes: Mapping[str, str]
    """By name in lower case; those of a namespace keep its prefix."""
    children: list["Element"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text that it holds itself, with single spaces."""
        return " ".join("".join(self.pieces).split())

    def all(self, *names: str) -> Iterator["Element"]:
        """Yield the children of these names."""
        return (child for child in self.children if child.name in names)

    def first(self, *path: str) -> "Element | None":
        """Return the first child of a name, and its first child of the next name, and so on."""
        here: Element | None = self
        for name in path:
            here = next(here.all(name), None) if here else None
        return here

    def said(self, *path: str) -> str:
        """Return the text at a path, or nothing."""
        found = self.first(*path)
        return found.text if found else ""

    @property
    def type(self) -> str:
        """Return the ``xsi:type`` of an element in lower case, whatever the prefix, or nothing."""
        types = (value for name, value in self.attributes.items() if name.rpartition(":")[2] == "type")
        return next(types, "").rpartition(":")[2].lower()


class _Tree(ContentHandler):
    """Build the tree, and refuse what is too deep or too much of it."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Element("", 0, {})
        self._open = [self.top]
        self._count = 0
        self._where: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - named by xml.sax
        self._where = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - named by xml.sax
        self._count += 1
        if len(self._open) > DEEPEST or self._count > MOST:
            message = f"more than {MOST:,} elements, or {DEEPEST} inside one another"
            raise SAXException(message)
        line = self._where.getLineNumber() if self._where else None
        attributes = {key.lower(): value for key, value in attrs.items()}
        element = Element(name.rpartition(":")[2].lower(), line or 0, attributes)
        self._open[-1].children.append(element)
        self._open.append(element)

    def endElement(self, name: str) -> None:  # noqa: N802 - named by xml.sax
        del name  # it matches: the parser has seen to that
        self._open.pop()

    def characters(self, content: str) -> None:
        self._open[-1].pieces.append(content)


def read_xml(data: bytes, name: str, root: str, wanted: str) -> Element:
    """Return the outermost element of a file.

    Args:
        data: the file.
        name: what errors call it.
        root: the name that its outermost element has to have, in lower case.
        wanted: what the file should have been, as ``a Zwift workout (.zwo)``.

    Raises:
        RoutineError: it is no such file, or holds what is refused.
    """
    refuse_large(data, name, wanted)
    tree = _Tree()
    try:
        parseString(data, tree, forbid_dtd=True)
    except DefusedXmlException as error:
        message = f"{name}: declares a document type or entities, which are not read; wanted {wanted}"
        raise RoutineError([message]) from error
    except SAXParseException as error:
        message = f"{name}:{error.getLineNumber()}: not valid XML: {error.getMessage()}; wanted {wanted}"
        raise RoutineError([message]) from error
    # Encodings that it does not know, or that no parser of bytes can read.
    except (SAXException, LookupError, ValueError) as error:
        raise RoutineError([f"{name}: not readable XML: {error}; wanted {wanted}"]) from error
    top = tree.top.children[0]
    if top.name != root:
        raise RoutineError([f"{name}:{top.line}: begins with <{top.name[:40]}>; wanted {wanted}"])
    return top
