"""What the database refuses of key work, in words."""

from django.utils.translation import gettext_lazy as _

from kernel.refusals import refuses

refuses("projects_code_once", code="code_taken", because=_("A project of this plan has this code already."))
refuses("projects_group_number", code="faster", because=_("Somebody else was faster. Try again."))
refuses("projects_batch_number", code="faster", because=_("Somebody else was faster. Try again."))
refuses("projects_change_asked_once", code="asked", because=_("Another day is asked for already."))
refuses("projects_bulletin_once", code="drawn", because=_("This bulletin is drawn up already."))
refuses("projects_bulletin_stands", code="published", because=_("This bulletin is published; nothing changes it."))
refuses("projects_monthreport_fixed", code="filed", because=_("This report is filed already."))
