"""The reasons for returning an order, brought in line with their file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dispatch.models import ReturnReason
from kernel.deeds import deed
from petitions.services.reference import TableDiff, bring_in_line


@deed
def load_return_reasons(*, rows: Iterable[Mapping[str, str]], dry_run: bool = False) -> TableDiff:
    """Bring the table in line with rows of code and name. Raises Unprocessable naming what is wrong."""
    wanted = {row["code"]: {"name": row["name"].strip()} for row in rows}
    return bring_in_line(model=ReturnReason, wanted=wanted, dry_run=dry_run)
