"""Pages of the registry."""

from django.urls import path

from registry.views import draft_deeds, drafts, hand_overs, items, lines, versions, who

app_name = "registry"
urlpatterns = [
    path("", items.items, name="list"),
    path("who/", who.who, name="who"),
    path("new/", lines.new, name="new"),
    path("items/<str:code>/", items.item, name="item"),
    path("items/<str:code>/versions/", versions.versions, name="versions"),
    path("items/<str:code>/change/", lines.change, name="change"),
    path("items/<str:code>/withdraw/", lines.withdraw, name="withdraw"),
    path("items/<str:code>/hand-over/", hand_overs.propose, name="hand_over_new"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/<uuid:draft_id>/", drafts.draft, name="draft"),
    path("drafts/<uuid:draft_id>/lines/<int:position>/", lines.line, name="line"),
    path("drafts/<uuid:draft_id>/lines/<int:position>/edit/", lines.edit, name="edit"),
    path("drafts/<uuid:draft_id>/lines/<int:position>/drop/", lines.drop, name="drop"),
    path("drafts/<uuid:draft_id>/<slug:name>/", draft_deeds.draft_deed, name="draft_deed"),
    path("hand-overs/", hand_overs.hand_overs, name="hand_overs"),
    path("hand-overs/<uuid:hand_over_id>/", hand_overs.hand_over, name="hand_over"),
    path("hand-overs/<uuid:hand_over_id>/<slug:name>/", hand_overs.hand_over_deed, name="hand_over_deed"),
]
