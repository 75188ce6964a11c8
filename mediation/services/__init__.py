"""The deeds of mediation."""
