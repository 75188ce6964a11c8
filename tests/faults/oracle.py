"""What must hold after every fault, asked of the database behind the product's back."""

from __future__ import annotations

import subprocess

from tests.faults.ledger import Ledger
from tests.faults.stage import Stage, eventually

PENDING = "SELECT count(*) FROM kernel_delivery WHERE state = 'pending'"
DUE = "SELECT count(*) FROM kernel_timer WHERE state = 'armed' AND due_at <= now()"

# Each finds rows that must not exist.
FORBIDDEN = {
    "an event without a delivery that is owed": """
        SELECT e.id FROM kernel_event e LEFT JOIN kernel_delivery d ON d.event_id = e.id
         WHERE e.name = 'petition.accepted' AND d.id IS NULL""",
    "a delivery given up": "SELECT id FROM kernel_delivery WHERE state = 'dead'",
    "an order opened twice": """
        SELECT petition_id FROM dispatch_workorder GROUP BY petition_id, round HAVING count(*) > 1""",
    "an accepted petition that nobody dispatched": """
        SELECT id FROM petitions_petition WHERE state = 'accepted' AND unroutable = ''""",
    "a timer that fired early": "SELECT id FROM kernel_timer WHERE state = 'fired' AND ended_at < due_at",
    "a timer that was given up": "SELECT id FROM kernel_timer WHERE state = 'dead'",
    "a fired clock without its effect, or with two": """
        SELECT t.case_id FROM kernel_timer t
          LEFT JOIN kernel_event e ON e.case_id = t.case_id AND e.name = 'petition.passed_up'
         WHERE t.kind = 'petition.accept' AND t.state = 'fired'
         GROUP BY t.case_id HAVING count(DISTINCT t.id) <> count(DISTINCT e.id)""",
    "a climb without a clock": """
        SELECT e.id FROM kernel_event e WHERE e.name = 'petition.passed_up' AND NOT EXISTS
          (SELECT FROM kernel_timer t WHERE t.case_id = e.case_id AND t.kind = 'petition.accept'
              AND t.state = 'fired')""",
    "a petition that was filed twice, or never": """
        SELECT p.id FROM petitions_petition p LEFT JOIN kernel_event e ON e.case_id = p.id AND e.name = 'petition.filed'
         GROUP BY p.id HAVING count(e.id) <> 1""",
    "a petition without a reporter row": """
        SELECT p.id FROM petitions_petition p LEFT JOIN petitions_reporter r ON r.petition_id = p.id
         WHERE r.petition_id IS NULL""",
    "an open petition without a running clock": """
        SELECT p.id FROM petitions_petition p WHERE p.state = 'filed' AND NOT EXISTS
          (SELECT FROM kernel_timer t WHERE t.case_id = p.id AND t.state = 'armed')""",
    "a text said twice": "SELECT description, title FROM petitions_petition GROUP BY 1, 2 HAVING count(*) > 1",
    "an event outside of the numbering": """
        SELECT case_id FROM kernel_event GROUP BY case_id HAVING max(seq) <> count(*) OR min(seq) <> 1""",
    # The chain computed once more, by the database instead of by the product.
    "a hash that is not of its text": """
        SELECT id FROM kernel_event
         WHERE hash <> sha256(prev || convert_to(case_id || ':' || seq || ':' || canonical, 'UTF8'))""",
    "an event that does not follow the one before": """
        SELECT id FROM (SELECT id, prev, lag(hash, 1, '') OVER (PARTITION BY case_id ORDER BY seq) AS before
                          FROM kernel_event) e WHERE prev <> before""",
    "a chain whose end is another one": """
        SELECT c.case_id FROM kernel_chain c LEFT JOIN kernel_event e ON e.case_id = c.case_id AND e.seq = c.seq
         WHERE e.hash IS DISTINCT FROM c.head""",
}


def check(stage: Stage, *ledgers: Ledger) -> None:
    """Settle what is unknown, wait until all work is done, then look for what must not be."""
    eventually(stage.answers, what="the web server answers again")
    for ledger in ledgers:
        ledger.settle()
        assert not ledger.refused
        assert not ledger.contradictions
    eventually(lambda: stage.count(PENDING) == 0, what="every delivery is delivered")
    eventually(lambda: stage.count(DUE) == 0, what="every due timer has fired")
    for ledger in ledgers:
        every = list(ledger.acknowledged.values())
        found = stage.count("SELECT count(*) FROM petitions_petition WHERE id = ANY(%s::uuid[])", every)
        assert found == len(set(every)) == len(every), "an acknowledged petition is missing"
        keys = list(ledger.asked)
        assert stage.count("SELECT count(*) FROM kernel_storedanswer WHERE key = ANY(%s)", keys) == len(keys)
    for what, sql in FORBIDDEN.items():
        assert stage.rows(sql) == [], what


def chains_verify(stage: Stage) -> None:
    """Every chain verifies, says the command that an operator runs."""
    try:
        stage.manage("manage.py", "verify_chains")
    except subprocess.CalledProcessError as problem:
        raise AssertionError(problem.stderr) from problem
