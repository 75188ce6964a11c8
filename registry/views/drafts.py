"""Drafts: the list of them, and one with its lines, each with what it would do."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kernel import keyset
from kernel.errors import NotAllowed
from kernel.http import ActorRequest
from kernel.pages import neighbours, page
from registry.choices import DRAFT_COLOURS, LineVerdict
from registry.comparing import Compared, compared
from registry.forms.filters import DraftFilters
from registry.models import Draft, DraftLine
from registry.queries.differences import Sides, sides_of
from registry.views.offers import WORKERS, may_edit, offers_of_draft
from registry.wording import Names, column_words, facts, names_for

PAGE, LINES = 50, 40
# What a new item is known by in the list of lines; its own page tells the rest.
BRIEF = ("name", "lead", "cooperations", "township_role", "limit")
ENDING = ("lead", "lead_duty")
COLOURS: dict[str, str] = {
    **DRAFT_COLOURS,
    LineVerdict.NEW: "green",
    LineVerdict.CHANGED: "blue",
    LineVerdict.GONE: "orange",
    LineVerdict.SAME: "grey",
    LineVerdict.WRONG: "red",
}


def seen(request: ActorRequest, draft_id: UUID) -> Draft:
    """The draft, or a 404 where it is not there or not for this person."""
    drafts = Draft.objects.visible_to(request.actor).select_related("proposed_by", "approved_by")
    found: Draft | None = drafts.filter(pk=draft_id).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def drafts(request: ActorRequest) -> HttpResponse:
    """One's own drafts, or all of them for those who keep the list; the newest first."""
    if not any(request.actor.holds(name) for name in WORKERS):
        raise NotAllowed(_("Your role does not include this."))
    form = DraftFilters(request.GET or None)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    rows = Draft.objects.visible_to(request.actor).select_related("proposed_by").annotate(count=Count("lines"))
    found = keyset.page(
        rows.filter(state=state) if state else rows,
        order="-opened_at",
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    context = {
        "form": form,
        "rows": [{"draft": one, "colour": COLOURS[one.state]} for one in found.rows],
        "filtered": bool(state),
        "may_propose": request.actor.holds("registry.propose"),
        **neighbours(request, found),
    }
    return page(request, "registry/drafts.html", "registry/_drafts.html", context)


@login_required
@require_safe
def draft(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """One draft: how many lines do what, and each of them with what differs or is wrong."""
    found = seen(request, draft_id)
    wanted = request.GET.get("verdict", "")
    lines = found.lines.filter(verdict=wanted) if wanted in LineVerdict.values else found.lines.all()
    shown = keyset.page(lines, order="position", cursor=request.GET.get("cursor", ""), size=LINES)
    counts = _counts(found)
    context = {
        "draft": found,
        "colour": COLOURS[found.state],
        "verdicts": [{"key": one.value, "label": one.label, "count": counts[one.value]} for one in LineVerdict],
        "all_lines": sum(counts.values()),
        "wanted": wanted,
        "lines": told(found, list(shown.rows), brief=True),
        "may_edit": may_edit(found, request.actor),
        **offers_of_draft(found, request.actor, lines=sum(counts.values()), wrong=counts[LineVerdict.WRONG]),
        **neighbours(request, shown),
    }
    return page(request, "registry/draft.html", "registry/_lines.html", context)


def _counts(found: Draft) -> Counter[str]:
    """How many lines have which verdict. One query."""
    return Counter(dict(found.lines.order_by().values_list("verdict").annotate(Count("pk"))))


def told(found: Draft, lines: list[DraftLine], *, brief: bool) -> list[dict[str, Any]]:
    """The lines in words, each with the fields that differ."""
    sides = sides_of(draft=found, lines=lines)
    contents = [one for pair in sides.values() for one in (pair.before, pair.after) if one is not None]
    names = names_for(categories=[code for one in contents for code in one.categories])
    return [_told(line, sides[line.pk], names, brief=brief) for line in lines]


def _told(line: DraftLine, sides: Sides, names: Names, *, brief: bool) -> dict[str, Any]:
    fields = compared(before=facts(content=sides.before, names=names), after=facts(content=sides.after, names=names))
    either = sides.after or sides.before
    return {
        "line": line,
        "colour": COLOURS[line.verdict],
        "faults": [(column_words(one["column"]), one["why"]) for one in line.faults],
        "name": either.name if either else line.payload.get("name", ""),
        "fields": _brief(fields, sides) if brief else fields,
        "one_sided": sides.before is None or sides.after is None,
        "drawings": [names.drawing(one) for one in (sides.before, sides.after)],
    }


def _brief(fields: list[Compared], sides: Sides) -> list[Compared]:
    if sides.before is not None and sides.after is not None:
        return [one for one in fields if one.differs]
    wanted = BRIEF if sides.after is not None else ENDING
    return [one for one in fields if one.key in wanted and one.differs]
