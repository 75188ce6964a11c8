"""City life, played through the real services, relay and timers at a clock of its own."""
