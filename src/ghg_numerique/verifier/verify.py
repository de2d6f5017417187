"""Recomputes a result of ghg_numerique from its file alone: `python verify.py RESULT [--lang en]`.

This file imports the standard library and nothing else, shares no code with the program that wrote the result, and can
be read in one sitting. It checks that the file is what was sealed (its root), that every chain of factors leads from a
unit of activity to kgCO2eq, and that every total, breakdown and balance is what the activity and the factors in the
file give, in exact fractions. It does not say that the activity or the factors are right.

Exit codes: 0 everything holds; 1 something does not, each on a line; 2 the command was not understood.
"""

import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

SCHEMA = "ghg-numerique-result/1"
FATES = ("counted", "detailed", "excluded", "unresolved", "quarantined")
Record = dict[str, Any]
Fault = tuple[str, str, str, str]
"""A code, where in the file, what the file says, and what was found."""

UNITS: dict[str, tuple[Fraction, dict[str, int]]] = {
    name: (Fraction(size), dimension)
    for dimension, sizes in (
        ({"co2eq": 1}, {"kgCO2eq kgCO2e": "1", "gCO2eq gCO2e": "1/1000", "tCO2eq tCO2e": "1000"}),
        ({"item": 1}, {"item items unit unite appareil equipement": "1"}),
        ({"year": 1}, {"year an annee": "1"}),
        ({"time": 1}, {"day days jour j": "1", "hour h heure": "1/24"}),
        ({"energy": 1}, {"Wh": "1", "kWh": "1000", "MWh": "1000000", "GWh": "1000000000"}),
        ({"energy": 1, "time": -1}, {"W": "24", "kW": "24000"}),
        ({"money_ht": 1}, {"EUR_HT": "1", "kEUR_HT": "1000", "MEUR_HT": "1000000"}),
        ({"money_ttc": 1}, {"EUR_TTC": "1", "kEUR_TTC": "1000", "MEUR_TTC": "1000000"}),
        ({"mass": 1}, {"g": "1/1000", "kg": "1", "t tonne": "1000"}),
        ({"data": 1}, {"octet": "1", "ko": "1000", "Mo": "1000000", "Go": "1000000000", "To": "1000000000000"}),
        ({"share": 1}, {"percent": "1"}),
        ({"sheet": 1}, {"sheet feuille": "1"}),
    )
    for names, size in sizes.items()
    for name in names.split()
}
"""The closed list of units: the size of each in the plain unit of what it measures. W is Wh per hour."""

SENTENCES = {
    "ok": ("{path} : tout est recalculé à l'identique.\nRacine {root}\nTotal {total} kgCO2eq",
           "{path}: everything is recomputed to the digit.\nRoot {root}\nTotal {total} kgCO2eq"),
    "bad": ("{path} : {count} écart(s).", "{path}: {count} difference(s)."),
    "fault": ("- {place} : {what} (le fichier dit {told} ; trouvé {found})",
              "- {place}: {what} (the file says {told}; found {found})"),
    "json": ("ce n'est pas du JSON canonique", "not canonical JSON"),
    "shape": ("la forme n'est pas celle d'un résultat", "not the shape of a result"),
    "schema": ("schéma inconnu", "unknown schema"),
    "root": ("la racine n'est pas celle du contenu", "the root is not that of the content"),
    "fingerprint": ("l'empreinte de la méthodologie n'est pas celle de ses choix",
                    "the fingerprint of the methodology is not that of its choices"),
    "unit": ("la chaîne ne mène pas de l'activité aux kgCO2eq", "the chain does not lead from activity to kgCO2eq"),
    "source": ("le facteur n'a pas d'identifiant ou de source", "the factor has no identifier or no source"),
    "sum": ("la somme n'est pas celle de ses parties", "the sum is not that of its parts"),
    "fate": ("sort inconnu, ou nombre de lignes négatif", "unknown fate, or a negative number of rows"),
    "activity": ("l'activité de A n'est pas celle que les bilans comptent", "A does not hold what the balances count"),
    "guard": ("aucun contrôle n'est inscrit", "no check is on record"),
}  # fmt: skip
"""What is said, in French and in English."""


def verify(content: bytes) -> list[Fault]:
    """Return every fault of a result file; none where all of it holds."""
    try:
        record = parsed(content)
        found = [fault for check in CHECKS for fault in check(record)]
        return found if canonical(record) == content else [("json", "file", "", ""), *found]
    except (ValueError, RecursionError) as error:
        return [("json", "file", "", str(error))]
    except (KeyError, IndexError, TypeError, AttributeError, ZeroDivisionError) as error:
        return [("shape", "file", "", repr(error))]


def parsed(content: bytes) -> Record:
    """Return the record of a file; floats, NaN and a key that is said twice are refused."""
    record = json.loads(content.decode(), object_pairs_hook=once, parse_float=refused, parse_constant=refused)
    if not isinstance(record, dict):
        raise TypeError(record)
    return record


def once(pairs: list[tuple[str, Any]]) -> Record:
    """Return the object of pairs in which no key stands twice."""
    return dict(pairs) if len(dict(pairs)) == len(pairs) else refused(str(pairs))


def refused(text: str) -> Any:
    """Refuse what is not exact."""
    raise ValueError(text)


def canonical(record: Record) -> bytes:
    """Return the bytes that a record must be: keys sorted, one value a line; halves of characters are escaped."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True)
    return (re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", text) + "\n").encode()


def exact(text: str) -> Fraction:
    """Return a number that is written exactly: `12.5` or `1/366`."""
    if not isinstance(text, str) or not re.fullmatch(r"-?[0-9]+(\.[0-9]+|/[1-9][0-9]*)?", text, re.ASCII):
        raise ValueError(f"{text!r}")
    return Fraction(text)


def measured(unit: str) -> tuple[Fraction, Counter[str]]:
    """Return the size and the dimensions of a unit such as `kWh/item/year`; `.` multiplies and `/` divides."""
    size, powers, sign = Fraction(1), Counter[str](), 1
    for part in re.split("([./])", unit.replace("·", ".")):
        name = part.strip()
        if name in (".", "/"):
            sign = 1 if name == "." else -1
        elif name != "1":
            each, dimensions = UNITS[name]
            size *= each**sign
            for dimension, power in dimensions.items():
                powers[dimension] += sign * power
    return size, powers


def schema(record: Record) -> Iterator[Fault]:
    """The schema is the one that this file knows."""
    if record["schema"] != SCHEMA:
        yield "schema", "schema", record["schema"], SCHEMA


def root(record: Record) -> Iterator[Fault]:
    """The root is SHA-256 of all the rest."""
    rest = {key: value for key, value in record.items() if key != "root"}
    if (found := hashlib.sha256(canonical(rest)).hexdigest()) != record["root"]:
        yield "root", "root", record["root"], found


def fingerprint(record: Record) -> Iterator[Fault]:
    """The methodology is the one whose fingerprint the result names."""
    text = json.dumps(record["methodology"], sort_keys=True, ensure_ascii=False)
    told, found = record["manifest"]["methodology"], hashlib.sha256(text.encode()).hexdigest()
    if told and told != found:
        yield "fingerprint", "manifest.methodology", told, found


def guards(record: Record) -> Iterator[Fault]:
    """The result says which checks of the program it has passed."""
    if not record["manifest"]["guards"]:
        yield "guard", "manifest.guards", "[]", ""


def sources(record: Record) -> Iterator[Fault]:
    """Every coefficient has an identifier, a source and an exact value; the share of an order is worked out here."""
    for place, link in enumerate(record["coefficients"]):
        source = record["sources"][link["source"]]
        if not link["id"] or not (source["id"] or link["role"] == "share"):
            yield "source", f"coefficients[{place}]", link["id"], source["id"]
        exact(link["value"])


def values(record: Record) -> Iterator[Fault]:
    """Every chain leads from its unit of activity to kgCO2eq, by the scale that the result states."""
    for place, chain in enumerate(record["chains"]):
        size, powers = measured(chain["key"]["unit"])
        for link in chain["links"]:
            each, dimensions = measured(record["coefficients"][link]["unit"])
            size *= each
            powers.update(dimensions)
        left = {name: power for name, power in powers.items() if power}
        if left != {"co2eq": 1} or size != exact(chain["scale"]):
            yield "unit", f"chains[{place}]", chain["scale"], f"{size} {left}"


def chain_value(record: Record, chain: Record) -> Fraction:
    """Return kgCO2eq per unit of activity: the scale times every coefficient."""
    product = exact(chain["scale"])
    for place in chain["links"]:
        link = record["coefficients"][place]
        source = record["sources"][link["source"]]["id"]
        product *= exact(record["chosen"].get(f"{source}#{link['id']}", link["value"]))
    return product


def totals(record: Record) -> Iterator[Fault]:
    """A times f gives every cell; cells give the total, every dimension and every roll-up with what it leaves out."""
    per_unit = [chain_value(record, chain) for chain in record["chains"]]
    cells: defaultdict[tuple[str, ...], Fraction] = defaultdict(Fraction)
    for entry in record["matrix"]:
        cells[tuple(entry["cell"])] += Fraction(int(entry["millionths"]), 10**6) * per_unit[entry["chain"]]
    told = {tuple(one["cell"]): exact(one["kgCO2eq"]) for one in record["totals"]["cells"]}
    yield from differing("totals.cells", told, cells)
    yield from differing(
        "totals", {"kgCO2eq": exact(record["totals"]["kgCO2eq"])}, {"kgCO2eq": sum(cells.values(), Fraction(0))}
    )
    for place, name in enumerate(record["methodology"]["cells"]):
        found: defaultdict[str, Fraction] = defaultdict(Fraction)
        for cell, amount in cells.items():
            found[cell[place]] += amount
        yield from differing(f"totals.{name}", named(record["totals"]["dimensions"][name]), found)
        if name == "domain":
            yield from rolled(record, found)


def rolled(record: Record, domains: dict[str, Fraction]) -> Iterator[Fault]:
    """Every roll-up holds each domain once: in one of its groups, or in what it leaves out."""
    for told in record["totals"]["rollups"]:
        groups: dict[str, list[str]] = record["methodology"]["rollups"][told["name"]]
        placed = {domain for members in groups.values() for domain in members}
        sums = {group: sum((domains[one] for one in set(members)), Fraction(0)) for group, members in groups.items()}
        yield from differing(f"totals.{told['name']}", named(told["groups"]), sums)
        left = {domain: amount for domain, amount in domains.items() if domain not in placed}
        yield from differing(f"totals.{told['name']}.left_out", named(told["left_out"]), left)


def balances(record: Record) -> Iterator[Fault]:
    """Every row has a known fate, no fewer rows than the files hold, and every euro spent is in one column."""
    rows = record["balances"]["rows"]
    for place, line in enumerate([*rows, *record["balances"]["kinds"]]):
        if line["fate"] not in FATES or line["rows"] < 0:
            yield "fate", f"balances[{place}]", line["fate"], str(line["rows"])
    read, fated = sum(each["rows"] for each in record["manifest"]["inputs"]), sum(line["rows"] for line in rows)
    if read > fated:
        yield "sum", "balances.rows", str(fated), str(read)
    not_spent = ("revenue", "internal_transfer", "counterpart", "unrealised", "subtotal")
    found: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for line in rows:
        if line["activity"] == "spending" and line["reason"] not in not_spent:
            for unit, amount in line["amounts"].items():
                found["spent", unit] += exact(amount)
                found["monetary" if line["fate"] == "counted" else line["fate"], unit] += exact(amount)
    told = {
        (name, unit): exact(amount)
        for name, amounts in record["balances"]["money"].items()
        for unit, amount in amounts.items()
    }
    yield from differing("balances.money", told, found)


def activity(record: Record) -> Iterator[Fault]:
    """What A holds of each kind, in whole items or euros, is what the balance of that kind counts."""
    place = record["methodology"]["cells"].index("kind")
    held: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for entry in record["matrix"]:
        chain = record["chains"][entry["chain"]]
        amount = Fraction(int(entry["millionths"]), 10**6)
        if chain["key"]["order"]:  # a line of an order whose items detail a part: the chain begins with the rest
            amount *= exact(record["coefficients"][chain["links"][0]]["value"])
        held[entry["cell"][place], chain["key"]["unit"]] += amount
    counted: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for line in record["balances"]["kinds"]:
        for unit, amount in line["amounts"].items() if line["fate"] == "counted" else ():
            counted[line["kind"], unit] += exact(amount)
    by_day = {(kind, unit.removesuffix(".day")) for kind, unit in held if unit.endswith(".day")}
    whole = {key: amount for key, amount in held.items() if not key[1].endswith(".day")}
    told = {key: amount for key, amount in counted.items() if key not in by_day}
    for _, where, said, found in differing("balances.kinds", told, whole):
        yield "activity", where, said, found


def named(groups: list[Record]) -> dict[str, Fraction]:
    """Return groups by their names."""
    return {group["name"]: exact(group["kgCO2eq"]) for group in groups}


def differing(place: str, told: dict[Any, Any], found: dict[Any, Any]) -> Iterator[Fault]:
    """Return where what is told is not what was found; what is not told is told as zero."""
    for key in sorted({*told, *found}, key=str):
        if told.get(key, 0) != found.get(key, 0):
            yield "sum", f"{place}[{key}]", str(told.get(key, 0)), str(found.get(key, 0))


CHECKS: tuple[Callable[[Record], Iterator[Fault]], ...] = (
    schema, root, fingerprint, guards, sources, values, totals, balances, activity,
)  # fmt: skip
"""The first two tell whether the file is what was sealed; the others hold of any result, whoever sealed it."""


def main(arguments: list[str]) -> int:
    """Verify the file that is named, and say what was found."""
    language = int("en" in arguments)
    names = [each for each in arguments if each not in ("--lang", "fr", "en")]
    if len(names) != 1 or not Path(names[0]).is_file():
        print(__doc__, file=sys.stderr)
        return 2
    content, words = Path(names[0]).read_bytes(), {code: said[language] for code, said in SENTENCES.items()}
    if not (found := verify(content)):
        record = parsed(content)
        print(words["ok"].format(path=names[0], root=record["root"], total=record["totals"]["kgCO2eq"]))
        return 0
    print(words["bad"].format(path=names[0], count=len(found)))
    for code, place, told, seen in found:
        print(words["fault"].format(place=place, what=words[code], told=told or "-", found=seen or "-"))
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
