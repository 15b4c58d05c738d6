"""The catalogue as a workbook, 目录_….xlsx: its tables, what their cells hold, and the way there and back."""
