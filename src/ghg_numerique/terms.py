"""The closed vocabularies of the house: what may be said, and nothing else."""

from enum import IntEnum, StrEnum


class Activity(StrEnum):
    """What happened: equipment in a fleet, money spent, or emissions that somebody else declares."""

    HARDWARE = "hardware"
    SPENDING = "spending"
    EMISSIONS = "emissions"


class Stage(StrEnum):
    """A life-cycle stage (ISO 14040). A monetary ratio covers all of them up to the gate of the supplier."""

    MANUFACTURING = "manufacturing"
    DISTRIBUTION = "distribution"
    USE = "use"
    END_OF_LIFE = "end_of_life"
    CRADLE_TO_GATE = "cradle_to_gate"


class Kind(StrEnum):
    """The three kinds that a report keeps apart: embodied, use (electricity), services (money, consumables)."""

    EMBODIED = "embodied"
    USE = "use"
    SERVICES = "services"

    @classmethod
    def of(cls, stage: Stage) -> "Kind":
        """Return the kind under which a stage is reported."""
        if stage is Stage.USE:
            return cls.USE
        return cls.SERVICES if stage is Stage.CRADLE_TO_GATE else cls.EMBODIED


class Role(StrEnum):
    """What a coefficient does in a chain."""

    EMBODIED = "embodied"
    ENERGY = "energy"
    ELECTRICITY = "electricity"
    MONETARY = "monetary"
    LIFETIME = "lifetime"
    OVERHEAD = "overhead"
    """Power usage effectiveness of the room that houses the equipment."""
    PRICE = "price"
    """Value added tax, and price year."""
    CALENDAR = "calendar"
    SHARE = "share"
    """The part of a spending line that no hardware item details."""
    MATERIAL = "material"
    """Paper, consumables and single digital acts: per kilogram, sheet or piece."""
    CHARACTERISATION = "characterisation"
    """The warming potential of a gas: what a kilogram of it is worth in CO2 equivalents."""


class Law(StrEnum):
    """How the possible values of a coefficient are spread around or between what is published."""

    LOGNORMAL = "lognormal"
    NORMAL = "normal"
    TRIANGULAR = "triangular"
    UNIFORM = "uniform"
    BOUNDS = "bounds"
    """Only the two ends are known; drawn evenly between them (JCGM 100:2008, 4.3.7)."""


class Central(StrEnum):
    """What the published value of a lognormal law is."""

    MEDIAN = "median"
    MEAN = "mean"


class Width(StrEnum):
    """What a published percentage is a percentage of."""

    UPPER_95 = "upper_95"
    """The upper end of the 95 % interval: value x (1 + percent / 100)."""
    DEVIATION = "deviation"
    """One standard deviation, relative to the value."""
    WHOLE = "whole"
    """The whole range: no value is farther off."""
    GSD2 = "gsd2"
    """The square of the geometric standard deviation of a lognormal law: 1 + percent / 100."""


class Display(StrEnum):
    """How a report rounds the parts of a total."""

    NEAREST = "nearest"
    """Each to the nearest: rounded parts may not sum to the rounded total, and the report says by how much."""
    LARGEST_REMAINDER = "largest-remainder"
    """To printed parts that sum to the printed total: the steps that are missing go to the largest remainders."""


class Rounding(StrEnum):
    """How printed figures were rounded."""

    NEAREST = "nearest"
    """To the nearest; a half went either way."""
    HALF_UP = "half_up"
    """To the nearest; a half away from zero, as spreadsheets do."""
    HALF_EVEN = "half_even"
    """To the nearest; a half to the even digit, as many programs do."""
    DOWN = "down"
    """Cut off, towards zero."""
    UP = "up"
    """To the next one away from zero."""


class Match(IntEnum):
    """How well a coefficient fits the key it is offered for. Lower is better."""

    EXACT = 0
    """This very model, account or year."""
    FAMILY = 1
    """The type of equipment, or the nature of the spending."""
    GENERIC = 2
    """A stand-in: another type, another year, a general account."""


class DataKind(StrEnum):
    """On what kind of data a result rests, from the best to the last resort."""

    ITEM_MODEL = "item_model"
    ITEM_TYPE = "item_type"
    GENERIC = "generic"
    MONETARY = "monetary"
    DECLARED = "declared"


class Allocation(StrEnum):
    """Over which years manufacturing counts: all at entry, or straight over the lifetime."""

    FLOW = "flow"
    STRAIGHT_LINE = "straight_line"


class State(StrEnum):
    """What a piece of equipment is doing."""

    IN_USE = "in_use"
    IN_STOCK = "in_stock"
    IN_MAINTENANCE = "in_maintenance"
    IN_TRANSIT = "in_transit"
    MISSING = "missing"
    RETIRED = "retired"
    CONSUMED = "consumed"


class Movement(StrEnum):
    """What a line of accounts records; only an expense is spending, and the others are set apart by their names."""

    EXPENSE = "expense"
    REVENUE = "revenue"
    """Money that comes in."""
    INTERNAL_TRANSFER = "internal_transfer"
    """An entry by which no money leaves the house: an "opération d'ordre", a depreciation, a change of stock."""
    COUNTERPART = "counterpart"
    """The other side of an entry (supplier, bank, tax), or a balance brought forward from the year before."""
    UNREALISED = "unrealised"
    """A credit that was opened and of which nothing was spent."""
    SUBTOTAL = "subtotal"
    """A line that is computed from other lines of the same accounts."""


class Fate(StrEnum):
    """Where a source row ends. Every row ends in exactly one of these."""

    COUNTED = "counted"
    DETAILED = "detailed"
    """A spending line whose equipment is counted item by item."""
    EXCLUDED = "excluded"
    UNRESOLVED = "unresolved"
    QUARANTINED = "quarantined"
    """The row itself is faulty, and was set aside with its reasons instead of refusing the file."""


class Exclusion(StrEnum):
    """The closed list of reasons for which a row is left out."""

    LEFT_BEFORE = "left_before"
    """It left the fleet before the year."""
    ENTERS_AFTER = "enters_after"
    """It enters the fleet after the year."""
    OTHER_YEAR = "other_year"
    """Money spent, or emissions declared, in another year."""
    STATE = "state"
    """Equipment in a state that the methodology does not count, such as lost or used up."""
    NOTHING_IN_YEAR = "nothing_in_year"
    """It is in the fleet and causes nothing this year: acquired earlier, and drawing no power now."""
    BOUNDARY = "boundary"
    """The methodology leaves this domain, account or nature out of the system boundary."""
    REVENUE = "revenue"
    INTERNAL_TRANSFER = "internal_transfer"
    COUNTERPART = "counterpart"
    UNREALISED = "unrealised"
    SUBTOTAL = "subtotal"
    """The line of accounts is no expense: see `Movement`, whose words these are."""


class Gap(StrEnum):
    """The closed list of reasons for which a row has no result although it should have one."""

    NO_FACTOR = "no_factor"
    STAGE_OVERLAP = "stage_overlap"
    PRICE_YEAR = "price_year"
    NO_VAT = "no_vat"
    EXPIRED = "expired"
    NO_ROUTE = "no_route"


class Severity(StrEnum):
    """How much a finding matters: an error refuses the file, a warning is counted, a note is shown."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Faults(StrEnum):
    """What to do with the faulty rows of a file: refuse the file, or set them aside, where they end quarantined."""

    REFUSE = "refuse"
    SET_ASIDE = "set_aside"


class Mismatch(StrEnum):
    """What to do where the balance of a fleet does not close: say so, or refuse to compute."""

    WARN = "warn"
    REFUSE = "refuse"


class Expired(StrEnum):
    """What to do with a coefficient whose declared validity has passed."""

    ACCEPT = "accept"
    WARN = "warn"
    REFUSE = "refuse"


class PriceYear(StrEnum):
    """What to do with a monetary ratio of another price year when no deflator is given."""

    REFUSE = "refuse"
    NEAREST = "nearest"


class Frequency(StrEnum):
    """How often data are published, in the words of the EU (authority table `frequency`)."""

    ANNUAL = "annual"
    BIENNIAL = "biennial"
    TRIENNIAL = "triennial"
    IRREGULAR = "irreg"
    NEVER = "never"
