"""XML without its dangers: no document type, no entity, nothing deep, no endless token. Elements and attributes remain.

A document type is refused where it begins: no entity is ever declared, expanded or fetched, whatever its name.
"""

from collections.abc import Mapping
from typing import Final, Protocol
from xml.parsers import expat

from ghg_numerique.plugin import Document
from ghg_numerique_files.refusal import Refusal, refused
from ghg_numerique_files.spelling import shown

DEEPEST: Final = 64
"""Budgets are six elements deep."""

LONGEST_TOKEN: Final = 1 << 18
"""The bytes that one tag may take; expat would keep any number of them until the tag ends."""

_CHUNK: Final = 1 << 16


class Listener(Protocol):
    """Hears the elements of a document as they come, by the names `namespace name`."""

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        ...

    def closed(self) -> None:
        """The element that was opened last ends."""
        ...


def listen(document: Document, listener: Listener) -> str:
    """Tell a listener every element of a document, and return the encoding in which it was read.

    Raises Refusal for what is no well-formed XML, and for what could be made to hurt.
    """
    return _Reading(document, listener).whole()


class _Reading:
    """One parser at work; lives only while a document is read."""

    def __init__(self, document: Document, listener: Listener) -> None:
        self.document, self.listener = document, listener
        self.encoding, self.depth = "utf-8", 0
        parser = self.parser = expat.ParserCreate(namespace_separator=" ")
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._opened
        parser.EndElementHandler = self._closed

    def whole(self) -> str:
        content = self.document.content
        try:
            for begin in range(0, len(content), _CHUNK):
                chunk = content[begin : begin + _CHUNK]
                self.parser.Parse(chunk, False)
                if begin + len(chunk) - self.parser.CurrentByteIndex > LONGEST_TOKEN:
                    raise self._refused("xml-token", longest=LONGEST_TOKEN)
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise self._refused("xml-malformed", expat.errors.messages[error.code]) from error
        except (LookupError, ValueError) as error:
            raise self._refused("xml-encoding", shown(self.encoding)) from error
        return self.encoding

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.encoding = (encoding or self.encoding).lower()

    def _doctype(self, name: str, _system: str | None, _public: str | None, _internal: int) -> None:
        raise self._refused("xml-doctype", shown(name))

    def _opened(self, name: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._refused("xml-deep", shown(name.rpartition(" ")[2]), deepest=DEEPEST)
        self.listener.opened(name, attributes)

    def _closed(self, _name: str) -> None:
        self.depth -= 1
        self.listener.closed()

    def _refused(self, code: str, value: str = "", **facts: object) -> Refusal:
        return refused(self.document, code, value, self.parser.CurrentLineNumber, **facts)
