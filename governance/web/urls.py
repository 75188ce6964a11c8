"""Pages of the frame, and those that show more than one app."""

from django.urls import path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from governance.web import (
    account,
    appearance,
    behind,
    dashboard,
    presence,
    responsibilities,
    signin,
    team_deeds,
    teams,
    workbench,
)
from governance.web.casefile import course_page, proof
from governance.web.casefile import page as casefile
from governance.web.gridmap import data as map_data
from governance.web.gridmap import page as gridmap
from governance.web.help import views as manual
from governance.web.search import views as search
from governance.web.style import page as style
from governance.web.wall import views as wall

app_name = "governance"
urlpatterns = [
    path("", workbench.workbench, name="workbench"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/items.json", dashboard.items, name="dashboard-items"),
    path("dashboard/cells.json", dashboard.cells, name="dashboard-cells"),
    path("wall/", wall.wall, name="wall"),
    path("wall/cells.json", wall.cells, name="wall-cells"),
    path("wall/items.json", wall.items, name="wall-items"),
    path("dashboard/<slug:figure>/", behind.behind, name="behind"),
    path("map/", gridmap.grid_map, name="map"),
    path("map/shapes.json", map_data.shapes, name="map-shapes"),
    path("map/loads.json", map_data.loads, name="map-loads"),
    path("map/items.json", map_data.items, name="map-items"),
    path("map/heat.json", map_data.heat, name="map-heat"),
    path("cases/<uuid:case_id>/", casefile.case, name="case"),
    path("cases/<uuid:case_id>/presence/", presence.presence, name="presence"),
    path("cases/<uuid:case_id>/course/", course_page.course, name="case-course"),
    path("cases/<uuid:case_id>/proof/", proof.proof, name="case-proof"),
    path("cases/<uuid:case_id>/proof.json", proof.proof_file, name="case-proof-file"),
    path("teams/", teams.teams, name="teams"),
    path("teams/townships/<int:unit_id>/", teams.township, name="township-teams"),
    path("teams/townships/<int:unit_id>/found/", team_deeds.found, name="team-found"),
    path("teams/<uuid:team_id>/post-down/", team_deeds.post_down, name="team-post-down"),
    path("teams/<uuid:team_id>/recall/<int:membership_id>/", team_deeds.recall, name="team-recall"),
    path("teams/<uuid:team_id>/end/", team_deeds.end, name="team-end"),
    path("track/", RedirectView.as_view(pattern_name="petitions:track", query_string=True), name="track"),
    path("sign-in/", signin.SignIn.as_view(), name="login"),
    path("sign-out/", signin.SignOut.as_view(), name="logout"),
    path("help/", manual.contents, name="help"),
    path("help/hint-off/", manual.hint_off, name="hint-off"),
    path("help/hints-again/", manual.hints_again, name="hints-again"),
    path("help/<slug:code>/", manual.one_chapter, name="help-chapter"),
    path("search/", search.search, name="search"),
    path("search/phone/", search.by_phone, name="search-phone"),
    path("search/palette/", search.palette, name="palette"),
    path("account/", account.account, name="account"),
    # The list had pages of its own before there was a registry; what was sent or noted down still leads there.
    path("organizations/responsibilities/", RedirectView.as_view(pattern_name="registry:list")),
    path("organizations/responsibilities/<str:code>/", responsibilities.matter),
    path("appearance/", appearance.choose, name="appearance"),
    path("language/", set_language, name="language"),
    path("style/", style.style, name="style"),
]
