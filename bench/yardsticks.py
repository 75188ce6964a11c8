"""Yardsticks: the same rows as one filing writes, inserted by pgbench in one transaction."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from django.db import connection

from governance.embedded.accounts import choose_account
from governance.embedded.programs import postgres_home

UUID = "('00000000-0000-4000-8000-' || lpad(to_hex(:r), 12, '0'))::uuid"
OWN: dict[str, dict[str, str]] = {
    "petitions_petition": {"id": UUID, "number": "'P' || :r", "tracking_code": "substr(md5(:r::text), 1, 12)"},
    "petitions_reporter": {"petition_id": UUID},
    "kernel_event": {"id": "DEFAULT", "case_id": UUID, "recorded_at": "DEFAULT"},
    "kernel_timer": {"id": "DEFAULT", "case_id": UUID, "subject_id": f"{UUID}::text"},
    "kernel_storedanswer": {"id": "DEFAULT", "key": "'P' || :r"},
}


def pgbench(*, database_url: str, case_id: str, seconds: int, data: Path) -> dict[str, Any]:
    """Transactions per second of inserting what the filing of `case_id` wrote, eight clients, durable."""
    script = "\\set r random(1, 100000000000000)\nBEGIN;\n" + "\n".join(_inserts(case_id)) + "\nCOMMIT;\n"
    program = postgres_home(account=choose_account(cluster=data), copies=data) / "bin" / "pgbench"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "filing.sql"
        file.write_text(script, encoding="utf-8")
        said = subprocess.run(
            [program, "-n", "-c", "8", "-j", "2", "-T", str(seconds), "-f", file, database_url],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    rate = re.search(r"tps = ([\d.]+)", said)
    return {"per_second": float(rate.group(1)) if rate else 0.0, "rows": len(OWN), "clients": 8}


def _inserts(case_id: str) -> list[str]:
    where = {
        "petitions_petition": ("id = %s", case_id),
        "petitions_reporter": ("petition_id = %s", case_id),
        "kernel_event": ("case_id = %s AND seq = 1", case_id),
        "kernel_timer": ("case_id = %s", case_id),
        "kernel_storedanswer": ("body ->> 'id' = %s", case_id),
    }
    statements = []
    with connection.cursor() as cursor:
        for table, own in OWN.items():
            condition, value = where[table]
            cursor.execute(f"SELECT * FROM {table} WHERE {condition} LIMIT 1", [value])
            row = cursor.fetchone()
            if row is None:
                raise RuntimeError(f"the filing wrote nothing to {table}")
            names = [column.name for column in cursor.description]
            cursor.execute(
                "SELECT column_name, udt_name FROM information_schema.columns WHERE table_name = %s", [table]
            )
            types = dict(cursor.fetchall())
            values = [
                own.get(name) or _literal(cursor, found, types[name]) for name, found in zip(names, row, strict=True)
            ]
            statements.append(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(values)});")
    return statements


def _literal(cursor: Any, value: Any, kind: str) -> str:
    if value is None:
        return "NULL"
    if kind in ("json", "jsonb"):
        cursor.execute("SELECT quote_literal(%s::text)", [value if isinstance(value, str) else json.dumps(value)])
    elif kind == "bytea":
        return f"'\\x{bytes(value).hex()}'::bytea"
    elif kind.startswith("_"):
        return f"'{{{','.join(str(one) for one in value)}}}'::{kind[1:]}[]"
    else:
        cursor.execute("SELECT quote_literal(%s::text)", [str(value)])
    literal: str = cursor.fetchone()[0]
    return literal
