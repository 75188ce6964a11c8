"""The base of every endpoint: who asks, what they may see, and which capability each action needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from kernel import clock
from kernel.actors import Actor
from kernel.api.changes import changed
from kernel.api.once import expected_version
from kernel.api.parameters import refuse_unknown
from kernel.errors import Conflict, Invalid, Missing, NotAllowed, Stale
from kernel.middleware import actor_of_user

UUID_PATTERN = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


class DeedViewSet(GenericViewSet[Any]):
    """Rows through visible_to(actor), deeds through services.

    `capabilities` maps each action to the capability it needs, or to several any of which opens it, or to "" for
    anybody signed in; an action that is not in the table is refused, so that nothing is opened by forgetting.
    """

    model: ClassVar[type[Model]]
    capabilities: ClassVar[Mapping[str, str | tuple[str, ...]]] = {}
    case_field: ClassVar[str] = "pk"
    parameters: ClassVar[Mapping[str, tuple[str, ...]]] = {}  # of actions besides the list
    orderings: ClassVar[tuple[str, ...]] = ()
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
        needed = self.capabilities[self.action]
        any_of = (needed,) if isinstance(needed, str) else needed
        if "" not in any_of and not any(self.actor.holds(one) for one in any_of):
            raise NotAllowed(self.actor.may(any_of[0]).reason)
        if self.action != "list":
            refuse_unknown(request, known=self.parameters.get(self.action, ()))

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return self.model._default_manager.none()
        return self.model._default_manager.visible_to(self.actor)  # type: ignore[attr-defined,no-any-return]

    def get_object(self) -> Any:
        """The row if this person may see it; otherwise the same 404 as for a row that does not exist."""
        return get_object_or_404(self.get_queryset(), pk=self.kwargs[self.lookup_url_kwarg or self.lookup_field])

    def seen(self) -> dict[str, Any]:
        """What every change to a row is called with. Raises Missing where the actor does not see the row.

        Who sees it and is told that somebody was faster learns what changed; see handle_exception().
        """
        pk = self.kwargs[self.lookup_url_kwarg or self.lookup_field]
        version = expected_version(self.request)
        self.changing = self.get_queryset().filter(pk=pk).values_list("pk", self.case_field).first()
        if self.changing is None:
            raise Missing(_("This does not exist, or not for you."))
        return {"actor": self.actor, "at": clock.now(), "version": version}

    def handle_exception(self, exc: Exception) -> Response:
        """A conflict says how the row stands now and what happened to it last."""
        if isinstance(exc, Conflict | Stale) and (row := getattr(self, "changing", None)):
            exc.details = {**exc.details, **changed(model=self.model, pk=row[0], case_id=row[1])}
        return super().handle_exception(exc)

    @property
    def keyset_order(self) -> str:
        """The order asked for, the first of `orderings` unless told. Raises Invalid for another one."""
        asked = self.request.query_params.get("ordering", "")
        if asked and asked not in self.orderings:
            said = ", ".join(self.orderings)
            raise Invalid(_("There is no such order."), fields={"ordering": [_("One of: %s") % said]})
        return asked or (self.orderings[0] if self.orderings else "-pk")

    def read(self, serializer_class: type[Any]) -> dict[str, Any]:
        """The validated input. Raises Invalid for anything but an object, ValidationError naming wrong fields."""
        data = self.request.data
        if not isinstance(data, Mapping):
            raise Invalid(_("Send a JSON object."))
        serializer = serializer_class(data=data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Every answer that shows one version of a row carries its ETag."""
        if isinstance(response, Response) and isinstance(response.data, dict) and "version" in response.data:
            response.headers["ETag"] = f'"{response.data["version"]}"'
        return super().finalize_response(request, response, *args, **kwargs)
