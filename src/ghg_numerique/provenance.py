"""Where a row and where a figure come from."""

import attrs


@attrs.frozen(order=True)
class Origin:
    """The place of a row in the file it was read from; `row` is the number that a spreadsheet shows."""

    file: str = ""
    row: int = 0
    sheet: str = ""
    column: str = ""

    def __str__(self) -> str:
        place = self.file + (f" [{self.sheet}]" if self.sheet else "")
        return f"{place}:{self.row}" if self.row else place

    def at(self, column: str) -> "Origin":
        """Return the same row, pointing at one of its columns."""
        return attrs.evolve(self, column=column)


@attrs.frozen(order=True)
class Source:
    """The publication behind a coefficient, pinned by the hash of the table it was read from."""

    id: str
    title: str = ""
    version: str = ""
    publisher: str = ""
    address: str = ""
    licence: str = ""
    sha256: str = ""
    attribution: str = ""

    def __str__(self) -> str:
        return self.id


@attrs.frozen
class PluginRecord:
    """A plugin that took part: its name, the distribution that brought it, and the hash of its files."""

    name: str
    distribution: str = ""
    version: str = ""
    sha256: str = ""
