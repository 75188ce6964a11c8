"""Whatever lists, cases and calendars go through: one lead, whole minutes, deadlines that never lie, rules unbroken.

LIFE_EXAMPLES and LIFE_STEPS make it longer, for a night.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.life import machine

pytestmark = pytest.mark.django_db
EXAMPLES, STEPS = int(os.environ.get("LIFE_EXAMPLES", "10")), int(os.environ.get("LIFE_STEPS", "20"))


def test_a_random_life_breaks_no_rule(world):
    machine.WORLD[:] = [world]
    run_state_machine_as_test(
        machine.Life,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
