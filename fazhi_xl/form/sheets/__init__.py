"""The sheets of the forms, a module for each."""
