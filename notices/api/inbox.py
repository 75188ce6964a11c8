"""One's own notices: the list, how many are unread, and reading them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.fields import Code, StrictInput
from kernel.api.filters import FlagFilter, StrictFilterSet
from kernel.api.viewsets import DeedViewSet
from notices.forms.filters import kind_choices
from notices.models import Notice
from notices.queries import Said, bell_of, said
from notices.services import reading


class NoticeOutput(serializers.Serializer[Any]):
    """A notice in words, in the language asked for."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    title = serializers.CharField()
    subject = serializers.CharField(help_text="The id of what it is about.")
    url = serializers.CharField(allow_blank=True, help_text="The page that it leads to.")
    urgent = serializers.BooleanField()
    muted = serializers.BooleanField()
    told_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class UnreadOutput(serializers.Serializer[Any]):
    """What the bell shows. `more` says that there are more than the number."""

    unread = serializers.IntegerField()
    more = serializers.BooleanField()
    urgent = serializers.ListField(
        child=serializers.IntegerField(), help_text="The newest urgent ones that are unread."
    )


class ReadAllInput(StrictInput):
    """Everything, or one kind."""

    kind = Code(max_length=64, required=False, default="", allow_blank=True)


class ReadAllOutput(serializers.Serializer[Any]):
    """How many were unread."""

    read = serializers.IntegerField()


class NoticeFilters(StrictFilterSet):
    """By kind, by urgency, and what is unread."""

    kind = ChoiceFilter(choices=kind_choices)
    unread = FlagFilter(method="are_unread", help_text=_("Only what is unread and not muted."))
    urgent = FlagFilter(method="are_urgent")

    class Meta:
        model = Notice
        fields: tuple[str, ...] = ()

    def are_unread(self, rows: Any, name: str, wanted: bool) -> QuerySet[Any]:
        counted: QuerySet[Any] = rows.counted()
        return counted if wanted else rows

    def are_urgent(self, rows: Any, name: str, wanted: bool) -> QuerySet[Any]:
        urgent: QuerySet[Any] = rows.filter(urgent=True)
        return urgent if wanted else rows


@extend_schema(tags=["notices"])
@extend_schema_view(list=extend_schema(responses=NoticeOutput(many=True), summary="What you were told, newest first"))
class NoticeViewSet(DeedViewSet):
    """What you were told. Reading is done for good, so it needs no version."""

    model = Notice
    lookup_value_regex = "[0-9]{1,18}"
    filterset_class = NoticeFilters
    orderings = ("-told_at", "told_at")
    capabilities = {"list": "", "unread": "", "mark": "", "mark_all": ""}

    def list(self, request: Request) -> Response:
        """Your own only, whatever your office."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response([notice_of(one) for one in said(rows)])

    @extend_schema(responses=UnreadOutput, summary="How many are unread")
    @action(detail=False, methods=["get"])
    def unread(self, request: Request) -> Response:
        """Cheap enough to be asked every few seconds."""
        bell = bell_of(user_id=self.actor.user_id)
        return Response({"unread": bell.unread, "more": bell.more, "urgent": list(bell.urgent)})

    @extend_schema(request=None, responses=NoticeOutput, summary="Mark one notice as read")
    @action(detail=True, methods=["post"], url_path="read")
    def mark(self, request: Request, pk: str) -> Response:
        """A second time changes nothing."""
        notice = reading.read(notice_id=pk, actor=self.actor, at=clock.now())
        return Response(notice_of(said([notice])[0]))

    @extend_schema(
        operation_id="notices_read_all",
        request=ReadAllInput,
        responses=ReadAllOutput,
        summary="Mark all notices as read, or one kind",
    )
    @action(detail=False, methods=["post"], url_path="read")
    def mark_all(self, request: Request) -> Response:
        """What comes meanwhile stays unread."""
        done = reading.read_all(actor=self.actor, at=clock.now(), kind=self.read(ReadAllInput)["kind"])
        return Response({"read": done})


def notice_of(one: Said) -> dict[str, Any]:
    """A notice as answers show it."""
    row = one.notice
    return {
        "id": row.pk,
        "kind": row.kind,
        "title": one.title,
        "subject": row.subject,
        "url": one.target,
        "urgent": row.urgent,
        "muted": row.muted,
        "told_at": row.told_at,
        "read_at": row.read_at,
    }
