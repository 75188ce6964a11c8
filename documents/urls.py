"""Pages of documents."""

from django.urls import path

from documents.views import issuing, printing

app_name = "documents"
urlpatterns = [
    path("new/<slug:kind>/<uuid:subject>/", issuing.new, name="new"),
    path("<uuid:issued_id>/", printing.document, name="document"),
    path("<uuid:issued_id>/full/", printing.full, name="full"),
    path("<uuid:issued_id>/<slug:form>/", printing.file, name="file"),
]
