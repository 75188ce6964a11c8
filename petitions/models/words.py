"""The words of a petition: pairs of neighbouring characters, indexed, so that Chinese is found without a dictionary."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db.models import BooleanField, F, Func, Value
from django.db.models.functions import Cast

# What is searched, in the order in which a hit counts.
SEARCHED = ("title", "address", "description")


class Bigrams(Func):
    """`bigrams(title || ' ' || address || ' ' || description)`, alike in the index and in the question."""

    function = "bigrams"
    arg_joiner = " || ' ' || "
    output_field = SearchVectorField()

    @classmethod
    def of_petitions(cls) -> Bigrams:
        """Over the columns that are searched."""
        return cls(*(F(name) for name in SEARCHED))


class HoldsAll(Func):
    """Whether the text of a petition holds all those pairs; a condition of a filter, answered by the index."""

    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = BooleanField()

    def __init__(self, *pairs: str, **extra: Any) -> None:
        # Pairs hold digits, Latin and Chinese letters only (petitions/words.py), so that quoting them is enough.
        asked = " & ".join(f"'{one}'" for one in pairs)
        super().__init__(Bigrams.of_petitions(), Cast(Value(asked), SearchQueryField()), **extra)
