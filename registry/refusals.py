"""What the database refuses of an item, in words: those that the check of a draft gives for the same faults."""

from kernel.refusals import refuses
from registry.policies.admitted import NOT_ADMITTED
from registry.policies.consistency import LEADS_AND_ASSISTS, TOWNSHIP_COOPERATES

# Shandong regulation on township duties, arts 4 and 19 (R4).
refuses("registry_cooperating_township_never_leads", code="only_cooperating", because=TOWNSHIP_COOPERATES)
refuses("registry_assistant_never_leads", code="leads_and_assists", because=LEADS_AND_ASSISTS)
refuses("registry_duty_admitted", code="not_admitted", because=NOT_ADMITTED)
