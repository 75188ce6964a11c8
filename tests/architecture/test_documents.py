"""The generated documents say what the tables say."""

from django.core.management import call_command


def test_the_generated_documents_are_those_of_the_tables():
    call_command("document", "--check")
