"""How stored files go out: under the name that was given, and so that nothing in them may run."""

from __future__ import annotations

from django.http import FileResponse, Http404

from petitions import files
from petitions.models import StoredFile

# Nothing in a file of ours may run, whatever a browser makes of it.
LOCKED = "default-src 'none'; sandbox"


def shown(row: StoredFile) -> FileResponse:
    """The file itself, in the browser where it is a picture. Raises Http404 where it is gone."""
    path = files.path_of(attachment=row)
    if not path.exists():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=row.content_type)
    response.headers["Content-Disposition"] = files.disposition(attachment=row, inline=bool(row.width))
    response.headers["Content-Security-Policy"] = LOCKED
    return response


def shown_small(row: StoredFile) -> FileResponse:
    """The small picture. Raises Http404 for a document."""
    small = files.thumbnail_of(attachment=row)
    if small is None or not small.exists():
        raise Http404
    return FileResponse(small.open("rb"), content_type="image/webp")


def downloaded(row: StoredFile) -> FileResponse:
    """Always as a download, never as a page of ours. Raises Http404 where the file is gone."""
    path = files.path_of(attachment=row)
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=row.content_type)
    response.headers["Content-Disposition"] = files.disposition(attachment=row)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
