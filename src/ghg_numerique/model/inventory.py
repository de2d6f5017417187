"""Activity data as columns of whole numbers: what is alike is said once, in a profile, and rows point at it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from typing import Any, Final, Self

import attrs
import numpy as np
import numpy.typing as npt

from ghg_numerique.decimals import MILLIONTHS
from ghg_numerique.errors import ConfigurationError, Finding, InventoryError, RowError
from ghg_numerique.model.activity import ActivityData, DeclaredEmission, HardwareItem, SpendingLine
from ghg_numerique.model.beside import InputFile, Serials, SetAside
from ghg_numerique.model.columns import NO_PRICE, Columns, Ints, emissions, hardware, spending
from ghg_numerique.model.profile import Codes, Profile, Vocabulary
from ghg_numerique.model.shares import Share
from ghg_numerique.model.texts import Texts
from ghg_numerique.provenance import Origin
from ghg_numerique.terms import Activity, Severity


@attrs.frozen(eq=False)
class Inventory:
    """Activity data as coded columns of one length.

    `profile` points into `profiles`; `amount` counts millionths of the unit of the profile; `start` and `end` are civil
    days (`date.toordinal()`), half-open. `order` points into `orders`, `supplier` into `suppliers` (-1: none); `price`
    is the price of one item in millionths of a euro (-1: none), in the unit that `price_unit` points at. `file` and
    `row` say where it was read: `file` points into `files` and, where that file is a workbook, into `sheets`, which is
    as long or empty.
    Inventories add up; nothing is lost and nothing is merged.
    """

    profiles: tuple[Profile, ...]
    profile: Codes
    amount: Ints
    start: Codes
    end: Codes
    order: Codes
    supplier: Codes
    price: Ints
    price_unit: Codes
    file: Codes
    row: Codes
    orders: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    ids: Sequence[str] = ()
    findings: tuple[Finding, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    inputs: tuple[InputFile, ...] = ()
    serials: tuple[Serials, ...] = ()
    shares: tuple[Share, ...] = ()

    @classmethod
    def empty(cls) -> Self:
        """Return the inventory without rows: what adding starts from."""
        return cls.from_columns((), [], [], [], [])

    @classmethod
    def of(
        cls,
        rows: Iterable[ActivityData],
        *,
        findings: Iterable[Finding] = (),
        set_aside: Iterable[SetAside] = (),
    ) -> "Inventory":
        """Return an inventory of typed records, in the order hardware, spending, declared emissions."""
        listed = list(rows)
        kinds = set(map(type, listed))
        if unknown := kinds - set(_ENCODERS):
            raise RowError("not-activity", value=", ".join(sorted(kind.__name__ for kind in unknown)))
        parts: list[Inventory] = []
        for kind, encode in _ENCODERS.items():
            if kind in kinds:
                columns = encode([row for row in listed if type(row) is kind] if len(kinds) > 1 else listed)
                others = {name: getattr(columns, name) for name in ("orders", "suppliers", "files", "sheets", "ids")}
                parts.append(cls.from_columns(columns.profiles, **columns.values, **others))
        whole = cls.concat(parts)
        return attrs.evolve(whole, findings=tuple(findings), set_aside=tuple(set_aside))

    @classmethod
    def from_table(
        cls,
        table: object,
        activity: Activity | str,
        *,
        name: str,
        tax_basis: str = "",
        meanings: Mapping[str, Mapping[str, str]] | None = None,
        first_row: int = 2,
        decimal: str = ".",
        ignore: Iterable[str] = (),
    ) -> Self:
        """Return the hardware or the spending of a table in memory, whatever offers it through the Arrow interface:
        pyarrow, pandas, polars, duckdb. Needs the extra `arrow`.

        Headers and rules are those of `hardware-csv` and `spending-csv`: the same rows give the same inventory, every
        fault is a finding with its row, and a faulty row is set aside. `name` stands for the file. `tax_basis` (HT or TTC)
        is that of amounts or prices whose rows do not say it. Words are those of the house, as in records, unless
        `meanings` says, by column, what others mean. Rows are numbered from `first_row`: 2, as below a line of headers.

        Amounts are euros. What only rows together show (rows alike, a sum of those above) is looked for in files alone.

        Integers and decimals are exact. A float64 stands for the one decimal of at most six digits that reads back as
        it, up to 10^9; any other is a fault. Texts are numbers with the mark `decimal`. Raises InputError where there is
        no table, ConfigurationError where the extra is missing or an argument means nothing.
        """
        try:
            from ghg_numerique.model.frame_rows import read_table
        except ImportError as error:
            raise ConfigurationError("extra-missing", name="pyarrow", extra="arrow") from error
        rows = read_table(
            table, activity, name=name, tax_basis=tax_basis, meanings=meanings or {}, first_row=first_row,
            decimal=decimal, ignore=ignore,
        )  # fmt: skip
        aside = tuple(SetAside(Origin(name, row), unit, amount, cells) for row, unit, amount, cells in rows.aside)
        whole = cls.from_columns(
            rows.profiles, **rows.values, orders=rows.orders, suppliers=rows.suppliers, files=(name,), ids=rows.ids
        )
        read = InputFile(name, rows=len(whole) + len(aside), dialect="arrow")
        return attrs.evolve(whole, findings=rows.findings, set_aside=aside, inputs=(read,))

    @classmethod
    def from_columns(
        cls,
        profiles: Sequence[Profile],
        profile: npt.ArrayLike,
        amount: npt.ArrayLike,
        start: npt.ArrayLike,
        end: npt.ArrayLike,
        **others: Any,
    ) -> Self:
        """Return an inventory of columns that are coded already; `amount` counts millionths.

        Columns that are not given say "none". Raises RowError where the columns have not the same length.
        """
        codes = np.asarray(profile, dtype=np.int32)
        size = len(codes)
        columns: dict[str, Any] = {
            "amount": np.asarray(amount, dtype=np.int64),
            "start": np.asarray(start, dtype=np.int32),
            "end": np.asarray(end, dtype=np.int32),
        }
        for name, (nothing, dtype) in _OPTIONAL.items():
            given = others.pop(name, None)
            columns[name] = np.full(size, nothing, dtype) if given is None else np.asarray(given, dtype=dtype)
        if any(len(column) != size for column in columns.values()):
            raise RowError("ragged", lengths=", ".join(f"{name} {len(c)}" for name, c in columns.items()), size=size)
        if size and not (codes.min() >= 0 and codes.max() < len(profiles)):
            raise RowError("profile-code", highest=int(codes.max()), profiles=len(profiles))
        return cls(tuple(profiles), codes, **columns, **others)

    @classmethod
    def concat(cls, parts: Sequence["Inventory"]) -> "Inventory":
        """Return the rows of all parts, one after the other; what parts have in common is said once."""
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return cls.empty()
        profiles: Vocabulary[Profile] = Vocabulary()
        orders, suppliers, places = Vocabulary[str](), Vocabulary[str](), Vocabulary[tuple[str, str]]()
        joined: dict[str, list[npt.NDArray[Any]]] = {name: [] for name in _COLUMNS}
        for part in parts:
            joined["profile"].append(profiles.recode(part.profiles, part.profile))
            joined["order"].append(orders.recode(part.orders, part.order))
            joined["supplier"].append(suppliers.recode(part.suppliers, part.supplier))
            joined["file"].append(places.recode(part._places, part.file))
            for name in ("amount", "start", "end", "price", "price_unit", "row"):
                joined[name].append(getattr(part, name))
        ids: tuple[str, ...] = ()
        if all(len(part.ids) == len(part) for part in parts):
            ids = tuple(chain.from_iterable(part.ids for part in parts))
        return cls(
            profiles=profiles.coded(),
            orders=orders.coded(),
            suppliers=suppliers.coded(),
            files=tuple(file for file, _ in places.coded()),
            sheets=tuple(sheet for _, sheet in places.coded()),
            ids=ids,
            findings=tuple(chain.from_iterable(part.findings for part in parts)),
            set_aside=tuple(chain.from_iterable(part.set_aside for part in parts)),
            inputs=tuple(chain.from_iterable(part.inputs for part in parts)),
            serials=tuple(chain.from_iterable(part.serials for part in parts)),
            shares=tuple(chain.from_iterable(part.shares for part in parts)),
            **{name: np.concatenate(columns) for name, columns in joined.items()},
        )

    def __add__(self, other: "Inventory") -> "Inventory":
        if not isinstance(other, Inventory):
            return NotImplemented
        return Inventory.concat([self, other])

    def __radd__(self, other: object) -> "Inventory":
        return self if other == 0 else NotImplemented

    def __len__(self) -> int:
        return len(self.profile)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Inventory):
            return NotImplemented
        if len(self) != len(other) or self.ids != other.ids or self.findings != other.findings:
            return False
        return all(
            np.array_equal(left, right)
            for left, right in zip(self._comparable(other), other._comparable(other), strict=True)
        )

    __hash__ = None  # type: ignore[assignment]

    def take(self, chosen: npt.ArrayLike) -> "Inventory":
        """Return the chosen rows (indices or a mask), in that order, and nothing of what stands beside them.

        Parts that hold every row once, and `aside()`, add up to the whole. Raises InventoryError where the whole has a
        fault that refuses it: a part is no way around it.
        """
        if errors := [finding for finding in self.findings if finding.severity is Severity.ERROR]:
            raise InventoryError(errors)
        index = np.asarray(chosen)
        index = np.flatnonzero(index) if index.dtype == bool else index.astype(np.int64)
        ids = (
            self.ids.take(index)
            if isinstance(self.ids, Texts)
            else tuple(self.ids[i] for i in index.tolist() if self.ids)
        )
        return attrs.evolve(
            self,
            ids=ids,
            findings=(),
            set_aside=(),
            inputs=(),
            serials=(),
            shares=(),
            **{name: getattr(self, name)[index] for name in _COLUMNS},
        )

    def in_service(self, day: int, states: Collection[str]) -> "Inventory":
        """Return the rows of hardware that are in the fleet on a day (an ordinal), in one of these states."""
        counts = [profile.activity is Activity.HARDWARE and profile.state in states for profile in self.profiles]
        concerned = np.array([*counts, False])[self.profile]
        return self.take(concerned & (self.start <= day) & (self.end > day))

    def aside(self) -> "Inventory":
        """Return what stands beside the rows, without any row: findings, rows set aside, the files behind them, serials, shares."""
        nothing = {name: getattr(self, name)[:0] for name in _COLUMNS}
        return attrs.evolve(self, ids=(), **nothing)

    def origin(self, index: int) -> Origin:
        """Return where a row was read."""
        code = int(self.file[index])
        file, sheet = self._places[code] if code >= 0 else ("", "")
        return Origin(file, int(self.row[index]), sheet)

    def numbered(self, rows: Collection[int]) -> Iterator[Origin]:
        """Return where the rows were read that bear one of these numbers, in whatever file."""
        return map(self.origin, np.flatnonzero(np.isin(self.row, list(rows))).tolist())

    def quantity(self, index: int) -> Fraction:
        """Return the amount of a row, in the unit of its profile."""
        return Fraction(int(self.amount[index]), MILLIONTHS)

    def with_findings(self, findings: Iterable[Finding]) -> "Inventory":
        """Return the same rows with more findings."""
        return attrs.evolve(self, findings=(*self.findings, *findings))

    def with_input(self, read: InputFile) -> "Inventory":
        """Return the same rows, naming the file behind them."""
        return attrs.evolve(self, inputs=(*self.inputs, read))

    def forgiven(self) -> "Inventory":
        """Return the inventory with the faults of rows that are set aside as warnings; faults of whole files remain."""
        aside = {row.origin for row in self.set_aside}
        findings = tuple(
            attrs.evolve(finding, severity=Severity.WARNING)
            if finding.severity is Severity.ERROR and finding.origin.at("") in aside
            else finding
            for finding in self.findings
        )
        return attrs.evolve(self, findings=findings)

    @property
    def _places(self) -> tuple[tuple[str, str], ...]:
        """The files, each with its sheet."""
        return tuple(zip(self.files, self.sheets or ("",) * len(self.files), strict=True))

    def _comparable(self, reference: "Inventory") -> Iterator[npt.NDArray[Any]]:
        for vocabulary, column in _VOCABULARIES:
            index = {value: code for code, value in enumerate(getattr(reference, vocabulary))}
            own = np.array([index.get(value, -2) for value in getattr(self, vocabulary)] + [-1], dtype=np.int32)
            yield own[getattr(self, column)]
        for name in ("amount", "start", "end", "price", "price_unit", "row"):
            yield getattr(self, name)


_VOCABULARIES = (("profiles", "profile"), ("orders", "order"), ("suppliers", "supplier"), ("_places", "file"))
_COLUMNS = ("profile", "amount", "start", "end", "order", "supplier", "price", "price_unit", "file", "row")
_OPTIONAL: Final = {
    "order": (-1, np.int32),
    "supplier": (-1, np.int32),
    "price": (NO_PRICE, np.int64),
    "price_unit": (-1, np.int32),
    "file": (-1, np.int32),
    "row": (0, np.int32),
}
_ENCODERS: Final[dict[Any, Callable[[Any], Columns]]] = {
    HardwareItem: hardware,
    SpendingLine: spending,
    DeclaredEmission: emissions,
}
