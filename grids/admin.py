"""The map by hand: names, hosts and telephones. Boundaries are drawn by the deed that checks them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from grids.models import Cell


@admin.register(Cell)
class CellAdmin(admin.ModelAdmin):
    """Grids."""

    list_display = ["code", "name", "kind", "host_kind", "village", "households", "residents", "active"]
    list_filter = ["kind", "host_kind", "active"]
    search_fields = ["code", "name"]
    list_select_related = ["village"]
    readonly_fields = ["code", "kind", "village", "boundary", "lng", "lat", "area_m2", "active", "version",
                       "begins_on", "ends_on"]  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A new grid needs a boundary that was checked: draw_cell."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A grid that ended stays as it was."""
        ended = obj is not None and obj.ends_on is not None
        return not ended and bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A grid is retired: its code stays in old cases."""
        return False
