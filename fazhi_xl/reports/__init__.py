"""The reports of a round as plain values: workbooks, documents and JSON, without any spreadsheet library."""
