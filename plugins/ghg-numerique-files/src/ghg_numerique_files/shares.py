"""Virtual equipment and applications of NumEcoEval: ways to share out what equipment causes, never equipment."""

from typing import Final

import attrs

from ghg_numerique.plugin import Document, Finding, Inventory, Origin, Severity, Share
from ghg_numerique_files.bearers import Bearers
from ghg_numerique_files.claims import Claim, by_bearer, by_rule, equally, untold_of
from ghg_numerique_files.columns import Column, Columns
from ghg_numerique_files.reading import rows_read
from ghg_numerique_files.record import Record
from ghg_numerique_files.refusal import Refusal
from ghg_numerique_files.sheet import read_sheet

VIRTUAL: Final[Columns] = (
    Column("id", ("nomEquipementVirtuel",), required=True),
    Column("bearer", ("nomEquipementPhysique",), required=True),
    Column("infrastructure", ("typeInfrastructure",)),
    Column("share", ("cleRepartition",), number=True),
    Column("cores", ("vCPU",), number=True),
    Column("storage", ("capaciteStockage",), number=True),
    Column("energy", ("consoElecAnnuelle", "consoElecAn"), number=True),
    Column("quantity", ("quantite",), number=True),
    Column("load", ("chargeMoy",), number=True),
    Column("hours", ("dureeUtilisationAnnuelle",), number=True),
    Column("kind", ("typeEqv",)),
    Column("cluster", ("cluster",), unread=True),
    Column("place", ("location",), unread=True),
    Column("provider", ("provider",), unread=True),
    Column("instance", ("typeInstance",), unread=True),
    Column("entity", ("nomEntite",), unread=True),
    Column("data_source", ("nomSourceDonnee",), unread=True),
    Column("bearer_source", ("nomSourceDonneeEquipementPhysique",), unread=True),
)
APPLICATIONS: Final[Columns] = (
    Column("id", ("nomApplication",), required=True),
    Column("environment", ("typeEnvironnement",), required=True),
    Column("bearer", ("nomEquipementVirtuel",), required=True),
    Column("domain", ("domaine",), unread=True),
    Column("subdomain", ("sousDomaine",), unread=True),
    Column("equipment", ("nomEquipementPhysique",), unread=True),
    Column("cloud", ("associeAvecUnEquipmentCloud",), unread=True),
    Column("entity", ("nomEntite",), unread=True),
    Column("data_source", ("nomSourceDonnee",), unread=True),
    Column("bearer_source", ("nomSourceDonneeEquipementVirtuel",), unread=True),
)
INFRASTRUCTURES: Final = {"non_cloud_servers": "house", "cloud_services": "cloud"}
"""The two words of G4IT, folded: machines on equipment of the inventory, and machines on nobody's."""

_MEASURES: Final = ("share", "cores", "storage", "energy", "quantity", "load", "hours")
_KEY: Final = ("id", "environment", "bearer")
"""What names an application: one line for each environment and each virtual machine that it runs on."""


def read_shares(document: Document, equipment: Bearers) -> Inventory:
    """Return what is found in the companions `virtual` and `applications`: parts, findings, rows set aside for no amount.

    An application rests on virtual equipment, which rests on one physical equipment. All faults are said at once.
    """
    virtual, applications = (document.companions.get(name) for name in ("virtual", "applications"))
    found, machines = (Inventory.empty(), None) if virtual is None else _linked(virtual, VIRTUAL, ("id",), equipment)
    if applications is None:
        return found
    others, _ = _linked(applications, APPLICATIONS, _KEY, machines)
    if virtual is None:
        lacks = Finding.of("companion-missing", Severity.ERROR, Origin(applications.name), "virtual")
        others = others.with_findings([lacks])
    return found + others


def _linked(
    document: Document, columns: Columns, key: tuple[str, ...], bearers: Bearers | None
) -> tuple[Inventory, Bearers | None]:
    """Return what is wrong with the rows of a document, and those rows for others to rest on, if it has any.

    Without bearers, whose own file cannot be read, references are not looked at.
    """
    try:
        sheet = read_sheet(document, columns)
    except Refusal as refusal:
        return Inventory.of((), findings=refusal.findings), None
    linking = _Linking(key, Bearers.of(sheet, columns=key), bearers)
    checked = rows_read(sheet, linking.check)
    shares, untold = linking.shared()
    sound = len(sheet.rows) - len(checked.set_aside)
    note = Finding.of("shares-linked", Severity.NOTE, Origin(sheet.file, sheet=sheet.name), str(sound))
    findings = (*sheet.notes, *checked.findings, *untold, note)
    return attrs.evolve(checked, findings=findings, shares=shares), Bearers.of(sheet, checked.set_aside)


@attrs.define(eq=False)
class _Linking:
    """The rows of a file while they are linked to those that bear them: what each claims, and what refused rows would."""

    key: tuple[str, ...]
    named: Bearers
    bearers: Bearers | None
    claims: list[Claim] = attrs.Factory(list)
    refused: set[Origin] = attrs.Factory(set)

    def check(self, record: Record) -> None:
        """Note every fault of a row; what it says of its own electricity is part of what its bearer draws."""
        names = [record.needed(column) for column in self.key if column != "bearer"]
        self.named.unique(record, self.key)
        sizes = {column: record.positive(column) for column in _MEASURES}
        bearer = None
        if record.text("infrastructure") and record.choice("infrastructure", INFRASTRUCTURES) == "cloud":
            record.fault("virtual-cloud", "infrastructure", record.text("infrastructure"))
        elif record.needed("bearer") and self.bearers is not None:
            bearer = self.bearers.found(record, "bearer")
        if bearer is None:
            return
        if record.faults:
            self.refused.add(bearer)
        name = " / ".join(names)
        self.claims.append(
            Claim(record.origin, name, bearer, record.text("bearer"), sizes["share"], record.text("kind"), sizes)
        )

    def shared(self) -> tuple[tuple[Share, ...], list[Finding]]:
        """Return the part of each row, and the bearers that are shared out by no rule.

        Where a row on a bearer is refused, nobody's part of it is told.
        """
        shares: list[Share] = []
        untold: list[Finding] = []
        for claims in by_bearer(self.claims):
            if claims[0].bearer in self.refused:
                untold.append(untold_of("share-refused", claims, len(claims)))
                continue
            found = by_rule(claims) if self.key == ("id",) else equally(claims)
            if isinstance(found, Finding):
                untold.append(found)
            else:
                shares.extend(found)
        return tuple(shares), untold
