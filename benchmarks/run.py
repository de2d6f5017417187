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
from itertools import islice, product
from pathlib import Path
from statistics import median
from types import FrameType

import reference
from fleet import CATALOGUE, METHODOLOGY, Fleet

import ghg_numerique as ghg
from ghg_numerique import units
from ghg_numerique.algebra.evaluation import Evaluation
from ghg_numerique.engine.checks import CHECKS
from ghg_numerique.engine.plan import plans_of


def seconds(work: Callable[[], object], times: int = 7) -> float:
    """Return the median processor time of a piece of work, after one run that warms it up: others use the machine too."""
    work()
    taken = []
    for _ in range(times):
        gc.collect()
        gc.disable()
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
        gc.enable()
    return median(taken)


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
    alone = seconds(lambda: ghg.post(inventory, resolution), 5)
    planned = seconds(lambda: plans_of(inventory.profiles, resolution), 5)
    evaluation = Evaluation(footprint)
    electricity = next(name for name in footprint.sheet.coefficients if name.endswith("#FR"))
    again = seconds(lambda: evaluation.total({electricity: 0.03}))
    exactly = seconds(lambda: footprint.with_factors({electricity: "0.03"}).exact_total())
    print(
        f"{rows:>10,}  {len(inventory.profiles):>8,}  {compiled / yardstick:>10.2f}  {alone / yardstick:>10.2f}"
        f"  {again * 1000:>8.3f} ms  {exactly * 1000:>8.3f} ms  {exactly / yardstick:>8.4f}"
        f"  {planned / len(inventory.profiles) * 1e6:>8.1f} us"
    )


def from_records(rows: int) -> None:
    """Print the cost of a run from typed records, as a ratio to building those records."""
    plain = Fleet.of(rows).plain()
    built = seconds(lambda: [ghg.HardwareItem(*row) for row in plain], 5)
    records = [ghg.HardwareItem(*row) for row in plain]
    run = seconds(lambda: ghg.assess(ghg.Inventory.of(records), METHODOLOGY, CATALOGUE).exact_total(), 5)
    print(f"{rows:>10,}  {run / built:>10.2f}")


def guarding(rows: int) -> None:
    """Print what the guards cost that run after every assessment, as a part of it."""
    inventory = Fleet.of(rows).inventory()
    footprint = ghg.assess(inventory, METHODOLOGY, CATALOGUE)
    footprint.exact_total()  # which a reader asks for anyway
    whole = seconds(lambda: ghg.assess(inventory, METHODOLOGY, CATALOGUE), 5)
    guards = seconds(lambda: [list(check(inventory, footprint)) for check in CHECKS], 5)
    print(f"{rows:>10,}  {guards / whole:>10.4f}")


def forms() -> None:
    """Print what the report of the example city costs beside its assessment, and what each form of 10^5 cells costs."""
    ville = Path(__file__).parents[1] / "examples" / "ville"
    assessed = seconds(lambda: ghg.Folder.open(ville).footprint.exact_total(), 5)

    def report() -> None:
        city = ghg.Folder.open(ville)
        list(ghg.Edition(city.footprint, city.catalogue).documents())

    reported = seconds(report, 5)
    bound = 1.5 * assessed + 1
    print(
        f"  the example city: assessment {assessed:.2f} s, with its report {reported:.2f} s, {reported / bound:.2f} of the bound"
    )
    footprint, catalogue = cells(10**5), ghg.Catalogue.discover()
    footprint.exact_total()
    start = time.process_time()
    for form in catalogue.reports:
        form.render(footprint)
    print(f"  10^5 cells in {len(catalogue.reports)} forms: {time.process_time() - start:.2f} s of processor")


def cells(count: int) -> ghg.Footprint:
    """Return a footprint of so many result cells: types of equipment, each in every domain and of every kind."""
    places = product(range(count), METHODOLOGY.domains, ghg.Kind)
    key = ghg.ChainKey(route="declared", unit="kgCO2eq", factors=())
    chain = ghg.Chain(key, (), ghg.Match.EXACT, ghg.DataKind.DECLARED, frozenset())
    entries = (
        (((domain, kind, "use", f"type-{place}", "declared", "declared"), key), 1_234_567 + place)
        for place, domain, kind in islice(places, count)
    )
    return ghg.Footprint(ghg.ActivityMatrix.of(entries), ghg.FactorSheet({key: chain}), METHODOLOGY, ghg.Balances())


def starting() -> None:
    """Print the time to the help of the command, as a ratio to a Python that does nothing."""
    command = Path(sysconfig.get_path("scripts")) / "ghg-numerique"
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "ghg-numerique --help": [str(command), "--help"],
        "import ghg_numerique": [sys.executable, "-c", "import ghg_numerique"],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(31):
        for name, asked in commands.items():  # in turns, so that a busy moment falls on all of them
            taken[name].append(launched(asked))
    nothing = taken.pop("python -c pass")
    for name, times in taken.items():
        print(f"  {name:<22} median {median(times) / median(nothing):>5.2f}   least {min(times) / min(nothing):>5.2f}")


def launched(command: list[str]) -> float:
    """Return the time that a command takes."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, env=dict(os.environ))
    return time.perf_counter() - start


def calls_into_pint(rows: int) -> int:
    """Return how many functions of pint a whole assessment calls, with nothing remembered from before."""
    calls = 0

    def count(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call" and f"{os.sep}pint{os.sep}" in frame.f_code.co_filename

    inventory = Fleet.of(rows).inventory()
    units.close.cache_clear()
    units.factor.cache_clear()
    sys.setprofile(count)
    try:
        ghg.assess(inventory, METHODOLOGY, CATALOGUE)
    finally:
        sys.setprofile(None)
    return calls


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=float, default=1e7, help="rows of the largest fleet")
    parser.add_argument("--quick", action="store_true", help="stop at 10^5 rows: to see that it runs, not to quote")
    asked = parser.parse_args()
    largest = 10**5 if asked.quick else int(asked.rows)
    print("compiling A, with plans at hand and without: ratio to numpy by hand; another factor, in floats and exactly")
    print(
        f"{'rows':>10}  {'profiles':>8}  {'compile A':>10}  {'plans too':>10}  {'floats':>11}  {'exact':>11}"
        f"  {'ratio':>8}  {'per profile':>11}"
    )
    for rows in (10**4, 10**5, 10**6, 10**7):
        if rows <= largest:
            compiling(rows)
    print("\na run from typed records: ratio to building the records")
    for rows in (10**5, 10**6):
        if rows <= largest:
            from_records(rows)
    print("\nguards: their part of a whole assessment")
    for rows in (10**4, 10**5, 10**6):
        if rows <= largest:
            guarding(rows)
    print("\nreports: the bound is 1.5 times the assessment and one second")
    forms()
    print("\nstarting: ratio to python -c pass")
    starting()
    print("\ncalls into pint in a whole assessment")
    calls_into_pint(10**4)  # the registry is built once, at the first question
    for rows in (10**4, 10**5, 10**6):
        if rows <= largest:
            print(f"{rows:>10,}  {calls_into_pint(rows):,}")


if __name__ == "__main__":
    main()
