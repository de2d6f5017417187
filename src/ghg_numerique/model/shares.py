"""What part of a row's result falls to something that rests on it: a virtual machine on a server, an application on that."""

from fractions import Fraction

import attrs

from ghg_numerique.provenance import Origin


@attrs.frozen
class Share:
    """A row of a file that counts for nothing itself: a part of what its `bearer` causes is caused for it.

    The bearer is a row of the inventory, or another share. Parts of one bearer add up to one at most.
    """

    origin: Origin
    name: str
    bearer: Origin
    part: Fraction
