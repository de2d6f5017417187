"""Options: what a file does not say itself, each in the words of a closed list."""

from collections.abc import Mapping
from typing import Final

from ghg_numerique.model.schema import TAX_BASES
from ghg_numerique.plugin import Document
from ghg_numerique_files.refusal import refused
from ghg_numerique_files.spelling import folded

__all__ = ["DECIMALS", "DELIMITERS", "DIALECT_OPTIONS", "ENCODINGS", "TAX_BASES", "listed", "needed_option", "option"]

DIALECT_OPTIONS: Final = {
    "encoding": "Forces the encoding: utf-8, cp1252, iso-8859-15 or utf-16.",
    "delimiter": "Forces the separator of the columns: ;  ,  |  or tab.",
    "decimal": "Forces the decimal mark of the numbers: comma or point.",
    "sheet": "The sheet of a workbook, where several have the headers.",
    "ignore": "Headers of columns to leave out, separated by commas.",
}
"""The options of every importer, each with one sentence."""

ENCODINGS: Final = {"utf-8": "utf-8", "utf8": "utf-8", "utf-8-sig": "utf-8", "cp1252": "cp1252",
                    "windows-1252": "cp1252", "iso-8859-15": "iso-8859-15", "utf-16": "utf-16"}  # fmt: skip
DELIMITERS: Final = {";": ";", ",": ",", "|": "|", "tab": "\t", "\\t": "\t", "\t": "\t"}
DECIMALS: Final = {"comma": ",", "point": ".", ",": ",", ".": "."}


def option(document: Document, name: str, words: Mapping[str, str]) -> str:
    """Return the meaning of an option, nothing where it is not given. Raises Refusal where it means nothing."""
    given = document.options.get(name, "")
    if not given:
        return ""
    meaning = words.get(given) or words.get(folded(given))
    if meaning is None:
        raise refused(document, "option-value", given, option=name, expected=listed(words))
    return meaning


def needed_option(document: Document, name: str, words: Mapping[str, str]) -> str:
    """Return the meaning of an option without which the file cannot be read. Raises Refusal where it is not given."""
    meaning = option(document, name, words)
    if not meaning:
        raise refused(document, "option-missing", name, expected=listed(words))
    return meaning


def listed(words: Mapping[str, str]) -> str:
    """Return one spelling for each meaning, for a message."""
    best: dict[str, str] = {}
    for word, meaning in words.items():
        best.setdefault(meaning, word)
    return " / ".join(best.values())
