"""Prints what a million lines of spending cost from a CSV to their ledger, as a ratio to reading that CSV with pyarrow.

The lines have ten columns: distinct ids, cents up to 50,000 EUR, days, four domains, 60 accounts, 6 natures, 4 sectors, 40
sites, and a purchase order on one in fifty. Each run is a process of its own, so that its peak of memory is its own.
"""

import argparse
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
from fleet import Published

import ghg_numerique as ghg

NATURES = ("software-licence", "telecom", "hosting", "cloud", "hardware", "software-maintenance")
SECTORS = ("J61", "J62", "C26", "")
DOMAINS = ("Postes", "Réseau", "Services", "Téléphonie")
ACCOUNTS = tuple(f"{root}{place}" for root in ("2183", "6156", "6262", "2051", "611", "61351") for place in range(10))
RATIOS = {nature: str(100 + 37 * place) for place, nature in enumerate(NATURES)}
CATALOGUE = ghg.Catalogue.of(Published.of(ghg.Role.MONETARY, "kgCO2eq/kEUR_HT", RATIOS, year=2024))
TEXTS = ("tax_basis", "domain", "account", "nature", "sector", "order", "site")
METHODOLOGY = ghg.Methodology.parse(
    """
title = "benchmark"
year = 2024
domains = ["Postes", "Réseau", "Services", "Téléphonie"]

[[routes]]
name = "services"
activity = "spending"
stage = "cradle_to_gate"
links = ["monetary"]
"""
)


def write(path: Path, rows: int, *, shuffled: bool, seed: int = 2024) -> None:
    """Write so many lines of spending, all of the same year; their ids grow, or come in any order."""
    random = np.random.default_rng(seed)
    names = random.permutation(rows) if shuffled else np.arange(rows)
    account, site = (len(ACCOUNTS) * random.random(rows) ** 2).astype(int), (40 * random.random(rows) ** 2).astype(int)
    cents, day = random.integers(1, 5_000_000, rows), random.integers(0, 366, rows)
    days = (np.datetime64("2024-01-01") + np.arange(366)).astype(str).tolist()
    order = random.integers(0, rows // 50 + 1, rows)
    ordered = random.random(rows) < 0.02
    with path.open("w", encoding="utf-8") as page:
        page.write("id,amount,date,tax_basis,domain,account,nature,sector,order,site\n")
        page.writelines(
            f"L{names[row]:08},{cents[row] // 100}.{cents[row] % 100:02},{days[day[row]]},HT,{DOMAINS[account[row] % 4]},"
            f"{ACCOUNTS[account[row]]},{NATURES[account[row] % 6]},{SECTORS[account[row] % 4]},"
            f"{f'BC{order[row]}' if ordered[row] else ''},site {site[row]}\n"
            for row in range(rows)
        )


def bare(path: Path) -> int:
    """Read the CSV with pyarrow, and do nothing with it: return its rows."""
    return int(pacsv.read_csv(path).num_rows)


def typed(path: Path) -> int:
    """Read the CSV with pyarrow into the columns that a ledger wants, dictionaries and exact cents: return its rows."""
    types = {name: pa.dictionary(pa.int32(), pa.string()) for name in TEXTS} | {"amount": pa.decimal128(14, 2)}
    return int(pacsv.read_csv(path, convert_options=pacsv.ConvertOptions(column_types=types)).num_rows)


def inventory(path: Path) -> ghg.Inventory:
    """Read the CSV into an inventory."""
    types = {name: pa.dictionary(pa.int32(), pa.string()) for name in TEXTS} | {"amount": pa.decimal128(14, 2)}
    table = pacsv.read_csv(path, convert_options=pacsv.ConvertOptions(column_types=types))
    return ghg.Inventory.from_table(table, "spending", name=path.name)


def ledger(path: Path) -> int:
    """Read the CSV into an inventory, assess it, and return the rows of its balances, every one with its fate."""
    footprint = ghg.assess(inventory(path), METHODOLOGY, CATALOGUE)
    return footprint.balances.total(ghg.Activity.SPENDING, ghg.Fate.COUNTED).rows


WORK = {"bare": bare, "typed": typed, "inventory": lambda path: len(inventory(path)), "ledger": ledger}


def measured(name: str, path: Path, times: int) -> None:
    """Do a piece of work so often, and print its rows, its times, and the peak of memory in megabytes."""
    taken, busy = [], []
    for _ in range(times):
        gc.collect()
        gc.disable()
        start, began = time.perf_counter(), time.process_time()
        rows = WORK[name](path)
        taken.append(time.perf_counter() - start)
        busy.append(time.process_time() - began)
        gc.enable()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"rows": rows, "seconds": taken, "processor": busy, "peak": peak}))


def launched(name: str, path: Path, times: int) -> dict[str, float]:
    """Return what a process of its own measures of a piece of work."""
    asked = [sys.executable, __file__, "--work", name, "--path", str(path), "--times", str(times)]
    printed = subprocess.run(asked, stdout=subprocess.PIPE, check=True, env=dict(os.environ)).stdout
    found = json.loads(printed)
    return found | {name: median(found[name][1:]) for name in ("seconds", "processor")}


def main() -> None:
    """Measure everything in turns, so that a busy moment falls on all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=float, default=1e6)
    parser.add_argument("--turns", type=int, default=3)
    for hidden in ("--work", "--path", "--times"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.work:
        measured(asked.work, Path(asked.path), int(asked.times))
        return
    for shuffled in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "spending.csv"
            write(path, int(asked.rows), shuffled=shuffled)
            found: dict[str, list[dict[str, float]]] = {name: [] for name in WORK}
            for _ in range(asked.turns):
                for name, turns in found.items():
                    turns.append(launched(name, path, 4))
        said = "in any order" if shuffled else "growing"
        print(f"{int(asked.rows):,} lines, ids {said}: ratios to the bare read, and the peak of memory")
        for name, turns in found.items():
            assert {turn["rows"] for turn in turns} == {int(asked.rows)}, (name, turns)
            ratio = {of: middle(turns, of) / middle(found["bare"], of) for of in ("seconds", "processor", "peak")}
            print(
                f"  {name:<10} time {ratio['seconds']:>5.2f}   processor time {ratio['processor']:>5.2f}"
                f"   memory {ratio['peak']:>5.2f} ({middle(turns, 'peak'):.0f} MB)"
            )


def middle(turns: list[dict[str, float]], of: str) -> float:
    """Return the median of what several processes measured."""
    return median(turn[of] for turn in turns)


if __name__ == "__main__":
    main()
