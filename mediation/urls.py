"""Pages of mediation."""

from django.urls import path

from mediation.views import agreements, cases, deeds, listing, opening

app_name = "mediation"
urlpatterns = [
    path("", listing.mediation_list, name="list"),
    path("open/", opening.open_case, name="open"),
    path("<uuid:case_id>/", cases.case, name="case"),
    path("<uuid:case_id>/agreement/", agreements.agreement, name="agreement"),
    path("<uuid:case_id>/<slug:name>/", deeds.deed, name="deed"),
]
