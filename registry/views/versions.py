"""Two versions of an item side by side."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kernel.http import ActorRequest
from registry.comparing import compared
from registry.models import Item, ItemVersion
from registry.policies.contents import Content
from registry.queries.catalogue import cooperations_of
from registry.queries.contents import content_of
from registry.views.items import conditions_at, seen
from registry.wording import facts, names_for


@login_required
@require_safe
def versions(request: ActorRequest, code: str) -> HttpResponse:
    """Any two versions, by their numbers in the address; the last two where it names none."""
    item = seen(request, code)
    known = list(item.versions.select_related("lead_unit").order_by("-number"))
    if not known:
        raise Http404
    after = _numbered(known, request.GET.get("b", ""), otherwise=known[0])
    before = _numbered(known, request.GET.get("a", ""), otherwise=known[min(1, len(known) - 1)])
    names = names_for(categories=[*before.categories, *after.categories])
    contents = [_content(item, one) for one in (before, after)]
    earlier, later = (facts(content=one, names=names) for one in contents)
    fields = compared(before=earlier, after=later)
    context = {
        "item": item,
        "versions": known,
        "before": before,
        "after": after,
        "fields": fields,
        "differing": sum(one.differs for one in fields),
        "drawings": [(one, names.drawing(said)) for one, said in zip((before, after), contents, strict=True)],
    }
    return render(request, "registry/versions.html", context)


def _numbered(known: list[ItemVersion], number: str, *, otherwise: ItemVersion) -> ItemVersion:
    if not number:
        return otherwise
    for one in known:
        if str(one.number) == number:
            return one
    raise Http404


def _content(item: Item, version: ItemVersion) -> Content:
    return content_of(
        version=version,
        cooperations=cooperations_of(versions=[version])[version.pk],
        conditions=conditions_at(item, version),
    )
