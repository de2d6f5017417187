"""TOML pages are read strictly: every fault of a page is said at once, each with its place and its mend."""

import attrs
import pytest

from ghg_numerique import ConfigurationError, Kind
from ghg_numerique.documents import parse_toml, read_toml


@attrs.frozen
class Leaf:
    """An entry of a page."""

    name: str
    kind: Kind
    years: tuple[int, ...] = ()


@attrs.frozen
class Page:
    """A page with one of everything."""

    title: str
    strict: bool
    leaves: tuple[Leaf, ...]
    shares: dict[str, str] = attrs.Factory(dict)


RIGHT = """
title = "A page"
strict = true
shares = { one = "1", two = "2" }
[[leaves]]
name = "first"
kind = "use"
years = [2023, 2024]
"""

WRONG = """
title = 12
strict = "yes"
colour = "red"
shares = { one = 1 }
[[leaves]]
name = "first"
kind = "usage"
years = [2023, "2024", 2025.0]
[[leaves]]
kind = "use"
size = 3
"""


def test_a_right_page_becomes_a_value():
    assert parse_toml(RIGHT, Page, name="page.toml") == Page(
        "A page", True, (Leaf("first", Kind.USE, (2023, 2024)),), {"one": "1", "two": "2"}
    )


def test_every_fault_of_a_page_is_said_at_once_with_its_place():
    with pytest.raises(ConfigurationError) as refused:
        parse_toml(WRONG, Page, name="page.toml")
    faults = {(fault.code, fault.facts["place"]) for fault in refused.value.facts["faults"]}
    assert faults == {
        ("fault", "title"),
        ("fault", "strict"),
        ("fault-key", "colour"),
        ("fault", "shares.one"),
        ("fault", "leaves[0].kind"),
        ("fault", "leaves[0].years[1]"),
        ("fault", "leaves[0].years[2]"),
        ("fault-missing", "leaves[1].name"),
        ("fault-key", "leaves[1].size"),
    }


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["page.toml: the page does not say", "title: 12 is not a text", "strict: 'yes' is neither true nor false",
                "leaves[0].kind: 'usage' is not foreseen. Choose among: embodied, use, services.",
                "leaves[0].years[1]: '2024' is not a whole number", "leaves[1].name: this key is missing",
                "colour: unknown key. Known here: title, strict, leaves, shares."]),
        ("fr", ["page.toml : la page ne dit pas", "title : 12 n'est pas un texte", "leaves[1].name : il manque cette clé"]),
    ],
)  # fmt: skip
def test_the_message_says_what_was_expected(language, said):
    with pytest.raises(ConfigurationError) as refused:
        parse_toml(WRONG, Page, name="page.toml")
    for sentence in said:
        assert sentence in refused.value.text(language)


def test_toml_that_is_no_toml_is_said_with_its_line():
    with pytest.raises(ConfigurationError, match=r"page\.toml.*ligne 2") as refused:
        parse_toml('title = "x"\nstrict = yes', Page, name="page.toml")
    assert refused.value.code == "toml"


def test_a_byte_order_mark_is_no_fault(tmp_path):
    page = tmp_path / "page.toml"
    page.write_bytes(b"\xef\xbb\xbf" + RIGHT.encode())
    assert read_toml(page, Page) == parse_toml(RIGHT, Page, name="")


@pytest.mark.parametrize(
    ("content", "code"), [(None, "file-missing"), (b'title = "\xe9"', "file-not-utf8"), ("folder", "file-unreadable")]
)
def test_a_page_that_cannot_be_opened_is_a_fault_of_configuration(tmp_path, content, code):
    page = tmp_path / "page.toml"
    if content == "folder":
        page.mkdir()
    elif content is not None:
        page.write_bytes(content)
    with pytest.raises(ConfigurationError) as refused:
        read_toml(page, Page)
    assert refused.value.code == code
    assert str(page) in refused.value.text("en")
