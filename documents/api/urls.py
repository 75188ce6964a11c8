"""Endpoints of documents."""

from rest_framework.routers import SimpleRouter

from documents.api.register import DocumentViewSet

router = SimpleRouter()
router.register("documents", DocumentViewSet, basename="api-document")
