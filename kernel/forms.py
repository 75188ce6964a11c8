"""Forms of pages: text is checked as the API checks it, and what a deed refuses stands beside its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.choices import CallableChoiceIterator
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError
from kernel.text import refuse_hostile

FILES_AT_ONCE = 6


class PlainForm(forms.Form):
    """Refuses what cannot be stored or would deceive the eye, whatever field it comes in."""

    def clean(self) -> dict[str, Any]:
        """Check every text once more, as a whole."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name, value in list(cleaned.items()):
            try:
                refuse_hostile(value)
            except ValueError:
                self.add_error(name, _("A character in this text is not accepted."))
        return cleaned

    def explain(self, error: DomainError, *, names: Mapping[str, str] | None = None) -> None:
        """Put what a deed refused beside the fields it names, and above the form where it names none of ours.

        `names` translates the deed's names of fields into ours where they differ.
        """
        self.is_valid()
        known = False
        for said, reasons in error.fields.items():
            name = (names or {}).get(said, said)
            if name in self.fields:
                known = True
                self.add_error(name, [str(reason) for reason in reasons])
        if not known:
            self.add_error(None, str(error.message))


def read_choices_once(together: Sequence[forms.Form]) -> None:
    """Let forms of one class that are read together ask for the choices of each field once, and not each by itself."""
    for name, field in together[0].fields.items() if together else ():
        offered: Any = getattr(field, "choices", None)
        if isinstance(offered, CallableChoiceIterator):
            choices = list(offered)
            for one in together:
                one.fields[name].choices = choices  # type: ignore[attr-defined]


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, as a list; what they hold is checked where they are attached."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file by itself."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > FILES_AT_ONCE:
            raise forms.ValidationError(_("Too many files at once."))
        return [super(FilesField, self).clean(one, initial) for one in given]


class DeedForm(PlainForm):
    """A form for a deed on something that others may change meanwhile: it carries the version that was seen."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def given(self) -> dict[str, Any]:
        """What the deed is called with, besides who, when and the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def renew(self, *, version: int) -> None:
        """Keep everything that was typed, over a newer version."""
        assert isinstance(self.data, MultiValueDict)  # a form that comes back was posted
        typed = MultiValueDict(self.data.lists())  # every value of a field with several
        typed["version"] = str(version)
        self.data = typed


class Over(DeedForm):
    """A deed over the version of something that was seen."""

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class Day(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class Moment(forms.DateTimeField):
    """A day and an hour, chosen in the browser's own calendar, in the office's time."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)


class Score(forms.TypedChoiceField):
    """One to five, the best first."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [(mark, str(mark)) for mark in range(5, 0, -1)]
        super().__init__(coerce=int, choices=choices, widget=forms.RadioSelect, **kwargs)
