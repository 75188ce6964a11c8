"""Pages of work orders."""

from django.urls import path

from dispatch.views import (
    deeds,
    hangups,
    hitrates,
    joint,
    lights,
    orders,
    replays,
    suggestions,
    time_rules,
    trying,
    why,
    why_until,
)

app_name = "dispatch"
urlpatterns = [
    path("", orders.orders, name="orders"),
    path("dry-run/", trying.trial, name="trial"),
    path("dry-run/<uuid:case_id>/", trying.of_case, name="trial-of-case"),
    path("hit-rates/", hitrates.hitrates, name="hit-rates"),
    path("hit-rates/cases/", hitrates.cases, name="hit-rate-cases"),
    path("hit-rates/hit-rates.xlsx", hitrates.book, name="hit-rate-book"),
    path("replay/", replays.replays, name="replays"),
    path("replay/<uuid:replay_id>/", replays.replay, name="replay"),
    path("replay/<uuid:replay_id>/stop/", replays.stop, name="replay-stop"),
    path("replay/<uuid:replay_id>/replay.xlsx", replays.book, name="replay-book"),
    path("<uuid:order_id>/why/", why.why, name="why"),
    path("why-until/<uuid:case_id>/", why_until.why_until, name="why_until"),
    path("suspended/", hangups.hangups, name="hangups"),
    path("suspended/units/", hangups.by_unit, name="hangups_by_unit"),
    path("lights/", lights.lights, name="lights"),
    path("time-rules/", time_rules.time_rules, name="time-rules"),
    path("suggestions/", suggestions.suggestions, name="suggestions"),
    path("assign/<uuid:case_id>/", deeds.assign, name="assign"),
    path("<uuid:order_id>/units/<slug:name>/", joint.on_order, name="joint-deed"),
    path("tasks/<uuid:task_id>/<slug:name>/", joint.on_task, name="task-deed"),
    path("offers/<uuid:offer_id>/<slug:name>/", joint.on_offer, name="offer-deed"),
    path("<uuid:order_id>/<slug:name>/", deeds.deed, name="deed"),
]
