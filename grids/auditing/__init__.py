"""The hygiene audit: what is wrong with a map, computed from what is given and nothing else (pure)."""
