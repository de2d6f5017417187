"""The marks of a cell that was damaged on its way: a wrong encoding, a lost number, the error of a formula."""

import re
from typing import Final

CONTINUATIONS: Final = "".join(bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xC0))
"""What the second byte of an accented letter looks like when UTF-8 is read as cp1252."""

_MOJIBAKE = re.compile(f"Ã[{CONTINUATIONS}]|â[{CONTINUATIONS}]{{2}}|Å[“’]|\ufffd")
_LOST = re.compile(r"nan|null|#N/A|#REF!|#DIV/0!|#VALUE!|#NAME\?|#NUM!|#NULL!", re.IGNORECASE)


def is_damaged(cell: str) -> bool:
    """Tell whether a cell cannot be what was published."""
    if cell.isascii():
        return cell[:1] in "nN#" and _LOST.fullmatch(cell.strip()) is not None
    return _MOJIBAKE.search(cell) is not None
