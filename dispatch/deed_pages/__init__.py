"""The pages on which something is done to a work order, for every door that opens one."""
