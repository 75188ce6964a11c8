"""Taking up, moving and leaving a posting."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from kernel.actors import PUBLIC, SYSTEM
from kernel.errors import Conflict, Invalid, Missing, NotAllowed
from kernel.models import Event
from organizations.choices import Role
from organizations.events import person
from organizations.models import Posting
from organizations.queries import actor_of
from organizations.services.staffing import appoint, end_posting, transfer
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CELL = f"{make.VILLAGE}001"


def test_an_appointment_is_a_posting_and_an_event_of_ids_only():
    someone, unit = make.user(display_name="张三"), make.unit()
    held = appoint(user_id=someone.pk, unit_id=unit.pk, role=Role.HANDLER, valid_from=AT, actor=SYSTEM, at=AT)
    assert actor_of(someone, at=AT).roles == {"handler"}
    event = Event.objects.get()
    assert (event.name, event.case_id, event.subject_id) == (
        "posting.appointed",
        person(user_id=someone.pk),
        f"posting:{held.pk}",
    )
    assert event.payload["unit_id"] == unit.pk
    assert "张三" not in event.canonical


def test_the_same_posting_twice_is_a_conflict_and_changes_nothing():
    held = make.posting()
    again = {"user_id": held.user_id, "unit_id": held.unit_id, "role": held.role}
    with pytest.raises(Conflict) as refused, transaction.atomic():
        appoint(**again, valid_from=AT, actor=SYSTEM, at=AT)
    assert refused.value.details == {"posting": held.pk}
    assert Posting.objects.count() == 1
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"role": "king"}, "role"),
        ({"role": Role.CITIZEN}, "role"),
        ({"role": Role.GRIDWORKER}, "cell_code"),
        ({"role": Role.GRIDWORKER, "cell_code": "12345678901234x"}, "cell_code"),
        ({"role": Role.GRIDWORKER, "cell_code": "１" * 15}, "cell_code"),
        ({"cell_code": CELL}, "cell_code"),
        ({"valid_until": AT}, "valid_until"),
    ],
)
def test_an_impossible_posting_names_the_field(fields, wrong):
    given = {"role": Role.HANDLER} | fields
    with pytest.raises(Invalid) as refused, transaction.atomic():
        appoint(user_id=make.user().pk, unit_id=make.unit().pk, valid_from=AT, actor=SYSTEM, at=AT, **given)
    assert list(refused.value.fields) == [wrong]


def test_unknown_people_units_and_postings_are_missing():
    someone, unit = make.user(), make.unit(active=False)
    for user_id, unit_id in ((0, make.unit().pk), (someone.pk, 0), (someone.pk, unit.pk)):
        with pytest.raises(Missing), transaction.atomic():
            appoint(user_id=user_id, unit_id=unit_id, role=Role.HANDLER, valid_from=AT, actor=SYSTEM, at=AT)
    with pytest.raises(Missing), transaction.atomic():
        end_posting(posting_id=0, until=AT, actor=SYSTEM, at=AT)


def test_a_posting_ends_once_and_after_it_began():
    held = make.posting(valid_from=AT)
    with pytest.raises(Invalid), transaction.atomic():
        end_posting(posting_id=held.pk, until=AT, actor=SYSTEM, at=AT)
    end = AT + timedelta(days=1)
    end_posting(posting_id=held.pk, until=end, actor=SYSTEM, at=AT)
    with pytest.raises(Conflict), transaction.atomic():
        end_posting(posting_id=held.pk, until=end, actor=SYSTEM, at=AT)
    held.refresh_from_db()
    assert held.valid_until == end
    assert Event.objects.get().payload["valid_until"] == "2026-11-22T09:00:00.000000Z"


def test_a_transfer_leaves_no_instant_without_a_seat_and_none_with_two():
    held, elsewhere = make.posting(), make.unit()
    transfer(posting_id=held.pk, unit_id=elsewhere.pk, role=Role.MEDIATOR, on=AT, actor=SYSTEM, at=AT)
    before, after = (actor_of(held.user, at=instant) for instant in (AT - timedelta(microseconds=1), AT))
    assert (before.roles, after.roles) == ({"handler"}, {"mediator"})
    assert list(Event.objects.order_by("seq").values_list("name", flat=True)) == ["posting.ended", "posting.appointed"]


def test_a_transfer_that_cannot_be_made_ends_nothing():
    held = make.posting()
    with pytest.raises(Missing), transaction.atomic():
        transfer(posting_id=held.pk, unit_id=0, role=Role.MEDIATOR, on=AT, actor=SYSTEM, at=AT)


def test_only_who_manages_accounts_appoints():
    with pytest.raises(NotAllowed), transaction.atomic():
        appoint(user_id=1, unit_id=1, role=Role.HANDLER, valid_from=AT, actor=PUBLIC, at=AT)
    with pytest.raises(NotAllowed), transaction.atomic():
        end_posting(posting_id=1, until=AT, actor=PUBLIC, at=AT)


def test_people_see_their_own_postings_and_those_of_their_units():
    held = make.posting()
    colleague, stranger = make.posting(Role.MEDIATOR, unit=held.unit), make.posting()
    keeper = make.posting(Role.ADMINISTRATOR)
    seen = Posting.objects.visible_to(actor_of(held.user, at=AT))
    assert set(seen) == {held, colleague}
    assert set(Posting.objects.visible_to(actor_of(keeper.user, at=AT))) == {held, colleague, stranger, keeper}
    assert not Posting.objects.visible_to(PUBLIC).exists()
