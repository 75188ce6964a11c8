"""People who open the pages of the frame."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from governance.web import navigation
from kernel import clock
from organizations.choices import AreaLevel, Role, UnitKind, UnitLevel
from organizations.models import Area, Posting, Unit, User
from organizations.roles import OVER_CELL

Enter = Callable[[str], Client]
PASSWORD = "a-long-password"


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    """Everybody who oversees the same ground shares a count for a second: not over two tests."""
    cache.clear()


@pytest.fixture
def center(db: None) -> Unit:
    """A county with its command centre."""
    cache.clear()
    navigation.address.cache_clear()
    county = Area.objects.create(code="370404000000", name="峄城区", level=AreaLevel.COUNTY)
    return Unit.objects.create(
        code="YC-CENTER",
        name="峄城区社会治理综合指挥中心",
        short_name="区指挥中心",
        kind=UnitKind.COMMAND_CENTER,
        level=UnitLevel.COUNTY,
        area=county,
    )


@pytest.fixture
def enter(center: Unit) -> Enter:
    """Signs in somebody posted at the centre in a role; "" posts nowhere."""

    def enter(role: str) -> Client:
        user = User.objects.create_user(
            username=role or "nobody",
            password=PASSWORD,
            display_name="李明",
            is_staff=role == Role.ADMINISTRATOR,
        )
        if role and role != Role.CITIZEN:
            Posting.objects.create(
                user=user,
                unit=center,
                role=role,
                cell_code="370404001001001" if role in OVER_CELL else "",
                valid_from=clock.now() - timedelta(days=1),
            )
        client = Client()
        client.force_login(user)
        return client

    return enter
