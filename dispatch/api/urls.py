"""Endpoints of dispatch."""

from rest_framework.routers import SimpleRouter

from dispatch.api.case import CaseDispatch
from dispatch.api.hitrates import HitRates
from dispatch.api.joint import JointTasks
from dispatch.api.offers import Offers
from dispatch.api.orders import OrderViewSet
from dispatch.api.reference import ReturnReasons
from dispatch.api.replays import Replays
from dispatch.api.suggestions import SuggestionViewSet
from dispatch.api.timing import Hangups, Lights, TimeRules
from dispatch.api.trying import DryRun
from kernel.api.viewsets import UUID_PATTERN

OF_ORDER = rf"orders/(?P<order_id>{UUID_PATTERN})"

router = SimpleRouter()
router.register("orders", OrderViewSet, basename="api-order")
router.register(rf"{OF_ORDER}/tasks", JointTasks, basename="api-joint-task")
router.register(rf"{OF_ORDER}/hand-over", Offers, basename="api-order-offer")
router.register("petitions", CaseDispatch, basename="api-petition-dispatch")
router.register("return-reasons", ReturnReasons, basename="api-return-reason")
router.register("suggestions", SuggestionViewSet, basename="api-suggestion")
router.register("dry-run", DryRun, basename="api-dry-run")
router.register("hit-rates", HitRates, basename="api-hit-rate")
router.register("replays", Replays, basename="api-replay")
router.register("hang-ups", Hangups, basename="api-hang-up")
router.register("lights", Lights, basename="api-lights")
router.register("time-rules", TimeRules, basename="api-time-rule")
