"""What the API says of a document."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from documents.models import Issued


class DocumentOutput(serializers.Serializer[Any]):
    """One row of the register. The files are fetched from `pdf/` and `word/` below its address."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    kind_label = serializers.CharField()
    number = serializers.CharField()
    case = serializers.UUIDField()
    subject = serializers.UUIDField()
    issuer_id = serializers.IntegerField()
    language = serializers.CharField()
    full = serializers.BooleanField(help_text="It holds personal data in full; it is then printed on the page only.")
    sha256 = serializers.CharField(help_text="Of the PDF as it was issued.")
    word_sha256 = serializers.CharField(help_text="Of the Word file as it was issued.")
    issued_at = serializers.DateTimeField()


def row_of(made: Issued) -> dict[str, Any]:
    """The fields of one document."""
    plain = ("id", "kind", "kind_label", "number", "subject", "issuer_id", "language", "full", "sha256", "word_sha256")
    return {name: getattr(made, name) for name in plain} | {"case": made.case_id, "issued_at": made.at}
