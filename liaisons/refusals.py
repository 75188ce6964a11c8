"""What the database refuses of assignments and visits, in words."""

from django.utils.translation import gettext_lazy as _

from kernel.refusals import refuses

refuses(
    "liaisons_once_at_a_time",
    code="assigned_already",
    because=_("The official is assigned to this place in that period already."),
)
refuses(
    "liaisons_inside", code="outside_assignment", because=_("The assignment does not reach there, or not on that day.")
)
