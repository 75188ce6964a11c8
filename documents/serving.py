"""How a printed document goes out: as a download, kept by no cache, and so that nothing in it may run."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from documents.choices import CONTENT_TYPES, ENDINGS, Form
from documents.models import Issued


def sent(made: Issued, *, form: str, printed: bytes) -> HttpResponse:
    """The file under its number."""
    response = HttpResponse(printed, content_type=CONTENT_TYPES[Form(form)])
    name = f"{made.number}.{ENDINGS[Form(form)]}"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
