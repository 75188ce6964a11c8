"""A deed on several cases at once: what it would do to each, and doing it, one by one."""
