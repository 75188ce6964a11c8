"""Where people and channels are reached: sealed and masked, and nonsense refused."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from governance import env
from kernel.errors import Invalid
from kernel.models import Event
from notices.models import Contact
from notices.services import wishing
from tests.refusals import refused
from tests.world import MONDAY

pytestmark = pytest.mark.django_db
PHONE = "13912345678"


def test_addresses_are_sealed_in_the_database_and_masked_on_the_page(world, signed_in):
    client = signed_in("dispatcher")
    client.post("/notices/wishes/contacts/", {"phone": PHONE, "email": "zhang@example.cn"})
    assert PHONE.encode() not in b"".join(bytes(one.sealed) for one in Contact.objects.all())
    page = client.get("/notices/wishes/").content.decode()
    assert "139****5678" in page
    assert "z***@example.cn" in page
    assert PHONE not in page
    assert PHONE not in str(list(Event.objects.values_list("payload", "canonical")))
    client.post("/notices/wishes/contacts/", {"remove": "phone"})
    assert list(Contact.objects.values_list("means", flat=True)) == ["email"]
    for name in ("director", "administrator"):
        assert "z***" not in signed_in(name).get("/notices/wishes/").content.decode()


@pytest.mark.parametrize(
    ("means", "address"), [("phone", "abc"), ("email", "nobody"), ("fax", "1"), ("phone", "１３９")]
)
def test_nonsense_is_no_address(world, means, address):
    with refused(Invalid):
        wishing.reach(means=means, address=address, actor=world.actor("dispatcher"), at=MONDAY)


@pytest.mark.parametrize("given", ["sms", "sms=x", "SMS=json://x", "a=json://x a=json://y", "a=json://x/{phnoe}"])
def test_nonsense_in_the_settings_stops_the_start(monkeypatch, given):
    monkeypatch.setenv("NOTICE_CHANNELS", given)
    with pytest.raises(ImproperlyConfigured, match="NOTICE_CHANNELS"):
        env.addresses("NOTICE_CHANNELS", default="", holes=("phone", "email"))
