"""Joint orders: one lead, any number of cooperating units, each with a task, a clock and a reply of its own."""
