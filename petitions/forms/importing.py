"""Forms of the import: the file, and which of its columns is which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import PlainForm
from kernel.sheets.limits import MEGABYTE
from kernel.sheets.words import words
from petitions.choices import Channel
from petitions.intake import spooling
from petitions.intake.mapping import LABELS


class UploadForm(PlainForm):
    """A file with the words that go for all of its rows."""

    file = forms.FileField(label=_("file"), help_text=_("CSV in UTF-8 or GB18030, or XLSX, up to 50 MB."))
    source = forms.SlugField(
        label=_("source"),
        max_length=40,
        initial="hotline",
        help_text=_(
            "A short name such as hotline or mailbox. Within one source each number is imported once for ever."
        ),
    )
    channel = forms.ChoiceField(label=_("channel"), choices=Channel.choices, initial=Channel.HOTLINE)

    def clean_source(self) -> str:
        """Sources are told apart without regard to capitals."""
        return str(self.cleaned_data["source"]).lower()

    def clean_file(self) -> Any:
        """Refuse what is too large before anything reads it."""
        file = self.cleaned_data["file"]
        if file.size > spooling.LIMITS.bytes:
            raise forms.ValidationError(words("too_large", str(spooling.LIMITS.bytes // MEGABYTE)))
        return file


class ColumnsForm(forms.Form):
    """One choice of column for each field of a petition."""

    def __init__(self, *args: Any, columns: list[str], mapping: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((name, name) for name in columns)]
        for name, label in LABELS.items():
            self.fields[name] = forms.ChoiceField(
                label=str(label), choices=choices, required=False, initial=mapping.get(name, "")
            )

    def mapping(self) -> dict[str, str]:
        """Field → column, without the fields that no column was chosen for."""
        return {name: column for name, column in self.cleaned_data.items() if column}
