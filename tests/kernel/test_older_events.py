"""What an earlier release recorded is delivered by this one."""

from __future__ import annotations

import pytest
from django.db import connection

from kernel.models import Delivery
from kernel.relay import deliver_everything
from petitions.services.reception import accept
from tests.journeys.steps import filed
from tests.world import MONDAY

pytestmark = pytest.mark.django_db


def test_a_field_that_an_event_has_no_more_does_not_keep_it_from_being_delivered(world):
    petition = filed(world, at=MONDAY)
    accept(petition_id=petition.pk, category_code="010101", actor=world.actor("dispatcher"), at=MONDAY)
    with connection.cursor() as cursor:
        cursor.execute("""UPDATE kernel_event SET payload = payload || '{"reason": "illness"}'""")
        assert cursor.rowcount > 0
    deliver_everything(at=MONDAY)
    petition.refresh_from_db()
    assert petition.state == "dispatched"
    assert not Delivery.objects.exclude(error="").exists()
