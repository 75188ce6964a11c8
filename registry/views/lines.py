"""Lines of drafts: an item proposed, changed or withdrawn by hand, and a line looked at and gone on with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel import clock
from kernel.clock import today
from kernel.deed_pages import COMES_BACK, UNPROCESSABLE, DeedPage, answer
from kernel.errors import DomainError, NotAllowed
from kernel.http import ActorRequest
from kernel.permissions import require
from registry.choices import LineOp
from registry.forms.deeds import Withdraw
from registry.forms.line import LineForm, NewLine
from registry.gaps.choices import GapState
from registry.models import Draft, DraftLine, Gap, Item
from registry.queries.contents import as_payload, held_items
from registry.queries.gaps import gaps_of, lacking
from registry.queries.plans import LineInput
from registry.services import drafts as deeds
from registry.services import papers
from registry.services.proposing import propose_line
from registry.views.drafts import seen as seen_draft
from registry.views.drafts import told
from registry.views.items import seen as seen_item
from registry.views.offers import may_edit

Made = Callable[[LineForm], Draft]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Propose an item that is not in the registry yet; with `?gap=`, one that fills a gap of the list."""
    _may_propose(request)
    gap = _gap(request)
    given = lacking(gap) if gap else {}
    form = NewLine(request.POST or None, given=given, existing=False, initial={"version": 1, "effective": today()})

    def make(form: LineForm) -> Draft:
        code = form.cleaned_data["code"]
        return _proposed(request, form, op=LineOp.NEW, code=code, gap_id=gap.pk if gap else None)

    back = reverse("registry:gap", args=[gap.pk]) if gap else reverse("registry:list")
    return _form_page(request, form, make, {"title": _("Propose an item"), "back": back})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ActorRequest, code: str) -> HttpResponse:
    """Propose what an item says anew: a draft of one line."""
    _may_propose(request)
    item = seen_item(request, code)
    given = _given(item)
    begun = {"version": item.version, "effective": today(), "title": _("Change of %(code)s") % {"code": item.code}}
    form = NewLine(request.POST or None, given=given, existing=True, initial=begun)

    def make(form: LineForm) -> Draft:
        return _proposed(request, form, op=LineOp.CHANGE, code=item.code)

    back = reverse("registry:item", args=[item.code])
    return _form_page(request, form, make, {"title": _("Propose a change"), "item": item, "back": back})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActorRequest, code: str) -> HttpResponse:
    """Propose that an item ends: a draft of one line."""
    _may_propose(request)
    item = seen_item(request, code)
    given = _given(item)

    def act(form: Any) -> None:
        said = form.given()
        title = _("Withdrawal of %(code)s") % {"code": item.code}
        line = LineInput(op=LineOp.WITHDRAW, item_code=item.code, payload={})
        made = propose_line(title=title, line=line, actor=request.actor, at=clock.now(), **said)
        page.done = reverse("registry:draft", args=[made.pk])

    page = DeedPage(
        title=_("Propose to withdraw it"),
        form=Withdraw(request.POST or None, initial={"version": item.version, "effective": today()}),
        act=act,
        reload=lambda: Item.objects.get(pk=item.pk),
        said=_("A draft is prepared: look at it and submit it."),
        done=reverse("registry:item", args=[item.code]),
        context={"subject": {"number": item.code, "title": given["name"]}},
        template="registry/deed.html",
    )
    return answer(request, page)


@login_required
@require_safe
def line(request: ActorRequest, draft_id: UUID, position: int) -> HttpResponse:
    """One line of a draft: both sides of the item whole, with their process charts."""
    draft = seen_draft(request, draft_id)
    found = get_object_or_404(DraftLine, draft=draft, position=position)
    context = {"draft": draft, "may_edit": may_edit(draft, request.actor), **told(draft, [found], brief=False)[0]}
    return render(request, "registry/line.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, draft_id: UUID, position: int) -> HttpResponse:
    """Go on with a line while its draft is being prepared."""
    draft = seen_draft(request, draft_id)
    require(papers.verdict(draft=draft, move="put", actor=request.actor))
    found = get_object_or_404(DraftLine.objects.exclude(op=LineOp.WITHDRAW), draft=draft, position=position)
    item = Item.objects.filter(code=found.item_code).select_related("matter", "unit").first()
    given = {**(_given(item) if item else {}), **found.payload, "code": found.item_code}
    begun = {"version": draft.version}
    form = LineForm(request.POST or None, given=given, existing=found.op == LineOp.CHANGE, initial=begun)

    def make(form: LineForm) -> Draft:
        said: dict[str, Any] = {
            "draft_id": draft.pk,
            "op": found.op,
            "item_code": found.item_code,
            "payload": form.payload(),
        }
        deeds.put_line(**said, actor=request.actor, at=clock.now(), version=form.cleaned_data["version"])
        return draft

    context = {"title": _("Edit the line"), "item": item, "back": reverse("registry:draft", args=[draft.pk])}
    form.fields["code"].disabled = True
    return _form_page(request, form, make, context)


@login_required
@require_POST
def drop(request: ActorRequest, draft_id: UUID, position: int) -> HttpResponse:
    """Take a line out of its draft."""
    draft = seen_draft(request, draft_id)
    found = get_object_or_404(DraftLine, draft=draft, position=position)
    deeds.drop_line(draft_id=draft.pk, item_code=found.item_code, actor=request.actor, at=clock.now())
    return redirect("registry:draft", draft.pk)


def _may_propose(request: ActorRequest) -> None:
    if not request.actor.holds("registry.propose"):
        raise NotAllowed(_("Your role does not include this."))


def _gap(request: ActorRequest) -> Gap | None:
    """The open gap that the address names. Raises Http404 for one that is not there, or not for this person."""
    given = request.GET.get("gap", "")
    if not given:
        return None
    try:
        found: Gap | None = gaps_of(actor=request.actor, state=GapState.OPEN).filter(pk=UUID(given)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def _given(item: Item) -> dict[str, Any]:
    """What an item says now, as a form begins with it."""
    held = held_items(codes=[item.code], on=today()).get(item.code)
    if held is None:
        raise Http404
    return {**as_payload(content=held.content, identity=held.identity), "code": item.code}


def _proposed(request: ActorRequest, form: LineForm, *, op: str, code: str, gap_id: UUID | None = None) -> Draft:
    heading = {name: form.cleaned_data[name] for name in ("title", "reason", "effective")}
    line = LineInput(op=op, item_code=code, payload=form.payload())
    return propose_line(**heading, line=line, gap_id=gap_id, actor=request.actor, at=clock.now())


def _form_page(request: ActorRequest, form: LineForm, make: Made, context: dict[str, Any]) -> HttpResponse:
    """The whole form; more rows where they are asked for; the draft once it is taken over."""
    status = 200
    if request.method == "POST" and "more" in request.POST:
        form = form.with_more(request.POST["more"])
    elif request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                return redirect("registry:draft", make(form).pk)
            except DomainError as error:
                if error.status not in COMES_BACK:
                    raise
                status = error.status
                form.explain(error, names={"item_code": "code"})
    return render(request, "registry/line_form.html", {"form": form, **context}, status=status)
