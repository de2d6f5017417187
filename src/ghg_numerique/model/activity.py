"""One row of activity data, as a person says it: equipment, money spent, or emissions declared by somebody else."""

from datetime import date
from decimal import Decimal

import attrs

from ghg_numerique.decimals import LARGEST, millionths, read_decimal
from ghg_numerique.errors import NumberError, RowError
from ghg_numerique.provenance import Origin
from ghg_numerique.terms import Kind, Movement, State
from ghg_numerique.units import CO2EQ, parse_unit, same_dimension

EURO_UNITS = ("EUR_HT", "EUR_TTC")


def _number(value: int | str | Decimal) -> int | Decimal:
    """Take a number that people publish; a float is refused, since nobody can say which decimal it stands for."""
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise NumberError("number", text=str(value), expected="12.5")
        return value
    if isinstance(value, str):
        return read_decimal(value, ".")
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise RowError("not-exact", value=repr(value))


def _counted(value: int | str | Decimal) -> int | Decimal:
    """Take a number that a column of millionths can hold: what exists as a record can be counted."""
    number = _number(value)
    if type(number) is not int or abs(number) > LARGEST:
        millionths(number)
    return number


def _check_days(*days: date | None) -> None:
    for day in days:
        if day is not None and not isinstance(day, date):
            raise RowError("not-a-day", value=repr(day))


@attrs.frozen(order=False)
class HardwareItem:
    """Equipment of one type and one entry date: `quantity` items that entered the fleet on `entered`.

    `left` is the first day on which they are no longer there. `energy` is a measured consumption in kWh per item and
    year, `pue` the power usage effectiveness of the room: both replace what a table would say. `order` is the purchase
    order or invoice through which they were bought, `unit_price` the price of one item in `price_unit`. `supplier` is
    who sold them: nothing is computed with it, but links can be proposed.
    """

    id: str
    equipment: str
    quantity: int | Decimal = attrs.field(converter=_counted)
    entered: date
    left: date | None = None
    domain: str = ""
    model: str = ""
    state: State = State.IN_USE
    place: str = ""
    site: str = ""
    order: str = ""
    unit_price: int | Decimal | None = attrs.field(default=None, converter=attrs.converters.optional(_counted))
    price_unit: str = ""
    energy: int | Decimal | None = attrs.field(default=None, converter=attrs.converters.optional(_number))
    pue: int | Decimal | None = attrs.field(default=None, converter=attrs.converters.optional(_number))
    origin: Origin = Origin()
    supplier: str = ""

    def __attrs_post_init__(self) -> None:
        _check_days(self.entered, self.left)
        if self.quantity < 0:
            raise RowError("negative-quantity", value=self.quantity)
        if self.left is not None and self.left < self.entered:
            raise RowError("left-before-entered", entered=self.entered, left=self.left)
        if self.unit_price is not None and self.price_unit not in EURO_UNITS:
            raise RowError("tax-basis", value=self.price_unit)


@attrs.frozen(order=False)
class SpendingLine:
    """Money spent, in `EUR_HT` or `EUR_TTC`, on the day that decides its year.

    `account` is the M57 account, `nature` what was bought in the words of the mapping, `sector` a NAF sector when the
    house knows it. A negative amount is a credit note or a reversal, and must say so. A line of accounts whose
    `movement` is no expense is kept, and set apart for that reason whatever the methodology.
    """

    id: str
    amount: int | Decimal = attrs.field(converter=_counted)
    unit: str
    spent: date
    domain: str = ""
    account: str = ""
    nature: str = ""
    sector: str = ""
    order: str = ""
    site: str = ""
    credit_note: bool = False
    origin: Origin = Origin()
    movement: Movement = Movement.EXPENSE
    supplier: str = ""

    def __attrs_post_init__(self) -> None:
        _check_days(self.spent)
        if self.unit not in EURO_UNITS:
            raise RowError("tax-basis", value=self.unit)
        if self.amount < 0 and not self.credit_note:
            raise RowError("negative-amount", value=self.amount)


@attrs.frozen(order=False)
class DeclaredEmission:
    """Emissions that a supplier or an earlier report declares for the year of `day`: they need no factor.

    `unit` is a unit of CO2eq (`tCO2eq`, `kgCO2eq`).
    """

    id: str
    amount: int | Decimal = attrs.field(converter=_counted)
    unit: str
    day: date
    kind: Kind
    domain: str = ""
    equipment: str = ""
    site: str = ""
    origin: Origin = Origin()

    def __attrs_post_init__(self) -> None:
        _check_days(self.day)
        if not same_dimension(parse_unit(self.unit), CO2EQ):
            raise RowError("not-emissions", value=self.unit)


ActivityData = HardwareItem | SpendingLine | DeclaredEmission
"""What an inventory is made of."""
