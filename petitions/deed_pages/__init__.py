"""The pages on which something is done to a petition, for every door that opens one."""
