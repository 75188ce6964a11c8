"""Which files of tests share a stage: one worker runs them all, so that the stage is set once for a run."""

from __future__ import annotations

from xdist.scheduler import LoadGroupScheduling

# File or folder of tests → its stage. The longest stages come first by themselves: they have the most tests.
STAGES = {
    "tests/faults/": "a house that is broken and mended",
    "tests/governance/test_demo_play.py": "forty days of a district",
    "tests/governance/test_demo_again.py": "three days of a district",
    "tests/governance/test_demo_seeding.py": "a district as it begins",
    "tests/operations/test_supervisor.py": "a house with a supervisor",
}


class Staged(LoadGroupScheduling):
    """Tests go to whoever is free, but those of one stage all to the same."""

    def _split_scope(self, nodeid: str) -> str:
        return next((stage for beginning, stage in STAGES.items() if nodeid.startswith(beginning)), nodeid)


def pytest_xdist_make_scheduler(config, log):
    """Asked by the controller of a run with several workers."""
    return Staged(config, log)
