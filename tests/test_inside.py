"""A folder is whole: it reads what is in it, once, and nothing that is elsewhere."""

import os

import pytest

import ghg_numerique as ghg
from ghg_numerique.folders.starter import start

FLEET = "identifiant;équipement;quantité;date_entrée\na;laptop;3;2024-03-01\n"


@pytest.fixture
def opened(tmp_path):
    """Return a function that opens a starting folder with these inputs, given as `ghg.toml` writes them."""
    folder = tmp_path / "ville"
    start(str(folder))
    (folder / "parc.csv").write_text(FLEET, encoding="utf-8")
    (tmp_path / "ailleurs.csv").write_text(FLEET, encoding="utf-8")

    def opening(*files: str, more: str = "") -> ghg.Folder:
        inputs = "".join(f'[[inputs]]\nfile = "{file}"\nimporter = "hardware-csv"\n{more}' for file in files)
        head = 'organisation = "Test"\nyear = 2024\nmethodology = "methodologie.toml"\n'
        (folder / "ghg.toml").write_text(head + inputs, encoding="utf-8")
        return ghg.Folder.open(folder)

    return opening


def test_an_input_is_a_file_of_the_folder(opened, tmp_path):
    (tmp_path / "ville" / "lien.csv").symlink_to(tmp_path / "ailleurs.csv")
    (tmp_path / "ville" / "dedans.csv").symlink_to("parc.csv")
    (tmp_path / "ville" / "boucle.csv").symlink_to("boucle.csv")
    assert len(opened("parc.csv").inventory) == len(opened("./dedans.csv").inventory) == 1
    for file in ("../ailleurs.csv", str(tmp_path / "ailleurs.csv"), "lien.csv", "a/../../ailleurs.csv"):
        with pytest.raises(ghg.ConfigurationError) as refused:
            opened(file)
        assert (refused.value.code, refused.value.facts["path"]) == ("file-outside", file)
    with pytest.raises(ghg.InputError):
        opened("boucle.csv")


def test_a_companion_is_a_file_of_the_folder_too(opened):
    with pytest.raises(ghg.ConfigurationError) as refused:
        opened("parc.csv", more='companions = { names = "../names.csv" }\n')
    assert refused.value.code == "file-outside"


def test_a_file_that_is_read_twice_is_refused_whatever_its_names(opened, tmp_path):
    (tmp_path / "ville" / "copie.csv").write_text(FLEET, encoding="utf-8")
    with pytest.raises(ghg.InventoryError) as refused:
        opened("parc.csv", "copie.csv")
    said = [(f.code, f.origin.file, f.value) for f in refused.value.findings if f.code == "file-twice"]
    assert said == [("file-twice", "copie.csv", "parc.csv")]
    assert len(opened("parc.csv").inventory) == 1


def test_one_file_read_in_two_ways_is_no_double(opened):
    with pytest.raises(ghg.InventoryError) as refused:
        opened("parc.csv", "parc.csv")
    assert {f.code for f in refused.value.findings if f.severity is ghg.Severity.ERROR} == {"file-twice", "id-twice"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("name", ["methodologie.toml", "ghg.lock"])
def test_a_pipe_in_the_place_of_a_page_is_not_opened(opened, tmp_path, name):
    (tmp_path / "ville" / name).unlink(missing_ok=True)
    os.mkfifo(tmp_path / "ville" / name)
    if name == "ghg.lock":
        assert opened("parc.csv").lock is None
    else:
        with pytest.raises(ghg.ConfigurationError) as refused:
            opened("parc.csv")
        assert refused.value.code == "file-special"


def test_a_page_nested_without_end_is_refused(tmp_path):
    (tmp_path / "ghg.toml").write_text("a = " + "[" * 10**5, encoding="utf-8")
    with pytest.raises(ghg.ConfigurationError) as refused:
        ghg.Folder.open(tmp_path)
    assert refused.value.code == "toml"
