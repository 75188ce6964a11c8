"""What the database refuses of an order, in words."""

from django.utils.translation import gettext_lazy as _

from kernel.refusals import refuses

# Shandong regulation on township duties, art. 19 (R4).
refuses(
    "dispatch_cooperating_never_leads",
    code="only_cooperating",
    because=_("The list lets this township or village only cooperate; it cannot be made to lead."),
)
refuses("dispatch_ruling_binds", code="ruling_binds", because=_("An adjudication has named the unit, and it binds."))
