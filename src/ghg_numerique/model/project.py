"""The folder of one footprint: `ghg.toml` says whose it is, of which year, by which method, from which files."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final, Self

import attrs

from ghg_numerique.decimals import exact
from ghg_numerique.documents import read_toml
from ghg_numerique.errors import ConfigurationError, NumberError
from ghg_numerique.model.imprint import Imprint
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.model.quality import Cause
from ghg_numerique.terms import Faults, Mismatch

PAGE: Final = "ghg.toml"


@attrs.frozen
class ReferenceInventory:
    """The whole inventory of emissions (BEGES) that the footprint is compared with, in tCO2eq.

    `post_1_5` is biogenic removal and emission (post 1.5 of the BEGES v5), inside `total`; taking a removal out makes
    the denominator larger. The share is a comparison: the digital footprint cannot be subtracted from it.
    """

    total: str
    post_1_5: str | None = None
    title: str = "BEGES"
    year: int | None = None

    def __attrs_post_init__(self) -> None:
        if _exact_at("total", self.total) <= 0:
            raise ConfigurationError("beges-total", value=self.total)
        if self.post_1_5 is not None:
            _exact_at("post_1_5", self.post_1_5)


@attrs.frozen
class Control:
    """The totals of one file, as somebody else added them up: rows, items, and euros in either tax basis.

    Euros are those that the file spends: revenue and the other lines of accounts that are no expense do not count. Rows
    that are set aside do, by what could be read of them. What is not stated is not looked at.
    """

    rows: int | None = None
    items: str | None = None
    euros_ht: str | None = None
    euros_ttc: str | None = None

    def __attrs_post_init__(self) -> None:
        for key, value in (("items", self.items), ("euros_ht", self.euros_ht), ("euros_ttc", self.euros_ttc)):
            if value is not None:
                _exact_at(key, value)


@attrs.frozen
class Input:
    """A file of the folder, the importer that reads it, and what the file does not say itself.

    `faults = "set_aside"` quarantines faulty rows instead of refusing the file. `control` are totals that
    the file must add up to.
    """

    file: str
    importer: str
    faults: Faults = Faults.REFUSE
    control: Control | None = None
    options: dict[str, str] = attrs.Factory(dict)
    companions: dict[str, str] = attrs.Factory(dict)


@attrs.frozen
class StockTake:
    """The items that were in the fleet on a day, by type: stated (`counts`), or read from a file of that day.

    A file counts the items that are in the fleet on the day, and none of the types that it does not name. Its faulty
    rows refuse it, or are set aside (`faults`), as those of an input.
    """

    day: str
    counts: dict[str, str] = attrs.Factory(dict)
    file: str = ""
    importer: str = ""
    faults: Faults = Faults.REFUSE
    options: dict[str, str] = attrs.Factory(dict)
    companions: dict[str, str] = attrs.Factory(dict)
    mismatch: Mismatch = Mismatch.WARN

    def __attrs_post_init__(self) -> None:
        try:
            date.fromisoformat(self.day)
        except ValueError:
            raise ConfigurationError("stock-day", value=self.day) from None
        if bool(self.counts) == bool(self.file) or bool(self.file) != bool(self.importer):
            raise ConfigurationError("stock-source", day=self.day)
        for kind, value in self.counts.items():
            _exact_at(f"counts.{kind}", value)


@attrs.frozen
class Project:
    """What `ghg.toml` says. `links` is a page that says which rows belong to which purchase order.

    `stocks` are what was counted in the fleet, to balance it with its entries and exits.
    """

    organisation: str
    year: int
    methodology: str
    inputs: tuple[Input, ...]
    beges: ReferenceInventory | None = None
    factors: tuple[str, ...] = ()
    links: str = ""
    stocks: tuple[StockTake, ...] = ()
    block: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    scenarios: str = ""
    target_fleet: Input | None = None
    publication: Imprint = Imprint()

    def __attrs_post_init__(self) -> None:
        if not self.inputs:
            raise ConfigurationError("inputs-none")

    @classmethod
    def read(cls, folder: str | Path) -> Self:
        """Read the page of a folder. Raises ConfigurationError with every fault of the page."""
        root = Path(folder)
        if not root.is_dir():
            raise ConfigurationError("folder-missing", path=root)
        if not (root / PAGE).is_file():
            raise ConfigurationError("page-missing", path=root / PAGE)
        return read_toml(root / PAGE, cls)

    def read_methodology(self, folder: str | Path) -> Methodology:
        """Return the methodology that the page names, applied to the year of the page."""
        methodology = Methodology.read(Path(folder) / self.methodology)
        if methodology.year not in (None, self.year):
            raise ConfigurationError("year-differs", page=self.year, methodology=methodology.year)
        return methodology.for_year(self.year)


def _exact_at(key: str, text: str) -> Fraction:
    """Return the number that a key says. Raises ConfigurationError that names the key."""
    try:
        return exact(text)
    except NumberError as error:
        raise ConfigurationError("fault", place=key, reason=error) from None
