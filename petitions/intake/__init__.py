"""Reading what hotlines and mailboxes export: files to rows, columns to fields, cells to a petition."""
