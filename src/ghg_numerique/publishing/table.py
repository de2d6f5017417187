"""A published table: fields that say what they hold, lines of text, and the two pages on which it is written."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Final

import attrs

from ghg_numerique.csv_pages import LINE_END, harmless
from ghg_numerique.wording import LANGUAGES, label

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_EXACT: Final = r"-?[0-9]+(\.[0-9]+|/[0-9]+)?"


@attrs.frozen
class Field:
    """A column: its name, its type in words of Table Schema, and the groups of labels in which its values are words.

    `exact` numbers are texts: a decimal or `p/q`.
    """

    name: str
    kind: str = "string"
    groups: tuple[str, ...] = ()
    exact: bool = False
    required: bool = False

    def said(self, value: str, language: str) -> str:
        """Return a value in words; one that joins known values (`distribution+manufacturing`) in the words of each."""
        parts = {part: self._word(part, language) for part in value.split("+")}
        return " + ".join(parts.values()) if all(part != said for part, said in parts.items()) else value

    def _word(self, value: str, language: str) -> str:
        labels = (label(group, value, language) for group in self.groups)
        return next((said for said in labels if said != value), value)

    def schema(self, values: Iterable[str], language: str) -> dict[str, Any]:
        """Return the field as Table Schema describes one: its title, and what it holds, in each language."""
        described = {"name": self.name, "type": self.kind, "title": label("column", self.name, language)}
        kept = sorted(set(values)) if self.groups else []
        words = {value: {other: self.said(value, other) for other in LANGUAGES} for value in kept}
        told = {value: said for value, said in words.items() if value and set(said.values()) != {value}}
        constraints = {
            **({"required": True} if self.required else {}),
            **({"pattern": _EXACT} if self.exact else {}),
            **({"minimum": 0} if self.kind == "integer" else {}),
        }
        return {
            **described,
            "description": label("field", self.name, language),
            "titles": {other: label("column", self.name, other) for other in LANGUAGES},
            "descriptions": {other: label("field", self.name, other) for other in LANGUAGES},
            **({"words": told} if told else {}),
            **({"constraints": constraints} if constraints else {}),
        }


@attrs.frozen
class Table:
    """A table by its name. What is text may be anything; where a page is written, no cell of it can become a formula."""

    name: str
    fields: tuple[Field, ...]
    lines: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> list[str]:
        """Return the values of a field."""
        place = [field.name for field in self.fields].index(name)
        return [line[place] for line in self.lines]

    def csv(self) -> bytes:
        """Return the table for programs: RFC 4180, UTF-8, commas, a decimal point."""
        columns = [_each(self.column(field.name), partial(_plain, field)) for field in self.fields]
        return _page([field.name for field in self.fields], columns, ",")

    def schema(self, language: str) -> dict[str, Any]:
        """Return the Table Schema of `csv`."""
        return {"fields": [field.schema(self.column(field.name), language) for field in self.fields]}

    def excel(self) -> bytes:
        """Return the table as a French Excel opens it: French words, semicolons, decimal commas, a mark that says UTF-8.

        Exact ratios stay out: no spreadsheet computes with `p/q`.
        """
        fields = self._french_fields()
        columns = [_each(self.column(field.name), partial(_french, field)) for field, _ in fields]
        return _BYTE_ORDER_MARK + _page([title for _, title in fields], columns, ";")

    def excel_schema(self) -> dict[str, Any]:
        """Return the Table Schema of `excel`: each field has the name that stands in its heading."""
        return {
            "fields": [
                {
                    "name": title,
                    "type": field.kind,
                    "title": title,
                    "description": label("field", field.name, "fr"),
                    "field": field.name,
                    **({"decimalChar": ","} if field.kind == "number" else {}),
                }
                for field, title in self._french_fields()
            ]
        }

    def _french_fields(self) -> list[tuple[Field, str]]:
        return [(field, label("column", field.name, "fr")) for field in self.fields if not field.exact]


def _plain(field: Field, cell: str) -> str:
    """Return a cell as it is, but that a text cannot start a formula; `csv_pages.restored` gives the text back."""
    return cell if field.exact or field.kind != "string" else harmless(cell)


def _french(field: Field, cell: str) -> str:
    """Return a cell in French: a word of the house by its label, a number with a decimal comma."""
    if field.kind == "number":
        return cell.replace(".", ",")
    return harmless(field.said(cell, "fr")) if field.kind == "string" else cell


def _each(values: Sequence[str], told: Callable[[str], str]) -> list[str]:
    """Return what is told of each value; each distinct one is told once."""
    known = {value: told(value) for value in set(values)}
    return [known[value] for value in values]


def _page(header: Sequence[str], columns: Sequence[Sequence[str]], delimiter: str) -> bytes:
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=delimiter, lineterminator=LINE_END)
    writer.writerow(map(harmless, header))
    writer.writerows(zip(*columns, strict=True))
    return page.getvalue().encode("utf-8", "backslashreplace")
