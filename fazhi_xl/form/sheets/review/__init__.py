"""The sheets of the office's review form."""
