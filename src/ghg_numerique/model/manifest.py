"""What a footprint was made with, so that anybody can make it again."""

import attrs

from ghg_numerique.model.beside import InputFile
from ghg_numerique.provenance import PluginRecord, Source


@attrs.frozen
class Manifest:
    """What a footprint was made with; `guards` are the checks that it passed when it was computed."""

    engine: str = ""
    methodology: str = ""
    plugins: tuple[PluginRecord, ...] = ()
    blocked: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    inputs: tuple[InputFile, ...] = ()
    lock: str = ""
    guards: tuple[str, ...] = ()
