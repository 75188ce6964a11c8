"""A page that files something new, once however often it is sent: the form, the key in it, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kernel.errors import DomainError
from kernel.forms import PlainForm
from kernel.http import ActorRequest
from kernel.idempotency import fingerprint
from kernel.once import done_once

NOT_CONTENT = ("csrfmiddlewaretoken", "idempotency_key")
KEY_LENGTH = 36
COMES_BACK = frozenset({400, 409, 422})
UNPROCESSABLE = 422


@dataclass(kw_only=True)
class FilingPage:
    """What one page of this kind needs. `act` files what the form says and gives the id of what was made.

    `ahead`: what takes long and needs no lock, done before the transaction begins. `names`: the deed's names of fields,
    translated into the form's where they differ. `comes_back`: with which refusals the form is shown again; any other
    is a page of its own.
    """

    form: PlainForm
    act: Callable[[Any], UUID | int]
    done: Callable[[str], HttpResponse]
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    comes_back: frozenset[int] = COMES_BACK
    ahead: Callable[[Any], None] | None = None


def answer(request: ActorRequest, page: FilingPage, *, at: datetime) -> HttpResponse:
    """Show the form, or file what it says, once, and go on; a refusal keeps the form with the reason."""
    if request.method != "POST":
        return _show(request, page, key=str(uuid4()), status=200)
    key = key_of(request)
    if not page.form.is_valid():
        return _show(request, page, key=key, status=UNPROCESSABLE)

    def work() -> dict[str, Any]:
        return {"made": str(page.act(page.form))}

    try:
        ahead = partial(page.ahead, page.form) if page.ahead is not None else None
        made = done_once(actor_key=request.actor.key, key=key, mark=mark_of(request), at=at, work=work, ahead=ahead)[
            "made"
        ]
    except DomainError as error:
        if error.status not in page.comes_back:
            raise
        page.form.explain(error, names=page.names)
        return _show(request, page, key=str(uuid4()), status=error.status)
    return page.done(str(made))


def key_of(request: HttpRequest) -> str:
    """The key that the page was shown with; another one where somebody meddled with it."""
    try:
        return str(UUID(request.POST.get("idempotency_key", "")[:KEY_LENGTH]))
    except ValueError:
        return str(uuid4())


def mark_of(request: HttpRequest) -> bytes:
    """What was sent, so that a key is not taken for other content: every value, and names and sizes of files."""
    said = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_CONTENT}
    files = [[one.name, one.size] for name in request.FILES for one in request.FILES.getlist(name)]
    return fingerprint(request.path.encode(), orjson.dumps([said, files], option=orjson.OPT_SORT_KEYS))


def _show(request: HttpRequest, page: FilingPage, *, key: str, status: int) -> HttpResponse:
    return render(request, page.template, {"form": page.form, "key": key, **page.context}, status=status)
