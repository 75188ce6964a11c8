"""Is this a demonstration? On embedded servers, always; on servers of your own, if we found their database empty."""

import hashlib
import os
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from governance.embedded.errors import CannotStart

MARKS = "demonstrations"  # one file per database that we found empty and filled


def is_demonstration(*, url: str, data: Path) -> bool:
    """Tell whether the database at `url` is ours to fill and to show accounts of.

    A database that somebody else has filled never is: its accounts are those of real people. DEMO decides otherwise.
    """
    if given := os.environ.get("DEMO", "").strip().lower():
        return given in ("1", "true", "yes", "on")
    mark = data / MARKS / _name(url)
    if not mark.exists() and _has_accounts(url):
        return False
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    return True


def _has_accounts(url: str) -> bool:
    try:
        session = psycopg2.connect(url, connect_timeout=5)
    except psycopg2.OperationalError as problem:
        raise CannotStart(f"DATABASE_URL: {' '.join(str(problem).split())}") from problem
    try:
        with session, session.cursor() as cursor:
            cursor.execute("SELECT to_regclass('organizations_user') IS NOT NULL")
            if not cursor.fetchone()[0]:
                return False
            cursor.execute("SELECT EXISTS (SELECT 1 FROM organizations_user)")
            return bool(cursor.fetchone()[0])
    finally:
        session.close()


def _name(url: str) -> str:
    parts = urlsplit(url)
    return hashlib.sha256(f"{parts.hostname}:{parts.port}{parts.path}".encode()).hexdigest()[:16]
