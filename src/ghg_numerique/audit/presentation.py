"""Presentation: what is printed is the exact figure, rounded once, and can be read back."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from itertools import product
from typing import Final

from ghg_numerique.algebra.rounding import rounding_gap
from ghg_numerique.audit.property import Property, Trial, Violation, equal
from ghg_numerique.audit.subject import Subject
from ghg_numerique.decimals import LARGEST, read_decimal, rounded, written
from ghg_numerique.result.canonical import parse
from ghg_numerique.wording import LANGUAGES

DIGITS: Final = (0, 1, 3)
MARKS: Final = {"fr": ",", "en": "."}
_EXACTLY: Final = Context(prec=100)


def _figures(subject: Subject) -> Iterator[tuple[str, Fraction]]:
    """Return every figure that a report may print, in tCO2eq: the total and every group of every breakdown."""
    footprint = subject.footprint
    yield "total", footprint.exact_total() / 1000
    for name in (*footprint.dimensions, *footprint.methodology.rollups):
        for group, amount in footprint.by(name).groups.items():
            yield f"{name} {group}".strip(), amount / 1000


def rounding_is_half_a_unit(subject: Subject, _effort: int) -> Iterator[Trial]:
    """D1."""
    for (name, amount), digits in product(_figures(subject), DIGITS):
        far = abs(rounded(amount, digits) - amount)
        half = Fraction(1, 2 * 10**digits)
        yield None if far <= half else Violation(name, f"<= {half}", str(far))


def printed_tables_are_feasible(subject: Subject, _effort: int) -> Iterator[Trial]:
    """D2: printed parts and their printed total are no further apart than rounding allows."""
    footprint = subject.footprint
    for name, digits in product((*footprint.dimensions, *footprint.methodology.rollups), DIGITS):
        groups = footprint.by(name)
        parts = [rounded(amount / 1000, digits) for amount in (*groups.groups.values(), *groups.outside.values())]
        total = rounded(footprint.exact_total() / 1000, digits)
        gap = rounding_gap(parts, total, step=Fraction(1, 10**digits))
        yield None if gap.explained else Violation(name, f"<= {gap.bound} t", f"{gap.gap} t", gap.gap * 1000)


def printed_shares_fit_printed_amounts(subject: Subject, _effort: int) -> Iterator[Trial]:
    """D3: the printed share is a rounding of some amount that is printed as the total is, against the reference."""
    shares = subject.footprint.shares()
    if shares is None:
        return
    tonnes = rounded(subject.footprint.exact_total() / 1000)
    for part, whole in (
        (shares.total, shares.denominator),
        (shares.without_post_1_5, shares.denominator_without_post_1_5),
    ):
        if part is not None and whole is not None:
            printed = rounded(part * 100, 1)
            slack = Fraction(1, 20) + Fraction(50) / whole
            far = abs(printed - tonnes / whole * 100)
            yield None if far <= slack else Violation("share", f"<= {slack}", str(far))


def halves_round_away_from_zero(subject: Subject, _effort: int) -> Iterator[Trial]:
    """D4: as spreadsheets round, and as `decimal` does when it is asked to round half up."""
    for (name, amount), digits in product(_figures(subject), DIGITS):
        for value in (amount, rounded(amount, digits) + Fraction(1, 2 * 10**digits)):
            place = Decimal(1).scaleb(-digits)
            told = _EXACTLY.divide(Decimal(value.numerator), Decimal(value.denominator))
            expected = Fraction(told.quantize(place, ROUND_HALF_UP, context=_EXACTLY))
            yield equal(name, expected, rounded(value, digits))


def reports_say_one_figure(subject: Subject, _effort: int) -> Iterator[Trial]:
    """D6: every report that is installed prints the total of this footprint, and of no other."""
    reports = {report.name: report for report in subject.catalogue.reports}
    total = subject.footprint.exact_total()
    if "json" in reports:
        told = parse(reports["json"].render(subject.footprint), name="json")
        yield equal("json", total, Fraction(told["total"]["exact"]))
        for name in subject.footprint.dimensions:
            if isinstance(told.get(name), list):
                parts = sum((Fraction(part["emissions"]["exact"]) for part in told[name]), Fraction(0))
                yield equal(f"json {name}", total, parts)
    for form, language in product(("text", "markdown"), LANGUAGES):
        if form in reports and abs(total) >= 10_000:
            printed = written(abs(total) / 1000, 0, language)  # a page sets its own minus
            text = reports[form].render(subject.footprint, language=language).decode()
            yield None if printed in text else Violation(f"{form} {language}", printed, "-")


def digits_are_borne_by_the_interval(subject: Subject, _effort: int) -> Iterator[Trial]:
    """D7: where the last digit of a total is worth less than a hundredth of its interval, no page prints it."""
    footprint = subject.footprint
    low, high = (edge.value for edge in footprint.interval())
    reports = {report.name: report for report in subject.catalogue.reports}
    for form, language in product(("text", "markdown"), LANGUAGES) if low < high else ():
        if form in reports:
            page = " ".join(reports[form].render(footprint, language=language).decode().split())
            fine = [digits for digits in (1, 2, 3, 6) if Fraction(1000, 10**digits) < (high - low) / 100]
            said = [f" {written(footprint.exact_total() / 1000, digits, language)} tCO2eq" for digits in fine]
            found = [figure for figure in said if figure in page]
            yield Violation(f"{form} {language}", f"+/- {written((high - low) / 2000, 3)}", found[0]) if found else None


def what_is_written_can_be_read(subject: Subject, _effort: int) -> Iterator[Trial]:
    """D8."""
    for (name, amount), digits, (language, mark) in product(_figures(subject), DIGITS, MARKS.items()):
        if abs(amount) < LARGEST:
            text = written(amount, digits, language)
            told = text.replace(",", "") if language == "en" else text  # 1,234 is refused where it could mean 1.234
            yield equal(f"{name} {text}", rounded(amount, digits), Fraction(read_decimal(told, mark)))


PRESENTATION: Final = (
    Property("D1", rounding_is_half_a_unit),
    Property("D2", printed_tables_are_feasible),
    Property("D3", printed_shares_fit_printed_amounts),
    Property("D4", halves_round_away_from_zero),
    Property("D6", reports_say_one_figure),
    Property("D7", digits_are_borne_by_the_interval),
    Property("D8", what_is_written_can_be_read),
)
