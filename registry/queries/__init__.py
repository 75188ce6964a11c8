"""Questions to the registry: what an item says, said, and would say; and who was responsible when."""
