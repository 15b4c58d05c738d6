"""The catalogue as a workbook that the office fills in: its sheets as values, the trial of its rules, the words for its faults."""
