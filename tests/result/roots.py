"""Prints the roots of a folder: computed here, in threads, in a forked process and in a spawned one."""

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import ghg_numerique as ghg


def root_of(folder: str) -> str:
    """Return the root of the result of a folder, read and computed from the start."""
    return ghg.root(ghg.Folder.open(folder).footprint)


def main(folder: str, *ways: str) -> None:
    """Print each distinct root once: there has to be one."""
    found = {root_of(folder)}
    for way in ways:  # forked before any thread is started
        with ProcessPoolExecutor(1, multiprocessing.get_context(way)) as pool:
            found.add(pool.submit(root_of, folder).result())
    with ThreadPoolExecutor(4) as threads:
        found.update(threads.map(root_of, [folder] * 4))
    print(*sorted(found), sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
