"""Workbooks of tables that people keep: read with all that people do to them, and updated in place, so that what is theirs stays."""
