"""The folder of one footprint: `ghg.toml` says whose it is, of which year, by which method, from which files."""

from pathlib import Path
from typing import Final, Self

import attrs

from ghg_numerique.decimals import exact
from ghg_numerique.documents import read_toml
from ghg_numerique.errors import ConfigurationError
from ghg_numerique.model.methodology import Methodology
from ghg_numerique.model.quality import Cause
from ghg_numerique.terms import Faults

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
        if exact(self.total) <= 0:
            raise ConfigurationError("beges-total", value=self.total)
        if self.post_1_5 is not None:
            exact(self.post_1_5)


@attrs.frozen
class Input:
    """A file of the folder, the importer that reads it, and what the file does not say itself.

    `faults = "set_aside"` counts faulty rows as unresolved instead of refusing the file.
    """

    file: str
    importer: str
    faults: Faults = Faults.REFUSE
    options: dict[str, str] = attrs.Factory(dict)
    companions: dict[str, str] = attrs.Factory(dict)


@attrs.frozen
class Project:
    """What `ghg.toml` says."""

    organisation: str
    year: int
    methodology: str
    inputs: tuple[Input, ...]
    beges: ReferenceInventory | None = None
    factors: tuple[str, ...] = ()
    block: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    scenarios: str = ""
    target_fleet: Input | None = None

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
