"""What every table of cases can do: be locked, one row, in the one order."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from kernel.errors import Missing, Stale

M = TypeVar("M", bound=models.Model)


class LockingQuerySet(models.QuerySet[M]):
    def locked(self, pk: Any, *, version: int | None = None) -> M:
        """The row, locked until the deed ends. Raises Missing, or Stale where `version` is not the current one."""
        row = self.select_for_update(of=("self",)).filter(pk=pk).first()
        if row is None:
            raise Missing(_("This does not exist, or not for you."))
        check_version(row, version)
        return row


def check_version(row: Any, version: int | None) -> None:
    """Raise Stale (412) where somebody changed the row since `version` was read; None checks nothing."""
    if version is not None and row.version != version:
        state = {"state": row.state} if hasattr(row, "state") else {}
        raise Stale(
            _("This was changed in the meantime."),
            details={"current_version": row.version, "your_version": version, **state},
        )
