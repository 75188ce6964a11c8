"""Pages of supervision."""

from django.urls import path

from supervision.views import board, casework, deeds, orders, register

app_name = "supervision"
urlpatterns = [
    path("", register.register, name="register"),
    path("export/", register.export, name="export"),
    path("listed/", board.board, name="board"),
    path("listed/<uuid:listing_id>/<slug:name>/", board.deed, name="listing-deed"),
    path("cases/<uuid:case_id>/urge/", casework.urge, name="urge"),
    path("cases/<uuid:case_id>/issue/", casework.issue, name="issue"),
    path("cases/<uuid:case_id>/list/", casework.put_on_list, name="list-case"),
    path("<uuid:order_id>/", orders.order, name="order"),
    path("<uuid:order_id>/document/", orders.document, name="document"),
    path("<uuid:order_id>/<slug:name>/", deeds.deed, name="deed"),
]
