"""Fields, rules, checks, sheets and addresses of a form, declared once for the writer, the reader and the checks."""
