"""Tables of development petitions."""

from developments.models.development import Development
from developments.models.enterprise import Enterprise, Standing
from developments.models.paper import Paper
from developments.models.step import Pause, Step
from developments.models.template import PlanTemplate, TemplatePaper, TemplateStep
from developments.models.told import Escalation

__all__ = [
    "Development",
    "Enterprise",
    "Escalation",
    "Paper",
    "Pause",
    "PlanTemplate",
    "Standing",
    "Step",
    "TemplatePaper",
    "TemplateStep",
]
