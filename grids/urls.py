"""Addresses of the map."""

from django.urls import path, register_converter

from grids import views


class CellCode:
    """The 15 digits of a grid."""

    regex = "[0-9]{15}"

    def to_python(self, value: str) -> str:
        """The code as it is written."""
        return value

    def to_url(self, value: str) -> str:
        """The code as it is written."""
        return value


register_converter(CellCode, "cell")

app_name = "grids"
urlpatterns = [
    path("", views.grid_map, name="map"),
    path("cells.json", views.cells, name="cells"),
    path("<cell:code>/", views.card, name="card"),
    path("<cell:code>/boundary.json", views.boundary, name="boundary"),
]
