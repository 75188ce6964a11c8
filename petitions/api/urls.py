"""Endpoints of petitions."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from petitions.api.closing import ClosingDeeds
from petitions.api.files import CaseFiles
from petitions.api.history import CaseHistory
from petitions.api.petitions import PetitionViewSet
from petitions.api.reception import ReceptionDeeds
from petitions.api.reference import Categories, DeclineReasons
from petitions.api.tracking import Tracking

router = SimpleRouter()
router.register("petitions", PetitionViewSet, basename="api-petition")
router.register("petitions", ReceptionDeeds, basename="api-petition-reception")
router.register("petitions", ClosingDeeds, basename="api-petition-closing")
router.register("petitions", CaseHistory, basename="api-petition-history")
router.register("petitions", CaseFiles, basename="api-petition-files")
router.register("categories", Categories, basename="api-category")
router.register("decline-reasons", DeclineReasons, basename="api-decline-reason")
urlpatterns = [path("track/<str:code>/", Tracking.as_view(), name="api-track")]
