"""The registry as a workbook: what its sheets and columns are, written and read back without loss."""
