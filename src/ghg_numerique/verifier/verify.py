"""Recomputes a result of ghg_numerique from its file alone: `python verify.py RESULT [--lang en]`.

This file imports the standard library and nothing else, shares no code with the program that wrote the result, and can
be read in one sitting. It checks that the file is what was sealed (its root), and that units, totals, breakdowns and
balances are what activity and factors in the file give, in exact fractions; not that activity or factors are right.

Exit codes: 0 everything holds; 1 something does not, each on a line; 2 the command was not understood.
"""

import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import prod
from pathlib import Path
from typing import Any

SCHEMA = "ghg-numerique-result/1"
GUARDS = ("row_balance", "activity_balance", "dimension_balance", "rollup_balance", "provenance")
FATES = ("counted", "detailed", "excluded", "unresolved", "quarantined")
KINDS = {"use": "use", "cradle_to_gate": "services"}
NOT_SPENT = ("revenue", "internal_transfer", "counterpart", "unrealised", "subtotal")
ENDED = ("quarantined", "detailed", "no_route", "left_before", "enters_after", "other_year", "boundary", *NOT_SPENT)
"""Fates and reasons of rows that ended before any kind of emissions was asked of them."""

Record = dict[str, Any]
Law = tuple[str, str, Any, Any]
"""A code, where in the file, what the file says, and what it must say."""

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
        ({}, {"1": "1"}),
        ({"sheet": 1}, {"sheet feuille": "1"}),
    )
    for names, size in sizes.items()
    for name in names.split()
}
"""The closed list of units: the size of each in the plain unit of what it measures. W is Wh per hour."""

SENTENCES = {
    "ok": ("tout est recalculé à l'identique.\nRacine {}\nTotal {} kgCO2eq",
           "everything is recomputed to the digit.\nRoot {}\nTotal {} kgCO2eq"),
    "says": ("le fichier dit {} ; trouvé {}", "the file says {}; found {}"),
    "json": ("ni exact ni canonique, ou dit deux fois", "neither exact nor canonical, or told twice"),
    "shape": ("la forme n'est pas celle d'un résultat", "not the shape of a result"),
    "schema": ("schéma inconnu", "unknown schema"),
    "root": ("la racine n'est pas celle du contenu", "the root is not that of the content"),
    "fingerprint": ("l'empreinte n'est pas celle de la méthodologie", "the fingerprint is not that of the methodology"),
    "unit": ("la chaîne ne mène pas de l'activité aux kgCO2eq", "the chain does not lead from activity to kgCO2eq"),
    "source": ("un identifiant ou une source manque, ou est en trop", "an identifier or a source is missing or idle"),
    "sum": ("la somme n'est pas celle de ses parties", "the sum is not that of its parts"),
    "words": ("la cellule, la chaîne et ses facteurs se contredisent", "cell, chain and factors contradict each other"),
    "activity": ("l'activité de A n'est pas celle que les bilans comptent", "A does not hold what the balances count"),
    "guard": ("les contrôles inscrits ne sont pas ceux du programme", "the checks on record are not the program's"),
}  # fmt: skip
"""What is said, in French and in English."""


def verify(content: bytes) -> list[Law]:
    """Return every fault of a result file; none where all of it holds. Floats and keys that stand twice are refused."""
    try:
        record = json.loads(content.decode(), object_pairs_hook=once, parse_float=refused, parse_constant=refused)
        laws = [("json", "file", content, canonical(record)), *(law for check in CHECKS for law in check(record))]
        return [fault for law in laws for fault in faults(*law)]
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError, ZeroDivisionError) as error:
        return [("json" if isinstance(error, (ValueError, RecursionError)) else "shape", "file", "", repr(error))]


def faults(code: str, place: str, told: Any, found: Any) -> Iterator[Law]:
    """Return where what is told is not what was found; an amount that is not told is told as zero."""
    if isinstance(told, dict):
        for key in sorted({*told, *found}, key=str):
            yield from faults(code, f"{place}[{key}]", told.get(key, 0), found.get(key, 0))
    elif told != found:
        yield (code, place, "", "") if isinstance(told, bytes) else (code, place, str(told), str(found))


def once(pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
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
        refused(repr(text))
    return Fraction(text)


def measured(unit: str) -> tuple[Fraction, Counter[str]]:
    """Return the size and the dimensions of a unit such as `kWh/item/year`; `.` multiplies and `/` divides."""
    size, powers = Fraction(1), Counter[str]()
    for sign, name in re.findall(r"(^|[./])\s*([^./]+)", unit.replace("·", ".")):
        each, dimensions = UNITS[name.strip()]
        size *= each ** (-1 if sign == "/" else 1)
        for dimension, power in dimensions.items():
            powers[dimension] += -power if sign == "/" else power
    return size, powers


def seal(record: Record) -> Iterator[Law]:
    """The schema is the one that this file knows, the root is SHA-256 of all the rest, every check is on record."""
    rest = {key: value for key, value in record.items() if key != "root"}
    text = json.dumps(record["methodology"], sort_keys=True, ensure_ascii=False).encode()
    yield "schema", "schema", record["schema"], SCHEMA
    yield "root", "root", record["root"], hashlib.sha256(canonical(rest)).hexdigest()
    yield "fingerprint", "methodology", record["manifest"]["methodology"], hashlib.sha256(text).hexdigest()
    yield "guard", "manifest.guards", sorted(record["manifest"]["guards"]), sorted(GUARDS)


def sources(record: Record) -> Iterator[Law]:
    """Every coefficient has an identifier and a source; the manifest lists the tables of those that A uses."""
    links, sources = record["coefficients"], record["sources"]
    named = [link["id"] and (link["role"] == "share" or sources[link["source"]]["id"]) for link in links]
    yield "source", "coefficients", all(named), True  # the share of an order is worked out, not published
    used = {links[link]["source"] for entry in record["matrix"] for link in record["chains"][entry["chain"]]["links"]}
    tables = [place for place, source in enumerate(sources) if place in used and source["sha256"]]
    yield "source", "manifest.sources", sorted(record["manifest"]["sources"]), tables
    yield "source", "sources", [*range(len(sources))], sorted({link["source"] for link in links})


def chains(record: Record) -> Iterator[Law]:
    """Every chain leads from its unit of activity to kgCO2eq, and bears the words of its factors and of its cells."""
    for place, chain in enumerate(record["chains"]):
        links = [record["coefficients"][link] for link in chain["links"]]
        size, powers = measured(".".join([chain["key"]["unit"], *(link["unit"] for link in links)]))
        told = (exact(chain["scale"]), {"co2eq": 1})
        yield "unit", f"chains[{place}]", told, (size, {name: power for name, power in powers.items() if power})
        asked = {factor["role"] for factor in chain["key"]["factors"]} | ({"share"} if chain["key"]["order"] else set())
        found = {link["role"] for link in links} - ({"price"} - asked)  # a year of prices is nowhere asked for
        yield "words", f"chains[{place}].links", asked, found
        yield "words", f"chains[{place}].stages", {*chain["stages"]}, {one for link in links for one in link["stages"]}
    for place, entry in enumerate(record["matrix"]):
        chain, cell = record["chains"][entry["chain"]], dict(zip(record["methodology"]["cells"], entry["cell"]))
        words = {"route": chain["key"]["route"], "stage": "+".join(chain["stages"]), "data_kind": chain["data_kind"]}
        yield "words", f"matrix[{place}].cell", cell, {name: words.get(name, cell[name]) for name in cell}


def products(record: Record) -> Iterator[tuple[tuple[str, ...], Fraction]]:
    """Return the entries of A times f, kgCO2eq per unit of activity: the scale of the chain times every coefficient."""
    values, chosen, names = [], record["chosen"], [source["id"] for source in record["sources"]]
    for chain in record["chains"]:
        links = [record["coefficients"][place] for place in chain["links"]]
        each = [exact(chosen.get(f"{names[link['source']]}#{link['id']}", link["value"])) for link in links]
        values.append(exact(chain["scale"]) * prod(each) / 10**6)
    entries = [((*one["cell"], one["chain"]), int(one["millionths"])) for one in record["matrix"]]
    return ((entry[:-1], millionths * values[entry[-1]]) for entry, millionths in once(entries).items())


def totals(record: Record) -> Iterator[Law]:
    """A times f gives every cell; cells give the total, its shares, every dimension, and every roll-up."""
    told, names, cells = record["totals"], record["methodology"]["cells"], summed(products(record))
    total = sum(cells.values(), Fraction(0))
    yield "sum", "totals.cells", once([((*one["cell"],), exact(one["kgCO2eq"])) for one in told["cells"]]), cells
    yield "sum", "totals.kgCO2eq", exact(told["kgCO2eq"]), total
    yield "sum", "totals.shares", told["shares"], record["reference"] and shares(record["reference"], total / 1000)
    by = {name: summed((cell[place], one) for cell, one in cells.items()) for place, name in enumerate(names)}
    yield "sum", "totals", {name: named(groups) for name, groups in told["dimensions"].items()}, by
    rollups = [(one["name"], {part: named(one[part]) for part in ("groups", "left_out")}) for one in told["rollups"]]
    found = {name: rolled(groups, by["domain"]) for name, groups in record["methodology"]["rollups"].items()}
    yield "sum", "totals.rollups", once(rollups), found


def shares(reference: Record, tonnes: Fraction) -> Record:
    """Return the shares of the whole inventory of emissions, with and without post 1.5; None where it is not given."""
    whole, part = reference["total"], reference["post_1_5"]
    over = {"total": exact(whole), "without_post_1_5": exact(whole) - exact(whole if part is None else part)}
    return {name: str(tonnes / amount) if amount > 0 else None for name, amount in over.items()}


def rolled(groups: Record, domains: dict[str, Fraction]) -> Record:
    """Return a roll-up: every domain once, in one of its groups, or in what it leaves out."""
    placed = {domain for members in groups.values() for domain in members}
    sums = {group: sum(domains.get(one, 0) for one in {*members}) for group, members in groups.items()}
    return {"groups": sums, "left_out": {one: domains[one] for one in domains if one not in placed}}


def balances(record: Record) -> Iterator[Law]:
    """The rows and amounts of all files are those of the balance of rows; every euro spent is in one column."""
    rows, money = tallies(record, "rows", "activity"), record["balances"]["money"]
    files = tallies(record, "files", "file", "activity").items()
    yield "sum", "balances.rows", rows, summed((line[1:], amount) for line, amount in files)
    fated = summed((line[0], amount) for line, amount in files if line[0] and line[-1] == "rows")
    yield "sum", "manifest.inputs", summed((one["name"], one["rows"]) for one in record["manifest"]["inputs"]), fated
    spent = [line for line in rows if line[0] == "spending" and line[2] not in NOT_SPENT and line[3] != "rows"]
    columns = [({"counted": "monetary"}.get(line[1], line[1]), line) for line in spent]
    found = summed(((name, line[3]), rows[line]) for name, line in [*(("spent", line) for line in spent), *columns])
    told = {(name, unit): exact(amount) for name, amounts in money.items() for unit, amount in amounts.items()}
    yield "sum", "balances.money", told, found


def kinds(record: Record) -> Iterator[Law]:
    """Each kind of emissions is asked of all lines of money, and of no more items than there are; gaps are findings."""
    rows, lines, method = tallies(record, "rows", "activity"), tallies(record, "kinds", "kind"), record["methodology"]
    asked = summed((line[3], amount) for line, amount in rows.items() if not {line[1], line[2]} & {*ENDED})
    held = summed(((line[0], line[3]), amount) for line, amount in lines.items())
    routes = [(one["activity"], one["stage"]) for one in method["routes"] if one["stage"] in method["stages"]]
    ways = {KINDS.get(stage, "embodied") for activity, stage in routes if activity == "spending"}
    euros = {(kind, unit): asked[unit] for kind in ways for unit in [*asked] if unit.startswith("EUR")}
    yield "sum", "balances.kinds", {key: held[key] for key in held if key[1].startswith("EUR")}, euros
    yield "sum", "balances.kinds[kgCO2eq]", sum(held[key] for key in held if key[1] == "kgCO2eq"), asked["kgCO2eq"]
    for (kind, unit), amount in held.items():
        most = asked[unit] if unit in ("item", "rows") else amount
        yield "sum", f"balances.kinds[{kind}, {unit}]", amount, min(max(amount, 0), most)
    findings = [(one["code"][4:], dict(one["facts"])) for one in record["findings"] if one["code"].startswith("gap-")]
    gaps = summed(((facts["kind"], reason), int(facts["rows"])) for reason, facts in findings)
    unresolved = {(line[0], line[2]): one for line, one in lines.items() if line[1::2] == ("unresolved", "rows")}
    yield "sum", "findings", gaps, unresolved


def activity(record: Record) -> Iterator[Law]:
    """What A holds of each kind is what the balance of it counts; item-days are no more than the year has of them."""
    place, lines = record["methodology"]["cells"].index("kind"), tallies(record, "kinds", "kind").items()
    counted = {(line[0], line[3]): one for line, one in lines if line[1] == "counted" and line[3] != "rows"}
    held: dict[tuple[str, str], Any] = defaultdict(Fraction)
    for entry in record["matrix"]:
        chain, amount = record["chains"][entry["chain"]], Fraction(int(entry["millionths"]), 10**6)
        if chain["key"]["order"]:  # a line of an order whose items detail a part: the chain begins with the rest
            amount *= exact(record["coefficients"][chain["links"][0]]["value"])
        held[entry["cell"][place], chain["key"]["unit"]] += amount
    for kind, unit in [key for key in held if key[1].endswith(".day")]:
        days, items = held.pop((kind, unit)), counted.pop((kind, unit.removesuffix(".day")), 0)
        most = 366 * items if unit == "item.day" else days
        yield "activity", f"matrix[{kind}, {unit}]", days, min(max(days, 0), most)
    yield "activity", "balances.kinds", counted, held


def tallies(record: Record, table: str, *parts: str) -> dict[tuple[str, ...], Any]:
    """Return a table of the balances, by the parts of its lines and by unit; how many rows there are is in `rows`."""
    found = []
    for line in record["balances"][table]:
        if line["fate"] not in FATES or line["rows"] < 0 or "rows" in line["amounts"]:
            refused(f"balances.{table}: {line}")
        key = (*(line[part] for part in parts), line["fate"], line["reason"])
        amounts = {unit: exact(amount) for unit, amount in line["amounts"].items()}
        found += [((*key, unit), amount) for unit, amount in {"rows": line["rows"], **amounts}.items()]
    return once(found)


def named(groups: list[Record]) -> dict[str, Fraction]:
    """Return groups by their names."""
    return once([(group["name"], exact(group["kgCO2eq"])) for group in groups])


def summed(parts: Iterable[tuple[Any, Any]]) -> defaultdict[Any, Any]:
    """Return the sum of the amounts of each key."""
    found: defaultdict[Any, Any] = defaultdict(int)
    for key, amount in parts:
        found[key] += amount
    return found


CHECKS = (seal, sources, chains, totals, balances, kinds, activity)
"""The first tells whether the file is what was sealed; the others hold of any result, whoever sealed it."""


def main(arguments: list[str]) -> int:
    """Verify the file that is named, and say what was found."""
    names = [each for each in arguments if each not in ("--lang", "fr", "en")]
    if len(names) != 1 or not Path(names[0]).is_file():
        print(__doc__, file=sys.stderr)
        return 2
    content, say = Path(names[0]).read_bytes(), {code: said["en" in arguments] for code, said in SENTENCES.items()}
    found = verify(content)
    for code, place, told, seen in found:
        print(f"- {place}: {say[code]} ({say['says'].format(told or '-', seen or '-')})")
    if not found:
        record = json.loads(content)
        print(f"{names[0]}: {say['ok'].format(record['root'], record['totals']['kgCO2eq'])}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
