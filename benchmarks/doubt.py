"""Prints what uncertainty costs: whatever the rows, and against a Monte-Carlo that goes through the rows.

Both know that rows share coefficients; the yardstick is numpy by hand: for every draw, gather the drawn coefficients of
the rows, multiply by the amounts, and sum into cells. It is timed on fewer draws, since its cost is one pass per draw.
"""

import argparse
import resource
import time

import attrs
import numpy as np
import numpy.typing as npt

import ghg_numerique as ghg
from ghg_numerique import ActivityMatrix, Chain, ChainKey, Coefficient, DataKind, FactorKey, Match, Role, Source, Spread
from ghg_numerique.algebra.uncertain import drawn_together, middle

COEFFICIENTS, CELLS, DRAWS, SAMPLE, SEED = 2_000, 400, 10_000, 20, 2024
ROUTES = tuple(f"route {number}" for number in range(CELLS))
MIX = Coefficient("mix", "0.05", "kgCO2eq/kWh", Role.ELECTRICITY, Source("made-up"), spread=Spread("10"))

METHODOLOGY = ghg.Methodology.parse("""
title = "Benchmark"
year = 2024
place = "FR"
domains = ["all"]

[[routes]]
name = "use"
activity = "hardware"
stage = "use"
links = ["energy", "electricity"]
""")


@attrs.frozen(eq=False)
class Rows:
    """Amounts with the codes of their cell and of their coefficient."""

    cell: npt.NDArray[np.int64]
    coefficient: npt.NDArray[np.int64]
    amount: npt.NDArray[np.int64]

    @classmethod
    def of(cls, count: int) -> "Rows":
        """Return made-up rows; every coefficient goes into a few cells, and all share one mix."""
        made = np.random.Generator(np.random.PCG64(SEED))
        coefficient = made.integers(0, COEFFICIENTS, count)
        return cls((coefficient * 7 + made.integers(0, 3, count)) % CELLS, coefficient, made.integers(1, 50, count))

    def footprint(self) -> ghg.Footprint:
        """Return the footprint of the rows: A by cell and chain, and chains that share their mix."""
        links = [
            Coefficient(f"{code}", "30", "kWh/item", Role.ENERGY, Source("made-up"), spread=Spread("50"))
            for code in range(COEFFICIENTS - 1)
        ]
        links.append(Coefficient("last", "30", "kWh/item", Role.ENERGY, Source("made-up")))
        keys = [ChainKey("use", "item", (FactorKey(Role.ENERGY, str(code)),)) for code in range(COEFFICIENTS)]
        chains = {
            key: Chain(key, (link, MIX), Match.EXACT, DataKind.ITEM_TYPE, frozenset())
            for key, link in zip(keys, links, strict=True)
        }
        places = self.cell * COEFFICIENTS + self.coefficient
        sums = np.bincount(places, self.amount, CELLS * COEFFICIENTS).astype(np.int64)
        cells = [
            tuple({"domain": "all", "route": route}.get(part, "") for part in METHODOLOGY.cells) for route in ROUTES
        ]
        entries = (
            ((cells[place // COEFFICIENTS], keys[place % COEFFICIENTS]), int(sums[place]) * 10**6)
            for place in np.flatnonzero(sums).tolist()
        )
        return ghg.Footprint(ActivityMatrix.of(entries), ghg.FactorSheet(chains), METHODOLOGY, ghg.Balances())

    def by_hand(self, draws: int) -> npt.NDArray[np.float64]:
        """Return draws of every cell, one pass over the rows for each draw."""
        made = np.random.Generator(np.random.PCG64(SEED))
        result = np.empty((draws, CELLS))
        for draw in range(draws):
            energy = 30 * np.exp(np.log(1.5) / 1.96 * made.standard_normal(COEFFICIENTS))
            mix = 0.05 * np.exp(np.log(1.1) / 1.96 * made.standard_normal())
            result[draw] = np.bincount(self.cell, self.amount * energy[self.coefficient] * mix, CELLS)
        return result


def main() -> None:
    """Print, by number of rows: our time, that of the rows by hand, their ratio, and the largest memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=float, default=1e6, help="rows of the largest inventory")
    largest = int(parser.parse_args().rows)
    print(f"{DRAWS:,} draws, {COEFFICIENTS:,} coefficients, {CELLS} cells and their total")
    print(f"{'rows':>10}  {'ours':>8}  {'analytic':>9}  {'by hand':>9}  {'ratio':>8}  {'largest memory':>14}")
    for rows in (10**4, 10**5, 10**6):
        if rows > largest:
            continue
        made = Rows.of(rows)
        footprint = made.footprint()
        start = time.process_time()
        groups = footprint.uncertain_by("route")
        amounts = [*groups.values(), footprint.uncertain()]
        drawn = drawn_together(amounts, DRAWS, seed=SEED)
        for row in drawn:
            middle(row)
        ours = time.process_time() - start
        start = time.process_time()
        deviations = [amount.deviation for amount in amounts]
        analytic = time.process_time() - start
        assert np.allclose(drawn.std(axis=1), deviations, rtol=0.1), "draws and moments disagree"
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        start = time.process_time()
        made.by_hand(SAMPLE)
        hand = (time.process_time() - start) / SAMPLE * DRAWS
        print(
            f"{rows:>10,}  {ours:>6.2f} s  {analytic:>7.2f} s  {hand:>7.1f} s  1/{hand / ours:>6.1f}  {memory:>11.0f} MB"
        )


if __name__ == "__main__":
    main()
