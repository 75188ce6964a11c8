"""Addresses of the map."""

from django.urls import path, register_converter

from grids.views import (
    cells,
    drawing,
    finding_deeds,
    findings,
    importing,
    jobs,
    outlines,
    planning,
    previewing,
    reshaping,
    staffing,
)


class CellCode:
    """The 15 digits of a grid."""

    regex = "[0-9]{15}"

    def to_python(self, value: str) -> str:
        """The code as it is written."""
        return value

    def to_url(self, value: str) -> str:
        """The code as it is written."""
        return value


class AreaCode(CellCode):
    """The 12 digits of a township or village."""

    regex = "[0-9]{12}"


register_converter(CellCode, "cell")
register_converter(AreaCode, "area")

app_name = "grids"
urlpatterns = [
    path("", cells.grid_map, name="map"),
    path("cells.json", cells.cells, name="cells"),
    path("findings/", findings.findings, name="findings"),
    path("findings/export/", findings.export, name="findings-export"),
    path("findings/run/", findings.run, name="findings-run"),
    path("findings.json", findings.geojson, name="findings-geojson"),
    path("findings/<uuid:finding_id>/", findings.finding, name="finding"),
    path("findings/<uuid:finding_id>/shape.json", findings.shape, name="finding-shape"),
    path("findings/<uuid:finding_id>/assign/", finding_deeds.assign, name="finding-assign"),
    path("findings/<uuid:finding_id>/accept/", finding_deeds.accept, name="finding-accept"),
    path("findings/<uuid:finding_id>/withdraw/", finding_deeds.withdraw, name="finding-withdraw"),
    path("findings/<uuid:finding_id>/comment/", finding_deeds.comment, name="finding-comment"),
    path("import/", importing.hand_in, name="import"),
    path("import/<uuid:import_id>/", previewing.preview, name="import-preview"),
    path("import/<uuid:import_id>/shapes.json", previewing.shapes, name="import-shapes"),
    path("import/<uuid:import_id>/apply/", importing.apply, name="import-apply"),
    path("jobs/<uuid:job_id>/", jobs.job, name="job"),
    path("plans/<uuid:plan_id>/", planning.plan, name="plan"),
    path("plans/<uuid:plan_id>/withdraw/", planning.withdraw, name="plan-withdraw"),
    path("export.geojson", importing.export, name="export"),
    path("draw/", drawing.draw, name="draw"),
    path("<cell:code>/draw/", drawing.draw, name="redraw"),
    path("<cell:code>/split/", reshaping.split, name="split"),
    path("<cell:code>/merge/", reshaping.merge, name="merge"),
    path("<cell:code>/staff/", staffing.staff, name="staff"),
    path("<cell:code>/staff/<int:staff_id>/end/", staffing.end, name="staff-end"),
    path("outlines/", outlines.outlines, name="outlines"),
    path("outlines.json", outlines.shapes, name="outlines-json"),
    path("outlines/<area:code>/", outlines.draw, name="outline"),
    path("<cell:code>/", cells.card, name="card"),
    path("<cell:code>/boundary.json", cells.boundary, name="boundary"),
]
