"""Units of measure: the one registry, the closed grammar in front of it, and exact quantities.

This is the only file that imports pint. What a user writes never reaches pint's parser: a unit is a product and
quotient of names from `units.txt` (`kWh/item/year`, `item.day`), and anything else is refused with the nearest name.
"""

import difflib
import re
import threading
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Self

import attrs

from ghg_numerique.errors import UnitError

if TYPE_CHECKING:
    import pint

CO2EQ = "kgCO2eq"

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,60}(\.[0-9]{1,60})?", re.ASCII)
_lock = threading.RLock()


def parse_unit(text: str) -> str:
    """Return the canonical spelling of a unit text, such as `kgCO2eq/kEUR_HT` for `kgCO2e / kEUR_HT`.

    Raises UnitError with the nearest known name where the text is not in the closed grammar.
    """
    if not isinstance(text, str):
        raise UnitError("unit-text", value=repr(text))
    return _spelled(_parsed(text))


@lru_cache(maxsize=4096)
def factor(unit: str, into: str) -> Fraction:
    """Return the exact number by which an amount in `unit` is multiplied to be in `into`."""
    with _lock:
        registry = _registry()
        try:
            return Fraction(registry.Quantity(Fraction(1), _pint_unit(unit)).to(_pint_unit(into)).magnitude)
        except registry_errors() as error:
            raise UnitError("unit-conversion", unit=unit, into=into) from error


@lru_cache(maxsize=65536)
def close(unit: str, links: tuple[str, ...], into: str = CO2EQ) -> Fraction:
    """Return the exact scale of a chain: `unit` times every link must be a quantity in `into`.

    `close("item.day", ("year/day", "kWh/item/year", "kgCO2eq/kWh")) == 1`. Raises UnitError where the units do not
    telescope, naming what is left over.
    """
    with _lock:
        registry = _registry()
        product = registry.Quantity(Fraction(1), _pint_unit(unit))
        for link in links:
            product = product * registry.Quantity(Fraction(1), _pint_unit(link))
        try:
            return Fraction(product.to(_pint_unit(into)).magnitude)
        except registry_errors() as error:
            raise UnitError("chain-open", unit=unit, links=" x ".join(links), into=into, left=_left(product)) from error


def same_dimension(unit: str, other: str) -> bool:
    """Tell whether two units measure the same thing."""
    with _lock:
        return bool(_pint_unit(unit).dimensionality == _pint_unit(other).dimensionality)


@attrs.frozen(order=False)
class Quantity:
    """An exact number with its unit; it adds only to what measures the same thing.

    `Quantity.of("12.5", "kWh")`. Arithmetic is exact (fractions); `float()` and `format()` are views. Two quantities
    are equal when they measure the same amount, in whatever unit. Pickles by value, with no registry behind it.
    """

    value: Fraction
    unit: str

    @classmethod
    def of(cls, value: int | str | Decimal | Fraction, unit: str) -> Self:
        """Return a quantity of an exact number. Floats are refused: they are not what anybody published."""
        if isinstance(value, bool) or not isinstance(value, int | str | Decimal | Fraction):
            raise UnitError("not-exact", value=repr(value))
        if isinstance(value, str) and not _NUMBER.fullmatch(value):
            raise UnitError("not-exact", value=repr(value[:60]))
        return cls(Fraction(value), parse_unit(unit))

    def to(self, unit: str) -> "Quantity":
        """Return the same amount in another unit of the same dimension; UnitError otherwise."""
        into = parse_unit(unit)
        return Quantity(self.value * factor(self.unit, into), into)

    def as_pint(self) -> "pint.Quantity[float]":
        """Return a view as a pint quantity, a float in the private registry of the house."""
        with _lock:
            view: pint.Quantity[float] = _registry().Quantity(float(self.value), _pint_unit(self.unit))
            return view

    def __add__(self, other: "Quantity") -> "Quantity":
        if not isinstance(other, Quantity):
            return NotImplemented
        return Quantity(self.value + other.to(self.unit).value, self.unit)

    def __sub__(self, other: "Quantity") -> "Quantity":
        return self + -other

    def __neg__(self) -> "Quantity":
        return Quantity(-self.value, self.unit)

    def __mul__(self, other: "Quantity | int | Fraction") -> "Quantity":
        if isinstance(other, Quantity):
            return Quantity(self.value * other.value, parse_unit(f"{self.unit}.{other.unit}"))
        return Quantity(self.value * other, self.unit)

    __rmul__ = __mul__

    def __truediv__(self, other: "Quantity | int | Fraction") -> "Quantity":
        if isinstance(other, Quantity):
            inverse = _spelled(tuple((name, -power) for name, power in _parsed(other.unit)))
            return Quantity(self.value / other.value, parse_unit(f"{self.unit}.{inverse}"))
        return Quantity(self.value / other, self.unit)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        return same_dimension(self.unit, other.unit) and self.value == other.to(self.unit).value

    def __hash__(self) -> int:
        with _lock:
            base = _registry().Quantity(self.value, _pint_unit(self.unit)).to_base_units()
            return hash((base.magnitude, str(base.dimensionality)))

    def __lt__(self, other: "Quantity") -> bool:
        return self.value < other.to(self.unit).value

    def __le__(self, other: "Quantity") -> bool:
        return self.value <= other.to(self.unit).value

    def __float__(self) -> float:
        return float(self.value)

    def __format__(self, spec: str) -> str:
        return f"{format(float(self.value), spec)} {self.unit}" if spec else str(self)

    def __str__(self) -> str:
        return f"{float(self.value):g} {self.unit}"


@cache
def names() -> tuple[str, ...]:
    """Return every unit name of the house, canonical names and aliases, in the order of `units.txt`."""
    return tuple(_aliases())


@cache
def _aliases() -> dict[str, str]:
    """Return what each accepted spelling stands for, read from the same page that pint reads."""
    found: dict[str, str] = {}
    for line in _page():
        canonical, _, *aliases = (part.strip() for part in line.split("="))
        found.update(dict.fromkeys((canonical, *(alias for alias in aliases if alias != "_")), canonical))
    return found


def _page() -> list[str]:
    text = (files(__package__) / "units.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=4096)
def _parsed(text: str) -> tuple[tuple[str, int], ...]:
    """Return the names of a unit text with their powers, in order of first appearance."""
    powers: dict[str, int] = {}
    sign = 1
    for part in re.split(r"([./])", text.strip().replace("·", ".")):
        if part in (".", "/"):
            sign = 1 if part == "." else -1
            continue
        name = part.strip()
        if name == "1":
            continue
        if not _NAME.fullmatch(name) or name not in _aliases():
            raise _unknown(text, name)
        canonical = _aliases()[name]
        powers[canonical] = powers.get(canonical, 0) + sign
    return tuple((name, power) for name, power in powers.items() if power)


def _unknown(text: str, name: str) -> UnitError:
    known = {spelling.casefold(): spelling for spelling in names()}
    # `EUR` means EUR_HT and not heure, `ton` means tonne and not To: what was begun comes before what looks alike.
    begun = [spelling for spelling in known if name and spelling.startswith(name.casefold())]
    near = begun or difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0.5)
    return UnitError("unit-unknown", unit=text, near=known[near[0]] if near else "kWh, item, EUR_HT, kgCO2eq")


def _spelled(powers: Iterable[tuple[str, int]]) -> str:
    over = [name for name, power in powers for _ in range(power)]
    under = [name for name, power in powers for _ in range(-power)]
    return "/".join([".".join(over) or "1", *under])


def registry_errors() -> tuple[type[Exception], ...]:
    """Return the errors by which pint says that dimensions differ."""
    import pint

    return (pint.DimensionalityError,)


@cache
def _registry() -> "pint.UnitRegistry[Any]":
    """Return the private registry, complete from the first use; call it with the lock held."""
    import pint

    with _lock:
        registry: pint.UnitRegistry[Any] = pint.UnitRegistry(
            None, non_int_type=Fraction, on_redefinition="raise", cache_folder=None
        )
        registry.load_definitions(_page())
        return registry


@lru_cache(maxsize=4096)
def _pint_unit(text: str) -> "pint.Unit":
    registry = _registry()
    unit = registry.Unit("")
    for name, power in _parsed(text):
        unit = unit * registry.Unit(name) ** power
    return unit


def _left(product: "pint.Quantity[Any]") -> str:
    return " ".join(f"{name}^{power}" for name, power in sorted(product.dimensionality.items()))
