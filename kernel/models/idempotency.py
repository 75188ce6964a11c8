"""Answers already given, so that a repeated request gets the same one."""

from __future__ import annotations

from django.db import models


class StoredAnswer(models.Model):
    """The answer to one key of one actor, written in the transaction of the deed itself."""

    actor_key = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    fingerprint = models.BinaryField()
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor_key", "key"], name="kernel_answer_once")]

    def __str__(self) -> str:
        return f"{self.actor_key} {self.key}"
