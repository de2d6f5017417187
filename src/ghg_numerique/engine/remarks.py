"""What a reader must know of a footprint: gaps, factors past their validity, years that stand in for another."""

from collections.abc import Iterator, Mapping

from ghg_numerique.algebra.balances import Tally, amount_of, summed
from ghg_numerique.engine.post import Postings
from ghg_numerique.engine.resolve import Resolution
from ghg_numerique.errors import Finding
from ghg_numerique.model.factors import Coefficient
from ghg_numerique.terms import Expired, Role, Severity


def remarks(postings: Postings, resolution: Resolution) -> tuple[Finding, ...]:
    """Return one finding for each gap and for each remark on a coefficient that rows went through, in a fixed order."""
    through = _through(postings, resolution)
    return (
        *_gaps(postings),
        *_other_years(through, resolution),
        *_stand_ins(postings, resolution),
        *_out_of_date(through, resolution),
    )


def _gaps(postings: Postings) -> Iterator[Finding]:
    found: dict[tuple[str, str, str, str], Tally] = {}
    for (what, kind, missing), tally in postings.gaps.items():
        role, place = (str(missing.key.role), missing.key.place) if missing.key else ("-", "")
        key = (f"gap-{missing.gap}", str(kind), f"{what} {place}".strip(), role)
        found[key] = found.get(key, Tally()) + tally
    for (code, named, what, role), tally in sorted(found.items()):
        yield Finding.of(
            code, Severity.WARNING, value=what, kind=named, role=role, rows=tally.rows, amount=amount_of(tally)
        )


def _other_years(through: Mapping[Coefficient, Tally], resolution: Resolution) -> Iterator[Finding]:
    """Return the coefficients of another year than the one asked for, and what went through them."""
    year = resolution.methodology.reporting_year
    codes = {Role.MONETARY: "price-year", Role.ELECTRICITY: "mix-year"}
    for link, tally in through.items():
        if link.role not in codes or link.year in (0, year):
            continue
        if link.role is Role.MONETARY and resolution.methodology.prices.deflator(year, link.year) is not None:
            continue
        yield Finding.of(
            codes[link.role], Severity.WARNING, value=link.identity, label=link.label, year=year, other=link.year,
            rows=tally.rows, amount=amount_of(tally),
        )  # fmt: skip


def _stand_ins(postings: Postings, resolution: Resolution) -> Iterator[Finding]:
    """Return the coefficients that stand in for what was asked (`Offer.stands_in`), and what went through them.

    A mix of another year is said by its year.
    """
    year = resolution.methodology.reporting_year
    used = (
        ((offer.coefficient.identity, factor.role, offer.coefficient.label), tally)
        for key, tally in postings.uses.items()
        for factor in key.factors
        if (offer := resolution.choices[factor].winner) is not None
        and offer.stands_in
        and not (factor.role is Role.ELECTRICITY and offer.coefficient.year not in (0, year))
    )
    for (identity, role, label), tally in sorted(summed(used).items(), key=lambda entry: entry[0]):
        yield Finding.of(
            "stand-in", Severity.NOTE, value=identity, label=label, role=role, rows=tally.rows, amount=amount_of(tally)
        )


def _out_of_date(through: Mapping[Coefficient, Tally], resolution: Resolution) -> Iterator[Finding]:
    year = resolution.methodology.reporting_year
    if resolution.methodology.expired is not Expired.WARN:
        return
    for link, tally in through.items():
        if link.expired(year):
            yield Finding.of(
                "factor-expired", Severity.NOTE, value=link.identity, label=link.label, until=link.valid_to, year=year,
                rows=tally.rows,
            )  # fmt: skip
        elif link.premature(year):
            yield Finding.of(
                "factor-premature", Severity.NOTE, value=link.identity, label=link.label, since=link.valid_from,
                year=year, rows=tally.rows,
            )  # fmt: skip


def _through(postings: Postings, resolution: Resolution) -> Mapping[Coefficient, Tally]:
    """Return what went through each coefficient, in the order of their identities."""
    found = summed((link, tally) for key, tally in postings.uses.items() for link in resolution.chains[key].links)
    return dict(sorted(found.items(), key=lambda entry: entry[0].identity))
