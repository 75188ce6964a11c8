"""One document of the register, and its files."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from documents.choices import Form
from documents.forms.issuing import PrintForm
from documents.kinds import kind_of
from documents.models import Issued
from documents.services.issuing import print_again
from documents.serving import sent
from kernel import clock
from kernel.errors import Busy, Message
from kernel.http import ActorRequest


def seen(request: ActorRequest, issued_id: UUID) -> Issued:
    """The document, or a 404 where it is not there or not for this person."""
    found: Issued | None = (
        Issued.objects.visible_to(request.actor).select_related("issuer", "by").filter(pk=issued_id).first()
    )
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def document(request: ActorRequest, issued_id: UUID) -> HttpResponse:
    """What it is, who issued it, and its files."""
    made = seen(request, issued_id)
    return _shown(request, made, form=PrintForm(purposes=kind_of(made.kind).purposes()) if made.full else None)


@never_cache
@login_required
@require_safe
def file(request: ActorRequest, issued_id: UUID, form: str) -> HttpResponse:
    """The file of a document whose personal data is masked."""
    made = seen(request, issued_id)
    if form not in Form.values:
        raise Http404
    try:
        printed = print_again(issued_id=made.pk, form=form, actor=request.actor, at=clock.now())
    except Busy as error:
        return _shown(request, made, form=None, status=error.status, failed=error.message)
    return sent(made, form=form, printed=printed)


@never_cache
@login_required
@require_POST
def full(request: ActorRequest, issued_id: UUID) -> HttpResponse:
    """The file of a document with personal data in full, for a purpose that goes on record."""
    made = seen(request, issued_id)
    form = PrintForm(request.POST, purposes=kind_of(made.kind).purposes())
    if not made.full or not form.is_valid():
        return _shown(request, made, form=form if made.full else None, status=422)
    try:
        printed = print_again(issued_id=made.pk, actor=request.actor, at=clock.now(), **form.cleaned_data)
    except Busy as error:
        return _shown(request, made, form=form, status=error.status, failed=error.message)
    return sent(made, form=form.cleaned_data["form"], printed=printed)


def _shown(
    request: ActorRequest, made: Issued, *, form: PrintForm | None, status: int = 200, failed: Message = ""
) -> HttpResponse:
    """The page of the document; `failed`: why the file that was asked for is not there, to be tried again."""
    context = {"document": made, "form": form, "failed": failed}
    return render(request, "documents/document.html", context, status=status)
