"""Reference data of the kernel: calendars are read, and published anew; a published one is never edited."""

from __future__ import annotations

import csv
import io
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kernel.calendar_notices import COLUMNS, Day, compare, days_of, latest, publish, read_days
from kernel.clock import now
from kernel.errors import Invalid
from kernel.models import CalendarDay, CalendarVersion, Reprojection
from kernel.worktime import parse_spans


class CalendarForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new version: its hours and all of its days as text."""

    days = forms.CharField(
        label=_("list of days"),
        widget=forms.Textarea(attrs={"rows": 30, "cols": 100}),
        help_text=_("One line per day: date, kind (holiday, makeup, statutory), name, source."),
    )

    class Meta:
        model = CalendarVersion
        fields = ["spans", "note"]

    def clean_spans(self) -> str:
        """Refuse hours that are not hours."""
        given: str = self.cleaned_data["spans"]
        try:
            parse_spans(text=given)
        except ValueError as error:
            raise forms.ValidationError(_("Hours look like this: 08:30-12:00, 14:00-17:30")) from error
        return given

    def clean_days(self) -> list[Day]:
        """Refuse a list with a wrong line."""
        try:
            return read_days(lines=io.StringIO(self.cleaned_data["days"], newline=""))
        except Invalid as error:
            raise forms.ValidationError([str(line) for line in error.fields.get("days", [error.message])]) from error

    def clean(self) -> dict[str, Any]:
        """Refuse a version that says nothing new."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not compare(days=given["days"], spans=parse_spans(text=given["spans"])):
            raise forms.ValidationError(_("This is what the latest version says already."))
        return given


class CalendarDayInline(admin.TabularInline):  # type: ignore[type-arg]
    """The days of a published version."""

    model = CalendarDay
    fields = ["date", "kind", "name", "notice"]
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: a published version does not change."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: a published version does not change."""
        return False


@admin.register(CalendarVersion)
class CalendarVersionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """See the module."""

    form = CalendarForm
    list_display = ["number", "announced_until", "published_at", "spans", "note", "carried_through"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new version begins with what the latest one says."""
        before = latest()
        return {"spans": before.spans if before else "", "days": _text(days_of(version=before))}

    def get_inlines(self, request: HttpRequest, obj: CalendarVersion | None = None) -> Any:
        """Days are text while a version is made, and rows once it is published."""
        return [CalendarDayInline] if obj else []

    def get_fields(self, request: HttpRequest, obj: CalendarVersion | None = None) -> Any:
        """The same for the version itself."""
        return ["number", "announced_until", "published_at", "spans", "note"] if obj else ["spans", "note", "days"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: a new notice is a new version."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: deadlines name the version they were computed with."""
        return False

    @admin.display(description=_("open deadlines"))
    def carried_through(self, obj: CalendarVersion) -> str:
        """How far the version has been carried into what was open when it was published."""
        run = Reprojection.objects.filter(calendar_version=obj.number).first()
        if run is None:
            return ""
        figures = {"seen": run.seen, "total": max(run.total, run.seen), "moved": run.moved}
        if run.finished_at is None:
            return gettext("%(seen)s of %(total)s looked at, %(moved)s moved") % figures
        return gettext("all %(seen)s looked at, %(moved)s moved") % figures

    def save_model(self, request: HttpRequest, obj: CalendarVersion, form: CalendarForm, change: bool) -> None:
        """Publish, and let the page go on with the version that was made."""
        given = form.cleaned_data
        version = publish(days=given["days"], spans=parse_spans(text=given["spans"]), note=given["note"], at=now())
        obj.pk = (version or latest()).pk  # type: ignore[union-attr]
        obj.refresh_from_db()
        messages.info(request, gettext("Open deadlines are laid anew in the background; the list says how far it is."))


def _text(days: list[Day]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([day.date.isoformat(), day.kind, day.name, day.notice] for day in days)
    return out.getvalue()
