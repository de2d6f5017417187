"""An edition: every form of one report in one folder, each written whole or not at all."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Final, Self

import attrs

from ghg_numerique.algebra.footprint import Footprint
from ghg_numerique.errors import PluginError
from ghg_numerique.files import write_whole
from ghg_numerique.plugin.catalogue import Catalogue
from ghg_numerique.plugin.contracts import Album, Report
from ghg_numerique.wording import say

SUFFIXES: Final[Mapping[str, tuple[str, str]]] = {
    "text/plain": ("text", ".txt"),
    "text/markdown": ("markdown", ".md"),
    "text/html": ("html", ".html"),
    "text/csv": ("csv", ".csv"),
    "application/json": ("json", ".json"),
    "application/pdf": ("pdf", ".pdf"),
    "application/zip": ("zip", ".zip"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx", ".xlsx"),
    "image/svg+xml": ("svg", ".svg"),
}
"""The plain name of a form and the end of its files, by media type; what a system knows of them plays no part."""

_PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@attrs.frozen
class Edition:
    """The forms in which a footprint is published. A file is `bilan-2024.html`; a form that is not the plain one of its
    media type has its name in it (`bilan-2024-example-total.txt`), so that no form can take the place of another.
    """

    footprint: Footprint
    catalogue: Catalogue
    language: str = "fr"
    forms: tuple[Report, ...] = attrs.field()

    @forms.default
    def _all(self) -> tuple[Report, ...]:
        return self.catalogue.reports

    def only(self, names: Collection[str]) -> Self:
        """Return the edition with these forms alone, or with all where none is named. Raises PluginError for others."""
        known = {report.name: report for report in self.catalogue.reports}
        for name in names:
            if name not in known:
                raise PluginError("not-installed", thing="report", name=name, known=", ".join(known) or "-")
        return attrs.evolve(self, forms=tuple(known[name] for name in dict.fromkeys(names))) if names else self

    def write(self, folder: str | Path, *, check: Callable[[str], object] = str) -> Iterator[Path]:
        """Write the forms one by one, and yield each path; files of the same names are replaced, others are left.

        `check` looks at each path before it is written, and may refuse it: `Folder.check_output` guards the inputs.
        """
        root = Path(folder)
        root.mkdir(parents=True, exist_ok=True)
        for name, content in self.documents():
            check(str(root / name))
            write_whole(str(root / name), content)
            yield root / name

    def documents(self) -> Iterator[tuple[str, bytes]]:
        """Yield each document with the name of its file; an album gives one for each of its leaves."""
        for report in self.forms:
            name, suffix = self._place(report)
            if isinstance(report, Album):
                for leaf, content in report.leaves(self.footprint, language=self.language).items():
                    if not _PLAIN.fullmatch(leaf):
                        raise PluginError("plugin-contract", culprit=leaf, contract="Album.leaves: a-z, 0-9, -")
                    yield f"{name}-{leaf}{suffix}", content
            else:
                yield f"{name}{suffix}", report.render(self.footprint, language=self.language)

    def _place(self, report: Report) -> tuple[str, str]:
        """Return the beginning and the end of the file names of a form."""
        plain, suffix = SUFFIXES.get(report.media_type, ("", ""))
        year = self.footprint.methodology.year
        stem = "-".join(filter(None, (say("cli.edition", self.language), str(year or ""))))
        return (stem if report.name == plain else f"{stem}-{report.name}"), suffix
