"""What the database refuses of the list, in words."""

from django.utils.translation import gettext_lazy as _

from kernel.refusals import refuses

# Shandong regulation on township duties, art. 19 (R4).
refuses(
    "responsibility_assistant_never_leads",
    code="leads_and_assists",
    because=_("The list would give one body both duties of a matter; nobody both leads and assists."),
)
refuses("team_code_once", code="code_taken", because=_("Another team has this code."))
refuses("team_one_squad", code="squad_there", because=_("The township has its squad in that period already."))
refuses("membership_one_team", code="in_a_team", because=_("The person is in a team in that period already."))
refuses("membership_inside_team", code="outside_team", because=_("The team does not exist for that long."))
refuses("absence_no_overlap", code="away_already", because=_("The person is away in part of that period already."))
refuses(
    "absence_no_chain",
    code="chain",
    because=_("Who is away stands in for nobody, and who stands in for somebody is not away in that period."),
)
