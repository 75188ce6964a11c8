"""Addresses of the pages of liaison officials."""

from django.urls import path, register_converter

from liaisons.views import board, deeds, official, place


class PlaceCode:
    """The 12 digits of a community or the 15 of a grid."""

    regex = "[0-9]{12}(?:[0-9]{3})?"

    def to_python(self, value: str) -> str:
        """The code as it is written."""
        return value

    def to_url(self, value: str) -> str:
        """The code as it is written."""
        return value


register_converter(PlaceCode, "liaison_place")

app_name = "liaisons"
urlpatterns = [
    path("", board.board, name="board"),
    path("export/", board.export, name="export"),
    path("mine/", official.mine, name="mine"),
    path("places/<liaison_place:code>/", place.place, name="place"),
    path("places/<liaison_place:code>/assign/", deeds.assign, name="assign"),
    path("officials/<int:user_id>/", official.official, name="official"),
    path("assignments/<uuid:assignment_id>/end/", deeds.end, name="end"),
    path("assignments/<uuid:assignment_id>/record/", deeds.record, name="record"),
    path("visits/<uuid:visit_id>/", official.visit, name="visit"),
]
