"""The office's console in Excel: its actions, its sheet, and the one module that touches xlwings."""
