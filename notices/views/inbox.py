"""The inbox: what one was told, newest first; opening a notice marks it as read and goes where it leads."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kernel import clock, keyset
from kernel.http import ActorRequest
from kernel.pages import neighbours, onward, page, readdressed
from notices.forms import InboxFilter
from notices.models import Notice
from notices.queries import said
from notices.services import reading

PAGE = 50
UNREAD, ALL = "unread", "all"


@login_required
@require_safe
def inbox(request: ActorRequest) -> HttpResponse:
    """One's own notices; tab, kind and page stand in the address."""
    form, tab = InboxFilter(request.GET), _tab(request)
    mine = form.narrow(Notice.objects.visible_to(request.actor))
    found = keyset.page(
        mine.counted() if tab == UNREAD else mine,
        order="-told_at",
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    context = {
        "filters": form,
        "rows": said(found.rows),
        "tab": tab,
        "kind": form.cleaned_data.get("kind", "") if form.is_valid() else "",
        "tabs": [
            (readdressed(request, tab=name, cursor=""), label, name == tab)
            for name, label in ((UNREAD, _("Unread")), (ALL, _("All")))
        ],
        **neighbours(request, found),
    }
    return page(request, "notices/inbox.html", "notices/_notices.html", context)


@never_cache
@login_required
@require_safe
def open_notice(request: ActorRequest, notice_id: int) -> HttpResponse:
    """Mark a notice as read and go where it leads; the inbox where it leads nowhere."""
    notice = reading.read(notice_id=notice_id, actor=request.actor, at=clock.now())
    (words,) = said([notice])
    return HttpResponseRedirect(words.target) if words.target else onward(request, "notices:inbox")


@login_required
@require_POST
def read(request: ActorRequest, notice_id: int) -> HttpResponse:
    """Mark one notice as read and stay in the list."""
    reading.read(notice_id=notice_id, actor=request.actor, at=clock.now())
    return _back(request)


@login_required
@require_POST
def read_all(request: ActorRequest) -> HttpResponse:
    """Mark everything as read, or everything of the kind at hand."""
    done = reading.read_all(actor=request.actor, at=clock.now(), kind=request.POST.get("kind", ""))
    messages.success(request, ngettext("%(n)s notice is read.", "%(n)s notices are read.", done) % {"n": done})
    return _back(request)


def _tab(request: HttpRequest) -> str:
    return ALL if request.GET.get("tab") == ALL else UNREAD


def _back(request: HttpRequest) -> HttpResponse:
    """The list that the deed was done in, with its filters; only values of ours go into the address."""
    form = InboxFilter(request.POST)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    where: dict[str, Any] = {"tab": ALL if request.POST.get("tab") == ALL else "", "kind": kind}
    query = "&".join(f"{name}={value}" for name, value in where.items() if value)
    response = onward(request, "notices:inbox")
    header = "Location" if "Location" in response else "HX-Redirect"
    response[header] += f"?{query}" if query else ""
    return response
