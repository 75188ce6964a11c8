"""What the database refuses of somebody's marks, in words."""

from django.utils.translation import gettext_lazy as _

from kernel.refusals import refuses

refuses("desk_filter_name_once", code="name_taken", because=_("You have a filter of this name for this list."))
refuses("desk_filter_starts_once", code="starts_already", because=_("The list opens with another filter by now."))
refuses("desk_snooze_once", code="aside_already", because=_("You have put this case aside already."))
