"""Workbooks that the office formats and comments: read and updated in place."""
