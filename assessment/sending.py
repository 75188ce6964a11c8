"""The file of an export as an answer: never kept by anybody on the way, never taken for something else."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.utils import timezone

from assessment.choices import TakenAs
from assessment.models import Taken
from assessment.services import taking
from kernel.actors import Actor
from kernel.books import XLSX

TYPES = {TakenAs.XLSX.value: XLSX, TakenAs.CSV.value: "text/csv; charset=utf-8"}


def sent(made: Taken, *, actor: Actor) -> FileResponse:
    """The file. Raises Http404 where it is not made yet, or gone, NotAllowed where the right to it is gone."""
    taking.require_rights(what=made.what, actor=actor)
    path = taking.root() / made.path
    if not made.path or not path.is_file():
        raise Http404
    name = f"statistics-{timezone.localtime(made.asked_at):%Y%m%d-%H%M}.{made.form}"
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=TYPES[made.form])
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
