"""Files of a case: checked, re-encoded, kept outside of the database under a name of ours."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from petitions.choices import AttachmentPurpose
from petitions.models.petition import Petition


class StoredFile(models.Model):
    """A picture or a document that was checked and kept: what every kind of case's files have in common.

    `FOLDER` is where the files of a kind lie below the media root; sweep_attachments looks after every kind.
    """

    FOLDER: ClassVar[str]

    id = models.UUIDField(primary_key=True)
    original_name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(_("size"))
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=120, unique=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(_("added"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.original_name


class Attachment(StoredFile):
    FOLDER = "attachments"

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="attachments")
    purpose = models.CharField(_("purpose"), max_length=10, choices=AttachmentPurpose)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
