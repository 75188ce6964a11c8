"""A case in words, for every page that shows one: what happened, who did it, which clocks run."""
