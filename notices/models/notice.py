"""What somebody was told, and what they do not want to be counted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from notices.querysets import NoticeQuerySet


class Notice(models.Model):
    """One thing told to one person. `once` names the happening, so that it is told once however often it is said.

    `facts` holds ids and codes only: they become words when the notice is read, in the reader's language and with the
    names that hold then.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("user")
    )
    kind = models.CharField(_("kind"), max_length=64, db_collation="C")
    subject = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    once = models.CharField(max_length=96, db_collation="C")
    urgent = models.BooleanField(_("urgent"))
    muted = models.BooleanField(_("muted"))
    told_at = models.DateTimeField(_("when told"))
    read_at = models.DateTimeField(_("when read"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "once", "user"], name="notice_once"),
            models.CheckConstraint(condition=~Q(urgent=True, muted=True), name="notice_urgent_is_heard"),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(read_at__gte=F("told_at")), name="notice_read_after_told"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-told_at", "-id"], name="notice_inbox"),
            # The bell counts along this one on every page.
            models.Index(fields=["user", "id"], name="notice_unread", condition=Q(read_at__isnull=True, muted=False)),
            models.Index(fields=["told_at"], name="notice_age"),
        ]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self) -> str:
        return f"{self.kind} → {self.user_id}"


class Mute(models.Model):
    """A kind that somebody does not want to hear of: it goes into the inbox, but neither counts nor leaves."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("user")
    )
    kind = models.CharField(_("kind"), max_length=64, db_collation="C")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="mute_once")]
        verbose_name = _("muted kind")
        verbose_name_plural = _("muted kinds")

    def __str__(self) -> str:
        return f"{self.user_id} without {self.kind}"
