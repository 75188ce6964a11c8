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
refuses(
    "dispatch_progress_needs_a_task",
    code="no_task",
    because=_("Your unit neither leads this order nor has a task in it."),
)
refuses("dispatch_task_once_a_unit", code="has_a_task", because=_("This unit has its task in this order already."))
refuses("dispatch_lead_has_no_task", code="leads_it", because=_("This unit leads the order."))
refuses(
    "dispatch_one_offer_at_a_time", code="offered_already", because=_("The order is offered to another unit already.")
)
refuses(
    "dispatch_offer_two_signatures",
    code="two_signatures",
    because=_("Whoever offered the order does not sign for the other unit too."),
)
