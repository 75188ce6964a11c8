"""What the forms of calls have in common."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.forms import FilesField, FilesInput

LONG, SHORT = {"rows": 5}, {"rows": 3}


def files_field() -> FilesField:
    """Photographs or documents, taken on the spot by a telephone or chosen."""
    return FilesField(
        label=_("Photographs"),
        required=False,
        widget=FilesInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        help_text=_("JPEG, PNG, WebP or PDF, up to 10 MB each."),
    )
