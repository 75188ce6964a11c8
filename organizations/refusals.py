"""What the database refuses of the list, in words."""

from django.utils.translation import gettext_lazy as _

from kernel.refusals import refuses

# Shandong regulation on township duties, art. 19 (R4).
refuses(
    "responsibility_assistant_never_leads",
    code="leads_and_assists",
    because=_("The list would give one body both duties of a matter; nobody both leads and assists."),
)
