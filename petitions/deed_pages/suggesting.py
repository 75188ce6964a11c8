"""What is suggested on the page of accepting, where a category has to be named."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from petitions.hinting import CategoryHint, Grade, hints_for
from petitions.models import Petition

# What the form begins with; of anything less sure the person is to choose.
BEGIN_WITH = frozenset({Grade.CERTAIN, Grade.LIKELY, Grade.WORDS})
# Which one was clicked. A name of its own: lists narrow by "category", and the address of a list comes along.
SUGGEST = "suggest"


def suggested_for(*, petition: Petition, chosen: str, at: datetime) -> tuple[list[CategoryHint], dict[str, Any]]:
    """What is suggested where there is no category, and what the form begins with: the one clicked, or a sure one."""
    if petition.category_id:
        return [], {}
    hints = hints_for(title=petition.title, text=petition.description, place=petition.place, at=at)
    if chosen and any(one.code == chosen for one in hints):
        return hints, {"category": chosen}
    return hints, {"category": hints[0].code} if hints and hints[0].grade in BEGIN_WITH else {}
