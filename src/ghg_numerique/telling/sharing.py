"""What `share` prints: what falls to each virtual machine or application, and what falls to nobody."""

import json
from collections.abc import Sequence
from fractions import Fraction
from itertools import islice

from ghg_numerique.decimals import written
from ghg_numerique.engine.sharing import Sharing, shared_out
from ghg_numerique.folders.folder import Folder
from ghg_numerique.model.shares import Share
from ghg_numerique.wording import say


def told_sharing(opened: Folder, between: str, *, limit: int, form: str, language: str) -> str:
    """Return what falls to virtual machines or applications, the largest first, and the balance of what bears them."""
    sharing = shared_out(opened.inventory, opened.resolution, applications=between == "application")
    ranked = sorted(sharing.results, key=lambda found: (found[1] is None, -(found[1] or 0), str(found[0].origin)))
    if form == "json":
        return json.dumps(_record(sharing, ranked), ensure_ascii=False, indent=2)
    if not ranked:
        return say("cli.share-none", language)
    lines = [_line(share, result, language) for share, result in islice(ranked, limit)]
    if len(ranked) > limit:
        lines.append(say("cli.more", language, count=len(ranked) - limit))
    lines.append(say("cli.share-balance", language, **_balance(sharing, language)))
    return "\n".join(lines)


def _line(share: Share, result: Fraction | None, language: str) -> str:
    shown = say("cli.share-silent", language) if result is None else f"{written(result, 3, language)} kgCO2eq"
    return say(
        "cli.share-line", language, name=share.name, result=shown, part=f"{share.part.numerator}/{share.part.denominator}",
        bearer=share.bearer, origin=share.origin,
    )  # fmt: skip


def _balance(sharing: Sharing, language: str) -> dict[str, str]:
    totals = {"borne": sharing.borne, "shared": sharing.shared, "rest": sharing.rest}
    return {name: f"{written(total, 3, language)} kgCO2eq" for name, total in totals.items()}


def _record(sharing: Sharing, ranked: Sequence[tuple[Share, Fraction | None]]) -> dict[str, object]:
    shares = [
        {
            "name": share.name, "origin": str(share.origin), "bearer": str(share.bearer), "part": str(share.part),
            "kgCO2eq": None if result is None else str(result),
        }
        for share, result in ranked
    ]  # fmt: skip
    return {
        "borne": str(sharing.borne), "shared": str(sharing.shared), "rest": str(sharing.rest), "shares": shares,
    }  # fmt: skip
