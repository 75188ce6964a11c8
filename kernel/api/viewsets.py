"""The base of every endpoint: who asks, what they may see, and which capability each action needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from kernel.actors import Actor
from kernel.errors import Invalid, NotAllowed
from kernel.middleware import actor_of_user

UUID_PATTERN = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


class DeedViewSet(GenericViewSet[Any]):
    """Rows through visible_to(actor), deeds through services.

    `capabilities` maps each action to the capability it needs, or to "" for anybody signed in; an action that is not in
    the table is refused, so that nothing is opened by forgetting.
    """

    model: ClassVar[type[Model]]
    capabilities: ClassVar[Mapping[str, str]] = {}
    lookup_value_regex = UUID_PATTERN

    @property
    def actor(self) -> Actor:
        return self.request.actor  # type: ignore[attr-defined,no-any-return]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        request.actor = actor_of_user(request.user)  # type: ignore[attr-defined]
        if self.action is None:
            raise exceptions.MethodNotAllowed(request.method or "")
        if self.action not in self.capabilities:
            raise NotAllowed(f"{type(self).__name__}.{self.action} is in no capability table")
        capability = self.capabilities[self.action]
        if capability and not self.actor.holds(capability):
            raise NotAllowed(self.actor.may(capability).reason)

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return self.model._default_manager.none()
        return self.model._default_manager.visible_to(self.actor)  # type: ignore[attr-defined,no-any-return]

    def get_object(self) -> Any:
        """The row if this person may see it; otherwise the same 404 as for a row that does not exist."""
        return get_object_or_404(self.get_queryset(), pk=self.kwargs[self.lookup_url_kwarg or self.lookup_field])

    def read(self, serializer_class: type[Any]) -> dict[str, Any]:
        """The validated input. Raises Invalid naming unknown fields, ValidationError naming wrong ones."""
        data = self.request.data
        if not isinstance(data, Mapping):
            raise Invalid("Send a JSON object.")
        serializer = serializer_class(data=data, context=self.get_serializer_context())
        unknown = set(data) - set(serializer.fields)
        if unknown:
            raise Invalid("Unknown fields.", fields={str(name)[:60]: ["Unknown field."] for name in sorted(unknown)})
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Every answer that shows one version of a row carries its ETag."""
        if isinstance(response, Response) and isinstance(response.data, dict) and "version" in response.data:
            response.headers["ETag"] = f'"{response.data["version"]}"'
        return super().finalize_response(request, response, *args, **kwargs)
