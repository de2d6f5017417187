"""The imprint of what is published: who answers for it, where it is found, what it covers; declared, never guessed."""

import re
from typing import Final

import attrs

from ghg_numerique.errors import ConfigurationError
from ghg_numerique.terms import Frequency

_ADDRESS: Final = re.compile(r"https?://[^\s/]+\S*")
_MAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


@attrs.frozen
class Imprint:
    """What `[publication]` of `ghg.toml` says. What it leaves out is asked for, and stays out of the published page.

    `address` is the page of a portal from which the data are reached, `publisher` identifies who publishes (a URI),
    `spatial` the territory (a URI: INSEE, GeoNames). `contact` is a service and not a person, with its `mail` or `page`.
    """

    address: str = ""
    publisher: str = ""
    contact: str = ""
    mail: str = ""
    page: str = ""
    spatial: str = ""
    frequency: Frequency | None = None
    keywords: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        for name in ("address", "publisher", "page", "spatial"):
            value = getattr(self, name)
            if value and not _ADDRESS.fullmatch(value):
                raise ConfigurationError("imprint-address", name=name, value=value)
        if self.mail and not _MAIL.fullmatch(self.mail):
            raise ConfigurationError("imprint-mail", value=self.mail)

    def missing(self) -> tuple[str, ...]:
        """Return what catalogues ask for (DCAT-AP) and nobody declared."""
        asked = {
            "address": self.address,
            "publisher": self.publisher,
            "contact": self.contact,
            "mail": self.mail or self.page,
            "spatial": self.spatial,
            "frequency": self.frequency,
        }
        return tuple(name for name, value in asked.items() if not value)
