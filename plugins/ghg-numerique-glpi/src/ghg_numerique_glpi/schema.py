"""The tables of GLPI 10 that hold equipment, what is read of each, and in which order."""

from typing import Final

import attrs

READ: Final = (
    "id", "type", "model", "state", "location", "shared", "watts",
    "buy_date", "delivery_date", "use_date", "left", "value", "order",
)  # fmt: skip
"""What a row of any table says, in the order in which the query gives it. Neither users nor names of machines are read."""

INFOCOMS: Final = (
    "itemtype", "items_id", "buy_date", "delivery_date", "use_date", "decommission_date", "value", "order_number",
)  # fmt: skip
DATES_AND_MONEY: Final = {
    "buy_date": "buy_date", "delivery_date": "delivery_date", "use_date": "use_date",
    "left": "decommission_date", "value": "value", "order": "order_number",
}  # fmt: skip


@attrs.frozen
class Asset:
    """A kind of equipment: its name in GLPI, and whether its records may stand for several devices or have watts."""

    kind: str
    stem: str
    shareable: bool
    powered: bool

    @property
    def table(self) -> str:
        """The table of its records."""
        return f"glpi_{self.stem}s"

    @property
    def headers(self) -> dict[str, str]:
        """The column of the database behind each name, as a finding shows it."""
        shown = {
            "id": "id",
            "type": f"glpi_{self.stem}types.name",
            "model": f"glpi_{self.stem}models.name",
            "state": "glpi_states.completename",
            "location": "glpi_locations.completename",
            "shared": "is_global",
            "watts": f"glpi_{self.stem}models.power_consumption",
        }
        return shown | {name: f"glpi_infocoms.{column}" for name, column in DATES_AND_MONEY.items()}

    @property
    def needs(self) -> dict[str, tuple[str, ...]]:
        """The tables and columns without which it cannot be read."""
        links = (f"{self.stem}types_id", f"{self.stem}models_id", "states_id", "locations_id")
        own = ("id", "is_deleted", "is_template", *links, *(("is_global",) if self.shareable else ()))
        return {
            self.table: own,
            f"glpi_{self.stem}types": ("id", "name"),
            f"glpi_{self.stem}models": ("id", "name", *(("power_consumption",) if self.powered else ())),
            "glpi_states": ("id", "completename"),
            "glpi_locations": ("id", "completename"),
            "glpi_infocoms": INFOCOMS,
        }

    @property
    def query(self) -> str:
        """The rows that are neither deleted nor templates, in the order of their ids."""
        cells = [
            f"CONCAT('{self.kind}-', a.id)", "t.name", "m.name", "s.completename", "l.completename",
            "a.is_global" if self.shareable else "0", "m.power_consumption" if self.powered else "NULL",
            *(f"DATE(i.{c})" if c.endswith("_date") else f"i.{c}" for c in DATES_AND_MONEY.values()),
        ]  # fmt: skip
        return (
            f"SELECT a.id, {', '.join(cells)} FROM {self.table} a "  # noqa: S608 - names of this file only
            f"LEFT JOIN glpi_{self.stem}types t ON t.id = a.{self.stem}types_id "
            f"LEFT JOIN glpi_{self.stem}models m ON m.id = a.{self.stem}models_id "
            f"LEFT JOIN glpi_states s ON s.id = a.states_id "
            f"LEFT JOIN glpi_locations l ON l.id = a.locations_id "
            f"LEFT JOIN glpi_infocoms i ON i.itemtype = '{self.kind}' AND i.items_id = a.id "
            f"WHERE a.is_deleted = 0 AND a.is_template = 0 ORDER BY a.id, i.id"
        )

    @property
    def query_left_out(self) -> str:
        """How many records are in the trash, and how many templates there are."""
        sums = "COALESCE(SUM(is_deleted <> 0), 0), COALESCE(SUM(is_deleted = 0 AND is_template <> 0), 0)"
        return f"SELECT {sums} FROM {self.table}"  # noqa: S608 - names of this file only


ASSETS: Final = (
    Asset("Computer", "computer", shareable=False, powered=True),
    Asset("Monitor", "monitor", shareable=True, powered=True),
    Asset("Phone", "phone", shareable=True, powered=False),
    Asset("Printer", "printer", shareable=True, powered=False),
    Asset("NetworkEquipment", "networkequipment", shareable=False, powered=True),
    Asset("Peripheral", "peripheral", shareable=True, powered=True),
)

COLUMNS_THERE: Final = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE()"


def lacking(there: set[tuple[str, str]]) -> list[str]:
    """Return the tables and columns that a database lacks, each once; of a table that is not there, only its name."""
    needed = {table: columns for asset in ASSETS for table, columns in asset.needs.items()}
    tables = {table for table, _ in there}
    return [
        *(table for table in needed if table not in tables),
        *(f"{t}.{c}" for t, columns in needed.items() if t in tables for c in columns if (t, c) not in there),
    ]
