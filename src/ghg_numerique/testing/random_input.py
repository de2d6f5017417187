"""How the checks of plugins draw their input: always the same, within a fixed number of tries, and damaged files."""

from typing import Final

import attrs
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from ghg_numerique.plugin.contracts import Document

CHECKED: Final = settings(
    max_examples=50,
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


def damaged(samples: list[Document]) -> st.SearchStrategy[Document]:
    """Return copies of documents with some bytes replaced, or cut off after them."""
    return st.builds(_damaged, st.sampled_from(samples), st.integers(0), st.binary(max_size=3), st.booleans())


def _damaged(sample: Document, place: int, put: bytes, cut: bool) -> Document:
    place %= len(sample.content) + 1
    rest = b"" if cut else sample.content[place + len(put) :]
    return attrs.evolve(sample, content=sample.content[:place] + put + rest)
