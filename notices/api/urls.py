"""Endpoints of notices: of one's own, always."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from notices.api.inbox import NoticeViewSet
from notices.api.kinds import KindViewSet
from notices.api.wishes import WishesViewSet

router = SimpleRouter()
router.register("notices", NoticeViewSet, basename="api-notice")
router.register("notice-kinds", KindViewSet, basename="api-notice-kind")
urlpatterns = [
    path(
        "notice-preferences/",
        WishesViewSet.as_view({"get": "retrieve", "post": "choose"}),
        name="api-notice-preferences",
    ),
    path("notice-contacts/", WishesViewSet.as_view({"post": "reach"}), name="api-notice-contacts"),
]
