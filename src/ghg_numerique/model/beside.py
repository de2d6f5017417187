"""What stands beside the rows of an inventory: the files behind it, the rows set aside, the serial numbers."""

from collections.abc import Mapping

import attrs

from ghg_numerique.provenance import Origin


@attrs.frozen
class SetAside:
    """A row that was read but cannot be used: it is counted as quarantined, by what could be read of its amount.

    `cells` are the texts of the row as the file has them, where the importer has them at hand.
    """

    origin: Origin
    unit: str = ""
    amount: int = 0
    cells: tuple[str, ...] = ()


@attrs.frozen
class InputFile:
    """A file behind an inventory: its hash, the rows that it holds, and how it was read: dialect, importer, options."""

    name: str
    sha256: str = ""
    rows: int = 0
    dialect: str = ""
    importer: str = ""
    options: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class Serials:
    """The serial numbers of a file, each with its first row; `origin` is their column."""

    origin: Origin
    rows: Mapping[str, int]
