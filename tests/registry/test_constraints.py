"""What the database refuses in the registry, whoever writes to it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection

from organizations.models import FilingCondition, ResponsibilityEntry
from registry.models import Act, Cooperation, Draft, DraftLine, HandOver, Item, ItemVersion
from registry.services import drafts
from tests.refusals import refused
from tests.registry.steps import FOUNDED, LATER, approved, duty, found, item, offered, proposed, stall, unhelped
from tests.world import COUNTY, EAST_VILLAGE, MONDAY

pytestmark = pytest.mark.django_db

AFTER = LATER + timedelta(days=31)


def copy_of(version: ItemVersion, **changed) -> ItemVersion:
    """A version like another, one number on, for the period after it."""
    said = {field.attname: getattr(version, field.attname) for field in ItemVersion._meta.concrete_fields}
    said |= {"id": None, "number": version.number + 1, "valid_from": AFTER, "valid_until": None, **changed}
    return ItemVersion(**said)


@pytest.fixture
def amended(world):
    """An item whose second version rests on an approved draft by hand, and has been ended."""
    found(("T-CG", unhelped()))
    approved(world, ("change", "T-CG", {"safeguards": "新"}))
    version = ItemVersion.objects.get(item=item(), number=2)
    ItemVersion.objects.filter(pk=version.pk).update(valid_until=AFTER)
    return version


@pytest.mark.parametrize("table", ["registry_act", "registry_cooperation", "registry_item", "registry_itemversion"])
def test_what_was_written_is_not_deleted(world, table):
    found(("T-CG", stall(cooperations=[{"unit": "U-GS", "duty": "配合"}])))
    with refused(ProgrammingError, match="written once"), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


def test_acts_and_cooperations_are_not_rewritten(world):
    found(("T-CG", stall(cooperations=[{"unit": "U-GS", "duty": "配合"}])))
    with refused(ProgrammingError):
        Act.objects.update(reason="x")
    with refused(ProgrammingError):
        Cooperation.objects.update(duty="x")


def test_a_version_is_ended_once_and_never_rewritten(world):
    found(("T-CG", stall()))
    with refused(ProgrammingError):
        ItemVersion.objects.update(name="x")
    with refused(ProgrammingError):
        ItemVersion.objects.update(valid_until=LATER, limit_value=9)
    ItemVersion.objects.update(valid_until=LATER)
    with refused(ProgrammingError):
        ItemVersion.objects.update(valid_until=AFTER)


def test_an_item_keeps_its_code_and_matter(world):
    found(("T-CG", stall()))
    for change in ({"code": "X"}, {"matter": None}, {"kind": "power"}, {"area": EAST_VILLAGE}):
        with refused((ProgrammingError, IntegrityError)):
            Item.objects.update(**change)


def test_a_filing_condition_is_ended_and_not_rewritten(world):
    found(("T-CG", stall()))
    with refused(ProgrammingError):
        FilingCondition.objects.update(limit_value=99)
    with refused(ProgrammingError):
        FilingCondition.objects.all()._raw_delete("default")


def test_one_version_at_a_time_and_one_item_a_matter(world, amended):
    with refused(IntegrityError, match="registry_version_one_at_a_time"):
        copy_of(amended, valid_from=LATER, valid_until=AFTER).save()
    other = Item.objects.create(
        id="00000000-0000-4000-8000-000000000001",
        code="T-CG-2",
        kind="territorial",
        matter=item().matter,
        area_id=COUNTY,
    )
    line = found(("T-GS", unhelped(matter="M-GS", lead_unit="U-GS"))).lines.get()
    said = {"item_id": other.pk, "number": 1, "valid_from": FOUNDED, "valid_until": LATER, "draft_line_id": line.pk}
    with refused(IntegrityError, match="the draft of this version is not approved"):
        copy_of(amended, **said).save()
    with connection.cursor() as cursor:  # the line belongs to another item; beside that, the matter is taken
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE registry_itemversion DISABLE TRIGGER registry_version_fits")
    with refused(IntegrityError, match="registry_one_item_a_matter"):
        copy_of(amended, **said).save()


def test_a_version_rests_on_an_approved_draft(world, amended):
    actor = world.actor("keeper")
    opened = drafts.open_draft(title="x", origin="by_hand", reason="x", effective=AFTER, actor=actor, at=MONDAY)
    put = drafts.put_line(draft_id=opened.pk, op="withdraw", item_code="T-CG", payload={}, actor=actor, at=MONDAY)
    with refused(IntegrityError, match="the draft of this version is not approved"):
        copy_of(amended, draft_line_id=put.pk).save()
    with refused(IntegrityError, match="registry_version_has_one_source"):
        copy_of(amended, draft_line_id=None).save()


@pytest.mark.parametrize(
    "change",
    [
        {"lead_rule": "village_of_place", "lead_unit_id": None},
        {"lead_rule": "township_of_place", "lead_unit_id": None, "township_role": "lead"},
        {"township_role": "assist", "township_duty": "协助"},
    ],
)
def test_no_new_duty_for_a_township_or_village_without_an_admission(world, amended, change):
    with refused(IntegrityError, match="registry_duty_admitted|no admission let in"):
        copy_of(amended, **change).save()


def test_no_new_cooperation_for_a_village_without_an_admission(world, amended):
    version = copy_of(amended)
    version.save()
    with refused(IntegrityError, match="no admission let in"):
        Cooperation.objects.create(version=version, rule="village_of_place", duty="协助")
    with refused(IntegrityError, match="no admission let in"):
        Cooperation.objects.create(version=version, rule="unit", unit=world.units["west_town"], duty="协助")
    Cooperation.objects.create(version=version, rule="unit", unit=world.units["water"], duty="协助")


def test_a_cooperating_township_never_leads(world, amended):
    with refused(IntegrityError, match=r"township_leads|township leads exactly"):
        copy_of(
            amended, lead_rule="township_of_place", lead_unit_id=None, township_role="assist", township_duty="x"
        ).save()
    with refused(IntegrityError, match="township leads exactly"):
        copy_of(amended, lead_unit_id=world.units["east_town"].pk, township_role="assist", township_duty="x").save()
    with refused(IntegrityError, match="both leads and cooperates"):
        version = copy_of(amended)
        version.save()
        Cooperation.objects.create(version=version, rule="unit", unit=version.lead_unit, duty="x")


def test_the_decision_table_refuses_a_cooperating_township_that_leads(world):
    found(("T-CG", stall()))
    row = ResponsibilityEntry.objects.in_force(FOUNDED).get(matter__code="M-CG", duty="assist")
    with refused(IntegrityError, match="one body both duties"):
        ResponsibilityEntry.objects.create(
            code="X", matter=row.matter, area_id="370404001000", duty="lead", rule="township_of_place",
            valid_from=date(2026, 6, 1),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"lead_rule": "unit", "lead_unit_id": None}, "registry_version_lead"),
        ({"limit_value": 5, "limit_unit": ""}, "registry_version_limit_whole"),
        ({"valid_until": FOUNDED}, "registry_version_dates_ordered|range lower bound"),
        ({"township_role": "king"}, "township"),
        ({"area_id": EAST_VILLAGE}, "those of the item"),
    ],
)
def test_a_version_makes_sense(world, amended, change, name):
    with refused(Exception, match=name):
        copy_of(amended, **change).save()


def test_an_item_is_of_one_list(world):
    base = {"id": "00000000-0000-4000-8000-000000000002", "code": "X", "area_id": COUNTY}
    for said, name in [
        ({"kind": "township_duty"}, "registry_item_part_of_township_list"),
        ({"kind": "territorial"}, "registry_territorial_item_has_matter"),
        ({"kind": "power"}, "registry_item_matter_or_unit"),
        ({"kind": "song"}, "registry_item"),
    ]:
        with refused(IntegrityError, match=name):
            Item.objects.create(**base, **said)


def test_a_decided_draft_stands(world):
    made = found(("D-GS-1", duty()))
    with refused(ProgrammingError):
        Draft.objects.filter(pk=made.pk).update(reason="x")
    with refused(ProgrammingError):
        DraftLine.objects.filter(draft=made).update(op="withdraw")
    with refused(ProgrammingError):
        DraftLine.objects.create(draft=made, position=9, op="new", item_code="X", verdict="new")
    with refused(ProgrammingError):
        Draft.objects.filter(pk=made.pk)._raw_delete("default")


def test_approver_and_proposer_are_two(world):
    found(("T-CG", stall()))
    made = proposed(world, ("withdraw", "T-CG", {}))
    with refused(IntegrityError, match="registry_approver_is_another"):
        Draft.objects.filter(pk=made.pk).update(approved_by=made.proposed_by)
    with refused(IntegrityError, match="registry_draft_approved_by"):
        Draft.objects.filter(pk=made.pk).update(state="approved")
    with refused(IntegrityError, match="registry_draft_proposed"):
        Draft.objects.filter(pk=made.pk).update(proposed_by=None)
    with refused(IntegrityError, match="registry_draft_admission"):
        Draft.objects.filter(pk=made.pk).update(origin="admission")


def test_a_hand_over_needs_two_real_signatures(world):
    found(("T-CG", stall()))
    made = offered(world)
    rows = HandOver.objects.filter(pk=made.pk)
    with refused(IntegrityError, match="registry_hand_over_both_signed"):
        rows.update(state="effective", ended_at=MONDAY)
    with refused(IntegrityError, match="works for the unit"):
        rows.update(from_signed_by=world.users["dispatcher"], from_signed_at=MONDAY)
    with refused(IntegrityError, match="registry_hand_over_first_when"):
        rows.update(from_signed_by=None, from_signed_at=MONDAY)
    rows.update(from_signed_by=world.users["urban_handler"], from_signed_at=MONDAY)
    with refused(ProgrammingError, match="what was signed stands"):
        rows.update(from_signed_by=None, from_signed_at=None)
    with refused(ProgrammingError, match="what was signed stands"):
        rows.update(text="x")
    with refused(ProgrammingError):
        rows.delete()


def test_an_act_is_signed(world):
    found(("T-CG", stall()))
    version = ItemVersion.objects.get()
    said = {"item": item(), "at": MONDAY, "to_version": version, "reason": "x"}
    with refused(IntegrityError, match="registry_act_signed"):
        Act.objects.create(**said, kind="amended")
    with refused(IntegrityError, match="registry_act_two_signatures"):
        Act.objects.create(**said, kind="handed_over", signed_by=world.users["keeper"])
    with refused(IntegrityError, match="registry_act_reason"):
        Act.objects.create(**{**said, "reason": ""}, kind="amended", signed_by=world.users["keeper"])
