"""The page of results, the search by telephone, and the palette that opens over any page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from governance.web.search import pages, reference
from governance.web.search.cases import case_lines, cases_by_id, found_cases
from governance.web.search.forms import ALL, CASES, PhoneForm, SearchForm
from governance.web.search.lines import Asked, Line, Part
from kernel import clock
from kernel.errors import Invalid
from kernel.http import ActorRequest
from kernel.keyset import Page
from kernel.list_filters import OPEN
from kernel.pages import neighbours, page, readdressed
from petitions.models import Petition
from petitions.services.tracing import cases_of_phone, may_search_by_phone
from petitions.words import has_phone, terms_of

PAGE, FEW, FEWER = 20, 5, 4
MENU, FOUND = "pages", pgettext_lazy("found", "Cases")
Finder = Callable[[Asked], list[Line]]
# Each kind of thing in the order of its tab: code, label, how it is found, and the list that holds all of it.
KINDS: tuple[tuple[str, str | Promise, Finder, str], ...] = (
    ("people", pgettext_lazy("found", "People"), reference.people, ""),
    ("units", _("Units"), reference.units, "organizations:units"),
    ("items", _("Responsibility list"), reference.items, "registry:list"),
    ("places", _("Places"), reference.places, "grids:map"),
    (MENU, _("Pages of the menu"), pages.pages, ""),
    ("help", _("Help"), pages.manual, ""),
)


@login_required
@require_safe
def search(request: ActorRequest) -> HttpResponse:
    """Everything that holds the words, a few of each kind; or all of one kind, by the tab in the address."""
    form = SearchForm(request.GET or None)
    said = form.cleaned_data if form.is_valid() else {}
    kind, terms = said.get("kind", ALL), terms_of(said.get("q", ""))
    context: dict[str, Any] = {"form": form, "kind": kind, "terms": terms, "tabs": _tabs(request, kind)}
    if terms:
        context |= _results(request, said, kind=kind, terms=terms)
    context["phone"] = PhoneForm() if may_search_by_phone(request.actor) else None
    return page(request, "search/search.html", "search/_results.html", context)


def _results(request: ActorRequest, said: dict[str, Any], *, kind: str, terms: tuple[str, ...]) -> dict[str, Any]:
    few = PAGE if kind else FEW
    asked = Asked(terms=terms, actor=request.actor, at=clock.now(), staff=request.user.is_staff, few=few)
    context: dict[str, Any] = {"parts": _parts(request, asked, kind)}
    if kind in (ALL, CASES):
        among = _narrowed(Petition.objects.visible_to(request.actor), said)
        found = found_cases(asked=asked, among=among, cursor=request.GET.get("cursor", "") if kind else "")
        context |= {"found": found, "cases": case_lines(found.rows, terms)}
        context |= neighbours(request, Page(rows=found.rows, next=found.next, previous=found.previous))
        context["cases_href"] = readdressed(request, kind=CASES, cursor="")
    return context


def _parts(request: ActorRequest, asked: Asked, kind: str) -> list[Part]:
    parts = []
    for code, label, find, listed in KINDS:
        if kind in (ALL, code):
            lines = find(asked)
            href = f"{reverse(listed)}{readdressed(request, kind='', cursor='')}" if listed and kind else ""
            href = href or ("" if kind else readdressed(request, kind=code, cursor=""))
            more = len(lines) > asked.few
            parts.append(Part(code=code, label=label, lines=lines[: asked.few], more=more, all_href=href))
    return [part for part in parts if part.lines]


def _narrowed(among: Any, said: dict[str, Any]) -> Any:
    if said["state"]:
        among = among.open() if said["state"] == OPEN else among.filter(state=said["state"])
    return among.filter(township_code=said["area"]) if said["area"] else among


def _tabs(request: ActorRequest, kind: str) -> list[tuple[str, Any, bool]]:
    """Address, label and whether it is the one shown."""
    kinds = [(ALL, _("Everything")), (CASES, FOUND), *((code, label) for code, label, _find, _list in KINDS)]
    return [(readdressed(request, kind=code, cursor=""), label, code == kind) for code, label in kinds]


@never_cache
@sensitive_post_parameters("phone")
@sensitive_variables("said", "form")
@login_required
@require_POST
def by_phone(request: ActorRequest) -> HttpResponse:
    """Cases that a telephone number was given with. Posted, so that the number is in no address and in no log."""
    form, cases, status = PhoneForm(request.POST), None, 422
    if form.is_valid():
        said = form.cleaned_data
        try:
            ids = cases_of_phone(phone=said["phone"], purpose=said["purpose"], actor=request.actor, at=clock.now())
            cases = case_lines(cases_by_id(ids, among=Petition.objects.visible_to(request.actor)), ())
            form, status = PhoneForm(initial={"purpose": said["purpose"]}), 200
        except Invalid as error:
            form.explain(error)
    return render(request, "search/phone.html", {"form": form, "cases": cases}, status=status)


@never_cache
@login_required
@require_POST
def palette(request: ActorRequest) -> HttpResponse:
    """The options under what is typed. Posted, since what is typed may be anything, and an address is kept."""
    words = request.POST.get("words", "")[:80]
    asked = Asked(terms=terms_of(words), actor=request.actor, at=clock.now(), staff=request.user.is_staff, few=FEWER)
    parts = [
        Part(code="deeds", label=_("Begin"), lines=pages.deeds(asked)[:FEW]),
        Part(code="pages", label=_("Go to"), lines=pages.pages(asked)[: FEW if asked.terms else None]),
    ]
    if asked.terms and not has_phone(words):
        found = found_cases(asked=asked, among=Petition.objects.visible_to(request.actor))
        parts.insert(0, Part(code=CASES, label=FOUND, lines=case_lines(found.rows, asked.terms)))
        others = [(code, label, find) for code, label, find, _all in KINDS if code != MENU]
        parts += [Part(code=code, label=label, lines=find(asked)[:FEWER]) for code, label, find in others]
    context = {"parts": [part for part in parts if part.lines], "words": words.strip(), "phone": has_phone(words)}
    return render(request, "search/_options.html", context)
