"""Pages of petitions."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from petitions.views import (
    attachments,
    conditions,
    deeds,
    export,
    filing,
    importing,
    listing,
    revealing,
    suggesting,
    tracking,
)

app_name = "petitions"
urlpatterns = [
    path("", listing.petition_list, name="list"),
    path("export.xlsx", export.export, name="export"),
    path("file/", filing.file, name="file"),
    path("file/hints/", filing.hints, name="hints"),
    path("conditions/", conditions.conditions, name="conditions"),
    path("file/suggested/", suggesting.suggested, name="suggested"),
    path("track/", tracking.track, name="track"),
    path("attachments/<uuid:attachment_id>/", attachments.attachment, name="attachment"),
    path("attachments/<uuid:attachment_id>/small/", attachments.thumbnail, name="thumbnail"),
    path("import/", importing.importing, name="import"),
    path("import/<int:batch_id>/", importing.batch, name="import-batch"),
    path("import/<int:batch_id>/progress/", importing.progress, name="import-progress"),
    path("import/<int:batch_id>/verdicts.csv", importing.verdicts, name="import-verdicts"),
    re_path(
        r"^import/(?P<batch_id>[0-9]{1,18})/(?P<name>columns|start|stop|discard)/$", importing.deed, name="import-deed"
    ),
    path("<uuid:case_id>/", RedirectView.as_view(pattern_name="governance:case"), name="detail"),
    path("<uuid:case_id>/filed/", filing.filed, name="filed"),
    path("<uuid:case_id>/reveal/", revealing.reveal, name="reveal"),
    path("<uuid:case_id>/<slug:name>/", deeds.deed, name="deed"),
]
