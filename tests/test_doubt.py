"""What the command says of uncertainty: what is drawn, what is not, and what nobody declares."""

import json
from pathlib import Path

import attrs
import pytest

import ghg_numerique as ghg
from ghg_numerique.telling.doubt import Doubt, told_doubt

VILLE = Path(__file__).parents[1] / "examples" / "ville"
CAUSES = (
    ghg.Cause("abaque", "20 %", "fournisseur de l'abaque", {"kind": "use"}),
    ghg.Cause("nulle part", "20 %", "personne", {"domain": "Astronautique"}),
)


@pytest.fixture(scope="module")
def footprint():
    return ghg.Folder.open(VILLE).footprint


def doubt(footprint, **options):
    return Doubt.of(footprint, **{"by": "domain", "level": 0.95, "draws": 1000, "seed": 1, **options})


def test_every_coefficient_without_uncertainty_is_named(footprint):
    said = told_doubt(doubt(footprint), form="text", language="fr")
    silent = [one for one in ghg.exposures(footprint) if not one.declared]
    assert len(silent) > 5
    assert all(f"[{one.coefficient.identity}]" in said for one in silent)


def test_the_document_says_what_the_objects_say(footprint):
    document = json.loads(told_doubt(doubt(footprint), form="json", language="en"))
    assert ghg.Quantity.of(document["total"]["published"], "kgCO2eq").value == pytest.approx(
        float(footprint.exact_total()), abs=1e-6
    )
    assert [row["name"] for row in document["groups"]] == list(footprint.by("domain").groups)
    assert sum(float(part) for part in document["coverage"].values()) == pytest.approx(float(footprint.exact_total()))
    assert (document["total"]["low"], document["total"]["high"]) == tuple(
        str(float(end.value)) for end in footprint.interval(0.95, draws=1000, seed=1)
    )


def test_what_a_rollup_leaves_out_stands_beside_its_groups(footprint):
    by_tier = doubt(footprint, by="tier")
    parts = sum(row.amount.published.value for row in (*by_tier.rows, *by_tier.outside))
    assert parts == footprint.exact_total()
    assert "hors tier : Organisation" in told_doubt(by_tier, form="text", language="fr")
    assert [row["name"] for row in json.loads(told_doubt(by_tier, form="json", language="fr"))["left_out"]] == [
        "Organisation"
    ]


def test_a_cause_that_touches_nothing_is_named(footprint):
    caused = attrs.evolve(footprint, causes=CAUSES)
    said = told_doubt(doubt(caused), form="text", language="fr")
    assert "« nulle part » ne touche aucune cellule" in said
    assert "[cause#abaque]" in said


def test_a_change_shares_its_draws(footprint):
    same = told_doubt(doubt(footprint, before=footprint), form="text", language="en")
    assert "Change since the other footprint: 0.000 tCO2eq; interval 0.000 to 0.000" in same
    low, high = next(iter(footprint.sheet.laws)), "1"
    cleaner = footprint.with_factors({low: high})
    found = doubt(cleaner, before=footprint).change
    assert found is not None
    assert found.amount.published.value == cleaner.exact_total() - footprint.exact_total()


def test_causes_are_read_from_the_page_of_the_folder(tmp_path):
    for file in VILLE.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    page = (tmp_path / "ghg.toml").read_text()
    cause = '\n[[causes]]\nname = "abaque"\nspread = "20 %"\nsource = "essai"\nwhere = { kind = "use" }\n'
    (tmp_path / "ghg.toml").write_text(page + cause)
    wider, plain = ghg.Folder.open(tmp_path).footprint, ghg.Folder.open(VILLE).footprint
    assert wider.causes == (ghg.Cause("abaque", "20 %", "essai", {"kind": "use"}),)
    assert wider.exact_total() == plain.exact_total()
    assert wider.uncertain().deviation > plain.uncertain().deviation


def test_a_cause_on_an_unknown_dimension_is_refused(footprint):
    wrong = attrs.evolve(footprint, causes=(ghg.Cause("abaque", "20 %", "essai", {"kinds": "use"}),))
    with pytest.raises(ghg.ConfigurationError) as caught:
        wrong.uncertain()
    assert caught.value.code == "dimension"


def test_two_causes_of_one_name_are_refused(footprint):
    wrong = attrs.evolve(footprint, causes=(CAUSES[0], attrs.evolve(CAUSES[0], spread="30 %")))
    with pytest.raises(ghg.ConfigurationError) as caught:
        wrong.uncertain()
    assert caught.value.code == "causes-twice"


def test_a_chain_with_the_square_of_an_uncertain_coefficient_is_refused(footprint):
    chains = {
        key: attrs.evolve(chain, links=(*chain.links, *chain.links)) for key, chain in footprint.sheet.chains.items()
    }
    with pytest.raises(ghg.ConfigurationError) as caught:
        attrs.evolve(footprint, sheet=ghg.FactorSheet(chains)).sheet.varying  # noqa: B018 - reading it is the test
    assert caught.value.code == "coefficient-twice"
