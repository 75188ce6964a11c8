"""Many at once, on committed data with real threads: one wins, and nothing is published twice."""

from __future__ import annotations

from collections import Counter

import pytest

from kernel.models import Event
from registry.models import AdHocTask, Admission, Draft, Item
from tests.races import at_once, tried
from tests.registry.admissions import approve, asked, opine, ready, task_approve, task_heard
from tests.world import MONDAY, World, build

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(db) -> World:
    return build()


def test_two_approvals_publish_once(county: World):
    case = ready(county, on=MONDAY)
    said = at_once([lambda: tried(lambda: approve(county, case, on=MONDAY)) for _number in range(4)])
    assert Counter(said) == {"done": 1, "wrong_state": 3}
    assert Draft.objects.filter(admission_id=case.pk).count() == 1
    assert Item.objects.get(code=case.code).versions.count() == 1
    assert Event.objects.filter(case_id=case.pk, name="admission.approved").count() == 1


def test_the_last_two_opinions_at_once_go_on_once(county: World):
    case = asked(county, on=MONDAY)
    said = at_once(
        [
            lambda: tried(lambda: opine(county, case, "east_officer", "agrees", on=MONDAY)),
            lambda: tried(lambda: opine(county, case, "west_officer", "objects", on=MONDAY)),
        ]
    )
    assert said == ["done", "done"]
    assert Admission.objects.get(pk=case.pk).state == "disputed"
    assert Event.objects.filter(case_id=case.pk, name="admission.heard").count() == 1


def test_two_decisions_on_the_same_matter_never_make_a_third_task(county: World):
    task_approve(county, task_heard(county, on=MONDAY), on=MONDAY)
    cases = [task_heard(county, on=MONDAY, name="创城迎检入户宣传 ")]
    # A second application is refused while one is open, so this one takes the name of the other afterwards.
    other = task_heard(county, on=MONDAY, name="另一件事")
    AdHocTask.objects.filter(pk=other.pk).update(subject=cases[0].subject)
    cases.append(other)
    said = at_once([lambda case=case: tried(lambda: task_approve(county, case, on=MONDAY)) for case in cases])
    assert Counter(said) == {"done": 1, "must_be_admitted": 1}
    ordinals = AdHocTask.objects.filter(subject=cases[0].subject, ordinal__isnull=False).values_list(
        "ordinal", flat=True
    )
    assert sorted(ordinals) == [1, 2]
