"""The applications: for admission into a list or the grid, and for a one-off task."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.choices import LimitUnit
from kernel.forms import PlainForm
from organizations.choices import Duty, LeadRule, UnitKind
from organizations.models import Matter, Unit
from registry.admission.choices import GridWork, Into, Per
from registry.admission.proposals import MOST_SIDES, MOST_STEPS, Money, Proposal, Side, Step, TaskProposal
from registry.forms.admission import prose
from registry.forms.filters import Day
from registry.queries.admission import applicants_of

NONE = [("", "—")]
# Rows of a kind: so many at first, so many at most, and so many more whenever more are asked for.
SIDE, STEP = "side", "step"
ROWS = {SIDE: (3, MOST_SIDES), STEP: (5, MOST_STEPS)}
MORE_ROWS = 3
PLACES = [one for one in LeadRule.choices if one[0] != LeadRule.UNIT]
NO_LEAD = (UnitKind.TOWNSHIP, UnitKind.VILLAGE)


# Heading → fields with their width in twelfths of a row ("" is a third).
WHOLE, HALF, FOURTH = "of-12", "of-6", "of-3"
Part = tuple[Any, tuple[tuple[str, str], ...]]
FOLLOWING: Part = (
    _("What follows the duty"),
    (
        ("money_amount", FOURTH), ("money_per", FOURTH), ("money_source", HALF), ("powers", WHOLE), ("basis", WHOLE),
        ("reason", WHOLE),
    ),
)  # fmt: skip


class Application(PlainForm):
    """What both applications ask: who applies, on what basis, and what follows the duty."""

    parts: tuple[Part, ...] = ()

    applicant = forms.TypedChoiceField(label=_("Applicant"), coerce=int)
    name = forms.CharField(label=_("Name of the duty"), max_length=120)
    matter = forms.TypedChoiceField(
        label=_("Matter"), coerce=int, empty_value=None, required=False, help_text=_("What cases are routed by.")
    )
    money_amount = forms.DecimalField(
        label=_("Money that follows (yuan)"), min_value=0, max_digits=12, decimal_places=2, initial=Decimal(0)
    )
    money_per = forms.ChoiceField(label=_("paid for"), choices=Per.choices)
    money_source = forms.CharField(
        label=_("Source of the money"), max_length=200, help_text=_("Or why no money follows the duty.")
    )
    powers = prose(_("Powers that follow"), help_text=_("What the township may do with this duty, and on what basis."))
    basis = forms.CharField(label=_("Legal basis"), max_length=255)
    reason = prose(_("Why it is needed"), most=1000)

    def __init__(self, *args: Any, actor: Actor, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.at, self.today = actor, at, timezone.localtime(at).date()
        self.own = applicants_of(actor=actor)
        self.offer("applicant", [(one.pk, str(one)) for one in self.own])
        matters = Matter.objects.order_by("code").values_list("pk", "code", "name")
        self.offer("matter", [*NONE, *((pk, f"{code} {name}") for pk, code, name in matters)])
        area = self.own[0].area_id[:6] if self.own else "-"
        self.near = list(
            Unit.objects.working().filter(area__code__startswith=area).exclude(kind=UnitKind.VILLAGE).order_by("pk")
        )
        self.towns = [(one.pk, str(one)) for one in self.near if one.kind == UnitKind.TOWNSHIP]
        self.prepare()

    def prepare(self) -> None:
        """Read what else the form offers."""

    def offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        """Give a field its choices."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def laid_out(self) -> tuple[Part, ...]:
        """The headings with their fields, as far as they are this application's own."""
        return self.parts

    def sections(self) -> list[dict[str, Any]]:
        """The fields under their headings, each with its width in twelfths; `rows`: the kind of rows that ends one."""
        return [
            {"heading": heading, "fields": self._placed(fields), "rows": self.rows_under(fields)}
            for heading, fields in (*self.laid_out(), FOLLOWING)
        ]

    def _placed(self, fields: tuple[tuple[str, str], ...]) -> list[tuple[BoundField, str]]:
        return [(self[name], width) for name, width in fields if name in self.fields]

    def rows_under(self, fields: tuple[tuple[str, str], ...]) -> dict[str, Any] | None:
        """The rows that stand among some fields: their kind, how many, and whether there may be more."""
        return None

    def money(self) -> Money:
        """What follows, as one value."""
        said = self.cleaned_data
        return Money(amount=said["money_amount"], per=said["money_per"], source=said["money_source"])


class Apply(Application):
    into = forms.ChoiceField(label=_("Into"), choices=Into.choices, widget=forms.RadioSelect, initial=Into.TERRITORIAL)
    grid_work = forms.ChoiceField(label=_("Kind of grid work"), choices=[*NONE, *GridWork.choices], required=False)
    domain = forms.CharField(label=_("Field"), max_length=64)
    lead_unit = forms.TypedChoiceField(
        label=_("Who leads"), coerce=int, empty_value=None, required=False,
        help_text=_("Empty only where the township itself leads."),
    )  # fmt: skip
    lead_duty = prose(_("Duty of the lead"))
    township_role = forms.ChoiceField(
        label=_("The township"), choices=Duty.choices, widget=forms.RadioSelect, initial=Duty.ASSIST
    )
    township_duty = prose(_("Duty of the township or the grid"))
    townships = forms.TypedMultipleChoiceField(
        label=_("For which townships"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: for all of them."),
    )  # fmt: skip
    limit_value = forms.IntegerField(label=_("Limit"), min_value=1, max_value=999)
    limit_unit = forms.ChoiceField(label=_("counted in"), choices=LimitUnit.choices, initial=LimitUnit.WORKDAY)
    safeguards = prose(_("Safeguards"), help_text=_("Training, equipment, people, information."))
    duty = (
        ("applicant", HALF), ("name", HALF), ("into", HALF), ("grid_work", HALF), ("domain", HALF),
        ("matter", HALF), ("townships", WHOLE),
    )  # fmt: skip
    doing = (("lead_unit", HALF), ("township_role", HALF), ("lead_duty", WHOLE), ("township_duty", WHOLE))
    limits = (("limit_value", HALF), ("limit_unit", HALF), ("safeguards", WHOLE))

    def laid_out(self) -> tuple[Part, ...]:
        """Rows stand at the end of their heading, so that more of them do not move what is above."""
        sides = ((f"{name}_{row}", HALF) for row in self.numbers(SIDE) for name in ("side", "side_duty"))
        steps = ((f"{name}_{row}", "") for row in self.numbers(STEP) for name in ("step", "who", "days"))
        return (
            (_("The duty"), self.duty),
            (_("Who does what"), (*self.doing, *sides)),
            (_("Process and limit"), (*self.limits, *steps)),
        )

    def rows_under(self, fields: tuple[tuple[str, str], ...]) -> dict[str, Any] | None:
        """Known by the last field."""
        kind = fields[-1][0].rpartition("_")[0]
        kind = {"side_duty": SIDE, "days": STEP}.get(kind, "")
        return {"kind": kind, "count": self.count[kind], "more": self.count[kind] < ROWS[kind][1]} if kind else None

    def numbers(self, kind: str) -> range:
        """The numbers of the rows of a kind."""
        return range(1, self.count[kind] + 1)

    def with_more(self, kind: str) -> Apply:
        """The form with some more empty rows of one kind; everything that was typed is kept, and nothing judged yet."""
        typed: Any = self.data.copy()  # type: ignore[attr-defined]
        if kind in ROWS:
            typed[f"{kind}_rows"] = str(self.count[kind] + MORE_ROWS)
        form = type(self)(typed, actor=self.actor, at=self.at)
        form._errors = ErrorDict()  # type: ignore[attr-defined]
        return form

    def _counted(self, kind: str) -> int:
        first, most = ROWS[kind]
        told = self.data.get(f"{kind}_rows", "")
        return min(max(int(told), first), most) if told.isascii() and told.isdigit() and len(told) < 4 else first

    def prepare(self) -> None:
        """Units that may lead or cooperate, townships, and rows for sides and steps."""
        self.count = {kind: self._counted(kind) for kind in ROWS}
        bodies = [(one.pk, str(one)) for one in self.near if one.kind not in NO_LEAD]
        self.offer("lead_unit", [*NONE, *bodies])
        self.offer("townships", self.towns)
        for row in self.numbers(SIDE):
            words = {"row": row}
            self.fields[f"side_{row}"] = forms.TypedChoiceField(
                label=_("Cooperating unit %(row)s") % words, coerce=int, empty_value=None, required=False,
                choices=[*NONE, *bodies],
            )  # fmt: skip
            self.fields[f"side_duty_{row}"] = forms.CharField(
                label=_("Its duty %(row)s") % words, max_length=1000, required=False
            )
        people = [*NONE, ("lead", _("whoever leads")), *PLACES, *((one.code, str(one)) for one in self.near)]
        for row in self.numbers(STEP):
            self._step(row, people)

    def _step(self, row: int, people: list[tuple[str, Any]]) -> None:
        words = {"row": row}
        self.fields[f"step_{row}"] = forms.CharField(label=_("Step %(row)s") % words, max_length=60, required=False)
        self.fields[f"who_{row}"] = forms.ChoiceField(
            label=_("Step %(row)s: who") % words, choices=people, required=False
        )
        self.fields[f"days_{row}"] = forms.IntegerField(
            label=_("Step %(row)s: working days") % words, min_value=1, max_value=999, required=False
        )

    def clean(self) -> dict[str, Any]:
        """A row is whole or empty."""
        cleaned = super().clean()
        for row in self.numbers(SIDE):
            if bool(cleaned.get(f"side_{row}")) != bool(cleaned.get(f"side_duty_{row}")):
                self.add_error(f"side_duty_{row}", _("Name the unit and its duty."))
        for row in self.numbers(STEP):
            if bool(cleaned.get(f"step_{row}")) != bool(cleaned.get(f"who_{row}")):
                self.add_error(f"step_{row}", _("Say what is done and by whom."))
        return cleaned

    def proposal(self) -> Proposal:
        """The whole application as one value."""
        said = self.cleaned_data
        steps = [row for row in self.numbers(STEP) if said[f"step_{row}"]]
        plain = (
            "into", "grid_work", "name", "domain", "lead_duty", "township_role", "township_duty", "limit_value",
            "limit_unit", "safeguards", "powers", "basis", "reason",
        )  # fmt: skip
        return Proposal(
            applicant_id=said["applicant"],
            matter_id=said["matter"],
            lead_unit_id=said["lead_unit"],
            townships=tuple(said["townships"]),
            sides=tuple(
                Side(unit_id=said[f"side_{row}"], duty=said[f"side_duty_{row}"])
                for row in self.numbers(SIDE)
                if said[f"side_{row}"]
            ),
            steps=tuple(
                Step(
                    title=said[f"step_{row}"],
                    who=said[f"who_{row}"],
                    limit_value=said[f"days_{row}"],
                    limit_unit=LimitUnit.WORKDAY.value if said[f"days_{row}"] else "",
                )
                for row in steps
            ),
            money=self.money(),
            **{name: said[name] for name in plain},
        )


class ApplyTask(Application):
    township = forms.TypedChoiceField(label=_("Township"), coerce=int)
    content = prose(_("What is to be done"))
    begins_on = Day(label=_("Begins"))
    ends_on = Day(label=_("Ends"), help_text=_("Within half a year; it is never extended."))
    parts = (
        (
            _("The task"),
            (
                ("applicant", HALF),
                ("name", HALF),
                ("township", HALF),
                ("matter", HALF),
                ("content", WHOLE),
                ("begins_on", HALF),
                ("ends_on", HALF),
            ),
        ),
    )

    def prepare(self) -> None:
        """The townships; from today for a month unless told."""
        self.fields["name"].label = _("Name of the task")
        self.offer("township", [*NONE, *self.towns])
        self.initial.setdefault("begins_on", self.today)
        self.initial.setdefault("ends_on", self.today + timedelta(days=30))

    def task(self) -> TaskProposal:
        """The whole application as one value."""
        said = self.cleaned_data
        plain = ("name", "content", "reason", "basis", "powers", "begins_on", "ends_on")
        return TaskProposal(
            applicant_id=said["applicant"],
            matter_id=said["matter"],
            township_id=said["township"],
            money=self.money(),
            **{name: said[name] for name in plain},
        )
