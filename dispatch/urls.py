"""Pages of work orders."""

from django.urls import path

from dispatch.views import deeds, orders

app_name = "dispatch"
urlpatterns = [
    path("", orders.orders, name="orders"),
    path("assign/<uuid:case_id>/", deeds.assign, name="assign"),
    path("<uuid:order_id>/<slug:name>/", deeds.deed, name="deed"),
]
