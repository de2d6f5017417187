"""What stands before a provider and bears its name: the two are one to whoever asks."""

import attrs

from ghg_numerique.plugin.contracts import FactorProvider
from ghg_numerique.provenance import Source
from ghg_numerique.terms import Role


@attrs.frozen(eq=False)
class Behind:
    """Who a provider behind is."""

    provider: FactorProvider

    @property
    def name(self) -> str:
        """The name of the provider behind."""
        return self.provider.name

    @property
    def role(self) -> Role:
        """The role of the provider behind."""
        return self.provider.role

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of the provider behind."""
        return self.provider.sources
