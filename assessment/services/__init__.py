"""The deeds of assessment."""
