"""From a table in memory to coded columns: hardware or spending, under the rules of the CSV of the house."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import attrs
import numpy as np
import numpy.typing as npt

from ghg_numerique.cells import folded
from ghg_numerique.decimals import MILLIONTHS, plain
from ghg_numerique.errors import ConfigurationError, Finding
from ghg_numerique.model import arrow
from ghg_numerique.model.activity import EURO_UNITS
from ghg_numerique.model.arrow import Ints, Names, Words
from ghg_numerique.model.arrow_numbers import Read
from ghg_numerique.model.columns import NO_PRICE, OPEN
from ghg_numerique.model.combinations import combined
from ghg_numerique.model.frame import Frame
from ghg_numerique.model.profile import Profile
from ghg_numerique.model.schema import CREDIT_NOTES, CURRENCY, EUROS, HARDWARE, MOVEMENTS, SPENDING, TAX_BASES, Columns
from ghg_numerique.model.texts import Texts
from ghg_numerique.provenance import Origin
from ghg_numerique.terms import Activity, Movement, Severity, State

Meanings = Mapping[str, Mapping[str, str]]
"""What words mean, by the name of their column and their folded spelling; a column without list keeps its words."""

ITEM: Final = len(EURO_UNITS)
NO_UNIT: Final = -1

_COUNTRY: Final = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", re.ASCII)
_STATES: Final = {state.value: state.value for state in State}


def _nothing() -> Mapping[str, npt.NDArray[Any]]:
    return {name: np.empty(0, np.int64) for name in ("profile", "amount", "start", "end")}


@attrs.frozen(eq=False)
class TableRows:
    """The sound rows of a table as columns of an inventory, every finding, and the other rows by what they count for."""

    profiles: tuple[Profile, ...] = ()
    values: Mapping[str, npt.NDArray[Any]] = attrs.Factory(_nothing)
    orders: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    ids: Texts | tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    aside: tuple[tuple[int, str, int, tuple[str, ...]], ...] = ()


def read_table(
    source: object,
    activity: Activity | str,
    *,
    name: str,
    tax_basis: str,
    meanings: Meanings,
    first_row: int,
    decimal: str,
    ignore: Iterable[str],
) -> TableRows:
    """Return the rows of what offers a table, as `Inventory.from_table` says."""
    unit = TAX_BASES.get(folded(tax_basis), "")
    for option, value, known in (
        ("activity", activity, tuple(_READERS)), ("decimal", decimal, (".", ",")),
        ("tax_basis", tax_basis, ("HT", "TTC") if not unit and tax_basis else (tax_basis,)),
    ):  # fmt: skip
        if value not in known:
            raise ConfigurationError("option-value", value=value, option=option, expected=", ".join(known))
    if not isinstance(first_row, int) or first_row < 1:
        raise ConfigurationError("option-value", value=first_row, option="first_row", expected="1, 2, ...")
    schema, read = _READERS[Activity(activity)]
    frame = Frame.of(source, schema, name=name, first=first_row, mark=decimal, ignore=ignore)
    spelled = {column: {folded(word): said for word, said in list_.items()} for column, list_ in meanings.items()}
    rows = read(frame, unit, spelled)
    if not (len(frame) or frame.strays or frame.whole):
        nothing = Finding.of("no-rows", Severity.ERROR, Origin(name))
        rows = attrs.evolve(rows, findings=(*rows.findings, nothing))
    return rows


def spending_rows(frame: Frame, tax_basis: str, meanings: Meanings) -> TableRows:
    """Return the lines of a table of spending; `tax_basis` is the unit of those that name none."""
    if not tax_basis and "tax_basis" not in frame.columns:
        frame.refuse("option-missing", "", "tax_basis", expected="HT / TTC")
    if frame.whole:
        return TableRows(findings=tuple(frame.whole))
    names, unit = frame.names(), np.where(_foreign(frame), NO_UNIT, _units(frame, tax_basis))
    amount, spent = frame.number("amount", needed=True), frame.days("spent", needed=True)
    kind = frame.choice("type", CREDIT_NOTES)
    credit = np.array([*(word == "credit_note" for word in kind.values), False])[kind.codes]
    frame.fault((amount.values < 0) & ~credit, "amount-negative", "amount")
    frame.fault((amount.values > 0) & credit, "credit-note-positive", "amount")
    nature = frame.words("nature", meanings.get("nature"), unknown="nature-unknown")
    alike = [frame.words("domain"), nature, *(frame.words(name) for name in ("account", "sector", "site"))]
    alike = [Words.of(unit, EURO_UNITS), *_moved(frame.choice("movement", MOVEMENTS), alike)]
    order, supplier, sound = frame.orders(), frame.words("supplier"), frame.sound()
    profile, found = combined(alike, sound)
    start = spent.values[sound]
    return _closed(
        frame,
        names,
        order,
        supplier,
        unit,
        amount,
        profiles=tuple(
            Profile(
                Activity.SPENDING,
                unit,
                domain,
                nature=nature,
                account=account,
                sector=sector,
                site=site,
                movement=moves,
            )
            for unit, moves, domain, nature, account, sector, site in found
        ),
        values={"profile": profile, "amount": amount.values[sound], "start": start, "end": start + 1},
    )


def hardware_rows(frame: Frame, price_unit: str, meanings: Meanings) -> TableRows:
    """Return the items of a table of hardware; `price_unit` is the unit of their prices, once there are any."""
    if frame.whole:
        return TableRows(findings=tuple(frame.whole))
    names, quantity = frame.names(), frame.number("quantity", needed=True)
    frame.fault(quantity.values < 0, "quantity-negative", "quantity")
    equipment = frame.words("equipment", meanings.get("equipment"), unknown="equipment-unknown", needed=True)
    entered, left = frame.days("entered", needed=True), frame.days("left")
    early = left.filled & (left.values > 0) & (left.values < entered.values)
    frame.fault(early, "left-before-entered", "left", "entered")
    price = frame.number("unit_price", positive=True)
    if price.filled.any() and not price_unit:
        frame.refuse("option-missing", "", "tax_basis", expected="HT / TTC")
    alike = [frame.words("domain"), equipment, frame.words("model"), _states(frame, meanings), _places(frame, meanings)]
    alike += [frame.words("site"), *_power(frame)]
    order, supplier, sound = frame.orders(), frame.words("supplier"), frame.sound()
    profile, found = combined(alike, sound)
    priced = price.filled[sound]
    return _closed(
        frame,
        names,
        order,
        supplier,
        np.full(len(frame), ITEM),
        quantity,
        profiles=tuple(Profile(Activity.HARDWARE, "item", *said) for said in found),
        values={
            "profile": profile,
            "amount": quantity.values[sound],
            "start": entered.values[sound],
            "end": np.where(left.filled, left.values, OPEN)[sound],
            "price": np.where(priced, price.values[sound], NO_PRICE),
            "price_unit": np.where(priced, EURO_UNITS.index(price_unit) if price_unit else NO_UNIT, NO_UNIT),
        },
    )


def _units(frame: Frame, tax_basis: str) -> Ints:
    """Return for each row the place of its unit, by its own cell or else as the table says."""
    basis = frame.choice("tax_basis", TAX_BASES, needed=not tax_basis)
    told = [EURO_UNITS.index(word) if word else NO_UNIT for word in basis.values]
    own = np.array([*told, EURO_UNITS.index(tax_basis) if tax_basis else NO_UNIT])
    return np.asarray(own[basis.codes], dtype=np.int64)


def _foreign(frame: Frame) -> npt.NDArray[np.bool_]:
    """Tell which rows are in no euros, and note why; a table without the column speaks of euros."""
    said = frame.words("currency", needed=True)
    euros = [folded(word) in EUROS for word in said.values]
    for code, word in enumerate(said.values):
        if not euros[code]:
            frame.fault(
                said.codes == code, "currency-foreign" if CURRENCY.fullmatch(word) else "currency-code", "currency"
            )
    return ~np.array([*euros, "currency" not in frame.columns])[said.codes]


def _moved(movement: Words, alike: Sequence[Words]) -> list[Words]:
    """Return what rows move, and what else they say: for what is no expense the movement decides alone."""
    moves = tuple("" if word == Movement.EXPENSE else word for word in movement.values)
    apart = np.array([*(word != "" for word in moves), False])[movement.codes]
    movement = attrs.evolve(movement, values=moves)
    if not apart.any():
        return [movement, *alike]
    return [movement, *(attrs.evolve(words, codes=np.where(apart, -1, words.codes)) for words in alike)]


def _states(frame: Frame, meanings: Meanings) -> Words:
    """Return the state of each row: in use, where no column says it."""
    if "state" not in frame.columns:
        return Words.of(np.zeros(len(frame), np.int64), (State.IN_USE.value,))
    return frame.choice("state", {**_STATES, **meanings.get("state", {})}, needed=True)


def _places(frame: Frame, meanings: Meanings) -> Words:
    """Return the codes of the countries of rows; a name that no list has is a fault."""
    said = frame.words("place").values
    codes = {folded(word): word.upper() for word in said if _COUNTRY.fullmatch(word.upper())}
    return frame.choice("place", codes | dict(meanings.get("place", {})), "place-unknown")


def _power(frame: Frame) -> tuple[Words, Words]:
    """Return the measured consumption of each row and the PUE of its room, which is never below one."""
    energy, pue = frame.number("energy", positive=True), frame.number("pue")
    frame.fault(pue.filled & (pue.faults == 0) & (pue.values < MILLIONTHS), "pue-below-one", "pue")
    return _figures(energy), _figures(pue)


def _figures(read: Read) -> Words:
    """Return numbers as a profile writes them."""
    codes, figures = arrow.distinct(read.values)
    written = tuple(plain(Fraction(figure, MILLIONTHS), 12) for figure in figures.tolist())
    return Words.of(np.where(read.filled, codes, -1), written)


def _closed(
    frame: Frame,
    names: Names,
    order: Words,
    supplier: Words,
    unit: Ints,
    amount: Read,
    *,
    profiles: tuple[Profile, ...],
    values: Mapping[str, npt.NDArray[Any]],
) -> TableRows:
    """Return what was read, and the faulty rows by what they count for; nothing of it where the table is at fault."""
    if frame.whole:
        return TableRows(findings=tuple(frame.whole))
    sound = frame.sound()
    units = (*EURO_UNITS, "item", "")
    places = {
        "order": order.codes[sound], "supplier": supplier.codes[sound], "row": frame.rows[sound],
        "file": np.zeros(len(sound), np.int32),
    }  # fmt: skip
    told = np.where(amount.filled & (amount.faults == 0), unit, NO_UNIT)
    aside = [(row, "", 0, stray.cells) for row, stray in frame.strays.items()]
    for at in frame.faulty:
        counted = int(amount.values[at] * (told[at] >= 0))
        aside.append((int(frame.rows[at]), units[told[at]], counted, arrow.cells_of(frame.table, at)))
    return TableRows(
        profiles, {**values, **places}, order.values, supplier.values,
        names.texts if len(sound) == len(frame) else names.texts.take(sound), frame.findings(), tuple(sorted(aside)),
    )  # fmt: skip


_READERS: Final[dict[Activity, tuple[Columns, Callable[[Frame, str, Meanings], TableRows]]]] = {
    Activity.HARDWARE: (HARDWARE, hardware_rows),
    Activity.SPENDING: (SPENDING, spending_rows),
}
