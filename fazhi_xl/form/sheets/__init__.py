"""The sheets of the forms."""
