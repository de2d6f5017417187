"""Prints the ratios that the design is held to: ours against a hand-written reference, or against what cannot be avoided.

All in one run, medians of several, the garbage collector off while the clock runs. `--rows` sets the largest fleet.
"""

import argparse
import gc
import os
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path

import reference
from fleet import CATALOGUE, METHODOLOGY, Fleet

import ghg_numerique as ghg
from ghg_numerique import units
from ghg_numerique.algebra.evaluation import Evaluation
from ghg_numerique.engine.plan import plans_of


def seconds(work: Callable[[], object], times: int = 7) -> float:
    """Return the median time of a piece of work, after one run that warms it up."""
    work()
    taken = []
    for _ in range(times):
        gc.collect()
        gc.disable()
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
        gc.enable()
    return sorted(taken)[times // 2]


def compiling(rows: int) -> None:
    """Print what compiling A and reading it again cost for a fleet of coded columns."""
    fleet = Fleet.of(rows)
    inventory = fleet.inventory()
    resolution = ghg.resolve(ghg.keys_of(inventory, METHODOLOGY), CATALOGUE.providers, METHODOLOGY)
    plans = plans_of(inventory.profiles, resolution)
    footprint = ghg.assess(inventory, METHODOLOGY, CATALOGUE)
    by_hand, exact = float(reference.footprint(fleet).sum()), float(footprint.exact_total())
    assert abs(by_hand - exact) <= 1e-9 * exact, (by_hand, exact)
    yardstick = seconds(lambda: reference.footprint(fleet))
    compiled = seconds(lambda: ghg.post(inventory, resolution, plans))
    planned = seconds(lambda: plans_of(inventory.profiles, resolution), 3)
    evaluation = Evaluation(footprint)
    electricity = next(name for name in footprint.sheet.coefficients if name.endswith("#FR"))
    again = seconds(lambda: evaluation.total({electricity: 0.03}))
    print(
        f"{rows:>10,}  {len(inventory.profiles):>8,}  {compiled / yardstick:>10.2f}  {again * 1000:>9.3f} ms"
        f"  {again / yardstick:>8.4f}  {planned / len(inventory.profiles) * 1e6:>9.1f} us"
    )


def from_records(rows: int) -> None:
    """Print the cost of a run from typed records, as a ratio to building those records."""
    plain = Fleet.of(rows).plain()
    built = seconds(lambda: [ghg.HardwareItem(*row) for row in plain], 3)
    records = [ghg.HardwareItem(*row) for row in plain]
    run = seconds(lambda: ghg.assess(ghg.Inventory.of(records), METHODOLOGY, CATALOGUE).exact_total(), 3)
    print(f"{rows:>10,}  {run / built:>10.2f}")


def starting() -> None:
    """Print the time to the help of the command, as a ratio to a Python that does nothing."""
    command = Path(sysconfig.get_path("scripts")) / "ghg-numerique"
    nothing = least([sys.executable, "-c", "pass"])
    print(f"  --help               {least([str(command), '--help']) / nothing:>6.2f}")
    print(f"  import ghg_numerique {least([sys.executable, '-c', 'import ghg_numerique']) / nothing:>6.2f}")


def least(command: list[str]) -> float:
    """Return the least time of a command: what it costs when the machine does nothing else."""
    taken = []
    for _ in range(25):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, env=dict(os.environ))
        taken.append(time.perf_counter() - start)
    return min(taken)


def questions_to_pint(rows: int) -> int:
    """Return how many distinct questions about units a whole assessment asks."""
    units.close.cache_clear()
    units.factor.cache_clear()
    ghg.assess(Fleet.of(rows).inventory(), METHODOLOGY, CATALOGUE)
    return units.close.cache_info().misses + units.factor.cache_info().misses


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=float, default=1e7, help="rows of the largest fleet")
    largest = int(parser.parse_args().rows)
    print("compiling A: ratio to numpy by hand; another factor: milliseconds, and ratio to numpy by hand")
    print(f"{'rows':>10}  {'profiles':>8}  {'compile A':>10}  {'re-evaluate':>12}  {'ratio':>8}  {'per profile':>12}")
    for rows in (10**4, 10**5, 10**6, 10**7):
        if rows <= largest:
            compiling(rows)
    print("\na run from typed records: ratio to building the records")
    for rows in (10**5, 10**6):
        if rows <= largest:
            from_records(rows)
    print("\nstarting: ratio to python -c pass")
    starting()
    print("\nquestions to pint in a whole assessment")
    for rows in (10**4, 10**6):
        if rows <= largest:
            print(f"{rows:>10,}  {questions_to_pint(rows)}")


if __name__ == "__main__":
    main()
