"""In which language a document is issued, and whether personal data stands on it in full, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from documents.choices import Form, Language
from kernel.forms import PlainForm


class IssueForm(PlainForm):
    """The official language, or English for a reader of English; masked unless a purpose is named."""

    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, initial=Language.CHINESE.value)
    purpose = forms.ChoiceField(
        label=_("Personal data"),
        required=False,
        help_text=_("In full only where you need it: the look is recorded with your name and the purpose."),
    )

    def __init__(self, *args: Any, purposes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (get_language() or "").startswith("en"):
            self.fields["language"].initial = Language.ENGLISH.value
        else:
            self.fields["language"].widget = forms.HiddenInput()
        if purposes:
            masked = [("", str(_("masked")))]
            self.fields["purpose"].choices = [*masked, *purposes]  # type: ignore[attr-defined]
        else:
            del self.fields["purpose"]


class PrintForm(PlainForm):
    """A document with personal data in full is printed for a purpose."""

    form = forms.ChoiceField(label=_("File"), choices=Form.choices, initial=Form.PDF.value)
    purpose = forms.ChoiceField(label=_("What for"))

    def __init__(self, *args: Any, purposes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]
