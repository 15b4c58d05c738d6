"""The sheets of the ranking workbook, one module for each kind."""
