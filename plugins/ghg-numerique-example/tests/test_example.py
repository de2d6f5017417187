"""What every plugin owes, in a few lines: copy this file with the plugin."""

import ghg_numerique as ghg
import ghg_numerique_example as example
from ghg_numerique.plugin import Document
from ghg_numerique.testing import check_importer, check_provider, check_report

LINES = b"w-1;example-widget;3000;2024-07-02\nw-2;example-widget;2000;2023-07-01\n"
FAULTY = b"w-1;example-widget;three;2024-03-01\nw-2;example-widget\n\nw-3;example-widget;-1;2024-03-01\n"

METHODOLOGY = ghg.Methodology(
    "Example",
    routes=(ghg.Route("use", ghg.Activity.HARDWARE, ghg.Stage.USE, (ghg.Role.ENERGY, ghg.Role.ELECTRICITY)),),
    domains=("Office",),
    place="FR",
    year=2024,
)


def test_the_provider_keeps_its_promises():
    for provider in example.ghg_factor_providers():
        check_provider(provider)


def test_the_importer_keeps_its_promises():
    samples = [Document("widgets.txt", LINES), Document("faulty.txt", FAULTY), Document("empty.txt", b"")]
    for importer in example.ghg_importers():
        check_importer(importer, samples)


def test_the_report_keeps_its_promises():
    for report in example.ghg_reports():
        check_report(report)


def test_a_model_answers_before_its_type():
    """36.5 kWh a year for any widget, 18.25 for a Mark 2: the second is the better match."""
    (provider,) = example.ghg_factor_providers()
    keys = [
        ghg.FactorKey(ghg.Role.ENERGY, "example-widget"),
        ghg.FactorKey(ghg.Role.ENERGY, "example-widget", "Mark 2"),
    ]
    found = [(offer.key, offer.coefficient.value, offer.match) for offer in provider.offers(keys)]
    assert found == [
        (keys[0], "36.5", ghg.Match.FAMILY),
        (keys[1], "36.5", ghg.Match.FAMILY),
        (keys[1], "18.25", ghg.Match.EXACT),
    ]
    assert list(provider.offers([ghg.FactorKey(ghg.Role.ENERGY, "laptop")])) == []


def test_a_line_that_cannot_be_read_is_told_and_set_aside():
    (importer,) = example.ghg_importers()
    inventory = importer.read(Document("faulty.txt", FAULTY))
    assert len(inventory) == 0
    assert [aside.origin.row for aside in inventory.set_aside] == [1, 2, 3, 4]
    assert inventory.findings[0].text("en").startswith("faulty.txt, row 1: this line cannot be read.")
    assert inventory.findings[0].text("fr").startswith("faulty.txt, ligne 1 : cette ligne ne se lit pas.")


class Mix:
    """One invented mix for all places: 0.1 kgCO2eq/kWh."""

    name = "mix"
    role = ghg.Role.ELECTRICITY
    sources = (ghg.Source("mix"),)

    def offers(self, keys, /):
        mix = ghg.Coefficient("mix", "0.1", "kgCO2eq/kWh", self.role, self.sources[0])
        return [ghg.Offer(key, mix, ghg.Match.GENERIC) for key in keys]


def test_the_three_together_make_a_footprint():
    """2000 widgets all the year are 73 000 kWh; 3000 from 2 July, 183 of 366 days, are 54 750 kWh; at 0.1 kg: 12 775 kg."""
    (importer,) = example.ghg_importers()
    (report,) = example.ghg_reports()
    inventory = importer.read(Document("widgets.txt", LINES, {"domain": "Office"}))
    footprint = ghg.assess(inventory, METHODOLOGY, ghg.Catalogue.of(*example.ghg_factor_providers(), Mix()))
    assert footprint.exact_total() == 12775
    assert footprint.by("domain")["Office"] == footprint.total()
    assert report.render(footprint, language="en") == b"13 tCO2eq\n"
    assert report.render(footprint) == b"13 tCO2eq\n"
