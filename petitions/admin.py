"""Reference data of petitions by hand: categories and the reasons for declining. Petitions themselves have deeds."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from petitions.models import Category, DeclineReason


class Kept:
    """Rows that cases point to are switched off, not deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted: a case closed long ago still names it."""
        return False


@admin.register(Category)
class CategoryAdmin(Kept, admin.ModelAdmin):
    """Three levels; the third names the matter of the responsibility list."""

    list_display = ["code", "name", "level", "kind", "urgency", "matter", "active"]
    list_filter = ["level", "kind", "urgency", "active"]
    search_fields = ["code", "name", "keywords"]
    list_select_related = ["matter"]
    autocomplete_fields = ["parent", "matter"]


@admin.register(DeclineReason)
class DeclineReasonAdmin(Kept, admin.ModelAdmin):
    """Each with the channel that the citizen is told to go to, and the law."""

    list_display = ["code", "name", "channel", "basis", "active"]
    list_filter = ["active"]
    search_fields = ["code", "name", "channel"]
