"""Reference data by hand. What must leave a trace (postings, the list) is shown here and changed by its deeds."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from organizations.models import Area, Matter, Posting, ResponsibilityEntry, Unit, User


class ShownOnly:
    """Rows can be read, and changed by services alone."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is made here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted here."""
        return False


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin):
    """Areas."""

    list_display = ["code", "name", "level", "parent"]
    list_filter = ["level"]
    search_fields = ["code", "name"]
    list_select_related = ["parent"]
    autocomplete_fields = ["parent"]


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    """Units."""

    list_display = ["code", "name", "kind", "level", "area", "superior", "active"]
    list_filter = ["kind", "level", "active"]
    search_fields = ["code", "name", "short_name"]
    list_select_related = ["area", "superior"]
    autocomplete_fields = ["area", "superior", "second_superior"]


@admin.register(Matter)
class MatterAdmin(admin.ModelAdmin):
    """Matters."""

    list_display = ["code", "name", "domain", "petition_kind", "limit_value", "limit_unit"]
    list_filter = ["petition_kind", "domain"]
    search_fields = ["code", "name"]


class PostingInline(ShownOnly, admin.TabularInline):
    """A person's postings, past ones too."""

    model = Posting
    extra = 0
    fields = ["unit", "role", "cell_code", "valid_from", "valid_until"]


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People who can sign in."""

    list_display = ["username", "display_name", "work_phone", "is_active", "is_staff"]
    search_fields = ["username", "display_name"]
    inlines = [PostingInline]
    fieldsets = [
        *(UserAdmin.fieldsets or ()),
        (_("Shown to others"), {"fields": ["display_name", "work_phone", "language"]}),
    ]


@admin.register(Posting)
class PostingAdmin(ShownOnly, admin.ModelAdmin):
    """Who works where, and since when."""

    list_display = ["user", "unit", "role", "cell_code", "valid_from", "valid_until"]
    list_filter = ["role"]
    search_fields = ["user__username", "user__display_name", "unit__name", "cell_code"]
    list_select_related = ["user", "unit"]


@admin.register(ResponsibilityEntry)
class EntryAdmin(ShownOnly, admin.ModelAdmin):
    """The responsibility list."""

    list_display = ["code", "matter", "area", "duty", "rule", "unit", "valid_from", "valid_until"]
    list_filter = ["duty", "rule"]
    search_fields = ["code", "matter__name", "unit__name"]
    list_select_related = ["matter", "area", "unit"]
