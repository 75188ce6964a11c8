"""What the pages of key work ask for."""

from projects.forms.filters import ProjectFilter
from projects.forms.months import AccountForm, DrawForm, PublishForm, RemarkForm, RemarksForm
from projects.forms.planning import BatchForm, GroupForm, MilestoneForm, PeopleForm, PlanForm, ProjectForm
from projects.forms.simple import (
    DoneForm,
    GrantForm,
    InstructForm,
    MoveForm,
    Note,
    Nothing,
    ReachedForm,
    ReplyForm,
    SuspendForm,
)

__all__ = [
    "AccountForm",
    "BatchForm",
    "DoneForm",
    "DrawForm",
    "GrantForm",
    "GroupForm",
    "InstructForm",
    "MilestoneForm",
    "MoveForm",
    "Note",
    "Nothing",
    "PeopleForm",
    "PlanForm",
    "ProjectFilter",
    "ProjectForm",
    "PublishForm",
    "ReachedForm",
    "RemarkForm",
    "RemarksForm",
    "ReplyForm",
    "SuspendForm",
]
