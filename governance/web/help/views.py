"""The manual on the page: contents, a chapter, a search in it, and hints that go away when they are told to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from governance.web.appearance import back_to
from governance.web.help.book import CHAPTERS, FOLDERS, book, chapter
from governance.web.help.finding import sections
from governance.web.help.readers import chapter_of
from kernel import clock
from kernel.forms import PlainForm
from kernel.http import ActorRequest
from kernel.list_filters import words_field
from organizations.services.hints import dismiss, show_again
from petitions.words import terms_of

MOST = 30


def language_of() -> str:
    """The language of the page, in which the manual is there too."""
    spoken = get_language() or settings.LANGUAGE_CODE
    return spoken if spoken in FOLDERS else settings.LANGUAGE_CODE


class HelpFilter(PlainForm):
    """What is looked for in the manual."""

    q = words_field(_("Search in the manual"))


@require_safe
def contents(request: ActorRequest) -> HttpResponse:
    """Every chapter with its sections, the reader's own first; or the sections that hold the words asked for."""
    form = HelpFilter(request.GET or None)
    terms = terms_of(form.cleaned_data["q"]) if form.is_valid() else ()
    language = language_of()
    context: dict[str, Any] = {
        "form": form,
        "terms": terms,
        "chapters": book(language=language),
        "own": chapter_of(request.actor.roles),
        "found": sections(terms=terms, language=language, most=MOST) if terms else [],
    }
    return render(request, "help/contents.html", context)


@require_safe
def one_chapter(request: HttpRequest, code: str) -> HttpResponse:
    """A chapter, to read or to print."""
    if code not in CHAPTERS:
        raise Http404
    place, language = CHAPTERS.index(code), language_of()
    beside = [CHAPTERS[at] if 0 <= at < len(CHAPTERS) else "" for at in (place - 1, place + 1)]
    before, after = (chapter(code=one, language=language) if one else None for one in beside)
    context = {
        "chapter": chapter(code=code, language=language),
        "chapters": book(language=language),
        "before": before,
        "after": after,
    }
    return render(request, "help/chapter.html", context)


@login_required
@require_POST
def hint_off(request: ActorRequest) -> HttpResponse:
    """Put a hint away for good."""
    dismiss(hint=request.POST.get("hint", "")[:200], actor=request.actor, at=clock.now())
    return HttpResponse() if request.headers.get("HX-Request") else HttpResponseRedirect(back_to(request))


@login_required
@require_POST
def hints_again(request: ActorRequest) -> HttpResponse:
    """Show every hint again."""
    show_again(actor=request.actor, at=clock.now())
    return HttpResponseRedirect(back_to(request, fallback="governance:account"))
