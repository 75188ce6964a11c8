"""Give the application's role exactly what it needs: it owns nothing and cannot rewrite the log."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg2 import sql

from governance import env

EVERY_TABLE = "SELECT, INSERT, UPDATE, DELETE"
# What is narrower than EVERY_TABLE, and why.
NARROWER = {
    "kernel_event": "SELECT, INSERT",  # the log is append-only, for whoever runs the product's code too
    "registry_act": "SELECT, INSERT",  # who changed an item, and why: written once
    "registry_cooperation": "SELECT, INSERT",
    "kernel_chain": "SELECT",  # written by the trigger alone, so that a cut-off tail shows
    "kernel_clockchange": "SELECT, INSERT",  # why a date moved is append-only as the log is
    "supervision_urging": "SELECT, INSERT",  # what a unit was told is not untold
    "django_migrations": "SELECT",  # only the owner migrates
}


class Command(BaseCommand):
    help = "Grants the application's role its rights (after migrate, as the owner of the tables; may run again)."

    def handle(self, *args: Any, **options: Any) -> None:
        role = env.text("APP_ROLE", default="grid_app")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user, EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s)", [role])
            owner, known = cursor.fetchone()
            if not known:
                self.stdout.write(f"No role {role} here: one role both owns and uses the tables, nothing granted.")
                return
            if owner == role:
                raise CommandError(
                    f"Connected as {role} itself: set MIGRATION_DATABASE_URL to the owner of the tables."
                )
            self._grant(cursor, role)
        self.stdout.write(f"{role} may read and write every table, only add to the log, and owns nothing.")

    def _grant(self, cursor: CursorWrapper, role: str) -> None:
        name = sql.Identifier(role)
        for statement in (
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
            "GRANT USAGE ON SCHEMA public TO {role}",
            f"GRANT {EVERY_TABLE} ON ALL TABLES IN SCHEMA public TO {{role}}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        ):
            cursor.execute(sql.SQL(statement).format(role=name))
        present = set(connection.introspection.table_names(cursor))
        for table, rights in NARROWER.items():
            if table in present:
                words = {"role": name, "table": sql.Identifier(table)}
                cursor.execute(sql.SQL("REVOKE ALL ON {table} FROM {role}").format(**words))
                cursor.execute(sql.SQL(f"GRANT {rights} ON {{table}} TO {{role}}").format(**words))
