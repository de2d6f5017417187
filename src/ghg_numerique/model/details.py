"""Rules that link spending to the equipment that it buys, where no order does."""

import attrs


@attrs.frozen
class DetailRule:
    """Equipment details spending, without any order: the expenses of an account or nature, and the types that they buy.

    An account ends with `*` where it stands for all that begin like it. `domain` is that of the equipment.
    """

    name: str
    account: str = ""
    nature: str = ""
    equipment: tuple[str, ...] = ()
    domain: str = ""

    @property
    def order(self) -> str:
        """The purchase order that stands for the rule."""
        return f"details: {self.name}"

    def names_spending(self, account: str, nature: str) -> bool:
        """Tell whether the rule speaks of the expenses of an account and a nature."""
        return (not self.account or names_account(self.account, account)) and self.nature in ("", nature)

    def names_items(self, equipment: str, domain: str) -> bool:
        """Tell whether the rule speaks of a type of equipment in a domain."""
        return (not self.equipment or equipment in self.equipment) and self.domain in ("", domain)


def names_account(pattern: str, account: str) -> bool:
    """Tell whether a pattern is that of an account: the account itself, or its beginning and `*`."""
    if pattern.endswith("*"):
        return bool(account) and account.startswith(pattern[:-1])
    return account == pattern
