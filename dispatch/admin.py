"""Reference data of dispatch by hand: the reasons for returning. Work orders themselves have deeds."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from dispatch.models import ReturnReason


@admin.register(ReturnReason)
class ReturnReasonAdmin(admin.ModelAdmin):
    """What a unit may say."""

    list_display = ["code", "name", "active"]
    list_filter = ["active"]
    search_fields = ["code", "name"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted: an order returned long ago still names it."""
        return False
