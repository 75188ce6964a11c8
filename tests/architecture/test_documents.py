"""The generated documents say what the tables say."""

from io import StringIO

from django.core.management import call_command


def test_the_generated_documents_are_those_of_the_tables():
    said = StringIO()
    call_command("document", "--check", stdout=said)
    assert said.getvalue() == "up to date\n"
