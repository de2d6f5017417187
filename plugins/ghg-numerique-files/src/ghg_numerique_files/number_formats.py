"""How a number format of a spreadsheet shows a number: as it is, or as another one than the one that is stored."""

import re
from typing import Final

PERCENT: Final = "%"
WHOLE: Final = "0"
"""Formats by which a number is shown as another one: 0.2 as 20 %, 2.6 as 3."""
SCALED: Final = "k"
"""A multiple: 5 is shown as `5 k€`, or 1234 as 1."""
FOREIGN: Final = "$"
"""Money that is not euros."""
KNOWN_FORMATS: Final = {1: WHOLE, 3: WHOLE, 9: PERCENT, 10: PERCENT}
"""Formats that every spreadsheet knows by their numbers (ECMA-376, part 1, 18.8.30)."""

_NO_DECIMALS = re.compile(r"[#0 ,\\\u00a0\u202f]*0")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)(?:-[^\]]*)?\]')
"""Texts that a format writes beside the digits: quoted, escaped, or the symbol of a currency with its language."""
_UNSHOWN = re.compile(r"\[[^\]]*\]|_.|\*.")
"""Colours, conditions, and what only fills a cell."""
_BY_THOUSANDS = re.compile(r"[0#?],+(?![0#?,])")
"""Commas after the last digit, each of which divides what is shown by a thousand (ECMA-376, part 1, 18.8.31)."""
_MULTIPLE = re.compile(
    r"\b(?:[kKM]|MM|Mds?|Mrds?)(?![^\W\d_])|\b[kKM](?=\s?(?i:eur))|\b[MGT]?Wh\b|millier|million|milliard|thousand|billion"
)
_EURO = re.compile(r"€|\beur", re.IGNORECASE)
_CURRENCY = re.compile(
    r"[$£¥₩₹₽₺₪]|\b(?:USD|GBP|CHF|JPY|CNY|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|XPF|XOF|XAF|MAD|TND|DZD)\b"
)


def kind_of(code: str) -> str:
    """Return how a format shows a number: as a multiple, as foreign money, as a share of a hundred, without its
    decimals, or as it is.
    """
    literals = _LITERAL.findall(code)
    written = "".join(map("".join, literals))
    symbols = [symbol for _, _, symbol in literals if symbol.strip()]
    bare = _UNSHOWN.sub("", _LITERAL.sub("", code))
    if _BY_THOUSANDS.search(bare) or _MULTIPLE.search(written):
        return SCALED
    if _CURRENCY.search(written + bare) or not all(map(_EURO.search, symbols)):
        return FOREIGN
    shown = code.partition(";")[0]
    return PERCENT if "%" in shown else WHOLE if _NO_DECIMALS.fullmatch(shown) else ""
