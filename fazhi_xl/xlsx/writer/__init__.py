"""Writing workbooks: forms, reports, the console and corrections, with the same bytes for the same input."""
