"""Pure decisions: they take values, ask no database, and return values."""
