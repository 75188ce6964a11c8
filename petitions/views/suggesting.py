"""What is suggested while a report is filed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from kernel import clock
from kernel.errors import Invalid
from kernel.http import ActorRequest
from petitions.hinting import CategoryHint, hints_for
from petitions.services.placing import place_of

SEEN = "suggested"  # what a form says when it is sent in by somebody who saw suggestions
LONGEST_TITLE, LONGEST_TEXT, FEWEST_CHARACTERS = 120, 8000, 4


@login_required
@require_POST
def suggested(request: ActorRequest) -> HttpResponse:
    """While a report is written: the categories that its words speak for. Once seen stays seen, whatever follows."""
    said = request.POST
    title, text = said.get("title", "")[:LONGEST_TITLE].strip(), said.get("description", "")[:LONGEST_TEXT].strip()
    hints: list[CategoryHint] = []
    if len(title) + len(text) >= FEWEST_CHARACTERS and not said.get("category"):
        hints = hints_for(title=title, text=text, place=_place(said.get("area_code", "")), at=clock.now())
    seen = bool(hints) or bool(said.get(SEEN))
    return render(request, "petitions/_suggested.html", {"hints": hints, "take": "id_category", "seen": seen})


def _place(area_code: str) -> str:
    if not area_code:
        return ""
    try:
        return place_of(lng=None, lat=None, area_code=area_code).code
    except Invalid:
        return ""
