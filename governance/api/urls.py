"""/api/: version 1 of every app's endpoints, the schema, and its description to read and try."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from governance import mounting
from governance.api import session

router = SimpleRouter()
first_version = [
    path("auth/token/", session.Token.as_view(), name="api-token"),
    path("me/", session.Me.as_view(), name="api-me"),
    *mounting.endpoints(router=router),
]
urlpatterns = [
    path("v1/", include(first_version)),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
]
