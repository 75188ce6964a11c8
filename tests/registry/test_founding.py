"""The files of the registry, loaded into the district that they were written for."""

from __future__ import annotations

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from governance.demo import district, files, seeding
from kernel.actors import SYSTEM
from organizations.models import FilingCondition, ResponsibilityEntry
from organizations.services.responsibility_list import publish_list
from petitions.models import Category
from registry.models import Act, Item, ItemVersion
from registry.queries import who_was_responsible
from registry.services.files import ITEMS
from tests.world import MONDAY

pytestmark = pytest.mark.django_db

DAY = seeding.REGISTRY_FROM.isoformat()


def load(*args: str) -> str:
    said = StringIO()
    call_command("load_items", *args, effective=seeding.REGISTRY_FROM, document=seeding.DOCUMENT, stdout=said)
    return said.getvalue()


@pytest.fixture
def listed(db):
    call_command("load_calendar", verbosity=0, stdout=StringIO())
    call_command("load_reference", verbosity=0, stdout=StringIO())
    district.make_areas()
    district.make_units(at=MONDAY)
    publish_list(
        files.rows(files.LISTS / "responsibilities.csv"), effective=seeding.IN_FORCE_FROM, actor=SYSTEM, at=MONDAY
    )


def test_the_registry_is_founded_and_takes_the_list_over_as_it_stands(listed):
    before = set(ResponsibilityEntry.objects.values_list("pk", "valid_until"))
    assert "0 wrong" in load("--dry-run")
    assert not Item.objects.exists()
    load()
    assert set(ResponsibilityEntry.objects.values_list("pk", "valid_until")) == before
    kinds = Counter(Item.objects.values_list("kind", "part"))
    assert set(kinds) == {
        ("territorial", ""), ("township_duty", "basic"), ("township_duty", "assisting"),
        ("township_duty", "withdrawn"), ("unit_duty", ""), ("power", ""), ("enforcement", ""),
    }  # fmt: skip
    assert ItemVersion.objects.exclude(chart=[]).count() == 105
    assert FilingCondition.objects.values("matter").distinct().count() >= 30
    assert Act.objects.count() == Item.objects.count()
    attached = {code for codes in ItemVersion.objects.values_list("categories", flat=True) for code in codes}
    assert attached == set(Category.objects.filter(level=3, matter__isnull=False).values_list("code", flat=True))
    answer = who_was_responsible(code="YC-D-001", place="370404001006", on=MONDAY.date())
    assert answer.version.item.matter.code == "YC-D-001"
    assert f"0 new, 0 changed, {Item.objects.count()} unchanged, 0 wrong" in load()
    assert Act.objects.count() == Item.objects.count()


def test_a_file_with_faults_loads_nothing(listed, tmp_path):
    text = ITEMS.read_text(encoding="utf-8").replace("DP-370404-HOUSING", "DP-370404-NOBODY", 1)
    (tmp_path / "items.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match="nothing was loaded"):
        load(str(tmp_path / "items.csv"))
    assert not Item.objects.exists()
    with pytest.raises(CommandError):
        load(str(tmp_path / "none.csv"))
