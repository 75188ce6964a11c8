"""Questions to the registry: what an item says, said, and would say; and who was responsible when."""

from registry.queries.responsibility import Answer, history_of, in_force, item_at, who_was_responsible

__all__ = ["Answer", "history_of", "in_force", "item_at", "who_was_responsible"]
